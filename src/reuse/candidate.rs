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
/// What a pair counts at least, however short.
const LEAST: u32 = 2;
/// Candidates of one clause that are looked at, those with most grams in common first.
const MOST_CANDIDATES: usize = 32;
/// Only so many grams of a clause, from its start, are indexed: an endless clause costs what a long one does.
const MOST_GRAMS: usize = 256;
/// Keys whose grams are gathered at a time, at least.
const CHUNK: usize = 4096;
/// About so many occurrences of grams are sorted at a time: a part that stays near the processor, however large the corpus.
const PART: usize = 1 << 16;
/// Marks the last key of a gram. No memory holds the text of so many keys that marks and keys would meet.
const LAST: u32 = 1 << 31;
/// Marks the keys of a gram that is rare.
const IS_RARE: u32 = 1 << 30;

/// Finds the keys that are alike, among the candidates that were given or else among all.
#[must_use]
pub fn alike(keys: &Keys, given: Option<&Candidates>) -> Found {
    let ranked = Ranked::new(keys);
    let mut found = if let Some(given) = given {
        of_given(keys, &ranked, given)
    } else {
        let index = GramIndex::new(keys, &ranked);
        let look = |&(a, b): &(u32, u32)| {
            let (bits_a, bits_b) = (index.bits(a), index.bits(b));
            let most = bits_a.common_at_most(bits_b);
            may_be_alike_anywhere(most, bits_a.length as usize, bits_b.length as usize)
                .then(|| verified(keys, ranked.key(a), ranked.key(b)))
                .flatten()
        };
        let alike = index.candidates(|pairs| pairs.iter().filter_map(look).collect());
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
    /// The rank of each key.
    ranks: Vec<u32>,
}

impl Ranked {
    fn new(keys: &Keys) -> Self {
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

    fn key(&self, rank: u32) -> usize {
        self.keys.get(rank as usize).map_or(usize::MAX, |&key| key as usize)
    }

    fn find(&self, id: u64) -> Option<usize> {
        let rank = self.ids.binary_search(&id).ok()?;
        self.keys.get(rank).map(|&key| key as usize)
    }
}

/// Which keys have which grams; grams of one key only, and of too many, are left out. Keys are told by rank.
///
/// Lists lie one behind the other and are led to by one step: what is far apart in memory is what takes time here.
struct GramIndex {
    /// The keys that have a gram, gram after gram, with marks.
    keys: Vec<u32>,
    /// Where in `keys` a key stands with others behind it, key after key.
    places: Vec<u32>,
    /// For each key, where its places end in `places`.
    ends: Vec<u32>,
    /// Most candidates are turned down by this alone.
    bits: Vec<Bits>,
    capped: usize,
}

impl GramIndex {
    fn new(keys: &Keys, ranked: &Ranked) -> Self {
        let characters: usize = (0..keys.len()).map(|key| keys.words(key).len()).sum();
        let parts = characters.div_ceil(PART).next_power_of_two();
        let chunk = keys.len().div_ceil(64).max(CHUNK);
        let starts: Vec<usize> = (0..keys.len()).step_by(chunk).collect();
        let parted: Vec<Vec<Vec<u128>>> =
            starts.into_par_iter().map(|start| occurrences(keys, ranked, start..start + chunk, parts)).collect();
        let lists: Vec<(Vec<u32>, usize)> =
            (0..parts).into_par_iter().map_init(Vec::new, |room, part| lists(&parted, part, room)).collect();
        drop(parted);
        let capped = lists.iter().map(|&(_, capped)| capped).sum();
        let mut with_grams = Vec::with_capacity(lists.iter().map(|(keys, _)| keys.len()).sum());
        for (keys, _) in lists {
            with_grams.extend(keys);
        }
        let (places, ends) = places(&with_grams, keys.len());
        let bits = ranked.keys.par_iter().map(|&key| Bits::of(keys.words(key as usize))).collect();
        Self { keys: with_grams, places, ends, bits, capped }
    }

    /// What `take` makes of the candidates of every key.
    fn candidates<T: Send>(&self, take: impl Fn(&[(u32, u32)]) -> Vec<T> + Sync) -> Vec<T> {
        let keys = 0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        keys.into_par_iter().map_init(Vec::new, |hits, key| take(&self.of_key(key, hits))).flatten_iter().collect()
    }

    fn bits(&self, key: u32) -> Bits {
        self.bits.get(key as usize).copied().unwrap_or_default()
    }

    /// Where `key` stands in lists with others behind it.
    fn places(&self, key: u32) -> &[u32] {
        let end = |key: u32| self.ends.get(key as usize).map_or(0, |&end| end as usize);
        self.places.get(key.checked_sub(1).map_or(0, end)..end(key)).unwrap_or(&[])
    }

    /// The pairs of `key` with keys after it; `hits` is room to work in, for keys above and weights below.
    fn of_key(&self, key: u32, hits: &mut Vec<u64>) -> Vec<(u32, u32)> {
        hits.clear();
        for &place in self.places(key) {
            for &marked in self.keys.get(place as usize + 1..).unwrap_or(&[]) {
                let weight = if marked & IS_RARE == 0 { 1 } else { 2 };
                hits.push(u64::from(unmarked(marked)) << 32 | weight);
                if marked & LAST != 0 {
                    break;
                }
            }
        }
        hits.sort_unstable();
        let length = self.bits(key).length;
        let sum =
            |run: &[u64]| (run.iter().copied().map(low).sum::<u32>(), run.first().map_or(0, |&hit| low(hit >> 32)));
        let mut found: Vec<(u32, u32)> = hits
            .chunk_by(|x, y| x >> 32 == y >> 32)
            .map(sum)
            .filter(|&(weight, other)| weight >= LEAST && may_be_alike(length, self.bits(other).length, weight))
            .collect();
        found.sort_unstable_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        found.truncate(MOST_CANDIDATES);
        found.into_iter().map(|(_, other)| (key, other)).collect()
    }
}

/// The keys of the grams of one part, gram after gram, with marks; and how many grams were passed over. `room` is to work in.
fn lists(parted: &[Vec<Vec<u128>>], part: usize, room: &mut Vec<u128>) -> (Vec<u32>, usize) {
    room.clear();
    parted.iter().filter_map(|parts| parts.get(part)).for_each(|occurrences| room.extend(occurrences));
    room.sort_unstable();
    room.dedup();
    let (mut keys, mut capped) = (Vec::new(), 0);
    for run in room.chunk_by(|x, y| x >> 32 == y >> 32) {
        if run.len() > MOST_CLAUSES_PER_GRAM {
            capped += 1;
        } else if run.len() > 1 {
            let mark = if run.len() <= RARE { IS_RARE } else { 0 };
            keys.extend(run.iter().map(|&occurrence| unmarked(rank(occurrence)) | mark));
            keys.last_mut().into_iter().for_each(|last| *last |= LAST);
        }
    }
    keys.shrink_to_fit();
    (keys, capped)
}

/// Where each of so many keys stands in lists with others behind it, key after key, and where the places of each end.
fn places(lists: &[u32], keys: usize) -> (Vec<u32>, Vec<u32>) {
    let standing = || (0_u32..).zip(lists).filter(|&(_, &marked)| marked & LAST == 0);
    let mut ends = vec![0_u32; keys];
    for (_, &marked) in standing() {
        ends.get_mut(unmarked(marked) as usize).into_iter().for_each(|count| *count += 1);
    }
    let mut all = 0;
    for end in &mut ends {
        let count = std::mem::replace(end, all);
        all = all.saturating_add(count);
    }
    let mut places = vec![0; all as usize];
    for (at, &marked) in standing() {
        let Some(end) = ends.get_mut(unmarked(marked) as usize) else { continue };
        places.get_mut(*end as usize).into_iter().for_each(|place| *place = at);
        *end += 1;
    }
    (places, ends)
}

/// Long clauses that are alike share more than one gram, and clauses of very different lengths cannot be alike.
fn may_be_alike(len_a: u32, len_b: u32, weight: u32) -> bool {
    let (shorter, longer) = (len_a.min(len_b), len_a.max(len_b));
    let asked = if shorter > 16 {
        4
    } else if shorter > 11 {
        3
    } else {
        LEAST
    };
    shorter.saturating_mul(4) >= longer && weight >= asked
}

fn unmarked(marked: u32) -> u32 {
    marked & (IS_RARE - 1)
}

fn low(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// The key of an occurrence, below its gram.
fn rank(occurrence: u128) -> u32 {
    u32::try_from(occurrence & u128::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// The grams of some keys above, the ranks of the keys below, in `parts` parts, a power of two. A gram is told by its
/// characters and not by a hash: two grams that a hash confused would be two in SQL.
fn occurrences(keys: &Keys, ranked: &Ranked, chunk: std::ops::Range<usize>, parts: usize) -> Vec<Vec<u128>> {
    let pack = |gram: &[char]| gram.iter().fold(0_u128, |sum, &c| sum << 21 | u128::from(u32::from(c)));
    let chunk = chunk.start..chunk.end.min(keys.len());
    let characters: usize = chunk.clone().map(|key| keys.words(key).len()).sum();
    let mut parted = vec![Vec::new(); parts];
    for part in &mut parted {
        part.reserve(characters / parts);
    }
    for key in chunk {
        let words = keys.words(key);
        let Some(&rank) = ranked.ranks.get(key).filter(|_| words.len() >= SHORTEST) else { continue };
        for gram in words.windows(GRAM).take(MOST_GRAMS).map(pack) {
            if let Some(part) = parted.get_mut(part_of(gram, parts)) {
                part.push(gram << 32 | u128::from(rank));
            }
        }
    }
    parted
}

/// The part of a gram, by its hash: parts are of like size whatever the characters.
fn part_of(gram: u128, parts: usize) -> usize {
    let hash = gram.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
    usize::try_from(hash >> 96).unwrap_or(0) & (parts - 1)
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
