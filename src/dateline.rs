//! Datelines, agency marks and dates as newspapers print them.
//!
//! ```text
//! 新华社阿斯塔纳7月4日电 当地时间…     agency 新华社, place 阿斯塔纳, 4 July, the text begins after 电
//! （新华社北京7月5日电 执笔记者：何毅）  the same, as a closing mark
//! （2024年7月4日，阿斯塔纳）            a date with its year and a place
//! ```

use arrayvec::ArrayVec;

use crate::mark::{is_han, is_space};

/// What a dateline tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    pub agency: Option<String>,
    pub place: Option<String>,
    pub year: Option<i32>,
    pub month: Option<u8>,
    pub day: Option<u8>,
    /// Characters it takes at the start of the text, the space after it included.
    pub length: usize,
}

/// Longest dateline, in characters.
const LONGEST: usize = 34;
/// Endings of the names of agencies and papers.
const AGENCY_ENDS: [&str; 13] =
    ["通讯社", "通訊社", "日报", "日報", "晚报", "晚報", "时报", "時報", "网", "網", "社", "报", "報"];

/// Reads the dateline that `text` begins with: 新华社北京7月4日电 本报讯 【路透社倫敦十九日電】
#[must_use]
pub fn opening(text: &str) -> Option<Dateline> {
    reported(text).or_else(|| sent(text))
}

/// 【参考消息网7月3日报道】
fn reported(text: &str) -> Option<Dateline> {
    let inner = text.strip_prefix('【')?.split_once('】')?.0;
    let head: ArrayVec<char, LONGEST> = inner.strip_suffix("报道")?.chars().take(LONGEST).collect();
    let found = interior(&head)?;
    let marks = inner.chars().count() + 2;
    let space = text.chars().skip(marks).take_while(|&c| is_space(c)).count();
    Some(Dateline { length: marks + space, ..found })
}

/// 新华社北京7月4日电
fn sent(text: &str) -> Option<Dateline> {
    if !may_open(text) {
        return None;
    }
    let chars: ArrayVec<char, LONGEST> = text.chars().take(LONGEST).collect();
    let end = chars.iter().position(|&c| is_sent(c))?;
    let start = chars.iter().take_while(|&&c| is_space(c) || is_bullet(c)).count();
    let bracketed = matches!(chars.get(start), Some('（' | '('));
    if bracketed && !matches!(chars.get(end + 1), Some('）' | ')')) {
        return None;
    }
    let start = start + usize::from(bracketed);
    let head = chars.get(start..end)?;
    if head.is_empty() {
        return None;
    }
    let mut found = interior(head)?;
    let after = chars.iter().skip(end + 1);
    found.length = end + 1 + after.take_while(|&&c| is_space(c) || is_dateline_close(c)).count();
    // （新华社北京7月4日电） alone closes a text.
    (found.length < chars.len()).then_some(found)
}

/// Reads a line that is a dateline and nothing more, but for who sent it: 新华社北京7月4日电（记者　李明）
#[must_use]
pub fn alone(text: &str) -> Option<Dateline> {
    let line = text.trim_matches(is_space);
    let noted = line.strip_suffix(['）', ')']).and_then(|line| line.rsplit_once(['（', '(']));
    let noted = noted.filter(|(_, note)| note.starts_with(['记', '記']) || note.contains("讯员")).map(|(line, _)| line);
    let head = noted.unwrap_or(line).trim_end_matches(is_space).strip_suffix(is_sent)?;
    let mut chars = head.chars();
    let head: ArrayVec<char, LONGEST> = chars.by_ref().take(LONGEST).collect();
    let found = interior(&head).filter(|found| found.agency.is_some() && chars.next().is_none())?;
    Some(Dateline { length: text.chars().count(), ..found })
}

