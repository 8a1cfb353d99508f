//! Which paragraphs of two articles belong together, and which of their clauses became which.
//!
//! ```text
//! 宣言 34 成员国对巴以冲突加剧深表担忧，…  ┐
//! 宣言 35 成员国强调必须确保尽快实现…      ├ 摘要 13 …深表担忧，…；强调必须…；指出确保…
//! 宣言 36 成员国指出确保中东和平稳定…      ┘
//! ```
//!
//! Paragraphs are linked by the rare grams they share; the heaviest chain of links that keeps the order of both sides is
//! taken; then the clauses decide: a paragraph none of whose clauses went into the other is let go. What is left is looked
//! for out of order.

use std::collections::BTreeMap;

use super::align::{self, Pair, align};
use super::chain::{Cell, Ends, heaviest};
use super::likeness::{Likeness, alike_anywhere, to_f64};
use super::side::{ClauseWords, Side};

/// Clauses of one paragraph: its index in the side, and the first and last (exclusive) of its clauses.
pub type Run = (usize, usize, usize);

/// Clauses of one side became clauses of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub a: Run,
    pub b: Run,
    pub moved: bool,
    /// How many characters of words the two have in common.
    pub common: usize,
}

/// Paragraphs (by index, in order) that belong together, with the links of their clauses, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bond {
    pub a: Vec<usize>,
    pub b: Vec<usize>,
    pub links: Vec<Link>,
    pub moved: bool,
}

/// Grams that stand in more pairs of paragraphs than this say nothing about any of them.
const MOST_CELLS_PER_GRAM: usize = 400;
/// Share of the rare grams of the poorer paragraph that makes two paragraphs candidates.
const CANDIDATE_SHARE: f64 = 0.12;
/// As many characters of words in common, in clauses that are no formulae, bind two paragraphs of any length.
const BINDING: usize = 8;
/// A clause that stands in as many paragraphs of one side is a formula there.
const FORMULA: usize = 3;

/// Binds the paragraphs of `a` and `b`; bonds are sorted by their first paragraph of `a`.
#[must_use]
pub fn bonds(a: &Side, b: &Side) -> Vec<Bond> {
    let cells = cells(a, b);
    let binder = Binder { a, b, formulae: formulae(a, b) };
    let chain = heaviest(&cells, Ends::Shared);
    let mut bonds: Vec<Bond> = Vec::new();
    for component in components(&chain) {
        bonds.extend(binder.settle(component));
    }
    binder.bind_leftovers(&cells, &mut bonds);
    bonds.sort_by(|x, y| x.a.cmp(&y.a));
    bonds
}

