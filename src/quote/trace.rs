//! A quoted passage → the passage it reproduces.
//!
//! ```text
//! ‘上海精神’成为成员国共同的价值遵循和行动方针   →   the report of the council, “上海精神”成为…: a variant, quote marks apart
//! 各国都安全，才有真安全                         →   the speech, exactly; the report of the speech is a witness
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use rayon::prelude::*;

use super::align::{Alignment, align, letters, share_run};
use super::likely::{fellow_quoter, is_divided};
use super::marks::opens;
use super::source::{Voices, retells};
use super::unmarked::LIKENING;
use crate::config::Folds;
use crate::fold::{Folded, Folder};
use crate::model::{Article, ArticleIx, Edit, Fidelity, Place};
use crate::name::Persons;
use crate::reuse::{Index, Standing, edit};

/// How many paragraphs are looked at for one passage, and how many witnesses are listed.
const MOST_PARAGRAPHS: usize = 12;
const MOST_WITNESSES: usize = 24;

/// No passage is found without a run of as many characters.
const LEAST_RUN: usize = 5;
/// A run of as many characters makes up for some alteration around it.
const LONG_RUN: usize = 8;

/// A phrase of as many characters that stands between quotation marks in one text, and ends a clause of another.
const LONG_PHRASE: usize = 11;

/// The corpus as tracing sees it.
pub struct Tracer<'a> {
    pub articles: &'a [Article],
    pub persons: &'a Persons,
    pub folder: Folder,
    pub standing: Vec<Standing>,
    /// The least authority of a text, and the first day.
    first: (Option<u8>, Option<Standing>),
    pub kin: BTreeSet<(ArticleIx, ArticleIx)>,
    /// Only where a passage will be looked for.
    index: Option<Index>,
    /// Who speaks in a text is asked of the few whose words return elsewhere.
    voices: Vec<OnceLock<Voices>>,
}

impl<'a> Tracer<'a> {
    #[must_use]
    pub fn new(articles: &'a [Article], persons: &'a Persons, kin: BTreeSet<(ArticleIx, ArticleIx)>) -> Self {
        let standing: Vec<Standing> = articles.iter().map(Standing::of).collect();
        let least = standing.iter().map(|standing| standing.authority).min();
        let earliest = standing
            .iter()
            .copied()
            .reduce(|first, next| if next.is_before(&first) || first.undated { next } else { first });
        let voices = articles.iter().map(|_| OnceLock::new()).collect();
        // The same words in the other script are the same words, whatever else is to be told apart by it. Most corpora have
        // one script only, and nothing to look up.
        let folder = Folder::new(Folds { script: true });
        let other =
            |article: &Article| article.paragraphs.iter().any(|paragraph| folder.changes_script(&paragraph.text));
        let folds = Folds { script: articles.par_iter().any(other) };
        let tracer = Self {
            articles,
            persons,
            folder: Folder::new(folds),
            standing,
            first: (least, earliest),
            kin,
            index: None,
            voices,
        };
        let looks = |article: &Article| {
            tracer.retells(article)
                || article.paragraphs.iter().any(|paragraph| paragraph.text.contains(opens))
                || tracer.likens(article)
        };
        let asking: Vec<ArticleIx> =
            articles.par_iter().filter(|article| looks(article)).map(|article| article.ix).collect();
        let index = (!asking.is_empty()).then(|| Index::new(folds, articles, &asking));
        Self { index, ..tracer }
    }

    /// Whether this text may retell another without quotation marks.
    #[must_use]
    pub fn retells(&self, article: &Article) -> bool {
        retells(article.kind.value) && self.may_retell(article.ix)
    }

    /// Whether this text, which retells none, may have some words of another's: 正如某人所说，…
    #[must_use]
    pub fn likens(&self, article: &Article) -> bool {
        let has = |text: &str| LIKENING.iter().any(|words| text.contains(words));
        !self.retells(article) && article.paragraphs.iter().any(|paragraph| has(&paragraph.text))
    }

    /// Whether there is any text that this one may retell.
    fn may_retell(&self, article: ArticleIx) -> bool {
        let Some(own) = self.standing.get(article) else { return false };
        self.first.0.is_some_and(|least| least < own.authority)
            || self.first.1.is_some_and(|first| first.is_before(own))
    }

    pub fn voices(&self, article: ArticleIx) -> Option<&Voices> {
        let text = self.articles.get(article)?;
        Some(self.voices.get(article)?.get_or_init(|| Voices::of(text, self.persons)))
    }
}

/// How a passage is given as another's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It stands between quotation marks.
    Marked,
    /// A text that tells what others say tells it.
    Told,
    /// A text that tells of nobody names him for it: 正如某人所说，…
    Named,
}

