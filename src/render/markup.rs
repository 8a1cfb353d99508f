//! Markup made in Rust: text with marks inside it (differences, quotations). Every builder escapes.
//!
//! ```text
//! text("a<b").mark("ins", …)      ──▶  a&lt;b<ins>…</ins>
//! U+202E in a seed                ──▶  ⟦U+202E⟧, so that no text can turn the page around
//! ```

use std::fmt::Write as _;
use std::io::Write;

use serde::{Serialize, Serializer};

/// Escaped HTML. Templates print it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Nothing yet, and room for about so many bytes.
    #[must_use]
    pub fn with_room(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// HTML that a trusted builder made: charts and the Markdown room.
    #[must_use]
    pub(super) fn trusted(html: String) -> Self {
        Self(html)
    }

    /// Adds HTML that a trusted builder made.
    pub(super) fn markup(&mut self, html: &str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    pub fn number(&mut self, number: usize) -> &mut Self {
        let _ = write!(self.0, "{number}");
        self
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        escape_into(text, &mut self.0);
        self
    }

    /// Opens `name` with a class; both are written by us and hold no text of a seed.
    pub fn open(&mut self, name: &'static str, class: &'static str) -> &mut Self {
        self.0.push('<');
        self.0.push_str(name);
        if !class.is_empty() {
            self.0.push_str(" class=\"");
            self.0.push_str(class);
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// Opens a clause with the number that both sides know it by.
    pub fn open_clause(&mut self, number: usize, moved: bool) -> &mut Self {
        let class = if moved { " class=\"mv\"" } else { "" };
        let _ = write!(self.0, "<span data-c=\"{number}\"{class}>");
        self
    }

    /// Marks where printed line `line` ended.
    pub fn seam(&mut self, line: u32, doubtful: bool) -> &mut Self {
        let class = if doubtful { "seam doubt" } else { "seam" };
        let _ = write!(self.0, "<i class=\"{class}\" data-l=\"{line}\"></i>");
        self
    }

    /// Opens a link.
    pub fn link(&mut self, href: &str, class: &'static str) -> &mut Self {
        self.0.push_str("<a class=\"");
        self.0.push_str(class);
        self.0.push_str("\" href=\"");
        escape_into(href, &mut self.0);
        self.0.push_str("\">");
        self
    }

    pub fn close(&mut self, name: &'static str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        tera::Value::safe_string(&self.0).serialize(serializer)
    }
}

/// What a character that is not written as itself is written as.
enum Replacement {
    Known(&'static str),
    /// Shown as its code point.
    Shown,
}

/// What `c` is written as in HTML, if not as itself.
fn replacement(c: char) -> Option<Replacement> {
    match c {
        '&' => Some(Replacement::Known("&amp;")),
        '<' => Some(Replacement::Known("&lt;")),
        '>' => Some(Replacement::Known("&gt;")),
        '"' => Some(Replacement::Known("&quot;")),
        '\'' => Some(Replacement::Known("&#39;")),
        '\t' | '\n' => None,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => Some(Replacement::Shown),
        _ => None,
    }
}

/// Whether a character that has a [`replacement`] can begin with a byte. Most texts have few of these or none, and few of the
/// others that one comparison takes in: all up to `'`, `<` and `>`, DEL, and what leads to U+0080 and U+2000.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "only where all is asked, whatever one says, can many bytes be asked at once"
)]
fn is_suspect(byte: u8) -> bool {
    (byte <= b'\'') | (byte & !0x02 == b'<') | (byte == 0x7f) | (byte & !0x20 == 0xc2)
}

/// The place of the first suspect byte from `from` on.
fn next_suspect(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    // Asked of many bytes at once, which a processor does in a few steps.
    let innocent = |chunk: &&[u8; 16]| !chunk.iter().fold(false, |suspect, &byte| suspect | is_suspect(byte));
    let passed = rest.as_chunks().0.iter().take_while(innocent).count() * 16;
    let at = rest.get(passed..)?.iter().position(|&byte| is_suspect(byte))?;
    Some(from + passed + at)
}

/// Adds `text` to `out`, escaped; characters that would change the direction or vanish are shown as code points.
pub fn escape_into(text: &str, out: &mut String) {
    let Ok(()) = escaped(text, |piece| -> Result<(), std::convert::Infallible> {
        out.push_str(piece);
        Ok(())
    });
}

/// The same for templates.
pub fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    escaped(text, |piece| out.write_all(piece.as_bytes()))
}

/// Gives a text away, escaped, piece by piece.
fn escaped<E>(text: &str, mut give: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let (mut given, mut from) = (0, 0);
    while let Some(at) = next_suspect(text.as_bytes(), from) {
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        from = at + c.len_utf8();
        let Some(with) = replacement(c) else { continue };
        give(text.get(given..at).unwrap_or_default())?;
        match with {
            Replacement::Known(entity) => give(entity)?,
            Replacement::Shown => give(&format!("⟦U+{:04X}⟧", u32::from(c)))?,
        }
        given = from;
    }
    give(text.get(given..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_seed_can_act() {
        let mut markup = Markup::new();
        markup.open("p", "x").text("<script>\u{202e}\"'&\u{0}").close("p");
        assert_eq!(markup.as_str(), "<p class=\"x\">&lt;script&gt;⟦U+202E⟧&quot;&#39;&amp;⟦U+0000⟧</p>");
    }

    #[test]
    fn whatever_is_to_be_escaped_is_suspected() {
        for c in '\0'..=char::MAX {
            for text in [format!("“{c}”"), format!("文{c}{}", "字".repeat(20)), format!("{}{c}", "字".repeat(20))]
            {
                let mut out = String::new();
                escape_into(&text, &mut out);
                assert_eq!(out != text, replacement(c).is_some(), "{c:?}");
            }
        }
    }
}
