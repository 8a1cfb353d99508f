//! What gives words to somebody without a verb of saying.
//!
//! ```text
//! 某人的建议有三：…           what belongs to him and is said
//! 根据会议通过的宣言，…       the name of a document
//! …某人的这句话              what points back
//! ——某人                     a signature
//! ```

use super::marks::{closes, opens};
use super::saying::Scene;
use super::verb::{BOUNDARIES, Verb};
use crate::name::{Persons, ends_with, is_office, starts_with};
use crate::surname::is_surname;

/// What a person has said, by the names that one gives to it.
const WORDS: [&str; 22] = [
    "话", "名言", "警句", "忠告", "告诫", "论断", "论述", "观点", "看法", "主张", "建议", "意见", "要求", "说法",
    "回答", "答复", "呼吁", "倡议", "判断", "嘱托", "提醒", "心得",
];
/// What one comes to think, as it is brought by 是: 研究者的结论是，…
const VIEWS: [&str; 11] = ["结论", "看法", "意见", "观点", "说法", "回答", "答复", "判断", "要求", "建议", "主张"];
/// What may stand before such a name: 一句话, 那番话, 三点建议.
const COUNTS: &str = "一二两三四五六七八九十几这那此原句段番条点项个";

/// What brings the words of a document, and how the clause ends that names it.
pub const ACCORDING: [&str; 9] = ["根据", "根據", "按照", "依照", "依据", "依據", "遵照", "据", "據"];
const DOCUMENTS: [&str; 41] = [
    "宪章", "宣言", "公报", "声明", "决议", "决定", "协定", "协议", "条约", "公约", "章程", "纲要", "方案", "规划",
    "条例", "文件", "办法", "》", "报告", "通报", "通知", "公告", "论文", "通电", "憲章", "公報", "聲明", "決議",
    "決定", "協定", "協議", "條約", "公約", "綱要", "規劃", "條例", "辦法", "報告", "通電", "书", "書",
];
const OF_DOCUMENT: [&str; 5] = ["的规定", "的有关规定", "的要求", "的精神", "规定"];

/// The signature under an epigraph has few words beside the name.
const MOST_OF_SIGNATURE: usize = 12;
/// The words between 根据 and its comma are few.
const MOST_OF_DOCUMENT: usize = 24;
/// What stands between a name and what belongs to it: 部长当年贺信里
const MOST_BEFORE_OF: usize = 10;
/// The office between a name and what belongs to it.
pub const MOST_OF_OFFICE: usize = 6;

/// What stands before a person's name where the person is spoken to.
const ADDRESSES: &str = "问对向给告答请谢劝了着过把被和与见访";

impl Scene<'_> {
    /// What brings words without a verb: a colon after a person's name, or after what belongs to him and is said
    /// (某人的建议有三：), the comma after the name of a document (根据会议通过的宣言，), what announces a document (原電如下。)
    /// and what opens an answer (（答）).
    #[must_use]
    pub fn brought(&self) -> Vec<Verb> {
        let mut found = Vec::new();
        let (mut sentence, mut clause) = (0, 0);
        let mut names = self.named.iter().peekable();
        for (at, &c) in self.outside.iter().enumerate() {
            if matches!(c, '）' | '：') && self.outside.get(..at).is_some_and(|head| answers(head, c)) {
                found.push(Verb { start: at - 1, end: at + usize::from(c == '）') });
            }
            if !(BOUNDARIES.contains(c) || opens(c) || closes(c)) {
                continue;
            }
            let mut last = None;
            while let Some(named) = names.next_if(|named| named.end <= at) {
                last = Some(named).filter(|named| named.start >= clause);
            }
            let words = self.outside.get(clause..at).unwrap_or_default();
            let says = match c {
                '：' | ':' => last.is_some_and(|named| {
                    let rest = self.outside.get(named.end..at).unwrap_or_default();
                    let title = self.outside.get(clause..named.start).unwrap_or_default();
                    let alone = clause == sentence && (rest.is_empty() || is_office(rest) || addresses(rest));
                    alone && !title.iter().any(|&c| ADDRESSES.contains(c)) || belongs(rest)
                }),
                '，' | ',' => names_document(words),
                _ => false,
            };
            if says {
                found.push(Verb { start: at, end: at });
            } else if matches!(c, '，' | '：' | ',' | ':' | '。') && announces(words) {
                found.push(Verb { start: clause, end: at });
            } else if matches!(c, '，' | '：' | ',' | ':')
                && let Some(of) = tells_view(words)
            {
                found.push(Verb { start: clause + of, end: at });
            }
            clause = at + 1;
            if matches!(c, '。' | '！' | '？') {
                sentence = clause;
            }
        }
        found
    }
}

