//! Headlines that are built alike: what one of them is, the others are likely to be.
//!
//! ```text
//! 一、发展现状    二、面临挑战    numbered, about as long: headings of one text
//! ```

use super::super::unit::{Class, Unit};
use super::row::Element;
use crate::mark::is_space;
use crate::repair::is_enumerator;

/// What lines that are built alike have in common.
#[derive(Clone, Copy)]
pub struct Built {
    length: usize,
    pub spaced: bool,
    numbered: bool,
}

impl Built {
    /// How a group of head lines is built, if it is headlines and no more.
    #[must_use]
    pub fn of(units: &[Unit], element: &Element) -> Option<Self> {
        let lines = || element.units.iter().filter_map(|&u| units.get(u));
        if !element.head || lines().any(|u| u.class != Class::Head) {
            return None;
        }
        let text: String = lines().map(|u| u.text.as_str()).collect();
        Some(Self { length: text.chars().count(), spaced: text.contains(is_space), numbered: is_enumerator(&text) })
    }

    #[must_use]
    pub fn is_like(self, other: Self) -> bool {
        self.length.abs_diff(other.length) <= 3 && (self.spaced, self.numbered) == (other.spaced, other.numbered)
    }
}
