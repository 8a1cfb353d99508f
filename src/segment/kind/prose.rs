//! The paragraphs of a text: what share of them says something, and what a paragraph is by its words.
//!
//! ```text
//! 夫田賦之弊，…   argues      第三条　…   an article of a law      我家门前…   somebody remembers
//! ```

use super::contains_any;
use super::list::REASONING;
use crate::mark::start;

/// The paragraphs of a text, and how many of them say something.
pub struct Prose<'a>(pub Vec<&'a str>);

impl<'a> Prose<'a> {
    /// The share of paragraphs that have one of the words near their start, and the first that does.
    #[must_use]
    pub fn share_opening<'w>(&self, words: &[&'w str], characters: usize) -> (f32, &'w str) {
        self.share(|paragraph| contains_any(start(paragraph, characters), words))
    }

    /// The share of paragraphs in which something is found, and the first that is.
    pub fn share<'w>(&self, mut find: impl FnMut(&'a str) -> Option<&'w str>) -> (f32, &'w str) {
        let found: Vec<&str> = self.0.iter().filter_map(|paragraph| find(paragraph)).collect();
        #[expect(clippy::cast_precision_loss, reason = "numbers of paragraphs")]
        let share = found.len() as f32 / self.0.len().max(1) as f32;
        (share, found.first().copied().unwrap_or(""))
    }
}

/// The word with which a paragraph of an argument in the old written language begins: 夫田賦之弊，… and not 夫人
#[must_use]
pub fn reasons(paragraph: &str) -> Option<&'static str> {
    let word = REASONING.into_iter().find(|word| paragraph.starts_with(word))?;
    let is_spouse = paragraph.strip_prefix('夫').is_some_and(|rest| rest.starts_with(['人', '妻', '妇', '婦', '君']));
    (!is_spouse).then_some(word)
}

/// Whether a paragraph is an article of a law: 第三条　…
#[must_use]
pub fn is_article(paragraph: &str) -> bool {
    let Some(rest) = paragraph.strip_prefix('第') else { return false };
    let after = rest.trim_start_matches(crate::dateline::is_numeral);
    after.len() < rest.len() && after.starts_with(['条', '條'])
}

/// Whether a paragraph tells figures, as news does.
#[must_use]
pub fn counts(paragraph: &str) -> bool {
    let runs = |is_digit: fn(char) -> bool| paragraph.split(move |c| !is_digit(c)).filter(|run| !run.is_empty());
    let is_figure = |c: char| c.is_ascii_digit() || c == '.';
    // One numeral alone is a word more often than a figure.
    let written = || runs(|c| "〇一二三四五六七八九十百千".contains(c)).filter(|run| run.chars().count() >= 2);
    runs(is_figure).count() >= 3 || written().count() >= 3
}

/// The share of paragraphs in which one person tells of himself: 我家, and not 我国 or 我们, nor what somebody says.
#[must_use]
pub fn remembered(prose: &[&str]) -> f32 {
    let of_many = |c: char| "们們国國省市县党黨军軍方校院会會厅部社行队代驻同抗全神民".contains(c);
    let himself = |paragraph: &&&str| {
        let mut depth = 0u32;
        let mut characters = paragraph.chars().peekable();
        while let Some(c) = characters.next() {
            match c {
                '“' | '「' | '『' => depth += 1,
                '”' | '」' | '』' => depth = depth.saturating_sub(1),
                '我' if depth == 0 && !characters.peek().copied().is_some_and(of_many) => return true,
                _ => {}
            }
        }
        false
    };
    #[expect(clippy::cast_precision_loss, reason = "numbers of paragraphs")]
    let share = prose.iter().filter(himself).count() as f32 / prose.len().max(1) as f32;
    share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_begins_with_its_particle() {
        assert_eq!((reasons("夫農田之利，本在水。"), reasons("夫人昨在家宴客，到者二十人。")), (Some("夫"), None));
    }
}
