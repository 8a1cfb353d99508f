//! Who says what in a paragraph.
//!
//! ```text
//! 习近平主席在峰会上所强调的“…”            → 习近平, by 强调
//! “…”白俄罗斯国立大学教授安德烈·鲁萨科维奇说   → 安德烈·鲁萨科维奇, after the quotation
//! 高度评价习近平主席关于“…”的论述            → 习近平, by 关于
//! 他表示，…                                → the person named last
//! 老李引用习近平的话：“…”                     → 习近平, whose words they are
//! 习近平的建议有三：一是…                     → 习近平, by the colon
//! 根据会议通过的宣言，…                       → 会议通过的宣言
//! ```

use std::collections::BTreeSet;

use super::brought::{self, MOST_OF_OFFICE, is_dash, points_to_words};
use super::marks::{Marks, closes, opens};
use super::verb::{self, BOUNDARIES, Verb, tells, verbs};
use crate::name::{Named, Persons, ends_with, starts_with};

/// What points back to words that were just told: 甲乙丙，这是某人的一句话.
const POINTING: [&str; 12] =
    ["这是", "这正是", "这就是", "这便是", "这也是", "这句话", "这段话", "这番话", "这话", "此话", "此语", "语出"];

/// Who retells calls those so whose words he tells.
const THEY: [&str; 6] = ["他们", "她们", "他們", "她們", "该", "該"];

/// Nobody says what he is said not to have said.
const NOT: [&str; 8] = ["没有", "没", "未", "不", "并非", "未曾", "不曾", "从不"];

/// What attribution knows of a paragraph.
#[derive(Debug)]
pub struct Scene<'a> {
    pub chars: &'a [char],
    /// The same, with the words inside quotation marks blanked out: nobody there says anything to the reader.
    pub outside: Vec<char>,
    pub named: Vec<Named>,
    /// The verbs outside quotations.
    verbs: Vec<Verb>,
    /// Who was named last before this paragraph.
    pub before: Option<&'a str>,
    /// Full stops stand for all marks, as in the old press.
    pub stopped: bool,
}

impl<'a> Scene<'a> {
    #[must_use]
    pub fn new(chars: &'a [char], marks: &Marks, persons: &Persons, before: Option<&'a str>) -> Self {
        let mut outside = blanked(chars, marks);
        let stopped = brought::is_stopped(&outside);
        if stopped {
            let last = outside.len().saturating_sub(1);
            outside.iter_mut().take(last).filter(|c| **c == '。').for_each(|c| *c = '，');
        }
        let mut scene = Self { chars, named: persons.find(chars), verbs: verbs(&outside), outside, before, stopped };
        let more = scene.brought();
        if !more.is_empty() {
            scene.verbs.extend(more);
            scene.verbs.sort_by_key(|verb| verb.start);
        }
        scene
    }

    /// Who is named in the paragraph.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(|named| named.name.as_str())
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

    /// Those of one sentence.
    #[must_use]
    pub fn verbs_of(&self, sentence: (usize, usize)) -> &[Verb] {
        let first = self.verbs.partition_point(|verb| verb.start < sentence.0);
        let rest = self.verbs.get(first..).unwrap_or_default();
        rest.get(..rest.partition_point(|verb| verb.end <= sentence.1)).unwrap_or_default()
    }

    /// Whose words `start..end` are said to be: by the verb before them in their sentence, else by what follows them.
    #[must_use]
    pub fn speaker(&self, start: usize, end: usize) -> Option<String> {
        let sentence = self.sentence_start(start).max(self.last_quoted(start));
        let before = self.verbs.get(..self.verbs.partition_point(|v| v.end <= start)).unwrap_or_default();
        for &verb in before.iter().rev().take_while(|v| v.start >= sentence) {
            if self.is_citing(verb) {
                let cited = self.named_from(verb.end).next().filter(|n| n.end <= start);
                return cited.map(|n| n.name.clone());
            }
            if let Some(who) = self.subject(verb, sentence) {
                return Some(who);
            }
        }
        self.speaker_after(end)
    }

