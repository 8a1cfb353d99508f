//! Units → terms: counts, spread, and what is distinctive of each text and kind of text.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::class::Classes;
use super::join::{NONE, UnitIx, Units};
use super::statistic::{evenness, log_likelihood};
use crate::model::{Article, ArticleIx, Kind, Term, TermClass, Words};

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

/// A unit, an article that has it, and how often.
type Count = (UnitIx, u32, u32);

/// Counts every term, the most frequent first.
#[must_use]
pub fn terms(articles: &[Article], units: &Units, classes: &Classes) -> Words {
    let sizes: Vec<u32> = units.texts.par_iter().map(|text| size(text)).collect();
    let all: u64 = sizes.iter().map(|&n| u64::from(n)).sum();
    let smallest = sizes.iter().copied().filter(|&n| n > 0).min().unwrap_or(0);
    let numbered: Vec<(u32, &Vec<UnitIx>)> = (0..).zip(&units.texts).collect();
    let mut counts: Vec<Count> = numbered.into_par_iter().flat_map_iter(|(ix, text)| count(ix, text, units)).collect();
    counts.par_sort_unstable();
    let of_units: Vec<&[Count]> = counts.chunk_by(|x, y| x.0 == y.0).collect();
    let mut totals = vec![0; units.units.len()];
    for of_unit in &of_units {
        if let Some(total) = of_unit.first().and_then(|first| totals.get_mut(first.0 as usize)) {
            *total = of_unit.iter().map(|count| count.2).sum();
        }
    }
    let swallowed = swallowed(units, &totals);
    let term = |of_unit: &&[Count]| {
        let ix = of_unit.first()?.0;
        let unit = units.units.get(ix as usize).filter(|_| !swallowed.contains(&ix))?;
        let class = classes.class(unit)?;
        let total = totals.get(ix as usize).copied().unwrap_or(0);
        if total < least(class).min(2) {
            return None;
        }
        let parts = of_unit.iter().map(|&(_, a, n)| (n, sizes.get(a as usize).copied().unwrap_or(0)));
        let dispersion = evenness(parts, total, all, smallest);
        let counts = of_unit.iter().map(|&(_, article, n)| (article as ArticleIx, n)).collect();
        let (text, collocates) = (unit.text.clone(), Vec::new());
        Some(Term { text, class, counts, total, dispersion, collocates, paged: false })
    };
    let mut terms: Vec<Term> = of_units.par_iter().filter_map(term).collect();
    terms.par_sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.text.cmp(&b.text)));
    let keyness = keyness(&terms, &sizes, all);
    let kinds = of_kinds(articles, &terms, &sizes, all);
    Words { terms, keyness, kinds, sizes }
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
fn count(article: u32, text: &[UnitIx], units: &Units) -> Vec<Count> {
    let mut all = Vec::with_capacity(text.len());
    let mut pending: Vec<UnitIx> = text.iter().copied().filter(|&u| u != NONE).collect();
    while let Some(unit) = pending.pop() {
        all.push(unit);
        if let Some((a, b)) = units.units.get(unit as usize).and_then(|u| u.parts) {
            pending.extend([a, b]);
        }
    }
    all.sort_unstable();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let runs = all.chunk_by(|x, y| x == y);
    runs.filter_map(|run| Some((*run.first()?, article, number(run.len())))).collect()
}

/// Per article its distinctive terms, the most distinctive first.
fn keyness(terms: &[Term], sizes: &[u32], all: u64) -> Vec<Vec<(usize, f32)>> {
    let keys = |(ix, term): (usize, &Term)| {
        let telling = term.counts.iter().filter(|(_, n)| **n >= 2);
        let scored = telling.map(|(&article, &n)| {
            let size = sizes.get(article).copied().unwrap_or(0);
            (article, ix, log_likelihood(n, term.total - n, size, all.saturating_sub(u64::from(size))))
        });
        scored.filter(|&(_, _, score)| score >= KEY_LEAST).collect::<Vec<_>>()
    };
    let mut by_article: Vec<Vec<(usize, f64)>> = vec![Vec::new(); sizes.len()];
    for (article, ix, score) in terms.par_iter().enumerate().flat_map_iter(keys).collect::<Vec<_>>() {
        if let Some(list) = by_article.get_mut(article) {
            list.push((ix, score));
        }
    }
    by_article.into_par_iter().map(strongest).collect()
}

fn of_kinds(articles: &[Article], terms: &[Term], sizes: &[u32], all: u64) -> Vec<(Kind, Vec<(usize, f32)>)> {
    let place = |article: &Article| Kind::ALL.iter().position(|&kind| kind == article.kind.value).unwrap_or(0);
    let kind_of: Vec<usize> = articles.iter().map(place).collect();
    let mut words = [0u32; Kind::ALL.len()];
    let add = |sums: &mut [u32; Kind::ALL.len()], article: ArticleIx, n: u32| {
        if let Some(sum) = kind_of.get(article).and_then(|&kind| sums.get_mut(kind)) {
            *sum += n;
        }
    };
    sizes.iter().enumerate().for_each(|(article, &n)| add(&mut words, article, n));
    let in_kinds = |term: &Term| {
        let mut sums = [0; Kind::ALL.len()];
        term.counts.iter().for_each(|(&article, &n)| add(&mut sums, article, n));
        sums
    };
    let counts: Vec<[u32; Kind::ALL.len()]> = terms.par_iter().map(in_kinds).collect();
    let of_kind = |(at, (kind, size)): (usize, (Kind, u32))| {
        let keys = terms.iter().zip(&counts).enumerate().filter_map(|(ix, (term, counts))| {
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
