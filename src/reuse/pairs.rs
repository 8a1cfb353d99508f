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

use super::candidate::Alike;
use super::cluster::{Corpus, spread};
use super::seed::{ClauseAt, han};

/// Up to so many articles, a shared clause speaks for every pair of them; above, for each with the first.
const MOST_PAIRWISE: usize = 24;
/// Clauses with fewer Han characters do not speak for a pair.
const SHORTEST: usize = 6;

/// The pairs to collate, each with the earlier article first, in order; and how many that share enough were left out.
#[must_use]
pub fn pairs(config: &Config, corpus: &Corpus, alike: &[Alike]) -> (Vec<(ArticleIx, ArticleIx)>, usize) {
    let size = |article: ArticleIx| corpus.keys.size(article);
    let (wanted, partners_at_most) = (config.collate.characters, config.collate.partners);
    // Two fifths of that are enough where they are a tenth of the shorter article.
    let wanted_of_short = wanted * 2 / 5;
    let mut enough: Vec<(usize, ArticleIx, ArticleIx)> = weighted(corpus, alike)
        .into_iter()
        .filter(|&(weight, a, b)| weight >= wanted || weight >= wanted_of_short && weight * 10 >= size(a).min(size(b)))
        .collect();
    enough.sort_unstable_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut partners = vec![0_usize; corpus.articles.len()];
    let mut chosen: BTreeSet<(ArticleIx, ArticleIx)> = asked(config, corpus).collect();
    let mut left_out = 0;
    for (_, a, b) in enough {
        if partners[a] < partners_at_most && partners[b] < partners_at_most {
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
        let telling = spread(places) >= 2 && han(words) >= SHORTEST;
        let counts = |run: &[ClauseAt]| Some((run.first()?.0, run.len()));
        let articles = places.chunk_by(|x, y| x.0 == y.0).filter_map(counts).filter(|_| telling).collect::<Vec<_>>();
        within(&articles).into_iter().map(|(pair, times)| (pair, words.len() * times))
    };
    let of_alike = |found: &Alike| {
        let telling = spread(keys.places(found.a)).max(spread(keys.places(found.b))) <= formula;
        let pairs = if telling { corpus.altered_pairs(found) } else { Vec::new() };
        let common = found.likeness.common;
        let mut pairs: Vec<(u32, u32)> = pairs.into_iter().map(|(a, b)| (a.0, b.0)).collect();
        pairs.sort_unstable();
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

/// Pairs of articles, and how often both have the clause, from articles with how often they have it.
fn within(articles: &[(u32, usize)]) -> Vec<((u32, u32), usize)> {
    let pair = |&(a, times_a): &(u32, usize), &(b, times_b): &(u32, usize)| ((a, b), times_a.min(times_b));
    let Some((first, rest)) = articles.split_first() else { return Vec::new() };
    if articles.len() > MOST_PAIRWISE {
        return rest.iter().map(|other| pair(first, other)).collect();
    }
    let later = |(i, a)| articles.iter().skip(i + 1).map(move |b| pair(a, b));
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
