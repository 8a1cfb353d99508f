//! An article made ready to be held against another: folded paragraphs, and the words of its clauses.
//!
//! ```text
//! paragraph  成员国重申，愿继续加强交流合作。
//! clauses    成员国重申│愿继续加强交流合作          words: the key without its marks
//! grams      成员国 员国重 国重申 …                 what says how rare the words of a paragraph are
//! ```

use std::convert::Infallible;
use std::sync::Arc;

use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::bits::{Bits, Runs};
use super::likeness::{Likeness, alike_anywhere, is_enough};
use crate::clause::cuts;
use crate::fold::{Folded, Folder, is_han};
use crate::mark::is_letter;
use crate::model::{Article, ArticleIx, Paragraph, Role};

/// Tokens of the sides that are kept, each of which takes some eighty bytes; and about how many sides that are.
const ROOM: u64 = 1 << 20;
const MOST_KEPT: usize = 1 << 10;

/// A clause: its characters, its tokens, and its words.
#[derive(Clone, Debug)]
pub struct ClauseWords {
    /// Index of its paragraph in [`Side::paragraphs`].
    pub paragraph: usize,
    /// Characters of the paragraph.
    pub span: (u32, u32),
    /// Tokens of the folded paragraph.
    pub tokens: (usize, usize),
    pub words: Vec<char>,
    bits: Bits,
    runs: Runs,
}

impl ClauseWords {
    fn new(paragraph: usize, span: (u32, u32), tokens: (usize, usize), words: Vec<char>) -> Self {
        Self { paragraph, span, tokens, bits: Bits::of(&words), runs: Runs::of(&words), words }
    }

    /// Whether a run of four characters may stand in both: most clauses have none in common, which is soon told.
    #[must_use]
    pub fn may_share_run(&self, other: &Self) -> bool {
        self.runs.may_share(&other.runs)
    }

    /// How much the two have in common at most.
    #[must_use]
    pub fn like_at_most(&self, other: &Self) -> Likeness {
        let (len_a, len_b) = (self.words.len(), other.words.len());
        Likeness { common: self.bits.common_at_most(other.bits).min(len_a).min(len_b), len_a, len_b }
    }

    /// How much the two have in common, if they are the same clause wherever they stand.
    #[must_use]
    pub fn alike_anywhere(&self, other: &Self) -> Option<Likeness> {
        if !self.may_share_run(other) || !is_enough(self.like_at_most(other)) {
            return None;
        }
        let like = Likeness::new(&self.words, &other.words);
        alike_anywhere(&self.words, &other.words, like).then_some(like)
    }
}

/// A paragraph of an article, folded.
#[derive(Clone, Debug)]
pub struct ParagraphWords {
    pub n: u32,
    /// A dateline or signature: what it shares with a body paragraph says nothing.
    pub is_furniture: bool,
    pub folded: Folded,
    pub clauses: Vec<ClauseWords>,
    /// Its different grams, sorted.
    pub grams: Vec<u64>,
    /// Number of its words' characters.
    pub size: usize,
}

/// One side of a collation.
#[derive(Clone, Debug)]
pub struct Side {
    pub paragraphs: Vec<ParagraphWords>,
    /// The grams of every paragraph, each with the paragraph, sorted.
    pub postings: Vec<(u64, usize)>,
    /// The paragraphs, in the order of their keys.
    by_key: Vec<usize>,
    /// The clauses, as their paragraphs and places there, in the order of their words.
    by_words: Vec<(usize, usize)>,
}

impl Side {
    #[must_use]
    pub fn new(folder: &Folder, article: &Article) -> Self {
        let paragraphs = article.paragraphs.iter().enumerate();
        let paragraphs: Vec<_> = paragraphs.map(|(ix, text)| ParagraphWords::new(folder, ix, text)).collect();
        let grams = paragraphs.iter().enumerate().flat_map(|(p, words)| words.grams.iter().map(move |&gram| (gram, p)));
        let mut postings: Vec<(u64, usize)> = grams.collect();
        postings.sort_unstable();
        let mut side = Self { paragraphs, postings, by_key: Vec::new(), by_words: Vec::new() };
        let mut by_key: Vec<usize> = (0..side.paragraphs.len()).collect();
        by_key.sort_by_key(|&p| side.key(p));
        let places = |(p, words): (usize, &ParagraphWords)| (0..words.clauses.len()).map(move |c| (p, c));
        let mut by_words: Vec<(usize, usize)> = side.paragraphs.iter().enumerate().flat_map(places).collect();
        by_words.sort_by_key(|&at| side.words(at));
        (side.by_key, side.by_words) = (by_key, by_words);
        side
    }

