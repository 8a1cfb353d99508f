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

    #[must_use]
    pub fn number(self) -> u64 {
        self.0
    }
}
