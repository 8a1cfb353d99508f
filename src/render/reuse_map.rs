//! Which text shares words with which: articles by articles in a small corpus, kinds by months in a large one.
//!
//! ```text
//!            1  2  3
//! 1 宣言
//! 2 摘要     ■
//! 3 摘要     ■  ■
//! ```

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::model::{ArticleIx, Kind};

use super::chart::{self, Matrix, Spot};
use super::view::{self, ArticleRef};
use super::{Markup, Site, filter, link};

/// Up to this many articles the map has a line for each.
const SMALL: usize = 40;
/// How many months a map of a large corpus shows; beyond, years.
const MONTHS: usize = 36;

/// The picture, and the same in a table.
#[derive(Serialize)]
pub struct Map<'e> {
    svg: Markup,
    small: bool,
    pairs: Vec<Pair<'e>>,
    cells: Vec<KindMonth>,
}

#[derive(Serialize)]
struct Pair<'e> {
    a: ArticleRef<'e>,
    b: ArticleRef<'e>,
    share: String,
    path: Option<String>,
}

#[derive(Serialize)]
struct KindMonth {
    kind: &'static str,
    month: String,
    count: usize,
}

/// The map of the edition, if anything is shared.
pub fn map<'e>(site: &Site<'e>) -> Result<Option<Map<'e>>> {
    let weights = weights(site);
    if weights.is_empty() {
        return Ok(None);
    }
    let sharing: Vec<ArticleIx> = {
        let mut list: Vec<_> = weights.keys().flat_map(|&(a, b)| [a, b]).collect();
        list.sort_unstable();
        list.dedup();
        list
    };
    if sharing.len() <= SMALL { small(site, &sharing, &weights).map(Some) } else { large(site, &sharing).map(Some) }
}

/// The share of the derived text that stands in the other, by pair; the greater where both were measured.
fn weights(site: &Site<'_>) -> BTreeMap<(ArticleIx, ArticleIx), f64> {
    let mut weights = BTreeMap::new();
    let mut add = |a: ArticleIx, b: ArticleIx, weight: f64| {
        let entry = weights.entry((a.min(b), a.max(b))).or_insert(0.0_f64);
        *entry = entry.max(weight);
    };
    for c in &site.edition.reuse.collations {
        add(c.a, c.b, c.coverage_a.characters.max(c.coverage_b.characters));
    }
    for l in &site.edition.reuse.links {
        add(l.from, l.to, l.coverage_from.max(l.coverage_to));
    }
    weights
}

fn small<'e>(
    site: &Site<'e>,
    sharing: &[ArticleIx],
    weights: &BTreeMap<(ArticleIx, ArticleIx), f64>,
) -> Result<Map<'e>> {
    let mut spots = Vec::new();
    let mut pairs = Vec::new();
    for (&(a, b), &weight) in weights {
        let at = |ix| sharing.iter().position(|&other| other == ix).unwrap_or_default();
        let share = filter::percent(weight);
        let path = site.lookup.collation(site.edition, a, b).map(|c| link::compare(site.edition, c.a, c.b));
        let (left, right) = (view::article(site, a)?, view::article(site, b)?);
        let title = format!("{} × {}: {share}", left.title, right.title);
        spots.push(Spot { row: at(b), column: at(a), weight, title, href: path.clone() });
        pairs.push(Pair { a: left, b: right, share, path });
    }
    pairs.sort_by_key(|pair| pair.path.is_none());
    let titles = sharing.iter().map(|&ix| view::article(site, ix)).collect::<Result<Vec<_>>>()?;
    let rows = titles.iter().map(|a| (a.title.to_owned(), a.kind)).collect();
    let columns = (1..=sharing.len()).map(|n| n.to_string()).collect();
    let label = site.phrase("map-label", &[])?;
    Ok(Map {
        svg: chart::matrix(&Matrix { label: &label, rows, columns, spots, numbered: true }),
        small: true,
        pairs,
        cells: Vec::new(),
    })
}

/// Kinds by months (or years): how many texts share words with others.
fn large<'e>(site: &Site<'e>, sharing: &[ArticleIx]) -> Result<Map<'e>> {
    let dated = || {
        sharing
            .iter()
            .filter_map(|&ix| site.edition.articles.get(ix))
            .filter_map(|a| Some((a.kind.value, a.date.as_ref()?.value)))
    };
    let mut months: Vec<String> = dated().map(|(_, date)| format!("{:04}-{:02}", date.year, date.month)).collect();
    months.sort();
    months.dedup();
    let by_year = months.len() > MONTHS;
    let column = |date: crate::model::Date| {
        if by_year { format!("{:04}", date.year) } else { format!("{:04}-{:02}", date.year, date.month) }
    };
    let mut counts: BTreeMap<(Kind, String), usize> = BTreeMap::new();
    for (kind, date) in dated() {
        *counts.entry((kind, column(date))).or_default() += 1;
    }
    let mut columns: Vec<String> = counts.keys().map(|(_, month)| month.clone()).collect();
    columns.sort();
    columns.dedup();
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| counts.keys().any(|(k, _)| k == kind)).collect();
    let most = counts.values().copied().max().unwrap_or(1);
    let mut spots = Vec::new();
    let mut cells = Vec::new();
    for ((kind, month), &count) in &counts {
        let at = |list: &[Kind]| list.iter().position(|k| k == kind).unwrap_or_default();
        let name = site.phrase(&format!("kind-{}", kind.name()), &[])?;
        #[expect(clippy::cast_precision_loss, reason = "counts of texts are far below 2^52")]
        let weight = count as f64 / most as f64;
        let title = format!("{name} {month}: {count}");
        spots.push(Spot {
            row: at(&kinds),
            column: columns.iter().position(|c| c == month).unwrap_or_default(),
            weight,
            title,
            href: None,
        });
        cells.push(KindMonth { kind: kind.name(), month: month.clone(), count });
    }
    let rows = kinds
        .iter()
        .map(|k| Ok((site.phrase(&format!("kind-{}", k.name()), &[])?, k.name())))
        .collect::<Result<_>>()?;
    let label = site.phrase("map-large-label", &[])?;
    Ok(Map {
        svg: chart::matrix(&Matrix { label: &label, rows, columns, spots, numbered: false }),
        small: false,
        pairs: Vec::new(),
        cells,
    })
}
