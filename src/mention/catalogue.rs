//! Names of documents → the articles that bear them.
//!
//! ```text
//! 阿斯塔纳宣言   →   the one article whose title ends so; none, if two documents share that end
//! ```

use std::collections::{BTreeMap, HashMap};

use super::abbreviation::Abbreviations;
use super::key::Key;
use crate::model::{Article, ArticleIx, Date, Kind};

/// A plain name must share this many characters with a title before the genre word, or 计划 would name every plan.
const PLAIN_CHARS: usize = 4;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Article(ArticleIx),
    /// The text that mentions it.
    Itself,
    Nothing,
}

struct Document {
    key: Vec<char>,
    article: ArticleIx,
}

/// The documents of a corpus by name.
pub struct Catalogue {
    by_name: HashMap<String, Vec<ArticleIx>>,
    documents: Vec<Document>,
    /// Documents by the last characters of their name, see [`PLAIN_CHARS`].
    by_end: HashMap<Vec<char>, Vec<usize>>,
    rank: Vec<Rank>,
}

/// Which of several articles of one name is the document: the text itself before a report of that name, then the earliest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    kind: u8,
    date: Option<Date>,
    article: ArticleIx,
}

impl Catalogue {
    /// Enters every titled article, and every untitled one under what it calls itself.
    pub fn new(articles: &[Article], abbreviations: &Abbreviations) -> Self {
        let mut by_name = HashMap::<String, Vec<ArticleIx>>::new();
        let mut documents = Vec::new();
        let mut by_end = HashMap::<Vec<char>, Vec<usize>>::new();
        let rank: Vec<_> = articles.iter().map(rank).collect();
        for article in articles.iter().filter(|a| a.kind.value != Kind::Abstract) {
            for name in names(article) {
                let key = Key::of(&name, abbreviations);
                let under = by_name.entry(key.text()).or_default();
                if !under.contains(&article.ix) {
                    under.push(article.ix);
                    under.sort_by_key(|&ix| rank.get(ix));
                }
                if is_document(article.kind.value)
                    && let Some(end) = ending(&key, key.chars.len())
                {
                    by_end.entry(end).or_default().push(documents.len());
                    documents.push(Document { key: key.chars, article: article.ix });
                }
            }
        }
        Self { by_name, documents, by_end, rank }
    }

    /// The article of this very name.
    pub fn named(&self, name: &str, from: ArticleIx, abbreviations: &Abbreviations) -> Found {
        match self.by_name.get(&Key::of(name, abbreviations).text()) {
            None => Found::Nothing,
            Some(articles) if articles.contains(&from) => Found::Itself,
            Some(articles) => articles.first().map_or(Found::Nothing, |&ix| Found::Article(ix)),
        }
    }

    /// Plain names in a paragraph: the ends of titles of one document each. A text's own name is passed over.
    pub fn plain(&self, text: &Key, from: ArticleIx) -> Vec<(u32, u32, Found)> {
        let mut found: Vec<(u32, u32, Found)> = Vec::new();
        if self.by_end.is_empty() {
            return found;
        }
        for end in 1..=text.chars.len() {
            let Some(candidates) = ending(text, end).and_then(|key| self.by_end.get(&key)) else { continue };
            let Some((length, document)) = self.longest(text, end, candidates) else { continue };
            if document.article == from {
                continue;
            }
            let (Some(&(start, _)), Some(&(_, stop))) = (text.at.get(end - length), text.at.get(end - 1)) else {
                continue;
            };
            found.retain(|&(s, e, _)| e <= start || s < start);
            found.push((start, stop, Found::Article(document.article)));
        }
        found
    }

    /// The document that shares most with the text before `end`, unless another document shares as much.
    fn longest(&self, text: &Key, end: usize, candidates: &[usize]) -> Option<(usize, &Document)> {
        let head = text.chars.get(..end)?;
        let shared = |d: &Document| head.iter().rev().zip(d.key.iter().rev()).take_while(|(a, b)| a == b).count();
        let documents: Vec<_> =
            candidates.iter().filter_map(|&ix| self.documents.get(ix)).map(|d| (shared(d), d)).collect();
        let most = documents.iter().map(|d| d.0).max()?;
        let best: Vec<_> = documents.iter().filter(|d| d.0 == most).collect();
        let first = best.iter().min_by_key(|d| self.rank.get(d.1.article))?;
        let one_name = best.iter().all(|d| d.1.key == first.1.key);
        one_name.then_some((most, first.1))
    }
}

/// The characters by which a plain name is looked up: the genre word that ends at `end` and those before it.
fn ending(key: &Key, end: usize) -> Option<Vec<char>> {
    let from = end.checked_sub(key.genre_before(end)? + PLAIN_CHARS)?;
    key.chars.get(from..end).map(<[char]>::to_vec)
}

fn is_document(kind: Kind) -> bool {
    matches!(kind, Kind::Speech | Kind::Declaration | Kind::Initiative | Kind::JointStatement | Kind::Other)
}

fn rank(article: &Article) -> Rank {
    let kind = match article.kind.value {
        Kind::Speech | Kind::Declaration | Kind::Initiative | Kind::JointStatement => 0,
        Kind::Commentary | Kind::Other => 1,
        Kind::Report | Kind::Abstract => 2,
        Kind::Brief | Kind::Caption => 3,
    };
    Rank { kind, date: article.date.as_ref().map(|d| d.value), article: article.ix }
}

/// Every name that an article goes by.
fn names(article: &Article) -> Vec<String> {
    let title = &article.title.value.text;
    let mut names = Vec::new();
    if !title.is_empty() {
        names.push(title.clone());
        if let Some(subtitle) = &article.subtitle {
            names.push(format!("{title}{}", subtitle.text));
        }
    }
    if article.title_inferred {
        names.extend(own_name(article));
    }
    names
}

/// What an untitled text calls itself: the one `《…》` in it that ends with the genre that it is.
fn own_name(article: &Article) -> Option<String> {
    let genres: &[&str] = match article.kind.value {
        Kind::Initiative => &["倡议", "倡议书"],
        Kind::Declaration => &["宣言", "声明", "公报"],
        Kind::JointStatement => &["联合声明", "联合公报", "联合宣言"],
        Kind::Speech => &["讲话", "致辞", "演讲"],
        _ => return None,
    };
    let mut names = BTreeMap::<String, String>::new();
    for paragraph in &article.paragraphs {
        let chars: Vec<char> = paragraph.text.chars().collect();
        for (start, end) in super::bracketed(&chars) {
            let name: String = chars.iter().skip(start + 1).take(end - start - 2).collect();
            if genres.iter().any(|g| name.ends_with(g)) {
                names.insert(Key::plain(&name).text(), name);
            }
        }
    }
    match names.len() {
        1 => names.into_values().next(),
        _ => None,
    }
}
