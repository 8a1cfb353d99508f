//! What each line shows of its part in a paragraph: how it ends, how it begins, how far it fills its column.
//!
//! ```text
//! 效，上海合作组织实现新发展。   ends a sentence, short of its column: a paragraph may end here
//! 当前，世界之变、时代之变、历   ends in mid-sentence, fills its column: it goes on
//! ```

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::follow::follow;
use super::line::Line;
use super::measure::{Fill, Measure, fill_between};
use super::open::Open;
use super::trigram::Trigram;
use crate::mark::{is_closing, is_dash, is_han, is_kinsoku, is_opening, is_pause, is_space, is_terminal};

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// `。` and its like, closing marks behind it included.
    Terminal,
    /// `！` or `？`, which end sentences and headlines: 跑起来，就有风！
    Cry,
    Colon,
    /// `，` `、` `；`
    Pause,
    /// `；` above a line that counts on: （一）…； above （二）…
    Item,
    Opening,
    /// A closing mark that closes no sentence.
    Closing,
    /// An address to the audience: 各位同事：
    Salutation,
    /// The whole line stands in brackets: （新华社北京7月4日电）
    Bracketed,
    /// With a word that leans on what follows, as no headline and no sentence does: …进行的, …将由
    Leaning,
    Other,
}

impl Ending {
    /// No mark stands at the end, so that a word may go on in the next line.
    #[must_use]
    pub fn is_unmarked(self) -> bool {
        matches!(self, Self::Other | Self::Leaning)
    }

    /// A sentence ends.
    #[must_use]
    pub fn is_terminal(self) -> bool {
        matches!(self, Self::Terminal | Self::Cry)
    }
}

/// How a line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// With a mark that cannot begin a line.
    Kinsoku,
    /// As a paragraph does: 第一， 一、 （二）
    Enumerator,
    /// With a sign that parts the items of a column: ▲北京電 ◎滬寧路
    Item,
    /// With 新华社北京7月4日电
    Dateline,
    /// With a dash, as a subtitle does: ——在…会议上的讲话
    Dash,
    /// It is a number and no more: 二 （三）
    Number,
    /// With a word that leans on what went before, as no sentence begins: 的发展, 们, 是各国
    Leaning,
    /// Below the end of a sentence, with a word that leans on that sentence: 其…, 並…, 则…, 如果…
    Carrying,
    /// With the mark that opens somebody's words: “我扶着您，……
    Quote,
    /// It says by itself that it belongs to the head or foot of an article: 本报记者　李明, 省长　赵守林
    Label,
    Other,
}

/// What one line shows.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    pub ending: Ending,
    pub beginning: Beginning,
    pub fill: Fill,
    /// How far widths say anything here, 0 to 1.
    pub trust: f32,
    /// Blank lines before: none, one, more. Nothing is known of them where something was lifted out.
    pub gap: Option<usize>,
    /// Space before the line: none, a paragraph's, more.
    pub indent: usize,
    /// A quotation or bracket is open where the line ends.
    pub open: bool,
    /// Marks of pause or end inside the line, and how many of them part words in a row: 公正、和睦、发展
    pub pauses: u32,
    pub rows: u32,
    /// Marks that end a sentence, anywhere in the line.
    pub terminals: u32,
    /// Characters.
    pub length: u32,
    /// Characters of a line around it, in the mean.
    pub around: f32,
    /// How many other lines of sentences begin as it does.
    pub alike: u32,
    /// Space parts its words, and no mark of pause does: 践行多边主义　共建美好家园
    pub parted: bool,
    /// It ends as the titles of documents do, and has no mark of pause: …联合声明, …的倡议
    pub document: bool,
}

