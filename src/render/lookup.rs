//! What the pages ask of an edition again and again, found once: the collations, matches and clauses of an article.
//!
//! ```text
//! matches[412] = (speech p5) ~ (report p2)   ──▶   of(speech) ∋ 412, of(report) ∋ 412
//! ```

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::model::{Article, ArticleIx, Collation, Edition, Furniture, Match, Mention, Place, Quote, SeedIx};

use super::script;

/// What stands before and after an article in a list of articles.
pub type Beside = (Option<ArticleIx>, Option<ArticleIx>);

/// A day, however it was found.
type Day = (i32, u8, u8);

/// Indices into the lists of an [`Edition`], by article, seed or day.
#[derive(Debug, Default)]
pub struct Lookup {
    collations: Vec<Vec<usize>>,
    links: Vec<Vec<usize>>,
    matches: Vec<Vec<usize>>,
    by_seed: Vec<Vec<ArticleIx>>,
    by_day: BTreeMap<Day, Vec<ArticleIx>>,
    quotes: Vec<Vec<usize>>,
    furniture: Vec<Vec<usize>>,
    langs: Vec<&'static str>,
    characters: Vec<usize>,
    findings: BTreeMap<String, Vec<usize>>,
    mentions: Vec<Vec<usize>>,
    variants: Vec<Vec<usize>>,
}

impl Lookup {
    pub fn new(edition: &Edition) -> Self {
        let count = edition.articles.len();
        let mut lookup = Self {
            collations: vec![Vec::new(); count],
            links: vec![Vec::new(); count],
            matches: vec![Vec::new(); count],
            by_seed: vec![Vec::new(); edition.sources.len()],
            by_day: BTreeMap::new(),
            quotes: vec![Vec::new(); count],
            furniture: vec![Vec::new(); edition.sources.len()],
            findings: BTreeMap::new(),
            langs: edition.articles.par_iter().map(script::of).collect(),
            characters: edition.articles.par_iter().map(characters).collect(),
            mentions: vec![Vec::new(); count],
            variants: vec![Vec::new(); count],
        };
        for (i, collation) in edition.reuse.collations.iter().enumerate() {
            both(&mut lookup.collations, collation.a, collation.b, i);
        }
        for (i, link) in edition.reuse.links.iter().enumerate() {
            both(&mut lookup.links, link.from, link.to, i);
        }
        for (i, found) in edition.reuse.matches.iter().enumerate() {
            both(&mut lookup.matches, found.a.article, found.b.article, i);
        }
        for (i, variant) in edition.reuse.variants.iter().enumerate() {
            both(&mut lookup.variants, variant.a.article, variant.b.article, i);
        }
        for (i, quote) in edition.quotes.iter().enumerate() {
            add(&mut lookup.quotes, quote.place.article, i);
        }
        for (i, mention) in edition.mentions.iter().enumerate() {
            add(&mut lookup.mentions, mention.place.article, i);
        }
        for (i, furniture) in edition.furniture.iter().enumerate() {
            add(&mut lookup.furniture, furniture.seed, i);
        }
        for (i, finding) in edition.diagnostics.iter().enumerate() {
            if let Some(span) = &finding.span {
                lookup.findings.entry(span.file.clone()).or_default().push(i);
            }
        }
        for article in &edition.articles {
            add(&mut lookup.by_seed, article.seed, article.ix);
            if let Some(day) = day(edition, article.ix) {
                lookup.by_day.entry(day).or_default().push(article.ix);
            }
        }
        lookup
    }

