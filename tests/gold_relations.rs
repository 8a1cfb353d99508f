//! What the articles of the five seeds are to each other, against gold made by reading (`tests/gold/relations.toml`).
//!
//! ```text
//! cargo test --test gold_relations -- --nocapture     prints precision and recall, and what was missed or wrong
//! ```
#![expect(clippy::unwrap_used, reason = "a test that fails may panic")]

use std::collections::BTreeSet;
use std::path::Path;

use duikan::config::Config;
use duikan::model::{Article, DocumentRelation, Link};
use duikan::progress::Progress;
use serde::Deserialize;

#[path = "common/witnesses.rs"]
mod witnesses;

#[derive(Deserialize)]
struct Gold {
    relation: Vec<GoldRelation>,
}

#[derive(Deserialize)]
struct GoldRelation {
    r#type: DocumentRelation,
    from: String,
    to: String,
}

type Told = (String, &'static str, String);

fn gold() -> BTreeSet<Told> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/relations.toml");
    let gold: Gold = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    gold.relation.into_iter().map(|r| (r.from, r.r#type.name(), r.to)).collect()
}

fn told(articles: &[Article], links: &[Link]) -> BTreeSet<Told> {
    let id = |ix: usize| articles[ix].id.clone();
    links.iter().map(|link| (id(link.from), link.relation.value.name(), id(link.to))).collect()
}

fn links(articles: &[Article]) -> Vec<Link> {
    let clauses: Vec<_> = articles.iter().map(duikan::clause::clauses).collect();
    let config = Config::default();
    let reuse = duikan::reuse::reuse(&config, &[], articles, &clauses);
    let quotes = duikan::quote::quotes(articles, &reuse);
    duikan::reuse::relations(&[], articles, &[], &reuse, &quotes)
}

#[test]
fn relations_are_those_a_reader_finds() {
    let articles = witnesses::articles();
    let (found, gold) = (told(&articles, &links(&articles)), gold());
    found.difference(&gold).for_each(|wrong| println!("not in gold: {wrong:?}"));
    gold.difference(&found).for_each(|missed| println!("missed: {missed:?}"));
    #[expect(clippy::cast_precision_loss, reason = "a dozen of relations")]
    let share = |of: usize| found.intersection(&gold).count() as f64 / of as f64;
    let (precision, recall) = (share(found.len()), share(gold.len()));
    println!("document relations: precision {precision:.3} of {}, recall {recall:.3} of {}", found.len(), gold.len());
    assert!(found == gold, "precision {precision} recall {recall}");
}

/// The two printings of the council report differ in a word; those of the abstract in a dash, which is no reading.
#[test]
fn the_words_in_which_two_printings_differ_are_found() {
    let articles = witnesses::articles();
    let clauses: Vec<_> = articles.iter().map(duikan::clause::clauses).collect();
    let reuse = duikan::reuse::reuse(&Config::default(), &[], &articles, &clauses);
    let found: Vec<_> = reuse.variants.iter().map(|v| (v.a.words(&articles), v.b.words(&articles))).collect();
    assert_eq!(found, [("跨国组织", "跨国有组织")]);
}

#[test]
fn relations_are_the_same_in_any_order_of_the_seeds() {
    let mut articles = witnesses::articles();
    let gold = told(&articles, &links(&articles));
    articles.reverse();
    for (ix, article) in articles.iter_mut().enumerate() {
        article.ix = ix;
    }
    assert_eq!(told(&articles, &links(&articles)), gold);
}

/// The links of a folder of seeds, each text given with its name, with the opening words of either side.
fn of_seeds(seeds: &[(&str, &str)]) -> Vec<(String, &'static str, String)> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in seeds {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let config = Config::default();
    let read = duikan::read::read(folder.path(), &config, &Progress::default()).unwrap();
    let edition = duikan::edition::edition(config, read, &Progress::default());
    let opening = |ix: usize| {
        let first = edition.articles[ix].paragraphs.first().unwrap();
        first.text.chars().take(4).collect::<String>()
    };
    edition.reuse.links.iter().map(|l| (opening(l.from), l.relation.value.name(), opening(l.to))).collect()
}

const FIRST: &str = "河湾镇修复古桥

　　本报河湾5月3日电　河湾镇古桥修复工程昨日完工，工匠们用了两年时间，
把散落在河床里的石料一块一块找回来，按照旧时的图样重新砌好。镇里的
老人说，桥上每一块石头都有来历，修桥的人
（下转第三版）
";
const SECOND: &str = "（上接第二版）都记得清清楚楚。工程结束以后，镇里把修桥的经过写成一本小书，
送给每一户人家。
　　到了傍晚，桥上站满了人，孩子们跑来跑去，老人们坐在栏杆边上说话。
　　（本报河湾5月3日电）
";
const OTHER: &str = "（上接第一版）渔船陆续回到港口，码头上灯火通明，收鱼的人早已等在那里。
　　今年的鱼汛比往年来得早一些。
　　（本报海角5月3日电）
";

#[test]
fn an_article_that_goes_on_upon_another_page_continues() {
    let pages = [
        ("02.txt", FIRST),
        ("02.toml", "page = 2\ndate = 2024-05-04\n"),
        ("03.txt", SECOND),
        ("03.toml", "page = 3\ndate = 2024-05-04\n"),
        ("04.txt", OTHER),
        ("04.toml", "page = 4\ndate = 2024-05-04\n"),
    ];
    let found = of_seeds(&pages);
    assert_eq!(found, [("都记得清".to_owned(), "continues", "本报河湾".to_owned())]);
    // Days later it is another article, and without a page that says where it goes on there is nothing to continue.
    let later = [pages[0], pages[1], pages[2], ("03.toml", "page = 3\ndate = 2024-05-09\n")];
    assert!(of_seeds(&later).is_empty());
    assert!(of_seeds(&pages[2..]).is_empty());
}
