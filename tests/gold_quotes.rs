//! Quotations and mentions of the five seeds against gold made by reading, on articles as the gold has them: what is
//! scored here is tracing alone, whatever repair and segmentation do.
//!
//! ```text
//! cargo test --test gold_quotes -- --nocapture     prints precision and recall, and what was missed or wrong
//! ```
#![expect(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::BTreeMap;
use std::path::Path;

use duikan::config::Config;
use duikan::model::{Article, Fidelity, Kind, Mention, Place, Quote, Reuse};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[path = "common/witnesses.rs"]
mod witnesses;

#[derive(Deserialize)]
struct GoldQuotes {
    quote: Vec<GoldQuote>,
}

#[derive(Deserialize)]
struct GoldQuote {
    seed: String,
    text: String,
    source: String,
    original: Option<String>,
    fidelity: Fidelity,
    marked: bool,
    speaker: Option<String>,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize)]
struct GoldMentions {
    mention: Vec<GoldMention>,
}

#[derive(Deserialize)]
struct GoldMention {
    seed: String,
    name: String,
    #[serde(default)]
    plain: bool,
    #[serde(default)]
    itself: bool,
    target: Option<(String, Kind)>,
    times: Option<usize>,
}

struct Corpus {
    articles: Vec<Article>,
    seeds: Vec<String>,
}

fn gold<T: DeserializeOwned>(path: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold").join(path);
    toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap()
}

fn corpus() -> Corpus {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/articles");
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    Corpus { articles: witnesses::articles(), seeds: names.iter().map(|n| n.replace(".toml", ".txt")).collect() }
}

impl Corpus {
    fn seed(&self, place: Place) -> &str {
        &self.seeds[self.articles[place.article].seed]
    }

    fn text(&self, place: Place) -> &str {
        place.words(&self.articles)
    }

    /// Every place in a seed where this text stands.
    fn places(&self, seed: &str, text: &str) -> Vec<Place> {
        let wanted: Vec<char> = text.chars().collect();
        let mut places = Vec::new();
        for article in self.articles.iter().filter(|a| self.seeds[a.seed] == seed) {
            for paragraph in &article.paragraphs {
                let chars: Vec<char> = paragraph.text.chars().collect();
                let at = chars.windows(wanted.len()).enumerate().filter(|(_, w)| *w == wanted).map(|(i, _)| i);
                places.extend(at.map(|i| Place {
                    article: article.ix,
                    paragraph: paragraph.n,
                    start: u32::try_from(i).unwrap(),
                    end: u32::try_from(i + wanted.len()).unwrap(),
                }));
            }
        }
        assert!(!places.is_empty(), "gold names a text that {seed} does not have: {text}");
        places
    }
}

/// Share of `a` that `b` covers.
fn covered(a: Place, b: Place) -> f64 {
    let same = (a.article, a.paragraph) == (b.article, b.paragraph);
    let common = if same { a.end.min(b.end).saturating_sub(a.start.max(b.start)) } else { 0 };
    f64::from(common) / f64::from(a.end - a.start)
}

struct Score {
    precision: f64,
    recall: f64,
}

#[expect(clippy::cast_precision_loss, reason = "counts of a small gold")]
fn score(right: usize, found: usize, hit: usize, wanted: usize) -> Score {
    Score { precision: right as f64 / found as f64, recall: hit as f64 / wanted as f64 }
}

/// A quotation agrees with gold if the greater part of each covers the other, and their sources lie together too.
fn agrees(corpus: &Corpus, quote: &Quote, gold: &GoldQuote) -> bool {
    let overlap = |place: Place, seed: &str, text: &str| {
        corpus.places(seed, text).into_iter().any(|g| covered(g, place) >= 0.6 && covered(place, g) >= 0.6)
    };
    let original = gold.original.as_ref().unwrap_or(&gold.text);
    overlap(quote.place, &gold.seed, &gold.text) && overlap(quote.source, &gold.source, original)
}

