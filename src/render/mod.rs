//! Edition → pages. The page list is cheap; each page is rendered on its own, in any order, on any thread.
//!
//! ```text
//! Page::Article(3) ──▶ a/speech-20240704.html
//!   paragraph 5 “志合者，不以山海为远。”   ──▶   <p id="p5">志合者，不以山海为远。</p> … <summary>×2</summary>
//! ```
//!
//! To add a page:
//! 1. write `page_x.rs` with `list(site, &mut pages)`, `path(…) -> String` and `render(site, …) -> Result<OutFile>`;
//!    its view is a struct of borrowed fields that derives `Serialize`, given to [`Site::fill`];
//! 2. write `templates/x.html`: `{% extends "base.html" %}` and `{% block main %}`;
//! 3. add a variant to [`Page`] and an arm to [`Page::path`], [`Site::pages`] and [`Site::page`];
//! 4. a place in the menu is a line of [`frame::MENU`]; a text of the interface is an entry of `templates/phrases.toml`.
//!
//! Texts are escaped by the templates; what must be markup is a [`Markup`], which only escaping builders can make.
//! Links are written below the site's root and prefixed with `page.root` in the template.

mod asset;
mod filter;
mod frame;
mod link;
mod markup;
mod phrase;

mod page_about;
mod page_home;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::model::{ArticleIx, Edition, OutFile, SeedIx};

use asset::Assets;
pub use frame::Head;
pub use link::href;
pub use markup::Markup;
use phrase::Phrases;

/// A page that can be rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    Home,
    About,
    Article(ArticleIx),
    Source(SeedIx),
}

impl Page {
    /// Where the page stands below the site's root.
    #[must_use]
    pub fn path(self, site: &Site<'_>) -> String {
        match self {
            Self::Home => page_home::PATH.to_owned(),
            Self::About => page_about::PATH.to_owned(),
            Self::Article(ix) => link::article(site.edition, ix),
            Self::Source(ix) => link::source(site.edition, ix),
        }
    }
}

/// An edition and everything needed to render its pages: parsed templates, phrases, assets.
pub struct Site<'e> {
    pub edition: &'e Edition,
    /// What the site calls itself.
    pub title: String,
    phrases: Phrases,
    assets: Assets,
    addresses: BTreeMap<String, String>,
    tera: tera::Tera,
}

impl<'e> Site<'e> {
    /// Parses the templates once. Files in `templates/` and `static/` of the `project` folder overrule the built-in ones.
    pub fn new(edition: &'e Edition, project: Option<&Path>) -> Result<Self> {
        let assets = Assets::load(project)?;
        let phrases = Phrases::parse(assets.phrases()?, edition.config.ui)?;
        let addresses = assets.addresses();
        let tera = frame::templates(&assets, &phrases, &addresses)?;
        let title = match &edition.config.title {
            Some(title) => title.clone(),
            None => phrases.say("site-title", &[])?,
        };
        Ok(Self { edition, title, phrases, assets, addresses, tera })
    }

    /// Every page of the site, in a fixed order.
    #[must_use]
    pub fn pages(&self) -> Vec<Page> {
        let mut pages = vec![Page::Home, Page::About];
        pages.extend((0..self.edition.articles.len()).map(Page::Article));
        pages.extend((0..self.edition.sources.len()).map(Page::Source));
        pages
    }

    /// Renders one page.
    pub fn page(&self, page: &Page) -> Result<OutFile> {
        match *page {
            Page::Home => page_home::render(self),
            Page::About => page_about::render(self),
            Page::Article(_) | Page::Source(_) => page_about::render(self),
        }
        .with_context(|| format!("rendering {page:?}"))
    }

    /// The style sheet, the scripts and whatever the project adds to `static/`.
    #[must_use]
    pub fn assets(&self) -> Vec<OutFile> {
        self.assets.published()
    }

    /// The phrase `key` of the interface, with `{name}` replaced by its value.
    pub fn phrase(&self, key: &str, values: &[(&str, &str)]) -> Result<String> {
        self.phrases.say(key, values)
    }

    /// Fills `template` with `view`, as the page `head` describes.
    pub fn fill<V: Serialize>(&self, head: &Head<'_>, template: &str, view: &V) -> Result<OutFile> {
        let mut context = tera::Context::from_serialize(view)?;
        context.insert("page", &frame::Frame::new(self, head));
        let mut bytes = Vec::with_capacity(16 << 10);
        self.tera.render_to(template, &context, &mut bytes).with_context(|| format!("template {template}"))?;
        Ok(OutFile { path: head.path.to_owned(), bytes })
    }
}
