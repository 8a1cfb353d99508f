//! What can be taken away: `data.html`, the files that it lists, and the links to them on other pages.
//!
//! ```text
//! [export]
//! formats = ["tei"]    ──▶   data.html   TEI   corpus.xml, and a file for each text
//!                            a/ID.html   取走  TEI
//! ```

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::cite;
use crate::export::{Format, Sheet};
use crate::model::{ArticleIx, OutFile};

use super::{Head, Page, Rendered, Site};

pub const PATH: &str = "data.html";
pub const CFF: &str = "CITATION.cff";
const FOLDER: &str = "data/";

#[derive(Serialize)]
struct View {
    formats: Vec<Entry>,
    texts: usize,
    collations: usize,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    files: Vec<File>,
    of_texts: bool,
    of_collations: bool,
}

/// A link to a file.
#[derive(Debug, Serialize)]
pub struct File {
    path: String,
    name: String,
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    if !site.sheets.is_empty() {
        pages.push(Page::Data);
        pages.extend((0..site.sheets.len()).map(Page::Sheet));
    }
}

pub fn sheet_path(site: &Site<'_>, ix: usize) -> String {
    let path = site.sheets.get(ix).map_or_else(|| "none".to_owned(), |sheet| sheet.path(site.edition));
    format!("{FOLDER}{path}")
}

pub fn sheet(site: &Site<'_>, ix: usize) -> Result<OutFile> {
    let sheet = site.sheets.get(ix).context("no such file")?;
    Ok(OutFile { path: sheet_path(site, ix), bytes: site.exporter.bytes(*sheet)? })
}

pub fn cff(site: &Site<'_>) -> OutFile {
    OutFile { path: CFF.to_owned(), bytes: cite::cff(site.edition, &site.title).into_bytes() }
}

pub fn render(site: &Site<'_>) -> Result<Rendered> {
    let title = site.phrase("menu-data", &[])?;
    let head = Head { path: PATH, menu: PATH, title: &title, ..Head::default() };
    let reuse = &site.edition.reuse;
    let entry = |format: &Format| Entry {
        name: format.name(),
        files: format.of_corpus().into_iter().map(|sheet| file(site, sheet)).collect(),
        of_texts: format.of_article(0).is_some(),
        of_collations: !format.of_collation(0).is_empty(),
    };
    let view = View {
        formats: site.edition.config.export.iter().map(entry).collect(),
        texts: site.edition.articles.len(),
        collations: reuse.collations.len(),
    };
    site.fill(&head, "data.html", &view)
}

fn file(site: &Site<'_>, sheet: Sheet) -> File {
    let path = sheet.path(site.edition);
    let name = path.rsplit('/').next().unwrap_or_default().to_owned();
    File { path: format!("{FOLDER}{path}"), name }
}

/// The same by the kind of the file, where all have the name of the text or pair.
fn by_ending(site: &Site<'_>, sheet: Sheet, stem: &str) -> File {
    let File { path, name } = file(site, sheet);
    let name = name.strip_prefix(stem).map_or(name.clone(), |ending| ending.trim_start_matches('.').to_uppercase());
    File { path, name }
}

/// The files about an article.
pub fn of_article(site: &Site<'_>, ix: ArticleIx) -> Vec<File> {
    let id = site.edition.id(ix);
    let sheets = site.edition.config.export.iter().filter_map(|format| format.of_article(ix));
    sheets.map(|sheet| by_ending(site, sheet, id)).collect()
}

/// The files about a collation.
pub fn of_collation(site: &Site<'_>, ix: usize) -> Vec<File> {
    let stem = site.edition.reuse.collations.get(ix).map_or_else(String::new, |c| site.edition.pair(c.a, c.b));
    let sheets = site.edition.config.export.iter().flat_map(|format| format.of_collation(ix));
    sheets.map(|sheet| by_ending(site, sheet, &stem)).collect()
}

/// The files of the index of shared clauses.
pub fn of_shared(site: &Site<'_>) -> Vec<File> {
    let wanted = site.edition.config.export.contains(&Format::Shared);
    let sheets = if wanted { Format::Shared.of_corpus() } else { Vec::new() };
    sheets.into_iter().map(|sheet| by_ending(site, sheet, "clauses")).collect()
}
