//! What was alike in the last build → what is alike in this one.
//!
//! ```text
//! 愿就合理用水开展合作   is new: 愿就合理 就合理用 …   the clauses that have one of these look for candidates again
//! 成员国重申…           has no such gram              what it was like, it is like
//! ```
//!
//! The candidates of a clause depend on its grams, and on which clauses have them: so only a clause that shares a gram with
//! one that came or went can have others. A gram that is a formula before and after names none either way.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize, Serializer};

use super::candidate::{Alike, Found, Ranked, looked_at};
use super::gram::{GramIndex, Grams, MOST_CLAUSES_PER_GRAM, grams, standing};
use super::likeness::Likeness;
use super::seed::Keys;

/// Where more than one of so many clauses is new, everything is looked at.
const MOST_NEW: usize = 8;

/// Clauses whose words are stored together.
const BLOCK: usize = 1 << 12;

/// What was found among the clauses of a build, each told by its rank.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Known<'a> {
    ids: Vec<u64>,
    /// The place of each among the words.
    keys: Vec<u32>,
    /// The words of all clauses, one behind the other as the texts have them, by blocks, and the characters of each.
    #[serde(borrow)]
    words: Vec<&'a str>,
    lengths: Vec<u32>,
    /// The lesser rank, the greater, and what both have in common.
    alike: Vec<(u32, u32, u32)>,
    capped: usize,
}

/// The same as it is written down: of the words no more than a block is held.
#[derive(Debug, Serialize)]
pub struct Knowing<'a> {
    ids: &'a [u64],
    keys: &'a [u32],
    #[serde(serialize_with = "in_blocks")]
    words: &'a Keys,
    #[serde(serialize_with = "lengths")]
    lengths: &'a Keys,
    alike: Vec<(u32, u32, u32)>,
    capped: usize,
}

impl<'a> Knowing<'a> {
    #[must_use]
    pub fn new(keys: &'a Keys, ranked: &'a Ranked, found: &Found) -> Self {
        let rank = |key: usize| ranked.ranks.get(key).copied().unwrap_or(u32::MAX);
        let pair = |found: &Alike| {
            let (a, b) = (rank(found.a), rank(found.b));
            (a.min(b), a.max(b), u32::try_from(found.likeness.common).unwrap_or(u32::MAX))
        };
        let mut alike: Vec<(u32, u32, u32)> = found.alike.par_iter().map(pair).collect();
        alike.par_sort_unstable();
        Self { ids: &ranked.ids, keys: &ranked.keys, words: keys, lengths: keys, alike, capped: found.capped_grams }
    }

    /// No fewer bytes than it takes written down, as clauses are.
    #[must_use]
    pub fn room(&self) -> usize {
        self.ids.len() * 18 + self.words.characters() * 3 + self.alike.len() * 15
    }
}

fn in_blocks<S: Serializer>(keys: &Keys, serializer: S) -> Result<S::Ok, S::Error> {
    let block = |start: usize| keys.text(start..(start + BLOCK).min(keys.len()));
    serializer.collect_seq((0..keys.len()).step_by(BLOCK).map(block))
}

fn lengths<S: Serializer>(keys: &Keys, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq((0..keys.len()).map(|key| u32::try_from(keys.words(key).len()).unwrap_or(u32::MAX)))
}

impl Known<'_> {
    /// The words of some ranks.
    fn words_of(&self, ranks: &[u32]) -> Vec<Vec<char>> {
        let mut wanted: Vec<usize> =
            ranks.iter().filter_map(|&rank| self.keys.get(rank as usize)).map(|&key| key as usize).collect();
        wanted.sort_unstable();
        let of_block = |wanted: &[usize]| -> Vec<Vec<char>> {
            let block = wanted.first().map_or(0, |key| key / BLOCK);
            let (mut at, mut words) = (block * BLOCK, self.words.get(block).copied().unwrap_or("").chars());
            let mut take = |until: usize| {
                let lengths = self.lengths.get(at..until).unwrap_or(&[]);
                at = until;
                words.by_ref().take(lengths.iter().map(|&length| length as usize).sum()).collect::<Vec<char>>()
            };
            let one = |&key: &usize| {
                take(key);
                take(key + 1)
            };
            wanted.iter().map(one).collect()
        };
        wanted.chunk_by(|x, y| x / BLOCK == y / BLOCK).flat_map(of_block).collect()
    }
}

/// How the clauses of this build differ from those of the last.
#[derive(Debug)]
pub struct Changes {
    /// Ranks of today.
    came: Vec<u32>,
    /// Ranks of yesterday.
    gone: Vec<u32>,
    /// For each rank of yesterday, that of today.
    moved: Vec<Option<u32>>,
}

impl Changes {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.came.is_empty() && self.gone.is_empty()
    }
}

/// What changed, if it is little.
#[must_use]
pub fn changes(ranked: &Ranked, known: &Known<'_>) -> Option<Changes> {
    let is_rising = |ids: &[u64]| ids.is_sorted_by(|x, y| x < y);
    if !is_rising(&ranked.ids) || !is_rising(&known.ids) || known.keys.len() != known.ids.len() {
        return None;
    }
    let mut changes = Changes { came: Vec::new(), gone: Vec::new(), moved: Vec::with_capacity(known.ids.len()) };
    let mut today = (0_u32..).zip(&ranked.ids).peekable();
    for (rank, id) in (0_u32..).zip(&known.ids) {
        while let Some((new, _)) = today.next_if(|(_, other)| *other < id) {
            changes.came.push(new);
        }
        let same = today.next_if(|(_, other)| *other == id).map(|(new, _)| new);
        changes.gone.extend(same.is_none().then_some(rank));
        changes.moved.push(same);
    }
    changes.came.extend(today.map(|(new, _)| new));
    let is_little = (changes.came.len() + changes.gone.len()).saturating_mul(MOST_NEW) <= ranked.ids.len();
    is_little.then_some(changes)
}

