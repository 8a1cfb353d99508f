//! How a run ends: the exit codes, and the errors that choose one.
//!
//! ```text
//! error: site: this folder is not empty and was not made by duikan     → exit code 2
//!  hint: name an empty folder with --output, or move its files away
//! ```

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::diagnostic::Diagnostic;

/// The exit codes, as `--help` and the README tell them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Done = 0,
    /// `check` found something, or a finding failed the run.
    Findings = 1,
    /// Refused, or asked for in a way that makes no sense.
    Refused = 2,
    /// Input or output failed.
    Io = 4,
    /// Another run works on the same folder.
    Locked = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A call that the system turned down: what was being done, and to which path.
#[derive(Debug)]
pub struct FailedCall {
    pub doing: &'static str,
    pub path: PathBuf,
    pub source: io::Error,
}

impl fmt::Display for FailedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.doing, self.path.display(), self.source)
    }
}

/// Says what was being done to which path when a call failed.
pub trait At<T> {
    fn at(self, doing: &'static str, path: &Path) -> Result<T, FailedCall>;
}

impl<T, E: Into<io::Error>> At<T> for Result<T, E> {
    fn at(self, doing: &'static str, path: &Path) -> Result<T, FailedCall> {
        self.map_err(|source| FailedCall { doing, path: path.to_owned(), source: source.into() })
    }
}

/// An error that knows its exit code and what to do about it.
#[derive(Debug)]
pub struct Failure {
    pub exit: Exit,
    pub message: String,
    pub hint: Option<String>,
    /// The place in a file that is to blame, where there is one.
    pub finding: Option<Box<Diagnostic>>,
}

impl Failure {
    /// A settings file that cannot be understood.
    #[must_use]
    pub fn unfit(finding: Box<Diagnostic>) -> Self {
        let message = finding.message.clone();
        Self { exit: Exit::Refused, message, hint: None, finding: Some(finding) }
    }

    #[must_use]
    pub fn refused(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit: Exit::Refused, message: message.into(), hint: Some(hint.into()), finding: None }
    }

    #[must_use]
    pub fn locked(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit: Exit::Locked, message: message.into(), hint: Some(hint.into()), finding: None }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// The exit code of an error: its own, where it has one; otherwise something could not be read or written.
#[must_use]
pub fn of(error: &anyhow::Error) -> Exit {
    error.chain().find_map(|cause| cause.downcast_ref::<Failure>()).map_or(Exit::Io, |failure| failure.exit)
}

/// What to do about an error.
#[must_use]
pub fn hint(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        if let Some(failure) = cause.downcast_ref::<Failure>() {
            return failure.hint.clone();
        }
        let hint = match io_kind(cause)? {
            io::ErrorKind::NotFound => "check the path; `duikan --help` tells which option names it",
            io::ErrorKind::PermissionDenied => "check who owns it and its permissions",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room on the disk and run again",
            io::ErrorKind::ReadOnlyFilesystem => "name a folder that can be written to",
            io::ErrorKind::NotADirectory => "name a folder, not a file",
            _ => return None,
        };
        Some(hint.to_owned())
    })
}

/// Whether the reader of our output has gone (`duikan check | head`), which is no failure of ours.
#[must_use]
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| io_kind(cause) == Some(io::ErrorKind::BrokenPipe))
}

fn io_kind(cause: &(dyn std::error::Error + 'static)) -> Option<io::ErrorKind> {
    let direct = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    // The JSON writer does not show the error that it wraps.
    direct.or_else(|| cause.downcast_ref::<serde_json::Error>()?.io_error_kind())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_keeps_its_code_and_hint_under_context() {
        let refused =
            anyhow::Error::from(Failure::refused("/ is no place for a site", "name a folder")).context("site");
        assert_eq!((of(&refused), hint(&refused).as_deref()), (Exit::Refused, Some("name a folder")));
        let missing = anyhow::Error::from(io::Error::from(io::ErrorKind::NotFound)).context("seeds");
        assert_eq!(of(&missing), Exit::Io);
        assert!(hint(&missing).is_some());
    }

    #[test]
    fn a_closed_pipe_is_told_from_a_full_disk() {
        let closed = anyhow::Error::from(io::Error::from(io::ErrorKind::BrokenPipe)).context("standard output");
        let full = anyhow::Error::from(io::Error::from(io::ErrorKind::StorageFull));
        assert!(is_closed_pipe(&closed) && !is_closed_pipe(&full));
    }
}
