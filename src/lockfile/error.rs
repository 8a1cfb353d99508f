//! Why the lock could not be read or written.
//!
//! ```text
//! duikan.lock:12 has a mark of an unfinished merge
//! hint: keep the lines of both sides; every block stands for one address
//! ```

use std::fmt;
use std::path::{Path, PathBuf};

use crate::exit::{Exit, FailedCall, Failure};

#[derive(Debug)]
pub enum Error {
    /// The lock says what no lock says. To go on would give addresses anew. `line` counts from 1.
    Damaged { path: PathBuf, line: usize, why: &'static str },
    /// The file system said no.
    Io(FailedCall),
}

impl Error {
    pub(super) fn damaged(path: &Path, line: usize, why: &'static str) -> Self {
        Self::Damaged { path: path.to_owned(), line, why }
    }

    /// How a run ends that meets it.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Damaged { .. } => Exit::Refused,
            Self::Io(_) => Exit::Io,
        }
    }

    /// One sentence of advice.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Damaged { .. } => "restore it from version control; after a merge, keep the blocks of both sides",
            Self::Io(_) => "mend the cause and build again; the addresses given so far are as they were",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged { path, line, why } => write!(f, "{}:{line} {why}", path.display()),
            Self::Io(call) => call.fmt(f),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(call) => Some(&call.source),
            Self::Damaged { .. } => None,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { exit: error.exit(), message: error.to_string(), hint: Some(error.hint().to_owned()), finding: None }
    }
}

impl From<FailedCall> for Error {
    fn from(call: FailedCall) -> Self {
        Self::Io(call)
    }
}
