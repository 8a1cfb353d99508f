//! Which lines go on in the next: one scored decision from all that the lines show.
//!
//! Every line plays one part in its paragraph: it is the whole of it, its first, a middle or its last line, or it is no
//! prose at all but a headline. What a line shows (see [`super::observe`]) is more or less likely in each part, and parts
//! follow one another in a few ways only; the forward-backward algorithm weighs all readings of the page and the best one
//! is kept. How paragraphs are marked on *this* page (indent, blank line, neither) is learnt from the page itself.
//!
//! ```text
//! 面对干涉分化的现实挑战，我们要巩固      First   ┐ unfinished, then a blank line
//!                                                  ├ Bridge
//! 团结力量。携手抵制外部干涉……自己手中。   Last    ┘
//! ```

use std::ops::Range;

use super::line::Line;
use super::measure::Fill;
use super::observe::{Beginning, Ending, Shown};
use super::spans;
use super::style::Style;

/// The part a line plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    First,
    Middle,
    Last,
    Head,
}

const PARTS: [Part; 5] = [Part::Whole, Part::First, Part::Middle, Part::Last, Part::Head];

impl Part {
    /// The line belongs to the paragraph of the line before.
    #[must_use]
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Middle | Self::Last)
    }

    fn is_open(self) -> bool {
        matches!(self, Self::First | Self::Middle)
    }
}

/// The reading of a page.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub parts: Vec<Part>,
    /// Probability that each line goes on from the line before (or from beyond an interruption).
    pub goes_on: Vec<f32>,
    /// Lines `from..to` interrupt a sentence that goes on at `to`.
    pub interruptions: Vec<(usize, usize)>,
    /// For each line, whether something spans the break before it.
    pub spans: Vec<Option<bool>>,
}

/// Rounds of learning how the page marks its paragraphs.
const ROUNDS: usize = 5;
/// Longest interruption, in lines.
const LONGEST: usize = 12;
/// How often a sentence is interrupted at all.
const INTERRUPTED: f64 = 2e-3;

/// How much more often a headline interrupts than anything else.
const HEADED: f64 = 6.0;

/// How much more seldom lines interrupt that close the quotation which is open before them.
const CLOSED: f64 = 0.02;

type Row = [f64; 5];

/// Reads a page: the part of every line.
#[must_use]
pub fn read(lines: &[Line], shown: &[Shown]) -> Reading {
    if lines.is_empty() {
        return Reading::default();
    }
    let spans = spans::spans(lines, shown);
    let jumps = jumps(lines, shown, &spans);
    let mut arrivals: Vec<usize> = (0..jumps.len()).collect();
    arrivals.sort_by_key(|&j| jumps.get(j).map(|jump| jump.to));
    let mut page = Page::new(shown, &spans, (&jumps, &arrivals), &Style::prior(shown));
    for _ in 0..ROUNDS {
        let style = Style::learn(shown, &page.posterior());
        page = Page::new(shown, &spans, (&jumps, &arrivals), &style);
    }
    page.decide(spans)
}

/// A way over an interruption: from line `from - 1` on to line `to`.
#[derive(Clone, Copy, Debug)]
struct Jump {
    from: usize,
    to: usize,
    weight: f64,
}

