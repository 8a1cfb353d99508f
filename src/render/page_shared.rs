//! The index of shared clauses: lists by spread and by length, formulae on pages of their own, and for every clause a
//! place with a stable address that shows it everywhere it stands.
//!
//! ```text
//! shared/index.html    各方指出，  ×7 …        shared/c/3f.html#c-3f9a1c20   each place in its sentence
//! ```

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::model::{self, ArticleIx, DocumentRelation, Edition, Kind, Place, SharedClause};

use super::stencil::Word;
use super::view::{self, Link};
use super::{Head, Markup, Page, Rendered, Site, diff, link, page_data, shared_data};

/// How many clauses stand on one page of a list.
const A_PAGE: usize = 200;
/// How many texts of a clause are named in a list.
const LISTED: usize = 4;
/// How many places of a clause are shown in context.
pub const PLACES: usize = 60;
/// How many characters of context are shown on either side.
const CONTEXT: u32 = 24;

/// The orders of the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    Spread,
    Length,
    Boilerplate,
}

impl Order {
    const ALL: [Self; 3] = [Self::Spread, Self::Length, Self::Boilerplate];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Spread => "spread",
            Self::Length => "length",
            Self::Boilerplate => "boilerplate",
        }
    }

    fn path(self, number: usize) -> String {
        match (self, number) {
            (Self::Spread, 0) => PATH.to_owned(),
            (Self::Spread, _) => format!("shared/{}.html", number + 1),
            (_, 0) => format!("shared/{}.html", self.name()),
            _ => format!("shared/{}-{}.html", self.name(), number + 1),
        }
    }
}

pub const PATH: &str = "shared/index.html";

/// The shared clauses in each order, and by the first two digits of their address.
#[derive(Debug, Default)]
pub struct Index {
    orders: [Vec<usize>; 3],
    buckets: BTreeMap<String, Vec<usize>>,
    names: Vec<String>,
    /// Which kinds of texts there are.
    kinds: Vec<Kind>,
    /// What texts are to each other.
    relations: Vec<DocumentRelation>,
}

impl Index {
    pub fn new(edition: &Edition) -> Self {
        let shared = &edition.reuse.shared;
        let length: Vec<usize> = shared.iter().map(|c| c.text.chars().count()).collect();
        let len = |i: usize| length.get(i).copied().unwrap_or_default();
        let spread = |i: usize| shared.get(i).map_or(0, |c| c.spread);
        let key = |i: usize| shared.get(i).map_or("", |c| c.key.as_str());
        let (formulae, own): (Vec<usize>, Vec<usize>) =
            (0..shared.len()).partition(|&i| shared.get(i).is_some_and(|c| c.boilerplate));
        let mut by_spread = own.clone();
        by_spread.sort_by(|&a, &b| spread(b).cmp(&spread(a)).then(len(b).cmp(&len(a))).then(key(a).cmp(key(b))));
        let mut by_length = own;
        by_length.sort_by(|&a, &b| len(b).cmp(&len(a)).then(spread(b).cmp(&spread(a))).then(key(a).cmp(key(b))));
        let mut formulae = formulae;
        formulae.sort_by(|&a, &b| spread(b).cmp(&spread(a)).then(len(b).cmp(&len(a))).then(key(a).cmp(key(b))));
        let mut buckets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for i in 0..shared.len() {
            buckets.entry(bucket(key(i)).to_owned()).or_default().push(i);
        }
        for list in buckets.values_mut() {
            list.sort_by(|&a, &b| key(a).cmp(key(b)));
        }
        let names = buckets.keys().cloned().collect();
        let present = |kind: &Kind| edition.articles.iter().any(|a| a.kind.value == *kind);
        let used = |relation: &DocumentRelation| edition.reuse.links.iter().any(|l| l.relation.value == *relation);
        Self {
            orders: [by_spread, by_length, formulae],
            buckets,
            names,
            kinds: Kind::ALL.into_iter().filter(present).collect(),
            relations: DocumentRelation::ALL.into_iter().filter(used).collect(),
        }
    }

    fn order(&self, order: Order) -> &[usize] {
        let [spread, length, boilerplate] = &self.orders;
        match order {
            Order::Spread => spread,
            Order::Length => length,
            Order::Boilerplate => boilerplate,
        }
    }
}

fn bucket(key: &str) -> &str {
    key.get(..2).filter(|two| two.bytes().all(|b| b.is_ascii_alphanumeric())).unwrap_or("00")
}

/// The stable address of a clause.
pub fn address(clause: &SharedClause) -> String {
    format!("shared/c/{}.html#c-{}", bucket(&clause.key), clause.key)
}

