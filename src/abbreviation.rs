//! `（以下简称“…”）` → the short form that a text announces, and what it stands for.
//!
//! ```text
//! 上海合作组织（以下称“上合组织”或“本组织”）成员国   →   上合组织 = 上海合作组织   (本组织 points, it does not abbreviate)
//! 《中亚无核武器区条约》（以下简称《条约》）          →   《条约》 = 《中亚无核武器区条约》
//! ```

/// The words that announce a short form, as both scripts write them; the longer first.
const ANNOUNCEMENTS: [&str; 10] =
    ["以下简称", "以下簡稱", "以下统称", "以下統稱", "以下称", "以下稱", "下称", "下稱", "简称", "簡稱"];

/// What an announcement says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announced {
    /// 上海合作组织 is 上合组织 from here on.
    Name { short: String, long: String },
    /// 《中亚无核武器区条约》 is 《条约》.
    Document { short: String, long: String },
}

/// Every announcement of a text, in its order.
#[must_use]
pub fn announcements(text: &str) -> Vec<Announced> {
    let mut found = Vec::new();
    // Most texts announce nothing, and every word that announces something has one of these.
    if !text.contains(['称', '稱']) {
        return found;
    }
    let chars: Vec<char> = text.chars().collect();
    for (open, _) in chars.iter().enumerate().filter(|(_, c)| matches!(c, '（' | '(')) {
        let inside: String = chars.iter().skip(open + 1).take_while(|c| !matches!(c, '）' | ')')).collect();
        let Some(rest) = ANNOUNCEMENTS.iter().find_map(|word| inside.strip_prefix(word)) else { continue };
        let before: String = chars.iter().take(open).collect();
        for short in shorts(rest.trim_start_matches(['为', '為', '：', ':'])) {
            let long = match before.strip_suffix('》').and_then(|b| b.rsplit_once('《')) {
                Some((_, name)) => Some(name.to_owned()),
                None => long_form(&before, &short),
            };
            match long {
                Some(long) if before.ends_with('》') => found.push(Announced::Document { short, long }),
                Some(long) if long != short => found.push(Announced::Name { short, long }),
                _ => {}
            }
        }
    }
    found
}

/// `“上合组织”或“本组织”` → both; `《条约》` → 条约; `亚信` → itself.
fn shorts(rest: &str) -> Vec<String> {
    let marked = |c: char| matches!(c, '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' | '"');
    let parts: Vec<String> = rest
        .split(marked)
        .map(str::trim)
        .filter(|p| !matches!(*p, "" | "或" | "、" | "和" | "或者"))
        .map(str::to_owned)
        .collect();
    parts.into_iter().filter(|p| (2..=12).contains(&p.chars().count())).collect()
}

/// The shortest end of `before` that holds the characters of `short` in their order, beginning with its first.
fn long_form(before: &str, short: &str) -> Option<String> {
    let tail: Vec<char> =
        before.chars().rev().take_while(|c| !matches!(c, '，' | '。' | '；' | '：' | '、' | '\u{3000}')).collect();
    let mut wanted = short.chars().rev().peekable();
    for (i, c) in tail.iter().enumerate() {
        if wanted.peek() == Some(c) {
            wanted.next();
        }
        if wanted.peek().is_none() {
            return (i + 1 > short.chars().count()).then(|| tail.iter().take(i + 1).rev().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(String, String)> {
        let name = |announced| match announced {
            Announced::Name { short, long } => Some((short, long)),
            Announced::Document { .. } => None,
        };
        announcements(text).into_iter().filter_map(name).collect()
    }

    #[test]
    fn the_long_form_is_the_nearest_that_holds_the_short_one() {
        let pair = |short: &str, long: &str| (short.to_owned(), long.to_owned());
        assert_eq!(names("在上海举行的上海合作组织（以下简称“上合组织”）峰会"), [pair("上合组织", "上海合作组织")]);
        assert_eq!(names("聯合國安全理事會（以下簡稱：安理會）"), [pair("安理會", "安全理事會")]);
        assert_eq!(names("峰会（以下简称“会议”）"), []);
    }

    #[test]
    fn a_document_is_known_by_its_brackets() {
        let document =
            Announced::Document { short: "条约".to_owned(), long: "中亚无核武器区条约".to_owned() };
        assert_eq!(announcements("《中亚无核武器区条约》（以下简称《条约》）"), [document]);
    }
}
