//! Writes a made-up newspaper as seeds: some 1,500 characters an article, of every ten one an abstract of another.
//!
//! ```text
//! cargo run --example newspaper -- 10000 FOLDER     FOLDER/seeds/000/t0.md …, a hundred to a folder
//! ```

#![expect(clippy::unwrap_used, reason = "what is made up here cannot fail, and the tests that share it fail by it")]

#[path = "../tests/common/planted.rs"]
mod planted;
#[path = "../tests/common/witnesses.rs"]
mod witnesses;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().context("how many articles?")?.parse()?;
    let folder = arguments.next().context("which folder?")?;
    for article in planted::newspaper(1, count) {
        let place = Path::new(&folder).join(format!("seeds/{:03}", article.ix / 100));
        fs::create_dir_all(&place)?;
        let paragraphs: Vec<&str> = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let text = format!("---\ntitle: {}\n---\n{}\n", article.title.value.text, paragraphs.join("\n\n"));
        fs::write(place.join(format!("{}.md", article.id)), text)?;
    }
    Ok(())
}
