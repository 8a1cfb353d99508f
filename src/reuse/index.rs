//! Where a passage stands in the corpus, word for word or altered: quotation tracing is a use of this.
//!
//! ```text
//! “践行真正的多边主义”     →  讲话 p17 践行真正的多边主义            1.00
//!                          →  报道 p9  践行真正的多边主义            1.00
//! “这是首次以‘上合’形式”   →  讲话 p4  这是我们首次以“上合”的形式    0.84
//! ```

use rayon::prelude::*;

use crate::config::Folds;
use crate::fold::{Folded, Folder};
use crate::model::{Article, ArticleIx, Place};

use super::chain::{Cell, Ends, heaviest};
use super::edit;
use super::likeness::{Likeness, have_run};
use super::side::is_word;
use crate::sieve::Sieve;

/// A place where a passage stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    pub place: Place,
    /// Similarity of the words of both, 0 to 1; at 1 they are the same but for marks and fold classes.
    pub score: f32,
}

/// Passages with fewer characters of words are not looked for.
pub const SHORTEST: usize = GRAM;

const GRAM: usize = 4;
/// A gram in more paragraphs does not lead to altered passages; one in fewer leads to all its paragraphs.
const MOST_PARAGRAPHS_PER_GRAM: usize = 512;
/// The rarest grams of a passage name paragraphs, until they have named so many.
const MOST_VOTES: usize = 4096;
/// As many paragraphs are looked at for an altered passage, those with most grams of it first.
const MOST_CANDIDATES: usize = 32;
/// How like an altered passage must be.
const ALIKE: f64 = 0.6;

/// All paragraphs of a corpus by their grams.
#[derive(Debug)]
pub struct Index<'a> {
    folder: Folder,
    articles: &'a [Article],
    /// Article and paragraph number.
    paragraphs: Vec<(u32, u32)>,
    /// Hash of a gram above, index of a paragraph below; sorted.
    postings: Vec<u64>,
    /// Where the postings begin whose hashes begin with each number of [`Index::shift`] bits less: a search through all of
    /// them would wait for memory at every step.
    starts: Vec<usize>,
    shift: u32,
}

impl<'a> Index<'a> {
    /// The index for passages of some of the articles, told by their indices: where those are few, few grams are wanted.
    #[must_use]
    pub fn new(folds: Folds, articles: &'a [Article], asking: &[ArticleIx]) -> Self {
        /// Where more than one of so many asks, nearly every gram is wanted.
        const MANY: usize = 8;
        let folder = Folder::new(folds);
        if asking.len().saturating_mul(MANY) > articles.len() {
            return Self::of(folder, articles, None);
        }
        let grams_of = |&ix: &ArticleIx| -> Vec<u64> {
            let paragraphs = articles.get(ix).into_iter().flat_map(|article| &article.paragraphs);
            paragraphs.flat_map(|paragraph| hashes(&folder, &paragraph.text)).collect()
        };
        let mut wanted: Vec<u64> = asking.par_iter().flat_map_iter(grams_of).collect();
        wanted.par_sort_unstable();
        wanted.dedup();
        let wanted = Sieve::new(wanted.into_iter());
        Self::of(folder, articles, Some(&wanted))
    }

    fn of(folder: Folder, articles: &'a [Article], wanted: Option<&Sieve>) -> Self {
        let of_article =
            |(ix, article): (u32, &Article)| article.paragraphs.iter().map(|p| (ix, p.n)).collect::<Vec<_>>();
        let paragraphs: Vec<(u32, u32)> = (0..).zip(articles).flat_map(of_article).collect();
        let grams_of = |(ix, &(article, n)): (usize, &(u32, u32))| {
            let text = articles.get(article as usize).and_then(|a| a.paragraph(n)).map_or("", |p| p.text.as_str());
            let low = u64::try_from(ix).unwrap_or(u64::MAX) & u64::from(u32::MAX);
            let is_wanted = |hash: &u64| wanted.is_none_or(|wanted| wanted.may_hold(*hash));
            let hashes = hashes(&folder, text).into_iter().filter(is_wanted);
            let mut postings: Vec<u64> = hashes.map(|hash| hash << 32 | low).collect();
            postings.sort_unstable();
            postings.dedup();
            postings
        };
        let mut postings: Vec<u64> = paragraphs.par_iter().enumerate().flat_map_iter(grams_of).collect();
        postings.par_sort_unstable();
        let (starts, shift) = starts(&postings);
        Self { folder, articles, paragraphs, postings, starts, shift }
    }