/// Who signs what stands above: a dash, a person, and little more.
#[must_use]
pub fn signature(chars: &[char], persons: &Persons) -> Option<String> {
    let text = chars.get(chars.iter().position(|c| !c.is_whitespace())?..)?;
    let name = text.get(text.iter().position(|&c| !is_dash(c)).filter(|&dashes| dashes > 0)?..)?;
    if name.len() > 8 * MOST_OF_SIGNATURE {
        return None;
    }
    let named = persons.find(name).into_iter().next()?;
    let (mut in_title, mut beside) = (false, 0);
    for (at, &c) in name.iter().enumerate() {
        in_title = c == '《' || in_title && c != '》';
        let counts = !in_title && c.is_alphanumeric() && !(named.start..named.end).contains(&at);
        beside += usize::from(counts);
        if !in_title && "。！？：；".contains(c) {
            return None;
        }
    }
    (beside <= MOST_OF_SIGNATURE).then_some(named.name)
}

#[must_use]
pub fn is_dash(c: char) -> bool {
    matches!(c, '—' | '―' | '─' | '－' | '–')
}

/// `rest`, which follows a name, tells of something said by him: 主席的建议有三.
fn belongs(rest: &[char]) -> bool {
    let Some(of) = rest.iter().take(MOST_BEFORE_OF).position(|&c| c == '的') else { return false };
    let said = rest.get(of + 1..).unwrap_or_default();
    let counts = said.iter().take_while(|&&c| COUNTS.contains(c)).count();
    let listed = said.strip_suffix(&['条']).or(said.strip_suffix(&['点'])).unwrap_or(said);
    said.get(counts..).is_some_and(|said| WORDS.iter().any(|word| starts_with(said, word)))
        || matches!(listed, [.., '有', n] if COUNTS.contains(*n))
        || ends_with(said, "如下")
}

/// `rest`, which follows a name, tells to whom he writes or speaks: 函赈委会, 谈外交
fn addresses(rest: &[char]) -> bool {
    /// Characters of it.
    const MOST: usize = 10;
    rest.first().is_some_and(|c| "函电電谈談论論致".contains(*c)) && rest.len() <= MOST
}

/// Whether a subject is a document: 联合公报, 省委的决定
#[must_use]
pub fn is_document(words: &str) -> bool {
    DOCUMENTS.iter().any(|document| words.ends_with(document)) && !words.ends_with(['书', '書'])
}

/// How many characters of a clause name somebody whose view it tells: 研究者的结论是
fn tells_view(clause: &[char]) -> Option<usize> {
    let view = clause.strip_suffix(&['是'])?;
    let of = view.iter().rposition(|&c| c == '的').filter(|&of| of > 1)?;
    let named = view.get(of + 1..)?;
    VIEWS.iter().any(|word| word.chars().eq(named.iter().copied())).then_some(of)
}

/// `rest`, which follows a name, calls what stands beside it his words: 主席的这句话, 主席这样评价…
#[must_use]
pub fn points_to_words(rest: &[char]) -> bool {
    let of = rest.iter().take(MOST_OF_OFFICE).position(|&c| c == '的').unwrap_or(rest.len());
    matches!(rest.get(of..), Some(['的', '这' | '那', '句' | '番' | '段', '话', ..])) || says_so(rest)
}

