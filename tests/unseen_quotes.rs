//! Quotations in made-up news of other places and times than the seeds, each a way in which newspapers quote. Each file of
//! `tests/gold/unseen_quotes` has its own sources, and cases that quote them.
//!
//! `cargo test --test unseen_quotes -- --nocapture` prints what is missed or wrong; with `DUIKAN_QUOTES=FOLDER`, in the files
//! of that folder, of which nothing is demanded.
#![expect(clippy::unwrap_used, reason = "a test that fails may panic")]

#[path = "common/quoted.rs"]
mod quoted;
#[path = "common/witnesses.rs"]
mod witnesses;

use std::fmt;
use std::path::PathBuf;

use duikan::model::{Article, Kind, Place, Quote, Reuse, Role};
use quoted::{Expected, File, same};

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

fn agrees(articles: &[Article], quote: &Quote, expected: &Expected) -> bool {
    same(words(articles, quote.place), &expected.text)
        && same(words(articles, quote.source), expected.original())
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
    let given = std::env::var_os("DUIKAN_QUOTES").map(PathBuf::from);
    let mut all = Counts::default();
    for (name, file) in &quoted::files(given.as_deref()) {
        let mut counts = Counts::default();
        held(file, &mut counts);
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
