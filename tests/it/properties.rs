//! What holds of any bytes at all: no panic, no character lost or invented, repairing what was repaired changes nothing,
//! and neither the order of the files nor the number of threads changes a byte.

use std::collections::BTreeMap;

use duikan::model::{Edition, Piece};
use proptest::prelude::*;

use crate::account;
use crate::gold;
use crate::press::{self, STYLES, clean};
use crate::reading::{edition_at, edition_of};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// A line as a newspaper page may have it, out of the pieces that rules look at.
fn line() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "",
        "　　",
        " ",
        "\t",
        "各位同事：",
        "新华社北京7月4日电 ",
        "（上接第二版）",
        "一",
        "二、",
        "第一，",
        "“",
        "”",
        "‘",
        "『",
        "』",
        "（",
        "）",
        "《",
        "》",
        "，",
        "。",
        "！",
        "？",
        "：",
        "……",
        "——",
        "——— ",
        "· 3 ·",
        "3",
        "2024",
        " 7 月 4 日",
        "图为",
        "摄",
        "本报记者",
        "讲话",
        "宣言（摘要）",
        "共同发展",
        "和平",
        "国",
        "的",
        "新 华 社",
        "and",
        "\u{feff}",
        "\u{200b}",
        "\u{202e}",
        "𠮷",
        "é",
        "記念劉和珍君",
        "（新华社北京7月4日电）",
        "#",
        "---",
        "---\ntitle: x\n---",
        "<b>",
        "{{ x }}",
        "\u{0}",
        "\r",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn page() -> impl Strategy<Value = String> {
    prop::collection::vec(line(), 0..60).prop_map(|lines| lines.join("\n"))
}

/// The printed texts of an edition in the order of the print, each in one piece.
fn printed(edition: &Edition) -> Vec<String> {
    let mut texts: BTreeMap<(usize, u32, u32), &str> = BTreeMap::new();
    for article in &edition.articles {
        let title = &article.title.value;
        let heads = [article.subtitle.as_ref(), article.byline.as_ref()].into_iter().flatten();
        let heads = heads.chain(&article.head).map(|h| (&h.text, &h.pieces));
        let rest = article.paragraphs.iter().map(|p| (&p.text, &p.pieces));
        let rest = rest.chain(article.continues.iter().map(|c| (&c.text, &c.pieces)));
        for (text, pieces) in heads.chain(rest).chain([(&title.text, &title.pieces)]) {
            if let Some(Piece { line, start, .. }) = pieces.first() {
                texts.insert((article.seed, *line, *start), text);
            }
        }
    }
    for furniture in &edition.furniture {
        if let Some(Piece { line, start, .. }) = furniture.pieces.first() {
            texts.insert((furniture.seed, *line, *start), &furniture.text);
        }
    }
    texts.into_values().map(str::to_owned).collect()
}

fn one(text: &str) -> Edition {
    edition_of(&[("page.txt".to_owned(), text.to_owned())])
}

/// Repairs what was repaired; gives both, to be compared.
fn twice(text: &str) -> (Vec<String>, Vec<String>) {
    let once = printed(&one(text));
    let again = printed(&one(&once.join("\n\n")));
    (once, again)
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn any_bytes_are_accepted(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("any.txt"), bytes).expect("a writable folder");
        prop_assert_eq!(account::faults(&edition_at(folder.path())), Vec::<String>::new());
    }

    #[test]
    fn any_text_is_accounted_for(text in "\\PC{0,400}") {
        prop_assert_eq!(account::faults(&one(&text)), Vec::<String>::new());
    }

    #[test]
    fn any_page_is_accounted_for(text in page()) {
        prop_assert_eq!(account::faults(&one(&text)), Vec::<String>::new());
    }

    #[test]
    fn any_two_pages_are_accounted_for(a in page(), b in page()) {
        // The second page repeats the first, so that witnesses are asked.
        let pages = [("a.txt".to_owned(), a.clone()), ("b.txt".to_owned(), format!("{b}\n{a}"))];
        prop_assert_eq!(account::faults(&edition_of(&pages)), Vec::<String>::new());
    }

    #[test]
    fn any_markdown_is_accepted(text in page()) {
        let pages = [("a.md".to_owned(), text.clone()), ("b.txt".to_owned(), text.clone()), ("b.md".to_owned(), text)];
        let _ = edition_of(&pages);
    }
}

#[test]
fn what_interrupts_an_interruption_is_accounted_for() {
    let page = "……“\n第一，\n\n图为\t記念劉和珍君\n\n，\n“\n』各位同事：\n一……新华社北京7月4日电 一各位同事：\n\
        一……宣言（摘要）一一宣言（摘要）\n……一和平（上接第二版）二、——— ";
    assert_eq!(account::faults(&one(page)), Vec::<String>::new());
}

#[test]
fn printed_pages_are_accounted_for() {
    let texts = clean::read(&gold::folder("press"));
    for style in &STYLES {
        let pages: Vec<_> = press::print(&texts, style, 7)
            .into_iter()
            .enumerate()
            .map(|(i, page)| (format!("{i:03}.txt"), page.text))
            .collect();
        let faults = account::faults(&edition_of(&pages));
        assert!(faults.is_empty(), "{}:\n{}", style.name, faults.join("\n"));
    }
}

#[test]
fn repairing_the_repaired_seeds_changes_nothing() {
    for (seed, text, _) in gold::seeds() {
        let (once, again) = twice(&text);
        assert_eq!(once, again, "{seed}");
    }
}

#[test]
fn repairing_repaired_pages_changes_nothing() {
    let texts = clean::read(&gold::folder("press"));
    for style in &STYLES {
        for page in press::print(&texts, style, 11) {
            let (once, again) = twice(&page.text);
            assert_eq!(once, again, "{}", style.name);
        }
    }
}

/// The whole edition as it would be exported.
fn exported(edition: &Edition) -> Vec<u8> {
    let mut out = Vec::new();
    duikan::export::json::write(edition, &mut out).expect("memory does not fail");
    out
}

fn pages_of_all_styles() -> Vec<(String, String)> {
    let texts = clean::read(&gold::folder("press"));
    let pages = STYLES.iter().flat_map(|style| press::print(&texts, style, 3).into_iter().take(2));
    let mut pages: Vec<_> = pages.enumerate().map(|(i, page)| (format!("{i:03}.txt"), page.text)).collect();
    pages.extend(gold::seeds().into_iter().map(|(name, text, _)| (name, text)));
    pages
}

#[test]
fn neither_threads_nor_the_order_of_writing_change_a_byte() {
    let mut pages = pages_of_all_styles();
    let run = |pages: &[(String, String)], threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| exported(&edition_of(pages)))
    };
    let first = run(&pages, 1);
    assert!(first.len() > 10_000, "the export has something in it: {} bytes", first.len());
    assert!(first == run(&pages, 4), "four threads gave other bytes than one");
    pages.reverse();
    assert!(first == run(&pages, 3), "files written in another order gave other bytes");
}
