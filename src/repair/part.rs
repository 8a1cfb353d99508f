//! The parts that lines play in their paragraphs, and which may follow which.
//!
//! ```text
//! 面对干涉分化的现实挑战，我们要巩固      First: a Middle or the Last follows
//! 团结力量。携手抵制外部干涉……自己手中。   Last: a Whole, a First or a Head follows
//! ```

/// The part a line plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Whole,
    First,
    Middle,
    Last,
    Head,
}

pub const PARTS: [Part; 5] = [Part::Whole, Part::First, Part::Middle, Part::Last, Part::Head];

impl Part {
    /// The line belongs to the paragraph of the line before.
    #[must_use]
    pub fn goes_on(self) -> bool {
        matches!(self, Self::Middle | Self::Last)
    }
}

/// A number for each part, in the order of [`PARTS`].
pub type Row = [f64; 5];

/// What the first line of a page may be: a column may begin in mid-sentence.
pub const START: Row = [0.15, 0.5, 0.02, 0.01, 0.32];
/// What the last line may be: a column may break off.
pub const END: Row = [1.0, 0.03, 0.03, 1.0, 1.0];

/// The steps into a line. What may follow a line depends on no more than whether it leaves its paragraph open, ends it
/// or is a headline; all other steps are impossible.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step {
    /// From a paragraph that has ended: to `Whole`, `First`, `Head`.
    pub ended: [f64; 3],
    /// Inside a paragraph: to `Middle`, `Last`.
    pub inside: [f64; 2],
    /// From a headline: to `Whole`, `First`, `Head`.
    pub head: [f64; 3],
}

impl Step {
    /// What the parts of the line before give to the parts of this one.
    #[must_use]
    pub fn advance(&self, before: &Row) -> Row {
        let [whole, first, middle, last, head] = *before;
        let [to_whole, to_first, to_head] = std::array::from_fn(|to| {
            let (ended, headed) = (self.ended[to], self.head[to]);
            whole * ended + last * ended + head * headed
        });
        let [to_middle, to_last] = self.inside.map(|inside| first * inside + middle * inside);
        [to_whole, to_first, to_middle, to_last, to_head]
    }

    /// What the parts of this line give back to the parts of the line before.
    #[must_use]
    pub fn retreat(&self, here: &Row) -> Row {
        let [whole, first, middle, last, head] = *here;
        let starts = |to: &[f64; 3]| whole * to[0] + first * to[1] + head * to[2];
        let (ended, headed) = (starts(&self.ended), starts(&self.head));
        let inside = middle * self.inside[0] + last * self.inside[1];
        [ended, inside, inside, ended, headed]
    }

    /// The best way into each part, with the part it comes from.
    #[must_use]
    pub fn best(&self, before: &Row) -> [(f64, usize); 5] {
        let better = |best: (f64, usize), way: (f64, usize)| if way.0 > best.0 { way } else { best };
        let from = |part: usize, step: f64| (before[part] * step, part);
        let starts = |to: usize| {
            let (ended, headed) = (self.ended[to], self.head[to]);
            [from(0, ended), from(3, ended), from(4, headed)].into_iter().fold(NO_WAY, better)
        };
        let goes_on = |to: usize| {
            let inside = self.inside[to];
            [from(1, inside), from(2, inside)].into_iter().fold(NO_WAY, better)
        };
        [starts(0), starts(1), goes_on(0), goes_on(1), starts(2)]
    }
}

const NO_WAY: (f64, usize) = (f64::NEG_INFINITY, 0);

/// A row divided by its sum, and the sum.
#[must_use]
pub fn normal(row: Row) -> (Row, f64) {
    let sum: f64 = row.iter().sum();
    if sum > 0.0 { (row.map(|x| x / sum), sum) } else { ([0.2; 5], 1e-300) }
}

/// Two rows, part by part.
#[must_use]
pub fn times(a: &Row, b: &Row) -> Row {
    std::array::from_fn(|part| a[part] * b[part])
}
