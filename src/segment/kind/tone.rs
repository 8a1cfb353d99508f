//! The words of a paragraph that tell in what tone it speaks: of what happened, of what ought to be, to whom.
//!
//! ```text
//! 昨日举行…会议，主任李某出席    a day, an event, an office        所以这不是小事，而是…    reasons, says what is what
//! ```

use std::sync::LazyLock;

use super::list;
use super::prose::Prose;
use crate::matcher::Matcher;

/// What a word says of the paragraph that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// 我们: somebody speaks for many.
    We,
    /// 必须: something ought to be.
    Urging,
    /// 表示: somebody said it.
    Saying,
    /// 昨日: a day, and what had come by then.
    Day,
    /// 举行: something that happened.
    Event,
    /// 主任: somebody who has an office.
    Office,
    /// 所以: one thing follows from another.
    Linking,
    /// 这不是…: something is said to be something.
    Equating,
    /// 各位: somebody is spoken to.
    Address,
    /// 月光: what an essay dwells on.
    Scene,
}

const TONES: usize = Tone::Scene as usize + 1;

/// All words at once; where a word has two tones, the first counts.
static WORDS: LazyLock<Matcher<(Tone, &str)>> = LazyLock::new(|| {
    let lists: [(Tone, &[&'static str]); TONES] = [
        (Tone::We, &list::WE),
        (Tone::Urging, &list::URGING),
        (Tone::Saying, &list::SAYING),
        (Tone::Day, &list::DAYS),
        (Tone::Event, &list::EVENTS),
        (Tone::Office, &list::OFFICES),
        (Tone::Linking, &list::LINKING),
        (Tone::Equating, &list::EQUATING),
        (Tone::Address, &list::ADDRESSES),
        (Tone::Scene, &list::SCENES),
    ];
    Matcher::new(
        lists.into_iter().flat_map(|(tone, words)| words.iter().map(move |&word| (word.to_owned(), (tone, word)))),
    )
});

/// In which share of the paragraphs of a text each tone is heard.
pub struct Tones {
    shares: [(f32, &'static str); TONES],
}

impl Tones {
    #[must_use]
    pub fn of(prose: &Prose<'_>) -> Self {
        let mut counts = [0_u16; TONES];
        let mut words = [""; TONES];
        for paragraph in &prose.0 {
            let mut heard = [false; TONES];
            for (_, &(tone, word)) in WORDS.find_in(paragraph) {
                let ix = tone as usize;
                if !std::mem::replace(&mut heard[ix], true) {
                    counts[ix] = counts[ix].saturating_add(1);
                    if words[ix].is_empty() {
                        words[ix] = word;
                    }
                }
            }
        }
        let all = u16::try_from(prose.0.len()).unwrap_or(u16::MAX).max(1);
        Self { shares: std::array::from_fn(|ix| (f32::from(counts[ix]) / f32::from(all), words[ix])) }
    }

    /// The share of paragraphs in which it is heard, and the word by which it first is.
    #[must_use]
    pub fn share(&self, tone: Tone) -> (f32, &'static str) {
        self.shares[tone as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_paragraph_counts_once_for_each_tone() {
        let prose = Prose(vec!["昨日举行会议，昨日闭幕。", "所以，这不是小事。", "必须记住。", "。"]);
        let tones = Tones::of(&prose);
        assert_eq!(
            [Tone::Day, Tone::Event, Tone::Linking, Tone::Urging, Tone::Scene].map(|tone| tones.share(tone)),
            [(0.25, "昨"), (0.25, "举行"), (0.25, "所以"), (0.25, "必须"), (0.0, "")]
        );
    }
}
