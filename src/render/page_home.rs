//! The home page.

use anyhow::Result;
use serde::Serialize;

use crate::model::OutFile;

use super::{Head, Site};

pub const PATH: &str = "index.html";

#[derive(Serialize)]
struct View {
    articles: usize,
}

pub fn render(site: &Site<'_>) -> Result<OutFile> {
    let head = Head { path: PATH, menu: PATH, ..Head::default() };
    site.fill(&head, "home.html", &View { articles: site.edition.articles.len() })
}