/// A passage whose source is sought.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub article: ArticleIx,
    pub paragraph: u32,
    /// The whole paragraph, and the tokens of it that are the passage.
    pub folded: &'a Folded,
    pub tokens: (usize, usize),
    pub speaker: Option<&'a str>,
    pub way: Way,
    /// What brings the passage stands right before it.
    pub introduced: bool,
}

impl<'a> Wanted<'a> {
    #[must_use]
    pub fn key(&self) -> &'a [char] {
        self.folded.key.get(self.tokens.0..self.tokens.1).unwrap_or_default()
    }

    pub fn before(&self) -> &'a [char] {
        self.folded.key.get(..self.tokens.0).unwrap_or_default()
    }
}

/// A passage found.
#[derive(Clone, Debug)]
pub struct Traced {
    pub place: Place,
    pub source: Place,
    pub witnesses: Vec<Place>,
    pub fidelity: Fidelity,
    pub edits: Vec<Edit>,
    /// Tokens of the wanted paragraph that were found.
    pub tokens: (usize, usize),
}

impl Traced {
    /// How many letters of its paragraph were found.
    #[must_use]
    pub fn letters(&self, paragraph: &Folded) -> usize {
        letters(paragraph.key.get(self.tokens.0..self.tokens.1).unwrap_or_default())
    }
}

/// What was found of a passage.
#[derive(Clone, Debug)]
pub enum Found {
    Whole(Traced),
    Part(Traced),
}

/// What a match must have to count.
#[derive(Clone, Copy, Debug)]
pub struct Demand {
    /// Letters and digits that are the same, in a passage that stands there unchanged …
    pub matched: usize,
    /// … in one that stands there from mark to mark, and is the same person's there …
    pub own: usize,
    /// … and in one that was altered.
    pub altered: usize,
    /// Share of the aligned letters that are the same.
    pub share: f32,
    /// Share of the letters of the whole passage that are the same.
    pub cover: f32,
}

/// The better first: near in words, then near to the words themselves, then near in words again, then early.
type Rank = (bool, u8, bool, Reverse<usize>, Standing, u32);

struct Candidate {
    place: Place,
    alignment: Alignment,
    /// Share of the letters of the whole passage that are the same.
    cover: f32,
    rank: Rank,
}

