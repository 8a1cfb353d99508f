//! Differences between two passages, as marks in the text of either.
//!
//! ```text
//! 尊重各国人民自主选择      尊重各国<del>人民</del>自主选择
//! 尊重各国自主选择          尊重各国自主选择
//! ```
//! Text is cut at every border of a clause or a difference, so that clauses stay whole elements (they answer to the
//! pointer together) and differences nest inside them.

use similar::{Algorithm, DiffTag};

use crate::model::{Edit, Relation, slice, split};

use super::Markup;

/// Characters of one side that differ from the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub start: u32,
    pub end: u32,
    pub how: How,
}

/// How marked characters stand to the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Only here, on the side of the fuller text.
    Deleted,
    /// Only here, on the side of the derived text.
    Inserted,
    /// A class of the fold explains the difference.
    Folded,
}

/// A run of characters that is one element: a clause with its number on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub start: u32,
    pub end: u32,
    pub number: usize,
    pub moved: bool,
}

/// Which side of a pair a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    A,
    B,
}

/// The marks that `edits` leave on one side.
pub fn marks(edits: &[Edit], side: Side) -> Vec<Mark> {
    let mark = |edit: &Edit| {
        let ((start, end), plain) = match side {
            Side::A => (edit.a, How::Deleted),
            Side::B => (edit.b, How::Inserted),
        };
        let how = if edit.fold.is_some() { How::Folded } else { plain };
        (start < end).then_some(Mark { start, end, how })
    };
    edits.iter().filter_map(mark).collect()
}

/// The exact edits from `a` to `b`, neighbours joined where only a character or two stand between them.
pub fn edits(a: &str, b: &str) -> Vec<Edit> {
    if a == b {
        return Vec::new();
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let span = |range: std::ops::Range<usize>| (small(range.start), small(range.end));
    let mut out: Vec<Edit> = Vec::new();
    for op in similar::capture_diff_slices(Algorithm::Myers, &a, &b) {
        if op.tag() == DiffTag::Equal {
            continue;
        }
        let (a, b) = (span(op.old_range()), span(op.new_range()));
        match out.last_mut() {
            Some(last) if last.a.1 == a.0 && last.b.1 == b.0 => (last.a.1, last.b.1) = (a.1, b.1),
            _ => out.push(Edit { a, b, fold: None }),
        }
    }
    out
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Characters `start..end` of `text`, marked. Runs and marks are in order and do not overlap among themselves; both
/// count characters of a longer text in which `text` begins at `offset`.
pub fn marked(text: &str, offset: u32, runs: &[Run], marks: &[Mark]) -> Markup {
    let mut out = Markup::new();
    let (mut runs, mut marks) = (runs.iter().peekable(), marks.iter().peekable());
    let mut open: Option<Run> = None;
    let mut rest = text;
    let mut at = offset;
    while !rest.is_empty() {
        while runs.next_if(|run| run.end <= at).is_some() {}
        while marks.next_if(|mark| mark.end <= at).is_some() {}
        let run = runs.peek().filter(|run| run.start <= at).map(|&&run| run);
        let mark = marks.peek().filter(|mark| mark.start <= at).map(|&&mark| mark);
        if open != run {
            close(&mut out, open);
            if let Some(run) = run {
                out.open_clause(run.number, run.moved);
            }
            open = run;
        }
        let border = |start: u32, end: u32| if start > at { start } else { end };
        let next_run = runs.peek().map_or(u32::MAX, |run| border(run.start, run.end));
        let next_mark = marks.peek().map_or(u32::MAX, |mark| border(mark.start, mark.end));
        let until = next_run.min(next_mark);
        let (piece, after) = split(rest, until.saturating_sub(at));
        match mark.map(|mark| mark.how) {
            None => out.text(piece),
            Some(How::Deleted) => out.open("del", "").text(piece).close("del"),
            Some(How::Inserted) => out.open("ins", "").text(piece).close("ins"),
            Some(How::Folded) => out.open("span", "fold").text(piece).close("span"),
        };
        at = until;
        rest = after;
    }
    close(&mut out, open);
    out
}

/// Both passages in one line: what only `a` has struck out, what only `b` has added.
pub fn inline(a: &str, b: &str, edits: &[Edit]) -> Markup {
    let mut out = Markup::new();
    let mut at = 0;
    for edit in edits {
        out.text(slice(b, at, edit.b.0));
        let (old, new) = (slice(a, edit.a.0, edit.a.1), slice(b, edit.b.0, edit.b.1));
        if !old.is_empty() {
            out.open("del", "").text(old).close("del");
        }
        if !new.is_empty() {
            out.open("ins", "").text(new).close("ins");
        }
        at = edit.b.1;
    }
    out.text(split(b, at).1);
    out
}

/// What the edits say of two passages.
pub fn relation(edits: &[Edit]) -> Relation {
    let empty = |(start, end): (u32, u32)| start == end;
    match edits {
        [] => Relation::Identical,
        _ if edits.iter().all(|e| e.fold.is_some()) => Relation::Variant,
        _ if edits.iter().all(|e| empty(e.b)) => Relation::Shortened,
        _ if edits.iter().all(|e| empty(e.a)) => Relation::Expanded,
        _ => Relation::Reworded,
    }
}

fn close(out: &mut Markup, open: Option<Run>) {
    if open.is_some() {
        out.close("span");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_nest_in_clauses() {
        let (a, b) = ("尊重各国人民选择，", "尊重各国选择，");
        let edits = edits(a, b);
        let runs =
            [Run { start: 0, end: 5, number: 1, moved: false }, Run { start: 5, end: 9, number: 2, moved: true }];
        assert_eq!(
            marked(a, 0, &runs, &marks(&edits, Side::A)).as_str(),
            "<span data-c=\"1\">尊重各国<del>人</del></span><span data-c=\"2\" class=\"mv\"><del>民</del>选择，</span>"
        );
        assert_eq!(marked(b, 0, &[], &marks(&edits, Side::B)).as_str(), b);
    }

    #[test]
    fn a_text_may_begin_inside() {
        let marks = [Mark { start: 2, end: 5, how: How::Folded }];
        assert_eq!(marked("丁戊己", 3, &[], &marks).as_str(), "<span class=\"fold\">丁戊</span>己");
    }
}