    /// The fold that passages are to be folded with.
    #[must_use]
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Where `passage` stands: word for word first, then altered, the most similar first; of equals the first in the
    /// corpus. A passage of less than [`SHORTEST`] characters of words stands nowhere.
    #[must_use]
    pub fn find(&self, passage: &Folded) -> Vec<Found> {
        let words = super::side::words(&passage.key);
        let lists: Vec<&[u64]> = words.windows(GRAM).map(|gram| self.with_gram(hash(gram))).collect();
        let Some(rarest) = lists.iter().min_by_key(|list| list.len()) else { return Vec::new() };
        let mut found: Vec<Found> = rarest.iter().flat_map(|&posting| self.exact(posting, &words)).collect();
        let candidates = Self::candidates(&lists);
        let altered = candidates.iter().take(MOST_CANDIDATES).filter_map(|&ix| self.altered(ix, &words));
        let altered: Vec<Found> =
            altered.filter(|new| !found.iter().any(|held| overlap(held.place, new.place))).collect();
        found.extend(altered);
        found.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.place.cmp(&y.place)));
        found
    }

    /// The paragraphs that share most with a passage of which only a part may stand anywhere: article and number, the
    /// nearest first, `most` of them.
    #[must_use]
    pub fn near(&self, key: &[char], most: usize) -> Vec<(ArticleIx, u32)> {
        let words = super::side::words(key);
        let lists: Vec<&[u64]> = words.windows(GRAM).map(|gram| self.with_gram(hash(gram))).collect();
        let nearest = Self::candidates(&lists).into_iter().take(most);
        nearest
            .filter_map(|ix| self.paragraphs.get(ix as usize))
            .map(|&(article, n)| (article as ArticleIx, n))
            .collect()
    }

    /// Paragraphs by how many of the grams they have, the most first.
    fn candidates(lists: &[&[u64]]) -> Vec<u32> {
        let mut telling: Vec<&[u64]> =
            lists.iter().filter(|list| list.len() <= MOST_PARAGRAPHS_PER_GRAM).copied().collect();
        telling.sort_by_key(|list| list.len());
        let mut votes: Vec<u32> = Vec::new();
        for list in telling {
            votes.extend(list.iter().map(|&posting| low(posting)));
            if votes.len() >= MOST_VOTES {
                break;
            }
        }
        votes.sort_unstable();
        let mut candidates: Vec<(usize, u32)> =
            votes.chunk_by(|x, y| x == y).map(|run| (run.len(), run.first().copied().unwrap_or(0))).collect();
        candidates.sort_unstable_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        candidates.into_iter().map(|(_, ix)| ix).collect()
    }

    fn with_gram(&self, hash: u64) -> &[u64] {
        let slot = usize::try_from(hash >> self.shift).unwrap_or(usize::MAX);
        let start = |slot: usize| self.starts.get(slot).copied().unwrap_or(self.postings.len());
        let near = self.postings.get(start(slot)..start(slot.saturating_add(1))).unwrap_or(&[]);
        let rest = near.get(near.partition_point(|&posting| posting >> 32 < hash)..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|&posting| posting >> 32 == hash)).unwrap_or(&[])
    }

    fn words(&self, paragraph: u32) -> Option<(u32, u32, Words)> {
        let &(article, n) = self.paragraphs.get(paragraph as usize)?;
        let text = &self.articles.get(article as usize)?.paragraph(n)?.text;
        Some((article, n, Words::new(self.folder.fold(text))))
    }

    /// The places of a paragraph where the words stand as they are.
    fn exact(&self, posting: u64, words: &[char]) -> Vec<Found> {
        let Some((article, n, paragraph)) = self.words(low(posting)) else { return Vec::new() };
        let starts = paragraph.text.windows(words.len()).enumerate().filter(|(_, window)| *window == words);
        let place = |(at, _): (usize, &[char])| paragraph.place(article, n, at, at + words.len());
        starts.map(place).map(|place| Found { place, score: 1.0 }).collect()
    }

    /// The part of a paragraph that is most like the words, if it is like them.
    fn altered(&self, paragraph: u32, words: &[char]) -> Option<Found> {
        let (article, n, paragraph) = self.words(paragraph)?;
        let (from, to) = window(words, &paragraph.text)?;
        let part = paragraph.text.get(from..to)?;
        let like = Likeness::new(words, part);
        let alike = like.symmetric() >= ALIKE && words.len() >= 2 * GRAM && have_run(words, part, GRAM);
        #[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
        let score = like.symmetric() as f32;
        alike.then(|| Found { place: paragraph.place(article, n, from, to), score })
    }
}

