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

/// How far the words of a text go on with those of the text before it: above zero they turn to something else.
///
/// In newspapers a paragraph shares one bigram in sixteen with the six hundred characters before it where the article
/// goes on, and one in sixty where another begins.
#[must_use]
pub fn drift(before: &str, after: &str) -> f32 {
    let lead: String = after.chars().take(DRIFT_AFTER).collect();
    let back: Vec<char> = before.chars().rev().take(DRIFT_BEFORE).collect();
    let tail: String = back.iter().rev().collect();
    let (new, old) = (bag(&[&lead]), bag(&[&tail]));
    if new.is_empty() || old.is_empty() {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "some hundred bigrams")]
    let (shared, count, known) = (new.intersection(&old).count() as f32, new.len() as f32, old.len() as f32);
    let trust = (count / 60.0).min(known / 60.0).min(1.0);
    (1.8 - 45.0 * shared / count).clamp(-2.5, 1.5) * trust
}

/// Characters before and after a place that are held against each other.
const DRIFT_BEFORE: usize = 600;
const DRIFT_AFTER: usize = 150;

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
