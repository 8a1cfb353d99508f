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
    /// Chance that a first line without indent is short by one.
    stripped: f64,
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
    stripped: 0.3,
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
    stripped: f64,
    stripped_of: f64,
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

    /// How likely the blank lines before line `i` are.
    #[must_use]
    pub fn gap(&self, i: usize, gap: Option<usize>, joins: bool, headed: bool) -> f64 {
        let Some(gap) = gap else { return 1.0 };
        let habit = self.habit(i);
        let chances = match (joins, headed) {
            (true, _) => habit.gap_inside,
            (false, true) => [0.3, 0.45, 0.25],
            (false, false) => habit.gap_start,
        };
        chances.get(gap).copied().unwrap_or(0.1)
    }
}

impl Habit {
    fn from_counts(c: &Counts) -> Self {
        Self {
            indent_start: sharpened(posterior(c.indent_start, PRIOR.indent_start, 2.0)),
            indent_inside: posterior(c.indent_inside, PRIOR.indent_inside, 6.0),
            gap_start: posterior(c.gap_start, PRIOR.gap_start, 2.0),
            gap_inside: posterior(c.gap_inside, PRIOR.gap_inside, 6.0),
            stripped: mean(c.stripped, c.stripped_of, PRIOR.stripped, 4.0),
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
                Ending::Other => 0.79,
            },
            Part::Whole | Part::Last => match ending {
                Ending::Terminal => t,
                Ending::Colon => 0.02,
                Ending::Salutation | Ending::Bracketed => 0.012,
                Ending::Pause => (1.0 - t) * 0.015,
                Ending::Opening => (1.0 - t) * 0.005,
                Ending::Closing => (1.0 - t) * 0.2,
                Ending::Other => (1.0 - t) * 0.7,
            },
            Part::Head => match ending {
                Ending::Terminal => 0.05,
                Ending::Colon | Ending::Pause => 0.008,
                Ending::Opening => 0.001,
                Ending::Closing => 0.13,
                Ending::Salutation => 0.002,
                Ending::Bracketed => 0.06,
                Ending::Other => 0.8,
            },
        }
    }

    /// How likely the width is; where the lines around bear no measure out, it says nothing.
    fn fill(&self, shown: &Shown, part: Part) -> f64 {
        let row = match (part, shown.fill) {
            (Part::Whole | Part::Last, fill) => by_fill(fill, [0.015, 0.13, 0.03, 0.07, 0.05, 0.7]),
            (Part::Head, fill) => by_fill(fill, [0.15, 0.09, 0.04, 0.07, 0.05, 0.6]),
            (_, fill) => by_fill(fill, [0.03, 0.9, 0.045, 0.012, 0.006, 0.007]),
        };
        let chance = if part == Part::First && shown.indent == 0 {
            let lost = by_fill(shown.fill, [0.015, 0.1, 0.17, 0.56, 0.14, 0.015]);
            row * (1.0 - self.stripped) + lost * self.stripped
        } else {
            row
        };
        let trust = f64::from(shown.trust);
        chance * trust + length(shown.length, part) * (1.0 - trust)
    }
}

/// Chances of over, full, near, indentless, loose and short.
fn by_fill(fill: Fill, chances: [f64; 6]) -> f64 {
    let [over, full, near, indentless, loose, short] = chances;
    match fill {
        Fill::Over => over,
        Fill::Full => full,
        Fill::Near => near,
        Fill::Indentless => indentless,
        Fill::Loose => loose,
        Fill::Short => short,
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
        (Beginning::Enumerator, _) | (Beginning::Dateline, Part::Whole | Part::First) => 0.05,
        (Beginning::Dash, Part::Head) => 0.06,
        (Beginning::Dash, _) => 0.002,
        (Beginning::Label, Part::Head) => 0.05,
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
    match (part, shown.pauses) {
        (Part::Head, 0) => 0.85 * if length > 30.0 { (-(length - 30.0) / 8.0).exp() } else { 1.0 },
        (Part::Head, 1) => 0.1 * if length > 30.0 { (-(length - 30.0) / 8.0).exp() } else { 1.0 },
        (Part::Head, n) => 0.05 * 0.2f64.powi(i32::try_from(n.min(9)).unwrap_or(9)),
        (_, 0) => prose.max(1e-3),
        (_, _) => 1.0 - prose,
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
        if shown.indent == 0 && shown.trust > 0.5 {
            self.stripped_of += first;
            self.stripped +=
                if matches!(shown.fill, Fill::Near | Fill::Indentless | Fill::Loose) { first } else { 0.0 };
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
        let rows = |a: [f64; 3], b: [f64; 3]| [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
        Self {
            indent_start: rows(self.indent_start, other.indent_start),
            indent_inside: rows(self.indent_inside, other.indent_inside),
            gap_start: rows(self.gap_start, other.gap_start),
            gap_inside: rows(self.gap_inside, other.gap_inside),
            stripped: self.stripped - other.stripped,
            stripped_of: self.stripped_of - other.stripped_of,
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

fn posterior(counts: [f64; 3], prior: [f64; 3], weight: f64) -> [f64; 3] {
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
