//! Clauses for other engines to compare, and the candidates that our own finds.
//!
//! ```text
//! {"id":"3f9a1c20d4e5b6a7","text":"志合者，","key":"志合者","date":"2024-07-04"}
//! {"a":"3f9a1c20d4e5b6a7","b":"81ef75bec1540437"}
//! ```
//!
//! Equal clauses are one line: the first place tells text and date. The id is the one of the index of shared clauses.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;

use crate::config::Config;
use crate::edition::Texts;
use crate::fold::Folder;
use crate::reuse::{Keys, candidate};

#[derive(Serialize)]
struct ClauseLine<'a> {
    id: String,
    text: &'a str,
    key: String,
    date: Option<String>,
}

#[derive(Serialize)]
struct PairLine {
    a: String,
    b: String,
}

#[derive(Serialize)]
struct Counts {
    clauses: Option<usize>,
    formulae: usize,
}

fn id(id: u64) -> String {
    format!("{id:016x}")
}

/// A line for each different clause, in the order of first places.
///
/// # Errors
/// When `out` cannot be written to.
pub fn clauses(config: &Config, texts: &Texts, out: &mut dyn Write) -> Result<()> {
    let keys = Keys::new(&Folder::new(config.folds), &texts.articles, &texts.clauses);
    for (key, hash) in keys.ids().into_iter().enumerate() {
        let Some(&(article, clause)) = keys.places(key).first() else { continue };
        let Some(article) = texts.articles.get(article as usize) else { continue };
        let Some(at) = texts.clauses.get(article.ix).and_then(|all| all.get(clause as usize)) else { continue };
        line(
            &ClauseLine {
                id: id(hash),
                text: at.words(article),
                key: keys.words(key).iter().collect(),
                date: article.date.as_ref().map(|date| date.value.to_string()),
            },
            out,
        )?;
    }
    Ok(())
}

/// The candidate pairs that the built-in search finds, sorted, in the form that `--pairs` reads.
///
/// # Errors
/// When `out` cannot be written to.
pub fn pairs(config: &Config, texts: &Texts, out: &mut dyn Write) -> Result<()> {
    let keys = Keys::new(&Folder::new(config.folds), &texts.articles, &texts.clauses);
    let found = candidate::candidates(&keys);
    for (a, b) in found.pairs {
        line(&PairLine { a: id(a), b: id(b) }, out)?;
    }
    line(&Counts { clauses: found.clauses, formulae: found.formulae }, out)
}

#[derive(Serialize)]
struct TextLine<'a> {
    id: &'a str,
    series: &'a str,
    text: String,
}

/// A line for each text, as passim reads it. Each is a series of its own, or it would not be held against its page.
///
/// # Errors
/// When `out` cannot be written to.
pub fn passim(texts: &Texts, out: &mut dyn Write) -> Result<()> {
    for article in &texts.articles {
        let text = article.paragraphs.iter().flat_map(|paragraph| [paragraph.text.as_str(), "\n"]).collect();
        line(&TextLine { id: &article.id, series: &article.id, text }, out)?;
    }
    Ok(())
}

fn line(value: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    Ok(out.write_all(b"\n")?)
}
