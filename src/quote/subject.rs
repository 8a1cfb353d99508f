//! The subject of a verb of saying: a person, what stands for one, or a body.
//!
//! ```text
//! 国家主席习近平在北京指出   习近平        他说, 总理说, 这位老教师说     the person named last
//! 陆氏称, 陆部长称           陆仲衡        某会昨发出通电，略谓…         某会
//! 与会领导人一致认为         与会领导人    审判长罗某在宣判后对记者说     审判长罗某
//! ```

use super::brought::{ACCORDING, answers};
use super::saying::Scene;
use super::verb::{self, Verb};
use crate::name::is_office;
use crate::surname::is_surname;

/// A phrase that begins with one of these is no subject …
const PREPOSITIONS: [&str; 12] =
    ["向", "对", "就", "根据", "按照", "依照", "依据", "针对", "围绕", "关于", "通过", "随着"];

/// … and so is one that begins with 在 and ends with one of these.
const PLACES: &str = "上中下里时后前间内际会";

/// Where somebody says what he writes: 许氏函中, 部长在信里.
const PAPERS: [&str; 8] = ["函中", "信中", "文中", "书中", "電中", "电中", "信里", "書中"];

/// Characters of a Chinese name.
const MOST_OF_NAME: usize = 4;

/// What may stand between a subject and its verb, or before a subject.
const AROUND_SUBJECT: [&str; 42] = [
    "末",
    "继",
    "繼",
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
    "還",
    "並",
    "亦",
    "則",
    "復",
    "仍",
    "後",
    "昨",
    "郑重",
    "鄭重",
    "特别",
    "一再",
    "反复",
    "明确",
    "深情",
];

/// What stands before a person who is spoken of, and does not speak.
const SPOKEN_OF: [&str; 7] = ["对", "关于", "谈及", "谈到", "正如", "针对", "据"];

impl Scene<'_> {
    /// The subject of `verb`: a person, a pronoun for one, or the words before it.
    #[must_use]
    pub fn subject(&self, verb: Verb, sentence: usize) -> Option<String> {
        let clause = self.clause_start(verb.start, sentence);
        let in_clause = self.named.iter().rev().find(|n| n.start >= clause && n.end <= verb.start);
        let words: String = self.outside.get(clause..verb.start)?.iter().filter(|c| !c.is_whitespace()).collect();
        if verb.start == verb.end && in_clause.is_none() {
            let document = ACCORDING.iter().find_map(|word| words.strip_prefix(word))?;
            return Some(document.to_owned());
        }
        let mark = self.outside.get(verb.start + 1).copied().unwrap_or_default();
        if self.outside.get(..=verb.start).is_some_and(|head| answers(head, mark)) {
            return self.subject_before(clause).or(self.before).map(str::to_owned);
        }
        let words = bare(&words);
        // 顾某放下稿子，向区长们提出忠告: the person is the subject of the sentence, not he to whom he speaks; 对顾某提出的…: he is.
        let spoken_to = words.starts_with('向') || words.starts_with('对') && verb.end == verb.start + 1;
        if let Some(named) = in_clause.filter(|_| !spoken_to) {
            return Some(named.name.clone());
        }
        if is_beside(words) {
            return self.first_subject(sentence, clause).map(str::to_owned);
        }
        let words = without_adjuncts(words);
        let words = PAPERS.iter().find_map(|paper| words.strip_suffix(paper)).unwrap_or(words);
        if stands_for_person(words) {
            return self.subject_before(clause).or(self.before).map(str::to_owned);
        }
        if words.is_empty() {
            let earlier = self.named.iter().rev().find(|n| n.end <= clause && n.start >= sentence);
            // 继举…，并谓：he who spoke before goes on.
            let goes_on = self.outside.get(verb.start..verb.end).is_some_and(verb::goes_on);
            let before = || self.before.filter(|_| goes_on && sentence == 0).map(str::to_owned);
            return earlier.map(|n| n.name.clone()).or_else(|| self.sender(verb, clause, sentence)).or_else(before);
        }
        if let Some(named) = self.by_surname(words, clause) {
            return Some(named.to_owned());
        }
        (2..=20).contains(&words.chars().count()).then(|| words.to_owned())
    }

    /// Who sent what the verb brings: 某会昨发出通电，略谓…
    fn sender(&self, verb: Verb, clause: usize, sentence: usize) -> Option<String> {
        /// Clauses between that which tells of the sending and the verb.
        const BETWEEN: usize = 2;
        let word = self.outside.get(verb.start..verb.end)?;
        let at_once = verb::brings_at_once(word) && !verb::goes_on(word);
        let (mut end, mut told) = (clause, at_once);
        for _ in 0..=BETWEEN {
            end = end.checked_sub(1).filter(|&end| end > sentence)?;
            let start = self.clause_start(end, sentence);
            let words: String = self.outside.get(start..end)?.iter().collect();
            told |= ["发表", "發表", "发出", "發出", "通电", "通電"].iter().any(|word| words.contains(word));
            let sent = words.split(['昨', '今', '日', '发', '發', '致', '通', '于', '於', '电', '電']).next()?.trim();
            if told && (2..=20).contains(&sent.chars().count()) {
                return Some(sent.to_owned());
            }
            // 某会。昨发表宣言。茲摘錄如左。: the one who sends stands in a clause of his own.
            end = start;
        }
        None
    }

    /// Whom a surname with an office means, of those named before: 许校长, 陆氏.
    fn by_surname(&self, words: &str, at: usize) -> Option<&str> {
        let mut chars = words.chars();
        let surname = chars.next().filter(|&c| is_surname(c))?;
        let rest: Vec<char> = chars.collect();
        let called =
            matches!(rest.as_slice(), ['氏' | '老' | '君' | '公'] | ['先', '生'] | ['女', '士']) || is_office(&rest);
        let bears = |name: &&str| name.starts_with(surname) && name.chars().count() <= MOST_OF_NAME;
        let named = self.named.iter().rev().filter(|n| n.end <= at).map(|n| n.name.as_str());
        called.then(|| named.chain(self.before).find(bears)).flatten()
    }

    /// Whom a pronoun at `at` means: the first person of the last sentence that names one, unless he is only spoken of.
    pub fn subject_before(&self, at: usize) -> Option<&str> {
        let mut end = at;
        while end > 0 {
            let start = self.sentence_start(end - 1);
            if let Some(subject) = self.first_subject(start, end) {
                return Some(subject);
            }
            end = start;
        }
        None
    }

    /// The first person between `start`, where a sentence begins, and `end`, unless he is only spoken of.
    pub fn first_subject(&self, start: usize, end: usize) -> Option<&str> {
        let mut named = self.named_from(start).take_while(|n| n.end <= end);
        let subject = named.find(|n| {
            let clause = self.outside.get(self.clause_start(n.start, start)..n.start).unwrap_or_default();
            let clause: String = clause.iter().collect();
            !SPOKEN_OF.iter().any(|w| clause.contains(w))
        });
        subject.map(|named| named.name.as_str())
    }
}

