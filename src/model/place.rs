//! Places: where words stand in an article, counted in characters.
//!
//! ```text
//! p7  一年来，哈萨克斯坦轮值主席国工作卓有成效，上海合作组织实现新发展。
//! Place { article: 0, paragraph: 7, start: 4, end: 9 }     ──▶   哈萨克斯坦
//! ```

use serde::{Deserialize, Serialize};

use super::{Article, ArticleIx, Paragraph};

/// A place in an article's paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub article: ArticleIx,
    /// Paragraph number, from 1.
    pub paragraph: u32,
    pub start: u32,
    pub end: u32,
}

impl Place {
    /// The paragraph that it stands in.
    #[must_use]
    pub fn paragraph(self, articles: &[Article]) -> Option<&Paragraph> {
        articles.get(self.article)?.paragraph(self.paragraph)
    }

    /// The words that stand there, or `""` where there is no such place.
    #[must_use]
    pub fn words(self, articles: &[Article]) -> &str {
        self.paragraph(articles).map_or("", |paragraph| slice(&paragraph.text, self.start, self.end))
    }
}

/// A clause of a paragraph: `text[start..end]`, closing marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    pub paragraph: u32,
    pub start: u32,
    pub end: u32,
}

impl Clause {
    /// Where it stands in the corpus.
    #[must_use]
    pub fn place(self, article: ArticleIx) -> Place {
        Place { article, paragraph: self.paragraph, start: self.start, end: self.end }
    }

    /// Its words in its article.
    #[must_use]
    pub fn words(self, article: &Article) -> &str {
        article.paragraph(self.paragraph).map_or("", |paragraph| slice(&paragraph.text, self.start, self.end))
    }
}

/// `text` before and from its character `count`.
#[must_use]
pub fn split(text: &str, count: u32) -> (&str, &str) {
    // No text has more characters than bytes.
    if text.len() <= count as usize {
        return (text, "");
    }
    // Characters without their places are passed over many at a time.
    let mut rest = text.chars();
    if let Some(last) = (count as usize).checked_sub(1) {
        rest.nth(last);
    }
    text.split_at_checked(text.len() - rest.as_str().len()).unwrap_or((text, ""))
}

/// Characters `start..end` of `text`, as far as it has them.
#[must_use]
pub fn slice(text: &str, start: u32, end: u32) -> &str {
    let (_, from) = split(text, start);
    split(from, end.saturating_sub(start)).0
}

/// Characters `start..end` of `text`, with no more than `most` before and after them.
#[must_use]
pub fn around(text: &str, start: u32, end: u32, most: u32) -> [&str; 3] {
    let (before, rest) = split(text, start);
    let (words, after) = split(rest, end.saturating_sub(start));
    let from = before.char_indices().rev().take(most as usize).last().map_or(before.len(), |(at, _)| at);
    [before.get(from..).unwrap_or(""), words, split(after, most).0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;
    use crate::model::Kind;

    #[test]
    fn words_are_cut_by_characters_and_never_beyond_them() {
        assert_eq!(slice("甲乙丙丁", 1, 3), "乙丙");
        assert_eq!((slice("甲乙", 1, 9), slice("甲乙", 5, 9), slice("甲乙", 1, 0)), ("乙", "", ""));
    }

    #[test]
    fn words_stand_in_their_sentence() {
        assert_eq!(around("甲乙丙丁戊", 2, 3, 1), ["乙", "丙", "丁"]);
        assert_eq!(around("甲乙丙丁戊", 2, 3, 9), ["甲乙", "丙", "丁戊"]);
        assert_eq!((around("甲乙", 0, 9, 1), around("甲乙", 7, 9, 1)), (["", "甲乙", ""], ["乙", "", ""]));
        assert_eq!(around("甲乙丙", 1, 2, 0), ["", "乙", ""]);
    }

    #[test]
    fn a_place_gives_its_words() {
        let articles = corpus(&[(Kind::Speech, "论", &["第一段。", "团结就是力量。"])]);
        let place = Place { article: 0, paragraph: 2, start: 4, end: 6 };
        assert_eq!(place.words(&articles), "力量");
        assert_eq!(Clause { paragraph: 2, start: 0, end: 2 }.words(&articles[0]), "团结");
        let missing = [Place { article: 1, ..place }, Place { paragraph: 3, ..place }, Place { paragraph: 0, ..place }];
        assert!(missing.iter().all(|place| place.words(&articles).is_empty()));
    }
}
