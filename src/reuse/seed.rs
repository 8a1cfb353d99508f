//! Every clause of the corpus by its words: equal ones in groups, and candidates for being the same in other words.
//!
//! ```text
//! 成员国重申将继续坚决打击恐怖主义，      3 articles     one group, with all its places
//! 愿在未来3年向本组织国家提供…名额。  ╮   4-grams 本组织国 组织国家 数字技术 … in common:
//! 愿向本组织国家提供数字技术培训名额。╯   a candidate, which is then looked at closely
//! ```
//!
//! Time and memory grow with the text: a gram that stands in many clauses names no candidates, so that a phrase in every
//! article costs what any other phrase does.

use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::fold::{Folder, is_han};
use crate::model::{Article, Clause};

use super::likeness::{Likeness, alike_anywhere};
use super::side::words;

/// A clause of the corpus: index of its article, and its index among the article's clauses.
pub type ClauseAt = (u32, u32);

/// The words of all clauses of one article, one after the other.
#[derive(Debug, Default)]
struct Words {
    chars: Vec<char>,
    ends: Vec<u32>,
}

impl Words {
    fn of(folder: &Folder, article: &Article, clauses: &[Clause]) -> Self {
        let mut all = Self::default();
        for run in clauses.chunk_by(|x, y| x.paragraph == y.paragraph) {
            let number = run.first().map_or(0, |clause| clause.paragraph);
            let Some(paragraph) = article.paragraph(number) else { continue };
            let folded = folder.fold(&paragraph.text);
            for clause in run {
                let tokens = folded.token(clause.start)..folded.token(clause.end);
                all.chars.extend(words(folded.key.get(tokens).unwrap_or(&[])));
                all.ends.push(u32::try_from(all.chars.len()).unwrap_or(u32::MAX));
            }
        }
        all
    }

    fn get(&self, clause: u32) -> &[char] {
        let end = |i: u32| self.ends.get(i as usize).map_or(0, |&end| end as usize);
        let start = clause.checked_sub(1).map_or(0, end);
        self.chars.get(start..end(clause)).unwrap_or(&[])
    }
}

/// The different clauses of a corpus, each with all its places, in the order of their first places.
#[derive(Debug)]
pub struct Keys {
    words: Vec<Words>,
    places: Vec<ClauseAt>,
    /// For each key, where its places end in `places`.
    ends: Vec<usize>,
}

impl Keys {
    #[must_use]
    pub fn new(folder: &Folder, articles: &[Article], clauses: &[Vec<Clause>]) -> Self {
        let words: Vec<Words> =
            articles.par_iter().zip(clauses).map(|(article, clauses)| Words::of(folder, article, clauses)).collect();
        let hasher = FixedState::default();
        let of_article = |(article, words): (u32, &Words)| -> Vec<(u64, ClauseAt)> {
            let count = u32::try_from(words.ends.len()).unwrap_or(u32::MAX);
            (0..count).map(|clause| (hasher.hash_one(words.get(clause)), (article, clause))).collect()
        };
        let numbered: Vec<(u32, &Words)> = (0..).zip(&words).collect();
        let mut hashed: Vec<(u64, ClauseAt)> = numbered.into_par_iter().flat_map_iter(of_article).collect();
        hashed.par_sort_unstable();
        let mut groups: Vec<&[(u64, ClauseAt)]> = hashed.chunk_by(|x, y| x.0 == y.0).collect();
        groups.par_sort_unstable_by_key(|group| group.first().map(|&(_, at)| at));
        let mut places = Vec::with_capacity(hashed.len());
        let mut ends = Vec::with_capacity(groups.len());
        for group in groups {
            places.extend(group.iter().map(|&(_, at)| at));
            ends.push(places.len());
        }
        Self { words, places, ends }
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where the clause of key `key` stands, in order.
    #[must_use]
    pub fn places(&self, key: usize) -> &[ClauseAt] {
        let start = key.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(key).and_then(|&end| self.places.get(start..end)).unwrap_or(&[])
    }

    /// The words of key `key`.
    #[must_use]
    pub fn words(&self, key: usize) -> &[char] {
        let Some(&(article, clause)) = self.places(key).first() else { return &[] };
        self.words.get(article as usize).map_or(&[], |words| words.get(clause))
    }

    /// Number of characters of words in an article.
    #[must_use]
    pub fn size(&self, article: usize) -> usize {
        self.words.get(article).map_or(0, |words| words.chars.len())
    }
}

/// How many Han characters stand in `words`.
#[must_use]
pub fn han(words: &[char]) -> usize {
    words.iter().filter(|&&c| is_han(c)).count()
}

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
}

/// Characters of a gram.
const GRAM: usize = 4;
/// Clauses with fewer characters of words are looked for in context only, when articles are collated.
const SHORTEST: usize = 8;
/// A gram in more clauses than this is a formula and names no candidates.
const MOST_CLAUSES_PER_GRAM: usize = 48;
/// A gram in at most so many clauses is rare: one is enough for a candidate.
const RARE: usize = 4;
/// Candidates of one clause that are looked at, those with most grams in common first.
const MOST_CANDIDATES: usize = 32;
/// Only so many grams of a clause, from its start, are indexed: an endless clause costs what a long one does.
const MOST_GRAMS: usize = 256;

