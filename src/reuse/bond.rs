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

use std::collections::{BTreeMap, BTreeSet};

use super::align::{self, Pair, align};
use super::chain::{Cell, Ends, heaviest};
use super::leftover::Leftovers;
use super::likeness::to_f64;
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
/// Grams that stand in one paragraph of either side only, for two paragraphs to be looked at for moved clauses …
const FEW_GRAMS: f64 = 3.0;
/// … or for one to be looked for in what is left of another that is bound already: a word of four characters …
const A_WORD: f64 = 1.5;
/// … of which so many pairs are looked at.
const MOST_WEAK_CELLS: usize = 4096;
/// As many characters of words in common, in clauses that are no formulae, bind two paragraphs of any length.
pub const BINDING: usize = 8;
/// A clause of as many characters of words that stands on both sides as it is binds its paragraphs.
const WHOLE_CLAUSE: usize = 6;
/// A clause that stands in as many paragraphs of one side is a formula there.
const FORMULA: usize = 3;

/// Binds the paragraphs of `a` and `b`; bonds are sorted by their first paragraph of `a`.
#[must_use]
pub fn bonds(a: &Side, b: &Side) -> Vec<Bond> {
    let Cells { strong, weak, faint } = cells(a, b);
    let binder = Binder { a, b, formulae: formulae(a, b) };
    let chain = heaviest(&strong, Ends::Shared);
    let mut bonds: Vec<Bond> = Vec::new();
    for component in components(&chain) {
        bonds.extend(binder.settle(component));
    }
    let cells = [strong, weak].concat();
    Leftovers::new(&binder, &mut bonds).bind(&cells, &[cells.as_slice(), &faint].concat());
    bonds.sort_by(|x, y| x.a.cmp(&y.a));
    bonds
}

/// Candidate pairs of paragraphs, weighted by the rarity of the grams they share.
struct Cells {
    /// Those that share much, sorted by `(a, b)`.
    strong: Vec<Cell>,
    /// The heaviest of those that share a few rare grams.
    weak: Vec<Cell>,
    /// The heaviest of those that share a word.
    faint: Vec<Cell>,
}

fn cells(a: &Side, b: &Side) -> Cells {
    let most = a.paragraphs.len().max(b.paragraphs.len());
    // No gram stands in more paragraphs than there are; logarithms take time.
    let rarities: Vec<f64> = (0..=most).map(|df| (1.0 + to_f64(most) / to_f64(df.max(1))).ln()).collect();
    let rarity = |df: usize| rarities.get(df).copied().unwrap_or(0.0);
    let mut rich_a = vec![0.0; a.paragraphs.len()];
    let mut rich_b = vec![0.0; b.paragraphs.len()];
    let mut shared: Vec<(usize, usize, f64)> = Vec::new();
    let by_gram = |x: &(u64, usize), y: &(u64, usize)| x.0 == y.0;
    let mut runs_b = b.postings.chunk_by(by_gram).peekable();
    let alone = |run: &[(u64, usize)], rich: &mut Vec<f64>| {
        for &(_, p) in run {
            rich[p] += rarity(run.len());
        }
    };
    for run_a in a.postings.chunk_by(by_gram) {
        let gram = run_a.first().map_or(0, |&(gram, _)| gram);
        while let Some(run_b) = runs_b.next_if(|run| run.first().is_some_and(|&(g, _)| g < gram)) {
            alone(run_b, &mut rich_b);
        }
        let Some(run_b) = runs_b.next_if(|run| run.first().is_some_and(|&(g, _)| g == gram)) else {
            alone(run_a, &mut rich_a);
            continue;
        };
        let weight = rarity(run_a.len().max(run_b.len()));
        for (rich, run) in [(&mut rich_a, run_a), (&mut rich_b, run_b)] {
            for &(_, p) in run {
                rich[p] += weight;
            }
        }
        if run_a.len().saturating_mul(run_b.len()) <= MOST_CELLS_PER_GRAM {
            shared.extend(run_a.iter().flat_map(|&(_, i)| run_b.iter().map(move |&(_, j)| (i, j, weight))));
        }
    }
    runs_b.for_each(|run| alone(run, &mut rich_b));
    shared.extend(equal_paragraphs(a, b).into_iter().map(|(i, j)| (i, j, rich_a[i].max(rich_b[j]))));
    shared.extend(equal_clauses(a, b).into_iter().map(|(i, j)| (i, j, FEW_GRAMS * rarity(1))));
    shared.sort_by_key(|&(i, j, _)| (i, j));
    let sum = |run: &[(usize, usize, f64)]| {
        let &(i, j, _) = run.first()?;
        let weight: f64 = run.iter().map(|&(_, _, weight)| weight).sum();
        let poorer = rich_a[i].min(rich_b[j]);
        let same_use = a.paragraphs[i].is_furniture == b.paragraphs[j].is_furniture;
        same_use.then_some((weight >= CANDIDATE_SHARE * poorer, Cell { a: i, b: j, weight }))
    };
    let all = shared.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)).filter_map(sum);
    let (strong, rest): (Vec<_>, Vec<_>) = all.partition(|&(is_strong, _)| is_strong);
    let rest = rest.into_iter().map(|(_, cell)| cell).filter(|c| c.weight >= A_WORD * rarity(1));
    let (weak, faint) = rest.partition(|c| c.weight >= FEW_GRAMS * rarity(1));
    Cells { strong: strong.into_iter().map(|(_, cell)| cell).collect(), weak: heavy(weak), faint: heavy(faint) }
}

