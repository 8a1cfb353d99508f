//! Parse the arguments, run, exit with the documented code.

use std::process::ExitCode;

/// Pages and grams are made of many small pieces, and this allocator is made for such.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    duikan::cli::run()
}
