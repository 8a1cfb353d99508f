//! The index of terms: by class, and by what is distinctive of each kind of text.
//!
//! ```text
//! persons  习近平 47 · 托卡耶夫 6 …        speech  家园 赤字 …        joint statement  双方 投资合作 …
//! ```

use std::collections::HashMap;
use std::ops::Range;

use anyhow::Result;
use serde::Serialize;

use crate::matcher::Matcher;
use crate::model::{ArticleIx, Edition, Term, TermClass};

use super::paging::{self, Turn};
use super::{Head, Markup, Rendered, Site, chart, link, page_term};

pub const PATH: &str = "terms/index.html";
const A_PAGE: usize = 200;
/// Terms of a class on the first page, and distinctive terms of a kind.
const FIRST: usize = 24;

/// The terms that have a page, by class.
#[derive(Debug)]
pub struct Index {
    classes: HashMap<TermClass, Vec<usize>>,
    by_text: HashMap<String, usize>,
    paged: Vec<usize>,
    names: Matcher<usize>,
}

impl Index {
    pub fn new(edition: &Edition) -> Self {
        let terms = edition.words.terms.iter().enumerate().filter(|(_, t)| t.page.is_some());
        let mut classes = HashMap::<TermClass, Vec<usize>>::new();
        let (mut by_text, mut paged, mut names) = (HashMap::new(), Vec::new(), Vec::new());
        for (ix, term) in terms {
            classes.entry(term.class).or_default().push(ix);
            by_text.insert(term.text.clone(), ix);
            paged.push(ix);
            if term.class != TermClass::Word && term.text.chars().count() >= 2 {
                names.extend(page_term::forms(term).into_iter().map(|form| (form, ix)));
            }
        }
        Self { classes, by_text, paged, names: Matcher::new(names) }
    }

    /// All that [`Index::names`] depends on, found sooner: where each name stands, in bytes, and whose it is.
    pub fn names_in<'n>(
        &'n self,
        edition: &'n Edition,
        text: &'n str,
    ) -> impl Iterator<Item = (Range<usize>, &'n str)> {
        let names = self.names.find_in(text);
        names.filter_map(|(place, &ix)| Some((place, edition.words.terms.get(ix)?.text.as_str())))
    }

    /// How many pages the list of a class takes; none where it has no term.
    pub fn count(&self, class: TermClass) -> usize {
        self.of(class).len().div_ceil(A_PAGE)
    }

    pub fn paged(&self) -> impl Iterator<Item = usize> {
        self.paged.iter().copied()
    }

    fn of(&self, class: TermClass) -> &[usize] {
        self.classes.get(&class).map_or(&[], Vec::as_slice)
    }

    /// The page of the term `text`, if it has one.
    pub fn path_of(&self, edition: &Edition, text: &str) -> Option<String> {
        let ix = *self.by_text.get(text)?;
        edition.words.terms.get(ix).map(page_term::address)
    }

    /// Names in a text, with the page of each: persons, bodies, places and quoted terms, each at its first place only.
    pub fn names(&self, edition: &Edition, text: &str) -> Vec<(u32, u32, String)> {
        let chars: Vec<char> = text.chars().collect();
        let mut seen = Vec::new();
        let mut out = Vec::new();
        for (start, end, &ix) in self.names.find(&chars) {
            let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { continue };
            if let Some(term) = edition.words.terms.get(ix).filter(|_| !seen.contains(&ix)) {
                seen.push(ix);
                out.push((start, end, page_term::address(term)));
            }
        }
        out
    }
}

pub fn path(class: TermClass, number: usize) -> String {
    paging::named(&format!("terms/{}", class.name()), number)
}

/// A term as lists show it.
#[derive(Serialize)]
pub struct TermRef<'e> {
    pub text: &'e str,
    pub href: String,
    pub total: u32,
    pub texts: u32,
}

/// The term `ix`: its page, or the search for it where it has none.
pub fn term<'e>(site: &Site<'e>, ix: usize) -> Option<TermRef<'e>> {
    let term = site.edition.words.terms.get(ix)?;
    let href = if term.page.is_some() { page_term::address(term) } else { search(&term.text) };
    Some(TermRef { text: &term.text, href, total: term.total, texts: term.texts })
}

