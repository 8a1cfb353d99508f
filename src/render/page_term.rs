//! A term: where it stands, how evenly, with what, and in which sentences.
//!
//! ```text
//! 上海精神   23 times in 7 texts, evenness 0.41
//!   评论 ▇▇▇▇▇▇ 12    讲话 ▇▇ 4 …        near it: 秉持 旗帜 …        …始终[上海精神]，坚定不移走…
//! ```

use anyhow::{Context as _, Result};
use serde::Serialize;

use crate::matcher::Matcher;
use crate::model::{ArticleIx, Place, Term};

use super::page_terms::{self, TermRef};
use super::passage::{self, Passage};
use super::view::{self, ArticleRef};
use super::{Head, Markup, Rendered, Site, chart};

/// Texts and contexts that are shown.
const TEXTS: usize = 40;
const CONTEXTS: usize = 40;
const A_TEXT: usize = 6;

/// The address of a term: a hash of its text, for a file's name must be short and plain.
pub fn address(term: &Term) -> String {
    let hash = blake3::hash(term.text.as_bytes()).to_hex();
    format!("terms/t/{}.html", hash.get(..10).unwrap_or_default())
}

pub fn path(site: &Site<'_>, ix: usize) -> String {
    site.edition.words.terms.get(ix).map(address).unwrap_or_default()
}

/// The forms under which a term stands in texts: a person also by the last part of the name.
pub fn forms(term: &Term) -> Vec<String> {
    let last = term.text.rsplit_once('·').map(|(_, last)| last.to_owned()).filter(|l| l.chars().count() >= 2);
    std::iter::once(term.text.clone()).chain(last).collect()
}

#[derive(Serialize)]
struct View<'e> {
    class: &'static str,
    class_path: String,
    text: &'e str,
    total: u32,
    texts: usize,
    evenness: String,
    search: String,
    bars: Vec<Bar<'e>>,
    more: usize,
    near: Vec<Near<'e>>,
    contexts: Vec<Passage<'e>>,
}

#[derive(Serialize)]
struct Bar<'e> {
    article: ArticleRef<'e>,
    count: u32,
    rate: String,
    line: Markup,
}

#[derive(Serialize)]
struct Near<'e> {
    term: TermRef<'e>,
    count: u32,
    score: String,
}

pub fn render(site: &Site<'_>, ix: usize) -> Result<Rendered> {
    let path = path(site, ix);
    let term = site.edition.words.terms.get(ix).context("no such term")?;
    let head = Head { path: &path, menu: page_terms::PATH, title: &term.text, ..Head::default() };
    let known = term.page.as_ref().context("no page of this term")?;
    let mut texts: Vec<(ArticleIx, u32)> = known.counts.iter().map(|&(a, n)| (a as ArticleIx, n)).collect();
    texts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let near = known.collocates.iter().filter_map(|c| {
        Some(Near { term: page_terms::term(site, c.term)?, count: c.count, score: format!("{:.1}", c.score) })
    });
    let view = View {
        class: term.class.name(),
        class_path: page_terms::path(term.class, 0),
        text: &term.text,
        total: term.total,
        texts: texts.len(),
        evenness: format!("{:.2}", term.dispersion),
        search: page_terms::search(&term.text),
        bars: bars(site, &texts)?,
        more: texts.len().saturating_sub(TEXTS),
        near: near.collect(),
        contexts: contexts(site, term, &texts)?,
    };
    site.fill(&head, "term.html", &view)
}

/// One bar a text: as long as its share per thousand words.
fn bars<'e>(site: &Site<'e>, texts: &[(ArticleIx, u32)]) -> Result<Vec<Bar<'e>>> {
    let rate = |&(article, count): &(ArticleIx, u32)| {
        let words = site.edition.words.sizes.get(article).copied().unwrap_or(0).max(1);
        u64::from(count) * 10_000 / u64::from(words)
    };
    let shown = texts.get(..texts.len().min(TEXTS)).unwrap_or_default();
    let most = shown.iter().map(rate).max().unwrap_or(1).max(1);
    let bar = |text: &(ArticleIx, u32)| {
        let kind = site.edition.articles.get(text.0).map_or("other", |a| a.kind.value.name());
        let length = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        Ok(Bar {
            article: view::article(site, text.0)?,
            count: text.1,
            rate: format!("{}.{}", rate(text) / 10, rate(text) % 10),
            line: chart::bar(length(rate(text)), length(most), kind),
        })
    };
    shown.iter().map(bar).collect()
}

/// Sentences with the term, a few from each text.
fn contexts<'e>(site: &Site<'e>, term: &Term, texts: &[(ArticleIx, u32)]) -> Result<Vec<Passage<'e>>> {
    let matcher = Matcher::new(forms(term).into_iter().map(|form| (form, ())));
    let mut found = Vec::new();
    for &(article, _) in texts.iter().take(CONTEXTS) {
        let paragraphs = site.edition.articles.get(article).into_iter().flat_map(|a| &a.paragraphs);
        let places = paragraphs.flat_map(|p| {
            let chars: Vec<char> = p.text.chars().collect();
            let hits = matcher.find(&chars);
            hits.filter_map(|(start, end, ())| {
                let (start, end) = (u32::try_from(start).ok()?, u32::try_from(end).ok()?);
                Some(Place { article, paragraph: p.n, start, end })
            })
            .collect::<Vec<_>>()
        });
        found.extend(places.take(A_TEXT));
    }
    found.truncate(CONTEXTS);
    found.into_iter().map(|place| passage::passage(site, place)).collect()
}
