//! Which unit of a gram it is filed under: the rarer one, so that what stands around a rare character lies side by side.
//!
//! ```text
//! 合掌   under 掌, as what stands before it: 合
//! 掌心   under 掌, as what follows it: 心           one shard tells of 合掌心 from both sides
//! ```

use super::text::{END, counts};

/// Units that are told apart by how often they stand in the texts; all others are rarer, and ranked as they are numbered.
const RANKED: usize = 1024;

/// The side of a unit on which the other one of a gram stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    After,
    Before,
}

/// A gram as it is filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Filed {
    pub under: u16,
    pub side: Side,
    pub other: u16,
}

impl Filed {
    /// In 33 bits, which are in the order of grams.
    #[must_use]
    pub fn number(self) -> u64 {
        u64::from(self.under) << 17 | (self.side as u64) << 16 | u64::from(self.other)
    }

    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the low sixteen bits are what is meant")]
    pub fn of(number: u64) -> Self {
        let side = if number >> 16 & 1 == 0 { Side::After } else { Side::Before };
        Self { under: (number >> 17) as u16, side, other: number as u16 }
    }
}

/// How often each unit stands in the texts.
#[derive(Clone, Debug)]
pub struct Ranks {
    counts: Vec<u32>,
    places: Vec<u16>,
    /// The ranked units, the most frequent first.
    pub frequent: String,
}

impl Ranks {
    #[must_use]
    pub fn of(row: &[u16]) -> Self {
        let counts = counts(row);
        let mut order: Vec<u16> =
            (0..=u16::MAX).filter(|&unit| unit != END && !(0xd800..0xe000).contains(&unit)).collect();
        order.sort_by_key(|&unit| std::cmp::Reverse(counts.get(usize::from(unit)).copied()));
        order.truncate(RANKED);
        let mut places = vec![u16::MAX; 1 << 16];
        for (rank, &unit) in (0..).zip(std::iter::once(&END).chain(&order)) {
            if let Some(slot) = places.get_mut(usize::from(unit)) {
                *slot = rank;
            }
        }
        Self { counts, places, frequent: String::from_utf16_lossy(&order) }
    }

    /// How often a unit stands in the texts.
    #[must_use]
    pub fn count(&self, unit: u16) -> u32 {
        self.counts.get(usize::from(unit)).copied().unwrap_or_default()
    }

    /// Where a gram is filed; a unit and [`END`] under that unit.
    #[must_use]
    pub fn file(&self, first: u16, second: u16) -> Filed {
        let place = |unit: u16| self.places.get(usize::from(unit)).copied().unwrap_or(u16::MAX);
        let rank = |unit: u16| u32::from(place(unit)) << 16 | u32::from(unit);
        if rank(second) > rank(first) {
            Filed { under: second, side: Side::Before, other: first }
        } else {
            Filed { under: first, side: Side::After, other: second }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gram_is_filed_under_its_rarer_unit() {
        let units = |text: &str| -> Vec<u16> { text.encode_utf16().collect() };
        let ranks = Ranks::of(&units("的的的合合掌\n\n\n\n\n"));
        assert!(ranks.frequent.starts_with("的合掌"));
        for (gram, under, side) in [
            ("合掌", '掌', Side::Before),
            ("掌合", '掌', Side::After),
            ("的的", '的', Side::After),
            ("的\n", '的', Side::After),
        ] {
            let [first, second] = units(gram)[..] else { panic!("a gram") };
            let filed = ranks.file(first, second);
            assert_eq!((u32::from(filed.under), filed.side), (under as u32, side), "{gram}");
            assert_eq!(Filed::of(filed.number()), filed);
        }
    }
}
