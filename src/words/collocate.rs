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
use crate::model::{Collocate, Term, Words};

const WINDOW: usize = 5;
const MOST: usize = 16;

/// What is no term.
const NONE: u32 = u32::MAX;

/// Where a term stands: in which text, and where in it.
type Place = (u32, u32);

/// Finds the collocates of every term that has a page.
pub fn collocates(units: Units, words: &mut Words) {
    let texts = texts(units, words);
    let places = places(&texts, words);
    let near = |tally: &mut Tally, (term, places): (u32, &Option<Vec<Place>>)| {
        for &(text, place) in places.iter().flatten() {
            let (text, place) = (texts.get(text as usize).map_or(&[][..], Vec::as_slice), place as usize);
            let window = text.get(place.saturating_sub(WINDOW)..(place + WINDOW + 1).min(text.len()));
            window.into_iter().flatten().filter(|&&other| other != term).for_each(|&other| tally.meet(other));
        }
        strongest(words, term, tally)
    };
    let numbered: Vec<(u32, &Option<Vec<Place>>)> = (0..).zip(&places).collect();
    let found: Vec<Vec<Collocate>> =
        numbered.into_par_iter().map_init(|| Tally::new(words.terms.len()), near).collect();
    let pages = words.terms.iter_mut().map(|term| term.page.as_mut());
    pages.zip(found).filter_map(|(page, near)| Some((page?, near))).for_each(|(page, near)| page.collocates = near);
}

/// The texts as terms.
fn texts(units: Units, words: &Words) -> Vec<Vec<u32>> {
    let by_text: HashMap<&str, u32, FixedState> = words.terms.iter().map(|term| term.text.as_str()).zip(0..).collect();
    let term_of: Vec<u32> =
        units.units.iter().map(|unit| by_text.get(unit.text.as_str()).copied().unwrap_or(NONE)).collect();
    let mut texts = units.texts;
    texts.par_iter_mut().flatten().for_each(|unit| *unit = term_of.get(*unit as usize).copied().unwrap_or(NONE));
    texts
}

/// Where each term that has a page stands.
fn places(texts: &[Vec<u32>], words: &Words) -> Vec<Option<Vec<Place>>> {
    let room = |term: &Term| term.page.as_ref().map(|_| Vec::with_capacity(term.total as usize));
    let mut places: Vec<Option<Vec<Place>>> = words.terms.iter().map(room).collect();
    for (ix, text) in (0..).zip(texts) {
        for (place, &term) in (0..).zip(text) {
            if let Some(Some(places)) = places.get_mut(term as usize) {
                places.push((ix, place));
            }
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
