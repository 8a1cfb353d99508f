//! Quotations in made-up news of another place and time than the seeds, each a way in which newspapers quote.
//!
//! `cargo test --test unseen_quotes -- --nocapture` prints what is missed or wrong.
#![expect(clippy::unwrap_used, reason = "a test that fails may panic")]

#[path = "common/witnesses.rs"]
mod witnesses;

use duikan::config::Config;
use duikan::model::{Article, Fidelity, Kind, Place, Quote, Reuse, Role};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
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

#[test]
fn newspapers_quote_in_many_ways() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gold/unseen_quotes.toml");
    let File { source: sources, case: cases } = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let (mut found, mut right, mut wanted, mut hit) = (0, 0, 0, 0);
    for case in &cases {
        let mut articles: Vec<Article> = (0..)
            .zip(&sources)
            .map(|(ix, s)| article(ix, &s.title, s.kind, s.speaker.as_deref(), &s.paragraphs))
            .collect();
        articles.push(article(articles.len(), "本报综合消息", case.kind, None, &case.paragraphs));
        let quotes = duikan::quote::quotes(&Config::default(), &articles, &Reuse::default());
        let quotes: Vec<&Quote> = quotes.iter().filter(|q| !q.term && q.place.article == sources.len()).collect();
        found += quotes.len();
        wanted += case.quotes.len();
        for quote in &quotes {
            if case.quotes.iter().any(|expected| agrees(&articles, quote, expected)) {
                right += 1;
            } else {
                let (text, source) = (words(&articles, quote.place), words(&articles, quote.source));
                println!("{}: wrong {text} ← {source} {:?} {:?}", case.what, quote.fidelity, quote.speaker);
            }
        }
        for expected in &case.quotes {
            if quotes.iter().any(|quote| agrees(&articles, quote, expected)) {
                hit += 1;
            } else {
                println!("{}: missed {expected:?}", case.what);
            }
        }
    }
    println!("unseen quotations: {right} right of {found} found, {hit} found of {wanted}");
    assert_eq!((right, hit), (found, wanted));
}
