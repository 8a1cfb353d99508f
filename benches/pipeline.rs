//! read + repair + segment on one thread, per megabyte: `cargo bench --bench pipeline`.
//!
//! - `pages`: printed newspaper pages of every style, 1, 10 and 100 MB.
//! - `line`: one line without end; `short`: lines of one character; `unmarked`: full lines without any punctuation.
//!
//! Each shape should keep its speed from size to size: the pipeline is linear.
#![expect(dead_code, reason = "the press and the gold are shared with the tests, which use more of them")]

use std::path::Path;

use divan::Bencher;
use divan::counter::BytesCount;
use duikan::config::Config;
use duikan::progress::Progress;

#[path = "../tests/it/gold.rs"]
mod gold;
#[path = "../tests/it/press/mod.rs"]
mod press;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const MEGABYTE: usize = 1 << 20;

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("the first pool");
    divan::main();
}

/// Reads a folder and cuts its seeds into drafts; gives their number, so that nothing is optimised away.
fn pipeline(folder: &Path) -> usize {
    let seeds = duikan::read::read(folder, &Config::default(), &Progress::default()).expect("a readable folder");
    let sources = &seeds.value.sources;
    let drafts: Vec<_> = sources.iter().map(|s| duikan::segment::segment(s, &duikan::repair::repair(s))).collect();
    drafts.len()
}

/// Writes pages of every style until there are so many megabytes.
fn print_pages(folder: &Path, megabytes: usize) {
    let texts = press::clean::read(&gold::folder("press"));
    let mut written = 0;
    for printing in 0.. {
        for style in &press::STYLES {
            for (i, page) in press::print(&texts, style, printing).into_iter().enumerate() {
                if written > megabytes * MEGABYTE {
                    return;
                }
                written += page.text.len();
                let name = format!("{printing:05}-{}-{i:03}.txt", style.name);
                std::fs::write(folder.join(name), page.text).expect("a writable folder");
            }
        }
    }
}

fn bench(bencher: Bencher, megabytes: usize, fill: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fill(folder.path());
    bencher.counter(BytesCount::new(megabytes * MEGABYTE)).bench_local(|| pipeline(folder.path()));
}

fn one_file(text: String) -> impl FnOnce(&Path) {
    move |folder| std::fs::write(folder.join("one.txt"), text).expect("a writable folder")
}

#[divan::bench(args = [1, 10, 100], sample_count = 3, sample_size = 1)]
fn pages(bencher: Bencher, megabytes: usize) {
    bench(bencher, megabytes, |folder| print_pages(folder, megabytes));
}

#[divan::bench(args = [1, 10, 100], sample_count = 3, sample_size = 1)]
fn line(bencher: Bencher, megabytes: usize) {
    let sentence = "国际形势深刻变化，各国人民的命运从未像今天这样紧密相连。";
    bench(bencher, megabytes, one_file(sentence.repeat(megabytes * MEGABYTE / sentence.len())));
}

/// No more than 10 MB, which are 2.6 million lines: each takes a kilobyte of memory while its page is read.
#[divan::bench(args = [1, 10], sample_count = 3, sample_size = 1)]
fn short(bencher: Bencher, megabytes: usize) {
    bench(bencher, megabytes, one_file("国\n".repeat(megabytes * MEGABYTE / 4)));
}

#[divan::bench(args = [1, 10, 100], sample_count = 3, sample_size = 1)]
fn unmarked(bencher: Bencher, megabytes: usize) {
    let line = "国际形势深刻变化各国人民的命运从未像今天\n";
    bench(bencher, megabytes, one_file(line.repeat(megabytes * MEGABYTE / line.len())));
}
