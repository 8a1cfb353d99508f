//! Corpora made to hurt: time and what is kept grow with the text, never with its square.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that cannot go on fails, and its tables are for the reader of the run"
)]

#[path = "common/witnesses.rs"]
mod witnesses;

use duikan::clause::clauses;
use duikan::config::Config;
use duikan::model::{Article, Reuse, Role};

fn reuse(articles: &[Article]) -> Reuse {
    let cut: Vec<_> = articles.iter().map(clauses).collect();
    duikan::reuse::reuse(&Config::default(), &[], articles, &cut)
}

fn article(ix: usize, paragraphs: impl IntoIterator<Item = String>) -> Article {
    witnesses::plain(ix, &format!("t{ix}"), "文", paragraphs.into_iter().map(|text| (Role::Body, text)))
}

/// Processor time of this process so far, in hundredths of a second: other processes do not count.
fn spent() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

/// Eight times as much may take thirty times as long; the square, sixty-four times, may not.
fn grows_linearly(name: &str, small: usize, make: fn(usize) -> Vec<Article>) -> Reuse {
    let timed = |size: usize| {
        let articles = make(size);
        let start = spent();
        let found = reuse(&articles);
        ((spent() - start).max(2), found)
    };
    let (short, _) = timed(small);
    let (long, found) = timed(small * 8);
    println!("{name}: {small} in {short}0 ms, {} in {long}0 ms", small * 8);
    assert!(long < short * 30, "{name}: {short}0 ms, then {long}0 ms");
    found
}

/// One after the other, so that each is timed alone.
#[test]
fn nothing_grows_with_the_square() {
    one_sentence_repeated_in_one_text();
    one_paragraph_repeated_in_one_text();
    the_same_text_many_times();
    one_formula_in_every_text();
    one_endless_clause();
}

fn one_sentence_repeated_in_one_text() {
    let make = |size: usize| {
        let text = "成员国重申将继续坚决打击恐怖主义、分裂主义和极端主义，".repeat(size);
        vec![article(0, [text.clone()]), article(1, [text])]
    };
    let found = grows_linearly("one sentence in one paragraph", 10_000, make);
    assert_eq!(found.shared.len(), 1);
    assert_eq!(found.shared[0].places.len(), 160_000);
    assert_eq!(found.collations.len(), 1);
    assert_eq!(found.collations[0].groups.len(), 1);
}

fn one_paragraph_repeated_in_one_text() {
    let make = |size: usize| {
        let text = || (0..size).map(|_| "成员国重申将继续坚决打击恐怖主义。".to_owned());
        vec![article(0, text()), article(1, text())]
    };
    let found = grows_linearly("one paragraph in one text", 5_000, make);
    assert_eq!(found.shared[0].places.len(), 80_000);
    assert_eq!(found.collations[0].groups.len(), 40_000);
}

fn the_same_text_many_times() {
    let make = |size: usize| {
        let text = ["团结协作是上海合作组织一路走来的成功经验，也是新征程上应变局、开新局的必然选择。", "谢谢大家。"];
        (0..size).map(|ix| article(ix, text.map(str::to_owned))).collect()
    };
    let found = grows_linearly("the same text", 10_000, make);
    assert_eq!(found.shared.len(), 2);
    assert!(found.shared.iter().all(|clause| clause.places.len() == 80_000 && clause.boilerplate));
    assert!(found.matches.len() <= 160_000, "{} matches", found.matches.len());
    assert!(!found.collations.is_empty() && found.collations.len() <= 64);
    assert!(!found.capped.is_empty());
}

fn one_formula_in_every_text() {
    let make = |size: usize| {
        let own = |at: usize| char::from_u32(0x4e00 + u32::try_from(at % 1_000).unwrap() * 20).unwrap();
        let text = |ix: usize| {
            let name: String = [own(ix), own(ix / 1_000), own(ix * 29 + 11), own(ix * 7)].iter().collect();
            format!("会议由轮值主席国总统主持，{name}参加了上述活动，{name}表示欢迎和赞赏。")
        };
        (0..size).map(|ix| article(ix, [text(ix)])).collect()
    };
    let found = grows_linearly("one formula", 10_000, make);
    assert!(found.shared.iter().any(|clause| clause.places.len() == 80_000 && clause.boilerplate));
    assert!(found.collations.len() < 1_000, "{} collations", found.collations.len());
}

fn one_endless_clause() {
    let make = |size: usize| {
        let text = |from: usize| -> String {
            (from..from + size)
                .map(|i| char::from_u32(0x4e00 + u32::try_from(i * 31 % 20_000).unwrap()).unwrap())
                .collect()
        };
        vec![article(0, [text(0)]), article(1, [text(7)])]
    };
    grows_linearly("one endless clause", 20_000, make);
}
