//! Parse the arguments, run, exit with the documented code.

use std::process::ExitCode;

/// Pages and grams are made of many small pieces: an allocator made for such takes a tenth off the time of a build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    duikan::cli::run()
}
