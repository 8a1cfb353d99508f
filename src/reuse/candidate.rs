//! Candidates for being the same clause in other words: found here, or by another engine, and then looked at closely.
//!
//! ```text
//! 愿在未来3年向本组织国家提供…名额。  ╮   4-grams 本组织国 组织国家 数字技术 … in common:
//! 愿向本组织国家提供数字技术培训名额。╯   a candidate, which is then looked at closely
//! ```
//!
//! What a candidate is, exactly, so that [`JOIN`] can say the same in SQL:
//! - clauses of at least 8 characters of words take part, with their different 4-grams, the first 256 at most;
//! - a gram in more than 24 clauses is a formula and counts nothing, one in at most 4 clauses counts two, others one;
//! - a pair counts at least 2, or 3 or 4 where its shorter clause is longer than 11 or 16 characters, and neither clause
//!   is longer than four times the other;
//! - of one clause, the 32 pairs that count most are looked at, smaller ids first, each pair by its smaller id.
//!
//! Time and memory grow with the text: a phrase in every article costs what any other phrase does.

use rayon::prelude::*;

use crate::memo::Last;
use crate::model::Candidates;

use super::again::{self, Knowing};
use super::gram::GramIndex;
use super::likeness::{Likeness, alike_anywhere, may_be_alike_anywhere};
use super::seed::Keys;

/// The same definition in SQL, over a table `clauses(id, key)`.
pub const JOIN: &str = include_str!("join.sql");

/// Two keys that are the same clause in other words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alike {
    pub a: usize,
    pub b: usize,
    pub likeness: Likeness,
}

/// What was found, and what was passed over to stay bounded.
#[derive(Debug, Default)]
pub struct Found {
    /// Sorted by `(a, b)`, `a < b`.
    pub alike: Vec<Alike>,
    /// Number of grams that stood in too many clauses to name candidates.
    pub capped_grams: usize,
    /// Number of given pairs, or clauses, that this corpus does not have.
    pub unknown: usize,
}

/// Finds the keys that are alike, among the candidates that were given or else among all.
#[must_use]
pub fn alike(keys: &Keys, given: Option<&Candidates>) -> Found {
    alike_with(keys, given, &Last::default())
}

/// The same, where it may be known what was alike in the last build.
#[must_use]
pub fn alike_with(keys: &Keys, given: Option<&Candidates>, last: &Last) -> Found {
    let ranked = Ranked::new(keys);
    let mut found = match given {
        Some(given) => of_given(keys, &ranked, given),
        None => of_corpus(keys, &ranked, last),
    };
    found.alike.par_sort_unstable_by_key(|found| (found.a, found.b));
    found
}

fn of_corpus(keys: &Keys, ranked: &Ranked, last: &Last) -> Found {
    let keep = |found: &Found| last.keep(|| Knowing::new(keys, ranked, found), Knowing::room);
    let before = last.before();
    if let Ok(known) = postcard::from_bytes(&before)
        && let Some(changes) = again::changes(ranked, &known)
    {
        let found = again::found(keys, ranked, &known, &changes);
        drop(known);
        drop(before);
        if !changes.is_empty() {
            keep(&found);
        }
        return found;
    }
    drop(before);
    let index = GramIndex::new(keys, ranked, None);
    let alike = index.candidates(None, |pairs| looked_at(keys, ranked, &index, pairs));
    let found = Found { alike, capped_grams: index.capped, unknown: 0 };
    drop(index);
    keep(&found);
    found
}

/// Those of some candidates that are alike.
#[must_use]
pub fn looked_at(keys: &Keys, ranked: &Ranked, index: &GramIndex, pairs: &[(u32, u32)]) -> Vec<Alike> {
    let look = |&(a, b): &(u32, u32)| {
        let (bits_a, bits_b) = (index.bits(a), index.bits(b));
        let most = bits_a.common_at_most(bits_b);
        may_be_alike_anywhere(most, bits_a.length as usize, bits_b.length as usize)
            .then(|| verified(keys, ranked.key(a), ranked.key(b)))
            .flatten()
    };
    pairs.iter().filter_map(look).collect()
}

/// The candidates themselves, for other engines to be held against.
#[must_use]
pub fn candidates(keys: &Keys) -> Candidates {
    let ranked = Ranked::new(keys);
    let index = GramIndex::new(keys, &ranked, None);
    let id = |rank: u32| ranked.ids.get(rank as usize).copied().unwrap_or(0);
    let mut pairs = index.candidates(None, |pairs| pairs.iter().map(|&(a, b)| (id(a), id(b))).collect());
    pairs.par_sort_unstable();
    Candidates { pairs, clauses: Some(keys.len()), formulae: index.capped }
}

