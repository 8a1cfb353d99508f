//! Writes a made-up newspaper as seeds: some 1,500 characters an article, of every ten one an abstract of another.
//!
//! ```text
//! cargo bench --bench newspaper -- 10000 FOLDER     FOLDER/seeds/000/t0.md …, a hundred to a folder
//! ```

#![expect(clippy::print_stdout, reason = "it says how it is called")]
#![expect(clippy::unwrap_used, reason = "what is made up here cannot fail, and the tests that share it fail by it")]

#[path = "common/arguments.rs"]
mod arguments;
#[path = "../tests/common/planted.rs"]
mod planted;
#[path = "../tests/common/witnesses.rs"]
mod witnesses;

use std::fs;

use anyhow::Result;

fn main() -> Result<()> {
    let Some((count, folder)) = arguments::count_and_folder("newspaper")? else { return Ok(()) };
    for article in planted::newspaper(1, count) {
        let place = folder.join(format!("seeds/{:03}", article.ix / 100));
        fs::create_dir_all(&place)?;
        let paragraphs: Vec<&str> = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
        let text = format!("---\ntitle: {}\n---\n{}\n", article.title.value.text, paragraphs.join("\n\n"));
        fs::write(place.join(format!("{}.md", article.id)), text)?;
    }
    Ok(())
}
