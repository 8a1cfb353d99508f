//! The reader of the shards, as static/search-index.js and static/search-query.js have it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use duikan::model::OutFile;
use serde_json::Value;

const END: u16 = 10;

pub struct Bits<'u> {
    units: &'u [u16],
    at: usize,
}

impl Bits<'_> {
    fn bit(&mut self) -> u32 {
        let unit = self.units.get(self.at / 16).copied().unwrap_or_default();
        let bit = unit >> (15 - self.at % 16) & 1;
        self.at += 1;
        u32::from(bit)
    }

    fn fixed(&mut self, width: u32) -> u32 {
        (0..width).fold(0, |value, _| value << 1 | self.bit())
    }

    fn unary(&mut self) -> u32 {
        let mut count = 0;
        while self.bit() == 1 {
            count += 1;
        }
        count
    }

    fn delta(&mut self) -> u32 {
        let steps = self.unary();
        let width = (1 << steps) + self.fixed(steps) - 1;
        (1 << width) + self.fixed(width) - 1
    }

    fn rice(&mut self, k: u32) -> u32 {
        match self.unary() {
            20 => self.delta(),
            quotient => (quotient << k) + self.fixed(k),
        }
    }
}

fn parameter(span: usize, count: u32) -> u32 {
    (span as u64 * 11 / (16 * u64::from(count.max(1)))).max(1).ilog2()
}

/// The list of a gram.
#[derive(Clone, Debug)]
pub enum List {
    /// Groups, and the kind of what stands beside the gram there.
    Groups(Vec<(u32, u16)>),
    /// Texts, a count for each (none for a single character), and the count of all.
    Texts(Vec<u32>, Vec<u32>, u32),
}

/// Kinds of what stands beside a rare gram.
const BESIDE: u16 = 4;

pub struct Index {
    pub manifest: Value,
    /// By gram, of two units or more; a common one lists the places that no longer one has.
    lists: BTreeMap<Vec<u16>, List>,
    /// Grams that are filed under their second unit.
    before: BTreeSet<Vec<u16>>,
    /// First text of each group, and the end.
    firsts: Vec<usize>,
    /// The segments of each text, as they are printed.
    pub texts: Vec<Vec<String>>,
    simplified: BTreeMap<char, char>,
}

fn shard(files: &[OutFile], name: &str) -> Vec<u16> {
    let path = format!("search/{name}.js");
    let file = files.iter().find(|file| file.path == path).unwrap_or_else(|| panic!("no {path}"));
    let units: Vec<u16> = file.bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let script = String::from_utf16(&units).expect("a script that any reader decodes");
    let head = format!("\u{feff}duikan.shard('{name}','");
    let literal = script.strip_prefix(&head).and_then(|rest| rest.strip_suffix("')\n")).expect("a call");
    let mut units = literal.encode_utf16();
    std::iter::from_fn(|| {
        units.next().map(|unit| if unit == 0xe000 { units.next().expect("a unit") ^ 0x2000 } else { unit })
    })
    .collect()
}

fn json(files: &[OutFile], name: &str) -> Value {
    let bytes: Vec<u8> = shard(files, name).into_iter().flat_map(u16::to_be_bytes).collect();
    let whole = &bytes[1..bytes.len() - usize::from(bytes[0])];
    let mut plain = Vec::new();
    flate2::read::DeflateDecoder::new(whole).read_to_end(&mut plain).expect("deflated");
    serde_json::from_str(&String::from_utf16(&decoded(&plain)).expect("text")).expect("JSON")
}

