//! Folded texts → postings in order of grams, in passes that keep memory bounded.
//!
//! ```text
//! 0 合作组织⏎   1 组织合作⏎   ─▶   作组 0@1   合⏎ 0@0 1@2   合作 0@0 1@2   组⏎ …   组织 0@2 1@0   织合 1@1
//! ```
//!
//! A gram is two units of a key; a unit and a line end is the gram of that unit alone. The first units are dealt into passes
//! of at most [`PASS`] postings; each pass folds all texts anew, which is cheaper than to keep or to spill what is found.

use rayon::prelude::*;

use super::text::END;

/// Postings that are held and sorted at once, 8 bytes each.
const PASS: u64 = 16 << 20;
/// Texts that one thread folds at a time.
const CHUNK: usize = 64;

/// What has to be known of the texts before grams are taken from them.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Units of each text.
    pub lengths: Vec<u32>,
    /// How often each unit occurs.
    pub units: Vec<u64>,
}

impl Survey {
    /// Looks at `count` texts, of which `units` gives the keys.
    #[must_use]
    pub fn new(count: usize, units: impl Fn(usize) -> Vec<u16> + Sync) -> Self {
        let empty = || Self { lengths: Vec::new(), units: vec![0; 1 << 16] };
        let numbers: Vec<usize> = (0..count).collect();
        let chunks: Vec<Self> = numbers
            .par_chunks(CHUNK * 16)
            .map(|chunk| {
                let mut survey = empty();
                for &number in chunk {
                    let units = units(number);
                    survey.lengths.push(u32::try_from(units.len()).unwrap_or(u32::MAX));
                    for unit in units {
                        if let Some(count) = survey.units.get_mut(usize::from(unit)) {
                            *count += 1;
                        }
                    }
                }
                survey
            })
            .collect();
        chunks.into_iter().fold(empty(), |mut all, chunk| {
            all.lengths.extend(chunk.lengths);
            all.units.iter_mut().zip(chunk.units).for_each(|(all, here)| *all += here);
            all
        })
    }

    /// The units that occur.
    pub fn occurring(&self) -> impl Iterator<Item = u16> {
        (0..=u16::MAX).zip(&self.units).filter(|&(_, &count)| count > 0).map(|(unit, _)| unit)
    }

    /// Ranges of first units, each with postings enough for a pass.
    fn passes(&self) -> Vec<std::ops::RangeInclusive<u16>> {
        let mut passes = Vec::new();
        let (mut from, mut held) = (0, 0);
        for (unit, &count) in (0..=u16::MAX).zip(&self.units) {
            if held > 0 && held + count > PASS {
                passes.push(from..=unit - 1);
                (from, held) = (unit, 0);
            }
            held += count;
        }
        passes.push(from..=u16::MAX);
        passes
    }
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
/// `starts` gives where each text begins when all are laid one after the other, and the end of the last. A posting has its
/// gram in the high half and its place in that row in the low one.
pub fn grams<R: Send, E>(
    survey: &Survey,
    starts: &[u32],
    units: impl Fn(usize) -> Vec<u16> + Sync,
    encode: impl Fn(&[u64]) -> R + Sync,
    mut each: impl FnMut(Vec<R>, Share) -> Result<(), E>,
) -> Result<(), E> {
    let numbers: Vec<usize> = (0..starts.len().saturating_sub(1)).collect();
    let mut share = Share { done: 0, all: u64::from(starts.last().copied().unwrap_or_default()) };
    for pass in survey.passes() {
        let mut postings: Vec<u64> = numbers
            .par_chunks(CHUNK)
            .flat_map_iter(|chunk| {
                let mut found = Vec::new();
                for &number in chunk {
                    take(&units(number), starts.get(number).copied().unwrap_or_default(), &pass, &mut found);
                }
                found
            })
            .collect();
        postings.par_sort_unstable();
        let firsts: Vec<&[u64]> = postings.chunk_by(|a, b| a >> 48 == b >> 48).collect();
        share.done += postings.len() as u64;
        each(firsts.into_par_iter().map(&encode).collect(), share)?;
    }
    Ok(())
}

/// The grams of one text whose first unit belongs to the pass: gram in the high half, place in the low.
fn take(units: &[u16], start: u32, pass: &std::ops::RangeInclusive<u16>, found: &mut Vec<u64>) {
    for (at, pair) in (start..).zip(units.windows(2)) {
        if let &[first, second] = pair
            && first != END
            && pass.contains(&first)
        {
            found.push(u64::from(first) << 48 | u64::from(second) << 32 | u64::from(at));
        }
    }
}
