//! A quotation traced → the same with the clause beside it that changed places on the way.
//!
//! ```text
//! 讲话  …在青岛主办绿色发展论坛、妇女论坛，欢迎各方积极参与。
//! 报道  欢迎各方积极参加青岛绿色发展论坛、妇女论坛。           one quotation, and not just its second half
//! ```

use super::align::{align, letters};
use super::trace::{Traced, Tracer, Wanted};
use crate::fold::Folded;
use crate::model::Place;

/// What lies before or behind a quotation is looked for in as many tokens on the other side of its source.
const NEAR: usize = 40;
/// Longer passages are traced on their own.
const MOST: usize = 24;
/// A run of as many characters, and such a share of the passage, show that it is the same.
const RUN: usize = 6;
const SHARE: f32 = 0.6;
/// Nothing but a mark or two lies between clauses that changed places.
const GAP: usize = 2;

impl Tracer<'_> {
    /// `hit`, a part of `wanted`, made longer by what stands before it there and behind it in the source, or the other way
    /// round.
    #[must_use]
    pub fn with_crossed(&self, wanted: &Wanted<'_>, hit: Traced) -> Traced {
        let source = hit.source;
        let paragraph = self.articles.get(source.article).and_then(|a| a.paragraph(source.paragraph));
        let Some(folded) = paragraph.map(|p| self.folder.fold(&p.text)) else { return hit };
        let held = (folded.token(source.start), folded.token(source.end));
        let before = (wanted.tokens.0, hit.tokens.0);
        if let Some(found) = swapped(wanted.folded, before, &folded, (held.1, held.1 + NEAR), Side::Behind) {
            return self.longer(wanted, &hit, &folded, (found.0, hit.tokens.1), (held.0, found.1));
        }
        let behind = (hit.tokens.1, wanted.tokens.1);
        let room = (held.0.saturating_sub(NEAR), held.0);
        match swapped(wanted.folded, behind, &folded, room, Side::Before) {
            Some(found) => self.longer(wanted, &hit, &folded, (hit.tokens.0, found.0), (found.1, held.1)),
            None => hit,
        }
    }

    fn longer(
        &self,
        wanted: &Wanted<'_>,
        hit: &Traced,
        source: &Folded,
        tokens: (usize, usize),
        of_source: (usize, usize),
    ) -> Traced {
        let (start, end) = source.span(of_source.0, of_source.1);
        self.held_against(wanted, tokens, Place { start, end, ..hit.source }, hit.witnesses.clone())
    }
}

/// On which side of the source a passage stands.
#[derive(Clone, Copy)]
enum Side {
    Before,
    Behind,
}

/// Where `passage` of one paragraph begins or ends that stands in `room` of another, next to the source: the outer token
/// of either.
fn swapped(
    wanted: &Folded,
    passage: (usize, usize),
    source: &Folded,
    room: (usize, usize),
    side: Side,
) -> Option<(usize, usize)> {
    let key = wanted.key.get(passage.0..passage.1)?;
    let room = (room.0, room.1.min(source.key.len()));
    let window = source.key.get(room.0..room.1)?;
    if !(RUN..=MOST).contains(&letters(key)) {
        return None;
    }
    let found = align(window, key)?;
    #[expect(clippy::cast_precision_loss, reason = "counts of characters of one clause")]
    let is_same = found.run >= RUN && found.matched as f32 >= SHARE * letters(key) as f32;
    let (is_next, ends) = match side {
        Side::Behind => (found.source.0 <= GAP, (passage.0 + found.passage.0, room.0 + found.source.1)),
        Side::Before => (found.source.1 + GAP >= window.len(), (passage.0 + found.passage.1, room.0 + found.source.0)),
    };
    (is_same && is_next).then_some(ends)
}
