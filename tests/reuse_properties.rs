//! What holds of every collation and every corpus.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "common/planted.rs"]
mod planted;
#[path = "common/witnesses.rs"]
mod witnesses;

use duikan::clause::clauses;
use duikan::config::Config;
use duikan::fold::Folder;
use duikan::model::{Article, Collation, Group, Match, Relation, Reuse, Role};
use duikan::reuse::collate::{collate, mirrored};
use duikan::reuse::edit::apply;
use proptest::prelude::*;

fn reuse(articles: &[Article]) -> Reuse {
    let cut: Vec<_> = articles.iter().map(clauses).collect();
    duikan::reuse::reuse(&Config::default(), &[], articles, &cut)
}

fn joined(article: &Article, paragraphs: &[u32]) -> Vec<char> {
    paragraphs.iter().filter_map(|&n| article.paragraph(n)).flat_map(|p| p.text.chars()).collect()
}

/// Edits make the one side of the other, every paragraph stands in one group, every clause in it, and relations are true.
fn check(collation: &Collation, a: &Article, b: &Article) {
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

fn text(paragraphs: Vec<String>) -> Article {
    witnesses::plain(0, "t", "文", paragraphs.into_iter().map(|text| (Role::Body, text)))
}

prop_compose! {
    /// Paragraphs of few different clauses, so that much is shared, moved, merged and repeated.
    fn small_text()(list in prop::collection::vec("(甲乙丙丁戊己，|子丑寅卯辰巳。|天地玄黄宇宙；|日月盈昃辰宿—“列张”|一二三| 　|，){0,5}", 0..7)) -> Article {
        text(list)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn collations_of_repetitive_texts_hold_together(a in small_text(), b in small_text()) {
        let collation = collate(&Folder::default(), &a, &b);
        check(&collation, &a, &b);
        let back = collate(&Folder::default(), &b, &a);
        prop_assert_eq!(mirrored(back), collation);
    }

    #[test]
    fn collations_of_any_texts_hold_together(a in "[，。；—“”‘’ 　\\-一二三四五ab1]{0,80}", b in "[，。；—“”‘’ 　\\-一二三四五ab1]{0,80}") {
        let (a, b) = (text(vec![a]), text(vec![b]));
        check(&collate(&Folder::default(), &a, &b), &a, &b);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn collations_of_abstracts_hold_together(seed in 0u64..1000) {
        let corpus = planted::corpus(seed, 0, 1, 20);
        let (full, short, _) = &corpus.pairs[0];
        let (a, b) = (&corpus.articles[*full], &corpus.articles[*short]);
        let collation = collate(&Folder::default(), a, b);
        check(&collation, a, b);
        prop_assert_eq!(mirrored(collate(&Folder::default(), b, a)), collation);
    }

    #[test]
    fn an_unrelated_text_changes_no_match(seed in 0u64..1000) {
        let mut corpus = planted::corpus(seed, 12, 2, 12);
        let before = reuse(&corpus.articles);
        let stranger = "ΑΒΓΔ αβγδ, εζηθ ικλμ. ";
        corpus.articles.push(witnesses::plain(corpus.articles.len(), "x", "Ξένος", [(Role::Body, stranger.repeat(9))]));
        let after = reuse(&corpus.articles);
        prop_assert_eq!(before, after);
    }
}

#[test]
fn seeds_hold_together() {
    let articles = witnesses::articles();
    for (i, a) in articles.iter().enumerate() {
        for b in &articles[i..] {
            let collation = collate(&Folder::default(), a, b);
            check(&collation, a, b);
            assert_eq!(mirrored(collate(&Folder::default(), b, a)), collation, "{} {}", a.id, b.id);
        }
    }
}

#[test]
fn threads_and_order_of_asking_change_nothing() {
    let corpus = planted::corpus(7, 40, 3, 20);
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| reuse(&corpus.articles))
    };
    assert_eq!(with(1), with(3));
}

#[test]
fn matches_hold_what_they_say() {
    let corpus = planted::corpus(11, 40, 3, 20);
    let of = |place: duikan::model::Place| -> String {
        let text = joined(&corpus.articles[place.article], &[place.paragraph]);
        text[place.start as usize..place.end as usize].iter().filter(|c| c.is_alphanumeric()).collect()
    };
    let reuse = reuse(&corpus.articles);
    assert!(!reuse.matches.is_empty());
    for &Match { a, b, score } in &reuse.matches {
        assert!(a.article < b.article && score > 0.0 && score <= 1.0);
        assert_eq!(of(a) == of(b), score >= 1.0);
    }
}
