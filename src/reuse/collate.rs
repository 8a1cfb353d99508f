//! Two articles held against each other, paragraph by paragraph and clause by clause.
//!
//! ```text
//! 宣言 12 成员国重申推动构建…人类命运共同体，以及根据“一个地球，…”理念开展对话具有重要现实意义。
//! 摘要  6 成员国重申推动构建…人类命运共同体。
//! group   shortened [12] → [6]      - ，以及根据“一个地球，…”理念开展对话具有重要现实意义
//! ```

use crate::fold::{Folded, Folder};
use crate::model::{Article, ClausePair, Collation, Coverage, Edit, Group, Relation};

use super::bond::{Bond, Link, Run, bonds, free_clauses};
use super::edit::{self, Step};
use super::likeness::ratio;
use super::side::{ParagraphWords, Side};

/// Collates `a`, the fuller or earlier, with `b`, the derived. Collating `b` with `a` gives the mirror image.
#[must_use]
pub fn collate(folder: &Folder, a: &Article, b: &Article) -> Collation {
    collate_sides(folder, (a, &Side::new(folder, a)), (b, &Side::new(folder, b)))
}

/// The same, where the sides of both are made already.
#[must_use]
pub fn collate_sides(folder: &Folder, (a, side_a): (&Article, &Side), (b, side_b): (&Article, &Side)) -> Collation {
    // Alignments have ties; they are broken in one direction only, whichever way round one asks.
    let mut collation = if texts(b).lt(texts(a)) {
        mirrored(Collator { folder, a: side_b, b: side_a }.collation())
    } else {
        Collator { folder, a: side_a, b: side_b }.collation()
    };
    (collation.a, collation.b) = (a.ix, b.ix);
    collation
}

fn texts(article: &Article) -> impl Iterator<Item = &str> {
    article.paragraphs.iter().map(|paragraph| paragraph.text.as_str())
}

/// The same collation seen from the other side.
#[must_use]
pub fn mirrored(collation: Collation) -> Collation {
    let edit = |edit: Edit| Edit { a: edit.b, b: edit.a, fold: edit.fold };
    let pair = |pair: ClausePair| ClausePair { relation: opposite(pair.relation), a: pair.b, b: pair.a, ..pair };
    let group = |group: Group| Group {
        relation: opposite(group.relation),
        moved: group.moved,
        a: group.b,
        b: group.a,
        edits: group.edits.into_iter().map(edit).collect(),
        clauses: interleaved(group.clauses.into_iter().map(pair).collect(), clause_place),
    };
    let groups = collation.groups.into_iter().map(group).collect();
    Collation {
        a: collation.b,
        b: collation.a,
        groups: interleaved(groups, group_place),
        coverage_a: collation.coverage_b,
        coverage_b: collation.coverage_a,
    }
}

fn opposite(relation: Relation) -> Relation {
    match relation {
        Relation::Shortened => Relation::Expanded,
        Relation::Expanded => Relation::Shortened,
        Relation::Merged => Relation::Split,
        Relation::Split => Relation::Merged,
        Relation::Omitted => Relation::Added,
        Relation::Added => Relation::Omitted,
        same => same,
    }
}

/// Where an item stands on either side, and whether it is out of order.
type Standing<K> = (Option<K>, Option<K>, bool);

fn group_place(group: &Group) -> Standing<u32> {
    (group.a.first().copied(), group.b.first().copied(), group.moved)
}

fn clause_place(pair: &ClausePair) -> Standing<(u32, u32, u32)> {
    (pair.a, pair.b, pair.moved)
}