/// The heaviest cells, in that order.
fn heavy(mut cells: Vec<Cell>) -> Vec<Cell> {
    cells.sort_by(Cell::by_weight);
    cells.truncate(MOST_WEAK_CELLS);
    cells
}

/// Paragraphs with the same key: the first with the first, the second with the second. However often a paragraph is
/// repeated, there are no more of these than paragraphs.
fn equal_paragraphs(a: &Side, b: &Side) -> Vec<(usize, usize)> {
    in_turn(&a.sorted_keys().collect::<Vec<_>>(), &b.sorted_keys().collect::<Vec<_>>())
}

/// The paragraphs of equal clauses, the first with the first, the second with the second.
fn equal_clauses(a: &Side, b: &Side) -> Vec<(usize, usize)> {
    let long = |(words, _): &(&[char], usize)| words.len() >= WHOLE_CLAUSE;
    in_turn(&a.sorted_words().filter(long).collect::<Vec<_>>(), &b.sorted_words().filter(long).collect::<Vec<_>>())
}

fn in_turn(a: &[(&[char], usize)], b: &[(&[char], usize)]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut rest = b;
    for run in a.chunk_by(|x, y| x.0 == y.0) {
        let Some((words, _)) = run.first() else { continue };
        rest = rest.get(rest.partition_point(|(other, _)| other < words)..).unwrap_or(&[]);
        let same = rest.iter().take_while(|(other, _)| other == words);
        pairs.extend(run.iter().zip(same).map(|(x, y)| (x.1, y.1)));
    }
    pairs
}

/// The words of clauses that stand in many paragraphs of one side.
fn formulae<'a>(a: &'a Side, b: &'a Side) -> Vec<&'a [char]> {
    let mut found = Vec::new();
    for side in [a, b] {
        let mut all: Vec<(&[char], usize)> = side.sorted_words().collect();
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

/// The connected parts of a graph of links, in the order of their first links.
fn connected(links: &[(usize, usize)]) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut of_a: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut of_b: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(i, j) in links {
        of_a.entry(i).or_default().push(j);
        of_b.entry(j).or_default().push(i);
    }
    let mut parts = Vec::new();
    while let Some((first, joined)) = of_a.pop_first() {
        let mut part = (BTreeSet::from([first]), BTreeSet::new());
        let mut open = joined;
        while let Some(j) = open.pop() {
            part.1.insert(j);
            for i in of_b.remove(&j).unwrap_or_default() {
                part.0.insert(i);
                open.extend(of_a.remove(&i).unwrap_or_default());
            }
        }
        parts.push((part.0.into_iter().collect(), part.1.into_iter().collect()));
    }
    parts
}

/// Two sides, and what is a formula in them.
pub struct Binder<'a> {
    pub a: &'a Side,
    pub b: &'a Side,
    formulae: Vec<&'a [char]>,
}

impl Binder<'_> {
    /// Lets the clauses decide which of the paragraphs belong together.
    pub fn settle(&self, component: (Vec<usize>, Vec<usize>)) -> Vec<Bond> {
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
            sum.0 += self.telling(link);
            sum.1 += link.common;
        }
        let strong = strength.iter().filter(|&(&at, &(telling, all))| self.is_strong(at, telling, all));
        connected(&strong.map(|(&at, _)| at).collect::<Vec<_>>())
    }

    fn is_strong(&self, (i, j): (usize, usize), telling: usize, all: usize) -> bool {
        let size = |side: &Side, at: usize| side.paragraphs.get(at).map_or(0, |p| p.size);
        let (a, b) = (size(self.a, i), size(self.b, j));
        telling >= BINDING || telling * 2 >= a.min(b).max(1) || all >= a.min(b).max(WHOLE_CLAUSE)
    }

    /// How much a link binds: nothing if it is a formula, and enough if it is a whole clause, word for word.
    pub fn telling(&self, link: &Link) -> usize {
        let (a, b) = (clauses(self.a, link.a), clauses(self.b, link.b));
        if self.are_formulae(a) {
            return 0;
        }
        let is_whole = matches!((a, b), ([x], [y]) if x.words == y.words) && link.common >= WHOLE_CLAUSE;
        if is_whole { link.common.max(BINDING) } else { link.common }
    }

    pub fn are_formulae(&self, clauses: &[ClauseWords]) -> bool {
        clauses.iter().all(|clause| self.formulae.binary_search(&clause.words.as_slice()).is_ok())
    }
}

/// The clauses of a run.
pub fn clauses(side: &Side, (p, from, to): Run) -> &[ClauseWords] {
    side.paragraphs.get(p).and_then(|p| p.clauses.get(from..to)).unwrap_or(&[])
}

/// The clauses of a side's paragraphs that stand in no link, in order.
#[must_use]
pub fn free_clauses(side: &Side, paragraphs: &[usize], used: &[Run]) -> Vec<Run> {
    let mut used: Vec<Run> = used.to_vec();
    used.sort_unstable();
    let free = |&p: &usize| {
        let count = side.paragraphs.get(p).map_or(0, |p| p.clauses.len());
        let first = used.partition_point(|run| run.0 < p);
        let of_p = used.iter().skip(first).take_while(|run| run.0 == p);
        let pairs: Vec<Pair> =
            of_p.map(|&(_, from, to)| Pair { a: (from, to), b: (0, 0), moved: false, common: 0 }).collect();
        align::leftovers(count, 0, &pairs).0.into_iter().map(move |c| (p, c, c + 1)).collect::<Vec<Run>>()
    };
    paragraphs.iter().flat_map(free).collect()
}