    fn key(&self, paragraph: usize) -> &[char] {
        self.paragraphs.get(paragraph).map_or(&[], |paragraph| &paragraph.folded.key)
    }

    fn words(&self, (paragraph, clause): (usize, usize)) -> &[char] {
        let clauses = self.paragraphs.get(paragraph).map_or(&[][..], |paragraph| &paragraph.clauses);
        clauses.get(clause).map_or(&[], |clause| &clause.words)
    }

    /// The keys of the paragraphs in order, each with its paragraph; of equal ones the first comes first.
    pub fn sorted_keys(&self) -> impl Iterator<Item = (&[char], usize)> {
        self.by_key.iter().map(|&p| (self.key(p), p))
    }

    /// The words of the clauses in order, each with its paragraph; of equal ones the first comes first.
    pub fn sorted_words(&self) -> impl Iterator<Item = (&[char], usize)> {
        self.by_words.iter().map(|&at| (self.words(at), at.0))
    }

    /// The clauses of some paragraphs, in the order given.
    #[must_use]
    pub fn clauses(&self, paragraphs: &[usize]) -> Vec<&ClauseWords> {
        paragraphs.iter().filter_map(|&p| self.paragraphs.get(p)).flat_map(|p| &p.clauses).collect()
    }
}

/// The sides of articles. What shares much stands in many pairs: such sides are kept, as far as there is room.
pub struct Sides<'a> {
    folder: &'a Folder,
    kept: Cache<ArticleIx, Arc<Side>, Size>,
}

impl<'a> Sides<'a> {
    #[must_use]
    pub fn new(folder: &'a Folder) -> Self {
        Self { folder, kept: Cache::with_weighter(MOST_KEPT, ROOM, Size) }
    }

    #[must_use]
    pub fn of(&self, article: &Article) -> Arc<Side> {
        let make = || -> Result<_, Infallible> { Ok(Arc::new(Side::new(self.folder, article))) };
        let Ok(side) = self.kept.get_or_insert_with(&article.ix, make);
        side
    }
}

/// A side takes as much room as its paragraphs have tokens.
#[derive(Clone)]
struct Size;

impl Weighter<ArticleIx, Arc<Side>> for Size {
    fn weight(&self, _: &ArticleIx, side: &Arc<Side>) -> u64 {
        side.paragraphs.iter().map(|paragraph| paragraph.folded.key.len() as u64 + 1).sum()
    }
}

impl ParagraphWords {
    fn new(folder: &Folder, ix: usize, paragraph: &Paragraph) -> Self {
        let folded = folder.fold(&paragraph.text);
        let mut start = 0;
        let clause = |end| {
            let span = (start, end);
            start = end;
            let tokens = (folded.token(span.0), folded.token(span.1));
            let words = words(folded.key.get(tokens.0..tokens.1).unwrap_or(&[]));
            ClauseWords::new(ix, span, tokens, words)
        };
        let clauses: Vec<ClauseWords> = cuts(&paragraph.text).into_iter().map(clause).collect();
        let all = words(&folded.key);
        let grams = grams(&all);
        let is_furniture = matches!(paragraph.role, Role::Dateline | Role::Signature);
        Self { n: paragraph.n, is_furniture, clauses, grams, size: all.len(), folded }
    }
}

/// A key without punctuation.
#[must_use]
pub fn words(key: &[char]) -> Vec<char> {
    key.iter().copied().filter(|&c| is_word(c)).collect()
}

/// Whether `c` is part of a word, and no mark.
#[must_use]
pub fn is_word(c: char) -> bool {
    is_han(c) || is_letter(c)
}

/// The different grams of three of `words`, sorted; shorter words are one gram.
#[must_use]
pub fn grams(words: &[char]) -> Vec<u64> {
    let pack = |gram: &[char]| gram.iter().fold(0, |sum: u64, &c| sum << 21 | u64::from(u32::from(c)));
    let mut grams: Vec<u64> =
        if words.len() < 3 && !words.is_empty() { vec![pack(words)] } else { words.windows(3).map(pack).collect() };
    grams.sort_unstable();
    grams.dedup();
    grams
}
