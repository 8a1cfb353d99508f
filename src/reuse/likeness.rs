//! Whether two clauses are the same clause in other words.
//!
//! A long common subsequence alone would pair 哈萨克斯坦共和国 with 哈萨克斯坦轮值主席国工作卓有成效: the measure looks at both
//! sides, and asks for characters that stand together.
//!
//! ```text
//! 愿在未来3年向本组织国家提供不少于1000人次数字技术培训名额   愿向本组织国家提供数字技术培训名额    alike (contained)
//! 哈萨克斯坦共和国                                            哈萨克斯坦轮值主席国工作卓有成效      not alike
//! ```

use rapidfuzz::distance::lcs_seq::{self, BatchComparator};

/// How much two words have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// Characters of the longest common subsequence.
    pub common: usize,
    pub len_a: usize,
    pub len_b: usize,
}

impl Likeness {
    #[must_use]
    pub fn new(a: &[char], b: &[char]) -> Self {
        Self { common: common(a, b), len_a: a.len(), len_b: b.len() }
    }

    /// What share of both sides is common, 0 to 1.
    #[must_use]
    pub fn symmetric(self) -> f64 {
        ratio(2 * self.common, self.len_a + self.len_b)
    }

    /// What share of the shorter side is common.
    #[must_use]
    pub fn contained(self) -> f64 {
        ratio(self.common, self.len_a.min(self.len_b))
    }

    #[must_use]
    pub fn shorter(self) -> usize {
        self.len_a.min(self.len_b)
    }

    #[must_use]
    pub fn longer(self) -> usize {
        self.len_a.max(self.len_b)
    }
}

/// `a / b`, 0 where there is nothing to divide by.
#[must_use]
pub fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 0.0 } else { to_f64(a) / to_f64(b) }
}

/// Counts of characters are far below 2^52.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of characters are far below 2^52")]
pub fn to_f64(n: usize) -> f64 {
    n as f64
}

/// Above this product of lengths only a common start and end are counted.
const LONGEST_CELLS: usize = 1 << 26;

/// Up to this product of lengths runs are held against each other one by one.
const FEW_CELLS: usize = 1 << 10;

/// The length of the longest common subsequence.
#[must_use]
pub fn common(a: &[char], b: &[char]) -> usize {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(head..).unwrap_or(&[]), b.get(head..).unwrap_or(&[]));
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(..a.len() - tail).unwrap_or(&[]), b.get(..b.len() - tail).unwrap_or(&[]));
    if a.is_empty() || b.is_empty() || a.len().saturating_mul(b.len()) > LONGEST_CELLS {
        return head + tail;
    }
    head + tail + lcs_seq::similarity(a.iter().copied(), b.iter().copied())
}

/// Words made ready to be held against many others.
pub struct Pattern<'a> {
    words: &'a [char],
    compared: BatchComparator<char>,
}

impl<'a> Pattern<'a> {
    #[must_use]
    pub fn new(words: &'a [char]) -> Self {
        Self { words, compared: BatchComparator::new(words.iter().copied()) }
    }

    /// What [`common`] is for these words and `other`.
    #[must_use]
    pub fn common(&self, other: &[char]) -> usize {
        if self.words.len().saturating_mul(other.len()) > LONGEST_CELLS {
            return common(self.words, other);
        }
        self.compared.similarity(other.iter().copied())
    }
}

/// Whether `a` and `b` have `length` characters in common that stand together.
#[must_use]
pub fn have_run(a: &[char], b: &[char], length: usize) -> bool {
    if length == 0 {
        return true;
    }
    if a.len().saturating_mul(b.len()) <= FEW_CELLS {
        return a.windows(length).any(|run| b.windows(length).any(|other| other == run));
    }
    let mut runs: Vec<&[char]> = b.windows(length).collect();
    runs.sort_unstable();
    a.windows(length).any(|run| runs.binary_search(&run).is_ok())
}

