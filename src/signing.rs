//! Lines that sign, by their wording alone: a body, a person, a day, the courtesies of a letter.
//!
//! ```text
//! 海洋保护志愿者联合会               a body
//! 中华人民共和国主席　李白           a speaker or signer, behind an office
//! 讀者徐根生上　十一月五日           a name with the word by which it sends, and the day
//! ```

mod office;

use std::borrow::Cow;

use crate::dateline;
use crate::mark::{is_dash, is_han, is_space, is_terminal, unspaced};
use crate::surname::{begins_with_double, is_surname, may_begin_name};
use crate::transliteration::is_full_name;
use crate::wording::{self, is_date_line};
use office::OFFICES;

/// A pen name has no more characters.
pub const PEN_NAME: usize = 3;

/// A line that is no more than one name, or a few: 林 石; 李明　王芳
#[must_use]
pub fn is_name_line(text: &str) -> bool {
    if !text.chars().find(|&c| !is_space(c)).is_some_and(may_begin_name) {
        return false;
    }
    let text = &unsigned(text);
    let Some(whole) = unspaced(text, 24) else { return false };
    let words: Vec<&str> = text.split(is_space).filter(|w| !w.is_empty()).collect();
    let is_named = (words.len() <= 3 && is_person(&whole))
        || (words.len() <= 4 && !words.is_empty() && words.iter().all(|w| is_person(w)));
    is_named && !wording::heads_column(text)
}

/// A line without the note that it was signed by hand: 李白（签字）
fn unsigned(text: &str) -> Cow<'_, str> {
    const NOTES: [&str; 6] = ["（签字）", "（签名）", "（簽字）", "（簽名）", "(签字)", "(签名)"];
    // Most lines have none, which one look for its first character tells.
    match NOTES.iter().find(|note| text.contains(['签', '簽']) && text.contains(**note)) {
        Some(note) => Cow::Owned(text.replace(note, "")),
        None => Cow::Borrowed(text),
    }
}

/// Characters of a name with a surname of two.
const LONGEST_NAME: usize = 4;

/// Whether a word is the name of a person.
#[must_use]
pub fn is_person(word: &str) -> bool {
    let length = word.chars().count();
    let known = (2..=3).contains(&length) && word.chars().next().is_some_and(is_surname);
    let double = (3..=4).contains(&length) && begins_with_double(word);
    (known || double) && word.chars().all(is_han) || is_full_name(word)
}

/// The name of a body that signs: 海洋保护志愿者联合会
#[must_use]
pub fn is_body_name(text: &str) -> bool {
    const ENDS: [&str; 53] = [
        "团员",
        "团員",
        "学生",
        "學生",
        "工人",
        "战士",
        "教师",
        "教師",
        "会",
        "會",
        "组织",
        "政府",
        "部",
        "局",
        "院",
        "公司",
        "秘书处",
        "同人",
        "联盟",
        "中心",
        "大学",
        "大學",
        "学校",
        "學校",
        "中学",
        "中學",
        "小学",
        "集团",
        "社",
        "署",
        "厅",
        "廳",
        "办公室",
        "党委",
        "总队",
        "支队",
        "同仁",
        "全体代表",
        "敬上",
        "啟",
        "叩",
        "启",
        "啓",
        "敬贺",
        "居民",
        "村民",
        "读者",
        "讀者",
        "网友",
        "业主",
        "業主",
        "职工",
        "職工",
    ];
    const VERBS: [&str; 22] = [
        "咨", "覆", "举行", "召开", "出席", "发表", "将", "在", "与", "闭幕", "开幕", "成立", "了", "走进", "让", "给",
        "办", "为", "从", "这", "看", "把",
    ];
    (4..=22).contains(&text.chars().count())
        && ENDS.iter().any(|e| text.ends_with(e))
        && !VERBS.iter().any(|v| text.contains(v))
        && text.chars().all(|c| is_han(c) || is_space(c) || matches!(c, '、' | '“' | '”'))
}

