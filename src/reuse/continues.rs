//! （下转第三版） and （上接第二版） → which article goes on in which, when both parts are in the corpus.
//!
//! ```text
//! 第2版  …双方一致认为，（下转第三版）    ╮ the marks name each other's page, the days agree, and the sentence goes on:
//! 第3版  （上接第二版）反对任何形式的…    ╯ the second continues the first
//! ```
//!
//! Of several that could be meant none is chosen: a wrong continuation is worse than none.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::mark::{is_closing, is_terminal};
use crate::model::{
    Article, ArticleIx, Date, DocumentRelation, Evidence, Furniture, Guess, Link, Role, SeedIx, Source,
};
use crate::wording::{PAGE_WORDS, page_named};

/// The code of furniture that says where an article goes on.
const CONTINUED_ON: &str = "continued-on";
/// So many parts without a day are looked at for one that goes on.
const MOST_UNDATED: usize = 64;

/// A part of an article, with the page that its mark names.
#[derive(Clone, Copy, Debug)]
struct Part<'a> {
    article: &'a Article,
    mark: &'a str,
    page: Option<u32>,
}

/// Which articles continue which.
#[must_use]
pub fn links(sources: &[Source], articles: &[Article], furniture: &[Furniture]) -> Vec<Link> {
    let heads: Vec<Part<'_>> = articles.iter().filter_map(head).collect();
    if heads.is_empty() {
        return Vec::new();
    }
    let pages = Pages::new(sources, articles, furniture);
    let mut tails: BTreeMap<Option<i64>, Vec<Part<'_>>> = BTreeMap::new();
    for tail in tails_of(articles, furniture) {
        tails.entry(pages.day(tail.article)).or_default().push(tail);
    }
    let mut chosen: BTreeMap<ArticleIx, Vec<(u32, Part<'_>, Part<'_>)>> = BTreeMap::new();
    for head in heads {
        let day = pages.day(head.article);
        let near = day.into_iter().flat_map(|day| tails.range(Some(day - 4)..=Some(day + 4)).flat_map(|(_, t)| t));
        let undated = tails.get(&None).into_iter().flatten().take(MOST_UNDATED);
        let mut fits: Vec<(u32, Part<'_>)> =
            near.chain(undated).filter_map(|&tail| Some((pages.fit(tail, head)?, tail))).collect();
        fits.sort_by_key(|&(fit, tail)| (std::cmp::Reverse(fit), tail.article.ix));
        if let Some(&(fit, tail)) = fits.first()
            && fits.get(1).is_none_or(|second| second.0 < fit)
        {
            chosen.entry(tail.article.ix).or_default().push((fit, tail, head));
        }
    }
    chosen
        .into_values()
        .filter_map(|mut rivals| {
            rivals.sort_by_key(|&(fit, ..)| std::cmp::Reverse(fit));
            let &(fit, tail, head) = rivals.first()?;
            rivals.get(1).is_none_or(|second| second.0 < fit).then(|| link(fit, tail, head))
        })
        .collect()
}

/// The second part of an article: it opens with a mark.
fn head(article: &Article) -> Option<Part<'_>> {
    let mark = article.continues.as_ref()?;
    Some(Part { article, mark: &mark.text, page: mark.page })
}

/// The first parts of articles: the mark stands below each.
fn tails_of<'a>(articles: &'a [Article], furniture: &'a [Furniture]) -> Vec<Part<'a>> {
    let mut by_seed: BTreeMap<SeedIx, Vec<&Article>> = BTreeMap::new();
    for article in articles {
        by_seed.entry(article.seed).or_default().push(article);
    }
    let mut tails = Vec::new();
    for mark in furniture.iter().filter(|mark| mark.reason.code == CONTINUED_ON) {
        let line = mark.pieces.first().map_or(0, |piece| piece.line);
        let above = |article: &&Article| {
            let ends = article.lines.iter().filter(|own| own.0 <= line).map(|own| own.1.min(line));
            ends.max().unwrap_or(0)
        };
        let nearest = by_seed.get(&mark.seed).into_iter().flatten().copied().filter(|a| above(a) > 0);
        if let Some(article) = nearest.max_by_key(above) {
            tails.push(Part { article, mark: &mark.text, page: page_named(&mark.text, &PAGE_WORDS) });
        }
    }
    tails
}

fn link(fit: u32, tail: Part<'_>, head: Part<'_>) -> Link {
    let mark = |text: &str| Evidence { code: Cow::Borrowed("page-mark"), quote: text.to_owned() };
    let mut evidence = vec![mark(tail.mark), mark(head.mark)];
    if same_title(tail.article, head.article) {
        evidence.push(Evidence { code: Cow::Borrowed("title"), quote: tail.article.title.value.text.clone() });
    }
    let confidence = if fit >= 2 * PAGE { 0.98 } else { 0.8 };
    let relation = Guess { value: DocumentRelation::Continues, confidence, evidence };
    let (from, to) = (head.article.ix, tail.article.ix);
    Link { relation, from, to, coverage_from: 0.0, coverage_to: 0.0 }
}

