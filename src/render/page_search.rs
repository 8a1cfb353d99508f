//! The search page: an empty frame that the scripts fill, and links to the indexes for those who run none.
//!
//! ```text
//! search.html?q=上海精神&view=kwic   ──▶   … 弘扬 | “上海精神” | ，坚持互信 …
//! ```

use anyhow::Result;
use serde::Serialize;

use crate::model::Kind;

use super::{Head, Page, Rendered, Site, frame};

pub const PATH: &str = "search.html";

/// The scripts of the page, in the order in which they run. The last loads those of the other views when they are looked at.
const SCRIPTS: &[&str] = &["search-fold.js", "search-index.js", "search-query.js", "search.js"];

/// What the scripts say, as they call it. The phrase is `search-` and the same name.
const SAYS: &[&str] = &[
    "hint",
    "busy",
    "failed",
    "old",
    "none",
    "near",
    "count",
    "count-texts",
    "places",
    "more",
    "reading",
    "sort",
    "sort0",
    "sortnew",
    "sortold",
    "by-kind",
    "by-date",
    "by-source",
    "from",
    "to",
    "kwic",
    "by",
    "by0",
    "byl1",
    "byl2",
    "byl3",
    "byr1",
    "byr2",
    "byr3",
    "group",
    "group0",
    "grouptext",
    "groupkind",
    "groupdate",
    "csv",
    "tsv",
    "dispersion",
    "text",
    "hits",
    "rate",
    "where",
    "left",
    "word",
    "right",
    "kind-of",
    "day",
    "source",
    "paragraph",
    "address",
    "verbatim",
    "folded",
    "altered",
    "unknown",
    "kept",
    "legend",
];

#[derive(Serialize)]
struct View {
    says: Vec<Say>,
    kinds: Vec<&'static str>,
    indexes: Vec<Index>,
}

#[derive(Serialize)]
struct Say {
    key: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Index {
    path: &'static str,
    text: String,
}

pub fn list(pages: &mut Vec<Page>) {
    pages.push(Page::Search);
}

pub fn render(site: &Site<'_>) -> Result<Rendered> {
    let title = site.phrase("menu-search", &[])?;
    let head = Head { path: PATH, menu: PATH, title: &title, scripts: SCRIPTS, ..Head::default() };
    let say = |&key: &&'static str| Ok(Say { key, text: site.phrase(&format!("search-{key}"), &[])? });
    let index = |&(key, path): &(&str, &'static str)| Ok(Index { path, text: site.phrase(key, &[])? });
    let view = View {
        says: SAYS.iter().map(say).collect::<Result<_>>()?,
        kinds: Kind::ALL.iter().map(|kind| kind.name()).collect(),
        indexes: frame::menu(site).filter(|(_, path)| *path != PATH).map(index).collect::<Result<_>>()?,
    };
    site.fill(&head, "search.html", &view)
}
