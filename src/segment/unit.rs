//! Blocks → units: what each block is by its own words, with its text and where every character of it stands.
//!
//! ```text
//! 2024年7月5日于杜尚别 （新华社杜尚别7月5日电）   one block, two units: a date, and the mark that ends an article
//! ```

use crate::aside;
use crate::dateline::{self, Dateline};
use crate::mark::{ends_sentence, is_closing, is_pause, is_space};
use crate::model::{Piece, Repair};
use crate::repair::{Matter, Repaired, is_enumerator, is_salutation};
use crate::signing;
use crate::wording;

/// What a unit is by its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Prose,
    /// Short and without an end: a headline, a section heading, a signature.
    Head,
    /// `———在…上的讲话`
    Subtitle,
    Byline,
    /// A date, perhaps with a place.
    DateLine,
    /// An office and a name.
    Speaker,
    Salutation,
    Thanks,
    /// `（新华社北京7月4日电）` or `（参与记者：白鹭、金载元）`: an article ends here.
    End,
    Caption,
    Furniture,
    /// Words of the page, set again to catch the eye.
    Quote,
    /// `（下转第三版）`
    ContinuedOn,
}

impl Class {
    /// It belongs to no text that it stands in.
    #[must_use]
    pub fn is_aside(self) -> bool {
        matches!(self, Self::Caption | Self::Furniture | Self::Quote | Self::ContinuedOn)
    }
}

/// A block, or the part of one that stands for itself.
#[derive(Clone, Debug)]
pub struct Unit {
    pub class: Class,
    pub text: String,
    pub pieces: Vec<Piece>,
    pub ledger: Vec<Repair>,
    pub confidence: f32,
    /// First and last seed line.
    pub lines: (u32, u32),
    /// Blank lines before.
    pub gap: u32,
    /// Measure of its first line, in quarter ems, where lines bear one out.
    pub measure: Option<u32>,
    /// Space before its first line, in quarter ems.
    pub indent: u32,
    /// It opens with a dateline.
    pub opening: Option<Dateline>,
    /// It is or ends with a closing mark of an agency.
    pub closing: Option<Dateline>,
    /// It opens with `（上接第二版）`: characters, page.
    pub continued: Option<(usize, Option<u32>)>,
    /// Its last sentence is unfinished.
    pub unfinished: bool,
    /// It interrupts the sentence of the unit with this index.
    pub inside: Option<usize>,
    /// Seed lines that interrupt this unit.
    pub interrupted: bool,
}

impl Unit {
    /// An article ends with it: it is or has a closing mark.
    #[must_use]
    pub fn closes(&self) -> bool {
        self.class == Class::End || self.closing.is_some()
    }

    /// It is a dateline and nothing more, and what it opens follows.
    #[must_use]
    pub fn is_dateline(&self) -> bool {
        let opening = self.opening.as_ref();
        opening.is_some_and(|opening| self.text.chars().nth(opening.length).is_none())
    }

    /// It opens with 本报讯 or its like, as news of today does that was not sent from elsewhere.
    #[must_use]
    pub fn is_message(&self) -> bool {
        let opening = self.opening.as_ref().filter(|opening| opening.day.is_none() && opening.agency.is_some());
        opening.is_some_and(|opening| self.text.chars().take(opening.length).any(|c| matches!(c, '讯' | '电')))
    }
}

/// The units of a seed, in the order of their first lines.
#[must_use]
pub fn units(repaired: &Repaired<'_>) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(repaired.blocks.len());
    let mut open: Vec<(usize, u32)> = Vec::new();
    // A line that is set as a headline and pauses at its end.
    let mut paused: Option<usize> = None;
    for block in &repaired.blocks {
        let before = paused.take();
        for mut unit in of_block(repaired, block) {
            open.retain(|&(_, last)| last > unit.lines.0);
            // What interrupts an interruption interrupts the text around both.
            unit.inside = open.first().map(|&(ix, _)| ix);
            if unit.interrupted {
                open.push((units.len(), unit.lines.1));
            }
            if unit.class == Class::Head
                && unit.gap == 0
                && let Some(first) = before.and_then(|ix| units.get_mut(ix))
            {
                first.class = Class::Head;
            }
            // A line that leads up to the headline may close with a colon: 国家发展改革委：
            let leads_up = || is_within(&unit.text, LONGEST_KICKER) && unit.text.ends_with(['：', ':']);
            let is_paused = block.matter == Matter::Head
                && unit.class == Class::Prose
                && (unit.text.ends_with(['，', '、']) || leads_up());
            // Several in a row are no headline: 为朋友们的健康，⏎为在座各位的健康，⏎干杯！
            paused = (is_paused && !units.last().is_some_and(|above| above.text.ends_with(['，', '、'])))
                .then_some(units.len());
            units.push(unit);
        }
    }
    leads(&mut units);
    datelines(&mut units);
    units
}

