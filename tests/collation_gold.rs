//! Collations of the five seeds against gold made by reading (`tests/gold/collations`): precision and recall per relation.
//!
//! `cargo test --test collation_gold -- --nocapture` prints the figures, and every difference.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, and its tables are for the reader of the run"
)]

#[path = "common/witnesses.rs"]
mod witnesses;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use duikan::clause::cuts;
use duikan::fold::Folder;
use duikan::model::{Article, Collation, Relation};
use duikan::reuse::collate::collate;
use serde::Deserialize;

#[derive(Deserialize)]
struct Gold {
    a: String,
    b: String,
    identical: Vec<(u32, u32)>,
    omitted: Vec<u32>,
    added: Vec<u32>,
    #[serde(default)]
    group: Vec<GoldGroup>,
}

#[derive(Deserialize)]
struct GoldGroup {
    a: Vec<u32>,
    b: Vec<u32>,
    relation: Relation,
    clauses: String,
}

/// A clause: paragraph and number in it. An item: relation and what stands on either side.
type At = (u32, u32);
type Items<K> = BTreeSet<(&'static str, Vec<K>, Vec<K>)>;

/// `29.2` or `2.2-8`.
fn clause_list(text: &str) -> Vec<At> {
    let (paragraph, range) = text.trim().split_once('.').unwrap();
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let number = |text: &str| text.parse::<u32>().unwrap();
    (number(first)..=number(last)).map(|k| (number(paragraph), k)).collect()
}

fn relation(name: &str) -> &'static str {
    Relation::ALL.into_iter().map(Relation::name).find(|&known| known == name).unwrap_or_else(|| panic!("{name}"))
}

fn clause_count(article: &Article, n: u32) -> u32 {
    u32::try_from(cuts(&article.paragraph(n).unwrap().text).len()).unwrap()
}

impl Gold {
    fn groups(&self) -> Items<u32> {
        let mut items: Items<u32> = self.identical.iter().map(|&(a, b)| ("identical", vec![a], vec![b])).collect();
        items.extend(self.omitted.iter().map(|&a| ("omitted", vec![a], vec![])));
        items.extend(self.added.iter().map(|&b| ("added", vec![], vec![b])));
        items.extend(self.group.iter().map(|group| (group.relation.name(), group.a.clone(), group.b.clone())));
        items
    }

    fn clauses(&self, a: &Article, b: &Article) -> Items<At> {
        let mut items = Items::new();
        for &(p, q) in &self.identical {
            items.extend((1..=clause_count(a, p)).map(|k| ("identical", vec![(p, k)], vec![(q, k)])));
        }
        for &p in &self.omitted {
            items.extend((1..=clause_count(a, p)).map(|k| ("omitted", vec![(p, k)], vec![])));
        }
        for &q in &self.added {
            items.extend((1..=clause_count(b, q)).map(|k| ("added", vec![], vec![(q, k)])));
        }
        for line in self.group.iter().flat_map(|group| group.clauses.lines()).filter(|line| !line.is_empty()) {
            let (places, name) = line.rsplit_once(' ').unwrap();
            let name = relation(name);
            match places.split_once('>') {
                Some((a, b)) if matches!(name, "merged" | "split") => {
                    items.insert((name, clause_list(a), clause_list(b)));
                }
                Some((a, b)) => {
                    let (a, b) = (clause_list(a), clause_list(b));
                    assert_eq!(a.len(), b.len(), "{line}");
                    items.extend(a.into_iter().zip(b).map(|(a, b)| (name, vec![a], vec![b])));
                }
                None if name == "omitted" => {
                    items.extend(clause_list(places).into_iter().map(|a| (name, vec![a], vec![])));
                }
                None => items.extend(clause_list(places).into_iter().map(|b| (name, vec![], vec![b]))),
            }
        }
        items
    }

    /// Whether every paragraph and clause of both articles stands in the gold.
    fn check(&self, a: &Article, b: &Article) {
        let groups = self.groups();
        let clauses = self.clauses(a, b);
        for (article, side) in [(a, 0), (b, 1)] {
            let told: BTreeSet<u32> =
                groups.iter().flat_map(|item| if side == 0 { &item.1 } else { &item.2 }).copied().collect();
            let all: BTreeSet<u32> = article.paragraphs.iter().map(|p| p.n).collect();
            assert_eq!(told, all, "paragraphs of {}", article.id);
            let told: BTreeSet<At> =
                clauses.iter().flat_map(|item| if side == 0 { &item.1 } else { &item.2 }).copied().collect();
            let all: BTreeSet<At> =
                all.into_iter().flat_map(|n| (1..=clause_count(article, n)).map(move |k| (n, k))).collect();
            assert_eq!(told, all, "clauses of {}", article.id);
        }
    }
}