    /// The articles of a seed, in its order.
    pub fn articles<'e>(&self, edition: &'e Edition, seed: SeedIx) -> impl Iterator<Item = &'e Article> {
        self.by_seed.get(seed).into_iter().flatten().filter_map(|&ix| edition.articles.get(ix))
    }

    /// The articles before and after one, among those of its seed.
    pub fn beside_on_page(&self, edition: &Edition, ix: ArticleIx) -> Beside {
        let seed = edition.articles.get(ix).and_then(|article| self.by_seed.get(article.seed));
        beside(seed.map_or(&[], Vec::as_slice), ix)
    }

    /// The articles before and after one, among those of its day.
    pub fn beside_on_day(&self, edition: &Edition, ix: ArticleIx) -> Beside {
        let of_day = day(edition, ix).and_then(|day| self.by_day.get(&day));
        beside(of_day.map_or(&[], Vec::as_slice), ix)
    }

    /// The collations of an article.
    pub fn collations<'e>(&self, edition: &'e Edition, ix: ArticleIx) -> impl Iterator<Item = &'e Collation> {
        self.collations.get(ix).into_iter().flatten().filter_map(|&i| edition.reuse.collations.get(i))
    }

    /// The collation of two articles, whichever is the fuller.
    pub fn collation<'e>(&self, edition: &'e Edition, a: ArticleIx, b: ArticleIx) -> Option<&'e Collation> {
        self.collations(edition, a).find(|c| (c.a, c.b) == (a, b) || (c.a, c.b) == (b, a))
    }

    /// The relations of an article to others.
    pub fn links<'e>(&self, edition: &'e Edition, ix: ArticleIx) -> impl Iterator<Item = &'e crate::model::Link> {
        self.links.get(ix).into_iter().flatten().filter_map(|&i| edition.reuse.links.get(i))
    }

    /// The matches of an article: its own place, the place in the other, and the match.
    pub fn matches<'e>(&self, edition: &'e Edition, ix: ArticleIx) -> impl Iterator<Item = (Place, Place, &'e Match)> {
        let side = move |found: &'e Match| {
            if found.a.article == ix { (found.a, found.b, found) } else { (found.b, found.a, found) }
        };
        self.matches.get(ix).into_iter().flatten().filter_map(|&i| edition.reuse.matches.get(i)).map(side)
    }

    /// The readings of an article that another printing does not have: its own place, and the place in the other.
    pub fn variants(&self, edition: &Edition, ix: ArticleIx) -> impl Iterator<Item = (Place, Place)> {
        let of_article = self.variants.get(ix).into_iter().flatten().filter_map(|&i| edition.reuse.variants.get(i));
        of_article.map(move |found| if found.a.article == ix { (found.a, found.b) } else { (found.b, found.a) })
    }

    /// What of a seed belongs to the page and to no article.
    pub fn furniture<'e>(&self, edition: &'e Edition, seed: SeedIx) -> impl Iterator<Item = &'e Furniture> {
        self.furniture.get(seed).into_iter().flatten().filter_map(|&i| edition.furniture.get(i))
    }

    /// What was found odd about a seed.
    pub fn findings<'e>(&self, edition: &'e Edition, seed: SeedIx) -> impl Iterator<Item = &'e Diagnostic> {
        let path = edition.sources.get(seed).map_or("", |source| source.path.as_str());
        self.findings.get(path).into_iter().flatten().filter_map(|&i| edition.diagnostics.get(i))
    }

    /// Number of characters of an article's text.
    pub fn characters(&self, article: ArticleIx) -> usize {
        self.characters.get(article).copied().unwrap_or(0)
    }

    /// Number of characters of all texts.
    pub fn all_characters(&self) -> usize {
        self.characters.iter().sum()
    }

    /// The language tag of an article's text.
    pub fn lang(&self, ix: ArticleIx) -> &'static str {
        self.langs.get(ix).copied().unwrap_or("zh-Hans")
    }

    /// The quotations in an article.
    pub fn quotes<'e>(&self, edition: &'e Edition, ix: ArticleIx) -> impl Iterator<Item = &'e Quote> {
        self.quotes.get(ix).into_iter().flatten().filter_map(|&i| edition.quotes.get(i))
    }

    /// The names of documents in an article.
    pub fn mentions<'e>(&self, edition: &'e Edition, ix: ArticleIx) -> impl Iterator<Item = &'e Mention> {
        self.mentions.get(ix).into_iter().flatten().filter_map(|&i| edition.mentions.get(i))
    }
}

fn characters(article: &Article) -> usize {
    article.paragraphs.iter().map(|paragraph| paragraph.text.chars().count()).sum()
}

fn day(edition: &Edition, ix: ArticleIx) -> Option<Day> {
    edition.day(ix).map(|date| (date.year, date.month, date.day))
}

/// The neighbours of `ix` in a list in rising order.
fn beside(list: &[ArticleIx], ix: ArticleIx) -> Beside {
    let at = list.binary_search(&ix).ok();
    let neighbour = |at: Option<usize>| at.and_then(|at| list.get(at)).copied();
    (neighbour(at.and_then(|at| at.checked_sub(1))), neighbour(at.map(|at| at + 1)))
}

fn add<T>(lists: &mut [Vec<T>], ix: usize, value: T) {
    if let Some(list) = lists.get_mut(ix) {
        list.push(value);
    }
}

fn both(lists: &mut [Vec<usize>], a: ArticleIx, b: ArticleIx, value: usize) {
    add(lists, a, value);
    if a != b {
        add(lists, b, value);
    }
}
