//! Tiny whole sites, `tests/cases/NAME/seeds`, built by the program and compared with `tests/cases/NAME/expected`.
//!
//! A page is compared as a reader has it: its words and links in order, a line for each block; the home page whole, the
//! others from `<main>` on. Every other file is compared by name, with hashes in names masked. A file that is not expected fails, and so does an expected one that is not made.
//! `DUIKAN_BLESS=1 cargo test --test it -- cases` writes what is made, to be read before it is committed.
//!
//! ```text
//! <main><h1>老渡口</h1><p id="p1">老家的渡口…</p>    →    h1 老渡口
//!                                                         p#p1 老家的渡口…
//! ```

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use lol_html::{RewriteStrSettings, element, rewrite_str, text};

use crate::gold;
use crate::links::{Site, build};

/// Elements that begin a new line of the reading.
const BLOCKS: [&str; 32] = [
    "title",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "nav",
    "main",
    "header",
    "footer",
    "section",
    "article",
    "aside",
    "summary",
    "figcaption",
    "caption",
    "label",
    "button",
    "option",
    "a",
    "img",
    "svg",
    "link",
    "script",
    "meta",
    "input",
];

/// A page as a reader has it, or its main part.
fn reading(html: &str, whole: bool) -> String {
    let within = if whole { "" } else { "main " };
    let blocks = BLOCKS.map(|tag| format!("{within}{tag}")).join(",");
    let words = if whole { "body, title" } else { "main" };
    let lines: RefCell<Vec<String>> = RefCell::new(Vec::new());
    let handlers = vec![
        element!(blocks, |element| {
            let mut line = element.tag_name();
            if let Some(id) = element.get_attribute("id") {
                let _ = write!(line, "#{id}");
            }
            for name in ["href", "src", "content"] {
                if let Some(value) = element.get_attribute(name) {
                    let _ = write!(line, " {name}={}", mask(&value));
                }
            }
            lines.borrow_mut().push(line);
            Ok(())
        }),
        text!(words, |chunk| {
            let said = chunk.as_str().split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            if let Some(line) = lines.borrow_mut().last_mut()
                && !said.is_empty()
            {
                line.push(' ');
                line.push_str(&said);
            }
            Ok(())
        }),
    ];
    let settings =
        handlers.into_iter().fold(RewriteStrSettings::new(), RewriteStrSettings::append_element_content_handler);
    rewrite_str(html, settings).expect("our pages parse");
    let lines = lines.into_inner();
    lines.into_iter().filter(|l| l.contains(' ')).map(|l| l + "\n").collect()
}

/// Replaces what changes with every edit of a style sheet: runs of 8 small letters and digits or more, with some of each.
fn mask(name: &str) -> String {
    let is_part = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase();
    let hash =
        |run: &str| run.len() >= 8 && run.contains(|c: char| c.is_ascii_digit()) && run.contains(char::is_alphabetic);
    let mut out = String::new();
    for run in name.split_inclusive(|c| !is_part(c)) {
        let word = run.trim_end_matches(|c| !is_part(c));
        out.push_str(if hash(word) { "HASH" } else { word });
        out.push_str(run.get(word.len()..).unwrap_or_default());
    }
    out
}

/// What a site is compared by: pages as readings, other files by name.
fn readings(site: &Site) -> BTreeMap<String, String> {
    let mut files = String::new();
    let mut all = BTreeMap::new();
    for (path, bytes) in site {
        if Path::new(path).extension().is_some_and(|e| e == "html") {
            all.insert(format!("{path}.txt"), reading(&String::from_utf8_lossy(bytes), path == "index.html"));
        } else {
            let _ = writeln!(files, "{}", mask(path));
        }
    }
    all.insert("files.txt".to_owned(), files);
    all
}

fn expected(folder: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|e| e.file_type().is_file());
    entries
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            (below, std::fs::read_to_string(entry.path()).expect("a readable file"))
        })
        .collect()
}

fn bless(folder: &Path, made: &BTreeMap<String, String>) {
    let _ = std::fs::remove_dir_all(folder);
    for (path, text) in made {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        std::fs::write(path, text).expect("a writable folder");
    }
}

#[test]
fn cases() {
    let mut report = String::new();
    let mut count = 0;
    let mut folders: Vec<_> =
        std::fs::read_dir(gold::folder("cases")).expect("cases").map(|e| e.expect("a case").path()).collect();
    folders.sort();
    for case in folders {
        let name = case.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let made = readings(&build(&case.join("seeds"), &[]));
        if std::env::var_os("DUIKAN_BLESS").is_some() {
            bless(&case.join("expected"), &made);
        }
        let expected = expected(&case.join("expected"));
        for path in made.keys().chain(expected.keys()).collect::<std::collections::BTreeSet<_>>() {
            match (made.get(path), expected.get(path)) {
                (Some(_), None) => writeln!(report, "{name}: {path} was not expected"),
                (None, Some(_)) => writeln!(report, "{name}: {path} was expected and not made"),
                (Some(made), Some(expected)) if made != expected => {
                    let at = made.lines().zip(expected.lines()).position(|(m, e)| m != e).unwrap_or(0);
                    let line = |text: &str| text.lines().nth(at).unwrap_or("–").to_owned();
                    writeln!(
                        report,
                        "{name}: {path}:{}\n    wanted {}\n    made   {}",
                        at + 1,
                        line(expected),
                        line(made)
                    )
                }
                _ => Ok(()),
            }
            .expect("a string takes everything");
        }
        count += 1;
    }
    assert!(count > 0, "no case in tests/cases");
    assert!(report.is_empty(), "\n{report}");
}
