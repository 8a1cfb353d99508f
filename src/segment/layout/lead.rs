//! First words: whether a text begins with a paragraph, or one goes on that began before.
//!
//! ```text
//! 记者昨日从水务局获悉，水厂…   a day, and where it was learnt: news begins
//! 此外，双方还签署了…         leans on what was said: nothing begins
//! ```

use crate::dateline;
use crate::mark::{is_pause, is_terminal, start};

/// Longest clause that is looked at, in characters.
const CLAUSE: usize = 30;

/// Whether the first clause says on which day something happened or that it was learnt: news begins so ten times as often
/// as any later paragraph.
#[must_use]
pub fn tells_news(text: &str) -> bool {
    const DAYS: [&str; 20] = [
        "近日",
        "日前",
        "昨日",
        "昨天",
        "昨晚",
        "今天",
        "今日",
        "今晨",
        "今晚",
        "上周",
        "上週",
        "本周",
        "本週",
        "前不久",
        "不久前",
        "日内",
        "日內",
        "获悉",
        "獲悉",
        "最近",
    ];
    let clause = start(text, CLAUSE);
    if speaks_of_self(clause) {
        return false;
    }
    let end = clause.find(|c| is_terminal(c) || is_pause(c) && c != '、').unwrap_or(clause.len());
    let clause = clause.get(..end).unwrap_or_default();
    DAYS.iter().any(|day| clause.contains(day)) || clause.contains('日') && dateline::find_date(clause).is_some()
}

/// Whether somebody says what he did himself, as no news is told: 昨天晚上，我收到…, and not 我国, 我省.
fn speaks_of_self(opening: &str) -> bool {
    let behind = opening.split_once('我').and_then(|(_, rest)| rest.chars().next());
    behind.is_some_and(|c| !"国國省市县縣区區州军軍校院厂廠馆館方台港".contains(c))
}

/// Whether the first words lean on what was said before, as no text begins.
#[must_use]
pub fn leans_back(text: &str) -> bool {
    const WORDS: [&str; 36] = [
        "他", "她", "它", "这", "這", "此", "该", "該", "其", "那", "同时", "同時", "但", "而", "不过", "不過", "然",
        "另", "因此", "因而", "所以", "于是", "於是", "如果", "还", "還", "也", "又", "对此", "對此", "随后", "隨後",
        "会议", "會議", "双方", "雙方",
    ];
    WORDS.iter().any(|word| text.starts_with(word))
}

/// Whom a text addresses by name: 根生先生：讀了你的信，…
#[must_use]
pub fn addressee(text: &str) -> Option<&str> {
    const NAME: usize = 8;
    const TITLES: [&str; 6] = ["先生", "女士", "同志", "小姐", "君", "兄"];
    let (whom, _) = start(text, NAME).split_once(['：', ':'])?;
    let name = TITLES.iter().find_map(|title| whom.strip_suffix(title))?;
    (name.chars().count() >= 2).then_some(name)
}

/// Whether it says more behind what was signed already.
#[must_use]
pub fn adds(text: &str) -> bool {
    ["再者", "又及", "再启", "再啟", "再啓", "附启", "附啟"].iter().any(|word| text.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_tells_its_day_at_once() {
        for text in [
            "记者昨日从市水务局获悉，东湖水厂已经通水。",
            "二月十日下午，东湖渔会在会所召开会议。",
            "五十余名渔民近日走进课堂，学习修船。",
        ] {
            assert!(tells_news(text) && !leans_back(text), "{text}");
        }
        assert!(!tells_news("昨天晚上，我收到东湖中学同学的来信。") && tells_news("我省渔业昨日开捕。"));
        assert!(!tells_news("湖面风浪甚大，昨日渔船未能出港。") && !tells_news("渔会之宗旨，在于安定民生。"));
    }

    #[test]
    fn an_answer_names_whom_it_answers() {
        assert_eq!(addressee("根生先生：讀了你的信，我們非常同情。"), Some("根生"));
        assert_eq!(addressee("编辑同志："), Some("编辑"));
        assert_eq!(addressee("先生：我是一个学徒。"), None);
        assert!(adds("再者。此次蒙各界援手。") && !adds("再次感谢各界。"));
    }

    #[test]
    fn what_goes_on_leans_on_what_was_said() {
        assert!(leans_back("此外，双方还签署了渔业合作文件。") && leans_back("他说，水价三年不变。"));
        assert!(!leans_back("东湖水厂今日通水。"));
    }
}
