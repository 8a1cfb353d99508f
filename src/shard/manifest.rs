//! What the search page loads first: which shard holds what, and the folds that queries need.
//!
//! ```text
//! search/manifest.js   texts 14, groups 2 ("4k2mbt7x…" 9 texts, "p0v8…" 5), lists none, rules [[9,13,0,0], …]
//! search/META.js       per text: length, kind, date, source, for facets, order and relative frequency
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::pack::Directory;
use super::text::{Script, traditional};
use crate::fold::{RULES, To};
use crate::model::{Article, Kind, Source};

/// Texts in one shard of facts.
pub const FACTS: usize = 1 << 14;

#[derive(Debug, Serialize)]
pub struct Manifest {
    pub texts: usize,
    /// Units of all keys.
    pub units: u64,
    pub groups: Groups,
    /// Groups from this one on are not in the index and are always looked through.
    pub indexed: usize,
    pub lists: Lists,
    /// Shards of facts, [`FACTS`] texts each.
    pub facts: Vec<String>,
    /// The shard of all traditional forms.
    pub traditional: String,
    pub kinds: Vec<&'static str>,
    pub rules: Vec<[u32; 4]>,
    /// Traditional forms in the texts, and what they become.
    pub script: [String; 2],
    pub ambiguous: String,
}

/// Shards of lists, and the units by whose frequency grams are filed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lists {
    pub rare: Directory,
    pub common: Directory,
    pub frequent: String,
}

/// Shards of texts.
#[derive(Debug, Default, Serialize)]
pub struct Groups {
    pub names: Vec<String>,
    /// How many texts each holds.
    pub counts: Vec<usize>,
}

/// The names of all kinds, in the order that facts refer to.
#[must_use]
pub fn kinds() -> Vec<&'static str> {
    Kind::ALL.iter().map(|kind| kind.name()).collect()
}

/// The rules of the fold as numbers: first and last character, what becomes of them, and into what.
#[must_use]
pub fn rules() -> Vec<[u32; 4]> {
    let row = |rule: &crate::fold::Rule| {
        let (way, to) = match rule.to {
            To::Nothing => (0, 0),
            To::Run(to) => (1, u32::from(to)),
            To::Mark(to) => (2, u32::from(to)),
            To::Nfkc => (3, 0),
        };
        [u32::from(rule.first), u32::from(rule.last), way, to]
    };
    RULES.iter().map(row).collect()
}

/// The traditional forms of the corpus as two strings, character by character.
#[must_use]
pub fn script(script: &Script) -> [String; 2] {
    [script.simplified.keys().collect(), script.simplified.values().collect()]
}

/// All traditional forms, as two strings.
#[must_use]
pub fn all_traditional() -> [String; 2] {
    let (from, to): (Vec<char>, Vec<char>) = traditional().into_iter().unzip();
    [String::from_iter(from), String::from_iter(to)]
}

/// What is known of each text without reading it, column by column.
#[derive(Debug, Default, Serialize)]
pub struct Facts<'e> {
    /// About how many units each has.
    lengths: Vec<u32>,
    kinds: Vec<usize>,
    /// The day as `yyyymmdd`, less that of the text before; 0 stands for no date.
    dates: Vec<i64>,
    /// The place of its source in `names`, less that of the text before.
    sources: Vec<isize>,
    names: Vec<&'e str>,
}

impl<'e> Facts<'e> {
    #[must_use]
    pub fn new(articles: &[Option<&'e Article>], lengths: &[u32], sources: &'e [Source]) -> Self {
        let mut facts = Self { lengths: lengths.iter().copied().map(about).collect(), ..Self::default() };
        let mut places: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        let (mut day, mut before) = (0, 0);
        for article in articles {
            let kind = article.and_then(|article| Kind::ALL.iter().position(|&kind| kind == article.kind.value));
            facts.kinds.push(kind.unwrap_or_default());
            let date = article.and_then(|article| article.date.as_ref()).map_or(0, |guess| {
                i64::from(guess.value.year) * 10_000 + i64::from(guess.value.month) * 100 + i64::from(guess.value.day)
            });
            facts.dates.push(date - day);
            day = date;
            let seed = article.map(|article| article.seed);
            let next = facts.names.len();
            let place = *places.entry(seed).or_insert(next);
            if place == next {
                let source = seed.and_then(|seed| sources.get(seed));
                facts.names.push(source.map_or("", |source| source.path.as_str()));
            }
            facts.sources.push(place.cast_signed() - before);
            before = place.cast_signed();
        }
        facts
    }
}

/// The first two digits of a number: enough to weigh texts against each other, and half of what all facts would take.
fn about(length: u32) -> u32 {
    let unit = 10u32.pow(length.max(1).ilog10().saturating_sub(1));
    (length + unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_in_two_digits() {
        assert_eq!([0, 7, 99, 100, 1518, 1501, 99_999].map(about), [0, 7, 99, 100, 1500, 1500, 100_000]);
    }
}