/// Reads a closing mark that fills the brackets: （新华社北京7月5日电 执笔记者：…） （本报记者　李明） （参与记者：…） （未完）
/// 《某报》（2024年7月5日第1版）
#[must_use]
pub fn closing(text: &str) -> Option<Dateline> {
    let text = text.trim_matches(is_space);
    let paper = text
        .strip_prefix('《')
        .and_then(|rest| rest.split_once('》'))
        .map(|(_, rest)| rest.trim_start_matches(is_space));
    let inner = paper.unwrap_or(text).strip_prefix(['（', '(', '【'])?.strip_suffix(['）', ')', '】'])?;
    let chars: Vec<char> = inner.chars().take(LONGEST * 2).collect();
    if let Some(found) = printed(&chars) {
        return Some(found);
    }
    if let Some(end) = chars.iter().position(|&c| is_sent(c))
        && let Some(found) = chars.get(..end).and_then(interior)
    {
        return Some(found);
    }
    let credit = [
        "记者",
        "記者",
        "执笔",
        "作者",
        "本报",
        "本報",
        "完",
        "特约",
        "通讯员",
        "参与记者",
        "参与采写",
        "本文作者",
        "编译",
        "摘自",
        "摘编自",
        "选自",
        "转自",
        "转载自",
        "原载",
        "原載",
        "责任编辑",
        "来源",
        "來源",
        "未完",
        "待续",
        "待續",
        "续完",
    ];
    let is_note = chars.len() < LONGEST * 2 && !inner.contains('。');
    // （据新华社） names whose news it was; （据了解，…） does not.
    let sources = ["社", "报", "報", "网", "網", "》", "台", "报道", "報道"];
    let is_source = inner.starts_with(['据', '據']) && sources.iter().any(|end| inner.ends_with(end));
    (is_note && (is_source || credit.iter().any(|c| inner.starts_with(c)))).then(Dateline::default)
}

/// The day and the page on which something was printed: 2024年07月05日 05版
fn printed(chars: &[char]) -> Option<Dateline> {
    if !chars.contains(&'版') {
        return None;
    }
    let plain: Vec<char> = chars.iter().copied().filter(|&c| !is_space(c)).collect();
    let (year, month, day, used) = date(&plain)?;
    let [page @ .., '版'] = plain.get(used..)? else { return None };
    let is_page = page.iter().all(|&c| is_numeral(c) || matches!(c, '第' | '，' | ','));
    is_page.then(|| Dateline { year, month: Some(month), day: Some(day), ..Dateline::default() })
}

/// What stands before a year of the republic, and the year before its first.
const REPUBLIC: [&str; 4] = ["中華民國", "中华民国", "民國", "民国"];
const BEFORE_REPUBLIC: u32 = 1911;

/// 2024年7月4日 (also with 〇一二), 民國十八年六月二十日, or only 7月4日, with the number of characters it takes.
#[must_use]
pub fn date(chars: &[char]) -> Option<(Option<i32>, u8, u8, usize)> {
    let mut at = Cursor { chars, i: 0 };
    let before = if REPUBLIC.iter().any(|era| at.eat_all(era)) { BEFORE_REPUBLIC } else { 0 };
    let first = before + at.number()?;
    if at.eat('年') {
        let month = at.number()?;
        at.eat('月').then_some(())?;
        let day = at.number()?;
        at.eat('日').then_some(())?;
        return Some((Some(i32::try_from(first).ok()?), month_of(month)?, day_of(day)?, at.i));
    }
    at.eat('月').then_some(())?;
    let day = at.number()?;
    at.eat('日').then_some(())?;
    Some((None, month_of(first)?, day_of(day)?, at.i))
}

/// The first date in `text`.
#[must_use]
pub fn find_date(text: &str) -> Option<(Option<i32>, u8, u8)> {
    dates(text).next()
}

/// Every date in `text`: year, where it is named, month and day.
pub fn dates(text: &str) -> impl Iterator<Item = (Option<i32>, u8, u8)> {
    let chars: Vec<char> = text.chars().filter(|&c| !is_space(c)).collect();
    (0..chars.len()).filter_map(move |i| {
        let before = i.checked_sub(1).and_then(|b| chars.get(b));
        if before.is_some_and(|&c| is_numeral(c)) {
            return None;
        }
        date(chars.get(i..)?).map(|(year, month, day, _)| (year, month, day))
    })
}

/// The value of a run of digits, Arabic or Han: 24, 二十四, 二〇二四.
#[must_use]
pub fn value(chars: &[char]) -> Option<u32> {
    let mut total = 0u32;
    let mut digits = 0u32;
    for &c in chars {
        match numeral(c)? {
            10 => {
                total = digits.max(1).checked_mul(10).and_then(|tens| total.checked_add(tens))?;
                digits = 0;
            }
            tens @ (20 | 30) => total = total.checked_add(tens)?,
            n => digits = digits.checked_mul(10)?.checked_add(n)?,
        }
    }
    total.checked_add(digits)
}

/// A digit, Arabic or Han.
#[must_use]
pub fn is_numeral(c: char) -> bool {
    numeral(c).is_some()
}

