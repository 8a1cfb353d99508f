//! Texts by the day they tell of and the day they were printed: bars by day, month or year as the span needs.
//!
//! ```text
//! 2024-07-03 ▁   04 ▇▇▇▇▇▇   05 ▃        every bar and every cell a link; an inferred year is marked
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use serde::Serialize;

use crate::model::{ArticleIx, Date, Edition, Kind};

use super::paging::{self, Turn};
use super::view::{self, ArticleRef, Day};
use super::{Head, Markup, Rendered, Site};

pub const PATH: &str = "timeline.html";
const A_PAGE: usize = 300;
/// Up to this many days there is a bar for each; up to this many months a bar for each of them; else for each year.
const DAYS: i64 = 70;
const MONTHS: usize = 72;

/// Texts by month.
#[derive(Debug)]
pub struct Index {
    months: Vec<((i32, u8), Vec<ArticleIx>)>,
    undated: Vec<ArticleIx>,
}

impl Index {
    pub fn new(edition: &Edition) -> Self {
        let mut months = BTreeMap::<(i32, u8), Vec<ArticleIx>>::new();
        let mut undated = Vec::new();
        for article in &edition.articles {
            match edition.day(article.ix) {
                Some(date) => months.entry((date.year, date.month)).or_default().push(article.ix),
                None => undated.push(article.ix),
            }
        }
        for list in months.values_mut() {
            list.sort_by_key(|&ix| (edition.day(ix), ix));
        }
        Self { months: months.into_iter().collect(), undated }
    }

    pub fn months(&self) -> usize {
        self.months.len()
    }

    pub fn count(&self, month: usize) -> usize {
        self.months.get(month).map_or(0, |m| paging::pages(m.1.len(), A_PAGE))
    }

    pub fn path(&self, month: usize, number: usize) -> String {
        let (year, month) = self.months.get(month).map_or((0, 0), |m| m.0);
        paging::named(&format!("timeline/{year:04}-{month:02}"), number)
    }
}

/// Days since the beginning of an era, for spans only.
fn ordinal(date: Date) -> i64 {
    (i64::from(date.year) * 12 + i64::from(date.month)) * 31 + i64::from(date.day)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Month,
    Year,
}

#[derive(Serialize)]
struct View<'e> {
    bars: Option<Markup>,
    kinds: Vec<&'static str>,
    rows: Vec<Row>,
    undated: Vec<ArticleRef<'e>>,
    unknown: usize,
    inferred: usize,
}

/// A day, month or year, with how many texts of each kind it has.
#[derive(Serialize)]
struct Row {
    name: String,
    href: String,
    total: usize,
    cells: Vec<usize>,
    inferred: bool,
}

pub fn render(site: &Site<'_>) -> Result<Rendered> {
    let title = site.phrase("timeline-title", &[])?;
    let head = Head { path: PATH, menu: PATH, title: &title, ..Head::default() };
    let index = &site.named.timeline;
    let edition = site.edition;
    let used = |kind: &Kind| edition.articles.iter().any(|a| a.kind.value == *kind);
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(used).collect();
    let rows = rows(site, &kinds);
    let label = site.phrase("timeline-label", &[])?;
    let undated = index.undated.iter().take(A_PAGE).map(|&ix| view::article(site, ix)).collect::<Result<_>>()?;
    let view = View {
        bars: bars(&rows, &label),
        kinds: kinds.iter().map(|k| k.name()).collect(),
        undated,
        unknown: index.undated.len(),
        inferred: edition.articles.iter().filter(|a| a.date.as_ref().is_some_and(|d| d.value.inferred)).count(),
        rows,
    };
    site.fill(&head, "timeline.html", &view)
}

fn unit(site: &Site<'_>) -> Unit {
    let days = || site.named.timeline.months.iter().flat_map(|m| &m.1).filter_map(|&ix| site.edition.told(ix));
    let span = days().map(ordinal).max().unwrap_or(0) - days().map(ordinal).min().unwrap_or(0);
    if span <= DAYS {
        Unit::Day
    } else if site.named.timeline.months() <= MONTHS {
        Unit::Month
    } else {
        Unit::Year
    }
}