/// Finds where a sentence may go on beyond lines that do not belong to it.
fn jumps(lines: &[Line], shown: &[Shown], spans: &[Option<bool>]) -> Vec<Jump> {
    let mut jumps = Vec::new();
    for from in 1..lines.len() {
        let (Some(left), Some(ends), Some(next)) = (lines.get(from - 1), shown.get(from - 1), shown.get(from)) else {
            continue;
        };
        let odd = next.gap > Some(0) || matches!(next.fill, Fill::Short | Fill::Over) || next.indent == 2;
        let goes_on = spans.get(from) == Some(&Some(true)) || next.beginning == Beginning::Kinsoku;
        if !odd || goes_on || matches!(ends.ending, Ending::Terminal | Ending::Salutation | Ending::Bracketed) {
            continue;
        }
        for to in from + 1..(from + LONGEST).min(lines.len()) {
            let (Some(right), Some(begins), Some(before)) = (lines.get(to), shown.get(to), shown.get(to - 1)) else {
                break;
            };
            // What interrupts is whole in itself, and something sets it off.
            let apart = begins.gap > Some(0) || matches!(before.fill, Fill::Short | Fill::Over);
            let starts = begins.indent > 0 || matches!(begins.beginning, Beginning::Dateline | Beginning::Enumerator);
            let joined = spans.get(to) == Some(&Some(true));
            if !apart || starts || joined || before.ending == Ending::Pause || begins.ending == Ending::Salutation {
                continue;
            }
            let word = ends.ending.is_unmarked() && spans::word(&left.text, &right.text);
            // The quotation that is open where the sentence breaks off is closed where it goes on, and not before.
            let closed = ends.open && lines.get(from..to).is_some_and(|l| l.iter().any(|l| closes_first(&l.text)));
            let closes = ends.open && !closed && closes_first(&right.text);
            let weight = match (word, closes, begins.beginning) {
                (_, _, Beginning::Kinsoku) => 40.0,
                (true, true, _) => 60.0,
                (true, false, _) => 4.0,
                (false, true, _) => 8.0,
                _ => 0.3,
            };
            let weight = if closed { weight * CLOSED } else { weight };
            let headed = to - from <= 4
                && shown.get(from..to).is_some_and(|inner| {
                    inner.iter().all(|s| {
                        matches!(s.ending, Ending::Other | Ending::Closing | Ending::Bracketed) && s.pauses <= 1
                    })
                });
            let weight = weight * if headed { HEADED } else { 1.0 };
            jumps.push(Jump { from, to, weight: weight * INTERRUPTED });
        }
    }
    jumps
}

/// Whether the first quote mark or bracket of a line is a closing one.
fn closes_first(text: &str) -> bool {
    use crate::mark::{is_closing, is_opening};
    text.chars().find(|&c| is_closing(c) || is_opening(c)).is_some_and(is_closing)
}

/// All that is needed to weigh readings: how likely each line is in each part, and each step between parts.
struct Page<'a> {
    shown: &'a [Shown],
    emissions: Vec<Row>,
    steps: Vec<[Row; 5]>,
    /// In the order of the lines they leave from.
    jumps: &'a [Jump],
    /// For each jump, the logarithm of the likelihood that the lines it passes are whole in themselves.
    inner: Vec<f64>,
    /// The jumps in the order of the lines they arrive at.
    arrivals: &'a [usize],
}

impl<'a> Page<'a> {
    fn new(
        shown: &'a [Shown],
        spans: &[Option<bool>],
        (jumps, arrivals): (&'a [Jump], &'a [usize]),
        style: &Style,
    ) -> Self {
        let mut page = Self {
            shown,
            emissions: shown.iter().enumerate().map(|(i, s)| PARTS.map(|part| style.emission(i, s, part))).collect(),
            steps: (0..shown.len()).map(|i| step(shown, spans, style, i)).collect(),
            jumps,
            inner: Vec::new(),
            arrivals,
        };
        page.inner = page.inner();
        page
    }

    fn emission(&self, i: usize) -> Row {
        self.emissions.get(i).copied().unwrap_or([1.0; 5])
    }

    fn step(&self, i: usize) -> [Row; 5] {
        self.steps.get(i).copied().unwrap_or([[0.2; 5]; 5])
    }

    /// Probability of every part for every line.
    fn posterior(&self) -> Vec<Row> {
        let forward = self.forward();
        let backward = self.backward();
        forward.iter().zip(&backward).map(|((a, _), (b, _))| normal(std::array::from_fn(|s| a[s] * b[s])).0).collect()
    }

    /// Forward messages, each normalised, with the logarithm of what was divided out so far.
    fn forward(&self) -> Vec<(Row, f64)> {
        let mut arrivals = self.arrivals().peekable();
        let mut rows: Vec<(Row, f64)> = Vec::with_capacity(self.shown.len());
        for i in 0..self.shown.len() {
            let (mut row, scale) = match rows.last() {
                None => (START, 0.0),
                Some((before, scale)) => (advance(before, &self.step(i)), *scale),
            };
            while let Some((jump, inner)) = arrivals.next_if(|(jump, _)| jump.to == i) {
                let Some((before, then)) = rows.get(jump.from - 1) else { continue };
                let weight = jump.weight * (then - scale + inner).exp();
                let open = before[Part::First as usize] + before[Part::Middle as usize];
                row[Part::Middle as usize] += open * weight * 0.7;
                row[Part::Last as usize] += open * weight * 0.3;
            }
            let emission = self.emission(i);
            let (row, sum) = normal(std::array::from_fn(|s| row[s] * emission[s]));
            rows.push((row, scale + sum.ln()));
        }
        rows
    }

