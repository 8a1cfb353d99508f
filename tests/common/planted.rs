//! Corpora with planted reuse, made from a seed: what was planted is known, so what is found can be scored.
//!
//! Words are drawn by frequency (Zipf) from a made-up dictionary of Han characters, so that common words recur as they do
//! in print, and every text carries turns of speech that all texts share.

#![allow(dead_code, reason = "each test that shares this file uses a part of it")]

use duikan::model::{Article, Role};

use super::witnesses::plain;

#[path = "../it/press/rng.rs"]
mod rng;

pub use rng::Rng as Random;

const FORMULAE: [&str; 8] = [
    "成员国指出，",
    "各方强调，",
    "与会者一致认为，",
    "为此，",
    "与此同时，",
    "会议指出，",
    "我们要坚持，",
    "各国领导人重申，",
];

/// A made-up language.
pub struct Language {
    words: Vec<String>,
}

impl Language {
    #[must_use]
    pub fn new(random: &mut Random, size: usize) -> Self {
        let character = |random: &mut Random| {
            let at = random.below(2500) * random.below(1000) / 1000;
            char::from_u32(0x4e00 + u32::try_from(at).unwrap() * 7).unwrap()
        };
        let word = |random: &mut Random| {
            let length = if random.chance(75) { 2 } else { 1 + 2 * random.below(2) };
            (0..length).map(|_| character(random)).collect::<String>()
        };
        Self { words: (0..size).map(|_| word(random)).collect() }
    }

    /// A word, the earlier ones of the dictionary far oftener.
    pub fn word(&self, random: &mut Random) -> String {
        let size = self.words.len();
        let bits = 1 + random.below(usize::try_from(size.ilog2()).unwrap());
        self.words[random.below(size.min(1 << bits))].clone()
    }

    /// The words of a clause.
    pub fn clause(&self, random: &mut Random) -> Vec<String> {
        let length = 3 + random.below(9);
        (0..length).map(|_| self.word(random)).collect()
    }
}

/// Paragraphs of clauses of words.
pub type Text = Vec<Vec<Vec<String>>>;

pub fn text(random: &mut Random, language: &Language, paragraphs: usize) -> Text {
    let clause = |random: &mut Random| {
        if random.chance(12) {
            let formula = FORMULAE[random.below(FORMULAE.len())];
            return vec![formula.trim_end_matches('，').to_owned()];
        }
        language.clause(random)
    };
    (0..paragraphs).map(|_| (0..2 + random.below(5)).map(|_| clause(random)).collect()).collect()
}

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Verbatim,
    Substituted,
    Shortened,
}

/// Clause `to` of the abstract came from clause `from` of the full text: paragraph number and clause number, from 1.
#[derive(Clone, Copy, Debug)]
pub struct Planted {
    pub fate: Fate,
    pub from: (u32, u32),
    pub to: (u32, u32),
}

/// An abstract of `full`: paragraphs dropped and merged, clauses dropped, kept, substituted and shortened.
pub fn abstract_of(random: &mut Random, language: &Language, full: &Text) -> (Text, Vec<Planted>) {
    let mut text: Text = Vec::new();
    let mut planted = Vec::new();
    for (p, paragraph) in (1..).zip(full) {
        if random.chance(35) {
            continue;
        }
        if text.is_empty() || !random.chance(20) {
            text.push(Vec::new());
        }
        let target = u32::try_from(text.len()).unwrap();
        let Some(out) = text.last_mut() else { continue };
        for (c, clause) in (1..).zip(paragraph) {
            let is_formula = clause.len() == 1;
            let (fate, words) = match random.below(100) {
                15.. if is_formula => (Fate::Verbatim, clause.clone()),
                0..=14 => continue,
                15..55 => (Fate::Verbatim, clause.clone()),
                55..80 => (Fate::Substituted, substituted(random, language, clause)),
                _ => (Fate::Shortened, shortened(random, clause)),
            };
            out.push(words);
            planted.push(Planted { fate, from: (p, c), to: (target, u32::try_from(out.len()).unwrap()) });
        }
        if out.is_empty() {
            text.pop();
        }
    }
    (text, planted)
}

/// A fifth of the words, one at least, in other words.
fn substituted(random: &mut Random, language: &Language, clause: &[String]) -> Vec<String> {
    let mut words = clause.to_vec();
    for _ in 0..(clause.len() / 5).max(1) {
        let at = random.below(words.len());
        words[at] = language.word(random);
    }
    words
}

/// Up to two fifths of the words left out.
fn shortened(random: &mut Random, clause: &[String]) -> Vec<String> {
    let mut words = clause.to_vec();
    for _ in 0..=random.below((clause.len() * 2 / 5).max(1)) {
        if words.len() > 2 {
            words.remove(random.below(words.len()));
        }
    }
    words
}

/// The text as print: the last clause of a paragraph ends with 。 and the others with ，.
#[must_use]
pub fn printed(text: &Text) -> Vec<String> {
    let paragraph = |clauses: &Vec<Vec<String>>| {
        let last = clauses.len().saturating_sub(1);
        let mark = |at: usize| if at == last { "。" } else { "，" };
        clauses.iter().enumerate().map(|(at, words)| words.concat() + mark(at)).collect::<String>()
    };
    text.iter().map(paragraph).collect()
}

#[must_use]
pub fn article(ix: usize, text: &Text) -> Article {
    let title = format!("文{ix}");
    plain(ix, &format!("t{ix}"), &title, printed(text).into_iter().map(|text| (Role::Body, text)))
}

/// A corpus: some texts have abstracts, all stand among many others, in no order.
pub struct Corpus {
    pub articles: Vec<Article>,
    /// Index of the full text, index of the abstract, and what was planted.
    pub pairs: Vec<(usize, usize, Vec<Planted>)>,
}

/// `others` unrelated texts and `pairs` full texts of `paragraphs` paragraphs with their abstracts.
#[must_use]
pub fn corpus(seed: u64, others: usize, pairs: usize, paragraphs: usize) -> Corpus {
    let mut random = Random::new(seed);
    let language = Language::new(&mut random, 20_000);
    let mut texts: Vec<Text> = Vec::new();
    let mut planted = Vec::new();
    for _ in 0..others {
        let length = 6 + random.below(12);
        texts.push(text(&mut random, &language, length));
    }
    for _ in 0..pairs {
        let full = text(&mut random, &language, paragraphs);
        let (short, made) = abstract_of(&mut random, &language, &full);
        planted.push((texts.len(), texts.len() + 1, made));
        texts.extend([full, short]);
    }
    let mut order: Vec<usize> = (0..texts.len()).collect();
    for i in (1..order.len()).rev() {
        order.swap(i, random.below(i + 1));
    }
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, &text)| place[text] = at);
    let articles = order.iter().enumerate().map(|(ix, &at)| article(ix, &texts[at])).collect();
    Corpus { articles, pairs: planted.into_iter().map(|(a, b, made)| (place[a], place[b], made)).collect() }
}

/// As many articles of some 1,500 characters; of every ten, one is an abstract of another.
#[must_use]
pub fn newspaper(seed: u64, articles: usize) -> Vec<Article> {
    let mut random = Random::new(seed);
    let language = Language::new(&mut random, 20_000);
    let mut texts: Vec<Text> = Vec::with_capacity(articles);
    while texts.len() < articles {
        let full = text(&mut random, &language, 27);
        if texts.len() % 10 == 8 {
            texts.push(abstract_of(&mut random, &language, &full).0);
        }
        texts.push(full);
    }
    texts.iter().take(articles).enumerate().map(|(ix, text)| article(ix, text)).collect()
}
