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

use super::grams::{Grams, drift, stands_in};
use super::unit::{Class, Unit};
use crate::mark::is_opening;
use crate::repair::{is_enumerator, is_number};
use crate::wording;

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

/// Readings of a page, each with the habits that the one before showed.
const READINGS: usize = 3;

/// Divides the units of a page among articles. What is in none is left to the caller.
#[must_use]
pub fn plans(units: &[Unit]) -> Vec<Plan> {
    let elements = elements(units, TURN);
    let mut page = Page::new(units, &elements);
    let mut habit = 0.0;
    for _ in 0..READINGS {
        page.earlier = page.best(habit);
        habit = Page::habit(&page.earlier);
    }
    page.gather(&page.earlier)
}

fn is_head(class: Class) -> bool {
    matches!(class, Class::Head | Class::Subtitle | Class::Byline | Class::DateLine | Class::Speaker)
}

/// Rows of prose and rows of head lines, without captions, furniture and what stands inside a sentence. Prose is parted
/// where its words turn by more than `turn`.
fn elements(units: &[Unit], turn: f32) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut last: Option<usize> = None;
    let mut told = String::new();
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
                    !is_cut(before, unit) && wide_gap(units, ix) <= 0 && drift(&told, &unit.text) < turn
                }
            }
            _ => false,
        };
        match elements.last_mut() {
            Some(row) if goes_on => row.units.push(ix),
            _ => elements.push(Element { head: is_head(unit.class), units: vec![ix] }),
        }
        if !is_head(unit.class) {
            tell(&mut told, &unit.text);
        }
        last = Some(ix);
    }
    elements
}

/// From here on, a paragraph may begin an article by its words alone.
const TURN: f32 = 0.0;

/// Adds a paragraph to what the page has told so far, of which only the end is looked at.
fn tell(told: &mut String, text: &str) {
    const KEPT: usize = 6000;
    told.push_str(text);
    if told.len() > 2 * KEPT {
        let cut = (told.len() - KEPT..told.len()).find(|&at| told.is_char_boundary(at)).unwrap_or(0);
        told.drain(..cut);
    }
}

/// Head lines of one group.
const MOST_LINES: usize = 12;
/// Elements on each side that a group is held against.
const REACH: usize = 40;

/// Whether a head line belongs to the group before it: a new headline after a blank line begins its own.
fn is_same_group(units: &[Unit], row: &Element, unit: &Unit) -> bool {
    if row.units.len() >= MOST_LINES {
        return false;
    }
    let has = |class| row.units.iter().filter_map(|&i| units.get(i)).any(|u| u.class == class);
    let last = row.units.last().and_then(|&i| units.get(i));
    let open = last.is_some_and(|u| is_open(&u.text));
    let signs = row.units.len() == 1 && last.is_some_and(|u| wording::is_body_name(&u.text));
    match unit.class {
        _ if open => true,
        Class::Head => {
            unit.gap == 0
                && !has(Class::Speaker)
                && !has(Class::DateLine)
                && !has(Class::Byline)
                && !has(Class::Subtitle)
                && !signs
        }
        _ => true,
    }
}

/// The head lines that interrupt a sentence of unit `host`, but for pull quotes.
pub fn inner_titles(units: &[Unit], host: usize) -> impl Iterator<Item = usize> {
    let inner = (host + 1..units.len()).take_while(move |&k| units.get(k).is_some_and(|u| u.inside.is_some()));
    inner.filter(move |&k| {
        let Some(unit) = units.get(k).filter(|u| u.inside == Some(host) && is_head(u.class)) else { return false };
        let near = host.saturating_sub(6)..(host + 7).min(units.len());
        let others = near.filter(|&o| o != k).filter_map(|o| units.get(o)).filter(|o| !is_head(o.class));
        !stands_in(&unit.text, others.map(|o| o.text.as_str()))
    })
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
        || unit.opening.as_ref().is_some_and(|o| o.month.is_some())
        || unit.continued.is_some()
        || (unit.class == Class::Salutation && before.class == Class::Prose)
        || is_preface(&unit.text)
}

