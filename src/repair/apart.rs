//! Lines that stand apart from the text that flows around them: captions, pull quotes, print of the page.
//!
//! They are set off by blank lines and known by their words, so they are lifted out before the text is read, and a
//! sentence they interrupt goes on over them as if they were not there.
//!
//! ```text
//! 风依旧在吹，但                      ┐
//!   图为茶农采摘春茶。新华社记者摄      apart
//! 沙，不再往前走了。                  ┘ one sentence
//! ```

use std::ops::Range;

use super::line::Line;
use crate::aside::{is_caption, is_furniture};
use crate::mark::{is_closing, is_terminal};

/// Longest caption and longest pull quote, in lines.
const LONGEST: usize = 10;
const LONGEST_QUOTE: usize = 5;
/// Lines on each side in which a pull quote stands as well.
const NEAR: usize = 60;
/// Shortest pull quote, in characters.
const SHORTEST: usize = 8;

/// The runs of lines that stand apart, in order. A page that holds nothing else keeps them in its text.
#[must_use]
pub fn apart(lines: &[Line]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while from < lines.len() {
        let next = lines.iter().skip(from + 1).take(LONGEST).position(|l| l.gap > 0).map(|n| from + 1 + n);
        let Some(to) = next.or_else(|| (lines.len() - from <= LONGEST).then_some(lines.len())) else {
            from = lines.iter().skip(from + 1).position(|l| l.gap > 0).map_or(lines.len(), |n| from + 1 + n);
            continue;
        };
        let run = from + ends(lines, from..to)..to;
        if !run.is_empty() && is_apart(lines, run.clone()) {
            found.push(run);
        }
        from = to;
    }
    found
}

/// How many lines at the start of a run end the text above: （新华社北京7月4日电）
fn ends(lines: &[Line], run: Range<usize>) -> usize {
    let run = lines.get(run).unwrap_or_default();
    run.iter().take_while(|l| crate::dateline::closing(&l.text).is_some()).count()
}

/// Whether the lines between two blank lines stand apart.
fn is_apart(lines: &[Line], run: Range<usize>) -> bool {
    let text: String = lines.get(run.clone()).unwrap_or_default().iter().map(|l| l.text.as_str()).collect();
    is_caption(&text) || run.len() == 1 && is_furniture(&text) || is_pull_quote(lines, run, &text)
}

/// A whole sentence that interrupts another and stands in the text around it as well.
fn is_pull_quote(lines: &[Line], run: Range<usize>, text: &str) -> bool {
    let ends = |text: &str| text.trim_end_matches(is_closing).ends_with(is_terminal);
    let interrupts = run.start.checked_sub(1).and_then(|i| lines.get(i)).is_some_and(|l| !ends(&l.text));
    if run.len() > LONGEST_QUOTE || !interrupts || !ends(text) {
        return false;
    }
    let quote = plain(text);
    let around = run.start.saturating_sub(NEAR)..(run.end + NEAR).min(lines.len());
    let (above, below) = (around.start..run.start, run.end..around.end);
    let says = |range: Range<usize>| {
        let text: String = lines.get(range).unwrap_or_default().iter().map(|l| plain(&l.text)).collect();
        text.contains(&quote)
    };
    quote.chars().count() >= SHORTEST && (says(above) || says(below))
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
