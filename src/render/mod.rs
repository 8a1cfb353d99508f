//! Edition → pages. The page list is cheap; each page is rendered on its own, in any order, on any thread.
//!
//! ```text
//! Page::Article(3) ──▶ a/speech-20240704.html
//!   paragraph 5 “志合者，不以山海为远。”   ──▶   <p id="p5">志合者，不以山海为远。</p> … <summary>×2</summary>
//! ```
//!
//! To add a page:
//! 1. write `page_x.rs` with `list(site, &mut pages)`, `path(…) -> String` and `render(site, …) -> Result<Rendered>`;
//!    its view is a struct of borrowed fields that derives `Serialize`, given to [`Site::fill`]; what stands on it by the
//!    hundred is a component of the template, drawn by `Site::draw` and given to the view as [`Markup`];
//! 2. write `templates/x.html`: `{% extends "base.html" %}` and `{% block main %}`;
//! 3. add a variant to [`Page`] and an arm to [`Page::path`], [`Site::pages`] and [`Site::page`];
//! 4. a place in the menu is a line of the menu in `frame`; a text of the interface is an entry of `templates/phrases.toml`.
//!
//! Texts are escaped by the templates; what must be markup is a [`Markup`], which only escaping builders can make.
//! Links are written below the site's root and prefixed with `page.root` in the template.

mod asset;
mod chart;
mod diff;
mod flow;
mod filter;
mod frame;
mod inline;
mod known;
mod link;
mod lookup;
mod made_from;
mod margin;
mod markup;
mod named;
mod paging;
mod passage;
mod phrase;
mod related;
mod reuse_map;
mod script;
mod shared_data;
mod squeeze;
mod stencil;
mod view;

mod page_about;
mod page_article;
mod page_compare;
mod page_data;
mod page_departed;
mod page_home;
mod page_lost;
mod page_missing;
mod page_search;
mod page_passages;
mod page_people;
mod page_quotes;
mod page_relations;
mod page_shared;
mod page_source;
mod page_synopsis;
mod page_term;
mod page_terms;
mod page_texts;
mod page_timeline;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::config::Ui;
use crate::export::{Exporter, Sheet};
use crate::model::{ArticleIx, Edition, OutFile, SeedIx};

use asset::Assets;
pub use frame::Head;
use known::Known;
pub use known::{Print, Rendered, Shown};
pub use link::href;
use lookup::Lookup;
pub use markup::Markup;
pub use named::NamedPage;
pub use page_shared::Order;
use page_synopsis::Synopsis;
use phrase::Phrases;

/// A page that can be rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    Home,
    About,
    /// How the corpus as a whole is cited, for machines.
    Cff,
    Search,
    Article(ArticleIx),
    /// By number of the page, from 0.
    Texts(usize),
    /// The seed, and the number of the page, from 0.
    Source(SeedIx, u32),
    /// By its index among the collations.
    Compare(usize),
    /// By its index among the synopses.
    Synopsis(usize),
    /// A page of the index of shared clauses, from 0.
    Shared(Order, usize),
    /// The places of shared clauses, by the number of the page.
    Clauses(usize),
    /// By its index among the addresses that have no article any more.
    Departed(usize),
    /// What a host shows for an address that never was.
    Lost,
    /// Quotations, names, terms, days.
    Named(NamedPage),
    /// A script of the shared clauses, from 0.
    SharedData(usize),
    /// What can be taken away.
    Data,
    /// A file to take away, by its index among them.
    Sheet(usize),
}

