//! What a group of head lines is worth as a title of the text above or below, as a heading, a signature, a pull quote.
//!
//! ```text
//! 习近平会见土耳其总统埃尔多安    13 of 13 bigrams stand in the text below, 4 in the one above: a title, and of the text below
//! 三、共促经济发展               numbered, short, in the midst of a text: a heading
//! 2024年7月4日于阿斯塔纳         no headline at all: a signature
//! ```

use super::super::grams::{Head, stands_divided_in};
use super::super::unit::{Class, Unit};
use super::page::{Page, SHOWN, when};
use super::row;
use super::weights::Weights;
use crate::mark::{is_opening, unspaced};
use crate::repair::{is_enumerator, is_item_sign, is_number};
use crate::signing;
use crate::wording;

/// Space before a line that stands to the right, in quarter ems.
const FAR: u32 = 20;
/// A line of as many characters above a headline may be a name.
const TINY: usize = 4;
/// Characters of a name that a text is signed with, and headlines above among which it may stand.
const NAME: usize = 4;
const TITLES: usize = 4;
/// Elements on each side that a group is held against.
const REACH: usize = 40;

/// What a group of head lines is worth in each use.
#[derive(Clone, Copy, Default)]
pub struct Worth {
    /// It can be a title.
    pub title: bool,
    /// Prose follows.
    pub followed: bool,
    /// Prose follows that does not open as a report does.
    pub undated: bool,
    pub before: f32,
    pub after: f32,
    pub section: f32,
    /// Right under the title, as a section of it.
    pub first_section: f32,
    pub signature: f32,
    pub furniture: f32,
    pub more: f32,
}

impl Worth {
    /// Weighs element `i`; what is no group of head lines is worth nothing.
    #[must_use]
    pub fn new(page: &Page<'_>, i: usize) -> Self {
        if page.elements.get(i).is_none_or(|e| !e.head) {
            return Self::default();
        }
        let group = Group::new(page, i);
        Self {
            title: group.titles > 0,
            followed: group.next.is_some(),
            undated: group.next.and_then(|n| page.first(n)).is_some_and(|u| u.opening.is_none()),
            before: group.before(),
            after: group.after(),
            section: group.section(),
            first_section: group.first_section(),
            signature: group.signature(),
            furniture: group.furniture(),
            more: group.more(),
        }
    }
}

/// A group of head lines in its place.
struct Group<'a> {
    page: &'a Page<'a>,
    weights: &'a Weights,
    i: usize,
    text: String,
    length: usize,
    titles: usize,
    /// A subtitle, byline, speaker or date stands under the headline, as only under a title.
    dressed: bool,
    /// Every line of it is one with which a text closes.
    signs: bool,
    /// The prose before and after it.
    previous: Option<usize>,
    next: Option<usize>,
    /// It is indented as the paragraphs around it are, and other headlines of the page are not.
    as_prose: bool,
    /// What share of its words stands in the article before it, and in the text below.
    above: f32,
    below: f32,
}

impl<'a> Group<'a> {
    fn new(page: &'a Page<'a>, i: usize) -> Self {
        let elements = page.elements;
        let titles = page.of(i).filter(|u| u.class == Class::Head).count();
        let text = page.titles(i);
        let is_prose = |&k: &usize| elements.get(k).is_some_and(|e| !e.head);
        let next = (i + 1..elements.len()).take(8).find(is_prose);
        let words = page.head(&text);
        Self {
            page,
            weights: page.weights,
            i,
            length: text.chars().count(),
            titles,
            dressed: titles > 0 && page.of(i).count() > titles,
            signs: page.of(i).all(|u| signing::is_signing(&u.text)),
            as_prose: page.is_as_prose(i, next),
            previous: (0..i).rev().take(8).find(is_prose),
            next,
            above: overlap_above(page, i, &words),
            below: next.map_or(0.0, |n| words.overlap(page.stretch(n))),
            text,
        }
    }

    /// An article shows its own start below.
    fn next_begins(&self) -> f32 {
        let Some(first) = self.next.and_then(|n| self.page.first(n)) else { return 0.0 };
        when(first.opening.is_some(), self.weights.next_dated)
            + when(first.class == Class::Salutation || wording::addresses(&first.text), self.weights.next_addressed)
    }

