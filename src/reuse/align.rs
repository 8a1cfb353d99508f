//! The clauses of two passages that are known to belong together → which clause became which.
//!
//! ```text
//! 推动阿富汗搭建广泛包容的政治架构，┐
//! 走上和平重建道路。                ┘ 推动阿富汗走上和平重建道路。        two clauses became one
//! 聚焦发展动能推陈出新。              –                                  omitted
//! ```
//!
//! First the best alignment that keeps the order, by dynamic programming over 1:1, n:1 and 1:n; then what is left over is
//! looked for out of order, alone or as a part of a clause that has its partner already.

use super::chain::{Cell, Ends, heaviest};
use super::likeness::{Likeness, Pattern, alike_beside, alike_in_place, common, to_f64};
use super::side::ClauseWords;

/// Clauses `a.0..a.1` of one side became clauses `b.0..b.1` of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    pub a: (usize, usize),
    pub b: (usize, usize),
    /// It stands in another order than its neighbours.
    pub moved: bool,
    /// How many characters of words the two have in common.
    pub common: usize,
}

/// Above this many cells, clauses that are equal on both sides cut the work into smaller pieces.
const FULL_CELLS: usize = 1 << 18;
/// A clause that gives less to one it does not stand beside is not looked for in it.
const LEAST_ABSORBED: usize = 4;
/// As many clauses may become one.
const MOST_MERGED: usize = 4;

/// Aligns clauses `a` with clauses `b`; the pairs are sorted, and those not `moved` keep the order of both sides.
#[must_use]
pub fn align(a: &[&ClauseWords], b: &[&ClauseWords]) -> Vec<Pair> {
    let mut pairs = in_order(a, b);
    let besides = beside(a, b, &pairs);
    pairs.extend(besides);
    pairs.sort_unstable();
    out_of_order(a, b, &mut pairs);
    absorb(a, b, &mut pairs);
    pairs.sort_unstable();
    pairs
}

fn in_order(a: &[&ClauseWords], b: &[&ClauseWords]) -> Vec<Pair> {
    if a.len().saturating_mul(b.len()) <= FULL_CELLS {
        return Table::new(a, b).best();
    }
    let mut pairs = Vec::new();
    let (mut from_a, mut from_b) = (0, 0);
    for (i, j) in anchors(a, b).into_iter().chain([(a.len(), b.len())]) {
        let (gap_a, gap_b) = (a.get(from_a..i).unwrap_or(&[]), b.get(from_b..j).unwrap_or(&[]));
        if gap_a.len().saturating_mul(gap_b.len()) <= FULL_CELLS {
            let shift = |(x, y): (usize, usize), by: usize| (x + by, y + by);
            let table = Table::new(gap_a, gap_b);
            pairs.extend(table.best().into_iter().map(|p| Pair { a: shift(p.a, from_a), b: shift(p.b, from_b), ..p }));
        }
        if let Some(clause) = a.get(i) {
            pairs.push(Pair { a: (i, i + 1), b: (j, j + 1), moved: false, common: clause.words.len() });
        }
        (from_a, from_b) = (i + 1, j + 1);
    }
    pairs
}

/// Equal clauses, the first with the first, the second with the second, in the longest order that both sides keep.
fn anchors(a: &[&ClauseWords], b: &[&ClauseWords]) -> Vec<(usize, usize)> {
    let sorted = |side: &[&ClauseWords]| {
        let mut order: Vec<usize> = (0..side.len()).collect();
        order.sort_by(|&x, &y| words_at(side, x).cmp(words_at(side, y)).then(x.cmp(&y)));
        order
    };
    let (order_a, order_b) = (sorted(a), sorted(b));
    let mut cells = Vec::new();
    let mut rest = order_b.as_slice();
    for run in order_a.chunk_by(|&x, &y| words_at(a, x) == words_at(a, y)) {
        let Some(&first) = run.first() else { continue };
        let words = words_at(a, first);
        let smaller = rest.partition_point(|&j| words_at(b, j) < words);
        rest = rest.get(smaller..).unwrap_or(&[]);
        let same = rest.iter().take_while(|&&j| words_at(b, j) == words);
        cells.extend(run.iter().zip(same).map(|(&a, &b)| Cell { a, b, weight: to_f64(words.len()) }));
    }
    cells.sort_by_key(|cell| (cell.a, cell.b));
    heaviest(&cells, Ends::Apart).into_iter().map(|cell| (cell.a, cell.b)).collect()
}

fn words_at<'a>(side: &[&'a ClauseWords], at: usize) -> &'a [char] {
    side.get(at).map_or(&[], |clause| &clause.words)
}

