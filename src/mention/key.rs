//! The key under which a document is known: letters and digits alone, abbreviations put for what they stand for.
//!
//! ```text
//! 上海合作组织关于各国团结共促世界公正、和睦、发展的倡议   →   上合组织关于各国团结共促世界公正和睦发展倡议
//! ```

use std::collections::HashMap;
use std::sync::LazyLock;

use foldhash::fast::FixedState;
use unicode_normalization::UnicodeNormalization;

use super::abbreviation::Abbreviations;

/// Words that end the name of a document.
pub const GENRES: [&str; 31] = [
    "宣言",
    "倡议",
    "声明",
    "公报",
    "协定",
    "条约",
    "公约",
    "纲要",
    "章程",
    "讲话",
    "致辞",
    "演讲",
    "报告",
    "决议",
    "决定",
    "建议",
    "战略",
    "规划",
    "计划",
    "意见",
    "通知",
    "办法",
    "条例",
    "白皮书",
    "议定书",
    "备忘录",
    "方案",
    "倡议书",
    "公开信",
    "贺信",
    "宪章",
];

/// The genre words by their last character: every character of every text is asked for them.
static GENRE_AT: LazyLock<HashMap<char, Vec<Vec<char>>, FixedState>> = LazyLock::new(|| {
    let mut by_last: HashMap<char, Vec<Vec<char>>, FixedState> = HashMap::default();
    for chars in GENRES.iter().map(|genre| genre.chars().collect::<Vec<_>>()) {
        if let Some(&last) = chars.last() {
            by_last.entry(last).or_default().push(chars);
        }
    }
    by_last
});

/// A text reduced to its key, each character with the characters of the text that it stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    pub chars: Vec<char>,
    /// Per character, `start..end` in the text.
    pub at: Vec<(u32, u32)>,
}

impl Key {
    /// Reduces `text`. 的 before a genre word is dropped, for names are quoted with and without it.
    #[must_use]
    pub fn of(text: &str, abbreviations: &Abbreviations) -> Self {
        abbreviations.shorten(Self::plain(text)).without_de()
    }

    /// Letters and digits of `text`, width folded.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        // Han text has three bytes a character.
        let room = text.len() / 3;
        let mut key = Self { chars: Vec::with_capacity(room), at: Vec::with_capacity(room) };
        for (c, at) in text.chars().zip(0..) {
            if is_plain(c) {
                key.push(c, (at, at + 1));
                continue;
            }
            for folded in std::iter::once(c).nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()) {
                key.push(folded, (at, at + 1));
            }
        }
        key
    }

    pub fn push(&mut self, c: char, at: (u32, u32)) {
        self.chars.push(c);
        self.at.push(at);
    }

    #[must_use]
    pub fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The length of the genre word that ends at `end`, the longest if several do.
    #[must_use]
    pub fn genre_before(&self, end: usize) -> Option<usize> {
        let head = self.chars.get(..end)?;
        let genres = GENRE_AT.get(head.last()?)?;
        genres.iter().filter(|genre| head.ends_with(genre)).map(Vec::len).max()
    }

    fn without_de(self) -> Self {
        if !self.chars.contains(&'的') {
            return self;
        }
        let mut out = Self::default();
        for (i, (&c, &at)) in self.chars.iter().zip(&self.at).enumerate() {
            let rest = self.chars.get(i + 1..).unwrap_or_default();
            if c != '的' || !GENRES.iter().any(|g| starts_with(rest, g)) {
                out.push(c, at);
            }
        }
        out
    }
}

fn starts_with(chars: &[char], word: &str) -> bool {
    word.chars().enumerate().all(|(i, c)| chars.get(i) == Some(&c))
}

/// Whether `c` is of those that most texts are made of, and its own key.
fn is_plain(c: char) -> bool {
    matches!(c, '一'..='龥' | 'a'..='z' | '0'..='9')
}
