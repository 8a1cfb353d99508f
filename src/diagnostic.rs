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
    /// The line itself, so that a report needs no second look at the file.
    pub text: String,
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

/// A value and what was odd on the way to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Warned<T> {
    pub value: T,
    pub diagnostics: Vec<Diagnostic>,
}
