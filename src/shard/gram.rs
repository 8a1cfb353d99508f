//! Folded texts, laid one after the other in a row → postings in order of grams, in passes that keep memory bounded.
//!
//! ```text
//! 0 合作组织⏎   1 组织合作⏎   ─▶   作组 0@1   合⏎ 0@0 1@2   合作 0@0 1@2   组⏎ …   组织 0@2 1@0   织合 1@1
//! ```
//!
//! A gram is two units of a key, filed under the rarer one; a unit and a line end is the gram of that unit alone, of which each
//! text has one posting. The units are dealt into passes of about [`PASS`] postings.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::list::Layout;
use super::rank::{Filed, Ranks, Side};
use super::text::END;

/// Postings that are held at once, 8 bytes each, and about how many are sorted at once, which fit near a processor.
const PASS: u64 = 24 << 20;
const BIN: u64 = 64 << 10;
/// No more passes than can be told in four bits, with [`NO_PASS`].
const MOST_PASSES: u64 = 15;
/// The pass of a gram that is none.
const NO_PASS: u8 = 15;
/// Texts that one thread folds at a time.
pub const CHUNK: usize = 256;
/// Bits of a place in the row, the low end of a posting.
pub const PLACE_BITS: u32 = 31;

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
    let some = |chunk: &[usize]| chunk.iter().map(|&number| units(number)).collect::<Vec<_>>().concat();
    numbers.par_chunks(CHUNK).map(some).collect::<Vec<_>>().concat()
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

/// The row, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    pub units: &'r [u16],
    pub layout: &'r Layout,
    pub ranks: &'r Ranks,
}