fn rows(site: &Site<'_>, kinds: &[Kind]) -> Vec<Row> {
    let unit = unit(site);
    let mut rows: Vec<Row> = Vec::new();
    for (at, (month, articles)) in site.named.timeline.months.iter().enumerate() {
        for (place, &ix) in articles.iter().enumerate() {
            let date = site.edition.day(ix);
            let Some(date) = date else { continue };
            let name = match unit {
                Unit::Day => date.to_string(),
                Unit::Month => format!("{:04}-{:02}", month.0, month.1),
                Unit::Year => format!("{:04}", month.0),
            };
            if rows.last().is_none_or(|row| row.name != name) {
                let page = site.named.timeline.path(at, place / A_PAGE);
                let href = if unit == Unit::Day { format!("{page}#d{name}") } else { page };
                rows.push(Row { name, href, total: 0, cells: vec![0; kinds.len()], inferred: false });
            }
            let kind = site.edition.articles.get(ix).map(|a| a.kind.value);
            if let Some(row) = rows.last_mut() {
                row.total += 1;
                row.inferred |= date.inferred;
                let cell = kinds.iter().position(|&k| Some(k) == kind).and_then(|i| row.cells.get_mut(i));
                if let Some(cell) = cell {
                    *cell += 1;
                }
            }
        }
    }
    rows
}

/// One bar a row, each a link.
fn bars(rows: &[Row], label: &str) -> Option<Markup> {
    const WIDTH: usize = 34;
    let most = rows.iter().map(|r| r.total).max()?.max(1);
    let mut svg = format!(
        "<svg class=\"days\" viewBox=\"0 0 {} 126\" width=\"{0}\" height=\"126\" role=\"group\" aria-label=\"",
        (rows.len() * WIDTH).max(68)
    );
    super::markup::escape_into(label, &mut svg);
    svg.push_str("\">");
    let step = rows.len().div_ceil(24).max(1);
    for (i, row) in rows.iter().enumerate() {
        let height = (row.total * 84).div_ceil(most).max(2);
        let (x, top) = (i * WIDTH, 98 - height);
        let class = if row.inferred { "ink inferred" } else { "ink" };
        let _ = write!(
            svg,
            "<a href=\"{}\"><rect class=\"hit\" x=\"{x}\" width=\"{WIDTH}\" height=\"126\"/>\
             <rect class=\"{class}\" x=\"{}\" y=\"{top}\" width=\"22\" height=\"{height}\"><title>{}: {}</title></rect>\
             <text class=\"count\" x=\"{}\" y=\"{}\">{}</text>",
            row.href,
            x + 6,
            row.name,
            row.total,
            x + 17,
            top - 4,
            row.total
        );
        if i % step == 0 {
            let short = if row.name.len() > 7 { row.name.get(5..).unwrap_or_default() } else { &row.name };
            let _ = write!(svg, "<text x=\"{}\" y=\"114\">{short}</text>", x + 17);
        }
        svg.push_str("</a>");
    }
    svg.push_str("</svg>");
    Some(Markup::trusted(svg))
}

#[derive(Serialize)]
struct MonthView<'e> {
    previous: Option<Neighbour>,
    next: Option<Neighbour>,
    days: Vec<DayView<'e>>,
    pages: Vec<Turn>,
}

#[derive(Serialize)]
struct Neighbour {
    name: String,
    path: String,
}

#[derive(Serialize)]
struct DayView<'e> {
    day: Day,
    texts: Vec<TextView<'e>>,
}

#[derive(Serialize)]
struct TextView<'e> {
    article: ArticleRef<'e>,
    printed: Option<Day>,
    place: Option<&'e str>,
}

pub fn render_month(site: &Site<'_>, month: usize, number: usize) -> Result<Rendered> {
    let index = &site.named.timeline;
    let path = index.path(month, number);
    let name = |at: usize| index.months.get(at).map(|m| format!("{:04}-{:02}", m.0.0, m.0.1)).unwrap_or_default();
    let title = name(month);
    let head = Head { path: &path, menu: PATH, title: &title, ..Head::default() };
    let articles = index.months.get(month).map_or(&[][..], |m| m.1.as_slice());
    let mut days: Vec<DayView<'_>> = Vec::new();
    for &ix in articles.iter().skip(number * A_PAGE).take(A_PAGE) {
        let Some(date) = site.edition.day(ix) else { continue };
        let day = view::day(site, date)?;
        if days.last().is_none_or(|d| d.day.iso != day.iso) {
            days.push(DayView { day, texts: Vec::new() });
        }
        let text = TextView {
            article: view::article(site, ix)?,
            printed: site.edition.printed(ix).map(|d| view::day(site, d)).transpose()?,
            place: site.edition.articles.get(ix).and_then(|a| a.place.as_deref()),
        };
        if let Some(held) = days.last_mut() {
            held.texts.push(text);
        }
    }
    let neighbour = |at: Option<usize>| {
        let at = at.filter(|&at| at < index.months())?;
        Some(Neighbour { name: name(at), path: index.path(at, 0) })
    };
    let view = MonthView {
        previous: neighbour(month.checked_sub(1)),
        next: neighbour(Some(month + 1)),
        days,
        pages: paging::turns(number, index.count(month), |n| index.path(month, n)),
    };
    site.fill(&head, "month.html", &view)
}
