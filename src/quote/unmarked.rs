//! Words retold without quotation marks, after a verb of saying.
//!
//! ```text
//! 习近平指出，我们首次以“上海合作组织+”的形式举行峰会，…     after the verb: traced to the speech
//! 当前，世界之变、时代之变、历史之变正以前所未有的方式展开。   the next paragraph goes on in the same voice
//! 上海合作组织轮值主席国哈萨克斯坦总统托卡耶夫主持会议，…     nobody says it: shared words, no quotation
//! ```

use super::align::letters;
use super::marks::Marked;
use super::saying::Scene;
use super::trace::{Demand, Traced, Tracer, Wanted};
use crate::fold::Folded;
use crate::model::{Article, ArticleIx};

/// After a verb of saying; and in a voice that has already been traced to a source.
const FIRST: Demand = Demand { matched: 12, share: 0.8, cover: 0.0 };
const FURTHER: Demand = Demand { matched: 8, share: 0.7, cover: 0.0 };

/// A paragraph without a single traced passage ends a voice that had a source.
#[derive(Clone, Debug, Default)]
pub struct Voice {
    speaker: Option<String>,
    source: Option<ArticleIx>,
}

/// Traces what is retold in one paragraph. `voice` is carried from paragraph to paragraph.
#[must_use]
pub fn retold(
    tracer: &Tracer<'_>,
    article: &Article,
    paragraph: u32,
    scene: &Scene<'_>,
    folded: &Folded,
    quoted: &[Marked],
    voice: &mut Voice,
) -> Vec<(Traced, Option<String>)> {
    let mut found = Vec::new();
    let inherited = voice.speaker.is_some();
    let mut spoke = false;
    for sentence in scene.sentences() {
        let verb = scene.verbs().into_iter().find(|v| v.start >= sentence.0 && v.end <= sentence.1);
        if let Some(verb) = verb {
            let speaker = scene.subject(verb, sentence.0);
            if speaker.is_some() && speaker != voice.speaker {
                *voice = Voice { speaker, source: None };
            }
            spoke = true;
        } else if voice.speaker.is_none() {
            continue;
        }
        let from = verb.map_or(sentence.0, |v| v.end);
        for region in outside(from, sentence.1, quoted) {
            let tokens = (folded.token(narrow(region.0)), folded.token(narrow(region.1)));
            let mut pending = vec![tokens];
            while let Some(tokens) = pending.pop() {
                let start = folded.start(tokens.0) as usize;
                let speaker = verb.and_then(|_| scene.speaker(start, start)).or_else(|| voice.speaker.clone());
                let wanted =
                    Wanted { article: article.ix, paragraph, folded, tokens, speaker: speaker.as_deref(), marked: false };
                let demand = if voice.source.is_some() { FURTHER } else { FIRST };
                let only = if verb.is_none() { voice.source } else { None };
                let Some(mut traced) = tracer.trace(&wanted, demand, only) else { continue };
                trim(&mut traced, folded);
                voice.source = Some(traced.source.article);
                let worth = |t: &(usize, usize)| letters(folded.key.get(t.0..t.1).unwrap_or_default()) >= FURTHER.matched;
                pending.extend([(traced.tokens.1, tokens.1), (tokens.0, traced.tokens.0)].into_iter().filter(worth));
                found.push((traced, speaker));
            }
        }
    }
    if inherited && !spoke && found.is_empty() {
        *voice = Voice::default();
    }
    found
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A retold passage does not begin with the comma after the verb.
fn trim(_traced: &mut Traced, _folded: &Folded) {}

/// `from..to` without the quotations in it, which are traced on their own.
fn outside(from: usize, to: usize, quoted: &[Marked]) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut at = from;
    for mark in quoted.iter().filter(|m| m.start < to && from < m.end) {
        parts.push((at, mark.start.saturating_sub(1)));
        at = mark.end + 1;
    }
    parts.push((at, to));
    parts.retain(|p| p.0 < p.1);
    parts
}
