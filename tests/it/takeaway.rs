//! What leaves the site: citations that pages carry, files that are built with them, and pairs that other engines find.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use lol_html::{RewriteStrSettings, element, rewrite_str, text};
use serde_json::Value;

use crate::links::{self, Site, build};

fn seeds() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

const SETTINGS: &str = "title = \"文集\"\nurl = \"https://example.org/c/\"\npaper = \"人民日报\"\n[export]\nformats = [\"json\", \
    \"text\", \"markdown\", \"tei\", \"collations\", \"shared\", \"epub\", \"bibtex\", \"ris\", \"csl-json\"]\n";

/// The site of the seeds with everything to take away.
fn site() -> Site {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = folder.path().join("duikan.toml");
    std::fs::write(&settings, SETTINGS).expect("a writable folder");
    build(&seeds(), &["--config", settings.to_str().expect("a plain path")])
}

fn duikan(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duikan"));
    command.current_dir(folder).args(arguments).output().expect("duikan runs")
}

/// What Zotero's translator for embedded metadata takes from a page, and the data block.
fn item(html: &str) -> (BTreeMap<String, String>, Value) {
    let (mut item, mut data) = (BTreeMap::new(), String::new());
    let handlers = vec![
        element!("meta[name]", |meta| {
            let (name, content) = (meta.get_attribute("name"), meta.get_attribute("content"));
            let field = match name.unwrap_or_default().as_str() {
                // The type of Dublin Core goes before what a journal's title would make it.
                "DC.type" => "itemType",
                "citation_title" => "title",
                "citation_author" => "author",
                "citation_publication_date" => "date",
                "citation_journal_title" => "publicationTitle",
                "citation_firstpage" => "pages",
                "citation_public_url" => "url",
                _ => return Ok(()),
            };
            item.insert(field.to_owned(), content.unwrap_or_default().replace("&quot;", "\"").replace("&amp;", "&"));
            Ok(())
        }),
        text!("script[type='application/ld+json']", |chunk| {
            data.push_str(chunk.as_str());
            Ok(())
        }),
    ];
    let settings =
        handlers.into_iter().fold(RewriteStrSettings::new(), RewriteStrSettings::append_element_content_handler);
    rewrite_str(html, settings).expect("our pages parse");
    (item, serde_json::from_str(&data).expect("a block of JSON"))
}

#[test]
fn zotero_reads_from_every_page_what_the_references_say() {
    let site = site();
    let references: Vec<Value> = serde_json::from_slice(&site["data/corpus.csl.json"]).expect("CSL-JSON");
    assert!(references.len() > 10);
    for reference in &references {
        let said = |name: &str| reference[name].as_str().map(str::to_owned);
        let id = said("id").expect("an id");
        let (item, data) = item(&String::from_utf8_lossy(&site[&format!("a/{id}.html")]));
        assert_eq!(item.get("itemType").map(String::as_str), Some("newspaperArticle"));
        assert_eq!(item.get("title"), said("title").as_ref());
        assert_eq!(item.get("author").cloned(), reference["author"][0]["literal"].as_str().map(str::to_owned));
        assert_eq!(item.get("publicationTitle").map(String::as_str), Some("人民日报"));
        let url = format!("https://example.org/c/a/{id}.html");
        assert_eq!((item.get("url"), data["url"].as_str()), (Some(&url), Some(url.as_str())));
        assert_eq!((&data["@type"], &data["isPartOf"]["name"]), (&"NewsArticle".into(), &"人民日报".into()));
        let day = reference["issued"]["date-parts"][0].as_array().map(|parts| {
            let number = |at: usize| parts[at].as_u64().expect("a number");
            format!("{:04}-{:02}-{:02}", number(0), number(1), number(2))
        });
        assert_eq!(item.get("date").map(|date| date.replace('/', "-")), day);
        assert_eq!(data["datePublished"].as_str().map(str::to_owned), day);
    }
}

#[test]
fn what_can_be_taken_away_is_listed_and_linked() {
    let site = site();
    assert_eq!(links::faults(&site), Vec::<String>::new());
    let page = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    let data = page("data.html");
    for file in
        ["corpus.json", "corpus.txt", "corpus.md", "corpus.xml", "collations.tsv", "clauses.jsonl", "corpus.bib"]
    {
        assert!(data.contains(&format!("href=\"data/{file}\"")), "{file}");
    }
    let pages: String = site
        .keys()
        .filter(|path| Path::new(path).extension().is_some_and(|end| end == "html"))
        .map(|path| page(path))
        .collect();
    for path in site.keys().filter(|path| path.starts_with("data/")) {
        assert!(pages.contains(&format!("{path}\"")), "nothing links to {path}");
    }
    let cff = page("CITATION.cff");
    assert!(cff.contains("title: \"文集\"") && cff.contains("url: \"https://example.org/c/\""), "{cff}");
    assert!(page("about.html").contains("href=\"CITATION.cff\""));
}

#[test]
fn pairs_of_another_engine_lead_to_the_same_site_and_stale_ones_to_none() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let seeds = seeds();
    let seeds = seeds.to_str().expect("a plain path");
    let pairs = folder.path().join("pairs");
    std::fs::create_dir(&pairs).expect("a writable folder");
    let part = pairs.join("part-00000.json");
    let part_name = part.to_str().expect("a plain path");
    let run = duikan(folder.path(), &["export", "pairs", "-q", "--seeds", seeds, "-o", part_name]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let text = std::fs::read_to_string(&part).expect("pairs");
    assert!(text.lines().count() > 50, "{text}");
    let given = build(Path::new(seeds), &["--pairs", pairs.to_str().expect("a plain path")]);
    let own = build(Path::new(seeds), &[]);
    assert!(given == own, "the sites differ");

    let clauses = duikan(folder.path(), &["export", "clauses", "-q", "--seeds", seeds]);
    let clauses = String::from_utf8(clauses.stdout).expect("UTF-8");
    let ids: std::collections::BTreeSet<String> = clauses
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["id"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(ids.len(), clauses.lines().count(), "an id stands for one clause");
    for line in text.lines() {
        let pair: Value = serde_json::from_str(line).expect("JSON");
        assert!(["a", "b"].iter().all(|side| pair[side].as_str().is_none_or(|id| ids.contains(id))), "{line}");
    }

    std::fs::write(&part, format!("{text}{{\"a\":\"1\",\"b\":\"2\"}}\n")).expect("a writable folder");
    let stale = duikan(
        folder.path(),
        &[
            "build",
            "--seeds",
            seeds,
            "--output",
            "site",
            "--cache",
            "cache",
            "--pairs",
            pairs.to_str().expect("a path"),
        ],
    );
    assert_eq!(stale.status.code(), Some(1), "{}", String::from_utf8_lossy(&stale.stderr));
    assert!(!folder.path().join("site/index.html").exists());
}
