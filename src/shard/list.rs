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
    fn common(&self, places: &[Place]) -> bool {
        let mut last = None;
        let mut groups = 0;
        // Most grams stand in few places, and so in no more groups.
        for place in places.iter().filter(|_| places.len() > RARE_GROUPS) {
            let group = Some(self.group(place.text));
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

    /// The place that is the low end of a posting.
    fn place(&self, posting: u64) -> Place {
        #[expect(clippy::cast_possible_truncation, reason = "the place is the low end")]
        let at = posting as u32 & ((1 << PLACE_BITS) - 1);
        let mut text = self.blocks.get(at as usize / BLOCK).copied().unwrap_or_default();
        while self.starts.get(text as usize + 1).is_some_and(|&next| next <= at) {
            text += 1;
        }
        Place { at, text }
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
    let mut tree = Tree::new(row);
    let (mut places, mut spots, mut groups) = (Vec::new(), Vec::new(), Vec::new());
    for of_side in postings.chunk_by(|a, b| filed(a).side == filed(b).side) {
        let Some(Filed { under, side, .. }) = of_side.first().map(filed) else { continue };
        let mut lists = Lists { under, side, rare: Vec::new(), common: Vec::new() };
        for of_gram in of_side.chunk_by(|a, b| a >> PLACE_BITS == b >> PLACE_BITS) {
            let Some(gram) = of_gram.first().map(filed) else { continue };
            places.clear();
            places.extend(of_gram.iter().map(|&posting| row.layout.place(posting)));
            if !row.layout.common(&places) {
                let bits = rare_list(row, gram, &places, &mut groups);
                lists.rare.push(List { other: gram.other, bits, longs: Vec::new() });
            } else if gram.other == END {
                let more = row.ranks.count(under).saturating_sub(count(places.len()));
                let bits = texts_in(&counted(places.iter().copied()), more, row.layout.texts(), Detail::Texts);
                lists.common.push(List { other: END, bits, longs: Vec::new() });
            } else {
                lists.common.push(tree.list(gram.other, &mut places, &mut spots));
            }
        }
        of_sides.push(lists);
    }
    of_sides
}

/// A place in the row, and the text in which it lies.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    at: u32,
    text: u32,
}

/// A place of a common gram by its number among all of them, below the units that stand from some depth on behind it. In
/// order, those that go on alike stand together.
type Spot = u64;

/// Units of a [`Spot`]. Those that have not grown apart by then look again.
const WINDOW: usize = 2;

#[expect(clippy::cast_possible_truncation, reason = "the number is the low end")]
fn number(spot: Spot) -> u32 {
    spot as u32
}

/// Tells the places of common grams apart by what follows them.
struct Tree<'r> {
    row: Row<'r>,
    /// The places of the gram that is listed.
    places: Vec<Place>,
    /// The branch that each group was last seen in, by number.
    seen: Vec<u32>,
    branch: u32,
    /// Places that no longer gram lists.
    rest: Vec<u32>,
}

impl<'r> Tree<'r> {
    fn new(row: Row<'r>) -> Self {
        Self { row, places: Vec::new(), seen: vec![0; row.layout.groups()], branch: 0, rest: Vec::new() }
    }

    /// The list of a gram that stands in these places, which are in order.
    fn list(&mut self, other: u16, places: &mut Vec<Place>, spots: &mut Vec<Spot>) -> List {
        std::mem::swap(&mut self.places, places);
        let mut longs = Vec::new();
        spots.clear();
        spots.extend((0..).zip(&self.places).map(|(number, &place)| self.spot(number, place, 0)));
        spots.sort_unstable();
        self.grow(&mut Vec::new(), 0, spots, &mut longs);
        std::mem::swap(&mut self.places, places);
        let own = longs.first().is_some_and(|long| long.tail.is_empty()).then(|| longs.remove(0).bits);
        let empty = List { other, bits: Bits::default(), longs };
        List { bits: own.unwrap_or_else(|| empty.empty().bits), ..empty }
    }

    fn place(&self, number: u32) -> Place {
        self.places.get(number as usize).copied().unwrap_or_default()
    }

    /// The spot of a place by what follows the gram of a tail of `depth` units there.
    fn spot(&self, number: u32, place: Place, depth: usize) -> Spot {
        let after = self.row.units.get(place.at as usize + 2 + depth..).unwrap_or_default();
        let unit = |n: usize| Spot::from(after.get(n).copied().unwrap_or(END));
        (unit(0) << 16 | unit(1)) << 32 | Spot::from(number)
    }

