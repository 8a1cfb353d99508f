//! How a page marks its paragraphs, learnt from the page: by indent, by blank lines, by both, by neither.
//!
//! ```text
//! 　　当前，世界之变……      indent  | 习近平指出，……   blank line | 成员国支持进一步深化能源安全领域合作。  neither:
//! 正以前所未有的方式展开……         |                             | 成员国强调，上合组织银行联合体……        two short
//! ```

use super::join::Part;
use super::measure::Fill;
use super::observe::{Beginning, Ending, Shown};

/// Lines on each side from which a line's habits are learnt.
const WINDOW: usize = 40;

/// Habits around one line.
#[derive(Clone, Copy, Debug)]
struct Habit {
    /// Chance of each indent at the start of a paragraph, and inside one.
    indent_start: [f64; 3],
    indent_inside: [f64; 3],
    /// Chance of each number of blank lines before a paragraph, and inside one.
    gap_start: [f64; 3],
    gap_inside: [f64; 3],
    /// Chance of each fill inside a paragraph, in a first line without indent (which may have lost one), and at the end.
    fill_inside: [f64; FILLS],
    fill_first: [f64; FILLS],
    fill_end: [f64; FILLS],
    /// Chance that a paragraph ends with a mark that ends a sentence.
    terminal: f64,
    /// Chance that a paragraph has more than one line, and that it goes on after a line inside it.
    several: f64,
    more: f64,
}

const PRIOR: Habit = Habit {
    indent_start: [0.5, 0.45, 0.05],
    indent_inside: [0.97, 0.02, 0.01],
    gap_start: [0.45, 0.47, 0.08],
    gap_inside: [0.91, 0.08, 0.01],
    fill_inside: [0.03, 0.9, 0.045, 0.012, 0.006, 0.007],
    fill_first: [0.025, 0.66, 0.08, 0.18, 0.045, 0.01],
    fill_end: [0.015, 0.13, 0.03, 0.07, 0.05, 0.7],
    terminal: 0.94,
    several: 0.75,
    more: 0.72,
};

/// The habits of a page, line by line.
#[derive(Debug)]
pub struct Style {
    habits: Vec<Habit>,
}

/// What is counted to learn a habit.
#[derive(Clone, Copy, Default)]
struct Counts {
    indent_start: [f64; 3],
    indent_inside: [f64; 3],
    gap_start: [f64; 3],
    gap_inside: [f64; 3],
    fill_inside: [f64; FILLS],
    fill_first: [f64; FILLS],
    fill_end: [f64; FILLS],
    terminal: f64,
    ends: f64,
    terminals: f64,
    length: f64,
    several: f64,
    starts: f64,
    more: f64,
    inside: f64,
}

impl Style {
    /// Before anything is known of the page.
    #[must_use]
    pub fn prior(shown: &[Shown]) -> Self {
        Self { habits: vec![PRIOR; shown.len()] }
    }

    /// What the page shows when its lines play the given parts with the given probabilities.
    #[must_use]
    pub fn learn(shown: &[Shown], parts: &[[f64; 5]]) -> Self {
        let mut sums = Vec::with_capacity(shown.len() + 1);
        let mut sum = Counts::default();
        sums.push(sum);
        for (s, p) in shown.iter().zip(parts) {
            sum.add(s, p);
            sums.push(sum);
        }
        let n = shown.len();
        let habits = (0..n)
            .map(|i| {
                let (from, to) = (i.saturating_sub(WINDOW), (i + WINDOW + 1).min(n));
                match (sums.get(from), sums.get(to)) {
                    (Some(a), Some(b)) => Habit::from_counts(&b.minus(a)),
                    _ => PRIOR,
                }
            })
            .collect();
        Self { habits }
    }

    fn habit(&self, i: usize) -> &Habit {
        self.habits.get(i).unwrap_or(&PRIOR)
    }

