//! The page at an address that has no article any more: it leads on to where the words stand, or says that they are gone.
//!
//! ```text
//! a/旧.html#p3 was cited; its text was joined to a/新.html
//!   ─▶ 已移至《新》 …  p3 → a/新.html#p9      (without scripts the reader is led to a/新.html and finds the list)
//! ```

use anyhow::Result;
use serde::Serialize;

use crate::model::Alias;

use super::view::{self, ArticleRef};
use super::{Head, Page, Rendered, Site, link};

#[derive(Serialize)]
struct View<'e> {
    title: &'e str,
    seed: &'e str,
    to: Option<ArticleRef<'e>>,
    anchors: Vec<Moved<'e>>,
}

/// An anchor that was cited, and where it leads.
#[derive(Serialize)]
pub struct Moved<'e> {
    anchor: &'e str,
    /// Below the root; empty where nothing is left to lead to.
    href: String,
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    pages.extend((0..site.edition.addresses.departed.len()).map(Page::Departed));
}

pub fn path(site: &Site<'_>, ix: usize) -> String {
    format!("a/{}.html", site.edition.addresses.departed.get(ix).map_or("none", |gone| gone.id.as_str()))
}

pub fn render(site: &Site<'_>, ix: usize) -> Result<Rendered> {
    let Some(gone) = site.edition.addresses.departed.get(ix) else {
        anyhow::bail!("no departed address {ix}");
    };
    let path = path(site, ix);
    let head = Head { path: &path, title: &gone.title, scripts: &["departed.js"], ..Head::default() };
    let view = View {
        title: &gone.title,
        seed: &gone.seed,
        to: gone.to.map(|ix| view::article(site, ix)).transpose()?,
        anchors: gone.anchors.iter().map(|alias| moved(site, alias)).collect(),
    };
    site.fill(&head, "departed.html", &view)
}

/// An anchor as a link.
pub fn moved<'e>(site: &Site<'e>, alias: &'e Alias) -> Moved<'e> {
    let href = alias.to.as_ref().map_or(String::new(), |to| {
        let anchor = to.anchor.as_ref().map_or(String::new(), |anchor| format!("#{anchor}"));
        format!("{}{anchor}", link::href(&link::article(site.edition, to.article)))
    });
    Moved { anchor: &alias.anchor, href }
}
