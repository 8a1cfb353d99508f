//! Which articles are held against each other.
//!
//! Every pair that shares enough words in clauses that are no formulae: 30 characters, or 12 that are a tenth of the
//! shorter article. A clause in very many articles names no pairs, and no article is collated with more than 64 others,
//! those that share most with it; so the number of collations grows with the corpus, not with its square.
//!
//! ```text
//! 宣言 × 摘要          4,800 characters shared      collated
//! 宣言 × 习近平出席…      60 characters shared      collated
//! 宣言 × 应急管理部…       7 characters shared      not collated
//! ```

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::config::Config;
use crate::model::ArticleIx;

use super::cluster::{Corpus, pairs_between, spread};
use super::seed::{Alike, ClauseAt, han};

/// As many shared characters are enough.
const ENOUGH: usize = 30;
/// So many are enough where they are a tenth of the shorter article.
const ENOUGH_OF_SHORT: usize = 12;
/// Up to so many articles, a shared clause speaks for every pair of them; above, for each with the first.
const MOST_PAIRWISE: usize = 24;
/// No article is collated with more others.
const MOST_PARTNERS: usize = 64;
/// Clauses with fewer Han characters do not speak for a pair.
const SHORTEST: usize = 6;

/// The pairs to collate, each with the earlier article first, in order; and how many that share enough were left out.
#[must_use]
pub fn pairs(config: &Config, corpus: &Corpus, alike: &[Alike]) -> (Vec<(ArticleIx, ArticleIx)>, usize) {
    let size = |article: ArticleIx| corpus.keys.size(article);
    let mut enough: Vec<(usize, ArticleIx, ArticleIx)> = weighted(corpus, alike)
        .into_iter()
        .filter(|&(weight, a, b)| weight >= ENOUGH || weight >= ENOUGH_OF_SHORT && weight * 10 >= size(a).min(size(b)))
        .collect();
    enough.sort_unstable_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut partners = vec![0_usize; corpus.articles.len()];
    let mut chosen: BTreeSet<(ArticleIx, ArticleIx)> = asked(config, corpus).collect();
    let mut left_out = 0;
    for (_, a, b) in enough {
        if partners[a] < MOST_PARTNERS && partners[b] < MOST_PARTNERS {
            partners[a] += 1;
            partners[b] += 1;
            chosen.insert((a, b));
        } else {
            left_out += 1;
        }
    }
    (chosen.into_iter().collect(), left_out)
}

/// Pairs of articles with the number of characters they share.
fn weighted(corpus: &Corpus, alike: &[Alike]) -> Vec<(usize, ArticleIx, ArticleIx)> {
    let keys = corpus.keys;
    let formula = corpus.formula();
    let of_key = |key: usize| {
        let (words, places) = (keys.words(key), keys.places(key));
        let articles: Vec<u32> =
            places.chunk_by(|x, y| x.0 == y.0).filter_map(|run| run.first()).map(|at| at.0).collect();
        let telling = articles.len() >= 2 && han(words) >= SHORTEST;
        let articles = if telling { articles } else { Vec::new() };
        within(&articles).into_iter().map(|pair| (pair, words.len()))
    };
    let of_alike = |found: &Alike| {
        let (x, y) = (first_places(keys.places(found.a)), first_places(keys.places(found.b)));
        let telling = spread(&x) <= formula && spread(&y) <= formula;
        let pairs = if telling { pairs_between(&x, &y) } else { Vec::new() };
        let common = found.likeness.common;
        let mut pairs: Vec<(u32, u32)> = pairs.into_iter().map(|(a, b)| (a.0, b.0)).collect();
        pairs.dedup();
        pairs.into_iter().map(move |pair| (pair, common))
    };
    let exact = (0..keys.len()).into_par_iter().flat_map_iter(of_key);
    let mut all: Vec<((u32, u32), usize)> = exact.chain(alike.par_iter().flat_map_iter(of_alike)).collect();
    all.par_sort_unstable();
    let sum = |run: &[((u32, u32), usize)]| {
        let &((a, b), _) = run.first()?;
        Some((run.iter().map(|&(_, weight)| weight).sum(), a as usize, b as usize))
    };
    all.chunk_by(|x, y| x.0 == y.0).filter_map(sum).collect()
}

/// One place per article.
fn first_places(places: &[ClauseAt]) -> Vec<ClauseAt> {
    places.chunk_by(|x, y| x.0 == y.0).filter_map(|run| run.first()).copied().collect()
}

fn within(articles: &[u32]) -> Vec<(u32, u32)> {
    let Some((&first, rest)) = articles.split_first() else { return Vec::new() };
    if articles.len() > MOST_PAIRWISE {
        return rest.iter().map(|&other| (first, other)).collect();
    }
    let later = |(i, &a)| articles.iter().skip(i + 1).map(move |&b| (a, b));
    articles.iter().enumerate().flat_map(later).collect()
}

/// The pairs that the configuration asks for by address.
fn asked<'a>(config: &'a Config, corpus: &'a Corpus) -> impl Iterator<Item = (ArticleIx, ArticleIx)> + 'a {
    let find = |id: &str| corpus.articles.iter().position(|article| article.id == id);
    config.pairs.iter().filter_map(move |(a, b)| {
        let (a, b) = (find(a)?, find(b)?);
        (a != b).then_some((a.min(b), a.max(b)))
    })
}
