//! Quotations of printed pages, from the columns to the source: what segmentation takes for another kind, or whose speaker it
//! does not see, is a quotation lost.
//!
//! `cargo test --test it -- printed_quotes --nocapture` prints how many of those that a reader finds are found.

use duikan::model::{Edition, Role};

use crate::press::{self, Clean, STYLES};
use crate::quoted::{self, Expected, File, same};
use crate::reading::edition_of;

/// The styles that are printed, and how many quotations are found there; the number only rises.
const FLOORS: [(&str, usize); 4] = [("indented", 263), ("neither", 259), ("page", 186), ("republic", 131)];

/// Of two printings of the same texts, one is enough.
const PRINTING: u64 = 1;

/// A text as the press has it. The day, the place and the office are those of any speech.
fn clean(kind: &str, title: Option<String>, speaker: Option<&str>, paragraphs: &[String]) -> Clean {
    let hant = is_traditional(paragraphs);
    let speaker =
        speaker.filter(|name| kind == "speech" && !title.as_deref().is_some_and(|title| title.contains(name)));
    let of_speech = |words: &str| speaker.map(|_| words.to_owned());
    Clean {
        kinds: vec![kind.to_owned()],
        title,
        speaker: speaker.map(str::to_owned),
        office: of_speech(if hant { "部長" } else { "市长" }),
        place: of_speech("北京"),
        date: of_speech("1987-06-05"),
        hant,
        paragraphs: paragraphs.iter().map(|text| (Role::Body, text.clone())).collect(),
        ..Clean::default()
    }
}

/// Whether a text is in traditional characters, and more than a name of it.
fn is_traditional(paragraphs: &[String]) -> bool {
    let text = paragraphs.concat();
    let simple = duikan::fold::simplified(&text);
    text.chars().zip(simple.chars()).filter(|(c, simple)| c != simple).count() > 3
}

/// A headline for a text that has none: the words with which its first sentence begins.
fn headline(paragraphs: &[String]) -> Option<String> {
    let first = paragraphs.first()?;
    let sent =
        first.find("电 ").map(|at| at + "电 ".len()).or_else(|| first.find(['】', '）']).map(|at| at + "】".len()));
    let text = first.get(sent.filter(|&at| at < 90).unwrap_or(0)..)?;
    let words = text.trim_start().split(['，', '。', '：', '；', '“', '「', '、']).next()?;
    (words.chars().count() > 5).then(|| words.chars().take(18).collect())
}

/// The texts of a file.
fn texts(file: &File) -> Vec<Clean> {
    let code = |kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned();
    let sources =
        file.source.iter().map(|s| clean(&code(s.kind), Some(s.title.clone()), s.speaker.as_deref(), &s.paragraphs));
    let cases =
        file.case.iter().map(|case| clean(&code(case.kind), headline(&case.paragraphs), None, &case.paragraphs));
    sources.chain(cases).collect()
}

/// The quotations of a file whose texts are in one script, which is that of the style.
fn wanted(file: &File, hant: bool) -> Vec<&Expected> {
    let is_of_script = |expected: &Expected, paragraphs: &[String]| {
        let source = file.source.iter().find(|s| s.paragraphs.iter().any(|text| text.contains(expected.original())));
        is_traditional(paragraphs) == hant && source.is_some_and(|source| is_traditional(&source.paragraphs) == hant)
    };
    file.case
        .iter()
        .flat_map(|case| case.quotes.iter().map(|expected| (expected, case.paragraphs.as_slice())))
        .filter(|(expected, paragraphs)| is_of_script(expected, paragraphs))
        .map(|(expected, _)| expected)
        .collect()
}

fn is_found(edition: &Edition, expected: &Expected) -> bool {
    edition.quotes.iter().filter(|quote| !quote.term).any(|quote| {
        same(quote.place.words(&edition.articles), &expected.text)
            && same(quote.source.words(&edition.articles), expected.original())
    })
}

#[test]
fn printed_quotes() {
    let files = quoted::files(None);
    let mut counts = Vec::new();
    for (name, _) in FLOORS {
        let style = STYLES.iter().find(|style| style.name == name).unwrap();
        let (mut found, mut all) = (0, 0);
        for (file_name, file) in &files {
            let pages = press::print(&texts(file), style, PRINTING);
            let pages: Vec<_> = (0..).zip(pages).map(|(n, page)| (format!("{n:03}.txt"), page.text)).collect();
            let edition = edition_of(&pages);
            for expected in wanted(file, style.is_republic()) {
                all += 1;
                if is_found(&edition, expected) {
                    found += 1;
                } else {
                    println!("{name}: {file_name}: {}", expected.text);
                }
            }
        }
        println!("{name}: {found} of {all} quotations found in printed pages");
        counts.push((name, found));
    }
    assert_eq!(counts, FLOORS, "as many as before");
}
