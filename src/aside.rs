//! What stands on a page beside its texts, known by its wording: words under a picture, print of the page itself.
//!
//! ```text
//! 图为7月3日，学生展示录取通知书。新华社发      a caption, by the credit that closes it
//! 第2版　要闻　责任编辑：王丽                  print of the page
//! 新华社发表评论员文章。                        neither
//! ```

use std::borrow::Cow;

use crate::dateline;
use crate::mark::{is_closing, is_dash, is_opening, is_space, is_terminal, unspaced};

/// The credits that close a caption.
const CREDITS: [&str; 15] = [
    "摄",
    "攝",
    "摄影",
    "攝影",
    "供图",
    "新华社发",
    "社发",
    "资料图片",
    "资料照片",
    "传真照片",
    "新华社照片",
    "影像中国",
    "图片",
    "视觉中国",
    "视觉",
];

/// The words with which a caption points at its picture.
const POINTERS: [&str; 8] = ["图为", "圖為", "上图", "下图", "左图", "右图", "上圖", "下圖"];

/// The first numbers of pictures, behind 图.
const NUMBERS: &str = "①②③④⑤⑥⑦⑧⑨123456789一二三四五六七八九";

/// Whether a whole paragraph reads as the words under a picture.
#[must_use]
pub fn is_caption(text: &str) -> bool {
    let is_pointing = || plain(text).is_some_and(|plain| points(&plain) && plain.chars().count() <= 160);
    is_credited(text) || may_point(text) && is_pointing()
}

/// Whether a credit closes a paragraph.
#[must_use]
pub fn is_credited(text: &str) -> bool {
    may_credit(text)
        && plain(text).is_some_and(|plain| {
            let inner = plain.trim_end_matches(is_end);
            CREDITS.iter().any(|credit| inner.ends_with(credit)) && has_credit_break(inner)
        })
}

/// A text of the length of a caption, without spaces.
fn plain(text: &str) -> Option<Cow<'_, str>> {
    unspaced(text, 260).filter(|plain| plain.chars().count() >= 6)
}

/// Whether a text begins by pointing at its picture: 图为…, 图②：…
#[must_use]
pub fn points(text: &str) -> bool {
    POINTERS.iter().any(|pointer| text.starts_with(pointer)) || is_numbered(text)
}

/// Whether a text begins with the number of its picture.
fn is_numbered(text: &str) -> bool {
    text.strip_prefix(['图', '圖']).is_some_and(|rest| rest.starts_with(|c| NUMBERS.contains(c)))
}

/// Of most texts, the first character says at once that they do not point.
fn may_point(text: &str) -> bool {
    let first = text.trim_start_matches(is_space).chars().next();
    matches!(first, Some('图' | '圖' | '上' | '下' | '左' | '右'))
}

/// Whether a credit may stand at the end, by its last character.
#[must_use]
pub fn may_credit(text: &str) -> bool {
    let last = text.trim_end_matches(|c| is_space(c) || is_end(c)).chars().next_back();
    matches!(last, Some('摄' | '攝' | '影' | '图' | '发' | '片' | '像' | '国' | '觉'))
}

/// Whether a text is a credit and nothing else: 本报记者　施望川摄
#[must_use]
pub fn is_credit(text: &str) -> bool {
    !text.contains(is_terminal) && is_credited(text)
}

fn is_end(c: char) -> bool {
    is_closing(c) || is_terminal(c)
}

/// A credit stands after a sentence or in brackets, not at the end of one: 新华社记者　鞠鹏摄; and alone it does not point, as
/// 图为市民观看图片⏎展览 does.
fn has_credit_break(text: &str) -> bool {
    let tail: String = text.chars().rev().take(24).collect();
    let Some(cut) = tail.find(|c| is_terminal(c) || is_opening(c)) else {
        return text.chars().count() < 24 && !points(text);
    };
    !tail.get(..cut).unwrap_or("").contains(['，', ',', '；'])
}

/// Print of the page itself: its number, its running head, its editors.
#[must_use]
pub fn is_furniture(text: &str) -> bool {
    const STAFF: [&str; 10] = [
        "责任编辑",
        "责编",
        "本版责编",
        "本版编辑",
        "版式",
        "美编",
        "邮箱",
        "电子信箱",
        "网址",
        "国内统一连续出版物号",
    ];
    let Some(plain) = unspaced(text, 46) else { return false };
    let is_weekday = || plain.contains("星期") || plain.contains("礼拜");
    let is_print = is_page_number(&plain)
        || text.split(is_space).filter(|w| !w.is_empty()).all(is_banner_word)
        || STAFF.iter().any(|s| plain.trim_start_matches(is_opening).starts_with(s))
        || plain.starts_with("编辑：") && ["校对", "审核", "责编"].iter().any(|word| plain.contains(word))
        || is_weekday() && dateline::find_date(&plain).is_some();
    is_print && !plain.contains(['。', '；'])
}

