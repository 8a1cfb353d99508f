//! The corpus as a graph of what each text is to others: texts in a column, relations as arcs.
//!
//! ```text
//! 宣言      ─┐abstract
//! 摘要      ─┤┐reprint
//! 摘要（二） ─┘┘
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use serde::Serialize;

use crate::model::{ArticleIx, DocumentRelation, Edition, Link};

use super::markup::escape_into;
use super::page_quotes::{Tab, tabs};
use super::paging::{self, Turn};
use super::view::{self, ArticleRef};
use super::{Head, Markup, Rendered, Site, filter, link};

pub const PATH: &str = "relations.html";
/// A page is full when it holds this many relations; texts that hang together are never divided, but for the largest.
const A_PAGE: usize = 60;
const OF_A_GROUP: usize = 120;

/// Texts that hang together, with their relations.
#[derive(Debug)]
struct Component {
    texts: Vec<ArticleIx>,
    links: Vec<usize>,
}

#[derive(Debug)]
pub struct Index {
    components: Vec<Component>,
    pages: Vec<std::ops::Range<usize>>,
}

impl Index {
    pub fn new(edition: &Edition) -> Self {
        let mut root: Vec<ArticleIx> = (0..edition.articles.len()).collect();
        for link in &edition.reuse.links {
            let (a, b) = (find(&root, link.from), find(&root, link.to));
            if let Some(slot) = root.get_mut(a.max(b)) {
                *slot = a.min(b);
            }
        }
        let mut by_root = BTreeMap::<ArticleIx, Vec<usize>>::new();
        for (ix, link) in edition.reuse.links.iter().enumerate() {
            by_root.entry(find(&root, link.from)).or_default().push(ix);
        }
        let mut components: Vec<Component> = by_root.into_values().flat_map(|links| divided(edition, &links)).collect();
        components.sort_by_key(|c| (std::cmp::Reverse(c.links.len()), c.texts.clone()));
        let (mut pages, mut from, mut held) = (Vec::new(), 0, 0);
        for (at, component) in components.iter().enumerate() {
            held += component.links.len();
            if held >= A_PAGE || at + 1 == components.len() {
                pages.push(from..at + 1);
                (from, held) = (at + 1, 0);
            }
        }
        if pages.is_empty() {
            pages.push(0..0);
        }
        Self { components, pages }
    }

    pub fn count(&self) -> usize {
        self.pages.len()
    }
}

fn find(root: &[ArticleIx], of: ArticleIx) -> ArticleIx {
    let mut at = of;
    while let Some(&up) = root.get(at).filter(|&&up| up != at) {
        at = up;
    }
    at
}

/// The relations of one group of texts, in pieces that one picture can hold.
fn divided(edition: &Edition, links: &[usize]) -> Vec<Component> {
    let piece = |links: &[usize]| {
        let held = links.iter().filter_map(|&ix| edition.reuse.links.get(ix));
        let mut texts: Vec<ArticleIx> = held.flat_map(|l| [l.to, l.from]).collect();
        let date = |ix: ArticleIx| edition.articles.get(ix).and_then(|a| a.date.as_ref()).map(|d| d.value);
        texts.sort_by_key(|&ix| (date(ix), ix));
        texts.dedup();
        Component { texts, links: links.to_vec() }
    };
    links.chunks(OF_A_GROUP).map(piece).collect()
}

pub fn path(number: usize) -> String {
    paging::named("relations", number)
}

#[derive(Serialize)]
struct View<'e> {
    tabs: Vec<Tab>,
    legend: Vec<&'static str>,
    groups: Vec<Group<'e>>,
    pages: Vec<Turn>,
}

#[derive(Serialize)]
struct Group<'e> {
    picture: Markup,
    rows: Vec<Row<'e>>,
}

#[derive(Serialize)]
struct Row<'e> {
    relation: &'static str,
    from: ArticleRef<'e>,
    to: ArticleRef<'e>,
    share: String,
    compare: Option<String>,
}

pub fn render(site: &Site<'_>, number: usize) -> Result<Rendered> {
    let index = &site.named.relations;
    let path = path(number);
    let title = site.phrase("relations-title", &[])?;
    let head = Head { path: &path, menu: super::page_quotes::PATH, title: &title, ..Head::default() };
    let shown = index.pages.get(number).cloned().unwrap_or_default();
    let components = index.components.get(shown).unwrap_or_default();
    let used = |r: &DocumentRelation| site.edition.reuse.links.iter().any(|l| l.relation.value == *r);
    let view = View {
        tabs: tabs(site, PATH)?,
        legend: DocumentRelation::ALL.into_iter().filter(used).map(DocumentRelation::name).collect(),
        groups: components.iter().map(|c| group(site, c)).collect::<Result<_>>()?,
        pages: paging::turns(number, index.count(), self::path),
    };
    site.fill(&head, "relations.html", &view)
}

