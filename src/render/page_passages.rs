//! The most quoted passages, each with all its quoters in context.
//!
//! ```text
//! 团结协作是上海合作组织一路走来的成功经验       quoted by 2 texts
//!   报道 ¶10 习近平强调，[团结协作是…]   评论 ¶10 …所强调的“[团结协作是…]”。
//! ```

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::model::{ArticleIx, Edition, Place};

use super::page_quotes::{Tab, tabs};
use super::paging::{self, Turn};
use super::passage::{self, Passage};
use super::{Head, Rendered, Site, flow};

pub const PATH: &str = "quotes/passages.html";
const A_PAGE: usize = 60;
/// Quoters of one passage that are shown.
const QUOTERS: usize = 40;

/// Passages by how many texts quote them.
#[derive(Debug)]
pub struct Index {
    passages: Vec<(Place, Vec<usize>)>,
    by_article: BTreeMap<ArticleIx, Vec<usize>>,
}

impl Index {
    /// Joins quotations whose sources overlap by half.
    pub fn new(edition: &Edition) -> Self {
        let mut order: Vec<usize> =
            (0..edition.quotes.len()).filter(|&ix| edition.quotes.get(ix).is_some_and(|q| !q.term)).collect();
        let source = |ix: usize| edition.quotes.get(ix).map(|q| q.source);
        order.sort_by_key(|&ix| (source(ix), ix));
        let mut passages: Vec<(Place, Vec<usize>)> = Vec::new();
        for ix in order {
            let Some(place) = source(ix) else { continue };
            match passages.last_mut().filter(|(held, _)| overlap(*held, place)) {
                Some((held, quoters)) => {
                    held.end = held.end.max(place.end);
                    quoters.push(ix);
                }
                None => passages.push((place, vec![ix])),
            }
        }
        let texts = |quoters: &[usize]| {
            let mut texts: Vec<_> =
                quoters.iter().filter_map(|&ix| edition.quotes.get(ix)).map(|q| q.place.article).collect();
            texts.sort_unstable();
            texts.dedup();
            texts.len()
        };
        passages.sort_by_cached_key(|(place, quoters)| {
            (std::cmp::Reverse(texts(quoters)), std::cmp::Reverse(quoters.len()), *place)
        });
        let mut by_article = BTreeMap::<ArticleIx, Vec<usize>>::new();
        for (ix, (place, _)) in passages.iter().enumerate() {
            by_article.entry(place.article).or_default().push(ix);
        }
        Self { passages, by_article }
    }

    /// The quoted passages of an article, each with the address of its quoters.
    pub fn of(&self, article: ArticleIx) -> Vec<(Place, String)> {
        let held = self.by_article.get(&article).into_iter().flatten();
        let at = |&ix: &usize| Some((self.passages.get(ix)?.0, format!("{}#s{ix}", path(ix / A_PAGE))));
        held.filter_map(at).collect()
    }

    pub fn count(&self) -> usize {
        paging::pages(self.passages.len(), A_PAGE)
    }
}

fn overlap(a: Place, b: Place) -> bool {
    let common = a.end.min(b.end).saturating_sub(a.start.max(b.start));
    let shorter = (a.end - a.start).min(b.end - b.start);
    (a.article, a.paragraph) == (b.article, b.paragraph) && common * 2 > shorter
}

pub fn path(number: usize) -> String {
    paging::named("quotes/passages", number)
}

#[derive(Serialize)]
struct View<'e> {
    tabs: Vec<Tab>,
    passages: Vec<PassageView<'e>>,
    pages: Vec<Turn>,
}

#[derive(Serialize)]
struct PassageView<'e> {
    id: usize,
    source: Passage<'e>,
    count: usize,
    quoters: Vec<Quoter<'e>>,
    more: usize,
}

#[derive(Serialize)]
struct Quoter<'e> {
    fidelity: &'static str,
    marked: bool,
    own: Passage<'e>,
}

pub fn render(site: &Site<'_>, number: usize) -> Result<Rendered> {
    let path = path(number);
    let title = site.phrase("quotes-passages", &[])?;
    let head = Head { path: &path, menu: super::page_quotes::PATH, title: &title, ..Head::default() };
    let all = &site.named.passages.passages;
    let shown = all.iter().enumerate().skip(number * A_PAGE).take(A_PAGE);
    let view = View {
        tabs: tabs(site, PATH)?,
        passages: shown.map(|(id, (place, quoters))| view(site, id, *place, quoters)).collect::<Result<_>>()?,
        pages: paging::turns(number, site.named.passages.count(), self::path),
    };
    site.fill(&head, "passages.html", &view)
}

fn view<'e>(site: &Site<'e>, id: usize, place: Place, quoters: &[usize]) -> Result<PassageView<'e>> {
    let quotes = quoters.iter().take(QUOTERS).filter_map(|&ix| site.edition.quotes.get(ix));
    let quoter = |quote| -> Result<Quoter<'e>> {
        let quote: &crate::model::Quote = quote;
        Ok(Quoter {
            fidelity: flow::fidelity(quote.fidelity),
            marked: quote.marked,
            own: passage::quotation(site, quote)?,
        })
    };
    Ok(PassageView {
        id,
        source: passage::passage(site, place)?,
        count: quoters.len(),
        quoters: quotes.map(quoter).collect::<Result<_>>()?,
        more: quoters.len().saturating_sub(QUOTERS),
    })
}
