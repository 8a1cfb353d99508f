//! What the headline speaks for, the line under it, the column it names and the byline.
//!
//! ```text
//! 在…会议上的讲话            a speech          …会议发表宣言             news of a declaration
//! 让椅子回到路边（今日谈）    a commentary      致全体毕业生的一封信      a letter
//! ```

use super::list::{
    ACTS, ADVISING, ARGUING, DECIDED, DECLARED, ESSAYS, JOINT, LETTERS, MUSING, NEWS, NOTICES, PAPERS, PROCLAIMED,
    REPORTING, ROUNDUPS, SPOKEN, TOLD,
};
use super::words::Words;
use super::{Look, Scales};
use crate::mark::start;
use crate::model::Kind;
use crate::segment::headline::Head;
use crate::wording;

/// What all that stands above the text speaks for.
pub fn title(look: &Look<'_>, scales: &mut Scales) {
    let title = Words::new(look.head.title.as_ref().map_or("", |t| wording::whole(&t.text)));
    let subtitle = Words::new(look.head.subtitle.as_ref().map_or("", |t| wording::whole(&t.text)));
    let is_sent = look.is_sent();
    let act = title.has(&ACTS);
    for line in [&title, &subtitle] {
        let acts = act.is_some() || line.has(&ACTS).is_some();
        headline(line, title.print, Told { acts, is_sent }, scales);
    }
    let news = act.or_else(|| title.has(&NEWS));
    if let Some(word) = news.filter(|_| !is_sent) {
        scales.add(Kind::Report, 0.8, "title-word", word);
    }
    if news.is_none() && wording::is_argued(&title.plain) {
        scales.add(Kind::Commentary, 2.0, "title-word", start(title.print, 1));
    }
    if let Some(word) = title.starts(&ADVISING) {
        scales.add(Kind::Commentary, 1.0, "title-word", word);
    }
    if let Some(word) = title.starts(&ROUNDUPS) {
        scales.add(Kind::Report, 2.5, "title-word", word);
    }
    column(&title, scales);
    let byline = Words::new(look.head.byline.as_ref().map_or("", |b| b.text.as_str()));
    if let Some(word) = byline.has(&["评论员"]) {
        scales.add(Kind::Commentary, 4.5, "byline", word);
    } else if let Some(word) = byline.has(&["记者", "通讯员", "特派员", "编译"]) {
        scales.add(Kind::Report, 1.5, "byline", word);
    }
}

/// What a headline says besides its last word.
#[derive(Clone, Copy)]
struct Told {
    /// What somebody did.
    acts: bool,
    /// The text below opens with a dateline.
    is_sent: bool,
}

/// What the words of a headline or of the line under it speak for.
fn headline(line: &Words<'_>, title: &str, told: Told, scales: &mut Scales) {
    let shortened = line.has(&["摘要", "（节选）", "（摘编）", "（要点）", "节录"]);
    if let Some(word) = shortened.or_else(|| line.ends(&["宣言要点", "公报要点", "讲话要点", "报告要点"]))
    {
        scales.add(Kind::Abstract, 6.0, "title-word", word);
    }
    if let Some(word) = line.ends(&SPOKEN)
        && is_given(line, title, told.acts)
    {
        scales.add(Kind::Speech, 4.0, "title-word", word);
    } else if let Some((speaker, _)) = line.print.split_once('：')
        && let Some(word) = Words::new(speaker).ends(&SPOKEN).filter(|_| !told.acts && !told.is_sent)
    {
        // 某某教授讲演：什么是历史
        scales.add(Kind::Speech, 3.0, "title-word", word);
    }
    let is_signed = line.has(&["签署", "发表"]).is_some();
    let joint = line.ends(&JOINT);
    if let Some(word) = joint.filter(|_| !is_signed) {
        scales.add(Kind::JointStatement, 5.5, "title-word", word);
    } else if let Some(word) = line.ends(&DECLARED)
        && !told.acts
    {
        scales.add(Kind::Declaration, 4.5, "title-word", word);
    }
    if let Some(word) = line.ends(&NOTICES) {
        scales.add(Kind::Other, 4.0, "title-word", word);
    } else if let Some(word) = line.ends(&PAPERS).or_else(|| telegram(line)).or_else(|| decided(line, told)) {
        // 某某致慰问电 above a dateline is news of it.
        scales.add(Kind::Other, if told.is_sent { 1.0 } else { 4.0 }, "title-word", word);
    }
    if let Some(word) = line.ends(&["谈话"]).filter(|_| !told.acts && is_addressed(line)) {
        scales.add(Kind::Other, 3.0, "title-word", word);
    }
    if let Some(word) = line.has(&["工作报告"]).filter(|_| !told.acts) {
        // A report is read out at a meeting, which the line under its name tells.
        let (kind, weight) = if is_read_out(line) { (Kind::Speech, 4.0) } else { (Kind::Other, 1.5) };
        scales.add(kind, weight, "title-word", word);
    }
    if let Some(word) = line.ends(&PROCLAIMED).filter(|_| proclaims(line)) {
        scales.add(Kind::Declaration, 3.0, "title-word", word);
    }
    if let Some(word) = Words::new(wording::unbracketed(line.print)).ends(&ESSAYS) {
        scales.add(Kind::Other, 3.0, "title-word", word);
    }
    if let Some(word) = line.ends(&TOLD) {
        scales.add(Kind::Report, 2.5, "title-word", word);
    }
    let is_received = || line.has(&["通过", "提出", "响应", "发起", "发出", "支持", "落实"]).is_some();
    if let Some(word) = line.ends(&["倡议", "倡议书"])
        && !told.acts
        && !is_received()
    {
        scales.add(Kind::Initiative, 5.0, "title-word", word);
    }
    let review = line.has(&["评论员", "社论", "时评", "短评", "述评", "随笔"]);
    if let Some(word) = review.or_else(|| line.ends(&["论评", "评论"])) {
        scales.add(Kind::Commentary, 4.5, "title-word", word);
    }
}

