//! How a page marks its paragraphs, learnt from the page: by indent, by blank lines, by both, by neither.
//!
//! ```text
//! 　　当前，世界之变……      indent  | 习近平指出，……   blank line | 成员国支持进一步深化能源安全领域合作。  neither:
//! 正以前所未有的方式展开……         |                             | 成员国强调，上合组织银行联合体……        two short
//! ```

use super::likely::{self, FILL_HEAD, FILLS, Fixed, fill_index};
use super::measure::Fill;
use super::observe::{Beginning, Ending, Shown};
use super::part::{Row, Step};
use super::spans::Span;

/// How much likelier a dateline stands below a headline than below a paragraph.
const HEADED: f64 = 40.0;
/// How often an address has the indent that it has, at the least.
const ADDRESS: f64 = 0.2;
/// Lines on each side from which a line's habits are learnt.
const WINDOW: usize = 40;

/// For each thing that lines show a number: how likely it is, or how often it was seen.
#[derive(Clone, Copy, Default)]
struct Shows {
    /// Of each indent at the start of a paragraph, and inside one.
    indent_start: [f64; 3],
    indent_inside: [f64; 3],
    /// Of each number of blank lines before a paragraph, and inside one.
    gap_start: [f64; 3],
    gap_inside: [f64; 3],
    /// Of each fill inside a paragraph, in a first line without indent (which may have lost one), and at the end.
    fill_inside: [f64; FILLS],
    fill_first: [f64; FILLS],
    fill_end: [f64; FILLS],
}

/// The chances that stand where little is counted.
struct Prior {
    shows: Shows,
    /// That a paragraph ends with a mark that ends a sentence.
    terminal: f64,
    /// That a paragraph has more than one line, and that it goes on after a line inside it.
    several: f64,
    more: f64,
    /// That a headline follows a paragraph.
    heads: f64,
}

const PRIOR: Prior = Prior {
    shows: Shows {
        indent_start: [0.5, 0.45, 0.05],
        indent_inside: [0.97, 0.02, 0.01],
        gap_start: [0.45, 0.47, 0.08],
        gap_inside: [0.91, 0.08, 0.01],
        fill_inside: [0.03, 0.9, 0.045, 0.012, 0.006, 0.007],
        fill_first: [0.025, 0.66, 0.08, 0.18, 0.045, 0.01],
        fill_end: [0.015, 0.13, 0.03, 0.07, 0.05, 0.7],
    },
    terminal: 0.94,
    several: 0.75,
    more: 0.72,
    heads: 0.07,
};

/// How likely a line is what it is: in each part, and for each step into it.
#[derive(Clone, Copy, Debug)]
pub struct Likelihood {
    pub emission: Row,
    pub step: Step,
}

/// The lines of a page, ready to be weighed by whatever habits the page turns out to have.
#[derive(Debug)]
pub struct Style {
    looks: Vec<Look>,
}

/// What one line shows, and what stands between it and the line before.
#[derive(Clone, Copy, Debug)]
struct Look {
    fixed: Fixed,
    indent: usize,
    gap: Option<usize>,
    fill: usize,
    terminals: f64,
    length: f64,
    /// The first line of a page may have lost its indent in the cut.
    is_first: bool,
    /// How likely a word or an open quotation spans the break before it: inside a paragraph, between the lines of a
    /// headline, and elsewhere.
    inside: f64,
    headline: f64,
    elsewhere: f64,
    /// How much likelier than elsewhere such a line begins a paragraph below a headline.
    after_head: f64,
}

impl Look {
    fn new(shown: &Shown, before: Option<&Shown>, spans: Option<Span>) -> Self {
        let word = match spans {
            Some(Span::Nothing) => (0.55, 0.94),
            Some(Span::Familiar | Span::Word) => (0.45, 0.06),
            None => (1.0, 1.0),
        };
        // A long title is often named inside 《》 that reach over its lines.
        let open = before.is_some_and(|before| before.open);
        let (inside, headline, elsewhere) = if open { (0.14, 0.1, 0.02) } else { (0.86, 0.9, 0.98) };
        Self {
            fixed: Fixed::new(shown),
            indent: shown.indent,
            gap: shown.gap,
            fill: fill_index(shown.fill),
            terminals: f64::from(shown.terminals),
            length: f64::from(shown.length),
            is_first: before.is_none(),
            after_head: if shown.beginning == Beginning::Dateline { HEADED } else { 1.0 },
            inside: word.0 * inside,
            headline: word.1 * headline,
            elsewhere: word.1 * elsewhere,
        }
    }