/// The concordance of a word.
pub fn search(text: &str) -> String {
    format!("search.html?q={}&view=kwic", link::href(text))
}

/// A term by its name alone.
#[derive(Serialize)]
pub struct Named<'e> {
    pub text: &'e str,
    pub href: String,
}

/// What is distinctive of an article. How often a term stands elsewhere is for its own page to say: else every text more
/// would change the pages of all others.
pub fn keys<'e>(site: &Site<'e>, ix: ArticleIx) -> Vec<Named<'e>> {
    let keys = site.edition.words.keyness.get(ix).into_iter().flatten();
    keys.filter_map(|&(ix, _)| term(site, ix)).map(|TermRef { text, href, .. }| Named { text, href }).collect()
}

#[derive(Serialize)]
struct View<'e> {
    classes: Vec<ClassView<'e>>,
    kinds: Vec<KindView<'e>>,
}

#[derive(Serialize)]
struct ClassView<'e> {
    name: &'static str,
    path: String,
    count: usize,
    terms: Vec<TermRef<'e>>,
}

#[derive(Serialize)]
struct KindView<'e> {
    kind: &'static str,
    terms: Vec<TermRef<'e>>,
}

pub fn render(site: &Site<'_>) -> Result<Rendered> {
    let title = site.phrase("terms-title", &[])?;
    let head = Head { path: PATH, menu: PATH, title: &title, ..Head::default() };
    let kinds = site.edition.words.kinds.iter().filter(|(_, keys)| !keys.is_empty());
    let kinds = kinds.map(|(kind, keys)| KindView {
        kind: kind.name(),
        terms: keys.iter().take(FIRST).filter_map(|&(ix, _)| term(site, ix)).collect(),
    });
    let view = View { classes: classes(site), kinds: kinds.collect() };
    site.fill(&head, "terms.html", &view)
}

fn classes<'e>(site: &Site<'e>) -> Vec<ClassView<'e>> {
    let class = |class: TermClass| ClassView {
        name: class.name(),
        path: path(class, 0),
        count: site.named.terms.of(class).len(),
        terms: site.named.terms.of(class).iter().take(FIRST).filter_map(|&ix| term(site, ix)).collect(),
    };
    TermClass::ALL.into_iter().map(class).filter(|c| c.count > 0).collect()
}

#[derive(Serialize)]
struct ListView<'e> {
    class: &'static str,
    classes: Vec<ClassView<'e>>,
    all: usize,
    rows: Vec<Row<'e>>,
    pages: Vec<Turn>,
}

#[derive(Serialize)]
struct Row<'e> {
    term: TermRef<'e>,
    share: Markup,
    even: f32,
    evenness: String,
}

pub fn render_class(site: &Site<'_>, class: TermClass, number: usize) -> Result<Rendered> {
    let path = path(class, number);
    let title = site.phrase(&format!("class-{}", class.name()), &[])?;
    let head = Head { path: &path, menu: PATH, title: &title, ..Head::default() };
    let all = site.named.terms.of(class);
    let most = all.first().and_then(|&ix| site.edition.words.terms.get(ix)).map_or(1, |t| t.total as usize);
    let rows = all.iter().skip(number * A_PAGE).take(A_PAGE);
    let rows = rows.filter_map(|&ix| Some((site.edition.words.terms.get(ix)?, term(site, ix)?)));
    let view = ListView {
        class: class.name(),
        classes: classes(site),
        all: all.len(),
        rows: rows.map(|(held, term)| row(held, term, most)).collect(),
        pages: paging::turns(number, site.named.terms.count(class), |n| self::path(class, n)),
    };
    site.fill(&head, "terms_class.html", &view)
}

fn row<'e>(term: &Term, shown: TermRef<'e>, most: usize) -> Row<'e> {
    Row {
        share: chart::bar(term.total as usize, most, "other"),
        even: term.dispersion,
        evenness: format!("{:.2}", term.dispersion),
        term: shown,
    }
}
