//! The paragraphs that the order of both sides left over → among themselves, and in what is left of bound ones.
//!
//! ```text
//! 报道 10 …反对单边制裁，反对干涉别国内政。…支持基于“两国方案”全面、公正解决巴勒斯坦问题。   bound to 宣言 38, 40 …
//! 宣言 31 成员国指出确保中东和平稳定的唯一可能途径是全面和公正解决巴勒斯坦问题。             joins: a run of ten
//! 宣言 62 …反对破坏多边贸易体制、阻碍全球可持续发展的单边制裁和贸易限制。                 joins: 反对│单边制裁, all of a clause
//! ```
//!
//! What stands alone must be alike; what joins a paragraph that is known to gather from the other side may be kept in part.

use super::bond::{BINDING, Binder, Bond, Link, Run, clauses};
use super::chain::Cell;
use super::likeness::{Likeness, alike_anywhere, is_in_two_pieces, longest_run};
use super::side::{ClauseWords, Side, grams};

/// A run of as many characters that stands nowhere else on either side, and is so much of the shorter clause, keeps it.
const LONG_RUN: usize = 8;
const PART: f64 = 0.45;
/// A clause of as many characters may stand in another in two pieces.
const WHOLE: usize = 6;

/// Whether two clauses became each other, and by how many characters.
type Test = fn(&Binder<'_>, &ClauseWords, &ClauseWords) -> Option<usize>;

/// Bonds that grow, and which of them holds each paragraph.
pub struct Leftovers<'a> {
    binder: &'a Binder<'a>,
    bonds: &'a mut Vec<Bond>,
    home_a: Vec<Option<usize>>,
    home_b: Vec<Option<usize>>,
}

impl<'a> Leftovers<'a> {
    #[must_use]
    pub fn new(binder: &'a Binder<'a>, bonds: &'a mut Vec<Bond>) -> Self {
        bonds.sort_by(|x, y| x.a.cmp(&y.a));
        let mut home_a: Vec<Option<usize>> = vec![None; binder.a.paragraphs.len()];
        let mut home_b: Vec<Option<usize>> = vec![None; binder.b.paragraphs.len()];
        for (at, bond) in bonds.iter().enumerate() {
            bond.a.iter().for_each(|&i| home_a[i] = Some(at));
            bond.b.iter().for_each(|&j| home_b[j] = Some(at));
        }
        Self { binder, bonds, home_a, home_b }
    }

    /// Looks for clauses that are alike in `cells`, then for parts of clauses in `all`, the heavier cells first.
    pub fn bind(&mut self, cells: &[Cell], all: &[Cell]) {
        let in_order = self.bonds.len();
        for cell in by_weight(cells) {
            match (self.home_a[cell.a], self.home_b[cell.b]) {
                (None, None) => self.bind_alone(cell.a, cell.b, in_order),
                _ => self.gather(cell, alike),
            }
        }
        for cell in by_weight(all) {
            self.gather(cell, kept);
        }
    }

    fn bind_alone(&mut self, i: usize, j: usize, in_order: usize) {
        for bond in self.binder.settle((vec![i], vec![j])) {
            if self.holds_alone(&bond) {
                let moved = crosses(self.bonds.get(..in_order).unwrap_or(&[]), &bond);
                (self.home_a[i], self.home_b[j]) = (Some(self.bonds.len()), Some(self.bonds.len()));
                self.bonds.push(Bond { moved, ..bond });
            }
        }
    }

    /// Adds the paragraph of `cell` that no bond holds to the bond that holds the other.
    fn gather(&mut self, cell: &Cell, test: Test) {
        let ((Some(at), None) | (None, Some(at))) = (self.home_a[cell.a], self.home_b[cell.b]) else { return };
        let Some(bond) = self.bonds.get(at) else { return };
        if let Some(joined) = self.joined(bond, cell.a, cell.b, test) {
            self.bonds[at] = joined;
            (self.home_a[cell.a], self.home_b[cell.b]) = (Some(at), Some(at));
        }
    }