/// `rest`, which follows a name, says that he said so: 曾这样评价…
fn says_so(rest: &[char]) -> bool {
    let rest = rest.strip_prefix(&['曾']).or(rest.strip_prefix(&['是'])).unwrap_or(rest);
    matches!(rest, ['这' | '這', '样' | '樣' | '么' | '麼', ..] | ['如', '此', ..])
}

/// Whether a clause announces the words of a document: 原電如下, 茲摘錄如左
#[must_use]
pub fn announces(clause: &[char]) -> bool {
    /// Characters of it.
    const MOST: usize = 10;
    const PRINTED: [&str; 8] = ["原", "录", "錄", "全文", "文曰", "摘", "照登", "内容"];
    let Some(words) = ["如下", "如左", "如次"].into_iter().find(|end| ends_with(clause, end)) else {
        return false;
    };
    let before: String = clause.iter().take(clause.len() - words.chars().count()).collect();
    clause.len() <= MOST && PRINTED.iter().any(|word| before.contains(word))
}

/// Whether what stands before the mark opens the answer of an interview: （答） 答： 陆答：
#[must_use]
pub fn answers(head: &[char], mark: char) -> bool {
    match head {
        [.., '（', '答'] => mark == '）',
        ['答'] => mark == '：',
        [.., before, '答'] => mark == '：' && (BOUNDARIES.contains(*before) || is_surname(*before)),
        _ => false,
    }
}

/// Whether full stops stand for all marks of a paragraph: 國家不幸。變亂相尋。十餘年來。無一日之安居。
#[must_use]
pub fn is_stopped(chars: &[char]) -> bool {
    /// So many clauses at the least, and so many characters in each at the most, one with another; and in all, more than any
    /// paragraph has.
    const LEAST: usize = 4;
    const LENGTH: usize = 14;
    const MOST: usize = 4096;
    if chars.len() > MOST {
        return false;
    }
    let count = |mark: char| chars.iter().filter(|&&c| c == mark).count();
    let stops = count('。');
    stops >= LEAST
        && chars.len() <= stops * LENGTH
        && !chars.iter().any(|c| "，；,;".contains(*c))
        && count('、') < stops
}

/// Whether the clause says no more than that what follows is in a document.
fn names_document(clause: &[char]) -> bool {
    let clause = clause.get(clause.iter().position(|c| !c.is_whitespace()).unwrap_or(0)..).unwrap_or_default();
    if clause.len() > MOST_OF_DOCUMENT || !ACCORDING.iter().any(|word| starts_with(clause, word)) {
        return false;
    }
    let of = OF_DOCUMENT.iter().find(|of| ends_with(clause, of)).map_or(0, |of| of.chars().count());
    let clause = clause.get(..clause.len() - of).unwrap_or_default();
    DOCUMENTS.iter().any(|document| ends_with(clause, document))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[test]
    fn what_follows_is_announced() {
        assert!(announces(&chars("原電如下")) && announces(&chars("茲摘錄如左")));
        assert!(!announces(&chars("其辦法如下")) && !announces(&chars("摘錄")));
        assert!(
            answers(&chars("增設？（答"), '）')
                && answers(&chars("可了？答"), '：')
                && !answers(&chars("記者問答"), '：')
        );
        assert!(points_to_words(&chars("曾这样评价")) && !points_to_words(&chars("走进会场")));
    }

    #[test]
    fn full_stops_may_stand_for_all_marks() {
        assert!(is_stopped(&chars("國家不幸。變亂相尋。十餘年來。無一日之安居。無一省之完土。")));
        assert!(!is_stopped(&chars("國家不幸，變亂相尋。十餘年來。無一日之安居。無一省之完土。")));
        assert!(!is_stopped(&"國家不幸。".repeat(1000).chars().collect::<Vec<_>>()));
    }
}
