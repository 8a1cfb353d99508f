//! Lines → blocks with the ledger.
//!
//! ```text
//! 面对干涉分化的现实挑战，我们要巩固
//!                                      → 面对干涉分化的现实挑战，我们要巩固团结力量。…  ledger: Bridge after line 21
//! 团结力量。…
//! ```

mod apart;
mod follow;
mod join;
mod leap;
mod likely;
mod line;
mod measure;
mod observe;
mod open;
mod part;
mod picture;
mod spans;
mod style;
mod trigram;
mod weigh;

pub use line::Line;
pub use measure::Measure;
pub use observe::{Ending, is_enumerator, is_item_sign, is_number, is_salutation};
pub use part::Part;
pub use picture::{INDENT, is_below_title, is_title};
pub use spans::word as spans;

use std::ops::Range;

use observe::Shown;
use spans::Span;

use crate::model::{Repair, Rule, Sign, Signs, Source};
use crate::transliteration;

/// The lines of a seed, read: which are prose and go on, which are headlines.
#[derive(Clone, Debug, Default)]
pub struct Repaired<'a> {
    pub lines: Vec<Line<'a>>,
    pub measures: Vec<Measure>,
    pub blocks: Vec<Block>,
}

/// Lines that make one paragraph, or one line of a headline.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Indices into [`Repaired::lines`], rising; with a leap where something interrupts.
    pub lines: Vec<usize>,
    pub matter: Matter,
    pub ledger: Vec<Repair>,
    /// The least certain decision in and around it, 0.5 to 1.
    pub confidence: f32,
}

/// What lines are by how they are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    Prose,
    /// No prose: a headline, a byline, a signature, a mark of the page.
    Head,
    /// Words of the page, set again to catch the eye.
    Quote,
}

/// Reads the lines of one seed.
#[must_use]
pub fn repair(source: &Source) -> Repaired<'_> {
    let lines = line::lines(source);
    let apart = apart::apart(&lines);
    let aside: Vec<Block> = apart.iter().map(|(run, matter)| set_apart(&lines, run.clone(), *matter)).collect();
    let apart: Vec<Range<usize>> = apart.into_iter().map(|(run, _)| run).collect();
    let flow = Flow::new(lines, &apart);
    let measures = measure::measures(&flow.lines);
    let shown = observe::observe(&flow.lines, &measures);
    let mut reading = join::read(&flow.lines, &shown);
    overrule(source, &flow.lines, &mut reading);
    let mut blocks = blocks(&flow.lines, &shown, &reading);
    for block in &mut blocks {
        flow.restore(block);
    }
    blocks.extend(aside);
    blocks.sort_by_key(|b| b.lines.first().copied());
    let (lines, measures) = flow.page(measures);
    Repaired { lines, measures, blocks }
}

/// The lines of a page without those that stand apart.
struct Flow<'a> {
    lines: Vec<Line<'a>>,
    /// Where each stands on the page.
    places: Vec<usize>,
    /// Those that stand apart.
    aside: Vec<Line<'a>>,
}

impl<'a> Flow<'a> {
    fn new(lines: Vec<Line<'a>>, apart: &[Range<usize>]) -> Self {
        if apart.is_empty() {
            return Self { places: (0..lines.len()).collect(), lines, aside: Vec::new() };
        }
        let mut flow = Self { lines: Vec::with_capacity(lines.len()), places: Vec::new(), aside: Vec::new() };
        let mut runs = apart.iter().peekable();
        let mut resumes = false;
        for (place, mut line) in lines.into_iter().enumerate() {
            runs.next_if(|run| run.end <= place);
            if runs.peek().is_some_and(|run| run.contains(&place)) {
                flow.aside.push(line);
                resumes = true;
            } else {
                line.resumes |= std::mem::take(&mut resumes);
                flow.lines.push(line);
                flow.places.push(place);
            }
        }
        flow
    }

    /// Sees a block on the page again: its lines by their places there.
    fn restore(&self, block: &mut Block) {
        for line in &mut block.lines {
            *line = self.places.get(*line).copied().unwrap_or(*line);
        }
    }

    /// All lines of the page again, with what is known of the columns of those that flow.
    fn page(self, measures: Vec<Measure>) -> (Vec<Line<'a>>, Vec<Measure>) {
        if self.aside.is_empty() {
            return (self.lines, measures);
        }
        let length = self.lines.len() + self.aside.len();
        let mut aside = self.aside.into_iter();
        let mut flowing = self.lines.into_iter().zip(self.places).zip(measures).peekable();
        (0..length)
            .filter_map(|place| match flowing.next_if(|((_, own), _)| *own == place) {
                Some(((line, _), measure)) => Some((line, measure)),
                None => aside.next().map(|line| (line, Measure::default())),
            })
            .unzip()
    }
}