/// Whether the words stand beside the subject, and are none.
fn is_beside(words: &str) -> bool {
    let party = ["对方", "对手"].iter().any(|word| words.starts_with(word));
    let placed = words.starts_with('在') && words.chars().next_back().is_some_and(|c| PLACES.contains(c));
    placed || !party && PREPOSITIONS.iter().any(|word| words.starts_with(word))
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

/// Whether the words mean a person named before: 他, 这位老教师, 总理.
fn stands_for_person(words: &str) -> bool {
    /// Characters after 这位.
    const MOST: usize = 8;
    let is_pronoun =
        words.starts_with(['他', '她']) && !["他们", "她们", "他們", "她們"].iter().any(|w| words.starts_with(w));
    let pointed = ["这位", "那位", "这名", "這位"].iter().find_map(|word| words.strip_prefix(word));
    is_pronoun
        || ["氏", "其", "据其", "據其"].contains(&words)
        || pointed.is_some_and(|rest| rest.chars().count() <= MOST)
        || is_office(&words.chars().collect::<Vec<_>>())
}

/// A subject without when and to whom it speaks: 审判长罗某在宣判后对记者
fn without_adjuncts(words: &str) -> &str {
    /// Characters of a name.
    const LEAST: usize = 2;
    if words.starts_with(['在', '对', '對', '向']) {
        return words;
    }
    let adjunct = words.char_indices().skip(LEAST).find(|(_, c)| matches!(c, '在' | '对' | '對' | '向' | '代'));
    adjunct.and_then(|(at, _)| words.get(..at)).unwrap_or(words)
}

#[cfg(test)]
mod tests {
    use super::super::marks::Marks;
    use super::*;
    use crate::fixture::corpus;
    use crate::model::Kind;
    use crate::name::Persons;

    fn subject(text: &str) -> Option<String> {
        let persons = Persons::learn(&corpus(&[(Kind::Report, "题", &["国家主席习近平在北京。部长陆仲衡，"])]));
        let chars: Vec<char> = text.chars().collect();
        let scene = Scene::new(&chars, &Marks::read(&chars), &persons, Some("习近平"));
        let verb = *scene.verbs().last()?;
        scene.subject(verb, scene.sentence_start(verb.start))
    }

    #[test]
    fn what_stands_for_a_person_is_the_person() {
        for text in ["他表示，", "主席强调，", "这位老代表说，"] {
            assert_eq!(subject(text).as_deref(), Some("习近平"), "{text}");
        }
        assert_eq!(subject("陆仲衡昨日到沪。陆氏称，").as_deref(), Some("陆仲衡"));
        assert_eq!(subject("陆仲衡昨日到沪。陆部长函中并主张，").as_deref(), Some("陆仲衡"));
    }

    #[test]
    fn bodies_are_called_by_their_names_alone() {
        assert_eq!(subject("与会领导人一致认为，").as_deref(), Some("与会领导人"));
        assert_eq!(subject("审判长罗某在宣判后对记者说，").as_deref(), Some("审判长罗某"));
        assert_eq!(subject("全国商会昨日发出通电，略谓国家至此，").as_deref(), Some("全国商会"));
    }
}
