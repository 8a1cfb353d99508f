//! Postings of one first unit → lists in bits.
//!
//! A rare gram is worth no more than the groups of texts that have it: the group is read anyway to show what was found, and
//! verified there. A common gram lists its texts, with a count for each. Where what follows it makes a longer gram that is
//! common too, those places are listed under the longer one, and so on: every place stands in one list only, a phrase that
//! is common is counted from neighbouring lists, and one that is not has few texts to be verified in.
//!
//! ```text
//! 合 ─┬─ 合⏎  (any 合)          common  texts 0 1 3 …    places 912
//!     ├─ 合作                   common  texts 0 3 …      counts 2 3 …      followed by anything but
//!     │    └─ 合作组织          common  texts 0 7 …      counts 1 1 …
//!     └─ 合掌                   rare    groups 2
//! ```

use super::bits::{Bits, rice_parameter};
use super::text::END;

/// A gram that stands in no more groups than this is rare: so many shards of text are read to verify it at worst.
const RARE_GROUPS: usize = 24;
/// Units of the longest gram: a longer phrase is looked up by its parts and verified.
const LONGEST: usize = 24;

/// Places for which one look-up is kept.
const BLOCK: usize = 256;

/// How the texts lie in a row and in groups.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Where each text starts in the row, and the end of the last.
    pub starts: Vec<u32>,
    /// The text in which each [`BLOCK`] of places begins.
    blocks: Vec<u32>,
    /// The group of each text.
    groups: Vec<u32>,
    group_count: u32,
}

impl Layout {
    fn group(&self, text: u32) -> u32 {
        self.groups.get(text as usize).copied().unwrap_or_default()
    }

    #[must_use]
    pub fn new() -> Self {
        Self { starts: vec![0], ..Self::default() }
    }

    /// Adds a text of a group.
    pub fn push(&mut self, group: u32, length: u32) {
        let text = self.texts();
        let end = self.starts.last().copied().unwrap_or_default().saturating_add(length);
        self.starts.push(end);
        self.groups.push(group);
        self.group_count = group + 1;
        while self.blocks.len() * BLOCK < end as usize {
            self.blocks.push(text);
        }
    }

    /// How many texts lie in the row.
    #[must_use]
    pub fn texts(&self) -> u32 {
        u32::try_from(self.groups.len()).unwrap_or(u32::MAX)
    }

    /// How many groups they make.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.group_count as usize
    }

    /// Whether texts, which are in order, belong to more groups than a reader should look through.
    fn common(&self, texts: impl Iterator<Item = u32>) -> bool {
        let mut last = None;
        let mut groups = 0;
        for text in texts {
            let group = Some(self.group(text));
            groups += usize::from(group != last);
            last = group;
            if groups > RARE_GROUPS {
                return true;
            }
        }
        false
    }

    /// The place in the row that is the low half of a posting, with its text.
    fn locate(&self, posting: u64) -> Place {
        #[expect(clippy::cast_possible_truncation, reason = "the place is the low half")]
        let at = posting as u32;
        let mut text = self.blocks.get(at as usize / BLOCK).copied().unwrap_or_default();
        while self.starts.get(text as usize + 1).is_some_and(|&next| next <= at) {
            text += 1;
        }
        Place { at, text }
    }
}

/// The lists of all grams with one first unit.
#[derive(Debug)]
pub struct Lists {
    pub first: u16,
    pub grams: Vec<List>,
}

impl Lists {
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let long = |long: &Long| long.bits.len() as u64 + LONG_BITS;
        let one = |list: &List| list.bits.len() as u64 + 8 + list.longs.iter().map(long).sum::<u64>();
        self.grams.iter().map(one).sum::<u64>() / 8
    }
}

/// About what it takes to tell how a gram differs from the one before it.
const LONG_BITS: u64 = 48;

/// The list of a gram of two units, and those of the longer ones.
#[derive(Clone, Debug)]
pub struct List {
    pub second: u16,
    pub bits: Bits,
    /// A common gram, unless it stands for a single unit, may have longer ones, in order.
    pub longs: Vec<Long>,
    pub common: bool,
}

