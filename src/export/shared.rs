//! The index of shared clauses → a table with a row for each place, or JSON with a line for each clause.
//!
//! ```text
//! key               clause              spread  article        paragraph  printed
//! 3f9a1c20d4e5b6a7  志合者，不以山海为远  2       speech-…       5          志合者，
//! ```

use std::borrow::Cow;
use std::io::Write;

use anyhow::{Context as _, Result};

use crate::model::Edition;

use super::collation::yes;
use super::json;
use super::table::{Rows, Table};

const HEADS: [&str; 13] = [
    "key",
    "clause",
    "spread",
    "boilerplate",
    "article",
    "kind",
    "title",
    "date",
    "paragraph",
    "anchor",
    "start",
    "end",
    "printed",
];

pub(super) fn table(edition: &Edition, table: Table, out: &mut dyn Write) -> Result<()> {
    let mut rows = Rows::new(table, &HEADS, out)?;
    for clause in &edition.reuse.shared {
        for place in &clause.places {
            let Some(article) = edition.articles.get(place.article) else { continue };
            let anchor = article.paragraph(place.paragraph).map_or("", |paragraph| paragraph.anchor.as_str());
            let date = article.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
            rows.row(&[
                Cow::Borrowed(&clause.key),
                Cow::Borrowed(&clause.text),
                Cow::Owned(clause.spread.to_string()),
                Cow::Borrowed(yes(clause.boilerplate)),
                Cow::Borrowed(&article.id),
                Cow::Borrowed(article.kind.value.name()),
                Cow::Borrowed(&article.title.value.text),
                Cow::Owned(date),
                Cow::Owned(place.paragraph.to_string()),
                Cow::Borrowed(anchor),
                Cow::Owned(place.start.to_string()),
                Cow::Owned(place.end.to_string()),
                Cow::Borrowed(place.words(&edition.articles)),
            ])?;
        }
    }
    rows.finish()
}

/// A line for each clause, as the JSON export writes it.
pub(super) fn lines(edition: &Edition, out: &mut dyn Write) -> Result<()> {
    for clause in &edition.reuse.shared {
        serde_json::to_writer(&mut *out, &json::shared(edition, clause)).context("writing JSON")?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