    /// How likely line `i` shows what it shows when it plays `part`.
    #[must_use]
    pub fn emission(&self, i: usize, shown: &Shown, part: Part) -> f64 {
        let habit = self.habit(i);
        let first = i == 0;
        habit.indent(shown, part, first)
            * habit.ending(shown.ending, part)
            * beginning(shown.beginning, part)
            * habit.fill(shown, part)
            * pauses(shown, part)
            * if part == Part::Head { headlike(shown) } else { 1.0 }
    }

    /// How parts follow one another into line `i`: rows are the part before.
    #[must_use]
    pub fn follow(&self, i: usize) -> [[f64; 5]; 5] {
        let habit = self.habit(i);
        let (several, more) = (habit.several, habit.more);
        let after = [0.93 * (1.0 - several), 0.93 * several, 0.0, 0.0, 0.07];
        let inside = [0.0, 0.0, more, 1.0 - more, 0.0];
        let head = [0.65 * (1.0 - several), 0.65 * several, 0.0, 0.0, 0.35];
        [after, inside, inside, after, head]
    }

    /// How likely the blank lines before line `i` are, between a line of part `before` and one of part `here`.
    #[must_use]
    pub fn gap(&self, i: usize, gap: Option<usize>, before: Part, here: Part) -> f64 {
        let Some(gap) = gap else { return 1.0 };
        let habit = self.habit(i);
        // Where blank lines part the paragraphs, they part headlines from text as well.
        let [close, ..] = habit.gap_start;
        let chances = match (before, here) {
            (Part::First | Part::Middle, _) => habit.gap_inside,
            (Part::Head, Part::Head) => [0.5, 0.35, 0.15],
            (Part::Head, _) => parted(0.04 + 0.5 * close),
            (_, Part::Head) => parted(0.08 + 0.5 * close),
            _ => habit.gap_start,
        };
        chances.get(gap).copied().unwrap_or(0.1)
    }
}

/// Chances of each number of blank lines where none has the chance `close`.
fn parted(close: f64) -> [f64; 3] {
    [close, (1.0 - close) * 0.65, (1.0 - close) * 0.35]
}

impl Habit {
    fn from_counts(c: &Counts) -> Self {
        Self {
            indent_start: sharpened(posterior(c.indent_start, PRIOR.indent_start, 2.0)),
            indent_inside: posterior(c.indent_inside, PRIOR.indent_inside, 6.0),
            gap_start: posterior(c.gap_start, PRIOR.gap_start, 2.0),
            gap_inside: posterior(c.gap_inside, PRIOR.gap_inside, 6.0),
            fill_inside: posterior(c.fill_inside, PRIOR.fill_inside, 20.0),
            fill_first: posterior(c.fill_first, PRIOR.fill_first, 8.0),
            fill_end: posterior(c.fill_end, PRIOR.fill_end, 50.0),
            terminal: terminal(c),
            several: mean(c.several, c.starts, PRIOR.several, 4.0).clamp(0.02, 0.98),
            more: mean(c.more, c.inside, PRIOR.more, 4.0).clamp(0.02, 0.97),
        }
    }

    fn indent(&self, shown: &Shown, part: Part, first: bool) -> f64 {
        let chances = match part {
            Part::Whole | Part::First => self.indent_start,
            // The first line of a page may have lost its indent in the cut.
            Part::Middle | Part::Last if first => [0.5, 0.3, 0.2],
            Part::Middle | Part::Last => self.indent_inside,
            Part::Head => [0.6, 0.15, 0.25],
        };
        chances.get(shown.indent).copied().unwrap_or(0.1)
    }