/// In the order of the first side; what stands on the second side alone comes before what follows it there.
fn interleaved<T, K: Ord + Copy>(items: Vec<T>, place: fn(&T) -> Standing<K>) -> Vec<T> {
    let (mut held, mut added): (Vec<T>, Vec<T>) = items.into_iter().partition(|item| place(item).0.is_some());
    held.sort_by_key(|item| place(item).0);
    added.sort_by_key(|item| place(item).1);
    // In order, the second side rises along with the first, so the places to insert at are found in one pass.
    let mut spine: Vec<(Option<K>, usize)> = Vec::new();
    for (at, item) in held.iter().enumerate() {
        let (_, b, moved) = place(item);
        if b.is_some() && !moved && spine.last().is_none_or(|&(last, _)| last <= b) {
            spine.push((b, at));
        }
    }
    let mut keyed: Vec<(usize, bool, T)> = Vec::with_capacity(held.len() + added.len());
    for item in added {
        let next = spine.get(spine.partition_point(|&(b, _)| b < place(&item).1));
        keyed.push((next.map_or(held.len(), |&(_, at)| at), false, item));
    }
    keyed.extend(held.into_iter().enumerate().map(|(at, item)| (at, true, item)));
    keyed.sort_by_key(|&(at, is_held, _)| (at, is_held));
    keyed.into_iter().map(|(_, _, item)| item).collect()
}

struct Collator<'a> {
    folder: &'a Folder,
    a: &'a Side,
    b: &'a Side,
}

impl Collator<'_> {
    fn collation(&self) -> Collation {
        let bonds = bonds(self.a, self.b);
        let mut kept = (Kept::new(self.a), Kept::new(self.b));
        let mut groups: Vec<Group> = Vec::new();
        for bond in &bonds {
            groups.push(self.group(bond));
            bond.links.iter().for_each(|link| self.mark(link, &mut kept));
            kept.0.paragraphs(self.a, &bond.a, &bond.links.iter().map(|link| link.a).collect::<Vec<_>>());
            kept.1.paragraphs(self.b, &bond.b, &bond.links.iter().map(|link| link.b).collect::<Vec<_>>());
        }
        let lone = |side: &Side, kept: &Kept| -> Vec<usize> {
            (0..side.paragraphs.len()).filter(|&p| !kept.paragraphs.get(p).copied().unwrap_or(false)).collect()
        };
        groups.extend(lone(self.a, &kept.0).into_iter().map(|p| self.lone(Relation::Omitted, &[p], &[])));
        groups.extend(lone(self.b, &kept.1).into_iter().map(|p| self.lone(Relation::Added, &[], &[p])));
        Collation {
            a: 0,
            b: 0,
            groups: interleaved(groups, group_place),
            coverage_a: kept.0.coverage(self.a),
            coverage_b: kept.1.coverage(self.b),
        }
    }

    /// A paragraph that stands on one side only.
    fn lone(&self, relation: Relation, a: &[usize], b: &[usize]) -> Group {
        let bond = Bond { a: a.to_vec(), b: b.to_vec(), links: Vec::new(), moved: false };
        Group { relation, ..self.group(&bond) }
    }

    fn group(&self, bond: &Bond) -> Group {
        let (a, b) = (Text::new(self.a, &bond.a), Text::new(self.b, &bond.b));
        let same_count = bond.a.len() == bond.b.len();
        let mut relation = match bond.a.len().cmp(&bond.b.len()) {
            std::cmp::Ordering::Greater => Relation::Merged,
            std::cmp::Ordering::Less => Relation::Split,
            std::cmp::Ordering::Equal => edit::relation(&a.folded, &b.folded),
        };
        let steps = self.steps(bond, &a, &b, relation);
        if !is_true(relation, &steps) {
            relation = Relation::Reworded;
        }
        if bond.moved && same_count {
            relation = as_moved(relation);
        }
        Group {
            relation,
            moved: bond.moved,
            a: self.a.numbers(&bond.a),
            b: self.b.numbers(&bond.b),
            edits: edit::spell(self.folder, &a.folded, &b.folded, &steps),
            clauses: interleaved(self.clauses(bond), clause_place),
        }
    }

    /// The difference of the two texts of a bond, clause by clause, so that no character is matched across clauses.
    fn steps(&self, bond: &Bond, a: &Text, b: &Text, relation: Relation) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut at = (0, 0);
        let end = (a.folded.key.len(), b.folded.key.len());
        let ordered = bond.links.iter().filter(|link| !link.moved);
        for (from, to) in ordered.map(|link| (a.tokens(self.a, link.a), b.tokens(self.b, link.b))) {
            if from.0 < at.0 || to.0 < at.1 {
                continue;
            }
            steps.push(Step { equal: false, a: (at.0, from.0), b: (at.1, to.0) });
            steps.extend(edit::steps(&a.folded, &b.folded, from, to));
            at = (from.1, to.1);
        }
        steps.push(Step { equal: false, a: (at.0, end.0), b: (at.1, end.1) });
        let steps = edit::joined(&a.folded, &b.folded, steps);
        if is_true(relation, &steps) { steps } else { edit::steps(&a.folded, &b.folded, (0, end.0), (0, end.1)) }
    }

    fn clauses(&self, bond: &Bond) -> Vec<ClausePair> {
        let used_a: Vec<Run> = bond.links.iter().map(|link| link.a).collect();
        let used_b: Vec<Run> = bond.links.iter().map(|link| link.b).collect();
        let (shared_a, shared_b) = (repeated(used_a.clone()), repeated(used_b.clone()));
        let mut pairs: Vec<ClausePair> = bond
            .links
            .iter()
            .map(|link| {
                let relation = match (link.a.2 - link.a.1, link.b.2 - link.b.1) {
                    _ if shared_b.binary_search(&link.b).is_ok() => Relation::Merged,
                    _ if shared_a.binary_search(&link.a).is_ok() => Relation::Split,
                    (1, 1) => edit::relation(&self.a.folded(link.a), &self.b.folded(link.b)),
                    (_, 1) => Relation::Merged,
                    _ => Relation::Split,
                };
                let relation = if link.moved { as_moved(relation) } else { relation };
                ClausePair { relation, moved: link.moved, a: self.a.place(link.a), b: self.b.place(link.b) }
            })
            .collect();
        let omitted = free_clauses(self.a, &bond.a, &used_a).into_iter().map(|run| self.a.place(run));
        pairs.extend(omitted.map(|a| ClausePair { relation: Relation::Omitted, moved: false, a, b: None }));
        let added = free_clauses(self.b, &bond.b, &used_b).into_iter().map(|run| self.b.place(run));
        pairs.extend(added.map(|b| ClausePair { relation: Relation::Added, moved: false, a: None, b }));
        pairs
    }

    /// Notes which characters and clauses of either side the link shows to stand on the other.
    fn mark(&self, link: &Link, kept: &mut (Kept, Kept)) {
        let (Some(a), Some(b)) = (self.a.paragraphs.get(link.a.0), self.b.paragraphs.get(link.b.0)) else { return };
        let equal = equal_steps(a, b, link.a, link.b);
        let count: usize = equal.iter().map(|step| step.a.1 - step.a.0).sum();
        let mut all = vec![equal];
        if count < link.common {
            // Two clauses that changed places on the way into one: each is looked for by itself.
            let singles_a = (link.a.1..link.a.2).map(|c| (link.a.0, c, c + 1));
            let singles = singles_a.flat_map(|x| (link.b.1..link.b.2).map(move |y| (x, (link.b.0, y, y + 1))));
            all = singles.map(|(x, y)| equal_steps(a, b, x, y)).collect();
        }
        for step in all.into_iter().flatten() {
            kept.0.tokens(link.a.0, step.a);
            kept.1.tokens(link.b.0, step.b);
        }
    }
}