/// Whether a line is print of the page wherever it stands, even within a sentence: — 12 —; 第2版; 人民日报　2024年7月5日　星期五
#[must_use]
pub fn is_running_head(text: &str) -> bool {
    // Of most lines, the last character says at once that they are none.
    let is_rule = |c: char| is_dash(c) || matches!(c, '-' | '·');
    let closes = |c: char| is_rule(c) || matches!(c, '版' | '页' | '頁') || WEEKDAYS.contains(c) || c.is_ascii_digit();
    if !text.trim_end_matches(is_space).ends_with(closes) {
        return false;
    }
    let Some(plain) = unspaced(text, 46) else { return false };
    let is_ruled = plain.starts_with(is_rule) && plain.ends_with(is_rule) && is_count(plain.trim_matches(is_rule));
    let is_page =
        || plain.strip_prefix('第').and_then(|rest| rest.strip_suffix(['版', '页', '頁'])).is_some_and(is_count);
    is_ruled || is_page() || is_banner(text)
}

/// Whether a line has the day of the week, or the day and the paper or page, and nothing more.
fn is_banner(text: &str) -> bool {
    let words = || text.split(is_space).filter(|word| !word.is_empty());
    let days = words().filter(|word| is_whole_date(word)).count();
    let is_dated = words().any(is_weekday) || days > 0 && words().count() > days;
    is_dated && words().all(|word| is_whole_date(word) || is_weekday(word) || is_banner_word(word))
}

/// 2024年7月5日, and nothing more.
fn is_whole_date(word: &str) -> bool {
    let chars: Vec<char> = word.chars().take(24).collect();
    dateline::date(&chars).is_some_and(|(year, _, _, used)| year.is_some() && used == word.chars().count())
}

/// The days of a week, behind 星期.
const WEEKDAYS: &str = "一二三四五六日天";

/// 星期五
fn is_weekday(word: &str) -> bool {
    let day = ["星期", "礼拜", "禮拜"].iter().find_map(|week| word.strip_prefix(week));
    day.is_some_and(|day| !day.is_empty() && WEEKDAYS.contains(day))
}

/// 第3版, —12—
fn is_page_number(plain: &str) -> bool {
    let number = plain.trim_matches(|c: char| matches!(c, '第' | '版' | '页' | '頁' | '·' | '-' | '—' | '－' | '/'));
    let is_bare = || plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '—' | '·'));
    is_count(number) && (plain.contains(['版', '页', '頁']) || is_bare() && plain.chars().count() <= 6)
}

fn is_count(text: &str) -> bool {
    !text.is_empty() && text.chars().all(dateline::is_numeral)
}

/// A word of a running head: 要闻, 要闻2, 第3版, 晨报
fn is_banner_word(word: &str) -> bool {
    const DESKS: [&str; 30] = [
        "要闻",
        "要聞",
        "国际",
        "國際",
        "国内",
        "國內",
        "综合",
        "综合新闻",
        "国际新闻",
        "国内新闻",
        "经济",
        "文化",
        "体育",
        "社会",
        "理论",
        "副刊",
        "评论",
        "广告",
        "专题",
        "新闻",
        "地方",
        "地方新闻",
        "教育",
        "科技",
        "视点",
        "特刊",
        "专版",
        "本埠",
        "電訊",
        "时政",
    ];
    let is_numbered = || {
        let number = word.trim_matches(['第', '版', '—', '－', '-', '·', '页']);
        number.len() < word.len() && is_count(number)
    };
    let is_paper = || word.ends_with(['报', '報']) && (2..=5).contains(&word.chars().count());
    let is_dash = || word.chars().all(is_dash);
    let is_number = || word.chars().all(|c| c.is_ascii_digit());
    let desk = word.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '·' | '-'));
    DESKS.contains(&desk) || is_numbered() || is_paper() || is_dash() || is_number()
}

#[cfg(test)]
mod tests {
    use super::{is_caption, is_credit, is_furniture, is_running_head};

    #[test]
    fn credits_close_captions() {
        assert!(is_caption("图为7月3日，学生展示录取通知书。新华社发"));
        assert!(is_caption("7月4日，一名参观者举起水袋。（新华社 发）"));
        assert!(!is_caption("新华社发表评论员文章。"));
        assert!(is_credit("本报记者 施望川摄"));
        assert!(!is_credit("学生展示录取通知书。新华社发"));
    }

    #[test]
    fn what_runs_over_every_page_is_known_within_a_sentence() {
        for line in ["— 1 —", "·12·", "- 3 -", "第2版", "人民日报　2024年7月5日　星期五　第2版", "2024年7月5日　星期五"]
        {
            assert!(is_running_head(line), "{line}");
        }
        for line in ["2024", "经济", "会议定于2024年7月5日", "2024年7月5日", "第2版的文章", "五"] {
            assert!(!is_running_head(line), "{line}");
        }
    }

    #[test]
    fn the_page_prints_itself() {
        assert!(is_furniture("2024年7月5日　星期五"));
        assert!(is_furniture("编辑：赵一　校对：钱二") && is_furniture("（责编：赵一、钱二）"));
        assert!(is_furniture("第3版"));
        assert!(is_furniture("— 12 —"));
        assert!(!is_furniture("第3版的文章说明了这一点。"));
    }
}