/// Whether a line tells somebody something, in the old manner: 為水災告全省同胞, and not 報告書
fn proclaims(line: &Words<'_>) -> bool {
    let before = line.plain.split_once('告').map(|(before, _)| before);
    before.is_some_and(|before| {
        !before.ends_with(['报', '布', '公', '广', '通', '警', '控', '原', '被', '忠', '劝', '祷', '转'])
    })
}

/// 复北京蒙古联合会电: the word at the end of the name of a telegram or letter that answers or is sent.
fn telegram<'a>(line: &Words<'a>) -> Option<&'a str> {
    let is_sent = line.starts(&["复", "覆", "答"]).is_some() || line.plain.contains('致');
    line.ends(&["来电", "复电", "覆电", "来函", "复函"]).or_else(|| line.ends(&["电", "函", "书"]).filter(|_| is_sent))
}

/// 关于…的决定: the word at the end of the name of a decision or plan, where nobody is told to have made it.
fn decided<'a>(line: &Words<'a>, told: Told) -> Option<&'a str> {
    line.ends(&DECIDED).filter(|_| !told.acts && line.plain.contains("关于"))
}

/// What the name of a column says that stands in brackets behind a headline: （今日谈）
fn column(title: &Words<'_>, scales: &mut Scales) {
    let plain = title.print.trim_end();
    let Some(name) = plain.strip_suffix(['）', ')']).and_then(|inner| inner.rsplit_once(['（', '('])) else { return };
    let name = Words::new(name.1);
    if name.print.chars().count() > LONGEST_COLUMN {
        return;
    }
    if name.has(&["身边事", "来信", "来函", "读者", "编读", "文思", "散文"]).is_some() {
        scales.add(Kind::Other, 3.0, "column", name.print);
    } else if name.has(&REPORTING).is_some() {
        scales.add(Kind::Report, 2.0, "column", name.print);
    } else if name.ends(&ARGUING).is_some() {
        scales.add(Kind::Commentary, 3.0, "column", name.print);
    } else if name.ends(&MUSING).is_some() {
        scales.add(Kind::Commentary, 1.0, "column", name.print);
    }
}

/// The longest name of a column, in characters.
const LONGEST_COLUMN: usize = 8;

/// Whether a line that ends with 讲话 names the speech itself, and not what happened or how it was received.
fn is_given(line: &Words<'_>, title: &str, news: bool) -> bool {
    let plain = line.plain.trim_start_matches(|c: char| crate::mark::is_dash(c) || c.is_whitespace());
    let about = line.has(&["共鸣", "反响", "学习", "热议", "评论", "解读", "引发"]).is_some()
        || plain.starts_with(['评', '论']);
    !about && (plain.starts_with(['在', '于', '对', '向']) || names_speech(line) || (line.print == title && !news))
}

/// Whether somebody is told to whom he talks, or the talk is his: 对记者团谈话, 某市长之谈话
fn is_addressed(line: &Words<'_>) -> bool {
    let before = line.plain.strip_suffix("谈话").unwrap_or_default();
    before.ends_with(['的', '之']) || ["对", "向", "关于"].iter().any(|word| before.contains(word))
}

/// 在某某大会上的工作报告; 工作报告——在某某大会上
fn is_read_out(line: &Words<'_>) -> bool {
    let plain = line.plain.trim_end();
    plain.contains('在') && (plain.ends_with('上') || plain.contains("上的"))
}

/// Whether the last word of a line is a speech and not what somebody did: 开幕式上的致辞, 闭幕演说词
fn names_speech(line: &Words<'_>) -> bool {
    const SORTS: [&str; 5] = ["主旨", "主题", "重要", "书面", "致谢"];
    let plain = line.plain.trim_end_matches(crate::mark::is_closing);
    let before = SPOKEN.iter().find_map(|word| plain.strip_suffix(word));
    let before = before.map(|before| SORTS.iter().find_map(|sort| before.strip_suffix(sort)).unwrap_or(before));
    before.is_some_and(|before| before.ends_with(['的', '之']))
        || plain.ends_with(['词', '辞']) && !plain.ends_with("致词") && !plain.ends_with("致辞")
}

/// Whether the headline or the line under it names a letter: 致全体毕业生的一封信
#[must_use]
pub fn names_letter(head: &Head) -> bool {
    [&head.title, &head.subtitle].into_iter().flatten().any(|line| Words::new(&line.text).ends(&LETTERS).is_some())
}