    /// Whether the clauses of a bond are alike although nothing around them says so.
    fn holds_alone(&self, bond: &Bond) -> bool {
        let words = |side: &'_ Side, run: Run| -> Vec<char> {
            clauses(side, run).iter().flat_map(|clause| &clause.words).copied().collect()
        };
        bond.links.iter().any(|link| {
            let (a, b) = (words(self.binder.a, link.a), words(self.binder.b, link.b));
            self.binder.telling(link) > 0 && (a == b || alike_anywhere(&a, &b, Likeness::new(&a, &b)))
        })
    }

    /// The bond with paragraph `i` of `a` and `j` of `b`, one of which it holds, if clauses still free there came of it.
    fn joined(&self, bond: &Bond, i: usize, j: usize, test: Test) -> Option<Bond> {
        let used_a: Vec<Run> = bond.links.iter().map(|link| link.a).collect();
        let used_b: Vec<Run> = bond.links.iter().map(|link| link.b).collect();
        let mut found = Vec::new();
        for (x, of_a) in free(self.binder.a, i, &used_a) {
            for (y, of_b) in free(self.binder.b, j, &used_b) {
                let common = test(self.binder, of_a, of_b);
                found.extend(common.map(|common| Link { a: (i, x, x + 1), b: (j, y, y + 1), moved: false, common }));
            }
        }
        found.sort_by(|x, y| y.common.cmp(&x.common).then(x.cmp(y)));
        let mut links: Vec<Link> = Vec::new();
        for link in found {
            if links.iter().all(|other| other.a != link.a && other.b != link.b) {
                links.push(link);
            }
        }
        let telling: usize = links.iter().map(|link| self.binder.telling(link)).sum();
        if telling < BINDING
            && !links.iter().any(|link| self.is_part(link))
            && !self.is_whole_neighbour(bond, i, j, &links)
        {
            return None;
        }
        let mut bond = bond.clone();
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
        Some(bond)
    }

    /// Whether `links` hold all of a paragraph that stands beside the bond: even a formula is then where it came from.
    fn is_whole_neighbour(&self, bond: &Bond, i: usize, j: usize, links: &[Link]) -> bool {
        let (a, b) = (self.binder.a, self.binder.b);
        let (held, new, side) = if bond.a.contains(&i) { (&bond.b, j, b) } else { (&bond.a, i, a) };
        let beside = held.iter().any(|&at| at.abs_diff(new) == 1);
        let whole = |link: &Link| matches!((clauses(a, link.a), clauses(b, link.b)), ([x], [y]) if x.words == y.words);
        let common: usize = links.iter().filter(|link| whole(link)).map(|link| link.common).sum();
        beside && common > 0 && common >= side.paragraphs.get(new).map_or(0, |p| p.size)
    }

    /// Whether all of a clause that is no formula stands in the other of the link, in two pieces.
    fn is_part(&self, link: &Link) -> bool {
        let (a, b) = (clauses(self.binder.a, link.a), clauses(self.binder.b, link.b));
        let is_formula = self.binder.are_formulae(a) || self.binder.are_formulae(b);
        matches!((a, b), ([x], [y]) if !is_formula && is_whole_part(x, y))
    }
}

fn alike(_: &Binder<'_>, a: &ClauseWords, b: &ClauseWords) -> Option<usize> {
    a.alike_anywhere(b).map(|like| like.common)
}

/// Whether one clause holds all of the other in two pieces, or a long run of it that stands nowhere else.
fn kept(binder: &Binder<'_>, a: &ClauseWords, b: &ClauseWords) -> Option<usize> {
    if !a.may_share_run(b) || a.like_at_most(b).contained() < PART {
        return None;
    }
    let like = Likeness::new(&a.words, &b.words);
    let is_own = || {
        let run = longest_run(&a.words, &b.words);
        run.len() >= LONG_RUN && [binder.a, binder.b].iter().all(|side| stands_once(side, run))
    };
    let is_all = like.common == like.shorter() && is_whole_part(a, b);
    (is_all || like.contained() >= PART && is_own()).then_some(like.common)
}

fn is_whole_part(a: &ClauseWords, b: &ClauseWords) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (&a.words, &b.words) } else { (&b.words, &a.words) };
    short.len() >= WHOLE && is_in_two_pieces(short, long)
}

/// Whether one paragraph of `side`, and no other, has all the grams of `run`.
fn stands_once(side: &Side, run: &[char]) -> bool {
    let grams = grams(run);
    let has = |list: &[u64]| grams.iter().all(|gram| list.binary_search(gram).is_ok());
    side.paragraphs.iter().filter(|paragraph| has(&paragraph.grams)).count() == 1
}

/// The clauses of a paragraph that no run holds, with their numbers.
fn free<'s>(side: &'s Side, paragraph: usize, used: &[Run]) -> Vec<(usize, &'s ClauseWords)> {
    let is_used = |c: usize| used.iter().any(|&(p, from, to)| p == paragraph && (from..to).contains(&c));
    let clauses = side.paragraphs.get(paragraph).map_or(&[][..], |p| &p.clauses);
    clauses.iter().enumerate().filter(|&(c, _)| !is_used(c)).collect()
}

/// Cells, the heavier first.
fn by_weight(cells: &[Cell]) -> Vec<&Cell> {
    let mut order: Vec<&Cell> = cells.iter().collect();
    order.sort_by(|x, y| x.by_weight(y));
    order
}

/// Whether a bond stands in another order than `bonds`, which rise on both sides.
fn crosses(bonds: &[Bond], bond: &Bond) -> bool {
    bonds.partition_point(|other| other.a < bond.a) != bonds.partition_point(|other| other.b < bond.b)
}
