//! Collations → tables: a row for each clause, or run of clauses, that was held against the other side.
//!
//! ```text
//! a             b          group  relation   clause     a_text                    b_text
//! declaration-… abstract-… 2      shortened  reworded   尊重各国人民自主选择…      尊重各国自主选择…
//! ```

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;

use crate::model::{Article, Clause, Collation, Edition};

use super::table::{Rows, Table};

const HEADS: [&str; 14] = [
    "a",
    "b",
    "group",
    "relation",
    "moved",
    "clause_relation",
    "clause_moved",
    "a_paragraph",
    "a_start",
    "a_end",
    "a_text",
    "b_paragraph",
    "b_start",
    "b_end",
];

pub(super) fn one(edition: &Edition, ix: usize, table: Table, out: &mut dyn Write) -> Result<()> {
    let collations = edition.reuse.collations.get(ix);
    write(edition, collations.into_iter(), table, out)
}

pub(super) fn all(edition: &Edition, table: Table, out: &mut dyn Write) -> Result<()> {
    write(edition, edition.reuse.collations.iter(), table, out)
}

fn write<'e>(
    edition: &'e Edition,
    collations: impl Iterator<Item = &'e Collation>,
    table: Table,
    out: &mut dyn Write,
) -> Result<()> {
    let heads: Vec<&str> = HEADS.into_iter().chain(["b_text"]).collect();
    let mut rows = Rows::new(table, &heads, out)?;
    for collation in collations {
        let (a, b) = (edition.articles.get(collation.a), edition.articles.get(collation.b));
        if let (Some(a), Some(b)) = (a, b) {
            collated(collation, a, b, &mut rows)?;
        }
    }
    rows.finish()
}

fn collated(collation: &Collation, a: &Article, b: &Article, rows: &mut Rows<'_>) -> Result<()> {
    for (number, group) in (1..).zip(&collation.groups) {
        for pair in &group.clauses {
            let mut cells: Vec<Cow<'_, str>> = vec![
                Cow::Borrowed(&a.id),
                Cow::Borrowed(&b.id),
                Cow::Owned(format!("{number}")),
                Cow::Borrowed(group.relation.name()),
                Cow::Borrowed(yes(group.moved)),
                Cow::Borrowed(pair.relation.name()),
                Cow::Borrowed(yes(pair.moved)),
            ];
            cells.extend(side(a, pair.a));
            cells.extend(side(b, pair.b));
            rows.row(&cells)?;
        }
    }
    Ok(())
}

/// A flag as spreadsheets and data frames read it.
pub(super) fn yes(flag: bool) -> &'static str {
    if flag { "true" } else { "false" }
}

/// Paragraph, start, end and text of one side; four empty cells where it has none.
fn side(article: &Article, at: Option<(u32, u32, u32)>) -> [Cow<'_, str>; 4] {
    let Some((paragraph, start, end)) = at else { return [const { Cow::Borrowed("") }; 4] };
    let words = Clause { paragraph, start, end }.words(article);
    let [paragraph, start, end] = [paragraph, start, end].map(|number| Cow::Owned(number.to_string()));
    [paragraph, start, end, Cow::Borrowed(words)]
}