    /// The text above shows its own end.
    fn previous_ends(&self) -> f32 {
        match self.previous.and_then(|p| self.page.last(p)) {
            None => self.weights.previous_none,
            Some(last) if last.closes() || wording::signs_off(&last.text) => self.weights.previous_closes,
            Some(last) if last.class == Class::Thanks => self.weights.previous_thanks,
            Some(last) if last.unfinished => self.weights.previous_unfinished,
            Some(last) if last.class == Class::Prose && announces(&last.text) => self.weights.previous_announces,
            Some(_) => 0.0,
        }
    }

    /// The text above signs off as orders and letters do.
    fn is_below_order(&self) -> bool {
        let above = self.i.checked_sub(1).filter(|above| self.previous == Some(*above));
        above
            .and_then(|above| self.page.last(above))
            .is_some_and(|last| !last.closes() && wording::signs_off(&last.text))
    }

    fn width(&self) -> f32 {
        match self.length {
            0..=4 => self.weights.width_tiny,
            5..=7 => self.weights.width_short,
            8..=40 => self.weights.width_usual,
            _ => 0.0,
        }
    }

    /// What stands under the headline speaks for a title.
    fn dress(&self) -> f32 {
        when(self.dressed && !self.signed(), self.weights.dressed)
    }

    /// A body or person and the day, as under a letter: 中国古生物学会　2023年11月7日
    fn signed(&self) -> bool {
        let dated =
            self.page.last(self.i).is_some_and(|u| u.class == Class::DateLine && !u.text.starts_with(is_opening));
        dated && self.signs
    }

    /// It names a document or announces an argument, as only titles do.
    fn genre(&self) -> f32 {
        let named = wording::names_document(&self.text) || wording::is_argued(&self.text);
        when(named, self.weights.names_document)
            + when(wording::urges(&self.text), self.weights.urges)
            + when(wording::heads_column(&self.text), self.weights.names_column)
    }

    /// It names a body or a person, as signatures do and titles do not.
    fn body(&self) -> f32 {
        let signs = self.signs || signing::is_body_name(&self.text);
        when(self.titles == 1 && signs, self.weights.names_body) + when(self.sends(), self.weights.names_sender)
    }

    /// It is a person's name with his place or with the word by which he sends.
    fn sends(&self) -> bool {
        self.units().all(|u| signing::is_sender(&u.text))
    }

    /// Whether a head that names a speaker or a speech stands with a speech.
    fn fits(&self, text: Option<usize>) -> f32 {
        let spoken = self.units().any(|u| u.class == Class::Speaker)
            || self.units().any(|u| ["讲话", "致辞", "演讲", "发言"].iter().any(|w| u.text.ends_with(w)));
        match text.filter(|_| spoken) {
            Some(text) if self.page.is_spoken(text) => self.weights.spoken,
            Some(_) => -self.weights.spoken,
            None => 0.0,
        }
    }

    /// Whether it stands nearer to what is below it than to what is above: 1, or -1 where it is the other way.
    fn nearer(&self) -> f32 {
        match (self.page.first(self.i).map(|u| u.gap), self.page.first(self.i + 1).map(|u| u.gap)) {
            (Some(above), Some(below)) if above > below => 1.0,
            (Some(above), Some(below)) if above < below => -1.0,
            _ => 0.0,
        }
    }

    /// All of it is somebody's words, as headings inside features are: “信到了，人就踏实了”
    fn is_quoted(&self) -> bool {
        let inner = self.text.strip_prefix(['“', '「', '『']).and_then(|rest| rest.strip_suffix(['”', '」', '』']));
        !self.dressed && inner.is_some_and(|inner| !inner.contains(['“', '「', '『']))
    }

    /// Another headline stands below, across a gap that is no smaller than the one above.
    fn is_above_apart(&self) -> bool {
        let gap = |i: usize| self.page.first(i).map_or(0, |u| u.gap);
        self.page.titled(self.i + 1) && gap(self.i + 1) > gap(self.i)
    }

    /// Items follow, each with its sign, and what stands above is none: ▲北京電
    fn is_above_items(&self) -> bool {
        let is_item = |unit: &Unit| unit.text.starts_with(is_item_sign);
        let first = self.next.and_then(|next| self.page.first(next));
        let above = self.previous.and_then(|previous| self.page.last(previous));
        first.is_some_and(is_item) && !above.is_some_and(is_item)
    }