/// By how many blank lines the space above a unit of prose exceeds what is usual between paragraphs around it.
fn wide_gap(units: &[Unit], ix: usize) -> i32 {
    let own = units.get(ix).map_or(0, |u| u.gap.min(3));
    if own == 0 {
        return 0;
    }
    let near = ix.saturating_sub(9)..(ix + 10).min(units.len());
    let mut gaps: Vec<u32> = near
        .filter(|&k| k > 0 && k != ix)
        .filter(|&k| matches!((units.get(k - 1), units.get(k)), (Some(a), Some(b)) if !is_head(a.class) && !is_head(b.class)))
        .filter_map(|k| units.get(k).map(|u| u.gap.min(3)))
        .collect();
    gaps.sort_unstable();
    // Three paragraphs of four stand no farther apart than this.
    let usual = gaps.get(gaps.len() * 3 / 4).copied().unwrap_or(1);
    i32::try_from(own).unwrap_or(0) - i32::try_from(usual).unwrap_or(0)
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

/// What a turn of the words is worth beside what the page shows.
const DRIFT: f32 = 0.15;
const DRIFT_BELOW_HEAD: f32 = 0.1;
/// Texts with nothing between them are mostly one.
const ADJACENT: f32 = -0.6;
/// Headings of sections come in twos and threes.
const LONELY: f32 = -0.8;

struct Page<'a> {
    units: &'a [Unit],
    elements: &'a [Element],
    /// The words of each stretch of prose.
    grams: Grams,
    /// The stretch that each element of prose belongs to.
    stretch: Vec<usize>,
    /// Evidence, per element of prose, that an article begins there; set against the prose before.
    newness: Vec<f32>,
    /// How far its words turn away from those of the prose before.
    drift: Vec<f32>,
    /// What each group of head lines is worth in each use.
    worth: Vec<Worth>,
    /// What an earlier reading of the page made of each element.
    earlier: Vec<Move>,
}

impl<'a> Page<'a> {
    fn new(units: &'a [Unit], elements: &'a [Element]) -> Self {
        let stretches: Vec<Element> = self::elements(units, f32::INFINITY).into_iter().filter(|e| !e.head).collect();
        let texts =
            stretches.iter().map(|e| e.units.iter().filter_map(|&i| units.get(i)).map(|u| u.text.as_str()).collect());
        let first = |e: &Element| e.units.first().copied().unwrap_or(0);
        let mut page = Self {
            units,
            elements,
            grams: Grams::new(texts),
            stretch: elements
                .iter()
                .map(|e| stretches.partition_point(|s| first(s) <= first(e)).saturating_sub(1))
                .collect(),
            newness: vec![0.0; elements.len()],
            drift: Vec::new(),
            worth: Vec::new(),
            earlier: Vec::new(),
        };
        let mut before: Option<usize> = None;
        for (i, element) in elements.iter().enumerate() {
            if element.head {
                continue;
            }
            let newness = page.newness(before, i);
            if let Some(slot) = page.newness.get_mut(i) {
                *slot = newness;
            }
            before = Some(i);
        }
        page.drift = page.drifts();
        page.worth = (0..elements.len()).map(|i| Worth::new(&page, i)).collect();
        page
    }

    /// What share of the words of a head stands in the stretch of prose that an element belongs to.
    fn overlap(&self, head: &str, element: usize) -> f32 {
        self.stretch.get(element).map_or(0.0, |&stretch| self.grams.overlap(head, stretch))
    }

    fn drifts(&self) -> Vec<f32> {
        let mut told = String::new();
        let text = |e: &Element| e.units.iter().filter_map(|&u| self.units.get(u)).map(|u| u.text.as_str()).collect();
        let mut drifts = Vec::with_capacity(self.elements.len());
        for element in self.elements {
            let text: String = if element.head { String::new() } else { text(element) };
            drifts.push(if element.head { 0.0 } else { drift(&told, &text) });
            tell(&mut told, &text);
        }
        drifts
    }

    /// A group of head lines with a headline among them.
    fn titled(&self, element: usize) -> bool {
        self.elements.get(element).is_some_and(|e| {
            e.head && e.units.iter().filter_map(|&u| self.units.get(u)).any(|u| u.class == Class::Head)
        })
    }

