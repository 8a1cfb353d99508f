//! More than two witnesses of one text, side by side: a row per paragraph of the fullest, a column per witness.
//!
//! ```text
//! 宣言            ‖ 摘要（甲报）      ‖ 摘要（乙报）
//! 2 尊重各国人民…  ‖ ⊃ 尊重各国…       ‖ ＝ 尊重各国人民…
//! ```

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::model::{Article, ArticleIx, Collation, DocumentRelation, Edition, Group};

use super::diff::{self, Side};
use super::lookup::Lookup;
use super::view::{self, ArticleRef};
use super::{Head, Markup, Page, Rendered, Site, filter, link};

/// How many witnesses stand beside the fullest at most.
const COLUMNS: usize = 6;

/// The witnesses of one text: the fullest, and those that are collated with it.
#[derive(Clone, Debug)]
pub struct Synopsis {
    pub base: ArticleIx,
    pub others: Vec<ArticleIx>,
}

#[derive(Serialize)]
struct View<'e> {
    base: ArticleRef<'e>,
    witnesses: Vec<Witness<'e>>,
    rows: Vec<Row<'e>>,
}

#[derive(Serialize)]
struct Witness<'e> {
    article: ArticleRef<'e>,
    kept: String,
    compare: String,
}

#[derive(Serialize)]
struct Row<'e> {
    base: Vec<Para<'e>>,
    cells: Vec<Cell<'e>>,
}

#[derive(Default, Serialize)]
struct Cell<'e> {
    relation: Option<&'static str>,
    moved: bool,
    paras: Vec<Para<'e>>,
}

#[derive(Serialize)]
struct Para<'e> {
    anchor: &'e str,
    n: u32,
    text: Markup,
}

/// Texts with more than two witnesses: those bound by *reprint of* and *abstract of*.
pub fn find(edition: &Edition, lookup: &Lookup) -> Vec<Synopsis> {
    let mut families = Families((0..edition.articles.len()).collect());
    for link in &edition.reuse.links {
        if matches!(link.relation.value, DocumentRelation::ReprintOf | DocumentRelation::AbstractOf) {
            families.join(link.from, link.to);
        }
    }
    let mut members: BTreeMap<ArticleIx, Vec<ArticleIx>> = BTreeMap::new();
    for ix in 0..edition.articles.len() {
        members.entry(families.head(ix)).or_default().push(ix);
    }
    members.into_values().filter(|m| m.len() > 2).filter_map(|m| synopsis(edition, lookup, &m)).collect()
}

/// Which articles are witnesses of one text; each leads to an earlier one of its family, the first to itself.
struct Families(Vec<ArticleIx>);

impl Families {
    fn head(&mut self, ix: ArticleIx) -> ArticleIx {
        let mut head = ix;
        while let Some(&next) = self.0.get(head).filter(|&&next| next != head) {
            head = next;
        }
        let mut at = ix;
        while let Some(slot) = self.0.get_mut(at).filter(|slot| **slot != head) {
            at = std::mem::replace(slot, head);
        }
        head
    }

