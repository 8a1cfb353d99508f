//! Abbreviations, learnt from the texts that announce them.
//!
//! ```text
//! 上海合作组织（以下称“上合组织”或“本组织”）成员国   →   上合组织 = 上海合作组织   (本组织 points, it does not abbreviate)
//! 《中亚无核武器区条约》（以下简称《条约》）          →   《条约》 = 《中亚无核武器区条约》, in this text only
//! ```

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::key::Key;
use crate::abbreviation::{Announced, announcements};
use crate::model::{Article, ArticleIx};

/// A short form and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Abbreviation {
    pub short: String,
    pub long: String,
}

/// The keys of a long form and of its short one.
type Forms = (Vec<char>, Vec<char>);

/// The abbreviations of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Abbreviations {
    names: Vec<Abbreviation>,
    /// By the first character of the long form.
    by_first: BTreeMap<char, Vec<Forms>>,
    documents: BTreeMap<(ArticleIx, String), String>,
}

impl Abbreviations {
    /// Reads every announcement. A short form that two texts announce for different things stands for nothing.
    #[must_use]
    pub fn learn(articles: &[Article]) -> Self {
        let mut names = BTreeMap::<String, BTreeSet<String>>::new();
        let mut documents = BTreeMap::new();
        let of_article = |article: &Article| {
            let found = article.paragraphs.iter().flat_map(|paragraph| announcements(&paragraph.text));
            found.map(|announced| (article.ix, announced)).collect::<Vec<_>>()
        };
        for (article, announced) in articles.par_iter().flat_map_iter(of_article).collect::<Vec<_>>() {
            match announced {
                Announced::Document { short, long } => {
                    documents.entry((article, short)).or_insert(long);
                }
                Announced::Name { short, long } => {
                    names.entry(short).or_default().insert(long);
                }
            }
        }
        let names: Vec<_> = names
            .into_iter()
            .filter_map(|(short, longs)| match longs.len() {
                1 => longs.into_iter().next().map(|long| Abbreviation { short, long }),
                _ => None,
            })
            .collect();
        let mut by_first = BTreeMap::<char, Vec<Forms>>::new();
        for name in &names {
            let long = Key::plain(&name.long).chars;
            if let Some(&first) = long.first() {
                by_first.entry(first).or_default().push((long, Key::plain(&name.short).chars));
            }
        }
        for longs in by_first.values_mut() {
            longs.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
        Self { names, by_first, documents }
    }

    /// Names and their short forms, in order of the short form.
    #[must_use]
    pub fn names(&self) -> &[Abbreviation] {
        &self.names
    }

    /// What `《name》` was announced to stand for in `article`.
    #[must_use]
    pub fn document(&self, article: ArticleIx, name: &str) -> Option<&str> {
        self.documents.get(&(article, name.to_owned())).map(String::as_str)
    }

    /// Puts the short form for every long one.
    #[must_use]
    pub fn shorten(&self, key: Key) -> Key {
        let hit = |i: usize| {
            let rest = key.chars.get(i..).unwrap_or_default();
            self.by_first.get(rest.first()?)?.iter().find(|(long, _)| rest.starts_with(long))
        };
        if self.by_first.is_empty() || !(0..key.chars.len()).any(|i| hit(i).is_some()) {
            return key;
        }
        let mut out = Key::default();
        let mut i = 0;
        while let (Some(&c), Some(&at)) = (key.chars.get(i), key.at.get(i)) {
            if let Some((long, short)) = hit(i) {
                let last = key.at.get(i + long.len() - 1).copied().unwrap_or(at);
                for &s in short {
                    out.push(s, (at.0, last.1));
                }
                i += long.len();
            } else {
                out.push(c, at);
                i += 1;
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;
    use crate::model::Kind;

    fn learnt(texts: &[&str]) -> Vec<(String, String)> {
        let articles = corpus(&[(Kind::Report, "题", texts)]);
        let learnt = Abbreviations::learn(&articles);
        learnt.names().iter().map(|a| (a.short.clone(), a.long.clone())).collect()
    }

    #[test]
    fn short_forms_are_the_characters_of_the_long_one() {
        assert_eq!(
            learnt(&[
                "在此背景下，上海合作组织（以下称“上合组织”或“本组织”）成员国。",
                "注意到上合组织同亚洲相互协作与信任措施会议（以下简称“亚信”）的合作。"
            ]),
            [
                ("上合组织".to_owned(), "上海合作组织".to_owned()),
                ("亚信".to_owned(), "亚洲相互协作与信任措施会议".to_owned()),
            ]
        );
    }

    #[test]
    fn a_short_form_of_two_things_is_dropped() {
        assert!(learnt(&["全国人民代表大会（简称“人大”）", "中国人民大学（简称人大）"]).is_empty());
    }
}
