//! `404.html`: what a static host shows for an address that never was.
//!
//! ```text
//! https://example.org/duikan/a/无.html   ─▶   无此页    首页    (links from the site's own address, whatever was asked for)
//! ```

use anyhow::Result;
use serde::Serialize;

use super::{Head, Rendered, Site};

pub const PATH: &str = "404.html";

#[derive(Serialize)]
struct View {}

pub fn render(site: &Site<'_>) -> Result<Rendered> {
    let title = site.phrase("lost", &[])?;
    // It is shown under any path, so only the full address leads anywhere.
    let head = Head { path: PATH, title: &title, root: site.edition.config.url.as_deref(), ..Head::default() };
    site.fill(&head, "lost.html", &View {})
}
