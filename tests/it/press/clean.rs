//! Clean articles for the press: the texts of `tests/press/`, and the articles of the seeds as the gold reads them.
//!
//! ```text
//! kinds: report                       the head, a key a line
//! title: 老渡口
//! ---
//! # 一                                 `#` heading, `@` salutation, `~` signature, `=` closing dateline
//! 老家的渡口没有名字，…                   a line a paragraph
//! ```

use std::path::Path;

use duikan::model::Role;

use crate::gold;

#[derive(Clone, Debug, Default)]
pub struct Clean {
    pub kinds: Vec<String>,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub byline: Option<String>,
    pub speaker: Option<String>,
    pub office: Option<String>,
    pub place: Option<String>,
    pub date: Option<String>,
    /// Traditional characters of the old press, printed in its way.
    pub hant: bool,
    pub paragraphs: Vec<(Role, String)>,
}

impl Clean {
    pub fn is_caption(&self) -> bool {
        self.kinds.iter().any(|k| k == "caption")
    }
}

/// Every text of a folder, by file name.
pub fn read(folder: &Path) -> Vec<Clean> {
    gold::files(folder, "txt")
        .iter()
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            parse(&name, &text)
        })
        .collect()
}

fn parse(name: &str, text: &str) -> Clean {
    let (head, body) = text.split_once("---\n").unwrap_or_else(|| panic!("{name}: no `---` after the head"));
    let mut clean = Clean::default();
    for line in head.lines() {
        let (key, value) = line.split_once(": ").unwrap_or_else(|| panic!("{name}: {line}"));
        let value = value.trim().to_owned();
        match key {
            "kinds" => clean.kinds = value.split(", ").map(str::to_owned).collect(),
            "title" => clean.title = Some(value),
            "subtitle" => clean.subtitle = Some(value),
            "byline" => clean.byline = Some(value),
            "speaker" => clean.speaker = Some(value),
            "office" => clean.office = Some(value),
            "place" => clean.place = Some(value),
            "date" => clean.date = Some(value),
            "script" => clean.hant = value == "hant",
            _ => panic!("{name}: unknown key {key}"),
        }
    }
    clean.paragraphs = body.lines().filter(|l| !l.trim().is_empty()).map(paragraph).collect();
    clean
}

fn paragraph(line: &str) -> (Role, String) {
    let marks = [("# ", Role::Heading), ("@ ", Role::Salutation), ("~ ", Role::Signature), ("= ", Role::Dateline)];
    marks
        .into_iter()
        .find_map(|(mark, role)| Some((role, line.strip_prefix(mark)?.to_owned())))
        .unwrap_or_else(|| (Role::Body, line.to_owned()))
}

/// A headline for an article whose own one is not in the corpus: two articles without any would be one to every reader.
fn headline(kinds: &[String]) -> Option<String> {
    let headline = match kinds.first()?.as_str() {
        "joint-statement" => "双方关于全面战略合作伙伴关系的联合声明",
        "commentary" => "健全固本培元、凝心铸魂的教育体系",
        _ => return None,
    };
    Some(headline.to_owned())
}

/// The articles of the seeds, as clean texts. The second witness of a text is left out: on one page it would help.
pub fn of_seeds() -> Vec<Clean> {
    let mut all: Vec<Clean> = Vec::new();
    for (_, _, known) in gold::seeds() {
        for article in known.articles {
            let paragraphs: Vec<_> = article.paragraphs.into_iter().map(|p| (p.role, p.text)).collect();
            let first = paragraphs.first().cloned();
            if all.iter().any(|c| c.paragraphs.first() == first.as_ref()) {
                continue;
            }
            let kinds = article.kinds;
            all.push(Clean {
                kinds: kinds.clone(),
                title: article.title.or_else(|| headline(&kinds)),
                subtitle: article.subtitle.map(|s| s.trim_start_matches('—').to_owned()),
                speaker: article.speaker,
                place: article.place,
                date: article.date,
                paragraphs,
                ..Clean::default()
            });
        }
    }
    all
}