/// Finds the keys that are alike.
#[must_use]
pub fn alike(keys: &Keys) -> Found {
    let index = GramIndex::new(keys);
    let alike = (0..keys.len()).into_par_iter().flat_map_iter(|key| index.alike(keys, key)).collect();
    Found { alike, capped_grams: index.capped }
}

/// Which keys have which grams.
struct GramIndex {
    /// The keys that have a gram, gram after gram; grams that name no candidates are left out.
    keys: Vec<u32>,
    /// For each gram that names candidates: its hash, and where its keys end in `keys`.
    grams: Vec<(u32, u32)>,
    /// For each value of a hash's upper bits, where its grams start in `grams`.
    buckets: Vec<u32>,
    shift: u32,
    capped: usize,
}

impl GramIndex {
    fn new(keys: &Keys) -> Self {
        let of_key = |key: usize| {
            let number = u32::try_from(key).unwrap_or(u32::MAX);
            gram_hashes(keys.words(key)).into_iter().map(move |hash| u64::from(hash) << 32 | u64::from(number))
        };
        let mut occurrences: Vec<u64> = (0..keys.len()).into_par_iter().flat_map_iter(of_key).collect();
        occurrences.par_sort_unstable();
        let (mut listed, mut grams, mut capped) = (Vec::new(), Vec::new(), 0);
        for run in occurrences.chunk_by(|x, y| x >> 32 == y >> 32) {
            if run.len() > MOST_CLAUSES_PER_GRAM {
                capped += 1;
            } else if run.len() > 1 {
                listed.extend(run.iter().map(|&occurrence| low(occurrence)));
                let hash = run.first().map_or(0, |&occurrence| low(occurrence >> 32));
                grams.push((hash, u32::try_from(listed.len()).unwrap_or(u32::MAX)));
            }
        }
        let bits = grams.len().max(2).ilog2();
        let shift = 32 - bits;
        let buckets = (0..=1_u64 << bits)
            .scan(0, |at, bucket| {
                while grams.get(*at).is_some_and(|&(hash, _)| u64::from(hash >> shift) < bucket) {
                    *at += 1;
                }
                Some(u32::try_from(*at).unwrap_or(u32::MAX))
            })
            .collect();
        Self { keys: listed, grams, buckets, shift, capped }
    }

    /// The keys that have the gram.
    fn keys_with(&self, hash: u32) -> &[u32] {
        let bucket = (hash >> self.shift) as usize;
        let bound = |bucket: usize| self.buckets.get(bucket).map_or(0, |&at| at as usize);
        let first = bound(bucket);
        let grams = self.grams.get(first..bound(bucket + 1)).unwrap_or(&[]);
        let Some(at) = grams.iter().position(|&(gram, _)| gram == hash).map(|at| at + first) else { return &[] };
        let end = |at: usize| self.grams.get(at).map_or(0, |&(_, end)| end as usize);
        self.keys.get(at.checked_sub(1).map_or(0, end)..end(at)).unwrap_or(&[])
    }

    /// The keys after `key` that are alike to it.
    fn alike(&self, keys: &Keys, key: usize) -> Vec<Alike> {
        let words = keys.words(key);
        let mut hits: Vec<(u32, u32)> = Vec::new();
        for hash in gram_hashes(words) {
            let with = self.keys_with(hash);
            let weight = if with.len() <= RARE { 2 } else { 1 };
            hits.extend(with.iter().filter(|&&other| other as usize > key).map(|&other| (other, weight)));
        }
        hits.sort_unstable();
        let sum =
            |run: &[(u32, u32)]| (run.iter().map(|&(_, weight)| weight).sum::<u32>(), run.first().map_or(0, |r| r.0));
        let mut candidates: Vec<(u32, u32)> =
            hits.chunk_by(|x, y| x.0 == y.0).map(sum).filter(|&(weight, _)| weight >= 2).collect();
        candidates.sort_unstable_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        candidates.truncate(MOST_CANDIDATES);
        let look = |&(_, other): &(u32, u32)| {
            let other_words = keys.words(other as usize);
            let likeness = Likeness::new(words, other_words);
            alike_anywhere(words, other_words, likeness).then_some(Alike { a: key, b: other as usize, likeness })
        };
        let mut alike: Vec<Alike> = candidates.iter().filter_map(look).collect();
        alike.sort_unstable_by_key(|found| found.b);
        alike
    }
}

fn low(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// The hashes of the different grams of `words`.
fn gram_hashes(words: &[char]) -> Vec<u32> {
    if words.len() < SHORTEST {
        return Vec::new();
    }
    let mut hashes: Vec<u32> = words.windows(GRAM).take(MOST_GRAMS).map(hash_gram).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn hash_gram(gram: &[char]) -> u32 {
    let mixed = gram.iter().fold(0_u64, |sum, &c| (sum ^ u64::from(u32::from(c))).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    low(mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gram_finds_its_keys() {
        let keys = Keys { words: Vec::new(), places: Vec::new(), ends: Vec::new() };
        assert_eq!(alike(&keys).alike, []);
    }
}