    fn unit(&self, element: usize, last: bool) -> Option<&'a Unit> {
        let units = &self.elements.get(element)?.units;
        let ix = if last { units.last() } else { units.first() };
        self.units.get(*ix?)
    }

    fn newness(&self, before: Option<usize>, i: usize) -> f32 {
        let Some(first) = self.unit(i, false) else { return 0.0 };
        let mut score = 0.0;
        score += match &first.opening {
            // The old press prints telegram after telegram under one headline: 哈瓦斯十三日巴黎電
            Some(opening) if opening.month.is_none() => 0.6,
            Some(_) => 3.5,
            None => 0.0,
        };
        let ix = self.elements.get(i).and_then(|e| e.units.first()).copied().unwrap_or(0);
        score += if is_preface(&first.text) { 1.5 } else { 0.0 };
        let adjacent = before.is_some_and(|b| b + 1 == i);
        score += match wide_gap(self.units, ix) {
            _ if !adjacent => 0.0,
            i32::MIN..=0 => 0.0,
            1 => 0.9,
            _ => 1.6,
        };
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
        let mut at = (0..4).max_by(|&a, &b| Self::closing(scores, a).total_cmp(&Self::closing(scores, b))).unwrap_or(0);
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
    fn closing(scores: [f32; 4], state: usize) -> f32 {
        scores[state] - if state == State::Titled as usize { 2.5 } else { 0.0 }
    }

    fn moves(&self, i: usize, state: State, habit: f32) -> Vec<(f32, State, Move)> {
        let Some(element) = self.elements.get(i) else { return Vec::new() };
        if element.head { self.head_moves(i, state, habit) } else { self.prose_moves(i, state) }
    }

    fn prose_moves(&self, i: usize, state: State) -> Vec<(f32, State, Move)> {
        let adjacent = i.checked_sub(1).and_then(|b| self.elements.get(b)).is_some_and(|b| !b.head);
        let shown = self.newness.get(i).copied().unwrap_or(0.0) + if adjacent { ADJACENT } else { 0.0 };
        // An article without a title is rare unless it shows its own start.
        let untitled = if shown > 1.5 { -0.4 } else { -1.2 };
        let newness =
            shown + self.drift.get(i).copied().unwrap_or(0.0) * if adjacent { DRIFT } else { DRIFT_BELOW_HEAD };
        if self.has_inner_title(i) {
            return match state {
                State::Titled => vec![(newness - 2.6, State::Full, Move::Begin)],
                State::Closed => vec![(newness, State::Full, Move::Begin)],
                State::Untitled => vec![(-newness, State::Full, Move::GoOn), (newness, State::Full, Move::Begin)],
                State::Full => vec![(-newness - 2.0, State::Full, Move::GoOn), (newness, State::Full, Move::Begin)],
            };
        }
        match state {
            State::Titled => vec![(newness, State::Full, Move::Begin)],
            State::Closed => vec![(newness + untitled, State::Untitled, Move::Begin)],
            State::Untitled | State::Full => {
                vec![(-newness, state, Move::GoOn), (newness + untitled, State::Untitled, Move::Begin)]
            }
        }
    }

    /// A title interrupts a sentence of this prose.
    fn has_inner_title(&self, i: usize) -> bool {
        let Some(element) = self.elements.get(i) else { return false };
        element.units.iter().any(|&host| inner_titles(self.units, host).next().is_some())
    }

    fn head_moves(&self, i: usize, state: State, habit: f32) -> Vec<(f32, State, Move)> {
        let Some(worth) = self.worth.get(i) else { return Vec::new() };
        let mut moves = vec![(worth.furniture, state, Move::Use(Use::Furniture))];
        let follows_head = i.checked_sub(1).and_then(|b| self.elements.get(b)).is_some_and(|e| e.head);
        if worth.title {
            if state != State::Titled {
                moves.push((worth.before - habit, State::Titled, Move::Use(Use::Before)));
            }
            if state == State::Untitled {
                moves.push((worth.after + habit, State::Closed, Move::Use(Use::After)));
            }
        } else if state != State::Titled && worth.followed {
            moves.push((-0.6, State::Titled, Move::Use(Use::Before)));
        }
        if follows_head && matches!(state, State::Titled | State::Closed) {
            moves.push((worth.more, state, Move::Use(Use::More)));
        }
        if matches!(state, State::Untitled | State::Full) {
            moves.push((worth.section + self.siblings(i), state, Move::Use(Use::Section)));
            moves.push((worth.signature, state, Move::Use(Use::Signature)));
        }
        moves
    }

    /// Whether the lines of the page that are built like this one were read as headings or as titles.
    fn siblings(&self, i: usize) -> f32 {
        let built = |k: usize| match self.elements.get(k).map(|e| e.units.as_slice()) {
            Some([one]) => self
                .units
                .get(*one)
                .filter(|u| u.class == Class::Head)
                .map(|u| (u.text.chars().count(), u.text.contains(crate::mark::is_space), is_enumerator(&u.text))),
            _ => None,
        };
        let Some(own) = built(i) else { return 0.0 };
        let near = i.saturating_sub(20)..(i + 21).min(self.elements.len());
        let alike = near
            .filter(|&k| k != i)
            .filter(|&k| built(k).is_some_and(|o| own.0.abs_diff(o.0) <= 2 && (own.1, own.2) == (o.1, o.2)));
        let mut count = 0;
        let sum: f32 = alike
            .inspect(|_| count += 1)
            .map(|k| match self.earlier.get(k) {
                _ if own.1 => 1.3,
                Some(Move::Use(Use::Section)) => 0.5,
                Some(Move::Use(Use::Before | Use::After)) => -0.4,
                _ => 0.0,
            })
            .sum();
        if count == 0 { LONELY } else { sum.clamp(-0.8, 2.6) }
    }

    /// Whether this page sets titles after their texts: above zero it does.
    fn habit(moves: &[Move]) -> f32 {
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

/// What a group of head lines is worth in each use.
#[derive(Clone, Copy, Default)]
struct Worth {
    /// It can be a title.
    title: bool,
    /// Prose follows.
    followed: bool,
    before: f32,
    after: f32,
    section: f32,
    signature: f32,
    furniture: f32,
    more: f32,
}

impl Worth {
    fn new(page: &Page<'_>, i: usize) -> Self {
        if page.elements.get(i).is_none_or(|e| !e.head) {
            return Self::default();
        }
        let group = Group::new(page, i);
        Self {
            title: group.can_be_title(),
            followed: group.next.is_some(),
            before: group.before(),
            after: group.after(),
            section: group.section(),
            signature: group.signature(),
            furniture: group.furniture(),
            more: group.more(),
        }
    }
}

/// A group of head lines in its place.
struct Group<'a> {
    page: &'a Page<'a>,
    i: usize,
    text: String,
    length: usize,
    titles: usize,
    /// A subtitle, byline, speaker or date stands under the headline, as only under a title.
    dressed: bool,
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
            dressed: !titles.is_empty() && units.len() > titles.len(),
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
        self.next.map_or(0.0, |n| self.page.overlap(&self.text, n))
    }

    /// With the article before: its last text, or an earlier one up to a sure beginning.
    fn overlap_previous(&self) -> f32 {
        let mut best: f32 = 0.0;
        let mut seen = Vec::new();
        for k in (0..self.i).rev().take(REACH) {
            if self.page.elements.get(k).is_some_and(|e| e.head) {
                continue;
            }
            let stretch = self.page.stretch.get(k).copied();
            if seen.last() != Some(&stretch) {
                best = best.max(self.page.overlap(&self.text, k));
                seen.push(stretch);
            }
            if seen.len() >= 6 || self.page.newness.get(k).is_some_and(|&n| n > 1.5) {
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

    fn width(&self) -> f32 {
        match self.length {
            0..=4 => -1.2,
            5..=7 => -0.5,
            8..=40 => 0.4,
            _ => 0.0,
        }
    }

    /// What stands under the headline speaks for a title.
    fn dress(&self) -> f32 {
        if self.dressed && !self.signed() { 1.8 } else { 0.0 }
    }

    /// A body or person and the day, as under a letter: 中国古生物学会　2023年11月7日
    fn signed(&self) -> bool {
        let dated = self.units().last().is_some_and(|u| u.class == Class::DateLine && !u.text.starts_with(is_opening));
        dated && self.length <= 22 && (wording::is_body_name(&self.text) || wording::is_name_line(&self.text))
    }

    /// It names a document, as only titles do.
    fn genre(&self) -> f32 {
        if wording::names_document(&self.text) { 1.5 } else { 0.0 }
    }

    /// Whether a head that names a speaker stands with a speech, and one that does not with something else.
    fn fits(&self, text: Option<usize>) -> f32 {
        let spoken = self.units().any(|u| u.class == Class::Speaker)
            || self.units().any(|u| ["讲话", "致辞", "演讲", "发言"].iter().any(|w| u.text.ends_with(w)));
        let Some(text) = text.filter(|_| spoken) else { return 0.0 };
        let stretch = self.page.stretch.get(text);
        let speech = (0..self.page.elements.len())
            .filter(|&k| self.page.stretch.get(k) == stretch)
            .filter_map(|k| self.page.elements.get(k).filter(|e| !e.head))
            .flat_map(|e| &e.units)
            .filter_map(|&u| self.page.units.get(u))
            .any(|u| matches!(u.class, Class::Salutation | Class::Thanks));
        if speech { 1.2 } else { -1.2 }
    }

    fn units(&self) -> impl Iterator<Item = &'a Unit> {
        let page = self.page;
        page.elements.get(self.i).into_iter().flat_map(|e| &e.units).filter_map(|&u| page.units.get(u))
    }

    fn before(&self) -> f32 {
        let nearer = match (self.first().map(|u| u.gap), self.page.unit(self.i + 1, false).map(|u| u.gap)) {
            (Some(above), Some(below)) if above > below => 0.35,
            (Some(above), Some(below)) if above < below => -0.35,
            _ => 0.0,
        };
        let text = if self.next.is_some() { 0.0 } else { -3.0 };
        let margin = self.overlap_next() - self.overlap_previous();
        0.5 + self.dress()
            + 3.0 * (self.overlap_next() - 0.35)
            + 0.7 * margin
            + self.fits(self.next)
            + 0.5 * self.next_begins()
            + self.previous_ends()
            + self.width()
            + nearer
            + text
    }

    fn after(&self) -> f32 {
        let below = match self.next {
            None => 1.0,
            Some(_) => 0.5 * self.next_begins(),
        };
        let margin = self.overlap_previous() - self.overlap_next();
        -0.5 + self.dress()
            + 3.0 * (self.overlap_previous() - 0.35)
            + 1.5 * margin
            + self.fits(self.previous)
            + self.previous_ends() * 0.8
            + self.width()
            + below
    }

    fn section(&self) -> f32 {
        let numbered = if is_enumerator(&self.text) || is_number(&self.text) { 2.2 } else { 0.0 };
        #[expect(clippy::cast_precision_loss, reason = "at most 60")]
        let short = if self.length <= 18 { 0.3 } else { -0.5 - 0.05 * (self.length.min(60) as f32 - 18.0) };
        let lines = if self.titles > 1 { -0.8 } else { 0.0 };
        let ends = if self.next.is_none() { -2.0 } else { 0.0 };
        // A heading stands above text and not above a headline, unless that is a heading of its own parts.
        let above_head = self.page.elements.get(self.i + 1).is_some_and(|e| e.head) && numbered == 0.0;
        let ends = if above_head { ends - 2.9 } else { ends };
        let other = if self.titles == 0 { -1.5 } else { 0.0 };
        let lead = -2.0 * (self.overlap_previous() - 0.7).max(0.0);
        0.5 - self.dress() - self.genre() + numbered + lead + short + lines + ends + other
            - 1.6 * self.previous_ends().max(0.0)
            - self.next_begins()
    }

    fn signature(&self) -> f32 {
        let Some(first) = self.first() else { return -3.0 };
        let ends = self.next.and_then(|n| self.page.unit(n, false)).is_some_and(|u| u.class == Class::End);
        let far = if first.indent >= 20 { 1.0 } else { 0.0 };
        let below = self.page.unit(self.i + 1, false).map_or(2, |u| u.gap);
        let near = if first.gap == 0 && below > 0 { 0.9 } else { 0.0 };
        let body = if wording::is_body_name(&self.text) { 1.8 } else { 0.0 };
        let named = wording::is_body_name(&self.text) || wording::is_name_line(&self.text);
        let plain = match (self.titles, named) {
            (0, _) => 1.4,
            (_, true) => -1.2,
            (_, false) => -2.2,
        };
        let length = if self.length > 16 { -1.5 } else { 0.0 };
        let last = if self.next.is_none() { 0.4 } else { 0.0 };
        let body = if self.signed() { body + 2.0 } else { body };
        plain + far + near + body + length + last + if ends { 2.2 } else { 0.0 } - self.previous_ends().max(0.0)
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

    /// The group before is the title, and this one its subtitle and what stands under that.
    fn more(&self) -> f32 {
        let follows_title = self.i.checked_sub(1).is_some_and(|b| self.page.titled(b));
        let dress = if follows_title { self.dress() + self.fits(self.next) } else { 0.0 };
        0.55 + self.width() * 0.3 + dress.max(0.0)
    }
}

/// 摘要如下： and the like, with which a document is introduced.
fn is_preface(text: &str) -> bool {
    ["摘要如下", "宣言如下", "声明如下", "公报如下", "全文如下", "倡议如下"].iter().any(|w| text.contains(w))
}
