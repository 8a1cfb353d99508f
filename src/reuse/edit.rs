//! Two passages → the exact edits between them, with the fold class that explains each, and what they amount to.
//!
//! ```text
//! 应对好这一大变局，    应对好这一变局，       - 大                      shortened
//! “反恐协作－2024”      “反恐协作—2024”        － → — (dash)             variant
//! 欢迎各方积极参与。    欢迎各方积极参加。     与 → 加                   reworded
//! ```

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::fold::{Folded, Folder};
use crate::model::{Edit, Relation};

/// Above this product of lengths the difference may be longer than the shortest one.
const EXACT_CELLS: usize = 1 << 22;

/// A stretch of tokens of both sides: equal, or one to be replaced by the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub equal: bool,
    pub a: (usize, usize),
    pub b: (usize, usize),
}

/// The exact edits that make `b` of `a`.
#[must_use]
pub fn edits(folder: &Folder, a: &Folded, b: &Folded) -> Vec<Edit> {
    let steps = steps(a, b, (0, a.key.len()), (0, b.key.len()));
    spell(folder, a, b, &steps)
}

/// How `b` stands to `a`, by the words of both.
#[must_use]
pub fn relation(a: &Folded, b: &Folded) -> Relation {
    if a.raw == b.raw { Relation::Identical } else { key_relation(&a.key, &b.key) }
}

/// How key `b` stands to key `a`, where their prints are known to differ.
#[must_use]
pub fn key_relation(a: &[char], b: &[char]) -> Relation {
    if a == b {
        Relation::Variant
    } else if is_subsequence(b, a) {
        Relation::Shortened
    } else if is_subsequence(a, b) {
        Relation::Expanded
    } else {
        Relation::Reworded
    }
}

fn is_subsequence(short: &[char], long: &[char]) -> bool {
    let mut long = long.iter();
    short.len() <= long.len() && short.iter().all(|c| long.any(|l| l == c))
}

/// The difference of two token ranges, in order; the steps tile both.
#[must_use]
pub fn steps(a: &Folded, b: &Folded, range_a: (usize, usize), range_b: (usize, usize)) -> Vec<Step> {
    let key_a = a.key.get(range_a.0..range_a.1).unwrap_or(&[]);
    let key_b = b.key.get(range_b.0..range_b.1).unwrap_or(&[]);
    // A diff has ties, and breaks them by direction: ask in one direction only, so that (B, A) mirrors (A, B).
    if key_b < key_a {
        return steps_forward(key_b, key_a, range_b.0, range_a.0)
            .into_iter()
            .map(|step| Step { equal: step.equal, a: step.b, b: step.a })
            .collect();
    }
    steps_forward(key_a, key_b, range_a.0, range_b.0)
}

fn steps_forward(a: &[char], b: &[char], from_a: usize, from_b: usize) -> Vec<Step> {
    let algorithm = if a.len().saturating_mul(b.len()) <= EXACT_CELLS { Algorithm::RawMyers } else { Algorithm::Myers };
    let at = |equal, i: usize, m: usize, j: usize, n: usize| Step {
        equal,
        a: (from_a + i, from_a + i + m),
        b: (from_b + j, from_b + j + n),
    };
    let step = |op: DiffOp| match op {
        DiffOp::Equal { old_index, new_index, len } => at(true, old_index, len, new_index, len),
        DiffOp::Delete { old_index, old_len, new_index } => at(false, old_index, old_len, new_index, 0),
        DiffOp::Insert { old_index, new_index, new_len } => at(false, old_index, 0, new_index, new_len),
        DiffOp::Replace { old_index, old_len, new_index, new_len } => at(false, old_index, old_len, new_index, new_len),
    };
    capture_diff_slices(algorithm, a, b).into_iter().map(step).collect()
}

/// Joins neighbouring changes, and keeps what a joined change has in common at its ends.
///
/// Steps that were found clause by clause meet at the closing marks: `，`→`。` and then `-以及…意义。` is but `-，以及…意义`.
#[must_use]
pub fn joined(a: &Folded, b: &Folded, steps: Vec<Step>) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        match out.last_mut().filter(|last| last.equal == step.equal) {
            Some(last) => (last.a.1, last.b.1) = (step.a.1, step.b.1),
            None => out.push(step),
        }
    }
    let trimmed =
        out.into_iter().flat_map(|step| trimmed(a, b, step)).filter(|step| step.a.0 < step.a.1 || step.b.0 < step.b.1);
    let mut out: Vec<Step> = Vec::new();
    for step in trimmed {
        match out.last_mut().filter(|last| last.equal && step.equal) {
            Some(last) => (last.a.1, last.b.1) = (step.a.1, step.b.1),
            None => out.push(step),
        }
    }
    out
}

/// A change as what is equal before it, the change, and what is equal after it.
fn trimmed(a: &Folded, b: &Folded, step: Step) -> [Step; 3] {
    let key_a = a.key.get(step.a.0..step.a.1).unwrap_or(&[]);
    let key_b = b.key.get(step.b.0..step.b.1).unwrap_or(&[]);
    let common = |(x, y): &(&char, &char)| x == y;
    let head = if step.equal { 0 } else { key_a.iter().zip(key_b).take_while(common).count() };
    let most = key_a.len().min(key_b.len()) - head;
    let tail =
        if step.equal { 0 } else { key_a.iter().rev().zip(key_b.iter().rev()).take(most).take_while(common).count() };
    let (a1, a2) = (step.a.0 + head, step.a.1 - tail);
    let (b1, b2) = (step.b.0 + head, step.b.1 - tail);
    [
        Step { equal: true, a: (step.a.0, a1), b: (step.b.0, b1) },
        Step { equal: step.equal, a: (a1, a2), b: (b1, b2) },
        Step { equal: true, a: (a2, step.a.1), b: (b2, step.b.1) },
    ]
}

