//! Which headline belongs to which text: before it, after it, inside it, or to none.
//!
//! A page is a row of texts and groups of head lines. Every group is given a part and every text is joined to the one
//! before or begins an article, so that the sum of the evidence is greatest.
//!
//! ```text
//! text 新华社阿斯塔纳7月4日电…       ┐ one article: the group after it speaks of it, and no other is left for it
//! head 习近平出席…第二十四次会议      ┘
//! text 上海合作组织（以下称…         ┐
//! head …阿斯塔纳宣言（摘要）          ┘ the same habit of the page
//! ```

use super::grams::{Grams, stands_in};
use super::unit::{Class, Unit};
use crate::repair::is_enumerator;

/// What a group of head lines is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Title of the text that follows.
    Before,
    /// Title of the text that went before.
    After,
    /// Heading of a section.
    Section,
    /// Signature of the text that went before.
    Signature,
    /// A pull quote: no part of any article.
    Furniture,
    /// More of the group before it.
    More,
}

/// A row of units that belong together.
#[derive(Clone, Debug)]
pub struct Element {
    pub head: bool,
    pub units: Vec<usize>,
}

/// Units given to one article, each head group with its use.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub elements: Vec<(Element, Option<Use>)>,
    /// How much better this reading is than the next best: small sums are doubtful.
    pub titled: Option<Use>,
}

/// Divides the units of a page among articles. What is in none is left to the caller.
#[must_use]
pub fn plans(units: &[Unit]) -> Vec<Plan> {
    let elements = elements(units);
    let page = Page::new(units, &elements);
    let first = page.best(0.0);
    let second = page.best(page.habit(&first));
    page.gather(&second)
}

fn is_head(class: Class) -> bool {
    matches!(class, Class::Head | Class::Subtitle | Class::Byline | Class::DateLine | Class::Speaker)
}

/// Rows of prose and rows of head lines, without captions, furniture and what stands inside a sentence.
fn elements(units: &[Unit]) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut last: Option<usize> = None;
    for (ix, unit) in units.iter().enumerate() {
        let aside = matches!(unit.class, Class::Caption | Class::Furniture | Class::ContinuedOn);
        if aside || unit.inside.is_some() {
            continue;
        }
        let before = last.and_then(|l| units.get(l));
        let goes_on = match (elements.last(), before) {
            (Some(row), Some(before)) if row.head == is_head(unit.class) => {
                if row.head {
                    is_same_group(units, row, unit)
                } else {
                    !is_cut(before, unit)
                }
            }
            _ => false,
        };
        match elements.last_mut() {
            Some(row) if goes_on => row.units.push(ix),
            _ => elements.push(Element { head: is_head(unit.class), units: vec![ix] }),
        }
        last = Some(ix);
    }
    elements
}

/// Whether a head line belongs to the group before it: a new headline after a blank line begins its own.
fn is_same_group(units: &[Unit], row: &Element, unit: &Unit) -> bool {
    let has = |class| row.units.iter().filter_map(|&i| units.get(i)).any(|u| u.class == class);
    let open = row.units.last().and_then(|&i| units.get(i)).is_some_and(|u| is_open(&u.text));
    match unit.class {
        _ if open => true,
        Class::Head => {
            unit.gap == 0
                && !has(Class::Speaker)
                && !has(Class::DateLine)
                && !has(Class::Byline)
                && !has(Class::Subtitle)
        }
        _ => true,
    }
}

/// `《` was opened and not closed.
fn is_open(text: &str) -> bool {
    text.matches('《').count() > text.matches('》').count()
}

/// Whether an article may end between two units of prose.
fn is_cut(before: &Unit, unit: &Unit) -> bool {
    before.class == Class::End
        || before.closing.is_some()
        || before.class == Class::Thanks
        || unit.opening.is_some()
        || unit.continued.is_some()
        || (unit.class == Class::Salutation && before.class == Class::Prose)
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
enum Move {
    Use(Use),
    /// Prose that goes on with the open article.
    GoOn,
    /// Prose that begins an article (or follows its title).
    Begin,
}

struct Page<'a> {
    units: &'a [Unit],
    elements: &'a [Element],
    grams: Grams,
    /// Evidence, per element of prose, that an article begins there; set against the prose before.
    newness: Vec<f32>,
    cohesion: Vec<f32>,
}

