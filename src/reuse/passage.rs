//! Passages that another engine found → matches, where our own search has none.
//!
//! ```text
//! passim: {"id":"宣言","begin":120,"end":152,"id2":"报道","begin2":40,"end2":71}
//! 宣言 p3 愿就合理用水开展合作…   ─▶   Match { a: 宣言 p3 0–32, b: 报道 p2 4–35, score: 0.9 }
//! ```
//!
//! Offsets count the characters of an article's paragraphs with one line end behind each, as `duikan export passim` writes
//! them. A passage over several paragraphs is taken in the one that holds most of it.

use std::collections::HashMap;

use crate::fold::Folder;
use crate::model::{Article, Match, Passage, Place};

use super::likeness::Likeness;
use super::side::words;

/// Adds passages to sorted matches; a passage that a match overlaps on both sides is known already. Second value: how many
/// stand in no article.
#[must_use]
pub fn merged(
    folder: &Folder,
    articles: &[Article],
    mut matches: Vec<Match>,
    given: &[Passage],
) -> (Vec<Match>, usize) {
    let by_id: HashMap<&str, &Article> = articles.iter().map(|article| (article.id.as_str(), article)).collect();
    let mut known: HashMap<(usize, usize), Vec<(Place, Place)>> = HashMap::new();
    if !given.is_empty() {
        for found in &matches {
            known.entry((found.a.article, found.b.article)).or_default().push((found.a, found.b));
        }
    }
    let mut unknown = 0;
    for passage in given {
        let side = |(id, start, end): &(String, u32, u32)| place(by_id.get(id.as_str())?, *start, *end);
        let (Some(x), Some(y)) = (side(&passage.a), side(&passage.b)) else {
            unknown += 1;
            continue;
        };
        let (a, b) = if x <= y { (x, y) } else { (y, x) };
        let of_pair = known.entry((a.article, b.article)).or_default();
        if a.article == b.article || of_pair.iter().any(|(x, y)| overlap(*x, a) && overlap(*y, b)) {
            continue;
        }
        of_pair.push((a, b));
        matches.push(Match { a, b, score: score(folder, articles, a, b) });
    }
    matches.sort_by_key(|found| (found.a.article, found.b.article, found.a, found.b));
    (matches, unknown)
}

/// Characters `start..end` of an article as a place in the paragraph that holds most of them.
fn place(article: &Article, start: u32, end: u32) -> Option<Place> {
    let mut from = 0;
    let mut best: Option<Place> = None;
    for paragraph in &article.paragraphs {
        let length = u32::try_from(paragraph.text.chars().count()).unwrap_or(u32::MAX);
        let within = |at: u32| at.saturating_sub(from).min(length);
        let (start, end) = (within(start), within(end));
        if end > start && best.is_none_or(|best| end - start > best.end - best.start) {
            best = Some(Place { article: article.ix, paragraph: paragraph.n, start, end });
        }
        from = from.saturating_add(length).saturating_add(1);
    }
    best
}

fn overlap(x: Place, y: Place) -> bool {
    x.paragraph == y.paragraph && x.start < y.end && y.start < x.end
}

#[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
fn score(folder: &Folder, articles: &[Article], a: Place, b: Place) -> f32 {
    let side = |place: Place| words(&folder.fold(place.words(articles)).key);
    Likeness::new(&side(a), &side(b)).symmetric() as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;
    use crate::model::Kind;

    #[test]
    fn a_passage_becomes_a_match_where_none_is_known() {
        let articles = corpus(&[
            (Kind::Report, "甲", &["第一段。", "愿就合理用水开展合作。"]),
            (Kind::Report, "乙", &["各方愿就用水开展合作。"]),
        ]);
        let side = |id: &str, start, end| (id.to_owned(), start, end);
        let passage = Passage { a: side("t1", 2, 10), b: side("t0", 3, 15) };
        let lost = Passage { a: side("t1", 2, 10), b: side("gone", 3, 15) };
        let folder = Folder::default();
        let given = [passage.clone(), passage, lost];
        let (matches, unknown) = merged(&folder, &articles, Vec::new(), &given);
        let place = |article, paragraph, start, end| Place { article, paragraph, start, end };
        assert_eq!((matches.len(), unknown), (1, 1));
        assert_eq!((matches[0].a, matches[0].b), (place(0, 2, 0, 10), place(1, 1, 2, 10)));
        assert!(matches[0].score > 0.8, "{}", matches[0].score);
        assert_eq!(merged(&folder, &articles, matches.clone(), &given).0, matches);
    }
}
