//! Why a site was not published, in one line of cause and one of advice.
//!
//! ```text
//! /home/li/文稿 is not a site of duikan: it holds files and no .duikan-manifest
//! hint: name an empty or new folder with --output
//! ```

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::exit::{Exit, FailedCall, Failure};

/// What stopped a publication. The old site stands whole in every case that an exchange can guard.
#[derive(Debug)]
pub enum Error {
    /// The output must not be written to; nothing was touched.
    Refused { path: PathBuf, reason: String, hint: &'static str },
    /// The file system said no.
    Io(FailedCall),
    /// Another build holds the output.
    Locked { path: PathBuf },
}

impl Error {
    /// How a run ends that meets it.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Refused { .. } => Exit::Refused,
            Self::Io(_) => Exit::Io,
            Self::Locked { .. } => Exit::Locked,
        }
    }

    /// One sentence of advice.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Refused { hint, .. } => hint,
            Self::Io(call) if call.source.kind() == io::ErrorKind::StorageFull => {
                "free some space and build again; the site that stood there before is whole"
            }
            Self::Io(_) => "mend the cause and build again; the next build repairs what is missing",
            Self::Locked { .. } => "wait for the other build, or end it",
        }
    }

    pub(super) fn refused(path: &Path, reason: impl Into<String>, hint: &'static str) -> Self {
        Self::Refused { path: path.to_owned(), reason: reason.into(), hint }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { path, reason, .. } => write!(f, "{} {reason}", path.display()),
            Self::Io(call) => call.fmt(f),
            Self::Locked { path } => write!(f, "{} is held by another build", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(call) => Some(&call.source),
            Self::Refused { .. } | Self::Locked { .. } => None,
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
