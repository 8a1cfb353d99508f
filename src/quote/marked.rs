//! What stands between quotation marks → its sources, and who says it.
//!
//! ```text
//! 习近平指出：“各国都安全，才有真安全。”          whole, by the verb
//! “甲。乙。丙。”                                  sentence by sentence, where they come from different places
//! “…。”讲到这里，雷某停顿了一下                  no verb tells who: but the source is his, and he is named
//! ```

use std::collections::BTreeSet;

use super::align::{is_word_at, letters};
use super::marks::Marked;
use super::saying::Scene;
use super::trace::{Demand, Found, Traced, Tracer, Wanted, Way};
use super::{quote, tokens, unmarked};
use crate::fold::Folded;
use crate::model::{ArticleIx, Fidelity, Quote};

/// What a marked quotation must share with its source.
const MARKED: Demand = Demand { matched: 7, own: 7, altered: 7, share: 0.8, cover: 0.8 };

/// Parts of one text that were run together between the same marks are as many at most.
const MOST_PARTS: usize = 6;

/// An unaltered sentence of as many letters is a quotation though most of those around it in the same marks are none.
const LONE: usize = 16;
/// A part of a sentence is one if it is longer: a phrase of the source in another's mouth is none.
const LONE_PART: usize = 24;

/// The quotations of a paragraph, and who may have said them.
pub struct Said<'a> {
    pub tracer: &'a Tracer<'a>,
    pub article: ArticleIx,
    pub paragraph: u32,
    pub scene: &'a Scene<'a>,
    pub folded: &'a Folded,
    pub marks: &'a [Marked],
    /// Whose quotation the paragraph before left open.
    pub carried: Option<&'a str>,
    /// Who signs the paragraph.
    pub signer: Option<&'a str>,
    /// Who was named in the text so far.
    pub heard: &'a BTreeSet<String>,
}

impl Said<'_> {
    /// Whose words the text says they are.
    pub fn speaker(&self, mark: Marked) -> Option<String> {
        let goes_on = self.scene.chars.iter().take(mark.start.saturating_sub(1)).all(|c| c.is_whitespace());
        let carried = self.carried.filter(|_| goes_on).map(str::to_owned);
        let speaker = carried.or_else(|| self.scene.speaker(mark.start, mark.end));
        speaker.or_else(|| self.signer.map(str::to_owned))
    }

    /// The quotations of clauses between marks. One inside another that was traced is part of it.
    pub fn quotes(&self) -> Vec<Quote> {
        let mut quotes: Vec<Quote> = Vec::new();
        let mut done = 0;
        for &mark in self.marks.iter().filter(|m| m.start < m.end) {
            if mark.start < done {
                continue;
            }
            let speaker = self.speaker(mark);
            let found = self.traced(mark, speaker.as_deref());
            if !found.is_empty() {
                done = mark.end;
            }
            for traced in found {
                let speaker = self.told(mark, &traced, speaker.clone());
                quotes.push(quote(traced, speaker, true));
            }
        }
        quotes
    }

    /// What stands between the marks, whole or in parts.
    fn traced(&self, mark: Marked, speaker: Option<&str>) -> Vec<Traced> {
        let (tracer, folded) = (self.tracer, self.folded);
        let wanted = |tokens| Wanted {
            article: self.article,
            paragraph: self.paragraph,
            folded,
            tokens,
            speaker,
            way: Way::Marked,
            introduced: true,
        };
        let tokens = tokens(folded, mark);
        let first = match tracer.trace_or_part(&wanted(tokens), MARKED) {
            Some(Found::Whole(traced)) => return vec![traced],
            Some(Found::Part(first)) => Some(first),
            None => None,
        };
        let is_lone = |traced: &Traced, least| traced.fidelity != Fidelity::Altered && traced.letters(folded) >= least;
        let sentences = sentences(folded, tokens);
        let mut parts: Vec<_> =
            sentences.iter().filter_map(|&part| tracer.trace(&wanted(part), MARKED, None)).collect();
        if parts.len() * 2 <= sentences.len() {
            parts.retain(|traced| is_lone(traced, LONE));
        }
        if sentences.len() > 1 && !parts.is_empty() {
            return parts;
        }
        let Some(first) = first else { return Vec::new() };
        let is_lone = is_lone(&first, LONE_PART) && is_set_off(folded, tokens, first.tokens);
        run_together(tracer, wanted(tokens), first.clone()).unwrap_or(if is_lone { vec![first] } else { Vec::new() })
    }

    /// Who says it: where the text does not tell, he whose words they are in the source, if the text has named him; and a
    /// quotation within another is not that of the outer speaker, if it is another's there.
    fn told(&self, mark: Marked, traced: &Traced, speaker: Option<String>) -> Option<String> {
        if mark.depth > 0 {
            return self.tracer.voice_of(traced.source, self.heard).map(str::to_owned).or(speaker);
        }
        self.tracer.sayer(speaker, traced.source, self.heard)
    }
}

/// Whether no word goes on over the ends of a part of what stands between marks.
fn is_set_off(folded: &Folded, whole: (usize, usize), part: (usize, usize)) -> bool {
    let word = |at: Option<usize>| is_word_at(&folded.key, at);
    let joins = |at: usize| (whole.0 + 1..whole.1).contains(&at) && word(at.checked_sub(1)) && word(Some(at));
    !joins(part.0) && !joins(part.1)
}

/// The parts of a quotation whose `first` was found, if all of it is made of parts of one text, from mark to mark.
fn run_together(tracer: &Tracer<'_>, whole: Wanted<'_>, first: Traced) -> Option<Vec<Traced>> {
    let demand = Demand { cover: 0.0, ..MARKED };
    let source = first.source.article;
    let stands = |part: &Traced| part.source.article == source && is_set_off(whole.folded, whole.tokens, part.tokens);
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
