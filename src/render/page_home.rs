//! The home page: what the corpus is, and where to start.
//!
//! ```text
//! 6 texts from 4 seeds, 2024-07-04     kinds ▇▇▃     who shares words with whom ▪▫■     collations worth opening
//! ```

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::Serialize;

use crate::model::{Article, DocumentRelation, Kind};

use super::chart;
use super::view::{self, ArticleRef, Day};
use super::{Head, Markup, Rendered, Site, filter, link, page_texts, reuse_map};

pub const PATH: &str = "index.html";
/// Up to this many texts are listed on the home page itself.
const LISTED: usize = 120;
/// How many collations are offered.
const OFFERED: usize = 6;
/// The share of either text that a collation must have in common to be offered.
const WORTH: f64 = 0.1;

#[derive(Serialize)]
struct View<'e> {
    note: Option<Markup>,
    texts: usize,
    seeds: usize,
    characters: usize,
    shared: usize,
    collations: usize,
    first: Option<Day>,
    last: Option<Day>,
    undated: usize,
    kinds: Vec<KindCount>,
    dates: Option<Markup>,
    map: Option<reuse_map::Map<'e>>,
    offers: Vec<Offer<'e>>,
    groups: Vec<page_texts::Group<'e>>,
    all_texts: Option<&'static str>,
}

#[derive(Serialize)]
struct KindCount {
    kind: &'static str,
    count: usize,
    bar: Markup,
}

#[derive(Serialize)]
struct Offer<'e> {
    path: String,
    a: ArticleRef<'e>,
    b: ArticleRef<'e>,
    why: String,
}

pub fn render(site: &Site<'_>) -> Result<Rendered> {
    let head = Head { path: PATH, menu: PATH, ..Head::default() };
    site.fill(&head, "home.html", &view(site)?)
}

fn view<'e>(site: &Site<'e>) -> Result<View<'e>> {
    let edition = site.edition;
    let dates = || edition.articles.iter().filter_map(|a| a.date.as_ref()).map(|date| date.value);
    let small = edition.articles.len() <= LISTED;
    Ok(View {
        note: edition.index_note.as_deref().map(|note| Markup::trusted(crate::markdown::html(note))),
        texts: edition.articles.len(),
        seeds: edition.sources.len(),
        characters: site.lookup.all_characters(),
        shared: edition.reuse.shared.iter().filter(|clause| !clause.boilerplate).count(),
        collations: edition.reuse.collations.len(),
        first: dates().min().map(|date| view::day(site, date)).transpose()?,
        last: dates().max().map(|date| view::day(site, date)).transpose()?,
        undated: edition.articles.len() - dates().count(),
        kinds: kinds(&edition.articles),
        dates: chart::dates(&by_month(&edition.articles)),
        map: reuse_map::map(site)?,
        offers: offers(site)?,
        groups: if small { page_texts::groups(site, 0, edition.sources.len())? } else { Vec::new() },
        all_texts: (!small).then_some(page_texts::PATH),
    })
}

fn kinds(articles: &[Article]) -> Vec<KindCount> {
    let count = |kind: Kind| articles.iter().filter(|a| a.kind.value == kind).count();
    let most = Kind::ALL.into_iter().map(count).max().unwrap_or_default();
    let one = |kind: Kind| KindCount {
        kind: kind.name(),
        count: count(kind),
        bar: chart::bar(count(kind), most, kind.name()),
    };
    Kind::ALL.into_iter().map(one).filter(|k| k.count > 0).collect()
}

/// Number of texts by year and month.
fn by_month(articles: &[Article]) -> BTreeMap<(i32, u8), usize> {
    let mut months = BTreeMap::new();
    for date in articles.iter().filter_map(|a| a.date.as_ref()) {
        *months.entry((date.value.year, date.value.month)).or_default() += 1;
    }
    months
}

/// The collations that tell most: an abstract, a report, a quotation before a reprint; then by the characters they share.
fn offers<'e>(site: &Site<'e>) -> Result<Vec<Offer<'e>>> {
    let edition = site.edition;
    let named: BTreeMap<_, _> = edition.reuse.links.iter().map(|l| ((l.from.min(l.to), l.from.max(l.to)), l)).collect();
    let mut ranked: Vec<_> = edition
        .reuse
        .collations
        .iter()
        .map(|collation| {
            let link = named.get(&(collation.a.min(collation.b), collation.a.max(collation.b))).copied();
            let rank = match link.map(|l| l.relation.value) {
                Some(DocumentRelation::AbstractOf) => 0,
                Some(DocumentRelation::ReportOf | DocumentRelation::Quotes) => 1,
                None => 2,
                Some(DocumentRelation::ReprintOf | DocumentRelation::Continues) => 3,
            };
            let length = site.lookup.characters(collation.a);
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a share of a length is a length"
            )]
            let shared = (collation.coverage_a.characters * length as f64) as usize;
            (rank, std::cmp::Reverse(shared), collation, link)
        })
        .collect();
    ranked.sort_by_key(|&(rank, shared, collation, _)| (rank, shared, collation.a, collation.b));
    // A few stock phrases in common are worth nobody's morning.
    ranked.retain(|(_, _, c, _)| c.coverage_a.characters.max(c.coverage_b.characters) >= WORTH);
    // Two printings of one text make the same offer; the first speaks for both.
    let name = |ix| edition.articles.get(ix).map_or("", view::title);
    let mut offered = BTreeSet::new();
    ranked.retain(|(_, _, collation, _)| offered.insert((name(collation.a), name(collation.b))));
    ranked.truncate(OFFERED);
    ranked
        .into_iter()
        .map(|(_, _, collation, link)| {
            let why = match link {
                Some(link) => {
                    let key = format!("offer-{}", link.relation.value.name());
                    let share = filter::percent(link.coverage_to);
                    site.phrase(&key, &[("share", &share)])?
                }
                None => site.phrase("offer-shares", &[("share", &filter::percent(collation.coverage_a.characters))])?,
            };
            Ok(Offer {
                path: link::compare(edition, collation.a, collation.b),
                a: view::article(site, collation.a)?,
                b: view::article(site, collation.b)?,
                why,
            })
        })
        .collect()
}
