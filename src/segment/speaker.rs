//! Whose words a text is, where its headline names him or a bare name stands under it, and no line with his office does.
//!
//! ```text
//! 国家主席李白在某某峰会上的讲话        李白, behind his office
//! 水利與荒政（韓伯莊在大學講演）        韓伯莊, where the brackets begin
//! 沈伯庸教授講演：地方志裏的老百姓      沈伯庸, before what he is
//! 在某某峰会上的讲话                    nobody is named
//! ```

use super::headline::Head;
use super::kind::{SPOKEN, Words};
use crate::fold::simplified;
use crate::mark::{is_dash, unspaced};
use crate::model::Kind;
use crate::name;
use crate::signing::is_person;
use crate::wording;

/// Words with which a headline goes on behind a name: where he speaks, to whom, about what, or that he does.
const GOING_ON: [&str; 22] = [
    "在", "于", "对", "向", "就", "关于", "主张", "为", "致", "答", "复", "覆", "告", "之", "的", "呼吁", "演讲",
    "讲演", "演说", "谈", "通电", "等",
];

/// Branches of government, which stand before the word for an office.
const BRANCHES: [&str; 16] = [
    "内务", "外交", "财政", "陆军", "海军", "司法", "教育", "农商", "交通", "实业", "铁道", "内政", "军政", "工商",
    "农林", "卫生",
];

/// What a person is, behind his name, besides his office.
const STYLES: [&str; 7] = ["博士", "先生", "女士", "同志", "君", "总指挥", "总司令"];

/// Characters of the longest name, and of what a person is behind it.
const LONGEST_NAME: usize = 16;
const LONGEST_STYLE: usize = 8;

/// Characters of a line that may be no more than a name.
const LONGEST_LINE: usize = 20;

/// How headlines end, besides those of speeches, that name what somebody said or sent.
const SENT: [&str; 8] = ["词", "辞", "谈话", "电", "书", "信", "报告", "记者问"];

/// Whose words a text of this kind is by its headline, or the line under it.
#[must_use]
pub fn named(kind: Kind, head: &Head) -> Option<String> {
    if !matches!(kind, Kind::Speech | Kind::Declaration | Kind::Initiative | Kind::Other) {
        return None;
    }
    let named = [&head.title, &head.subtitle].into_iter().flatten().find_map(|line| of_line(&line.text));
    // A bare name under the headline of a speech is that of who gave it.
    let bare =
        || head.byline.as_ref().filter(|_| kind == Kind::Speech).and_then(|line| unspaced(&line.text, LONGEST_LINE));
    named.or_else(|| bare().filter(|name| is_person(name)).map(Into::into))
}

/// The name in a line, or in the brackets at its end.
fn of_line(line: &str) -> Option<String> {
    let line = wording::whole(line.trim_start_matches(|c: char| is_dash(c) || c.is_whitespace()));
    let inner = line.strip_suffix(['）', ')']).and_then(|line| line.rsplit_once(['（', '(']));
    let head = line.split(['：', ':']).next().filter(|head| head.len() < line.len());
    inner.map(|inner| inner.1).into_iter().chain(head).chain([line]).filter(|part| is_named(part)).find_map(beginning)
}

fn is_named(part: &str) -> bool {
    let words = Words::new(part);
    words.ends(&SPOKEN).or_else(|| words.ends(&SENT)).is_some()
}

/// The name with which a headline begins, perhaps behind an office, up to where it goes on.
fn beginning(line: &str) -> Option<String> {
    /// Characters within which the headline must go on.
    const MOST: usize = 40;
    let print: Vec<char> = line.chars().take(MOST).collect();
    let plain: Vec<char> = simplified(line).chars().take(MOST).collect();
    let goes_on =
        |at: &usize| GOING_ON.iter().any(|word| plain.get(*at..).is_some_and(|rest| name::starts_with(rest, word)));
    (2..print.len().min(plain.len())).filter(goes_on).find_map(|at| of_person(print.get(..at)?, plain.get(..at)?))
}

/// The person whom these characters are, with what he is before or behind his name.
fn of_person(print: &[char], plain: &[char]) -> Option<String> {
    let style = |end: &usize| {
        let rest = plain.get(*end..).unwrap_or_default();
        let is_style = || STYLES.iter().any(|style| style.chars().eq(rest.iter().copied()));
        is_style() || print.get(*end..).is_some_and(name::is_office)
    };
    let longest = print.len().min(LONGEST_STYLE);
    let ends = std::iter::once(print.len()).chain((print.len() - longest..print.len()).filter(style));
    ends.flat_map(|end| (end.saturating_sub(LONGEST_NAME)..end).map(move |from| (from, end)))
        .find_map(|(from, end)| name_at(print, plain, (from, end)))
}

/// The name between two places, if it is one and begins where a name may.
fn name_at(print: &[char], plain: &[char], (from, to): (usize, usize)) -> Option<String> {
    let chars = print.get(from..to)?;
    let name: String = chars.iter().collect();
    // Few are names, which is sooner told than that an office ends before them.
    if !is_person(&name) || from > 0 && !name::ends_office(print.get(..from)?) {
        return None;
    }
    // 沈市长 is a surname and an office, and so is 章内务总长.
    let of_branch =
        || plain.get(from..to).is_some_and(|name| BRANCHES.iter().any(|branch| name::ends_with(name, branch)));
    (!name::ends_office(chars) && !of_branch()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::HeadLine;

    #[test]
    fn a_headline_names_who_speaks() {
        for (line, who) in [
            ("国家主席李白在某某峰会上的讲话", "李白"),
            ("巴兰达共和国总统恩科西·马通加在联合国大会一般性辩论上的讲话", "恩科西·马通加"),
            ("沈懷遠在全省代表大會閉幕演講詞", "沈懷遠"),
            ("水利與荒政（韓伯莊在青淮大學講演）", "韓伯莊"),
            ("沈伯庸教授講演：地方志裏的老百姓", "沈伯庸"),
            ("賀鎮廷主張停戰裁兵通電", "賀鎮廷"),
            ("海州市長梁紹棠關於米價之談話", "梁紹棠"),
            ("——顾维宁在论坛开幕式上的主旨演讲（全文）", "顾维宁"),
            ("孟廣霖等反對路礦借款之通電", "孟廣霖"),
        ] {
            assert_eq!(of_line(line).as_deref(), Some(who), "{line}");
        }
    }

    #[test]
    fn a_bare_name_under_a_speech_is_its_speakers() {
        let line = |text: &str| HeadLine { text: text.to_owned(), pieces: Vec::new(), ledger: Vec::new() };
        let head = |byline: &str| Head {
            title: Some(line("在座谈会上的讲话")),
            byline: Some(line(byline)),
            ..Head::default()
        };
        assert_eq!(named(Kind::Speech, &head("罗启明")).as_deref(), Some("罗启明"));
        assert_eq!(named(Kind::Speech, &head("本报记者　罗启明")), None);
        assert_eq!(named(Kind::Other, &head("罗启明")), None);
    }

    #[test]
    fn most_headlines_name_nobody() {
        for line in [
            "在全省农村工作会议上的讲话",
            "章內務總長之談話",
            "沈市長在市府成立三週年紀念會訓詞",
            "李白在长安",
            "高举旗帜在新起点上奋进的信",
            "致柳树沟在外乡亲的一封信",
        ] {
            assert_eq!(of_line(line), None, "{line}");
        }
    }
}
