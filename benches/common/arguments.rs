//! What the benches that are run by hand are told: how many articles, and the folder to work in.
//!
//! ```text
//! cargo bench --bench newspaper -- 10000 FOLDER     (10000, FOLDER)
//! cargo bench                                       nothing: the bench says how it is called, and ends
//! ```

use std::path::PathBuf;

use anyhow::{Context as _, Result};

/// Number of articles and folder, or `None` where `bench` was not told them.
pub fn count_and_folder(bench: &str) -> Result<Option<(usize, PathBuf)>> {
    // `cargo bench` runs every bench, and says so by an argument of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (Some(count), Some(folder)) = (arguments.next(), arguments.next()) else {
        println!("say how many articles, and in which folder: cargo bench --bench {bench} -- 10000 FOLDER");
        return Ok(None);
    };
    Ok(Some((count.parse().context("how many articles?")?, PathBuf::from(folder))))
}
