//! A line that is known by words of either script, and told of as it was printed.
//!
//! ```text
//! 在國民大會的講話   ends with 讲话, printed 講話
//! ```

use std::borrow::Cow;

use crate::fold::simplified;

/// A text, and the same in simplified characters, by which it is known.
pub struct Words<'a> {
    pub print: &'a str,
    pub plain: Cow<'a, str>,
}

impl<'a> Words<'a> {
    #[must_use]
    pub fn new(print: &'a str) -> Self {
        Self { print, plain: simplified(print) }
    }

    /// As printed what stands at `at` of the simplified text.
    fn printed(&self, at: usize, length: usize) -> &'a str {
        self.print.get(at..at + length).unwrap_or_default()
    }

    /// The first of the words that it ends with, brackets and marks apart.
    #[must_use]
    pub fn ends(&self, words: &[&str]) -> Option<&'a str> {
        let plain = self.plain.trim_end_matches(|c: char| crate::mark::is_closing(c) || c.is_whitespace());
        let word = words.iter().find(|word| plain.ends_with(**word))?;
        Some(self.printed(plain.len() - word.len(), word.len()))
    }

    /// The first of the words that it contains.
    #[must_use]
    pub fn has(&self, words: &[&str]) -> Option<&'a str> {
        // Most words are in no line, which is told much sooner than where one is.
        let word = words.iter().find(|word| self.plain.contains(**word))?;
        Some(self.printed(self.plain.find(word)?, word.len()))
    }

    #[must_use]
    pub fn starts(&self, words: &[&str]) -> Option<&'a str> {
        words.iter().find(|word| self.plain.starts_with(**word)).map(|word| self.printed(0, word.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_either_script_and_told_as_printed() {
        let line = Words::new("臨時大總統在國民大會的講話」");
        assert_eq!(
            (line.ends(&["讲话"]), line.has(&["总统"]), line.starts(&["临时"])),
            (Some("講話"), Some("總統"), Some("臨時"))
        );
        assert_eq!(line.ends(&["讲演"]), None);
    }
}
