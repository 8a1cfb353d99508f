//! What the wording of the body speaks for.
//!
//! ```text
//! 昨日举行…, 主任…表示    news        所以…, 必须…    a commentary        我家门前…    somebody remembers
//! ```

use super::prose::{Prose, counts, is_article, reasons, remembered};
use super::tone::{Tone, Tones};
use super::{Look, Scales, contains_any};
use crate::mark::start;
use crate::model::Kind;
use crate::segment::unit::Class;

/// Weighs what the paragraphs say.
pub fn wording(look: &Look<'_>, scales: &mut Scales) {
    let prose = look
        .body
        .iter()
        .filter(|u| u.class == Class::Prose && u.text.contains('。'))
        .map(|u| u.text.as_str())
        .collect();
    let prose = Prose(prose);
    let Some(&first) = prose.0.first() else { return };
    let sides = ["双方", "中方", "雙方", "两国元首"];
    let (both_sides, side) = prose.share_opening(&sides, 4);
    if both_sides > 0.3 && prose.0.len() >= 3 {
        scales.add(Kind::JointStatement, 2.0 + 2.0 * both_sides, "both-sides", side);
        if look.signatures >= 2 {
            scales.add(Kind::JointStatement, 1.5, "signatures", "");
        }
    }
    if look.is_sent() {
        return;
    }
    undated(look, &prose, scales);
    if let Some(day) = contains_any(first, &["昨日", "今日", "近日", "日前", "本月", "昨天", "今天"]) {
        scales.add(Kind::Report, 1.0, "news-day", day);
    }
}

/// What the wording of an article without dateline speaks for.
fn undated(look: &Look<'_>, prose: &Prose<'_>, scales: &mut Scales) {
    let tones = Tones::of(prose);
    let share = |tone: Tone| tones.share(tone);
    let (first_person, we) = share(Tone::We);
    calls(look, prose, first_person, scales);
    let spoken = look.body.iter().any(|u| matches!(u.class, Class::Salutation | Class::Thanks));
    if spoken && first_person > 0.3 {
        scales.add(Kind::Speech, 1.0, "first-person", we);
    }
    let verbs = ["重申", "强调", "支持", "认为", "指出", "主张", "呼吁", "欢迎", "反对", "宣布"];
    let (formula, verb) = prose.share_opening(&verbs, 12);
    if formula > 0.5 && prose.0.len() >= 4 {
        scales.add(Kind::Declaration, 1.8, "formula", verb);
    }
    let (articles, article) = prose.share(|paragraph| is_article(paragraph).then(|| start(paragraph, 4)));
    if articles > 0.4 && prose.0.len() >= 4 {
        scales.add(Kind::Other, 3.0, "articles", article);
    }
    let (letters, letter) = prose.share_opening(&["来信", "來信", "来函", "來函"], 16);
    if letters > 0.3 {
        scales.add(Kind::Other, 3.0 * letters, "letters", letter);
    }
    let (urging, urge) = share(Tone::Urging);
    let (dwelling, scene) = share(Tone::Scene);
    if dwelling > 0.35 && prose.0.len() >= 3 {
        scales.add(Kind::Other, 2.4 * dwelling * (1.0 - urging), "scenes", scene);
    }
    let (addressing, address) = share(Tone::Address);
    scales.add(Kind::Speech, 2.5 * addressing, "address", address);
    let memoir = if spoken { 0.0 } else { remembered(&prose.0) * (1.0 - urging) };
    if memoir > 0.3 {
        scales.add(Kind::Other, 2.6 * memoir, "memoir", "我");
    }
    scales.lean(Kind::Commentary, 0.5);
    scales.add(Kind::Commentary, 1.2 * urging, "urging", urge);
    let (reasoning, reason) = prose.share(reasons);
    scales.add(Kind::Commentary, 1.5 * reasoning, "reasoning", reason);
    for (tone, weight, code) in [(Tone::Linking, 0.5, "linking"), (Tone::Equating, 0.3, "equating")] {
        let (share, word) = share(tone);
        scales.add(Kind::Commentary, weight * share, code, word);
    }
    scales.lean(Kind::Report, 0.3);
    let (said, word) = share(Tone::Saying);
    scales.add(Kind::Report, 1.2 * said * (1.0 - memoir), "reported-speech", word);
    let (counted, _) = prose.share(|paragraph| counts(paragraph).then_some(""));
    scales.add(Kind::Report, counted, "figures", "");
    for (tone, weight, code) in [(Tone::Day, 0.4, "days"), (Tone::Event, 0.6, "events"), (Tone::Office, 0.5, "offices")]
    {
        let (share, word) = share(tone);
        scales.add(Kind::Report, weight * share * (1.0 - memoir), code, word);
    }
}

/// Whether it calls on somebody: it names itself so, or what follows.
fn calls(look: &Look<'_>, prose: &Prose<'_>, first_person: f32, scales: &mut Scales) {
    if look.signatures == 0 {
        return;
    }
    let first = |words: &[&'static str]| prose.0.iter().find_map(|paragraph| contains_any(paragraph, words));
    if let Some(name) = first(&["倡议》"]).filter(|_| look.head.title.is_none()) {
        scales.add(Kind::Initiative, 3.5, "self-naming", name);
    }
    if let Some(call) = first(&["如下倡议", "倡议如下", "倡议："])
        && look.head.speaker.is_none()
        && first_person > 0.0
    {
        scales.add(Kind::Initiative, 4.0, "self-naming", call);
    }
}
