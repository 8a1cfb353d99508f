//! The search index → classic-script shards, so that any substring is found from a folder without a server.
//!
//! ```text
//! 上海合作组织        search/manifest.js    which shard holds the lists of 合作 and 组织
//!   in 312 texts  ─▶  search/8rt0c4….js     lists: texts that have 上海合作, groups of texts that have 沪宁
//!                     search/4k2mbt….js     texts of one group: shown, verified, marked
//! ```
//!
//! A phrase that is common has its own lists, side by side in one shard, which count it without a look at the texts. One that
//! is not is found by the longest common grams in it, and verified in the few groups that have them all. A corpus of a few
//! groups has no lists: every group is looked through, by the same code.
//!
//! Texts have the numbers that the lock gave them, so none moves when another comes or goes: a number without a text stays empty.
//! Groups hold texts of consecutive numbers, so what is appended changes the last group only; and the last group has no
//! lists, so it changes no list either, until that group is full. As every query reads it, it stays small: what does not fill
//! a group is dealt into smaller ones, until it does.

mod bits;
mod code;
mod gram;
mod list;
mod manifest;
mod pack;
mod rank;
mod script;
mod text;

use anyhow::Result;
use rayon::prelude::*;

use crate::memo::{self, Key, Memo};
use crate::model::{Article, Edition, OutFile, Source};
use gram::{Row, Share, Survey};
use list::Layout;
use manifest::{FACTS, Facts, Groups, Lists, Manifest};
use pack::{Family, Packer};
use rank::Ranks;
use script::Shard;
use text::{Keys, Record, Script};

pub use manifest::rules;

/// Shards of each sort that are aimed at. Their size grows in steps until a corpus fits, up to [`LARGEST`]; then their number.
const TEXT_SHARDS: u64 = 278;
const LIST_SHARDS: u64 = 209;
/// A byte of lists of rare grams is read so much oftener than one of common grams, as the sizes of their shards are to allow for.
const RARE_READS: u64 = 8;
/// Groups into which the texts are dealt that do not fill one.
const PARTS: u64 = 8;
const LEAST_PART: u64 = 4 << 10;
/// Bytes of the smallest and the largest shard. Texts are reckoned at a byte a unit, about what deflation leaves.
const SMALLEST: u64 = 16 << 10;
const LARGEST: u64 = 1 << 20;
/// So few groups are looked through sooner than an index of them.
const FEW_GROUPS: usize = 12;
/// So many numbers may stay empty whatever the size of a corpus.
const GAPS: usize = 4096;
/// Groups that are made at once.
const AT_ONCE: usize = 32;

/// Makes every shard of the search index and gives it to `sink`; no more than a few are held at a time.
pub fn shards(edition: &Edition, mut sink: impl FnMut(OutFile) -> Result<()>) -> Result<()> {
    let anew = Before { memo: &Memo::default(), stands: &|_| false };
    shards_with(edition, anew, |made| match made {
        Made::Anew(file) => sink(file),
        Made::AsBefore(path) => anyhow::bail!("{path} was not made, and does not stand"),
    })
}

/// The same, where shards that were made before may stand already.
pub fn shards_with(edition: &Edition, before: Before<'_>, mut sink: impl FnMut(Made) -> Result<()>) -> Result<()> {
    Maker { articles: numbered(edition), sources: &edition.sources, before }.make(&mut sink)
}

/// What was made before.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    /// What shards became of what.
    pub memo: &'a Memo,
    /// Whether a file stands at a path of the site as it was made.
    pub stands: &'a (dyn Fn(&str) -> bool + Sync),
}

impl std::fmt::Debug for Before<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Before").field("memo", self.memo).finish_non_exhaustive()
    }
}

/// A shard as it is to be published.
#[derive(Debug)]
pub enum Made {
    Anew(OutFile),
    /// The path of one that stands as it would be made.
    AsBefore(String),
}

