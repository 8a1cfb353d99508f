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
const CHANGE: f32 = 4.0;
/// What it costs beyond a blank line: single paragraphs are set tighter or looser to fill a page.
const CHANGE_AT_GAP: f32 = 2.25;
/// Lines on each side that bear a measure out.
const WINDOW: usize = 8;
/// A line wider than this is no column: the text was not wrapped (in quarter ems).
const WIDEST: u32 = 4 * 64;
/// An indent of two characters, in quarter ems.
const INDENT: i64 = 8;

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
pub fn fill(line: &Line, measure: u32) -> Fill {
    if line.spaced {
        return Fill::Full;
    }
    let widest = i64::from(full_width(line));
    let (lo, hi, measure) = (widest - i64::from(line.squeeze), widest, i64::from(measure));
    let apart = |from: i64| (lo - from).max(from - hi).max(0);
    let short = measure - hi;
    if lo - measure > 3 {
        Fill::Over
    } else if short <= 3 {
        Fill::Full
    } else if line.indent < 4 && apart(measure - INDENT) <= 3 {
        Fill::Indentless
    } else if short <= 6 {
        Fill::Near
    } else if line.indent < 4 && apart(measure - INDENT) <= 7 {
        Fill::Loose
    } else {
        Fill::Short
    }
}

/// The measure of every line.
#[must_use]
pub fn measures(lines: &[Line]) -> Vec<Measure> {
    let candidates = candidates(lines);
    let widths = track(lines, &candidates);
    trust(lines, &widths)
}

/// Printed width with the paragraph indent, in quarter ems.
#[must_use]
pub fn full_width(line: &Line) -> u32 {
    line.width + if line.indent <= 12 { line.indent } else { 0 }
}

/// The commonest widths, to the half em.
fn candidates(lines: &[Line]) -> Vec<u32> {
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

/// What it costs to say that `line` stands in a column of `measure`.
fn misfit(line: &Line, measure: u32) -> f32 {
    if line.spaced {
        return 0.0;
    }
    match fill(line, measure) {
        Fill::Full => 0.05 * exactness(line, measure),
        Fill::Indentless => 0.35,
        Fill::Near => 0.6,
        Fill::Loose => 0.8,
        Fill::Short => 1.0,
        Fill::Over => 2.5,
    }
}

/// How far, in quarter ems, the line's width lies from the measure, at most 5: with no mark squeezed, or with half of them.
fn exactness(line: &Line, measure: u32) -> f32 {
    let widest = full_width(line);
    let middle = widest.saturating_sub(line.squeeze / 2);
    #[expect(clippy::cast_precision_loss, reason = "at most 5")]
    let distance = widest.abs_diff(measure).min(middle.abs_diff(measure)).min(5) as f32;
    distance
}

/// The cheapest sequence of measures: misfits plus changes.
fn track(lines: &[Line], candidates: &[u32]) -> Vec<u32> {
    if candidates.is_empty() {
        return vec![0; lines.len()];
    }
    let mut cost = vec![0f32; candidates.len()];
    let mut changed: Vec<u32> = Vec::with_capacity(lines.len());
    let mut kept: Vec<u64> = Vec::with_capacity(lines.len());
    for line in lines {
        let (best, low) = cheapest(&cost);
        let change = if line.gap > 0 { CHANGE_AT_GAP } else { CHANGE };
        let mut keep = 0u64;
        for (i, (c, &measure)) in cost.iter_mut().zip(candidates).enumerate() {
            if *c <= low + change {
                keep |= 1 << i;
            } else {
                *c = low + change;
            }
            *c += misfit(line, measure) - low;
        }
        changed.push(u32::try_from(best).unwrap_or(0));
        kept.push(keep);
    }
    let mut at = cheapest(&cost).0;
    let mut widths = vec![0; lines.len()];
    for i in (0..lines.len()).rev() {
        if let (Some(width), Some(&measure)) = (widths.get_mut(i), candidates.get(at)) {
            *width = measure;
        }
        if kept.get(i).is_some_and(|&keep| keep >> at & 1 == 0) {
            at = changed.get(i).map_or(at, |&c| c as usize);
        }
    }
    widths
}

fn cheapest(cost: &[f32]) -> (usize, f32) {
    cost.iter().copied().enumerate().fold((0, f32::INFINITY), |best, (i, c)| if c < best.1 { (i, c) } else { best })
}

/// How many of the lines around fill the measure.
fn trust(lines: &[Line], widths: &[u32]) -> Vec<Measure> {
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