/// Whether 电 or its like stands near the start. Most texts say at their first mark that it does not.
fn may_open(text: &str) -> bool {
    for c in text.chars().take(LONGEST) {
        if is_han(c) {
            if is_sent(c) {
                return true;
            }
        } else if is_stop(c) {
            return false;
        }
    }
    false
}

/// Whether a dateline ends with such a character: it was sent by wire, or came as a message.
#[must_use]
pub fn is_sent(c: char) -> bool {
    matches!(c, '电' | '電' | '讯' | '訊')
}

/// A mark that no dateline has.
fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | '“' | '《')
}

fn is_bullet(c: char) -> bool {
    matches!(c, '【' | '〔' | '［' | '▲' | '△' | '■' | '□' | '●' | '◆' | '◎' | '○')
}

fn is_dateline_close(c: char) -> bool {
    matches!(c, '】' | '〕' | '］' | '）' | ')' | '：' | ':' | '—' | '丨')
}

/// What stands before 电: agency, place, date; at least an agency or a date must stand there.
fn interior(chars: &[char]) -> Option<Dateline> {
    let chars: Vec<char> = chars.iter().copied().filter(|&c| !is_space(c)).collect();
    let mut found = Dateline::default();
    let mut names: &[char] = &chars;
    let mut tail: &[char] = &[];
    for i in 0..chars.len() {
        let Some(rest) = chars.get(i..) else { break };
        if let Some((year, month, day, used)) = date(rest) {
            (found.year, found.month, found.day) = (year, Some(month), Some(day));
            names = chars.get(..i)?;
            tail = rest.get(used..)?;
            break;
        }
        if let Some((day, used)) = bare_day(rest) {
            found.day = Some(day);
            names = chars.get(..i)?;
            tail = rest.get(used..)?;
            break;
        }
    }
    // 新华社北京7月4日 and nothing more but 专, 急, 综合 and the like.
    if tail.len() > 3 || names.iter().any(|&c| !is_han(c) && !matches!(c, '·' | '／' | '/' | '、')) {
        return None;
    }
    let name: String = names.iter().collect();
    let (agency, place) = split_agency(&name);
    let dated = found.day.is_some();
    found.agency = agency;
    let place = place.trim_matches(|c| matches!(c, '特' | '专' | '專' | '／' | '/' | '记' | '者'));
    found.place = (!place.is_empty() && dated && place.chars().count() <= 12).then(|| place.to_owned());
    let known = found.agency.is_some() && (dated || place.chars().count() <= 4);
    (known || (dated && name.chars().count() <= 8)).then_some(found)
}

/// 十九日 without a month.
fn bare_day(chars: &[char]) -> Option<(u8, usize)> {
    let mut at = Cursor { chars, i: 0 };
    let day = at.number()?;
    at.eat('日').then_some(())?;
    Some((day_of(day)?, at.i))
}

/// 新华社 + 阿斯塔纳
fn split_agency(name: &str) -> (Option<String>, &str) {
    if !name.contains(['社', '报', '報', '网', '網']) {
        return (None, name);
    }
    for end in AGENCY_ENDS {
        if let Some(at) = name.find(end) {
            let cut = at + end.len();
            let (agency, place) = (name.get(..cut).unwrap_or(name), name.get(cut..).unwrap_or(""));
            if (2..=10).contains(&agency.chars().count()) {
                return (Some(agency.to_owned()), place);
            }
        }
    }
    (None, name)
}

struct Cursor<'a> {
    chars: &'a [char],
    i: usize,
}

impl Cursor<'_> {
    fn number(&mut self) -> Option<u32> {
        self.spaces();
        let from = self.i;
        while self.chars.get(self.i).is_some_and(|&c| numeral(c).is_some()) && self.i - from < 4 {
            self.i += 1;
        }
        let found = value(self.chars.get(from..self.i)?)?;
        self.spaces();
        (self.i > from).then_some(found)
    }

    fn eat_all(&mut self, wanted: &str) -> bool {
        let mut rest = self.chars.iter().skip(self.i);
        let eaten = wanted.chars().all(|c| rest.next() == Some(&c));
        self.i += if eaten { wanted.chars().count() } else { 0 };
        eaten
    }

    fn eat(&mut self, wanted: char) -> bool {
        let eaten = self.chars.get(self.i) == Some(&wanted);
        self.i += usize::from(eaten);
        eaten
    }

    fn spaces(&mut self) {
        while self.chars.get(self.i).is_some_and(|&c| is_space(c)) {
            self.i += 1;
        }
    }
}

