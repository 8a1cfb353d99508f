//! How many characters two clauses can have in common at most, from one word of bits of each.
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

#[cfg(test)]
mod tests {
    use super::super::likeness::common;
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
}
