//! How finding shared words grows with the corpus: `cargo bench --bench reuse`.
//!
//! Articles have some 1,500 characters, one in ten is an abstract of another. The largest corpus takes a while and 10 GB
//! of memory in the making; name another to leave it out: `cargo bench --bench reuse -- --exact reuse::reuse::10000`.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench that cannot go on fails, and its figures are for the reader of the run"
)]

#[path = "../tests/common/planted.rs"]
mod planted;
#[path = "../tests/common/witnesses.rs"]
mod witnesses;

use divan::Bencher;
use divan::counter::CharsCount;
use duikan::clause::clauses;
use duikan::config::Config;
use duikan::model::Article;

fn main() {
    divan::main();
}

fn chars(articles: &[Article]) -> usize {
    articles.iter().flat_map(|article| &article.paragraphs).map(|paragraph| paragraph.text.chars().count()).sum()
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 1, sample_size = 1)]
fn reuse(bencher: Bencher, articles: usize) {
    let articles = planted::newspaper(1, articles);
    let cut: Vec<_> = articles.iter().map(clauses).collect();
    let config = Config::default();
    bencher.counter(CharsCount::new(chars(&articles))).bench_local(|| {
        let start = spent();
        let found = duikan::reuse::reuse(&config, &[], &articles, &cut);
        let (spent, made, matches) = (spent() - start, found.collations.len(), found.matches.len());
        println!("{made} collations, {matches} matches, {spent}0 ms of a processor, at most {} MB", peak());
        found
    });
}

#[divan::bench]
fn declaration_with_its_abstract(bencher: Bencher) {
    let articles = witnesses::articles();
    let find = |id: &str| articles.iter().find(|article| article.id == id).unwrap();
    let (a, b) = (find("001-1"), find("000-3"));
    let folder = duikan::fold::Folder::default();
    bencher.bench_local(|| duikan::reuse::collate::collate(&folder, a, b));
}

/// Processor time of this process so far, in hundredths of a second: what else the machine does is not counted.
fn spent() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

/// The most memory the process has held so far, articles included.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
}
