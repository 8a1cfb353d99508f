//! How likely a line shows what it shows in each part, as far as that is the same on every page.
//!
//! ```text
//! ，那么        begins so hardly ever, and never but inside a paragraph
//! 二            a number alone: a headline
//! 会议指出，…。  pauses as prose does
//! ```

use super::measure::Fill;
use super::observe::{Beginning, Ending, Shown};
use super::part::Row;

/// What a line shows, as it weighs in each part on every page: worked out once, however often the habits of the page are
/// learnt anew.
#[derive(Clone, Copy, Debug)]
pub struct Fixed {
    pub ending: Ending,
    pub beginning: Row,
    /// How far its width says nothing, times how likely its length is.
    pub length: Row,
    pub trust: f64,
    pub pauses: Row,
    pub wording: Row,
}

impl Fixed {
    #[must_use]
    pub fn new(shown: &Shown) -> Self {
        let trust = f64::from(shown.trust);
        Self {
            ending: shown.ending,
            beginning: beginning(shown.beginning),
            length: length(shown.length, shown.around).map(|length| length * (1.0 - trust)),
            trust,
            pauses: pauses(shown),
            wording: [1.0, 1.0, 1.0, 1.0, headlike(shown)],
        }
    }
}

/// Of the sentences in print, those that ask or exclaim.
const CRIES: f64 = 0.05;

/// How likely a line ends so, where paragraphs end with a mark that ends a sentence with the chance `terminal`, and other
/// lines with the chance `sentence`.
#[must_use]
pub fn ending(ending: Ending, terminal: f64, sentence: f64) -> Row {
    let (open, end, head) = match ending {
        Ending::Terminal => (sentence * (1.0 - CRIES), terminal * (1.0 - CRIES), 0.01),
        Ending::Cry => (sentence * CRIES, terminal * CRIES, 0.05),
        Ending::Colon => (0.004, 0.02, 0.008),
        Ending::Pause => (0.11, (1.0 - terminal) * 0.015, 0.04),
        Ending::Item => (0.004, 0.03, 0.0005),
        Ending::Opening => (0.006, (1.0 - terminal) * 0.005, 0.001),
        Ending::Closing => (0.02, (1.0 - terminal) * 0.36, 0.13),
        Ending::Salutation => (0.0005, 0.012, 0.002),
        Ending::Bracketed => (0.0005, 0.004, 0.06),
        Ending::Leaning => (0.09, (1.0 - terminal) * 0.01, 0.005),
        Ending::Other => (0.4, (1.0 - terminal) * 0.69, 0.8),
    };
    // An address is hardly ever the end of anything longer.
    let last = if ending == Ending::Salutation { 0.005 * end } else { end };
    [end, open, open, last, head]
}

fn beginning(beginning: Beginning) -> Row {
    let (start, inside, head) = match beginning {
        Beginning::Kinsoku => (0.0004, 0.03, 0.0004),
        Beginning::Enumerator => (0.05, 0.004, 0.12),
        Beginning::Item => (0.05, 1e-5, 0.02),
        Beginning::Dash => (0.002, 0.002, 0.06),
        Beginning::Label => (5e-4, 5e-4, 0.06),
        Beginning::Number => (1e-5, 1e-5, 0.02),
        Beginning::Dateline => (0.05, 1e-4, 1e-4),
        Beginning::Leaning => (0.006, 0.1, 0.004),
        Beginning::Carrying => (0.02, 0.2, 0.02),
        Beginning::Quote => (0.04, 0.025, 0.04),
        Beginning::Other => (0.95, 0.95, 0.95),
    };
    [start, start, inside, inside, head]
}

/// How much likelier a headline has such words than prose.
fn headlike(shown: &Shown) -> f64 {
    // Paragraphs of a page may well begin alike: 成员国强调，… 成员国指出，…
    let familiar = if shown.alike > 2 { f64::from(shown.alike).recip() } else { 1.0 };
    let parted = if shown.parted { 8.0 } else { 1.0 };
    familiar * parted * if shown.document { 120.0 } else { 1.0 }
}

/// Columns are narrower than this, in characters: where the lines around are as long, a line is a paragraph.
const UNWRAPPED: f32 = 42.0;

/// Where lines were not wrapped, their length still tells headlines from prose.
fn length(length: u32, around: f32) -> Row {
    if around > UNWRAPPED {
        // A page ends inside a paragraph wherever it happens to; no other line of prose is as short as a headline.
        let (whole, inside, last, head) = match length {
            0..=12 => (0.012, 0.027, 0.1, 0.2),
            13..=30 => (0.03, 0.045, 0.2, 0.16),
            _ => (0.3, 0.3, 0.3, 0.04),
        };
        return [whole, inside, inside, last, head];
    }
    let (whole, inside, head) = match length {
        0..=12 => (0.03, 0.025, 0.2),
        13..=30 => (0.09, 0.105, 0.16),
        _ => (0.28, 0.27, 0.04),
    };
    [whole, inside, inside, inside, head]
}

/// Prose pauses every dozen characters; headlines hardly do, and are short.
fn pauses(shown: &Shown) -> Row {
    let length = f64::from(shown.length);
    let none = (-(length / 13.0)).exp();
    let prose = match shown.pauses {
        0 => none.max(1e-3),
        n if n == shown.rows => (1.0 - none) * 0.3,
        _ => 1.0 - none,
    };
    let long = if length > 30.0 { (-(length - 30.0) / 8.0).exp() } else { 1.0 };
    let rows = if shown.rows > 0 { 0.4 * 0.4f64.powi(i32::try_from(shown.rows.min(9)).unwrap_or(9)) } else { 1.0 };
    let head = rows
        * match shown.pauses - shown.rows {
            0 => 0.85 * long,
            // What a dash sets off under a headline may be a sentence: ———收“缆钱”，要“茶钱”，讨“辛苦”
            _ if shown.beginning == Beginning::Dash => 0.3 * long,
            // A numbered heading is often a pair: 一、坚持畅通为先，把“断点”接起来
            1 if shown.beginning == Beginning::Enumerator && shown.terminals == 0 => 0.5 * long,
            1 => 0.1 * long,
            n => 0.05 * 0.2f64.powi(i32::try_from(n.min(9)).unwrap_or(9)),
        };
    [prose, prose, prose, prose, head]
}

/// Kinds of [`Fill`].
pub const FILLS: usize = 6;
/// Chance of each in a headline.
pub const FILL_HEAD: [f64; FILLS] = [0.15, 0.09, 0.04, 0.07, 0.05, 0.6];

#[must_use]
pub fn fill_index(fill: Fill) -> usize {
    match fill {
        Fill::Over => 0,
        Fill::Full => 1,
        Fill::Near => 2,
        Fill::Indentless => 3,
        Fill::Loose => 4,
        Fill::Short => 5,
    }
}
