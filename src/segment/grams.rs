//! Shared vocabulary as evidence: does a headline speak of the text below it or above it?
//!
//! ```text
//! 应急管理部派应急监测队伍协助鄂赣巡堤查险   16 of its 19 bigrams stand in the report above, 1 in the caption below
//! ```

use std::collections::HashMap;

use foldhash::fast::FixedState;
use memchr::memmem::Finder;

use crate::mark::is_letter;
use crate::sieve::Sieve;

/// Two letters in a row, as one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bigram(u64);

impl Bigram {
    /// Two letters in a row, if neither is a mark.
    fn of(before: u32, here: u32) -> Option<Self> {
        (before != 0 && here != 0).then_some(Self(u64::from(before) << 32 | u64::from(here)))
    }

    /// A number by which bigrams spread over a table of `1 << bits` places.
    fn place(self, bits: u32) -> usize {
        usize::try_from(self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)).unwrap_or(0)
    }
}

/// The number of a character where it is a letter, else 0.
fn letter(c: char) -> u32 {
    if is_letter(c) { u32::from(c) } else { 0 }
}

/// Characters of a text that are looked at: the start says what it is about.
const LEAD: usize = 2400;

/// The bigrams at the start of a text, given as its letters: none reaches over a mark.
fn bigrams(text: impl Iterator<Item = u32>) -> impl Iterator<Item = Bigram> {
    let mut last = 0;
    text.take(LEAD).filter_map(move |here| Bigram::of(std::mem::replace(&mut last, here), here))
}

/// Where the bigrams of the heads of a page stand in its texts. Of no other bigram this is asked.
#[derive(Debug, Default)]
pub struct Grams {
    /// The texts in which each stands, in order.
    texts: HashMap<Bigram, Vec<usize>, FixedState>,
    /// How many texts there are.
    count: usize,
}

impl Grams {
    /// Looks for the bigrams of `heads` in `texts`; each text comes in parts, given as their letters.
    #[must_use]
    pub fn new<'a, P: Iterator<Item = &'a [u32]>>(
        heads: impl Iterator<Item = &'a str>,
        texts: impl Iterator<Item = P>,
    ) -> Self {
        let mut grams = Self::default();
        for head in heads {
            grams.texts.reserve(head.len() / 3);
            grams.texts.extend(bigrams(head.chars().map(letter)).map(|gram| (gram, Vec::new())));
        }
        let sieve = Sieve::new(grams.texts.keys().map(|gram| gram.0));
        for (ix, parts) in texts.enumerate() {
            grams.count = ix + 1;
            let mut last = 0;
            let mut room = LEAD;
            for part in parts {
                let part = part.get(..room.min(part.len())).unwrap_or_default();
                room -= part.len();
                for &here in part {
                    let gram = Bigram::of(std::mem::replace(&mut last, here), here);
                    if let Some(gram) = gram.filter(|gram| sieve.may_hold(gram.0))
                        && let Some(texts) = grams.texts.get_mut(&gram)
                        && texts.last() != Some(&ix)
                    {
                        texts.push(ix);
                    }
                }
            }
        }
        grams
    }

    /// The bigrams of a head, to be held against the texts.
    #[must_use]
    pub fn head(&self, head: &str) -> Head<'_> {
        let mut bigrams: Vec<Bigram> = bigrams(head.chars().map(letter)).collect();
        bigrams.sort_unstable();
        bigrams.dedup();
        let stands = |gram| self.texts.get(&gram).map_or(&[][..], Vec::as_slice);
        Head(bigrams.into_iter().map(stands).map(|texts| (self.weight(texts.len()), texts)).collect())
    }

    /// What a bigram says that stands in so many texts.
    fn weight(&self, spread: usize) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "numbers of articles on a page")]
        let rarity = (1.0 + (self.count as f32 + 1.0) / (spread as f32 + 0.5)).ln();
        rarity
    }
}

/// The bigrams of a head: the weight of each, and the texts in which it stands.
#[derive(Debug)]
pub struct Head<'a>(Vec<(f32, &'a [usize])>);

impl Head<'_> {
    /// What share of the bigrams, by rarity, stands in text `ix`.
    #[must_use]
    pub fn overlap(&self, ix: usize) -> f32 {
        let (mut all, mut shared) = (0.0, 0.0);
        for (weight, texts) in &self.0 {
            all += weight;
            shared += if texts.binary_search(&ix).is_ok() { *weight } else { 0.0 };
        }
        if all > 0.0 { shared / all } else { 0.0 }
    }
}

/// Texts one after the other.
#[derive(Debug)]
pub struct Print {
    /// Every character, where it is a letter; else, and behind each text, 0.
    letters: Vec<u32>,
    /// Where each text begins.
    starts: Vec<usize>,
}

impl Print {
    #[must_use]
    pub fn new(texts: &[&str]) -> Self {
        let mut letters = Vec::with_capacity(texts.iter().map(|text| text.len() / 3 + 1).sum());
        let mut starts = Vec::with_capacity(texts.len());
        for text in texts {
            starts.push(letters.len());
            letters.extend(text.chars().map(letter));
            letters.push(0);
        }
        Self { letters, starts }
    }