impl<'a> Page<'a> {
    fn new(units: &'a [Unit], elements: &'a [Element]) -> Self {
        let texts = elements.iter().map(|e| {
            if e.head {
                Vec::new()
            } else {
                e.units.iter().filter_map(|&i| units.get(i)).map(|u| u.text.as_str()).collect()
            }
        });
        let grams = Grams::new(texts);
        let mut page =
            Self { units, elements, grams, newness: vec![0.0; elements.len()], cohesion: vec![0.0; elements.len()] };
        let mut before: Option<usize> = None;
        for (i, element) in elements.iter().enumerate() {
            if element.head {
                continue;
            }
            let cohesion = before.map_or(0.0, |b| page.grams.cohesion(b, i));
            let newness = page.newness(before, i, cohesion);
            if let (Some(n), Some(c)) = (page.newness.get_mut(i), page.cohesion.get_mut(i)) {
                *n = newness;
                *c = cohesion;
            }
            before = Some(i);
        }
        page
    }

    fn unit(&self, element: usize, last: bool) -> Option<&'a Unit> {
        let units = &self.elements.get(element)?.units;
        let ix = if last { units.last() } else { units.first() };
        self.units.get(*ix?)
    }

    fn newness(&self, before: Option<usize>, i: usize, cohesion: f32) -> f32 {
        let Some(first) = self.unit(i, false) else { return 0.0 };
        let mut score = -1.2 - 6.0 * (cohesion - 0.14).clamp(-0.12, 0.3);
        score += if first.opening.is_some() { 3.5 } else { 0.0 };
        score += if first.continued.is_some() { 6.0 } else { 0.0 };
        score += if first.class == Class::Salutation { 0.8 } else { 0.0 };
        if let Some(last) = before.and_then(|b| self.unit(b, true)) {
            score += if last.closing.is_some() { 4.5 } else { 0.0 };
            score += if last.class == Class::Thanks { 0.9 } else { 0.0 };
            score += if first.measure.is_some() && last.measure.is_some() && first.measure != last.measure {
                0.4
            } else {
                0.0
            };
            score -= if last.unfinished { 2.5 } else { 0.0 };
        }
        score
    }

    /// The most probable uses, element by element.
    fn best(&self, habit: f32) -> Vec<Move> {
        let mut table: Vec<[(f32, usize, Move); 4]> = Vec::with_capacity(self.elements.len());
        let mut scores = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        for i in 0..self.elements.len() {
            let mut next = [(f32::NEG_INFINITY, 0, Move::GoOn); 4];
            for (s, &state) in STATES.iter().enumerate() {
                if scores[s] == f32::NEG_INFINITY {
                    continue;
                }
                for (score, to, made) in self.moves(i, state, habit) {
                    let total = scores[s] + score;
                    if total > next[to as usize].0 {
                        next[to as usize] = (total, s, made);
                    }
                }
            }
            scores = next.map(|(score, _, _)| score);
            table.push(next);
        }
        let mut at = (0..4).max_by(|&a, &b| self.closing(scores, a).total_cmp(&self.closing(scores, b))).unwrap_or(0);
        let mut moves = Vec::with_capacity(table.len());
        for row in table.iter().rev() {
            let (_, from, made) = row[at];
            moves.push(made);
            at = from;
        }
        moves.reverse();
        moves
    }

    /// A title that waits for a text at the end of the page is worth less, an untitled article a little less.
    fn closing(&self, scores: [f32; 4], state: usize) -> f32 {
        scores[state] - if state == State::Titled as usize { 2.5 } else { 0.0 }
    }

    fn moves(&self, i: usize, state: State, habit: f32) -> Vec<(f32, State, Move)> {
        let Some(element) = self.elements.get(i) else { return Vec::new() };
        if element.head { self.head_moves(i, state, habit) } else { self.prose_moves(i, state) }
    }

    fn prose_moves(&self, i: usize, state: State) -> Vec<(f32, State, Move)> {
        let newness = self.newness.get(i).copied().unwrap_or(0.0);
        // An article without a title is rare unless it shows its own start.
        let untitled = if newness > 1.5 { -0.4 } else { -1.2 };
        match state {
            State::Titled => vec![(0.0, State::Full, Move::Begin)],
            State::Closed => vec![(untitled, State::Untitled, Move::Begin)],
            State::Untitled | State::Full => {
                vec![(-newness, state, Move::GoOn), (newness + untitled, State::Untitled, Move::Begin)]
            }
        }
    }

    fn head_moves(&self, i: usize, state: State, habit: f32) -> Vec<(f32, State, Move)> {
        let group = Group::new(self, i);
        let mut moves = vec![(group.furniture(), state, Move::Use(Use::Furniture))];
        let follows_head = i.checked_sub(1).and_then(|b| self.elements.get(b)).is_some_and(|e| e.head);
        if group.can_be_title() {
            if state != State::Titled {
                moves.push((group.before() - habit, State::Titled, Move::Use(Use::Before)));
            }
            if state == State::Untitled {
                moves.push((group.after() + habit, State::Closed, Move::Use(Use::After)));
            }
        } else if matches!(state, State::Closed | State::Untitled | State::Full) && group.next.is_some() {
            moves.push((-0.6, State::Titled, Move::Use(Use::Before)));
        }
        if follows_head && matches!(state, State::Titled | State::Closed) {
            moves.push((group.more(), state, Move::Use(Use::More)));
        }
        if matches!(state, State::Untitled | State::Full) {
            moves.push((group.section(), state, Move::Use(Use::Section)));
            moves.push((group.signature(), state, Move::Use(Use::Signature)));
        }
        moves
    }

    /// Whether this page sets titles after their texts: above zero it does.
    fn habit(&self, moves: &[Move]) -> f32 {
        let count = |wanted: Use| moves.iter().filter(|m| **m == Move::Use(wanted)).count();
        #[expect(clippy::cast_precision_loss, reason = "numbers of headlines on a page")]
        let lean = count(Use::After) as f32 - count(Use::Before) as f32;
        (lean * 0.3).clamp(-0.8, 0.8)
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

/// A group of head lines in its place.
struct Group<'a> {
    page: &'a Page<'a>,
    i: usize,
    text: String,
    length: usize,
    titles: usize,
    /// The prose before and after it.
    previous: Option<usize>,
    next: Option<usize>,
}

