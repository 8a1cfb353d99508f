//! The heaviest way through links that keeps the order of both sides.
//!
//! ```text
//! 宣言 3 ─ 摘要 2 ─ 9.5      kept
//! 宣言 4 ─ 摘要 2 ─ 7.1      kept: two paragraphs may go into one
//! 宣言 5 ─ 摘要 1 ─ 6.0      left out: it crosses the two
//! ```

use std::cmp::Ordering;

/// `a` of one side is linked to `b` of the other with some weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub a: usize,
    pub b: usize,
    pub weight: f64,
}

impl Cell {
    /// The heavier comes first.
    #[must_use]
    pub fn by_weight(&self, other: &Self) -> Ordering {
        other.weight.total_cmp(&self.weight).then((self.a, self.b).cmp(&(other.a, other.b)))
    }
}

/// Whether links may share an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    Shared,
    Apart,
}

/// The heaviest chain through `cells`, which are sorted by `(a, b)`; O(n log n).
#[must_use]
pub fn heaviest(cells: &[Cell], ends: Ends) -> Vec<Cell> {
    let width = cells.iter().map(|cell| cell.b + 1).max().unwrap_or(0);
    let mut best = PrefixMax::new(width);
    let mut previous: Vec<Option<usize>> = vec![None; cells.len()];
    let mut top: Option<(f64, usize)> = None;
    let mut from = 0;
    for row in cells.chunk_by(|x, y| x.a == y.a) {
        let mut found = Vec::with_capacity(row.len());
        for (at, cell) in (from..).zip(row) {
            let limit = if ends == Ends::Shared { cell.b + 1 } else { cell.b };
            let before = best.upto(limit);
            let total = cell.weight + before.map_or(0.0, |(total, _)| total);
            if let Some(slot) = previous.get_mut(at) {
                *slot = before.map(|(_, at)| at);
            }
            if top.is_none_or(|(most, _)| total > most) {
                top = Some((total, at));
            }
            match ends {
                Ends::Shared => best.raise(cell.b, (total, at)),
                Ends::Apart => found.push((cell.b, (total, at))),
            }
        }
        for (b, value) in found {
            best.raise(b, value);
        }
        from += row.len();
    }
    let mut chain = Vec::new();
    let mut at = top.map(|(_, at)| at);
    while let Some(i) = at {
        chain.extend(cells.get(i));
        at = previous.get(i).copied().flatten();
    }
    chain.reverse();
    chain
}

/// A Fenwick tree of prefix maxima.
struct PrefixMax {
    tree: Vec<Option<(f64, usize)>>,
}

impl PrefixMax {
    fn new(width: usize) -> Self {
        Self { tree: vec![None; width + 1] }
    }

    /// The greatest value among the first `count` places; the earliest of equals.
    fn upto(&self, count: usize) -> Option<(f64, usize)> {
        let mut best: Option<(f64, usize)> = None;
        let mut at = count.min(self.tree.len().saturating_sub(1));
        while at > 0 {
            if let Some(&Some(value)) = self.tree.get(at)
                && best.is_none_or(|best| is_better(value, best))
            {
                best = Some(value);
            }
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, place: usize, value: (f64, usize)) {
        let mut at = place + 1;
        while let Some(slot) = self.tree.get_mut(at) {
            if slot.is_none_or(|held| is_better(value, held)) {
                *slot = Some(value);
            }
            at += at & at.wrapping_neg();
        }
    }
}

fn is_better(new: (f64, usize), held: (f64, usize)) -> bool {
    new.0 > held.0 || (new.0 >= held.0 && new.1 < held.1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cells(list: &[(usize, usize, f64)]) -> Vec<Cell> {
        list.iter().map(|&(a, b, weight)| Cell { a, b, weight }).collect()
    }

    fn weight(chain: &[Cell]) -> f64 {
        chain.iter().map(|cell| cell.weight).sum()
    }

    /// The same by trying every predecessor.
    fn slow(cells: &[Cell], ends: Ends) -> f64 {
        let mut totals: Vec<f64> = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            let before = cells[..at].iter().zip(&totals).filter(|(c, _)| match ends {
                Ends::Shared => c.a <= cell.a && c.b <= cell.b,
                Ends::Apart => c.a < cell.a && c.b < cell.b,
            });
            let best = before.map(|(_, &total)| total).fold(0.0, f64::max);
            totals.push(best + cell.weight);
        }
        totals.into_iter().fold(0.0, f64::max)
    }

    #[test]
    fn a_crossing_link_is_left_out() {
        let found = heaviest(&cells(&[(3, 2, 9.5), (4, 2, 7.1), (5, 1, 6.0)]), Ends::Shared);
        assert_eq!(found, cells(&[(3, 2, 9.5), (4, 2, 7.1)]));
        let apart = heaviest(&cells(&[(3, 2, 9.5), (4, 2, 7.1), (5, 1, 6.0)]), Ends::Apart);
        assert_eq!(apart, cells(&[(3, 2, 9.5)]));
    }

    proptest! {
        #[test]
        fn no_chain_is_heavier(mut list in prop::collection::btree_map((0usize..7, 0usize..7), 1u32..9, 0..30)) {
            let cells: Vec<Cell> =
                std::mem::take(&mut list).into_iter().map(|((a, b), w)| Cell { a, b, weight: f64::from(w) }).collect();
            for ends in [Ends::Shared, Ends::Apart] {
                let found = heaviest(&cells, ends);
                prop_assert!((weight(&found) - slow(&cells, ends)).abs() < 1e-9);
            }
        }
    }
}