    /// Has spots tell what follows from `depth` units on.
    fn look_again(&self, depth: usize, spots: &mut [Spot]) {
        for spot in spots.iter_mut() {
            *spot = self.spot(number(*spot), self.place(number(*spot)), depth);
        }
        spots.sort_unstable();
    }

    /// Whether spots lie in more groups than a reader should look through.
    fn common(&mut self, spots: &[Spot]) -> bool {
        self.branch += 1;
        let mut groups = 0;
        for &spot in spots.iter().filter(|_| spots.len() > RARE_GROUPS) {
            let group = self.row.layout.group(self.place(number(spot)).text);
            if let Some(seen) = self.seen.get_mut(group as usize) {
                groups += usize::from(std::mem::replace(seen, self.branch) != self.branch);
            }
            if groups > RARE_GROUPS {
                return true;
            }
        }
        false
    }

    /// Lists a common gram, and after it those longer ones that are common. The spots tell what follows from `base` on.
    fn grow(&mut self, tail: &mut Vec<u16>, mut base: usize, spots: &mut [Spot], longs: &mut Vec<Long>) {
        let before = tail.len();
        let mut depth = before - base;
        while tail.len() + 2 < LONGEST {
            if depth == WINDOW {
                base = tail.len();
                self.look_again(base, spots);
                depth = 0;
            }
            let (Some(&first), Some(&last)) = (spots.first(), spots.last()) else { break };
            // What follows the first and the last alike follows all between.
            if unit(first, depth) == END || unit(first, depth) != unit(last, depth) {
                break;
            }
            tail.push(unit(first, depth));
            depth += 1;
        }
        let grows = tail.len() + 2 < LONGEST;
        let mut rest = std::mem::take(&mut self.rest);
        rest.clear();
        let mut branches = Vec::new();
        for branch in spots.chunk_by_mut(|&a, &b| !grows || unit(a, depth) == unit(b, depth)) {
            let next = branch.first().map_or(END, |&spot| unit(spot, depth));
            if grows && next != END && self.common(branch) {
                branches.push((next, branch));
            } else {
                rest.extend(branch.iter().copied().map(number));
            }
        }
        if !rest.is_empty() {
            rest.sort_unstable();
            let texts = counted(rest.iter().map(|&number| self.place(number)));
            let bits = texts_in(&texts, more(&texts), self.row.layout.texts(), Detail::Counts);
            longs.push(Long { tail: tail.clone(), bits });
        }
        self.rest = rest;
        for (next, branch) in branches {
            tail.push(next);
            self.grow(tail, base, branch, longs);
            tail.pop();
        }
        tail.truncate(before);
    }
}

/// The unit at some depth of the window of a spot.
#[expect(clippy::cast_possible_truncation, reason = "one unit is what is meant")]
fn unit(spot: Spot, depth: usize) -> u16 {
    (spot >> (32 + 16 * (WINDOW - 1 - depth.min(WINDOW - 1)))) as u16
}

/// The texts of places in order, and how many of the places each has.
fn counted(places: impl ExactSizeIterator<Item = Place>) -> Vec<(u32, u32)> {
    let mut texts: Vec<(u32, u32)> = Vec::with_capacity(places.len());
    for Place { text, .. } in places {
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
fn rare_list(row: Row<'_>, gram: Filed, places: &[Place], groups: &mut Vec<u32>) -> Bits {
    groups.clear();
    groups.extend(places.iter().map(|&place| place_in_groups(row, gram, place)));
    groups.sort_unstable();
    groups.dedup();
    let mut bits = Bits::default();
    bits.delta(count(groups.len()).saturating_sub(1));
    gaps(&mut bits, groups.iter().copied(), row.layout.group_count * u32::from(BESIDE));
    bits
}

/// The group of a place and the kind of the unit beside the gram, on the side of what it is filed under, as one number.
fn place_in_groups(row: Row<'_>, gram: Filed, place: Place) -> u32 {
    let at = place.at as usize;
    let beside = match gram {
        Filed { other: END, .. } => None,
        Filed { side: Side::After, .. } => at.checked_add(2),
        Filed { side: Side::Before, .. } => at.checked_sub(1),
    };
    let unit = beside.and_then(|at| row.units.get(at)).copied().unwrap_or(END);
    row.layout.group(place.text) * u32::from(BESIDE) + u32::from(unit % BESIDE)
}

/// Places beyond the first of each text.
fn more(texts: &[(u32, u32)]) -> u32 {
    texts.iter().map(|&(_, count)| count - 1).fold(0, u32::saturating_add)
}

/// The texts of a common gram, how many places it has beyond one in each, and how often each has it.
fn texts_in(texts: &[(u32, u32)], more: u32, span: u32, detail: Detail) -> Bits {
    let mut bits = Bits::with_room(texts.len() * 8);
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