    /// Where the last quotation before `start` ends, if it was whole sentences and another person is named since: what
    /// brought it brings no more.
    fn last_quoted(&self, start: usize) -> usize {
        let head = self.chars.get(..start.saturating_sub(1)).unwrap_or_default();
        let closed = |&at: &usize| {
            head.get(at).is_some_and(|&c| closes(c))
                && at.checked_sub(1).and_then(|at| head.get(at)).is_some_and(|&c| matches!(c, '。' | '！' | '？'))
        };
        let last = (0..head.len()).rev().find(closed).map_or(0, |at| at + 1);
        let named = self.named_from(last).next().is_some_and(|named| named.end < start);
        if named { last } else { 0 }
    }

    /// Whom a colon at the end of the paragraph lets speak in the next.
    #[must_use]
    pub fn handed_on(&self) -> Option<String> {
        let last = self.outside.iter().rposition(|c| !c.is_whitespace())?;
        if !matches!(self.outside.get(last), Some('：' | ':')) {
            return None;
        }
        let sentence = self.sentence_start(last);
        let asks = self.outside.get(sentence..last).is_some_and(|words| words.contains(&'问'));
        let subject = || self.first_subject(sentence, last).filter(|_| !asks).map(str::to_owned);
        self.speaker(last + 1, last + 1).or_else(subject)
    }

    /// Whether a mark stands between the verb and what it brings.
    #[must_use]
    pub fn is_set_off(&self, verb: Verb) -> bool {
        self.outside.get(verb.end).is_none_or(|&c| matches!(c, '，' | '：' | '、' | ',' | ':') || opens(c))
    }

    /// Whether the clause of the verb calls a person by name or surname, and has few words besides.
    #[must_use]
    pub fn names_for(&self, verb: Verb, who: &str) -> bool {
        /// Characters before the verb.
        const MOST: usize = 16;
        let clause = self.clause_start(verb.start, self.sentence_start(verb.start));
        let words = self.outside.get(clause..verb.start).unwrap_or_default();
        words.len() <= MOST && who.chars().next().is_some_and(|surname| words.contains(&surname))
    }

    /// Whether what is announced with the verb follows in the next paragraph: 茲摘錄如左。
    #[must_use]
    pub fn hands_over(&self, verb: Verb) -> bool {
        let rest = self.outside.get(verb.end..).unwrap_or_default();
        !rest.iter().any(|c| c.is_alphanumeric())
            && brought::announces(self.outside.get(verb.start..verb.end).unwrap_or_default())
    }

    fn is_citing(&self, verb: Verb) -> bool {
        verb::is_citing(self.outside.get(verb.start..verb.end).unwrap_or_default())
    }

    /// Whether the verb says that something was not said.
    fn is_denied(&self, verb: Verb) -> bool {
        let head = self.outside.get(verb.start.saturating_sub(2)..verb.start).unwrap_or_default();
        NOT.iter().any(|not| ends_with(head, not))
    }

    /// Who begins to speak with `verb`: a person; or a body, if the words are set off from the verb. In 中方建议将… the
    /// verb belongs to what is told, in 领导人认为，… it tells.
    #[must_use]
    pub fn turn(&self, verb: Verb, persons: &BTreeSet<String>) -> Option<String> {
        if self.is_citing(verb) || self.is_denied(verb) {
            return None;
        }
        let who = self.subject(verb, self.sentence_start(verb.start))?;
        let rest = self.outside.get(verb.end..).unwrap_or_default();
        let set_off = self.is_set_off(verb)
            || self.hands_over(verb)
            || is_list(rest)
            || THEY.iter().any(|they| starts_with(rest, they))
            || brought::is_document(&who)
            || verb::brings_at_once(self.outside.get(verb.start..verb.end).unwrap_or_default());
        (set_off || persons.contains(&who)).then_some(who)
    }

