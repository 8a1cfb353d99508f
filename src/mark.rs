//! Characters as a compositor sees them: which may end a paragraph, which may not begin a line, how wide they are.
//!
//! ```text
//! 会议。”  ends a sentence      ，那么  cannot begin a line      （摘要  is still open      ７月 4日  is 3.5 em wide
//! ```

use std::borrow::Cow;

/// A Han character, 〇 and 々 included.
#[must_use]
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '〇' | '々')
}

/// A letter or digit of any script: what remains when marks and space are taken away.
#[must_use]
#[inline]
pub fn is_letter(c: char) -> bool {
    match c {
        _ if is_han(c) => true,
        // The usual marks need no look into the tables of Unicode.
        '，' | '：' | '；' | '！' | '？' | '（' | '）' | '、' | '。' | '《' | '》' | '　' | '“' | '”' | '—' => {
            false
        }
        _ => c.is_alphanumeric(),
    }
}

/// A text without its space, if it is no longer than `most` characters: few texts have any, and few are copied.
#[must_use]
pub fn unspaced(text: &str, most: usize) -> Option<Cow<'_, str>> {
    let (mut printed, mut spaced) = (0, false);
    for c in text.chars() {
        if !is_han(c) && is_space(c) {
            spaced = true;
            continue;
        }
        printed += 1;
        if printed > most {
            return None;
        }
    }
    Some(if spaced { text.split(is_space).collect() } else { Cow::Borrowed(text) })
}

/// A mark that ends a sentence.
#[must_use]
#[inline]
pub fn is_terminal(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '…' | '!' | '?' | '．' | '⋯')
}

/// A mark inside a sentence, after which the sentence goes on.
#[must_use]
#[inline]
pub fn is_pause(c: char) -> bool {
    matches!(c, '，' | '、' | '；' | '：' | ',' | ';' | ':')
}

/// Whether a text ends with the mark of a sentence, or with what closes behind one: …竭诚合作。” A full stop of Latin print
/// behind a Han character is one as well: …21万亿元.
#[must_use]
pub fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(is_closing);
    text.ends_with(is_terminal) || text.strip_suffix('.').is_some_and(|text| text.ends_with(is_han))
}

/// The first characters of a text, or all it has.
#[must_use]
pub fn start(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// The last characters of a text, or all it has.
#[must_use]
pub fn end(text: &str, characters: usize) -> &str {
    text.char_indices().rev().nth(characters).map_or(text, |(at, c)| text.get(at + c.len_utf8()..).unwrap_or(text))
}

/// A mark that opens a quotation or bracket.
#[must_use]
#[inline]
pub fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '《' | '〈' | '（' | '【' | '〔' | '［' | '｛' | '(' | '[')
}

/// A mark that closes a quotation or bracket.
#[must_use]
#[inline]
pub fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '》' | '〉' | '）' | '】' | '〕' | '］' | '｝' | ')' | ']')
}

/// A mark that a compositor does not let begin a line.
#[must_use]
#[inline]
pub fn is_kinsoku(c: char) -> bool {
    is_closing(c) || is_pause(c) || matches!(c, '。' | '！' | '？' | '．' | '%' | '％' | '·')
}

/// A dash of any kind, also the Han numeral one where it stands for a dash beside other dashes.
#[must_use]
#[inline]
pub fn is_dash(c: char) -> bool {
    matches!(c, '—' | '―' | '–' | '－' | '─' | '━' | '‒' | '﹣' | '⸺' | '⸻')
}

/// Layout space: what a typesetter puts between characters.
#[must_use]
#[inline]
pub fn is_space(c: char) -> bool {
    !is_han(c) && c.is_whitespace()
}

/// A Latin letter or digit, which a line sets half as wide.
#[must_use]
pub fn is_latin(c: char) -> bool {
    matches!(c, '%' | '+') || c.is_ascii_alphanumeric() || (c.is_alphanumeric() && c < '\u{2000}')
}

/// Width in half ems: 2 for a Han character or full-width mark, 1 for a Latin letter or half-width space.
#[must_use]
#[inline]
pub fn half_ems(c: char) -> u32 {
    match c {
        '\u{200b}' | '\u{feff}' | '\u{2060}' => 0,
        '\t' | '\u{2003}' | '“' | '”' | '‘' | '’' | '…' | '—' | '·' => 2,
        c if c < '\u{2000}' => 1,
        '\u{2000}'..='\u{200a}' | '\u{ff61}'..='\u{ffdc}' => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_no_table_is_as_the_tables_have_it() {
        // Places that Unicode keeps for Han are Han, whether a character stands there yet or not.
        assert!(('\0'..=char::MAX).all(|c| is_letter(c) == (is_han(c) || c.is_alphanumeric())));
    }
}
