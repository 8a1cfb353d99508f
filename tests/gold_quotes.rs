//! Quotations and mentions of the five seeds against gold made by reading.
use duikan::model::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Page { article: Vec<GoldArticle> }
#[derive(Deserialize)]
struct GoldArticle { kinds: Vec<Kind>, title: Option<String>, subtitle: Option<String>, speaker: Option<String>, paragraph: Vec<GoldParagraph> }
#[derive(Deserialize)]
struct GoldParagraph { #[serde(default)] role: Option<Role>, text: String }

fn articles() -> Vec<Article> {
    let mut files: Vec<_> = std::fs::read_dir("tests/gold/articles").unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let line = |t: &str| HeadLine { text: t.to_owned(), pieces: vec![], ledger: vec![] };
    let mut out = Vec::new();
    for (seed, f) in files.iter().enumerate() {
        let page: Page = toml::from_str(&std::fs::read_to_string(f).unwrap()).unwrap();
        for a in page.article {
            let kind = a.kinds[0];
            out.push(Article {
                ix: out.len(), id: format!("s{seed}-{}", kind.name()), seed,
                kind: Guess { value: kind, confidence: 1.0, evidence: vec![] },
                title: Guess { value: line(a.title.as_deref().unwrap_or("")), confidence: 1.0, evidence: vec![] },
                title_inferred: a.title.is_none(),
                subtitle: a.subtitle.as_deref().map(line), byline: None, speaker: a.speaker, agency: None, place: None, date: None,
                head: vec![], continues: None, lines: vec![],
                paragraphs: a.paragraph.into_iter().zip(1..).map(|(p, n)| Paragraph { n, anchor: format!("p{n}"), role: p.role.unwrap_or(Role::Body), text: p.text, pieces: vec![], ledger: vec![] }).collect(),
            });
        }
    }
    out
}

#[test]
fn show() {
    let articles = articles();
    println!("{:?}", duikan::name::Persons::learn(&articles).full_names());
    for m in duikan::mention::mentions(&duikan::config::Config::default(), &articles) {
        println!("{} p{} {} -> {:?} {}", articles[m.place.article].id, m.place.paragraph, m.name, m.target.map(|t| &articles[t].id), m.itself);
    }
}
