//! A paragraph → its words: names that the corpus taught first, jieba between them.
//!
//! ```text
//! 安德烈·鲁萨科维奇说，白俄罗斯需要   →   安德烈·鲁萨科维奇 说 | 白俄罗斯 需要
//! ```
//! jieba's own guess at unknown words is off: it breaks transliterated names in the wrong places.

use std::collections::HashMap;

use jieba_rs::Jieba;

use crate::mention::Abbreviations;
use crate::name::{Matcher, Persons};

/// A word, or (if empty) a mark that words do not stand together over.
pub const STOP: &str = "";

/// jieba and what the corpus knows better.
pub struct Cutter {
    jieba: Jieba,
    known: Matcher<String>,
    /// Names that jieba does not know → the tag that it would give them.
    tags: HashMap<String, &'static str>,
}

impl Cutter {
    /// Loads the dictionary, which takes a tenth of a second.
    #[must_use]
    pub fn new(persons: &Persons, abbreviations: &Abbreviations, quoted: &[String], user_terms: &[String]) -> Self {
        let user = user_terms.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).map(|t| (t.to_owned(), "nz"));
        let announced = abbreviations.names().iter().flat_map(|a| [&a.short, &a.long]).map(|t| (t.clone(), "nt"));
        let people = persons.full_names().iter().map(|t| (t.clone(), "nr"));
        let quoted = quoted.iter().map(|t| (t.clone(), "nz"));
        let fixed: Vec<_> = user.chain(announced).chain(people).chain(quoted).collect();
        let words = fixed.iter().map(|(t, _)| (t.clone(), t.clone()));
        let known = Matcher::new(words.chain(persons.entries()));
        Self { jieba: Jieba::new(), known, tags: fixed.into_iter().collect() }
    }

    /// The words of a paragraph in order; [`STOP`] where punctuation divides them.
    #[must_use]
    pub fn cut(&self, text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let mut words = Vec::new();
        let mut at = 0;
        for (start, end, name) in self.known.find(&chars) {
            self.cut_plain(chars.get(at..start).unwrap_or_default(), &mut words);
            words.push(name);
            at = end;
        }
        self.cut_plain(chars.get(at..).unwrap_or_default(), &mut words);
        words
    }

    fn cut_plain(&self, chars: &[char], words: &mut Vec<String>) {
        let text: String = chars.iter().collect();
        for token in self.jieba.cut(&text, false) {
            if token.word.chars().any(char::is_alphanumeric) {
                words.push(token.word.to_owned());
            } else if words.last().is_some_and(|last| last != STOP) {
                words.push(STOP.to_owned());
            }
        }
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
