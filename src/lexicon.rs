//! The dictionary, loaded when it is first asked: does a word span the break between two lines?
//!
//! ```text
//! 阿富汗是地 ┊ 区安全不可或缺的一环   地区 spans the break
//! 我们要巩固 ┊ 团结力量              no word does
//! ```

use std::sync::OnceLock;

use arrayvec::ArrayString;
use jieba_rs::{Jieba, Token};

use crate::mark::is_letter;

/// The dictionary of jieba, without its guesses at unknown words.
pub fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(Jieba::new)
}

/// Whether the dictionary has a word of these characters.
#[must_use]
pub fn knows(word: &[char]) -> bool {
    let word: String = word.iter().collect();
    jieba().has_word(&word)
}

/// Characters of context on each side of a break.
const CONTEXT: usize = 4;

/// What stands around a break: so many characters of at most four bytes each.
type Context = ArrayString<{ 2 * CONTEXT * 4 }>;

/// Whether the dictionary cuts `left` + `right` so that a word lies across the break.
#[must_use]
pub fn spans(left: &str, right: &str) -> bool {
    let (tail, head) = (tail(left), head(right));
    if tail.is_empty() || head.is_empty() {
        return false;
    }
    let mut joined = Context::new();
    if joined.try_push_str(tail).is_err() || joined.try_push_str(head).is_err() {
        return false;
    }
    let across = |token: &Token<'_>| token.byte_start < tail.len() && tail.len() < token.byte_end;
    jieba().cut(&joined, false).iter().any(across)
}

/// The last characters of a text, as far as a word may reach.
fn tail(text: &str) -> &str {
    let start = text.char_indices().rev().take(CONTEXT).take_while(|&(_, c)| is_of_words(c)).last();
    start.and_then(|(start, _)| text.get(start..)).unwrap_or("")
}

/// The first characters of a text, as far as a word may reach.
fn head(text: &str) -> &str {
    let last = text.char_indices().take(CONTEXT).take_while(|&(_, c)| is_of_words(c)).last();
    last.and_then(|(start, c)| text.get(..start + c.len_utf8())).unwrap_or("")
}

/// Whether the dictionary may have words with such a character: at any other it cuts, whatever stands around.
fn is_of_words(c: char) -> bool {
    c.is_ascii() || is_letter(c)
}
