//! Fingerprints that a small edit changes only a little.
//!
//! ```text
//! 一年来，哈萨克斯坦轮值主席国工作卓有成效。   3f 91 0c d4 77 5a e2 18
//! 一年来，哈萨克斯坦轮值主席国工作富有成效。   3f 91 0c d4 77 b6 e2 18     7 of 8 slots alike
//! ```
//!
//! One-permutation `MinHash`: each run of three letters is hashed once, the hash chooses a slot and competes there for the
//! smallest value; eight bits of the winner are kept. The share of equal slots estimates the share of common runs. The
//! hash is spelled out here because fingerprints are committed and must be the same in every version.

use crate::mark::is_letter;

/// The fingerprint of a paragraph.
pub type Print = Sketch<8>;
/// The fingerprint of an article.
pub type Body = Sketch<32>;

/// `N` slots of eight bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sketch<const N: usize>([u8; N]);

/// The fingerprint of an article, and those of its paragraphs.
pub fn of_article<'a>(texts: impl Iterator<Item = &'a str>) -> (Body, Vec<Print>) {
    let mut whole = [u64::MAX; 32];
    let print = |text: &str| {
        let mut least = [u64::MAX; 8];
        each_run(text, |run| {
            compete(&mut least, run);
            compete(&mut whole, run);
        });
        Sketch::filled(least)
    };
    let prints = texts.map(print).collect();
    (Sketch::filled(whole), prints)
}

/// The hash of every run of three letters. Punctuation and spaces do not count, so that a repair of them costs no address.
fn each_run(text: &str, mut each: impl FnMut(u64)) {
    let mut run = [0u64; 3];
    let mut seen = 0;
    for letter in text.chars().filter(|&letter| is_letter(letter)) {
        run = [run[1], run[2], u64::from(u32::from(letter))];
        seen += 1;
        if seen >= 3 {
            each(hash(run));
        }
    }
    if (1..3).contains(&seen) {
        each(hash(run));
    }
}

impl<const N: usize> Sketch<N> {
    /// The fingerprint of some texts together.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut least = [u64::MAX; N];
        texts.for_each(|text| each_run(text, |run| compete(&mut least, run)));
        Self::filled(least)
    }

    fn filled(least: [u64; N]) -> Self {
        // An empty slot takes the value of the next one that is filled, so that short texts compare as well.
        let mut slots = [0; N];
        for (at, slot) in slots.iter_mut().enumerate() {
            let next = least.iter().cycle().skip(at).take(N).find(|least| **least != u64::MAX);
            *slot = next.map_or(0, |least| least.to_le_bytes()[0]);
        }
        Self(slots)
    }

    /// Number of equal slots.
    pub fn alike(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count()
    }

    pub fn to_hex(self) -> String {
        let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
        self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
    }

    pub fn from_hex(hex: &str) -> Option<Self> {
        if hex.len() != N * 2 {
            return None;
        }
        let mut slots = [0; N];
        for (at, slot) in slots.iter_mut().enumerate() {
            *slot = u8::from_str_radix(hex.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self(slots))
    }
}

fn hash(run: [u64; 3]) -> u64 {
    run.into_iter().fold(0x9e37_79b9_7f4a_7c15, |hash, letter| mix(hash ^ letter))
}

fn compete<const N: usize>(least: &mut [u64; N], hash: u64) {
    let slots = least.len() as u64;
    let slot = usize::try_from((hash >> 32) % slots).unwrap_or(0);
    if let Some(least) = least.get_mut(slot) {
        // The choice of the slot has used the high bits; mixed again, the rest is independent of it.
        *least = (*least).min(mix(hash));
    }
}

/// The finalizer of `SplitMix64`.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一年来，哈萨克斯坦轮值主席国工作卓有成效，上海合作组织实现新发展。";

    fn print(text: &str) -> Print {
        Print::of(std::iter::once(text))
    }

    #[test]
    fn a_small_edit_changes_little_and_another_text_everything() {
        let edited = print("一年来，哈萨克斯坦轮值主席国的工作卓有成效，上海合作组织实现了新发展。");
        assert!(print(TEXT).alike(&edited) >= 4, "{}", print(TEXT).alike(&edited));
        let other = print("应急管理部派出应急监测队伍协助湖北江西两省巡堤查险，确保安全度汛。");
        assert!(print(TEXT).alike(&other) <= 1);
    }

    #[test]
    fn punctuation_and_spaces_do_not_count() {
        assert_eq!(print(TEXT), print("一年来 哈萨克斯坦轮值主席国　工作卓有成效；上海合作组织实现新发展"));
    }

    #[test]
    fn single_letters_differ_and_nothing_has_a_print_too() {
        assert_ne!(print("二"), print("三"));
        assert_eq!(print(""), print("……"));
    }

    #[test]
    fn the_prints_of_published_locks_stay_what_they_were() {
        assert_eq!(print(TEXT).to_hex(), PUBLISHED);
        assert_eq!(Print::from_hex(PUBLISHED), Some(print(TEXT)));
        for bad in ["", "00", "zz00000000000000", "一二三四五", "000000000000000000"] {
            assert_eq!(Print::from_hex(bad), None, "{bad}");
        }
    }

    const PUBLISHED: &str = "611f2d562ecab116";
}
