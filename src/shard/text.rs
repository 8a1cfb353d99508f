//! An article as search sees it: a record to show, and the folded text that grams are taken from.
//!
//! ```text
//! title      携手构建更加美好的上海合作组织家园          携手构建…家园⏎
//! p1         ‘上海精神’—— 共同家园            ─▶     "上海精神"—共同家园⏎
//! ```
//!
//! Each segment (the title, the subtitle, the byline, every paragraph) is folded on its own and closed by a line end, which
//! the fold drops everywhere else: so nothing is found across the border of two paragraphs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

use crate::config::Folds;
use crate::fold::Folder;
use crate::memo::{self, Key};
use crate::model::{Article, Source};

/// Closes a segment.
pub const END: u16 = b'\n' as u16;

/// How often each unit stands in a text.
#[must_use]
pub fn counts(text: &[u16]) -> Vec<u32> {
    let mut counts = vec![0u32; 1 << 16];
    for &unit in text {
        if let Some(count) = counts.get_mut(usize::from(unit)) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// What the page shows of an article and verifies hits in; written as an array, so that no name is repeated.
#[derive(Debug, Serialize)]
pub struct Record<'e> {
    id: &'e str,
    /// Set only where no segment is the title.
    inferred_title: Option<&'e str>,
    kind: &'static str,
    date: String,
    source: &'e str,
    /// Anchor (empty above the first paragraph) and text of each segment, in turn; the title is the first.
    segments: Vec<&'e str>,
}

/// The record as the array that is written.
type Row<'a, 'e> = (&'a str, Option<&'e str>, &'a str, &'a str, &'a str, &'a [&'e str]);

impl<'e> Record<'e> {
    #[must_use]
    pub fn new(article: &'e Article, sources: &'e [Source]) -> Self {
        let title = article.title.value.text.as_str();
        let printed = (!article.title_inferred).then_some(title);
        let under = [&article.subtitle, &article.byline].into_iter().flatten().map(|line| line.text.as_str());
        let head = printed.into_iter().chain(under).flat_map(|text| ["", text]);
        let body = article.paragraphs.iter().flat_map(|paragraph| [paragraph.anchor.as_str(), paragraph.text.as_str()]);
        Self {
            id: &article.id,
            inferred_title: article.title_inferred.then_some(title),
            kind: article.kind.value.name(),
            date: article.date.as_ref().map(|guess| guess.value.to_string()).unwrap_or_default(),
            source: sources.get(article.seed).map_or("", |source| source.path.as_str()),
            segments: head.chain(body).collect(),
        }
    }

    #[must_use]
    pub fn row(&self) -> Row<'_, 'e> {
        (self.id, self.inferred_title, self.kind, &self.date, self.source, &self.segments)
    }

    /// All that it says.
    fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let head = [self.id, self.inferred_title.unwrap_or_default(), self.kind, &self.date, self.source];
        head.into_iter().chain(self.segments.iter().copied()).map(str::as_bytes)
    }

    /// The texts that are searched.
    pub fn texts(&self) -> impl Iterator<Item = &'e str> {
        self.segments.iter().skip(1).step_by(2).copied()
    }
}

/// The key of records and of numbers that have none.
#[must_use]
pub fn key(records: &[Option<Record<'_>>]) -> Key {
    let shape = |record: &Option<Record<'_>>| {
        let shape = record.as_ref().map(|record| (record.segments.len(), record.inferred_title.is_some()));
        shape.map_or([0; 9], |(count, inferred)| {
            let mut shape = [2 + u8::from(inferred); 9];
            shape[1..].copy_from_slice(&(count as u64).to_le_bytes());
            shape
        })
    };
    let shapes: Vec<_> = records.iter().map(shape).collect();
    memo::key(std::iter::once(shapes.as_flattened()).chain(records.iter().flatten().flat_map(Record::parts)))
}

/// Folds records: width, dashes, quotes and space, and script where a table for it is given.
#[derive(Debug, Default)]
pub struct Keys {
    folder: Folder,
    script: Option<Vec<u16>>,
}

impl Keys {
    /// Keys whose script is folded as well.
    #[must_use]
    pub fn simplified(script: &Script) -> Self {
        Self { folder: Folder::default(), script: script.table() }
    }

    /// The key of each segment, closed by [`END`].
    #[must_use]
    pub fn of(&self, record: &Record<'_>) -> Vec<u16> {
        let mut units = Vec::with_capacity(record.texts().map(str::len).sum::<usize>() / 2);
        for text in record.texts() {
            let start = units.len();
            if !fold_plainly(text, &mut units) {
                units.truncate(start);
                let key: String = self.folder.fold(text).key.into_iter().collect();
                units.extend(key.encode_utf16());
            }
            units.push(END);
        }
        if let Some(table) = &self.script {
            for unit in &mut units {
                *unit = table.get(usize::from(*unit)).copied().unwrap_or(*unit);
            }
        }
        units
    }
}

/// Folds a text unit by unit, unless a character of it is, or becomes, one of two units.
fn fold_plainly(text: &str, units: &mut Vec<u16>) -> bool {
    let mut in_run = false;
    for c in text.chars() {
        let way = PLAIN.get(c as usize).copied().unwrap_or(NOT_PLAIN);
        match way {
            NOT_PLAIN => return false,
            DROPPED => continue,
            DASH_UNIT if in_run => {}
            unit => units.push(unit),
        }
        in_run = way == DASH_UNIT;
    }
    true
}

/// What [`PLAIN`] says of what is dropped, and of what is left to the [`Folder`]: no character has these numbers.
const DROPPED: u16 = 0xd800;
const NOT_PLAIN: u16 = 0xd801;
/// Only dashes become dashes, and a run of them one.
const DASH_UNIT: u16 = crate::fold::DASH as u16;

/// What becomes of each character of one unit. Texts are folded more than once on their way into the index.
static PLAIN: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let folder = Folder::default();
    let mut buffer = [0; 4];
    let unit = |unit: u16| {
        let Some(c) = char::from_u32(u32::from(unit)) else { return NOT_PLAIN };
        match folder.fold(c.encode_utf8(&mut buffer)).key[..] {
            [] => DROPPED,
            [key] => u16::try_from(u32::from(key)).unwrap_or(NOT_PLAIN),
            _ => NOT_PLAIN,
        }
    };
    (0..=u16::MAX).map(unit).collect()
});

