//! A passage against a paragraph: where in the paragraph it stands best.
//!
//! ```text
//! 要完善安全合作机制手段，加快建设…                          the passage
//! 我们要完善安全合作机制手段，多几道保障…本组织要加快建设…   the paragraph: 要完善 … 加快建设…, omissions bridged
//! ```

use crate::fold::QUOTE;
use crate::mark::is_letter;

/// Rewards and costs, in halves. An omission of forty characters is bridged by a run of twenty on its far side.
const MATCH: i32 = 4;
const MISMATCH: i32 = -5;
const GAP: i32 = -2;

/// At its ends an alignment holds on to runs of this length, not to single characters that happen to be the same.
const SOLID: usize = 3;

/// Who retells turns 我们 into 他们, and 本 into 该.
const PRONOUNS: &str = "我你他她咱您们本该其这那";

/// Those for persons, as a clause may begin with one.
const PERSONAL: &str = "我你他她咱您本该";

/// Characters of a subject that is looked for before an alignment, and how far before.
const SUBJECT: std::ops::RangeInclusive<usize> = 2..=4;
const APPOSITION: usize = 40;

/// Passages longer than this are aligned by their head: no quotation of one sentence is as long.
const MOST: usize = 600;

/// Tokens `source` of the paragraph are set against tokens `passage` of the passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alignment {
    pub source: (usize, usize),
    pub passage: (usize, usize),
    /// How many letters and digits are the same.
    pub matched: usize,
    /// The longest run of tokens that are the same.
    pub run: usize,
    /// Whether some words of the passage stand in the place of others: more than left out, put in, or a pronoun turned.
    pub replaced: bool,
}

impl Alignment {
    /// Share of the aligned letters of the passage that stand in the paragraph.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of characters of one paragraph")]
    pub fn share(&self, passage: &[char]) -> f32 {
        let letters = letters(passage.get(self.passage.0..self.passage.1).unwrap_or_default());
        self.matched as f32 / letters.max(1) as f32
    }
}

/// How many letters and digits `key` has: punctuation does not make a passage longer.
#[must_use]
pub fn letters(key: &[char]) -> usize {
    key.iter().filter(|&&c| is_letter(c)).count()
}

