//! Makes the search index of the seeds and of two made-up corpora and prints what it weighs and how fast it was made.
//!
//! ```text
//! cargo bench --bench search_figures -- 10000 FOLDER
//! node tests/browser/search-figures.mjs FOLDER     what a query reads and how long it takes
//! ```
//!
//! In the folder it leaves a site for each corpus, with the search page and its shards, and beside it what a plain scan
//! finds for ten thousand cuttings, by which the browser tests judge.
#![expect(clippy::print_stdout, reason = "figures are for the reader")]

#[path = "common/arguments.rs"]
mod arguments;
#[path = "../tests/it/search/corpus.rs"]
mod corpus;
#[path = "../tests/it/search/scan.rs"]
#[expect(dead_code, reason = "shared with the tests, which use the rest")]
mod scan;

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use duikan::fold::RULES;
use duikan::model::{Article, Edition, OutFile};
use duikan::render::{Page, Site};

const CUTTINGS: usize = 10_000;

fn main() -> Result<()> {
    let Some((count, folder)) = arguments::count_and_folder("search_figures")? else { return Ok(()) };
    let corpora =
        [("seeds", corpus::of_seeds()), ("sentences", corpus::of_sentences(count)), ("words", corpus::of_words(count))];
    for (name, articles) in corpora {
        let bytes = articles.iter().flat_map(corpus::segments).map(str::len).sum();
        expectations(&articles, &folder.join(format!("{name}.json")))?;
        let edition = corpus::edition(articles);
        let start = Instant::now();
        let mut files = Vec::new();
        duikan::shard::shards(&edition, |file| {
            files.push(file);
            Ok(())
        })?;
        report(name, bytes, &files, start.elapsed().as_secs_f64());
        write(&edition, &folder.join(name), files)?;
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "figures are rounded anyway")]
fn report(name: &str, bytes: usize, files: &[OutFile], seconds: f64) {
    let all: usize = files.iter().map(|file| file.bytes.len()).sum();
    let largest = files.iter().map(|file| file.bytes.len()).max().unwrap_or_default();
    println!(
        "{name}: {:.1} MB of text, {} files, {:.3} bytes a byte with texts, largest {} kB, made at {:.1} MB/s",
        bytes as f64 / 1e6,
        files.len(),
        all as f64 / bytes as f64,
        largest / 1000,
        bytes as f64 / 1e6 / seconds
    );
}

/// Cuttings with the texts and places that a scan finds, and folds of every character that is folded.
fn expectations(articles: &[Article], path: &Path) -> Result<()> {
    let mut articles: Vec<&Article> = articles.iter().collect();
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    let texts: Vec<Vec<u16>> = articles.iter().map(|article| scan::keys(article)).collect();
    let owned: Vec<Article> = articles.into_iter().cloned().collect();
    let cuttings = scan::cuttings(&owned, CUTTINGS);
    let keys: Vec<Vec<u16>> = cuttings.iter().map(|cutting| scan::key(cutting)).collect();
    let found = scan::scan(&texts, &keys);
    let rows: Vec<(&String, usize, u32)> =
        cuttings.iter().zip(&found).map(|(cutting, found)| (cutting, found.len(), found.values().sum())).collect();
    let folded = RULES.iter().flat_map(|rule| rule.first..=rule.last).map(|c| format!("一{c}{c}a{c}二"));
    let folds: Vec<(String, String)> =
        folded.map(|text| (text.clone(), String::from_utf16_lossy(&scan::key(&text)))).collect();
    fs::create_dir_all(path.parent().context("a folder")?)?;
    fs::write(path, serde_json::json!({ "cuttings": rows, "folds": folds }).to_string())?;
    Ok(())
}

fn write(edition: &Edition, site: &Path, files: Vec<OutFile>) -> Result<()> {
    let pages = Site::new(edition, None)?;
    for file in files.into_iter().chain(pages.assets()).chain([pages.page(&Page::Search)?]) {
        let path = site.join(&file.path);
        fs::create_dir_all(path.parent().context("a folder")?)?;
        fs::write(path, &file.bytes)?;
    }
    Ok(())
}