    /// The line as a page of such habits would print it.
    fn likelihood(&self, habit: &Habit) -> Likelihood {
        let fixed = &self.fixed;
        let inside = if self.is_first { pick(&[0.5, 0.3, 0.2], self.indent) } else { habit.indent_inside };
        // An address stands flush on many a page that indents its paragraphs.
        let address = if fixed.ending == Ending::Salutation { ADDRESS } else { 0.0 };
        let whole = habit.indent_start.max(address);
        let indent = [whole, habit.indent_start, inside, inside, pick(&[0.6, 0.15, 0.25], self.indent)];
        let ending = likely::ending(fixed.ending, habit.terminal, habit.sentence);
        let fill = [habit.fill_end, habit.fill_first, habit.fill_inside, habit.fill_end, pick(&FILL_HEAD, self.fill)];
        Likelihood {
            emission: std::array::from_fn(|part| {
                let fill = fill[part] * fixed.trust + fixed.length[part];
                indent[part] * ending[part] * fixed.beginning[part] * fill * fixed.pauses[part] * fixed.wording[part]
            }),
            step: self.step(habit),
        }
    }

    /// How parts follow one another, and what stands between the lines.
    fn step(&self, habit: &Habit) -> Step {
        let (several, more, heads) = (habit.several, habit.more, habit.heads);
        let gap = Gap::new(self.gap, habit);
        let ended = self.elsewhere * gap.start;
        let inside = self.inside * gap.inside;
        let below_head = self.elsewhere * gap.below_head;
        Step {
            ended: [
                (1.0 - heads) * (1.0 - several) * ended,
                (1.0 - heads) * several * ended,
                heads * (self.elsewhere * gap.above_head),
            ],
            inside: [more * inside, (1.0 - more) * inside],
            head: [
                0.65 * (1.0 - several) * below_head * self.after_head,
                0.65 * several * below_head * self.after_head,
                0.35 * (self.headline * gap.between_heads),
            ],
        }
    }
}

/// How likely the blank lines before a line are, by what stands above and below them.
struct Gap {
    start: f64,
    inside: f64,
    above_head: f64,
    below_head: f64,
    between_heads: f64,
}

impl Gap {
    fn new(gap: Option<usize>, habit: &Habit) -> Self {
        let Some(gap) = gap else {
            return Self { start: 1.0, inside: 1.0, above_head: 1.0, below_head: 1.0, between_heads: 1.0 };
        };
        // Where blank lines part the paragraphs, they part headlines from text as well.
        let close = habit.gap_close;
        Self {
            start: habit.gap_start,
            inside: habit.gap_inside,
            above_head: pick(&parted(0.08 + 0.5 * close), gap),
            below_head: pick(&parted(0.04 + 0.5 * close), gap),
            between_heads: pick(&[0.5, 0.35, 0.15], gap),
        }
    }
}

/// Chances of each number of blank lines where none has the chance `close`.
fn parted(close: f64) -> [f64; 3] {
    [close, (1.0 - close) * 0.65, (1.0 - close) * 0.35]
}

impl Style {
    #[must_use]
    pub fn new(shown: &[Shown], spans: &[Option<Span>]) -> Self {
        let before = std::iter::once(None).chain(shown.iter().map(Some));
        let spans = spans.iter().copied().chain(std::iter::repeat(None));
        let looks = shown.iter().zip(before).zip(spans);
        Self { looks: looks.map(|((shown, before), spans)| Look::new(shown, before, spans)).collect() }
    }

    /// Before anything is known of the page.
    #[must_use]
    pub fn prior(&self) -> Vec<Likelihood> {
        self.looks.iter().map(|look| look.likelihood(&Habit::prior(look))).collect()
    }

    /// By what the page shows when its lines play the given parts with the given probabilities.
    #[must_use]
    pub fn learn(&self, parts: &[Row]) -> Vec<Likelihood> {
        let mut sums = Vec::with_capacity(self.looks.len() + 1);
        let mut sum = Counts::default();
        sums.push(sum);
        for (look, parts) in self.looks.iter().zip(parts) {
            sum.add(look, parts);
            sums.push(sum);
        }
        let around = |i: usize| {
            let to = (i + WINDOW + 1).min(self.looks.len());
            Some(Window { before: sums.get(i.saturating_sub(WINDOW))?, until: sums.get(to)? })
        };
        let habit = |i: usize, look: &Look| around(i).map_or_else(|| Habit::prior(look), |w| Habit::learnt(&w, look));
        self.looks.iter().enumerate().map(|(i, look)| look.likelihood(&habit(i, look))).collect()
    }
}

