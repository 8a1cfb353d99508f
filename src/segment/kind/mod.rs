//! What an article is: the kinds that its title, its opening, its close and its wording speak for.
//!
//! ```text
//! …阿斯塔纳宣言（摘要） + 摘要如下：        abstract
//! 新华社北京7月4日电 …发行。 (80 characters)  brief
//! ```

mod list;
mod opening;
mod prose;
mod title;
mod tone;
mod wording;
mod words;

use std::borrow::Cow;

use super::headline::Head;
use super::unit::Unit;
use crate::model::{Evidence, Guess, Kind};
use opening::opening;
use title::title;
use wording::wording;

pub use list::SPOKEN;
pub use words::Words;

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
        self.head.sent.is_some() || self.body.first().is_some_and(|first| first.opening.is_some())
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

/// What a kind can be known by: the codes of all evidence.
pub const CODES: [&str; 29] = [
    "address",
    "articles",
    "both-sides",
    "byline",
    "closing-mark",
    "column",
    "dateline",
    "days",
    "equating",
    "events",
    "figures",
    "first-person",
    "formula",
    "letters",
    "linking",
    "memoir",
    "news-day",
    "official",
    "offices",
    "reasoning",
    "reported-speech",
    "reporter",
    "salutation",
    "scenes",
    "self-naming",
    "signatures",
    "thanks",
    "title-word",
    "urging",
];

#[derive(Default)]
struct Scales {
    weights: Vec<(Kind, f32, Option<Evidence>)>,
}

impl Scales {
    fn add(&mut self, kind: Kind, weight: f32, code: &'static str, quote: &str) {
        debug_assert!(CODES.contains(&code), "{code}");
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
    fn headlines_name_speeches_and_papers() {
        let said = ["三十年前，我是这里的一名水手。今天我愿同大家谈谈海湾的将来。"];
        for title in ["在环湾论坛开幕式上的致辞", "交通部長陸某在鐵路通車典禮演說詞", "沈某教授講演：地方志裏的老百姓"]
        {
            assert_eq!(kind_of(title, &said), Kind::Speech, "{title}");
        }
        assert_eq!(kind_of("在第九届职工代表大会上的工作报告", &said), Kind::Speech);
        assert_eq!(kind_of("某某在庆祝大会上的讲话（全文）", &said), Kind::Speech);
        assert_ne!(kind_of("论某某在论坛上的讲话", &said), Kind::Speech);
        assert_ne!(kind_of("大会通过某国提出的倡议", &said), Kind::Initiative);
        assert_eq!(kind_of("关于进一步推进企业改革的决定", &["会议全面分析了当前形势，作出如下决定。"]), Kind::Other);
        assert_eq!(kind_of("某市長關於米價之談話", &["米價問題，外間頗多誤會。"]), Kind::Other);
        assert_eq!(kind_of("环湾港口城市论坛宪章", &["我们，出席论坛的代表，通过本宪章。"]), Kind::Declaration);
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