fn overlap(x: Place, y: Place) -> bool {
    (x.article, x.paragraph) == (y.article, y.paragraph) && x.start < y.end && y.start < x.end
}

/// The part of `text` that the words went into: where their grams stand close together and in order.
fn window(words: &[char], text: &[char]) -> Option<(usize, usize)> {
    let mut grams: Vec<(u64, usize)> = words.windows(GRAM).enumerate().map(|(at, gram)| (hash(gram), at)).collect();
    grams.sort_unstable();
    let mut cells: Vec<Cell> = Vec::new();
    for (at, gram) in text.windows(GRAM).enumerate() {
        let hash = hash(gram);
        let from = grams.partition_point(|&(gram, _)| gram < hash);
        let same = grams.iter().skip(from).take_while(|&&(gram, _)| gram == hash).take(GRAM);
        cells.extend(same.map(|&(_, word)| Cell { a: at, b: word, weight: 1.0 }));
    }
    let chain = heaviest(&cells, Ends::Apart);
    let close = |x: &Cell, y: &Cell| y.a - x.a <= words.len() / 2 + GRAM;
    let best = chain.chunk_by(close).max_by_key(|run| run.len())?;
    let (first, last) = (best.first()?, best.last()?);
    // What came before the first gram and after the last was altered; how far it went is for the difference to say.
    let from = first.a.saturating_sub(first.b + GRAM);
    let to = (last.a + words.len() - last.b + GRAM).min(text.len());
    let steps = edit::plain_steps(words, text.get(from..to)?);
    let equal = || steps.iter().filter(|step| step.equal);
    Some((from + equal().next()?.b.0, from + equal().next_back()?.b.1))
}

/// Where the postings begin for every beginning of a hash, and how many bits such a beginning leaves out; there are about as
/// many of them as postings.
fn starts(postings: &[u64]) -> (Vec<usize>, u32) {
    let bits = postings.len().max(1).ilog2().min(24);
    let shift = 32 - bits;
    let mut starts = Vec::with_capacity((1 << bits) + 1);
    for (at, &posting) in postings.iter().enumerate() {
        let slot = usize::try_from(posting >> 32 >> shift).unwrap_or(usize::MAX);
        while starts.len() <= slot {
            starts.push(at);
        }
    }
    (starts, shift)
}

/// The words of a paragraph, each with its token.
struct Words {
    folded: Folded,
    text: Vec<char>,
    tokens: Vec<usize>,
}

impl Words {
    fn new(folded: Folded) -> Self {
        let words = folded.key.iter().copied().enumerate().filter(|&(_, c)| is_word(c));
        let (tokens, text) = words.unzip();
        Self { folded, text, tokens }
    }

    /// The place of words `from..to`.
    fn place(&self, article: u32, paragraph: u32, from: usize, to: usize) -> Place {
        let token = |at: usize| self.tokens.get(at).copied().unwrap_or(0);
        let (start, end) = self.folded.span(token(from), token(to.saturating_sub(1)) + 1);
        Place { article: article as usize, paragraph, start, end }
    }
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
        for passage in ["各方应当加强团结协作，取得更多成果", "加强团结协作", "他说：“各方应当"]
        {
            let folded = full.folder().fold(passage);
            assert_eq!(few.near(&folded.key, 50), full.near(&folded.key, 50));
            assert_eq!(few.find(&folded), full.find(&folded));
            assert!(!full.find(&folded).is_empty());
        }
    }
}
