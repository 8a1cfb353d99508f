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

    /// HTML that a trusted builder made: charts and the Markdown room.
    #[must_use]
    pub(super) fn trusted(html: String) -> Self {
        Self(html)
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

enum Replacement {
    Known(&'static str),
    /// Shown as its code point.
    Shown,
}

/// Adds `text` to `out`, escaped; characters that would change the direction or vanish are shown as code points.
pub fn escape_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((at, c, with)) = rest.char_indices().find_map(|(at, c)| Some((at, c, replacement(c)?))) {
        out.push_str(rest.get(..at).unwrap_or_default());
        match with {
            Replacement::Known(entity) => out.push_str(entity),
            Replacement::Shown => {
                let _ = write!(out, "⟦U+{:04X}⟧", u32::from(c));
            }
        }
        rest = rest.get(at + c.len_utf8()..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// The same for templates.
pub fn escape(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let mut escaped = String::with_capacity(text.len() + 16);
    escape_into(text, &mut escaped);
    out.write_all(escaped.as_bytes())
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
}
