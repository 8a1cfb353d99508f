//! Quotations → their sources.
//!
//! ```text
//! 十分认同习近平主席所强调的“团结协作是上海合作组织一路走来的成功经验”
//!     → the speech, paragraph 19, exactly; also in the report of the speech; the words of 习近平
//! 习近平指出，我们首次以“上海合作组织+”的形式举行峰会，好朋友、新伙伴济济一堂
//!     → the speech, 这是我们首次以…，altered: `。` → `，`
//! “上海精神”
//!     → a term, and no quotation of a clause
//! ```

pub mod marks;
mod saying;

mod align;
mod brought;
mod crossed;
mod likely;
mod marked;
mod source;
mod subject;
mod term;
mod trace;
mod unmarked;
mod verb;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::fold::Folded;
use crate::model::{Article, ArticleIx, Quote, Reuse};
use crate::name::Persons;

use marked::Said;
use marks::Marked;
use saying::Scene;
use trace::{Traced, Tracer};
use unmarked::{Told, Voice};

/// Where a quotation is all of a paragraph, as headlines are, he whose words they are may be named in as many below it.
const BELOW: usize = 2;

/// Traces every quotation whose words stand elsewhere in the corpus, in the order of the texts.
#[must_use]
pub fn quotes(articles: &[Article], reuse: &Reuse) -> Vec<Quote> {
    quotes_of(articles, reuse, &Persons::learn(articles))
}

/// The same, where the persons are known.
#[must_use]
pub fn quotes_of(articles: &[Article], reuse: &Reuse, persons: &Persons) -> Vec<Quote> {
    let tracer = Tracer::new(articles, persons, source::kin(reuse));
    let per_article: Vec<_> = articles.par_iter().map(|article| of_article(&tracer, article, persons)).collect();
    let (clauses, terms): (Vec<_>, Vec<_>) = per_article.into_iter().unzip();
    let mut quotes: Vec<Quote> = clauses.into_iter().flatten().collect();
    quotes.extend(term::traced(&tracer, terms.into_iter().flatten().collect()));
    quotes.sort_by_key(|q| (q.place, q.source));
    quotes
}

/// The quotations of clauses in an article, and its quoted terms.
fn of_article(tracer: &Tracer<'_>, article: &Article, persons: &Persons) -> (Vec<Quote>, Vec<term::Quoted>) {
    let mut quotes = Vec::new();
    let mut terms = Vec::new();
    let (mut before, mut carried): (Option<String>, Option<String>) = (None, None);
    let (mut voice, mut heard) = (Voice::default(), BTreeSet::new());
    let retells = tracer.retells(article);
    let likens = tracer.likens(article);
    if !retells && !likens && !article.paragraphs.iter().any(|paragraph| paragraph.text.contains(marks::opens)) {
        return (quotes, terms);
    }
    let texts: Vec<Vec<char>> = article.paragraphs.iter().map(|paragraph| paragraph.text.chars().collect()).collect();
    let marks = marks::of_text(&texts);
    for (ix, (paragraph, (chars, marks))) in article.paragraphs.iter().zip(texts.iter().zip(&marks)).enumerate() {
        let scene = Scene::new(chars, marks, persons, before.as_deref());
        let folded = tracer.folder.fold(&paragraph.text);
        let (term_marks, clause_marks): (Vec<Marked>, Vec<Marked>) =
            marks.quotations().into_iter().partition(|&m| is_term(tracer, article.ix, chars, &folded, m));
        terms.extend(term_marks.iter().map(|&m| term::Quoted::new(article.ix, paragraph.n, &folded, m)));
        let below = || Some((chars.len(), brought::signature(texts.get(ix + 1)?, persons)?));
        let signed = scene.signed(persons).or_else(below);
        let signer = signed.as_ref().map(|(_, who)| who.as_str());
        heard.extend(scene.names().map(str::to_owned));
        if marks::is_quotation(chars) {
            let below = texts.iter().skip(ix + 1).take(BELOW).flat_map(|chars| persons.find(chars));
            heard.extend(below.map(|named| named.name));
        }
        let said = Said {
            tracer,
            article: article.ix,
            paragraph: paragraph.n,
            scene: &scene,
            folded: &folded,
            marks: &clause_marks,
            carried: carried.as_deref(),
            signer,
            heard: &heard,
        };
        quotes.extend(said.quotes());
        let open = clause_marks.iter().find(|m| m.depth == 0 && m.end == chars.len()).copied();
        let still = open.and_then(|mark| said.speaker(mark)).or_else(|| scene.handed_on());
        if retells || likens {
            let outermost: Vec<_> = clause_marks.iter().filter(|m| m.depth == 0).copied().collect();
            let told =
                Told { tracer, article, paragraph: paragraph.n, scene: &scene, folded: &folded, quoted: &outermost };
            let retold = if retells { told.retold(signed.as_ref(), &mut voice) } else { told.likened() };
            quotes.extend(retold.into_iter().map(|(traced, speaker)| {
                let speaker = tracer.sayer(speaker, traced.source, &heard);
                quote(traced, speaker, false)
            }));
        }
        let last = scene.last_named().map(str::to_owned);
        before = last;
        carried = still;
    }
    (quotes, terms)
}

/// Whether the marks hold a term. A phrase that could be one is a clause where another text has it as such.
fn is_term(tracer: &Tracer<'_>, article: ArticleIx, chars: &[char], folded: &Folded, mark: Marked) -> bool {
    let key = || {
        let (from, to) = tokens(folded, mark);
        folded.key.get(from..to).unwrap_or_default()
    };
    term::is_term(chars, mark) && (term::is_short(chars, mark) || !tracer.is_clause_elsewhere(article, key()))
}

fn quote(traced: Traced, speaker: Option<String>, marked: bool) -> Quote {
    let Traced { place, source, witnesses, fidelity, edits, tokens: _ } = traced;
    Quote { place, source, witnesses, fidelity, edits, marked, term: false, speaker }
}

fn tokens(folded: &Folded, mark: Marked) -> (usize, usize) {
    let at = |offset: usize| folded.token(u32::try_from(offset).unwrap_or(u32::MAX));
    (at(mark.start), at(mark.end))
}
