//! What an article is: the kinds that its title, its opening, its close and its wording speak for.
//!
//! ```text
//! …阿斯塔纳宣言（摘要） + 摘要如下：        abstract
//! 新华社北京7月4日电 …发行。 (80 characters)  brief
//! ```

mod list;
mod prose;
mod words;

use std::borrow::Cow;

use super::headline::Head;
use super::unit::{Class, Unit};
use crate::mark::{end, start};
use crate::model::{Evidence, Guess, Kind};
use crate::wording;
use list::{
    ACTS, ADVISING, ARGUING, DECLARED, ESSAYS, LETTERS, MUSING, NEWS, NOTICES, PAPERS, PROCLAIMED, REPORTING, ROUNDUPS,
    SPOKEN, TELLING, TOLD,
};
use prose::{Prose, counts, dwells, is_article, reasons, remembered};
use words::Words;

/// A report shorter than this, in characters, is a brief.
const BRIEF: usize = 250;
/// So is any without a dateline that is shorter than this.
const SHORT: usize = BRIEF / 2;

/// What is looked at.
pub struct Look<'a> {
    pub head: &'a Head,
    pub body: &'a [&'a Unit],
    pub signatures: usize,
}

impl Look<'_> {
    /// Whether the text opens with a dateline.
    fn is_sent(&self) -> bool {
        self.body.first().is_some_and(|first| first.opening.is_some())
    }

    /// Characters of the body.
    fn length(&self) -> usize {
        self.body.iter().map(|unit| unit.text.chars().count()).sum()
    }
}

/// Weighs the kinds.
#[must_use]
pub fn kind(look: &Look<'_>) -> Guess<Kind> {
    let mut scales = Scales::default();
    title(look, &mut scales);
    opening(look, &mut scales);
    wording(look, &mut scales);
    let mut guess = scales.decide();
    if guess.value == Kind::Report && !look.is_sent() && look.length() < SHORT {
        guess.value = Kind::Brief;
    }
    guess
}

#[derive(Default)]
struct Scales {
    weights: Vec<(Kind, f32, Option<Evidence>)>,
}

impl Scales {
    fn add(&mut self, kind: Kind, weight: f32, code: &'static str, quote: &str) {
        let quote = quote.chars().take(24).collect();
        if weight > 0.0 {
            self.weights.push((kind, weight, Some(Evidence { code: Cow::Borrowed(code), quote })));
        }
    }

    /// What a text is where nothing is said: a prior, and no evidence.
    fn lean(&mut self, kind: Kind, weight: f32) {
        self.weights.push((kind, weight, None));
    }

    fn decide(self) -> Guess<Kind> {
        let total = |kind: Kind| -> f32 { self.weights.iter().filter(|w| w.0 == kind).map(|w| w.1).sum() };
        let mut ranked: Vec<(Kind, f32)> = Kind::ALL.into_iter().map(|k| (k, total(k))).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let (value, first) = ranked.first().copied().filter(|r| r.1 > 0.0).unwrap_or((Kind::Other, 0.1));
        let second = ranked.get(1).map_or(0.0, |r| r.1.max(0.0));
        let confidence = (0.5 + 0.5 * (1.0 - (second - first).exp())).clamp(0.3, 0.99);
        let evidence = self.weights.into_iter().filter(|w| w.0 == value).filter_map(|w| w.2).collect();
        Guess { value, confidence, evidence }
    }
}

fn contains_any<'a>(text: &str, words: &[&'a str]) -> Option<&'a str> {
    words.iter().find(|w| text.contains(**w)).copied()
}

