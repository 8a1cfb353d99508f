//! Quotation marks of a paragraph → the passages between them, level by level.
//!
//! ```text
//! “‘上海精神’的本质是和平与发展。”某人表示   →   ‘上海精神’的本质是和平与发展。  and inside it  上海精神
//! ```

use std::collections::BTreeMap;

/// A passage between quotation marks, without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Marked {
    pub start: usize,
    pub end: usize,
    /// 0 for the outermost.
    pub depth: usize,
}

const PAIRS: [(char, char); 5] = [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('〝', '〞')];

/// No quotation that is opened once and closed once is longer; a closing mark further away is a stray one.
const MOST_PARAGRAPHS: usize = 8;

/// The quotation marks of a paragraph, read once.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    closed: Vec<Marked>,
    /// The first that is opened and not closed.
    open: Option<(char, usize)>,
    /// The first of each kind that is closed and not opened, with the mark that should have opened it.
    stray: Vec<(char, usize)>,
    /// How far a quotation reaches that an earlier paragraph opened.
    until: Option<usize>,
    /// Whether what is opened here is closed in a later paragraph.
    goes_on: bool,
    length: usize,
}

impl Marks {
    #[must_use]
    pub fn read(chars: &[char]) -> Self {
        let mut marks = Self { length: chars.len(), ..Self::default() };
        let mut open = Open::default();
        for (at, &c) in chars.iter().enumerate() {
            let opened_by = PAIRS.iter().find(|p| p.1 == c).map(|p| p.0).or_else(|| is_straight(c).then_some(c));
            match opened_by {
                Some(kind) if open.holds(kind) => marks.closed.extend(open.close(kind, at)),
                Some(kind) if is_straight(kind) => open.push(kind, at),
                Some(kind) if marks.stray.iter().all(|&(o, _)| o != kind) => marks.stray.push((kind, at)),
                None if PAIRS.iter().any(|p| p.0 == c) => open.push(c, at),
                Some(_) | None => {}
            }
        }
        marks.open = open.marks.first().copied();
        marks
    }

    /// Every quotation, by its start. A closing mark without its opening is passed over; an opening one without its
    /// closing reaches to the end of the paragraph if the quotation goes on in the next, and opens none otherwise.
    #[must_use]
    pub fn quotations(&self) -> Vec<Marked> {
        self.reaching(self.goes_on)
    }

    /// The outermost quotations; what is opened reaches to the end of the paragraph, if nothing closes it.
    pub fn outermost(&self) -> impl Iterator<Item = Marked> {
        self.reaching(true).into_iter().filter(|mark| mark.depth == 0)
    }

    fn reaching(&self, goes_on: bool) -> Vec<Marked> {
        let mut found = self.closed.clone();
        if goes_on && let Some((_, at)) = self.open {
            found.push(Marked { start: at + 1, end: self.length, depth: 0 });
        }
        if let Some(until) = self.until {
            found.iter_mut().filter(|mark| mark.start < until).for_each(|mark| mark.depth += 1);
            found.push(Marked { start: 0, end: until, depth: 0 });
        }
        found.retain(|m| m.start < m.end);
        found.sort();
        found
    }
}

/// The marks of every paragraph of a text. A quotation of several paragraphs is opened anew in each and closed in the last,
/// or opened once and closed once.
#[must_use]
pub fn of_text(paragraphs: &[Vec<char>]) -> Vec<Marks> {
    let mut marks: Vec<Marks> = paragraphs.iter().map(|chars| Marks::read(chars)).collect();
    for ix in 0..marks.len() {
        let Some((kind, at)) = marks.get(ix).and_then(|marks| marks.open) else { continue };
        let anew = paragraphs.get(ix + 1).and_then(|next| next.iter().find(|c| !c.is_whitespace()));
        let head = paragraphs.get(ix).and_then(|chars| chars.get(..at)).unwrap_or_default();
        // Whole sentences are quoted so: the mark that is to close them may be a stray one otherwise.
        let begins = head.iter().rev().find(|c| !c.is_whitespace()).is_none_or(|&c| matches!(c, '：' | ':'));
        let ended = |&(n, at): &(usize, usize)| {
            let head = paragraphs.get(n).and_then(|chars| chars.get(..at)).unwrap_or_default();
            head.last().is_some_and(|&c| "。！？…".contains(c) || closes(c))
        };
        let last = closing(&marks, ix, kind).filter(|_| begins).filter(ended);
        if anew.is_some_and(|&c| opens(c)) {
            marks.get_mut(ix).into_iter().for_each(|marks| marks.goes_on = true);
        } else if let Some((last, until)) = last {
            for (n, marks) in marks.iter_mut().enumerate().take(last + 1).skip(ix) {
                marks.goes_on |= n == ix;
                marks.until = match n {
                    _ if n == ix => marks.until,
                    _ if n == last => Some(until),
                    _ => Some(marks.length),
                };
            }
        }
    }
    marks
}