/// What every line shows.
#[must_use]
pub fn observe(lines: &[Line<'_>], measures: &[Measure]) -> Vec<Shown> {
    let mut quotes = Open::default();
    let before = std::iter::once(None).chain(lines.iter().map(Some));
    let next = lines.iter().skip(1).map(Some).chain(std::iter::once(None));
    let mut shown: Vec<Shown> = lines
        .iter()
        .zip(before.zip(next))
        .zip(measures)
        .map(|((line, (before, next)), measure)| {
            look(line, fill_between(line, measure.width, before, next), measure.trust, &mut quotes)
        })
        .collect();
    around(&mut shown);
    follow(lines, &mut shown);
    let mut openings: HashMap<Trigram, u32, FixedState> =
        HashMap::with_capacity_and_hasher(lines.len(), FixedState::default());
    for (line, _) in lines.iter().zip(&shown).filter(|(_, s)| s.pauses > 0) {
        if let Some(opening) = opening(&line.text) {
            *openings.entry(opening).or_default() += 1;
        }
    }
    for (line, shown) in lines.iter().zip(&mut shown) {
        let alike = opening(&line.text).and_then(|o| openings.get(&o)).copied().unwrap_or(0);
        shown.alike = alike.saturating_sub(u32::from(shown.pauses > 0));
    }
    shown
}

/// How long the lines around each are.
fn around(shown: &mut [Shown]) {
    const WINDOW: usize = 8;
    const LONGEST: u32 = 120;
    let mut sums = Vec::with_capacity(shown.len() + 1);
    let mut sum = 0;
    sums.push(sum);
    for shown in shown.iter() {
        sum += shown.length.min(LONGEST);
        sums.push(sum);
    }
    for (i, shown) in shown.iter_mut().enumerate() {
        let (from, to) = (i.saturating_sub(WINDOW), (i + WINDOW + 1).min(sums.len() - 1));
        let all = sums.get(to).copied().unwrap_or(0) - sums.get(from).copied().unwrap_or(0);
        #[expect(clippy::cast_precision_loss, reason = "at most 17 lines of bounded length")]
        let mean = all as f32 / (to - from).max(1) as f32;
        shown.around = mean;
    }
}

fn opening(text: &str) -> Option<Trigram> {
    let mut chars = text.chars().map_while(|c| is_han(c).then_some(c));
    Some(Trigram::default().then(chars.next()?).then(chars.next()?).then(chars.next()?))
}

fn look(line: &Line<'_>, fill: Fill, trust: f32, quotes: &mut Open) -> Shown {
    let (mut pauses, mut rows, mut terminals, mut length) = (0u32, 0, 0, 0);
    let mut stopped = false;
    for c in line.text.chars() {
        length += 1;
        if is_han(c) {
            continue;
        }
        terminals += u32::from(is_terminal(c));
        pauses += u32::from(is_terminal(c) || matches!(c, '，' | '；' | '：' | '、' | ','));
        rows += u32::from(c == '、');
        stopped |= matches!(c, '。' | '，' | '；');
        quotes.step(c);
    }
    let ending = ending(&line.text);
    if line.text.chars().next_back().is_some_and(|c| is_pause(c) || is_terminal(c)) {
        pauses = pauses.saturating_sub(1);
    }
    let rows = rows.min(pauses);
    let open = quotes.is_open();
    quotes.end_line();
    Shown {
        ending,
        beginning: beginning(&line.text, stopped),
        fill,
        trust,
        gap: (!line.resumes).then_some((line.gap as usize).min(2)),
        indent: match line.indent {
            0..=3 => 0,
            4..=12 => 1,
            _ => 2,
        },
        open,
        pauses,
        rows,
        terminals,
        length,
        around: 0.0,
        alike: 0,
        parted: pauses == rows && is_parted(&line.text),
        document: pauses == rows && crate::wording::names_document(&line.text),
    }
}

/// Whether space stands between two words of a line, and not behind a dateline.
fn is_parted(text: &str) -> bool {
    let Some((before, after)) = text.split_once(is_space) else { return false };
    let joins = |c: char| is_han(c) || is_closing(c) || is_opening(c);
    before.ends_with(|c| joins(c) && !crate::dateline::is_sent(c)) && after.starts_with(joins)
}

fn ending(text: &str) -> Ending {
    let Some(last) = text.chars().next_back() else { return Ending::Other };
    if is_salutation(text) || crate::wording::is_greeting(text) {
        return Ending::Salutation;
    }
    match last {
        '！' | '？' | '!' | '?' => Ending::Cry,
        c if is_terminal(c) => Ending::Terminal,
        '：' | ':' => Ending::Colon,
        c if is_pause(c) => Ending::Pause,
        c if is_opening(c) => Ending::Opening,
        c if is_closing(c) => closing(text),
        // What a dash sets off under a headline may lean: ——是湖上人家所期待的
        _ if !is_short(text) && !text.starts_with(is_dash) && leans(text) => Ending::Leaning,
        _ => Ending::Other,
    }
}

/// A line as short as a name.
fn is_short(text: &str) -> bool {
    text.chars().nth(crate::signing::PEN_NAME).is_none()
}

/// 的 和 由 at the end, and no word of the dictionary that ends so: not 目的, 自由.
fn leans(text: &str) -> bool {
    let mut last = text.chars().rev();
    let (Some(c), Some(before)) = (last.next(), last.next()) else { return false };
    is_leaning(c) && !crate::lexicon::knows(&[before, c])
}

fn is_leaning(c: char) -> bool {
    matches!(
        c,
        '的' | '和'
            | '与'
            | '及'
            | '在'
            | '对'
            | '将'
            | '由'
            | '以'
            | '为'
            | '是'
            | '把'
            | '被'
            | '向'
            | '从'
            | '于'
            | '之'
            | '并'
            | '而'
            | '使'
            | '其'
            | '各'
            | '该'
            | '或'
            | '但'
    )
}

/// `。”` closes a sentence and so does `。（新华社发）`; `“上海精神”` does not.
fn closing(text: &str) -> Ending {
    let inner = text.trim_end_matches(is_closing);
    if inner.ends_with(is_terminal) {
        return Ending::Terminal;
    }
    let Some(open) = inner.rfind(['（', '(', '【']) else { return Ending::Closing };
    let before = inner.get(..open).unwrap_or("").trim_end();
    if before.is_empty() {
        Ending::Bracketed
    } else if before.ends_with(is_terminal) {
        Ending::Terminal
    } else {
        Ending::Closing
    }
}

/// 尊敬的…， 各位同事： 女士们、先生们： 同志们！ 国际古生物学大会：
#[must_use]
pub fn is_salutation(text: &str) -> bool {
    let plain = text.trim_matches(is_space);
    let Some(inner) = plain.strip_suffix(['，', '：', '！', ',', ':', '!', '、']).or_else(|| gathered(plain))
    else {
        return false;
    };
    if plain.chars().count() > 32 || inner.contains(['。', '；', '：', '“']) {
        return false;
    }
    let opens =
        ["尊敬的", "亲爱的", "敬爱的", "親愛的", "各位", "诸位", "諸位", "諸君"].iter().any(|a| inner.starts_with(a));
    let closes = ["们", "們", "先生", "女士", "阁下", "閣下", "同志", "诸君", "諸君", "同胞", "大会", "大會"];
    // 各区政府、市直各单位：
    let many = ["员", "師生", "师生", "代表", "官兵", "职工", "政府", "委员会", "单位", "部门"];
    let is_many = || many.iter().any(|c| inner.ends_with(c)) && ["、", "全体", "各"].iter().any(|w| inner.contains(w));
    let closes = closes.iter().any(|c| inner.ends_with(c)) && inner.chars().count() <= 24;
    opens || (closes || is_many()) && is_name(inner)
}

/// Whoever is addressed in print that ends every clause with 。: 全國父老兄弟姊妹們。
fn gathered(text: &str) -> Option<&str> {
    text.strip_suffix('。').filter(|inner| inner.starts_with(['全', '各', '諸', '诸', '親', '亲']))
}

/// Reads as names or titles in a row, not as a sentence.
fn is_name(text: &str) -> bool {
    let verbs = ["说", "說", "是", "了", "对", "對", "向", "在", "的", "有", "到", "将", "出席", "举行", "召开"];
    !verbs.iter().any(|v| text.contains(v))
}

/// What the items of a column begin with.
const ITEM_SIGNS: &str = "▲△◎●◆◇★☆■□※⊙";

/// A sign that parts the items of a column: ▲北京電 ◎滬寧路
#[must_use]
pub fn is_item_sign(c: char) -> bool {
    ITEM_SIGNS.contains(c)
}

/// `stopped` says that a mark of a sentence stands in the line.
fn beginning(text: &str, stopped: bool) -> Beginning {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return Beginning::Other };
    if is_kinsoku(first) {
        return Beginning::Kinsoku;
    }
    if ["——", "－－", "──"].iter().any(|dashes| text.starts_with(dashes)) {
        Beginning::Dash
    } else if !stopped && is_label(text) {
        Beginning::Label
    } else if ITEM_SIGNS.contains(first) {
        Beginning::Item
    } else if is_number(text) {
        Beginning::Number
    } else if is_enumerator(text) {
        Beginning::Enumerator
    } else if crate::dateline::opening(text).is_some() {
        Beginning::Dateline
    } else if text.starts_with(['“', '「', '『']) {
        Beginning::Quote
    } else if leans_back(text) {
        Beginning::Leaning
    } else {
        Beginning::Other
    }
}

