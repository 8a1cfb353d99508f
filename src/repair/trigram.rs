//! Three characters in a row: what a page prints twice is found by them.
//!
//! ```text
//! 上合组织大学   上合组 合组织 组织大 织大学
//! ```

/// Three characters in a row, as one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Trigram(u64);

impl Trigram {
    /// The last two of them, and the next.
    #[must_use]
    pub fn then(self, next: char) -> Self {
        /// Any character fits into so many bits.
        const BITS: u32 = 21;
        Self((self.0 << BITS | u64::from(next)) & ((1 << (3 * BITS)) - 1))
    }
}

/// Turns down most trigrams that are not looked for, at the cost of one look.
#[derive(Debug)]
pub struct Sieve {
    bits: Vec<u64>,
    shift: u32,
}

impl Sieve {
    #[must_use]
    pub fn new(trigrams: impl ExactSizeIterator<Item = Trigram>) -> Self {
        /// Bits for each trigram, so that few others fall on them.
        const ROOM: usize = 16;
        let words = (trigrams.len() * ROOM / 64).next_power_of_two();
        let mut sieve = Self { bits: vec![0; words], shift: 64 - 6 - words.trailing_zeros() };
        for trigram in trigrams {
            let (word, bit) = sieve.place(trigram);
            if let Some(bits) = sieve.bits.get_mut(word) {
                *bits |= bit;
            }
        }
        sieve
    }

    #[must_use]
    pub fn passes(&self, trigram: Trigram) -> bool {
        let (word, bit) = self.place(trigram);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn place(&self, trigram: Trigram) -> (usize, u64) {
        let hash = trigram.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift;
        (usize::try_from(hash >> 6).unwrap_or(0), 1 << (hash & 63))
    }
}