/// The runs that stand in more than one link, sorted.
fn repeated(mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable();
    runs.chunk_by(|x, y| x == y).filter(|same| same.len() > 1).filter_map(|same| same.first()).copied().collect()
}

fn equal_steps(a: &ParagraphWords, b: &ParagraphWords, run_a: Run, run_b: Run) -> Vec<Step> {
    let steps = edit::steps(&a.folded, &b.folded, a.tokens(run_a), b.tokens(run_b));
    steps.into_iter().filter(|step| step.equal).collect()
}

/// Whether the relation can be read off the steps.
fn is_true(relation: Relation, steps: &[Step]) -> bool {
    match relation {
        Relation::Shortened => edit::changed(steps).1 == 0,
        Relation::Expanded => edit::changed(steps).0 == 0,
        _ => true,
    }
}

fn as_moved(relation: Relation) -> Relation {
    match relation {
        Relation::Identical | Relation::Variant => Relation::Moved,
        other => other,
    }
}

/// The joined texts of some paragraphs.
struct Text {
    folded: Folded,
    /// For each paragraph, where its tokens start.
    starts: Vec<(usize, usize)>,
}

impl Text {
    fn new(side: &Side, paragraphs: &[usize]) -> Self {
        let mut text = Self { folded: Folded::default(), starts: Vec::new() };
        for &p in paragraphs {
            let Some(paragraph) = side.paragraphs.get(p) else { continue };
            text.starts.push((p, text.folded.key.len()));
            text.folded.append(&paragraph.folded);
        }
        text
    }

