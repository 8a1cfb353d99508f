//! Characters that are not print: which they are, and what stands in their place.
//!
//! ```text
//! ESC [31m   →  ␛[31m       a control character becomes the picture of itself, one for one
//! U+202E     →  unchanged   it turns the direction of what follows: said, shown and isolated, never dropped
//! ```

/// What can be odd about a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Oddity {
    /// U+FFFD: bytes of no meaning, here or in an earlier conversion.
    Lost,
    /// A control character, now a picture of itself.
    Control,
    /// It turns the direction of what follows.
    Direction,
    /// It takes no room.
    ZeroWidth,
}

impl Oddity {
    pub const ALL: [Self; 4] = [Self::Lost, Self::Control, Self::Direction, Self::ZeroWidth];

    /// What is odd about `char`, after it was made harmless or before.
    #[must_use]
    pub fn of(char: char) -> Option<Self> {
        match char {
            '\t' | '\n' | '\u{C}' => None,
            '\u{FFFD}' => Some(Self::Lost),
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}' => {
                Some(Self::Control)
            }
            '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                Some(Self::Direction)
            }
            '\u{AD}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200D}'
            | '\u{2060}'..='\u{2065}'
            | '\u{206A}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}' => Some(Self::ZeroWidth),
            _ => None,
        }
    }
}

/// A value of a sidecar or of the settings, which may hold any character by way of an escape.
#[must_use]
pub fn harmless_text(text: &str) -> String {
    text.chars().map(harmless).collect()
}

/// `char`, or the picture of a control character. White space becomes a blank, so that the print keeps its count.
#[must_use]
pub fn harmless(char: char) -> char {
    match char {
        '\t' | '\n' | '\u{C}' => char,
        '\r' | '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(char)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7F}' => '␡',
        '\u{80}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => char::REPLACEMENT_CHARACTER,
        _ => char,
    }
}

#[cfg(test)]
mod tests {
    use super::{Oddity, harmless};

    #[test]
    fn what_is_harmless_stays_so_and_keeps_its_width_in_words() {
        for char in '\0'..='\u{FFFF}' {
            let kept = harmless(char);
            assert_eq!(harmless(kept), kept);
            assert_eq!(char.is_whitespace(), kept.is_whitespace(), "U+{:04X}", u32::from(char));
            assert_ne!(Oddity::of(kept), Some(Oddity::Control));
        }
    }
}
