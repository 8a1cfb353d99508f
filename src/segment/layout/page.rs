//! The reading of a page: the most probable part of every row, found over all of them at once.
//!
//! ```text
//! head 习近平会见…总统      title of what follows, or a heading?    Before  ┐
//! text 新华社…电　…         it opens with a dateline                Begin   ├ the best sum
//! text …                    nothing shows that another begins       GoOn    ┘
//! ```

use super::super::grams::{Grams, Head};
use super::super::unit::{Class, Unit};
use super::built::Built;
use super::group::Worth;
use super::newness;
use super::row::{self, Element, Rows};
use super::weights::Weights;
use super::{Plan, Use, inner_titles};

/// Readings of a page, each with the habits that the one before showed.
const READINGS: usize = 3;

/// Divides the units of a page among articles.
#[must_use]
pub fn plans(units: &[Unit], weights: &'static Weights) -> Vec<Plan> {
    let rows = row::rows(units);
    let mut page = Page::new(units, &rows, weights);
    for _ in 0..READINGS {
        let best = page.best();
        // What an earlier reading made of the page already, another would make of it again.
        if best == page.earlier {
            break;
        }
        page.earlier = best;
    }
    page.gather(&page.earlier)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// No article is open.
    Closed,
    /// A title waits for its text.
    Titled,
    /// An article without a title is open.
    Untitled,
    /// An article with a title is open.
    Full,
}

const STATES: [State; 4] = [State::Closed, State::Titled, State::Untitled, State::Full];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Use(Use),
    /// Prose that goes on with the open article.
    GoOn,
    /// Prose that begins an article (or follows its title).
    Begin,
}

/// All that the page shows, and what it is worth.
pub struct Page<'a> {
    pub weights: &'static Weights,
    pub units: &'a [Unit],
    pub elements: &'a [Element],
    rows: &'a Rows,
    /// For each element, whether a title interrupts a sentence of it.
    inner: Vec<bool>,
    /// How each group of head lines is built.
    built: Vec<Option<Built>>,
    /// The least and the most that a headline of the page is indented.
    indents: (u32, u32),
    /// The words of each stretch of prose.
    grams: Grams,
    /// For each stretch of prose, whether it addresses an audience or thanks it.
    spoken: Vec<bool>,
    /// Evidence, per element of prose, that an article begins there; set against the prose before.
    newness: Vec<f32>,
    /// What each group of head lines is worth in each use.
    worth: Vec<Worth>,
    /// What an earlier reading of the page made of each element.
    earlier: Vec<Move>,
}

impl<'a> Page<'a> {
    fn new(units: &'a [Unit], rows: &'a Rows, weights: &'static Weights) -> Self {
        let elements = rows.elements.as_slice();
        let mut page = Self {
            weights,
            units,
            elements,
            rows,
            inner: elements.iter().map(|e| e.units.iter().any(|&host| !inner_titles(units, host).is_empty())).collect(),
            built: elements.iter().map(|e| Built::of(units, e)).collect(),
            indents: (0, 0),
            grams: Grams::default(),
            spoken: Vec::new(),
            newness: Vec::new(),
            worth: Vec::new(),
            earlier: Vec::new(),
        };
        let heads: Vec<String> = (0..elements.len()).filter(|&i| page.titled(i)).map(|i| page.headlines(i)).collect();
        page.grams = Grams::new(heads.iter().map(String::as_str), rows.letters());
        let indents =
            || (0..elements.len()).filter(|&i| page.titled(i)).filter_map(|i| page.first(i)).map(|u| u.indent);
        page.indents = (indents().min().unwrap_or(0), indents().max().unwrap_or(0));
        page.spoken = page.all_spoken();
        page.newness = newness::all(&page);
        page.worth = (0..elements.len()).map(|i| Worth::new(&page, i)).collect();
        page
    }