/// Which characters of the corpus are traditional forms, and which simplified forms stand for more than one of them.
///
/// Grams are taken from simplified keys, so one index serves both answers; only a query with an ambiguous character has
/// to be verified in the text where the reader wants the script to count.
#[derive(Debug, Default, PartialEq)]
pub struct Script {
    pub simplified: BTreeMap<char, char>,
    pub ambiguous: Vec<char>,
}

impl Script {
    /// What holds of a corpus in which these units occur.
    #[must_use]
    pub fn of(occurring: impl Iterator<Item = u16>) -> Self {
        let forms = pairs(occurring.filter_map(|unit| char::from_u32(u32::from(unit))));
        let mut origins: BTreeMap<char, u32> = BTreeMap::new();
        for &(_, form) in &forms {
            *origins.entry(form).or_default() += 1;
        }
        let ambiguous = origins.into_iter().filter(|&(_, count)| count > 1).map(|(form, _)| form).collect();
        Self { simplified: forms.into_iter().filter(|(c, form)| c != form).collect(), ambiguous }
    }

    /// The simplified form of every unit, unless none differs.
    fn table(&self) -> Option<Vec<u16>> {
        let mut table: Vec<u16> = (0..=u16::MAX).collect();
        for (&from, &to) in &self.simplified {
            if let (Ok(to), Some(slot)) = (u16::try_from(u32::from(to)), table.get_mut(from as usize)) {
                *slot = to;
            }
        }
        (!self.simplified.is_empty()).then_some(table)
    }
}

/// Every traditional form that the fold knows, with its simplified form, for queries.
#[must_use]
pub fn traditional() -> Vec<(char, char)> {
    let han = ('\u{3400}'..='\u{9fff}').filter(|c| crate::fold::rule_of(*c).is_none());
    pairs(han).into_iter().filter(|(c, form)| c != form).collect()
}

/// Each character with its simplified form. Those that the other folds change have none of their own.
fn pairs(characters: impl Iterator<Item = char>) -> Vec<(char, char)> {
    let text: String = characters.filter(|&c| crate::fold::rule_of(c).is_none()).collect();
    let simplified = Folder::new(Folds { script: true }).fold(&text).key;
    let same_plane = |(from, to): (char, char)| if (to as u32) < 0x1_0000 { (from, to) } else { (from, from) };
    text.chars().zip(simplified).map(same_plane).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_characters_with_two_printed_forms_are_ambiguous() {
        let script = Script::of("國际发展發頭".encode_utf16());
        assert_eq!(script.simplified.get(&'國'), Some(&'国'));
        assert_eq!(script.ambiguous, ['发']);
        let record = Record {
            id: "",
            inferred_title: None,
            kind: "",
            date: String::new(),
            source: "",
            segments: vec!["", "國 際", "p1", "頭"],
        };
        assert_eq!(String::from_utf16_lossy(&Keys::simplified(&script).of(&record)), "国際\n头\n");
        assert_eq!(String::from_utf16_lossy(&Keys::default().of(&record)), "國際\n頭\n");
    }

    #[test]
    fn texts_are_folded_as_everywhere() {
        let all: Vec<char> = ('\0'..='\u{2fa20}').collect();
        for text in
            all.chunks(7).flat_map(|some| [some.iter().collect::<String>(), some.iter().flat_map(|c| [c, c]).collect()])
        {
            let mut units = Vec::new();
            if fold_plainly(&text, &mut units) {
                let key: String = Folder::default().fold(&text).key.into_iter().collect();
                assert_eq!(String::from_utf16_lossy(&units), key, "{text}");
            } else {
                assert!(text.chars().any(|c| c > '\u{ffff}' || matches!(c, '\u{f900}'..='\u{faff}')), "{text}");
            }
        }
    }

    #[test]
    fn the_table_for_queries_is_whole() {
        let table = traditional();
        assert!(table.len() > 2000 && table.contains(&('國', '国')) && table.iter().all(|(from, to)| from != to));
    }
}
