//! A few words, found in very many texts.
//!
//! ```text
//! 上合组织 · 上海合作组织     in 上海合作组织成员国     上海合作组织 at 0, the longest that begins there
//! ```
//! Most characters begin none of the words, and a look at one bit tells.

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use crate::sieve::Sieve;

/// A word and what it stands for.
#[derive(Clone, Debug)]
struct Known<T> {
    text: String,
    chars: Vec<char>,
    value: T,
}

/// Words by their first character, each with what it stands for, found in a text longest first.
#[derive(Clone, Debug)]
pub struct Matcher<T> {
    by_first: HashMap<char, Vec<Known<T>>, FixedState>,
    firsts: Sieve,
}

impl Matcher<()> {
    /// Words that stand for nothing but themselves.
    #[must_use]
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(words.into_iter().map(|word| (word.to_owned(), ())))
    }
}

impl<T> Matcher<T> {
    /// Of two equal words the first counts.
    #[must_use]
    pub fn new(words: impl IntoIterator<Item = (String, T)>) -> Self {
        let mut by_first: HashMap<char, Vec<Known<T>>, FixedState> = HashMap::default();
        for (text, value) in words {
            let chars: Vec<char> = text.chars().collect();
            if let Some(&first) = chars.first() {
                by_first.entry(first).or_default().push(Known { text, chars, value });
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted for itself")]
        for list in by_first.values_mut() {
            list.sort_by_key(|word| std::cmp::Reverse(word.chars.len()));
        }
        let firsts = Sieve::new(by_first.keys().map(|&first| u64::from(first)));
        Self { by_first, firsts }
    }

    fn beginning_with(&self, first: char) -> &[Known<T>] {
        if self.firsts.may_hold(u64::from(first)) { self.by_first.get(&first).map_or(&[], Vec::as_slice) } else { &[] }
    }

    /// The longest of the words that `text` starts with: how long it is, and what it stands for.
    #[must_use]
    pub fn longest(&self, text: &[char]) -> Option<(usize, &T)> {
        let words = self.beginning_with(*text.first()?);
        let word = words.iter().find(|word| text.starts_with(&word.chars))?;
        Some((word.chars.len(), &word.value))
    }

    /// The words in `chars`, in order, none inside another: start, end and what it stands for.
    pub fn find<'m>(&'m self, chars: &'m [char]) -> impl Iterator<Item = (usize, usize, &'m T)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            while let Some(rest) = chars.get(at..).filter(|rest| !rest.is_empty()) {
                if let Some((length, value)) = self.longest(rest) {
                    let start = at;
                    at += length;
                    return Some((start, at, value));
                }
                at += 1;
            }
            None
        })
    }

    /// The same in a text, by bytes.
    pub fn find_in<'m>(&'m self, text: &'m str) -> impl Iterator<Item = (Range<usize>, &'m T)> {
        let mut chars = text.char_indices();
        let mut done = 0;
        std::iter::from_fn(move || {
            for (at, c) in chars.by_ref().filter(|&(at, _)| at >= done) {
                let words = self.beginning_with(c);
                let rest = || text.get(at..).unwrap_or_default();
                if let Some(word) = words.iter().find(|word| rest().starts_with(&word.text)) {
                    done = at + word.text.len();
                    return Some((at..done, &word.value));
                }
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_counts_and_none_is_found_in_another() {
        let words = [("上合", 1), ("上海合作组织", 2), ("合作", 3), ("组织", 4), ("合作", 5)];
        let matcher = Matcher::new(words.map(|(word, value)| (word.to_owned(), value)));
        let text = "上海合作组织的合作，上合组织";
        let chars: Vec<char> = text.chars().collect();
        let found: Vec<_> = matcher.find(&chars).collect();
        assert_eq!(found, [(0, 6, &2), (7, 9, &3), (10, 12, &1), (12, 14, &4)]);
        let in_text: Vec<_> = matcher.find_in(text).map(|(range, value)| (text.get(range).unwrap(), value)).collect();
        let words: Vec<_> =
            found.iter().map(|&(from, to, value)| (chars[from..to].iter().collect::<String>(), value)).collect();
        assert!(in_text.iter().copied().eq(words.iter().map(|(word, value)| (word.as_str(), *value))));
    }
}
