//! The articles of the five seeds as they were read by hand (`tests/gold/articles`), for tests of what comes after repair.

#![allow(dead_code, reason = "each test that shares this file uses a part of it")]

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use duikan::model::{Article, Date, Guess, HeadLine, Kind, Paragraph, Role};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    article: Vec<GoldArticle>,
}

#[derive(Deserialize)]
struct GoldArticle {
    kinds: Vec<Kind>,
    title: Option<String>,
    #[serde(default)]
    title_inferred: bool,
    subtitle: Option<String>,
    speaker: Option<String>,
    date: Option<String>,
    lines: Vec<(u32, u32)>,
    paragraph: Vec<GoldParagraph>,
}

#[derive(Deserialize)]
struct GoldParagraph {
    role: Option<Role>,
    text: String,
}

/// Every article of the gold, in the order of the seeds; `id` is the seed's number and the article's, as `002-1`.
#[must_use]
pub fn articles() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/articles");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut articles = Vec::new();
    for (seed, path) in paths.iter().enumerate() {
        let file: File = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let name: String = path.file_name().unwrap().to_string_lossy().chars().take(3).collect();
        for (n, gold) in file.article.into_iter().enumerate() {
            let ix = articles.len();
            articles.push(article(ix, seed, &format!("{name}-{}", n + 1), gold));
        }
    }
    articles
}

fn article(ix: usize, seed: usize, id: &str, gold: GoldArticle) -> Article {
    let title = gold.title.unwrap_or_else(|| gold.paragraph[0].text.chars().take(15).collect());
    let paragraphs = gold.paragraph.into_iter().map(|p| (p.role.unwrap_or(Role::Body), p.text));
    Article {
        date: gold.date.map(|date| sure(day(&date))),
        kind: sure(gold.kinds[0]),
        title_inferred: gold.title_inferred,
        subtitle: gold.subtitle.map(|text| HeadLine { text, pieces: Vec::new(), ledger: Vec::new() }),
        speaker: gold.speaker,
        lines: gold.lines,
        seed,
        ..plain(ix, id, &title, paragraphs)
    }
}

/// An article that is nothing but text.
#[must_use]
pub fn plain(ix: usize, id: &str, title: &str, paragraphs: impl IntoIterator<Item = (Role, String)>) -> Article {
    let paragraph = |(n, (role, text)): (u32, (Role, String))| Paragraph {
        n,
        anchor: format!("p{n}"),
        role,
        text,
        pieces: Vec::new(),
        ledger: Vec::new(),
    };
    Article {
        ix,
        id: id.to_owned(),
        seed: ix,
        kind: sure(Kind::Other),
        title: sure(HeadLine { text: title.to_owned(), pieces: Vec::new(), ledger: Vec::new() }),
        title_inferred: false,
        subtitle: None,
        byline: None,
        speaker: None,
        agency: None,
        place: None,
        date: None,
        head: Vec::new(),
        continues: None,
        lines: Vec::new(),
        paragraphs: (1..).zip(paragraphs).map(paragraph).collect(),
    }
}

fn day(text: &str) -> Date {
    let mut parts = text.split('-').map(|part| part.parse::<i32>().unwrap());
    let mut next = || parts.next().unwrap();
    let (year, month, day) = (next(), next(), next());
    Date { year, month: u8::try_from(month).unwrap(), day: u8::try_from(day).unwrap(), inferred: false }
}

fn sure<T>(value: T) -> Guess<T> {
    Guess {
        value,
        confidence: 1.0,
        evidence: vec![duikan::model::Evidence { code: Cow::Borrowed("gold"), quote: String::new() }],
    }
}