    /// Who speaks at `at` by the last turn of the sentence that begins at `sentence`.
    #[must_use]
    pub fn teller(&self, at: usize, sentence: usize, persons: &BTreeSet<String>) -> Option<String> {
        let mut verbs = self.verbs.iter().rev().filter(|v| v.end <= at && v.start >= sentence);
        verbs.find_map(|&verb| self.turn(verb, persons))
    }

    /// The persons named from `at` on.
    pub fn named_from(&self, at: usize) -> impl Iterator<Item = &Named> {
        let first = self.named.partition_point(|n| n.start < at);
        self.named.get(first..).unwrap_or_default().iter()
    }

    /// `甲乙丙，这是某人的一句话`, `甲乙丙。某人的这句话，…`: where the words end that the sentence says to be somebody's, and whose.
    #[must_use]
    pub fn told_after(&self, sentence: (usize, usize)) -> Option<(usize, String)> {
        let text = self.outside.get(sentence.0..sentence.1)?;
        let begins = |&at: &usize| at == 0 || text.get(at - 1).is_some_and(|&c| BOUNDARIES.contains(c) || closes(c));
        let person = |at: usize| {
            let at = sentence.0 + at;
            let named = self.named_from(at).next()?;
            let title = self.outside.get(at..named.start).filter(|title| title.len() <= MOST_OF_OFFICE)?;
            title.iter().all(|c| !BOUNDARIES.contains(*c)).then_some(named)
        };
        let points = |&at: &usize| {
            text.get(at..).is_some_and(|rest| POINTING.iter().any(|w| starts_with(rest, w)))
                || person(at).and_then(|n| self.outside.get(n.end..sentence.1)).is_some_and(points_to_words)
        };
        let at = (0..text.len()).filter(begins).find(points)?;
        let who = self.named_from(sentence.0 + at).next().filter(|n| n.end <= sentence.1)?;
        text.get(at..).is_some_and(tells).then(|| (sentence.0 + at, who.name.clone()))
    }