fn of_given(keys: &Keys, ranked: &Ranked, given: &Candidates) -> Found {
    let ordered = |&(a, b): &(u64, u64)| if a <= b { (a, b) } else { (b, a) };
    let mut pairs: Vec<(u64, u64)> = given.pairs.par_iter().map(ordered).filter(|(a, b)| a != b).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    let known: Vec<Option<(usize, usize)>> =
        pairs.par_iter().map(|&(a, b)| Some((ranked.find(a)?, ranked.find(b)?))).collect();
    let unknown = known.iter().filter(|pair| pair.is_none()).count();
    let unknown = unknown + given.clauses.map_or(0, |clauses| clauses.abs_diff(keys.len()));
    let alike = known.par_iter().flatten().filter_map(|&(a, b)| verified(keys, a, b)).collect();
    Found { alike, capped_grams: given.formulae, unknown }
}

/// Looks closely at a candidate.
fn verified(keys: &Keys, a: usize, b: usize) -> Option<Alike> {
    let (a, b) = (a.min(b), a.max(b));
    let (words_a, words_b) = (keys.words(a), keys.words(b));
    let likeness = Likeness::new(words_a, words_b);
    alike_anywhere(words_a, words_b, likeness).then_some(Alike { a, b, likeness })
}

/// The keys in the order of their ids: an order that no other text of the corpus has a say in.
#[derive(Debug)]
pub struct Ranked {
    pub ids: Vec<u64>,
    pub keys: Vec<u32>,
    /// The rank of each key.
    pub ranks: Vec<u32>,
}

impl Ranked {
    #[must_use]
    pub fn new(keys: &Keys) -> Self {
        let mut ranked: Vec<(u64, u32)> = keys.ids().into_iter().zip(0..).collect();
        ranked.par_sort_unstable();
        let (ids, keys): (Vec<u64>, Vec<u32>) = ranked.into_iter().unzip();
        let mut ranks = vec![0; keys.len()];
        for (rank, &key) in (0..).zip(&keys) {
            if let Some(of_key) = ranks.get_mut(key as usize) {
                *of_key = rank;
            }
        }
        Self { ids, keys, ranks }
    }

    /// The key of a rank.
    #[must_use]
    pub fn key(&self, rank: u32) -> usize {
        self.keys.get(rank as usize).map_or(usize::MAX, |&key| key as usize)
    }

    fn find(&self, id: u64) -> Option<usize> {
        let rank = self.ids.binary_search(&id).ok()?;
        self.keys.get(rank).map(|&key| key as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::super::gram::{GRAM, MOST_CANDIDATES, MOST_CLAUSES_PER_GRAM, MOST_GRAMS, RARE, SHORTEST};
    use super::super::seed::keys_of;
    use super::*;

    const CLAUSES: [&str; 4] = [
        "愿在未来3年向本组织国家提供不少于1000人次数字技术培训名额",
        "本组织国家愿向各方提供更多便利和更好的条件",
        "愿向本组织国家提供数字技术培训名额",
        "愿在未来三年向本组织国家提供不少于一千人次数字技术培训名额",
    ];

    #[test]
    fn a_reworded_clause_is_found_and_a_name_in_common_is_not_enough() {
        let found = alike(&keys_of(&CLAUSES), None);
        let found: Vec<(usize, usize)> = found.alike.iter().map(|found| (found.a, found.b)).collect();
        assert_eq!(found, [(0, 2), (0, 3), (2, 3)]);
    }

    #[test]
    fn given_candidates_are_verified_and_lead_to_the_same() {
        let keys = keys_of(&CLAUSES);
        let own = alike(&keys, None);
        let mut given = candidates(&keys);
        given.pairs.reverse();
        let of_given = alike(&keys, Some(&given));
        assert_eq!((of_given.alike.as_slice(), of_given.unknown), (own.alike.as_slice(), 0));
        let ids = keys.ids();
        given.pairs.push((ids[0], ids[1]));
        assert_eq!(alike(&keys, Some(&given)).alike, own.alike);
        given.pairs.push((ids[0], 1));
        assert_eq!(alike(&keys, Some(&given)).unknown, 1);
    }

    #[test]
    fn the_statement_has_the_numbers_of_the_rule() {
        for number in [
            format!("substr(c.key, p.i, {GRAM})"),
            format!("length(key) >= {SHORTEST}"),
            format!("between 2 and {MOST_CLAUSES_PER_GRAM}"),
            format!("clauses > {MOST_CLAUSES_PER_GRAM}"),
            format!("x.clauses <= {RARE} then 2"),
            format!("place <= {MOST_CANDIDATES}"),
        ] {
            assert!(JOIN.contains(&number), "{number}");
        }
        assert_eq!(MOST_GRAMS, 16 * 16, "the places of grams are numbered with two digits of sixteen");
    }
}
