//! What holds of every collation and every corpus.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "common/collated.rs"]
mod collated;
#[path = "common/planted.rs"]
mod planted;
#[path = "common/witnesses.rs"]
mod witnesses;

use duikan::clause::clauses;
use duikan::config::Config;
use duikan::fold::Folder;
use duikan::model::{Article, Match, Reuse, Role};
use duikan::reuse::collate::{collate, mirrored};
use proptest::prelude::*;

use collated::{check, joined};

fn reuse(articles: &[Article]) -> Reuse {
    let cut: Vec<_> = articles.iter().map(clauses).collect();
    duikan::reuse::reuse(&Config::default(), &[], articles, &cut)
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
