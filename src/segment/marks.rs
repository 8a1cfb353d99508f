//! Marks of the trade: what a printed line is by its wording alone.
//!
//! ```text
//! （上接第二版）反对任何形式的…      continued from page 2
//! 本报记者　李明                     a byline
//! （2024年7月4日，阿斯塔纳）         date and place under a headline
//! …展示录取通知书。新华社发          a caption
//! 第2版　要闻　责任编辑：王丽        furniture of the page
//! ```

use crate::dateline;
use crate::mark::{is_closing, is_han, is_opening, is_space, is_terminal};

/// `（上接第二版）` at the start of a text: its length in characters, and the page in digits.
#[must_use]
pub fn continued_from(text: &str) -> Option<(usize, Option<u32>)> {
    bracketed(text, &["上接", "紧接", "接上", "续"])
}

/// `（下转第三版）` at the end of a text: the character it starts at.
#[must_use]
pub fn continued_on(text: &str) -> Option<usize> {
    let open = text.rfind(['（', '(', '【'])?;
    let tail = text.get(open..)?;
    let (length, _) = bracketed(tail, &["下转", "转"])?;
    (length == tail.chars().count()).then(|| text.get(..open).unwrap_or("").chars().count())
}

fn bracketed(text: &str, words: &[&str]) -> Option<(usize, Option<u32>)> {
    let inner = text.strip_prefix(['（', '(', '【'])?;
    let close = inner.find(['）', ')', '】'])?;
    let inner = inner.get(..close)?;
    let rest = words.iter().find_map(|w| inner.strip_prefix(w))?;
    if inner.chars().count() > 14 || !rest.contains(['版', '页', '頁', '面']) {
        return None;
    }
    let digits: Vec<char> = rest.chars().filter(|c| dateline::value(&[*c]).is_some()).collect();
    Some((inner.chars().count() + 2, dateline::value(&digits).filter(|_| !digits.is_empty())))
}

/// The credits that close a caption.
const CREDITS: [&str; 12] =
    ["摄", "攝", "摄影", "攝影", "供图", "新华社发", "社发", "资料图片", "资料照片", "影像中国", "图片", "视觉中国"];

/// Whether a whole paragraph reads as the words under a picture.
#[must_use]
pub fn is_caption(text: &str) -> bool {
    let plain: String = text.chars().filter(|&c| !is_space(c)).collect();
    let length = plain.chars().count();
    if !(6..=260).contains(&length) {
        return false;
    }
    let inner = plain.trim_end_matches(|c| is_closing(c) || is_terminal(c));
    let credited = CREDITS.iter().any(|credit| inner.ends_with(credit)) && has_credit_break(inner);
    let pointing = ["图为", "圖為", "上图", "下图", "左图", "右图", "图①", "图1", "图一", "上圖", "下圖"];
    credited || (length <= 160 && pointing.iter().any(|p| plain.starts_with(p)))
}

/// A credit stands after a sentence or in brackets, not at the end of one: 新华社记者　鞠鹏摄
fn has_credit_break(text: &str) -> bool {
    let tail: String = text.chars().rev().take(24).collect();
    let Some(cut) = tail.find(|c| is_terminal(c) || is_opening(c)) else { return text.chars().count() < 24 };
    !tail.get(..cut).unwrap_or("").contains(['，', ',', '；'])
}

/// Whether a line names who wrote or said it: 本报记者　李明, 新华社记者…
#[must_use]
pub fn is_byline(text: &str) -> bool {
    let plain = text.trim_start_matches(|c: char| is_space(c) || matches!(c, '□' | '■' | '●' | '○' | '◎' | '（' | '('));
    let length = plain.chars().count();
    let writers = [
        "本报记者",
        "本報記者",
        "新华社记者",
        "记者",
        "記者",
        "本报评论员",
        "本報評論員",
        "评论员",
        "通讯员",
        "特约记者",
        "本报特派",
        "特派记者",
        "作者",
        "文/",
        "文／",
        "执笔",
        "本社记者",
        "特約",
        "本报通讯员",
    ];
    let marked = plain.len() < text.len() && text.starts_with(['□', '■', '●', '○', '◎']) && length <= 12;
    let named = writers.iter().any(|w| plain.starts_with(w));
    (named || marked) && length <= 40 && !plain.contains(['，', '。', '！', '？', '；']) && !plain.contains("日电")
}

