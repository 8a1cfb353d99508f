//! Figures of the search index: `cargo bench --bench search -- [ARTICLES] [FOLDER]`.
//!
//! Makes the index of both made-up corpora and prints what it weighs and how fast it was made. With a folder, writes two sites
//! there that `node tests/browser/search-figures.mjs FOLDER` measures in a browser.
#![expect(clippy::print_stdout, reason = "figures are for the reader")]

#[path = "../tests/it/search/corpus.rs"]
#[expect(dead_code, reason = "shared with the tests, which use the rest")]
mod corpus;

use std::path::Path;
use std::time::Instant;

use duikan::model::{Article, OutFile};

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let count = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(10_000);
    let folder = arguments.next();
    for (name, make) in [("sentences", corpus::of_sentences as fn(usize) -> Vec<Article>), ("words", corpus::of_words)]
    {
        let articles = make(count);
        let bytes: usize = articles.iter().flat_map(corpus::segments).map(str::len).sum();
        let edition = corpus::edition(articles);
        let start = Instant::now();
        let mut files: Vec<OutFile> = Vec::new();
        duikan::shard::shards(&edition, |file| {
            files.push(file);
            Ok(())
        })
        .expect("an index");
        let seconds = start.elapsed().as_secs_f64();
        report(name, bytes, &files, seconds);
        if let Some(folder) = &folder {
            write(&Path::new(folder).join(name), &files);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "figures are rounded anyway")]
fn report(name: &str, bytes: usize, files: &[OutFile], seconds: f64) {
    let weigh = |some: &dyn Fn(&OutFile) -> bool| {
        files.iter().filter(|file| some(file)).map(|file| file.bytes.len()).sum::<usize>()
    };
    let largest = files.iter().map(|file| file.bytes.len()).max().unwrap_or_default();
    let all = weigh(&|_| true);
    println!(
        "{name}: {:.1} MB of text, {} files, {:.3} bytes a byte, largest {} kB, made at {:.1} MB/s",
        bytes as f64 / 1e6,
        files.len(),
        all as f64 / bytes as f64,
        largest / 1000,
        bytes as f64 / 1e6 / seconds
    );
}

fn write(site: &Path, files: &[OutFile]) {
    for file in files {
        let path = site.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &file.bytes).expect("a file");
    }
}