type Sink<'a> = dyn FnMut(Made) -> Result<()> + 'a;

/// The articles at their numbers; in the order of numbers or else of addresses where the numbers leave most places empty.
fn numbered(edition: &Edition) -> Vec<Option<&Article>> {
    let numbers: Vec<usize> = edition.addresses.texts.iter().map(|&number| number as usize).collect();
    let count = edition.articles.len();
    let places = numbers.iter().max().map_or(0, |last| last + 1);
    if numbers.len() == count && places <= count * 2 + GAPS {
        let mut articles = vec![None; places];
        for (article, number) in edition.articles.iter().zip(numbers) {
            if let Some(place) = articles.get_mut(number) {
                *place = Some(article);
            }
        }
        return articles;
    }
    let mut articles: Vec<(usize, &Article)> = edition
        .articles
        .iter()
        .enumerate()
        .map(|(ix, article)| (numbers.get(ix).copied().unwrap_or_default(), article))
        .collect();
    articles.sort_by_key(|(number, article)| (*number, article.id.as_str()));
    articles.into_iter().map(|(_, article)| Some(article)).collect()
}

/// The articles in the order of their numbers.
struct Maker<'e> {
    articles: Vec<Option<&'e Article>>,
    sources: &'e [Source],
    before: Before<'e>,
}

impl<'e> Maker<'e> {
    fn make(&self, sink: &mut Sink<'_>) -> Result<()> {
        let survey = self.survey();
        let script = Script::of(survey.occurring.iter().copied());
        let units = survey.lengths.iter().map(|&length| u64::from(length)).sum();
        let ends = groups(&survey.lengths, step(units, TEXT_SHARDS));
        let (groups, group_keys) = self.groups(&ends, sink)?;
        let (indexed, lists) = self.index(&survey, &script, &ends, &group_keys, sink)?;
        let traditional = self.give(script::written(&manifest::all_traditional())?, sink)?;
        let manifest = Manifest {
            texts: self.articles.iter().flatten().count(),
            units,
            facts: self.facts(&survey, sink)?,
            groups,
            indexed,
            lists,
            traditional,
            kinds: manifest::kinds(),
            rules: rules(),
            script: manifest::script(&script),
            ambiguous: script.ambiguous.iter().collect(),
        };
        sink(Made::Anew(script::json_named("manifest", &manifest)?.file))
    }

