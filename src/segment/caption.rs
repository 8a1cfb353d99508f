//! The words under a picture → their title, and their paragraphs.
//!
//! ```text
//! 鱼灯夜游闹元宵                         the title: short, and what follows is indented
//! 　　2月24日晚，村民高举鱼灯巡游。…
//! 走街串巷，吸引了两万余名游客。
//! 　　　　　　　本报记者　施望川摄         a paragraph of its own: indented, behind a sentence
//! ```

use super::unit::{Unit, cut};
use crate::mark::ends_sentence;
use crate::repair::{INDENT, Line, is_below_title, is_title};

/// The title of a caption, if its first line is one, and its paragraphs; `line` finds a line of the page by its number.
#[must_use]
pub fn parts<'a>(caption: &Unit, line: impl Fn(u32) -> Option<&'a Line<'a>>) -> (Option<Unit>, Vec<Unit>) {
    // The character with which each line begins, and the line.
    let mut lines: Vec<(usize, &Line<'_>)> =
        caption.pieces.iter().filter_map(|p| Some((char_at(p.at), line(p.line)?))).collect();
    lines.dedup_by_key(|(_, line)| line.number);
    let titled = match lines.as_slice() {
        [(_, title), (_, line), ..] => is_title(&title.text) && is_below_title(title, line),
        _ => false,
    };
    let lines = lines.get(usize::from(titled)..).unwrap_or_default();
    let base = lines.iter().map(|(_, line)| line.indent).min().unwrap_or(0);
    let begins =
        |&&(at, line): &&(usize, &Line<'_>)| (line.gap > 0 || line.indent >= base + INDENT) && ends_before(caption, at);
    let below_title = lines.first().filter(|_| titled);
    let cuts = below_title.into_iter().chain(lines.iter().skip(1).filter(begins)).map(|line| line.0);
    let mut paragraphs = cut(caption.clone(), &cuts.collect::<Vec<_>>());
    let title = (titled && paragraphs.len() > 1).then(|| paragraphs.remove(0));
    (title, paragraphs)
}

fn char_at(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// Whether a sentence ends before character `at`.
fn ends_before(caption: &Unit, at: usize) -> bool {
    let before: String = caption.text.chars().take(at).collect();
    ends_sentence(&before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Format, Piece, Source};
    use crate::repair::repair;

    /// A caption, as a page has it.
    fn caption(page: &str) -> (Option<String>, Vec<String>) {
        let source = Source::of("page.txt", Format::Raw, page);
        let repaired = repair(&source);
        let lines = &repaired.lines;
        let mut at = 0;
        let mut pieces = Vec::new();
        for line in lines {
            let length = u32::try_from(line.text.chars().count()).unwrap();
            pieces.push(Piece { at, line: line.number, start: 0, end: length });
            at += length;
        }
        let text: String = lines.iter().map(|line| line.text.as_ref()).collect();
        let unit = super::super::unit::of_paragraph(&text, &pieces);
        let (title, paragraphs) = parts(&unit, |number| lines.iter().find(|line| line.number == number));
        (title.map(|unit| unit.text), paragraphs.into_iter().map(|unit| unit.text).collect())
    }

    #[test]
    fn a_title_and_a_credit_stand_for_themselves() {
        let pages = [
            "鱼灯夜游闹元宵\n　　2月24日晚，村民高举鱼灯\n巡游。\n　　　　　　本报记者　施望川摄",
            "鱼灯夜游闹元宵\n\n2月24日晚，村民高举鱼灯巡游。\n\n本报记者　施望川摄",
        ];
        for page in pages {
            let (title, paragraphs) = caption(page);
            assert_eq!(title.as_deref(), Some("鱼灯夜游闹元宵"));
            assert_eq!(paragraphs, ["2月24日晚，村民高举鱼灯巡游。", "本报记者　施望川摄"]);
        }
    }

    #[test]
    fn a_wrapped_caption_is_one_paragraph() {
        let (title, paragraphs) = caption("图为茶农在武夷山市\n采摘春茶。\n新华社记者摄");
        assert_eq!(title, None);
        assert_eq!(paragraphs, ["图为茶农在武夷山市采摘春茶。新华社记者摄"]);
    }
}