    /// The tokens of a run of clauses.
    fn tokens(&self, side: &Side, run: Run) -> (usize, usize) {
        let at = self.starts.binary_search_by_key(&run.0, |&(p, _)| p).unwrap_or(0);
        let start = self.starts.get(at).map_or(0, |&(_, start)| start);
        let (from, to) = side.paragraphs.get(run.0).map_or((0, 0), |p| p.tokens(run));
        (start + from, start + to)
    }
}

impl ParagraphWords {
    fn tokens(&self, (_, from, to): Run) -> (usize, usize) {
        let run = self.clauses.get(from..to).unwrap_or(&[]);
        (run.first().map_or(0, |c| c.tokens.0), run.last().map_or(0, |c| c.tokens.1))
    }
}

impl Side {
    fn numbers(&self, paragraphs: &[usize]) -> Vec<u32> {
        paragraphs.iter().filter_map(|&p| self.paragraphs.get(p)).map(|p| p.n).collect()
    }

    fn place(&self, (p, from, to): Run) -> Option<(u32, u32, u32)> {
        let paragraph = self.paragraphs.get(p)?;
        let run = paragraph.clauses.get(from..to)?;
        Some((paragraph.n, run.first()?.span.0, run.last()?.span.1))
    }

    /// The folded text of a run of clauses.
    fn folded(&self, run: Run) -> Folded {
        let Some(paragraph) = self.paragraphs.get(run.0) else { return Folded::default() };
        let Some((_, from, to)) = self.place(run) else { return Folded::default() };
        let (first, last) = paragraph.tokens(run);
        Folded {
            raw: paragraph.folded.chars(from, to).to_vec(),
            key: paragraph.folded.key.get(first..last).unwrap_or(&[]).to_vec(),
            ..Folded::default()
        }
    }
}

/// What of one side is known to stand on the other.
struct Kept {
    tokens: Vec<Vec<bool>>,
    paragraphs: Vec<bool>,
    clauses: usize,
}

impl Kept {
    fn new(side: &Side) -> Self {
        let tokens = side.paragraphs.iter().map(|p| vec![false; p.folded.key.len()]).collect();
        Self { tokens, paragraphs: vec![false; side.paragraphs.len()], clauses: 0 }
    }

    /// Notes bound paragraphs, and their clauses as far as they are `used`.
    fn paragraphs(&mut self, side: &Side, paragraphs: &[usize], used: &[Run]) {
        for &p in paragraphs {
            if let Some(kept) = self.paragraphs.get_mut(p) {
                *kept = true;
            }
        }
        self.clauses += side.clauses(paragraphs).len() - free_clauses(side, paragraphs, used).len();
    }

    fn tokens(&mut self, p: usize, (from, to): (usize, usize)) {
        let Some(tokens) = self.tokens.get_mut(p) else { return };
        tokens.iter_mut().take(to).skip(from).for_each(|kept| *kept = true);
    }

    /// Shares of the side's characters (whitespace apart), clauses and paragraphs.
    fn coverage(&self, side: &Side) -> Coverage {
        let sizes = side.paragraphs.iter().flat_map(|p| p.folded.starts.iter().zip(&p.folded.ends));
        let sizes = sizes.map(|(start, end)| (end - start) as usize);
        let kept = self.tokens.iter().flatten();
        let (mut held, mut all) = (0, 0);
        for (size, &kept) in sizes.zip(kept) {
            all += size;
            held += if kept { size } else { 0 };
        }
        let clauses = side.paragraphs.iter().map(|p| p.clauses.len()).sum();
        let paragraphs = self.paragraphs.iter().filter(|&&kept| kept).count();
        Coverage {
            characters: ratio(held, all),
            clauses: ratio(self.clauses, clauses),
            paragraphs: ratio(paragraphs, self.paragraphs.len()),
        }
    }
}