impl List {
    /// The same gram with nothing listed, to head longer ones that go on in another shard.
    #[must_use]
    pub fn empty(&self) -> Self {
        let mut bits = Bits::default();
        texts_in(&mut bits, &[], 0, Detail::Counts);
        Self { second: self.second, bits, longs: Vec::new(), common: true }
    }
}

/// A longer gram: what follows its first two units.
#[derive(Clone, Debug)]
pub struct Long {
    pub tail: Vec<u16>,
    pub bits: Bits,
}

/// Where a gram stands: its place in the row, and the text.
#[derive(Clone, Copy)]
struct Place {
    at: u32,
    text: u32,
}

/// Encodes the postings of one first unit, which are in order; `row` has the keys of all texts, one after the other.
#[must_use]
pub fn lists(layout: &Layout, row: &[u16], postings: &[u64]) -> Lists {
    let units = |posting: u64| ((posting >> 48) as u16, (posting >> 32 & 0xffff) as u16);
    let first = postings.first().map_or(0, |&posting| units(posting).0);
    let tree = Tree { layout, row };
    let mut grams = Vec::new();
    let mut any = vec![0u32; layout.groups.len()];
    for of_gram in postings.chunk_by(|a, b| a >> 32 == b >> 32) {
        let second = of_gram.first().map_or(0, |&posting| units(posting).1);
        let places: Vec<Place> = of_gram.iter().map(|&posting| layout.locate(posting)).collect();
        for place in &places {
            if let Some(count) = any.get_mut(place.text as usize) {
                *count += 1;
            }
        }
        if second != END {
            grams.push(tree.list(second, places));
        }
    }
    let texts: Vec<(u32, u32)> = (0..).zip(any).filter(|&(_, count)| count > 0).collect();
    let common = layout.common(texts.iter().map(|&(text, _)| text));
    let bits = if common { common_list(layout, &texts, Detail::Texts) } else { rare_list(layout, &texts) };
    let at = grams.partition_point(|list| list.second < END);
    grams.insert(at, List { second: END, bits, longs: Vec::new(), common });
    Lists { first, grams }
}

/// Tells the places of common grams apart by what follows them.
#[derive(Clone, Copy)]
struct Tree<'l> {
    layout: &'l Layout,
    row: &'l [u16],
}

impl<'l> Tree<'l> {
    fn list(self, second: u16, places: Vec<Place>) -> List {
        let common = self.common(&places);
        if !common {
            return List { second, bits: rare_list(self.layout, &counted(&places)), longs: Vec::new(), common };
        }
        let mut longs = Vec::new();
        self.grow(&mut Vec::new(), places, &mut longs);
        let own = longs.first().is_some_and(|long| long.tail.is_empty()).then(|| longs.remove(0).bits);
        let empty = List { second, bits: Bits::default(), longs, common };
        List { bits: own.unwrap_or_else(|| empty.empty().bits), ..empty }
    }

    fn common(self, places: &[Place]) -> bool {
        self.layout.common(places.iter().map(|place| place.text))
    }

    /// What follows the gram of `tail` at a place.
    fn next(self, place: Place, tail: usize) -> u16 {
        self.row.get(place.at as usize + 2 + tail).copied().unwrap_or(END)
    }