/// Which blocks of clauses may stand for each other, and what that is worth.
struct Table<'a> {
    a: &'a [&'a ClauseWords],
    b: &'a [&'a ClauseWords],
    /// Common characters of each clause of `a` with each of `b`.
    common: Vec<usize>,
}

impl<'a> Table<'a> {
    fn new(a: &'a [&'a ClauseWords], b: &'a [&'a ClauseWords]) -> Self {
        let row = |x: &ClauseWords| {
            let pattern = Pattern::new(&x.words);
            b.iter().map(|y| pattern.common(&y.words)).collect::<Vec<_>>()
        };
        let common = a.iter().flat_map(|x| row(x)).collect();
        Self { a, b, common }
    }

    fn common(&self, i: usize, j: usize) -> usize {
        self.common.get(i * self.b.len() + j).copied().unwrap_or(0)
    }

    /// The alignment of most worth.
    fn best(&self) -> Vec<Pair> {
        let (rows, columns) = (self.a.len() + 1, self.b.len() + 1);
        let mut worth = vec![0.0_f64; rows * columns];
        let mut came: Vec<Option<Pair>> = vec![None; rows * columns];
        let at = |i: usize, j: usize| i * columns + j;
        for i in 0..rows {
            for j in 0..columns {
                let up = i.checked_sub(1).map_or(0.0, |i| worth[at(i, j)]);
                let left = j.checked_sub(1).map_or(0.0, |j| worth[at(i, j)]);
                let (mut most, mut pair) = (up.max(left), None);
                for (value, block) in self.blocks_ending(i, j) {
                    let total = worth[at(block.a.0, block.b.0)] + value;
                    if total > most {
                        (most, pair) = (total, Some(block));
                    }
                }
                worth[at(i, j)] = most;
                came[at(i, j)] = pair;
            }
        }
        let (mut i, mut j) = (self.a.len(), self.b.len());
        let mut pairs = Vec::new();
        while i > 0 && j > 0 {
            if let Some(pair) = came[at(i, j)] {
                pairs.push(pair);
                (i, j) = (pair.a.0, pair.b.0);
            } else if worth[at(i - 1, j)] >= worth[at(i, j - 1)] {
                i -= 1;
            } else {
                j -= 1;
            }
        }
        pairs.reverse();
        pairs
    }

    /// The blocks that end before clause `i` of `a` and before clause `j` of `b`.
    fn blocks_ending(&self, i: usize, j: usize) -> impl Iterator<Item = (f64, Pair)> {
        let one = || self.one_to_one(i.checked_sub(1)?, j.checked_sub(1)?);
        let merged = (2..=MOST_MERGED).filter_map(move |n| self.merged(i.checked_sub(n)?, i, j.checked_sub(1)?));
        let split = (2..=MOST_MERGED).filter_map(move |n| self.split(i.checked_sub(1)?, j.checked_sub(n)?, j));
        one().into_iter().chain(merged).chain(split)
    }

    fn one_to_one(&self, i: usize, j: usize) -> Option<(f64, Pair)> {
        let (x, y) = (&self.a.get(i)?.words, &self.b.get(j)?.words);
        let common = self.common(i, j);
        let like = Likeness { common, len_a: x.len(), len_b: y.len() };
        let equal = x == y;
        if !equal && !alike_in_place(x, y, like) {
            return None;
        }
        let bonus = if equal { 0.5 } else { 0.0 };
        Some((worth(like) + bonus, Pair { a: (i, i + 1), b: (j, j + 1), moved: false, common }))
    }

    fn merged(&self, from: usize, to: usize, j: usize) -> Option<(f64, Pair)> {
        let ends = self.common(from, j).min(self.common(to - 1, j));
        let at_most = || (from..to).map(|i| self.common(i, j)).sum();
        let like = (ends >= 2).then(|| join(self.a.get(from..to)?, self.b.get(j)?, at_most())).flatten()?;
        Some((worth(like), Pair { a: (from, to), b: (j, j + 1), moved: false, common: like.common }))
    }

    fn split(&self, i: usize, from: usize, to: usize) -> Option<(f64, Pair)> {
        let ends = self.common(i, from).min(self.common(i, to - 1));
        let at_most = || (from..to).map(|j| self.common(i, j)).sum();
        let like = (ends >= 2).then(|| join(self.b.get(from..to)?, self.a.get(i)?, at_most())).flatten()?;
        let like = Likeness { len_a: like.len_b, len_b: like.len_a, ..like };
        Some((worth(like), Pair { a: (i, i + 1), b: (from, to), moved: false, common: like.common }))
    }
}

