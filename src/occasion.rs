//! A document that stands under no dateline → the day that it gives itself.
//!
//! ```text
//! 成员国领导人于2024年7月4日在阿斯塔纳市举行元首理事会会议，并发表宣言如下：     2024-07-04, by its opening sentence
//! 本公报于2023年5月19日在西安签署。                                         2023-05-19, by its closing sentence
//! 1949年10月1日，中华人民共和国成立。                                       a day, and not that of the document
//! ```

use crate::dateline::dates;
use crate::model::Kind;

/// The day a document gives itself, and the sentence that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    pub year: i32,
    pub month: u8,
    pub day: u8,
    pub sentence: String,
    /// The sentence opens the document; else it closes it.
    pub opens: bool,
}

/// What happens to a document on its day …
const EVENTS: [&str; 16] = [
    "举行", "召开", "发表", "通过", "签署", "发布", "签订", "达成", "舉行", "召開", "發表", "通過", "簽署", "發布",
    "簽訂", "達成",
];
/// … and what it calls itself in that sentence.
const DOCUMENTS: [&str; 13] =
    ["宣言", "声明", "公报", "倡议", "协定", "如下", "本文件", "备忘录", "聲明", "公報", "倡議", "協定", "備忘錄"];

/// Reads the first or the last sentence of a document. Only kinds that are made on a day have one.
#[must_use]
pub fn occasion(kind: Kind, first: &str, last: &str) -> Option<Occasion> {
    let is_document = matches!(kind, Kind::Declaration | Kind::JointStatement | Kind::Initiative | Kind::Abstract);
    let opening = || told(first.split_inclusive(ends_sentence).next()?, true);
    let closing = || told(last.split_inclusive(ends_sentence).next_back()?, false);
    is_document.then(|| opening().or_else(closing)).flatten()
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}

/// The day of a sentence that names just one, in full, with what happened to the document on it.
fn told(sentence: &str, opens: bool) -> Option<Occasion> {
    let has = |words: &[&str]| words.iter().any(|word| sentence.contains(word));
    let mut days = dates(sentence).filter_map(|(year, month, day)| Some((year?, month, day)));
    let (year, month, day) = days.next().filter(|_| has(&EVENTS) && has(&DOCUMENTS))?;
    let is_only = days.next().is_none();
    is_only.then(|| Occasion { year, month, day, sentence: sentence.trim().to_owned(), opens })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(kind: Kind, first: &str, last: &str) -> Option<(i32, u8, u8, bool)> {
        occasion(kind, first, last).map(|o| (o.year, o.month, o.day, o.opens))
    }

    #[test]
    fn a_document_tells_its_day_at_either_end() {
        let opening = "各国领导人于2023年5月19日在西安市举行峰会，并发表宣言如下：";
        assert_eq!(day(Kind::Declaration, opening, "完。"), Some((2023, 5, 19, true)));
        let closing = "各方将保持沟通。本公报于二〇二三年五月十九日在西安签署。";
        assert_eq!(day(Kind::JointStatement, "各方认为：", closing), Some((2023, 5, 19, false)));
    }

    #[test]
    fn other_days_are_not_that_of_the_document() {
        assert_eq!(day(Kind::Declaration, "1949年10月1日，中华人民共和国成立。", "完。"), None);
        let two = "根据2001年6月15日签署的宣言和2002年6月7日签署的宪章，现发表声明。";
        assert_eq!(day(Kind::Declaration, two, "完。"), None);
        let opening = "各国领导人于2023年5月19日在西安市举行峰会，并发表宣言如下：";
        assert_eq!(day(Kind::Report, opening, "完。"), None);
        assert_eq!(day(Kind::Declaration, "各国领导人于5月19日举行峰会，并发表宣言。", "完。"), None);
    }
}