impl Page {
    /// Where the page stands below the site's root.
    #[must_use]
    pub fn path(self, site: &Site<'_>) -> String {
        match self {
            Self::Home => page_home::PATH.to_owned(),
            Self::About => page_about::PATH.to_owned(),
            Self::Cff => page_data::CFF.to_owned(),
            Self::Search => page_search::PATH.to_owned(),
            Self::Article(ix) => link::article(site.edition, ix),
            Self::Texts(number) => page_texts::path(number),
            Self::Source(ix, number) => link::source_page(site.edition, ix, number),
            Self::Compare(ix) => page_compare::path(site, ix),
            Self::Synopsis(ix) => page_synopsis::path(site, ix),
            Self::Shared(order, number) => page_shared::path(order, number),
            Self::Clauses(ix) => page_shared::bucket_path(site, ix),
            Self::Departed(ix) => page_departed::path(site, ix),
            Self::Lost => page_lost::PATH.to_owned(),
            Self::Named(page) => named::path(site, page),
            Self::SharedData(number) => shared_data::path(number),
            Self::Data => page_data::PATH.to_owned(),
            Self::Sheet(ix) => page_data::sheet_path(site, ix),
        }
    }
}

/// An edition and everything needed to render its pages: parsed templates, phrases, assets.
pub struct Site<'e> {
    pub edition: &'e Edition,
    /// What the site calls itself.
    pub title: String,
    lookup: Lookup,
    named: named::Named,
    synopses: Vec<Synopsis>,
    /// The synopsis that an article is part of.
    synopsis_of: BTreeMap<ArticleIx, usize>,
    texts: page_texts::Index,
    shared: page_shared::Index,
    phrases: Phrases,
    assets: Assets,
    exporter: Exporter<'e>,
    /// The files to take away.
    sheets: Vec<Sheet>,
    addresses: BTreeMap<String, String>,
    known: Known,
    tera: tera::Tera,
    stencils: stencil::Stencils,
}

