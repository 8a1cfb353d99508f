//! The search index → classic-script shards, so that any substring is found from a folder without a server.
//!
//! ```text
//! 上海合作组织        search/manifest.js    which shard holds the lists of 合作 and 组织
//!   in 312 texts  ─▶  search/8rt0c4….js     lists: texts that have 合作, groups of texts that have 海合
//!                     search/m3k90q….js     offsets of 上海, 合作, 组织 where phrases are counted without their texts
//!                     search/4k2mbt….js     texts of one group: shown, verified, marked
//! ```
//!
//! A substring is found by its grams (two characters each) and then either verified in the texts that have them all or, where
//! these are many, put together from offsets. A corpus of a few groups has no lists: every group is looked through, by the same code.
//!
//! Texts are numbered by address. Groups hold texts of consecutive numbers, so what is appended changes the last group only.

mod bits;
mod gram;
mod list;
mod manifest;
mod pack;
mod script;
mod text;

use std::convert::identity;

use anyhow::Result;
use rayon::prelude::*;

use crate::model::{Article, Edition, OutFile, Source};
use gram::Survey;
use list::Layout;
use manifest::{FACTS, Facts, Groups, Manifest};
use pack::{Directory, ListPacker, OffsetPacker};
use script::Shard;
use text::{Keys, Record, Script};

pub use manifest::rules;

/// Shards of each sort that are aimed at. Their size grows in steps until a corpus fits, up to [`LARGEST`]; then their number.
const TEXT_SHARDS: u64 = 200;
const LIST_SHARDS: u64 = 190;
const OFFSET_SHARDS: u64 = 80;
/// Bytes of the smallest and the largest shard. Texts are reckoned at a byte a unit, about what deflation leaves.
const SMALLEST: u64 = 16 << 10;
const LARGEST: u64 = 1 << 20;
/// So few groups are looked through sooner than an index of them.
const FEW_GROUPS: usize = 12;
/// Groups that are made at once.
const AT_ONCE: usize = 32;

/// Makes every shard of the search index and gives it to `sink`; no more than a few are held at a time.
pub fn shards(edition: &Edition, mut sink: impl FnMut(OutFile) -> Result<()>) -> Result<()> {
    let mut articles: Vec<&Article> = edition.articles.iter().collect();
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    Maker { articles, sources: &edition.sources }.make(&mut sink)
}

/// The articles in the order of their numbers.
struct Maker<'e> {
    articles: Vec<&'e Article>,
    sources: &'e [Source],
}

impl<'e> Maker<'e> {
    fn make(&self, sink: &mut dyn FnMut(OutFile) -> Result<()>) -> Result<()> {
        let plain = Keys::default();
        let survey = Survey::new(self.articles.len(), |number| self.units(&plain, number));
        let script = Script::of(survey.occurring());
        let units = survey.lengths.iter().map(|&length| u64::from(length)).sum();
        let ends = group(&survey.lengths, step(units, TEXT_SHARDS));
        let groups = self.groups(&survey, &ends, sink)?;
        let keys = Keys::simplified(&script);
        let (indexed, lists, offsets) = self.index(&survey, &keys, &ends, &groups, sink)?;
        let traditional = give(script::json(&manifest::all_traditional())?, sink)?;
        let manifest = Manifest {
            texts: self.articles.len(),
            units,
            facts: self.facts(&survey, sink)?,
            groups,
            indexed,
            lists,
            offsets,
            traditional,
            kinds: manifest::kinds(),
            rules: rules(),
            script: manifest::script(&script),
            ambiguous: script.ambiguous.iter().collect(),
        };
        give(script::json_named("manifest", &manifest)?, sink)?;
        Ok(())
    }

    fn units(&self, keys: &Keys, number: usize) -> Vec<u16> {
        self.articles.get(number).map(|article| keys.of(&Record::new(article, self.sources))).unwrap_or_default()
    }

    /// The shards of texts, a few at a time.
    fn groups(&self, survey: &Survey, ends: &[usize], sink: &mut dyn FnMut(OutFile) -> Result<()>) -> Result<Groups> {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let ranges: Vec<_> = starts.zip(ends).map(|(start, &end)| start..end).collect();
        let mut groups = Groups::default();
        for some in ranges.chunks(AT_ONCE) {
            let shard = |range: &std::ops::Range<usize>| {
                let articles = self.articles.get(range.clone()).unwrap_or_default();
                let records: Vec<Record<'_>> =
                    articles.iter().map(|article| Record::new(article, self.sources)).collect();
                script::json(&records.iter().map(Record::row).collect::<Vec<_>>())
            };
            let shards: Vec<Result<Shard>> = some.par_iter().map(shard).collect();
            for (shard, range) in shards.into_iter().zip(some) {
                let shard = shard?;
                groups.bytes += shard.file.bytes.len() as u64;
                groups.counts.push(range.len());
                let lengths = survey.lengths.get(range.clone()).unwrap_or_default();
                groups.longest.push(lengths.iter().copied().max().unwrap_or_default());
                groups.names.push(give(shard, sink)?);
            }
        }
        Ok(groups)
    }

