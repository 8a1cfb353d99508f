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

use super::bits::Bits;
use super::likeness::{Likeness, alike_anywhere, may_be_alike_anywhere};
use super::side::is_word;

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
                let key = folded.key.get(tokens).unwrap_or(&[]);
                all.chars.extend(key.iter().filter(|&&c| is_word(c)));
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
#[derive(Debug, Default)]
pub struct Keys {
    /// The words of all keys, one after the other: they are looked at in no order, so they lie close together.
    chars: Vec<char>,
    /// For each key, where its words end in `chars`.
    word_ends: Vec<usize>,
    places: Vec<ClauseAt>,
    /// For each key, where its places end in `places`.
    ends: Vec<usize>,
    /// Number of characters of words of each article.
    sizes: Vec<usize>,
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
        let mut keys = Self { sizes: words.iter().map(|words| words.chars.len()).collect(), ..Self::default() };
        for group in groups {
            let Some(&(_, (article, clause))) = group.first() else { continue };
            keys.push(words.get(article as usize).map_or(&[], |words| words.get(clause)), group.iter().map(|at| at.1));
        }
        keys
    }

    fn push(&mut self, words: &[char], places: impl Iterator<Item = ClauseAt>) {
        self.chars.extend(words);
        self.word_ends.push(self.chars.len());
        self.places.extend(places);
        self.ends.push(self.places.len());
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where the clause of key `key` stands, in order.
    #[must_use]
    pub fn places(&self, key: usize) -> &[ClauseAt] {
        between(&self.places, &self.ends, key)
    }

    /// The words of key `key`.
    #[must_use]
    pub fn words(&self, key: usize) -> &[char] {
        between(&self.chars, &self.word_ends, key)
    }

    /// Number of characters of words in an article.
    #[must_use]
    pub fn size(&self, article: usize) -> usize {
        self.sizes.get(article).copied().unwrap_or(0)
    }
}

/// What belongs to `key` in a list that `ends` divides.
fn between<'a, T>(list: &'a [T], ends: &[usize], key: usize) -> &'a [T] {
    let start = key.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(key).and_then(|&end| list.get(start..end)).unwrap_or(&[])
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
const MOST_CLAUSES_PER_GRAM: usize = 24;
/// A gram in at most so many clauses is rare: one is enough for a candidate.
const RARE: usize = 4;
/// Candidates of one clause that are looked at, those with most grams in common first.
const MOST_CANDIDATES: usize = 32;
/// The rarest grams of a clause name its candidates, until they have named so many; what only common grams name besides
/// would grow with the corpus, and say less and less.
const MOST_HITS: usize = 40;
/// Keys whose grams are gathered at a time.
const CHUNK: usize = 4096;
/// Only so many grams of a clause, from its start, are indexed: an endless clause costs what a long one does.
const MOST_GRAMS: usize = 256;

/// Finds the keys that are alike.
#[must_use]
pub fn alike(keys: &Keys) -> Found {
    let index = GramIndex::new(keys);
    let all = (0..keys.len()).into_par_iter().with_min_len(CHUNK);
    let alike = all.map_init(Room::default, |room, key| index.alike(keys, key, room));
    let alike = alike.flatten_iter().collect();
    Found { alike, capped_grams: index.capped }
}

/// A key that has a gram, with how long it is: many candidates are turned down by their length alone, and the key itself
/// lies far away in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Posting {
    key: u32,
    /// Characters of words; the greatest number stands for any that is as great.
    length: u16,
    /// How many postings of the same gram begin here.
    left: u16,
}

/// Which keys have which grams; grams of one key only, and of too many, are left out.
struct GramIndex {
    /// The keys that have a gram, gram after gram.
    postings: Vec<Posting>,
    /// Where the postings of each gram of a key begin, key after key.
    grams: Vec<u32>,
    /// For each key, where its grams end in `grams`.
    ends: Vec<usize>,
    bits: Vec<Bits>,
    capped: usize,
}