    /// The words of a head, to be held against stretches of prose.
    #[must_use]
    pub fn head(&self, head: &str) -> Head<'_> {
        self.grams.head(head)
    }

    #[must_use]
    pub fn stretch(&self, element: usize) -> usize {
        self.rows.stretches.get(element).copied().unwrap_or(0)
    }

    /// Whether the stretch of an element addresses an audience or thanks it.
    #[must_use]
    pub fn is_spoken(&self, element: usize) -> bool {
        self.spoken.get(self.stretch(element)).copied().unwrap_or(false)
    }

    #[must_use]
    pub fn newness(&self, element: usize) -> f32 {
        self.newness.get(element).copied().unwrap_or(0.0)
    }

    /// A group of head lines with a headline among them.
    #[must_use]
    pub fn titled(&self, element: usize) -> bool {
        self.elements.get(element).is_some_and(|e| e.head) && self.of(element).any(|u| u.class == Class::Head)
    }

    /// What the headlines of an element say.
    #[must_use]
    pub fn titles(&self, element: usize) -> String {
        self.of(element).filter(|u| u.class == Class::Head).map(|u| u.text.as_str()).collect()
    }

    /// The same with what stands under them.
    #[must_use]
    pub fn headlines(&self, element: usize) -> String {
        let lines = self.of(element).filter(|u| matches!(u.class, Class::Head | Class::Subtitle));
        lines.map(|u| u.text.as_str()).collect()
    }

    /// The units of an element.
    pub fn of(&self, element: usize) -> impl Iterator<Item = &'a Unit> + use<'a> {
        let units = self.units;
        self.elements.get(element).into_iter().flat_map(|e| &e.units).filter_map(|&u| units.get(u))
    }

    #[must_use]
    pub fn first(&self, element: usize) -> Option<&'a Unit> {
        self.of(element).next()
    }

    #[must_use]
    pub fn last(&self, element: usize) -> Option<&'a Unit> {
        self.elements.get(element).and_then(|e| e.units.last()).and_then(|&u| self.units.get(u))
    }

    /// Whether a group of head lines is indented as the paragraph below it, while a headline of the page is not.
    #[must_use]
    pub fn is_as_prose(&self, element: usize, below: Option<usize>) -> bool {
        let indent = |i: usize| self.first(i).map_or(0, |u| u.indent);
        let own = indent(element);
        let (least, most) = self.indents;
        let differs = own.abs_diff(least).max(own.abs_diff(most)) > INDENT / 2;
        own >= INDENT && differs && below.is_some_and(|below| indent(below).abs_diff(own) < INDENT / 2)
    }

    fn all_spoken(&self) -> Vec<bool> {
        let mut all = vec![false; self.rows.stretches.last().map_or(0, |last| last + 1)];
        for (i, _) in self.elements.iter().enumerate().filter(|(_, e)| !e.head) {
            if let Some(spoken) = all.get_mut(self.stretch(i)) {
                *spoken |= self.of(i).any(|u| matches!(u.class, Class::Salutation | Class::Thanks));
            }
        }
        all
    }

    /// The most probable uses, element by element.
    fn best(&self) -> Vec<Move> {
        let habits = Habits::of(self);
        let mut table: Vec<[(f32, usize, Move); 4]> = Vec::with_capacity(self.elements.len());
        let mut scores = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        for i in 0..self.elements.len() {
            let mut next = [(f32::NEG_INFINITY, 0, Move::GoOn); 4];
            for (s, &state) in STATES.iter().enumerate() {
                if scores[s] == f32::NEG_INFINITY {
                    continue;
                }
                self.moves(i, state, habits, |score, to, made| {
                    let total = scores[s] + score;
                    if total > next[to as usize].0 {
                        next[to as usize] = (total, s, made);
                    }
                });
            }
            scores = next.map(|(score, _, _)| score);
            table.push(next);
        }
        for (score, state) in scores.iter_mut().zip(STATES) {
            // A title that waits for a text at the end of the page is worth less.
            *score += self.leaving(state) + when(state == State::Titled, self.weights.no_text);
        }
        let mut at = (0..4).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap_or(0);
        let mut moves = Vec::with_capacity(table.len());
        for row in table.iter().rev() {
            let (_, from, made) = row[at];
            moves.push(made);
            at = from;
        }
        moves.reverse();
        moves
    }

    /// Offers all that may be made of element `i` in a state: what it is worth, the state after it, and what it is.
    fn moves(&self, i: usize, state: State, habits: Habits, offer: impl FnMut(f32, State, Move)) {
        match self.elements.get(i) {
            Some(element) if element.head => self.head_moves(i, state, habits, offer),
            Some(_) => self.prose_moves(i, state, offer),
            None => {}
        }
    }

    fn prose_moves(&self, i: usize, state: State, mut offer: impl FnMut(f32, State, Move)) {
        let w = self.weights;
        let adjacent = i.checked_sub(1).and_then(|b| self.elements.get(b)).is_some_and(|b| !b.head);
        let says = self.first(i).is_some_and(|u| matches!(u.class, Class::Prose | Class::Salutation));
        let turn = |turns: &[f32]| turns.get(i).copied().filter(|_| says).unwrap_or(0.0);
        let newness = self.newness(i)
            + if adjacent {
                w.adjacent + w.turn * turn(&self.rows.sharp)
            } else {
                w.turn_below_head * turn(&self.rows.turns)
            };
        let inner = self.inner.get(i).copied().unwrap_or(false);
        let begun = if inner || state == State::Titled { State::Full } else { State::Untitled };
        let twice = when(inner && state == State::Titled, w.titled_twice);
        offer(newness + twice + self.leaving(state), begun, Move::Begin);
        match state {
            State::Closed | State::Titled => {}
            State::Untitled if inner => offer(-newness, State::Full, Move::GoOn),
            State::Untitled | State::Full => offer(-newness + when(inner, w.titled_within), state, Move::GoOn),
        }
    }

    /// What it is worth that an article ends here: without a title, few do.
    fn leaving(&self, state: State) -> f32 {
        when(state == State::Untitled, self.weights.untitled)
    }

    fn head_moves(&self, i: usize, state: State, habits: Habits, mut offer: impl FnMut(f32, State, Move)) {
        let Some(worth) = self.worth.get(i) else { return };
        offer(worth.furniture, state, Move::Use(Use::Furniture));
        let follows_head = i.checked_sub(1).and_then(|b| self.elements.get(b)).is_some_and(|e| e.head);
        if worth.title {
            let undated = when(worth.undated, habits.dated * self.weights.next_undated);
            if state != State::Titled {
                let before = worth.before + undated - habits.after + self.leaving(state);
                offer(before, State::Titled, Move::Use(Use::Before));
            }
            if state == State::Untitled {
                offer(worth.after + habits.after, State::Closed, Move::Use(Use::After));
            }
        } else if state != State::Titled && worth.followed {
            offer(self.weights.bare_head + self.leaving(state), State::Titled, Move::Use(Use::Before));
        }
        if follows_head && matches!(state, State::Titled | State::Closed) {
            offer(worth.more, state, Move::Use(Use::More));
        }
        if state == State::Titled {
            offer(worth.section + worth.first_section, state, Move::Use(Use::Section));
        }
        if matches!(state, State::Untitled | State::Full) {
            offer(worth.section + self.alike(i), state, Move::Use(Use::Section));
            offer(worth.signature, state, Move::Use(Use::Signature));
        }
    }

    /// Whether the lines of the page that are built like this one were read as headings or as titles.
    fn alike(&self, i: usize) -> f32 {
        let w = self.weights;
        let built = |k: usize| self.built.get(k).copied().flatten();
        let Some(own) = built(i) else { return 0.0 };
        let near = i.saturating_sub(20)..(i + 21).min(self.elements.len());
        let alike = near.filter(|&k| k != i).filter(|&k| built(k).is_some_and(|other| own.is_like(other)));
        let mut count = 0;
        let sum: f32 = alike
            .inspect(|_| count += 1)
            .map(|k| match self.earlier.get(k) {
                _ if own.spaced => w.alike_spaced,
                Some(Move::Use(Use::Section)) => w.alike_section,
                Some(Move::Use(Use::Before | Use::After)) => w.alike_title,
                _ => 0.0,
            })
            .sum();
        if count == 0 { w.alike_none } else { sum.clamp(-0.8, 3.2) }
    }

    fn gather(&self, moves: &[Move]) -> Vec<Plan> {
        let mut plans: Vec<Plan> = Vec::new();
        let mut pending: Option<Plan> = None;
        let mut last_use = Use::Section;
        for (element, made) in self.elements.iter().zip(moves) {
            let used = match made {
                Move::Use(Use::More) => last_use,
                Move::Use(used) => *used,
                Move::GoOn | Move::Begin => {
                    let begins = *made == Move::Begin || plans.is_empty();
                    if begins {
                        plans.push(pending.take().unwrap_or_default());
                    }
                    if let Some(plan) = plans.last_mut() {
                        plan.elements.push((element.clone(), None));
                    }
                    continue;
                }
            };
            last_use = used;
            let entry = (element.clone(), Some(used));
            if used == Use::Before {
                let plan = pending.get_or_insert_with(Plan::default);
                plan.titled = Some(Use::Before);
                plan.elements.push(entry);
            } else if let (Use::Section, Some(plan)) = (used, &mut pending) {
                plan.elements.push(entry);
            } else if let Some(plan) = plans.last_mut() {
                if used == Use::After {
                    plan.titled = Some(Use::After);
                }
                plan.elements.push(entry);
            } else {
                plans.push(Plan { elements: vec![entry], titled: None });
            }
        }
        plans.extend(pending);
        plans
    }
}