/// What is alike today.
#[must_use]
pub fn found(keys: &Keys, ranked: &Ranked, known: &Known<'_>, changes: &Changes) -> Found {
    let touched = Touched::new(keys, ranked, known, changes);
    let looking = touched.looking;
    let words = |rank: u32| keys.words(ranked.key(rank));
    let only = Grams::new(looking.iter().flat_map(|&rank| grams(words(rank))));
    let index = GramIndex::new(keys, ranked, Some(&only));
    let mut alike = index.candidates(Some(&looking), |pairs| looked_at(keys, ranked, &index, pairs));
    let still = |&(a, b, common): &(u32, u32, u32)| {
        let today = |rank: u32| changes.moved.get(rank as usize).copied().flatten();
        let (a, b) = (today(a).filter(|a| looking.binary_search(a).is_err())?, today(b)?);
        let (x, y) = (ranked.key(a), ranked.key(b));
        let (a, b) = (x.min(y), x.max(y));
        let (len_a, len_b) = (keys.words(a).len(), keys.words(b).len());
        Some(Alike { a, b, likeness: Likeness { common: common as usize, len_a, len_b } })
    };
    alike.par_extend(known.alike.par_iter().filter_map(still));
    Found { alike, capped_grams: touched.capped, unknown: 0 }
}

/// What is touched by the clauses that came or went.
struct Touched {
    /// The ranks of those whose candidates may be others, in order.
    looking: Vec<u32>,
    /// Number of grams that are formulae today.
    capped: usize,
}

impl Touched {
    fn new(keys: &Keys, ranked: &Ranked, known: &Known<'_>, changes: &Changes) -> Self {
        // Of how many clauses more, and of how many fewer, each gram is.
        let mut turns: BTreeMap<u128, (usize, usize)> = BTreeMap::new();
        for &rank in &changes.came {
            different(keys.words(ranked.key(rank))).for_each(|gram| turns.entry(gram).or_default().0 += 1);
        }
        for words in known.words_of(&changes.gone) {
            different(&words).for_each(|gram| turns.entry(gram).or_default().1 += 1);
        }
        let mut looking = changes.came.clone();
        let standing = standing(keys, ranked, &Grams::new(turns.keys().copied()));
        let is_formula = |clauses: usize| clauses > MOST_CLAUSES_PER_GRAM;
        let (mut became, mut ceased) = (0, 0);
        let mut runs = standing.chunk_by(|x, y| x.0 == y.0).peekable();
        for (&gram, &(more, fewer)) in &turns {
            let run = runs.next_if(|run| run.first().is_some_and(|first| first.0 == gram)).unwrap_or(&[]);
            let before = (run.len() + fewer).saturating_sub(more);
            became += usize::from(is_formula(run.len()));
            ceased += usize::from(is_formula(before));
            if !(is_formula(run.len()) && is_formula(before)) {
                looking.extend(run.iter().map(|&(_, rank)| rank));
            }
        }
        looking.sort_unstable();
        looking.dedup();
        Self { looking, capped: (known.capped + became).saturating_sub(ceased) }
    }
}

/// The different grams of a clause.
fn different(words: &[char]) -> impl Iterator<Item = u128> {
    let mut all: Vec<u128> = grams(words).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use proptest::prelude::*;

    use super::super::candidate::{alike, alike_with};
    use super::super::seed::keys_of;
    use super::*;
    use crate::memo::Last;

    /// Clauses of few different characters: they share grams, some of which are formulae.
    fn clauses() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[甲乙丙]{8,14}|[甲乙]{8,9}", 150..200)
    }

    fn keys(clauses: &[String]) -> Keys {
        let mut clauses: Vec<&str> = clauses.iter().map(String::as_str).collect();
        clauses.sort_unstable();
        clauses.dedup();
        keys_of(&clauses)
    }

    /// What a stage is given, and what it left to keep; what was given where it left nothing.
    fn of_build(before: Vec<u8>) -> (Last, impl Fn() -> Vec<u8>) {
        let kept = Arc::new(Mutex::new(before.clone()));
        let keep = Arc::clone(&kept);
        (Last::new(Arc::new(before), move |bytes| *keep.lock().unwrap() = bytes), move || kept.lock().unwrap().clone())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_found_again_is_what_is_found_anew(all in clauses(), lost in 0..9_usize, new in 0..9_usize) {
            let before = keys(all.get(new..).unwrap_or(&[]));
            let today = keys(all.get(..all.len() - lost).unwrap_or(&[]));
            let (last, kept) = of_build(Vec::new());
            let _ = alike_with(&before, None, &last);
            let bytes = kept();
            let known: Known = postcard::from_bytes(&bytes).unwrap();
            prop_assert!(changes(&Ranked::new(&today), &known).is_some());
            let (last, kept) = of_build(bytes);
            let again = alike_with(&today, None, &last);
            let anew = alike(&today, None);
            prop_assert_eq!(&again.alike, &anew.alike);
            prop_assert_eq!(again.capped_grams, anew.capped_grams);
            let ranked = Ranked::new(&today);
            let knowing = Knowing::new(&today, &ranked, &anew);
            let written = postcard::to_stdvec(&knowing).unwrap();
            prop_assert!(written.len() <= knowing.room() + 64);
            prop_assert_eq!(kept(), written);
        }
    }
}
