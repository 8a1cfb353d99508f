//! The words under a picture → their title, and their paragraphs.
//!
//! ```text
//! 鱼灯夜游闹元宵                         the title: short, and what follows is indented
//! 　　2月24日晚，村民高举鱼灯巡游。…
//! 走街串巷，吸引了两万余名游客。
//! 　　　　　　　本报记者　施望川摄         a paragraph of its own: indented, behind a sentence
//! ```

use super::unit::{Unit, divide};
use crate::mark::{is_closing, is_pause, is_terminal};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 24;
/// So much farther in, in quarter ems, a paragraph begins.
const INDENT: u32 = 4;

/// The title of a caption, if its first line is one, and its paragraphs; `indent` tells how far in a line begins.
#[must_use]
pub fn parts(caption: &Unit, indent: impl Fn(u32) -> u32) -> (Option<Unit>, Vec<Unit>) {
    let mut starts: Vec<(u32, u32)> = caption.pieces.iter().map(|piece| (piece.line, piece.at)).collect();
    starts.dedup_by_key(|start| start.0);
    let indents: Vec<u32> = starts.iter().map(|&(line, _)| indent(line)).collect();
    let char_at = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let titled = match (starts.as_slice(), indents.as_slice()) {
        ([_, (_, cut), ..], [own, next, ..]) => {
            *next >= own + INDENT && is_title(caption.text.chars().take(char_at(*cut)))
        }
        _ => false,
    };
    let first = usize::from(titled);
    let base = indents.iter().skip(first).min().copied().unwrap_or(0);
    let begins =
        |&(&(_, at), &indent): &(&(u32, u32), &u32)| indent >= base + INDENT && ends_before(caption, char_at(at));
    let lines = starts.iter().zip(&indents).skip(first + 1);
    let mut cuts: Vec<usize> = lines.filter(begins).map(|(&(_, at), _)| char_at(at)).collect();
    if let Some(&(_, at)) = starts.get(first).filter(|_| titled) {
        cuts.insert(0, char_at(at));
    }
    let mut rest = caption.clone();
    let mut paragraphs = Vec::with_capacity(cuts.len() + 1);
    for &cut in cuts.iter().rev() {
        let (head, tail) = divide(rest, cut);
        paragraphs.push(tail);
        rest = head;
    }
    if titled {
        paragraphs.reverse();
        return (Some(rest), paragraphs);
    }
    paragraphs.push(rest);
    paragraphs.reverse();
    (None, paragraphs)
}

fn is_title(line: impl Iterator<Item = char>) -> bool {
    let line: Vec<char> = line.collect();
    line.len() <= LONGEST_TITLE && !line.iter().any(|&c| is_pause(c) && c != '、' || c == '。')
}

/// Whether a sentence ends before character `at`.
fn ends_before(caption: &Unit, at: usize) -> bool {
    let before: String = caption.text.chars().take(at).collect();
    before.trim_end_matches(is_closing).ends_with(is_terminal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Piece;

    /// A caption of lines, each with its indent.
    fn caption(lines: &[(u32, &str)]) -> (Option<String>, Vec<String>) {
        let mut at = 0;
        let mut pieces = Vec::new();
        for (number, (_, text)) in (1..).zip(lines) {
            let length = u32::try_from(text.chars().count()).unwrap();
            pieces.push(Piece { at, line: number, start: 0, end: length });
            at += length;
        }
        let text: String = lines.iter().map(|&(_, text)| text).collect();
        let unit = super::super::unit::of_paragraph(&text, &pieces);
        let (title, paragraphs) = parts(&unit, |line| lines[line as usize - 1].0);
        (title.map(|unit| unit.text), paragraphs.into_iter().map(|unit| unit.text).collect())
    }

    #[test]
    fn a_title_and_a_credit_stand_for_themselves() {
        let (title, paragraphs) = caption(&[
            (0, "鱼灯夜游闹元宵"),
            (8, "2月24日晚，村民高举鱼灯"),
            (0, "巡游。"),
            (40, "本报记者　施望川摄"),
        ]);
        assert_eq!(title.as_deref(), Some("鱼灯夜游闹元宵"));
        assert_eq!(paragraphs, ["2月24日晚，村民高举鱼灯巡游。", "本报记者　施望川摄"]);
    }

    #[test]
    fn a_wrapped_caption_is_one_paragraph() {
        let (title, paragraphs) = caption(&[(0, "图为茶农在武夷山市"), (0, "采摘春茶。"), (0, "新华社记者摄")]);
        assert_eq!(title, None);
        assert_eq!(paragraphs, ["图为茶农在武夷山市采摘春茶。新华社记者摄"]);
    }
}
