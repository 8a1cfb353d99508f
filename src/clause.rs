//! Paragraphs → clauses that tile them.
//!
//! A clause ends with `，；：。！？` or `……`, with their half-width twins between Han characters, and with the closing
//! marks that follow. It does not end at `、`, inside `《…》`, or inside a number.
//!
//! ```text
//! 他说：“通过《关于团结、和睦的倡议，一》。”会议12:30开始，到会1,000人。
//! 他说：│“通过《关于团结、和睦的倡议，一》。”│会议12:30开始，│到会1,000人。
//! ```

use crate::fold::is_han;
use crate::model::{Article, Clause};

/// Cuts every paragraph of `article`.
#[must_use]
pub fn clauses(article: &Article) -> Vec<Clause> {
    let cut = |(paragraph, text): (u32, &str)| {
        let mut start = 0;
        cuts(text).into_iter().map(move |end| {
            let clause = Clause { paragraph, start, end };
            start = end;
            clause
        })
    };
    article.paragraphs.iter().map(|p| (p.n, p.text.as_str())).flat_map(cut).collect()
}

/// Where the clauses of `text` end, in characters; the last one is the end of the text.
#[must_use]
pub fn cuts(text: &str) -> Vec<u32> {
    let chars: Vec<char> = text.chars().collect();
    let titles = title_spans(&chars);
    let mut titles = titles.iter().peekable();
    let mut cutter = Cutter { chars: &chars, at: 0, straight_quotes: 0 };
    let mut ends = Vec::new();
    while cutter.at < chars.len() {
        while titles.next_if(|&&(_, close)| close < cutter.at).is_some() {}
        if let Some(&&(_, close)) = titles.peek().filter(|&&&(open, _)| open <= cutter.at) {
            cutter.at = close + 1;
        } else if cutter.ends_clause() {
            cutter.absorb_marks();
            ends.push(cutter.at);
        } else {
            cutter.step();
        }
    }
    if ends.last() != Some(&chars.len()) && !chars.is_empty() {
        ends.push(chars.len());
    }
    ends.into_iter().filter_map(|end| u32::try_from(end).ok()).collect()
}

struct Cutter<'a> {
    chars: &'a [char],
    at: usize,
    /// How many `"` were passed: an even one opens, an odd one closes.
    straight_quotes: usize,
}

impl Cutter<'_> {
    fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    fn before(&self) -> Option<char> {
        self.at.checked_sub(1).and_then(|at| self.get(at))
    }

    fn step(&mut self) {
        self.straight_quotes += usize::from(self.get(self.at) == Some('"'));
        self.at += 1;
    }

    /// Whether the mark at hand ends a clause.
    fn ends_clause(&self) -> bool {
        let neighbours = (self.before(), self.get(self.at + 1));
        match self.get(self.at) {
            Some('。' | '｡' | '！' | '？' | '；') => true,
            Some('，' | '：') => !matches!(neighbours, (Some(a), Some(b)) if is_digit(a) && is_digit(b)),
            Some('…') => neighbours.1 == Some('…'),
            Some(',' | ';' | ':' | '!' | '?') => {
                neighbours.0.is_some_and(is_han_or_mark) && neighbours.1.is_none_or(is_han_or_mark)
            }
            _ => false,
        }
    }

    /// Passes the ending mark, any that follow it, and the marks that close what it ends.
    fn absorb_marks(&mut self) {
        self.step();
        while let Some(c) = self.get(self.at) {
            let closes_quote = c == '"' && self.straight_quotes % 2 == 1;
            if !(closes_quote || is_pause(c) || is_closing(c) || c.is_whitespace()) {
                break;
            }
            self.step();
        }
    }
}

fn is_pause(c: char) -> bool {
    matches!(c, '，' | '：' | '；' | '。' | '｡' | '！' | '？' | '…')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '】' | '］' | ']' | '》' | '〉' | '〕' | '｣' | '〞' | '〟')
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// Han text goes on over quotes and brackets; Latin letters and digits break it.
fn is_han_or_mark(c: char) -> bool {
    is_han(c) || !(c.is_alphanumeric() || c.is_ascii() && !matches!(c, '"' | '\'' | '(' | ')' | ' '))
}

/// The outermost `《…》` as (open, close); a mark without its partner encloses nothing.
fn title_spans(chars: &[char]) -> Vec<(usize, usize)> {
    let mut open = Vec::new();
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        if c == '《' {
            open.push(at);
        } else if c == '》'
            && let Some(start) = open.pop()
        {
            while spans.pop_if(|&mut (inner, _)| inner > start).is_some() {}
            spans.push((start, at));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let mut start = 0;
        cuts(text)
            .into_iter()
            .map(|end| {
                let clause = chars[start..end as usize].iter().collect();
                start = end as usize;
                clause
            })
            .collect()
    }

    #[test]
    fn cuts_after_marks_and_what_they_close() {
        for text in [
            "成员国认为，|批准《2024—2029年，禁毒战略》及其计划是“重要步骤”。|成员国支持定期举行“蛛网”、“无毒世界”行动。",
            "他说：|“团结协作！”|会议结束……|“好？！”|散会。",
            "于12:30开会，|到会1,000人,|比分3：2。",
            "一,|二;|三:|四!|五?",
            "他问:|\"是吗?\"|\"是。\"|散会",
            "A,B两国；|C。",
            "《甲，乙》，|《丙，|丁",
            "《甲〈乙，丙〉，《丁。》》。|戊》，|己",
        ] {
            let expected: Vec<&str> = text.split('|').collect();
            assert_eq!(cut(&text.replace('|', "")), expected);
        }
    }

    proptest! {
        #[test]
        fn clauses_tile_the_paragraph(text in "[，；：。！？…、“”\"《》（）,:;a1 一二三]{0,60}") {
            prop_assert_eq!(cut(&text).concat(), text.clone());
            prop_assert!(cut(&text).iter().all(|clause| !clause.is_empty()));
        }
    }
}
