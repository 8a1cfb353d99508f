//! What the first and last words of the text speak for.
//!
//! ```text
//! 新华社北京7月4日电 …    news        各位代表：  a speech        …仰各凛遵。此令。  an order
//! ```

use super::list::{DECLARED, JOINT, SPOKEN};
use super::title::names_letter;
use super::words::Words;
use super::{BRIEF, Look, Scales, contains_any};
use crate::mark::{end, start};
use crate::model::Kind;
use crate::segment::unit::Class;

/// Weighs where a text begins and where it ends.
pub fn opening(look: &Look<'_>, scales: &mut Scales) {
    let Some(first) = look.body.first() else { return };
    let last = look.body.last();
    let closing = last.and_then(|u| u.closing.as_ref()).filter(|mark| mark.day.is_some());
    let close = last.map_or("", |u| &u.text);
    let greeting = look.body.iter().take(3).find(|u| u.class == Class::Salutation);
    if look.is_sent() {
        let kind = if look.length() < BRIEF { Kind::Brief } else { Kind::Report };
        scales.add(kind, 3.6, "dateline", &first.text);
    } else if let Some(word) = Words::new(start(&first.text, 12)).has(&["记者报道", "记者讯", "通讯员报道"])
    {
        scales.add(Kind::Report, 2.0, "reporter", word);
    } else if closing.is_some_and(|mark| mark.agency.as_deref().is_some_and(|agency| agency.starts_with('本'))) {
        // A correspondent of the paper sent it.
        scales.add(Kind::Report, 1.5, "closing-mark", close);
    } else if closing.is_some() && greeting.is_none() {
        scales.add(Kind::Commentary, 1.2, "closing-mark", close);
    }
    if let Some(greeting) = greeting {
        let kind = if is_letter(&greeting.text) || names_letter(look.head) { Kind::Other } else { Kind::Speech };
        scales.add(kind, 3.2, "salutation", &greeting.text);
    }
    if let Some(thanks) = look.body.iter().rev().take(3).find(|u| u.class == Class::Thanks) {
        scales.add(Kind::Speech, 2.0, "thanks", &thanks.text);
    }
    let names = |text: &str| ["如下", "如左", "全文"].iter().any(|word| text.contains(word));
    for unit in look.body.iter().take(2).filter(|unit| names(&unit.text)) {
        named(&Words::new(&unit.text), look.is_sent(), scales);
    }
    official(look, scales);
}

/// What a text says of itself where it begins: 摘要如下
fn named(words: &Words<'_>, is_sent: bool, scales: &mut Scales) {
    if let Some(word) = words.has(&["摘要如下", "要点如下", "摘登如下"]) {
        scales.add(Kind::Abstract, 4.0, "self-naming", word);
    } else if let Some(word) = words.has(&["主要内容如下"]).filter(|_| !is_sent) {
        scales.add(Kind::Abstract, 4.0, "self-naming", word);
    }
    if let Some(word) = words.has(&["宣言如下", "声明如下", "公报如下", "宣布如下", "决议如下"]) {
        scales.add(Kind::Declaration, 3.0, "self-naming", word);
    }
    // …联合声明（全文）：
    let announced =
        || words.print.trim_end().strip_suffix(['：', ':']).and_then(|line| Words::new(line).ends(&["全文"]));
    let Some(whole) = words.has(&["全文如下", "全文如左"]).or_else(announced) else { return };
    if words.has(&JOINT).is_some() {
        scales.add(Kind::JointStatement, 4.0, "self-naming", whole);
    } else if words.has(&SPOKEN).is_some() {
        scales.add(Kind::Speech, 4.0, "self-naming", whole);
    } else if words.has(&DECLARED).is_some() {
        scales.add(Kind::Declaration, 4.0, "self-naming", whole);
    }
}

/// Where orders, dispatches, telegrams and letters between offices begin and end.
fn official(look: &Look<'_>, scales: &mut Scales) {
    if look.is_sent() {
        return;
    }
    for unit in look.body.iter().take(2) {
        let words = Words::new(start(&unit.text, 60));
        let opens = words.starts(&[
            "案准",
            "案奉",
            "案查",
            "为令",
            "令各",
            "迳启者",
            "径启者",
            "敬启者",
            "谨启者",
            "万急",
            "照得",
        ]);
        let addressed = || words.has(&["鉴：", "钧鉴", "勋鉴", "送事：", "出示晓谕", "奉大总统"]);
        if let Some(word) = opens.or_else(addressed) {
            scales.add(Kind::Other, 3.0, "official", word);
            break;
        }
    }
    let last = look.body.iter().rev().find(|unit| matches!(unit.class, Class::Prose | Class::Head));
    let closes = last.and_then(|unit| {
        let words = Words::new(end(unit.text.trim_end_matches(crate::mark::is_terminal), 8));
        words.ends(&[
            "此令",
            "此布",
            "此致",
            "叩",
            "此告",
            "特此公告",
            "特此通告",
            "现予公布",
            "起施行",
            "此复",
            "专复",
            "此咨",
        ])
    });
    if let Some(word) = closes {
        scales.add(Kind::Other, 2.0, "official", word);
    }
}

/// Whether an address is that of a letter: to a paper, or to one person whom no audience hears greeted.
fn is_letter(greeting: &str) -> bool {
    contains_any(greeting, &["编辑", "編輯", "编者", "記者先生", "贵报", "貴報", "吾兄", "足下", "大鉴", "大鑒"])
        .is_some()
}