    /// Looks at all texts, some at a time.
    fn survey(&self) -> Survey {
        let plain = Keys::default();
        let of_some = |articles: &[Option<&'e Article>]| {
            let records: Vec<_> =
                articles.iter().map(|article| article.map(|a| Record::new(a, self.sources))).collect();
            // A number without a text is told from an empty text.
            let texts = |record: &Option<Record<'e>>| {
                let texts = record.as_ref().map(|record| record.texts().map(str::as_bytes).collect::<Vec<_>>());
                texts.map_or_else(|| vec![&b"\0"[..]], |texts| [vec![&b"\n"[..]], texts].concat())
            };
            let key = memo::key(records.iter().flat_map(texts));
            let units =
                |record: &Option<Record<'e>>| record.as_ref().map(|record| plain.of(record)).unwrap_or_default();
            self.before.memo.recall(key, || Survey::of(records.iter().map(units)))
        };
        Survey::together(self.articles.par_chunks(gram::CHUNK).map(of_some).collect())
    }

    fn units(&self, keys: &Keys, number: usize) -> Vec<u16> {
        let article = self.articles.get(number).copied().flatten();
        article.map(|article| keys.of(&Record::new(article, self.sources))).unwrap_or_default()
    }

    /// The shards of texts, a few at a time, and what each is made from.
    fn groups(&self, ends: &[usize], sink: &mut Sink<'_>) -> Result<(Groups, Vec<Key>)> {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let ranges: Vec<_> = starts.zip(ends).map(|(start, &end)| start..end).collect();
        let mut groups = Groups::default();
        let mut keys = Vec::new();
        for some in ranges.chunks(AT_ONCE) {
            let shard = |range: &std::ops::Range<usize>| {
                let articles = self.articles.get(range.clone()).unwrap_or_default();
                let record = |article: Option<&'e Article>| article.map(|article| Record::new(article, self.sources));
                let records: Vec<Option<Record<'_>>> = articles.iter().copied().map(record).collect();
                let key = text::key(&records);
                let rows = || records.iter().map(|record| record.as_ref().map(Record::row)).collect::<Vec<_>>();
                Ok((key, self.shard(key, || script::written(&rows()))?))
            };
            let shards: Vec<Result<(Key, (String, Made))>> = some.par_iter().map(shard).collect();
            for (shard, range) in shards.into_iter().zip(some) {
                let (key, (name, made)) = shard?;
                groups.counts.push(range.len());
                groups.names.push(name);
                keys.push(key);
                sink(made)?;
            }
        }
        Ok((groups, keys))
    }

    /// The lists of grams, and how many groups they speak of. They stand as before where all of these groups do.
    fn index(
        &self,
        survey: &Survey,
        script: &Script,
        ends: &[usize],
        keys: &[Key],
        sink: &mut Sink<'_>,
    ) -> Result<(usize, Lists)> {
        let ends = ends.get(..indexed(ends.len())).unwrap_or_default();
        let layout = layout(survey, ends);
        if layout.groups() == 0 {
            return Ok((0, Lists::default()));
        }
        let script_key = format!("{:?}", script.simplified);
        let of_groups = keys.iter().take(layout.groups()).map(<[u8; 32]>::as_slice);
        let key = memo::key(std::iter::once(script_key.as_bytes()).chain(of_groups));
        if let Some(lists) = self.before.memo.known::<Lists>(key) {
            let paths: Vec<String> =
                lists.rare.names.iter().chain(&lists.common.names).map(|name| script::path(name)).collect();
            if paths.iter().all(|path| (self.before.stands)(path)) {
                paths.into_iter().try_for_each(|path| sink(Made::AsBefore(path)))?;
                return Ok((layout.groups(), lists));
            }
        }
        let lists = self.lists(&layout, &Keys::simplified(script), sink)?;
        self.before.memo.keep(key, &lists);
        Ok((layout.groups(), lists))
    }

    fn lists(&self, layout: &Layout, keys: &Keys, sink: &mut Sink<'_>) -> Result<Lists> {
        let units = gram::row(layout.texts() as usize, |number| self.units(keys, number));
        let ranks = Ranks::of(&units);
        let row = Row { units: &units, layout, ranks: &ranks };
        let mut packers: Option<[Packer; 2]> = None;
        let mut give = |shard: Shard| sink(Made::Anew(shard.file));
        row.grams(
            |postings| list::lists(row, postings),
            |units, share| {
                let [rare, common] = packers.get_or_insert_with(|| packers_for(units.iter().flatten(), share));
                for lists in units.into_iter().flatten() {
                    rare.push(lists.under, lists.side, lists.rare).into_iter().try_for_each(&mut give)?;
                    common.push(lists.under, lists.side, lists.common).into_iter().try_for_each(&mut give)?;
                }
                anyhow::Ok(())
            },
        )?;
        let Some([rare, common]) = packers else { return Ok(Lists::default()) };
        let ((last_rare, rare), (last_common, common)) = (rare.finish(), common.finish());
        last_rare.into_iter().chain(last_common).try_for_each(give)?;
        Ok(Lists { rare, common, frequent: ranks.frequent })
    }

    /// The shards of facts.
    fn facts(&self, survey: &Survey, sink: &mut Sink<'_>) -> Result<Vec<String>> {
        let chunks = self.articles.chunks(FACTS).zip(survey.lengths.chunks(FACTS));
        chunks
            .map(|(articles, lengths)| self.give(script::written(&Facts::new(articles, lengths, self.sources))?, sink))
            .collect()
    }

    /// Gives the shard of some JSON away and keeps its name.
    fn give(&self, json: String, sink: &mut Sink<'_>) -> Result<String> {
        let (name, made) = self.shard(memo::key([json.as_bytes()]), || Ok(json))?;
        sink(made)?;
        Ok(name)
    }

    /// The shard of some JSON that is made from what has this key, and its name.
    fn shard(&self, key: Key, json: impl FnOnce() -> Result<String>) -> Result<(String, Made)> {
        if let Some(name) = self.before.memo.known::<String>(key) {
            let path = script::path(&name);
            if (self.before.stands)(&path) {
                return Ok((name, Made::AsBefore(path)));
            }
        }
        let Shard { name, file } = script::json(&json()?)?;
        self.before.memo.keep(key, &name);
        Ok((name, Made::Anew(file)))
    }
}