    fn backward(&self) -> Vec<(Row, f64)> {
        let mut departures = self.jumps.iter().zip(&self.inner).rev().peekable();
        let n = self.shown.len();
        let mut rows = vec![(END, 0.0); n];
        for i in (0..n.saturating_sub(1)).rev() {
            let Some(&(after, scale)) = rows.get(i + 1) else { continue };
            let emission = self.emission(i + 1);
            let weighted: Row = std::array::from_fn(|s| after[s] * emission[s]);
            let step = self.step(i + 1);
            let mut row: Row = std::array::from_fn(|s| (0..5).map(|t| step[s][t] * weighted[t]).sum());
            while let Some((jump, inner)) = departures.next_if(|(jump, _)| jump.from == i + 1) {
                let Some(&(landing, then)) = rows.get(jump.to) else { continue };
                let emission = self.emission(jump.to);
                let weight = jump.weight * (then - scale + inner).exp();
                let (m, l) = (Part::Middle as usize, Part::Last as usize);
                let lands = (landing[m] * emission[m] * 0.7 + landing[l] * emission[l] * 0.3) * weight;
                row[Part::First as usize] += lands;
                row[Part::Middle as usize] += lands;
            }
            let (row, sum) = normal(row);
            if let Some(slot) = rows.get_mut(i) {
                *slot = (row, scale + sum.ln());
            }
        }
        rows
    }

    fn arrivals(&self) -> impl Iterator<Item = (Jump, f64)> {
        self.arrivals.iter().filter_map(|&j| Some((*self.jumps.get(j)?, *self.inner.get(j)?)))
    }

    /// What the lines that each jump passes are worth: jumps from one line share the way they go.
    fn inner(&self) -> Vec<f64> {
        let mut inner = Vec::with_capacity(self.jumps.len());
        for jumps in self.jumps.chunk_by(|a, b| a.from == b.from) {
            let Some(from) = jumps.first().map(|jump| jump.from) else { continue };
            let (mut row, mut log, mut at) = (START, 0.0, from);
            for jump in jumps {
                for i in at..jump.to {
                    if i > from {
                        row = advance(&row, &self.step(i));
                    }
                    let emission = self.emission(i);
                    let (next, sum) = normal(std::array::from_fn(|s| row[s] * emission[s]));
                    row = next;
                    log += sum.ln();
                }
                at = jump.to;
                let whole: f64 = (0..5).map(|s| row[s] * END[s]).sum();
                inner.push(log + whole.max(1e-12).ln());
            }
        }
        inner
    }

    /// The best reading, with the probability of each join.
    fn decide(&self, spans: Vec<Option<bool>>) -> Reading {
        let posterior = self.posterior();
        let mut reading = Reading {
            parts: vec![Part::Head; self.shown.len()],
            goes_on: posterior
                .iter()
                .map(|row| {
                    #[expect(clippy::cast_possible_truncation, reason = "a probability needs few digits")]
                    let p = (row[Part::Middle as usize] + row[Part::Last as usize]) as f32;
                    p
                })
                .collect(),
            interruptions: Vec::new(),
            spans,
        };
        reading.interruptions = self.trace(0..self.shown.len(), &mut reading.parts);
        // What interrupts is read for itself, by what follows what inside it.
        for &(from, to) in &reading.interruptions {
            self.trace(from..to, &mut reading.parts);
        }
        reading
    }

