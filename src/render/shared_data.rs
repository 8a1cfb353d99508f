//! The shared clauses as data, for filters that look beyond the page: classic scripts, a few thousand clauses each.
//!
//! ```text
//! duikanShared([["推动科技进步，","3f9a1c20…",2,9,"2024-07-04","2024-07-05",0], …]);
//! ```
//! A row is the clause, its key, the number of texts, the kinds of those texts as bits, the first and last day, and
//! whether it is a formula.

use anyhow::Result;
use serde::Serialize;

use crate::model::{Date, Kind, OutFile, SharedClause};

use super::{Page, Site};

/// How many clauses one script holds.
const A_SCRIPT: usize = 4000;

#[derive(Serialize)]
struct Row<'e>(&'e str, &'e str, u32, u32, Option<String>, Option<String>, u8);

pub fn count(site: &Site<'_>) -> usize {
    site.edition.reuse.shared.len().div_ceil(A_SCRIPT)
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    pages.extend((0..count(site)).map(Page::SharedData));
}

pub fn path(number: usize) -> String {
    format!("shared/data-{}.js", number + 1)
}

/// The bit of a kind in a row.
pub fn bit(kind: Kind) -> u32 {
    Kind::ALL.iter().position(|&k| k == kind).map_or(0, |at| 1 << at)
}

pub fn render(site: &Site<'_>, number: usize) -> Result<OutFile> {
    let clauses = site.edition.reuse.shared.iter().skip(number * A_SCRIPT).take(A_SCRIPT);
    let rows: Vec<Row<'_>> = clauses.map(|clause| row(site, clause)).collect();
    let json = serde_json::to_string(&rows)?;
    Ok(OutFile { path: path(number), bytes: format!("duikanShared({json});\n").into_bytes() })
}

fn row<'e>(site: &Site<'e>, clause: &'e SharedClause) -> Row<'e> {
    let articles = || clause.places.iter().filter_map(|place| site.edition.articles.get(place.article));
    let kinds = articles().fold(0, |bits, article| bits | bit(article.kind.value));
    let days = || articles().filter_map(|article| Some(article.date.as_ref()?.value));
    let iso = |date: Date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
    Row(
        &clause.text,
        &clause.key,
        clause.spread,
        kinds,
        days().min().map(iso),
        days().max().map(iso),
        u8::from(clause.boilerplate),
    )
}