    /// The space above it is far wider than between paragraphs.
    fn is_apart(&self) -> bool {
        let first = self.page.elements.get(self.i).and_then(|element| element.units.first());
        first.is_some_and(|&first| row::wide_gap(self.page.units, first) >= 2)
    }

    /// Right below stands the first of the numbers that part a text.
    fn is_above_numbers(&self) -> bool {
        let below = self.page.first(self.i + 1);
        below.is_some_and(|unit| {
            is_number(&unit.text) && unit.text.trim_start_matches(['（', '(', '第']).starts_with(['一', '1', '壹'])
        })
    }

    /// It stands right under the headline of a column, as that of its first item does.
    fn is_first_item(&self) -> bool {
        let above = self.i.checked_sub(1).filter(|&above| self.page.titled(above));
        above.is_some_and(|above| wording::heads_column(&self.page.titles(above)))
    }

    /// What an editor says of the text stands above, under the title, and none of the text itself: 编者按　……
    fn is_below_note(&self) -> bool {
        let noted = |unit: &Unit| ["编者按", "編者按"].iter().any(|note| unit.text.starts_with(note));
        let note = self.previous.filter(|&note| note.checked_sub(1).is_some_and(|above| self.page.titled(above)));
        note.and_then(|note| self.page.first(note)).is_some_and(noted)
    }

    /// Its first line is the name that stands under the headline of the text above: 葦如, where 葦 如 stands there.
    fn names_writer(&self) -> bool {
        let bare = |unit: &'a Unit| unspaced(&unit.text, NAME);
        let Some(name) = self.page.first(self.i).and_then(bare).filter(|name| name.chars().count() >= 2) else {
            return false;
        };
        let titles = (0..self.i).rev().take(REACH).filter(|&k| self.page.titled(k));
        titles.take(TITLES).any(|title| self.page.of(title).skip(1).any(|line| bare(line).as_ref() == Some(&name)))
    }

