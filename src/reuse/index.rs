//! Which paragraphs of the corpus a passage may stand in, word for word or altered: quotation tracing is a use of this.
//!
//! ```text
//! 践行真正的多边主义        →  讲话 p17 践行真正的多边主义      all of its grams
//!                           →  报道 p9  践行真正的多边主义
//! 这是首次以“上合”形式      →  讲话 p4  这是我们首次以“上合”的形式    four of them
//! ```

use rayon::prelude::*;

use crate::config::Folds;
use crate::fold::Folder;
use crate::model::{Article, ArticleIx};

use super::side::{is_word, words};
use crate::sieve::Sieve;

const GRAM: usize = 4;
/// A gram in more paragraphs leads to none of them; one in fewer leads to all.
const MOST_PARAGRAPHS_PER_GRAM: usize = 512;
/// The rarest grams of a passage name paragraphs, until they have named so many.
const MOST_VOTES: usize = 4096;
/// Grams are put in order in as many parts, by the upper bits of their hashes: a part is small enough to be near at hand.
const PARTS: u32 = 256;

/// All paragraphs of a corpus by those of their grams that lead from one paragraph to another.
#[derive(Debug)]
pub struct Index {
    /// Article and paragraph number.
    paragraphs: Vec<(u32, u32)>,
    /// Hash of a gram above, index of a paragraph below; sorted.
    postings: Vec<u64>,
    /// Where the postings begin whose hashes begin with each number of [`Index::shift`] bits less: a search through all of
    /// them would wait for memory at every step.
    starts: Vec<u32>,
    shift: u32,
}

impl Index {
    /// The index for passages of some of the articles, told by their indices: where those are few, few grams are wanted.
    #[must_use]
    pub fn new(folds: Folds, articles: &[Article], asking: &[ArticleIx]) -> Self {
        /// Where more than one of so many asks, nearly every gram is wanted.
        const MANY: usize = 8;
        let folder = Folder::new(folds);
        if asking.len().saturating_mul(MANY) > articles.len() {
            return Self::of(&folder, articles, None);
        }
        let grams_of = |&ix: &ArticleIx| -> Vec<u64> {
            let paragraphs = articles.get(ix).into_iter().flat_map(|article| &article.paragraphs);
            paragraphs.flat_map(|paragraph| hashes(&folder, &paragraph.text)).collect()
        };
        let mut wanted: Vec<u64> = asking.par_iter().flat_map_iter(grams_of).collect();
        wanted.par_sort_unstable();
        wanted.dedup();
        let wanted = Sieve::new(wanted.into_iter());
        Self::of(&folder, articles, Some(&wanted))
    }

    fn of(folder: &Folder, articles: &[Article], wanted: Option<&Sieve>) -> Self {
        /// Paragraphs whose grams are gathered at once.
        const CHUNK: usize = 2048;
        let of_article =
            |(ix, article): (u32, &Article)| article.paragraphs.iter().map(|p| (ix, p.n)).collect::<Vec<_>>();
        let paragraphs: Vec<(u32, u32)> = (0..).zip(articles).flat_map(of_article).collect();
        let gathered = |(chunk, some): (usize, &[(u32, u32)])| {
            let mut parted: Vec<Vec<u64>> = (0..PARTS).map(|_| Vec::new()).collect();
            for (ix, &(article, n)) in (chunk * CHUNK..).zip(some) {
                let text = articles.get(article as usize).and_then(|a| a.paragraph(n)).map_or("", |p| p.text.as_str());
                let low = u64::try_from(ix).unwrap_or(u64::MAX) & u64::from(u32::MAX);
                let is_wanted = |hash: &u64| wanted.is_none_or(|wanted| wanted.may_hold(*hash));
                for hash in hashes(folder, text).into_iter().filter(is_wanted) {
                    let part = usize::try_from((hash * u64::from(PARTS)) >> 32).unwrap_or(0);
                    parted.get_mut(part).into_iter().for_each(|part| part.push(hash << 32 | low));
                }
            }
            parted
        };
        let parted: Vec<Vec<Vec<u64>>> = paragraphs.par_chunks(CHUNK).enumerate().map(gathered).collect();
        let parts: Vec<Vec<u64>> =
            (0..PARTS as usize).into_par_iter().map_init(Vec::new, |room, part| leading(&parted, part, room)).collect();
        let postings = parts.concat();
        let (starts, shift) = starts(&postings);
        Self { paragraphs, postings, starts, shift }
    }

