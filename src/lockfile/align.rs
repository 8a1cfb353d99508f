//! Which paragraph of today is which paragraph of yesterday.
//!
//! ```text
//! yesterday  p1 一年来……   p2 中方认为……   p3 最后……
//! today      新的一段      一年来……  中方认为，…… 最后……        ─▶ none, p1, p2, p3
//! ```

use super::print::Print;

/// Fewer equal slots of eight than this are chance.
const ALIKE: usize = 3;
/// A paragraph that left its place in the order must be more alike to be known again.
const MOVED: usize = 6;
/// Cells of the table of the alignment; longer articles are aligned by equal prints alone.
const CELLS: usize = 4 << 20;

/// For each paragraph of `new`, its index in `old`.
pub(super) fn align(old: &[Print], new: &[Print]) -> Vec<Option<usize>> {
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let old_middle = old_rest.get(..old_rest.len() - tail).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - tail).unwrap_or_default();

    let mut middle = in_order(old_middle, new_middle);
    out_of_order(old_middle, new_middle, &mut middle);
    let shift = old.len() - tail;
    (0..head)
        .map(Some)
        .chain(middle.into_iter().map(|at| Some(at? + head)))
        .chain((shift..old.len()).map(Some))
        .collect()
}

/// The alignment without crossings that has the most slots in common.
fn in_order(old: &[Print], new: &[Print]) -> Vec<Option<usize>> {
    let mut matched = vec![None; new.len()];
    let width = new.len() + 1;
    if (old.len() + 1).saturating_mul(width) > CELLS {
        return matched;
    }
    // best[i * width + j]: the most slots that old[i..] and new[j..] can have in common.
    let mut best = vec![0usize; (old.len() + 1) * width];
    let at = |best: &[usize], i: usize, j: usize| best.get(i * width + j).copied().unwrap_or(0);
    let gain = |a: &Print, b: &Print| Some(a.alike(b)).filter(|alike| *alike >= ALIKE);
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            let paired = gain(a, b).map_or(0, |gain| gain + at(&best, i + 1, j + 1));
            let most = paired.max(at(&best, i + 1, j)).max(at(&best, i, j + 1));
            if let Some(cell) = best.get_mut(i * width + j) {
                *cell = most;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    while let (Some(a), Some(b), Some(slot)) = (old.get(i), new.get(j), matched.get_mut(j)) {
        let here = at(&best, i, j);
        if gain(a, b).is_some_and(|gain| gain + at(&best, i + 1, j + 1) == here) {
            *slot = Some(i);
            (i, j) = (i + 1, j + 1);
        } else if at(&best, i + 1, j) == here {
            i += 1;
        } else {
            j += 1;
        }
    }
    matched
}

/// What changed its place: each paragraph that is left takes the one that is most like it.
fn out_of_order(old: &[Print], new: &[Print], matched: &mut [Option<usize>]) {
    let mut free: Vec<bool> = vec![true; old.len()];
    for at in matched.iter().flatten() {
        if let Some(free) = free.get_mut(*at) {
            *free = false;
        }
    }
    for (print, slot) in new.iter().zip(matched).filter(|(_, slot)| slot.is_none()) {
        let left = old.iter().enumerate().filter(|(at, _)| free.get(*at) == Some(&true));
        let best = left.map(|(at, other)| (other.alike(print), at)).filter(|(alike, _)| *alike >= MOVED);
        if let Some((_, at)) = best.min_by_key(|(alike, at)| (usize::MAX - alike, *at)) {
            *slot = Some(at);
            if let Some(free) = free.get_mut(at) {
                *free = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prints(texts: &[&str]) -> Vec<Print> {
        texts.iter().map(|text| Print::of(std::iter::once(*text))).collect()
    }

    const A: &str = "今年是上海合作组织成立以来十分重要的一年。";
    const B: &str = "面对世界百年变局加速演进，我们要坚持团结互信。";
    const C: &str = "中方愿同各方一道，推动组织行稳致远。";
    const D: &str = "洞庭湖一线堤防出现管涌，抢险队伍连夜赶到。";

    #[test]
    fn insertions_deletions_moves_edits_and_splits() {
        let old = prints(&[A, B, C]);
        let cases: &[(&[&str], &[Option<usize>])] = &[
            (&[A, B, C], &[Some(0), Some(1), Some(2)]),
            (&[D, A, B, C], &[None, Some(0), Some(1), Some(2)]),
            (&[A, C], &[Some(0), Some(2)]),
            (&[C, A, B], &[Some(2), Some(0), Some(1)]),
            (&[A, "面对世界百年变局加速演进，我们必须坚持团结互信。", C], &[Some(0), Some(1), Some(2)]),
            (&[A, D, C], &[Some(0), None, Some(2)]),
            (&[], &[]),
            (&[D], &[None]),
        ];
        for (new, expected) in cases {
            assert_eq!(align(&old, &prints(new)), *expected, "{new:?}");
        }
    }

    #[test]
    fn repeated_paragraphs_keep_their_order() {
        let old = prints(&[A, "一", A, "一"]);
        assert_eq!(align(&old, &prints(&[A, "一", B, A, "一"])), [Some(0), Some(1), None, Some(2), Some(3)]);
    }
}
