//! Words under a picture that stand in the midst of a column, with no blank line around them or with one inside.
//!
//! ```text
//! 最热闹的还要数沿途。                        a paragraph ends
//! 1月18日，列车行驶在张家口境内的雪原上。       ┐ begins with a day, behind a sentence
//! 王强摄（影像中国）                          ┘ and a credit closes it
//! 在菱塘乡路段，大妈们支起四口大锅，
//! ```

use std::ops::Range;

use super::line::{Line, joined, widest};
use crate::aside::{is_caption, is_credit, is_credited, may_credit, points};
use crate::dateline;
use crate::mark::{ends_sentence, is_closing, is_pause, is_terminal};
use crate::signing::{is_body_name, speaker};
use crate::wording::is_date_line;

/// Longest caption, in lines.
pub const LONGEST: usize = 14;
/// … and in bytes, more than any has.
const LONGEST_TEXT: usize = 2048;
/// How much the lines of one measure differ at most, in quarter ems.
const SLACK: u32 = 6;
/// Lines that a credit goes on in.
const CREDIT_LINES: usize = 2;
/// The longest title of one, in characters.
const LONGEST_TITLE: usize = 24;
/// How much farther in, in quarter ems, the words under a title begin, and each paragraph of them.
pub const INDENT: u32 = 4;

/// The captions that a credit closes and whose beginning shows, in order.
#[must_use]
pub fn captions(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (last, _) in lines.iter().enumerate().filter(|(_, line)| may_credit(&line.text)) {
        let free = found.last().map_or(0, |run| run.end);
        if last < free {
            continue;
        }
        found.extend(start(lines, free, last).map(|start| start..end(lines, start, last + 1)));
    }
    found
}

