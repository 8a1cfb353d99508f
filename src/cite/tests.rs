//! Citations read back by the programs of others, hostile titles among them.

use hayagriva::citationberg::{Style as CslStyle, json::Item};
use hayagriva::{BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest};
use serde_json::Value;

use super::*;

fn known() -> Reference {
    Reference {
        id: "20240705-report-1a2b3c".to_owned(),
        author: Some("新华社".to_owned()),
        by_agency: true,
        title: "峰会举行".to_owned(),
        subtitle: None,
        paper: Some("人民日报".to_owned()),
        date: Some(Date { year: 2024, month: 7, day: 5, inferred: false }),
        page: Some("2".to_owned()),
        address: Some("https://example.org/c/a/20240705-report-1a2b3c.html#p3".to_owned()),
        site: "对勘".to_owned(),
    }
}

/// Titles that try to end the field, the record, the block or the line that holds them.
const HOSTILE: [&str; 9] = [
    "甲}, title = {乙",
    "\\end{document} {{{ %注 $x_1$ #2 & ~^",
    "</script><script>alert(1)</script>",
    "\"], \"title\": \"乙",
    "甲 ER  - TY  - BOOK",
    "' onload='x' \"><meta name=x>",
    "\u{202e}倒着\u{202c}\u{200b}",
    "，。：《〈“‘——……",
    "@article{x, author = {y}}",
];

fn hostile() -> Vec<Reference> {
    HOSTILE
        .map(|text| {
            let title = line(text);
            let some = Some(title.clone());
            Reference {
                author: some.clone(),
                title,
                subtitle: some.clone(),
                paper: some.clone(),
                page: some,
                ..known()
            }
        })
        .to_vec()
}

/// What a real CSL processor makes of an item in GB/T 7714—2015.
fn rendered(reference: &Reference) -> String {
    use hayagriva::archive::{ArchivedStyle, locales};
    let items: Vec<Item> = serde_json::from_str(&cite(reference, Style::CslJson)).unwrap();
    let CslStyle::Independent(style) = ArchivedStyle::Gb77142015Numeric.get() else { panic!("a dependent style") };
    let locales = locales();
    let mut driver = BibliographyDriver::new();
    for item in &items {
        driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(item)], &style, &locales));
    }
    let done = driver.finish(BibliographyRequest { style: &style, locale: None, locale_files: &locales });
    let mut text = String::new();
    for item in done.bibliography.unwrap().items {
        item.content.write_buf(&mut text, BufWriteFormat::Plain).unwrap();
    }
    text
}

#[test]
fn a_csl_processor_writes_the_newspaper_form_as_we_do() {
    let printed = Reference { address: None, ..known() };
    assert_eq!(cite(&printed, Style::GbT7714), "新华社. 峰会举行[N]. 人民日报, 2024-07-05(2).");
    assert_eq!(rendered(&printed), cite(&printed, Style::GbT7714));
    let nobody = Reference { author: None, page: None, subtitle: Some("在甲城".to_owned()), ..printed };
    assert_eq!(cite(&nobody, Style::GbT7714), "峰会举行：在甲城[N]. 人民日报, 2024-07-05.");
    let online = cite(&known(), Style::GbT7714);
    let stem =
        "新华社. 峰会举行[N/OL]. 人民日报, 2024-07-05(2). https://example.org/c/a/20240705-report-1a2b3c.html#p3.";
    assert_eq!((online.as_str(), rendered(&known()).as_str()), (stem, stem));
}

#[test]
fn the_written_forms_end_their_sentences_once() {
    let asked = Reference { title: "谁来？".to_owned(), address: None, ..known() };
    assert_eq!(cite(&asked, Style::Chicago), "新华社. “谁来？” 人民日报, July 5, 2024, 2.");
    assert_eq!(cite(&asked, Style::Apa), "新华社. (2024, July 5). 谁来？ 人民日报, 2.");
    let bare = Reference { title: "无题".to_owned(), ..Reference::default() };
    let all = [Style::GbT7714, Style::Chicago, Style::Apa].map(|style| cite(&bare, style));
    assert_eq!(all, ["无题[Z].", "“无题.”", "无题. (n.d.)."]);
}

#[test]
fn bibtex_is_read_back_whole() {
    for reference in hostile().into_iter().chain([known()]) {
        let text = cite(&reference, Style::Bibtex);
        let read = biblatex::Bibliography::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(read.len(), 1, "{text}");
        let entry = read.get(&reference.id).unwrap();
        let field = |name: &str| entry.get(name).map(biblatex::ChunksExt::format_verbatim);
        let commands = |text: &str| {
            [("\\textbackslash", "\\"), ("\\textbraceleft", "{"), ("\\textbraceright", "}")]
                .into_iter()
                .chain([("\\textasciitilde", "~"), ("\\textasciicircum", "^")])
                .fold(text.to_owned(), |text, (command, c)| text.replace(command, c))
        };
        assert_eq!(field("title").map(|text| commands(&text)), Some(reference.title), "{text}");
        assert_eq!(field("journaltitle").map(|text| commands(&text)), reference.paper, "{text}");
        assert_eq!(field("entrysubtype").as_deref(), Some("newspaper"));
        assert_eq!(field("date").as_deref(), Some("2024-07-05"));
        assert_eq!(field("url"), reference.address);
    }
}

#[test]
fn ris_and_csl_keep_their_fields() {
    for reference in hostile() {
        let ris = cite(&reference, Style::Ris);
        let tags: Vec<&str> = ris.lines().map(|line| line.get(..2).unwrap()).collect();
        assert_eq!(tags, ["TY", "ID", "AU", "TI", "T2", "PY", "DA", "SP", "LA", "UR", "ER"], "{ris}");
        let csl: Value = serde_json::from_str(&cite(&reference, Style::CslJson)).unwrap();
        assert_eq!(csl[0]["title"], format!("{0}：{0}", reference.title));
        assert_eq!(csl[0]["container-title"], reference.title);
        let data: Value = serde_json::from_str(&json_ld(&reference)).unwrap();
        assert_eq!(data["headline"], reference.title);
        assert!(!json_ld(&reference).contains(['<', '>', '&', '\u{202e}', '\u{200b}']));
    }
}

#[test]
fn a_text_is_cited_by_its_address_and_a_break_ends_no_field() {
    let mut edition = crate::fixture::edition(&[("标题\nER  - ", &["第一段。"])]);
    edition.config.url = Some("https://example.org/".to_owned());
    let cited = reference(&edition, "对勘", 0).unwrap();
    assert_eq!(cited.address.as_deref(), Some("https://example.org/a/t0.html"));
    assert_eq!(cited.title, "标题 ER -");
    assert_eq!(reference(&edition, "对勘", 1), None);
}

#[test]
fn the_corpus_is_cited_by_a_file() {
    let mut edition = crate::fixture::edition(&[("甲", &["一。"])]);
    edition.config.licence = Some("CC-BY-4.0".to_owned());
    let text = cff(&edition, "对勘: \"x\"\u{202e} # y");
    let wanted = "cff-version: 1.2.0\nmessage: \"If you use this corpus, please cite it as below.\"\ntype: \"dataset\"\n\
        title: \"对勘: \\\"x\\\" # y\"\nabstract: \"1 texts from 0 pages, repaired, typed and collated with duikan.\"\n\
        license: \"CC-BY-4.0\"\nauthors:\n  - name: \"对勘: \\\"x\\\" # y\"\n";
    assert_eq!(text, wanted);
}
