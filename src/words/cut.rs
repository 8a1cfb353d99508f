//! A paragraph → its words: names that the corpus taught first, jieba between them.
//!
//! ```text
//! 安德烈·鲁萨科维奇说，白俄罗斯需要   →   安德烈·鲁萨科维奇 说 | 白俄罗斯 需要
//! ```
//! jieba's own guess at unknown words is off: it breaks transliterated names in the wrong places.

use std::collections::HashMap;
use std::ops::Range;

use jieba_rs::Jieba;

use crate::lexicon;
use crate::mark::is_letter;
use crate::matcher::Matcher;
use crate::memo::{self, Memo};
use crate::mention::Abbreviations;
use crate::name::Persons;

/// A word, or (if empty) a mark that words do not stand together over.
pub const STOP: &str = "";

/// jieba and what the corpus knows better.
pub struct Cutter {
    jieba: &'static Jieba,
    known: Matcher<String>,
    /// Names that jieba does not know → the tag that it would give them.
    tags: HashMap<String, &'static str>,
}

impl Cutter {
    #[must_use]
    pub fn new(persons: &Persons, abbreviations: &Abbreviations, quoted: &[String], user_terms: &[String]) -> Self {
        let user = user_terms.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).map(|t| (t.to_owned(), "nz"));
        let announced = abbreviations.names().iter().flat_map(|a| [&a.short, &a.long]).map(|t| (t.clone(), "nt"));
        let people = persons.full_names().iter().map(|t| (t.clone(), "nr"));
        let quoted = quoted.iter().map(|t| (t.clone(), "nz"));
        let fixed: Vec<_> = user.chain(announced).chain(people).chain(quoted).collect();
        let words = fixed.iter().map(|(t, _)| (t.clone(), t.clone()));
        let known = Matcher::new(words.chain(persons.entries()));
        Self { jieba: lexicon::jieba(), known, tags: fixed.into_iter().collect() }
    }

    /// Gives the words of some paragraphs in order, [`STOP`] where punctuation or the end of a paragraph divides them. Where the
    /// dictionary cuts is remembered, for it depends on nothing but what stands between the names.
    pub fn cut<'t>(&self, paragraphs: impl Iterator<Item = &'t str>, memo: &Memo, mut each: impl FnMut(&str)) {
        let paragraphs: Vec<Vec<Part>> = paragraphs.map(|text| self.parts(text)).collect();
        let plain = || paragraphs.iter().flatten().filter_map(Part::plain);
        let make = || plain().flat_map(|text| self.lengths(text)).collect();
        let lengths: Vec<u32> = memo.recall(memo::key(plain().map(str::as_bytes)), make);
        let mut lengths = lengths.into_iter();
        // No word stands before the first, so nothing divides it from one.
        let mut is_divided = true;
        for paragraph in &paragraphs {
            for part in paragraph {
                match part {
                    Part::Name(name) => {
                        each(name);
                        is_divided = false;
                    }
                    Part::Plain(text) => words(text, &mut lengths, &mut is_divided, &mut each),
                }
            }
            each(STOP);
            is_divided = true;
        }
    }

    fn parts<'t>(&'t self, text: &'t str) -> Vec<Part<'t>> {
        let plain = |range: Range<usize>| text.get(range).unwrap_or_default();
        let mut parts = Vec::new();
        let mut at = 0;
        for (place, name) in self.known.find_in(text) {
            parts.extend([Part::Plain(plain(at..place.start)), Part::Name(name)]);
            at = place.end;
        }
        parts.push(Part::Plain(plain(at..text.len())));
        parts
    }

    /// How many characters the words of a text have.
    fn lengths(&self, text: &str) -> Vec<u32> {
        let length = |word: &str| u32::try_from(word.chars().count()).unwrap_or(u32::MAX);
        self.jieba.cut(text, false).iter().map(|token| length(token.word)).collect()
    }

    /// jieba's tag of `word`: that of its last part, if it is none of the dictionary's.
    #[must_use]
    pub fn tag(&self, word: &str) -> String {
        if let Some(tag) = self.tags.get(word) {
            return (*tag).to_owned();
        }
        self.jieba.tag(word, false).last().map(|t| t.tag.to_owned()).unwrap_or_default()
    }
}

/// A part of a paragraph.
enum Part<'t> {
    /// A name that the corpus taught, in full.
    Name(&'t str),
    /// What stands between names.
    Plain(&'t str),
}

impl<'t> Part<'t> {
    fn plain(&self) -> Option<&'t str> {
        match self {
            Self::Name(_) => None,
            Self::Plain(text) => Some(*text),
        }
    }
}

/// Gives the words of a text whose words have these lengths, and [`STOP`] for marks, unless the last word is divided off.
fn words(text: &str, lengths: &mut impl Iterator<Item = u32>, is_divided: &mut bool, each: &mut impl FnMut(&str)) {
    let mut rest = text;
    while !rest.is_empty() {
        let length = lengths.next().unwrap_or(u32::MAX).max(1);
        let end = rest.char_indices().nth(length as usize).map_or(rest.len(), |(at, _)| at);
        let (word, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = after;
        if word.chars().any(is_letter) {
            each(word);
            *is_divided = false;
        } else if !*is_divided {
            each(STOP);
            *is_divided = true;
        }
    }
}