/// The longest run of characters that both have, the first in `a` of those as long.
#[must_use]
pub fn longest_run<'a>(a: &'a [char], b: &[char]) -> &'a [char] {
    let mut lengths = vec![0_usize; b.len() + 1];
    let (mut most, mut end) = (0, 0);
    for (i, x) in a.iter().enumerate() {
        // From the right, so that the place to the left is still that of the row above.
        for (j, y) in b.iter().enumerate().rev() {
            lengths[j + 1] = if x == y { lengths[j] + 1 } else { 0 };
        }
        let longest = lengths.iter().copied().max().unwrap_or(0);
        if longest > most {
            (most, end) = (longest, i + 1);
        }
    }
    a.get(end - most..end).unwrap_or(&[])
}

/// Whether all of `short` stands in `long`, cut once: 反对│单边制裁 in 反对破坏…的单边制裁和贸易限制. The longer piece is a
/// word of four characters at least, the other of two.
#[must_use]
pub fn is_in_two_pieces(short: &[char], long: &[char]) -> bool {
    let find = |piece: &[char], from: usize| {
        let rest = long.get(from..).unwrap_or(&[]);
        rest.windows(piece.len().max(1)).position(|window| window == piece).map(|at| from + at + piece.len())
    };
    let cuts = (2..short.len().saturating_sub(1)).filter(|&cut| cut.max(short.len() - cut) >= 4);
    let mut pieces = cuts.map(|cut| short.split_at(cut));
    pieces.any(|(head, tail)| find(head, 0).is_some_and(|end| find(tail, end).is_some()))
}

/// Whether two clauses that stand where they should are the same clause.
#[must_use]
pub fn alike_in_place(a: &[char], b: &[char], like: Likeness) -> bool {
    if like.shorter() < 4 {
        return like.symmetric() >= 0.66 && like.common >= 2;
    }
    // Two words of a short clause may be all that is left of it.
    if like.longer() <= 9 && like.symmetric() > 0.6 {
        return have_run(a, b, 2);
    }
    let run = like.shorter().min(if like.symmetric() >= 0.6 { 3 } else { 4 });
    let enough = like.symmetric() >= 0.5 || like.contained() >= 0.75 && like.common >= 4;
    enough && have_run(a, b, run)
}

/// Whether two clauses are the same clause where those next to them are: a word and half of the shorter are enough.
#[must_use]
pub fn alike_beside(a: &[char], b: &[char], like: Likeness) -> bool {
    like.common >= 8 && like.contained() >= 0.45 && have_run(a, b, 4)
}

/// Whether clauses of such lengths can be alike anywhere if they have no more than `most` characters in common.
#[must_use]
pub fn may_be_alike_anywhere(most: usize, len_a: usize, len_b: usize) -> bool {
    is_enough(Likeness { common: most.min(len_a).min(len_b), len_a, len_b })
}

/// Whether two clauses have enough in common to be the same clause wherever they stand.
#[must_use]
pub fn is_enough(like: Likeness) -> bool {
    like.symmetric() >= 0.6 || like.contained() >= 0.85 && like.symmetric() >= 0.4
}

/// Whether two clauses are the same clause although nothing around them says so.
#[must_use]
pub fn alike_anywhere(a: &[char], b: &[char], like: Likeness) -> bool {
    like.shorter() >= 6 && is_enough(like) && have_run(a, b, 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> (bool, bool) {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let like = Likeness::new(&a, &b);
        (alike_in_place(&a, &b, like), alike_anywhere(&a, &b, like))
    }

    #[test]
    fn names_that_begin_alike_are_not_alike() {
        assert!(!alike("哈萨克斯坦共和国", "哈萨克斯坦轮值主席国工作卓有成效").1);
        assert_eq!(alike("谢谢大家", "大家好"), (false, false));
    }

    #[test]
    fn shortened_and_reworded_clauses_are_alike() {
        let long = "愿在未来3年向本组织国家提供不少于1000人次数字技术培训名额";
        assert_eq!(alike(long, "愿向本组织国家提供数字技术培训名额"), (true, true));
        assert_eq!(alike("欢迎各方积极参与", "欢迎各方积极参加"), (true, true));
    }
}