impl Row<'_> {
    /// Encodes what is filed under every unit and gives it to `each`, a pass at a time, in order of the units, with the share
    /// of all postings that are encoded by then.
    ///
    /// A posting has its gram in the high bits and its place in the row in the [`PLACE_BITS`] low ones.
    pub fn grams<R: Send, E>(
        self,
        encode: impl Fn(&[u64]) -> R + Sync,
        each: impl FnMut(Vec<R>, Share) -> Result<(), E>,
    ) -> Result<(), E> {
        self.in_passes(passes(&self.counts(), PASS), encode, each)
    }

    fn in_passes<R: Send, E>(
        self,
        passes: Vec<Pass>,
        encode: impl Fn(&[u64]) -> R + Sync,
        mut each: impl FnMut(Vec<R>, Share) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut share = Share { done: 0, all: passes.iter().map(|pass| pass.postings).sum() };
        let texts: Vec<u32> = (0..self.layout.texts()).collect();
        let pass_of = pass_of(&passes);
        let filed: Vec<Vec<u8>> = texts.par_chunks(CHUNK).map(|texts| self.filed(texts, &pass_of)).collect();
        for (number, pass) in (0..).zip(passes) {
            let dealt = texts.par_chunks(CHUNK).zip(&filed);
            let dealt: Vec<Vec<Vec<u64>>> =
                dealt.map(|(texts, filed)| self.postings(texts, filed, number, &pass)).collect();
            let encoded = (0..pass.bins).into_par_iter().map(|bin| {
                let mut postings =
                    dealt.iter().filter_map(|bins| bins.get(bin)).map(Vec::as_slice).collect::<Vec<_>>().concat();
                sort(&mut postings);
                postings.chunk_by(|a, b| a >> UNDER == b >> UNDER).map(&encode).collect::<Vec<R>>()
            });
            let encoded: Vec<R> = encoded.collect::<Vec<_>>().into_iter().flatten().collect();
            share.done += pass.postings;
            each(encoded, share)?;
        }
        Ok(())
    }

    /// No less than how many postings are filed under each unit.
    fn counts(self) -> Vec<u64> {
        let texts = self.layout.texts();
        let mut counts: Vec<u64> = (0..=u16::MAX).map(|unit| u64::from(self.ranks.count(unit).min(texts))).collect();
        for pair in self.units.windows(2) {
            let &[first, second] = pair else { continue };
            if let Some(count) = counts.get_mut(usize::from(self.ranks.file(first, second).under)) {
                *count += 1;
            }
        }
        counts
    }

    /// In which pass the grams that begin at each place of some texts are dealt: in the low half that of two units, in the
    /// high half that of the first alone. So a pass need not look at what is dealt in others.
    fn filed(self, texts: &[u32], pass_of: &[u8]) -> Vec<u8> {
        let pass = |unit: u16| pass_of.get(usize::from(unit)).copied().unwrap_or(NO_PASS);
        // The last text that had a unit, for each unit.
        let mut seen = vec![u32::MAX; 1 << 16];
        let mut all = Vec::new();
        for &text in texts {
            let units = self.units.get(self.layout.span(text)).unwrap_or_default();
            let filed = units.iter().zip(units.iter().skip(1).chain([&END])).map(|(&first, &second)| {
                if first == END {
                    return NO_PASS << 4 | NO_PASS;
                }
                let seen = seen.get_mut(usize::from(first)).map(|seen| std::mem::replace(seen, text));
                let alone = if seen == Some(text) { NO_PASS } else { pass(first) };
                alone << 4 | if second == END { NO_PASS } else { pass(self.ranks.file(first, second).under) }
            });
            all.extend(filed);
        }
        all
    }

    /// The postings of some texts that belong to a pass, in its bins.
    fn postings(self, texts: &[u32], filed: &[u8], number: u8, pass: &Pass) -> Vec<Vec<u64>> {
        let expected = pass.postings * texts.len() as u64 / (u64::from(self.layout.texts()) * pass.bins as u64).max(1);
        let expected = usize::try_from(expected + expected / 4).unwrap_or_default();
        let mut bins: Vec<Vec<u64>> = (0..pass.bins).map(|_| Vec::with_capacity(expected)).collect();
        let mut deal = |filed: Filed, at: usize| {
            if let Some(bin) = pass.bin_of(filed.under).and_then(|bin| bins.get_mut(bin)) {
                bin.push(filed.number() << PLACE_BITS | at as u64);
            }
        };
        let unit = |at: usize| self.units.get(at).copied().unwrap_or(END);
        // The texts follow each other.
        let start = texts.first().map_or(0, |&text| self.layout.span(text).start);
        for (at, filed) in (start..).zip(filed) {
            if filed >> 4 == number {
                deal(Filed { under: unit(at), side: Side::After, other: END }, at);
            }
            if filed & NO_PASS == number {
                deal(self.ranks.file(unit(at), unit(at + 1)), at);
            }
        }
        bins
    }
}

/// Neighbouring units that are worked on at once, in bins that are sorted each on its own.
struct Pass {
    first: u16,
    /// The bin of each unit from the first on.
    bin_of: Vec<u16>,
    bins: usize,
    postings: u64,
}

impl Pass {
    fn bin_of(&self, unit: u16) -> Option<usize> {
        let at = unit.checked_sub(self.first)?;
        self.bin_of.get(usize::from(at)).copied().map(usize::from)
    }
}

/// All units, in passes of about so many postings and in bins that no more postings belong to than may, unless those of one
/// unit alone are more.
fn passes(counts: &[u64], about: u64) -> Vec<Pass> {
    // Two passes that follow each other have more than one may have.
    let most = about.max(counts.iter().sum::<u64>().div_ceil((MOST_PASSES - 1) / 2));
    let mut passes: Vec<Pass> = Vec::new();
    let mut in_bin = 0;
    for (unit, &count) in (0..=u16::MAX).zip(counts) {
        match passes.last_mut() {
            Some(pass) if pass.postings + count <= most => {
                if in_bin > 0 && in_bin + count > BIN {
                    pass.bins += 1;
                    in_bin = 0;
                }
                pass.postings += count;
                pass.bin_of.push(u16::try_from(pass.bins - 1).unwrap_or(u16::MAX));
            }
            _ => {
                passes.push(Pass { first: unit, bin_of: vec![0], bins: 1, postings: count });
                in_bin = 0;
            }
        }
        in_bin += count;
    }
    passes
}

