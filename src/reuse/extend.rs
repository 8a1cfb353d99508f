//! Matches of clauses → passages: what goes on on both sides is one match.
//!
//! ```text
//! 团结协作是…成功经验，│也是…必然选择。        two clauses, matched one by one
//! 团结协作是…成功经验，也是…必然选择。          one passage
//! ```

use crate::model::{Match, Place};

/// Joins matches that go on where another ends; `matches` are sorted by the two articles, then by place.
#[must_use]
pub fn passages(matches: Vec<Match>) -> Vec<Match> {
    let mut out: Vec<Match> = Vec::with_capacity(matches.len());
    for found in matches {
        match out.last_mut().filter(|last| goes_on(last.a, found.a) && goes_on(last.b, found.b)) {
            Some(last) => {
                let (before, more) = (length(last.a), length(found.a));
                last.score = (last.score * before + found.score * more) / (before + more);
                (last.a.end, last.b.end) = (found.a.end, found.b.end);
            }
            None => out.push(found),
        }
    }
    out
}

fn goes_on(place: Place, next: Place) -> bool {
    (place.article, place.paragraph, place.end) == (next.article, next.paragraph, next.start)
}

#[expect(clippy::cast_precision_loss, reason = "lengths of passages are far below 2^23")]
fn length(place: Place) -> f32 {
    (place.end - place.start) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_on_both_sides_is_one_passage() {
        let place = |article, start, end| Place { article, paragraph: 1, start, end };
        let found = |a, b, score| Match { a, b, score };
        let joined = passages(vec![
            found(place(0, 0, 10), place(1, 5, 15), 1.0),
            found(place(0, 10, 20), place(1, 15, 25), 0.5),
            found(place(0, 20, 30), place(1, 26, 36), 1.0),
        ]);
        assert_eq!(joined.len(), 2);
        assert_eq!(joined[0], found(place(0, 0, 20), place(1, 5, 25), 0.75));
    }
}