#[derive(Serialize)]
struct ListView {
    orders: Vec<OrderView>,
    intro: String,
    total: usize,
    rows: Markup,
    order: &'static str,
    scripts: usize,
    kinds: Vec<KindBit>,
    relations: Vec<RelationBit>,
    pages: Vec<Turn>,
    capped: bool,
    files: Vec<page_data::File>,
}

#[derive(Serialize)]
struct OrderView {
    text: String,
    path: String,
    here: bool,
    count: usize,
}

#[derive(Serialize)]
struct Turn {
    number: usize,
    path: String,
    here: bool,
    gap: bool,
}

#[derive(Serialize)]
struct KindBit {
    name: &'static str,
    bit: u32,
}

#[derive(Serialize)]
struct RelationBit {
    text: String,
    bit: u32,
}

#[derive(Serialize)]
struct BucketView<'e> {
    name: &'e str,
    clauses: Vec<ClauseView<'e>>,
}

#[derive(Serialize)]
struct ClauseView<'e> {
    key: &'e str,
    text: &'e str,
    spread: u32,
    length: usize,
    boilerplate: bool,
    places: Markup,
    more: usize,
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    for order in Order::ALL {
        let count = site.shared.order(order).len().div_ceil(A_PAGE);
        pages.extend((0..count.max(1)).map(|number| Page::Shared(order, number)));
    }
    pages.extend((0..site.shared.names.len()).map(Page::Clauses));
}

pub fn path(order: Order, number: usize) -> String {
    order.path(number)
}

pub fn bucket_path(site: &Site<'_>, ix: usize) -> String {
    format!("shared/c/{}.html", site.shared.names.get(ix).map_or("00", String::as_str))
}

pub fn render(site: &Site<'_>, order: Order, number: usize) -> Result<Rendered> {
    let path = order.path(number);
    let title = site.phrase("shared-title", &[])?;
    let head = Head { path: &path, menu: PATH, title: &title, scripts: &["shared.js"], ..Head::default() };
    let orders = Order::ALL.into_iter().map(|o| -> Result<OrderView> {
        let text = site.phrase(&format!("shared-{}", o.name()), &[])?;
        Ok(OrderView { text, path: o.path(0), here: o == order, count: site.shared.order(o).len() })
    });
    let count = site.shared.order(order).len();
    let (root, mut rows) = (link::root(&path), Markup::new());
    in_list(site, order, number).try_for_each(|clause| row(site, &root, clause, &mut rows))?;
    let kinds = site.shared.kinds.iter().map(|&kind| KindBit { name: kind.name(), bit: shared_data::bit(kind) });
    let view = ListView {
        orders: orders.collect::<Result<_>>()?,
        intro: site.phrase(&format!("shared-{}-intro", order.name()), &[])?,
        total: count,
        rows,
        order: order.name(),
        scripts: shared_data::count(site),
        kinds: kinds.collect(),
        relations: relations(site)?,
        pages: turns(order, number, count.div_ceil(A_PAGE)),
        capped: !site.edition.reuse.capped.is_empty(),
        files: page_data::of_shared(site),
    };
    site.fill_anew(&head, "shared.html", &view)
}

/// What texts of the corpus are to each other, and that they may be nothing but share words.
fn relations(site: &Site<'_>) -> Result<Vec<RelationBit>> {
    let relations = &site.shared.relations;
    if relations.is_empty() {
        return Ok(Vec::new());
    }
    let one = |relation: Option<DocumentRelation>| {
        let name = relation.map_or("none", DocumentRelation::name);
        Ok(RelationBit {
            text: site.phrase(&format!("between-{name}"), &[])?,
            bit: shared_data::relation_bit(relation),
        })
    };
    let mut bits = relations.iter().copied().map(Some).chain([None]).map(one).collect::<Result<Vec<_>>>()?;
    bits.push(RelationBit { text: site.phrase("between-variant", &[])?, bit: shared_data::VARIANT });
    Ok(bits)
}

/// The pages worth a link from page `here`: the first, the last, and those near.
fn turns(order: Order, here: usize, count: usize) -> Vec<Turn> {
    if count < 2 {
        return Vec::new();
    }
    let mut out: Vec<Turn> = Vec::new();
    let mut previous = None;
    for number in (0..count).filter(|&n| n == 0 || n + 1 == count || n.abs_diff(here) <= 2) {
        let gap = previous.is_some_and(|p| p + 1 < number);
        out.push(Turn { number: number + 1, path: order.path(number), here: number == here, gap });
        previous = Some(number);
    }
    out
}

