//! Verbs of saying, and whose words they bring.
//!
//! ```text
//! 习近平主席在峰会上所强调的“…”            → 习近平, by 强调
//! “…”白俄罗斯国立大学教授安德烈·鲁萨科维奇说   → 安德烈·鲁萨科维奇, after the quotation
//! 高度评价习近平主席关于“…”的论述            → 习近平, by 关于
//! 他表示，…                                → the person named last
//! ```

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::marks::{closes, opens};
use crate::matcher::Matcher;
use crate::name::{Named, Persons};

const VERBS: [&str; 78] = [
    "指出", "强调", "表示", "提出", "认为", "介绍", "宣布", "重申", "呼吁", "指明", "提到", "谈到", "谈及", "写道",
    "问道", "回答", "答道", "要求", "坚信", "相信", "主张", "建议", "倡议", "透露", "承认", "坦言", "直言", "评价",
    "评论", "阐述", "阐明", "阐释", "概括", "总结", "引用", "援引", "所说", "所言", "申明", "声明", "告诉", "补充",
    "解释", "感慨", "同意", "致辞", "讲话", "发言", "说过", "讲道", "论述", "论断", "表明", "宣示", "強調", "認為",
    "介紹", "宣佈", "呼籲", "談到", "談及", "寫道", "問道", "堅信", "主張", "建議", "倡議", "承認", "評價", "評論",
    "闡述", "闡明", "總結", "聲明", "告訴", "補充", "解釋", "說過",
];

/// The verbs by their first character: every character of every text is asked for them.
static VERB_AT: LazyLock<Matcher<()>> = LazyLock::new(|| Matcher::of_words(VERBS));

/// Verbs of one character are verbs only before a mark; elsewhere they are parts of words (说明, 名称).
const SHORT_VERBS: &str = "说說称稱道讲講曰云";

/// What 关于… brings, if it brings what somebody said.
const STATEMENTS: [&str; 6] = ["的论述", "的重要论述", "的论断", "的重要讲话", "的主张", "的表述"];

/// Where a sentence of another clause begins.
const BOUNDARIES: &str = "，。；：！？…—,;:!?";

/// What may stand between a subject and its verb, or before a subject.
const AROUND_SUBJECT: [&str; 24] = [
    "还",
    "也",
    "并",
    "又",
    "则",
    "都",
    "均",
    "曾",
    "再次",
    "进一步",
    "一致",
    "日前",
    "当日",
    "近日",
    "随后",
    "最后",
    "所",
    "其中",
    "此外",
    "同时",
    "对此",
    "同意",
    "今天",
    "昨天",
];

/// What stands before a person who is spoken of, and does not speak.
const SPOKEN_OF: [&str; 7] = ["对", "关于", "谈及", "谈到", "正如", "针对", "据"];

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
        return (at == 0 || chars.get(at - 1) != Some(&'的')).then_some(end);
    }
    if rest.starts_with(&['关', '于']) {
        let clause: String = rest.iter().skip(2).take_while(|c| !BOUNDARIES.contains(**c)).collect();
        let statement = STATEMENTS.iter().any(|s| clause.contains(s));
        return (statement || rest.get(2).is_some_and(|&c| opens(c))).then_some(at + 2);
    }
    let short = rest.first().is_some_and(|&c| SHORT_VERBS.contains(c));
    let before_mark = rest.get(1).is_none_or(|&c| "，：。、；）,:;".contains(c) || opens(c));
    (short && before_mark && at > 0).then_some(at + 1)
}

/// What attribution knows of a paragraph.
#[derive(Debug)]
pub struct Scene<'a> {
    pub chars: &'a [char],
    /// The same, with the words inside quotation marks blanked out: nobody there says anything to the reader.
    outside: Vec<char>,
    named: Vec<Named>,
    /// The verbs outside quotations.
    verbs: Vec<Verb>,
    /// Who was named last before this paragraph.
    before: Option<&'a str>,
}

impl<'a> Scene<'a> {
    #[must_use]
    pub fn new(chars: &'a [char], persons: &Persons, before: Option<&'a str>) -> Self {
        let outside = blanked(chars);
        Self { chars, named: persons.find(chars), verbs: verbs(&outside), outside, before }
    }

    /// Who was named last in the paragraph, or before it.
    #[must_use]
    pub fn last_named(&self) -> Option<&str> {
        self.named.last().map(|n| n.name.as_str()).or(self.before)
    }

    /// The verbs outside quotations.
    #[must_use]
    pub fn verbs(&self) -> &[Verb] {
        &self.verbs
    }