/// What a block is worth: its common characters, less what the two sides do not share. An omission is cheap, for that is
/// what abstracts do; a rest on the shorter side is dear, for it must have come from somewhere.
fn worth(like: Likeness) -> f64 {
    to_f64(like.common)
        - 0.3 * to_f64(like.shorter() - like.common.min(like.shorter()))
        - 0.02 * to_f64(like.longer() - like.common.min(like.longer()))
}

/// Whether clauses `parts` of one paragraph became the one clause `whole`: all of them must have a share in it, and
/// together explain it better than any run of fewer does. They have `at_most` as many characters in common with it: the sum of
/// what each has.
fn join(parts: &[&ClauseWords], whole: &ClauseWords, at_most: usize) -> Option<Likeness> {
    let (first, last) = (parts.first()?, parts.last()?);
    if first.paragraph != last.paragraph {
        return None;
    }
    let len_a = parts.iter().map(|part| part.words.len()).sum();
    let len_b = whole.words.len();
    let is_enough =
        |like: &Likeness| like.common >= 4 && ((len_b - like.common) * 4 <= len_b || like.symmetric() >= 0.7);
    let best = Likeness { common: at_most.min(len_b), len_a, len_b };
    let like = is_enough(&best).then(|| Likeness { common: joined_common(parts, &whole.words), len_a, len_b })?;
    let Likeness { common, .. } = like;
    let rest = len_b - common;
    let has_share = |at: usize| {
        let without: Vec<&ClauseWords> =
            parts.iter().enumerate().filter(|&(i, _)| i != at).map(|(_, &part)| part).collect();
        let gain = common - joined_common(&without, &whole.words).min(common);
        let size = parts.get(at).map_or(0, |part| part.words.len());
        gain >= 2 && (gain * 3 >= size || rest * 5 <= gain)
    };
    (is_enough(&like) && (0..parts.len()).all(has_share)).then_some(like)
}

/// Common characters of the joined `parts` with `whole`; of two parts also in the other order.
fn joined_common(parts: &[&ClauseWords], whole: &[char]) -> usize {
    let join = |parts: &mut dyn Iterator<Item = &&ClauseWords>| -> Vec<char> {
        parts.flat_map(|part| part.words.iter().copied()).collect()
    };
    let there = common(&join(&mut parts.iter()), whole);
    if parts.len() == 2 { there.max(common(&join(&mut parts.iter().rev()), whole)) } else { there }
}

/// What stands right before or behind one of `pairs`, with nothing but leftovers between: there, a part of a clause is
/// enough. 扩大在…方面的合作 behind 应完善…机制 is 坚决打击…和跨国组织犯罪 behind 完善…机制.
fn beside(a: &[&ClauseWords], b: &[&ClauseWords], pairs: &[Pair]) -> Vec<Pair> {
    let pair = |at: (usize, usize)| Pair { a: (at.0, at.0), b: (at.1, at.1), moved: false, common: 0 };
    let fences = [&[pair((0, 0))], pairs, &[pair((a.len(), b.len()))]].concat();
    let alike = |i: usize, j: usize| {
        let (x, y) = (a.get(i)?, b.get(j)?);
        let like = x.may_share_run(y).then(|| Likeness::new(&x.words, &y.words))?;
        let is_alike = alike_beside(&x.words, &y.words, like);
        is_alike.then_some(Pair { a: (i, i + 1), b: (j, j + 1), moved: false, common: like.common })
    };
    let in_gap = |fence: &[Pair]| {
        let (before, after) = (fence.first()?, fence.last()?);
        let is_gap = before.a.1 < after.a.0 && before.b.1 < after.b.0;
        let last = (after.a.0.checked_sub(1)?, after.b.0.checked_sub(1)?);
        // A pair and what lies behind it, or before it: one of the two clauses touches it.
        let touching = |(i, j): (usize, usize), beside: &Pair| {
            let at = |side: &[&ClauseWords], x: usize, y: usize| {
                let paragraph = |at: usize| side.get(at).map(|clause| clause.paragraph);
                paragraph(x) == paragraph(y)
            };
            beside.common > 0 && at(a, i, beside.a.0) && at(b, j, beside.b.0)
        };
        let of_a = (before.a.1..after.a.0).flat_map(|i| [((i, before.b.1), before), ((i, last.1), after)]);
        let of_b = (before.b.1..after.b.0).flat_map(|j| [((before.a.1, j), before), ((last.0, j), after)]);
        let near = of_a.chain(of_b).filter(|&(at, beside)| is_gap && touching(at, beside));
        near.filter_map(|((i, j), _)| alike(i, j)).max_by_key(|pair| (pair.common, std::cmp::Reverse(*pair)))
    };
    fences.windows(2).filter_map(in_gap).collect()
}

