//! The five seeds come out as a reader reads them, to the character.

use std::fmt::Write as _;
use std::path::Path;

use duikan::model::Role;

use crate::account;
use crate::gold::{self, KnownArticle};
use crate::reading::edition_at;
use crate::score::{articles_by_seed, counterpart, title_is_right};

/// Roles that close a text: the print sets several of them on one line, so they are compared as one run of characters.
const CLOSING: [Role; 2] = [Role::Signature, Role::Dateline];

fn seeds_folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

#[test]
fn every_article_and_paragraph_is_as_the_gold_reads_it() {
    let got = articles_by_seed(&edition_at(&seeds_folder()));
    let mut report = String::new();
    for (seed, _, known) in gold::seeds() {
        let got = got.get(&seed).map_or(&[][..], Vec::as_slice);
        if got.len() != known.articles.len() {
            let _ = writeln!(report, "{seed}: {} articles, wanted {}", got.len(), known.articles.len());
        }
        for article in &known.articles {
            for difference in differences(article, counterpart(article, got)) {
                let _ = writeln!(report, "{seed} {:?} {:?}: {difference}", article.kinds, article.lines);
            }
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

fn differences(known: &KnownArticle, got: Option<&KnownArticle>) -> Vec<String> {
    let Some(got) = got else { return vec!["not found".to_owned()] };
    let mut found = Vec::new();
    let mut differ = |what: &str, wanted: String, given: String| {
        if wanted != given {
            found.push(format!("{what}\n    wanted {wanted}\n    given  {given}"));
        }
    };
    if !got.kinds.iter().any(|k| known.kinds.contains(k)) {
        differ("kind", known.kinds.join(" or "), got.kinds.join(""));
    }
    if !title_is_right(known, got) {
        differ("title", format!("{:?}", known.title), format!("{:?} inferred: {}", got.title, got.title_inferred));
    }
    let inferred = |a: &KnownArticle| a.title_inferred.to_string();
    differ("title inferred", inferred(known), inferred(got));
    differ("title lines", format!("{:?}", known.title_lines), format!("{:?}", got.title_lines));
    differ("subtitle", format!("{:?}", known.subtitle), format!("{:?}", got.subtitle));
    differ("continues", format!("{:?}", known.continues), format!("{:?}", got.continues));
    for (what, wanted, given) in [
        ("speaker", &known.speaker, &got.speaker),
        ("agency", &known.agency, &got.agency),
        ("place", &known.place, &got.place),
        ("date", &known.date, &got.date),
    ] {
        if wanted.is_some() {
            differ(what, format!("{wanted:?}"), format!("{given:?}"));
        }
    }
    let wanted: Vec<String> = running(known);
    let given: Vec<String> = running(got);
    for (i, wanted) in wanted.iter().enumerate() {
        differ("paragraph", wanted.clone(), given.get(i).cloned().unwrap_or_default());
    }
    differ("number of paragraphs", wanted.len().to_string(), given.len().to_string());
    differ("closing", closing(known), closing(got));
    found
}

/// The paragraphs but the closing ones: role, lines and text.
fn running(article: &KnownArticle) -> Vec<String> {
    let running = article.paragraphs.iter().filter(|p| !CLOSING.contains(&p.role));
    running.map(|p| format!("{} {:?} {}", p.role.name(), p.lines, p.text)).collect()
}

fn closing(article: &KnownArticle) -> String {
    let closing = article.paragraphs.iter().filter(|p| CLOSING.contains(&p.role));
    closing.flat_map(|p| p.text.chars()).filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_character_of_the_seeds_is_accounted_for() {
    let faults = account::faults(&edition_at(&seeds_folder()));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The gold itself accounts for the seeds: a line that it forgot would never be missed.
#[test]
fn the_gold_names_every_printed_line() {
    for (seed, text, known) in gold::seeds() {
        let named: std::collections::BTreeSet<u32> = known
            .articles
            .iter()
            .flat_map(|a| a.lines.iter().chain(&a.title_lines).chain(&a.subtitle_lines))
            .flat_map(|&(first, last)| first..=last)
            .collect();
        for (number, line) in (1u32..).zip(text.lines()) {
            assert!(line.trim().is_empty() || named.contains(&number), "{seed} line {number} is in no article");
        }
        for paragraph in known.articles.iter().flat_map(|a| &a.paragraphs) {
            let print = paragraph.lines.iter().flat_map(|&(first, last)| first..=last);
            let print: String = print.filter_map(|n| text.lines().nth(n as usize - 1)).collect();
            let mut print = print.chars().filter(|c| !c.is_whitespace());
            let found = paragraph.text.chars().filter(|c| !c.is_whitespace()).all(|c| print.any(|p| p == c));
            assert!(found, "{seed} {:?}: the text is not in its lines", paragraph.lines);
        }
    }
}
