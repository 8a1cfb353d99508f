//! The words under a picture → their title, and their paragraphs.
//!
//! ```text
//! 鱼灯夜游闹元宵                         the title: short, and what follows is indented
//! 　　2月24日晚，村民高举鱼灯巡游。…
//! 走街串巷，吸引了两万余名游客。
//! 　　　　　　　本报记者　施望川摄         a paragraph of its own: indented, behind a sentence
//! ```

use super::unit::{Unit, cut};
use crate::mark::{ends_sentence, is_pause};

/// The longest title, in characters.
const LONGEST_TITLE: usize = 24;
/// So much farther in, in quarter ems, a paragraph begins.
const INDENT: u32 = 4;

/// The title of a caption, if its first line is one, and its paragraphs; `indent` tells how far in a line begins.
#[must_use]
pub fn parts(caption: &Unit, indent: impl Fn(u32) -> u32) -> (Option<Unit>, Vec<Unit>) {
    // The character with which each line begins, and how far in.
    let mut lines: Vec<(u32, usize, u32)> =
        caption.pieces.iter().map(|p| (p.line, char_at(p.at), indent(p.line))).collect();
    lines.dedup_by_key(|line| line.0);
    let titled = match lines.as_slice() {
        [(_, _, own), (_, cut, next), ..] => *next >= own + INDENT && is_title(caption.text.chars().take(*cut)),
        _ => false,
    };
    let lines = lines.get(usize::from(titled)..).unwrap_or_default();
    let base = lines.iter().map(|line| line.2).min().unwrap_or(0);
    let begins = |&&(_, at, indent): &&(u32, usize, u32)| indent >= base + INDENT && ends_before(caption, at);
    let below_title = lines.first().filter(|_| titled);
    let cuts = below_title.into_iter().chain(lines.iter().skip(1).filter(begins)).map(|line| line.1);
    let mut paragraphs = cut(caption.clone(), &cuts.collect::<Vec<_>>());
    let title = (titled && paragraphs.len() > 1).then(|| paragraphs.remove(0));
    (title, paragraphs)
}

fn char_at(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

fn is_title(line: impl Iterator<Item = char>) -> bool {
    let line: Vec<char> = line.collect();
    line.len() <= LONGEST_TITLE && !line.iter().any(|&c| is_pause(c) && c != '、' || c == '。')
}

/// Whether a sentence ends before character `at`.
fn ends_before(caption: &Unit, at: usize) -> bool {
    let before: String = caption.text.chars().take(at).collect();
    ends_sentence(&before)
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