/// A line that is a date, perhaps with a place: （2024年7月4日，阿斯塔纳） 2024年7月5日于杜尚别
#[must_use]
pub fn is_date_line(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|&c| !is_space(c) && !is_opening(c) && !is_closing(c)).collect();
    if plain.len() > 30 {
        return false;
    }
    let Some((_, _, _, used)) = dateline::date(&plain) else {
        return ends_with_date(&plain);
    };
    let rest: String = plain.get(used..).unwrap_or_default().iter().collect();
    rest.is_empty()
        || rest.starts_with(['，', ',', '于', '於', '在', '、'])
            && rest.chars().count() <= 12
            && !rest.contains(['。', '；'])
}

fn ends_with_date(plain: &[char]) -> bool {
    (1..plain.len().min(14)).any(|i| {
        plain
            .get(i..)
            .and_then(dateline::date)
            .is_some_and(|(year, _, _, used)| year.is_some() && i + used == plain.len())
    })
}

/// Print of the page itself: its number, its running head, its editors.
#[must_use]
pub fn is_furniture(text: &str) -> bool {
    let plain: String = text.chars().filter(|&c| !is_space(c)).collect();
    let length = plain.chars().count();
    if length > 46 || plain.contains(['。', '；']) {
        return false;
    }
    let number = plain.trim_matches(|c: char| matches!(c, '第' | '版' | '页' | '頁' | '·' | '-' | '—' | '－' | '/'));
    let counted = |s: &str| !s.is_empty() && s.chars().all(|c| dateline::value(&[c]).is_some());
    let numbered = (plain.contains(['版', '页', '頁']) && counted(number))
        || (plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '—' | '·'))
            && counted(number)
            && length <= 6);
    let weekday = (plain.contains("星期") || plain.contains("礼拜")) && dateline::find_date(&plain).is_some();
    let staff = [
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
    numbered || weekday || staff.iter().any(|s| plain.starts_with(s))
}

/// 谢谢大家。 and the like, which close a speech.
#[must_use]
pub fn is_thanks(text: &str) -> bool {
    let plain = text.trim_matches(|c: char| is_space(c) || is_terminal(c) || c == '，');
    matches!(
        plain,
        "谢谢" | "谢谢大家" | "谢谢各位" | "謝謝" | "謝謝大家" | "谢谢主席" | "谢谢主席先生" | "再次感谢大家"
    )
}

/// Offices that stand before a speaker's or signer's name.
const OFFICES: [&str; 26] = [
    "主席",
    "总统",
    "總統",
    "总理",
    "總理",
    "首相",
    "部长",
    "部長",
    "书记",
    "書記",
    "秘书长",
    "委员长",
    "主任",
    "大使",
    "外长",
    "国王",
    "省长",
    "市长",
    "院长",
    "院長",
    "校长",
    "校長",
    "代表",
    "会长",
    "會長",
    "理事长",
];

/// 中华人民共和国主席　习近平: the name that a line ends with, after an office.
#[must_use]
pub fn speaker(text: &str) -> Option<String> {
    let mut words = text.split(is_space).filter(|w| !w.is_empty()).rev();
    let name = words.next()?;
    let before = words.next()?;
    let named = (2..=16).contains(&name.chars().count()) && name.chars().all(|c| is_han(c) || c == '·');
    let office = OFFICES.iter().any(|o| before.ends_with(o));
    (named && office && text.chars().count() <= 40).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_known_by_their_wording() {
        assert_eq!(continued_from("（上接第二版）反对任何"), Some((7, Some(2))));
        assert_eq!(continued_on("推动发展。（下转第三版）"), Some(5));
        assert!(is_caption("图为7月3日，学生展示录取通知书。新华社发"));
        assert!(is_caption("7月4日，一名参观者举起水袋。（新华社 发）"));
        assert!(!is_caption("新华社发表评论员文章。"));
        assert!(is_byline("本报记者　李明　王芳"));
        assert!(!is_byline("记者从应急管理部获悉，今年汛情平稳。"));
        assert!(is_date_line("（ 2024 年 7 月 4 日，阿斯塔纳）"));
        assert!(is_date_line("2024年7月5日于杜尚别"));
        assert!(!is_date_line("7月4日，国家主席出席会议。"));
        assert!(is_furniture("2024年7月5日　星期五"));
        assert!(is_furniture("第3版"));
        assert_eq!(speaker("中华人民共和国主席　李白").as_deref(), Some("李白"));
    }
}
