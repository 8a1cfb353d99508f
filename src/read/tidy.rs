//! Line ends made one, control characters made harmless, what hides made known. One character stays one character.
//!
//! ```text
//! 上海\r\n合作\r组织     上海\n合作\n组织
//! 甲 ESC [31m 乙         甲␛[31m乙          the picture of the control character stands in its place
//! 甲 U+202E 乙           unchanged here, and said: pages isolate and show it
//! ```

use std::borrow::Cow;

use crate::character::{Oddity, harmless};

/// Lines of one kind of oddity in one seed that are told one by one.
pub const TOLD: usize = 20;

/// A run of odd characters in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub oddity: Oddity,
    pub line: u32,
    pub start: u32,
    pub end: u32,
    /// The byte of the tidied text with which the line begins.
    pub line_start: usize,
}

/// A text whose only line end is `\n` and whose only control characters are tab, line feed and form feed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    pub text: String,
    /// The first run of each oddity in a line, for the first [`TOLD`] lines that have it.
    pub runs: Vec<Run>,
    /// How many lines have each oddity, in the order of [`Oddity::ALL`].
    pub lines: [usize; 4],
}

/// Tidies a whole text in one pass.
#[must_use]
pub fn tidy(text: Cow<'_, str>) -> Tidied {
    if text.chars().all(is_plain) {
        return Tidied { text: text.into_owned(), ..Tidied::default() };
    }
    let mut tidied = Tidied { text: String::with_capacity(text.len()), ..Tidied::default() };
    let mut seen = Seen::default();
    let mut after_return = false;
    let (mut line, mut column, mut line_start) = (1, 0, 0);
    for char in text.chars() {
        let ends_return = std::mem::replace(&mut after_return, char == '\r');
        if char == '\n' && ends_return {
            continue;
        }
        let kept = if char == '\r' { '\n' } else { harmless(char) };
        tidied.text.push(kept);
        if kept == '\n' {
            line += 1;
            column = 0;
            line_start = tidied.text.len();
        } else {
            if let Some(oddity) = Oddity::of(char) {
                seen.note(&mut tidied, Run { oddity, line, start: column, end: column + 1, line_start });
            }
            column += 1;
        }
    }
    tidied
}

/// Nothing is to be done about it. Most characters are told by their range.
fn is_plain(char: char) -> bool {
    matches!(char, ' '..='~' | '\n' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{D7FF}' | '\u{FF01}'..='\u{FFEE}')
        || (char != '\r' && Oddity::of(char).is_none())
}

/// The runs of the line at hand.
#[derive(Default)]
struct Seen {
    /// Per oddity, the line in which it was last seen, and the run that was told for it.
    last: [(u32, Option<usize>); 4],
}

impl Seen {
    fn note(&mut self, tidied: &mut Tidied, run: Run) {
        let kind = run.oddity as usize;
        let (Some(last), Some(lines)) = (self.last.get_mut(kind), tidied.lines.get_mut(kind)) else { return };
        if last.0 != run.line {
            *lines += 1;
            *last = (run.line, (*lines <= TOLD).then_some(tidied.runs.len()));
            if *lines <= TOLD {
                tidied.runs.push(run);
            }
        } else if let Some(told) = last.1.and_then(|at| tidied.runs.get_mut(at))
            && told.end == run.start
        {
            told.end = run.end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_become_one() {
        assert_eq!(tidy("上海\r\n合作\r组织\n\r\n".into()).text, "上海\n合作\n组织\n\n");
        assert_eq!(tidy("\r\r\n".into()).text, "\n\n");
    }

    #[test]
    fn one_character_stays_one_and_harmless() {
        let text: String =
            (0..=0x9Fu8).map(char::from).filter(|&char| char != '\r').chain("，\u{FFFF}\u{2029}".chars()).collect();
        let tidied = tidy(text.as_str().into());
        assert_eq!(tidied.text.chars().count(), text.chars().count());
        assert!(tidied.text.chars().all(|char| !char.is_control() || "\t\n\u{C}".contains(char)));
        for (was, is) in text.chars().zip(tidied.text.chars()) {
            assert_eq!(was.is_whitespace(), is.is_whitespace(), "{was:?} {is:?}");
        }
    }

    #[test]
    fn runs_are_told_once_a_line_and_counted_beyond_the_cap() {
        let tidied = tidy("甲\u{1b}\u{1b}乙\u{1b}\n\u{202e}丙\n\u{FFFD}".into());
        let told = [(Oddity::Control, 1, 1, 3, 0), (Oddity::Direction, 2, 0, 1, 16), (Oddity::Lost, 3, 0, 1, 23)]
            .map(|(oddity, line, start, end, line_start)| Run { oddity, line, start, end, line_start });
        assert_eq!(tidied.runs, told);
        let many = tidy("\u{200b}\n".repeat(TOLD + 5).into());
        assert_eq!((many.runs.len(), many.lines), (TOLD, [0, 0, 0, TOLD + 5]));
    }
}
