//! The page about the corpus: the editor's `about.md`, or what can be said without one.

use anyhow::Result;
use serde::Serialize;

use crate::model::OutFile;

use super::{Head, Markup, Site};

pub const PATH: &str = "about.html";

#[derive(Serialize)]
struct View {
    note: Option<Markup>,
}

pub fn render(site: &Site<'_>) -> Result<OutFile> {
    let title = site.phrase("menu-about", &[])?;
    let head = Head { path: PATH, menu: PATH, title: &title, ..Head::default() };
    let note = site.edition.about_note.as_deref().map(|note| Markup::trusted(crate::markdown::html(note)));
    site.fill(&head, "about.html", &View { note })
}
