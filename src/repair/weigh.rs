//! All readings of a page, weighed at once by the forward-backward algorithm, the leaps over interruptions among them.
//!
//! ```text
//! First ─▶ Last ─▶ Head ─▶ First      what goes forward into a line, times what comes back from the lines below it,
//!    ╰──── leap ────────▶ Last        is how likely the line plays each part
//! ```

use super::leap::Leap;
use super::part::{END, Part, Row, START, normal, times};
use super::style::Likelihood;

const FIRST: usize = Part::First as usize;
const MIDDLE: usize = Part::Middle as usize;
const LAST: usize = Part::Last as usize;

/// Where a leap lands: on a middle line of the paragraph, or on its last.
pub const LANDINGS: [(usize, f64); 2] = [(MIDDLE, 0.7), (LAST, 0.3)];
/// Where a leap departs from.
pub const DEPARTURES: [usize; 2] = [FIRST, MIDDLE];

/// The leaps of a page in both orders.
#[derive(Debug)]
pub struct Leaps {
    /// By the lines they leave from.
    departing: Vec<Leap>,
    /// Indices of them, by the lines they arrive at.
    arriving: Vec<usize>,
}

impl Leaps {
    #[must_use]
    pub fn new(departing: Vec<Leap>) -> Self {
        let mut arriving: Vec<(usize, usize)> = departing.iter().enumerate().map(|(ix, leap)| (leap.to, ix)).collect();
        arriving.sort_unstable();
        let arriving = arriving.into_iter().map(|(_, ix)| ix).collect();
        Self { departing, arriving }
    }
}

/// The lines of a page, each with how likely it is in each part, and the ways over interruptions.
#[derive(Debug)]
pub struct Page<'a> {
    lines: Vec<Likelihood>,
    leaps: &'a Leaps,
    /// For each leap, the logarithm of the likelihood that the lines it passes are whole in themselves.
    passed: Vec<f64>,
}

impl<'a> Page<'a> {
    #[must_use]
    pub fn new(lines: Vec<Likelihood>, leaps: &'a Leaps) -> Self {
        let mut page = Self { lines, leaps, passed: Vec::with_capacity(leaps.departing.len()) };
        page.pass();
        page
    }

    #[must_use]
    pub fn lines(&self) -> &[Likelihood] {
        &self.lines
    }

    /// The leaps in the order in which they arrive, with what the lines they pass are worth.
    pub fn arrivals(&self) -> impl Iterator<Item = (Leap, f64)> {
        self.leaps.arriving.iter().filter_map(|&ix| Some((*self.leaps.departing.get(ix)?, *self.passed.get(ix)?)))
    }

    /// Probability of every part for every line.
    #[must_use]
    pub fn posterior(&self) -> Vec<Row> {
        let (forward, backward) = (self.forward(), self.backward());
        let both = |(a, b): (&Message, &Message)| normal(std::array::from_fn(|part| a.row[part] * b.row[part])).0;
        forward.iter().zip(&backward).map(both).collect()
    }

    /// The logarithm of what a row was divided by: only leaps ask for it.
    #[must_use]
    pub fn log(&self, sum: f64) -> f64 {
        if self.leaps.departing.is_empty() { 0.0 } else { sum.ln() }
    }

    fn forward(&self) -> Vec<Message> {
        let mut arrivals = self.arrivals().peekable();
        let mut messages: Vec<Message> = Vec::with_capacity(self.lines.len());
        let mut last: Option<Message> = None;
        for (i, line) in self.lines.iter().enumerate() {
            let (mut row, scale) = match &last {
                None => (START, 0.0),
                Some(before) => (line.step.advance(&before.row), before.scale),
            };
            while let Some((leap, passed)) = arrivals.next_if(|(leap, _)| leap.to == i) {
                let Some(before) = messages.get(leap.from - 1) else { continue };
                let weight = leap.weight * (before.scale - scale + passed).exp();
                let open = before.row[FIRST] + before.row[MIDDLE];
                for (part, share) in LANDINGS {
                    row[part] += open * weight * share;
                }
            }
            let (row, sum) = normal(times(&row, &line.emission));
            let message = Message { row, scale: scale + self.log(sum) };
            messages.push(message);
            last = Some(message);
        }
        messages
    }

    fn backward(&self) -> Vec<Message> {
        let mut departures = self.leaps.departing.iter().zip(&self.passed).rev().peekable();
        let mut messages = vec![Message { row: END, scale: 0.0 }; self.lines.len()];
        let mut after = Message { row: END, scale: 0.0 };
        for (i, line) in self.lines.iter().enumerate().skip(1).rev() {
            let mut row = line.step.retreat(&times(&after.row, &line.emission));
            while let Some((leap, passed)) = departures.next_if(|(leap, _)| leap.from == i) {
                let (Some(landing), Some(line)) = (messages.get(leap.to), self.lines.get(leap.to)) else { continue };
                let weight = leap.weight * (landing.scale - after.scale + passed).exp();
                let lands = LANDINGS.map(|(part, share)| landing.row[part] * line.emission[part] * share);
                for part in DEPARTURES {
                    row[part] += (lands[0] + lands[1]) * weight;
                }
            }
            let (row, sum) = normal(row);
            after = Message { row, scale: after.scale + self.log(sum) };
            if let Some(message) = messages.get_mut(i - 1) {
                *message = after;
            }
        }
        messages
    }

    /// What the lines that each leap passes are worth: leaps from one line share the way they go.
    fn pass(&mut self) {
        for leaps in self.leaps.departing.chunk_by(|a, b| a.from == b.from) {
            let Some(from) = leaps.first().map(|leap| leap.from) else { continue };
            let (mut row, mut log, mut at) = (START, 0.0, from);
            for leap in leaps {
                for (i, line) in self.lines.iter().enumerate().take(leap.to).skip(at) {
                    if i > from {
                        row = line.step.advance(&row);
                    }
                    let (next, sum) = normal(times(&row, &line.emission));
                    row = next;
                    log += sum.ln();
                }
                at = leap.to;
                let whole: f64 = times(&row, &END).iter().sum();
                self.passed.push(log + whole.max(1e-12).ln());
            }
        }
    }
}

/// A row of one direction, divided by its sum, with the logarithm of all that was divided out so far.
#[derive(Clone, Copy, Debug)]
struct Message {
    row: Row,
    scale: f64,
}
