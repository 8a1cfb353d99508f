//! The command line.

use std::process::ExitCode;

/// Runs the program for the arguments it was given.
#[must_use]
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
