//! What stands near a term.
//!
//! ```text
//! 安全   →   威胁  挑战  维护  合作          within five words to either side, in the same paragraph
//! ```

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::join::{UnitIx, Units};
use super::statistic::log_dice;
use crate::model::{Collocate, Words};

const WINDOW: usize = 5;
const MOST: usize = 16;

/// Finds the collocates of every term that has a page.
pub fn collocates(units: &Units, words: &mut Words) {
    let by_text: HashMap<&str, usize> = words.terms.iter().enumerate().map(|(ix, t)| (t.text.as_str(), ix)).collect();
    let term_of: Vec<Option<usize>> = units.units.iter().map(|u| by_text.get(u.text.as_str()).copied()).collect();
    let term = |unit: &UnitIx| term_of.get(*unit as usize).copied().flatten();
    let paged: Vec<bool> = words.terms.iter().map(|t| t.paged).collect();
    let count = |text: &Vec<UnitIx>| {
        let mut pairs = BTreeMap::<(usize, usize), u32>::new();
        let terms: Vec<Option<usize>> = text.iter().map(term).collect();
        for (i, node) in terms.iter().enumerate().filter_map(|(i, t)| Some((i, (*t)?))) {
            if !paged.get(node).copied().unwrap_or(false) {
                continue;
            }
            let near = terms.get(i.saturating_sub(WINDOW)..(i + WINDOW + 1).min(terms.len())).unwrap_or_default();
            for other in near.iter().copied().flatten().filter(|&other| other != node) {
                *pairs.entry((node, other)).or_default() += 1;
            }
        }
        pairs
    };
    let merged = units.texts.par_iter().map(count).reduce(BTreeMap::new, |mut all, part| {
        for (pair, n) in part {
            *all.entry(pair).or_default() += n;
        }
        all
    });
    let mut found: HashMap<usize, Vec<Collocate>> = HashMap::new();
    for ((node, other), n) in merged.into_iter().filter(|(_, n)| *n >= 2) {
        let total = |ix: usize| words.terms.get(ix).map_or(0, |t| t.total);
        found.entry(node).or_default().push(Collocate {
            term: other,
            count: n,
            score: log_dice(n, total(node), total(other)),
        });
    }
    for (ix, term) in words.terms.iter_mut().enumerate() {
        let mut near = found.remove(&ix).unwrap_or_default();
        near.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.term.cmp(&b.term)));
        near.truncate(MOST);
        term.collocates = near;
    }
}
