//! What stands near a term.
//!
//! ```text
//! 安全   →   威胁  挑战  维护  合作          within five words to either side, in the same paragraph
//! ```

use std::collections::HashMap;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::join::Units;
use super::statistic::log_dice;
use super::tally::Tally;
use crate::model::{Collocate, Words};

const WINDOW: usize = 5;
const MOST: usize = 16;

/// What is no term, and what lies between two texts.
const NONE: u32 = u32::MAX;

/// Finds the collocates of every term that has a page.
pub fn collocates(units: Units, words: &mut Words) {
    let text = text(units, words);
    let places = places(&text, words);
    let near = |tally: &mut Tally, (term, places): (u32, &Vec<u32>)| {
        for &place in places {
            let place = place as usize;
            let window = text.get(place.saturating_sub(WINDOW)..(place + WINDOW + 1).min(text.len()));
            window.into_iter().flatten().filter(|&&other| other != term).for_each(|&other| tally.meet(other));
        }
        strongest(words, term, tally)
    };
    let numbered: Vec<(u32, &Vec<u32>)> = (0..).zip(&places).collect();
    let found: Vec<Vec<Collocate>> =
        numbered.into_par_iter().map_init(|| Tally::new(words.terms.len()), near).collect();
    words.terms.iter_mut().zip(found).for_each(|(term, near)| term.collocates = near);
}

/// All texts as terms, one behind the other, and so far apart that no window reaches from one into the next.
fn text(units: Units, words: &Words) -> Vec<u32> {
    let by_text: HashMap<&str, u32, FixedState> = words.terms.iter().map(|term| term.text.as_str()).zip(0..).collect();
    let term_of: Vec<u32> =
        units.units.iter().map(|unit| by_text.get(unit.text.as_str()).copied().unwrap_or(NONE)).collect();
    let mut all = Vec::with_capacity(units.texts.iter().map(|text| text.len() + WINDOW).sum());
    for text in units.texts {
        all.extend(text.into_iter().map(|unit| term_of.get(unit as usize).copied().unwrap_or(NONE)));
        all.extend([NONE; WINDOW]);
    }
    all
}

/// Where each term that has a page stands.
fn places(text: &[u32], words: &Words) -> Vec<Vec<u32>> {
    let paged: Vec<bool> = words.terms.iter().map(|term| term.paged).collect();
    let mut places = vec![Vec::new(); words.terms.len()];
    for (place, &term) in (0..).zip(text) {
        if paged.get(term as usize).copied().unwrap_or(false)
            && let Some(places) = places.get_mut(term as usize)
        {
            places.push(place);
        }
    }
    places
}

/// Those near a term that keep to it most, of those that were counted.
fn strongest(words: &Words, term: u32, tally: &mut Tally) -> Vec<Collocate> {
    let total = |term: u32| words.terms.get(term as usize).map_or(0, |term| term.total);
    let collocate = |(other, count): (u32, u32)| {
        let score = log_dice(count, total(term), total(other));
        Collocate { term: other as usize, count, score }
    };
    let mut near: Vec<Collocate> = tally.drain().filter(|&(_, count)| count >= 2).map(collocate).collect();
    let order = |a: &Collocate, b: &Collocate| b.score.total_cmp(&a.score).then(a.term.cmp(&b.term));
    if near.len() > MOST {
        near.select_nth_unstable_by(MOST, order);
        near.truncate(MOST);
    }
    near.sort_unstable_by(order);
    near
}