/// The block of some lines that stand apart.
fn set_apart(lines: &[Line<'_>], run: Range<usize>, matter: Matter) -> Block {
    let mut block = Block { lines: run.clone().collect(), matter, ledger: Vec::new(), confidence: APART };
    for i in run.clone() {
        if i > run.start {
            let line = lines.get(i - 1).map_or(0, |l| l.number);
            block.ledger.push(Repair { rule: Rule::Join, line, confidence: APART, signs: Signs::default() });
        }
        spacing(lines, i, &mut block.ledger);
    }
    block
}

/// How surely lines stand apart that are known by their words and set off by space.
const APART: f32 = 0.95;

/// What a sidecar says of joins and breaks stands.
fn overrule(source: &Source, lines: &[Line<'_>], reading: &mut join::Reading) {
    let Some(sidecar) = &source.sidecar else { return };
    let after = |line: u32| lines.iter().position(|l| l.number > line);
    for fixed in &sidecar.joins {
        if let Some(i) = after(fixed.line)
            && let Some(p) = reading.goes_on.get_mut(i)
        {
            *p = 2.0;
        }
    }
    for fixed in &sidecar.breaks {
        if let Some(i) = after(fixed.line)
            && let Some(p) = reading.goes_on.get_mut(i)
        {
            *p = -1.0;
        }
    }
}

fn blocks(lines: &[Line<'_>], shown: &[Shown], reading: &join::Reading) -> Vec<Block> {
    let mut builder = Blocks { page: Read { lines, shown, reading }, blocks: Vec::new() };
    let mut i = 0;
    // The block that each interruption breaks is open until the interruption ends.
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    let mut interruptions = reading.interruptions.iter().peekable();
    let mut current: Option<usize> = None;
    while i < lines.len() {
        if let Some(&&(from, to)) = interruptions.peek()
            && from == i
        {
            interruptions.next();
            waiting.extend(current.map(|block| (to, block)));
            current = None;
        }
        if let Some(&(to, block)) = waiting.last()
            && to == i
        {
            waiting.pop();
            builder.resume(block, i);
            current = Some(block);
        } else {
            current = builder.place(current, i);
        }
        i += 1;
    }
    builder.blocks.sort_by_key(|b| b.lines.first().copied());
    builder.blocks
}

/// A page that was read.
#[derive(Clone, Copy)]
struct Read<'a> {
    lines: &'a [Line<'a>],
    shown: &'a [Shown],
    reading: &'a join::Reading,
}

/// Lines that a paragraph usually has no more of: room is made for them at once.
const USUAL: usize = 8;
/// Lines of a note in brackets under a headline, at most.
const LONGEST_NOTE: usize = 4;

struct Blocks<'a> {
    page: Read<'a>,
    blocks: Vec<Block>,
}

