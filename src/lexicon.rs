//! The dictionary, loaded when it is first asked: does a word span the break between two lines?
//!
//! ```text
//! 阿富汗是地 ┊ 区安全不可或缺的一环   地区 spans the break
//! 我们要巩固 ┊ 团结力量              no word does
//! ```

use std::sync::OnceLock;

use jieba_rs::Jieba;

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
const CONTEXT: usize = 5;

/// Whether the dictionary cuts `left` + `right` so that a word lies across the break.
#[must_use]
pub fn spans(left: &str, right: &str) -> bool {
    let tail = left.char_indices().rev().nth(CONTEXT - 1).map_or(left, |(i, _)| left.get(i..).unwrap_or(left));
    let head = right.char_indices().nth(CONTEXT).map_or(right, |(i, _)| right.get(..i).unwrap_or(right));
    let joined = format!("{tail}{head}");
    let mut at = 0;
    for token in jieba().cut(&joined, false) {
        let end = at + token.word.len();
        if at < tail.len() && tail.len() < end {
            return true;
        }
        at = end;
    }
    false
}
