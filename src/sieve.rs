//! A few numbers, for which very many are asked: one look at one bit turns most of the others down.
//!
//! ```text
//! may_hold(上合组)  true    it was put in, or something falls on its bit: look it up
//! may_hold(织大学)  false   it was not put in, for certain
//! ```

/// Numbers that may have been put in, and numbers that were not.
#[derive(Clone, Debug)]
pub struct Sieve {
    bits: Vec<u64>,
    shift: u32,
}

impl Sieve {
    #[must_use]
    pub fn new(numbers: impl ExactSizeIterator<Item = u64>) -> Self {
        /// Bits for each number, so that few others fall on them.
        const ROOM: usize = 16;
        let words = (numbers.len() * ROOM / 64).next_power_of_two();
        let mut sieve = Self { bits: vec![0; words], shift: u64::BITS - 6 - words.trailing_zeros() };
        for number in numbers {
            let (word, bit) = sieve.place(number);
            sieve.bits.get_mut(word).into_iter().for_each(|bits| *bits |= bit);
        }
        sieve
    }

    #[must_use]
    pub fn may_hold(&self, number: u64) -> bool {
        let (word, bit) = self.place(number);
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// The upper bits of a product depend on every bit of the number.
    fn place(&self, number: u64) -> (usize, u64) {
        let hash = number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift;
        (usize::try_from(hash >> 6).unwrap_or(0), 1 << (hash & 63))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_passes_and_little_else() {
        let sieve = Sieve::new((0..1000_u32).map(|n| u64::from(n) * 7));
        assert!((0..1000).all(|n| sieve.may_hold(n * 7)));
        let others = (0..7000_u64).filter(|n| n % 7 > 0 && sieve.may_hold(*n)).count();
        assert!(others < 600, "{others} of 6,000 pass");
    }

    #[test]
    fn nothing_passes_an_empty_one() {
        let sieve = Sieve::new(std::iter::empty());
        assert!((0..1000).all(|n| !sieve.may_hold(n)));
    }
}