/// Steps that tile both keys → edits of the characters, differences of print inside equal steps included.
#[must_use]
pub fn spell(folder: &Folder, a: &Folded, b: &Folded, steps: &[Step]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let head = (0, a.start(0)).into_edit((0, b.start(0)));
    edits.extend(differing(folder, a, b, head));
    for step in steps {
        if step.equal {
            for (i, j) in (step.a.0..step.a.1).zip(step.b.0..step.b.1) {
                edits.extend(differing(folder, a, b, a.span(i, i + 1).into_edit(b.span(j, j + 1))));
                edits.extend(differing(folder, a, b, gap(a, i).into_edit(gap(b, j))));
            }
        } else {
            let a_span = (a.start(step.a.0), a.start(step.a.1));
            let b_span = (b.start(step.b.0), b.start(step.b.1));
            edits.push(a_span.into_edit(b_span));
        }
    }
    edits
}

trait IntoEdit {
    fn into_edit(self, b: (u32, u32)) -> Edit;
}

impl IntoEdit for (u32, u32) {
    fn into_edit(self, b: (u32, u32)) -> Edit {
        Edit { a: self, b, fold: None }
    }
}

/// The whitespace after token `i`.
fn gap(folded: &Folded, i: usize) -> (u32, u32) {
    (folded.span(i, i + 1).1, folded.start(i + 1))
}

fn differing(folder: &Folder, a: &Folded, b: &Folded, edit: Edit) -> Option<Edit> {
    let (x, y) = (a.chars(edit.a.0, edit.a.1), b.chars(edit.b.0, edit.b.1));
    (x != y).then(|| Edit { fold: Some(folder.explain_name(x, y)), ..edit })
}

/// How many characters of `a` and of `b` an edit of wording touches.
#[must_use]
pub fn changed(steps: &[Step]) -> (usize, usize) {
    steps
        .iter()
        .filter(|step| !step.equal)
        .fold((0, 0), |(a, b), step| (a + step.a.1 - step.a.0, b + step.b.1 - step.b.0))
}

/// Applies `edits` to `a`, taking new characters from `b`; what comes out is `b` if the edits are right.
#[must_use]
pub fn apply(a: &[char], b: &[char], edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        out.extend(a.get(at..edit.a.0 as usize).unwrap_or(&[]));
        out.extend(b.get(edit.b.0 as usize..edit.b.1 as usize).unwrap_or(&[]));
        at = edit.a.1 as usize;
    }
    out.extend(a.get(at..).unwrap_or(&[]));
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(a: &str, b: &str) -> (Relation, Vec<(String, String, Option<String>)>) {
        let folder = Folder::default();
        let (a, b) = (folder.fold(a), folder.fold(b));
        let text = |side: &Folded, (from, to)| side.chars(from, to).iter().collect::<String>();
        let told = edits(&folder, &a, &b)
            .into_iter()
            .map(|edit| (text(&a, edit.a), text(&b, edit.b), edit.fold.map(Into::into)))
            .collect();
        (relation(&a, &b), told)
    }

    #[test]
    fn each_difference_is_told_by_its_class() {
        let (relation, edits) = told("“反恐协作－ 2024”，", "‘反恐协作——2024’，");
        assert_eq!(relation, Relation::Variant);
        let folds: Vec<_> = edits.iter().filter_map(|(_, _, fold)| fold.as_deref()).collect();
        assert_eq!(folds, ["quote", "dash", "space", "quote"]);
        assert_eq!(told("应对好这一大变局，", "应对好这一变局，").0, Relation::Shortened);
        assert_eq!(told("应对好这一变局，", "应对好这一大变局,").0, Relation::Expanded);
        assert_eq!(told("积极参与。", "积极参加。"), (Relation::Reworded, vec![("与".into(), "加".into(), None)]));
    }

    #[test]
    fn changes_of_words_carry_no_class() {
        let (_, edits) = told("贩毒和跨国组织犯罪", "贩毒和跨国有组织犯罪");
        assert_eq!(edits, [(String::new(), "有".into(), None)]);
    }

    proptest! {
        #[test]
        fn edits_rebuild_the_other_side(a in "[ 一二三，。—－“‘]{0,40}", b in "[ 一二三，。—－“‘]{0,40}") {
            let folder = Folder::default();
            let (a, b) = (folder.fold(&a), folder.fold(&b));
            let there = edits(&folder, &a, &b);
            prop_assert_eq!(apply(&a.raw, &b.raw, &there), b.raw.iter().collect::<String>());
            let back = edits(&folder, &b, &a);
            let mirrored: Vec<Edit> = back.iter().map(|e| Edit { a: e.b, b: e.a, fold: e.fold.clone() }).collect();
            prop_assert_eq!(there, mirrored);
        }
    }
}