impl Tracer<'_> {
    /// The source of `wanted`, if some passage meets the `demand`.
    #[must_use]
    pub fn trace(&self, wanted: &Wanted<'_>, demand: Demand, only: Option<ArticleIx>) -> Option<Traced> {
        self.best(wanted, self.candidates(wanted, demand, only))
    }

    /// The source of `wanted`, or of the part of it for which there is one.
    #[must_use]
    pub fn trace_or_part(&self, wanted: &Wanted<'_>, demand: Demand) -> Option<Found> {
        let candidates = self.candidates(wanted, Demand { cover: 0.0, ..demand }, None);
        let (whole, parts): (Vec<_>, Vec<_>) = candidates.into_iter().partition(|c| c.cover >= demand.cover);
        let whole = self.best(wanted, whole).map(Found::Whole);
        whole.or_else(|| self.best(wanted, parts).map(Found::Part))
    }

    fn candidates(&self, wanted: &Wanted<'_>, demand: Demand, only: Option<ArticleIx>) -> Vec<Candidate> {
        let key = wanted.key();
        let mut found: Vec<Candidate> = Vec::new();
        let Some(index) = self.index.as_ref().filter(|_| letters(key) >= demand.matched.min(demand.own)) else {
            return found;
        };
        let mut folds = BTreeMap::new();
        let counts = |article| {
            article != wanted.article
                && only.is_none_or(|only| only == article || self.kin.contains(&(only, article)))
                && !self.is_refused(wanted, article)
        };
        for (article, paragraph) in index.near(key, MOST_PARAGRAPHS, counts) {
            let Some(text) = self.articles.get(article).and_then(|a| a.paragraph(paragraph)) else { continue };
            let folded = folds.entry((article, paragraph)).or_insert_with(|| self.folder.fold(&text.text));
            found.extend(self.candidate(wanted, demand, (article, paragraph), folded));
        }
        found
    }

    fn best(&self, wanted: &Wanted<'_>, mut found: Vec<Candidate>) -> Option<Traced> {
        found.sort_by_key(|c| c.rank);
        let best = found.first()?;
        let witnesses = found.iter().skip(1).map(|c| c.place).filter(|p| p.article != best.place.article);
        let witnesses: Vec<_> = witnesses.take(MOST_WITNESSES).collect();
        Some(self.traced(wanted, best, witnesses))
    }

    fn candidate(
        &self,
        wanted: &Wanted<'_>,
        demand: Demand,
        at: (ArticleIx, u32),
        folded: &Folded,
    ) -> Option<Candidate> {
        let key = wanted.key();
        if !share_run(&folded.key, key, LEAST_RUN) {
            return None;
        }
        // What is long enough only where it is the same person's stands there unchanged, which is soon seen.
        if letters(key) < demand.matched && !stands(&folded.key, key) {
            return None;
        }
        let alignment = align(&folded.key, key)?;
        let share = alignment.share(key);
        #[expect(clippy::cast_precision_loss, reason = "counts of characters of one paragraph")]
        let cover = alignment.matched as f32 / letters(key).max(1) as f32;
        let exact = alignment.run == alignment.passage.1 - alignment.passage.0;
        let least = if exact || alignment.run >= LONG_RUN { demand.matched } else { demand.altered };
        let own = exact && alignment.matched >= demand.own && is_divided(wanted, folded, &alignment);
        if alignment.matched < least && !own
            || share < demand.share
            || cover < demand.cover
            || alignment.run < LEAST_RUN
        {
            return None;
        }
        let standing = *self.standing.get(at.0)?;
        let (start, end) = folded.span(alignment.source.0, alignment.source.1);
        let place = Place { article: at.0, paragraph: at.1, start, end };
        let is_document = self.standing.get(at.0).is_some_and(|standing| standing.authority == 0);
        if fellow_quoter(wanted, folded, &alignment, is_document) {
            return None;
        }
        if wanted.way != Way::Marked && !self.may_be_told(wanted, folded, &alignment, (place, least)) {
            return None;
        }
        let whole = alignment.run == key.len();
        let good = whole || cover >= 0.9 || share >= 0.95;
        Some(Candidate {
            place,
            alignment,
            cover,
            rank: (!good, standing.authority, !whole, Reverse(alignment.matched), standing, at.1),
        })
    }

    fn traced(&self, wanted: &Wanted<'_>, best: &Candidate, witnesses: Vec<Place>) -> Traced {
        let from = wanted.tokens.0 + best.alignment.passage.0;
        let to = wanted.tokens.0 + best.alignment.passage.1;
        self.held_against(wanted, (from, to), best.place, witnesses)
    }

    /// Tokens of the wanted paragraph as a quotation of `source`.
    #[must_use]
    pub fn held_against(
        &self,
        wanted: &Wanted<'_>,
        tokens: (usize, usize),
        source: Place,
        witnesses: Vec<Place>,
    ) -> Traced {
        let (start, end) = wanted.folded.span(tokens.0, tokens.1);
        let place = Place { article: wanted.article, paragraph: wanted.paragraph, start, end };
        let original = self.folder.fold(source.words(self.articles));
        let quote = self.folder.fold(place.words(self.articles));
        let fidelity = match (original.raw == quote.raw, original.key == quote.key) {
            (true, _) => Fidelity::Exact,
            (false, true) => Fidelity::Variant,
            (false, false) => Fidelity::Altered,
        };
        let edits = edit::edits(&self.folder, &original, &quote);
        Traced { place, source, witnesses, fidelity, edits, tokens }
    }

    /// Whether `key` stands in another article from mark to mark, and in no quotation marks: then it is a clause, and no
    /// name that happens to be long.
    #[must_use]
    pub fn is_clause_elsewhere(&self, article: ArticleIx, key: &[char]) -> bool {
        let Some(index) = &self.index else { return false };
        let near = index.near(key, MOST_PARAGRAPHS, |other| other != article).into_iter();
        near.filter_map(|(other, n)| self.articles.get(other)?.paragraph(n)).any(|paragraph| {
            let source = self.folder.fold(&paragraph.text).key;
            let stands = |at: usize| source.get(at..at + key.len()) == Some(key);
            let divides = |c: Option<&char>| c.is_none_or(|c| "，；：。！？,;:!?…".contains(*c));
            // So long a phrase at the end of a clause is no name.
            let is_long = key.len() >= LONG_PHRASE;
            (0..source.len()).any(|at| {
                let before = at.checked_sub(1).and_then(|at| source.get(at));
                (is_long || divides(before)) && stands(at) && divides(source.get(at + key.len()))
            })
        })
    }
}

/// Whether the passage stands in the paragraph unchanged, but for a mark at its end.
fn stands(paragraph: &[char], passage: &[char]) -> bool {
    let words = passage.iter().rposition(|c| c.is_alphanumeric()).map_or(0, |last| last + 1);
    let passage = passage.get(..words).unwrap_or_default();
    !passage.is_empty() && paragraph.windows(passage.len()).any(|other| other == passage)
}