fn numeral(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        '〇' | '零' | '○' => Some(0),
        '元' | '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        '十' => Some(10),
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}

fn month_of(n: u32) -> Option<u8> {
    u8::try_from(n).ok().filter(|m| (1..=12).contains(m))
}

fn day_of(n: u32) -> Option<u8> {
    u8::try_from(n).ok().filter(|d| (1..=31).contains(d))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_on_which_it_was_printed_closes_a_text() {
        let told = |text: &str| closing(text).map(|line| (line.year, line.month, line.day));
        let day = Some((Some(2024), Some(7), Some(5)));
        assert_eq!(told("《 人民日报 》（ 2024年07月05日   01 版）"), day);
        assert_eq!(told("（2024年7月5日第1版）"), day);
        assert_eq!(told("（2024年7月5日，阿斯塔纳）"), None);
    }

    #[test]
    fn a_dateline_may_stand_alone() {
        let told = |text: &str| alone(text).map(|line| (line.agency, line.place, line.day));
        let sent = (Some("新华社".to_owned()), Some("北京".to_owned()), Some(4));
        assert_eq!(told("新华社北京7月4日电"), Some(sent.clone()));
        assert_eq!(told("新华社北京7月4日电（记者　李明）"), Some(sent));
        for text in ["（新华社北京7月4日电）", "新华社北京7月4日电 国家主席出席。", "致某国总统的慰问电", "快讯"]
        {
            assert_eq!(told(text), None, "{text}");
        }
    }

    #[test]
    fn opening_datelines() {
        let read = |text: &str| {
            opening(text).map(|d| {
                let rest: String = text.chars().skip(d.length).collect();
                (d.agency.unwrap_or_default(), d.place.unwrap_or_default(), d.month, d.day, rest)
            })
        };
        let of = |agency: &str, place: &str, month, day, rest: &str| {
            Some((agency.to_owned(), place.to_owned(), month, day, rest.to_owned()))
        };
        assert_eq!(read("新华社阿斯塔纳7月 4日电 当地时间"), of("新华社", "阿斯塔纳", Some(7), Some(4), "当地时间"));
        assert_eq!(read("本报讯　昨日"), of("本报", "", None, None, "昨日"));
        assert_eq!(read("【路透社倫敦十九日電】英相"), of("路透社", "倫敦", None, Some(19), "英相"));
        assert_eq!(read("人民日报北京二〇二四年七月五日电 今"), of("人民日报", "北京", Some(7), Some(5), "今"));
        assert_eq!(read("（中央社南京三日電）行政院"), of("中央社", "南京", None, Some(3), "行政院"));
        assert_eq!(read("（新华社北京7月4日电）"), None);
        assert_eq!(read("（新华社北京7月5日电 执笔记者：何毅）"), None);
        assert_eq!(read("他打电话说"), None);
        assert_eq!(read("加强电子商务合作"), None);
    }

    #[test]
    fn closing_marks() {
        let place = |text: &str| closing(text).map(|d| d.place.unwrap_or_default());
        assert_eq!(place("（新华社阿斯塔纳 7 月 4 日电）").as_deref(), Some("阿斯塔纳"));
        assert_eq!(place("（新华社北京7月5日电 执笔记者：何毅、王雅楠）").as_deref(), Some("北京"));
        assert_eq!(place("（本报记者　李明）").as_deref(), Some(""));
        assert_eq!(place("（以下称“上合组织”）"), None);
    }

    #[test]
    fn dates_in_text() {
        assert_eq!(find_date("（ 2024 年 7 月 4 日，阿斯塔纳）"), Some((Some(2024), 7, 4)));
        assert_eq!(find_date("民国时期十二月二十五日"), Some((None, 12, 25)));
        assert_eq!(find_date("中華民國十八年六月廿八日"), Some((Some(1929), 6, 28)));
        assert_eq!(find_date("民国元年一月一日"), Some((Some(1912), 1, 1)));
    }

    #[test]
    fn a_number_too_great_for_any_date_has_no_value() {
        let value = |text: &str| value(&text.chars().collect::<Vec<_>>());
        assert_eq!((value("二十四"), value("十"), value("2024")), (Some(24), Some(10), Some(2024)));
        assert_eq!((value("99999999999"), value("4294967295十"), value("429496729十十")), (None, None, None));
    }
}