impl std::fmt::Debug for Site<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Site").field("title", &self.title).finish_non_exhaustive()
    }
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
        let lookup = Lookup::new(edition);
        let synopses = page_synopsis::find(edition, &lookup);
        Ok(Self {
            edition,
            exporter: Exporter::new(edition, &title),
            sheets: edition.config.export.iter().flat_map(|format| format.sheets(edition)).collect(),
            title,
            synopsis_of: page_synopsis::of_articles(&synopses),
            synopses,
            texts: page_texts::Index::new(edition, &lookup),
            lookup,
            named: named::Named::new(edition),
            shared: page_shared::Index::new(edition),
            known: Known::default(),
            phrases,
            assets,
            addresses,
            tera,
            stencils: stencil::Stencils::default(),
        })
    }

    /// The same site, where pages that stand somewhere already are known by what they show.
    #[must_use]
    pub fn knowing(self, shown: Shown) -> Self {
        let Self { edition, title, phrases, addresses, assets, lookup, .. } = &self;
        let look = format!("{title} {:?} {phrases:?} {addresses:?} {:?}", edition.config, assets.look());
        Self { known: Known::new(&look, made_from::Digests::new(edition, lookup), shown), ..self }
    }

    /// Every page of the site, in a fixed order.
    #[must_use]
    pub fn pages(&self) -> Vec<Page> {
        let mut pages = vec![Page::Home, Page::About, Page::Cff, Page::Lost];
        page_search::list(&mut pages);
        page_article::list(self, &mut pages);
        page_departed::list(self, &mut pages);
        page_compare::list(self, &mut pages);
        page_synopsis::list(self, &mut pages);
        page_shared::list(self, &mut pages);
        shared_data::list(self, &mut pages);
        page_texts::list(self, &mut pages);
        page_source::list(self, &mut pages);
        named::list(self, &mut pages);
        page_data::list(self, &mut pages);
        pages
    }

    /// Renders one page, whatever was rendered before.
    pub fn page(&self, page: &Page) -> Result<OutFile> {
        match self.rendered(page)? {
            Rendered::Anew(file, _) => Ok(file),
            Rendered::AsBefore(path, _) => anyhow::bail!("{path} was not rendered, for it shows what it showed before"),
        }
    }

    /// Renders one page, unless it shows what it is [known](Self::knowing) to have shown before.
    pub fn rendered(&self, page: &Page) -> Result<Rendered> {
        let parts = self.known.digests().and_then(|digests| made_from::made_from(self, digests, *page));
        let Some(made_from) = parts.and_then(|parts| self.known.made_from(parts)) else {
            return self.looked_at(page);
        };
        let path = page.path(self);
        if self.known.page(&path) == Some(made_from) {
            return Ok(Rendered::AsBefore(path, made_from));
        }
        Ok(self.looked_at(page)?.from_what(made_from))
    }

    /// The same by what the page shows.
    fn looked_at(&self, page: &Page) -> Result<Rendered> {
        match *page {
            Page::Home => page_home::render(self),
            Page::About => page_about::render(self),
            Page::Cff => Ok(page_data::cff(self).into()),
            Page::Search => page_search::render(self),
            Page::Article(ix) => page_article::render(self, ix),
            Page::Texts(number) => page_texts::render(self, number),
            Page::Source(ix, number) => page_source::render(self, ix, number),
            Page::Compare(ix) => page_compare::render(self, ix),
            Page::Synopsis(ix) => page_synopsis::render(self, ix),
            Page::Shared(order, number) => page_shared::render(self, order, number),
            Page::Clauses(ix) => page_shared::render_bucket(self, ix),
            Page::Departed(ix) => page_departed::render(self, ix),
            Page::Lost => page_lost::render(self),
            Page::Named(page) => named::render(self, page),
            Page::SharedData(number) => shared_data::render(self, number).map(Rendered::from),
            Page::Data => page_data::render(self),
            Page::Sheet(ix) => page_data::sheet(self, ix).map(Rendered::from),
        }
        .with_context(|| format!("rendering {page:?}"))
    }

    /// The language of the interface.
    #[must_use]
    pub fn ui(&self) -> Ui {
        self.phrases.ui
    }

    /// The language of the interface, as pages are marked with it.
    fn lang(&self) -> &'static str {
        if self.phrases.ui == Ui::Zh { "zh-Hans" } else { "en" }
    }

    /// `lang`, where it is not that of the page.
    fn lang_beside(&self, lang: &'static str) -> &'static str {
        if lang == self.lang() { "" } else { lang }
    }

    /// The language of the page, where it is not `lang`.
    fn lang_of_page_beside(&self, lang: &'static str) -> &'static str {
        if lang == self.lang() { "" } else { self.lang() }
    }

    /// The synopsis that an article is part of.
    fn synopsis_of(&self, ix: ArticleIx) -> Option<usize> {
        self.synopsis_of.get(&ix).copied()
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

    /// Draws a component of the templates that stands on the pages again and again.
    fn draw(&self, component: &'static str, given: &[stencil::Given<'_>], out: &mut Markup) -> Result<()> {
        self.stencils.draw(&self.tera, component, given, out)
    }

    /// Fills `template` with `view`, as the page `head` describes, unless it shows what it is known to have shown before.
    pub fn fill<V: Serialize>(&self, head: &Head<'_>, template: &str, view: &V) -> Result<Rendered> {
        let frame = frame::Frame::new(self, head)?;
        let print = self.known.shows(template, &frame, view);
        if let Some(print) = print.filter(|&print| self.known.page(head.path) == Some(print)) {
            return Ok(Rendered::AsBefore(head.path.to_owned(), print));
        }
        Ok(Rendered::Anew(self.filled(head, template, &frame, view)?, print))
    }

    /// The same whatever it showed before, where it is told what the page is [made from](made_from::made_from).
    pub fn fill_anew<V: Serialize>(&self, head: &Head<'_>, template: &str, view: &V) -> Result<Rendered> {
        let frame = frame::Frame::new(self, head)?;
        Ok(self.filled(head, template, &frame, view)?.into())
    }

    fn filled<V: Serialize>(&self, head: &Head<'_>, template: &str, frame: &frame::Frame, view: &V) -> Result<OutFile> {
        let mut context = tera::Context::from_serialize(view)?;
        context.insert("page", frame);
        let mut bytes = Vec::with_capacity(48 << 10);
        self.tera.render_to(template, &context, &mut bytes).with_context(|| format!("template {template}"))?;
        Ok(OutFile { path: head.path.to_owned(), bytes })
    }
}
