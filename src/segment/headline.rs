//! Head lines → title, subtitle, byline, speaker, date.
//!
//! ```text
//! 携手构建更加美好的上海合作组织家园               title
//! ——— 在“上海合作组织+”阿斯塔纳峰会上的讲话        subtitle
//! （ 2024 年 7 月 4 日，阿斯塔纳）                  date and place
//! 中华人民共和国主席　习近平                       speaker
//! ```

use jieba_rs::Tag;

use super::unit::{Class, Unit};
use crate::dateline::{self, Dateline};
use crate::fold::simplified;
use crate::lexicon::jieba;
use crate::mark::{is_closing, is_opening, is_space};
use crate::model::{HeadLine, Piece};
use crate::signing;
use crate::surname;
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
    /// The dateline, where it has a line of its own above the headline.
    pub sent: Option<Dateline>,
    /// Lines that were read for the values above.
    pub rest: Vec<HeadLine>,
}

/// Reads the head lines of an article, in the order of the page; `body` is what stands under them.
#[must_use]
pub fn head(units: &[&Unit], body: &[&Unit]) -> Head {
    let mut head = Head::default();
    let mut titles: Vec<&Unit> = Vec::new();
    let mut subtitles: Vec<&Unit> = Vec::new();
    for &unit in units {
        match unit.class {
            Class::Byline => add(&mut head.byline, unit),
            Class::Speaker => {
                head.speaker = head.speaker.take().or_else(|| signing::speaker(&unit.text));
                head.rest.push(line(unit));
            }
            Class::DateLine if unit.is_dateline() => {
                head.sent = head.sent.take().or_else(|| unit.opening.clone());
                head.rest.push(line(unit));
            }
            Class::DateLine => {
                head.date = head.date.take().or_else(|| dateline::find_date(&unit.text));
                head.place = head.place.take().or_else(|| place(&unit.text));
                head.rest.push(line(unit));
            }
            Class::Head if let Some(name) = holder(subtitles.last().or(titles.last()), unit) => {
                head.speaker = head.speaker.take().or(Some(name));
                head.rest.push(line(unit));
            }
            Class::Subtitle if !is_open(&whole(&titles)) => subtitles.push(unit),
            _ if titles.is_empty() || subtitles.is_empty() && goes_on(&titles, unit, body) => titles.push(unit),
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

/// Who gives what the line above names: 市长李某 right below …上的讲话, and not where it begins the news of him.
fn holder(above: Option<&&Unit>, unit: &Unit) -> Option<String> {
    above.filter(|above| wording::names_document(&above.text)).and_then(|_| signing::office_name(&unit.text))
}

/// Whether a line goes on with the title, broken over two lines or set as a pair, and is no subtitle: printed right below it
/// with more signs of the one than of the other, or while `《` is open.
fn goes_on(titles: &[&Unit], unit: &Unit, body: &[&Unit]) -> bool {
    let Some(last) = titles.last() else { return true };
    let title = whole(titles);
    if is_open(&title) {
        return true;
    }
    if unit.gap > 0 {
        return false;
    }
    let lengths = [&title, &last.text, &unit.text].map(|text| text.chars().count());
    // The dictionary knows words in simplified characters.
    let spans = crate::repair::spans(&simplified(&last.text), &simplified(&unit.text));
    let whole = spans || is_printed_whole(&last.text, &unit.text, body);
    let leaning = leans(&last.text, &unit.text);
    let signs = [
        (3, whole),
        (3, leaning),
        // What so many characters say is rarely one title, if nothing holds them together.
        (-2, !whole && !leaning && lengths[0] + lengths[2] > 48),
        (2, opens_name(&title) && wording::names_document(&unit.text)),
        (-2, is_told(&last.text) || begins_anew(&unit.text) || names_another(&last.text, &unit.text)),
        (4, is_column(&unit.text)),
        (-4, wording::is_subtitle(&unit.text)),
        (-1, last.text.ends_with(['！', '？'])),
        // Below a line that leads up to it, a title of two lines says what is to be done in both.
        (4, matches!(titles, [kicker, _] if is_kicker(&kicker.text)) && lengths[1].abs_diff(lengths[2]) <= EVEN),
        // 政府决拨八千亿　充普及教育经费: a pair is whole.
        (-2, titles.len() == 1 && is_pair(&last.text)),
    ];
    let signs: i32 = signs.into_iter().filter(|&(_, holds)| holds).map(|(worth, _)| worth).sum();
    signs + of_lengths(lengths) > 0
}

/// What the lengths of all lines before, of the last of them, and of the one that may go on with it say. A title that was
/// broken fills its first line, or is cut in the middle; a longer line below is a line of its own.
fn of_lengths([_, last, here]: [usize; 3]) -> i32 {
    let even = match here.saturating_sub(last) {
        0 | 1 => 1,
        2 | 3 => -1,
        _ => -2,
    };
    let short = match (last, here) {
        // A pen name: the last word of a long title spans the break, or leans on what stands above.
        (5.., ..=signing::PEN_NAME) => -2,
        (..7, _) => 2,
        _ => 0,
    };
    even + short
}

/// By how many characters two lines of one title differ, if neither is broken.
const EVEN: usize = 3;

/// Whether space parts a line in two that are about as long.
fn is_pair(line: &str) -> bool {
    let mut parts = line.split(is_space).filter(|part| !part.is_empty()).map(|part| part.chars().count());
    matches!((parts.next(), parts.next(), parts.next()), (Some(a), Some(b), None) if a >= 4 && b >= 4)
}

/// The name of a column, which is set behind a headline or below it: （和音）
fn is_column(line: &str) -> bool {
    let inner = line.strip_prefix(['（', '(']).and_then(|rest| rest.strip_suffix(['）', ')']));
    inner.is_some_and(|name| (2..=6).contains(&name.chars().count()) && name.chars().all(crate::mark::is_han))
}

/// Whether the characters around the break stand together in the text below: 北岭 ┊ 姑娘 where it tells of 北岭姑娘.
fn is_printed_whole(left: &str, right: &str, body: &[&Unit]) -> bool {
    let tail = |n: usize| left.char_indices().rev().nth(n - 1).and_then(|(at, _)| left.get(at..));
    let head = |n: usize| right.get(..right.char_indices().nth(n).map_or(right.len(), |(at, _)| at));
    let around = [(2, 1), (1, 2)].map(|(before, after)| Some([tail(before)?, head(after)?].concat()));
    let around = || around.iter().flatten().filter(|gram| gram.chars().all(crate::mark::is_han));
    body.iter().any(|unit| around().any(|gram| unit.text.contains(gram.as_str())))
}

/// Whether one line leads on to the other, or the other leans on the one: 一座水泥厂的 ┊ “第二次开工”.
fn leans(left: &str, right: &str) -> bool {
    let leads = |c: char| "的和与與及对對在为為以将將把被从從向于於让讓使令给給用由、，：—第".contains(c);
    let leans = |c: char| "的和与與及了地之互并並、".contains(c);
    left.ends_with(leads)
        || ["宣布", "宣佈", "决定", "決定", "同意"].iter().any(|verb| left.ends_with(verb))
        || left.ends_with(|c: char| c.is_ascii_digit())
        || right.starts_with(leans)
        || right.starts_with("关于")
        || right.starts_with("關於")
}

fn whole(lines: &[&Unit]) -> String {
    lines.iter().map(|unit| unit.text.as_str()).collect()
}

/// Whether a line begins as names of documents do, and is none yet: 致东海水产学院 ┊ 建校九十周年的贺信
fn opens_name(line: &str) -> bool {
    line.starts_with(['致', '在', '关', '關']) && !wording::names_document(line)
}

/// Whether a headline is told to its end: it closes with a verb that takes no object. 山地步道建设指南发布
fn is_told(line: &str) -> bool {
    const ENDS: [&str; 26] = [
        "发布", "成立", "完成", "闭幕", "开幕", "落幕", "举行", "召开", "启动", "揭晓", "出炉", "竣工", "通车", "投产",
        "开工", "失败", "判决", "逝世", "纪录", "休会", "复工", "结束", "平稳", "就职", "抵京", "离京",
    ];
    let plain = simplified(line);
    ENDS.iter().any(|end| plain.ends_with(end))
}

/// Whether a line begins with a person, who is a subject of his own below a line that has its verb and what that is about:
/// 科考队昨晚返回青岛 ┊ 王建国等到码头迎接
fn names_another(line: &str, next: &str) -> bool {
    /// What he did who was there as well, in a line of few characters: 王某主持
    const PRESENT: [&str; 6] = ["主持", "出席", "参加", "陪同", "作陪", "讲话"];
    const MOST: usize = 14;
    let (line, next) = (simplified(line), simplified(next));
    let begins = next.chars().next().is_some_and(surname::is_telling_surname);
    if begins && next.chars().count() <= MOST && PRESENT.iter().any(|act| next.ends_with(act)) {
        return true;
    }
    let is_person = |word: &Tag<'_>| word.tag == "nr" && word.word.chars().count() > 1;
    if !jieba().tag(&next, false).first().is_some_and(is_person) {
        return false;
    }
    let words = jieba().tag(&line, false);
    let is_verb = |word: &Tag<'_>| word.tag == "v";
    words.iter().any(is_verb) && !words.last().is_some_and(is_verb)
}

/// Whether a line tells what follows from the one above, or where: 带动村庄开办民宿, 此行增进了解, 当地停课一天
fn begins_anew(line: &str) -> bool {
    const OPENINGS: [&str; 30] = [
        "推动", "助力", "促进", "带动", "确保", "预计", "力争", "有望", "增长", "同比", "惠及", "此行", "此举", "此次",
        "当地", "沿线", "现场", "各界", "各族", "各方", "全国", "全省", "全市", "请", "谈", "试看", "免致", "以致",
        "敦促", "呼吁",
    ];
    let plain = simplified(line);
    OPENINGS.iter().any(|opening| plain.starts_with(opening))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::unit::of_paragraph;

    /// What is read of two head lines above a text.
    fn read(first: &str, second: &str, body: &str) -> (String, Option<String>) {
        let line = |text: &str| Unit { class: Class::Head, gap: 0, ..of_paragraph(text, &[]) };
        let (first, second, body) = (line(first), line(second), of_paragraph(body, &[]));
        let head = head(&[&first, &second], &[&body]);
        (head.title.map(|t| t.text).unwrap_or_default(), head.subtitle.map(|t| t.text))
    }

    #[test]
    fn a_title_is_broken_over_two_lines() {
        for (first, second, body) in [
            ("应急管理部派应急监测队伍", "协助鄂赣巡堤查险", ""),
            ("一座水泥厂的", "“第二次开工”", ""),
            ("逆转！北岭", "姑娘连扳三局", "北岭姑娘在先失两局后连扳三局。"),
            ("关于临时调整6", "路等12条公交线路的公告", ""),
            ("致东海水产学院", "建校九十周年的贺信", ""),
            ("两国元首就建交四十周年", "互致贺电并宣布设立联合基金", ""),
        ] {
            assert_eq!(read(first, second, body), (format!("{first}{second}"), None));
        }
    }

    #[test]
    fn below_what_leads_up_to_it_a_title_has_two_lines() {
        let lines = ["李明在全国工作会议上强调", "坚定信心真抓实干", "推动经济持续回升向好", "王芳主持"];
        let units = lines.map(|text| Unit { class: Class::Head, gap: 0, ..of_paragraph(text, &[]) });
        let read = head(&units.each_ref(), &[]);
        assert_eq!(read.title.map(|t| t.text).as_deref(), Some("坚定信心真抓实干推动经济持续回升向好"));
        assert_eq!(read.subtitle.map(|t| t.text).as_deref(), Some("李明在全国工作会议上强调王芳主持"));
    }

    #[test]
    fn a_word_of_either_script_spans_the_break() {
        assert_eq!(read("某公使覆電歡", "迎北來之使節", ""), ("某公使覆電歡迎北來之使節".to_owned(), None));
    }

    #[test]
    fn a_line_of_its_own_below_a_title_is_a_subtitle() {
        for (first, second) in [
            ("“听得见孩子笑声的医院”", "访儿科医生顾念慈"),
            ("在灶台边读懂一个村庄", "读《一口锅的乡土史》"),
            ("守望雪线", "记川西高原的三代护林人和他们的马"),
            ("沙海深处种春天", "塔克拉玛干沙漠边缘锁边工程见闻"),
            ("山地步道建设指南发布", "带动村庄开办民宿"),
            ("東海漁會昨日成立", "到會者三百餘人"),
            ("东海渔会第一周年运动之经过及其意义", "硕夫"),
            ("远洋科考队昨晚返回青岛", "王建国等到码头迎接队员"),
            ("推动经济持续回升向好", "王芳主持"),
        ] {
            assert_eq!(read(first, second, ""), (first.to_owned(), Some(second.to_owned())));
        }
    }
}
