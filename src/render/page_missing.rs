//! Documents that are mentioned and are not in this corpus.
//!
//! ```text
//! 《联合国宪章》   ×6    宣言 ¶38 ¶69  摘要 ¶17  倡议 ¶2 ¶9 …
//! ```

use anyhow::Result;
use serde::Serialize;

use crate::mention::{Missing, missing};
use crate::model::Edition;

use super::page_quotes::{Tab, tabs};
use super::paging::{self, Turn};
use super::view::{self, ArticleRef};
use super::{Head, Rendered, Site, link};

pub const PATH: &str = "quotes/missing.html";
const A_PAGE: usize = 200;
/// Mentions of one document that are linked.
const MENTIONS: usize = 24;

#[derive(Debug)]
pub struct Index {
    missing: Vec<Missing>,
}

impl Index {
    pub fn new(edition: &Edition) -> Self {
        Self { missing: missing(&edition.articles, &edition.mentions) }
    }

    pub fn count(&self) -> usize {
        paging::pages(self.missing.len(), A_PAGE)
    }
}

pub fn path(number: usize) -> String {
    paging::named("quotes/missing", number)
}

#[derive(Serialize)]
struct View<'e> {
    tabs: Vec<Tab>,
    all: usize,
    rows: Vec<Row<'e>>,
    pages: Vec<Turn>,
}

#[derive(Serialize)]
struct Row<'e> {
    name: &'e str,
    count: usize,
    texts: Vec<InText<'e>>,
    more: usize,
}

#[derive(Serialize)]
struct InText<'e> {
    article: ArticleRef<'e>,
    places: Vec<At>,
}

#[derive(Serialize)]
struct At {
    href: String,
    n: u32,
}

pub fn render(site: &Site<'_>, number: usize) -> Result<Rendered> {
    let path = path(number);
    let title = site.phrase("quotes-missing", &[])?;
    let head = Head { path: &path, menu: super::page_quotes::PATH, title: &title, ..Head::default() };
    let all = &site.named.missing.missing;
    let view = View {
        tabs: tabs(site, PATH)?,
        all: all.len(),
        rows: all.iter().skip(number * A_PAGE).take(A_PAGE).map(|m| row(site, m)).collect::<Result<_>>()?,
        pages: paging::turns(number, site.named.missing.count(), self::path),
    };
    site.fill(&head, "missing.html", &view)
}

fn row<'e>(site: &Site<'e>, missing: &Missing) -> Result<Row<'e>> {
    let mentions = || missing.mentions.iter().filter_map(|&ix| site.edition.mentions.get(ix));
    let mut texts: Vec<InText<'e>> = Vec::new();
    let mut last = None;
    for mention in mentions().take(MENTIONS) {
        if last != Some(mention.place.article) {
            texts.push(InText { article: view::article(site, mention.place.article)?, places: Vec::new() });
            last = Some(mention.place.article);
        }
        if let Some(text) = texts.last_mut() {
            text.places.push(At { href: link::place(site.edition, mention.place), n: mention.place.paragraph });
        }
    }
    let more = missing.mentions.len().saturating_sub(MENTIONS);
    Ok(Row { name: mentions().next().map_or("", |m| m.name.as_str()), count: missing.mentions.len(), texts, more })
}
