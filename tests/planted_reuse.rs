//! Abstracts planted among hundreds of other texts: how many of their clauses are found, and how many finds are right.
//!
//! `cargo test --test planted_reuse -- --nocapture` prints the figures.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails, and its tables are for the reader of the run")]

#[path = "common/planted.rs"]
mod planted;
#[path = "common/witnesses.rs"]
mod witnesses;

use std::collections::{BTreeMap, BTreeSet};

use duikan::clause::clauses;
use duikan::config::Config;
use duikan::model::{Article, Clause, Reuse};
use planted::Fate;

type At = (usize, u32, u32);

fn reuse(articles: &[Article]) -> (Vec<Vec<Clause>>, Reuse) {
    let cut: Vec<Vec<Clause>> = articles.iter().map(clauses).collect();
    let reuse = duikan::reuse::reuse(&Config::default(), &[], articles, &cut);
    (cut, reuse)
}

/// All pairs of clauses that the collations hold: article, paragraph and clause number of either side.
fn pairs(cut: &[Vec<Clause>], reuse: &Reuse) -> BTreeSet<(At, At)> {
    let numbers = |article: usize, place: (u32, u32, u32)| -> Vec<At> {
        let paragraph = cut[article].iter().filter(|clause| clause.paragraph == place.0);
        let inside = (1..).zip(paragraph).filter(|(_, clause)| place.1 <= clause.start && clause.end <= place.2);
        inside.map(|(k, _)| (article, place.0, k)).collect()
    };
    let mut found = BTreeSet::new();
    for collation in &reuse.collations {
        for pair in collation.groups.iter().flat_map(|group| &group.clauses) {
            let (Some(a), Some(b)) = (pair.a, pair.b) else { continue };
            for x in numbers(collation.a, a) {
                for y in numbers(collation.b, b) {
                    found.insert((x.min(y), x.max(y)));
                }
            }
        }
    }
    found
}

/// Below six Han characters a clause is no evidence by itself (成员国指出，) and is found only where its neighbours are.
fn is_turn_of_speech(clause: &str) -> bool {
    clause.chars().filter(|c| c.is_alphanumeric()).count() < 6
}

fn printed_clause(article: &Article, cut: &[Clause], at: At) -> String {
    let clause = cut.iter().filter(|clause| clause.paragraph == at.1).nth(at.2 as usize - 1).unwrap();
    clause.words(article).to_owned()
}

#[test]
fn planted_clauses_are_found_and_little_else() {
    let mut sums: BTreeMap<Fate, (usize, usize)> = BTreeMap::new();
    let (mut right, mut all) = (0, 0);
    for seed in 1..=3 {
        let corpus = planted::corpus(seed, 300, 6, 60);
        let (cut, reuse) = reuse(&corpus.articles);
        let found = pairs(&cut, &reuse);
        let mut true_pairs = BTreeSet::new();
        for (full, short, made) in &corpus.pairs {
            for clause in made {
                let from = (*full, clause.from.0, clause.from.1);
                let to = (*short, clause.to.0, clause.to.1);
                let pair = (from.min(to), from.max(to));
                true_pairs.insert(pair);
                if is_turn_of_speech(&printed_clause(&corpus.articles[to.0], &cut[to.0], to)) {
                    continue;
                }
                let sum = sums.entry(clause.fate).or_default();
                sum.0 += usize::from(found.contains(&pair));
                sum.1 += 1;
                if !found.contains(&pair) {
                    let text = |at: At| printed_clause(&corpus.articles[at.0], &cut[at.0], at);
                    println!("missed {:?} in {}-{}\n  {}\n  {}", clause.fate, pair.0.0, pair.1.0, text(from), text(to));
                }
            }
        }
        right += found.intersection(&true_pairs).count();
        all += found.len();
    }
    let share = |a: usize, b: usize| f64::from(u32::try_from(a).unwrap()) / f64::from(u32::try_from(b).unwrap());
    for (fate, &(found, planted)) in &sums {
        println!("{fate:?}: {:.4} of {planted}", share(found, planted));
    }
    println!("precision: {:.4} of {all}", share(right, all));
    let recall = |fate: Fate| sums.get(&fate).map_or(1.0, |&(found, planted)| share(found, planted));
    assert!(recall(Fate::Verbatim) >= 1.0);
    assert!(recall(Fate::Substituted) >= 0.95);
    assert!(recall(Fate::Shortened) >= 0.95);
    assert!(share(right, all) >= 0.95);
}
