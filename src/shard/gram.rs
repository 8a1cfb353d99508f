//! Folded texts, laid one after the other in a row → postings in order of grams, in passes that keep memory bounded.
//!
//! ```text
//! 0 合作组织⏎   1 组织合作⏎   ─▶   作组 0@1   合⏎ 0@0 1@2   合作 0@0 1@2   组⏎ …   组织 0@2 1@0   织合 1@1
//! ```
//!
//! A gram is two units of a key; a unit and a line end is the gram of that unit alone. The first units are dealt into passes
//! of at most [`PASS`] postings.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::text::END;

/// Postings that are held and sorted at once, 8 bytes each.
const PASS: u64 = 16 << 20;
/// Texts that one thread folds at a time.
pub const CHUNK: usize = 256;
/// Units of the row that one thread goes through at a time.
const STRETCH: usize = 1 << 16;

/// What has to be known of texts before grams are taken from them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// Units of each text.
    pub lengths: Vec<u32>,
    /// The units that occur, in order.
    pub occurring: Vec<u16>,
}

impl Survey {
    /// Looks at the keys of some texts.
    #[must_use]
    pub fn of(keys: impl Iterator<Item = Vec<u16>>) -> Self {
        let mut occurs = vec![false; 1 << 16];
        let mut lengths = Vec::new();
        for units in keys {
            lengths.push(u32::try_from(units.len()).unwrap_or(u32::MAX));
            for unit in units {
                if let Some(occurs) = occurs.get_mut(usize::from(unit)) {
                    *occurs = true;
                }
            }
        }
        Self {
            lengths,
            occurring: (0..=u16::MAX).zip(occurs).filter(|(_, occurs)| *occurs).map(|(unit, _)| unit).collect(),
        }
    }

    /// What holds of texts whose parts were looked at one after the other.
    #[must_use]
    pub fn together(parts: Vec<Self>) -> Self {
        let mut all = Self::default();
        for part in parts {
            all.lengths.extend(part.lengths);
            all.occurring.extend(part.occurring);
        }
        all.occurring.sort_unstable();
        all.occurring.dedup();
        all
    }
}

/// The keys of texts, one after the other.
#[must_use]
pub fn row(count: usize, units: impl Fn(usize) -> Vec<u16> + Sync) -> Vec<u16> {
    let numbers: Vec<usize> = (0..count).collect();
    numbers.par_chunks(CHUNK).flat_map_iter(|chunk| chunk.iter().flat_map(|&number| units(number))).collect()
}

/// Ranges of first units, each with postings enough for a pass.
fn passes(row: &[u16]) -> Vec<std::ops::RangeInclusive<u16>> {
    let mut counts = vec![0u64; 1 << 16];
    for &unit in row {
        if let Some(count) = counts.get_mut(usize::from(unit)) {
            *count += 1;
        }
    }
    let mut passes = Vec::new();
    let (mut from, mut held) = (0, 0);
    for (unit, &count) in (0..=u16::MAX).zip(&counts) {
        if held > 0 && held + count > PASS {
            passes.push(from..=unit - 1);
            (from, held) = (unit, 0);
        }
        held += count;
    }
    passes.push(from..=u16::MAX);
    passes
}

/// How much of the work is done.
#[derive(Clone, Copy, Debug)]
pub struct Share {
    pub done: u64,
    pub all: u64,
}

impl Share {
    /// What `so_far` will come to when all is done.
    #[must_use]
    pub fn foresee(self, so_far: u64) -> u64 {
        let all = u128::from(so_far) * u128::from(self.all) / u128::from(self.done.max(1));
        u64::try_from(all).unwrap_or(u64::MAX)
    }
}

/// Encodes the grams of every first unit and gives them to `each`, a pass at a time, in order of the units, with the share of
/// all postings that are encoded by then.
///
/// A posting has its gram in the high half and its place in the row in the low one.
pub fn grams<R: Send, E>(
    row: &[u16],
    encode: impl Fn(&[u64]) -> R + Sync,
    mut each: impl FnMut(Vec<R>, Share) -> Result<(), E>,
) -> Result<(), E> {
    let mut share = Share { done: 0, all: row.len() as u64 };
    for pass in passes(row) {
        let stretches = row.len().div_ceil(STRETCH);
        let mut postings: Vec<u64> =
            (0..stretches).into_par_iter().flat_map_iter(|stretch| take(row, stretch * STRETCH, &pass)).collect();
        postings.par_sort_unstable();
        let firsts: Vec<&[u64]> = postings.chunk_by(|a, b| a >> 48 == b >> 48).collect();
        share.done += postings.len() as u64;
        each(firsts.into_par_iter().map(&encode).collect(), share)?;
    }
    Ok(())
}

/// The grams of a stretch of the row whose first unit belongs to the pass.
fn take(row: &[u16], start: usize, pass: &std::ops::RangeInclusive<u16>) -> Vec<u64> {
    // The last gram of a stretch ends in the next.
    let stretch = row.get(start..row.len().min(start + STRETCH + 1)).unwrap_or_default();
    let posting = |(at, pair): (usize, &[u16])| match *pair {
        [first, second] if first != END && pass.contains(&first) => {
            Some(u64::from(first) << 48 | u64::from(second) << 32 | at as u64)
        }
        _ => None,
    };
    (start..).zip(stretch.windows(2)).filter_map(posting).collect()
}
