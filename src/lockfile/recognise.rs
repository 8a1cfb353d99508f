//! Which article of today is which article of yesterday.
//!
//! ```text
//! 新.txt 5–35   习近平出席……   31 of 32 slots as a/20240704-report.html, whose seed was 旧.txt   ─▶ the same article
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::format::one_line;
use super::print::{Body, Print, of_article};
use super::{Entry, State};
use crate::model::{Article, ArticleIx, Source};

/// Equal slots of 32 that make an article known again: by its words alone, by seed and title too, and from among those
/// that were gone.
pub(super) const ALIKE: usize = 10;
const ALIKE_IN_PLACE: usize = 4;
const ALIKE_RETURNED: usize = 16;
/// Paragraphs that stand in more articles than this tell nothing about which is which.
pub(super) const COMMON: usize = 8;
/// When this few are left over, each is held against each.
const PAIRS: usize = 1 << 20;
/// An article of today as the lock sees it.
pub(super) struct Fresh {
    pub seed: String,
    pub title: String,
    pub body: Body,
    pub prints: Vec<Print>,
}

impl Fresh {
    pub fn of(sources: &[Source], article: &Article) -> Self {
        let (body, prints) = of_article(article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()));
        Self {
            seed: one_line(sources.get(article.seed).map_or("", |source| &source.path)),
            title: one_line(&article.title.value.text),
            body,
            prints,
        }
    }

    fn is(&self, entry: &Entry) -> bool {
        self.body == entry.body && self.seed == entry.seed && self.prints.iter().eq(entry.standing().map(|k| &k.print))
    }

    /// How surely this is the article of `entry`; `None` is not at all.
    fn score(&self, entry: &Entry) -> Option<usize> {
        let alike = self.body.alike(&entry.body);
        let (seed, title) = (self.seed == entry.seed, self.title == entry.title);
        let enough = match entry.state {
            State::Live if seed && title => ALIKE_IN_PLACE,
            State::Live => ALIKE,
            State::Moved(_) | State::Removed => ALIKE_RETURNED,
        };
        let live = usize::from(entry.state == State::Live);
        (alike >= enough).then_some(alike * 4 + usize::from(seed) * 8 + usize::from(title) * 4 + live * 64)
    }
}

/// Which address of yesterday each article has, if any.
pub(super) fn recognise(entries: &BTreeMap<String, Entry>, fresh: &[Fresh]) -> Vec<Option<String>> {
    let mut by_text: Vec<(&String, &Entry)> = entries.iter().collect();
    by_text.sort_by_key(|(_, entry)| entry.text);
    let mut taken = vec![false; by_text.len()];
    let mut ids: Vec<Option<String>> = vec![None; fresh.len()];
    let mut unchanged: HashMap<(Body, &str), Vec<usize>> = HashMap::new();
    for (at, (_, entry)) in by_text.iter().enumerate().filter(|(_, (_, entry))| entry.state == State::Live) {
        unchanged.entry((entry.body, entry.seed.as_str())).or_default().push(at);
    }
    let mut claim = |ix: ArticleIx, at: usize, ids: &mut Vec<Option<String>>| {
        if let (Some(taken @ false), Some(id @ None), Some((name, _))) =
            (taken.get_mut(at), ids.get_mut(ix), by_text.get(at))
        {
            *taken = true;
            *id = Some((*name).clone());
            return true;
        }
        false
    };
    for (ix, one) in fresh.iter().enumerate() {
        let candidates = unchanged.get(&(one.body, one.seed.as_str())).into_iter().flatten();
        for &at in candidates {
            if by_text.get(at).is_some_and(|(_, entry)| one.is(entry)) && claim(ix, at, &mut ids) {
                break;
            }
        }
    }
    let open: Vec<ArticleIx> = ids.iter().enumerate().filter(|(_, id)| id.is_none()).map(|(ix, _)| ix).collect();
    let mut scored = candidates(&by_text, fresh, &open);
    scored.sort_unstable();
    for (_, at, ix) in scored {
        claim(ix, at, &mut ids);
    }
    ids
}

/// Pairs of an address and an article that may be one, best first when sorted: (rank, place by text number, article).
fn candidates(by_text: &[(&String, &Entry)], fresh: &[Fresh], open: &[ArticleIx]) -> Vec<(usize, usize, ArticleIx)> {
    let score = |at: usize, ix: ArticleIx| {
        let (_, entry) = by_text.get(at)?;
        Some((usize::MAX - fresh.get(ix)?.score(entry)?, at, ix))
    };
    if open.len().saturating_mul(by_text.len()) <= PAIRS {
        return open.iter().flat_map(|&ix| (0..by_text.len()).filter_map(move |at| score(at, ix))).collect();
    }
    let mut by_word: HashMap<Hint<'_>, Vec<usize>> = HashMap::new();
    for (at, (_, entry)) in by_text.iter().enumerate() {
        let prints = entry.paragraphs.iter().map(|known| Hint::Paragraph(known.print));
        for hint in prints.chain([Hint::Seed(&entry.seed), Hint::Title(&entry.title)]) {
            by_word.entry(hint).or_default().push(at);
        }
    }
    open.par_iter()
        .flat_map_iter(|&ix| {
            let one = fresh.get(ix);
            let prints = one.into_iter().flat_map(|one| one.prints.iter().map(|print| Hint::Paragraph(*print)));
            let names = one.into_iter().flat_map(|one| [Hint::Seed(&one.seed), Hint::Title(&one.title)]);
            let found = prints.chain(names).filter_map(|hint| {
                by_word.get(&hint).filter(|places| places.len() <= COMMON || matches!(hint, Hint::Seed(_)))
            });
            let places: BTreeSet<usize> = found.flatten().copied().collect();
            places.into_iter().filter_map(|at| score(at, ix)).collect::<Vec<_>>()
        })
        .collect()
}

/// What an article may be found by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Hint<'a> {
    Paragraph(Print),
    Seed(&'a str),
    Title(&'a str),
}

/// Articles that no print can tell apart take their addresses in the order in which these were given: else the next
/// build, which sees them as unchanged, might give them round the other way.
pub(super) fn in_one_order(entries: &BTreeMap<String, Entry>, fresh: &[Fresh], ids: &mut [Option<String>]) {
    let mut twins: BTreeMap<(Body, &str, &[Print]), Vec<ArticleIx>> = BTreeMap::new();
    for (ix, one) in fresh.iter().enumerate() {
        twins.entry((one.body, one.seed.as_str(), one.prints.as_slice())).or_default().push(ix);
    }
    for group in twins.into_values().filter(|group| group.len() > 1) {
        let mut known: Vec<String> = group.iter().filter_map(|&ix| ids.get_mut(ix)?.take()).collect();
        known.sort_by_key(|id| entries.get(id).map(|entry| entry.text));
        for (ix, id) in group.into_iter().zip(known) {
            if let Some(slot) = ids.get_mut(ix) {
                *slot = Some(id);
            }
        }
    }
}