/// Whether a line names who wrote or said it: 本报记者　李明, 新华社记者…
#[must_use]
pub fn is_byline(text: &str) -> bool {
    let plain = text.trim_start_matches(|c: char| is_space(c) || matches!(c, '□' | '■' | '●' | '○' | '◎' | '（' | '('));
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
    let length = || plain.chars().take(41).count();
    let is_writer = || writer(plain).is_some_and(|name| length() <= 30 && is_name_line(name));
    // ■相关链接 heads what stands beside the text.
    let heads = || ["链接", "背景", "资料", "阅读", "鏈接", "資料"].iter().any(|word| plain.ends_with(word));
    let marked = plain.len() < text.len() && text.starts_with(['□', '■', '●', '○', '◎']) && length() <= 12 && !heads();
    let named = writers.iter().any(|w| plain.starts_with(w)) || is_writer();
    (named || marked) && length() <= 40 && !plain.contains(['，', '。', '！', '？', '；']) && !plain.contains("日电")
}

/// The name behind the office of somebody who writes: 全媒体记者　王建成; 編譯茅毅／綜合報導
fn writer(text: &str) -> Option<&str> {
    const WRITERS: [&str; 7] = ["记者", "記者", "编译", "編譯", "通讯员", "通訊員", "特派員"];
    // Most lines have none of the characters with which they begin.
    text.chars().take(10).find(|&c| "记記编編通特".contains(c))?;
    let (at, office) = WRITERS.iter().find_map(|office| Some((text.find(office)?, office)))?;
    let name = text.get(at + office.len()..)?;
    let name = name.split(['／', '/']).next().unwrap_or(name);
    (text.get(..at)?.chars().count() <= 8).then(|| name.trim_matches(is_space))
}

/// A line as it closes a letter, a call or a column: a body, a name, a name behind its place or office.
#[must_use]
pub fn is_signing(text: &str) -> bool {
    is_body_name(text)
        || is_name_line(text)
        || is_date_line(text)
        || speaker(text).is_some()
        || is_placed_name(text)
        || office_name(text).is_some()
        || is_acting(text)
        || is_sent_name(text)
        || is_sent(text)
        || is_bracketed_name(text)
        || is_courtesy(text)
}

/// A line without the dash that a name may be set behind: ——编　者
#[must_use]
pub fn undashed(text: &str) -> &str {
    text.trim_start_matches(|c: char| is_dash(c) || is_space(c))
}

/// （李铁） （江西青石县民政局田壮）: who wrote it, in brackets behind the last sentence.
#[must_use]
pub fn is_bracketed_name(text: &str) -> bool {
    const PLACES: [char; 10] = ['省', '市', '县', '縣', '区', '區', '乡', '鄉', '镇', '鎮'];
    let inner = text.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    let is_placed = |line: &str| {
        (6..=20).contains(&line.chars().count())
            && line.chars().all(|c| is_han(c) || is_space(c))
            && line.chars().skip(2).any(|c| PLACES.contains(&c))
    };
    inner.is_some_and(|name| is_name_line(name) || is_placed(name) || is_source(name))
}

/// Whence a text came, as brackets tell below it: （中央社） （江州來電）
fn is_source(name: &str) -> bool {
    (3..=6).contains(&name.chars().count())
        && ["社", "來電", "来电", "專電", "专电"].iter().any(|end| name.ends_with(end))
}

/// Whether a line is a person's name with his place or with the word by which he sends, as no headline is.
#[must_use]
pub fn is_sender(text: &str) -> bool {
    is_placed_name(text) || is_sent_name(text)
}

/// 局長袁景周: the name right behind an office.
#[must_use]
pub fn office_name(text: &str) -> Option<String> {
    let line = unspaced(text, 20)?;
    let mut parts = line.char_indices().rev().take(LONGEST_NAME).map(|(at, _)| line.split_at(at));
    let named = parts.find(|(titled, name)| is_person(name) && OFFICES.iter().any(|office| titled.ends_with(office)));
    named.map(|(_, name)| name.to_owned())
}

