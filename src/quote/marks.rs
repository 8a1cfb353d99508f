//! Quotation marks of a paragraph → the passages between them, level by level.
//!
//! ```text
//! “‘上海精神’的本质是和平与发展。”某人表示   →   ‘上海精神’的本质是和平与发展。  and inside it  上海精神
//! ```

/// A passage between quotation marks, without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Marked {
    pub start: usize,
    pub end: usize,
    /// 0 for the outermost.
    pub depth: usize,
}

const PAIRS: [(char, char); 5] = [('“', '”'), ('‘', '’'), ('「', '」'), ('『', '』'), ('〝', '〞')];

/// Every quotation of a paragraph, by its start. A closing mark without its opening is passed over; an opening one
/// without its closing reaches to the end of the paragraph if `goes_on` (a quotation of several paragraphs is opened
/// anew in each and closed in the last), and is no quotation otherwise.
#[must_use]
pub fn marked(chars: &[char], goes_on: bool) -> Vec<Marked> {
    let mut found = Vec::new();
    let mut open: Vec<(char, usize)> = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        if is_straight(c) {
            match open.iter().rposition(|&(o, _)| o == c) {
                Some(level) => close(&mut open, level, at, &mut found),
                None => open.push((c, at)),
            }
        } else if PAIRS.iter().any(|p| p.0 == c) {
            open.push((c, at));
        } else if let Some(pair) = PAIRS.iter().find(|p| p.1 == c)
            && let Some(level) = open.iter().rposition(|&(o, _)| o == pair.0)
        {
            close(&mut open, level, at, &mut found);
        }
    }
    if goes_on && let Some(&(_, at)) = open.first() {
        found.push(Marked { start: at + 1, end: chars.len(), depth: 0 });
    }
    found.retain(|m| m.start < m.end);
    found.sort();
    found
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

fn close(open: &mut Vec<(char, usize)>, level: usize, at: usize, found: &mut Vec<Marked>) {
    if let Some(&(_, start)) = open.get(level) {
        found.push(Marked { start: start + 1, end: at, depth: level });
    }
    open.truncate(level);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str, goes_on: bool) -> Vec<(String, usize)> {
        let chars: Vec<char> = text.chars().collect();
        let cut = |m: Marked| (chars.iter().take(m.end).skip(m.start).collect(), m.depth);
        marked(&chars, goes_on).into_iter().map(cut).collect()
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
}
