//! Articles that a sidecar fixes: their units are theirs, whatever the page seems to say.
//!
//! ```toml
//! [[article]]
//! lines = [[379, 493]]
//! kind = "initiative"
//! ```

use std::borrow::Cow;

use super::DraftArticle;
use super::unit::Unit;
use crate::config::ArticleOverride;
use crate::model::{Evidence, Guess, HeadLine, Source};

/// The articles that the sidecar fixes with their units, and the units that are left to be read.
pub fn divide<'a>(source: &'a Source, units: &[Unit]) -> (Vec<(&'a ArticleOverride, Vec<usize>)>, Vec<usize>) {
    let overrides = source.sidecar.as_ref().map_or(&[][..], |s| s.articles.as_slice());
    let mut fixed: Vec<(&ArticleOverride, Vec<usize>)> = overrides.iter().map(|o| (o, Vec::new())).collect();
    let mut free = Vec::new();
    for (ix, unit) in units.iter().enumerate() {
        let owner = fixed
            .iter_mut()
            .find(|(article, _)| article.lines.iter().any(|&(from, to)| unit.lines.0 >= from && unit.lines.0 <= to));
        match owner {
            Some((_, given)) => given.push(ix),
            None => free.push(ix),
        }
    }
    (fixed, free)
}

/// Puts what the sidecar says in the place of what was guessed.
pub fn overrule(article: &mut DraftArticle, said: &ArticleOverride) {
    if let Some(kind) = said.kind {
        article.kind = Guess { value: kind, confidence: 1.0, evidence: vec![reason()] };
    }
    if let Some(title) = &said.title {
        let printed = article.title.take().map(|t| t.value);
        let line = match printed {
            Some(line) if line.text == *title => line,
            other => {
                article.head.extend(other);
                HeadLine { text: title.clone(), pieces: Vec::new(), ledger: Vec::new() }
            }
        };
        article.title = Some(Guess { value: line, confidence: 1.0, evidence: vec![reason()] });
    }
    let line = |text: &String| HeadLine { text: text.clone(), pieces: Vec::new(), ledger: Vec::new() };
    if let Some(subtitle) = &said.subtitle {
        article.head.extend(article.subtitle.replace(line(subtitle)));
    }
    if let Some(byline) = &said.byline {
        article.head.extend(article.byline.replace(line(byline)));
    }
    let text = |slot: &mut Option<String>, said: &Option<String>| {
        if said.is_some() {
            slot.clone_from(said);
        }
    };
    text(&mut article.speaker, &said.speaker);
    text(&mut article.agency, &said.agency);
    text(&mut article.place, &said.place);
    if let Some(date) = said.date {
        article.date = Some((Some(date.year), date.month, date.day));
    }
}

fn reason() -> Evidence {
    Evidence { code: Cow::Borrowed("sidecar"), quote: String::new() }
}
