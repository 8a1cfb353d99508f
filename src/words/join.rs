//! Words that stand together too often for chance → one name.
//!
//! ```text
//! 成员国 元首      12 of 14 times 元首 stands there after 成员国      →  成员国元首
//! 成员国元首 理事会                                              →  成员国元首理事会
//! ```
//! Pair by pair, a few times over, so that long official names grow from their parts. Only nouns are joined.

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::cut::{Cutter, STOP};
use super::statistic::log_likelihood;
use crate::memo::Memo;
use crate::model::Article;

/// Rounds of joining: a name of 2⁴ words can still grow together.
const ROUNDS: usize = 4;

/// A pair must be met this often, and be this much more than chance.
const LEAST: u32 = 3;
const LIKELIHOOD: f64 = 15.0;
/// Of the times that the rarer word stands anywhere, the share that it stands in the pair.
const BOUND: f64 = 0.25;

/// Articles that one thread cuts at a time.
const CHUNK: usize = 128;
/// So many such chunks have their own numbers at a time: a word of them all is held in each.
const CHUNKS: usize = 64;

/// Index of a unit.
pub type UnitIx = u32;
/// Between units that do not stand together.
pub const NONE: UnitIx = UnitIx::MAX;

/// A word, or words that were joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub text: String,
    /// jieba's tag; of a joined unit that of its last word.
    pub tag: String,
    pub parts: Option<(UnitIx, UnitIx)>,
}

/// The texts as units.
#[derive(Clone, Debug, Default)]
pub struct Units {
    pub units: Vec<Unit>,
    /// Per article its units in order, paragraphs and punctuation as [`NONE`].
    pub texts: Vec<Vec<UnitIx>>,
}

impl Units {
    /// Cuts every article.
    #[must_use]
    pub fn of(articles: &[Article], cutter: &Cutter, memo: &Memo) -> Self {
        let cut = |article: &Article, words: &mut Numbered| -> Vec<UnitIx> {
            let mut text = Vec::new();
            cutter.cut(article.paragraphs.iter().map(|p| p.text.as_str()), memo, |word| {
                text.push(if word == STOP { NONE } else { words.number(word) });
            });
            text.shrink_to_fit();
            text
        };
        // Some articles at a time number their words by themselves, so that few words wait for one another.
        let some = |articles: &[Article]| {
            let mut words = Numbered::default();
            let texts: Vec<Vec<UnitIx>> = articles.iter().map(|article| cut(article, &mut words)).collect();
            (words, texts)
        };
        let mut all = Numbered::default();
        let mut texts = Vec::with_capacity(articles.len());
        for articles in articles.chunks(CHUNK * CHUNKS) {
            let parts: Vec<(Numbered, Vec<Vec<UnitIx>>)> = articles.par_chunks(CHUNK).map(some).collect();
            let numbers: Vec<Vec<UnitIx>> =
                parts.iter().map(|(words, _)| words.words.iter().map(|word| all.number(word)).collect()).collect();
            let renumbered = |(texts, numbers): (Vec<Vec<UnitIx>>, &Vec<UnitIx>)| {
                let one = |unit: UnitIx| numbers.get(unit as usize).copied().unwrap_or(NONE);
                texts.into_iter().map(|text| text.into_iter().map(one).collect()).collect::<Vec<Vec<UnitIx>>>()
            };
            texts.par_extend(parts.into_par_iter().map(|(_, texts)| texts).zip(&numbers).flat_map_iter(renumbered));
        }
        let unit = |text: String| Unit { tag: cutter.tag(&text), text, parts: None };
        let units = all.words.into_par_iter().map(unit).collect();
        Self { units, texts }
    }

    /// Joins what belongs together.
    pub fn join(&mut self) {
        let mut known: HashMap<String, UnitIx, FixedState> =
            self.units.iter().zip(0..).map(|(unit, ix)| (unit.text.clone(), ix)).collect();
        let mut nominal = Vec::new();
        for _ in 0..ROUNDS {
            let pairs = self.accepted(&mut known, &mut nominal);
            if pairs.strengths.is_empty() {
                break;
            }
            self.texts.par_iter_mut().filter(|text| pairs.any_in(text)).for_each(|text| *text = joined(text, &pairs));
        }
    }

    /// Pairs that belong together, with how strongly, and the unit that each becomes. `known` are the units by their text, and
    /// `nominal` tells of those that were looked at whether they can be joined.
    fn accepted(&mut self, known: &mut HashMap<String, UnitIx, FixedState>, nominal: &mut Vec<bool>) -> Pairs {
        nominal.par_extend(self.units.par_iter().skip(nominal.len()).map(is_nominal));
        let counts = Counts::new(&self.texts, nominal);
        let least = LEAST.max(u32::try_from(counts.all / 500_000).unwrap_or(u32::MAX));
        let mut pairs = Pairs { heads: vec![false; self.units.len()], strengths: HashMap::default() };
        for &((a, b), n) in counts.pairs.iter().filter(|&&(_, n)| n >= least || n >= 2 && counts.all < 20_000) {
            let single = |ix: UnitIx| counts.single.get(ix as usize).copied().unwrap_or(0);
            let (of_a, of_b) = (single(a), single(b));
            let bound = f64::from(n) / f64::from(of_a.min(of_b).max(1));
            let likelihood =
                log_likelihood(n, of_b.saturating_sub(n), of_a, counts.all.saturating_sub(u64::from(of_a)));
            let (Some(left), Some(right)) = (self.units.get(a as usize), self.units.get(b as usize)) else { continue };
            if likelihood < LIKELIHOOD || bound < BOUND || !can_join(left, right) {
                continue;
            }
            let unit =
                Unit { text: format!("{}{}", left.text, right.text), tag: right.tag.clone(), parts: Some((a, b)) };
            let ix = *known.entry(unit.text.clone()).or_insert_with(|| {
                self.units.push(unit);
                index(self.units.len() - 1)
            });
            if let Some(head) = pairs.heads.get_mut(a as usize) {
                *head = true;
            }
            pairs.strengths.insert((a, b), (likelihood, ix));
        }
        pairs
    }
}