/// The pass of each unit.
fn pass_of(passes: &[Pass]) -> Vec<u8> {
    (0..NO_PASS).zip(passes).flat_map(|(number, pass)| std::iter::repeat_n(number, pass.bin_of.len())).collect()
}

/// Sorts postings that are in the order of their places already: by what is above these, from the low digits to the high.
fn sort(postings: &mut Vec<u64>) {
    let Some(&first) = postings.first() else { return };
    let differing = postings.iter().fold(0, |differing, posting| differing | (posting ^ first));
    let mut sorted = vec![0; postings.len()];
    for digit in (PLACE_BITS..u64::BITS).step_by(8).filter(|digit| differing >> digit & 0xff != 0) {
        let of = |posting: u64| usize::try_from(posting >> digit & 0xff).unwrap_or_default();
        let mut starts = [0usize; 257];
        for &posting in postings.iter() {
            starts[of(posting) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        for &posting in postings.iter() {
            let start = &mut starts[of(posting)];
            sorted[*start] = posting;
            *start += 1;
        }
        std::mem::swap(postings, &mut sorted);
    }
}

/// Bits of a posting below the unit that it is filed under.
const UNDER: u32 = PLACE_BITS + 17;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_are_in_order_of_grams_and_then_of_places() {
        let mut postings: Vec<u64> = (0..999).map(|at| (at * 0x9e37_79b9 % 0x1_ffff_ffff) << PLACE_BITS | at).collect();
        let mut expected = postings.clone();
        expected.sort_unstable();
        sort(&mut postings);
        assert_eq!(postings, expected);
    }

    #[test]
    fn whatever_the_passes_the_postings_are_the_same() {
        let texts = ["上海合作组织的的", "合作组织成员国", "", "组织成员国的合作", "的"];
        let units: Vec<u16> = texts.iter().flat_map(|text| text.encode_utf16().chain([END])).collect();
        let (mut layout, ranks) = (Layout::new(), Ranks::of(&units));
        for text in texts {
            layout.push(0, u32::try_from(text.chars().count() + 1).unwrap());
        }
        let row = Row { units: &units, layout: &layout, ranks: &ranks };
        let postings = |about: u64| {
            let (passes, mut all) = (passes(&row.counts(), about), Vec::new());
            let count = passes.len();
            let each = |some: Vec<Vec<u64>>, _| {
                all.extend(some.concat());
                anyhow::Ok(())
            };
            row.in_passes(passes, <[u64]>::to_vec, each).unwrap();
            (count, all)
        };
        let ((one, together), (many, apart)) = (postings(PASS), postings(1));
        assert!(one == 1 && many > 4 && !together.is_empty());
        assert_eq!(together, apart);
    }

    #[test]
    fn there_are_no_more_passes_than_can_be_told() {
        for share in [1, 2, 3, 5] {
            let count = |unit: u64| if unit.is_multiple_of(7) { PASS / share + 1 } else { 1 };
            let passes = passes(&(0..1 << 16).map(count).collect::<Vec<_>>(), PASS);
            assert!(passes.len() as u64 <= MOST_PASSES && pass_of(&passes).len() == 1 << 16, "{}", passes.len());
        }
    }

    #[test]
    fn passes_and_bins_tile_the_units() {
        let mut counts = vec![1000; 1 << 16];
        counts[7] = PASS * 2;
        let passes = passes(&counts, PASS);
        let units: usize = passes.iter().map(|pass| pass.bin_of.len()).sum();
        assert_eq!((units, passes.iter().map(|pass| pass.postings).sum::<u64>()), (1 << 16, counts.iter().sum()));
        assert_eq!(pass_of(&passes).len(), 1 << 16);
        for pass in &passes {
            assert!(pass.postings <= PASS || pass.bin_of.len() == 1);
            assert!(
                pass.bin_of.is_sorted() && pass.bin_of.last() == Some(&u16::try_from(pass.bins - 1).expect("a bin"))
            );
            assert!(pass.bin_of.chunk_by(|a, b| a == b).all(|units| units.len() <= 65));
        }
    }
}
