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

use super::leap::{Leap, leaps};
use super::line::Line;
use super::observe::Shown;
use super::part::{END, PARTS, Part, Row, START, normal, times};
use super::spans::{self, Span};
use super::style::Style;
use super::weigh::{DEPARTURES, LANDINGS, Leaps, Page};

/// The reading of a page.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    pub parts: Vec<Part>,
    /// Probability that each line goes on from the line before (or from beyond an interruption).
    pub goes_on: Vec<f32>,
    /// Lines `from..to` interrupt a sentence that goes on at `to`.
    pub interruptions: Vec<(usize, usize)>,
    /// For each line, what spans the break before it.
    pub spans: Vec<Option<Span>>,
}

/// Most rounds of learning how the page marks its paragraphs.
const ROUNDS: usize = 5;

/// Reads a page: the part of every line.
#[must_use]
pub fn read(lines: &[Line<'_>], shown: &[Shown]) -> Reading {
    if lines.is_empty() {
        return Reading::default();
    }
    let spans = spans::spans(lines, shown);
    let leaps = Leaps::new(leaps(lines, shown, &spans));
    let style = Style::new(shown, &spans);
    let mut page = Page::new(style.prior(), &leaps);
    let mut parts = page.posterior();
    for _ in 0..ROUNDS {
        page = Page::new(style.learn(&parts), &leaps);
        let before = std::mem::replace(&mut parts, page.posterior());
        if is_settled(&before, &parts) {
            break;
        }
    }
    decide(&page, &parts, spans)
}

/// Whether a round has taught nothing more.
fn is_settled(before: &[Row], parts: &[Row]) -> bool {
    /// By so much a probability may still have changed.
    const LEAST: f64 = 0.01;
    before.iter().zip(parts).all(|(before, now)| before.iter().zip(now).all(|(a, b)| (a - b).abs() < LEAST))
}

/// The best reading, with the probability of each join.
fn decide(page: &Page<'_>, parts: &[Row], spans: Vec<Option<Span>>) -> Reading {
    #[expect(clippy::cast_possible_truncation, reason = "a probability needs few digits")]
    let goes_on = |row: &Row| (row[Part::Middle as usize] + row[Part::Last as usize]) as f32;
    let length = page.lines().len();
    let mut reading = Reading {
        parts: vec![Part::Head; length],
        goes_on: parts.iter().map(goes_on).collect(),
        interruptions: Vec::new(),
        spans,
    };
    reading.interruptions = trace(page, 0..length, page.arrivals(), &mut reading.parts);
    // What interrupts is read for itself, by what follows what inside it.
    for &(from, to) in &reading.interruptions {
        trace(page, from..to, std::iter::empty(), &mut reading.parts);
    }
    reading
}

/// The best way to a part of a line.
#[derive(Clone, Copy)]
enum Back {
    Step(usize),
    Leap(usize, usize),
}

/// The best ways to the parts of a line, where they come from, and the logarithm of what was divided out so far.
struct Best {
    row: Row,
    back: [Back; 5],
    scale: f64,
}

/// Finds the best parts of some lines, with the leaps that the reading makes.
fn trace(
    page: &Page<'_>,
    lines: Range<usize>,
    arrivals: impl Iterator<Item = (Leap, f64)>,
    parts: &mut [Part],
) -> Vec<(usize, usize)> {
    let mut best: Vec<Best> = Vec::with_capacity(lines.len());
    let mut arrivals = arrivals.peekable();
    for (i, line) in page.lines().iter().enumerate().take(lines.end).skip(lines.start) {
        let mut here = match best.last() {
            None => Best { row: START, back: [Back::Step(0); 5], scale: 0.0 },
            Some(before) => {
                let ways = line.step.best(&before.row);
                Best { row: ways.map(|(way, _)| way), back: ways.map(|(_, from)| Back::Step(from)), ..*before }
            }
        };
        while let Some((leap, passed)) = arrivals.next_if(|(leap, _)| leap.to == i) {
            land(leap, passed, &best, &mut here);
        }
        let (row, sum) = normal(times(&here.row, &line.emission));
        best.push(Best { row, scale: here.scale + page.log(sum), ..here });
    }
    back(&best, lines.start, parts)
}

/// Arrives over an interruption, where that is better than any step.
fn land(leap: Leap, passed: f64, best: &[Best], here: &mut Best) {
    let Some(before) = best.get(leap.from - 1) else { return };
    let weight = leap.weight * (before.scale - here.scale + passed).exp();
    for from in DEPARTURES {
        for (to, share) in LANDINGS {
            let way = before.row[from] * weight * share;
            if way > here.row[to] {
                here.row[to] = way;
                here.back[to] = Back::Leap(leap.from, from);
            }
        }
    }
}

/// Follows the best ways back from the last line: the part of each, and the interruptions that were leapt over.
fn back(best: &[Best], start: usize, parts: &mut [Part]) -> Vec<(usize, usize)> {
    let mut interruptions = Vec::new();
    let last = best.last().map_or([0.0; 5], |last| times(&last.row, &END));
    let mut part = (0..5).max_by(|&a, &b| last[a].total_cmp(&last[b])).unwrap_or(0);
    let mut i = best.len();
    while let Some(Best { back, .. }) = i.checked_sub(1).and_then(|at| best.get(at)) {
        i -= 1;
        if let Some(slot) = parts.get_mut(start + i) {
            *slot = PARTS[part];
        }
        part = match back[part] {
            Back::Step(from) => from,
            Back::Leap(line, from) => {
                interruptions.push((line, i));
                i = line;
                from
            }
        };
    }
    interruptions.reverse();
    interruptions
}