impl<'a> Group<'a> {
    fn new(page: &'a Page<'a>, i: usize) -> Self {
        let elements = page.elements;
        let units: Vec<&Unit> =
            elements.get(i).into_iter().flat_map(|e| &e.units).filter_map(|&u| page.units.get(u)).collect();
        let titles: Vec<&str> = units.iter().filter(|u| u.class == Class::Head).map(|u| u.text.as_str()).collect();
        let text: String = titles.concat();
        let is_prose = |&k: &usize| elements.get(k).is_some_and(|e| !e.head);
        Self {
            page,
            i,
            length: text.chars().count(),
            text,
            titles: titles.len(),
            previous: (0..i).rev().take(8).find(is_prose),
            next: (i + 1..elements.len()).take(8).find(is_prose),
        }
    }

    fn can_be_title(&self) -> bool {
        self.titles > 0
    }

    fn first(&self) -> Option<&'a Unit> {
        self.page.unit(self.i, false)
    }

    fn overlap_next(&self) -> f32 {
        self.next.map_or(0.0, |n| self.page.grams.overlap(&self.text, n))
    }

    /// With the article before: its last text, or an earlier one up to a sure beginning.
    fn overlap_previous(&self) -> f32 {
        let mut best: f32 = 0.0;
        let mut seen = 0;
        for k in (0..self.i).rev() {
            if self.page.elements.get(k).is_some_and(|e| e.head) {
                continue;
            }
            best = best.max(self.page.grams.overlap(&self.text, k));
            seen += 1;
            if seen >= 6 || self.page.newness.get(k).is_some_and(|&n| n > 1.5) {
                break;
            }
        }
        best
    }

    /// An article shows its own start below.
    fn next_begins(&self) -> f32 {
        let Some(first) = self.next.and_then(|n| self.page.unit(n, false)) else { return 0.0 };
        let dateline = if first.opening.is_some() { 1.6 } else { 0.0 };
        let salutation = if first.class == Class::Salutation { 1.2 } else { 0.0 };
        dateline + salutation
    }

    /// The text above shows its own end.
    fn previous_ends(&self) -> f32 {
        match self.previous.and_then(|p| self.page.unit(p, true)) {
            None => 1.0,
            Some(last) if last.closing.is_some() => 1.0,
            Some(last) if last.class == Class::Thanks => 0.6,
            Some(last) if last.unfinished => -1.0,
            Some(_) => 0.0,
        }
    }

    fn cohesion(&self) -> f32 {
        let c = self.next.and_then(|n| self.page.cohesion.get(n)).copied().unwrap_or(0.0);
        if self.previous.is_some() { (6.0 * (c - 0.14)).clamp(-0.9, 1.5) } else { 0.0 }
    }

    fn width(&self) -> f32 {
        match self.length {
            0..=4 => -1.2,
            5..=7 => -0.5,
            8..=40 => 0.4,
            _ => 0.0,
        }
    }

    fn before(&self) -> f32 {
        let nearer = match (self.first().map(|u| u.gap), self.page.unit(self.i + 1, false).map(|u| u.gap)) {
            (Some(above), Some(below)) if above > below => 0.35,
            (Some(above), Some(below)) if above < below => -0.35,
            _ => 0.0,
        };
        let text = if self.next.is_some() { 0.0 } else { -3.0 };
        0.6 + 3.0 * (self.overlap_next() - 0.35)
            + self.next_begins()
            + self.previous_ends()
            + self.width()
            + nearer
            + text
            - self.cohesion()
    }

    fn after(&self) -> f32 {
        let below = match self.next {
            None => 1.0,
            Some(_) => 0.35 * self.next_begins(),
        };
        let margin = self.overlap_previous() - self.overlap_next();
        -0.6 + 3.0 * (self.overlap_previous() - 0.35) + 1.5 * margin + self.previous_ends() * 0.8 + self.width() + below
            - self.cohesion() * 0.5
    }

    fn section(&self) -> f32 {
        let numbered = if is_enumerator(&self.text) || is_numeral(&self.text) { 2.2 } else { 0.0 };
        let short = if self.length <= 18 { 0.3 } else { -0.5 - 0.05 * (self.length.min(60) as f32 - 18.0) };
        let lines = if self.titles > 1 { -0.8 } else { 0.0 };
        let ends = if self.next.is_none() { -2.0 } else { 0.0 };
        let other = if self.titles == 0 { -1.5 } else { 0.0 };
        let lead = -2.0 * (self.overlap_previous() - 0.7).max(0.0);
        let siblings = 0.5 * self.siblings().min(3) as f32;
        0.2 + siblings + numbered + lead + short + lines + ends + other
            - 1.6 * self.previous_ends().max(0.0)
            - self.next_begins()
    }

    /// Other single lines of the page that are built like this one, as the headings of an article are.
    fn siblings(&self) -> usize {
        let built = |units: &[usize]| match units {
            [one] => self
                .page
                .units
                .get(*one)
                .filter(|u| u.class == Class::Head)
                .map(|u| (u.text.chars().count(), u.text.contains(crate::mark::is_space), is_enumerator(&u.text))),
            _ => None,
        };
        let near = self.i.saturating_sub(20)..(self.i + 21).min(self.page.elements.len());
        let Some(own) = self.page.elements.get(self.i).and_then(|e| built(&e.units)) else { return 0 };
        near.filter(|&k| k != self.i)
            .filter_map(|k| self.page.elements.get(k).filter(|e| e.head))
            .filter_map(|e| built(&e.units))
            .filter(|other| own.0.abs_diff(other.0) <= 2 && (own.1, own.2) == (other.1, other.2))
            .count()
    }

    fn signature(&self) -> f32 {
        let Some(first) = self.first() else { return -3.0 };
        let ends = self.next.and_then(|n| self.page.unit(n, false)).is_some_and(|u| u.class == Class::End);
        let far = if first.indent >= 20 { 1.0 } else { 0.0 };
        let plain = if self.titles == 0 { 1.4 } else { -1.2 };
        let length = if self.length > 16 { -1.5 } else { 0.0 };
        let last = if self.next.is_none() { 0.4 } else { 0.0 };
        plain + far + length + last + if ends { 2.2 } else { 0.0 } - self.previous_ends().max(0.0)
    }

    /// A sentence of the text that is set again to catch the eye.
    fn furniture(&self) -> f32 {
        let near = self.i.saturating_sub(5)..(self.i + 6).min(self.page.elements.len());
        let others = near
            .filter(|&k| self.page.elements.get(k).is_some_and(|e| !e.head))
            .flat_map(|k| self.page.elements.get(k).into_iter().flat_map(|e| &e.units))
            .filter_map(|&u| self.page.units.get(u))
            .map(|u| u.text.as_str());
        if self.length < 8 || !stands_in(&self.text, others) {
            return -4.0;
        }
        1.2 - self.previous_ends().max(0.0) * 2.0 - self.next_begins()
    }

    fn more(&self) -> f32 {
        0.3 + self.width() * 0.3
    }
}

/// 二 or （三） alone.
fn is_numeral(text: &str) -> bool {
    let inner = text.trim_matches(|c: char| "（）()、．.第章节部分".contains(c));
    !inner.is_empty()
        && inner.chars().count() <= 3
        && inner.chars().all(|c| "一二三四五六七八九十0123456789".contains(c))
}