/// Whether a run of `length` tokens stands in both: without one, no need to align them.
#[must_use]
pub fn share_run(a: &[char], b: &[char], length: usize) -> bool {
    let hash = |run: &[char]| run.iter().fold(0_u32, |sum, &c| sum.rotate_left(7) ^ u32::from(c)) % 4096;
    let mut seen = [0_u64; 4096 / 64];
    for at in b.windows(length).map(hash) {
        if let Some(word) = seen.get_mut(at as usize / 64) {
            *word |= 1 << (at % 64);
        }
    }
    let may_stand = |run: &[char]| {
        let at = hash(run);
        seen.get(at as usize / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    };
    a.windows(length).any(|run| may_stand(run) && b.windows(length).any(|other| other == run))
}

/// The best place of `passage` in `paragraph`, both as keys; the passage as a whole if it stands there unchanged.
#[must_use]
pub fn align(paragraph: &[char], passage: &[char]) -> Option<Alignment> {
    let passage = passage.get(..passage.len().min(MOST)).unwrap_or_default();
    if passage.is_empty() || paragraph.is_empty() {
        return None;
    }
    if let Some(at) = paragraph.windows(passage.len()).position(|w| w == passage) {
        let (source, whole) = ((at, at + passage.len()), (0, passage.len()));
        return Some(Alignment {
            source,
            passage: whole,
            matched: letters(passage),
            run: passage.len(),
            replaced: false,
        });
    }
    let table = Table::fill(paragraph, passage);
    table.trace(paragraph, passage)
}

/// Smith and Waterman's table, its directions kept and its scores only row by row.
struct Table {
    width: usize,
    directions: Vec<u8>,
    best: (usize, usize),
}

const STOP: u8 = 0;
const DIAGONAL: u8 = 1;
const UP: u8 = 2;
const LEFT: u8 = 3;

impl Table {
    fn fill(paragraph: &[char], passage: &[char]) -> Self {
        let width = paragraph.len() + 1;
        let mut directions = vec![STOP; (passage.len() + 1) * width];
        let (mut above, mut row) = (vec![0i32; width], vec![0i32; width]);
        let (mut most, mut best) = (0, (0, 0));
        for (i, (&p, out)) in passage.iter().zip(directions.chunks_exact_mut(width).skip(1)).enumerate() {
            let ups = above.get(1..).unwrap_or_default();
            let (cells, out) = (row.get_mut(1..).unwrap_or_default(), out.get_mut(1..).unwrap_or_default());
            let (mut left, mut corner) = (0, 0);
            for (((&s, &up), cell), out) in paragraph.iter().zip(ups).zip(cells).zip(out) {
                let diagonal = corner + if p == s { MATCH } else { MISMATCH };
                let (score, direction) = [(0, STOP), (diagonal, DIAGONAL), (up + GAP, UP), (left + GAP, LEFT)]
                    .into_iter()
                    .fold((0, STOP), |a, b| if b.0 > a.0 { b } else { a });
                (*cell, *out) = (score, direction);
                (left, corner) = (score, up);
            }
            // Looked for row by row: most time is spent in the loop above.
            let top = row.iter().copied().max().unwrap_or(0);
            if top > most
                && let Some(j) = row.iter().position(|&score| score == top)
            {
                (most, best) = (top, (i + 1, j));
            }
            std::mem::swap(&mut above, &mut row);
        }
        Self { width, directions, best }
    }

    fn trace(&self, paragraph: &[char], passage: &[char]) -> Option<Alignment> {
        let (mut i, mut j) = self.best;
        let mut runs: Vec<Run> = Vec::new();
        loop {
            match self.directions.get(i * self.width + j).copied().unwrap_or(STOP) {
                DIAGONAL => {
                    (i, j) = (i - 1, j - 1);
                    if passage.get(i) == paragraph.get(j) {
                        match runs.last_mut().filter(|r| r.passage == i + 1 && r.source == j + 1) {
                            Some(run) => *run = Run { passage: i, source: j, length: run.length + 1 },
                            None => runs.push(Run { passage: i, source: j, length: 1 }),
                        }
                    }
                }
                UP => i -= 1,
                LEFT => j -= 1,
                _ => break,
            }
        }
        runs.reverse();
        let found = of_runs(&runs, paragraph, passage)?;
        let found = with_end(with_subject(found, paragraph, passage), paragraph, passage);
        Some(with_pronoun(found, paragraph, passage))
    }
}

/// Tokens that are the same, one after another.
#[derive(Clone, Copy, Debug)]
struct Run {
    passage: usize,
    source: usize,
    length: usize,
}

/// What the runs amount to, without stray characters and punctuation at the ends.
fn of_runs(runs: &[Run], paragraph: &[char], passage: &[char]) -> Option<Alignment> {
    let solid = |r: &&Run| r.length >= SOLID;
    let solid_first = runs.iter().position(|r| solid(&r))?;
    let first = if begin_together(runs, solid_first, paragraph) { 0 } else { solid_first };
    let last = runs.iter().rposition(|r| solid(&r))?;
    let runs = runs.get(first..=last)?;
    let (head, tail) = (runs.first()?, runs.last()?);
    let key = |run: &Run| passage.get(run.passage..run.passage + run.length).unwrap_or_default();
    let skip = key(head).iter().take_while(|&&c| !begins(c)).count();
    let drop = key(tail).iter().rev().take_while(|&&c| !ends(c)).count();
    let start = (head.source + skip, head.passage + skip);
    let end = (tail.source + tail.length - drop, tail.passage + tail.length - drop);
    (start.0 < end.0 && start.1 < end.1).then(|| Alignment {
        source: (start.0, end.0),
        passage: (start.1, end.1),
        matched: runs.iter().map(|r| letters(key(r))).sum(),
        run: runs.iter().map(|r| r.length).max().unwrap_or(0),
        replaced: replaced(runs, paragraph, passage),
    })
}

/// Whether the few characters before the first solid run are the beginning of both, with a word exchanged behind it: 不能让
/// for 不能叫.
fn begin_together(runs: &[Run], solid: usize, paragraph: &[char]) -> bool {
    let (Some(head), Some(next)) = (runs.first(), runs.get(solid)) else { return false };
    let begins = head.source.checked_sub(1).and_then(|at| paragraph.get(at)).is_none_or(|c| !c.is_alphanumeric());
    solid > 0
        && head.length > 1
        && begins
        && head.passage == 0
        && next.passage <= head.length + SOLID
        && next.source - head.source <= head.length + SOLID
}

/// Whether words stand on both sides between two runs that are more than characters which happen to be the same.
fn replaced(runs: &[Run], paragraph: &[char], passage: &[char]) -> bool {
    let words = |key: &[char], from: usize, to: usize| {
        key.get(from..to).is_some_and(|gap| gap.iter().any(|&c| is_letter(c) && !PRONOUNS.contains(c)))
    };
    let solid: Vec<&Run> = runs.iter().filter(|run| run.length >= SOLID).collect();
    solid.windows(2).any(|pair| {
        let [one, next] = pair else { return false };
        words(passage, one.passage + one.length, next.passage) && words(paragraph, one.source + one.length, next.source)
    })
}

/// A subject of a word or two may be far from its verb in the source: 中国作为轮值主席国，将办好… is told as 中国将办好…. What is
/// left of the passage before the alignment belongs to it where a clause shortly before begins with just that.
fn with_subject(found: Alignment, paragraph: &[char], passage: &[char]) -> Alignment {
    let subject = passage.get(..found.passage.0).unwrap_or_default();
    let is_word = subject.iter().all(|c| c.is_alphanumeric()) && SUBJECT.contains(&subject.len());
    let from = found.source.0.saturating_sub(APPOSITION);
    let begins_clause = |at: usize| at == 0 || paragraph.get(at - 1).is_some_and(|c| !c.is_alphanumeric());
    let stands_at =
        |&at: &usize| begins_clause(at) && paragraph.get(at..).is_some_and(|rest| rest.starts_with(subject));
    let at = (from..found.source.0.saturating_sub(subject.len())).rev().find(stands_at).filter(|_| is_word);
    at.map_or(found, |at| Alignment {
        source: (at, found.source.1),
        passage: (0, found.passage.1),
        matched: found.matched + subject.len(),
        ..found
    })
}

/// What was left out may be so long that its last words are not bridged: 支持人民（为争取独立而进行）的正义斗争. They belong to it
/// where the clause of the passage and the sentence of the source end with the same.
fn with_end(found: Alignment, paragraph: &[char], passage: &[char]) -> Alignment {
    let divides = |c: &char| !c.is_alphanumeric();
    let rest = passage.get(found.passage.1..).unwrap_or_default();
    let rest = rest.get(..rest.iter().position(divides).unwrap_or(rest.len())).unwrap_or_default();
    let source = paragraph.get(found.source.1..).unwrap_or_default();
    let far = source.iter().take(APPOSITION).position(divides).unwrap_or(0);
    let fits = rest.len() >= SOLID && source.get(..far).is_some_and(|clause| clause.ends_with(rest));
    if !fits || !is_word_at(passage, found.passage.1.checked_sub(1)) {
        return found;
    }
    // With the mark that ends both.
    let next = passage.get(found.passage.1 + rest.len());
    let mark = usize::from(next.is_some_and(|c| ends(*c)) && next == paragraph.get(found.source.1 + far));
    Alignment {
        source: (found.source.0, found.source.1 + far + mark),
        passage: (found.passage.0, found.passage.1 + rest.len() + mark),
        matched: found.matched + letters(rest),
        ..found
    }
}

/// Who retells names the speaker or says 他 where the source has 我: 我们有信心 is told as 中国有信心. The subjects belong to the
/// clauses that they begin.
fn with_pronoun(found: Alignment, paragraph: &[char], passage: &[char]) -> Alignment {
    let (own, other) = (word_before(passage, found.passage.0), word_before(paragraph, found.source.0));
    let is_named = (1..=*SUBJECT.end()).contains(&own.len());
    let is_pronoun = other.len() < *SUBJECT.end() && other.first().is_some_and(|&c| PERSONAL.contains(c));
    if !is_named || !is_pronoun {
        return found;
    }
    Alignment {
        source: (found.source.0 - other.len(), found.source.1),
        passage: (found.passage.0 - own.len(), found.passage.1),
        ..found
    }
}

/// Whether a character of a word stands at `at`.
#[must_use]
pub fn is_word_at(key: &[char], at: Option<usize>) -> bool {
    at.and_then(|at| key.get(at)).is_some_and(|c| c.is_alphanumeric())
}

/// What stands before `at` since the last mark.
#[must_use]
pub fn word_before(key: &[char], at: usize) -> &[char] {
    let head = key.get(..at).unwrap_or_default();
    let start = head.iter().rposition(|c| !c.is_alphanumeric()).map_or(0, |mark| mark + 1);
    head.get(start..).unwrap_or_default()
}

fn begins(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, QUOTE | '《' | '(')
}