    /// The letters of text `ix`, 0 where a mark stands.
    #[must_use]
    pub fn text(&self, ix: usize) -> &[u32] {
        let end = self.starts.get(ix + 1).map_or(self.letters.len(), |&next| next);
        self.starts.get(ix).and_then(|&start| self.letters.get(start..end - 1)).unwrap_or_default()
    }

    /// How far the words turn away, at the start of each text, from the text before it: 4 where no word goes on, 0 where
    /// as many do as anywhere around, less where more do.
    ///
    /// A pair of characters that stands again within [`SPAN`] ties its two places together. Where an article ends, few
    /// ties reach across.
    #[must_use]
    pub fn turns(&self) -> Vec<(f32, f32)> {
        let ties = self.ties();
        // Sums of the ties up to each place, so that their mean around a place is one subtraction.
        let mut sums = Vec::with_capacity(ties.len() + 1);
        let mut sum = 0.0f64;
        sums.push(sum);
        for &ties in &ties {
            sum += f64::from(ties);
            sums.push(sum);
        }
        let turns = self.starts.iter().map(|&at| if at == 0 { Turn::default() } else { Turn::new(&ties, &sums, at) });
        self.sharpest(&turns.collect::<Vec<_>>())
    }

    /// The turns, but for those beside a sharper one: the second paragraph of an article has as little to do with the
    /// article above as the first.
    fn sharpest(&self, turns: &[Turn]) -> Vec<(f32, f32)> {
        let mut from = 0;
        let mut to = 0;
        let mut all = Vec::with_capacity(turns.len());
        for (turn, &at) in turns.iter().zip(&self.starts) {
            while self.starts.get(from).is_some_and(|&other| other + BESIDE < at) {
                from += 1;
            }
            while self.starts.get(to).is_some_and(|&other| other <= at + BESIDE) {
                to += 1;
            }
            let is_blunt = turns.get(from..to).unwrap_or_default().iter().any(|other| other.ties < turn.ties);
            all.push((turn.away, if is_blunt { turn.away.min(BLUNT) } else { turn.away }));
        }
        all
    }

    /// How many ties reach across each place.
    fn ties(&self) -> Vec<u32> {
        let mut steps = vec![0i32; self.letters.len() + 1];
        let mut recent = Recent::new(&self.letters);
        for at in 1..self.letters.len() {
            if let Some(earlier) = recent.see(at) {
                steps[earlier + 1] += 1;
                steps[at + 1] -= 1;
            }
        }
        let mut open = 0;
        steps.truncate(self.letters.len());
        let open = steps.iter().map(|step| {
            open += step;
            u32::try_from(open).unwrap_or(0)
        });
        open.collect()
    }
}

/// Where the last bigrams of a print end: a table for the [`SPAN`] places at hand, and that of the places before them, both
/// small enough to stay near the processor.
struct Recent<'a> {
    letters: &'a [u32],
    here: Box<Table>,
    before: Box<Table>,
    /// The first place of which `here` knows.
    from: usize,
}

/// Ends of bigrams, each near the place that its letters give it; 0 where none is.
type Table = [u32; Recent::PLACES];

impl<'a> Recent<'a> {
    /// Room for four times the bigrams of a span and more, so that a free place is never far.
    const BITS: u32 = 11;
    const PLACES: usize = 1 << Self::BITS;

    fn new(letters: &'a [u32]) -> Self {
        let table = || Box::new([0; Self::PLACES]);
        Self { letters, here: table(), before: table(), from: 0 }
    }

    /// Notes the bigram that ends at `at`, and tells where it ended within the span before.
    fn see(&mut self, at: usize) -> Option<usize> {
        while at >= self.from + SPAN {
            std::mem::swap(&mut self.here, &mut self.before);
            self.here.fill(0);
            self.from += SPAN;
        }
        let gram = self.gram(at);
        if gram.contains(&0) {
            return None;
        }
        let here = self.find(&self.here, gram);
        let last = if self.here[here] > 0 { self.here[here] } else { self.before[self.find(&self.before, gram)] };
        self.here[here] = u32::try_from(at).unwrap_or(0);
        Some(last as usize).filter(|&earlier| earlier > 0 && at - earlier <= SPAN)
    }

    /// Where a table has a bigram, or the free place that it would take.
    fn find(&self, table: &Table, gram: [u32; 2]) -> usize {
        let bigram = Bigram(u64::from(gram[0]) << 32 | u64::from(gram[1]));
        let mut place = bigram.place(Self::BITS) % Self::PLACES;
        while table[place] > 0 && self.gram(table[place] as usize) != gram {
            place = (place + 1) % Self::PLACES;
        }
        place
    }

    /// The letters that end at a place after the first.
    fn gram(&self, at: usize) -> [u32; 2] {
        [self.letters[at - 1], self.letters[at]]
    }
}

