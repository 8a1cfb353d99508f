//! Verbs of saying, and words that tell of it.
//!
//! ```text
//! 他强调，…   强调      表示感谢, 提出的建议    表示 and 提出, not 建议, which is a thing said
//! 关于“…”    关于      说明，名称             nothing: 说 and 称 are verbs before a mark alone
//! ```

use std::sync::LazyLock;

use super::marks::opens;
use crate::matcher::Matcher;
use crate::name::{ends_office, ends_with};

/// Where a sentence of another clause begins.
pub const BOUNDARIES: &str = "，。；：！？…—,;:!?";

const VERBS: [&str; 168] = [
    "指出",
    "强调",
    "表示",
    "提出",
    "认为",
    "介绍",
    "宣布",
    "重申",
    "呼吁",
    "指明",
    "提到",
    "谈到",
    "谈及",
    "写道",
    "问道",
    "回答",
    "答道",
    "要求",
    "坚信",
    "相信",
    "主张",
    "建议",
    "倡议",
    "透露",
    "承认",
    "坦言",
    "直言",
    "评价",
    "评论",
    "阐述",
    "阐明",
    "阐释",
    "概括",
    "总结",
    "引用",
    "援引",
    "所说",
    "所言",
    "申明",
    "声明",
    "告诉",
    "补充",
    "解释",
    "感慨",
    "同意",
    "致辞",
    "讲话",
    "发言",
    "说过",
    "讲道",
    "论述",
    "论断",
    "表明",
    "宣示",
    "強調",
    "認為",
    "介紹",
    "宣佈",
    "呼籲",
    "談到",
    "談及",
    "寫道",
    "問道",
    "堅信",
    "主張",
    "建議",
    "倡議",
    "承認",
    "評價",
    "評論",
    "闡述",
    "闡明",
    "總結",
    "聲明",
    "告訴",
    "補充",
    "解釋",
    "說過",
    "反问",
    "自问",
    "追问",
    "质问",
    "询问",
    "发问",
    "设问",
    "反驳",
    "驳斥",
    "告诫",
    "忠告",
    "叮嘱",
    "嘱咐",
    "提醒",
    "警告",
    "断言",
    "答复",
    "回应",
    "承诺",
    "讲过",
    "讲起",
    "说起",
    "谈起",
    "引述",
    "转引",
    "转述",
    "规定",
    "載明",
    "载明",
    "講過",
    "規定",
    "反問",
    "追問",
    "質問",
    "反駁",
    "告誡",
    "囑咐",
    "答覆",
    "回應",
    "承諾",
    "显示",
    "顯示",
    "证实",
    "證實",
    "证明",
    "證明",
    "判决",
    "判決",
    "裁定",
    "判令",
    "决定",
    "決定",
    "商定",
    "电称",
    "電稱",
    "据称",
    "據稱",
    "宣称",
    "宣稱",
    "声称",
    "聲稱",
    "说道",
    "說道",
    "议决",
    "議決",
    "吁请",
    "籲請",
    "指斥",
    "申述",
    "痛陳",
    "宣读",
    "宣讀",
    "号召",
    "號召",
    "希望",
    "勉励",
    "疾呼",
    "语记者",
    "語記者",
    "告记者",
    "告記者",
    "所称",
    "所稱",
    "所谈",
    "所談",
    "面谕",
    "面諭",
    "说得好",
    "說得好",
    "讲得好",
];

/// The verbs by their first character: every character of every text is asked for them.
static VERB_AT: LazyLock<Matcher<()>> = LazyLock::new(|| Matcher::of_words(VERBS.iter().chain(&AT_ONCE).copied()));

/// Those after which the words begin at once: 來電略謂國家至此，…
const AT_ONCE: [&str; 10] = ["略谓", "略謂", "略称", "略稱", "大意谓", "大意謂", "大致谓", "大致謂", "内称", "內稱"];

/// Verbs of one character are verbs only before a mark; elsewhere they are parts of words (说明, 名称).
const SHORT_VERBS: &str = "说說称稱道讲講曰云谓謂";

/// Before one of these the verb is part of the name of a thing: 倡议书, 决定性.
const THINGS: [char; 6] = ['书', '書', '者', '性', '权', '權'];

/// What 关于… brings, if it brings what somebody said.
const STATEMENTS: [&str; 6] = ["的论述", "的重要论述", "的论断", "的重要讲话", "的主张", "的表述"];

/// Who cites speaks in another's words.
const CITING: [&str; 6] = ["引用", "援引", "引述", "转引", "转述", "复述"];

/// Whether the verb, which is all of `word`, brings another's words.
#[must_use]
pub fn is_citing(word: &[char]) -> bool {
    CITING.iter().any(|citing| citing.chars().eq(word.iter().copied()))
}

/// Whether the verb, which is all of `word`, goes on with what he says who spoke before: 并谓
#[must_use]
pub fn goes_on(word: &[char]) -> bool {
    matches!(word, ['谓' | '謂'])
}

/// Whether words may begin right behind the verb, which is all of `word`.
#[must_use]
pub fn brings_at_once(word: &[char]) -> bool {
    goes_on(word) || AT_ONCE.iter().any(|verb| verb.chars().eq(word.iter().copied()))
}

