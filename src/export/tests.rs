//! What is written is read back by the readers of others, and says the same.

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::*;
use crate::config::Config;
use crate::diagnostic::Warned;
use crate::model::{Relation, Source};
use crate::progress::Progress;
use crate::read::Seeds;

/// A declaration, an abstract of it that leaves out and rewords, and a text of hostile characters, all through the pipeline.
fn edition() -> Edition {
    let full = "---\ntitle: 甲城宣言\nkind: declaration\n---\n各方强调，应当尊重各国人民自主选择发展道路的权利，反对干涉别国内政。\n\n\
        各方认为，水资源保护十分重要，愿就合理用水开展合作。\n\n各方欢迎“绿色发展年”取得成果，将继续支持青年交流活动。\n";
    let short = "---\ntitle: 甲城宣言（摘要）\nkind: abstract\n---\n各方强调，应当尊重各国自主选择发展道路的权利，反对干涉别国内政。\n\n\
        各方欢迎“绿色发展年”取得成果，将继续支持青年交流活动。\n";
    let hostile = "---\ntitle: \"=1+1\" </title> & \"x\"\n---\n=HYPERLINK\\(\"x\"\\)，\\<script\\>甲\\</script\\>，\\]\\]\\>乙 &amp; 丙，\u{202e}倒着\u{202c}。\n\n\
        \\# 不是标题\n\n1\\. 不是列表\n\n## 是标题\n\n\\- 一\n\n\\=\\=\\=\n\n2024年7月4日，甲城\n";
    edition_of(&[("full.md", full), ("short.md", short), ("hostile.md", hostile)])
}

fn edition_of(seeds: &[(&str, &str)]) -> Edition {
    let source = |&(path, text): &(&str, &str)| {
        let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
        Source { digest, ..Source::of(path, crate::model::Format::Markdown, text) }
    };
    let seeds = Seeds { sources: seeds.iter().map(source).collect(), ..Seeds::default() };
    crate::edition::edition(Config::default(), Warned { value: seeds, diagnostics: Vec::new() }, &Progress::Silent)
}

fn written(edition: &Edition, sheet: Sheet) -> String {
    String::from_utf8(Exporter::new(edition, "对勘").bytes(sheet).unwrap()).unwrap()
}

/// Every sheet of every format.
fn sheets(edition: &Edition) -> Vec<Sheet> {
    Format::ALL.into_iter().flat_map(|format| format.sheets(edition)).collect()
}

#[test]
fn every_file_has_a_place_of_its_own_and_is_written_twice_alike() {
    let edition = edition();
    assert!(!edition.reuse.collations.is_empty() && !edition.reuse.shared.is_empty());
    let mut paths: Vec<String> = sheets(&edition).iter().map(|sheet| sheet.path(&edition)).collect();
    paths.sort();
    let all = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), all);
    for sheet in sheets(&edition) {
        let bytes = || Exporter::new(&edition, "对勘").bytes(sheet).unwrap();
        assert!(!bytes().is_empty(), "{sheet:?}");
        assert_eq!(bytes(), bytes(), "{sheet:?}");
    }
}

#[test]
fn a_corpus_without_texts_is_written_too() {
    let edition = edition_of(&[]);
    for format in Format::ALL {
        Exporter::new(&edition, "对勘").bytes(format.whole()).unwrap();
    }
}

/// The characters of a document's element, by what its readings say.
fn read_side(xml: &str, witness: Option<&str>, element: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut depth, mut silent) = (Vec::new(), 0, 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                if name == element && depth == 0 {
                    found.push(String::new());
                    depth = 1;
                } else if depth > 0 {
                    depth += 1;
                    let is_other = witness.is_some_and(|witness| {
                        start.attributes().flatten().any(|a| a.key.as_ref() == "wit" && a.value != witness)
                    });
                    if is_other || name == "orig" {
                        silent = depth;
                    }
                }
            }
            Event::End(_) if depth > 0 => {
                if silent == depth {
                    silent = 0;
                }
                depth -= 1;
            }
            Event::Text(text) if depth > 0 && silent == 0 => {
                found.last_mut().unwrap().push_str(&text.xml_content(quick_xml::XmlVersion::Implicit1_0));
            }
            Event::GeneralRef(entity) if depth > 0 && silent == 0 => {
                let text = format!("&{};", &*entity);
                found.last_mut().unwrap().push_str(&quick_xml::escape::unescape(&text).unwrap());
            }
            _ => {}
        }
    }
}

#[test]
fn tei_says_every_paragraph() {
    let edition = edition();
    for article in &edition.articles {
        let xml = written(&edition, Sheet::Tei(article.ix));
        let paragraphs = |role: crate::model::Role| -> Vec<&str> {
            article.paragraphs.iter().filter(|p| p.role == role).map(|p| p.text.as_str()).collect()
        };
        assert_eq!(read_side(&body(&xml), None, "p"), paragraphs(crate::model::Role::Body), "{xml}");
        assert!(written(&edition, Sheet::TeiCorpus).contains(&body(&xml)));
    }
}