/// 民政厅长代行, 帮办军务林德山代: who signs in another's place.
fn is_acting(text: &str) -> bool {
    let Some(line) = unspaced(text, 20) else { return false };
    let office = |before: &str| OFFICES.iter().any(|office| before.ends_with(office));
    let acts =
        || ["代行", "代理", "代拆"].iter().filter_map(|word| line.split_once(word)).any(|(before, _)| office(before));
    let named = |before: &str| {
        let mut parts = before.char_indices().rev().take(LONGEST_NAME).map(|(at, _)| before.split_at(at));
        parts.any(|(office, name)| office.contains(['办', '辦', '署', '兼']) && is_person(name))
    };
    line.chars().all(is_han) && (acts() || line.strip_suffix('代').is_some_and(named))
}

/// 讀者徐根生上　十一月五日: a name with the word by which it sends, and perhaps the day.
fn is_sent_name(text: &str) -> bool {
    const SENDS: [&str; 12] =
        ["谨上", "謹上", "敬上", "谨启", "謹啟", "謹啓", "敬启", "敬啟", "敬啓", "頓首", "顿首", "上"];
    let Some(line) = unspaced(text, 24) else { return false };
    let chars: Vec<char> = line.chars().collect();
    let is_day = |at: &usize| chars.get(*at..).and_then(dateline::date).is_some_and(|day| at + day.3 == chars.len());
    let end = (1..chars.len()).find(is_day).unwrap_or(chars.len());
    let before: String = chars.iter().take(end).collect();
    let name = SENDS.iter().find_map(|word| before.strip_suffix(word));
    name.is_some_and(|name| (2..=10).contains(&name.chars().count()) && name.chars().all(is_han))
        && (end < chars.len() || !before.ends_with('上') || before.ends_with("敬上"))
}

/// Who sends a telegram or a notice, with the word for it and perhaps the day in a telegram's code: 代表曾某賴某等同叩皓
fn is_sent(text: &str) -> bool {
    const SENDS: [&str; 5] = ["叩", "同啟", "同啓", "公啟", "公啓"];
    /// The characters that stand for the days of a month in telegrams, and 印, with which they close.
    const CODES: &str = "東冬江支微魚虞齊佳灰真文元寒刪先蕭肴豪歌麻陽庚青蒸尤侵覃鹽咸董腫講紙尾語麌薺蟹賄軫吻阮旱潸銑篠巧皓哿馬養梗迥\
        有寢感儉豏送宋絳寘未御遇霽泰卦隊震問願翰諫霰嘯效號箇禡漾敬徑宥沁勘豔陷屋沃覺質物月曷黠屑藥陌錫職緝合葉洽世引印";
    // Most lines have none of these near their end.
    if !text.chars().rev().take(5).any(|c| matches!(c, '叩' | '啟' | '啓')) {
        return false;
    }
    let Some(line) = unspaced(text, 48) else { return false };
    let sender = line.trim_end_matches(|c| CODES.contains(c) || is_terminal(c));
    let Some(sender) = SENDS.iter().find_map(|word| sender.strip_suffix(word)) else { return false };
    sender.chars().count() >= 3 && sender.chars().all(|c| is_han(c) || c == '、')
}

/// What a letter closes with, line by line, and an editor's name for himself: 敬祝, 撰安, 编者
fn is_courtesy(text: &str) -> bool {
    const LINES: [&str; 37] = [
        "諸希",
        "诸希",
        "統祈",
        "公鑒",
        "公鉴",
        "台鑒",
        "鑒核",
        "此致",
        "敬礼",
        "敬禮",
        "敬祝",
        "即颂",
        "即頌",
        "顺颂",
        "順頌",
        "此颂",
        "此頌",
        "祝好",
        "撰安",
        "编安",
        "編安",
        "大安",
        "台安",
        "公安",
        "近安",
        "著安",
        "编祺",
        "編祺",
        "撰祺",
        "编者",
        "編者",
        "记者",
        "記者",
        "编辑部",
        "編輯部",
        "敬启",
        "敬啟",
    ];
    let plain = text.trim_matches(|c: char| is_space(c) || is_terminal(c));
    wording::ORDERED.contains(&plain) || LINES.contains(&plain)
}

