//! Units → terms: counts, spread, and what is distinctive of each text and kind of text.

use std::collections::{BTreeMap, BTreeSet};

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

/// Counts every term, the most frequent first.
#[must_use]
pub fn terms(articles: &[Article], units: &Units, classes: &Classes) -> Words {
    let per_text: Vec<_> = units.texts.par_iter().map(|text| count(text, units)).collect();
    let sizes: Vec<u32> = units.texts.iter().map(|text| size(text)).collect();
    let all: u64 = sizes.iter().map(|&n| u64::from(n)).sum();
    let smallest = sizes.iter().copied().filter(|&n| n > 0).min().unwrap_or(0);
    let mut by_unit = BTreeMap::<UnitIx, BTreeMap<ArticleIx, u32>>::new();
    for (article, counts) in per_text.into_iter().enumerate() {
        for (unit, n) in counts {
            by_unit.entry(unit).or_default().insert(article, n);
        }
    }
    let swallowed = swallowed(units, &by_unit);
    let mut terms: Vec<Term> = by_unit
        .into_iter()
        .filter(|(ix, _)| !swallowed.contains(ix))
        .filter_map(|(ix, counts)| {
            let unit = units.units.get(ix as usize)?;
            let class = classes.class(unit)?;
            let total = counts.values().sum();
            let parts = counts.iter().map(|(&a, &n)| (n, sizes.get(a).copied().unwrap_or(0)));
            let dispersion = evenness(parts, total, all, smallest);
            let term = Term {
                text: unit.text.clone(),
                class,
                counts,
                total,
                dispersion,
                collocates: Vec::new(),
                paged: false,
            };
            (total >= least(class).min(2)).then_some(term)
        })
        .collect();
    terms.sort_by(|a, b| b.total.cmp(&a.total).then_with(|| a.text.cmp(&b.text)));
    let keyness = keyness(&terms, &sizes, all);
    let kinds = of_kinds(articles, &terms, &sizes, all);
    Words { terms, keyness, kinds, sizes }
}

/// Parts that never stand without the whole: 管理部 is no term where it is always 应急管理部.
fn swallowed(units: &Units, counts: &BTreeMap<UnitIx, BTreeMap<ArticleIx, u32>>) -> BTreeSet<UnitIx> {
    let total = |ix: UnitIx| counts.get(&ix).map_or(0, |c| c.values().sum::<u32>());
    let whole = |ix: &UnitIx| units.units.get(*ix as usize).and_then(|u| u.parts).map(|parts| (total(*ix), parts));
    let parts = counts.keys().filter_map(whole).flat_map(|(n, (a, b))| [(n, a), (n, b)]);
    parts.filter(|&(n, part)| total(part) == n).map(|(_, part)| part).collect()
}

fn size(text: &[UnitIx]) -> u32 {
    u32::try_from(text.iter().filter(|u| **u != NONE).count()).unwrap_or(u32::MAX)
}

/// Counts units, and the parts of joined units too: 上海合作组织 stands in 上海合作组织成员国元首理事会.
fn count(text: &[UnitIx], units: &Units) -> BTreeMap<UnitIx, u32> {
    let mut counts = BTreeMap::new();
    let mut pending: Vec<UnitIx> = text.iter().copied().filter(|&u| u != NONE).collect();
    while let Some(unit) = pending.pop() {
        *counts.entry(unit).or_default() += 1;
        if let Some((a, b)) = units.units.get(unit as usize).and_then(|u| u.parts) {
            pending.extend([a, b]);
        }
    }
    counts
}

/// Per article its distinctive terms, the most distinctive first.
fn keyness(terms: &[Term], sizes: &[u32], all: u64) -> Vec<Vec<(usize, f32)>> {
    let mut by_article: Vec<Vec<(usize, f64)>> = vec![Vec::new(); sizes.len()];
    for (ix, term) in terms.iter().enumerate() {
        for (&article, &n) in term.counts.iter().filter(|(_, n)| **n >= 2) {
            let size = sizes.get(article).copied().unwrap_or(0);
            let score = log_likelihood(n, term.total - n, size, all.saturating_sub(u64::from(size)));
            if let Some(list) = by_article.get_mut(article).filter(|_| score >= KEY_LEAST) {
                list.push((ix, score));
            }
        }
    }
    by_article.into_iter().map(strongest).collect()
}

fn of_kinds(articles: &[Article], terms: &[Term], sizes: &[u32], all: u64) -> Vec<(Kind, Vec<(usize, f32)>)> {
    let kind_of = |ix: ArticleIx| articles.get(ix).map(|a| a.kind.value);
    let mut kinds = Vec::new();
    for kind in Kind::ALL {
        let size: u32 = sizes.iter().enumerate().filter(|(ix, _)| kind_of(*ix) == Some(kind)).map(|(_, n)| *n).sum();
        let mut keys = Vec::new();
        for (ix, term) in terms.iter().enumerate().filter(|_| size > 0) {
            let n: u32 = term.counts.iter().filter(|(a, _)| kind_of(**a) == Some(kind)).map(|(_, n)| *n).sum();
            let score = log_likelihood(n, term.total - n, size, all.saturating_sub(u64::from(size)));
            if n >= 2 && score >= KEY_LEAST {
                keys.push((ix, score));
            }
        }
        if size > 0 {
            kinds.push((kind, strongest(keys)));
        }
    }
    kinds
}

#[expect(clippy::cast_possible_truncation, reason = "a score needs no more than single precision")]
fn strongest(mut keys: Vec<(usize, f64)>) -> Vec<(usize, f32)> {
    keys.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    keys.truncate(KEYS);
    keys.into_iter().map(|(ix, score)| (ix, score as f32)).collect()
}
