//! Numbers → bits → UTF-16, the densest thing that a classic script can carry.
//!
//! A script file that begins with a byte-order mark is read as UTF-16 whatever the server says of it, so a string literal
//! holds 16 bits in two bytes where base64 holds 12 and seven-bit text 14. The few units that may not stand in a literal
//! (lone surrogates, line ends, the quote, the backslash) are written as two.
//!
//! ```text
//! texts 3, 4, 9 of 12   gaps 3 0 4, Rice k = 1   10101 0…   one unit of a literal: '\u{a804}'
//! ```

/// Stands before a unit that was changed because it may not stand in a literal.
const ESCAPE: u16 = 0xe000;
/// What such a unit is changed by.
const FLIP: u16 = 0x2000;

/// So many ones mark a number that Golomb's code would make long.
const FAR: u32 = 20;

/// Bits, first to last, in units of 16.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    units: Vec<u16>,
    /// The bits that do not fill two units yet, in the low end.
    rest: u64,
    held: u32,
}

impl Bits {
    /// None yet, and room for about so many.
    #[must_use]
    pub fn with_room(bits: usize) -> Self {
        Self { units: Vec::with_capacity(bits / 16), ..Self::default() }
    }

    /// Length in bits.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len() * 16 + self.held as usize
    }

    /// The low `width` (at most 32) bits of `value`.
    pub fn fixed(&mut self, value: u32, width: u32) {
        let mask = (1u64 << width) - 1;
        self.rest = self.rest << width | (u64::from(value) & mask);
        self.held += width;
        // Most lists are shorter than this, and then take no room of their own.
        if self.held >= 32 {
            self.held -= 32;
            let whole = self.rest >> self.held;
            #[expect(clippy::cast_possible_truncation, reason = "the low bits are what is meant")]
            self.units.extend([(whole >> 16) as u16, whole as u16]);
            self.rest &= (1 << self.held) - 1;
        }
    }

    /// `count` ones and a nought.
    fn unary(&mut self, mut count: u32) {
        while count >= 16 {
            self.fixed(0xffff, 16);
            count -= 16;
        }
        self.fixed((1 << (count + 1)) - 2, count + 1);
    }

    /// Small for small numbers, of any size: Elias' delta code of `value + 1`.
    pub fn delta(&mut self, value: u32) {
        let value = u64::from(value) + 1;
        let width = value.ilog2();
        let steps = (width + 1).ilog2();
        self.unary(steps);
        self.fixed(width + 1, steps);
        #[expect(clippy::cast_possible_truncation, reason = "the leading one is not written")]
        self.fixed((value & ((1 << width) - 1)) as u32, width);
    }

    /// Golomb's code with a divisor of 2 to the `k`; numbers far above it are marked and written another way.
    pub fn rice(&mut self, value: u32, k: u32) {
        let quotient = value >> k;
        if quotient < FAR {
            self.unary(quotient);
            self.fixed(value, k);
        } else {
            self.unary(FAR);
            self.delta(value);
        }
    }

    pub fn append(&mut self, other: &Self) {
        let (pairs, last) = other.units.as_chunks::<2>();
        for &[high, low] in pairs {
            self.fixed(u32::from(high) << 16 | u32::from(low), 32);
        }
        for &unit in last {
            self.fixed(u32::from(unit), 16);
        }
        #[expect(clippy::cast_possible_truncation, reason = "fewer than 32 bits are held")]
        self.fixed(other.rest as u32, other.held);
    }

    /// The units, the last one filled up with noughts.
    #[must_use]
    pub fn units(&self) -> Vec<u16> {
        let mut units = self.units.clone();
        let rest = self.rest << (32 - self.held);
        #[expect(clippy::cast_possible_truncation, reason = "the low sixteen bits are what is meant")]
        units.extend([(rest >> 16) as u16, rest as u16].iter().take(self.held.div_ceil(16) as usize));
        units
    }
}

/// The divisor that suits `count` numbers spread over `span`, as an exponent of 2: about 0.69 times the mean gap.
#[must_use]
pub fn rice_parameter(span: u32, count: u32) -> u32 {
    let divisor = u64::from(span) * 11 / (16 * u64::from(count.max(1)));
    divisor.max(1).ilog2()
}

/// Bytes, two to a unit, after one that tells whether the last is only there to fill a unit.
#[must_use]
pub fn units_of_bytes(bytes: &[u8]) -> Vec<u16> {
    let filled = [u8::from(bytes.len().is_multiple_of(2))];
    let mut all = filled.iter().chain(bytes).copied();
    std::iter::from_fn(|| Some(u16::from(all.next()?) << 8 | u16::from(all.next().unwrap_or(0)))).collect()
}

/// The units as they stand between the single quotes of a script.
#[must_use]
pub fn literal(units: &[u16]) -> Vec<u16> {
    let mut literal = Vec::with_capacity(units.len() + units.len() / 24);
    for &unit in units {
        if matches!(unit, 0xd800..=ESCAPE | 0x0a | 0x0d | 0x27 | 0x5c) {
            literal.push(ESCAPE);
            literal.push(unit ^ FLIP);
        } else {
            literal.push(unit);
        }
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bits: &Bits) -> String {
        let digits = |unit: &u16| (0..16).rev().map(|n| if unit >> n & 1 == 1 { '1' } else { '0' }).collect::<Vec<_>>();
        bits.units().iter().flat_map(digits).take(bits.len()).collect()
    }

    #[test]
    fn codes_are_what_the_reader_expects() {
        let written = |write: fn(&mut Bits)| {
            let mut bits = Bits::default();
            write(&mut bits);
            text(&bits)
        };
        assert_eq!(written(|bits| bits.delta(0)), "0");
        assert_eq!(written(|bits| bits.delta(1)), "1000");
        assert_eq!(written(|bits| bits.delta(4)), "10101");
        assert_eq!(written(|bits| bits.rice(9, 2)), "11001");
        assert_eq!(written(|bits| bits.rice(20, 0)), format!("{}0110010101", "1".repeat(20)));
    }

    #[test]
    fn appending_is_writing_on() {
        let (mut whole, mut head, mut tail) = (Bits::default(), Bits::default(), Bits::default());
        for value in 0..100 {
            whole.delta(value);
            if value < 37 { head.delta(value) } else { tail.delta(value) }
        }
        head.append(&tail);
        assert_eq!(head.units(), whole.units());
        assert_eq!(head.len(), whole.len());
    }

    #[test]
    fn a_literal_holds_no_unit_that_would_end_it() {
        let all: Vec<u16> = (0..=u16::MAX).collect();
        let literal = literal(&all);
        assert!(String::from_utf16(&literal).is_ok());
        assert!(!literal.iter().any(|unit| matches!(unit, 0x0a | 0x0d | 0x27 | 0x5c)));
        assert_eq!(literal.iter().filter(|&&unit| unit == ESCAPE).count(), literal.len() - all.len());
    }
}
