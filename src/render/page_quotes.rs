//! Who quotes whom, from where to where, how faithfully.
//!
//! ```text
//! 报道 ⟵ 讲话    28 quotations, 17 exact, 1 but for print, 10 altered     [flow]
//!   ¶2 我们首次以“上海合作组织+”的形式举行峰会，…     ⟵ ¶4   习近平
//! ```

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::model::{ArticleIx, Edition, Fidelity, Quote};

use super::paging::{self, Turn};
use super::passage::{self, Passage};
use super::view::{self, ArticleRef};
use super::{Head, Markup, Rendered, Site, flow, link, page_people};

pub const PATH: &str = "quotes/index.html";
/// A page is full when it holds this many quotations; a pair of texts is never divided.
const A_PAGE: usize = 80;
/// Quotations of one pair that are shown, and pairs in the table of the first page.
const OF_A_PAIR: usize = 160;
const IN_TABLE: usize = 150;
const WITNESSES: usize = 6;

/// The quotations of clauses, by quoting text and source.
#[derive(Debug)]
pub struct Index {
    /// Quoting article and source → indices of the quotations.
    pairs: Vec<(ArticleIx, ArticleIx, Vec<usize>)>,
    /// Which pairs stand on which page.
    pages: Vec<std::ops::Range<usize>>,
    /// On which page a pair stands.
    page_of: BTreeMap<(ArticleIx, ArticleIx), usize>,
}

impl Index {
    pub fn new(edition: &Edition) -> Self {
        let mut by_pair = BTreeMap::<(ArticleIx, ArticleIx), Vec<usize>>::new();
        for (ix, quote) in edition.quotes.iter().enumerate().filter(|(_, q)| !q.term) {
            by_pair.entry((quote.place.article, quote.source.article)).or_default().push(ix);
        }
        let mut pairs: Vec<_> = by_pair.into_iter().map(|((a, b), list)| (a, b, list)).collect();
        pairs.sort_by(|x, y| y.2.len().cmp(&x.2.len()).then((x.0, x.1).cmp(&(y.0, y.1))));
        let mut pages = Vec::new();
        let (mut from, mut held) = (0, 0);
        for (at, pair) in pairs.iter().enumerate() {
            held += pair.2.len().min(OF_A_PAIR);
            if held >= A_PAGE || at + 1 == pairs.len() {
                pages.push(from..at + 1);
                (from, held) = (at + 1, 0);
            }
        }
        if pages.is_empty() {
            pages.push(0..0);
        }
        let on = |(page, range): (usize, &std::ops::Range<usize>)| {
            let held = pairs.get(range.clone()).unwrap_or_default().iter();
            held.map(|p| ((p.0, p.1), page)).collect::<Vec<_>>()
        };
        let page_of = pages.iter().enumerate().flat_map(on).collect();
        Self { pairs, pages, page_of }
    }

    pub fn count(&self) -> usize {
        self.pages.len()
    }

    /// The page on which a quotation stands.
    pub fn address(&self, quote: &Quote) -> Option<String> {
        self.page_of.get(&(quote.place.article, quote.source.article)).map(|&page| path(page))
    }
}

pub fn path(number: usize) -> String {
    paging::path("quotes", number)
}

#[derive(Serialize)]
struct View<'e> {
    tabs: Vec<Tab>,
    all: usize,
    exact: usize,
    variant: usize,
    altered: usize,
    table: Vec<Row<'e>>,
    more: usize,
    pairs: Vec<Pair<'e>>,
    pages: Vec<Turn>,
}

/// The other lists about quotations.
#[derive(Serialize)]
pub struct Tab {
    text: String,
    path: &'static str,
    here: bool,
}

pub fn tabs(site: &Site<'_>, here: &str) -> Result<Vec<Tab>> {
    let tab = |(key, path): (&str, &'static str)| Ok(Tab { text: site.phrase(key, &[])?, path, here: path == here });
    let all = [
        ("quotes-pairs", PATH),
        ("quotes-passages", super::page_passages::PATH),
        ("quotes-missing", super::page_missing::PATH),
        ("people-title", page_people::PATH),
        ("relations-title", super::page_relations::PATH),
    ];
    all.into_iter().map(tab).collect()
}

#[derive(Serialize)]
struct Row<'e> {
    from: ArticleRef<'e>,
    to: ArticleRef<'e>,
    href: String,
    count: usize,
    exact: usize,
    variant: usize,
    altered: usize,
}

#[derive(Serialize)]
struct Pair<'e> {
    anchor: String,
    row: Row<'e>,
    flow: Option<Markup>,
    compare: Option<String>,
    quotes: Vec<QuoteView<'e>>,
    more: usize,
}