/// 河北石家庄　邢秉义: a name behind the place it writes from, and perhaps what its bearer is.
fn is_placed_name(text: &str) -> bool {
    let mut words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
    let is_single = |word: Option<&&str>| word.is_some_and(|word| word.chars().count() == 1);
    let mut name = words.pop().unwrap_or_default().to_owned();
    // 梁　峰: spaced out to the width of three.
    if is_single(Some(&name.as_str())) && is_single(words.last()) {
        name.insert_str(0, words.pop().unwrap_or_default());
    }
    let is_short = |word: &str| word.chars().count() <= 10 && word.chars().all(is_han);
    is_person(&name)
        && (1..=2).contains(&words.len())
        && words.concat().chars().count() >= 2
        && words.iter().all(|word| is_short(word))
}

/// 中华人民共和国主席　习近平: the name that a line ends with, after an office.
#[must_use]
pub fn speaker(text: &str) -> Option<String> {
    let line = text.trim_end_matches(is_space);
    let before = line.trim_end_matches(|c| is_han(c) || c == '·');
    let name = line.get(before.len()..)?;
    let titled = before.trim_end_matches(is_space);
    if titled.len() == before.len() || !(2..=16).contains(&name.chars().count()) {
        return None;
    }
    let office = OFFICES.iter().any(|o| titled.ends_with(o));
    (office && text.chars().take(41).count() <= 40).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_sign() {
        for line in [
            "局長袁景周",
            "讀者徐根生上　十一月五日",
            "中華民國十八年六月二十日",
            "敬祝",
            "編者",
            "河北石家庄　邢秉义",
            "河南周口市 梁 峰",
            "昌建小区居民",
            "李有容 让·梅泰·白彭德",
            "此諭",
            "罗启明（签字）　卡里姆·奥萨托（签字）",
            "民政厅长代行",
            "帮办渔务林德山代",
            "（李铁）",
            "（江西青石县民政局田壮）",
            "五場船户代表曾某賴某等同叩皓",
            "（中央社）",
            "公鑒。",
        ] {
            assert!(is_signing(line), "{line}");
        }
        for line in [
            "东湖都统咨覆三湖巡阅使署",
            "（见图）",
            "王安石时代",
            "中華足球會甲組聯賽",
            "局长办公会议召开",
            "更上一层楼",
            "救濟農村與整理田賦",
            "编者按",
            "（本报社论）",
            "东湖渔会叩门记",
        ] {
            assert!(!is_signing(line), "{line}");
        }
    }

    #[test]
    fn senders_write_from_somewhere() {
        assert!(is_sender("江西青石县 田 壮") && is_sender("讀者徐根生上　十一月五日"));
        assert!(!is_sender("海洋保护志愿者联合会") && !is_sender("更上一层楼"));
    }

    #[test]
    fn lines_that_name_writers() {
        assert!(is_byline("本报记者　李明　王芳"));
        assert!(is_byline("全媒体记者 王建成") && is_byline("聯合報／記者雷光涵") && is_byline("編譯李毅／綜合報導"));
        assert!(is_byline("■　李明") && !is_byline("■相关链接"));
        assert!(!is_byline("中外记者见面会举行") && !is_name_line("简讯"));
        assert!(!is_byline("记者从应急管理部获悉，今年汛情平稳。"));
    }

    #[test]
    fn a_speaker_stands_behind_an_office() {
        assert_eq!(speaker("中华人民共和国主席　李白").as_deref(), Some("李白"));
        assert_eq!(speaker("国家主席出席会议"), None);
    }
}
