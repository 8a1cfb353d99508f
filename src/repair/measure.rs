//! The measure: how wide the column was in which each line was set.
//!
//! Width is a property of a run of lines, never of a file: a column may narrow beside a picture and widen below it.
//!
//! ```text
//! 口占世界的近一半，将为地区陆海      14 em ┐ measure 14
//! 为 2024 年 9 月联合国未来峰会       14 em ┘
//! 　　上合组织主张共同解决 21 世纪有关问题，防止出现新的   27 em ┐ measure 28
//! 冲突并和平解决国际争端，反对针对其他国家或地区的敌对行   27 em ┘
//! ```

use super::line::Line;
use crate::mark::{half_ems, is_closing, is_kinsoku, is_opening, is_pause, is_terminal};

/// The column of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// In quarter ems.
    pub width: u32,
    /// How far the lines around bear it out, 0 to 1: at 0 widths say nothing.
    pub trust: f32,
}

/// Candidate measures that are tracked at once; pages have a handful.
const CANDIDATES: usize = 64;
/// What it costs to change the measure inside a run of lines, in lines that do not fit.
const CHANGE: f32 = 5.0;
/// What it costs beyond a blank line: single paragraphs are set tighter or looser to fill a page.
const CHANGE_AT_GAP: f32 = 3.0;
/// Lines on each side that bear a measure out.
const WINDOW: usize = 8;
/// A line wider than this is no column: the text was not wrapped (in quarter ems).
const WIDEST: u32 = 4 * 64;
/// An indent of two characters, in quarter ems.
const INDENT: i32 = 8;

/// How a line fills a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    Over,
    Full,
    Near,
    /// Two characters short: the indent of a paragraph may have been lost.
    Indentless,
    /// The same, loosely.
    Loose,
    Short,
}

/// How `line` fills a column of `measure`. Its width is a range, since marks may have been squeezed.
#[must_use]
pub fn fill(line: &Line<'_>, measure: u32) -> Fill {
    Shape::new(line).fill(quarters(measure))
}

/// The same, between its neighbours: a line that was left short because no break may part what begins the next is full.
/// Where a paragraph may begin with it, it may as well have lost an indent.
#[must_use]
pub fn fill_between(line: &Line<'_>, measure: u32, before: Option<&Line<'_>>, next: Option<&Line<'_>>) -> Fill {
    let (shape, measure) = (Shape::new(line), quarters(measure));
    let fill = shape.fill(measure);
    let room = match fill {
        Fill::Over | Fill::Full | Fill::Short => return fill,
        Fill::Near => measure - shape.hi,
        // Squeezed, it would have had more room.
        Fill::Indentless | Fill::Loose => measure - shape.lo,
    };
    let held = next.map_or(0, |next| quarters(held(&next.text)));
    match fill {
        _ if held == 0 || room > 3 + held => fill,
        Fill::Near => Fill::Full,
        _ if may_begin(line, before) => Fill::Near,
        _ => Fill::Full,
    }
}

/// By how much, in quarter ems, the first characters of a line are wider than one, if no break may part them.
///
/// ```text
/// 者？然而  2 em, 1 more than 者     “一带一路  2 em: no line ends with “     2024年  2 em
/// ```
fn held(text: &str) -> u32 {
    /// A longer word is parted after all.
    const MOST: u32 = 16;
    let mut characters = text.chars();
    let Some(mut last) = characters.next() else { return 0 };
    let mut width = half_ems(last) * 2;
    for c in characters {
        let glued = is_kinsoku(c) || is_terminal(c) || is_opening(last) || is_figure(last) && is_figure(c);
        if !glued || width > MOST {
            break;
        }
        width += half_ems(c) * 2;
        last = c;
    }
    width.saturating_sub(4).min(MOST)
}

/// A character of a number or of a foreign word.
fn is_figure(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '%')
}

