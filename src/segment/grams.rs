//! Shared vocabulary as evidence: does a headline speak of the text below it or above it?
//!
//! ```text
//! 应急管理部派应急监测队伍协助鄂赣巡堤查险   16 of its 19 bigrams stand in the report above, 1 in the caption below
//! ```

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;

use crate::mark::is_han;

type Bigram = (char, char);
type Bag = HashSet<Bigram, FixedState>;

/// Characters of a text that are looked at: the start says what it is about.
const LEAD: usize = 2400;

/// The bigrams of some texts, and how rare each is among them.
#[derive(Debug, Default)]
pub struct Grams {
    bags: Vec<Bag>,
    spread: HashMap<Bigram, u32, FixedState>,
}

impl Grams {
    /// Takes the texts in; each may come in parts.
    #[must_use]
    pub fn new<'a>(texts: impl Iterator<Item = Vec<&'a str>>) -> Self {
        let mut grams = Self::default();
        for parts in texts {
            let bag = bag(&parts);
            #[expect(clippy::iter_over_hash_type, reason = "sums do not depend on the order")]
            for gram in &bag {
                *grams.spread.entry(*gram).or_default() += 1;
            }
            grams.bags.push(bag);
        }
        grams
    }

    /// What share of the bigrams of `head`, by rarity, stands in text `ix`.
    #[must_use]
    pub fn overlap(&self, head: &str, ix: usize) -> f32 {
        let Some(text) = self.bags.get(ix) else { return 0.0 };
        let (mut all, mut shared) = (0.0, 0.0);
        let mut bigrams: Vec<Bigram> = bag(&[head]).into_iter().collect();
        bigrams.sort_unstable();
        for gram in bigrams {
            let weight = self.weight(gram);
            all += weight;
            shared += if text.contains(&gram) { weight } else { 0.0 };
        }
        if all > 0.0 { shared / all } else { 0.0 }
    }

    fn weight(&self, gram: Bigram) -> f32 {
        let spread = self.spread.get(&gram).copied().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "numbers of articles on a page")]
        let rarity = (1.0 + (self.bags.len() as f32 + 1.0) / (spread as f32 + 0.5)).ln();
        rarity
    }
}

/// How far the words turn away, at the start of each text, from the text before it: 1 where no word goes on, 0 where as
/// many do as anywhere around, less where more do.
///
/// A pair of characters that stands again within [`SPAN`] ties its two places together. Where an article ends, few ties
/// reach across.
#[must_use]
pub fn turns(texts: &[&str]) -> Vec<f32> {
    let total: usize = texts.iter().map(|t| t.chars().count() + 1).sum();
    let ties = ties(texts, total);
    // Sums of the ties up to each place, so that their mean around a place is one subtraction.
    let mut sums = Vec::with_capacity(total + 1);
    let mut sum = 0.0f64;
    sums.push(sum);
    for &ties in &ties {
        sum += f64::from(ties);
        sums.push(sum);
    }
    let mut at = 0;
    let mut turns = Vec::with_capacity(texts.len());
    for text in texts {
        turns.push(if at == 0 { 0.0 } else { turn(&ties, &sums, at) });
        at += text.chars().count() + 1;
    }
    turns
}

/// How many ties reach across each place.
fn ties(texts: &[&str], total: usize) -> Vec<u32> {
    let mut steps = vec![0i32; total + 1];
    let mut seen: HashMap<Bigram, usize, FixedState> = HashMap::default();
    let mut at = 0;
    for text in texts {
        let mut last = None;
        for c in text.chars() {
            let word = is_han(c) || c.is_alphanumeric();
            if let (Some(before), true) = (last, word)
                && let Some(earlier) = seen.insert((before, c), at)
                && at - earlier <= SPAN
            {
                steps[earlier + 1] += 1;
                steps[at + 1] -= 1;
            }
            last = word.then_some(c);
            at += 1;
        }
        at += 1;
    }
    let mut open = 0;
    steps.truncate(total);
    steps
        .iter()
        .map(|step| {
            open += step;
            u32::try_from(open).unwrap_or(0)
        })
        .collect()
}

/// How the ties across place `at` compare with those around it.
#[expect(clippy::cast_precision_loss, reason = "places on one page")]
fn turn(ties: &[u32], sums: &[f64], at: usize) -> f32 {
    let (from, to) = (at.saturating_sub(AROUND), (at + AROUND).min(ties.len()));
    let mean = (sums[to] - sums[from]) / (to - from).max(1) as f64;
    // Near the ends of the page there is less that a tie could come from.
    let near = (at.min(ties.len() - at) as f64 / SPAN as f64).min(1.0);
    let room = (1.0 - (1.0 - near).powi(2)).max(0.1);
    let across = f64::from(ties[at]) / room;
    #[expect(clippy::cast_possible_truncation, reason = "between -2 and 1")]
    let missing = (1.0 - (across + FEW) / (mean + FEW)) as f32;
    (6.5 * (missing - 0.13)).clamp(-4.0, 2.7)
}

/// How far apart, in characters, two places may be that a pair of characters ties together.
const SPAN: usize = 400;
/// How far, in characters, the ties around a place are looked at.
const AROUND: usize = 150;
/// So few ties are no evidence.
const FEW: f64 = 3.0;

fn bag(parts: &[&str]) -> Bag {
    let mut bag = Bag::default();
    let mut last = None;
    for c in parts.iter().flat_map(|p| p.chars()).take(LEAD) {
        let word = is_han(c) || c.is_alphanumeric();
        if let (Some(before), true) = (last, word) {
            bag.insert((before, c));
        }
        last = word.then_some(c);
    }
    bag
}

/// Whether `part` stands in one of `others`, letter for letter but for marks and space.
#[must_use]
pub fn stands_in<'a>(part: &str, mut others: impl Iterator<Item = &'a str>) -> bool {
    let plain = plain(part);
    plain.chars().count() >= 8 && others.any(|other| self::plain(other).contains(&plain))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
