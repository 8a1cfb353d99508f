//! Lists → shards of bounded size, in order of grams, with the first gram of each.
//!
//! ```text
//! 合⏎ 合作 | 合作 合作组织 合掌 … | 吉⏎ 吉尔 …     one shard of lists: [合, 214 grams: ⏎ …, 作 …, 掌 …] [吉, 12 grams: …]
//! ```
//!
//! Where the longer grams of 合作 do not fit, they go on in the next shard behind an empty list of 合作 itself.

use serde::{Deserialize, Serialize};

use super::bits::{Bits, rice_parameter};
use super::list::{List, Lists, Long};
use super::script::{Shard, packed};
use super::text::END;

/// Which shards hold what, as the first gram of each.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Directory {
    pub names: Vec<String>,
    /// The first two units of the first gram, as one number.
    pub firsts: Vec<u32>,
    /// What else its first gram has, where the grams of two units began in a shard before.
    pub tails: Vec<Vec<u16>>,
    /// How many grams each holds: where they are many, they are rare.
    pub grams: Vec<usize>,
}

/// Packs lists into shards of about `limit` bytes.
#[derive(Debug)]
pub struct Packer {
    limit: usize,
    directory: Directory,
    /// What is packed.
    bits: Bits,
    /// The first gram of the shard, and how many it has.
    head: Option<(u32, Vec<u16>)>,
    grams: usize,
    /// The run of one first unit that is not packed yet, and about how many bits it takes.
    run: Vec<List>,
    held: usize,
}

impl Packer {
    #[must_use]
    pub fn new(limit: usize) -> Self {
        let directory = Directory::default();
        Self { limit: limit * 8, directory, bits: Bits::default(), head: None, grams: 0, run: Vec::new(), held: 0 }
    }

    /// Packs the lists of one first unit, and gives the shards that were filled by them.
    pub fn push(&mut self, lists: Lists) -> Vec<Shard> {
        let mut shards = Vec::new();
        for mut list in lists.grams {
            let longs = std::mem::take(&mut list.longs);
            let empty = if longs.is_empty() { None } else { Some(list.empty()) };
            shards.extend(self.make_room(lists.first, list.bits.len()));
            self.head.get_or_insert_with(|| (gram(lists.first, list.second), Vec::new()));
            self.held += list.bits.len() + 8;
            self.grams += 1;
            self.run.push(list);
            for long in longs {
                shards.extend(self.make_room(lists.first, long.bits.len()));
                if self.run.is_empty() {
                    self.run.extend(empty.clone());
                }
                if let Some(list) = self.run.last_mut() {
                    self.head.get_or_insert_with(|| (gram(lists.first, list.second), long.tail.clone()));
                    self.held += long.bits.len() + long.tail.len() * 2 + 8;
                    self.grams += 1;
                    list.longs.push(long);
                }
            }
        }
        self.close_run(lists.first);
        shards
    }

    /// Closes the shard where so many more bits would not fit.
    fn make_room(&mut self, first: u16, bits: usize) -> Option<Shard> {
        let filled = self.bits.len() + self.held;
        if filled == 0 || filled + bits < self.limit {
            return None;
        }
        self.close_run(first);
        self.close()
    }

    fn close_run(&mut self, first: u16) {
        run(&mut self.bits, first, &std::mem::take(&mut self.run));
        self.held = 0;
    }

    fn close(&mut self) -> Option<Shard> {
        let bits = std::mem::take(&mut self.bits);
        let (first, tail) = self.head.take()?;
        let shard = packed(&bits.units());
        self.directory.names.push(shard.name.clone());
        self.directory.firsts.push(first);
        self.directory.tails.push(tail);
        self.directory.grams.push(std::mem::take(&mut self.grams));
        Some(shard)
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
        if list.common && list.second != END {
            longer(bits, &list.longs);
        }
        next = list.second.saturating_add(1);
    }
}

/// How many longer grams, and of each: units shared with the one before, units more, those units, list.
fn longer(bits: &mut Bits, longs: &[Long]) {
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    bits.delta(number(longs.len()));
    let mut before: &[u16] = &[];
    for Long { tail, bits: list } in longs {
        let shared = before.iter().zip(tail).take_while(|(a, b)| a == b).count();
        let own = tail.get(shared..).unwrap_or_default();
        bits.delta(number(shared));
        bits.delta(number(own.len()));
        for &unit in own {
            bits.fixed(u32::from(unit), 16);
        }
        bits.append(list);
        before = tail;
    }
}

fn gram(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}