    fn units(&self) -> impl Iterator<Item = &'a Unit> {
        self.page.of(self.i)
    }

    fn before(&self) -> f32 {
        let w = self.weights;
        w.before
            + self.dress()
            + w.before_overlap * self.below
            + w.before_margin * (self.below - self.above)
            + self.fits(self.next)
            + w.before_begins * self.next_begins()
            + self.previous_ends()
            + self.width()
            + self.body()
            + w.before_nearer * self.nearer()
            + when(self.is_apart(), w.before_wide)
            + when(self.is_above_items(), w.before_items)
            + when(self.next.is_none(), w.before_nothing)
            + when(self.is_above_numbers(), w.before_numbers)
            + when(self.is_above_apart(), w.before_above_head)
            + when(self.as_prose, w.before_as_prose)
            + when(self.is_quoted(), w.before_quoted)
    }

    fn after(&self) -> f32 {
        let w = self.weights;
        let below = if self.next.is_some() { w.after_begins * self.next_begins() } else { w.after_last };
        w.after
            + self.dress()
            + w.after_overlap * self.above
            + w.after_margin * (self.above - self.below)
            + self.fits(self.previous)
            + w.after_ends * self.previous_ends()
            + self.width()
            + self.body()
            + below
    }

    fn section(&self) -> f32 {
        let w = self.weights;
        let numbered = is_enumerator(&self.text) || is_number(&self.text);
        #[expect(clippy::cast_precision_loss, reason = "at most 60")]
        let length = if self.length <= 18 {
            w.section_short
        } else {
            -0.5 + w.section_long * (self.length.min(60) as f32 - 18.0)
        };
        // A heading stands above text and not above a headline, unless that is a heading of its own parts.
        let above_head = self.page.elements.get(self.i + 1).is_some_and(|e| e.head) && !numbered;
        w.section - self.dress() - self.genre()
            + length
            + when(self.as_prose, w.section_as_prose)
            + when(self.is_quoted(), w.section_quoted)
            + when(self.sends(), w.names_sender)
            + when(self.is_below_note(), w.section_below_note)
            + w.section_overlap * self.above
            + w.section_below * self.below
            + w.section_lead * (self.above - 0.7).max(0.0)
            + when(numbered, w.section_numbered)
            + when(self.titles > 1, w.section_lines)
            + when(self.next.is_none(), w.section_last)
            + when(above_head, w.section_above_head)
            + when(self.titles == 0, w.section_no_head)
            + w.section_ends * self.previous_ends().max(0.0)
            - self.next_begins()
    }

    /// What is more where a title waits for its text: a first chapter may be headed before anything is said.
    fn first_section(&self) -> f32 {
        let w = self.weights;
        // Where the text above ends is told by the headline of the column.
        let first_item = w.section_first_item - w.section_ends * self.previous_ends().max(0.0);
        w.section_first + when(self.is_first_item(), first_item)
    }

    fn signature(&self) -> f32 {
        let w = self.weights;
        let Some(first) = self.page.first(self.i) else { return w.pull_quote_not };
        let signs = self.signs;
        let body = signs && self.units().any(|u| signing::is_body_name(&u.text));
        let far = self.units().all(|u| u.indent >= FAR);
        let closed = self.next.and_then(|n| self.page.first(n)).is_some_and(|u| u.class == Class::End);
        let below = self.page.first(self.i + 1).map_or(2, |u| u.gap);
        let plain = match self.titles {
            0 => w.signature,
            _ if signs => w.signature_name,
            _ => w.signature_other,
        };
        plain
            + when(first.indent >= FAR, w.signature_far)
            + when(signs && far, w.signature_far)
            + when(signs && self.units().nth(1).is_some(), w.signature_lines)
            + when(first.gap < below, w.signature_near)
            + when(body, w.signature_body)
            + when(self.length > 16 && !signs, w.signature_long)
            + when(self.next.is_none(), w.signature_last)
            + when(self.signed(), w.signature_dated)
            + when(closed, w.signature_closed)
            + when(self.names_writer(), w.signature_writer)
            + when(self.length <= TINY && self.page.titled(self.i + 1), w.signature_tiny)
            // Who gives an order stands under 此令; under （新华社北京7月4日电） stands nobody.
            + if self.is_below_order() { w.signature_below_order } else { -self.previous_ends().max(0.0) }
    }

    /// A sentence of the text that is set again to catch the eye.
    fn furniture(&self) -> f32 {
        let near = self.i.saturating_sub(5)..(self.i + 6).min(self.page.elements.len());
        let others = near.filter_map(|k| self.page.elements.get(k)).filter(|e| !e.head).flat_map(|e| &e.units);
        let others = others.filter_map(|&u| self.page.units.get(u)).map(|u| u.text.as_str());
        if self.length < 8 || !stands_divided_in(&self.text, others) {
            return self.weights.pull_quote_not;
        }
        self.weights.pull_quote - self.previous_ends().max(0.0) * 2.0 - self.next_begins()
    }

    /// The group before is the title, and this one its subtitle and what stands under that.
    fn more(&self) -> f32 {
        let follows_title = self.i.checked_sub(1).is_some_and(|b| self.page.titled(b));
        let dress = if follows_title { self.dress() + self.fits(self.next) } else { 0.0 };
        let w = self.weights;
        // A headline has a line above it or two, not a list.
        let is_head = |k: &usize| self.page.elements.get(*k).is_some_and(|e| e.head);
        let before = (0..self.i).rev().take(3).take_while(is_head).count();
        w.more
            + self.width() * w.more_width
            + w.more_dressed * dress.max(0.0)
            + w.more_overlap * self.below
            + when(is_enumerator(&self.text), w.more_numbered)
            + when(before > 2, w.more_listed)
            + when(self.is_first_item(), w.more_first_item)
            + when(follows_title && wording::is_subtitle(&self.text), w.more_subtitle)
    }
}

/// Whether a text breaks off with what it announces: 全文如左： 計開
fn announces(text: &str) -> bool {
    text.ends_with(['：', ':']) || wording::lists(text)
}

/// What share of the words of a head stands in the article before element `i`: in its last text, or an earlier one up to
/// a sure beginning.
fn overlap_above(page: &Page<'_>, i: usize, words: &Head<'_>) -> f32 {
    let mut best: f32 = 0.0;
    let mut seen = Vec::new();
    for k in (0..i).rev().take(REACH) {
        if page.elements.get(k).is_some_and(|e| e.head) {
            continue;
        }
        let stretch = page.stretch(k);
        if seen.last() != Some(&stretch) {
            best = best.max(words.overlap(stretch));
            seen.push(stretch);
        }
        if seen.len() >= 6 || page.newness(k) > SHOWN {
            break;
        }
    }
    best
}