fn title(look: &Look<'_>, scales: &mut Scales) {
    let title = Words::new(look.head.title.as_ref().map_or("", |t| t.text.as_str()));
    let subtitle = Words::new(look.head.subtitle.as_ref().map_or("", |t| t.text.as_str()));
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
    if let Some(word) = line.has(&["摘要", "（节选）", "（摘编）", "（要点）", "节录"]) {
        scales.add(Kind::Abstract, 6.0, "title-word", word);
    }
    if let Some(word) = line.ends(&SPOKEN)
        && is_given(line, title, told.acts)
    {
        scales.add(Kind::Speech, 4.0, "title-word", word);
    }
    let is_signed = line.has(&["签署", "发表"]).is_some();
    let joint = line.ends(&["联合声明", "联合公报", "共同声明", "联合宣言"]);
    if let Some(word) = joint.filter(|_| !is_signed) {
        scales.add(Kind::JointStatement, 5.5, "title-word", word);
    } else if let Some(word) = line.ends(&DECLARED)
        && !told.acts
    {
        scales.add(Kind::Declaration, 4.5, "title-word", word);
    }
    if let Some(word) = line.ends(&NOTICES) {
        scales.add(Kind::Other, 4.0, "title-word", word);
    } else if let Some(word) = line.ends(&PAPERS).or_else(|| telegram(line)) {
        // 某某致慰问电 above a dateline is news of it.
        scales.add(Kind::Other, if told.is_sent { 1.0 } else { 4.0 }, "title-word", word);
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
    if let Some(word) = line.ends(&["倡议", "倡议书"])
        && !told.acts
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

/// What the name of a column says that stands in brackets behind a headline: （今日谈）
fn column(title: &Words<'_>, scales: &mut Scales) {
    let plain = title.print.trim_end();
    let Some(name) = plain.strip_suffix(['）', ')']).and_then(|inner| inner.rsplit_once(['（', '('])) else { return };
    let name = Words::new(name.1);
    if name.print.chars().count() > LONGEST_COLUMN {
        return;
    }
    if name.has(&["身边事", "来信", "来函", "读者", "文思", "散文"]).is_some() {
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
    let about = line.has(&["共鸣", "反响", "学习", "热议", "评", "论", "解读", "引发"]).is_some();
    !about && (plain.starts_with(['在', '于']) || (line.print == title && !news))
}

fn opening(look: &Look<'_>, scales: &mut Scales) {
    let Some(first) = look.body.first() else { return };
    let last_closes = look.body.last().and_then(|u| u.closing.as_ref()).is_some_and(|mark| mark.day.is_some());
    let greeting = look.body.iter().take(3).find(|u| u.class == Class::Salutation);
    if look.is_sent() {
        let kind = if look.length() < BRIEF { Kind::Brief } else { Kind::Report };
        scales.add(kind, 3.6, "dateline", &first.text);
    } else if last_closes && greeting.is_none() {
        scales.add(Kind::Commentary, 1.2, "closing-mark", look.body.last().map_or("", |u| &u.text));
    }
    if let Some(greeting) = greeting {
        let kind = if is_letter(&greeting.text) || names_letter(look.head) { Kind::Other } else { Kind::Speech };
        scales.add(kind, 3.2, "salutation", &greeting.text);
    }
    if let Some(thanks) = look.body.iter().rev().take(3).find(|u| u.class == Class::Thanks) {
        scales.add(Kind::Speech, 2.0, "thanks", &thanks.text);
    }
    for unit in look.body.iter().take(2).filter(|unit| unit.text.contains("如下")) {
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
    let whole = words.has(&["全文如下"]);
    if let Some(word) = whole.filter(|_| words.has(&SPOKEN).is_some()) {
        scales.add(Kind::Speech, 4.0, "self-naming", word);
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

/// Whether the headline or the line under it names a letter: 致全体毕业生的一封信
fn names_letter(head: &Head) -> bool {
    [&head.title, &head.subtitle].into_iter().flatten().any(|line| Words::new(&line.text).ends(&LETTERS).is_some())
}

/// Whether an address is that of a letter: to a paper, or to one person whom no audience hears greeted.
fn is_letter(greeting: &str) -> bool {
    contains_any(greeting, &["编辑", "編輯", "编者", "記者先生", "贵报", "貴報", "吾兄", "足下", "大鉴", "大鑒"])
        .is_some()
}

fn wording(look: &Look<'_>, scales: &mut Scales) {
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
    let share = |words: &[&'static str]| prose.share(|paragraph| contains_any(paragraph, words));
    let [(first_person, we), (urging, urge), (said, word), (_, named)] = TELLING.map(share);
    if let Some(name) =
        Some(named).filter(|named| !named.is_empty()).filter(|_| look.head.title.is_none() && look.signatures > 0)
    {
        scales.add(Kind::Initiative, 3.5, "self-naming", name);
    }
    let calls = ["如下倡议", "倡议如下", "倡议："];
    let (_, call) = share(&calls);
    if !call.is_empty() && look.signatures > 0 && look.head.speaker.is_none() && first_person > 0.0 {
        scales.add(Kind::Initiative, 4.0, "self-naming", call);
    }
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
    let (dwelling, scene) = prose.share(dwells);
    if dwelling > 0.35 && prose.0.len() >= 3 {
        scales.add(Kind::Other, 2.4 * dwelling * (1.0 - urging), "scenes", scene);
    }
    scales.lean(Kind::Commentary, 0.5);
    scales.add(Kind::Commentary, 1.2 * urging, "urging", urge);
    let (reasoning, reason) = prose.share(reasons);
    scales.add(Kind::Commentary, 1.5 * reasoning, "reasoning", reason);
    let (addressing, address) = share(&["兄弟", "本人", "诸君", "諸君", "各位", "同胞们", "同胞們"]);
    scales.add(Kind::Speech, 2.5 * addressing, "address", address);
    let memoir = if spoken { 0.0 } else { remembered(&prose.0) * (1.0 - urging) };
    scales.lean(Kind::Report, 0.3);
    scales.add(Kind::Report, 1.2 * said * (1.0 - memoir), "reported-speech", word);
    let (counted, _) = prose.share(|paragraph| counts(paragraph).then_some(""));
    scales.add(Kind::Report, counted, "figures", "");
    if memoir > 0.3 {
        scales.add(Kind::Other, 2.6 * memoir, "memoir", "我");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::HeadLine;
    use crate::segment::unit::of_paragraph;

    fn kind_of(title: &str, paragraphs: &[&str]) -> Kind {
        let title = HeadLine { text: title.to_owned(), pieces: Vec::new(), ledger: Vec::new() };
        let head = Head { title: Some(title), ..Head::default() };
        let units: Vec<Unit> = paragraphs.iter().map(|text| of_paragraph(text, &[])).collect();
        let body: Vec<&Unit> = units.iter().collect();
        kind(&Look { head: &head, body: &body, signatures: 0 }).value
    }

    #[test]
    fn headlines_tell_the_kind() {
        let argued = ["农产品滞销，基层干部应该想办法提供帮助。", "这种做法不仅背离初心，更会寒了群众的心。"];
        assert_eq!(kind_of("莫让好事变难事（今日谈）", &argued), Kind::Commentary);
        assert_eq!(kind_of("楼道改造难（身边事）", &["我们是某小区的居民。希望有关部门尽快解决。"]), Kind::Other);
        assert_eq!(kind_of("內務部訓令", &["豫省南陽一帶，山麓叢雜，素稱盜藪。合行令仰遵照。此令。"]), Kind::Other);
        assert_eq!(kind_of("復某公電", &["北京某某先生鑒：真電具悉。帝制已除，幸福無涯。專復。孫文叩。"]), Kind::Other);
    }

    #[test]
    fn whom_a_letter_greets_hears_no_speech() {
        let letter = ["亲爱的同学们：", "我们从前也坐在你们的教室里。", "我们把书留给你们，盼你们好好读。"];
        assert_eq!(kind_of("致全校新同学的一封信", &letter), Kind::Other);
        assert_eq!(kind_of("青春正好", &letter), Kind::Speech);
        assert_eq!(kind_of("开栏的话", &["从今天起，本报开设新栏目，记者将走进百村。"]), Kind::Other);
        assert_eq!(kind_of("一周来信", &["周先生来信：桥灯坏了。", "吴女士来信说，车站的牌子看不清。"]), Kind::Other);
    }

    #[test]
    fn essays_dwell_on_what_they_see() {
        let scenes = ["村口的夜色仿佛一匹布。", "月光落在青石板上，院子里花香淡淡。", "灯一盏一盏熄了。"];
        assert_eq!(kind_of("村夜", &scenes), Kind::Other);
        assert_eq!(
            kind_of("村夜", &["村里的路修好了。", "灯也装上了。", "唯有管护跟上，好事才能办好。"]),
            Kind::Commentary
        );
    }

    #[test]
    fn the_old_press_argues_and_proclaims_in_words_of_its_own() {
        let argued = [
            "夫農田之利，本在水。一渠可溉三千五百畝，歲入二十五萬，費不過四十二元。",
            "蓋水利不修，雖有良田，無所施。",
        ];
        assert_eq!(kind_of("農田與水利", &argued), Kind::Commentary);
        assert_eq!(kind_of("為水災告全省同胞", &["大水為災，哀鴻遍野。"]), Kind::Declaration);
        assert_ne!(kind_of("水利工程報告書", &["大水為災，哀鴻遍野。"]), Kind::Declaration);
    }

    #[test]
    fn news_of_a_telegram_is_no_telegram() {
        let telegram = "惊悉贵国发生强烈地震，造成严重人员伤亡和财产损失，我谨表示诚挚慰问。";
        assert_eq!(kind_of("致某国总统的慰问电", &[telegram]), Kind::Other);
        let sent = Unit { opening: Some(crate::dateline::Dateline::default()), ..of_paragraph(telegram, &[]) };
        let title =
            HeadLine { text: "某某向某国总统致慰问电".to_owned(), pieces: Vec::new(), ledger: Vec::new() };
        let head = Head { title: Some(title), ..Head::default() };
        let news = kind(&Look { head: &head, body: &[&sent], signatures: 0 });
        assert_eq!(news.value, Kind::Brief);
    }

    #[test]
    fn short_news_without_a_dateline_is_a_brief() {
        assert_eq!(kind_of("某君昨出國", &["某君於昨日乘機飛赴舊金山，同行者三人。"]), Kind::Brief);
    }
}
