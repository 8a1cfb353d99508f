//! Clauses → the grams of four characters that they have in common, and the candidates that these name.
//!
//! ```text
//! 组织国家   3 clauses of 877,114    named by few, so it names: 愿在未来3年… ~ 愿向本组织国家…
//! 成员国重   in too many clauses      a formula, and names nothing
//! ```

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::bits::Bits;
use super::candidate::Ranked;
use super::seed::Keys;
use crate::sieve::Sieve;

/// Characters of a gram.
pub const GRAM: usize = 4;
/// Clauses with fewer characters of words are looked for in context only, when articles are collated.
pub const SHORTEST: usize = 8;
/// A gram in more clauses than this is a formula and names no candidates.
pub const MOST_CLAUSES_PER_GRAM: usize = 24;
/// A gram in at most so many clauses is rare: one is enough for a candidate.
pub const RARE: usize = 4;
/// What a pair counts at least, however short.
const LEAST: u32 = 2;
/// Candidates of one clause that are looked at, those with most grams in common first.
pub const MOST_CANDIDATES: usize = 32;
/// Only so many grams of a clause, from its start, are indexed: an endless clause costs what a long one does.
pub const MOST_GRAMS: usize = 256;
/// Keys whose grams are gathered at a time, at least.
const CHUNK: usize = 4096;
/// About so many occurrences of grams are sorted at a time: a part that stays near the processor, however large the corpus.
const PART: usize = 1 << 16;
/// So many parts are held at a time: for more of them the keys are gone through again.
const PARTS_AT_A_TIME: usize = 512;
/// Marks the last key of a gram. No memory holds the text of so many keys that marks and keys would meet.
const LAST: u32 = 1 << 31;
/// Marks the keys of a gram that is rare.
const IS_RARE: u32 = 1 << 30;

/// The bits of a gram, 21 a character.
const WHOLE: u128 = (1 << (21 * GRAM)) - 1;

/// The grams of a clause that count, told by their characters and not by a hash: two grams that a hash confused would be
/// two in SQL. One may come twice.
pub fn grams(words: &[char]) -> impl Iterator<Item = u128> {
    let most = if words.len() >= SHORTEST { MOST_GRAMS } else { 0 };
    let mut gram = 0_u128;
    let mut grown = words.iter().map(move |&c| {
        gram = (gram << 21 | u128::from(u32::from(c))) & WHOLE;
        gram
    });
    let _begun = grown.by_ref().take(GRAM - 1).count();
    grown.take(most)
}

/// Some grams, for which every gram of a corpus is asked: one look at one bit turns most of them down.
#[derive(Debug)]
pub struct Grams {
    sieve: Sieve,
    all: HashSet<u128, FixedState>,
}

impl Grams {
    #[must_use]
    pub fn new(grams: impl Iterator<Item = u128>) -> Self {
        let all: HashSet<u128, FixedState> = grams.collect();
        Self { sieve: Sieve::new(all.iter().map(|&gram| hash(gram))), all }
    }

    #[must_use]
    pub fn has(&self, gram: u128) -> bool {
        self.sieve.may_hold(hash(gram)) && self.all.contains(&gram)
    }
}

/// Which keys have which grams; grams of one key only, and of too many, are left out. Keys are told by rank.
///
/// Lists lie one behind the other and are led to by one step: what is far apart in memory is what takes time here.
#[derive(Debug)]
pub struct GramIndex {
    /// The keys that have a gram, gram after gram, with marks.
    keys: Vec<u32>,
    /// Where in `keys` a key stands with others behind it, key after key.
    places: Vec<u32>,
    /// For each key, where its places end in `places`.
    ends: Vec<u32>,
    /// Most candidates are turned down by this alone.
    bits: Vec<Bits>,
    pub capped: usize,
}

impl GramIndex {
    /// With `only`, the index of no other grams.
    #[must_use]
    pub fn new(keys: &Keys, ranked: &Ranked, only: Option<&Grams>) -> Self {
        let characters = only.map_or_else(|| keys.characters(), |only| only.all.len() * MOST_CLAUSES_PER_GRAM);
        let parts = characters.div_ceil(PART).next_power_of_two();
        Self::in_passes(keys, ranked, only, (parts.div_ceil(PARTS_AT_A_TIME), parts.min(PARTS_AT_A_TIME)))
    }

    /// The same in so many passes of so many parts, powers of two.
    fn in_passes(keys: &Keys, ranked: &Ranked, only: Option<&Grams>, (passes, parts): (usize, usize)) -> Self {
        let chunk = keys.len().div_ceil(64).max(CHUNK);
        let starts: Vec<usize> = (0..keys.len()).step_by(chunk).collect();
        let (mut with_grams, mut capped) = (Vec::new(), 0);
        for pass in 0..passes {
            let is_wanted = |gram: u128| pass_of(gram, passes) == pass && only.is_none_or(|only| only.has(gram));
            let characters = if only.is_none() { keys.characters() } else { 0 };
            let expected = characters / passes / parts / starts.len().max(1);
            let gathered = |&start: &usize| {
                let mut parted: Vec<Vec<u128>> = (0..parts).map(|_| Vec::with_capacity(expected)).collect();
                occurrences(keys, ranked, start..start + chunk, is_wanted, &mut parted);
                parted
            };
            let parted: Vec<Vec<Vec<u128>>> = starts.par_iter().map(gathered).collect();
            let lists: Vec<(Vec<u32>, usize)> =
                (0..parts).into_par_iter().map_init(Vec::new, |room, part| lists(&parted, part, room)).collect();
            with_grams.reserve(lists.iter().map(|(keys, _)| keys.len()).sum());
            for (keys, passed_over) in lists {
                with_grams.extend(keys);
                capped += passed_over;
            }
        }
        let (places, ends) = places(&with_grams, keys.len());
        let bits = bits(&with_grams, keys, ranked);
        Self { keys: with_grams, places, ends, bits, capped }
    }