/// Candidate pairs of paragraphs, weighted by the rarity of the grams they share, sorted by `(a, b)`.
fn cells(a: &Side, b: &Side) -> Vec<Cell> {
    let postings = |side: &Side| {
        let mut list: Vec<(u64, usize)> = side
            .paragraphs
            .iter()
            .enumerate()
            .flat_map(|(p, words)| words.grams.iter().map(move |&g| (g, p)))
            .collect();
        list.sort_unstable();
        list
    };
    let (list_a, list_b) = (postings(a), postings(b));
    let most = to_f64(a.paragraphs.len().max(b.paragraphs.len()));
    let rarity = |df: usize| (1.0 + most / to_f64(df.max(1))).ln();
    let mut rich_a = vec![0.0; a.paragraphs.len()];
    let mut rich_b = vec![0.0; b.paragraphs.len()];
    let mut shared: Vec<(usize, usize, f64)> = Vec::new();
    let by_gram = |x: &(u64, usize), y: &(u64, usize)| x.0 == y.0;
    let mut runs_b = list_b.chunk_by(by_gram).peekable();
    let alone = |run: &[(u64, usize)], rich: &mut Vec<f64>| {
        run.iter().for_each(|&(_, p)| rich[p] += rarity(run.len()));
    };
    for run_a in list_a.chunk_by(by_gram) {
        let gram = run_a.first().map_or(0, |&(gram, _)| gram);
        while let Some(run_b) = runs_b.next_if(|run| run.first().is_some_and(|&(g, _)| g < gram)) {
            alone(run_b, &mut rich_b);
        }
        let Some(run_b) = runs_b.next_if(|run| run.first().is_some_and(|&(g, _)| g == gram)) else {
            alone(run_a, &mut rich_a);
            continue;
        };
        let weight = rarity(run_a.len().max(run_b.len()));
        run_a.iter().for_each(|&(_, p)| rich_a[p] += weight);
        run_b.iter().for_each(|&(_, p)| rich_b[p] += weight);
        if run_a.len().saturating_mul(run_b.len()) <= MOST_CELLS_PER_GRAM {
            shared.extend(run_a.iter().flat_map(|&(_, i)| run_b.iter().map(move |&(_, j)| (i, j, weight))));
        }
    }
    runs_b.for_each(|run| alone(run, &mut rich_b));
    shared.extend(equal_paragraphs(a, b).into_iter().map(|(i, j)| (i, j, rich_a[i].max(rich_b[j]))));
    shared.sort_by_key(|&(i, j, _)| (i, j));
    let sum = |run: &[(usize, usize, f64)]| {
        let &(i, j, _) = run.first()?;
        let weight: f64 = run.iter().map(|&(_, _, weight)| weight).sum();
        let poorer = rich_a[i].min(rich_b[j]);
        (weight >= CANDIDATE_SHARE * poorer).then_some(Cell { a: i, b: j, weight })
    };
    shared.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)).filter_map(sum).collect()
}

/// Paragraphs with the same key: the first with the first, the second with the second. However often a paragraph is
/// repeated, there are no more of these than paragraphs.
fn equal_paragraphs(a: &Side, b: &Side) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<&[char], (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (i, paragraph) in a.paragraphs.iter().enumerate() {
        places.entry(&paragraph.folded.key).or_default().0.push(i);
    }
    for (j, paragraph) in b.paragraphs.iter().enumerate() {
        if let Some(both) = places.get_mut(paragraph.folded.key.as_slice()) {
            both.1.push(j);
        }
    }
    places.into_values().flat_map(|(a, b)| a.into_iter().zip(b)).collect()
}