/// What of a line matters to the column it stands in. Small numbers without branches: it is held against many columns.
#[derive(Clone, Copy)]
struct Shape {
    /// The width it may have, from least to most.
    lo: i32,
    hi: i32,
    /// Its width with half of its marks squeezed.
    middle: i32,
    spaced: bool,
    /// It may have lost an indent.
    flush: bool,
}

impl Shape {
    fn new(line: &Line<'_>) -> Self {
        let widest = full_width(line);
        Self {
            lo: quarters(widest) - quarters(line.squeeze),
            hi: quarters(widest),
            middle: quarters(widest.saturating_sub(line.squeeze / 2)),
            spaced: line.spaced,
            flush: line.indent < 4,
        }
    }

    fn fill(self, measure: i32) -> Fill {
        let by = [
            (self.spaced, Fill::Full),
            (self.is_over(measure), Fill::Over),
            (self.lacks(measure, 3), Fill::Full),
            (self.lacks_indent(measure, 3), Fill::Indentless),
            (self.lacks(measure, 6), Fill::Near),
            (self.lacks_indent(measure, 7), Fill::Loose),
        ];
        by.into_iter().find(|(holds, _)| *holds).map_or(Fill::Short, |(_, fill)| fill)
    }

    /// What it costs to say that the line stands in a column of `measure`.
    fn misfit(self, measure: i32) -> f32 {
        let cost = if self.lacks_indent(measure, 7) { 0.8 } else { 1.0 };
        let cost = if self.lacks(measure, 6) { 0.6 } else { cost };
        let cost = if self.lacks_indent(measure, 3) { 0.35 } else { cost };
        let cost = if self.lacks(measure, 3) { 0.05 * self.exactness(measure) } else { cost };
        let cost = if self.is_over(measure) { 2.5 } else { cost };
        if self.spaced { 0.0 } else { cost }
    }

    fn is_over(self, measure: i32) -> bool {
        self.lo - measure > 3
    }

    fn lacks(self, measure: i32, most: i32) -> bool {
        measure - self.hi <= most
    }

    fn lacks_indent(self, measure: i32, most: i32) -> bool {
        let indented = measure - INDENT;
        self.flush & ((self.lo - indented).max(indented - self.hi) <= most)
    }

    /// How far, in quarter ems, the width lies from the measure, at most 5: with no mark squeezed, or with half of them.
    fn exactness(self, measure: i32) -> f32 {
        let distance = (self.hi - measure).abs().min((self.middle - measure).abs()).min(5);
        #[expect(clippy::cast_precision_loss, reason = "at most 5")]
        let distance = distance as f32;
        distance
    }
}

/// A width as a number to subtract from; no column is nearly as wide as the greatest.
fn quarters(width: u32) -> i32 {
    i32::try_from(width).unwrap_or(i32::MAX).min(i32::MAX / 4)
}