/// Room to work in, used again from key to key.
#[derive(Default)]
struct Room<'a> {
    grams: Vec<&'a [Posting]>,
    /// Another key, its length, and what one gram in common with it weighs.
    hits: Vec<(u32, u16, u32)>,
    /// The same, summed up for each key.
    candidates: Vec<(u32, usize, u32)>,
}

impl GramIndex {
    fn new(keys: &Keys) -> Self {
        let starts: Vec<usize> = (0..keys.len()).step_by(CHUNK).collect();
        let mut occurrences: Vec<u64> =
            starts.into_par_iter().flat_map_iter(|start| occurrences(keys, start..start + CHUNK)).collect();
        occurrences.par_sort_unstable();
        let length = |key: usize| u16::try_from(keys.words(key).len()).unwrap_or(u16::MAX);
        let lengths: Vec<u16> = (0..keys.len()).into_par_iter().map(length).collect();
        let bits = (0..keys.len()).into_par_iter().map(|key| Bits::of(keys.words(key))).collect();
        let (mut postings, mut capped) = (Vec::new(), 0);
        for run in occurrences.chunk_by(|x, y| x >> 32 == y >> 32) {
            if run.len() > MOST_CLAUSES_PER_GRAM {
                capped += 1;
            } else if run.len() > 1 {
                let left = (1..=u16::try_from(run.len()).unwrap_or(u16::MAX)).rev();
                postings.extend(run.iter().zip(left).map(|(&occurrence, left)| {
                    let key = low(occurrence);
                    Posting { key, length: lengths.get(key as usize).copied().unwrap_or(0), left }
                }));
            }
        }
        drop(occurrences);
        let (grams, ends) = grams_of_keys(&postings, keys.len());
        Self { postings, grams, ends, bits, capped }
    }

    /// The keys that have the gram whose postings begin at `start`.
    fn keys_with(&self, start: u32) -> &[Posting] {
        let rest = self.postings.get(start as usize..).unwrap_or(&[]);
        rest.get(..rest.first().map_or(0, |first| usize::from(first.left))).unwrap_or(&[])
    }

    fn bits_of(&self, key: usize) -> Bits {
        self.bits.get(key).copied().unwrap_or_default()
    }

    /// The keys alike to `key`, and after it.
    fn alike<'a>(&'a self, keys: &Keys, key: usize, room: &mut Room<'a>) -> Vec<Alike> {
        let of_key = between(&self.grams, &self.ends, key);
        let words = keys.words(key);
        let Room { grams, hits, candidates } = room;
        grams.clear();
        grams.extend(of_key.iter().map(|&start| self.keys_with(start)));
        grams.sort_by_key(|with| with.len());
        hits.clear();
        for with in grams {
            let weight = if with.len() <= RARE { 2 } else { 1 };
            let after = with.partition_point(|other| other.key as usize <= key);
            hits.extend(with.iter().skip(after).map(|other| (other.key, other.length, weight)));
            if hits.len() >= MOST_HITS {
                break;
            }
        }
        hits.sort_unstable();
        candidates.clear();
        for run in hits.chunk_by(|x, y| x.0 == y.0) {
            let Some(&(other, length, _)) = run.first() else { continue };
            let weight = run.iter().map(|&(_, _, weight)| weight).sum();
            let length = if length == u16::MAX { keys.words(other as usize).len() } else { usize::from(length) };
            if may_be_alike(words.len(), length, weight) {
                candidates.push((other, length, weight));
            }
        }
        candidates.sort_unstable_by(|x, y| y.2.cmp(&x.2).then(x.0.cmp(&y.0)));
        candidates.truncate(MOST_CANDIDATES);
        let bits = self.bits_of(key);
        let look = |&(other, length, _): &(u32, usize, u32)| {
            let (a, b) = (key, other as usize);
            let most = bits.common_at_most(self.bits_of(b));
            if !may_be_alike_anywhere(most, words.len(), length) {
                return None;
            }
            let other_words = keys.words(b);
            let likeness = Likeness::new(words, other_words);
            alike_anywhere(words, other_words, likeness).then_some(Alike { a, b, likeness })
        };
        let mut alike: Vec<Alike> = candidates.iter().filter_map(look).collect();
        alike.sort_unstable_by_key(|found| found.b);
        alike
    }
}

