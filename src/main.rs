//! Parse the arguments, run, exit with the documented code.

use std::process::ExitCode;

fn main() -> ExitCode {
    duikan::cli::run()
}
