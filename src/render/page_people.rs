//! Who speaks and who writes: speakers with their speeches and how often they are quoted, bylines with their texts.
//!
//! ```text
//! 习近平      speeches: 携手构建更加美好的…      quoted 44 times, in 3 texts
//! 何毅        reports and commentaries: 为实现共同繁荣振兴…
//! ```

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::Serialize;

use crate::fold::simplified;
use crate::model::{ArticleIx, Edition};
use crate::name::Persons;

use super::page_quotes::{Tab, tabs};
use super::paging::{self, Turn};
use super::view::{self, ArticleRef};
use super::{Head, Rendered, Site, page_terms};

pub const PATH: &str = "people/index.html";
const A_PAGE: usize = 120;
/// Texts of one person that are listed.
const TEXTS: usize = 60;

#[derive(Debug, Default)]
struct Person {
    /// As the first text prints it that he speaks or writes in.
    name: String,
    speeches: Vec<ArticleIx>,
    texts: Vec<ArticleIx>,
    quoted: usize,
    quoting: BTreeSet<ArticleIx>,
}

/// Persons by what they have said and written here.
#[derive(Debug)]
pub struct Index {
    people: Vec<Person>,
}

impl Index {
    pub fn new(edition: &Edition) -> Self {
        let persons = LazyCell::new(|| Persons::learn(&edition.articles));
        let mut people = People::default();
        for article in &edition.articles {
            if let Some(speaker) = &article.speaker {
                people.called(speaker).speeches.push(article.ix);
            }
            if let Some(byline) = &article.byline {
                for writer in writers(&byline.text, &persons) {
                    people.called(&writer).texts.push(article.ix);
                }
            }
        }
        for quote in edition.quotes.iter().filter(|q| !q.term) {
            if let Some(speaker) = quote.speaker.as_ref().filter(|s| persons.full_names().contains(*s)) {
                let person = people.called(speaker);
                person.quoted += 1;
                person.quoting.insert(quote.place.article);
            }
        }
        let mut people: Vec<Person> = people.0.into_values().collect();
        let weight = |p: &Person| p.speeches.len() * 4 + p.texts.len() + p.quoted;
        people.sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| a.name.cmp(&b.name)));
        Self { people }
    }

    pub fn count(&self) -> usize {
        paging::pages(self.people.len(), A_PAGE)
    }
}

/// Persons by their names in simplified characters: who is printed in both is one.
#[derive(Default)]
struct People(BTreeMap<String, Person>);

impl People {
    fn called(&mut self, name: &str) -> &mut Person {
        let new = || Person { name: name.to_owned(), ..Person::default() };
        self.0.entry(simplified(name).into_owned()).or_insert_with(new)
    }
}

/// The persons of a byline; the line itself where it names none that is known.
fn writers(byline: &str, persons: &Persons) -> Vec<String> {
    let chars: Vec<char> = byline.chars().collect();
    let named: BTreeSet<String> = persons.find(&chars).into_iter().map(|n| n.name).collect();
    if !named.is_empty() {
        return named.into_iter().collect();
    }
    let apart = |c: char| c.is_whitespace() || matches!(c, '、' | '，' | '：' | ':' | '（' | '）');
    let offices = ["本报记者", "新华社记者", "记者", "通讯员", "执笔", "作者", "编辑", "评论员", "执笔记者"];
    let parts = byline.split(apart).map(|p| offices.iter().fold(p, |p, o| p.trim_start_matches(o)));
    parts.filter(|p| (2..=12).contains(&p.chars().count())).map(str::to_owned).collect()
}

pub fn path(number: usize) -> String {
    paging::path("people", number)
}

#[derive(Serialize)]
struct View<'e> {
    tabs: Vec<Tab>,
    people: Vec<PersonView<'e>>,
    pages: Vec<Turn>,
}

#[derive(Serialize)]
struct PersonView<'e> {
    name: &'e str,
    anchor: usize,
    term: Option<String>,
    search: String,
    speeches: Vec<ArticleRef<'e>>,
    texts: Vec<ArticleRef<'e>>,
    more: usize,
    quoted: usize,
    quoting: Vec<ArticleRef<'e>>,
}

pub fn render<'e>(site: &'e Site<'e>, number: usize) -> Result<Rendered> {
    let path = path(number);
    let title = site.phrase("people-title", &[])?;
    let head = Head { path: &path, menu: super::page_quotes::PATH, title: &title, ..Head::default() };
    let shown = site.named.people.people.iter().enumerate().skip(number * A_PAGE).take(A_PAGE);
    let view = View {
        tabs: tabs(site, PATH)?,
        people: shown.map(|(ix, person)| view(site, ix, person)).collect::<Result<_>>()?,
        pages: paging::turns(number, site.named.people.count(), self::path),
    };
    site.fill(&head, "people.html", &view)
}

fn view<'e>(site: &'e Site<'e>, anchor: usize, person: &'e Person) -> Result<PersonView<'e>> {
    let refs = |list: &mut dyn Iterator<Item = ArticleIx>| -> Result<Vec<ArticleRef<'e>>> {
        list.take(TEXTS).map(|ix| view::article(site, ix)).collect()
    };
    let held = [person.speeches.len(), person.texts.len(), person.quoting.len()];
    Ok(PersonView {
        name: &person.name,
        anchor,
        term: site.named.terms.path_of(site.edition, &person.name),
        search: page_terms::search(&person.name),
        speeches: refs(&mut person.speeches.iter().copied())?,
        texts: refs(&mut person.texts.iter().copied())?,
        more: held.iter().map(|n| n.saturating_sub(TEXTS)).sum(),
        quoted: person.quoted,
        quoting: refs(&mut person.quoting.iter().copied())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_printed_in_both_scripts_is_one() {
        let mut people = People::default();
        people.called("許汝霖").speeches.push(0);
        people.called("许汝霖").quoted += 1;
        let people: Vec<_> = people.0.into_values().collect();
        assert_eq!((people.len(), people[0].name.as_str(), people[0].quoted), (1, "許汝霖", 1));
    }
}