/// Which paragraph closes the quotation that `kind` opens in paragraph `ix`, and where.
fn closing(marks: &[Marks], ix: usize, kind: char) -> Option<(usize, usize)> {
    for (n, marks) in marks.iter().enumerate().skip(ix + 1).take(MOST_PARAGRAPHS) {
        if let Some(&(_, at)) = marks.stray.iter().find(|stray| stray.0 == kind) {
            return Some((n, at));
        }
        if marks.open.is_some() {
            return None;
        }
    }
    None
}

/// Whether a paragraph is a quotation and nothing else.
#[must_use]
pub fn is_quotation(chars: &[char]) -> bool {
    let mut printed = chars.iter().filter(|c| !c.is_whitespace());
    printed.next().is_some_and(|&c| opens(c)) && printed.next_back().is_some_and(|&c| closes(c))
}

/// The marks that open a quotation.
#[must_use]
pub fn opens(c: char) -> bool {
    PAIRS.iter().any(|p| p.0 == c) || is_straight(c)
}

/// The marks that close one.
#[must_use]
pub fn closes(c: char) -> bool {
    PAIRS.iter().any(|p| p.1 == c) || is_straight(c)
}

fn is_straight(c: char) -> bool {
    matches!(c, '"' | '＂')
}

/// The marks that are open, the outermost first.
#[derive(Debug, Default)]
struct Open {
    marks: Vec<(char, usize)>,
    /// How many there are of each kind: a page of stray closing marks is not to search all that is open for each of them.
    counts: BTreeMap<char, usize>,
}

impl Open {
    fn holds(&self, kind: char) -> bool {
        self.counts.get(&kind).is_some_and(|&count| count > 0)
    }

    fn push(&mut self, kind: char, at: usize) {
        self.marks.push((kind, at));
        *self.counts.entry(kind).or_default() += 1;
    }

    /// Closes the innermost mark of this kind, and with it what is open inside.
    fn close(&mut self, kind: char, at: usize) -> Option<Marked> {
        loop {
            let (last, start) = self.marks.pop()?;
            self.counts.entry(last).and_modify(|count| *count -= 1);
            if last == kind {
                return Some(Marked { start: start + 1, end: at, depth: self.marks.len() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, goes_on: bool) -> Vec<(String, usize)> {
        let chars: Vec<char> = text.chars().collect();
        let cut = |m: Marked| (chars.iter().take(m.end).skip(m.start).collect(), m.depth);
        Marks { goes_on, ..Marks::read(&chars) }.quotations().into_iter().map(cut).collect()
    }

    #[test]
    fn levels_nest() {
        assert_eq!(
            texts("“‘上海精神’的本质。”他说，『甲「乙」』", false),
            [("‘上海精神’的本质。".into(), 0), ("上海精神".into(), 1), ("甲「乙」".into(), 0), ("乙".into(), 1)]
        );
    }

    #[test]
    fn stray_marks_hide_nothing() {
        assert_eq!(
            texts("看到了“共同家园里”百花齐放的前景”。“乙”", false),
            [("共同家园里".into(), 0), ("乙".into(), 0)]
        );
        assert_eq!(texts("“没有完，他说“乙”", false), [("乙".into(), 1)]);
        assert_eq!(texts("\"甲\"和\"乙\"", false), [("甲".into(), 0), ("乙".into(), 0)]);
        assert!(texts("“”", false).is_empty());
    }

    #[test]
    fn a_quotation_of_several_paragraphs() {
        assert_eq!(texts("“第一段。", true), [("第一段。".into(), 0)]);
    }

    fn over(paragraphs: &[&str]) -> Vec<Vec<(String, usize)>> {
        let paragraphs: Vec<Vec<char>> = paragraphs.iter().map(|text| text.chars().collect()).collect();
        let cut = |chars: &[char], m: Marked| (chars.iter().take(m.end).skip(m.start).collect(), m.depth);
        let quotations = of_text(&paragraphs);
        let each = paragraphs.iter().zip(&quotations);
        each.map(|(chars, marks)| marks.quotations().into_iter().map(|m| cut(chars, m)).collect()).collect()
    }

    #[test]
    fn it_is_opened_anew_or_once() {
        assert_eq!(over(&["他说：“甲。", "“乙。”"]), [[("甲。".into(), 0)], [("乙。".into(), 0)]]);
        assert_eq!(
            over(&["他说：“甲。", "乙。", "丙‘丁’。”他走了。"]),
            [vec![("甲。".into(), 0)], vec![("乙。".into(), 0)], vec![("丙‘丁’。".into(), 0), ("丁".into(), 1)]]
        );
    }

    #[test]
    fn a_mark_that_brings_nothing_reaches_nowhere() {
        assert_eq!(over(&["看到了“甲。", "乙。”"]), [vec![], vec![]]);
        assert_eq!(over(&["他说：“甲。", "乙『丙。", "丁。”"]), [vec![], vec![], vec![]]);
    }

    #[test]
    fn a_page_of_nothing_but_marks_is_soon_read() {
        let page: Vec<char> = "“".repeat(200_000).chars().chain("’".repeat(200_000).chars()).collect();
        assert!(Marks::read(&page).quotations().is_empty());
        let page: Vec<char> = "“一".repeat(100_000).chars().chain("”".repeat(100_000).chars()).collect();
        assert_eq!(Marks::read(&page).quotations().len(), 100_000);
    }
}
