//! What a line shows only together with the lines around it.
//!
//! ```text
//! 漁會今日議事如次：（一）修船章程案修正通過。       counted inside the paragraph
//! （二）夜航辦法案交付審查。                       and so no paragraph begins here
//! ```

use std::collections::HashSet;
use std::sync::LazyLock;

use arrayvec::ArrayVec;
use foldhash::fast::FixedState;

use super::line::Line;
use super::observe::{Beginning, Ending, Shown, counts};
use crate::dateline;
use crate::mark::{is_pause, is_terminal, start};

/// Sees how each line follows the one above, and what it goes on with.
pub fn follow(lines: &[Line<'_>], shown: &mut [Shown]) {
    items(lines, shown);
    datelines(lines, shown);
    carrying(lines, shown);
    inline(lines, shown);
}

/// Tells the lines that end an item of a list: the next one begins with another number.
fn items(lines: &[Line<'_>], shown: &mut [Shown]) {
    let next: Vec<bool> = shown.iter().skip(1).map(|shown| shown.beginning == Beginning::Enumerator).collect();
    for ((line, shown), next) in lines.iter().zip(shown).zip(next) {
        if next && line.text.ends_with(['；', ';']) {
            shown.ending = Ending::Item;
        }
    }
}

/// Tells the sentences that lean on the one that ends above them.
fn carrying(lines: &[Line<'_>], shown: &mut [Shown]) {
    let mut ended = false;
    for (line, shown) in lines.iter().zip(shown) {
        if ended && shown.beginning == Beginning::Other && carries(&line.text) {
            shown.beginning = Beginning::Carrying;
        }
        ended = shown.ending.is_terminal();
    }
}

/// Words with which sentences begin inside a paragraph, and hardly one at its start.
const CARRYING: [&str; 36] = [
    "其", "并", "並", "且", "而", "若", "如果", "則", "则", "亦", "也", "这些", "這些", "这种", "這種", "此", "但",
    "因", "由", "至", "蓋", "盖", "按", "茲", "兹", "每", "凡", "他们", "他們", "被", "是", "即", "卽", "乃", "否则",
    "否則",
];

/// The characters with which they begin: most lines begin with none of them.
static CARRYING_FIRST: LazyLock<HashSet<char, FixedState>> =
    LazyLock::new(|| CARRYING.iter().filter_map(|word| word.chars().next()).collect());

/// 其, 並, 如果 at the beginning; not 此外, with which paragraphs begin as well.
fn carries(text: &str) -> bool {
    let may_carry = |c: char| CARRYING_FIRST.contains(&c);
    text.starts_with(may_carry) && CARRYING.iter().any(|word| text.starts_with(word)) && !text.starts_with("此外")
}

/// Finds the datelines that are broken over two lines: 新华社长沙一九八三年六月二十 ⏎ 四日电　…
fn datelines(lines: &[Line<'_>], shown: &mut [Shown]) {
    /// The mark of a message stands among so many characters of the second line.
    const NEAR: usize = 12;
    /// Longest first line.
    const LONGEST: u32 = 24;
    for (i, pair) in lines.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let Some([above, below]) = shown.get_mut(i..i + 2).and_then(|pair| <&mut [Shown; 2]>::try_from(pair).ok())
        else {
            continue;
        };
        if above.length > LONGEST
            || above.pauses > 0
            || !above.ending.is_unmarked()
            || above.beginning == Beginning::Dateline
            || !second.text.chars().take(NEAR).any(dateline::is_sent)
            || dateline::opening(&second.text).is_some_and(|whole| whole.agency.is_some())
        {
            continue;
        }
        let both: String = first.text.chars().chain(second.text.chars().take(NEAR)).collect();
        let length = above.length as usize;
        // The agency stands in the first line, the mark of the message in the second.
        let is_sent = dateline::opening(&both).is_some_and(|dateline| {
            let agency = dateline.agency.map_or(usize::MAX, |agency| agency.chars().count());
            agency <= length && dateline.day.is_some() && dateline.length > length
        });
        if is_sent {
            above.beginning = Beginning::Dateline;
            below.beginning = Beginning::Other;
        }
    }
}

/// Tells the numbers that go on counting inside a paragraph: the number before stands in the middle of a line.
fn inline(lines: &[Line<'_>], shown: &mut [Shown]) {
    /// Lines from one number of a row to the next, at most.
    const NEAR: usize = 24;
    if shown.iter().all(|shown| shown.beginning != Beginning::Enumerator) {
        return;
    }
    // The last number of each form: which, in which line, and whether inside a paragraph.
    let mut last: [Option<(u32, usize, bool)>; FORMS.len()] = [None; FORMS.len()];
    for (i, (line, shown)) in lines.iter().zip(shown).enumerate() {
        for (place, form, value) in numbers(&line.text) {
            let Some(last) = last.get_mut(form) else { continue };
            let goes_on = last.is_some_and(|(before, at, inside)| inside && before + 1 == value && i - at <= NEAR);
            if place == 0 && goes_on && shown.beginning == Beginning::Enumerator {
                shown.beginning = Beginning::Other;
            }
            *last = Some((value, i, place > 0 || goes_on));
        }
    }
}

/// Characters of a number and the mark behind it.
const LONGEST: usize = 4;
/// Marks around a number that counts, or behind it.
const FORMS: [(Option<char>, char); 4] = [(Some('（'), '）'), (Some('('), ')'), (None, '、'), (None, '．')];

/// The numbers that count in a line: where they stand, of which form, and how many they count.
fn numbers(text: &str) -> Vec<(usize, usize, u32)> {
    let mut found = Vec::new();
    // Whether the character before can stand before a number without brackets.
    let mut free = true;
    for (place, c) in text.char_indices() {
        let may_open = FORMS.iter().any(|(open, _)| *open == Some(c)) || free && (counts(c) || c.is_ascii_digit());
        if may_open && let Some(rest) = text.get(place..) {
            let number = FORMS.iter().enumerate().find_map(|(form, &(open, close))| {
                let rest = open.map_or(Some(rest), |open| rest.strip_prefix(open))?;
                let (number, _) = start(rest, LONGEST).split_once(close)?;
                Some((place, form, value(number)?))
            });
            found.extend(number);
        }
        free = is_terminal(c) || is_pause(c) || c == '：';
    }
    found
}

/// What a numeral counts: 三, 十二, 二十, 7
fn value(text: &str) -> Option<u32> {
    let digits: ArrayVec<char, LONGEST> = text.chars().take(LONGEST).collect();
    dateline::value(&digits).filter(|&value| value > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Source};
    use crate::repair::line::lines;
    use crate::repair::{measure, observe};

    fn beginnings(page: &str) -> Vec<Beginning> {
        let source = Source::of("page.txt", Format::Raw, page);
        let lines = lines(&source);
        let measures = measure::measures(&lines);
        observe::observe(&lines, &measures).iter().map(|shown| shown.beginning).collect()
    }

    #[test]
    fn a_dateline_may_be_broken_over_two_lines() {
        use Beginning::{Dateline, Other};
        let broken = "新华社长沙一九八三年六月二十\n四日电　东湖渔会的三百名渔民\n今天下午到达长沙。";
        assert_eq!(beginnings(broken), [Dateline, Other, Other]);
        let headed = "稻田里的科学家\n新华社长沙7月4日电　今天上午，\n试验田里一片繁忙。";
        assert_eq!(beginnings(headed), [Other, Dateline, Other]);
    }

    #[test]
    fn below_a_sentence_a_word_may_carry_it_on() {
        use Beginning::{Carrying, Other};
        let page = "渔会今日成立，到会者三百余人。\n其宗旨在于安定民生。\n此外，会上还选出\n则例三条。";
        assert_eq!(beginnings(page), [Other, Carrying, Other, Other]);
    }

    #[test]
    fn what_is_counted_inside_a_paragraph_begins_none() {
        use Beginning::{Enumerator, Other};
        let counted = "漁會議事如次：（一）修船章程案修正通過。\n（二）夜航辦法案交付審查。（三）碼頭細則\n案撤銷。\n（四）印行月報案緩議。";
        assert_eq!(beginnings(counted), [Other, Other, Other, Other]);
        let listed = "漁會議事如次：\n（一）修船章程案修正通過。\n（二）夜航辦法案交付審查。";
        assert_eq!(beginnings(listed), [Other, Enumerator, Enumerator]);
    }

    #[test]
    fn numerals_count() {
        assert_eq!(
            ["三", "十二", "二十", "7", "12", "三年", ""].map(value),
            [Some(3), Some(12), Some(20), Some(7), Some(12), None, None]
        );
    }
}
