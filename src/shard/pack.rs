//! Lists → shards of bounded size, in order of grams, with the first gram of each.
//!
//! ```text
//! 合⏎ 合作 合掌 … | 吉⏎ 吉尔 …     one shard of lists: [合, 214 grams: ⏎ …, 作 …, 掌 …] [吉, 12 grams: …]
//! ```

use serde::Serialize;

use super::bits::{Bits, rice_parameter};
use super::list::{List, Lists, Piece};
use super::script::{Shard, packed};

/// Which shards hold what, as the first gram of each (and, of offsets, the first text of its list).
#[derive(Debug, Default, Serialize)]
pub struct Directory {
    pub names: Vec<String>,
    pub firsts: Vec<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ordinals: Vec<u32>,
    /// Bytes of all files.
    pub bytes: u64,
}

impl Directory {
    fn add(&mut self, first: u32, ordinal: Option<u32>, shard: Shard) -> Shard {
        self.names.push(shard.name.clone());
        self.firsts.push(first);
        self.ordinals.extend(ordinal);
        self.bytes += shard.file.bytes.len() as u64;
        shard
    }
}

/// Packs lists into shards of about `limit` bytes.
#[derive(Debug)]
pub struct ListPacker {
    limit: usize,
    directory: Directory,
    bits: Bits,
    first: Option<u32>,
}

impl ListPacker {
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { limit: limit * 8, directory: Directory::default(), bits: Bits::default(), first: None }
    }

    /// Packs the lists of one first unit, and gives the shards that were filled by them.
    pub fn push(&mut self, lists: &Lists) -> Vec<Shard> {
        let mut shards = Vec::new();
        let mut rest = lists.grams.as_slice();
        while let Some(head) = rest.first() {
            self.first.get_or_insert(gram(lists.first, head.second));
            let mut held = self.bits.len();
            let fits = rest.iter().take_while(|list| {
                held += list.bits.len() + 8;
                held < self.limit
            });
            let (now, later) = rest.split_at(fits.count().max(usize::from(self.bits.is_empty())));
            run(&mut self.bits, lists.first, now);
            if !later.is_empty() {
                shards.extend(self.close());
            }
            rest = later;
        }
        shards
    }

    fn close(&mut self) -> Option<Shard> {
        let bits = std::mem::take(&mut self.bits);
        let first = self.first.take().filter(|_| !bits.is_empty())?;
        Some(self.directory.add(first, None, packed(&bits.units())))
    }

    /// The last shard, and the directory of all.
    #[must_use]
    pub fn finish(mut self) -> (Option<Shard>, Directory) {
        let last = self.close();
        (last, self.directory)
    }
}

/// One first unit and some of its grams: `unit, count, k, second …, list …`. A shard ends with a run of none.
fn run(bits: &mut Bits, first: u16, lists: &[List]) {
    let (Some(head), Some(last)) = (lists.first(), lists.last()) else { return };
    let count = u32::try_from(lists.len()).unwrap_or(u32::MAX);
    let k = rice_parameter(u32::from(last.second - head.second), count);
    bits.delta(count);
    bits.fixed(u32::from(first), 16);
    bits.fixed(u32::from(head.second), 16);
    bits.fixed(k, 4);
    let mut next = head.second;
    for list in lists {
        bits.rice(u32::from(list.second - next), k);
        bits.append(&list.bits);
        next = list.second.saturating_add(1);
    }
}

/// Packs offsets into shards of about `limit` bytes.
#[derive(Debug)]
pub struct OffsetPacker {
    limit: usize,
    directory: Directory,
    bits: Bits,
    first: Option<(u32, u32)>,
}

impl OffsetPacker {
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { limit: limit * 8, directory: Directory::default(), bits: Bits::default(), first: None }
    }

    /// Packs the offsets of one first unit, and gives the shards that were filled by them.
    pub fn push(&mut self, first: u16, pieces: &[Piece]) -> Vec<Shard> {
        let mut shards = Vec::new();
        for piece in pieces {
            if self.bits.len() + piece.bits.len() > self.limit {
                shards.extend(self.close());
            }
            self.first.get_or_insert((gram(first, piece.second), piece.ordinal));
            // The length lets a reader pass over what it does not need; no piece of texts is empty.
            self.bits.delta(piece.texts);
            self.bits.fixed(u32::from(first), 16);
            self.bits.fixed(u32::from(piece.second), 16);
            self.bits.delta(u32::try_from(piece.bits.len()).unwrap_or(u32::MAX));
            self.bits.append(&piece.bits);
        }
        shards
    }

    fn close(&mut self) -> Option<Shard> {
        let bits = std::mem::take(&mut self.bits);
        let (first, ordinal) = self.first.take()?;
        Some(self.directory.add(first, Some(ordinal), packed(&bits.units())))
    }

    /// The last shard, and the directory of all.
    #[must_use]
    pub fn finish(mut self) -> (Option<Shard>, Directory) {
        let last = self.close();
        (last, self.directory)
    }
}

fn gram(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}
