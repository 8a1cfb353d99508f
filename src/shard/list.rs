//! Postings filed under one unit → lists in bits.
//!
//! A rare gram is worth no more than the groups of texts that have it: the group is read anyway to show what was found, and
//! verified there. Two bits of what stands beside the gram spare a reader most groups where it only stands elsewhere. A common
//! gram lists its texts, with a count for each. Where what follows it makes a longer gram that is common too, those places are
//! listed under the longer one, and so on: every place stands in one list only, a phrase that is common is counted from
//! neighbouring lists, and one that is not has few texts to be verified in.
//!
//! ```text
//! 作 ─┬─ 作⏎  (any 作)          common  texts 0 1 3 …    places 912
//!     ├─ 合作                   common  texts 0 3 …      counts 2 3 …      followed by anything but
//!     │    └─ 合作组织          common  texts 0 7 …      counts 1 1 …
//!     └─ 作罢                   rare    groups 2         and 了 behind it
//! ```

use std::ops::Range;

use super::bits::{Bits, rice_parameter};
use super::gram::{PLACE_BITS, Row};
use super::rank::{Filed, Side};
use super::text::END;

/// A gram that stands in no more groups than this is rare: so many shards of text are read to verify it at worst.
const RARE_GROUPS: usize = 24;
/// Units of the longest gram: a longer phrase is looked up by its parts and verified.
const LONGEST: usize = 24;
/// Kinds of what stands beside a rare gram that are told apart.
pub const BESIDE: u16 = 4;

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

    /// Whether places, which are in order, lie in more groups than a reader should look through.
    fn common(&self, places: &[u64]) -> bool {
        let mut last = None;
        let mut groups = 0;
        for &at in places {
            let group = Some(self.group(self.text(at)));
            groups += usize::from(group != last);
            last = group;
            if groups > RARE_GROUPS {
                return true;
            }
        }
        false
    }

    /// Where a text lies in the row.
    #[must_use]
    pub fn span(&self, text: u32) -> Range<usize> {
        let at = |text: usize| self.starts.get(text).copied().unwrap_or_default() as usize;
        at(text as usize)..at(text as usize + 1)
    }

    /// The text in which a place lies.
    fn text(&self, at: u64) -> u32 {
        #[expect(clippy::cast_possible_truncation, reason = "the place is the low end")]
        let at = place(at) as u32;
        let mut text = self.blocks.get(at as usize / BLOCK).copied().unwrap_or_default();
        while self.starts.get(text as usize + 1).is_some_and(|&next| next <= at) {
            text += 1;
        }
        text
    }
}

/// The lists of grams that are filed under one unit, with the other one on one side.
#[derive(Debug)]
pub struct Lists {
    pub under: u16,
    pub side: Side,
    pub rare: Vec<List>,
    pub common: Vec<List>,
}

/// About how many bytes some lists take.
#[must_use]
pub fn bytes(lists: &[List]) -> u64 {
    let long = |long: &Long| long.bits.len() as u64 + LONG_BITS;
    let one = |list: &List| list.bits.len() as u64 + 8 + list.longs.iter().map(long).sum::<u64>();
    lists.iter().map(one).sum::<u64>() / 8
}

/// About what it takes to tell how a gram differs from the one before it.
const LONG_BITS: u64 = 48;

/// The list of a gram of two units, and those of the longer ones.
#[derive(Clone, Debug)]
pub struct List {
    pub other: u16,
    pub bits: Bits,
    /// A common gram, unless it stands for a single unit, may have longer ones, in order.
    pub longs: Vec<Long>,
}

impl List {
    /// The same gram with nothing listed, to head longer ones that go on in another shard.
    #[must_use]
    pub fn empty(&self) -> Self {
        Self { other: self.other, bits: texts_in(&[], 0, 0, Detail::Counts), longs: Vec::new() }
    }
}

/// A longer gram: what follows its first two units.
#[derive(Clone, Debug)]
pub struct Long {
    pub tail: Vec<u16>,
    pub bits: Bits,
}

/// Encodes the postings that are filed under one unit, which are in order.
#[must_use]
pub fn lists(row: Row<'_>, postings: &[u64]) -> Vec<Lists> {
    let filed = |posting: &u64| Filed::of(posting >> PLACE_BITS);
    let mut of_sides = Vec::with_capacity(2);
    let mut tree = Tree { row, scratch: Vec::new() };
    let mut places = Vec::new();
    for of_side in postings.chunk_by(|a, b| filed(a).side == filed(b).side) {
        let Some(Filed { under, side, .. }) = of_side.first().map(filed) else { continue };
        let mut lists = Lists { under, side, rare: Vec::new(), common: Vec::new() };
        for of_gram in of_side.chunk_by(|a, b| a >> PLACE_BITS == b >> PLACE_BITS) {
            let Some(gram) = of_gram.first().map(filed) else { continue };
            places.clear();
            places.extend(of_gram.iter().map(|&posting| place(posting)));
            if !row.layout.common(&places) {
                lists.rare.push(List { other: gram.other, bits: rare_list(row, gram, &places), longs: Vec::new() });
            } else if gram.other == END {
                let more = row.ranks.count(under).saturating_sub(count(places.len()));
                let bits = texts_in(&counted(row.layout, &places), more, row.layout.texts(), Detail::Texts);
                lists.common.push(List { other: END, bits, longs: Vec::new() });
            } else {
                lists.common.push(tree.list(gram.other, &mut places));
            }
        }
        of_sides.push(lists);
    }
    of_sides
}

/// The place in the row that is the low end of a posting.
fn place(posting: u64) -> u64 {
    posting & ((1 << PLACE_BITS) - 1)
}