/// How many of so many groups have lists: the last is looked through, so that a text more changes no list until it is full.
fn indexed(groups: usize) -> usize {
    if groups <= FEW_GROUPS { 0 } else { groups - 1 }
}

/// Packers for lists of rare and of common grams, by the share of all that these are.
fn packers_for<'l>(lists: impl Iterator<Item = &'l list::Lists> + Clone, share: Share) -> [Packer; 2] {
    let foreseen = |bytes: u64| share.foresee(bytes);
    let rare = foreseen(lists.clone().map(|lists| list::bytes(&lists.rare)).sum());
    let common = foreseen(lists.map(|lists| list::bytes(&lists.common)).sum());
    let common_shards = (LIST_SHARDS * common).div_ceil((common + rare * RARE_READS).max(1));
    [(Family::Rare, rare, LIST_SHARDS - common_shards), (Family::Common, common, common_shards)].map(
        |(family, bytes, shards)| {
            Packer::new(family, usize::try_from(step(bytes, shards.max(1))).unwrap_or(usize::MAX))
        },
    )
}

/// The size of shard by which `bytes` make no more than `shards`, in steps of a 32nd, so that growth seldom moves it.
fn step(bytes: u64, shards: u64) -> u64 {
    let mut size = SMALLEST;
    while size < LARGEST && size * shards < bytes {
        size += size / 32;
    }
    size
}

/// Where each group ends: those that are full, and the smaller ones of what comes after.
fn groups(lengths: &[u32], limit: u64) -> Vec<usize> {
    let mut ends = group(lengths, limit);
    ends.pop();
    let full = ends.last().copied().unwrap_or_default();
    let rest = group(lengths.get(full..).unwrap_or_default(), (limit / PARTS).max(LEAST_PART));
    ends.extend(rest.into_iter().map(|end| full + end));
    ends
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
fn layout(survey: &Survey, ends: &[usize]) -> Layout {
    let mut layout = Layout::new();
    let mut start = 0;
    let mut place = 0u32;
    for (group, &end) in (0u32..).zip(ends) {
        let lengths = survey.lengths.get(start..end).unwrap_or_default();
        let after = lengths.iter().try_fold(place, |place, &length| place.checked_add(length));
        let Some(after) = after.filter(|&after| after < 1 << gram::PLACE_BITS) else { break };
        for &length in lengths {
            layout.push(group, length);
        }
        place = after;
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
    fn what_does_not_fill_a_group_is_dealt_into_parts() {
        assert_eq!(groups(&[30 << 10, 5 << 10, 3 << 10, 1 << 10, 4 << 10], 32 << 10), [1, 2, 4, 5]);
        assert_eq!(groups(&[], 8), [0usize; 0]);
    }

    #[test]
    fn a_group_that_may_still_grow_has_no_lists() {
        assert_eq!([0, 1, FEW_GROUPS, FEW_GROUPS + 1, 100].map(indexed), [0, 0, 0, FEW_GROUPS, 99]);
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
