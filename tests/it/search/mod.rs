//! Search finds every substring and nothing else: the shards are read back and held against a plain scan of the texts.
//!
//! The same cuttings are looked up in real browsers by tests/browser/search.test.mjs.

mod corpus;
mod reader;
mod scan;

use std::collections::BTreeMap;

use duikan::config::Folds;
use duikan::fold::Folder;
use duikan::model::{Article, OutFile};
use reader::{Index, List};
use scan::{cuttings, key, keys, places, scan};

const CUTTINGS: usize = 10_000;

fn shards(articles: Vec<Article>) -> Vec<OutFile> {
    let mut files = Vec::new();
    duikan::shard::shards(&corpus::edition(articles), |file| {
        files.push(file);
        Ok(())
    })
    .expect("shards");
    files
}

/// Holds both ways of answering against the scan, and gives the share of answers that lists alone can tell.
fn hold(mut articles: Vec<Article>) -> f64 {
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    let texts: Vec<Vec<u16>> = articles.iter().map(keys).collect();
    let cuttings: Vec<Vec<u16>> = cuttings(&articles, CUTTINGS).iter().map(|cutting| key(cutting)).collect();
    let wanted = scan(&texts, &cuttings);
    let printed: Vec<Vec<String>> =
        articles.iter().map(|article| corpus::segments(article).map(str::to_owned).collect()).collect();
    let index = Index::read(&shards(articles));
    assert_eq!(index.texts, printed, "the shards hold the texts as they are printed");
    let mut from_lists = 0;
    for (key, wanted) in cuttings.iter().zip(&wanted) {
        let told = || String::from_utf16_lossy(key);
        let grams = index.simplify(key);
        let found = index.by_texts(&grams, |text| places(&texts[text as usize], key));
        assert_eq!(&found, wanted, "{} by its texts", told());
        if !index.ambiguous(&grams)
            && let Some(found) = index.counted(&grams)
        {
            let listed: BTreeMap<u32, u32> = wanted
                .iter()
                .filter(|&(text, _)| index.is_listed(*text))
                .map(|(&text, &count)| (text, count))
                .collect();
            assert_eq!(found, listed, "{} by its lists", told());
            from_lists += 1;
        }
    }
    f64::from(from_lists) / f64::from(u32::try_from(CUTTINGS).expect("a number"))
}

#[test]
fn every_cutting_of_the_seeds_is_found_and_nothing_else() {
    hold(corpus::of_seeds());
}

#[test]
fn every_cutting_of_shuffled_sentences_is_found_and_nothing_else() {
    let share = hold(corpus::of_sentences(900));
    assert!(share > 0.5, "few answers by lists, so they are hardly tested: {share}");
}

#[test]
fn every_cutting_of_drawn_words_is_found_and_nothing_else() {
    let share = hold(corpus::of_words(900));
    assert!((0.01..0.9).contains(&share), "answers are to come both ways: {share}");
}

#[test]
fn a_single_character_is_found_by_its_list() {
    let mut articles = corpus::of_words(900);
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    let texts: Vec<Vec<u16>> = articles.iter().map(keys).collect();
    let index = Index::read(&shards(articles));
    let mut wanted: BTreeMap<u16, BTreeMap<u32, u32>> = BTreeMap::new();
    for (number, text) in (0u32..).zip(&texts) {
        for &unit in text.iter().filter(|&&unit| unit != 10) {
            let unit = index.simplify(&[unit]).first().copied().unwrap_or_default();
            *wanted.entry(unit).or_default().entry(number).or_default() += 1;
        }
    }
    let mut common = 0;
    for (&unit, of) in &mut wanted {
        of.retain(|&text, _| index.is_listed(text));
        if of.is_empty() {
            continue;
        }
        match index.single(unit) {
            Some(List::Texts(texts, _, total)) => {
                assert_eq!(*texts, of.keys().copied().collect::<Vec<_>>());
                assert_eq!(*total, of.values().sum::<u32>());
                common += 1;
            }
            Some(List::Groups(_)) => assert!(of.keys().all(|text| index.candidates(&[unit]).contains(text))),
            None => panic!("{unit:x} has no list"),
        }
    }
    assert!(common > 100);
}

#[test]
fn traditional_texts_answer_to_simplified_queries() {
    let line = |text: &str| text.repeat(40);
    let articles = (0..800).map(|ix| {
        let text = line(["上海合作組織國際會議", "上海合作组织国际会议", "頭髮發展", "头发发展"][ix % 4]);
        corpus::article(ix, format!("t{ix:04}"), "題目", [text])
    });
    let index = Index::read(&shards(articles.collect()));
    assert!(index.indexed() > 0);
    let script = Folder::new(Folds { script: true });
    let simplified =
        |text: &str| -> Vec<u16> { script.fold(text).key.iter().collect::<String>().encode_utf16().collect() };
    let of = |text: u32| simplified(&index.texts[text as usize].concat());
    let found =
        index.by_texts(&index.simplify(&key("國際會議")), |text| places(&of(text), &simplified("國際會議")));
    assert_eq!(found.len(), 400);
    assert!(index.ambiguous(&key("发展")) && !index.ambiguous(&key("上海")));
}

#[test]
fn numbers_keep_their_places() {
    let make = |numbers: &[u32]| {
        let articles =
            (0..numbers.len()).map(|ix| corpus::article(ix, format!("t{ix}"), "题目", [format!("第{ix}篇")])).collect();
        let mut edition = corpus::edition(articles);
        edition.addresses.texts = numbers.to_vec();
        let mut files = Vec::new();
        duikan::shard::shards(&edition, |file| {
            files.push(file);
            Ok(())
        })
        .expect("shards");
        Index::read(&files).texts
    };
    let texts = make(&[2, 0, 3]);
    assert_eq!(
        texts.iter().map(|text| text.last().map_or("", String::as_str)).collect::<Vec<_>>(),
        ["第1篇", "", "第0篇", "第2篇"]
    );
    // A lock that skips most numbers makes no index of empty places.
    assert_eq!(make(&[7, u32::MAX - 1]).len(), 2);
}

#[test]
fn the_bytes_depend_on_nothing_but_the_texts() {
    let once = || shards(corpus::of_words(120));
    let threads = |count| rayon::ThreadPoolBuilder::new().num_threads(count).build().expect("threads").install(once);
    assert_eq!(threads(1), threads(3));
}

#[test]
fn an_appended_text_leaves_the_groups_before_it_alone() {
    /// Small groups become one as soon as they fill it.
    const PARTS: usize = 9;
    let groups = |count| {
        let files = shards(corpus::of_words(count));
        let index = Index::read(&files);
        let names: Vec<String> =
            index.manifest["groups"]["names"].as_array().expect("names").iter().map(ToString::to_string).collect();
        names
    };
    for count in [200, 203, 206] {
        let (before, after) = (groups(count), groups(count + 3));
        let full = before.len() - PARTS;
        assert!(full > 8);
        assert_eq!(before[..full], after[..full]);
    }
}