/// A dateline that stands above a headline belongs to it.
fn datelines(units: &mut [Unit]) {
    for at in 1..units.len() {
        let [line, next, ..] = units.get_mut(at - 1..).unwrap_or_default() else { break };
        if line.is_dateline() && next.class == Class::Head {
            line.class = Class::DateLine;
        }
    }
}

/// What a headline sums up in a sentence or two, above the dateline of its text, belongs to the headline.
fn leads(units: &mut [Unit]) {
    for at in 1..units.len().saturating_sub(1) {
        let [head, lead, text, ..] = units.get(at - 1..).unwrap_or_default() else { break };
        let is_lead = lead.class == Class::Prose
            && lead.opening.is_none()
            && lead.continued.is_none()
            && lead.inside.is_none()
            && is_within(&lead.text, if ends_sentence(&lead.text) { LONGEST_LEAD } else { LONGEST_SUMMARY });
        if is_lead
            && head.class == Class::Head
            && !is_enumerator(&head.text)
            && text.class == Class::Prose
            && text.opening.is_some()
            && let Some(lead) = units.get_mut(at)
        {
            lead.class = Class::Subtitle;
        }
    }
}

/// A paragraph of a clean seed.
#[must_use]
pub fn of_paragraph(text: &str, pieces: &[Piece]) -> Unit {
    let unit = Unit {
        class: Class::Prose,
        lines: bounds(pieces),
        text: text.to_owned(),
        pieces: pieces.to_vec(),
        ledger: Vec::new(),
        confidence: 1.0,
        gap: 1,
        measure: None,
        indent: 0,
        opening: None,
        closing: None,
        continued: None,
        unfinished: false,
        inside: None,
        interrupted: false,
    };
    classified(unit, Matter::Prose)
}

fn of_block(repaired: &Repaired<'_>, block: &crate::repair::Block) -> Vec<Unit> {
    let (text, pieces) = assemble(repaired, &block.lines);
    let first = block.lines.first().copied().unwrap_or(0);
    let line = repaired.lines.get(first);
    let measure = repaired.measures.get(first).filter(|m| m.trust > 0.5).map(|m| m.width);
    let whole = Unit {
        class: Class::Prose,
        lines: bounds(&pieces),
        text,
        pieces,
        ledger: block.ledger.clone(),
        confidence: block.confidence,
        gap: line.map_or(0, |l| l.gap),
        measure,
        indent: line.map_or(0, |l| l.indent),
        opening: None,
        closing: None,
        continued: None,
        unfinished: false,
        inside: None,
        interrupted: block.lines.windows(2).any(|w| w.first().map(|a| a + 1) != w.last().copied()),
    };
    split(whole).into_iter().map(|unit| classified(unit, block.matter)).collect()
}

/// The text of some lines, with a space where two Latin words meet.
fn assemble(repaired: &Repaired<'_>, lines: &[usize]) -> (String, Vec<Piece>) {
    let lines = || lines.iter().filter_map(|&i| repaired.lines.get(i));
    let mut text = String::with_capacity(lines().map(|line| line.text.len()).sum());
    let mut pieces: Vec<Piece> = Vec::with_capacity(lines().map(|line| line.pieces.len()).sum());
    let mut at = 0u32;
    for line in lines() {
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        if latin(text.chars().next_back()) && latin(line.text.chars().next()) {
            text.push(' ');
            at += 1;
        }
        text.push_str(&line.text);
        for piece in line.pieces.iter() {
            pieces.push(Piece { at: piece.at + at, ..*piece });
        }
        at += line.pieces.last().map_or(0, |p| p.at + p.end - p.start);
    }
    (text, pieces)
}

fn bounds(pieces: &[Piece]) -> (u32, u32) {
    (pieces.iter().map(|p| p.line).min().unwrap_or(0), pieces.iter().map(|p| p.line).max().unwrap_or(0))
}

/// Cuts off what stands for itself: columns of signatures, a closing agency mark behind a date or signature.
fn split(unit: Unit) -> Vec<Unit> {
    let cuts = cuts(&unit.text);
    cut(unit, &cuts)
}

/// The parts of a unit that is cut before some characters, told in order.
#[must_use]
pub fn cut(unit: Unit, cuts: &[usize]) -> Vec<Unit> {
    let mut parts = Vec::with_capacity(cuts.len() + 1);
    let mut rest = unit;
    for &cut in cuts.iter().rev() {
        let (head, tail) = divide(rest, cut);
        parts.push(tail);
        rest = head;
    }
    parts.push(rest);
    parts.reverse();
    parts.retain(|p| !p.text.is_empty());
    parts
}

