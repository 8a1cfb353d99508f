//! What stands near a term.
//!
//! ```text
//! 安全   →   威胁  挑战  维护  合作          within five words to either side, in the same paragraph
//! ```

use std::collections::HashMap;

use rayon::prelude::*;

use super::join::{UnitIx, Units};
use super::statistic::log_dice;
use crate::model::{Collocate, Words};

const WINDOW: usize = 5;
const MOST: usize = 16;
/// Texts whose pairs are held one by one, before they are counted.
const TEXTS: usize = 1024;

/// A term above, another that stands near it below: what is sorted fits one word.
type Pair = u64;

fn pair(node: usize, other: usize) -> Pair {
    let number = |ix: usize| u64::from(u32::try_from(ix).unwrap_or(u32::MAX));
    number(node) << 32 | number(other)
}

fn parted(pair: Pair) -> (usize, usize) {
    let number = |half: u64| usize::try_from(half & u64::from(u32::MAX)).unwrap_or(usize::MAX);
    (number(pair >> 32), number(pair))
}

/// Finds the collocates of every term that has a page.
pub fn collocates(units: &Units, words: &mut Words) {
    let by_text: HashMap<&str, usize> = words.terms.iter().enumerate().map(|(ix, t)| (t.text.as_str(), ix)).collect();
    let term_of: Vec<Option<usize>> = units.units.iter().map(|u| by_text.get(u.text.as_str()).copied()).collect();
    let term = |unit: &UnitIx| term_of.get(*unit as usize).copied().flatten();
    let paged: Vec<bool> = words.terms.iter().map(|t| t.paged).collect();
    let in_text = |text: &Vec<UnitIx>| {
        let terms: Vec<Option<usize>> = text.iter().map(term).collect();
        let mut pairs: Vec<Pair> = Vec::new();
        for (i, node) in terms.iter().enumerate().filter_map(|(i, t)| Some((i, (*t)?))) {
            if !paged.get(node).copied().unwrap_or(false) {
                continue;
            }
            let near = terms.get(i.saturating_sub(WINDOW)..(i + WINDOW + 1).min(terms.len())).unwrap_or_default();
            pairs.extend(near.iter().copied().flatten().filter(|&other| other != node).map(|other| pair(node, other)));
        }
        pairs
    };
    let mut counted: Vec<(Pair, u32)> = Vec::new();
    for texts in units.texts.chunks(TEXTS) {
        let mut pairs: Vec<Pair> = texts.par_iter().flat_map_iter(in_text).collect();
        pairs.par_sort_unstable();
        let runs = pairs.chunk_by(|x, y| x == y);
        counted.extend(runs.filter_map(|run| Some((*run.first()?, u32::try_from(run.len()).unwrap_or(u32::MAX)))));
    }
    counted.par_sort_unstable();
    let mut found: HashMap<usize, Vec<Collocate>> = HashMap::new();
    for same in counted.chunk_by(|x, y| x.0 == y.0) {
        let Some(&(pair, _)) = same.first() else { continue };
        let (node, other) = parted(pair);
        let count = same.iter().map(|&(_, n)| n).sum();
        if count >= 2 {
            let total = |ix: usize| words.terms.get(ix).map_or(0, |t| t.total);
            let score = log_dice(count, total(node), total(other));
            found.entry(node).or_default().push(Collocate { term: other, count, score });
        }
    }
    for (ix, term) in words.terms.iter_mut().enumerate() {
        let mut near = found.remove(&ix).unwrap_or_default();
        near.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.term.cmp(&b.term)));
        near.truncate(MOST);
        term.collocates = near;
    }
}