    /// The paragraphs that share most with a passage of the corpus of which only a part may stand elsewhere, of the articles
    /// that `counts` lets count: article and number, the nearest first, `most` of them.
    #[must_use]
    pub fn near(&self, key: &[char], most: usize, counts: impl Fn(ArticleIx) -> bool) -> Vec<(ArticleIx, u32)> {
        let paragraph = |ix: u32| self.paragraphs.get(ix as usize).map(|&(article, n)| (article as ArticleIx, n));
        let counts = |ix: u32| paragraph(ix).is_some_and(|(article, _)| counts(article));
        // Each step for all grams at once: then the next need not wait for the memory of the last.
        let grams: Vec<u64> = words(key).windows(GRAM).map(hash).collect();
        let near: Vec<&[u64]> = grams.iter().map(|&hash| self.near_gram(hash)).collect();
        let lists = grams.iter().zip(near).map(|(&hash, near)| with_gram(near, hash));
        let mut telling: Vec<&[u64]> = lists.filter(|list| !list.is_empty()).collect();
        telling.sort_by_key(|list| list.len());
        let mut votes: Vec<u32> = Vec::new();
        let mut asked = 0;
        for list in telling {
            votes.extend(list.iter().map(|&posting| low(posting)).filter(|&ix| counts(ix)));
            asked += list.len();
            if asked >= MOST_VOTES {
                break;
            }
        }
        votes.sort_unstable();
        let mut nearest: Vec<(usize, u32)> =
            votes.chunk_by(|x, y| x == y).map(|run| (run.len(), run.first().copied().unwrap_or(0))).collect();
        nearest.sort_unstable_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        nearest.into_iter().take(most).filter_map(|(_, ix)| paragraph(ix)).collect()
    }

    /// The postings among which those of a gram are.
    fn near_gram(&self, hash: u64) -> &[u64] {
        let slot = usize::try_from(hash >> self.shift).unwrap_or(usize::MAX);
        let start = |slot: usize| self.starts.get(slot).map_or(self.postings.len(), |&start| start as usize);
        self.postings.get(start(slot)..start(slot.saturating_add(1))).unwrap_or(&[])
    }
}

/// Of sorted postings, those of a gram.
fn with_gram(near: &[u64], hash: u64) -> &[u64] {
    let rest = near.get(near.partition_point(|&posting| posting >> 32 < hash)..).unwrap_or(&[]);
    rest.get(..rest.partition_point(|&posting| posting >> 32 == hash)).unwrap_or(&[])
}

/// The postings of one part in their order, without those of grams that lead nowhere: no other paragraph has them, or too
/// many have. `room` is to work in.
fn leading(parted: &[Vec<Vec<u64>>], part: usize, room: &mut Vec<u64>) -> Vec<u64> {
    room.clear();
    parted.iter().filter_map(|parts| parts.get(part)).for_each(|postings| room.extend(postings));
    room.sort_unstable();
    room.dedup();
    let runs = room.chunk_by(|x, y| x >> 32 == y >> 32);
    let mut leading = Vec::new();
    runs.filter(|run| (2..=MOST_PARAGRAPHS_PER_GRAM).contains(&run.len())).for_each(|run| leading.extend(run));
    leading
}