    fn join(&mut self, a: ArticleIx, b: ArticleIx) {
        let (a, b) = (self.head(a), self.head(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

fn synopsis(edition: &Edition, lookup: &Lookup, members: &[ArticleIx]) -> Option<Synopsis> {
    let length = |ix: ArticleIx| lookup.characters(ix);
    let base = members.iter().copied().max_by_key(|&ix| (length(ix), std::cmp::Reverse(ix)))?;
    let mut others = members.to_vec();
    others.retain(|&ix| ix != base && lookup.collation(edition, base, ix).is_some());
    // More columns than this are no longer read side by side; each has its own collation.
    others.truncate(COLUMNS);
    (others.len() > 1).then_some(Synopsis { base, others })
}

/// The synopsis of each article that is part of one.
pub fn of_articles(synopses: &[Synopsis]) -> BTreeMap<ArticleIx, usize> {
    let mut of_articles = BTreeMap::new();
    for (ix, synopsis) in synopses.iter().enumerate() {
        for &article in std::iter::once(&synopsis.base).chain(&synopsis.others) {
            of_articles.entry(article).or_insert(ix);
        }
    }
    of_articles
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    pages.extend((0..site.synopses.len()).map(Page::Synopsis));
}

pub fn path(site: &Site<'_>, ix: usize) -> String {
    format!("synopsis/{}.html", site.synopses.get(ix).map_or("none", |s| site.edition.id(s.base)))
}

pub fn render(site: &Site<'_>, ix: usize) -> Result<Rendered> {
    let found = site.synopses.get(ix).and_then(|s| Some((s, site.edition.articles.get(s.base)?)));
    let Some((synopsis, base)) = found else {
        anyhow::bail!("no synopsis {ix}");
    };
    let path = path(site, ix);
    let title = site.phrase("synopsis-title", &[("title", view::title(base))])?;
    let head = Head { path: &path, title: &title, scripts: &["compare.js"], ..Head::default() };
    site.fill(&head, "synopsis.html", &view(site, synopsis, base)?)
}

fn view<'e>(site: &Site<'e>, synopsis: &Synopsis, base: &'e Article) -> Result<View<'e>> {
    let mut witnesses = Vec::new();
    let mut columns = Vec::new();
    for &other in &synopsis.others {
        let found = site.lookup.collation(site.edition, base.ix, other).zip(site.edition.articles.get(other));
        let Some((collation, article)) = found else { continue };
        let coverage = if collation.a == base.ix { &collation.coverage_a } else { &collation.coverage_b };
        let share = filter::percent(coverage.characters);
        witnesses.push(Witness {
            article: view::article(site, other)?,
            kept: site.phrase("keeps-from", &[("share", &share)])?,
            compare: link::compare(site.edition, collation.a, collation.b),
        });
        columns.push((collation, article));
    }
    let rows = bands(base, &columns).iter().map(|band| row(base, band, &columns)).collect();
    Ok(View { base: view::article(site, base.ix)?, witnesses, rows })
}

/// Paragraphs of the base that some witness holds together stand in one row.
fn bands(base: &Article, columns: &[(&Collation, &Article)]) -> Vec<Vec<u32>> {
    let mut bands: Vec<Vec<u32>> = base.paragraphs.iter().map(|p| vec![p.n]).collect();
    for (collation, _) in columns {
        for group in &collation.groups {
            let numbers = base_side(collation, base, group);
            let touched: Vec<usize> = (0..bands.len())
                .filter(|&i| bands.get(i).is_some_and(|b| b.iter().any(|n| numbers.contains(n))))
                .collect();
            let (Some(&first), Some(&last)) = (touched.first(), touched.last()) else { continue };
            if first < last {
                let joined = bands.drain(first..=last).flatten().collect();
                bands.insert(first, joined);
            }
        }
    }
    bands
}

fn base_side<'g>(collation: &Collation, base: &Article, group: &'g Group) -> &'g [u32] {
    if collation.a == base.ix { &group.a } else { &group.b }
}

fn row<'e>(base: &'e Article, band: &[u32], columns: &[(&'e Collation, &'e Article)]) -> Row<'e> {
    let plain = |&n: &u32| {
        let p = base.paragraph(n)?;
        Some(Para { anchor: &p.anchor, n, text: diff::marked(&p.text, 0, &[], &[]) })
    };
    let cell = |(collation, article): &(&'e Collation, &'e Article)| cell(base, band, collation, article);
    Row { base: band.iter().filter_map(plain).collect(), cells: columns.iter().map(cell).collect() }
}

/// What a witness has for a band of the base: its paragraphs, marked where they differ.
fn cell<'e>(base: &Article, band: &[u32], collation: &'e Collation, article: &'e Article) -> Cell<'e> {
    let mut cell = Cell::default();
    let left = collation.a == base.ix;
    for group in &collation.groups {
        let (ours, theirs) = if left { (&group.a, &group.b) } else { (&group.b, &group.a) };
        if !ours.iter().any(|n| band.contains(n)) {
            continue;
        }
        cell.relation = Some(group.relation.name());
        cell.moved |= group.moved;
        let marks = diff::marks(&group.edits, if left { Side::B } else { Side::A });
        let mut offset = 0;
        for paragraph in theirs.iter().filter_map(|&n| article.paragraph(n)) {
            let text = diff::marked(&paragraph.text, offset, &[], &marks);
            cell.paras.push(Para { anchor: &paragraph.anchor, n: paragraph.n, text });
            offset += u32::try_from(paragraph.text.chars().count()).unwrap_or(u32::MAX);
        }
    }
    cell
}