    /// `甲乙丙。——某人`: where the words end that are signed in their own paragraph, and by whom.
    #[must_use]
    pub fn signed(&self, persons: &Persons) -> Option<(usize, String)> {
        let dash = self.outside.iter().rposition(|&c| is_dash(c))?;
        let start = self.outside.get(..dash)?.iter().rposition(|&c| !is_dash(c))? + 1;
        let ended = self.outside.get(start - 1).is_some_and(|&c| matches!(c, '。' | '！' | '？' | '…') || closes(c));
        let who = brought::signature(self.outside.get(start..)?, persons).filter(|_| ended)?;
        Some((start, who))
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

    pub fn clause_start(&self, at: usize, sentence: usize) -> usize {
        let head = self.outside.get(sentence..at).unwrap_or_default();
        let stop = head.iter().rposition(|&c| BOUNDARIES.contains(c) || opens(c) || closes(c));
        stop.map_or(sentence, |i| sentence + i + 1)
    }

    /// `“…”某人说`, `“…”——对某人发出的这一邀请`: the first person after the quotation, if the sentence tells of saying.
    fn speaker_after(&self, end: usize) -> Option<String> {
        let tail = self.outside.get(end..)?;
        let length = tail.iter().position(|&c| matches!(c, '。' | '！' | '？')).unwrap_or(tail.len());
        if !tail.get(..length).is_some_and(tells) {
            return None;
        }
        let mut persons = self.named.iter().filter(|n| n.start >= end && n.end <= end + length);
        if let Some(named) = persons.next() {
            return Some(named.name.clone());
        }
        // “…”他说, “…”这位老教师说: the words right behind the mark stand for somebody.
        let verb = *self.verbs.get(self.verbs.partition_point(|verb| verb.start < end))?;
        let sentence = self.sentence_start(end);
        let next = self.clause_start(verb.start, sentence) <= end + 1 && verb.end <= end + length;
        next.then(|| self.subject(verb, sentence)).flatten()
    }
}

/// The words inside quotation marks, put to spaces; the marks stay.
fn blanked(chars: &[char], marks: &Marks) -> Vec<char> {
    let mut out = chars.to_vec();
    for span in marks.outermost() {
        let words = span.end - span.start;
        // A quoted term belongs to the sentence around it.
        if words > 8 {
            out.iter_mut().take(span.end).skip(span.start).for_each(|c| *c = ' ');
        }
    }
    out
}

/// Whether what is told begins behind a colon that counts it: 议决三事：…
fn is_list(rest: &[char]) -> bool {
    /// Characters before the colon, and between the count and it.
    const MOST: usize = 16;
    const NEAR: usize = 5;
    let head = rest.get(..rest.len().min(MOST + 1)).unwrap_or_default();
    let mark = head.iter().position(|&c| BOUNDARIES.contains(c));
    mark.is_some_and(|at| {
        matches!(head.get(at), Some('：' | ':'))
            && head.iter().take(at).skip(at.saturating_sub(NEAR)).any(|c| "一二两兩三四五六七八九十".contains(*c))
    })
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
        Scene::new(&chars, &Marks::read(&chars), &persons, Some("习近平")).speaker(start, start + quoted.len())
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

    #[test]
    fn who_cites_or_is_spoken_to_speaks_in_nobodys_words() {
        let text = "专家凯瑟·纳瓦卜引用习近平主席的话：“团结协作是成功经验。”";
        assert_eq!(speaker(text, "团结协作是成功经验。").as_deref(), Some("习近平"));
        let text = "专家安德烈·约宁引用一句老话：“团结协作是成功经验。”";
        assert_eq!(speaker(text, "团结协作是成功经验。"), None);
        let text = "习近平主席放下讲稿，向各国专家提出忠告：“团结协作是成功经验。”";
        assert_eq!(speaker(text, "团结协作是成功经验。").as_deref(), Some("习近平"));
    }

    #[test]
    fn a_colon_brings_words_as_a_verb_does() {
        let text = "纳瓦卜的建议有三：团结协作是成功经验";
        assert_eq!(speaker(text, "团结协作是成功经验").as_deref(), Some("凯瑟·纳瓦卜"));
        assert_eq!(speaker("习近平主席：团结协作是成功经验", "团结协作是成功经验").as_deref(), Some("习近平"));
        assert_eq!(speaker("记者问习近平：团结协作是什么经验", "团结协作是什么经验"), None);
        let text = "根据会议通过的宣言，团结协作是成功经验";
        assert_eq!(speaker(text, "团结协作是成功经验").as_deref(), Some("会议通过的宣言"));
    }

    #[test]
    fn words_may_be_given_to_their_speaker_behind_them() {
        let persons = Persons::learn(&corpus(&[(Kind::Report, "题", &["国家主席习近平在北京。"])]));
        let told = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            let scene = Scene::new(&chars, &Marks::read(&chars), &persons, None);
            let sentence = scene.sentences().last().copied()?;
            let given = scene.told_after(sentence).or_else(|| scene.signed(&persons));
            given.map(|(end, who)| (chars.iter().take(end).collect::<String>(), who))
        };
        let his = |words: &str| Some((words.to_owned(), "习近平".to_owned()));
        assert_eq!(told("团结协作是经验，这是习近平主席说过的一句话。"), his("团结协作是经验，"));
        assert_eq!(told("团结协作是经验。习近平的这句话，我一直记着。"), his("团结协作是经验。"));
        assert_eq!(told("团结协作是经验。——习近平"), his("团结协作是经验。"));
        assert_eq!(told("团结协作是经验，这是习近平主席参加的会议。"), None);
        assert_eq!(told("团结协作——习近平主席走进会场，同各国代表一一握手，互致问候"), None);
    }
}