    /// What `take` makes of the candidates of every key, or of `some`.
    pub fn candidates<T: Send>(&self, some: Option<&[u32]>, take: impl Fn(&[(u32, u32)]) -> Vec<T> + Sync) -> Vec<T> {
        let of_key = |hits: &mut Vec<u64>, key: u32| take(&self.of_key(key, hits));
        if let Some(some) = some {
            return some.par_iter().map_init(Vec::new, |hits, &key| of_key(hits, key)).flatten_iter().collect();
        }
        let keys = 0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        keys.into_par_iter().map_init(Vec::new, of_key).flatten_iter().collect()
    }

    /// What one look tells of a key.
    #[must_use]
    pub fn bits(&self, key: u32) -> Bits {
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

/// The bits of the keys that stand in lists, by rank: nobody asks for those of others.
fn bits(lists: &[u32], keys: &Keys, ranked: &Ranked) -> Vec<Bits> {
    let mut is_listed = vec![false; ranked.keys.len()];
    for &marked in lists {
        is_listed.get_mut(unmarked(marked) as usize).into_iter().for_each(|listed| *listed = true);
    }
    let of_key = |(&key, &is_listed): (&u32, &bool)| {
        if is_listed { Bits::of(keys.words(key as usize)) } else { Bits::default() }
    };
    ranked.keys.par_iter().zip(&is_listed).map(of_key).collect()
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

/// The wanted grams of some keys above, the ranks of the keys below, each in its part.
fn occurrences(
    keys: &Keys,
    ranked: &Ranked,
    chunk: Range<usize>,
    is_wanted: impl Fn(u128) -> bool,
    parted: &mut [Vec<u128>],
) {
    let parts = parted.len();
    for key in chunk.start..chunk.end.min(keys.len()) {
        let Some(&rank) = ranked.ranks.get(key) else { continue };
        for gram in grams(keys.words(key)).filter(|&gram| is_wanted(gram)) {
            if let Some(part) = parted.get_mut(part_of(gram, parts)) {
                part.push(gram << 32 | u128::from(rank));
            }
        }
    }
}

/// Every occurrence of some grams, in order: the gram, and the rank of the key.
#[must_use]
pub fn standing(keys: &Keys, ranked: &Ranked, only: &Grams) -> Vec<(u128, u32)> {
    let of_key = |key: usize| {
        let rank = ranked.ranks.get(key).copied().unwrap_or(u32::MAX);
        grams(keys.words(key)).filter(|&gram| only.has(gram)).map(move |gram| (gram, rank))
    };
    let mut found: Vec<(u128, u32)> = (0..keys.len()).into_par_iter().flat_map_iter(of_key).collect();
    found.par_sort_unstable();
    found.dedup();
    found
}

/// The pass of a gram, of a power of two: told by its first and last characters alone, for every pass asks it of every gram.
fn pass_of(gram: u128, passes: usize) -> usize {
    let characters = u32::try_from((gram ^ gram >> (21 * (GRAM - 1))) & 0x1f_ffff).unwrap_or(0);
    (characters.wrapping_mul(0x9e37_79b9) >> 16) as usize & (passes - 1)
}

/// The part of a gram, by its hash: parts are of like size whatever the characters.
fn part_of(gram: u128, parts: usize) -> usize {
    usize::try_from(hash(gram)).unwrap_or(0) & (parts - 1)
}

fn hash(gram: u128) -> u64 {
    let half = |shift: u32| u64::try_from(gram >> shift & u128::from(u64::MAX)).unwrap_or(0);
    let mixed = half(0).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ half(21).wrapping_mul(0xf39c_c060_5ced_c835);
    mixed ^ mixed >> 32
}

#[cfg(test)]
mod tests {
    use super::super::seed::keys_of;
    use super::*;

    #[test]
    fn whatever_the_passes_and_parts_the_candidates_are_the_same() {
        // Of every four clauses each has another character of its own in what they have in common.
        let of = |n: u32, at: u32| if at == n % 4 * 3 { 0x5e00 + n } else { 0x4e00 + n / 4 * 16 + at };
        let clause = |n: u32| (0..14).filter_map(|at| char::from_u32(of(n, at))).collect();
        let clauses: Vec<String> = (0..40).map(clause).collect();
        let keys = keys_of(&clauses.iter().map(String::as_str).collect::<Vec<_>>());
        let ranked = Ranked::new(&keys);
        let pairs = |how: (usize, usize)| {
            let index = GramIndex::in_passes(&keys, &ranked, None, how);
            (index.candidates(None, <[(u32, u32)]>::to_vec), index.capped)
        };
        let together = pairs((1, 1));
        assert!(together.0.len() > 8);
        for how in [(1, 8), (4, 1), (8, 4)] {
            assert_eq!(pairs(how), together);
        }
    }
}
