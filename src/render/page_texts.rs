//! The list of texts, by seed, a few hundred to the page.
//!
//! ```text
//! 000.txt    讲 携手构建更加美好的…家园    摘 …宣言（摘要）        001.txt    宣 …宣言
//! ```

use anyhow::Result;
use serde::Serialize;

use crate::model::Edition;

use super::lookup::Lookup;
use super::view::{self, ArticleRef};
use super::{Head, Page, Rendered, Site, link};

pub const PATH: &str = "texts/index.html";
/// How many texts stand on a page, at least: a seed is not divided.
const A_PAGE: usize = 300;

/// A seed and its texts.
#[derive(Serialize)]
pub struct Group<'e> {
    seed: &'e str,
    href: String,
    texts: Vec<Text<'e>>,
}

#[derive(Serialize)]
struct Text<'e> {
    article: ArticleRef<'e>,
    characters: usize,
    /// Other texts that share words with it.
    related: usize,
}

#[derive(Serialize)]
struct View<'e> {
    total: usize,
    groups: Vec<Group<'e>>,
    pages: Vec<Turn>,
}

#[derive(Serialize)]
struct Turn {
    number: usize,
    path: String,
    here: bool,
    gap: bool,
}

/// The seeds `from..to` with their texts.
pub fn groups<'e>(site: &Site<'e>, from: usize, to: usize) -> Result<Vec<Group<'e>>> {
    let seeds = site.edition.sources.iter().enumerate().take(to).skip(from);
    let group = |(ix, source): (usize, &'e crate::model::Source)| -> Result<Group<'e>> {
        let texts = site.lookup.articles(site.edition, ix).map(|article| {
            Ok(Text {
                article: view::article(site, article.ix)?,
                characters: site.lookup.characters(article.ix),
                related: site.lookup.collations(site.edition, article.ix).count(),
            })
        });
        let href = link::href(&link::source(site.edition, ix));
        Ok(Group { seed: &source.path, href, texts: texts.collect::<Result<_>>()? })
    };
    seeds.map(group).collect()
}

/// The first seed of each page.
#[derive(Debug)]
pub struct Index {
    starts: Vec<usize>,
}

impl Index {
    pub fn new(edition: &Edition, lookup: &Lookup) -> Self {
        let mut starts = vec![0];
        let mut count = 0;
        for ix in 0..edition.sources.len() {
            if count >= A_PAGE {
                starts.push(ix);
                count = 0;
            }
            count += lookup.articles(edition, ix).count();
        }
        Self { starts }
    }
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    pages.extend((0..site.texts.starts.len()).map(Page::Texts));
}

pub fn path(number: usize) -> String {
    if number == 0 { PATH.to_owned() } else { format!("texts/{}.html", number + 1) }
}

pub fn render(site: &Site<'_>, number: usize) -> Result<Rendered> {
    let starts = &site.texts.starts;
    let from = starts.get(number).copied().unwrap_or_default();
    let to = starts.get(number + 1).copied().unwrap_or(site.edition.sources.len());
    let path = path(number);
    let title = site.phrase("texts-title", &[])?;
    let head = Head { path: &path, menu: PATH, title: &title, ..Head::default() };
    let turn = |n| Turn { number: n + 1, path: self::path(n), here: n == number, gap: false };
    let pages = if starts.len() > 1 { (0..starts.len()).map(turn).collect() } else { Vec::new() };
    let view = View { total: site.edition.articles.len(), groups: groups(site, from, to)?, pages };
    site.fill(&head, "texts.html", &view)
}