#[test]
fn quotations_are_those_a_reader_finds() {
    let corpus = corpus();
    let clauses: Vec<_> = corpus.articles.iter().map(duikan::clause::clauses).collect();
    let reuse = duikan::reuse::reuse(&Config::default(), &[], &corpus.articles, &clauses);
    let quotes = duikan::quote::quotes(&corpus.articles, &reuse);
    let (optional, gold): (Vec<_>, Vec<_>) =
        gold::<GoldQuotes>("quotes.toml").quote.into_iter().partition(|quote| quote.optional);
    let is_optional = |quote: &Quote| optional.iter().any(|g| agrees(&corpus, quote, g));
    let found: Vec<&Quote> = quotes.iter().filter(|q| !q.term && !is_optional(q)).collect();

    let mut wrong: Vec<_> = found.iter().filter(|q| !gold.iter().any(|g| agrees(&corpus, q, g))).collect();
    let missed: Vec<_> = gold.iter().filter(|g| !found.iter().any(|q| agrees(&corpus, q, g))).collect();
    for quote in &wrong {
        println!(
            "not in gold: {} {} ← {}",
            corpus.seed(quote.place),
            corpus.text(quote.place),
            corpus.text(quote.source)
        );
    }
    for gold in &missed {
        println!("missed: {} {}", gold.seed, gold.text);
    }
    wrong.dedup();
    let all = score(found.len() - wrong.len(), found.len(), gold.len() - missed.len(), gold.len());
    println!(
        "quotations: precision {:.3} of {}, recall {:.3} of {}",
        all.precision,
        found.len(),
        all.recall,
        gold.len()
    );
    assert!(all.precision >= 0.97 && all.recall >= 0.97, "precision {} recall {}", all.precision, all.recall);

    let marked: Vec<_> = found.iter().filter(|q| q.marked).collect();
    let gold_marked = gold.iter().filter(|g| g.marked);
    assert!(
        marked.iter().all(|q| gold.iter().any(|g| g.marked && agrees(&corpus, q, g))),
        "a marked quotation is wrong"
    );
    assert!(gold_marked.clone().all(|g| marked.iter().any(|q| agrees(&corpus, q, g))), "a marked quotation is missed");

    for (quote, gold) in found.iter().filter_map(|q| Some((q, gold.iter().find(|g| agrees(&corpus, q, g))?))) {
        assert_eq!(quote.marked, gold.marked, "{}", gold.text);
        if let Some(speaker) = &gold.speaker {
            assert!(
                quote.speaker.as_ref().is_some_and(|s| s.contains(speaker.as_str())),
                "{}: {:?}",
                gold.text,
                quote.speaker
            );
        }
        if corpus.text(quote.place) == gold.text {
            assert_eq!(quote.fidelity, gold.fidelity, "{}", gold.text);
        }
    }
}

#[test]
fn edits_make_the_quotation_of_its_source() {
    let corpus = corpus();
    let quotes = duikan::quote::quotes(&corpus.articles, &Reuse::default());
    assert!(quotes.iter().any(|q| !q.edits.is_empty()));
    for quote in quotes.iter().filter(|q| !q.term) {
        let (source, text): (Vec<char>, Vec<char>) =
            (corpus.text(quote.source).chars().collect(), corpus.text(quote.place).chars().collect());
        let made = duikan::reuse::edit::apply(&source, &text, &quote.edits);
        assert_eq!(made, corpus.text(quote.place));
    }
}

#[test]
fn mentions_are_those_a_reader_finds() {
    let corpus = corpus();
    let found = duikan::mention::mentions(&Config::default(), &corpus.articles);
    let told = |m: &Mention| {
        let target =
            m.target.map(|ix| (corpus.seeds[corpus.articles[ix].seed].clone(), corpus.articles[ix].kind.value));
        (corpus.seed(m.place).to_owned(), m.name.clone(), corpus.text(m.place) == m.name, m.itself, target)
    };
    let mut counts = BTreeMap::<_, i64>::new();
    for mention in &found {
        *counts.entry(told(mention)).or_default() += 1;
    }
    for gold in gold::<GoldMentions>("mentions.toml").mention {
        let key = (gold.seed, gold.name, gold.plain, gold.itself, gold.target);
        *counts.entry(key).or_default() -= i64::try_from(gold.times.unwrap_or(1)).unwrap();
    }
    counts.retain(|_, n| *n != 0);
    assert!(counts.is_empty(), "found too often (+) or too seldom (-): {counts:#?}");
}
