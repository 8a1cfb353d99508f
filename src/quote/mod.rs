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
pub mod saying;

mod align;
mod brought;
mod crossed;
mod source;
mod term;
mod trace;
mod unmarked;
mod verb;

use rayon::prelude::*;

use crate::fold::Folded;
use crate::model::{Article, ArticleIx, Fidelity, Paragraph, Quote, Reuse};
use crate::name::Persons;

use align::letters;
use marks::Marked;
use saying::Scene;
use trace::{Demand, Found, Traced, Tracer, Wanted};
use unmarked::{Told, Voice};

/// What a marked quotation must share with its source.
const MARKED: Demand = Demand { matched: 7, own: 7, altered: 7, share: 0.8, cover: 0.8 };

/// Parts of one text that were run together between the same marks are as many at most.
const MOST_PARTS: usize = 6;

/// An unaltered sentence of as many letters is a quotation though most of those around it in the same marks are none.
const LONE: usize = 16;

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
    let mut voice = Voice::default();
    let retells = tracer.retells(article);
    if !retells && !article.paragraphs.iter().any(|paragraph| paragraph.text.contains(marks::opens)) {
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
        let said = Said { scene: &scene, folded: &folded, marks: &clause_marks, carried: carried.as_deref(), signer };
        quotes.extend(of_marks(tracer, article, paragraph, &said));
        let open = clause_marks.iter().find(|m| m.depth == 0 && m.end == chars.len()).copied();
        let still = open.and_then(|mark| said.speaker(mark)).or_else(|| scene.handed_on());
        if retells {
            let outermost: Vec<_> = clause_marks.iter().filter(|m| m.depth == 0).copied().collect();
            let told =
                Told { tracer, article, paragraph: paragraph.n, scene: &scene, folded: &folded, quoted: &outermost };
            let retold = told.retold(signed.as_ref(), &mut voice);
            quotes.extend(retold.into_iter().map(|(traced, speaker)| quote(traced, speaker, false)));
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

/// The quotations of a paragraph, and who may have said them.
struct Said<'a> {
    scene: &'a Scene<'a>,
    folded: &'a Folded,
    marks: &'a [Marked],
    /// Whose quotation the paragraph before left open.
    carried: Option<&'a str>,
    /// Who signs the paragraph.
    signer: Option<&'a str>,
}

impl Said<'_> {
    fn speaker(&self, mark: Marked) -> Option<String> {
        let goes_on = self.scene.chars.iter().take(mark.start.saturating_sub(1)).all(|c| c.is_whitespace());
        let carried = self.carried.filter(|_| goes_on).map(str::to_owned);
        let speaker = carried.or_else(|| self.scene.speaker(mark.start, mark.end));
        speaker.or_else(|| self.signer.map(str::to_owned))
    }
}

/// The quotations of clauses between marks. One inside another that was traced is part of it.
fn of_marks(tracer: &Tracer<'_>, article: &Article, paragraph: &Paragraph, said: &Said<'_>) -> Vec<Quote> {
    let folded = said.folded;
    let mut quotes: Vec<Quote> = Vec::new();
    let mut done = 0;
    for &mark in said.marks.iter().filter(|m| m.start < m.end) {
        if mark.start < done {
            continue;
        }
        let speaker = said.speaker(mark);
        let wanted = |tokens| Wanted {
            article: article.ix,
            paragraph: paragraph.n,
            folded,
            tokens,
            speaker: speaker.as_deref(),
            marked: true,
            introduced: true,
        };
        let tokens = tokens(folded, mark);
        let found = tracer.trace_or_part(&wanted(tokens), MARKED);
        if let Some(Found::Whole(traced)) = found {
            quotes.push(quote(traced, speaker.clone(), true));
            done = mark.end;
            continue;
        }
        let sentences = sentences(folded, tokens);
        let mut parts: Vec<_> =
            sentences.iter().filter_map(|&part| tracer.trace(&wanted(part), MARKED, None)).collect();
        if parts.len() * 2 <= sentences.len() {
            parts.retain(|traced| traced.fidelity != Fidelity::Altered && traced.letters(folded) >= LONE);
        }
        if sentences.len() > 1 && !parts.is_empty() {
            quotes.extend(parts.into_iter().map(|traced| quote(traced, speaker.clone(), true)));
            done = mark.end;
        } else if let Some(Found::Part(first)) = found
            && let Some(parts) = run_together(tracer, wanted(tokens), first)
        {
            quotes.extend(parts.into_iter().map(|traced| quote(traced, speaker.clone(), true)));
            done = mark.end;
        }
    }
    quotes
}

/// The parts of a quotation whose `first` was found, if all of it is made of parts of one text, from mark to mark.
fn run_together(tracer: &Tracer<'_>, whole: Wanted<'_>, first: Traced) -> Option<Vec<Traced>> {
    let demand = Demand { cover: 0.0, ..MARKED };
    let key = &whole.folded.key;
    let source = first.source.article;
    let joins = |at: usize| {
        let word = |at: Option<usize>| at.and_then(|at| key.get(at)).is_some_and(|c| c.is_alphanumeric());
        (whole.tokens.0 + 1..whole.tokens.1).contains(&at) && word(at.checked_sub(1)) && word(Some(at))
    };
    let stands = |part: &Traced| part.source.article == source && !joins(part.tokens.0) && !joins(part.tokens.1);
    let around = |outer: (usize, usize), part: &Traced| [(outer.0, part.tokens.0), (part.tokens.1, outer.1)];
    if !stands(&first) {
        return None;
    }
    let mut pending = Vec::from(around(whole.tokens, &first));
    let mut parts = vec![first];
    while let Some(tokens) = pending.pop() {
        let tokens = unmarked::trimmed(whole.folded, tokens);
        let wanted = Wanted { tokens, introduced: false, ..whole };
        let Some(part) = tracer.trace(&wanted, demand, Some(source)) else { continue };
        if parts.len() == MOST_PARTS || !stands(&part) {
            return None;
        }
        pending.extend(around(tokens, &part));
        parts.push(part);
    }
    parts.sort_by_key(|part| part.tokens);
    let found: usize = parts.iter().map(|part| part.letters(whole.folded)).sum();
    #[expect(clippy::cast_precision_loss, reason = "counts of characters of one quotation")]
    let covers = found as f32 >= MARKED.cover * letters(whole.key()) as f32;
    (parts.len() > 1 && covers).then_some(parts)
}

fn quote(traced: Traced, speaker: Option<String>, marked: bool) -> Quote {
    let Traced { place, source, witnesses, fidelity, edits, tokens: _ } = traced;
    Quote { place, source, witnesses, fidelity, edits, marked, term: false, speaker }
}

fn tokens(folded: &Folded, mark: Marked) -> (usize, usize) {
    let at = |offset: usize| folded.token(u32::try_from(offset).unwrap_or(u32::MAX));
    (at(mark.start), at(mark.end))
}

/// The sentences of a quotation that are long enough to be traced on their own.
fn sentences(folded: &Folded, tokens: (usize, usize)) -> Vec<(usize, usize)> {
    let key = folded.key.get(tokens.0..tokens.1).unwrap_or_default();
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in key.iter().enumerate() {
        if matches!(c, '。' | '!' | '?') || at + 1 == key.len() {
            if letters(key.get(start..=at).unwrap_or_default()) >= MARKED.matched {
                parts.push((tokens.0 + start, tokens.0 + at + 1));
            }
            start = at + 1;
        }
    }
    parts
}
