//! The shared clauses as data, for filters that look beyond the page: classic scripts, a few thousand clauses each.
//!
//! ```text
//! duikanShared([["推动科技进步，","3f9a1c20…",2,9,"2024-07-04","2024-07-05",0,4], …]);
//! ```
//! A row is the clause, its key, the number of texts, the kinds of those texts as bits, the first and last day, whether it
//! is a formula, and what its texts are to each other as bits.

use std::collections::BTreeSet;

use anyhow::Result;
use serde::Serialize;

use crate::model::{ArticleIx, DocumentRelation, Kind, OutFile, SharedClause};

use super::{Page, Site};

/// How many clauses one script holds.
const A_SCRIPT: usize = 4000;

#[derive(Serialize)]
struct Row<'e>(&'e str, &'e str, u32, u32, Option<String>, Option<String>, u8, u32);

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

/// The bit of a relation in a row; of texts that are nothing to each other and only share words.
pub fn relation_bit(relation: Option<DocumentRelation>) -> u32 {
    let of = |relation| DocumentRelation::ALL.iter().position(|&known| known == relation);
    1 << relation.and_then(of).unwrap_or(DocumentRelation::ALL.len())
}

/// The bit of clauses that are not printed alike everywhere: marks, width, spaces differ.
pub const VARIANT: u32 = 1 << (DocumentRelation::ALL.len() + 1);

fn is_variant(site: &Site<'_>, clause: &SharedClause) -> bool {
    clause.places.iter().any(|place| place.words(&site.edition.articles) != clause.text)
}

/// What the texts of a clause are to each other, as bits.
fn relations(site: &Site<'_>, clause: &SharedClause) -> u32 {
    let texts: BTreeSet<ArticleIx> = clause.places.iter().map(|place| place.article).collect();
    let links = texts.iter().flat_map(|&ix| site.lookup.links(site.edition, ix));
    let between = links.filter(|link| texts.contains(&link.from) && texts.contains(&link.to));
    let bits = between.fold(0, |bits, link| bits | relation_bit(Some(link.relation.value)));
    let variant = if is_variant(site, clause) { VARIANT } else { 0 };
    variant | if bits == 0 { relation_bit(None) } else { bits }
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
    Row(
        &clause.text,
        &clause.key,
        clause.spread,
        kinds,
        days().min().map(|date| date.to_string()),
        days().max().map(|date| date.to_string()),
        u8::from(clause.boilerplate),
        relations(site, clause),
    )
}