    /// The lists and offsets of grams, and how many groups they speak of.
    fn index(
        &self,
        survey: &Survey,
        keys: &Keys,
        ends: &[usize],
        groups: &Groups,
        sink: &mut dyn FnMut(OutFile) -> Result<()>,
    ) -> Result<(usize, Directory, Directory)> {
        let layout = layout(survey, ends, groups);
        let indexed = layout.longest.len();
        if groups.names.len() <= FEW_GROUPS {
            return Ok((0, Directory::default(), Directory::default()));
        }
        let mut packers: Option<(ListPacker, OffsetPacker)> = None;
        gram::grams(
            survey,
            &layout.starts,
            |number| self.units(keys, number),
            |postings| list::lists(&layout, postings),
            |all, share| {
                let (lists, offsets) = packers.get_or_insert_with(|| {
                    let (lists, offsets) =
                        all.iter().fold((0, 0), |sum, one| (sum.0 + one.list_bytes(), sum.1 + one.offset_bytes()));
                    let limit =
                        |bytes, shards| usize::try_from(step(share.foresee(bytes), shards)).unwrap_or(usize::MAX);
                    (ListPacker::new(limit(lists, LIST_SHARDS)), OffsetPacker::new(limit(offsets, OFFSET_SHARDS)))
                });
                for one in &all {
                    lists.push(one).into_iter().try_for_each(|shard| give(shard, sink).map(drop))?;
                    offsets
                        .push(one.first, &one.offsets)
                        .into_iter()
                        .try_for_each(|shard| give(shard, sink).map(drop))?;
                }
                anyhow::Ok(())
            },
        )?;
        let (lists, offsets) = packers.unzip();
        let (last_list, lists) = lists.map(ListPacker::finish).unwrap_or_default();
        let (last_offsets, offsets) = offsets.map(OffsetPacker::finish).unwrap_or_default();
        [last_list, last_offsets].into_iter().filter_map(identity).try_for_each(|shard| give(shard, sink).map(drop))?;
        Ok((indexed, lists, offsets))
    }

    /// The shards of facts.
    fn facts(&self, survey: &Survey, sink: &mut dyn FnMut(OutFile) -> Result<()>) -> Result<Vec<String>> {
        let chunks = self.articles.chunks(FACTS).zip(survey.lengths.chunks(FACTS));
        chunks
            .map(|(articles, lengths)| give(script::json(&Facts::new(articles, lengths, self.sources))?, sink))
            .collect()
    }
}

/// Gives the file away and keeps its name.
fn give(shard: Shard, sink: &mut dyn FnMut(OutFile) -> Result<()>) -> Result<String> {
    sink(shard.file)?;
    Ok(shard.name)
}

/// The size of shard by which `bytes` make no more than `shards`, in steps of a quarter, so that growth seldom moves it.
fn step(bytes: u64, shards: u64) -> u64 {
    let mut size = SMALLEST;
    while size < LARGEST && size * shards < bytes {
        size += size / 4;
    }
    size
}

/// Where each group ends: with the text that would go over `limit`, or after one that alone does.
fn group(lengths: &[u32], limit: u64) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut held = 0;
    for (number, &length) in lengths.iter().enumerate() {
        if held > 0 && held + u64::from(length) > limit {
            ends.push(number);
            held = 0;
        }
        held += u64::from(length);
    }
    ends.extend((!lengths.is_empty()).then_some(lengths.len()));
    ends
}

/// How the texts lie in a row, as far as their places can be numbered.
fn layout(survey: &Survey, ends: &[usize], groups: &Groups) -> Layout {
    let mut layout = Layout { starts: vec![0], ..Layout::default() };
    let mut start = 0;
    let mut place = 0u32;
    for (group, &end) in (0u32..).zip(ends) {
        let lengths = survey.lengths.get(start..end).unwrap_or_default();
        let Some(after) = lengths.iter().try_fold(place, |place, &length| place.checked_add(length)) else { break };
        for &length in lengths {
            place += length;
            layout.starts.push(place);
            layout.groups.push(group);
        }
        debug_assert_eq!(place, after);
        layout.longest.extend(groups.longest.get(group as usize));
        start = end;
    }
    layout
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_close_before_they_grow_too_large() {
        assert_eq!(group(&[3, 3, 3, 9, 1], 6), [2, 3, 4, 5]);
        assert_eq!(group(&[], 6), [0usize; 0]);
    }

    #[test]
    fn appending_a_text_moves_no_group_before_it() {
        let lengths = [3, 3, 3, 9, 1, 2, 2, 2];
        let before = group(&lengths[..7], 6);
        assert_eq!(group(&lengths, 6)[..before.len() - 1], before[..before.len() - 1]);
    }

    #[test]
    fn shards_grow_before_they_multiply_and_then_multiply() {
        assert_eq!(step(1000, 200), SMALLEST);
        assert!(step(40 << 20, 200) * 200 >= 40 << 20);
        assert!(step(u64::MAX / 1000, 200) < 2 * LARGEST);
    }
}