/// Pairs what the alignment in order left over.
fn out_of_order(a: &[&ClauseWords], b: &[&ClauseWords], pairs: &mut Vec<Pair>) {
    let (left_a, left_b) = leftovers(a.len(), b.len(), pairs);
    if left_a.len().saturating_mul(left_b.len()) > FULL_CELLS {
        return;
    }
    let mut found: Vec<(f64, Pair)> = Vec::new();
    for &i in &left_a {
        for &j in &left_b {
            let (Some(x), Some(y)) = (a.get(i), b.get(j)) else { continue };
            if let Some(like) = x.alike_anywhere(y) {
                found.push((worth(like), Pair { a: (i, i + 1), b: (j, j + 1), moved: true, common: like.common }));
            }
        }
    }
    found.sort_by(|(x, p), (y, q)| y.total_cmp(x).then(p.cmp(q)));
    let mut used_a = vec![false; a.len()];
    let mut used_b = vec![false; b.len()];
    for (_, pair) in found {
        if !used_a[pair.a.0] && !used_b[pair.b.0] {
            (used_a[pair.a.0], used_b[pair.b.0]) = (true, true);
            pairs.push(Pair { moved: crosses(pairs, pair), ..pair });
        }
    }
}

/// Finds clauses that went, out of order, into one that another clause became: both are then paired with it.
fn absorb(a: &[&ClauseWords], b: &[&ClauseWords], pairs: &mut Vec<Pair>) {
    let (left_a, left_b) = leftovers(a.len(), b.len(), pairs);
    if pairs.len().saturating_mul(left_a.len() + left_b.len()) > FULL_CELLS {
        return;
    }
    let single = |pair: &&Pair| pair.a.1 - pair.a.0 == 1 && pair.b.1 - pair.b.0 == 1;
    let found: Vec<Pair> = pairs.iter().filter(single).copied().collect();
    for &i in &left_a {
        let into = found.iter().filter_map(|pair| Some((joins(a, i, pair.a.0, b.get(pair.b.0)?)?, pair)));
        if let Some((gain, pair)) = into.max_by_key(|&(gain, pair)| (gain, std::cmp::Reverse(*pair))) {
            pairs.push(Pair { a: (i, i + 1), b: pair.b, moved: true, common: gain });
        }
    }
    for &j in &left_b {
        let into = found.iter().filter_map(|pair| Some((joins(b, j, pair.b.0, a.get(pair.a.0)?)?, pair)));
        if let Some((gain, pair)) = into.max_by_key(|&(gain, pair)| (gain, std::cmp::Reverse(*pair))) {
            pairs.push(Pair { a: pair.a, b: (j, j + 1), moved: true, common: gain });
        }
    }
}

/// How much of `whole` comes from clause `new` of `side` beside clause `held`, if both have a share in it.
fn joins(side: &[&ClauseWords], new: usize, held: usize, whole: &ClauseWords) -> Option<usize> {
    let common_of = |at: usize| side.get(at).map_or(0, |clause| common(&clause.words, &whole.words));
    if side.get(new)?.like_at_most(whole).common < LEAST_ABSORBED {
        return None;
    }
    let of_new = common_of(new);
    if of_new < LEAST_ABSORBED {
        return None;
    }
    let of_held = common_of(held);
    let parts = [*side.get(new.min(held))?, *side.get(new.max(held))?];
    let gain = join(&parts, whole, of_new + of_held)?.common.saturating_sub(of_held);
    (gain >= LEAST_ABSORBED).then_some(gain)
}

/// Whether `pair` stands in another order than one of `pairs`.
pub fn crosses(pairs: &[Pair], pair: Pair) -> bool {
    pairs.iter().any(|other| (other.a < pair.a) != (other.b < pair.b))
}

/// The clauses of either side that stand in no pair.
#[must_use]
pub fn leftovers(len_a: usize, len_b: usize, pairs: &[Pair]) -> (Vec<usize>, Vec<usize>) {
    let mut left_a = vec![true; len_a];
    let mut left_b = vec![true; len_b];
    for pair in pairs {
        left_a.iter_mut().take(pair.a.1).skip(pair.a.0).for_each(|left| *left = false);
        left_b.iter_mut().take(pair.b.1).skip(pair.b.0).for_each(|left| *left = false);
    }
    let indices = |left: Vec<bool>| left.into_iter().enumerate().filter_map(|(i, left)| left.then_some(i)).collect();
    (indices(left_a), indices(left_b))
}