    fn ending(&self, ending: Ending, part: Part) -> f64 {
        let t = self.terminal;
        match part {
            Part::First | Part::Middle => match ending {
                Ending::Terminal => 0.055,
                Ending::Colon => 0.004,
                Ending::Pause => 0.11,
                Ending::Opening => 0.006,
                Ending::Closing => 0.035,
                Ending::Salutation | Ending::Bracketed => 0.0005,
                Ending::Leaning => 0.09,
                Ending::Other => 0.7,
            },
            Part::Whole | Part::Last => match ending {
                Ending::Terminal => t,
                Ending::Colon => 0.02,
                Ending::Salutation | Ending::Bracketed => 0.012,
                Ending::Pause => (1.0 - t) * 0.015,
                Ending::Opening => (1.0 - t) * 0.005,
                Ending::Closing => (1.0 - t) * 0.2,
                Ending::Leaning => (1.0 - t) * 0.01,
                Ending::Other => (1.0 - t) * 0.69,
            },
            Part::Head => match ending {
                Ending::Terminal => 0.05,
                Ending::Colon | Ending::Pause => 0.008,
                Ending::Opening => 0.001,
                Ending::Closing => 0.13,
                Ending::Salutation => 0.002,
                Ending::Bracketed => 0.06,
                Ending::Leaning => 0.005,
                Ending::Other => 0.8,
            },
        }
    }

    /// How likely the width is; where the lines around bear no measure out, it says nothing.
    fn fill(&self, shown: &Shown, part: Part) -> f64 {
        let chances = match part {
            Part::Whole | Part::Last => &self.fill_end,
            Part::Head => &FILL_HEAD,
            Part::First if shown.indent == 0 => &self.fill_first,
            Part::First | Part::Middle => &self.fill_inside,
        };
        let chance = chances.get(fill_index(shown.fill)).copied().unwrap_or(0.1);
        let trust = f64::from(shown.trust);
        chance * trust + length(shown.length, part) * (1.0 - trust)
    }
}

/// How much likelier a headline has such words than prose.
fn headlike(shown: &Shown) -> f64 {
    let familiar = if shown.familiar { 0.3 } else { 1.0 };
    familiar * if shown.document { 4.0 } else { 1.0 }
}

/// Kinds of [`Fill`].
const FILLS: usize = 6;
/// Chance of each in a headline.
const FILL_HEAD: [f64; FILLS] = [0.15, 0.09, 0.04, 0.07, 0.05, 0.6];

fn fill_index(fill: Fill) -> usize {
    match fill {
        Fill::Over => 0,
        Fill::Full => 1,
        Fill::Near => 2,
        Fill::Indentless => 3,
        Fill::Loose => 4,
        Fill::Short => 5,
    }
}

/// Where lines were not wrapped, their length still tells headlines from prose.
fn length(length: u32, part: Part) -> f64 {
    let chances = match part {
        Part::Head => [0.2, 0.16, 0.04],
        Part::Whole => [0.03, 0.09, 0.28],
        Part::First | Part::Middle | Part::Last => [0.025, 0.105, 0.27],
    };
    match length {
        0..=12 => chances[0],
        13..=30 => chances[1],
        _ => chances[2],
    }
}

fn beginning(beginning: Beginning, part: Part) -> f64 {
    match (beginning, part) {
        (Beginning::Kinsoku, Part::Middle | Part::Last) => 0.03,
        (Beginning::Kinsoku, _) => 0.0004,
        (Beginning::Enumerator, Part::Middle | Part::Last) => 0.004,
        (Beginning::Enumerator, Part::Head) => 0.12,
        (Beginning::Enumerator, _) | (Beginning::Dateline, Part::Whole | Part::First) => 0.05,
        (Beginning::Dash | Beginning::Label, Part::Head) => 0.06,
        (Beginning::Dash, _) => 0.002,
        (Beginning::Label, _) => 5e-4,
        (Beginning::Number, Part::Head) => 0.02,
        (Beginning::Number, _) => 1e-5,
        (Beginning::Dateline, _) => 1e-4,
        (Beginning::Other, _) => 0.95,
    }
}

