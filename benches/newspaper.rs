//! Writes a made-up newspaper as seeds: some 1,500 characters an article, of every ten one an abstract of another.
//!
//! ```text
//! cargo bench --bench newspaper -- 10000 FOLDER     FOLDER/seeds/000/t0.md …, a hundred to a folder
//! ```

#![expect(clippy::print_stdout, reason = "it says how it is called")]
#![expect(clippy::unwrap_used, reason = "what is made up here cannot fail, and the tests that share it fail by it")]

#[path = "../tests/common/planted.rs"]
mod planted;
#[path = "../tests/common/witnesses.rs"]
mod witnesses;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

fn main() -> Result<()> {
    // `cargo bench` runs every bench, and says so by an argument of its own.
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (Some(count), Some(folder)) = (arguments.next(), arguments.next()) else {
        println!("say how many articles, and into which folder: cargo bench --bench newspaper -- 10000 FOLDER");
        return Ok(());
    };
    let count = count.parse().context("how many articles?")?;
    for article in planted::newspaper(1, count) {
        let place = Path::new(&folder).join(format!("seeds/{:03}", article.ix / 100));
        fs::create_dir_all(&place)?;
        let paragraphs: Vec<&str> = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let text = format!("---\ntitle: {}\n---\n{}\n", article.title.value.text, paragraphs.join("\n\n"));
        fs::write(place.join(format!("{}.md", article.id)), text)?;
    }
    Ok(())
}