fn body(xml: &str) -> String {
    let start = xml.find("<body>").unwrap();
    let end = xml.find("</body>").unwrap();
    xml.get(start..end + "</body>".len()).unwrap().to_owned()
}

#[test]
fn an_apparatus_reads_as_either_side() {
    let edition = edition();
    let collation = &edition.reuse.collations[0];
    let xml = written(&edition, Sheet::Apparatus(0));
    for (witness, article, of) in [("#A", collation.a, 0), ("#B", collation.b, 1)] {
        let side = |group: &crate::model::Group| if of == 0 { group.a.clone() } else { group.b.clone() };
        let text = |n: u32| edition.articles[article].paragraph(n).unwrap().text.as_str();
        let wanted: Vec<String> =
            collation.groups.iter().map(|group| side(group).into_iter().map(text).collect()).collect();
        assert_eq!(read_side(&body(&xml), Some(witness), "ab"), wanted, "{xml}");
    }
}

#[test]
fn tables_hold_every_clause_and_place() {
    let edition = edition();
    let rows = |sheet: Sheet, delimiter: u8| -> Vec<Vec<String>> {
        let text = written(&edition, sheet);
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
    };
    let pairs = edition.reuse.collations.iter().flat_map(|c| &c.groups).flat_map(|group| &group.clauses);
    let collated = rows(Sheet::Collations(Table::Csv), b',');
    assert_eq!(collated.len(), pairs.count());
    assert_eq!(collated, rows(Sheet::Collations(Table::Tsv), b'\t'));
    assert_eq!(collated, rows(Sheet::Collations(Table::ExcelCsv), b','));
    assert!(collated.iter().any(|row| row[5] == Relation::Omitted.name() && !row[10].is_empty() && row[14].is_empty()));
    let places: usize = edition.reuse.shared.iter().map(|clause| clause.places.len()).sum();
    assert_eq!(rows(Sheet::Shared(Table::Csv), b',').len(), places);
    let lines = written(&edition, Sheet::SharedLines);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole: Value = serde_json::from_str(&written(&edition, Sheet::Json)).unwrap();
    assert_eq!(Value::Array(lines), whole["clauses"]);
}

#[test]
fn markdown_is_read_again_as_the_same_text() {
    let first = edition();
    let seeds: Vec<(String, String)> = first
        .articles
        .iter()
        .map(|article| (format!("{}.md", article.id), written(&first, Sheet::Markdown(article.ix))))
        .collect();
    let borrowed: Vec<(&str, &str)> = seeds.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let again = edition_of(&borrowed);
    let said = |edition: &Edition| -> Vec<_> {
        let paragraphs =
            |a: &crate::model::Article| -> Vec<_> { a.paragraphs.iter().map(|p| (p.role, p.text.clone())).collect() };
        let mut all: Vec<_> =
            edition.articles.iter().map(|a| (a.title.value.text.clone(), a.kind.value, paragraphs(a))).collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    assert_eq!(said(&again), said(&first), "{seeds:#?}");
    assert_eq!(again.diagnostics, []);
}

#[test]
fn a_book_holds_every_paragraph_and_collation() {
    let edition = edition();
    let bytes = Exporter::new(&edition, "对勘").bytes(Sheet::EpubCorpus).unwrap();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.by_index(0).unwrap().name().unwrap(), "mimetype");
    let mut read = |name: &str| std::io::read_to_string(book.by_name(&format!("book/{name}")).unwrap()).unwrap();
    for article in &edition.articles {
        let page = read(&format!("{}.xhtml", article.id));
        let mut said = read_side(&page, None, "p");
        said.extend(read_side(&page, None, "h2"));
        for paragraph in &article.paragraphs {
            assert!(said.contains(&paragraph.text), "{page}");
        }
    }
    let collation = &edition.reuse.collations[0];
    let [a, b] = [collation.a, collation.b].map(|ix| edition.articles[ix].id.as_str());
    let rows = read_side(&read(&format!("{a}--{b}.xhtml")), None, "tr");
    assert_eq!(rows.len(), collation.groups.len() + 1);
}

#[test]
fn the_json_export_obeys_its_schema() {
    let schema: Value = serde_json::from_str(json::SCHEMA).unwrap();
    assert_eq!(schema["properties"]["format"]["const"], json::FORMAT);
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("duikan.json", schema).unwrap();
    let mut schemas = boon::Schemas::new();
    let known = compiler.compile("duikan.json", &mut schemas).unwrap();
    let obeys = |document: &Value| schemas.validate(document, known).map_err(|error| error.to_string());
    let document = |edition: &Edition| -> Value { serde_json::from_str(&written(edition, Sheet::Json)).unwrap() };
    for edition in [edition(), edition_of(&[]), seeds()] {
        assert_eq!(obeys(&document(&edition)), Ok(()));
    }
    let mut wrong = document(&edition());
    wrong["clauses"][0]["spread"] = "two".into();
    assert!(obeys(&wrong).is_err());
}

/// The seeds of this repository.
fn seeds() -> Edition {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let read = crate::read::read(&folder, &Config::default(), &Progress::Silent).unwrap();
    crate::edition::edition(Config::default(), read, &Progress::Silent)
}
