//! Pages a second on one thread, from the five seeds: `cargo bench --bench render`.
//!
//! - `site`: parsing the templates and indexing the edition.
//! - `articles`, `collations`, `clauses`, `everything`: rendering all pages of a sort.

use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use duikan::config::Config;
use duikan::model::Edition;
use duikan::progress::Progress;
use duikan::render::{Page, Site};

fn main() {
    divan::main();
}

fn edition() -> Edition {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let config = Config::default();
    let read = duikan::read::read(&seeds, &config, &Progress::default()).expect("the five seeds");
    duikan::edition::edition(config, read, &Progress::default())
}

fn render(bencher: Bencher, chosen: impl Fn(&Page) -> bool) {
    let edition = edition();
    let site = Site::new(&edition, None).expect("the built-in templates");
    let pages: Vec<Page> = site.pages().into_iter().filter(chosen).collect();
    bencher
        .counter(ItemsCount::new(pages.len()))
        .bench_local(|| pages.iter().map(|page| site.page(page).expect("a page").bytes.len()).sum::<usize>());
}

#[divan::bench]
fn site(bencher: Bencher) {
    let edition = edition();
    bencher.bench_local(|| Site::new(&edition, None).expect("the built-in templates").title.len());
}

#[divan::bench]
fn articles(bencher: Bencher) {
    render(bencher, |page| matches!(page, Page::Article(_)));
}

#[divan::bench]
fn collations(bencher: Bencher) {
    render(bencher, |page| matches!(page, Page::Compare(_)));
}

#[divan::bench]
fn clauses(bencher: Bencher) {
    render(bencher, |page| matches!(page, Page::Clauses(_)));
}

#[divan::bench]
fn everything(bencher: Bencher) {
    render(bencher, |_| true);
}