/// Where the postings begin for every beginning of a hash, and how many bits such a beginning leaves out; there are about as
/// many of them as postings.
fn starts(postings: &[u64]) -> (Vec<u32>, u32) {
    let bits = postings.len().max(1).ilog2().min(24);
    let shift = 32 - bits;
    let mut starts = Vec::with_capacity((1 << bits) + 1);
    for (at, &posting) in postings.iter().enumerate() {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        let slot = usize::try_from(posting >> 32 >> shift).unwrap_or(usize::MAX);
        while starts.len() <= slot {
            starts.push(at);
        }
    }
    (starts, shift)
}

/// The hashes of all grams of a text.
fn hashes(folder: &Folder, text: &str) -> Vec<u64> {
    let words: Vec<char> = folder.key(text).map(|(_, c)| c).filter(|&c| is_word(c)).collect();
    words.windows(GRAM).map(hash).collect()
}

/// A hash of a few characters, in 32 bits.
fn hash(gram: &[char]) -> u64 {
    gram.iter().fold(0_u64, |sum, &c| (sum ^ u64::from(u32::from(c))).wrapping_mul(0x9e37_79b9_7f4a_7c15)) >> 32
}

fn low(posting: u64) -> u32 {
    u32::try_from(posting & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;
    use crate::model::Kind;

    #[test]
    fn an_index_for_the_passages_of_a_few_answers_them_as_that_of_all_does() {
        let others: Vec<String> = (0..20_u32)
            .map(|n| format!("第{n}次会议上，各方一致认为应当加强团结协作，推动第{n}项合作取得成果。"))
            .collect();
        let mut texts: Vec<(Kind, &str, &[&str])> =
            vec![(Kind::Report, "引", &["他说：“各方应当加强团结协作，取得更多成果”。"])];
        let bodies: Vec<[&str; 1]> = others.iter().map(|text| [text.as_str()]).collect();
        texts.extend(bodies.iter().map(|body| (Kind::Other, "文", body.as_slice())));
        let articles = corpus(&texts);
        let all: Vec<ArticleIx> = (0..articles.len()).collect();
        let (few, full) =
            (Index::new(Folds::default(), &articles, &[0]), Index::new(Folds::default(), &articles, &all));
        assert!(few.postings.len() < full.postings.len());
        let folder = Folder::new(Folds::default());
        let near = |index: &Index, passage: &str| index.near(&folder.fold(passage).key, 50, |_| true);
        for passage in ["各方应当加强团结协作，取得更多成果", "加强团结协作"] {
            assert_eq!(near(&full, passage).len(), 21);
            assert_eq!(near(&few, passage), near(&full, passage));
        }
        // These grams stand nowhere else.
        assert_eq!(near(&few, "他说：“各方应当"), near(&full, "各方应当"));
        assert!(near(&full, "各方应当").is_empty());
    }

    #[test]
    fn what_does_not_count_takes_no_place_of_what_does() {
        let told = ["加强团结协作，推动各项合作取得成果。"];
        let mut texts = vec![(Kind::Other, "文", told.as_slice()); 20];
        texts.push((Kind::Speech, "讲话", ["应当加强团结协作，取得更多成果。"].as_slice()));
        let articles = corpus(&texts);
        let index = Index::new(Folds::default(), &articles, &[0]);
        let key = Folder::new(Folds::default()).fold("加强团结协作，推动各项合作").key;
        assert_eq!(index.near(&key, 2, |_| true), [(0, 1), (1, 1)]);
        assert_eq!(index.near(&key, 2, |article| article > 18), [(19, 1), (20, 1)]);
    }

    #[test]
    fn grams_that_lead_nowhere_are_left_out() {
        let articles = corpus(&[
            (Kind::Other, "文", ["加强团结协作"].as_slice()),
            (Kind::Other, "文", ["加强团结友爱"].as_slice()),
        ]);
        let index = Index::new(Folds::default(), &articles, &[0, 1]);
        assert_eq!(index.postings.len(), 2);
    }
}
