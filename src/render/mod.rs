//! Edition → pages. The page list is cheap; each page is rendered on its own.

use crate::model::{ArticleIx, Edition, OutFile, SeedIx};

/// A page that can be rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    Home,
    Article(ArticleIx),
    Source(SeedIx),
    About,
}

/// Every page of the site, in a fixed order.
#[must_use]
pub fn pages(edition: &Edition) -> Vec<Page> {
    let mut pages = vec![Page::Home, Page::About];
    pages.extend((0..edition.articles.len()).map(Page::Article));
    pages.extend((0..edition.sources.len()).map(Page::Source));
    pages
}

/// Renders one page.
#[must_use]
pub fn page(_edition: &Edition, _page: &Page) -> OutFile {
    OutFile { path: "index.html".to_owned(), bytes: Vec::new() }
}
