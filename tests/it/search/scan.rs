//! What search has to find, by a scan that knows nothing of grams.

use std::collections::{BTreeMap, HashMap};

use duikan::fold::Folder;
use duikan::model::Article;

use super::corpus::{self, Dice};

pub fn key(text: &str) -> Vec<u16> {
    Folder::default().fold(text).key.iter().collect::<String>().encode_utf16().collect()
}

/// How often `key` stands in `text`, overlapping itself if it can.
pub fn places(text: &[u16], key: &[u16]) -> u32 {
    u32::try_from(text.windows(key.len()).filter(|window| *window == key).count()).expect("a number")
}

/// The keys of the segments of an article, each closed by a line end that no key has.
pub fn keys(article: &Article) -> Vec<u16> {
    corpus::segments(article).flat_map(|segment| key(segment).into_iter().chain([10])).collect()
}

/// Substrings of 2 to 20 characters: anywhere, at starts, at ends, in titles, and some that were tampered with.
pub fn cuttings(articles: &[Article], count: usize) -> Vec<String> {
    let mut dice = Dice::new(3);
    let mut cuttings = Vec::new();
    while cuttings.len() < count {
        let article = &articles[dice.below(articles.len())];
        let segments: Vec<Vec<char>> = corpus::segments(article).map(|segment| segment.chars().collect()).collect();
        let segment = if dice.below(8) == 0 { &segments[0] } else { &segments[dice.below(segments.len())] };
        let length = (2 + dice.below(19)).min(segment.len());
        let start = match dice.below(5) {
            0 => 0,
            1 => segment.len() - length,
            _ => dice.below(segment.len() - length + 1),
        };
        let mut cutting = segment[start..start + length].to_vec();
        if dice.below(10) == 0 && length > 1 {
            cutting.swap(0, length - 1);
        }
        let cutting = String::from_iter(cutting);
        if key(&cutting).len() > 1 {
            cuttings.push(cutting);
        }
    }
    cuttings
}

/// Every place of every cutting, by a scan that knows nothing of grams.
pub fn scan(texts: &[Vec<u16>], cuttings: &[Vec<u16>]) -> Vec<BTreeMap<u32, u32>> {
    let mut found: HashMap<&[u16], BTreeMap<u32, u32>> =
        cuttings.iter().map(|key| (key.as_slice(), BTreeMap::new())).collect();
    let mut lengths: Vec<usize> = cuttings.iter().map(Vec::len).collect();
    lengths.sort_unstable();
    lengths.dedup();
    for length in lengths {
        for (number, text) in (0u32..).zip(texts) {
            for window in text.windows(length) {
                if let Some(places) = found.get_mut(window) {
                    *places.entry(number).or_default() += 1;
                }
            }
        }
    }
    cuttings.iter().map(|key| found[key.as_slice()].clone()).collect()
}
