//! Setting a paragraph in lines: width, marks that may not begin or end a line, squeezing, letter-spacing.

use duikan::model::Role;

use super::rng::Rng;
use super::style::{First, Style};

/// A layout space beside a digit, until it is printed.
const LAYOUT: char = '\u{e000}';

/// The column that lines are set in; it ends after some lines and the next may be wider or narrower.
#[derive(Clone, Debug)]
pub struct Column {
    /// In half-characters.
    pub measure: usize,
    left: usize,
    changing: bool,
}

impl Column {
    pub fn new(style: &Style, rng: &mut Rng) -> Self {
        let measure = if style.is_republic() { rng.between(12, 24) } else { rng.between(15, 28) } * 2;
        Self { measure, left: rng.between(6, 20), changing: style.changing }
    }

    fn advance(&mut self, rng: &mut Rng) {
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            self.left = rng.between(6, 20);
            if self.changing {
                self.measure = rng.between(14, 36) * 2;
            }
        }
    }
}

pub fn is_closer(c: char) -> bool {
    "，。、；：！？”’）》〉」』】…—％%".contains(c)
}

fn is_opener(c: char) -> bool {
    "“‘（《〈「『【".contains(c)
}

/// Marks that can end a paragraph.
pub fn is_terminal(c: char) -> bool {
    "。！？…”’」』）".contains(c)
}

fn is_ascii_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || ".%+×-".contains(c)
}

/// Two characters that no line break may part.
fn glued(a: char, b: char) -> bool {
    is_ascii_word(a) && is_ascii_word(b)
        || matches!((a, b), ('…', '…') | ('—', '—'))
        || [a, b].iter().any(|c| c.is_whitespace())
}

fn width(c: char) -> usize {
    if c.is_ascii() || c == LAYOUT { 1 } else { 2 }
}

/// How many of `rest` go on a line of `target` half-characters.
fn take(rest: &[char], target: usize, rng: &mut Rng) -> usize {
    let mut used = 0;
    let mut fit = 0;
    while let Some(&c) = rest.get(fit) {
        if used + width(c) > target {
            break;
        }
        used += width(c);
        fit += 1;
    }
    // A closing mark is squeezed into the line as often as it takes its neighbour down with it.
    if rest.get(fit).is_some_and(|&c| is_closer(c)) && rng.chance(60) {
        fit += 1;
    }
    let whole = fit;
    while fit > 1 && fit < rest.len() {
        let (before, after) = (rest[fit - 1], rest[fit]);
        if !is_closer(after) && !is_opener(before) && !glued(before, after) {
            break;
        }
        fit -= 1;
    }
    if fit * 2 < whole { whole } else { fit }.max(1)
}

/// Sets one paragraph; each string is a printed line.
pub fn fill(role: Role, text: &str, style: &Style, column: &mut Column, rng: &mut Rng) -> Vec<String> {
    match role {
        Role::Signature | Role::Dateline if style.first == First::Indented => {
            return vec![format!("{}{text}", " ".repeat(rng.between(3, 14)))];
        }
        Role::Heading if text.chars().count() * 2 <= column.measure => {
            let lead = if style.first == First::Indented && rng.chance(40) { "　　" } else { "" };
            return vec![format!("{lead}{text}")];
        }
        _ => {}
    }
    let text = if style.digits_spaced { space_digits(text, rng) } else { text.chars().collect() };
    if style.whole {
        return cut(role, &text, rng);
    }
    let mut rest = &text[..];
    let mut lines = Vec::new();
    while !rest.is_empty() {
        let opening = lines.is_empty() && role == Role::Body;
        let indent = if opening { style.first } else { First::Flush };
        let mut target = column.measure - if indent == First::Flush { 0 } else { 4 };
        if style.squeeze > 0 {
            target = target + rng.below(2 * style.squeeze + 1) - style.squeeze;
        }
        let spaced = rng.chance(style.letter_spaced);
        let taken = take(rest, if spaced { target - rng.between(2, 8) } else { target }, rng);
        let (line, after) = rest.split_at(taken);
        rest = after;
        let line = print(line, spaced && !rest.is_empty());
        lines.push(if indent == First::Indented { format!("　　{line}") } else { line });
        column.advance(rng);
    }
    lines
}

/// One line, or two where a page ends inside the paragraph.
fn cut(role: Role, text: &[char], rng: &mut Rng) -> Vec<String> {
    let whole = |part: &[char]| print(part, false);
    if role != Role::Body || text.len() < 30 || !rng.chance(15) {
        return vec![whole(text)];
    }
    let (before, after) = text.split_at(take(text, rng.between(10, text.len() - 10) * 2, rng));
    if before.last().is_some_and(|&c| is_terminal(c)) || after.is_empty() {
        return vec![whole(text)];
    }
    vec![whole(before), whole(after)]
}

fn print(line: &[char], spaced: bool) -> String {
    let text: String = line.iter().map(|&c| if c == LAYOUT { ' ' } else { c }).collect();
    let text = text.trim();
    if !spaced || text.contains(char::is_whitespace) || text.chars().count() < 8 {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        let tight = out.chars().last().is_none_or(|b| is_closer(b) || glued(b, c));
        if !tight {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

/// Spaces before and after numbers, as some text layers have them: `7 月 4日`, ` 10个`.
fn space_digits(text: &str, rng: &mut Rng) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for c in text.chars() {
        let beside = out.last().is_some_and(|&b| {
            b.is_ascii_digit() != c.is_ascii_digit() && is_han(if b.is_ascii_digit() { c } else { b })
        });
        if beside && rng.chance(60) {
            out.push(LAYOUT);
        }
        out.push(c);
    }
    out
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}