/// The habits around one line, as far as it asks for them: the chances of what it shows.
struct Habit {
    indent_start: f64,
    indent_inside: f64,
    gap_start: f64,
    gap_inside: f64,
    /// That no blank line stands before a paragraph.
    gap_close: f64,
    fill_inside: f64,
    /// In a first line; it may have lost an indent where it has none.
    fill_first: f64,
    fill_end: f64,
    terminal: f64,
    /// That a line inside a paragraph ends with such a mark, as the column happens to break.
    sentence: f64,
    several: f64,
    more: f64,
    /// That a headline follows the end of a paragraph.
    heads: f64,
}

impl Habit {
    fn prior(look: &Look) -> Self {
        let gap = look.gap.unwrap_or(0);
        let [gap_close, ..] = PRIOR.shows.gap_start;
        Self {
            indent_start: pick(&PRIOR.shows.indent_start, look.indent),
            indent_inside: pick(&PRIOR.shows.indent_inside, look.indent),
            gap_start: pick(&PRIOR.shows.gap_start, gap),
            gap_inside: pick(&PRIOR.shows.gap_inside, gap),
            gap_close,
            fill_inside: pick(&PRIOR.shows.fill_inside, look.fill),
            fill_first: pick(
                if look.indent == 0 { &PRIOR.shows.fill_first } else { &PRIOR.shows.fill_inside },
                look.fill,
            ),
            fill_end: pick(&PRIOR.shows.fill_end, look.fill),
            terminal: PRIOR.terminal,
            sentence: sentence(0.0, 0.0),
            several: PRIOR.several,
            more: PRIOR.more,
            heads: PRIOR.heads,
        }
    }

    fn learnt(window: &Window<'_>, look: &Look) -> Self {
        let gap = look.gap.unwrap_or(0);
        let gap_start = window.chances(|shows| &shows.gap_start, 0.5);
        let inside = window.chances(|shows| &shows.fill_inside, 20.0);
        let ragged = if look.fill == fill_index(Fill::Short) { ragged(&inside) } else { 0.0 };
        let fill_inside = inside.of(look.fill) + ragged;
        let fill_first = match look.indent {
            // No press lets the first line run wider than the others.
            0 if look.fill != fill_index(Fill::Over) => {
                opened(&window.chances(|shows| &shows.fill_first, 6.0), look.fill) + ragged
            }
            _ => fill_inside,
        };
        let count = |of: fn(&Counts) -> f64| of(window.until) - of(window.before);
        Self {
            indent_start: sharpened(&window.chances(|shows| &shows.indent_start, 2.0), look.indent),
            indent_inside: window.chances(|shows| &shows.indent_inside, 6.0).of(look.indent),
            gap_start: gap_start.of(gap),
            gap_inside: window.chances(|shows| &shows.gap_inside, 6.0).of(gap),
            gap_close: gap_start.of(0),
            fill_inside,
            fill_first,
            fill_end: window.chances(|shows| &shows.fill_end, 50.0).of(look.fill),
            terminal: terminal(&count),
            sentence: sentence(count(|c| c.terminals), count(|c| c.length)),
            several: mean(count(|c| c.several), count(|c| c.starts), PRIOR.several, 4.0).clamp(0.02, 0.98),
            more: mean(count(|c| c.more), count(|c| c.inside), PRIOR.more, 4.0).clamp(0.02, 0.97),
            heads: heads(count(|c| c.heads), count(|c| c.starts)),
        }
    }
}

/// How often a headline follows a paragraph, by the lines of headlines and the starts of paragraphs that the page shows.
fn heads(lines: f64, starts: f64) -> f64 {
    /// Headlines for each of their lines: some have two, and some stand below others.
    const HEADLINES: f64 = 0.4;
    let heads = HEADLINES * lines;
    mean(heads, heads + starts, PRIOR.heads, 8.0).clamp(0.02, 0.25)
}

/// How often a paragraph ends with a mark where sentences do.
const TERMINAL: f64 = 0.983;

/// Where sentences are marked, paragraphs end with a mark; where they hardly are, the page tells how often.
fn terminal(count: &impl Fn(fn(&Counts) -> f64) -> f64) -> f64 {
    if count(|c| c.terminals) * 150.0 > count(|c| c.length) {
        return TERMINAL;
    }
    mean(count(|c| c.terminal), count(|c| c.ends), 0.5, 4.0).clamp(0.02, TERMINAL)
}

/// A column breaks after a sentence oftener than sentences end in it, for no line begins with a mark. Old print
/// ends every clause with 。 and so breaks there at every turn.
fn sentence(terminals: f64, length: f64) -> f64 {
    (1.4 * mean(terminals, length, 0.046, 50.0)).clamp(0.02, 0.25)
}

/// A compositor who indents most paragraphs of a column indents all of them: the exceptions are misreadings.
fn sharpened(chances: &Chances<3>, at: usize) -> f64 {
    let cubes = [0, 1, 2].map(|i| chances.of(i)).map(|p| p * p * p);
    let total: f64 = cubes.iter().sum();
    (pick(&cubes, at) / total).max(1e-3)
}

