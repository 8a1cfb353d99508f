//! Small articles for the unit tests of the corpus-wide stages.
//!
//! ```text
//! corpus(&[(Kind::Speech, "标题", &["第一段。", "第二段。"])])   →   one article of two paragraphs
//! ```

use crate::model::{Article, Edition, Guess, HeadLine, Kind, Paragraph, Role};

/// An edition of such articles and nothing else: no source, no relation.
pub fn edition(texts: &[(&str, &[&str])]) -> Edition {
    let texts: Vec<_> = texts.iter().map(|&(title, paragraphs)| (Kind::Report, title, paragraphs)).collect();
    let articles = corpus(&texts);
    let clauses = articles.iter().map(crate::clause::clauses).collect();
    Edition { articles, clauses, ..Edition::default() }
}

/// Articles with these kinds, titles and paragraphs; an empty title counts as inferred.
pub fn corpus(texts: &[(Kind, &str, &[&str])]) -> Vec<Article> {
    texts
        .iter()
        .enumerate()
        .map(|(ix, &(kind, title, paragraphs))| Article {
            ix,
            id: format!("t{ix}"),
            seed: ix,
            kind: sure(kind),
            title: sure(line(title)),
            title_inferred: title.is_empty(),
            subtitle: None,
            byline: None,
            speaker: None,
            agency: None,
            place: None,
            date: None,
            head: Vec::new(),
            continues: None,
            lines: Vec::new(),
            paragraphs: paragraphs
                .iter()
                .zip(1..)
                .map(|(text, n)| Paragraph {
                    n,
                    anchor: format!("p{n}"),
                    role: Role::Body,
                    text: (*text).to_owned(),
                    pieces: Vec::new(),
                    ledger: Vec::new(),
                })
                .collect(),
        })
        .collect()
}

/// A guess beyond doubt.
pub fn sure<T>(value: T) -> Guess<T> {
    Guess { value, confidence: 1.0, evidence: Vec::new() }
}

/// A headline that stands nowhere.
pub fn line(text: &str) -> HeadLine {
    HeadLine { text: text.to_owned(), pieces: Vec::new(), ledger: Vec::new() }
}