    /// Units that follow the gram of `tail` at every place.
    fn sure(self, tail: usize, places: &[Place]) -> &'l [u16] {
        let from = |place: &Place| self.row.get(place.at as usize + 2 + tail..).unwrap_or_default();
        let Some((first, others)) = places.split_first() else { return &[] };
        let first = from(first);
        let end = first.iter().position(|&unit| unit == END).unwrap_or(first.len()).min(LONGEST - 2 - tail);
        let alike =
            |end: usize, place: &Place| first.iter().zip(from(place)).take(end).take_while(|(a, b)| a == b).count();
        first.get(..others.iter().fold(end, alike)).unwrap_or_default()
    }

    /// Lists a common gram, and after it those longer ones that are common.
    fn grow(self, tail: &mut Vec<u16>, mut places: Vec<Place>, longs: &mut Vec<Long>) {
        let before = tail.len();
        tail.extend_from_slice(self.sure(before, &places));
        let depth = tail.len();
        let mut branches = Vec::new();
        if depth + 2 < LONGEST {
            // Stable, so that the places of a branch stay in the order of texts.
            places.sort_by_key(|&place| self.next(place, depth));
            let mut rest = Vec::new();
            for branch in places.chunk_by(|&a, &b| self.next(a, depth) == self.next(b, depth)) {
                let unit = branch.first().map_or(END, |&place| self.next(place, depth));
                if unit != END && self.common(branch) {
                    branches.push((unit, branch.to_vec()));
                } else {
                    rest.extend_from_slice(branch);
                }
            }
            rest.sort_unstable_by_key(|place| place.at);
            places = rest;
        }
        if !places.is_empty() {
            let bits = common_list(self.layout, &counted(&places), Detail::Counts);
            longs.push(Long { tail: tail.clone(), bits });
        }
        drop(places);
        for (unit, branch) in branches {
            tail.push(unit);
            self.grow(tail, branch, longs);
            tail.pop();
        }
        tail.truncate(before);
    }
}

/// Texts in order, and how many of the places each has.
fn counted(places: &[Place]) -> Vec<(u32, u32)> {
    let count = |of_text: &[Place]| Some((of_text.first()?.text, u32::try_from(of_text.len()).ok()?));
    places.chunk_by(|a, b| a.text == b.text).filter_map(count).collect()
}

/// What a list tells of each text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// That it has the gram.
    Texts,
    /// And how often.
    Counts,
}

/// `0`, and the groups that have to be looked through.
fn rare_list(layout: &Layout, texts: &[(u32, u32)]) -> Bits {
    let mut groups: Vec<u32> = texts.iter().map(|&(text, _)| layout.group(text)).collect();
    groups.dedup();
    let mut bits = Bits::default();
    bits.fixed(0, 1);
    bits.delta(count(groups.len()).saturating_sub(1));
    gaps(&mut bits, groups.into_iter(), layout.group_count);
    bits
}

/// `1`, the texts, and how often each has the gram.
fn common_list(layout: &Layout, texts: &[(u32, u32)], detail: Detail) -> Bits {
    let mut bits = Bits::default();
    texts_in(&mut bits, texts, layout.texts(), detail);
    bits
}

fn texts_in(bits: &mut Bits, texts: &[(u32, u32)], span: u32, detail: Detail) {
    let more: u32 = texts.iter().map(|&(_, count)| count - 1).fold(0, u32::saturating_add);
    bits.fixed(1, 1);
    bits.delta(count(texts.len()));
    bits.delta(more);
    gaps(bits, texts.iter().map(|&(text, _)| text), span);
    if detail == Detail::Counts {
        counts(bits, texts, more);
    }
}

/// How often each text has the gram, of which `more` places are second or later ones.
fn counts(bits: &mut Bits, texts: &[(u32, u32)], more: u32) {
    let all = count(texts.len());
    if more > all {
        let k = rice_parameter(more, all);
        for &(_, count) in texts {
            bits.rice(count - 1, k);
        }
        return;
    }
    // Most counts are one: it takes less to tell where the others stand.
    let k = rice_parameter(all, more);
    let mut before = 0;
    for (ordinal, &(_, count)) in (0..).zip(texts) {
        for _ in 1..count {
            bits.rice(ordinal - before, k);
            before = ordinal;
        }
    }
}

/// Rising numbers below `span`, as the gaps between them.
fn gaps(bits: &mut Bits, numbers: impl ExactSizeIterator<Item = u32>, span: u32) {
    let k = rice_parameter(span, count(numbers.len()));
    let mut next = 0;
    for number in numbers {
        bits.rice(number - next, k);
        next = number + 1;
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
