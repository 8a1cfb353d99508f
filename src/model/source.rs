//! Seeds as they were read.
//!
//! ```text
//! seeds/002.txt   上海合作组织成员国元首理事会␤会议新闻公报␤…
//! Source {
//!     path: "002.txt", encoding: "UTF-8", format: Raw,
//!     line_starts: [0, 43, …],        line 2: 会议新闻公报
//! }
//! ```

use serde::{Deserialize, Serialize};

use crate::config::Sidecar;
use crate::diagnostic::Span;

/// How a seed is written: raw newspaper lines, or clean Markdown that needs no repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Raw,
    Markdown,
}

/// One seed as it was read: decoded, cut into lines, otherwise untouched.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path below the seeds folder, with `/`, made printable.
    pub path: String,
    /// The encoding that was found, as the Encoding Standard names it.
    pub encoding: &'static str,
    pub format: Format,
    /// The decoded text; line ends are `\n` alone.
    pub text: String,
    /// Byte offset of the start of each line in `text`.
    pub line_starts: Vec<usize>,
    /// `NAME.toml`, where there is one.
    pub sidecar: Option<Sidecar>,
    /// `NAME.md` beside a `.txt`: the editor's note, as Markdown.
    pub note: Option<String>,
    /// BLAKE3 of the seed's bytes, in hex.
    pub digest: String,
}

impl Source {
    /// A seed of this text alone, as if it stood in UTF-8: no sidecar, no note, no digest.
    #[must_use]
    pub fn of(path: impl Into<String>, format: Format, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let line_starts = line_starts(&text);
        let (encoding, digest) = ("UTF-8", String::new());
        Self { path, encoding, format, text, line_starts, sidecar: None, note: None, digest }
    }

    /// Number of lines.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// Line `number` (from 1) without its end, or `""` where there is no such line.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        let Some(&start) = number.checked_sub(1).and_then(|i| self.line_starts.get(i)) else {
            return "";
        };
        let end = self.line_starts.get(number).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("").trim_end_matches('\n')
    }

    /// Columns `start..end` of line `number`, for a finding.
    #[must_use]
    pub fn span(&self, number: u32, columns: (u32, u32)) -> Span {
        Span::line(&self.path, number, columns, self.line(number as usize))
    }
}

/// Byte offset of the start of each line. A line end at the end of the text begins no further line.
fn line_starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).filter(|&at| at < text.len()));
    starts
}