/// Pairs that are joined.
struct Pairs {
    /// The units that are the first of a pair: most are not, which is soon told.
    heads: Vec<bool>,
    strengths: HashMap<(UnitIx, UnitIx), (f64, UnitIx), FixedState>,
}

impl Pairs {
    fn get(&self, a: UnitIx, b: UnitIx) -> Option<&(f64, UnitIx)> {
        self.heads.get(a as usize).copied().unwrap_or(false).then(|| self.strengths.get(&(a, b))).flatten()
    }

    fn any_in(&self, text: &[UnitIx]) -> bool {
        text.windows(2).any(|pair| matches!(pair, [a, b] if self.get(*a, *b).is_some()))
    }
}

/// Words in the order in which they were first met.
#[derive(Default)]
struct Numbered {
    words: Vec<String>,
    by_word: HashMap<String, UnitIx, FixedState>,
}

impl Numbered {
    fn number(&mut self, word: &str) -> UnitIx {
        if let Some(&ix) = self.by_word.get(word) {
            return ix;
        }
        let ix = index(self.words.len());
        self.words.push(word.to_owned());
        self.by_word.insert(word.to_owned(), ix);
        ix
    }
}

fn index(at: usize) -> UnitIx {
    UnitIx::try_from(at).unwrap_or(NONE)
}

struct Counts {
    /// By unit.
    single: Vec<u32>,
    /// In the order of units.
    pairs: Vec<((UnitIx, UnitIx), u32)>,
    all: u64,
}

impl Counts {
    fn new(texts: &[Vec<UnitIx>], nominal: &[bool]) -> Self {
        let is = |ix: UnitIx| nominal.get(ix as usize).copied().unwrap_or(false);
        let mut single = vec![0; nominal.len()];
        for &unit in texts.iter().flatten() {
            if let Some(count) = single.get_mut(unit as usize) {
                *count += 1;
            }
        }
        // Of two neighbours the earlier above, the later below: what is sorted fits one word.
        let in_text = |text: &Vec<UnitIx>| -> Vec<u64> {
            let neighbours = text.windows(2).filter_map(|pair| pair.first().copied().zip(pair.last().copied()));
            let pairs = neighbours.filter(|&(a, b)| is(a) && is(b));
            pairs.map(|(a, b)| u64::from(a) << 32 | u64::from(b)).collect()
        };
        let mut pairs: Vec<u64> = texts.par_iter().flat_map_iter(in_text).collect();
        pairs.par_sort_unstable();
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let half = |pair: u64| u32::try_from(pair & u64::from(u32::MAX)).unwrap_or(NONE);
        let runs = pairs.chunk_by(|x, y| x == y);
        let counted = |run: &[u64]| run.first().map(|&pair| ((half(pair >> 32), half(pair)), number(run.len())));
        let pairs = runs.filter_map(counted).collect();
        let all = single.iter().map(|&n| u64::from(n)).sum();
        Self { single, pairs, all }
    }
}

/// Joins accepted pairs from left to right; of two pairs that share a word the stronger wins.
fn joined(text: &[UnitIx], pairs: &Pairs) -> Vec<UnitIx> {
    let pair = |i: usize| pairs.get(*text.get(i)?, *text.get(i + 1)?);
    let mut out = Vec::with_capacity(text.len());
    let mut i = 0;
    while let Some(&unit) = text.get(i) {
        match pair(i) {
            Some(&(strength, whole)) if pair(i + 1).is_none_or(|next| next.0 <= strength) => {
                out.push(whole);
                i += 2;
            }
            _ => {
                out.push(unit);
                i += 1;
            }
        }
    }
    out
}

/// Nouns and what stands before nouns. The dictionary calls some verbs nouns, and a noun a verb or a day.
fn is_nominal(unit: &Unit) -> bool {
    let noun = matches!(
        unit.tag.as_str(),
        "n" | "nr" | "nrt" | "nrfg" | "ns" | "nt" | "nz" | "ng" | "vn" | "an" | "j" | "b" | "nb"
    );
    let odd_noun = matches!(unit.text.as_str(), "元首" | "组织" | "联合" | "全面" | "国际");
    let verb = ["评价", "发挥", "主持", "出席", "高度"].iter().any(|v| unit.text.contains(v));
    (noun || odd_noun || unit.parts.is_some())
        && !verb
        && unit.text.chars().all(|c| !c.is_ascii_digit())
        && unit.text.chars().count() >= 2
}

/// Persons are not joined to what stands beside them, and a name does not grow without end.
fn can_join(left: &Unit, right: &Unit) -> bool {
    let person = |u: &Unit| matches!(u.tag.as_str(), "nr" | "nrfg") || u.text.contains('·');
    !person(left)
        && !person(right)
        && left.text.chars().count() + right.text.chars().count() <= 24
        && left.text != right.text
}