/// 的 们 了 at the beginning, and no word of the dictionary that begins so: not 的确, 了解, 和平.
fn leans_back(text: &str) -> bool {
    let mut first = text.chars();
    let (Some(c), Some(after)) = (first.next(), first.next()) else { return false };
    BACKWARD.contains(c) && !crate::lexicon::knows(&[c, after])
}

/// Characters with which no sentence begins, but for words that they begin.
const BACKWARD: &str = "的了着们等之者及或和是";

fn is_label(text: &str) -> bool {
    use crate::signing::{is_byline, is_name_line, speaker};
    use crate::wording::is_date_line;
    is_byline(text) || is_name_line(text) || is_date_line(text) || speaker(text).is_some()
}

/// 二 or （三） alone.
#[must_use]
pub fn is_number(text: &str) -> bool {
    let around = |c| matches!(c, '（' | '）' | '(' | ')' | '、' | '．' | '.' | '第' | '章' | '节' | '節' | '部' | '分');
    let inner = text.trim_start_matches(around);
    if !inner.starts_with(counts) {
        return false;
    }
    let number = inner.trim_end_matches(around);
    number.chars().all(counts) && number.chars().count() <= 3
}

/// A numeral that counts: 一 to 十
pub fn counts(c: char) -> bool {
    matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十')
}

/// 第一， 一、 （一） 1. ①
#[must_use]
pub fn is_enumerator(text: &str) -> bool {
    let is_numeral = |c: char| counts(c) || c == '百';
    let rest = text.trim_start_matches(['第', '（', '(', '其']);
    let marked = rest.len() < text.len();
    let tail = rest.trim_start_matches(|c: char| is_numeral(c) || c.is_ascii_digit());
    if text.starts_with(|c: char| ('①'..='⑳').contains(&c)) {
        return true;
    }
    if tail.len() == rest.len() {
        return false;
    }
    let after = tail.chars().next();
    match after {
        Some('、' | '）' | ')' | '．') => true,
        Some('，' | '章' | '条' | '條') => marked,
        Some('.') => tail.chars().nth(1).is_some_and(is_han),
        Some('是' | '要') => rest.starts_with(is_numeral),
        _ => false,
    }
}