    /// Whose words `start..end` are said to be: by the verb before them in their sentence, else by what follows them.
    #[must_use]
    pub fn speaker(&self, start: usize, end: usize) -> Option<String> {
        let sentence = self.sentence_start(start);
        let mut left = self.verbs.iter().rev().filter(|v| v.end <= start && v.start >= sentence);
        left.find_map(|&verb| self.subject(verb, sentence)).or_else(|| self.speaker_after(end))
    }

    /// The subject of `verb`: a person, a pronoun for one, or the words before it.
    #[must_use]
    pub fn subject(&self, verb: Verb, sentence: usize) -> Option<String> {
        let clause = self.clause_start(verb.start, sentence);
        let in_clause = self.named.iter().rev().find(|n| n.start >= clause && n.end <= verb.start);
        if let Some(named) = in_clause {
            return Some(named.name.clone());
        }
        let words: String = self.outside.get(clause..verb.start)?.iter().filter(|c| !c.is_whitespace()).collect();
        let words = bare(&words);
        if is_pronoun(words) {
            return self.subject_before(clause).or(self.before).map(str::to_owned);
        }
        if words.is_empty() {
            let earlier = self.named.iter().rev().find(|n| n.end <= clause && n.start >= sentence);
            return earlier.map(|n| n.name.clone());
        }
        (2..=20).contains(&words.chars().count()).then(|| words.to_owned())
    }

    /// Who begins to speak with `verb`: a person; or a body, if the words are set off from the verb. In 中方建议将… the
    /// verb belongs to what is told, in 领导人认为，… it tells.
    #[must_use]
    pub fn turn(&self, verb: Verb, persons: &BTreeSet<String>) -> Option<String> {
        let who = self.subject(verb, self.sentence_start(verb.start))?;
        let set_off = self.chars.get(verb.end).is_none_or(|&c| matches!(c, '，' | '：' | ',' | ':') || opens(c));
        (set_off || persons.contains(&who)).then_some(who)
    }

    /// Who speaks at `at` by the last turn of the sentence that begins at `sentence`.
    #[must_use]
    pub fn teller(&self, at: usize, sentence: usize, persons: &BTreeSet<String>) -> Option<String> {
        let mut verbs = self.verbs.iter().rev().filter(|v| v.end <= at && v.start >= sentence);
        verbs.find_map(|&verb| self.turn(verb, persons))
    }

    /// Whom a pronoun at `at` means: the first person of the last sentence that names one, unless he is only spoken of.
    fn subject_before(&self, at: usize) -> Option<&str> {
        let mut end = at;
        while end > 0 {
            let start = self.sentence_start(end - 1);
            let mut named = self.named.iter().filter(|n| n.start >= start && n.end <= end);
            let subject = named.find(|n| {
                let clause = self.outside.get(self.clause_start(n.start, start)..n.start).unwrap_or_default();
                let clause: String = clause.iter().collect();
                !SPOKEN_OF.iter().any(|w| clause.contains(w))
            });
            if let Some(subject) = subject {
                return Some(&subject.name);
            }
            end = start;
        }
        None
    }

    /// Where the sentence that holds `at` begins, quotations skipped.
    #[must_use]
    pub fn sentence_start(&self, at: usize) -> usize {
        let head = self.outside.get(..at).unwrap_or_default();
        let stop = head.iter().rposition(|&c| matches!(c, '。' | '！' | '？'));
        stop.map_or(0, |i| i + 1)
    }

    /// The sentences of the paragraph; what is quoted does not end one.
    #[must_use]
    pub fn sentences(&self) -> Vec<(usize, usize)> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for (at, c) in self.outside.iter().enumerate() {
            if matches!(c, '。' | '！' | '？') {
                sentences.push((start, at + 1));
                start = at + 1;
            }
        }
        if start < self.outside.len() {
            sentences.push((start, self.outside.len()));
        }
        sentences
    }

    fn clause_start(&self, at: usize, sentence: usize) -> usize {
        let head = self.outside.get(sentence..at).unwrap_or_default();
        let stop = head.iter().rposition(|&c| BOUNDARIES.contains(c) || opens(c) || closes(c));
        stop.map_or(sentence, |i| sentence + i + 1)
    }

    /// `“…”某人说`, `“…”——对某人发出的这一邀请`: the first person after the quotation, if the sentence tells of saying.
    fn speaker_after(&self, end: usize) -> Option<String> {
        let tail = self.outside.get(end..)?;
        let length = tail.iter().position(|&c| matches!(c, '。' | '！' | '？')).unwrap_or(tail.len());
        let says = verbs(tail.get(..length)?).len()
            + usize::from(tail.get(..length)?.windows(2).any(|w| matches!(w, ['发', '出'] | ['论', '述'])));
        let mut persons = self.named.iter().filter(|n| n.start >= end && n.end <= end + length);
        persons.next().filter(|_| says > 0).map(|n| n.name.clone())
    }
}

