//! The day of a text.
//!
//! ```text
//! 2024年7月5日                  2024-07-05
//! 新华社阿斯塔纳7月4日电        2024-07-04, its year inferred from the other dates of the page
//! ```

use std::fmt;

use serde::{Deserialize, Serialize};

/// A day; its year, or all of it, may be inferred from elsewhere. It is written as ISO 8601 has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    pub year: i32,
    pub month: u8,
    pub day: u8,
    /// No dateline has all of it: the year stands elsewhere, or the day in a sentence of the text.
    pub inferred: bool,
}

impl Date {
    /// Whether the day is earlier than the other, however the year of each was found.
    #[must_use]
    pub fn is_before(self, other: Self) -> bool {
        (self.year, self.month, self.day) < (other.year, other.month, other.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_and_compared_without_how_it_was_found() {
        let day = |day, inferred| Date { year: 2024, month: 7, day, inferred };
        assert_eq!(day(5, true).to_string(), "2024-07-05");
        assert!(day(4, true).is_before(day(5, false)));
        assert!(!day(5, false).is_before(day(5, true)) && !day(5, true).is_before(day(5, false)));
    }
}