/// A press that sets the first lines of paragraphs as wide as any sets all of them so: the more of them it shows, the surer
/// is one that seems to have lost an indent a misreading.
fn opened(chances: &Chances<FILLS>, at: usize) -> f64 {
    let lost = [Fill::Indentless, Fill::Loose].map(fill_index);
    let share: f64 = lost.iter().map(|&fill| chances.of(fill)).sum();
    let power = match chances.weight / chances.total {
        ..0.17 => 4,
        0.17..0.5 => 3,
        0.5..0.83 => 2,
        _ => 1,
    };
    let (lose, keep) = (share.powi(power), (1.0 - share).powi(power));
    let sharp = (lose / (lose + keep)).min(share);
    let (sharp, share) = if lost.contains(&at) { (sharp, share) } else { (1.0 - sharp, 1.0 - share) };
    (chances.of(at) * sharp / share).max(1e-3)
}

/// Where lines inside paragraphs often stay somewhat short of the column, some stay shorter: none of them is learnt from,
/// and all are expected.
fn ragged(inside: &Chances<FILLS>) -> f64 {
    let somewhat = [Fill::Near, Fill::Indentless, Fill::Loose].map(fill_index);
    let chance = |chances: &dyn Fn(usize) -> f64| somewhat.iter().map(|&fill| chances(fill)).sum::<f64>();
    let usual = chance(&|fill| pick(&PRIOR.shows.fill_inside, fill));
    0.3 * (chance(&|fill| inside.of(fill)) - usual).max(0.0)
}

fn mean(count: f64, of: f64, prior: f64, weight: f64) -> f64 {
    (count + prior * weight) / (of + weight)
}

/// Chances by what was counted, and by a prior that weighs as much as so many lines.
struct Chances<const N: usize> {
    counts: [f64; N],
    prior: &'static [f64; N],
    weight: f64,
    total: f64,
}

impl<const N: usize> Chances<N> {
    fn of(&self, at: usize) -> f64 {
        ((pick(&self.counts, at) + pick(self.prior, at) * self.weight) / self.total).max(1e-4)
    }
}

fn pick<const N: usize>(chances: &[f64; N], at: usize) -> f64 {
    chances.get(at).copied().unwrap_or(0.1)
}

/// What is counted to learn a habit.
#[derive(Clone, Copy, Default)]
struct Counts {
    shows: Shows,
    terminal: f64,
    ends: f64,
    terminals: f64,
    length: f64,
    several: f64,
    starts: f64,
    more: f64,
    inside: f64,
    heads: f64,
}

impl Counts {
    fn add(&mut self, look: &Look, parts: &Row) {
        let [whole, first, middle, last, head] = *parts;
        let (start, inside, end) = (whole + first, middle + last, whole + last);
        let shows = &mut self.shows;
        count(&mut shows.indent_start, look.indent, start);
        count(&mut shows.indent_inside, look.indent, inside);
        if let Some(gap) = look.gap {
            count(&mut shows.gap_start, gap, start);
            count(&mut shows.gap_inside, gap, inside);
        }
        if look.fixed.trust > 0.5 {
            count(&mut shows.fill_end, look.fill, end);
            // No press breaks a line that short: whatever seems to is misread, and nothing is learnt from it.
            if look.fill != fill_index(Fill::Short) {
                count(&mut shows.fill_inside, look.fill, middle);
                if look.indent == 0 {
                    count(&mut shows.fill_first, look.fill, first);
                }
            }
        }
        self.ends += end;
        self.terminals += look.terminals;
        self.length += look.length;
        if look.fixed.ending.is_terminal() {
            self.terminal += end;
        }
        self.several += first;
        self.starts += start;
        self.more += middle;
        self.inside += inside;
        self.heads += head;
    }
}

fn count<const N: usize>(counts: &mut [f64; N], at: usize, more: f64) {
    if let Some(count) = counts.get_mut(at) {
        *count += more;
    }
}

/// What was counted in the lines around one.
struct Window<'a> {
    before: &'a Counts,
    until: &'a Counts,
}

impl Window<'_> {
    /// The chances of one thing shown, with a prior that weighs as much as so many lines.
    fn chances<const N: usize>(&self, of: fn(&Shows) -> &[f64; N], weight: f64) -> Chances<N> {
        let (before, until) = (of(&self.before.shows), of(&self.until.shows));
        let counts: [f64; N] = std::array::from_fn(|i| until[i] - before[i]);
        Chances { counts, prior: of(&PRIOR.shows), weight, total: counts.iter().sum::<f64>() + weight }
    }
}
