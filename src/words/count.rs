//! Units → terms: counts, spread, and what is distinctive of each text and kind of text.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::prelude::*;

use super::class::Classes;
use super::join::{NONE, UnitIx, Units};
use super::statistic::{evenness, log_likelihood};
use super::tally::Tally;
use crate::model::{Article, ArticleIx, Kind, OnPage, Term, TermClass, Words};

/// Terms of one class that have a page of their own, at most.
const PAGES_PER_CLASS: usize = 400;
/// Texts that are counted before their counts are dealt out.
const CHUNK: usize = 8192;

/// Distinctive terms per text, at most, and how distinctive: G² of 6.63 is met by chance once in a hundred.
const KEYS: usize = 24;
const KEY_LEAST: f64 = 6.63;

/// How often a term must be met to be one. A person is one at once.
#[must_use]
pub fn least(class: TermClass) -> u32 {
    match class {
        TermClass::Person => 1,
        TermClass::Place | TermClass::Organisation | TermClass::Other => 2,
        TermClass::Word => 3,
    }
}

/// A unit of a text, and how often it has it.
type InText = (UnitIx, u32);
/// An article that has a unit, and how often.
type InArticle = (u32, u32);

/// Counts every term, the most frequent first.
#[must_use]
pub fn terms(articles: &[Article], units: &Units, classes: &Classes) -> Words {
    let sizes: Vec<u32> = units.texts.par_iter().map(|text| size(text)).collect();
    let all: u64 = sizes.iter().map(|&n| u64::from(n)).sum();
    let smallest = sizes.iter().copied().filter(|&n| n > 0).min().unwrap_or(0);
    let counts = Counts::new(units);
    let totals: Vec<u32> =
        (0..units.units.len()).into_par_iter().map(|ix| counts.of(ix).iter().map(|&(_, n)| n).sum()).collect();
    let swallowed = swallowed(units, &totals);
    let term = |(ix, &total): (usize, &u32)| {
        let is_swallowed = UnitIx::try_from(ix).is_ok_and(|ix| swallowed.contains(&ix));
        let unit = units.units.get(ix).filter(|_| total > 0 && !is_swallowed)?;
        let class = classes.class(unit)?;
        if total < least(class).min(2) {
            return None;
        }
        let parts = counts.of(ix).iter().map(|&(a, n)| (n, sizes.get(a as usize).copied().unwrap_or(0)));
        let dispersion = evenness(parts, total, all, smallest);
        let texts = u32::try_from(counts.of(ix).len()).unwrap_or(u32::MAX);
        let text = unit.text.clone();
        Some((Term { text, class, texts, total, dispersion, page: None }, counts.of(ix)))
    };
    let mut terms: Vec<(Term, &[InArticle])> = totals.par_iter().enumerate().filter_map(term).collect();
    terms.par_sort_by(|(a, _), (b, _)| b.total.cmp(&a.total).then_with(|| a.text.cmp(&b.text)));
    for class in TermClass::ALL {
        let of_class = terms.iter_mut().filter(|(term, _)| term.class == class && term.total >= least(class));
        // Terms come most frequent first.
        let paged = of_class.take(PAGES_PER_CLASS);
        paged.for_each(|(term, counts)| term.page = Some(OnPage { counts: counts.to_vec(), collocates: Vec::new() }));
    }
    let keyness = keyness(&terms, &sizes, all);
    let kinds = of_kinds(articles, &terms, &sizes, all);
    Words { terms: terms.into_iter().map(|(term, _)| term).collect(), keyness, kinds, sizes }
}

/// How often each unit stands in each text, unit after unit.
struct Counts {
    dealt: Vec<InArticle>,
    /// For each unit, where its counts end.
    ends: Vec<usize>,
}

