//! Every clause of the corpus by its words: equal ones in groups, each group a key.
//!
//! ```text
//! 成员国重申将继续坚决打击恐怖主义，      3 articles     one group, with all its places
//! ```

use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::fold::{Folder, is_han};
use crate::model::{Article, Clause};

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
            let mut key = folder.key(&paragraph.text).peekable();
            for clause in run {
                let tokens = std::iter::from_fn(|| key.next_if(|&(at, _)| at < clause.end));
                all.chars.extend(tokens.map(|(_, c)| c).filter(|&c| is_word(c)));
                all.ends.push(u32::try_from(all.chars.len()).unwrap_or(u32::MAX));
            }
        }
        all.chars.shrink_to_fit();
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
        let mut words: Vec<Words> =
            articles.par_iter().zip(clauses).map(|(article, clauses)| Words::of(folder, article, clauses)).collect();
        let hasher = FixedState::default();
        let of_article = |(article, words): (u32, &Words)| -> Vec<(u64, ClauseAt)> {
            let count = u32::try_from(words.ends.len()).unwrap_or(u32::MAX);
            (0..count).map(|clause| (hasher.hash_one(words.get(clause)), (article, clause))).collect()
        };
        let numbered: Vec<(u32, &Words)> = (0..).zip(&words).collect();
        let mut hashed: Vec<(u64, ClauseAt)> = numbered.into_par_iter().flat_map_iter(of_article).collect();
        hashed.par_sort_unstable();
        let runs = hashed.chunk_by(|x, y| x.0 == y.0);
        let mut groups: Vec<(ClauseAt, &[(u64, ClauseAt)])> =
            runs.filter_map(|run| Some((run.first()?.1, run))).collect();
        groups.par_sort_unstable_by_key(|&(first, _)| first);
        let mut keys = Self { sizes: words.iter().map(|words| words.chars.len()).collect(), ..Self::default() };
        let length =
            |(article, clause): ClauseAt| words.get(article as usize).map_or(0, |words| words.get(clause).len());
        keys.chars.reserve_exact(groups.iter().map(|&(first, _)| length(first)).sum());
        keys.places.reserve_exact(hashed.len());
        // In the order of their first places the articles are done with one by one, and their words let go.
        let mut done = 0;
        for ((article, clause), group) in groups {
            let article = article as usize;
            words.get_mut(done..article).into_iter().flatten().for_each(|words| *words = Words::default());
            done = done.max(article);
            keys.push(words.get(article).map_or(&[], |words| words.get(clause)), group.iter().map(|at| at.1));
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

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Where the clause of key `key` stands, in order.
    #[must_use]
    pub fn places(&self, key: usize) -> &[ClauseAt] {
        between(&self.places, &self.ends, key)
    }

    /// Number of characters of the words of all keys.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.chars.len()
    }

    /// The words of some keys, one behind the other.
    #[must_use]
    pub fn text(&self, keys: Range<usize>) -> String {
        keys.flat_map(|key| self.words(key)).collect()
    }

    /// The words of key `key`.
    #[must_use]
    pub fn words(&self, key: usize) -> &[char] {
        between(&self.chars, &self.word_ends, key)
    }

    /// What each key is known by outside: the first half of the address of a shared clause, which is a hash of its words.
    #[must_use]
    pub fn ids(&self) -> Vec<u64> {
        let id = |words: &mut String, key: usize| {
            words.clear();
            words.extend(self.words(key));
            let hash = blake3::hash(words.as_bytes());
            hash.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
        };
        (0..self.len()).into_par_iter().map_init(String::new, id).collect()
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

/// Keys of clauses that each stand in an article of their own.
#[cfg(test)]
pub fn keys_of(clauses: &[&str]) -> Keys {
    let chars: Vec<Vec<char>> = clauses.iter().map(|clause| clause.chars().collect()).collect();
    let mut keys = Keys::default();
    for (article, words) in (0..).zip(&chars) {
        keys.push(words, [(article, 0)].into_iter());
    }
    keys
}
