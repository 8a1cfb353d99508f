//! Postings of one first unit → lists in bits.
//!
//! A rare gram is worth no more than the groups of texts that have it: the group is read anyway to show what was found, and
//! verified there. A common gram lists its texts, with a count for each, and apart from that, to be read only when a phrase
//! has to be put together without its texts, the offset of each place.
//!
//! ```text
//! 合 ─┬─ 合⏎  (any 合)  common  texts 0 1 3 …   counts 2 1 4 …
//!     ├─ 合作           common  texts 0 3 …     counts 2 3 …     offsets 7 31 | 4 90 211 | …
//!     └─ 合掌           rare    groups 2
//! ```

use super::bits::{Bits, rice_parameter};
use super::text::END;

/// A gram that stands in no more groups than this is rare: so many shards of text are read to verify it at worst.
const RARE_GROUPS: usize = 24;
/// Offsets of one list are cut into pieces of this many bits.
const PIECE_BITS: usize = 1 << 20;

/// How the texts lie in a row and in groups.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Where each text starts in the row, and the end of the last.
    pub starts: Vec<u32>,
    /// The group of each text.
    pub groups: Vec<u32>,
    /// The length of the longest text of each group, in units.
    pub longest: Vec<u32>,
}

impl Layout {
    fn texts(&self) -> u32 {
        u32::try_from(self.groups.len()).unwrap_or(u32::MAX)
    }

    fn group(&self, text: u32) -> u32 {
        self.groups.get(text as usize).copied().unwrap_or_default()
    }

    /// Texts and offsets of places in the row, which come in order.
    fn locate<'p>(&'p self, postings: &'p [u64]) -> impl Iterator<Item = (u32, u32)> + 'p {
        let mut text = 0usize;
        postings.iter().map(move |posting| {
            #[expect(clippy::cast_possible_truncation, reason = "the place is the low half")]
            let place = *posting as u32;
            if self.starts.get(text + 1).is_some_and(|&next| next <= place) {
                let rest = self.starts.get(text + 1..).unwrap_or_default();
                // Most grams are rare, and most of their places far apart.
                text += rest.partition_point(|&start| start <= place);
            }
            (u32::try_from(text).unwrap_or(u32::MAX), place - self.starts.get(text).copied().unwrap_or_default())
        })
    }
}

/// The lists of all grams with one first unit.
#[derive(Debug)]
pub struct Lists {
    pub first: u16,
    pub grams: Vec<List>,
    pub offsets: Vec<Piece>,
}

impl Lists {
    #[must_use]
    pub fn list_bytes(&self) -> u64 {
        self.grams.iter().map(|list| list.bits.len() as u64 + 8).sum::<u64>() / 8
    }

    #[must_use]
    pub fn offset_bytes(&self) -> u64 {
        self.offsets.iter().map(|piece| piece.bits.len() as u64 + 48).sum::<u64>() / 8
    }
}

#[derive(Debug)]
pub struct List {
    pub second: u16,
    pub bits: Bits,
}

/// Offsets of the texts of a common gram from the `ordinal`th on.
#[derive(Debug)]
pub struct Piece {
    pub second: u16,
    pub ordinal: u32,
    pub texts: u32,
    pub bits: Bits,
}

/// Encodes the postings of one first unit, which are in order.
#[must_use]
pub fn lists(layout: &Layout, postings: &[u64]) -> Lists {
    let units = |posting: u64| ((posting >> 48) as u16, (posting >> 32 & 0xffff) as u16);
    let first = postings.first().map_or(0, |&posting| units(posting).0);
    let mut lists = Lists { first, grams: Vec::new(), offsets: Vec::new() };
    let mut counts: std::collections::HashMap<u32, u32, foldhash::fast::FixedState> =
        std::collections::HashMap::default();
    for of_gram in postings.chunk_by(|a, b| a >> 32 == b >> 32) {
        let second = of_gram.first().map_or(0, |&posting| units(posting).1);
        let places: Vec<(u32, u32)> = layout.locate(of_gram).collect();
        let texts: Vec<(u32, u32)> = places
            .chunk_by(|a, b| a.0 == b.0)
            .filter_map(|of_text| Some((of_text.first()?.0, u32::try_from(of_text.len()).ok()?)))
            .collect();
        for &(text, count) in &texts {
            *counts.entry(text).or_default() += count;
        }
        if second == END {
            continue;
        }
        let (bits, common) = list(layout, &texts);
        lists.grams.push(List { second, bits });
        if common {
            offsets(layout, second, &places, &mut lists.offsets);
        }
    }
    let mut texts: Vec<(u32, u32)> = counts.into_iter().collect();
    texts.sort_unstable();
    let any = List { second: END, bits: list(layout, &texts).0 };
    let at = lists.grams.partition_point(|list| list.second < END);
    lists.grams.insert(at, any);
    lists
}

/// The list of one gram, and whether it is common.
fn list(layout: &Layout, texts: &[(u32, u32)]) -> (Bits, bool) {
    let mut groups: Vec<u32> = texts.iter().map(|&(text, _)| layout.group(text)).collect();
    groups.dedup();
    let mut bits = Bits::default();
    let common = groups.len() > RARE_GROUPS;
    bits.fixed(u32::from(common), 1);
    if !common {
        bits.delta(count(groups.len()) - 1);
        gaps(&mut bits, groups.into_iter(), count(layout.longest.len()));
        return (bits, false);
    }
    let texts_count = count(texts.len());
    let more: u32 = texts.iter().map(|&(_, count)| count - 1).fold(0, u32::saturating_add);
    bits.delta(texts_count);
    bits.delta(more);
    gaps(&mut bits, texts.iter().map(|&(text, _)| text), layout.texts());
    if more > 0 {
        let k = rice_parameter(more, texts_count);
        texts.iter().for_each(|&(_, count)| bits.rice(count - 1, k));
    }
    (bits, true)
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

fn offsets(layout: &Layout, second: u16, places: &[(u32, u32)], pieces: &mut Vec<Piece>) {
    let mut piece = Piece { second, ordinal: 0, texts: 0, bits: Bits::default() };
    for of_text in places.chunk_by(|a, b| a.0 == b.0) {
        if piece.bits.len() > PIECE_BITS {
            let ordinal = piece.ordinal + piece.texts;
            pieces.push(std::mem::replace(&mut piece, Piece { second, ordinal, texts: 0, bits: Bits::default() }));
        }
        piece.texts += 1;
        for &(text, offset) in of_text {
            let longest = layout.longest.get(layout.group(text) as usize).copied().unwrap_or_default();
            piece.bits.below(offset, longest);
        }
    }
    pieces.push(piece);
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