/// Where a block falls into parts, in characters.
fn cuts(text: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let short = is_within(text, 80);
    if short && (dateline::alone(text).is_some() || dateline::closing(text).is_some()) {
        return cuts;
    }
    if short && !text.contains('。') {
        cuts.extend(text.chars().enumerate().filter(|&(_, c)| c == '\t').map(|(i, _)| i + 1));
    }
    if ends_in_brackets(text)
        && let Some(open) = text.rfind(['（', '('])
        && open > 0
    {
        let (head, tail) = (text.get(..open).unwrap_or(""), text.get(open..).unwrap_or(""));
        let at = head.chars().count();
        if wording::continued_on(text) == Some(at)
            || (short && dateline::closing(tail).is_some() && !head.contains('。'))
        {
            cuts.push(at);
        }
    }
    cuts
}

/// Divides a unit at a character; layout space at the cut is dropped.
pub fn divide(unit: Unit, cut: usize) -> (Unit, Unit) {
    let cut32 = u32::try_from(cut).unwrap_or(u32::MAX);
    let mut left = Vec::new();
    let mut right = Vec::new();
    for piece in &unit.pieces {
        let length = piece.end - piece.start;
        let inside = cut32.saturating_sub(piece.at).min(length);
        if inside > 0 {
            left.push(Piece { end: piece.start + inside, ..*piece });
        }
        if inside < length {
            right.push(Piece { at: (piece.at + inside).saturating_sub(cut32), start: piece.start + inside, ..*piece });
        }
    }
    let head: String = unit.text.chars().take(cut).collect();
    let tail: String = unit.text.chars().skip(cut).collect();
    let (head, left) = trim_end(head, left);
    let (left_lines, right_lines) = (bounds(&left), bounds(&right));
    let tail_ledger: Vec<Repair> = unit.ledger.iter().filter(|r| r.line >= right_lines.0).copied().collect();
    let first = Unit { text: head, pieces: left, lines: left_lines, ..unit.clone() };
    (first, Unit { text: tail, pieces: right, lines: right_lines, gap: 0, ledger: tail_ledger, ..unit })
}

fn trim_end(mut text: String, mut pieces: Vec<Piece>) -> (String, Vec<Piece>) {
    while text.chars().next_back().is_some_and(is_space) {
        text.pop();
        if let Some(last) = pieces.last_mut() {
            last.end -= 1;
        }
        pieces.retain(|p| p.end > p.start);
    }
    (text, pieces)
}

fn classified(mut unit: Unit, matter: Matter) -> Unit {
    let alone = dateline::alone(&unit.text);
    unit.closing = if alone.is_some() { None } else { closing(&unit.text) };
    unit.opening = alone.or_else(|| dateline::opening(&unit.text));
    unit.continued = wording::continued_from(&unit.text);
    unit.unfinished = is_unfinished(&unit.text);
    unit.class = if matter == Matter::Quote { Class::Quote } else { class(&unit, matter == Matter::Head) };
    unit
}

fn class(unit: &Unit, head: bool) -> Class {
    let text = unit.text.as_str();
    if wording::continued_on(text) == Some(0) {
        Class::ContinuedOn
    } else if unit.continued.is_some() {
        Class::Prose
    } else if unit.closing.is_some() && dateline::closing(text).is_some() {
        Class::End
    } else if is_salutation(text) || wording::is_greeting(text) {
        Class::Salutation
    } else if wording::is_thanks(text) {
        Class::Thanks
    } else if aside::is_furniture(text) {
        Class::Furniture
    } else if aside::is_caption(text) {
        Class::Caption
    } else if wording::is_adoption(text) || wording::is_ordered_to(text) || wording::lists(text) {
        Class::Prose
    } else if wording::is_date_line(text) {
        Class::DateLine
    } else if signing::is_byline(text) || (head && (signing::is_name_line(text) || signing::is_bracketed_name(text))) {
        Class::Byline
    } else if signing::speaker(text).is_some() {
        Class::Speaker
    } else if text.starts_with(crate::mark::is_dash) && is_within(text, 60) {
        Class::Subtitle
    } else if is_headline(unit, head) {
        Class::Head
    } else {
        Class::Prose
    }
}

/// Characters of a sentence or two that sum a text up.
const LONGEST_LEAD: usize = 60;
/// Characters of a few clauses that do so, and end as no sentence does.
const LONGEST_SUMMARY: usize = 160;

/// Characters of a line above a headline that closes with a colon.
const LONGEST_KICKER: usize = 16;

/// Characters of a headline, all its lines together.
const LONGEST_HEAD: usize = 64;

/// Whether a text has no more characters than that: most paragraphs have far more bytes than so many could take.
fn is_within(text: &str, most: usize) -> bool {
    text.len() <= most * char::MAX.len_utf8() && text.chars().count() <= most
}

