//! Writes a made-up newspaper that attacks its readers, as seeds: pages and clean texts by turns.
//!
//! ```text
//! cargo bench --bench hostile -- 200 FOLDER     FOLDER/seeds/t0.md, FOLDER/seeds/t1.txt …
//! ```

#![expect(clippy::print_stdout, reason = "it says how it is called")]
#![expect(clippy::unwrap_used, reason = "what is made up here cannot fail, and the tests that share it fail by it")]

#[path = "common/arguments.rs"]
mod arguments;
#[path = "../tests/common/hostile.rs"]
mod hostile;
#[path = "../tests/common/planted.rs"]
mod planted;
#[path = "../tests/common/witnesses.rs"]
mod witnesses;

use std::fs;

use anyhow::Result;
use duikan::model::Article;

use self::hostile::spoil;
use self::planted::Random;

/// Characters to a printed line.
const MEASURE: usize = 28;

fn main() -> Result<()> {
    let Some((count, folder)) = arguments::count_and_folder("hostile")? else { return Ok(()) };
    let seeds = folder.join("seeds");
    fs::create_dir_all(&seeds)?;
    let mut random = Random::new(1);
    for article in planted::newspaper(1, count) {
        let (name, bytes) = if article.ix.is_multiple_of(2) {
            (format!("{}.md", article.id), clean(&mut random, &article))
        } else {
            (format!("{}.txt", article.id), page(&mut random, &article))
        };
        fs::write(seeds.join(name), bytes)?;
    }
    Ok(())
}

fn clean(random: &mut Random, article: &Article) -> Vec<u8> {
    let mut out = b"# ".to_vec();
    out.extend(spoil(random, &article.title.value.text));
    for paragraph in &article.paragraphs {
        out.extend(b"\n\n");
        out.extend(spoil(random, &paragraph.text));
    }
    out
}

fn page(random: &mut Random, article: &Article) -> Vec<u8> {
    let mut out = spoil(random, &article.title.value.text);
    for paragraph in &article.paragraphs {
        let indented: Vec<char> = "　　".chars().chain(paragraph.text.chars()).collect();
        for line in indented.chunks(MEASURE) {
            out.push(b'\n');
            out.extend(spoil(random, &line.iter().collect::<String>()));
        }
    }
    out
}
