//! Does anything span the break between two lines: a word of the dictionary, a number and its unit, or characters that the
//! same page prints unbroken elsewhere?
//!
//! ```text
//! 阿富汗是地 ┊ 区安全不可或缺   地区 is a word
//! 增加到2024 ┊ 年至2025年       a number stands before its unit
//! 继续完善上合 ┊ 组织大学工作   上合组 stands unbroken in other lines of the page
//! ```

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::line::Line;
use super::observe::Shown;
use super::trigram::Trigram;
use crate::mark::is_han;
use crate::sieve::Sieve;
use crate::transliteration;

/// What spans a break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    Nothing,
    /// Characters that the page prints unbroken elsewhere; perhaps they are a word.
    Familiar,
    Word,
}

impl Span {
    #[must_use]
    pub fn is_any(self) -> bool {
        self != Self::Nothing
    }
}

/// For each line, what spans the break before it; `None` where a mark stands there and nothing can.
#[must_use]
pub fn spans(lines: &[Line<'_>], shown: &[Shown]) -> Vec<Option<Span>> {
    let familiar = Familiar::new(lines);
    let mut spans = Vec::with_capacity(lines.len());
    spans.push(None);
    for (pair, ends) in lines.windows(2).zip(shown) {
        spans.push(match pair {
            [left, right] if ends.ending.is_unmarked() => Some(if familiar.spans(&left.text, &right.text) {
                Span::Familiar
            } else if word(&left.text, &right.text) {
                Span::Word
            } else {
                Span::Nothing
            }),
            _ => None,
        });
    }
    spans
}

/// Whether a word of the dictionary, a number with its unit or a foreign name lies across the break.
#[must_use]
pub fn word(left: &str, right: &str) -> bool {
    let (Some(before), Some(after)) = (left.chars().next_back(), right.chars().next()) else { return false };
    if before.is_ascii_digit() {
        return after.is_ascii_digit() || after == '%' || COUNTED.contains(after);
    }
    if after.is_ascii_digit() && COUNTING.contains(before) {
        return true;
    }
    transliteration::spans(left, right) || crate::lexicon::spans(left, right)
}

/// What leads up to a number, and ends nothing.
const COUNTING: &str = "年月第至约近达超";

/// What is counted: the characters that stand after digits.
const COUNTED: &str = "年月日号號时時分秒点點个個名位人次家项項条條件届屆期版万萬亿億千百余餘多元美米公里吨噸斤度岁歲周週天倍层層座艘架辆輛台套\
所间間处處国國省市县縣村户戶种種类類组組队隊字册冊卷篇章节節页頁场場级級亩畝株头頭支只隻份";

/// The characters around the breaks of a page that it also prints unbroken.
struct Familiar {
    unbroken: HashMap<Trigram, bool, FixedState>,
}

impl Familiar {
    fn new(lines: &[Line<'_>]) -> Self {
        let breaks = lines.windows(2).filter_map(|pair| match pair {
            [left, right] => Some(around(&left.text, &right.text)),
            _ => None,
        });
        let mut unbroken: HashMap<Trigram, bool, FixedState> =
            HashMap::with_capacity_and_hasher(2 * lines.len(), FixedState::default());
        unbroken.extend(breaks.flatten().flatten().map(|trigram| (trigram, false)));
        let sieve = Sieve::new(unbroken.keys().map(|trigram| trigram.number()));
        for line in lines {
            let mut last = Trigram::default();
            for c in line.text.chars() {
                last = last.then(c);
                if sieve.may_hold(last.number())
                    && let Some(known) = unbroken.get_mut(&last)
                {
                    *known = true;
                }
            }
        }
        Self { unbroken }
    }

    fn spans(&self, left: &str, right: &str) -> bool {
        around(left, right).into_iter().flatten().any(|t| self.unbroken.get(&t) == Some(&true))
    }
}

/// The two trigrams of Han characters that lie across a break.
fn around(left: &str, right: &str) -> [Option<Trigram>; 2] {
    let mut tail = left.chars().rev();
    let (b, a) = (tail.next(), tail.next());
    let mut head = right.chars();
    let (c, d) = (head.next(), head.next());
    let trigram = |chars: [Option<char>; 3]| {
        chars.into_iter().try_fold(Trigram::default(), |t, c| c.filter(|&c| is_han(c)).map(|c| t.then(c)))
    };
    [trigram([a, b, c]), trigram([b, c, d])]
}
