//! Quotations in made-up news of other places and times than the seeds, each a way in which newspapers quote. Each file of
//! `tests/gold/unseen_quotes` has its own sources, and cases that quote them.
//!
//! `cargo test --test unseen_quotes -- --nocapture` prints what is missed or wrong; with `DUIKAN_QUOTES=FOLDER`, in the files
//! of that folder, of which nothing is demanded.
#![expect(clippy::unwrap_used, reason = "a test that fails may panic")]

#[path = "common/witnesses.rs"]
mod witnesses;

use std::fmt;

use duikan::model::{Article, Fidelity, Kind, Place, Quote, Reuse, Role};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    /// How many quotations of the file are known to be missed, and how many found that are none.
    #[serde(default)]
    missed: usize,
    #[serde(default)]
    wrong: usize,
    source: Vec<Source>,
    case: Vec<Case>,
}

/// A text that others quote.
#[derive(Deserialize)]
struct Source {
    kind: Kind,
    title: String,
    speaker: Option<String>,
    paragraphs: Vec<String>,
}

/// A text that quotes, and the quotations a reader finds in it.
#[derive(Deserialize)]
struct Case {
    what: String,
    kind: Kind,
    paragraphs: Vec<String>,
    #[serde(default)]
    quotes: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
struct Expected {
    text: String,
    /// Where it is another.
    original: Option<String>,
    fidelity: Fidelity,
    marked: bool,
    speaker: Option<String>,
}

fn article(ix: usize, title: &str, kind: Kind, speaker: Option<&str>, paragraphs: &[String]) -> Article {
    let texts = paragraphs.iter().map(|text| (Role::Body, text.clone()));
    let mut article = witnesses::plain(ix, &format!("t{ix}"), title, texts);
    article.kind.value = kind;
    article.speaker = speaker.map(str::to_owned);
    article
}

fn words(articles: &[Article], place: Place) -> &str {
    place.words(articles)
}

/// The greater part of either is the other.
fn same(a: &str, b: &str) -> bool {
    let (long, short) = if a.chars().count() >= b.chars().count() { (a, b) } else { (b, a) };
    long.contains(short) && short.chars().count() * 10 >= long.chars().count() * 8
}

fn agrees(articles: &[Article], quote: &Quote, expected: &Expected) -> bool {
    let original = expected.original.as_ref().unwrap_or(&expected.text);
    same(words(articles, quote.place), &expected.text)
        && same(words(articles, quote.source), original)
        && quote.fidelity == expected.fidelity
        && quote.marked == expected.marked
        && (expected.speaker.is_none() || quote.speaker == expected.speaker)
}

/// How many quotations were found and wanted.
#[derive(Debug, Default)]
struct Counts {
    found: usize,
    right: usize,
    wanted: usize,
    hit: usize,
    /// What is wrong or missed, in words.
    remarks: Vec<String>,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { found, right, wanted, hit, remarks: _ } = self;
        write!(f, "{right} right of {found} found, {hit} found of {wanted}")
    }
}

/// Each case of a batch is a corpus with the sources of that batch.
fn held(file: &File, counts: &mut Counts) {
    for case in &file.case {
        let mut articles: Vec<Article> = (0..)
            .zip(&file.source)
            .map(|(ix, s)| article(ix, &s.title, s.kind, s.speaker.as_deref(), &s.paragraphs))
            .collect();
        let ix = articles.len();
        articles.push(article(ix, "本报综合消息", case.kind, None, &case.paragraphs));
        let quotes = duikan::quote::quotes(&articles, &Reuse::default());
        let quotes: Vec<&Quote> = quotes.iter().filter(|q| !q.term && q.place.article == ix).collect();
        counts.found += quotes.len();
        counts.wanted += case.quotes.len();
        for quote in &quotes {
            if case.quotes.iter().any(|expected| agrees(&articles, quote, expected)) {
                counts.right += 1;
            } else {
                let (text, source) = (words(&articles, quote.place), words(&articles, quote.source));
                let (fidelity, speaker) = (quote.fidelity, &quote.speaker);
                counts.remarks.push(format!("{}: wrong {text} ← {source} {fidelity:?} {speaker:?}", case.what));
            }
        }
        for expected in &case.quotes {
            if quotes.iter().any(|quote| agrees(&articles, quote, expected)) {
                counts.hit += 1;
            } else {
                counts.remarks.push(format!("{}: missed {expected:?}", case.what));
            }
        }
    }
}

#[test]
fn newspapers_quote_in_many_ways() {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold/unseen_quotes");
    let given = std::env::var("DUIKAN_QUOTES").ok();
    let mut paths: Vec<_> =
        std::fs::read_dir(given.as_deref().unwrap_or(own)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    let mut all = Counts::default();
    for path in &paths {
        let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut counts = Counts::default();
        held(&file, &mut counts);
        let name = path.file_stem().unwrap().to_string_lossy();
        counts.remarks.iter().for_each(|remark| println!("{name}: {remark}"));
        println!("{name}: {counts}");
        if given.is_none() {
            let left = (counts.found - counts.right, counts.wanted - counts.hit);
            assert_eq!(left, (file.wrong, file.missed), "{name}: wrong and missed, and as they were");
        }
        all.found += counts.found;
        all.right += counts.right;
        all.wanted += counts.wanted;
        all.hit += counts.hit;
    }
    println!("unseen quotations: {all}");
}
