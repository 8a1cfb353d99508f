//! Head lines → title, subtitle, byline, speaker, date.
//!
//! ```text
//! 携手构建更加美好的上海合作组织家园               title
//! ——— 在“上海合作组织+”阿斯塔纳峰会上的讲话        subtitle
//! （ 2024 年 7 月 4 日，阿斯塔纳）                  date and place
//! 中华人民共和国主席　习近平                       speaker
//! ```

use super::unit::{Class, Unit};
use crate::dateline;
use crate::mark::{is_closing, is_opening, is_space};
use crate::model::{HeadLine, Piece};
use crate::wording;

/// What the head lines of an article say.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub title: Option<HeadLine>,
    pub subtitle: Option<HeadLine>,
    pub byline: Option<HeadLine>,
    pub speaker: Option<String>,
    pub date: Option<(Option<i32>, u8, u8)>,
    pub place: Option<String>,
    /// Lines that were read for the values above.
    pub rest: Vec<HeadLine>,
}

/// Reads the head lines of an article, in the order of the page.
#[must_use]
pub fn head(units: &[&Unit]) -> Head {
    let mut head = Head::default();
    let mut titles: Vec<&Unit> = Vec::new();
    let mut subtitles: Vec<&Unit> = Vec::new();
    for &unit in units {
        match unit.class {
            Class::Byline => add(&mut head.byline, unit),
            Class::Speaker => {
                head.speaker = head.speaker.take().or_else(|| wording::speaker(&unit.text));
                head.rest.push(line(unit));
            }
            Class::DateLine => {
                head.date = head.date.take().or_else(|| dateline::find_date(&unit.text));
                head.place = head.place.take().or_else(|| place(&unit.text));
                head.rest.push(line(unit));
            }
            Class::Subtitle if !titles.last().is_some_and(|t| is_open(&t.text)) => subtitles.push(unit),
            _ if titles.is_empty() || belongs(&titles, &subtitles, unit) => titles.push(unit),
            // Below a subtitle, across a gap, stands something else.
            _ if unit.gap > 0 && !subtitles.is_empty() => head.rest.push(line(unit)),
            _ => subtitles.push(unit),
        }
    }
    if let [kicker, rest @ ..] = titles.as_slice()
        && !rest.is_empty()
        && is_kicker(&kicker.text)
    {
        subtitles.insert(0, kicker);
        titles.remove(0);
    }
    head.title = join(&titles);
    head.subtitle = join(&subtitles);
    head
}

/// Whether a line goes on with the title: printed right below it, or while `《` is open, and no subtitle has begun.
fn belongs(titles: &[&Unit], subtitles: &[&Unit], unit: &Unit) -> bool {
    let Some(last) = titles.last() else { return true };
    if is_open(&last.text) {
        return true;
    }
    let all: usize = titles.iter().map(|t| t.text.chars().count()).sum();
    let (before, here) = (last.text.chars().count(), unit.text.chars().count());
    // A title that was broken fills its first line; a longer line below is a line of its own.
    let broken = here <= before || crate::repair::spans(&last.text, &unit.text);
    subtitles.is_empty() && unit.gap == 0 && all + here <= 64 && broken
}

fn is_open(text: &str) -> bool {
    text.matches('《').count() > text.matches('》').count() || text.matches('“').count() > text.matches('”').count()
}

/// …在会议上强调: the line above a title that leads up to it.
fn is_kicker(text: &str) -> bool {
    ["强调", "指出", "要求", "表示", "时说", "批示", "强调：", "指出："].iter().any(|end| text.ends_with(end))
}

/// （ 2024 年 7 月 4 日，阿斯塔纳） → 阿斯塔纳
fn place(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|&c| !is_space(c) && !is_opening(c) && !is_closing(c)).collect();
    let after = plain.split_once('日')?.1;
    let name = after.trim_start_matches(['，', ',', '于', '於', '在', '、']);
    (after.len() > name.len() && !name.is_empty() && name.chars().count() <= 10).then(|| name.to_owned())
}

fn add(slot: &mut Option<HeadLine>, unit: &Unit) {
    let more = line(unit);
    match slot {
        Some(line) => *line = joined(line.clone(), &more),
        None => *slot = Some(more),
    }
}

fn join(units: &[&Unit]) -> Option<HeadLine> {
    let mut units = units.iter();
    let first = line(units.next()?);
    Some(units.fold(first, |all, unit| joined(all, &line(unit))))
}

/// The line of a unit, as it stands.
#[must_use]
pub fn line(unit: &Unit) -> HeadLine {
    HeadLine { text: unit.text.clone(), pieces: unit.pieces.clone(), ledger: unit.ledger.clone() }
}

fn joined(mut first: HeadLine, second: &HeadLine) -> HeadLine {
    let at = first.pieces.last().map_or(0, |p| p.at + p.end - p.start);
    first.text.push_str(&second.text);
    first.pieces.extend(second.pieces.iter().map(|p| Piece { at: p.at + at, ..*p }));
    first.ledger.extend(second.ledger.iter().copied());
    first
}
