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

use crate::model::Candidates;

use super::bits::Bits;
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

/// Characters of a gram.
const GRAM: usize = 4;
/// Clauses with fewer characters of words are looked for in context only, when articles are collated.
const SHORTEST: usize = 8;
/// A gram in more clauses than this is a formula and names no candidates.
const MOST_CLAUSES_PER_GRAM: usize = 24;
/// A gram in at most so many clauses is rare: one is enough for a candidate.
const RARE: usize = 4;
/// Candidates of one clause that are looked at, those with most grams in common first.
const MOST_CANDIDATES: usize = 32;
/// Only so many grams of a clause, from its start, are indexed: an endless clause costs what a long one does.
const MOST_GRAMS: usize = 256;
/// Keys whose grams are gathered at a time.
const CHUNK: usize = 4096;

/// Finds the keys that are alike, among the candidates that were given or else among all.
#[must_use]
pub fn alike(keys: &Keys, given: Option<&Candidates>) -> Found {
    let ranked = Ranked::new(keys);
    let mut found = if let Some(given) = given {
        of_given(keys, &ranked, given)
    } else {
        let index = GramIndex::new(keys, &ranked);
        let bits: Vec<Bits> = (0..keys.len()).into_par_iter().map(|key| Bits::of(keys.words(key))).collect();
        let look = |&(a, b): &(u32, u32)| {
            let (a, b) = (ranked.key(a), ranked.key(b));
            let most = bits.get(a).zip(bits.get(b)).map_or(0, |(a, b)| a.common_at_most(*b));
            may_be_alike_anywhere(most, keys.words(a).len(), keys.words(b).len())
                .then(|| verified(keys, a, b))
                .flatten()
        };
        let alike = index.candidates(move |pairs| pairs.iter().filter_map(look).collect());
        Found { alike, capped_grams: index.capped, unknown: 0 }
    };
    found.alike.par_sort_unstable_by_key(|found| (found.a, found.b));
    found
}