fn found_groups(collation: &Collation) -> Items<u32> {
    collation.groups.iter().map(|group| (group.relation.name(), group.a.clone(), group.b.clone())).collect()
}

fn found_clauses(collation: &Collation, a: &Article, b: &Article) -> Items<At> {
    let numbers = |article: &Article, place: Option<(u32, u32, u32)>| -> Vec<At> {
        let Some((n, start, end)) = place else { return Vec::new() };
        let ends = cuts(&article.paragraph(n).unwrap().text);
        (1..).zip(ends).filter(|&(_, at)| start < at && at <= end).map(|(k, _)| (n, k)).collect()
    };
    let pairs = collation.groups.iter().flat_map(|group| &group.clauses);
    pairs.map(|pair| (pair.relation.name(), numbers(a, pair.a), numbers(b, pair.b))).collect()
}

/// Per relation: found rightly, found, in the gold.
#[derive(Default)]
struct Score(BTreeMap<&'static str, (usize, usize, usize)>);

impl Score {
    fn add<K: Ord + std::fmt::Debug + Clone>(&mut self, found: &Items<K>, gold: &Items<K>) {
        for item in found.union(gold) {
            let sum = self.0.entry(item.0).or_default();
            sum.0 += usize::from(found.contains(item) && gold.contains(item));
            sum.1 += usize::from(found.contains(item));
            sum.2 += usize::from(gold.contains(item));
        }
        found.difference(gold).for_each(|item| println!("  not in gold  {item:?}"));
        gold.difference(found).for_each(|item| println!("  missed       {item:?}"));
    }

    fn total(&self) -> (f64, f64) {
        let sum = self.0.values().fold((0, 0, 0), |s, v| (s.0 + v.0, s.1 + v.1, s.2 + v.2));
        (ratio(sum.0, sum.1), ratio(sum.0, sum.2))
    }

    fn print(&self, title: &str) {
        println!("{title:<12} precision recall  gold");
        for (relation, &(right, found, gold)) in &self.0 {
            println!("{relation:<12} {:>9.3} {:>6.3} {gold:>5}", ratio(right, found), ratio(right, gold));
        }
        let (precision, recall) = self.total();
        println!("{:<12} {precision:>9.3} {recall:>6.3}", "all");
    }
}

fn ratio(a: usize, b: usize) -> f64 {
    if b == 0 { 1.0 } else { f64::from(u32::try_from(a).unwrap()) / f64::from(u32::try_from(b).unwrap()) }
}

/// Scores the collations of some gold files.
fn score(names: &[&str]) -> (Score, Score) {
    let articles = witnesses::articles();
    let find = |id: &str| articles.iter().find(|article| article.id == id).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/collations");
    let (mut groups, mut clauses) = (Score::default(), Score::default());
    for name in names {
        let text = fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap();
        let gold: Gold = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (a, b) = (find(&gold.a), find(&gold.b));
        gold.check(a, b);
        let collation = collate(&Folder::default(), a, b);
        println!("{name}");
        groups.add(&found_groups(&collation), &gold.groups());
        clauses.add(&found_clauses(&collation, a, b), &gold.clauses(a, b));
    }
    groups.print("paragraphs");
    clauses.print("clauses");
    (groups, clauses)
}

/// Paragraphs without an error, clauses all but without.
fn assert_read(names: &[&str]) {
    let (groups, clauses) = score(names);
    assert_eq!(groups.total(), (1.0, 1.0), "paragraphs");
    let (precision, recall) = clauses.total();
    assert!(precision >= 0.99 && recall >= 0.99, "clauses: {precision} {recall}");
}

#[test]
fn abstracts_printings_and_reports_collate_as_a_reader_would() {
    assert_read(&[
        "declaration-abstract-000",
        "declaration-abstract-004",
        "abstract-printings",
        "council-report-printings",
        "speech-report",
    ]);
}

#[test]
fn a_free_report_collates_as_a_reader_would() {
    assert_read(&["declaration-council-report"]);
}