impl Blocks<'_> {
    /// Puts line `i` into the current block or begins a new one.
    fn place(&mut self, current: Option<usize>, i: usize) -> Option<usize> {
        let page = self.page;
        let p = page.reading.goes_on.get(i).copied().unwrap_or(0.0);
        let part = page.reading.parts.get(i).copied().unwrap_or(Part::Head);
        let fixed = !(0.0..=1.0).contains(&p);
        let joins = if fixed { p > 1.0 } else { part.goes_on() || part == Part::Head && self.breaks_off(current, i) };
        let sure = if fixed { 1.0 } else { p.max(1.0 - p) };
        if joins
            && let Some(at) = current
            && let Some(block) = self.blocks.get_mut(at)
        {
            let before = block.lines.last().copied().unwrap_or(i);
            let rule = match page.lines.get(i) {
                Some(line) if line.resumes => Rule::Interrupted,
                Some(line) if line.gap > 0 => Rule::Bridge,
                _ => Rule::Join,
            };
            block.ledger.push(page.repair(before, i, rule, sure, fixed));
            block.lines.push(i);
            block.confidence = block.confidence.min(sure);
            spacing(page.lines, i, &mut block.ledger);
            return current;
        }
        let mut ledger = Vec::with_capacity(USUAL);
        if (fixed || sure < 0.9)
            && let Some(block) = current.and_then(|at| self.blocks.get_mut(at))
            && let Some(&before) = block.lines.last()
        {
            block.ledger.push(page.repair(before, i, Rule::Break, sure, fixed));
            block.confidence = block.confidence.min(sure);
        }
        spacing(page.lines, i, &mut ledger);
        let mut lines = Vec::with_capacity(USUAL);
        lines.push(i);
        let matter = if part == Part::Head { Matter::Head } else { Matter::Prose };
        self.blocks.push(Block { lines, matter, ledger, confidence: sure });
        Some(self.blocks.len() - 1)
    }

    /// Whether a headline or signature above line `i` breaks off within a name, or within the brackets that it opened with.
    fn breaks_off(&self, current: Option<usize>, i: usize) -> bool {
        let above = current.and_then(|at| self.blocks.get(at)).filter(|block| block.matter == Matter::Head);
        let above = above.map_or(&[][..], |block| &block.lines);
        let line_at = |at: Option<&usize>| at.and_then(|&at| self.page.lines.get(at));
        let (Some(first), Some(last), Some(line)) = (line_at(above.first()), line_at(above.last()), line_at(Some(&i)))
        else {
            return false;
        };
        let closed = |line: &Line<'_>| line.text.contains(['）', ')']);
        let open = above.len() < LONGEST_NOTE && first.text.starts_with(['（', '(']) && !closed(first) && !closed(last);
        line.gap == 0 && (open || transliteration::spans(&last.text, &line.text))
    }

    /// Goes on with an interrupted block at line `i`.
    fn resume(&mut self, at: usize, i: usize) {
        let page = self.page;
        let sure = page.reading.goes_on.get(i).copied().unwrap_or(0.5).clamp(0.0, 1.0);
        if let Some(block) = self.blocks.get_mut(at) {
            let before = block.lines.last().copied().unwrap_or(i);
            block.ledger.push(page.repair(before, i, Rule::Interrupted, sure, false));
            block.lines.push(i);
            block.confidence = block.confidence.min(sure);
            spacing(page.lines, i, &mut block.ledger);
        }
    }
}

fn spacing(lines: &[Line<'_>], i: usize, ledger: &mut Vec<Repair>) {
    let Some(line) = lines.get(i) else { return };
    if line.spaced {
        let signs = Signs::default().with(Sign::LetterSpaced);
        ledger.push(Repair { rule: Rule::CloseSpacing, line: line.number, confidence: 0.99, signs });
    }
    if line.dropped {
        let signs = Signs::default().with(Sign::BesideDigit);
        ledger.push(Repair { rule: Rule::DropSpace, line: line.number, confidence: 0.95, signs });
    }
}

impl Read<'_> {
    /// The ledger entry for what was decided after line `before`.
    fn repair(self, before: usize, i: usize, rule: Rule, sure: f32, fixed: bool) -> Repair {
        let Self { lines, shown, reading } = self;
        let mut signs = Signs::default();
        if let (Some(left), Some(right), Some(ends), Some(begins)) =
            (lines.get(before), lines.get(i), shown.get(before), shown.get(i))
        {
            let mut see = |holds: bool, sign: Sign| {
                if holds {
                    signs = signs.with(sign);
                }
            };
            see(fixed, Sign::Sidecar);
            see(ends.ending.is_terminal(), Sign::Terminal);
            see(
                matches!(ends.ending, Ending::Other | Ending::Leaning | Ending::Pause | Ending::Opening),
                Sign::Unfinished,
            );
            let full = matches!(ends.fill, measure::Fill::Full | measure::Fill::Over);
            see(ends.trust > 0.5 && full, Sign::Full);
            see(ends.trust > 0.5 && ends.fill == measure::Fill::Short, Sign::Short);
            see(begins.indent == 1, Sign::Indent);
            see(begins.indent == 0 && rule != Rule::Break, Sign::NoIndent);
            see(right.gap > 0, Sign::Blank);
            see(ends.open, Sign::Open);
            see(begins.beginning == observe::Beginning::Kinsoku, Sign::Kinsoku);
            // Between two lines of the flow it is known already what spans the break.
            let known = reading.spans.get(i).copied().flatten().filter(|_| before + 1 == i);
            let word = match known {
                Some(Span::Nothing) => false,
                Some(Span::Word) => true,
                Some(Span::Familiar) | None => ends.ending.is_unmarked() && spans::word(&left.text, &right.text),
            };
            see(word, Sign::Word);
        }
        Repair { rule, line: lines.get(before).map_or(0, |l| l.number), confidence: sure, signs }
    }
}
