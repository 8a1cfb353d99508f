//! What holds of every collation, whatever the texts.

use duikan::clause::clauses;
use duikan::model::{Article, Collation, Group, Relation};
use duikan::reuse::edit::apply;

pub fn joined(article: &Article, paragraphs: &[u32]) -> Vec<char> {
    paragraphs.iter().filter_map(|&n| article.paragraph(n)).flat_map(|p| p.text.chars()).collect()
}

/// Edits make the one side of the other, every paragraph stands in one group, every clause in it, and relations are true.
pub fn check(collation: &Collation, a: &Article, b: &Article) {
    for group in &collation.groups {
        let (left, right) = (joined(a, &group.a), joined(b, &group.b));
        assert_eq!(apply(&left, &right, &group.edits), right.iter().collect::<String>());
        check_relation(group, &left, &right);
    }
    let mut of_a: Vec<u32> = collation.groups.iter().flat_map(|group| group.a.iter().copied()).collect();
    let mut of_b: Vec<u32> = collation.groups.iter().flat_map(|group| group.b.iter().copied()).collect();
    of_a.sort_unstable();
    of_b.sort_unstable();
    assert_eq!(of_a, a.paragraphs.iter().map(|p| p.n).collect::<Vec<_>>());
    assert_eq!(of_b, b.paragraphs.iter().map(|p| p.n).collect::<Vec<_>>());
    check_clauses(collation, a, true);
    check_clauses(collation, b, false);
    for share in [collation.coverage_a, collation.coverage_b] {
        for value in [share.characters, share.clauses, share.paragraphs] {
            assert!((0.0..=1.0).contains(&value));
        }
    }
}

/// The clause pairs of all groups cover each clause of the side, and only whole clauses.
fn check_clauses(collation: &Collation, article: &Article, first: bool) {
    let pairs = collation.groups.iter().flat_map(|group| &group.clauses);
    let mut places: Vec<_> = pairs.filter_map(|pair| if first { pair.a } else { pair.b }).collect();
    places.sort_unstable();
    places.dedup();
    let mut ends: Vec<(u32, u32)> = places.iter().map(|&(n, _, end)| (n, end)).collect();
    ends.dedup();
    let all: Vec<(u32, u32)> = clauses(article).iter().map(|c| (c.paragraph, c.end)).collect();
    assert!(ends.iter().all(|end| all.contains(end)));
    let length: u32 = places.iter().map(|&(_, start, end)| end - start).sum();
    let whole: usize = article.paragraphs.iter().map(|p| p.text.chars().count()).sum();
    assert_eq!(length as usize, whole);
}

fn check_relation(group: &Group, left: &[char], right: &[char]) {
    let worded: Vec<_> = group.edits.iter().filter(|edit| edit.fold.is_none()).collect();
    match group.relation {
        Relation::Identical => assert_eq!(left, right),
        Relation::Variant | Relation::Moved => assert!(worded.is_empty()),
        Relation::Shortened => assert!(worded.iter().all(|edit| edit.b.0 == edit.b.1)),
        Relation::Expanded => assert!(worded.iter().all(|edit| edit.a.0 == edit.a.1)),
        Relation::Omitted => assert!(right.is_empty() && group.b.is_empty()),
        Relation::Added => assert!(left.is_empty() && group.a.is_empty()),
        Relation::Merged => assert!(group.a.len() > group.b.len()),
        Relation::Split => assert!(group.a.len() < group.b.len()),
        Relation::Reworded => {}
    }
}