fn ends(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, QUOTE | '》' | ')' | '。' | '!' | '?')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(paragraph: &str, passage: &str) -> (String, String, usize) {
        let (a, b): (Vec<char>, Vec<char>) = (paragraph.chars().collect(), passage.chars().collect());
        let found = align(&a, &b).unwrap();
        let cut = |t: &[char], s: (usize, usize)| t[s.0..s.1].iter().collect::<String>();
        (cut(&a, found.source), cut(&b, found.passage), found.matched)
    }

    #[test]
    fn an_unchanged_passage_is_found_whole() {
        assert_eq!(aligned("各国都安全，才有真安全。", "才有真安全"), ("才有真安全".into(), "才有真安全".into(), 5));
    }

    #[test]
    fn omissions_are_bridged_and_strange_words_left_out() {
        let (source, passage, matched) = aligned(
            "我们要发挥阿富汗邻国协调合作机制等平台作用，加大对阿富汗人道主义支持，推动阿富汗搭建广泛包容的政治架构，走上和平重建道路。",
            "他说，要发挥阿富汗邻国协调合作机制等平台作用，推动阿富汗走上和平重建道路。",
        );
        assert_eq!(
            source,
            "要发挥阿富汗邻国协调合作机制等平台作用，加大对阿富汗人道主义支持，推动阿富汗搭建广泛包容的政治架构，走上和平重建道路。"
        );
        assert_eq!(passage, "要发挥阿富汗邻国协调合作机制等平台作用，推动阿富汗走上和平重建道路。");
        assert_eq!(matched, 32);
    }

    #[test]
    fn a_subject_is_told_with_its_verb() {
        let (source, passage, matched) = aligned(
            "开展联合行动。中国作为地区反恐怖机构轮值主席国，将办好联合反恐演习等活动。",
            "中国将办好联合反恐演习等活动。",
        );
        assert_eq!(source, "中国作为地区反恐怖机构轮值主席国，将办好联合反恐演习等活动。");
        assert_eq!((passage.as_str(), matched), ("中国将办好联合反恐演习等活动。", 14));
    }

    #[test]
    fn another_pronoun_begins_the_same_clause() {
        let (source, passage, _) = aligned("今后三年，我们有信心实现全年发展目标。", "中国有信心实现全年发展目标。");
        assert_eq!(
            (source.as_str(), passage.as_str()),
            ("我们有信心实现全年发展目标。", "中国有信心实现全年发展目标。")
        );
        let (source, passage, _) = aligned("萨方重申奉行这一原则。", "科方重申奉行这一原则。");
        assert_eq!((source.as_str(), passage.as_str()), ("方重申奉行这一原则。", "方重申奉行这一原则。"));
    }

    #[test]
    fn the_last_words_of_a_clause_belong_to_it_whatever_was_left_out() {
        let (source, passage, _) = aligned(
            "支持南部地区人民为争取民族独立和种族平等而进行的不屈不挠的正义斗争。",
            "支持南部地区人民的正义斗争。",
        );
        assert_eq!(passage, "支持南部地区人民的正义斗争。");
        assert!(source.starts_with("支持南部") && source.ends_with("的正义斗争。"));
    }

    #[test]
    fn a_run_is_shared_or_not() {
        let shared = |a: &str, b: &str| {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            share_run(&a, &b, 5)
        };
        assert!(shared("各国都安全，才有真安全。", "他说各国都安全"));
        assert!(!shared("各国都安全，才有真安全。", "各国都安，才有安全"));
        assert!(!shared("各国", "各国"));
    }

    #[test]
    fn nothing_in_common_is_no_place() {
        assert_eq!(align(&['甲'], &['乙']), None);
        assert_eq!(align(&[], &['乙']), None);
    }
}