/// The clauses on a page of a list.
pub fn in_list<'e>(site: &Site<'e>, order: Order, number: usize) -> impl Iterator<Item = &'e SharedClause> {
    let all = site.shared.order(order).iter();
    all.skip(number * A_PAGE).take(A_PAGE).filter_map(|&i| site.edition.reuse.shared.get(i))
}

/// What the lists say besides their clauses.
pub fn around(site: &Site<'_>) -> impl Serialize {
    let index = &site.shared;
    let capped = !site.edition.reuse.capped.is_empty();
    (index.orders.each_ref().map(Vec::len), index.kinds.clone(), index.relations.clone(), capped)
}

/// The texts of a clause that a list names, and how many it has.
pub fn named(clause: &SharedClause) -> (Vec<ArticleIx>, usize) {
    let mut list: Vec<ArticleIx> = clause.places.iter().map(|place| place.article).collect();
    list.sort_unstable();
    list.dedup();
    let count = list.len();
    list.truncate(LISTED);
    (list, count)
}

/// A clause with some of the texts in which it stands.
fn row(site: &Site<'_>, root: &str, clause: &SharedClause, out: &mut Markup) -> Result<()> {
    let (articles, count) = named(clause);
    let root = ("page.root", Word::Text(root));
    let mut shown = Markup::new();
    for ix in articles {
        let Link { title, path, lang } = view::link(site, ix);
        let given = [
            ("kind", Word::Name(site.edition.articles.get(ix).map_or("other", |a| a.kind.value.name()))),
            ("path", Word::Text(&path)),
            ("lang", Word::Name(lang)),
            ("title", Word::Text(title)),
            root,
        ];
        site.draw("mini", &given, &mut shown)?;
    }
    let given = [
        ("text", Word::Text(&clause.text)),
        ("address", Word::Text(&address(clause))),
        ("spread", Word::Number(clause.spread as usize)),
        ("articles", Word::Markup(&shown)),
        ("more", Word::Number(count.saturating_sub(LISTED))),
        root,
    ];
    site.draw("clause", &given, out)
}

/// The clauses whose places stand on one page.
pub fn in_bucket<'e>(site: &Site<'e>, ix: usize) -> impl Iterator<Item = &'e SharedClause> {
    let list = site.shared.names.get(ix).and_then(|name| site.shared.buckets.get(name)).into_iter().flatten();
    list.filter_map(|&i| site.edition.reuse.shared.get(i))
}

pub fn render_bucket(site: &Site<'_>, ix: usize) -> Result<Rendered> {
    let path = bucket_path(site, ix);
    let name = site.shared.names.get(ix).map_or("00", String::as_str);
    let title = site.phrase("shared-places-title", &[("name", name)])?;
    let head = Head { path: &path, menu: PATH, title: &title, ..Head::default() };
    let root = link::root(&path);
    let clauses = in_bucket(site, ix).map(|clause| clause_view(site, &root, clause)).collect::<Result<_>>()?;
    site.fill_anew(&head, "clauses.html", &BucketView { name, clauses })
}

fn clause_view<'e>(site: &Site<'e>, root: &str, clause: &'e SharedClause) -> Result<ClauseView<'e>> {
    let mut places = Markup::new();
    clause.places.iter().take(PLACES).try_for_each(|&one| place(site, root, clause, one, &mut places))?;
    Ok(ClauseView {
        key: &clause.key,
        text: &clause.text,
        spread: clause.spread,
        length: clause.text.chars().count(),
        boilerplate: clause.boilerplate,
        places,
        more: clause.places.len().saturating_sub(PLACES),
    })
}

/// A clause in its sentence.
fn place(site: &Site<'_>, root: &str, clause: &SharedClause, place: Place, out: &mut Markup) -> Result<()> {
    let paragraph = place.paragraph(&site.edition.articles);
    let text = paragraph.map_or("", |p| p.text.as_str());
    let [before, here, after] = model::around(text, place.start, place.end, CONTEXT);
    let edits = if here == clause.text { Vec::new() } else { diff::edits(&clause.text, here) };
    let given = [
        ("line", Word::Markup(&view::text(site, root, place.article)?)),
        ("lang", Word::Name(site.lookup.lang(place.article))),
        ("href", Word::Text(&link::place(site.edition, place))),
        ("n", Word::Number(place.paragraph as usize)),
        ("before", Word::Text(before)),
        ("text", Word::Markup(&diff::inline(&clause.text, here, &edits))),
        ("after", Word::Text(after)),
        ("page.root", Word::Text(root)),
    ];
    site.draw("clause_place", &given, out)
}