/// Space of an indent at the least, in quarter ems.
const INDENT: u32 = 4;

/// Evidence from which on an article shows its own start.
pub const SHOWN: f32 = 1.5;

/// What a piece of evidence adds where it is seen.
#[must_use]
pub fn when(seen: bool, worth: f32) -> f32 {
    if seen { worth } else { 0.0 }
}

/// What an earlier reading shows of the page's ways.
#[derive(Clone, Copy)]
struct Habits {
    /// Titles stand after their texts: above zero they do.
    after: f32,
    /// Share of the titles before their texts whose text opens with a dateline.
    dated: f32,
}

impl Habits {
    #[expect(clippy::cast_precision_loss, reason = "numbers of headlines on a page")]
    fn of(page: &Page<'_>) -> Self {
        let made = |wanted: Use| page.earlier.iter().enumerate().filter(move |(_, m)| **m == Move::Use(wanted));
        let (before, after) = (made(Use::Before).count(), made(Use::After).count());
        let lean = (after as f32 - before as f32) * page.weights.habit;
        let dated = made(Use::Before).filter(|&(i, _)| page.worth.get(i).is_some_and(|w| !w.undated)).count();
        Self { after: lean.clamp(-0.8, 0.8), dated: if before > 1 { dated as f32 / before as f32 } else { 0.0 } }
    }
}
