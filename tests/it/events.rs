//! What papers print of an event (documents, speeches, reports, comment), from the columns to the relations of its texts and
//! their quotations. The events of `tests/gold/events` were made up, with their gold, by writers who had seen no rule.
//!
//! `cargo test --test it -- events --nocapture` prints precision and recall, and what is missed or wrong.

use std::collections::HashSet;
use std::path::PathBuf;

use duikan::model::{Article, Edition, Place, Quote};
use serde::Deserialize;

use crate::gold;
use crate::press::{self, Clean, STYLES, clean};
use crate::quoted::same;
use crate::reading::edition_of;

/// For each style: quotations found that are right, that were found, that a reader finds; then relations likewise.
const REACHED: [(&str, [usize; 6]); 3] = [
    ("indented", [74, 87, 96, 15, 18, 18]),
    ("page", [54, 67, 96, 12, 17, 18]),
    ("republic", [25, 39, 69, 11, 16, 22]),
];

/// Of two printings of the same texts, one is enough.
const PRINTING: u64 = 1;
/// Characters by which a passage is known again.
const GRAM: usize = 8;

#[derive(Deserialize)]
struct Gold {
    relations: Vec<GoldRelation>,
    quotes: Vec<GoldQuote>,
}

#[derive(Debug, Deserialize)]
struct GoldRelation {
    r#type: String,
    from: String,
    to: String,
}

#[derive(Debug, Deserialize)]
struct GoldQuote {
    r#in: String,
    text: String,
    source: String,
    original: String,
}

/// The texts of an event, by the names of their files, with what a reader finds in them.
struct Event {
    name: String,
    texts: Vec<(String, Clean)>,
    gold: Gold,
}

fn events() -> Vec<Event> {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(gold::folder("gold/events")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let event = |folder: PathBuf| {
        let stem = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
        let names = gold::files(&folder, "txt");
        Event {
            name: stem(&folder),
            texts: names.iter().map(stem).zip(clean::read(&folder)).collect(),
            gold: serde_json::from_str(&std::fs::read_to_string(folder.join("gold.json")).unwrap()).unwrap(),
        }
    };
    folders.into_iter().map(event).collect()
}

fn grams(text: &str) -> HashSet<Vec<char>> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(GRAM).map(<[char]>::to_vec).collect()
}

/// The text of the event that most of an article is.
fn text_of<'e>(event: &'e Event, article: &Article) -> Option<&'e str> {
    let words: String = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
    let own = grams(&words);
    let shared = |text: &Clean| {
        let words: String = text.paragraphs.iter().map(|(_, text)| text.as_str()).collect();
        grams(&words).intersection(&own).count()
    };
    let (best, (name, _)) = event.texts.iter().map(|text| (shared(&text.1), text)).max_by_key(|(shared, _)| *shared)?;
    (best > 0).then_some(name.as_str())
}

/// Right, found and wanted.
fn held<F, W>(
    found: &[F],
    wanted: &[W],
    agrees: impl Fn(&F, &W) -> bool,
    mut tell: impl FnMut(Result<&F, &W>),
) -> [usize; 3] {
    let right = found.iter().filter(|f| wanted.iter().any(|w| agrees(f, w)));
    let counts = [right.count(), found.len(), wanted.len()];
    found.iter().filter(|f| !wanted.iter().any(|w| agrees(f, w))).for_each(|f| tell(Ok(f)));
    wanted.iter().filter(|w| !found.iter().any(|f| agrees(f, w))).for_each(|w| tell(Err(w)));
    counts
}

fn score(event: &Event, edition: &Edition, style: &str) -> [usize; 6] {
    let texts: Vec<&str> = edition.articles.iter().map(|article| text_of(event, article).unwrap_or_default()).collect();
    let words = |place: Place| place.words(&edition.articles);
    let quotes: Vec<_> = edition.quotes.iter().filter(|quote| !quote.term).collect();
    let is_quote = |quote: &&Quote, gold: &GoldQuote| {
        texts[quote.place.article] == gold.r#in
            && texts[quote.source.article] == gold.source
            && same(words(quote.place), &gold.text)
            && same(words(quote.source), &gold.original)
    };
    let name = &event.name;
    let of_quotes = held(&quotes, &event.gold.quotes, is_quote, |told| match told {
        Ok(quote) => println!("{style} {name}: wrong {} ← {}", words(quote.place), words(quote.source)),
        Err(gold) => println!("{style} {name}: missed {gold:?}"),
    });
    let mut links: Vec<(&str, &str, &str)> =
        edition.reuse.links.iter().map(|link| (link.relation.value.name(), texts[link.from], texts[link.to])).collect();
    links.sort_unstable();
    links.dedup();
    let is_link = |link: &(&str, &str, &str), gold: &GoldRelation| {
        *link == (gold.r#type.as_str(), gold.from.as_str(), gold.to.as_str())
    };
    let of_links = held(&links, &event.gold.relations, is_link, |told| println!("{style} {name}: {told:?}"));
    [of_quotes, of_links].concat().try_into().unwrap()
}

#[test]
fn events_are_read_from_their_pages() {
    let events = events();
    let mut reached = Vec::new();
    for (name, _) in REACHED {
        let style = STYLES.iter().find(|style| style.name == name).unwrap();
        let mut sums = [0; 6];
        for event in events.iter().filter(|event| event.texts.iter().all(|(_, text)| text.hant == style.is_republic()))
        {
            let texts: Vec<Clean> = event.texts.iter().map(|(_, text)| text.clone()).collect();
            let pages = press::print(&texts, style, PRINTING);
            let pages: Vec<_> = (0..).zip(pages).map(|(n, page)| (format!("{n:03}.txt"), page.text)).collect();
            let counts = score(event, &edition_of(&pages), name);
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        let [right, found, wanted, links, all_links, gold_links] = sums;
        println!(
            "{name}: quotations {right} right of {found}, of {wanted}; relations {links} right of {all_links}, of {gold_links}"
        );
        reached.push((name, sums));
    }
    assert_eq!(reached, REACHED, "as much as before");
}