fn group<'e>(site: &Site<'e>, component: &Component) -> Result<Group<'e>> {
    let links: Vec<&'e Link> = component.links.iter().filter_map(|&ix| site.edition.reuse.links.get(ix)).collect();
    let compare = |l: &Link| {
        let collation = site.lookup.collation(site.edition, l.from, l.to);
        collation.map(|c| link::compare(site.edition, c.a, c.b))
    };
    let row = |l: &&Link| {
        Ok(Row {
            relation: l.relation.value.name(),
            from: view::article(site, l.from)?,
            to: view::article(site, l.to)?,
            share: filter::percent(l.coverage_from),
            compare: compare(l),
        })
    };
    let hrefs: Vec<Option<String>> = links.iter().map(|l| compare(l)).collect();
    Ok(Group { picture: arcs(site, component, &links, &hrefs)?, rows: links.iter().map(row).collect::<Result<_>>()? })
}

/// Side of a row, how far an arc bows for each row it passes, and how many characters of a title are written.
const ROW: usize = 30;
const BOW: usize = 20;
const NAME: usize = 30;

/// Texts in a column by date; arcs to the left, wider the farther they reach, dashed by relation.
fn arcs(site: &Site<'_>, component: &Component, links: &[&Link], hrefs: &[Option<String>]) -> Result<Markup> {
    let at = |ix: ArticleIx| component.texts.iter().position(|&t| t == ix).unwrap_or(0);
    let reach = links.iter().map(|l| at(l.from).abs_diff(at(l.to))).max().unwrap_or(1).min(12);
    let spine = 24 + reach * BOW;
    let (width, height) = (spine + 30 + NAME * 15, component.texts.len() * ROW);
    let label = site.phrase("relations-label", &[("n", &component.texts.len().to_string())])?;
    let mut svg = format!(
        "<svg class=\"arcs\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" aria-label=\""
    );
    escape_into(&label, &mut svg);
    svg.push_str("\">");
    for (i, &ix) in component.texts.iter().enumerate() {
        name(site, &mut svg, ix, spine, i * ROW + ROW / 2)?;
    }
    for (l, href) in links.iter().zip(hrefs) {
        let (from, to) = (at(l.from), at(l.to));
        let bow = spine.saturating_sub(12 + from.abs_diff(to).min(12) * BOW * 4 / 3);
        let (from, to) = (from * ROW + ROW / 2, to * ROW + ROW / 2);
        if let Some(href) = href {
            let _ = write!(svg, "<a href=\"{}\">", link::href(href));
        }
        let relation = l.relation.value.name();
        let _ = write!(
            svg,
            "<path class=\"arc {relation}\" d=\"M{spine} {from}C{bow} {from} {bow} {to} {} {to}\"><title>",
            spine - 8
        );
        escape_into(&site.phrase(&format!("document-{relation}"), &[])?, &mut svg);
        let _ = write!(svg, "</title></path><path class=\"tip\" d=\"M{} {to}l-7 -4v8z\"/>", spine - 4);
        if href.is_some() {
            svg.push_str("</a>");
        }
    }
    svg.push_str("</svg>");
    Ok(Markup::trusted(svg))
}

/// The sign and the title of a text, right of the spine.
fn name(site: &Site<'_>, svg: &mut String, ix: ArticleIx, spine: usize, y: usize) -> Result<()> {
    let article = view::article(site, ix)?;
    let _ = write!(
        svg,
        "<circle cx=\"{spine}\" cy=\"{y}\" r=\"3\"/><a href=\"{}\"><text class=\"k-{}\" x=\"{}\" y=\"{}\"><tspan class=\"sign\">",
        link::href(&article.path),
        article.kind,
        spine + 14,
        y + 5
    );
    escape_into(&site.phrase(&format!("kind-sign-{}", article.kind), &[])?, svg);
    svg.push_str("</tspan> ");
    let title: String = article.title.chars().take(NAME).collect();
    escape_into(&title, svg);
    svg.push_str(if article.title.chars().count() > NAME { "…</text></a>" } else { "</text></a>" });
    Ok(())
}
