//! Groups of equal clauses → what the reader sees: shared clauses with all their places, and matches of passages.
//!
//! ```text
//! 宣言 p5 成员国不参与做出任何干涉内政及违反国际法的决定。 ╮
//! 摘要 p4 （同上）                                         ├ one shared clause, three places
//! 摘要 p4 （同上）                                         ╯
//! ```

use rayon::prelude::*;

use crate::model::{Article, Clause, Match, Place, Role, SharedClause};

use super::candidate::Alike;
use super::seed::{ClauseAt, Keys, han};

/// Clauses with fewer Han characters are turns of speech, not shared clauses.
const SHORTEST: usize = 6;
/// A clause that stands in more articles than this is a formula …
const FORMULA: usize = 12;
/// … and so is one that stands in this share of many articles.
const FORMULA_SHARE: usize = 20;
/// Up to so many articles, every pair of places is a match; above, every place is matched with the first one.
const MOST_PAIRWISE: usize = 12;

/// The corpus as clauses.
#[derive(Clone, Copy, Debug)]
pub struct Corpus<'a> {
    pub articles: &'a [Article],
    pub clauses: &'a [Vec<Clause>],
    pub keys: &'a Keys,
}

impl Corpus<'_> {
    /// The place of a clause.
    #[must_use]
    pub fn place(&self, (article, clause): ClauseAt) -> Option<Place> {
        let article = article as usize;
        Some(self.clauses.get(article)?.get(clause as usize)?.place(article))
    }

    /// Every clause that stands in two articles or more, in the order of first places.
    #[must_use]
    pub fn shared(&self) -> Vec<SharedClause> {
        (0..self.keys.len()).into_par_iter().filter_map(|key| self.shared_clause(key)).collect()
    }

    fn shared_clause(&self, key: usize) -> Option<SharedClause> {
        let places = self.keys.places(key);
        let spread = spread(places);
        let words = self.keys.words(key);
        if spread < 2 || han(words) < SHORTEST {
            return None;
        }
        let places: Vec<Place> = places.iter().filter_map(|&at| self.place(at)).collect();
        let folded: String = words.iter().collect();
        Some(SharedClause {
            key: blake3::hash(folded.as_bytes()).to_hex().chars().take(16).collect(),
            text: places.first().map_or("", |place| place.words(self.articles)).to_owned(),
            spread: u32::try_from(spread).unwrap_or(u32::MAX),
            boilerplate: spread > self.formula() || places.iter().all(|&place| self.is_furniture(place)),
            places,
        })
    }

    /// Above this spread a clause is a formula.
    #[must_use]
    pub fn formula(&self) -> usize {
        FORMULA.max(self.articles.len() / FORMULA_SHARE)
    }

    fn is_furniture(&self, place: Place) -> bool {
        let role = place.paragraph(self.articles).map(|paragraph| paragraph.role);
        matches!(role, Some(Role::Dateline | Role::Signature | Role::Salutation))
    }

    /// Pairs of places of two clauses that are alike, but not where either stands in both articles as it is: of
    /// 建设团结互信的共同家园 and 建设和平安宁的共同家园, each has its own twin in a reprint.
    #[must_use]
    pub fn altered_pairs(&self, found: &Alike) -> Vec<(ClauseAt, ClauseAt)> {
        let (x, y) = (self.keys.places(found.a), self.keys.places(found.b));
        let stands_in = |places: &[ClauseAt], article: u32| places.binary_search_by_key(&article, |at| at.0).is_ok();
        let has_twin = |(a, b): &(ClauseAt, ClauseAt)| [x, y].iter().any(|p| stands_in(p, a.0) && stands_in(p, b.0));
        pairs_between(x, y).into_iter().filter(|pair| !has_twin(pair)).collect()
    }

    /// Passages that stand in two articles; neighbouring clauses are one passage.
    #[must_use]
    pub fn matches(&self, alike: &[Alike]) -> Vec<Match> {
        let exact = (0..self.keys.len()).into_par_iter().flat_map_iter(|key| {
            let places = self.keys.places(key);
            let telling = spread(places) >= 2 && han(self.keys.words(key)) >= SHORTEST;
            pairs_within(if telling { places } else { &[] }).into_iter().map(|pair| (pair, 1.0))
        });
        let altered = alike.par_iter().flat_map_iter(|found| {
            let score = score(found);
            let pairs = self.altered_pairs(found);
            pairs.into_iter().map(move |pair| (pair, score))
        });
        let one =
            |((a, b), score): ((ClauseAt, ClauseAt), f32)| Some(Match { a: self.place(a)?, b: self.place(b)?, score });
        let mut matches: Vec<Match> = exact.chain(altered).filter_map(one).collect();
        matches.par_sort_unstable_by(|x, y| {
            (x.a.article, x.b.article, x.a, x.b).cmp(&(y.a.article, y.b.article, y.a, y.b))
        });
        super::extend::passages(matches)
    }
}

/// Likenesses are told with the precision of [`Match::score`].
#[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
fn score(found: &Alike) -> f32 {
    found.likeness.symmetric() as f32
}

/// Number of different articles among `places`, which are sorted.
#[must_use]
pub fn spread(places: &[ClauseAt]) -> usize {
    places.chunk_by(|x, y| x.0 == y.0).count()
}

/// Pairs of places in different articles; all of them only where there are few.
fn pairs_within(places: &[ClauseAt]) -> Vec<(ClauseAt, ClauseAt)> {
    let apart = |&(a, b): &(ClauseAt, ClauseAt)| a.0 != b.0;
    let Some((&first, rest)) = places.split_first() else { return Vec::new() };
    if places.len() > MOST_PAIRWISE {
        return rest.iter().map(|&b| (first, b)).filter(apart).collect();
    }
    let later = |(i, &a)| places.iter().skip(i + 1).map(move |&b| (a, b));
    places.iter().enumerate().flat_map(later).filter(apart).collect()
}

/// Pairs of a place of `x` and one of `y` in different articles, the earlier article first.
fn pairs_between(x: &[ClauseAt], y: &[ClauseAt]) -> Vec<(ClauseAt, ClauseAt)> {
    let (first_x, first_y) = (x.get(..1).unwrap_or(&[]), y.get(..1).unwrap_or(&[]));
    let few = x.len().saturating_mul(y.len()) <= MOST_PAIRWISE * MOST_PAIRWISE;
    let mut pairs = if few { product(x, y) } else { [product(x, first_y), product(first_x, y)].concat() };
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn product(x: &[ClauseAt], y: &[ClauseAt]) -> Vec<(ClauseAt, ClauseAt)> {
    let pair = |&a: &ClauseAt| y.iter().map(move |&b| if a <= b { (a, b) } else { (b, a) });
    x.iter().flat_map(pair).filter(|(a, b)| a.0 != b.0).collect()
}