/// Units in one byte and in two.
fn decoded(bytes: &[u8]) -> Vec<u16> {
    let mut at = 0;
    let mut number = || {
        let mut value = 0;
        for shift in (0..).step_by(7) {
            let byte = usize::from(bytes[at]);
            at += 1;
            value |= (byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    };
    let count = number();
    let singles = 256 - count.saturating_sub(256).div_ceil(255);
    let mut next = 0;
    let mut units = Vec::new();
    for ordinal in 0..count {
        if ordinal >= singles && (ordinal - singles) % 256 == 0 {
            next = 0;
        }
        let unit = next + number();
        next = unit + 1;
        units.push(u16::try_from(unit).expect("a unit"));
    }
    let mut codes = bytes[at..].iter().map(|&byte| usize::from(byte));
    let unit = || match codes.next()? {
        single if single < singles => Some(units[single]),
        lead => Some(units[singles + (lead - singles) * 256 + codes.next()?]),
    };
    std::iter::from_fn(unit).collect()
}

/// Rising numbers below `span`, told by their gaps.
fn rising(bits: &mut Bits<'_>, count: u32, span: usize) -> Vec<u32> {
    let k = parameter(span, count);
    let mut next = 0;
    (0..count)
        .map(|_| {
            let number = next + bits.rice(k);
            next = number + 1;
            number
        })
        .collect()
}

fn names(directory: &Value) -> impl Iterator<Item = &str> {
    directory["names"].as_array().expect("names").iter().filter_map(Value::as_str)
}

impl Index {
    pub fn read(files: &[OutFile]) -> Self {
        let manifest = json(files, "manifest");
        let groups = manifest["groups"].clone();
        let mut firsts = vec![0];
        for count in groups["counts"].as_array().expect("counts") {
            firsts.push(firsts[firsts.len() - 1] + usize::try_from(count.as_u64().expect("a count")).expect("a count"));
        }
        let row = |row: &Value| -> Vec<String> {
            let segments = row.get(5).and_then(Value::as_array).into_iter().flatten();
            segments.skip(1).step_by(2).map(|text| text.as_str().expect("text").to_owned()).collect()
        };
        let texts = names(&groups)
            .flat_map(|name| json(files, name).as_array().expect("rows").iter().map(row).collect::<Vec<_>>())
            .collect();
        let [from, to] = [0, 1].map(|i| manifest["script"][i].as_str().expect("forms").to_owned());
        let simplified = from.chars().zip(to.chars()).collect();
        let (lists, before) = (BTreeMap::new(), BTreeSet::new());
        let mut index = Self { lists, before, firsts, texts, simplified, manifest: manifest.clone() };
        for family in ["rare", "common"] {
            for name in names(&manifest["lists"][family]) {
                index.read_lists(&shard(files, name), family == "common");
            }
        }
        index
    }

    pub fn indexed(&self) -> usize {
        usize::try_from(self.manifest["indexed"].as_u64().expect("a number")).expect("a number")
    }

    /// Whether lists speak of a text; the others are looked through.
    pub fn is_listed(&self, text: u32) -> bool {
        (text as usize) < self.firsts[self.indexed()]
    }

    fn read_lists(&mut self, units: &[u16], common: bool) {
        let mut bits = Bits { units, at: 0 };
        loop {
            let count = bits.delta();
            if count == 0 {
                return;
            }
            let unit = |value: u32| u16::try_from(value).expect("a unit");
            let under = unit(bits.fixed(16));
            let before = bits.fixed(1) == 1;
            let end = bits.delta() as usize + bits.at;
            let mut other = bits.fixed(16);
            let k = bits.fixed(4);
            for _ in 0..count {
                other += bits.rice(k);
                let gram = if before { vec![unit(other), under] } else { vec![under, unit(other)] };
                let list =
                    if common { self.read_texts(&mut bits, gram[1] == END) } else { self.read_groups(&mut bits) };
                let longs = if common && gram[1] != END { bits.delta() } else { 0 };
                if before {
                    self.before.insert(gram.clone());
                }
                self.insert(gram.clone(), list);
                let mut key = gram;
                for _ in 0..longs {
                    key.truncate(2 + bits.delta() as usize);
                    for _ in 0..bits.delta() {
                        key.push(unit(bits.fixed(16)));
                    }
                    let list = self.read_texts(&mut bits, false);
                    self.insert(key.clone(), list);
                }
                other += 1;
            }
            assert_eq!(bits.at, end, "a run is as long as it says");
        }
    }

    /// A gram has one list, and an empty one where its longer grams go on in another shard.
    fn insert(&mut self, key: Vec<u16>, list: List) {
        let empty = |list: &List| matches!(list, List::Texts(texts, ..) if texts.is_empty());
        if self.lists.get(&key).is_none_or(empty) {
            self.lists.insert(key, list);
        } else {
            assert!(empty(&list), "a gram has one list");
        }
    }

    fn read_groups(&self, bits: &mut Bits<'_>) -> List {
        let count = bits.delta() + 1;
        let of = |number: u32| (number / u32::from(BESIDE), u16::try_from(number % u32::from(BESIDE)).expect("a kind"));
        List::Groups(rising(bits, count, self.indexed() * usize::from(BESIDE)).into_iter().map(of).collect())
    }

    fn read_texts(&self, bits: &mut Bits<'_>, any: bool) -> List {
        let count = bits.delta();
        let more = bits.delta();
        let texts = rising(bits, count, self.firsts[self.indexed()]);
        let mut counts = vec![1; if any { 0 } else { count as usize }];
        if !any && more > count {
            let k = parameter(more as usize, count);
            for count in &mut counts {
                *count += bits.rice(k);
            }
        } else if !any {
            let k = parameter(count as usize, more);
            let mut ordinal = 0;
            for _ in 0..more {
                ordinal += bits.rice(k);
                counts[ordinal as usize] += 1;
            }
        }
        List::Texts(texts, counts, count + more)
    }

    /// What the lists tell of a key: its texts, counted, if it is common.
    pub fn counted(&self, key: &[u16]) -> Option<BTreeMap<u32, u32>> {
        let mut found: Option<BTreeMap<u32, u32>> = None;
        for (_, list) in self.lists.range(key.to_vec()..).take_while(|(gram, _)| gram.starts_with(key)) {
            let List::Texts(texts, counts, _) = list else { return None };
            let found = found.get_or_insert_default();
            for (&text, &count) in texts.iter().zip(counts) {
                *found.entry(text).or_default() += count;
            }
        }
        found
    }

    /// The kind of what stands beside the gram at a place of a key, if the key has it.
    fn beside(&self, key: &[u16], start: usize) -> Option<u16> {
        let before = self.before.contains(key.get(start..start + 2)?);
        let unit = if before { key.get(start.checked_sub(1)?) } else { key.get(start + 2) };
        unit.map(|unit| unit % BESIDE)
    }

    /// Texts that may have a key, all those that do among them.
    pub fn candidates(&self, key: &[u16]) -> BTreeSet<u32> {
        let number = |at: usize| u32::try_from(self.firsts[at]).expect("a number");
        let whole = key;
        let at = |start: usize| -> BTreeSet<u32> {
            let of = |list: &List| -> BTreeSet<u32> {
                match list {
                    List::Groups(groups) => {
                        let beside = self.beside(whole, start);
                        let groups = groups.iter().filter(|(_, kind)| beside.is_none_or(|beside| beside == *kind));
                        groups.flat_map(|&(group, _)| number(group as usize)..number(group as usize + 1)).collect()
                    }
                    List::Texts(texts, ..) => texts.iter().copied().collect(),
                }
            };
            let key = if key.len() == 1 { &[key[0], END] } else { &key[start..] };
            if let Some(counted) = self.counted(key) {
                return counted.into_keys().collect();
            }
            // The places of a longer gram that is not common are listed under the longest that is.
            let common =
                |gram: &[u16]| self.lists.range(gram.to_vec()..).next().is_some_and(|(k, _)| k.starts_with(gram));
            let deepest = (2..=key.len()).rev().map(|end| &key[..end]).find(|gram| common(gram));
            deepest.and_then(|gram| self.lists.get(gram)).map(of).unwrap_or_default()
        };
        let mut texts = at(0);
        for start in 1..key.len().saturating_sub(1) {
            let here = at(start);
            texts.retain(|text| here.contains(text));
        }
        texts.extend(number(self.indexed())..u32::try_from(self.texts.len()).expect("a number"));
        texts
    }

    /// Counts a key in the texts that may have it.
    pub fn by_texts(&self, key: &[u16], count: impl Fn(u32) -> u32) -> BTreeMap<u32, u32> {
        self.candidates(key).into_iter().map(|text| (text, count(text))).filter(|&(_, count)| count > 0).collect()
    }

    /// What the list of a single character says: its texts, if it is common, and how often it stands in all of them.
    pub fn single(&self, unit: u16) -> Option<&List> {
        self.lists.get(&[unit, END][..])
    }

    /// The key that grams are taken from.
    pub fn simplify(&self, key: &[u16]) -> Vec<u16> {
        let text = String::from_utf16_lossy(key);
        text.chars().map(|c| self.simplified.get(&c).copied().unwrap_or(c)).collect::<String>().encode_utf16().collect()
    }

    /// Whether a key has to be looked up in the texts themselves.
    pub fn ambiguous(&self, key: &[u16]) -> bool {
        let ambiguous = self.manifest["ambiguous"].as_str().expect("characters");
        String::from_utf16_lossy(key).chars().any(|c| ambiguous.contains(c))
    }
}