/// Tells the places of common grams apart by what follows them.
///
/// A place is carried as a number whose low end it is; above it stands what follows there while places are sorted by that.
struct Tree<'r> {
    row: Row<'r>,
    /// Places that no longer gram lists.
    scratch: Vec<u64>,
}

impl<'r> Tree<'r> {
    fn list(&mut self, other: u16, places: &mut [u64]) -> List {
        let mut longs = Vec::new();
        self.grow(&mut Vec::new(), places, &mut longs);
        let own = longs.first().is_some_and(|long| long.tail.is_empty()).then(|| longs.remove(0).bits);
        let empty = List { other, bits: Bits::default(), longs };
        List { bits: own.unwrap_or_else(|| empty.empty().bits), ..empty }
    }

    /// What follows the gram of a tail of `depth` units at a place.
    fn after(&self, at: u64, depth: usize) -> &'r [u16] {
        let at = usize::try_from(place(at)).unwrap_or(usize::MAX);
        self.row.units.get(at.saturating_add(2 + depth)..).unwrap_or_default()
    }

    /// Units that follow the gram of a tail of `depth` units at every place.
    fn sure(&self, depth: usize, places: &[u64]) -> &'r [u16] {
        let Some((&first, others)) = places.split_first() else { return &[] };
        let first = self.after(first, depth);
        let end = first.iter().position(|&unit| unit == END).unwrap_or(first.len()).min(LONGEST - 2 - depth);
        let alike = |end: usize, &at: &u64| {
            first.iter().zip(self.after(at, depth)).take(end).take_while(|(a, b)| a == b).count()
        };
        first.get(..others.iter().fold(end, alike)).unwrap_or_default()
    }

    /// Lists a common gram, and after it those longer ones that are common.
    fn grow(&mut self, tail: &mut Vec<u16>, places: &mut [u64], longs: &mut Vec<Long>) {
        let before = tail.len();
        tail.extend_from_slice(self.sure(before, places));
        let depth = tail.len();
        let follow = |at: &u64| at >> PLACE_BITS;
        let grows = depth + 2 < LONGEST;
        if grows {
            for at in places.iter_mut() {
                let unit = self.after(*at, depth).first().copied().unwrap_or(END);
                *at = u64::from(unit) << PLACE_BITS | place(*at);
            }
            places.sort_unstable();
        }
        let mut rest = std::mem::take(&mut self.scratch);
        rest.clear();
        let ends = |branch: &[u64]| branch.first().is_none_or(|at| follow(at) == u64::from(END));
        let mut branches = Vec::new();
        for branch in places.chunk_by_mut(|a, b| !grows || follow(a) == follow(b)) {
            if grows && !ends(branch) && self.row.layout.common(branch) {
                branches.push(branch);
            } else {
                rest.extend(branch.iter().copied().map(place));
            }
        }
        if !rest.is_empty() {
            rest.sort_unstable();
            let texts = counted(self.row.layout, &rest);
            let bits = texts_in(&texts, more(&texts), self.row.layout.texts(), Detail::Counts);
            longs.push(Long { tail: tail.clone(), bits });
        }
        self.scratch = rest;
        for branch in branches {
            tail.extend(branch.first().and_then(|at| u16::try_from(follow(at)).ok()));
            self.grow(tail, branch, longs);
            tail.pop();
        }
        tail.truncate(before);
    }
}

/// The texts of places in order, and how many of the places each has.
fn counted(layout: &Layout, places: &[u64]) -> Vec<(u32, u32)> {
    let mut texts: Vec<(u32, u32)> = Vec::new();
    for &at in places {
        let text = layout.text(at);
        match texts.last_mut() {
            Some((last, count)) if *last == text => *count += 1,
            _ => texts.push((text, 1)),
        }
    }
    texts
}

/// What a list tells of each text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// That it has the gram.
    Texts,
    /// And how often.
    Counts,
}

/// The groups that have to be looked through for a gram, each with what stands beside the gram there.
fn rare_list(row: Row<'_>, gram: Filed, places: &[u64]) -> Bits {
    let mut groups: Vec<u32> = places.iter().map(|&at| place_in_groups(row, gram, at)).collect();
    groups.sort_unstable();
    groups.dedup();
    let mut bits = Bits::default();
    bits.delta(count(groups.len()).saturating_sub(1));
    gaps(&mut bits, groups.into_iter(), row.layout.group_count * u32::from(BESIDE));
    bits
}

/// The group of a place and the kind of the unit beside the gram, on the side of what it is filed under, as one number.
fn place_in_groups(row: Row<'_>, gram: Filed, at: u64) -> u32 {
    let group = row.layout.group(row.layout.text(at));
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    let beside = match gram {
        Filed { other: END, .. } => None,
        Filed { side: Side::After, .. } => at.checked_add(2),
        Filed { side: Side::Before, .. } => at.checked_sub(1),
    };
    let unit = beside.and_then(|at| row.units.get(at)).copied().unwrap_or(END);
    group * u32::from(BESIDE) + u32::from(unit % BESIDE)
}

/// Places beyond the first of each text.
fn more(texts: &[(u32, u32)]) -> u32 {
    texts.iter().map(|&(_, count)| count - 1).fold(0, u32::saturating_add)
}

/// The texts of a common gram, how many places it has beyond one in each, and how often each has it.
fn texts_in(texts: &[(u32, u32)], more: u32, span: u32, detail: Detail) -> Bits {
    let mut bits = Bits::default();
    bits.delta(count(texts.len()));
    bits.delta(more);
    gaps(&mut bits, texts.iter().map(|&(text, _)| text), span);
    if detail == Detail::Counts {
        counts(&mut bits, texts, more);
    }
    bits
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