/// The words inside quotation marks, put to spaces; the marks stay.
fn blanked(chars: &[char]) -> Vec<char> {
    let mut out = chars.to_vec();
    for span in super::marks::marked(chars, true).iter().filter(|m| m.depth == 0) {
        let words = span.end - span.start;
        // A quoted term belongs to the sentence around it.
        if words > 8 {
            out.iter_mut().take(span.end).skip(span.start).for_each(|c| *c = ' ');
        }
    }
    out
}

fn bare(words: &str) -> &str {
    let mut words = words;
    loop {
        let cut = AROUND_SUBJECT.iter().find_map(|w| words.strip_prefix(w).or_else(|| words.strip_suffix(w)));
        match cut {
            Some(rest) => words = rest,
            None => return words,
        }
    }
}

fn is_pronoun(words: &str) -> bool {
    words.chars().next().is_some_and(|c| matches!(c, '他' | '她'))
        && !words.starts_with("他们")
        && !words.starts_with("她们")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;
    use crate::model::Kind;

    fn speaker(text: &str, quoted: &str) -> Option<String> {
        let names = "国家主席习近平在北京。大学主任纳塔利娅·佩切里察表示，专家安德烈·约宁说，专家凯瑟·纳瓦卜说";
        let persons = Persons::learn(&corpus(&[(Kind::Report, "题", &[names])]));
        let chars: Vec<char> = text.chars().collect();
        let quoted: Vec<char> = quoted.chars().collect();
        let start = chars.windows(quoted.len()).position(|w| w == quoted)?;
        Scene::new(&chars, &persons, Some("习近平")).speaker(start, start + quoted.len())
    }

    #[test]
    fn the_nearest_verb_tells_the_speaker() {
        let text = "主任纳塔利娅·佩切里察表示，正如习近平主席在峰会上所强调的“这是共同的行动方针”，上合组织发展至今，“这是重要原因”。";
        assert_eq!(speaker(text, "这是共同的行动方针").as_deref(), Some("习近平"));
        let text = "纳瓦卜十分认同习近平主席关于“团结协作是成功经验”的论述。";
        assert_eq!(speaker(text, "团结协作是成功经验").as_deref(), Some("习近平"));
    }

    #[test]
    fn the_speaker_may_come_after() {
        let text = "会议结束。“站在新时代的开端，我们应团结。”纳瓦卜说。";
        assert_eq!(speaker(text, "站在新时代的开端，我们应团结。").as_deref(), Some("凯瑟·纳瓦卜"));
        let text = "“欢迎各方使用北斗，参与建设”——对习近平主席发出的这一邀请，专家安德烈·约宁高度评价道：“好。”";
        assert_eq!(speaker(text, "欢迎各方使用北斗，参与建设").as_deref(), Some("习近平"));
    }

    #[test]
    fn a_pronoun_is_the_subject_of_the_sentence_before() {
        let text = "纳瓦卜认同习近平主席关于“这是不可或缺的一环”的论述。他表示，应作出更大努力。";
        assert_eq!(speaker(text, "应作出更大努力").as_deref(), Some("凯瑟·纳瓦卜"));
        let text = "对于习近平主席提出的倡议，专家安德烈·约宁充满期待。他说，应作出更大努力。";
        assert_eq!(speaker(text, "应作出更大努力").as_deref(), Some("安德烈·约宁"));
    }

    #[test]
    fn pronouns_and_bodies_speak_too() {
        assert_eq!(speaker("他表示，阿富汗问题重要。", "阿富汗问题重要").as_deref(), Some("习近平"));
        assert_eq!(
            speaker("与会成员国领导人认为，形势正在演变。", "形势正在演变").as_deref(),
            Some("与会成员国领导人")
        );
        assert_eq!(
            speaker("习近平主席强调了现实意义，指出成员国增加到10个。", "成员国增加到10个").as_deref(),
            Some("习近平")
        );
        assert_eq!(speaker("说明在新的条件下理念受欢迎。", "理念受欢迎"), None);
    }
}
