//! Words that stand together too often for chance → one name.
//!
//! ```text
//! 成员国 元首      12 of 14 times 元首 stands there after 成员国      →  成员国元首
//! 成员国元首 理事会                                              →  成员国元首理事会
//! ```
//! Pair by pair, a few times over, so that long official names grow from their parts. Only nouns are joined.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::cut::{Cutter, STOP};
use super::statistic::log_likelihood;
use crate::model::Article;

/// Rounds of joining: a name of 2⁴ words can still grow together.
const ROUNDS: usize = 4;

/// A pair must be met this often, and be this much more than chance.
const LEAST: u32 = 3;
const LIKELIHOOD: f64 = 15.0;
/// Of the times that the rarer word stands anywhere, the share that it stands in the pair.
const BOUND: f64 = 0.25;

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
    pub fn of(articles: &[Article], cutter: &Cutter) -> Self {
        let cut = |article: &Article| -> Vec<String> {
            article.paragraphs.iter().flat_map(|p| cutter.cut(&p.text).into_iter().chain([STOP.to_owned()])).collect()
        };
        let mut known = HashMap::<String, UnitIx>::new();
        let mut units = Vec::new();
        let mut texts = Vec::with_capacity(articles.len());
        // A hundred articles at a time, so that the words of a large corpus never stand in memory as strings.
        for chunk in articles.chunks(128) {
            for words in chunk.par_iter().map(cut).collect::<Vec<_>>() {
                let mut text = Vec::with_capacity(words.len());
                for word in words {
                    text.push(if word == STOP {
                        NONE
                    } else if let Some(&ix) = known.get(&word) {
                        ix
                    } else {
                        let ix = index(units.len());
                        units.push(Unit { tag: cutter.tag(&word), text: word.clone(), parts: None });
                        known.insert(word, ix);
                        ix
                    });
                }
                texts.push(text);
            }
        }
        Self { units, texts }
    }

    /// Joins what belongs together.
    pub fn join(&mut self) {
        for _ in 0..ROUNDS {
            let pairs = self.accepted();
            if pairs.is_empty() {
                break;
            }
            self.texts.par_iter_mut().for_each(|text| *text = joined(text, &pairs));
        }
    }

    /// Pairs that belong together, with how strongly, and the unit that each becomes.
    fn accepted(&mut self) -> HashMap<(UnitIx, UnitIx), (f64, UnitIx)> {
        let nominal: Vec<bool> = self.units.iter().map(is_nominal).collect();
        let is = |ix: UnitIx| nominal.get(ix as usize).copied().unwrap_or(false);
        let counts = self.texts.par_iter().map(|text| count(text, &is)).reduce(Counts::default, Counts::with);
        let least = LEAST.max(u32::try_from(counts.all / 500_000).unwrap_or(u32::MAX));
        let mut found: Vec<_> =
            counts.pairs.iter().filter(|&(_, &n)| n >= least || n >= 2 && counts.all < 20_000).collect();
        found.sort();
        let mut pairs = HashMap::new();
        for (&(a, b), &n) in found {
            let single = |ix| counts.single.get(&ix).copied().unwrap_or(0);
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
            let known = self.units.iter().position(|u| u.text == unit.text);
            let ix = known.map_or_else(|| index(self.units.len()), index);
            if known.is_none() {
                self.units.push(unit);
            }
            pairs.insert((a, b), (likelihood, ix));
        }
        pairs
    }
}

fn index(at: usize) -> UnitIx {
    UnitIx::try_from(at).unwrap_or(NONE)
}

#[derive(Default)]
struct Counts {
    single: BTreeMap<UnitIx, u32>,
    pairs: HashMap<(UnitIx, UnitIx), u32>,
    all: u64,
}

impl Counts {
    #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order of their parts")]
    fn with(mut self, mut other: Self) -> Self {
        if self.pairs.len() < other.pairs.len() {
            std::mem::swap(&mut self, &mut other);
        }
        for (unit, n) in other.single {
            *self.single.entry(unit).or_default() += n;
        }
        for (pair, n) in other.pairs {
            *self.pairs.entry(pair).or_default() += n;
        }
        self.all += other.all;
        self
    }
}

fn count(text: &[UnitIx], nominal: &impl Fn(UnitIx) -> bool) -> Counts {
    let mut counts = Counts::default();
    for (i, &a) in text.iter().enumerate().filter(|(_, a)| **a != NONE) {
        *counts.single.entry(a).or_default() += 1;
        counts.all += 1;
        if let Some(&b) = text.get(i + 1)
            && b != NONE
            && nominal(a)
            && nominal(b)
        {
            *counts.pairs.entry((a, b)).or_default() += 1;
        }
    }
    counts
}

/// Joins accepted pairs from left to right; of two pairs that share a word the stronger wins.
fn joined(text: &[UnitIx], pairs: &HashMap<(UnitIx, UnitIx), (f64, UnitIx)>) -> Vec<UnitIx> {
    let pair = |i: usize| pairs.get(&(*text.get(i)?, *text.get(i + 1)?));
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