#[derive(Serialize)]
struct QuoteView<'e> {
    id: usize,
    fidelity: &'static str,
    marked: bool,
    speaker: Option<&'e str>,
    speaker_path: Option<String>,
    own: Passage<'e>,
    source_href: String,
    source_n: u32,
    witnesses: Vec<Witness<'e>>,
}

#[derive(Serialize)]
struct Witness<'e> {
    article: ArticleRef<'e>,
    href: String,
    n: u32,
}

pub fn render(site: &Site<'_>, number: usize) -> Result<Rendered> {
    let index = &site.named.quotes;
    let path = path(number);
    let title = site.phrase("quotes-title", &[])?;
    let head = Head { path: &path, menu: PATH, title: &title, ..Head::default() };
    let of = |fidelity| site.edition.quotes.iter().filter(|q| !q.term && q.fidelity == fidelity).count();
    let shown = index.pages.get(number).cloned().unwrap_or_default();
    let table = if number == 0 { index.pairs.get(..index.pairs.len().min(IN_TABLE)).unwrap_or_default() } else { &[] };
    let view = View {
        tabs: tabs(site, PATH)?,
        all: site.edition.quotes.iter().filter(|q| !q.term).count(),
        exact: of(Fidelity::Exact),
        variant: of(Fidelity::Variant),
        altered: of(Fidelity::Altered),
        table: table.iter().map(|pair| row(site, pair)).collect::<Result<_>>()?,
        more: index.pairs.len().saturating_sub(IN_TABLE),
        pairs: index.pairs.get(shown).unwrap_or_default().iter().map(|p| pair(site, p)).collect::<Result<_>>()?,
        pages: paging::turns(number, index.count(), self::path),
    };
    site.fill(&head, "quotes.html", &view)
}

fn row<'e>(site: &Site<'e>, pair: &(ArticleIx, ArticleIx, Vec<usize>)) -> Result<Row<'e>> {
    let of = |fidelity| {
        pair.2.iter().filter_map(|&ix| site.edition.quotes.get(ix)).filter(|q| q.fidelity == fidelity).count()
    };
    let page = pair.2.first().and_then(|&ix| site.edition.quotes.get(ix)).and_then(|q| site.named.quotes.address(q));
    Ok(Row {
        from: view::article(site, pair.0)?,
        to: view::article(site, pair.1)?,
        href: format!("{}#{}", page.unwrap_or_default(), site.edition.pair(pair.0, pair.1)),
        count: pair.2.len(),
        exact: of(Fidelity::Exact),
        variant: of(Fidelity::Variant),
        altered: of(Fidelity::Altered),
    })
}

fn pair<'e>(site: &Site<'e>, pair: &(ArticleIx, ArticleIx, Vec<usize>)) -> Result<Pair<'e>> {
    let quotes: Vec<(usize, &'e Quote)> =
        pair.2.iter().take(OF_A_PAIR).filter_map(|&ix| Some((ix, site.edition.quotes.get(ix)?))).collect();
    let row = row(site, pair)?;
    let label = site.phrase("flow-label", &[("from", row.from.title), ("to", row.to.title)])?;
    let collation = site.lookup.collation(site.edition, pair.0, pair.1);
    Ok(Pair {
        anchor: site.edition.pair(pair.0, pair.1),
        flow: if quotes.len() > 1 { flow::flow(site.edition, &quotes, &label) } else { None },
        compare: collation.map(|c| link::compare(site.edition, c.a, c.b)),
        quotes: quotes.into_iter().map(|(ix, quote)| quote_view(site, ix, quote)).collect::<Result<_>>()?,
        more: pair.2.len().saturating_sub(OF_A_PAIR),
        row,
    })
}

fn quote_view<'e>(site: &Site<'e>, id: usize, quote: &'e Quote) -> Result<QuoteView<'e>> {
    let witness = |&place: &crate::model::Place| {
        Ok(Witness {
            article: view::article(site, place.article)?,
            href: link::place(site.edition, place),
            n: place.paragraph,
        })
    };
    Ok(QuoteView {
        id,
        fidelity: flow::fidelity(quote.fidelity),
        marked: quote.marked,
        speaker: quote.speaker.as_deref(),
        speaker_path: quote.speaker.as_deref().and_then(|name| site.named.terms.path_of(site.edition, name)),
        own: passage::quotation(site, quote)?,
        source_href: link::place(site.edition, quote.source),
        source_n: quote.source.paragraph,
        witnesses: quote.witnesses.iter().take(WITNESSES).map(witness).collect::<Result<_>>()?,
    })
}