    /// Finds the best parts of some lines, with the jumps that the reading makes; inside an interruption there is none.
    fn trace(&self, lines: Range<usize>, parts: &mut [Part]) -> Vec<(usize, usize)> {
        let mut best: Vec<(Row, [Back; 5])> = Vec::with_capacity(lines.len());
        let whole = lines.len() == self.shown.len();
        let mut arrivals = self.arrivals().filter(|_| whole).peekable();
        for i in lines.clone() {
            let mut row = [f64::NEG_INFINITY; 5];
            let mut back = [Back::Step(0); 5];
            if let Some((before, _)) = best.last() {
                let step = self.step(i);
                for t in 0..5 {
                    for s in 0..5 {
                        let score = before[s] + step[s][t].ln();
                        if score > row[t] {
                            row[t] = score;
                            back[t] = Back::Step(s);
                        }
                    }
                }
            } else {
                row = START.map(f64::ln);
            }
            while let Some((jump, inner)) = arrivals.next_if(|(jump, _)| jump.to == i) {
                leap(jump, inner, &best, &mut row, &mut back);
            }
            let emission = self.emission(i);
            for s in 0..5 {
                row[s] += emission[s].ln();
            }
            best.push((row, back));
        }
        let mut interruptions = Vec::new();
        let last = best.last().map_or([0.0; 5], |(row, _)| *row);
        let mut s = (0..5).max_by(|&a, &b| (last[a] + END[a].ln()).total_cmp(&(last[b] + END[b].ln()))).unwrap_or(0);
        let mut i = best.len();
        while let Some((_, back)) = i.checked_sub(1).and_then(|at| best.get(at)) {
            i -= 1;
            if let Some(part) = parts.get_mut(lines.start + i) {
                *part = PARTS[s];
            }
            s = match back[s] {
                Back::Step(t) => t,
                Back::Leap(from, t) => {
                    interruptions.push((from, i));
                    i = from;
                    t
                }
            };
        }
        interruptions.reverse();
        interruptions
    }
}

/// Arrives over an interruption, where that is better than any step.
fn leap(jump: Jump, inner: f64, best: &[(Row, [Back; 5])], row: &mut Row, back: &mut [Back; 5]) {
    let Some((before, _)) = best.get(jump.from - 1) else { return };
    for s in [Part::First as usize, Part::Middle as usize] {
        for (t, share) in [(Part::Middle as usize, 0.7f64), (Part::Last as usize, 0.3)] {
            let score = before[s] + jump.weight.ln() + inner + share.ln();
            if score > row[t] {
                row[t] = score;
                back[t] = Back::Leap(jump.from, s);
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Back {
    Step(usize),
    Leap(usize, usize),
}

/// What the first line of a page may be: a column may begin in mid-sentence.
const START: Row = [0.15, 0.5, 0.02, 0.01, 0.32];
/// What the last line may be: a column may break off.
const END: Row = [1.0, 0.03, 0.03, 1.0, 1.0];

fn advance(row: &Row, step: &[Row; 5]) -> Row {
    std::array::from_fn(|t| (0..5).map(|s| row[s] * step[s][t]).sum())
}

fn normal(row: Row) -> (Row, f64) {
    let sum: f64 = row.iter().sum();
    if sum > 0.0 { (row.map(|x| x / sum), sum) } else { ([0.2; 5], 1e-300) }
}

/// The steps into line `i`: how parts follow one another, and what stands between the lines.
fn step(shown: &[Shown], spans: &[Option<bool>], style: &Style, i: usize) -> [Row; 5] {
    let (Some(before), Some(here)) = (i.checked_sub(1).and_then(|b| shown.get(b)), shown.get(i)) else {
        return [[0.2; 5]; 5];
    };
    let word = match spans.get(i).copied().flatten() {
        Some(true) => (0.45, 0.06),
        Some(false) => (0.55, 0.94),
        None => (1.0, 1.0),
    };
    // A long title is often named inside 《》 that reach over its lines.
    let (inside, headline, between) = if before.open { (0.14, 0.1, 0.02) } else { (0.86, 0.9, 0.98) };
    let mut step = style.follow(i);
    for (s, row) in step.iter_mut().enumerate() {
        for (t, weight) in row.iter_mut().enumerate() {
            let (word, open) = match (PARTS[s], PARTS[t]) {
                (from, to) if from.is_open() && to.goes_on() => (word.0, inside),
                (Part::Head, Part::Head) => (word.1, headline),
                _ => (word.1, between),
            };
            *weight *= word * open * style.gap(i, here.gap, PARTS[s], PARTS[t]);
        }
    }
    step
}
