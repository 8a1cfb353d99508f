//! Lists → shards of bounded size, in order of grams, with the first gram of each.
//!
//! ```text
//! 作⏎ 合作 | 合作 合作组织 作罢 … | 吉⏎ 吉尔 …     one shard of lists: [作, after, 214 grams: ⏎ …, 罢 …] [作, before, 12 grams: 合 …]
//! ```
//!
//! Where the longer grams of 合作 do not fit, they go on in the next shard behind an empty list of 合作 itself.

use serde::{Deserialize, Serialize};

use super::bits::{Bits, rice_parameter};
use super::list::{List, Long};
use super::rank::{Filed, Side};
use super::script::{Shard, packed};
use super::text::END;

/// Which shards hold what, as the first gram of each.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Directory {
    pub names: Vec<String>,
    /// The first two units of the first gram as it is filed, as a number above that of the shard before.
    pub firsts: Vec<u64>,
    /// What else of it there has to be known to tell it from the last gram of the shard before.
    pub tails: Vec<Vec<u16>>,
}

/// What lists are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Grams that have no longer ones.
    Rare,
    /// Grams that may have.
    Common,
}

/// Packs lists into shards of about `limit` bytes.
#[derive(Debug)]
pub struct Packer {
    family: Family,
    limit: usize,
    directory: Directory,
    /// The number of the first gram of the last shard that was closed.
    last: u64,
    /// What is packed.
    bits: Bits,
    /// What tells the first gram of the shard from the last of the one before.
    head: Option<(u64, Vec<u16>)>,
    /// The last gram.
    before: (u64, Vec<u16>),
    /// The run of what is filed under one unit, on one side, that is not packed yet, and about how many bits it takes.
    run: Vec<List>,
    held: usize,
}

impl Packer {
    #[must_use]
    pub fn new(family: Family, limit: usize) -> Self {
        Self {
            family,
            limit: limit * 8,
            directory: Directory::default(),
            last: 0,
            bits: Bits::default(),
            head: None,
            before: (0, Vec::new()),
            run: Vec::new(),
            held: 0,
        }
    }

    /// Packs lists that are filed under one unit, on one side, and gives the shards that were filled by them.
    pub fn push(&mut self, under: u16, side: Side, lists: Vec<List>) -> Vec<Shard> {
        let mut shards = Vec::new();
        let number = |other| Filed { under, side, other }.number();
        for mut list in lists {
            let longs = std::mem::take(&mut list.longs);
            let empty = if longs.is_empty() { None } else { Some(list.empty()) };
            shards.extend(self.make_room(under, side, list.bits.len()));
            self.note(number(list.other), &[]);
            self.held += list.bits.len() + 8;
            self.run.push(list);
            for long in longs {
                shards.extend(self.make_room(under, side, long.bits.len()));
                if self.run.is_empty() {
                    self.run.extend(empty.clone());
                }
                if let Some(list) = self.run.last_mut() {
                    let number = number(list.other);
                    self.held += long.bits.len() + long.tail.len() * 2 + 8;
                    let tail = long.tail.clone();
                    list.longs.push(long);
                    self.note(number, &tail);
                }
            }
        }
        self.close_run(under, side);
        shards
    }

    /// Notes a gram that is packed next.
    fn note(&mut self, number: u64, tail: &[u16]) {
        let (last, last_tail) = &self.before;
        if self.head.is_none() {
            let shared = last_tail.iter().zip(tail).take_while(|(a, b)| a == b).count();
            let telling = if *last == number { tail.get(..=shared).unwrap_or(tail) } else { &[] };
            self.head = Some((number, telling.to_vec()));
        }
        self.before.0 = number;
        self.before.1.clear();
        self.before.1.extend_from_slice(tail);
    }

    /// Closes the shard where so many more bits would not fit.
    fn make_room(&mut self, under: u16, side: Side, bits: usize) -> Option<Shard> {
        let filled = self.bits.len() + self.held;
        if filled == 0 || filled + bits < self.limit {
            return None;
        }
        self.close_run(under, side);
        self.close()
    }

    /// `count, unit, side, length in bits, grams`: what is filed under other units is passed over by the length. A shard ends
    /// with a run of none.
    fn close_run(&mut self, under: u16, side: Side) {
        let lists = std::mem::take(&mut self.run);
        self.held = 0;
        if lists.is_empty() {
            return;
        }
        let run = run(self.family, &lists);
        self.bits.delta(number(lists.len()));
        self.bits.fixed(u32::from(under), 16);
        self.bits.fixed(side as u32, 1);
        self.bits.delta(number(run.len()));
        self.bits.append(&run);
    }

    fn close(&mut self) -> Option<Shard> {
        let bits = std::mem::take(&mut self.bits);
        let (first, tail) = self.head.take()?;
        let shard = packed(&bits.units());
        self.directory.names.push(shard.name.clone());
        self.directory.firsts.push(first - std::mem::replace(&mut self.last, first));
        self.directory.tails.push(tail);
        Some(shard)
    }

    /// The last shard, and the directory of all.
    #[must_use]
    pub fn finish(mut self) -> (Option<Shard>, Directory) {
        let last = self.close();
        (last, self.directory)
    }
}

/// `first, k, other …, list …`
fn run(family: Family, lists: &[List]) -> Bits {
    let mut bits = Bits::default();
    let (Some(head), Some(last)) = (lists.first(), lists.last()) else { return bits };
    let k = rice_parameter(u32::from(last.other - head.other), number(lists.len()));
    bits.fixed(u32::from(head.other), 16);
    bits.fixed(k, 4);
    let mut next = head.other;
    for list in lists {
        bits.rice(u32::from(list.other - next), k);
        bits.append(&list.bits);
        if family == Family::Common && list.other != END {
            longer(&mut bits, &list.longs);
        }
        next = list.other.saturating_add(1);
    }
    bits
}

/// How many longer grams, and of each: units shared with the one before, units more, those units, list.
fn longer(bits: &mut Bits, longs: &[Long]) {
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

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
