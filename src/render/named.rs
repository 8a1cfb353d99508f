//! The pages about names, quotations and days: their list, and what they look up.
//!
//! ```text
//! quotes/ quotes/passages.html quotes/missing.html   terms/ terms/t/ID.html   timeline.html timeline/2024-07.html
//! people/   relations.html
//! ```
//! Each kind of page keeps its own index here, made once per site; the number of pages is bounded whatever the corpus.

use anyhow::Result;

use crate::model::{Edition, TermClass};

use super::{Page, Rendered, Site};
use super::{
    page_missing, page_passages, page_people, page_quotes, page_relations, page_term, page_terms, page_timeline,
};

/// A page about names, quotations or days; numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedPage {
    Quotes(usize),
    Passages(usize),
    Missing(usize),
    /// What is distinctive, and the most frequent of each class.
    Terms,
    Class(TermClass, usize),
    Term(usize),
    Timeline,
    /// By index among the months that have texts, and number of the page.
    Month(usize, usize),
    People(usize),
    Relations(usize),
}

/// What those pages look up.
#[derive(Debug)]
pub struct Named {
    pub quotes: page_quotes::Index,
    pub passages: page_passages::Index,
    pub missing: page_missing::Index,
    pub terms: page_terms::Index,
    pub timeline: page_timeline::Index,
    pub people: page_people::Index,
    pub relations: page_relations::Index,
}

impl Named {
    pub fn new(edition: &Edition) -> Self {
        let quoted = || {
            (page_quotes::Index::new(edition), page_passages::Index::new(edition), page_missing::Index::new(edition))
        };
        let named = || (page_terms::Index::new(edition), page_people::Index::new(edition));
        let placed = || (page_timeline::Index::new(edition), page_relations::Index::new(edition));
        let ((quotes, passages, missing), ((terms, people), (timeline, relations))) =
            rayon::join(quoted, || rayon::join(named, placed));
        Self { quotes, passages, missing, terms, timeline, people, relations }
    }
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    let named = &site.named;
    let mut all = vec![NamedPage::Terms, NamedPage::Timeline];
    all.extend((0..named.quotes.count()).map(NamedPage::Quotes));
    all.extend((0..named.passages.count()).map(NamedPage::Passages));
    all.extend((0..named.missing.count()).map(NamedPage::Missing));
    for class in TermClass::ALL {
        all.extend((0..named.terms.count(class)).map(|n| NamedPage::Class(class, n)));
    }
    all.extend(named.terms.paged().map(NamedPage::Term));
    for month in 0..named.timeline.months() {
        all.extend((0..named.timeline.count(month)).map(|n| NamedPage::Month(month, n)));
    }
    all.extend((0..named.people.count()).map(NamedPage::People));
    all.extend((0..named.relations.count()).map(NamedPage::Relations));
    pages.extend(all.into_iter().map(Page::Named));
}

pub fn path(site: &Site<'_>, page: NamedPage) -> String {
    match page {
        NamedPage::Quotes(n) => page_quotes::path(n),
        NamedPage::Passages(n) => page_passages::path(n),
        NamedPage::Missing(n) => page_missing::path(n),
        NamedPage::Terms => page_terms::PATH.to_owned(),
        NamedPage::Class(class, n) => page_terms::path(class, n),
        NamedPage::Term(ix) => page_term::path(site, ix),
        NamedPage::Timeline => page_timeline::PATH.to_owned(),
        NamedPage::Month(month, n) => site.named.timeline.path(month, n),
        NamedPage::People(n) => page_people::path(n),
        NamedPage::Relations(n) => page_relations::path(n),
    }
}

pub fn render(site: &Site<'_>, page: NamedPage) -> Result<Rendered> {
    match page {
        NamedPage::Quotes(n) => page_quotes::render(site, n),
        NamedPage::Passages(n) => page_passages::render(site, n),
        NamedPage::Missing(n) => page_missing::render(site, n),
        NamedPage::Terms => page_terms::render(site),
        NamedPage::Class(class, n) => page_terms::render_class(site, class, n),
        NamedPage::Term(ix) => page_term::render(site, ix),
        NamedPage::Timeline => page_timeline::render(site),
        NamedPage::Month(month, n) => page_timeline::render_month(site, month, n),
        NamedPage::People(n) => page_people::render(site, n),
        NamedPage::Relations(n) => page_relations::render(site, n),
    }
}