/// Prose pauses every dozen characters; headlines hardly do, and are short.
fn pauses(shown: &Shown, part: Part) -> f64 {
    let length = f64::from(shown.length);
    let rate = length / 13.0;
    let prose = (-rate).exp();
    if part != Part::Head {
        return match shown.pauses {
            0 => prose.max(1e-3),
            n if n == shown.rows => (1.0 - prose) * 0.3,
            _ => 1.0 - prose,
        };
    }
    let long = if length > 30.0 { (-(length - 30.0) / 8.0).exp() } else { 1.0 };
    let rows = if shown.rows > 0 { 0.4 * 0.4f64.powi(i32::try_from(shown.rows.min(9)).unwrap_or(9)) } else { 1.0 };
    rows * match shown.pauses - shown.rows {
        0 => 0.85 * long,
        1 => 0.1 * long,
        n => 0.05 * 0.2f64.powi(i32::try_from(n.min(9)).unwrap_or(9)),
    }
}

impl Counts {
    fn add(&mut self, shown: &Shown, parts: &[f64; 5]) {
        let [whole, first, middle, last, _] = *parts;
        let (start, inside, end) = (whole + first, middle + last, whole + last);
        if let (Some(a), Some(b)) = (self.indent_start.get_mut(shown.indent), self.indent_inside.get_mut(shown.indent))
        {
            *a += start;
            *b += inside;
        }
        let gap = shown.gap.unwrap_or(usize::MAX);
        if let (Some(a), Some(b)) = (self.gap_start.get_mut(gap), self.gap_inside.get_mut(gap)) {
            *a += start;
            *b += inside;
        }
        if shown.trust > 0.5 {
            let fill = fill_index(shown.fill);
            self.fill_end[fill] += end;
            // No press breaks a line that short: whatever seems to is misread, and nothing is learnt from it.
            if shown.fill != Fill::Short {
                self.fill_inside[fill] += middle;
                self.fill_first[fill] += if shown.indent == 0 { first } else { 0.0 };
            }
        }
        self.ends += end;
        self.terminals += f64::from(shown.terminals);
        self.length += f64::from(shown.length);
        self.terminal += if shown.ending == Ending::Terminal { end } else { 0.0 };
        self.several += first;
        self.starts += start;
        self.more += middle;
        self.inside += inside;
    }

    fn minus(&self, other: &Self) -> Self {
        Self {
            indent_start: less(self.indent_start, other.indent_start),
            indent_inside: less(self.indent_inside, other.indent_inside),
            gap_start: less(self.gap_start, other.gap_start),
            gap_inside: less(self.gap_inside, other.gap_inside),
            fill_inside: less(self.fill_inside, other.fill_inside),
            fill_first: less(self.fill_first, other.fill_first),
            fill_end: less(self.fill_end, other.fill_end),
            terminal: self.terminal - other.terminal,
            ends: self.ends - other.ends,
            terminals: self.terminals - other.terminals,
            length: self.length - other.length,
            several: self.several - other.several,
            starts: self.starts - other.starts,
            more: self.more - other.more,
            inside: self.inside - other.inside,
        }
    }
}

fn less<const N: usize>(a: [f64; N], b: [f64; N]) -> [f64; N] {
    std::array::from_fn(|i| a[i] - b[i])
}

fn posterior<const N: usize>(counts: [f64; N], prior: [f64; N], weight: f64) -> [f64; N] {
    let total = counts.iter().sum::<f64>() + weight;
    std::array::from_fn(|i| ((counts[i] + prior[i] * weight) / total).max(1e-4))
}

/// Where sentences are marked, paragraphs end with a mark; where they hardly are, the page tells how often.
fn terminal(c: &Counts) -> f64 {
    if c.terminals * 150.0 > c.length {
        return 0.965;
    }
    mean(c.terminal, c.ends, 0.5, 4.0).clamp(0.02, 0.965)
}

/// A compositor who indents most paragraphs of a column indents all of them: the exceptions are misreadings.
fn sharpened(chances: [f64; 3]) -> [f64; 3] {
    let cubes = chances.map(|p| p * p * p);
    let total: f64 = cubes.iter().sum();
    cubes.map(|p| (p / total).max(1e-3))
}

fn mean(count: f64, of: f64, prior: f64, weight: f64) -> f64 {
    (count + prior * weight) / (of + weight)
}