fn is_headline(unit: &Unit, head: bool) -> bool {
    let asked = ["问：", "答：", "记者：", "記者：", "問："].iter().any(|turn| unit.text.starts_with(turn));
    if unit.opening.is_some() || unit.interrupted || asked || !is_within(&unit.text, LONGEST_HEAD) {
        return false;
    }
    let length = unit.text.chars().count();
    let pauses = unit.text.chars().filter(|&c| is_pause(c) && c != '、' || c == '。').count();
    let ended = unit.text.trim_end_matches(is_closing).ends_with(['。', '；', '，', '：', '、']);
    if head {
        return !ended;
    }
    // Prose that pauses once may be a headline of a few lines; of so many characters it pauses at least once.
    let lines = unit.lines.1 - unit.lines.0;
    let is_short = length <= 48 && pauses <= 1 && lines <= 2;
    let is_named = pauses == 0 && lines <= 5;
    !ended && (unit.unfinished && (is_short || is_named) || is_enumerator(&unit.text) && length <= 24 && is_short)
}

fn is_unfinished(text: &str) -> bool {
    let ends = |text: &str| {
        let text = text.trim_end_matches(|c| is_closing(c) || is_space(c));
        ends_sentence(text) || text.ends_with(['：', '；'])
    };
    // A note in brackets may stand behind the end: …走进社区。（据《晚邮报》，记者编译）
    let noted = ends_in_brackets(text) && text.rfind(['（', '(']).and_then(|open| text.get(..open)).is_some_and(ends);
    !ends(text) && !noted && dateline::closing(text).is_none()
}

/// Whether a mark of continuation or of an agency may stand at the end.
fn ends_in_brackets(text: &str) -> bool {
    text.trim_end_matches(is_space).ends_with(['）', ')', '】'])
}

/// A closing mark that the text is, or ends with: …发展新局面。（新华社北京7月4日电）
fn closing(text: &str) -> Option<Dateline> {
    if !ends_in_brackets(text) {
        return None;
    }
    let (before, note) = text.split_at_checked(text.rfind(['（', '('])?)?;
    let is_name = || ends_sentence(before) && signing::is_bracketed_name(note.trim_end_matches(is_space));
    dateline::closing(note).or_else(|| is_name().then(Dateline::default))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Source};
    use crate::repair::repair;

    fn classes(page: &str) -> Vec<Class> {
        let source = Source::of("page.txt", Format::Raw, page);
        units(&repair(&source)).into_iter().map(|unit| unit.class).collect()
    }

    #[test]
    fn a_dash_may_set_off_a_sentence_longer_than_the_column() {
        let page = "“缆钱”不可再收\n———收“缆钱”，要“茶钱”，讨“辛苦”……到头来掏的都是船户腰包\n编辑同志：\n　　入夏以来，东湖码头上常有人借系缆索要钱物，有\n的巧立名目，叫作辛苦。\n";
        assert_eq!(classes(page), [Class::Head, Class::Subtitle, Class::Salutation, Class::Prose]);
    }

    #[test]
    fn a_name_in_brackets_behind_the_last_sentence_closes() {
        let closes = |text: &str| of_paragraph(text, &[]).closes();
        assert!(closes("他们是得付违约金的。（李铁）") && closes("从严查处。（江西青石县纪委田壮）"));
        assert!(!closes("船长姓王（王铁）") && !closes("水位降了两米。（见图）"));
    }

    #[test]
    fn a_sentence_between_a_headline_and_a_dateline_sums_up() {
        let text = "\n\n　　新华社长沙7月4日电　今天上午，双季稻区的早稻开镰收割，预计月底收完。\n";
        let lead = "\n\n　　早稻长势喜人，各地抓紧抢收。";
        assert_eq!(classes(&format!("双季稻区早稻开镰{lead}{text}")), [Class::Head, Class::Subtitle, Class::Prose]);
        assert_eq!(classes(&format!("第四章　附则{lead}{text}")), [Class::Head, Class::Prose, Class::Prose]);
    }

    #[test]
    fn a_dateline_on_a_line_of_its_own_opens_what_follows() {
        let text = "　　国家主席李白4日在人民大会堂同某国总统会谈，两国元首一致同意深化合作。\n";
        for line in ["新华社北京7月4日电", "新华社北京7月4日电（记者　李明）"] {
            assert_eq!(
                classes(&format!("李白同某国总统会谈\n\n{line}\n\n{text}")),
                [Class::Head, Class::Prose, Class::Prose]
            );
            let above = format!("{line}\n\n李白同某国总统会谈\n\n{text}");
            assert_eq!(classes(&above), [Class::DateLine, Class::Head, Class::Prose]);
        }
    }
}