/// The words of clauses that stand in many paragraphs of one side.
fn formulae<'a>(a: &'a Side, b: &'a Side) -> Vec<&'a [char]> {
    let mut found = Vec::new();
    for side in [a, b] {
        let mut all: Vec<(&[char], usize)> =
            side.paragraphs.iter().flat_map(|p| &p.clauses).map(|c| (c.words.as_slice(), c.paragraph)).collect();
        all.sort_unstable();
        all.dedup();
        let often = all.chunk_by(|x, y| x.0 == y.0).filter(|run| run.len() >= FORMULA);
        found.extend(often.filter_map(|run| run.first()).map(|&(words, _)| words));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Paragraphs that a chain of cells holds together.
fn components(chain: &[Cell]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let run = |cells: &[Cell]| {
        let (mut a, mut b): (Vec<_>, Vec<_>) = cells.iter().map(|cell| (cell.a, cell.b)).unzip();
        a.dedup();
        b.dedup();
        (a, b)
    };
    chain.chunk_by(|x, y| x.a == y.a || x.b == y.b).map(run).collect()
}

struct Binder<'a> {
    a: &'a Side,
    b: &'a Side,
    formulae: Vec<&'a [char]>,
}

impl Binder<'_> {
    /// Lets the clauses decide which of the paragraphs belong together.
    fn settle(&self, component: (Vec<usize>, Vec<usize>)) -> Vec<Bond> {
        let mut open = vec![component];
        let mut bonds = Vec::new();
        while let Some((a, b)) = open.pop() {
            let links = self.link(&a, &b);
            let parts = self.strong_parts(&links);
            match parts.as_slice() {
                [only] if *only == (a.clone(), b.clone()) => bonds.push(Bond { a, b, links, moved: false }),
                // Every round lets go of a paragraph or cuts the component, so this ends.
                _ => open.extend(parts.into_iter().filter(|part| part.0.len() < a.len() || part.1.len() < b.len())),
            }
        }
        bonds
    }

    fn link(&self, a: &[usize], b: &[usize]) -> Vec<Link> {
        let (clauses_a, clauses_b) = (self.a.clauses(a), self.b.clauses(b));
        align(&clauses_a, &clauses_b).iter().filter_map(|pair| self.place(&clauses_a, &clauses_b, pair)).collect()
    }

    fn place(&self, a: &[&ClauseWords], b: &[&ClauseWords], pair: &Pair) -> Option<Link> {
        let run = |side: &Side, list: &[&ClauseWords], (from, to): (usize, usize)| {
            let first = list.get(from)?;
            let paragraph = side.paragraphs.get(first.paragraph)?;
            let at = paragraph.clauses.partition_point(|clause| clause.span < first.span);
            Some((first.paragraph, at, at + to - from))
        };
        Some(Link { a: run(self.a, a, pair.a)?, b: run(self.b, b, pair.b)?, moved: pair.moved, common: pair.common })
    }

    /// The paragraphs that `links` bind strongly, as connected parts.
    fn strong_parts(&self, links: &[Link]) -> Vec<(Vec<usize>, Vec<usize>)> {
        let mut strength: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
        for link in links {
            let sum = strength.entry((link.a.0, link.b.0)).or_default();
            sum.0 += if self.is_formula(link) { 0 } else { link.common };
            sum.1 += link.common;
        }
        let mut parts: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
        for (&(i, j), &(telling, all)) in &strength {
            if !self.is_strong((i, j), telling, all) {
                continue;
            }
            let (mut a, mut b) = (vec![i], vec![j]);
            for (more_a, more_b) in parts.extract_if(.., |part| part.0.contains(&i) || part.1.contains(&j)) {
                a.extend(more_a);
                b.extend(more_b);
            }
            for side in [&mut a, &mut b] {
                side.sort_unstable();
                side.dedup();
            }
            parts.push((a, b));
        }
        parts
    }

    fn is_strong(&self, (i, j): (usize, usize), telling: usize, all: usize) -> bool {
        let size = |side: &Side, at: usize| side.paragraphs.get(at).map_or(0, |p| p.size);
        let (a, b) = (size(self.a, i), size(self.b, j));
        telling >= BINDING || telling * 2 >= a.min(b).max(1) || all * 5 >= a.max(b) * 4
    }

    fn is_formula(&self, link: &Link) -> bool {
        let (p, from, to) = link.a;
        let clauses = self.a.paragraphs.get(p).and_then(|p| p.clauses.get(from..to)).unwrap_or(&[]);
        clauses.iter().all(|clause| self.formulae.binary_search(&clause.words.as_slice()).is_ok())
    }

    /// Looks for the paragraphs that no bond holds: among themselves, and in what is left of bound ones.
    fn bind_leftovers(&self, cells: &[Cell], bonds: &mut Vec<Bond>) {
        let mut home_a: Vec<Option<usize>> = vec![None; self.a.paragraphs.len()];
        let mut home_b: Vec<Option<usize>> = vec![None; self.b.paragraphs.len()];
        for (at, bond) in bonds.iter().enumerate() {
            bond.a.iter().for_each(|&i| home_a[i] = Some(at));
            bond.b.iter().for_each(|&j| home_b[j] = Some(at));
        }
        let mut order: Vec<&Cell> = cells.iter().collect();
        order.sort_by(|x, y| y.weight.total_cmp(&x.weight).then((x.a, x.b).cmp(&(y.a, y.b))));
        for cell in order {
            let (i, j) = (cell.a, cell.b);
            match (home_a[i], home_b[j]) {
                (Some(_), Some(_)) => {}
                (None, None) => {
                    for bond in self.settle((vec![i], vec![j])) {
                        let moved = bonds.iter().any(|other| crosses(other, &bond));
                        (home_a[i], home_b[j]) = (Some(bonds.len()), Some(bonds.len()));
                        bonds.push(Bond { moved, ..bond });
                    }
                }
                (home, other) => {
                    let Some(at) = home.or(other) else { continue };
                    if bonds.get_mut(at).is_some_and(|bond| self.join(bond, i, j)) {
                        (home_a[i], home_b[j]) = (Some(at), Some(at));
                    }
                }
            }
        }
    }

    /// Adds paragraph `i` of `a` or `j` of `b` to the bond that holds the other, if clauses still free there came of it.
    fn join(&self, bond: &mut Bond, i: usize, j: usize) -> bool {
        let free = |side: &'_ Side, paragraph: usize, used: &[Run]| -> Vec<usize> {
            let count = side.paragraphs.get(paragraph).map_or(0, |p| p.clauses.len());
            (0..count)
                .filter(|&c| !used.iter().any(|&(p, from, to)| p == paragraph && (from..to).contains(&c)))
                .collect()
        };
        let used_a: Vec<Run> = bond.links.iter().map(|link| link.a).collect();
        let used_b: Vec<Run> = bond.links.iter().map(|link| link.b).collect();
        let (free_a, free_b) = (free(self.a, i, &used_a), free(self.b, j, &used_b));
        let mut found = self.alike(i, &free_a, j, &free_b);
        found.sort_by(|x, y| y.common.cmp(&x.common).then(x.cmp(y)));
        let mut links: Vec<Link> = Vec::new();
        for link in found {
            if links.iter().all(|other| other.a != link.a && other.b != link.b) {
                links.push(link);
            }
        }
        let telling: usize = links.iter().filter(|link| !self.is_formula(link)).map(|link| link.common).sum();
        if telling < BINDING {
            return false;
        }
        for link in links {
            let moved = bond.links.iter().any(|other| !other.moved && (other.a < link.a) != (other.b < link.b));
            bond.links.push(Link { moved, ..link });
        }
        bond.links.sort_unstable();
        for (side, paragraph) in [(&mut bond.a, i), (&mut bond.b, j)] {
            side.push(paragraph);
            side.sort_unstable();
            side.dedup();
        }
        true
    }

    /// The links between single clauses of two paragraphs that hold by themselves.
    fn alike(&self, i: usize, of_a: &[usize], j: usize, of_b: &[usize]) -> Vec<Link> {
        let words = |side: &'_ Side, p: usize, c: usize| -> Vec<char> {
            side.paragraphs.get(p).and_then(|p| p.clauses.get(c)).map(|c| c.words.clone()).unwrap_or_default()
        };
        let mut found = Vec::new();
        for &x in of_a {
            let left = words(self.a, i, x);
            for &y in of_b {
                let right = words(self.b, j, y);
                let like = Likeness::new(&left, &right);
                if alike_anywhere(&left, &right, like) {
                    found.push(Link { a: (i, x, x + 1), b: (j, y, y + 1), moved: false, common: like.common });
                }
            }
        }
        found
    }
}

fn crosses(one: &Bond, other: &Bond) -> bool {
    (one.a < other.a) != (one.b < other.b)
}

/// The clauses of a side's paragraphs that stand in no link.
#[must_use]
pub fn free_clauses(side: &Side, paragraphs: &[usize], used: &[Run]) -> Vec<Run> {
    let pairs: Vec<(usize, Vec<Pair>)> = paragraphs
        .iter()
        .map(|&p| {
            let of_p = used.iter().filter(|run| run.0 == p);
            let pair = |&(_, from, to): &Run| Pair { a: (from, to), b: (0, 0), moved: false, common: 0 };
            (p, of_p.map(pair).collect())
        })
        .collect();
    let free = |(p, pairs): (usize, Vec<Pair>)| {
        let count = side.paragraphs.get(p).map_or(0, |p| p.clauses.len());
        align::leftovers(count, 0, &pairs).0.into_iter().map(move |c| (p, c, c + 1))
    };
    pairs.into_iter().flat_map(free).collect()
}
