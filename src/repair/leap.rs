//! Where a sentence may go on beyond lines that do not belong to it.
//!
//! ```text
//! 中方愿同各方一道，推动上海合作组织      ┐
//! 习近平会见土耳其总统埃尔多安            │ a leap over the headline
//! 行稳致远，为世界和平作出新贡献。        ┘
//! ```

use super::line::Line;
use super::measure::Fill;
use super::observe::{Beginning, Ending, Shown};
use super::spans::{self, Span};
use crate::mark::{is_closing, is_opening};

/// A way over an interruption: from line `from - 1` on to line `to`.
#[derive(Clone, Copy, Debug)]
pub struct Leap {
    pub from: usize,
    pub to: usize,
    pub weight: f64,
}

/// Longest interruption, in lines.
const LONGEST: usize = 12;
/// How often a sentence is interrupted at all.
const INTERRUPTED: f64 = 2e-3;
/// How much more often a headline interrupts than anything else.
const HEADED: f64 = 6.0;
/// How much more often a line is interrupted that is longer than any headline: it holds a paragraph, and that is not at an
/// end. So many bytes have all characters of a headline.
const LONG: f64 = 20.0;
const LONGEST_HEAD: usize = 64 * 3;
/// How much more seldom lines interrupt that close the quotation which is open before them.
const CLOSED: f64 = 0.02;

/// How much more seldom lines interrupt between which and the sentence a word seems to lie, on either side.
const SPANNED: f64 = 0.03;
/// How much more seldom lines interrupt that stand close to the sentence: on neither side, on one, on both.
const CLOSE: [f64; 3] = [1.0, 0.3, 0.03];

/// All leaps of a page, in the order of the lines they leave from.
#[must_use]
pub fn leaps(lines: &[Line<'_>], shown: &[Shown], spans: &[Option<Span>]) -> Vec<Leap> {
    let page = Page { lines, shown, spans };
    let mut leaps = Vec::new();
    for from in 1..lines.len() {
        page.leave(from, &mut leaps);
    }
    leaps
}

#[derive(Clone, Copy)]
struct Page<'a> {
    lines: &'a [Line<'a>],
    shown: &'a [Shown],
    spans: &'a [Option<Span>],
}

impl Page<'_> {
    /// The leaps over the lines from `from` on.
    fn leave(self, from: usize, leaps: &mut Vec<Leap>) {
        let Self { lines, shown, spans } = self;
        let (Some(left), Some(ends), Some(next)) = (lines.get(from - 1), shown.get(from - 1), shown.get(from)) else {
            return;
        };
        let is_spanned = |line: usize| spans.get(line).copied().flatten().is_some_and(Span::is_any);
        let odd = next.gap > Some(0) || matches!(next.fill, Fill::Short | Fill::Over) || next.indent == 2;
        let spanned = is_spanned(from);
        let goes_on = next.beginning == Beginning::Kinsoku;
        if !odd || goes_on || ends.ending.is_terminal() || matches!(ends.ending, Ending::Salutation | Ending::Bracketed)
        {
            return;
        }
        let long = ends.ending.is_unmarked() && left.text.len() > LONGEST_HEAD;
        // Of the lines passed so far.
        let (mut closed, mut headed) = (false, true);
        for to in from + 1..(from + LONGEST).min(lines.len()) {
            let (Some(passed), Some(before)) = (lines.get(to - 1), shown.get(to - 1)) else { break };
            let (Some(right), Some(begins)) = (lines.get(to), shown.get(to)) else { break };
            closed |= ends.open && closes_first(&passed.text);
            headed &= is_headed(before);
            // What interrupts is whole in itself, and something sets it off.
            let apart = begins.gap > Some(0) || matches!(before.fill, Fill::Short | Fill::Over);
            let starts = begins.indent > 0 || matches!(begins.beginning, Beginning::Dateline | Beginning::Enumerator);
            if !apart || starts || before.ending == Ending::Pause || begins.ending == Ending::Salutation {
                continue;
            }
            let kinsoku = begins.beginning == Beginning::Kinsoku;
            let word = !kinsoku && ends.ending.is_unmarked() && spans::word(&left.text, &right.text);
            // The quotation that is open where the sentence breaks off is closed where it goes on, and not before.
            let closes = ends.open && !closed && closes_first(&right.text);
            let weight = match (word, closes) {
                _ if kinsoku => 40.0,
                (true, true) => 60.0,
                (true, false) => 4.0,
                (false, true) => 8.0,
                (false, false) => 0.3,
            };
            let weight = if closed { weight * CLOSED } else { weight };
            // A word of the dictionary may lie by chance across a break that parts two texts.
            let weight = [spanned, is_spanned(to)].iter().filter(|&&spanned| spanned).fold(weight, |w, _| w * SPANNED);
            let close = [next, begins].iter().filter(|line| line.gap == Some(0)).count();
            let weight = weight * CLOSE.get(close).copied().unwrap_or(1.0);
            let weight = match headed && to - from <= 4 {
                true if long => weight * HEADED * LONG,
                true => weight * HEADED,
                false => weight,
            };
            leaps.push(Leap { from, to, weight: weight * INTERRUPTED });
        }
    }
}

fn is_headed(shown: &Shown) -> bool {
    matches!(shown.ending, Ending::Other | Ending::Closing | Ending::Bracketed) && shown.pauses <= 1
}

/// Whether the first quote mark or bracket of a line is a closing one.
fn closes_first(text: &str) -> bool {
    text.chars().find(|&c| is_closing(c) || is_opening(c)).is_some_and(is_closing)
}