/// How the words turn at one place.
#[derive(Clone, Copy, Debug)]
struct Turn {
    /// How far they turn away.
    away: f32,
    /// Ties across the place.
    ties: f64,
}

impl Default for Turn {
    fn default() -> Self {
        Self { away: 0.0, ties: f64::INFINITY }
    }
}

impl Turn {
    /// How the ties across place `at` compare with those around it.
    #[expect(clippy::cast_precision_loss, reason = "places on one page")]
    fn new(ties: &[u32], sums: &[f64], at: usize) -> Self {
        let (from, to) = (at.saturating_sub(AROUND), (at + AROUND).min(ties.len()));
        let mean = (sums[to] - sums[from]) / (to - from).max(1) as f64;
        // Near the ends of the page there is less that a tie could come from.
        let near = (at.min(ties.len() - at) as f64 / SPAN as f64).min(1.0);
        let room = (1.0 - (1.0 - near).powi(2)).max(0.1);
        let across = f64::from(ties[at]) / room;
        #[expect(clippy::cast_possible_truncation, reason = "small numbers of few digits")]
        let (missing, near) = ((1.0 - (across + FEW) / (mean + FEW)) as f32, near as f32);
        let away = (6.5 * (missing - 0.13)).clamp(-4.0, 4.0);
        // Of a few words, some go on by chance.
        Self { away: if away < 0.0 { away * near.sqrt() } else { away }, ties: across }
    }
}

/// How far apart, in characters, two places may be that a pair of characters ties together.
const SPAN: usize = 400;
/// How far, in characters, the ties around a place are looked at.
const AROUND: usize = 150;
/// So many characters away, a sharper turn is the same.
const BESIDE: usize = 200;
/// How far the words turn away at the most beside a sharper turn.
const BLUNT: f32 = 0.6;
/// So few ties are no evidence.
const FEW: f64 = 3.0;

/// Whether the letters of `part` stand in one of `others`, whatever marks and space stand between them.
#[must_use]
pub fn stands_in<'a>(part: &str, others: impl Iterator<Item = &'a str>) -> bool {
    stands(part, others, |_, _| true)
}

/// Whether the letters of `part` stand in one of `others` between marks: as a sentence that is set again does, and hardly the
/// headline that a sentence has in its midst.
#[must_use]
pub fn stands_divided_in<'a>(part: &str, others: impl Iterator<Item = &'a str>) -> bool {
    stands(part, others, |before, after| !before.ends_with(is_letter) && !after.starts_with(is_letter))
}

/// Whether the letters of `part` stand in one of `others`, and what stands right before and behind them `may`.
fn stands<'a>(part: &str, mut others: impl Iterator<Item = &'a str>, may: impl Fn(&str, &str) -> bool) -> bool {
    let part = letters(part);
    let Some(first) = part.chars().next().filter(|_| part.chars().count() >= 8) else { return false };
    let (start, rest) = part.split_at(first.len_utf8());
    let finder = Finder::new(start);
    others.any(|text| {
        finder.find_iter(text.as_bytes()).any(|at| {
            let (before, here) = text.split_at_checked(at).unwrap_or_default();
            let here = here.get(start.len()..).unwrap_or_default();
            after(here, rest).is_some_and(|after| may(before, after))
        })
    })
}

/// What stands behind the letters at the start of a text, if these are its first ones, whatever stands between them.
fn after<'t>(text: &'t str, letters: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    let stand = letters.chars().all(|letter| rest.find(|&c| is_letter(c)) == Some(letter));
    stand.then_some(rest.as_str())
}

/// A text without marks and space.
fn letters(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    letters.extend(text.split(|c| !is_letter(c)));
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_set_again_stands_between_marks_and_a_headline_in_their_midst() {
        let text = "会上，专家们提出了建议。前人踩出一条路，我们铺上一条轨，后来人看得更远。";
        assert!(stands_divided_in("前人踩出一条路，我们铺上一条轨", [text].into_iter()));
        assert!(stands_in("专家们提出了建议", [text].into_iter()));
        assert!(!stands_divided_in("出一条路，我们铺上一", [text].into_iter()));
        assert!(!stands_divided_in("前人踩出", [text].into_iter()));
    }

    #[test]
    fn beside_a_sharp_turn_no_other_counts() {
        let news =
            "东湖码头今日复航，码头工人连夜清淤，航道水深四米，首班渡轮载客三百，渡轮票价不变，码头工人说航道畅通。";
        let boxing = "拳王卫冕，拳王出拳又快又准，教练说拳王训练刻苦，";
        let more = "教练还说拳王将再次出拳卫冕。";
        let turns = Print::new(&[news, news, boxing, more]).turns();
        let sharp: Vec<f32> = turns.iter().map(|turn| turn.1).collect();
        assert!(sharp[2] > 2.0 && sharp[1] <= BLUNT && sharp[3] <= BLUNT, "{sharp:?}");
    }
}