/// The candidates themselves, for other engines to be held against.
#[must_use]
pub fn candidates(keys: &Keys) -> Candidates {
    let ranked = Ranked::new(keys);
    let index = GramIndex::new(keys, &ranked);
    let id = |rank: u32| ranked.ids.get(rank as usize).copied().unwrap_or(0);
    let mut pairs = index.candidates(|pairs| pairs.iter().map(|&(a, b)| (id(a), id(b))).collect());
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
struct Ranked {
    ids: Vec<u64>,
    keys: Vec<u32>,
}

impl Ranked {
    fn new(keys: &Keys) -> Self {
        let mut ranked: Vec<(u64, u32)> = keys.ids().into_iter().zip(0..).collect();
        ranked.par_sort_unstable();
        let (ids, keys) = ranked.into_iter().unzip();
        Self { ids, keys }
    }

    fn key(&self, rank: u32) -> usize {
        self.keys.get(rank as usize).map_or(usize::MAX, |&key| key as usize)
    }

    fn find(&self, id: u64) -> Option<usize> {
        let rank = self.ids.binary_search(&id).ok()?;
        self.keys.get(rank).map(|&key| key as usize)
    }
}

/// Which keys have which grams; grams of one key only, and of too many, are left out. Keys are told by rank.
struct GramIndex {
    /// The keys that have a gram, gram after gram.
    keys: Vec<u32>,
    /// For each gram, where its keys end in `keys`.
    ends: Vec<u32>,
    /// A key above, one of its grams below; sorted.
    of_keys: Vec<u64>,
    /// How many characters of words a key has: most candidates are turned down by this alone.
    lengths: Vec<u32>,
    capped: usize,
}

impl GramIndex {
    fn new(keys: &Keys, ranked: &Ranked) -> Self {
        let starts: Vec<usize> = (0..keys.len()).step_by(CHUNK).collect();
        let mut occurrences: Vec<u128> =
            starts.into_par_iter().flat_map_iter(|start| occurrences(keys, ranked, start..start + CHUNK)).collect();
        occurrences.par_sort_unstable();
        let length = |&key: &u32| u32::try_from(keys.words(key as usize).len()).unwrap_or(u32::MAX);
        let lengths = ranked.keys.par_iter().map(length).collect();
        let mut index = Self { keys: Vec::new(), ends: Vec::new(), of_keys: Vec::new(), lengths, capped: 0 };
        for run in occurrences.chunk_by(|x, y| x >> 32 == y >> 32) {
            if run.len() > MOST_CLAUSES_PER_GRAM {
                index.capped += 1;
            } else if run.len() > 1 {
                let gram = u64::try_from(index.ends.len()).unwrap_or(u64::MAX);
                index.of_keys.extend(run.iter().map(|&occurrence| u64::from(rank(occurrence)) << 32 | gram));
                index.keys.extend(run.iter().map(|&occurrence| rank(occurrence)));
                index.ends.push(u32::try_from(index.keys.len()).unwrap_or(u32::MAX));
            }
        }
        drop(occurrences);
        index.of_keys.par_sort_unstable();
        index
    }

    /// What `take` makes of the candidates of every key.
    fn candidates<T: Send>(&self, take: impl Fn(&[(u32, u32)]) -> Vec<T> + Sync) -> Vec<T> {
        let of_keys = self.of_keys.par_chunk_by(|x, y| x >> 32 == y >> 32);
        of_keys.map_init(Vec::new, |hits, run| take(&self.of_key(run, hits))).flatten_iter().collect()
    }

    /// The keys that have gram `gram`.
    fn keys_with(&self, gram: u32) -> &[u32] {
        let end = |at: u32| self.ends.get(at as usize).map_or(0, |&end| end as usize);
        self.keys.get(gram.checked_sub(1).map_or(0, end)..end(gram)).unwrap_or(&[])
    }

    /// The pairs of the key whose grams are `run` with keys after it; `hits` is room to work in.
    fn of_key(&self, run: &[u64], hits: &mut Vec<(u32, u32)>) -> Vec<(u32, u32)> {
        let key = run.first().map_or(0, |&first| low(first >> 32));
        hits.clear();
        for &of_key in run {
            let with = self.keys_with(low(of_key));
            let weight = if with.len() <= RARE { 2 } else { 1 };
            let after = with.partition_point(|&other| other <= key);
            hits.extend(with.iter().skip(after).map(|&other| (other, weight)));
        }
        hits.sort_unstable();
        let length = |key: u32| self.lengths.get(key as usize).copied().unwrap_or(0);
        let sum =
            |run: &[(u32, u32)]| (run.iter().map(|&(_, weight)| weight).sum::<u32>(), run.first().map_or(0, |r| r.0));
        let mut found: Vec<(u32, u32)> = hits
            .chunk_by(|x, y| x.0 == y.0)
            .map(sum)
            .filter(|&(weight, other)| may_be_alike(length(key), length(other), weight))
            .collect();
        found.sort_unstable_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        found.truncate(MOST_CANDIDATES);
        found.into_iter().map(|(_, other)| (key, other)).collect()
    }
}

/// Long clauses that are alike share more than one gram, and clauses of very different lengths cannot be alike.
fn may_be_alike(len_a: u32, len_b: u32, weight: u32) -> bool {
    let (shorter, longer) = (len_a.min(len_b), len_a.max(len_b));
    let asked = if shorter > 16 {
        4
    } else if shorter > 11 {
        3
    } else {
        2
    };
    shorter.saturating_mul(4) >= longer && weight >= asked
}

fn low(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// The key of an occurrence, below its gram.
fn rank(occurrence: u128) -> u32 {
    u32::try_from(occurrence & u128::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// Every different gram of some keys above, the key below. A gram is told by its characters and not by a hash: two grams
/// that a hash confused would be two in SQL.
fn occurrences(keys: &Keys, ranked: &Ranked, ranks: std::ops::Range<usize>) -> Vec<u128> {
    let pack = |gram: &[char]| gram.iter().fold(0_u128, |sum, &c| sum << 21 | u128::from(u32::from(c)));
    let mut all = Vec::new();
    let mut grams: Vec<u128> = Vec::new();
    for (rank, &key) in ranked.keys.iter().enumerate().take(ranks.end).skip(ranks.start) {
        let words = keys.words(key as usize);
        if words.len() < SHORTEST {
            continue;
        }
        grams.clear();
        grams.extend(words.windows(GRAM).take(MOST_GRAMS).map(pack));
        grams.sort_unstable();
        grams.dedup();
        let rank = u128::try_from(rank).unwrap_or(u128::MAX);
        all.extend(grams.iter().map(|gram| gram << 32 | rank));
    }
    all
}

#[cfg(test)]
mod tests {
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