/// A verb of saying in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb {
    pub start: usize,
    pub end: usize,
}

/// The verbs of saying in `chars`, in order. 关于 counts where what it brings is called a statement: 关于“…”的论述.
#[must_use]
pub fn verbs(chars: &[char]) -> Vec<Verb> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        match verb_at(chars, at) {
            Some(end) => {
                found.push(Verb { start: at, end });
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn verb_at(chars: &[char], at: usize) -> Option<usize> {
    let rest = chars.get(at..)?;
    if let Some((length, ())) = VERB_AT.longest(rest) {
        let end = at + length;
        // 表示感谢, 建议 as a noun after 的: what follows 的 is a thing said, not the saying of it.
        let is_thing = at > 0 && chars.get(at - 1) == Some(&'的') || chars.get(end).is_some_and(|c| THINGS.contains(c));
        return (!is_thing).then_some(end);
    }
    if rest.starts_with(&['关', '于']) {
        let clause: String = rest.iter().skip(2).take_while(|c| !BOUNDARIES.contains(**c)).collect();
        let statement = STATEMENTS.iter().any(|s| clause.contains(s));
        return (statement || rest.get(2).is_some_and(|&c| opens(c))).then_some(at + 2);
    }
    // 报载通电，谓如有…; 氏又谓如有…; 次稱借款…: what comes to be told begins behind it.
    let before = chars.get(..at).unwrap_or_default();
    let is_told = match rest.first() {
        Some('谓' | '謂') => tells_on(before),
        Some('称' | '稱') => goes_through(before),
        _ => false,
    };
    if is_told && at > 0 {
        return Some(at + 1);
    }
    let short = rest.first().is_some_and(|&c| SHORT_VERBS.contains(c));
    let before_mark = rest.get(1).is_none_or(|&c| "，：。、；）,:;".contains(c) || opens(c));
    (short && before_mark && at > 0).then_some(at + 1)
}

/// Words that count what is told of one text, one thing after another.
const IN_TURN: &str = "又则則并並亦复復首次末继繼";

/// Whether 谓 behind `head` brings words: at the beginning of a clause, behind 氏, an office or the name of a document, and
/// behind 又 or its like after any of these; and behind 自, if what somebody says of himself is told.
fn tells_on(head: &[char]) -> bool {
    const PAPERS: [&str; 10] = ["宣言", "通电", "通電", "谈话", "談話", "该电", "該電", "该函", "該函", "原電"];
    let head = match head {
        [before @ .., last] if IN_TURN.contains(*last) || *last == '自' => before,
        _ => head,
    };
    head.last().is_none_or(|&c| BOUNDARIES.contains(c) || matches!(c, '、' | '氏'))
        || PAPERS.iter().any(|paper| ends_with(head, paper))
        || is_meeting_of_holder(head)
}

/// 韩部长在会中: an office and where its holder speaks.
fn is_meeting_of_holder(head: &[char]) -> bool {
    /// Characters of the clause.
    const MOST: usize = 12;
    let near = head.get(head.len().saturating_sub(MOST)..).unwrap_or_default();
    let mark = near.iter().rposition(|&c| BOUNDARIES.contains(c));
    // The clause is longer than that.
    if mark.is_none() && near.len() < head.len() {
        return false;
    }
    let clause = near.get(mark.map_or(0, |at| at + 1)..).unwrap_or_default();
    let place = clause.iter().position(|c| matches!(c, '在' | '于' | '於'));
    place.and_then(|at| clause.get(..at)).is_some_and(ends_office)
}

/// Whether 称 behind `head` goes through a text: 首称, 次称, 又称, where a clause begins with it.
fn goes_through(head: &[char]) -> bool {
    let begins = |before: &[char]| before.last().is_none_or(|&c| BOUNDARIES.contains(c) || c == '中');
    matches!(head, [before @ .., last] if IN_TURN.contains(*last) && begins(before))
}

/// Whether `text` tells that something was said.
#[must_use]
pub fn tells(text: &[char]) -> bool {
    let pairs = [['发', '出'], ['论', '述'], ['句', '话'], ['段', '话'], ['番', '话'], ['的', '话'], ['名', '言']];
    !verbs(text).is_empty()
        || text.windows(2).any(|pair| pairs.iter().any(|told| told == pair) || matches!(pair, ['说' | '讲', '的']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        verbs(&chars).into_iter().map(|verb| chars[verb.start..verb.end].iter().collect()).collect()
    }

    #[test]
    fn what_comes_one_after_another_is_told() {
        assert_eq!(words("次稱借款年息七釐。又謂雙方應各退五十里。"), ["稱", "謂"]);
        assert_eq!(words("韓部長在會中謂農民所得不及半。孟氏自謂寧為守法之罪人。"), ["謂", "謂"]);
        assert_eq!(words("宣言所稱國棉自給，雖不敢遽信。"), ["所稱"]);
    }

    #[test]
    fn names_of_things_tell_nothing() {
        assert_eq!(words("改稱商會，無謂之爭，名稱不一。"), [] as [&str; 0]);
    }
}
