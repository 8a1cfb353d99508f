//! jieba: terms, names, keyness.
//!
//! ```text
//! 上海合作组织成员国元首理事会第二十四次会议
//!     jieba        上海 合作 组织 成员国 元首 理事会 第二十四次 会议
//!     known names  上海合作组织 成员国 元首 理事会 …            announced in a text as 上合组织
//!     joined       上海合作组织成员国元首理事会 …               for its parts stand together too often for chance
//! ```

mod class;
mod collocate;
mod count;
mod cut;
mod join;
mod statistic;
mod tally;

use crate::memo::Memo;
use crate::mention::Abbreviations;
use crate::model::{Article, Words};
use crate::name::Persons;

use class::Classes;
use cut::Cutter;
use join::Units;

/// Finds the terms of the corpus; `user_terms` are never split.
#[must_use]
pub fn words(articles: &[Article], user_terms: &[String]) -> Words {
    words_with(articles, user_terms, &Persons::learn(articles), &Memo::default())
}

/// The same, where the persons are known and cuts of the dictionary may be remembered.
#[must_use]
pub fn words_with(articles: &[Article], user_terms: &[String], persons: &Persons, cuts: &Memo) -> Words {
    if articles.is_empty() {
        return Words::default();
    }
    let abbreviations = Abbreviations::learn(articles);
    let quoted = class::quoted(articles);
    let cutter = Cutter::new(persons, &abbreviations, &quoted, user_terms);
    let mut units = Units::of(articles, &cutter, cuts);
    units.join();
    let classes = Classes::new(articles, persons, &abbreviations, &quoted);
    let mut words = count::terms(articles, &units, &classes);
    collocate::collocates(units, &mut words);
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;
    use crate::model::{Kind, TermClass};

    fn sample() -> Vec<Article> {
        let council =
            "上海合作组织（以下称“上合组织”）成员国元首理事会举行会议。上海合作组织成员国元首理事会发表宣言。";
        let more = "上海合作组织成员国元首理事会第二十四次会议讨论安全合作。白俄罗斯国立大学教授安德烈·鲁萨科维奇说，上合组织重要。";
        let others = "代表团讨论经济、贸易、文化、教育、科技、能源、农业、交通、卫生、环保、旅游、体育等领域的问题。";
        corpus(&[
            (Kind::Report, "甲", &[council, more, others]),
            (Kind::Declaration, "乙", &["上海合作组织成员国元首理事会决定。鲁萨科维奇说，问题重要。", others, others]),
            (
                Kind::Brief,
                "丙",
                &["太湖水位上涨，太湖水位超警，水位超警后防汛应急响应启动，防汛形势严峻，防汛工作继续。", others],
            ),
        ])
    }

    fn term<'a>(words: &'a Words, text: &str) -> Option<&'a crate::model::Term> {
        words.terms.iter().find(|t| t.text == text)
    }

    #[test]
    fn long_names_are_joined_and_their_parts_still_counted() {
        let words = words(&sample(), &[]);
        let council = term(&words, "上海合作组织成员国元首理事会").unwrap();
        assert_eq!((council.total, council.class), (3, TermClass::Organisation));
        assert_eq!(term(&words, "成员国元首理事会").map(|t| t.total), Some(4));
        assert_eq!(term(&words, "上海合作组织").map(|t| t.total), Some(4));
        let person = term(&words, "安德烈·鲁萨科维奇").unwrap();
        assert_eq!((person.total, person.class, person.texts), (2, TermClass::Person, 2));
        assert!(term(&words, "鲁萨科维奇").is_none());
    }

    #[test]
    fn user_terms_are_never_split() {
        assert!(term(&words(&sample(), &["水位超警".to_owned()]), "水位超警").is_some());
    }

    #[test]
    fn a_text_is_told_by_its_own_words() {
        let words = words(&sample(), &[]);
        let of = |ix: usize| words.keyness[ix].iter().map(|&(t, _)| words.terms[t].text.as_str()).collect::<Vec<_>>();
        assert!(of(2).contains(&"防汛"), "{:?}", of(2));
        assert!(!of(0).contains(&"防汛"));
    }

    #[test]
    fn nothing_is_no_words() {
        assert_eq!(words(&[], &[]), Words::default());
        assert!(words(&corpus(&[(Kind::Other, "", &["", "。"])]), &[]).terms.is_empty());
    }
}
