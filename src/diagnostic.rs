//! Findings are data: what is odd about a seed, a sidecar or the configuration, and where.
//!
//! ```text
//! D201 at 002.txt 13:37  “尚待弥合。” ends a sentence, and another witness goes on: 「…尚待弥合。本组织创始成员…」
//! ```

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never fails a run.
    Note,
    /// Fails a run under `--strict`.
    Warning,
    /// Fails a run.
    Error,
}

/// Where a finding stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The file, as the reader knows it (relative to the folder the command ran for).
    pub file: String,
    /// Line from 1; 0 when the whole file is meant.
    pub line: u32,
    /// Character columns from 0, end exclusive.
    pub start: u32,
    pub end: u32,
    /// The line itself, so that a report needs no second look at the file; empty where the line is longer than
    /// [`Span::CARRIED`], or the whole file is meant.
    pub text: String,
}

impl Span {
    /// Bytes of a line that a finding carries along; a report looks longer lines up.
    pub const CARRIED: usize = 4096;

    /// A whole file.
    #[must_use]
    pub fn file(file: &str) -> Self {
        Self { file: file.to_owned(), line: 0, start: 0, end: 0, text: String::new() }
    }

    /// Columns `start..end` of line `line` (from 1), which reads `text`.
    #[must_use]
    pub fn line(file: &str, line: u32, (start, end): (u32, u32), text: &str) -> Self {
        let text = if text.len() <= Self::CARRIED { text.to_owned() } else { String::new() };
        Self { file: file.to_owned(), line, start, end, text }
    }

    /// The place of `bytes` in `whole`, the text of a file; what goes beyond the line is left out.
    #[must_use]
    pub fn bytes(file: &str, whole: &str, bytes: &std::ops::Range<usize>) -> Self {
        let count = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let before = whole.get(..bytes.start).unwrap_or(whole);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let number = u32::try_from(before.matches('\n').count() + 1).unwrap_or(u32::MAX);
        let text = whole.get(line_start..).unwrap_or("").lines().next().unwrap_or("");
        let end = bytes.end.min(line_start + text.len()).max(bytes.start);
        let start = count(whole.get(line_start..bytes.start).unwrap_or(""));
        let width = count(whole.get(bytes.start..end).unwrap_or(""));
        Self::line(file, number, (start, start + width), text)
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Stable, documented in the README: `read-invalid-bytes`, `repair-disputed` …
    pub code: std::borrow::Cow<'static, str>,
    pub severity: Severity,
    pub span: Option<Span>,
    /// One sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// A second place that the finding sets against the first.
    pub related: Option<Span>,
}

impl Diagnostic {
    #[must_use]
    pub fn new(severity: Severity, code: &'static str, span: Option<Span>, message: impl Into<String>) -> Self {
        Self { code: code.into(), severity, span, message: message.into(), hint: None, related: None }
    }

    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    #[must_use]
    pub fn with_related(self, related: Span) -> Self {
        Self { related: Some(related), ..self }
    }
}

/// A value and what was odd on the way to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Warned<T> {
    pub value: T,
    pub diagnostics: Vec<Diagnostic>,
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_place_in_bytes_is_told_in_lines_and_characters() {
        let whole = "标题 = 1\nkind = \"演讲\"\n";
        let at = whole.find("\"演讲\"").unwrap();
        let span = Span::bytes("a.toml", whole, &(at..at + "\"演讲\"".len()));
        assert_eq!((span.line, span.start, span.end, span.text.as_str()), (2, 7, 11, "kind = \"演讲\""));
    }

    #[test]
    fn a_place_that_spans_lines_ends_with_its_first_line() {
        let span = Span::bytes("a.toml", "[[甲]]\n乙\n", &(0..12));
        assert_eq!((span.line, span.start, span.end), (1, 0, 5));
    }
}