/// The measure of every line.
#[must_use]
pub fn measures(lines: &[Line<'_>]) -> Vec<Measure> {
    let candidates = candidates(lines);
    let widths = track(lines, &candidates);
    trust(lines, &widths)
}

/// Printed width with the paragraph indent, in quarter ems.
#[must_use]
pub fn full_width(line: &Line<'_>) -> u32 {
    line.width + if line.indent <= 12 { line.indent } else { 0 }
}

/// The commonest widths, to the half em.
fn candidates(lines: &[Line<'_>]) -> Vec<u32> {
    let mut counts = vec![0u32; WIDEST as usize / 2 + 1];
    for line in lines.iter().filter(|l| !l.spaced) {
        let widest = full_width(line);
        for width in [widest, widest.saturating_sub(line.squeeze / 2)] {
            if let Some(count) = counts.get_mut(width as usize / 2) {
                *count += 1;
            }
        }
    }
    let mut best: Vec<(u32, u32)> = counts
        .iter()
        .enumerate()
        .filter(|&(i, &n)| n > 1 && i > 3)
        .map(|(i, &n)| (n, u32::try_from(i * 2).unwrap_or(0)))
        .collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    best.truncate(CANDIDATES);
    best.into_iter().map(|(_, width)| width).collect()
}

/// The cheapest sequence of measures: misfits plus changes.
fn track(lines: &[Line<'_>], candidates: &[u32]) -> Vec<u32> {
    if candidates.is_empty() {
        return vec![0; lines.len()];
    }
    let measures: Vec<i32> = candidates.iter().copied().map(quarters).collect();
    let mut cost = vec![0f32; candidates.len()];
    let mut changed: Vec<usize> = Vec::with_capacity(lines.len());
    let mut kept: Vec<u64> = Vec::with_capacity(lines.len());
    let before = std::iter::once(None).chain(lines.iter().map(Some));
    for (line, before) in lines.iter().zip(before) {
        let low = cost.iter().copied().fold(f32::INFINITY, f32::min);
        let most = low + if line.gap > 0 { CHANGE_AT_GAP } else { CHANGE };
        changed.push(cheapest(&cost));
        kept.push(cost.iter().enumerate().fold(0, |keep, (i, &cost)| keep | u64::from(cost <= most) << i));
        let shape = Shape::new(line);
        let shape = Shape { flush: shape.flush && may_begin(line, before), ..shape };
        for (cost, &measure) in cost.iter_mut().zip(&measures) {
            let before = if *cost <= most { *cost } else { most };
            *cost = before + (shape.misfit(measure) - low);
        }
    }
    let mut at = cheapest(&cost);
    let mut widths = vec![0; lines.len()];
    for (i, width) in widths.iter_mut().enumerate().rev() {
        *width = candidates.get(at).copied().unwrap_or(0);
        if kept.get(i).is_some_and(|&keep| keep >> at & 1 == 0) {
            at = changed.get(i).copied().unwrap_or(at);
        }
    }
    widths
}

/// Whether a paragraph may begin with a line: below blank lines, a finished sentence, or a line that stood alone.
fn may_begin(line: &Line<'_>, before: Option<&Line<'_>>) -> bool {
    let Some(before) = before else { return true };
    let last = before.text.chars().next_back();
    let finished = last.is_some_and(|c| is_terminal(c) || is_closing(c) || c == '：');
    line.gap > 0 || finished || before.gap > 0 && !last.is_some_and(is_pause)
}

/// The first of the lowest costs.
fn cheapest(cost: &[f32]) -> usize {
    let low = cost.iter().copied().fold(f32::INFINITY, f32::min);
    cost.iter().position(|&cost| cost <= low).unwrap_or(0)
}

/// How many of the lines around fill the measure.
fn trust(lines: &[Line<'_>], widths: &[u32]) -> Vec<Measure> {
    let fits: Vec<u32> = std::iter::once(0)
        .chain(lines.iter().zip(widths).scan(0, |sum, (line, &width)| {
            *sum += u32::from(matches!(fill(line, width), Fill::Full | Fill::Indentless));
            Some(*sum)
        }))
        .collect();
    widths
        .iter()
        .enumerate()
        .map(|(i, &width)| {
            let (from, to) = (i.saturating_sub(WINDOW), (i + WINDOW + 1).min(lines.len()));
            let filled = fits.get(to).copied().unwrap_or(0) - fits.get(from).copied().unwrap_or(0);
            #[expect(clippy::cast_precision_loss, reason = "at most 17 lines")]
            let share = filled as f32 / (to - from) as f32;
            Measure { width, trust: ((share - 0.25) / 0.3).clamp(0.0, 1.0) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_break_may_part_is_held_together() {
        assert_eq!(held("者？然而造化"), 4);
        assert_eq!(held("“一带一路"), 4);
        assert_eq!(held("2024年"), 4);
        assert_eq!(held("望。”他说"), 8);
        assert_eq!(held("中国"), 0);
        assert_eq!(held(""), 0);
    }
}