/// What speaks for two parts being one text: a page that is confirmed, the same day, the same title, a sentence that goes on.
const PAGE: u32 = 4;
const DAY: u32 = 2;
const TITLE: u32 = 2;
const SENTENCE: u32 = 1;

/// The page of a paper that a seed is from, as far as known.
#[derive(Clone, Copy, Debug, Default)]
struct Page<'a> {
    number: Option<u32>,
    /// The day of the paper, or the last that its articles are from.
    day: Option<Date>,
    paper: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// What its sidecar says.
    fn told(source: &'a Source) -> Self {
        let Some(sidecar) = &source.sidecar else { return Self::default() };
        let digits = |text: &String| text.chars().filter(char::is_ascii_digit).collect::<String>().parse().ok();
        Self { number: sidecar.page.as_ref().and_then(digits), day: sidecar.date, paper: sidecar.paper.as_deref() }
    }
}

/// The page of each seed.
struct Pages<'a>(Vec<Page<'a>>);

impl<'a> Pages<'a> {
    fn new(sources: &'a [Source], articles: &[Article], furniture: &[Furniture]) -> Self {
        let mut pages: Vec<Page<'_>> = sources.iter().map(Page::told).collect();
        for mark in furniture.iter().filter(|mark| mark.reason.code != CONTINUED_ON) {
            if let Some(page) = pages.get_mut(mark.seed) {
                page.number = page.number.or_else(|| page_named(&mark.text, &['版']));
            }
        }
        let mut latest: Vec<Option<Date>> = vec![None; sources.len()];
        for article in articles {
            if let (Some(day), Some(date)) = (latest.get_mut(article.seed), &article.date) {
                *day = (*day).max(Some(date.value));
            }
        }
        for (page, latest) in pages.iter_mut().zip(latest) {
            page.day = page.day.or(latest);
        }
        Self(pages)
    }

    fn of(&self, article: &Article) -> Page<'a> {
        self.0.get(article.seed).copied().unwrap_or_default()
    }

    fn day(&self, article: &Article) -> Option<i64> {
        self.of(article).day.map(ordinal)
    }

    /// How well `head` goes on from `tail`, unless something says that it cannot.
    fn fit(&self, tail: Part<'_>, head: Part<'_>) -> Option<u32> {
        let (first, second) = (tail.article, head.article);
        let (page, next) = (self.of(first), self.of(second));
        let other_paper = matches!((page.paper, next.paper), (Some(a), Some(b)) if a != b);
        if first.ix == second.ix || other_paper {
            return None;
        }
        let mut fit = 0;
        for (named, is) in [(head.page, page.number), (tail.page, next.number)] {
            match (named, is) {
                (Some(named), Some(is)) if named != is => return None,
                (Some(_), Some(_)) => fit += PAGE,
                _ => {}
            }
        }
        if let (Some(a), Some(b)) = (page.day, next.day) {
            fit += neighbours(a, b)?;
        }
        fit += if same_title(first, second) { TITLE } else { 0 };
        Some(fit + if is_unfinished(first) { SENTENCE } else { 0 })
    }
}

/// Days rise with it, and it rises by one from day to day of a month.
fn ordinal(date: Date) -> i64 {
    (i64::from(date.year) * 12 + i64::from(date.month)) * 31 + i64::from(date.day)
}

/// What two days say for one paper: its telegrams are of its day and of the one before.
fn neighbours(a: Date, b: Date) -> Option<u32> {
    let (early, late) = if ordinal(a) <= ordinal(b) { (a, b) } else { (b, a) };
    match ordinal(late) - ordinal(early) {
        0 => Some(DAY),
        1 => Some(0),
        2..=4 if late.day == 1 => Some(0),
        _ => None,
    }
}

fn same_title(a: &Article, b: &Article) -> bool {
    !a.title_inferred && !b.title_inferred && a.title.value.text == b.title.value.text
}

/// Whether the text breaks off inside a sentence.
fn is_unfinished(article: &Article) -> bool {
    let last = article.paragraphs.iter().rfind(|paragraph| paragraph.role == Role::Body);
    last.and_then(|paragraph| paragraph.text.chars().rfind(|&c| !is_closing(c))).is_some_and(|c| !is_terminal(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_prints_the_telegrams_of_two_days() {
        let day = |month, day| Date { year: 2024, month, day, inferred: false };
        assert_eq!(neighbours(day(7, 5), day(7, 5)), Some(DAY));
        assert_eq!(neighbours(day(6, 30), day(7, 1)), Some(0));
        assert_eq!(neighbours(day(7, 3), day(7, 5)), None);
    }
}
