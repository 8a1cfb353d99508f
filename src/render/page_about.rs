//! The page about the corpus: the editor's `about.md`, or what can be said without one.

use anyhow::Result;
use serde::Serialize;

use crate::model::Relation;

use super::page_article::DOUBT;
use super::{Head, Markup, Rendered, Site};

pub const PATH: &str = "about.html";

#[derive(Serialize)]
struct View<'e> {
    note: Option<Markup>,
    texts: usize,
    seeds: usize,
    characters: usize,
    doubts: usize,
    relations: Vec<&'static str>,
    licence: Option<&'e str>,
    rights: Option<&'e str>,
}

pub fn render(site: &Site<'_>) -> Result<Rendered> {
    let title = site.phrase("menu-about", &[])?;
    let head = Head { path: PATH, menu: PATH, title: &title, ..Head::default() };
    let note = site.edition.about_note.as_deref().map(|note| Markup::trusted(crate::markdown::html(note)));
    let articles = &site.edition.articles;
    let ledger = articles.iter().flat_map(|a| &a.paragraphs).flat_map(|p| &p.ledger);
    let view = View {
        note,
        texts: articles.len(),
        seeds: site.edition.sources.len(),
        characters: site.lookup.all_characters(),
        doubts: ledger.filter(|repair| repair.confidence < DOUBT).count(),
        relations: Relation::ALL.iter().map(|relation| relation.name()).collect(),
        licence: site.edition.config.licence.as_deref(),
        rights: site.edition.config.rights.as_deref(),
    };
    site.fill(&head, "about.html", &view)
}
