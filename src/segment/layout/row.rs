//! Units → rows of prose and rows of head lines, parted wherever an article may begin.
//!
//! ```text
//! 会议指出，…  会议要求，…   ┐ one row: nothing parts them
//! 一、应对方邀请，…          ┘ a row of its own: its words turn to something else
//! 2018年10月12日于蒙得维的亚    a row of head lines, and no part of the headline below it:
//! 关于深化农业和海洋领域合作的联合声明
//! ```

use std::ops::Range;

use super::super::grams::Print;
use super::super::unit::{Class, Unit};
use super::is_head_line;
use crate::repair::is_enumerator;
use crate::signing;
use crate::wording;

/// A row of units that belong together.
#[derive(Clone, Debug)]
pub struct Element {
    pub head: bool,
    pub units: Vec<usize>,
}

/// The rows of a page.
#[derive(Debug)]
pub struct Rows {
    pub elements: Vec<Element>,
    /// For each element of prose, how far its words turn away from those before.
    pub turns: Vec<f32>,
    /// The same, but where they turn more sharply near by.
    pub sharp: Vec<f32>,
    /// For each element of prose, its stretch: texts between which nothing stands but a turn of the words are one.
    pub stretches: Vec<usize>,
    /// The texts of all prose, and which of them each stretch is made of.
    print: Print,
    texts: Vec<Range<usize>>,
}

impl Rows {
    /// For each stretch, the letters of its texts.
    pub fn letters(&self) -> impl Iterator<Item = impl Iterator<Item = &[u32]>> {
        self.texts.iter().map(|texts| texts.clone().map(|ix| self.print.text(ix)))
    }
}

/// From here on, a paragraph may begin an article by its words alone.
const TURN: f32 = 0.5;

/// Rows of prose and of head lines, without captions, furniture and what stands inside a sentence.
#[must_use]
pub fn rows(units: &[Unit]) -> Rows {
    let flow = |u: &Unit| u.inside.is_none() && !u.class.is_aside();
    let flowing: Vec<usize> = (0..units.len()).filter(|&ix| units.get(ix).is_some_and(flow)).collect();
    let prose: Vec<&str> =
        flowing.iter().filter_map(|&ix| units.get(ix)).filter(|u| !is_head_line(u)).map(|u| u.text.as_str()).collect();
    let print = Print::new(&prose);
    let mut turns = print.turns().into_iter().enumerate();
    let mut rows = Rows {
        elements: Vec::new(),
        turns: Vec::new(),
        sharp: Vec::new(),
        stretches: Vec::new(),
        print,
        texts: Vec::new(),
    };
    let mut last: Option<usize> = None;
    for &ix in &flowing {
        let Some(unit) = units.get(ix) else { continue };
        let head = is_head_line(unit);
        let (text, (turn, sharp)) = if head { None } else { turns.next() }.unwrap_or_default();
        let (joined, related) = match (rows.elements.last(), last.and_then(|l| units.get(l))) {
            (Some(row), Some(_)) if row.head && head => (is_same_group(units, row, unit), true),
            // What closes a text begins none, whatever space is before it.
            (Some(row), Some(_)) if !row.head && unit.class == Class::End => (true, true),
            (Some(row), Some(before)) if !row.head && !head => {
                let related = !is_cut(before, unit) && wide_gap(units, ix) <= 0;
                (related && turn < TURN, related)
            }
            _ => (false, false),
        };
        if !head {
            match rows.texts.last_mut() {
                Some(texts) if related => texts.end = text + 1,
                _ => rows.texts.push(text..text + 1),
            }
        }
        match rows.elements.last_mut() {
            Some(row) if joined => row.units.push(ix),
            _ => {
                rows.elements.push(Element { head, units: vec![ix] });
                rows.turns.push(turn);
                rows.sharp.push(sharp);
                rows.stretches.push(rows.texts.len().saturating_sub(1));
            }
        }
        last = Some(ix);
    }
    rows
}

/// Head lines of one group.
const MOST_LINES: usize = 12;

/// Whether a head line belongs to the group before it: a new headline after a blank line begins its own.
fn is_same_group(units: &[Unit], row: &Element, unit: &Unit) -> bool {
    if row.units.len() >= MOST_LINES {
        return false;
    }
    let of = || row.units.iter().filter_map(|&i| units.get(i));
    let Some(last) = of().next_back() else { return true };
    // The first item of a column has a headline of its own: 本埠瑣聞 ⏎ 米價又漲
    if unit.class == Class::Head && of().all(|above| wording::heads_column(&above.text)) {
        return false;
    }
    if is_open(&last.text) || unit.class != Class::Head || of().all(Unit::is_dateline) {
        return true;
    }
    // 一、 under a headline that has no number heads the first part of its text.
    if is_enumerator(&unit.text) && !of().any(|above| is_enumerator(&above.text)) {
        return false;
    }
    // Under a headline stands what belongs to it. A day or a name above one closes the text before.
    let bare = of().all(|u| u.class == Class::Head);
    let broken = crate::repair::spans(&last.text, &unit.text);
    let signs = |u: &Unit| signing::is_signing(&u.text) || u.text.chars().count() <= signing::PEN_NAME;
    unit.gap == 0 && bare && (broken || !of().all(signs) || signs(unit))
}

/// `《` was opened and not closed.
fn is_open(text: &str) -> bool {
    text.matches('《').count() > text.matches('》').count()
}

/// Whether an article may end between two units of prose.
fn is_cut(before: &Unit, unit: &Unit) -> bool {
    before.closes()
        || before.class == Class::Thanks
        || unit.opening.as_ref().is_some_and(|o| o.month.is_some() || unit.is_message())
        || unit.continued.is_some()
        || (unit.class == Class::Salutation && before.class == Class::Prose)
        || is_preface(&unit.text)
}

/// By how many blank lines the space above a unit of prose exceeds what is usual between paragraphs around it.
#[must_use]
pub fn wide_gap(units: &[Unit], ix: usize) -> i32 {
    let own = units.get(ix).map_or(0, |u| u.gap.min(3));
    if own == 0 {
        return 0;
    }
    let near = ix.saturating_sub(9)..(ix + 10).min(units.len());
    let prose = |k: usize| units.get(k).is_some_and(|u| !is_head_line(u));
    // How many paragraphs stand below each number of blank lines.
    let mut counts = [0usize; 4];
    for unit in near.filter(|&k| k > 0 && k != ix && prose(k - 1) && prose(k)).filter_map(|k| units.get(k)) {
        counts[unit.gap.min(3) as usize] += 1;
    }
    // Three paragraphs of four stand no farther apart than this.
    let most = counts.iter().sum::<usize>() * 3 / 4;
    let mut below = 0;
    let usual = counts.iter().position(|count| {
        below += count;
        below > most
    });
    let usual = usual.unwrap_or(1);
    i32::try_from(own).unwrap_or(0) - i32::try_from(usual).unwrap_or(0)
}

/// 摘要如下： and the like, with which a document is introduced.
#[must_use]
pub fn is_preface(text: &str) -> bool {
    let whats = ["摘要如下", "宣言如下", "声明如下", "公报如下", "全文如下", "倡议如下"];
    text.contains("如下") && whats.iter().any(|w| text.contains(w))
}