impl Counts {
    /// Counts every text twice: first to know how much room each unit needs, which takes less than to hold all counts twice.
    fn new(units: &Units) -> Self {
        let tally = || Tally::new(units.units.len());
        let room: Vec<AtomicU32> = (0..units.units.len()).map(|_| AtomicU32::new(0)).collect();
        units.texts.par_iter().for_each_init(tally, |tally, text| {
            for room in count(text, units, tally).filter_map(|(unit, _)| room.get(unit as usize)) {
                room.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut all = 0;
        let begin = |room: AtomicU32| {
            let begin = all;
            all += room.into_inner() as usize;
            begin
        };
        // Where the counts of each begin, until they are dealt; then where they end.
        let mut ends: Vec<usize> = room.into_iter().map(begin).collect();
        let mut dealt = vec![(0, 0); all];
        let mut article = 0;
        for texts in units.texts.chunks(CHUNK) {
            let in_text = |tally: &mut Tally, text: &Vec<UnitIx>| count(text, units, tally).collect();
            let counts: Vec<Vec<InText>> = texts.par_iter().map_init(tally, in_text).collect();
            for counts in counts {
                for (unit, n) in counts {
                    let Some(end) = ends.get_mut(unit as usize) else { continue };
                    dealt.get_mut(*end).into_iter().for_each(|place| *place = (article, n));
                    *end += 1;
                }
                article += 1;
            }
        }
        Self { dealt, ends }
    }

    fn of(&self, unit: usize) -> &[InArticle] {
        let start = unit.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(unit).and_then(|&end| self.dealt.get(start..end)).unwrap_or_default()
    }
}

/// Parts that never stand without the whole: 管理部 is no term where it is always 应急管理部.
fn swallowed(units: &Units, totals: &[u32]) -> BTreeSet<UnitIx> {
    let total = |ix: UnitIx| totals.get(ix as usize).copied().unwrap_or(0);
    let wholes = units.units.iter().zip(totals).filter(|(_, n)| **n > 0);
    let parts = wholes.filter_map(|(unit, &n)| Some((n, unit.parts?))).flat_map(|(n, (a, b))| [(n, a), (n, b)]);
    parts.filter(|&(n, part)| total(part) == n).map(|(_, part)| part).collect()
}

fn size(text: &[UnitIx]) -> u32 {
    u32::try_from(text.iter().filter(|u| **u != NONE).count()).unwrap_or(u32::MAX)
}

/// Counts units, and the parts of joined units too: 上海合作组织 stands in 上海合作组织成员国元首理事会.
fn count<'t>(text: &[UnitIx], units: &Units, tally: &'t mut Tally) -> impl Iterator<Item = InText> + 't {
    text.iter().filter(|&&unit| unit != NONE).for_each(|&unit| meet(unit, units, tally));
    tally.drain()
}

fn meet(unit: UnitIx, units: &Units, tally: &mut Tally) {
    tally.meet(unit);
    if let Some((a, b)) = units.units.get(unit as usize).and_then(|unit| unit.parts) {
        meet(a, units, tally);
        meet(b, units, tally);
    }
}

/// Per article its distinctive terms, the most distinctive first.
fn keyness(terms: &[(Term, &[InArticle])], sizes: &[u32], all: u64) -> Vec<Vec<(usize, f32)>> {
    let keys = |(ix, (term, counts)): (usize, &(Term, &[InArticle]))| {
        let telling = counts.iter().filter(|(_, n)| *n >= 2);
        let scored = telling.map(|&(article, n)| {
            let size = sizes.get(article as usize).copied().unwrap_or(0);
            (article, ix, log_likelihood(n, term.total - n, size, all.saturating_sub(u64::from(size))))
        });
        scored.filter(|&(_, _, score)| score >= KEY_LEAST).collect::<Vec<_>>()
    };
    let mut by_article: Vec<Vec<(usize, f64)>> = vec![Vec::new(); sizes.len()];
    for (article, ix, score) in terms.par_iter().enumerate().flat_map_iter(keys).collect::<Vec<_>>() {
        if let Some(list) = by_article.get_mut(article as usize) {
            list.push((ix, score));
        }
    }
    by_article.into_par_iter().map(strongest).collect()
}

fn of_kinds(
    articles: &[Article],
    terms: &[(Term, &[InArticle])],
    sizes: &[u32],
    all: u64,
) -> Vec<(Kind, Vec<(usize, f32)>)> {
    let place = |article: &Article| Kind::ALL.iter().position(|&kind| kind == article.kind.value).unwrap_or(0);
    let kind_of: Vec<usize> = articles.iter().map(place).collect();
    let mut words = [0u32; Kind::ALL.len()];
    let add = |sums: &mut [u32; Kind::ALL.len()], article: ArticleIx, n: u32| {
        if let Some(sum) = kind_of.get(article).and_then(|&kind| sums.get_mut(kind)) {
            *sum += n;
        }
    };
    sizes.iter().enumerate().for_each(|(article, &n)| add(&mut words, article, n));
    let in_kinds = |(_, counts): &(Term, &[InArticle])| {
        let mut sums = [0; Kind::ALL.len()];
        counts.iter().for_each(|&(article, n)| add(&mut sums, article as ArticleIx, n));
        sums
    };
    let counts: Vec<[u32; Kind::ALL.len()]> = terms.par_iter().map(in_kinds).collect();
    let of_kind = |(at, (kind, size)): (usize, (Kind, u32))| {
        let keys = terms.iter().zip(&counts).enumerate().filter_map(|(ix, ((term, _), counts))| {
            let n = counts.get(at).copied().filter(|&n| n >= 2)?;
            let score = log_likelihood(n, term.total - n, size, all.saturating_sub(u64::from(size)));
            (score >= KEY_LEAST).then_some((ix, score))
        });
        (kind, strongest(keys.collect()))
    };
    let kinds = Kind::ALL.into_iter().zip(words).enumerate().filter(|(_, (_, size))| *size > 0);
    kinds.map(of_kind).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a score needs no more than single precision")]
fn strongest(mut keys: Vec<(usize, f64)>) -> Vec<(usize, f32)> {
    keys.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    keys.truncate(KEYS);
    keys.into_iter().map(|(ix, score)| (ix, score as f32)).collect()
}