/// Where a caption ends that ends at `end` or behind lines that its credit goes on in: （张三摄　影像中国 ⏎ 供图）
fn end(lines: &[Line<'_>], start: usize, end: usize) -> usize {
    let goes_on = |line: &&Line<'_>| line.gap == 0 && !points(&line.text);
    let follows = lines.iter().skip(end).take(CREDIT_LINES).take_while(goes_on).count();
    let text = |to: usize| joined(lines.get(start..to).unwrap_or_default());
    let is_open = !text(end).ends_with(|c| is_closing(c) || is_terminal(c));
    (end + 1..=end + follows).rfind(|&to| is_credited(&text(to)) || is_open && is_caption(&text(to))).unwrap_or(end)
}

/// The line that begins the caption whose credit stands in the line `last`.
fn start(lines: &[Line<'_>], free: usize, last: usize) -> Option<usize> {
    let mut text = String::new();
    let mut found: Option<usize> = None;
    for start in (free.max((last + 1).saturating_sub(LONGEST))..=last).rev() {
        let line = lines.get(start)?;
        if text.len() + line.text.len() > LONGEST_TEXT {
            break;
        }
        text.insert_str(0, &line.text);
        let is_alone = is_credit(&text);
        if !is_alone && is_credited(&text) {
            let begins = match found {
                None => points(&line.text) || is_day(&line.text) && follows_end(lines, start),
                Some(found) => line.gap > 0 && is_one(lines, start, found, last),
            };
            found = if begins { Some(start) } else { found };
        }
        if line.gap > 0 && !is_alone {
            break;
        }
    }
    found.map(|start| if is_title_of(lines, free, start) { start - 1 } else { start })
}

/// Whether the lines from `start`, behind a blank line, fill the same measure as those from `found`: then they are one caption,
/// though a sentence ends above `found`.
fn is_one(lines: &[Line<'_>], start: usize, found: usize, last: usize) -> bool {
    let own = widest(lines.get(found..=last).unwrap_or_default());
    let above = lines.get(start..found).unwrap_or_default();
    if !above.last().is_some_and(|line| ends_sentence(&line.text)) {
        return false;
    }
    if found == last {
        // One line shows no measure.
        return above.len() == 1;
    }
    above.iter().all(|line| line.width.abs_diff(own) <= SLACK)
}

/// Whether a line begins with the day on which a picture was taken.
fn is_day(text: &str) -> bool {
    let opening: Vec<char> = text.chars().take(12).collect();
    dateline::date(&opening).is_some()
}

/// Whether nothing above goes on in the line: a sentence ends there, or the title of the caption stands there.
fn follows_end(lines: &[Line<'_>], start: usize) -> bool {
    let Some(line) = lines.get(start) else { return false };
    let above = start.checked_sub(1).and_then(|above| lines.get(above));
    line.gap > 0 || above.is_none_or(|above| ends_sentence(&above.text)) || is_title_of(lines, 0, start)
}

/// Whether the line above is the title of the caption that begins at `start`.
fn is_title_of(lines: &[Line<'_>], free: usize, start: usize) -> bool {
    let Some(above) = start.checked_sub(1).filter(|&above| above >= free) else { return false };
    let (Some(title), Some(line)) = (lines.get(above), lines.get(start)) else { return false };
    let behind_end = above.checked_sub(1).and_then(|at| lines.get(at)).is_none_or(|line| ends_sentence(&line.text));
    is_title(&title.text)
        && if line.gap == 0 { title.gap > 0 || behind_end && title.width < line.width } else { title.gap > line.gap }
}

/// Whether a line can be the title of a caption: short, and no sentence.
#[must_use]
pub fn is_title(text: &str) -> bool {
    let is_short = text.len() <= LONGEST_TITLE * char::MAX.len_utf8() && text.chars().count() <= LONGEST_TITLE;
    is_short
        && !text.contains(|c| is_pause(c) && c != '、' || c == '。')
        && !may_credit(text)
        && !is_body_name(text)
        && !is_date_line(text)
        && speaker(text).is_none()
        && dateline::closing(text).is_none()
}

/// Whether the words of a caption go on below its title so: they begin farther in, behind a blank line, with a day, or fill a
/// measure that the title is far from filling.
#[must_use]
pub fn is_below_title(title: &Line<'_>, line: &Line<'_>) -> bool {
    line.indent >= title.indent + INDENT || line.gap > 0 || is_day(&line.text) || title.width * 2 <= line.width
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use crate::model::{Format, Source};

    fn captions(page: &str) -> Vec<(usize, usize)> {
        let runs = super::captions(&lines(&Source::of("page.txt", Format::Raw, page)));
        runs.into_iter().map(|run| (run.start, run.end)).collect()
    }

    #[test]
    fn a_caption_begins_with_its_day_or_points_at_its_picture() {
        let dated = "最热闹的还要数沿途。\n1月18日，列车行驶在张家口\n的雪原上。王强摄（影像中国\n供图）\n\n在菱塘乡路段，大妈们支起四口大锅。";
        assert_eq!(captions(dated), [(1, 4)]);
        let pointing = "江河的未来，在于我们每一个人手中的那一\n图为大桥合龙现场。（张三摄）\n瓢水。";
        assert_eq!(captions(pointing), [(1, 2)]);
        assert_eq!(captions("代表团一行十二人在团长率领下于\n7月4日抵京。会谈的照片由张三摄\n代表团次日离京。"), []);
    }

    #[test]
    fn each_picture_has_its_words() {
        let page = "图①：项目施工现场。\n　新华社记者　赵一摄\n图②：工人正在安装设备。\n　李　明摄（人民视觉）\n\n主雨带将北抬。";
        assert_eq!(captions(page), [(0, 2), (2, 4)]);
    }

    #[test]
    fn a_sentence_in_lines_of_the_same_measure_is_the_first_of_the_caption() {
        let page = "谢谢大家。\n\n鲁班工坊成为两国民心相通的又一座桥。\n图为七月三日，留学生展示录取的通知书。\n新华社发\n\n主雨带将北抬。";
        assert_eq!(captions(page), [(1, 4)]);
        let wide = "谢谢大家。\n\n鲁班工坊成为两国民心相通的又一座桥，人们都这么说。\n图为留学生展示录取通知书。\n新华社发\n\n主雨带将北抬。";
        assert_eq!(captions(wide), [(2, 4)]);
    }

    #[test]
    fn a_title_stands_above_the_day() {
        let page = "夜深了。\n鱼灯夜游闹元宵\n2月24日晚，村民高举鱼灯。\n本报记者 施望川摄\n我躺在旧床上，听。";
        assert_eq!(captions(page), [(1, 4)]);
    }
}