/// Where the postings of each key's grams begin, key after key, and where each key ends there: counted, then put in place.
fn grams_of_keys(postings: &[Posting], keys: usize) -> (Vec<u32>, Vec<usize>) {
    let mut ends = vec![0_usize; keys + 1];
    for posting in postings {
        if let Some(count) = ends.get_mut(posting.key as usize + 1) {
            *count += 1;
        }
    }
    for key in 1..ends.len() {
        ends[key] += ends[key - 1];
    }
    let mut grams = vec![0_u32; postings.len()];
    let (mut start, mut left) = (0, 0);
    for (at, posting) in (0..).zip(postings) {
        if left == 0 {
            (start, left) = (at, posting.left);
        }
        left -= 1;
        // What was the start of a key becomes its end while its grams come in.
        if let Some(end) = ends.get_mut(posting.key as usize) {
            if let Some(slot) = grams.get_mut(*end) {
                *slot = start;
            }
            *end += 1;
        }
    }
    ends.pop();
    (grams, ends)
}

/// Long clauses that are alike share more than one gram, and clauses of very different lengths cannot be alike.
fn may_be_alike(len_a: usize, len_b: usize, weight: u32) -> bool {
    let (shorter, longer) = (len_a.min(len_b), len_a.max(len_b));
    let asked = if shorter > 16 {
        4
    } else if shorter > 11 {
        3
    } else {
        2
    };
    shorter * 4 >= longer && weight >= asked
}

fn low(value: u64) -> u32 {
    u32::try_from(value & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

/// Every different gram of some keys: its hash above, the key below.
fn occurrences(keys: &Keys, range: std::ops::Range<usize>) -> Vec<u64> {
    let mut all = Vec::new();
    let mut hashes: Vec<u32> = Vec::new();
    for key in range.start..range.end.min(keys.len()) {
        let words = keys.words(key);
        if words.len() < SHORTEST {
            continue;
        }
        hashes.clear();
        hashes.extend(words.windows(GRAM).take(MOST_GRAMS).map(hash_gram));
        hashes.sort_unstable();
        hashes.dedup();
        let number = u64::try_from(key).unwrap_or(u64::MAX);
        all.extend(hashes.iter().map(|&hash| u64::from(hash) << 32 | number));
    }
    all
}

/// A hash of a few characters.
#[must_use]
pub fn hash_gram(gram: &[char]) -> u32 {
    let mixed = gram.iter().fold(0_u64, |sum, &c| (sum ^ u64::from(u32::from(c))).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    low(mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(clauses: &[&str]) -> Keys {
        let chars: Vec<Vec<char>> = clauses.iter().map(|clause| clause.chars().collect()).collect();
        let mut keys = Keys::default();
        for (article, words) in (0..).zip(&chars) {
            keys.push(words, [(article, 0)].into_iter());
        }
        keys
    }

    #[test]
    fn a_reworded_clause_is_found_and_a_name_in_common_is_not_enough() {
        let keys = keys(&[
            "愿在未来3年向本组织国家提供不少于1000人次数字技术培训名额",
            "本组织国家愿向各方提供更多便利和更好的条件",
            "愿向本组织国家提供数字技术培训名额",
        ]);
        let found: Vec<(usize, usize)> = alike(&keys).alike.iter().map(|found| (found.a, found.b)).collect();
        assert_eq!(found, [(0, 2)]);
    }
}
