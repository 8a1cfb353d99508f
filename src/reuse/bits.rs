//! How many characters two clauses can have in common at most, and whether any run, from a few words of bits of each.
//!
//! ```text
//! 愿向本组织国家提供数字技术培训名额   愿在未来3年向本组织国家提供…   nearly all bits in common: worth a look
//! 本组织国家愿向各方提供更多便利       愿向本组织国家提供…            half of them: not alike, whatever their order
//! ```

/// Which characters some words have, one bit for all that share a hash: most candidates have too few in common, which one
/// look at their bits tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bits {
    bits: u64,
    /// How many characters there are.
    pub length: u32,
}

impl Bits {
    #[must_use]
    pub fn of(words: &[char]) -> Self {
        let bit = |c: char| 1_u64 << (u32::from(c).wrapping_mul(0x9e37_79b9) >> 26);
        let bits = words.iter().fold(0, |bits, &c| bits | bit(c));
        Self { bits, length: u32::try_from(words.len()).unwrap_or(u32::MAX) }
    }

    /// How many characters found their bit set by another.
    fn hidden(self) -> u32 {
        self.length.saturating_sub(self.bits.count_ones())
    }

    /// No two words have more characters in common than this.
    #[must_use]
    pub fn common_at_most(self, other: Self) -> usize {
        ((self.bits & other.bits).count_ones() + self.hidden().min(other.hidden())) as usize
    }
}

/// Characters of a run.
const RUN: usize = 4;

/// The runs of four characters that some words have: as numbers, and as bits, one for all that share a hash.
#[derive(Clone, Debug)]
pub struct Runs {
    bits: [u64; 8],
    /// The different ones, sorted. Only characters beyond the first plane could make two runs one number.
    numbers: Vec<u64>,
}

impl Runs {
    #[must_use]
    pub fn of(words: &[char]) -> Self {
        let number = |run: &[char]| run.iter().fold(0, |sum: u64, &c| sum << 16 ^ u64::from(u32::from(c)));
        let mut numbers: Vec<u64> = words.windows(RUN).map(number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut bits = [0_u64; 8];
        for (word, bit) in numbers.iter().map(|&number| Self::bit(number)) {
            bits.get_mut(word).into_iter().for_each(|bits| *bits |= bit);
        }
        Self { bits, numbers }
    }

    /// The bit of a run, and the word of bits that it is in.
    fn bit(number: u64) -> (usize, u64) {
        let hash = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (usize::try_from(hash >> 61).unwrap_or(0), 1 << (hash >> 55 & 63))
    }

    /// Whether some run may be one of both: if not, they have none in common.
    #[must_use]
    pub fn may_share(&self, other: &Self) -> bool {
        let mut met = self.bits;
        met.iter_mut().zip(&other.bits).for_each(|(met, bits)| *met &= bits);
        let is_met = |number: u64| {
            let (word, bit) = Self::bit(number);
            met.get(word).is_some_and(|met| met & bit != 0)
        };
        let is_shared = |number: &u64| is_met(*number) && other.numbers.binary_search(number).is_ok();
        met.iter().any(|&met| met != 0) && self.numbers.iter().any(is_shared)
    }
}

#[cfg(test)]
mod tests {
    use super::super::likeness::common;
    use super::super::likeness::have_run;
    use super::*;

    #[test]
    fn bits_never_turn_down_what_is_alike() {
        let clauses =
            ["成员国成员国成员国重申重申", "成员国重申继续坚决打击恐怖主义", "成员国重申将继续打击恐怖主义", "重申"];
        let chars: Vec<Vec<char>> = clauses.iter().map(|clause| clause.chars().collect()).collect();
        for (a, b) in chars.iter().flat_map(|a| chars.iter().map(move |b| (a, b))) {
            assert!(Bits::of(a).common_at_most(Bits::of(b)) >= common(a, b));
        }
    }

    #[test]
    fn runs_are_shared_where_there_are_some() {
        let clauses = ["成员国重申", "重申成员国", "员国重申继续", "成员国", "𠀀𠀁𠀂𠀃员国重申", ""];
        let chars: Vec<Vec<char>> = clauses.iter().map(|clause| clause.chars().collect()).collect();
        for (a, b) in chars.iter().flat_map(|a| chars.iter().map(move |b| (a, b))) {
            assert_eq!(Runs::of(a).may_share(&Runs::of(b)), have_run(a, b, RUN), "{a:?} {b:?}");
        }
    }
}
