//! `《…》` and plain names of documents → the articles that are those documents.
//!
//! ```text
//! 成员国领导人签署并发表《上海合作组织成员国元首理事会阿斯塔纳宣言》    → the declaration of that title
//! 成员国通过《上合组织关于各国团结共促世界公正、和睦、发展的倡议》      → the initiative, for 上合组织 was announced as 上海合作组织
//! 本届峰会发表阿斯塔纳宣言                                            → the declaration, by the end of its title
//! 恪守《联合国宪章》                                                  → not in this corpus
//! ```

mod abbreviation;
mod catalogue;
mod key;

use rayon::prelude::*;

use crate::config::Config;
use crate::model::{Article, Mention, Place};

pub use abbreviation::{Abbreviation, Abbreviations};
use catalogue::{Catalogue, Found};
use key::Key;

/// Finds every mention of a document, in the order of the texts.
#[must_use]
pub fn mentions(_config: &Config, articles: &[Article]) -> Vec<Mention> {
    let abbreviations = Abbreviations::learn(articles);
    let catalogue = Catalogue::new(articles, &abbreviations);
    let per_article: Vec<_> =
        articles.par_iter().map(|article| of_article(article, &catalogue, &abbreviations)).collect();
    per_article.into_iter().flatten().collect()
}

/// A name that no article of the corpus bears, with the articles that mention it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The name as it is printed first.
    pub name: String,
    /// Indices into the mentions, in order.
    pub mentions: Vec<usize>,
}

/// The documents that are mentioned and are *not in this corpus*, most mentioned first. Names that differ in
/// punctuation or by an announced abbreviation are one document.
#[must_use]
pub fn missing(articles: &[Article], mentions: &[Mention]) -> Vec<Missing> {
    let abbreviations = Abbreviations::learn(articles);
    let mut by_key = std::collections::BTreeMap::<String, Missing>::new();
    for (ix, mention) in mentions.iter().enumerate().filter(|(_, m)| m.target.is_none() && !m.itself) {
        by_key
            .entry(Key::of(&mention.name, &abbreviations).text())
            .or_insert_with(|| Missing { name: mention.name.clone(), mentions: Vec::new() })
            .mentions
            .push(ix);
    }
    let mut missing: Vec<_> = by_key.into_values().collect();
    missing.sort_by(|a, b| b.mentions.len().cmp(&a.mentions.len()).then(a.mentions.cmp(&b.mentions)));
    missing
}

fn of_article(article: &Article, catalogue: &Catalogue, abbreviations: &Abbreviations) -> Vec<Mention> {
    let mut found = Vec::new();
    for paragraph in &article.paragraphs {
        let chars: Vec<char> = paragraph.text.chars().collect();
        let mut here = Vec::new();
        for (start, end) in bracketed(&chars) {
            let name: String = chars.iter().skip(start + 1).take(end - start - 2).collect();
            let place = place(article, paragraph.n, start, end);
            let hit = match abbreviations.document(article.ix, &name) {
                Some(long) => catalogue.named(long, article.ix, abbreviations),
                None => catalogue.named(&name, article.ix, abbreviations),
            };
            here.push(mention(place, name, hit));
        }
        let taken: Vec<_> = here.iter().map(|m| (m.place.start, m.place.end)).collect();
        for (start, end, hit) in catalogue.plain(&Key::of(&paragraph.text, abbreviations), article.ix) {
            if taken.iter().any(|&(s, e)| start < e && s < end) {
                continue;
            }
            let name: String = chars.iter().skip(start as usize).take((end - start) as usize).collect();
            here.push(mention(place(article, paragraph.n, start as usize, end as usize), name, hit));
        }
        here.sort_by_key(|m| m.place);
        found.extend(here);
    }
    found
}

#[expect(clippy::cast_possible_truncation, reason = "a paragraph holds fewer than 2³² characters: seeds are bounded")]
fn place(article: &Article, paragraph: u32, start: usize, end: usize) -> Place {
    Place { article: article.ix, paragraph, start: start as u32, end: end as u32 }
}

fn mention(place: Place, name: String, found: Found) -> Mention {
    let (target, itself) = match found {
        Found::Article(ix) => (Some(ix), false),
        Found::Itself => (None, true),
        Found::Nothing => (None, false),
    };
    Mention { place, name, target, itself }
}

/// The outermost `《…》` of a paragraph, marks included. One that is never closed is no name and hides none after it.
fn bracketed(chars: &[char]) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        match c {
            '《' => open.push(at),
            '》' => {
                if let Some(start) = open.pop() {
                    spans.retain(|&(s, _)| s < start);
                    if at > start + 1 {
                        spans.push((start, at + 1));
                    }
                }
            }
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;
    use crate::model::Kind;

    const DECLARATION: &str = "上海合作组织成员国元首理事会阿斯塔纳宣言";
    const INITIATIVE: &str = "上海合作组织关于各国团结共促世界公正、和睦、发展的倡议";

    fn found(texts: &[(Kind, &str, &[&str])]) -> Vec<(usize, String, Option<usize>, bool)> {
        let articles = corpus(texts);
        let out = mentions(&Config::default(), &articles);
        out.into_iter().map(|m| (m.place.article, m.name, m.target, m.itself)).collect()
    }

    #[test]
    fn brackets_nest_and_survive_a_missing_close() {
        let spans = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            bracketed(&chars).into_iter().map(|(s, e)| chars.iter().take(e).skip(s).collect()).collect::<Vec<String>>()
        };
        assert_eq!(
            spans("通过《<上合战略>落实行动计划》，《甲》《乙》"),
            ["《<上合战略>落实行动计划》", "《甲》", "《乙》"]
        );
        assert_eq!(spans("《2024年《纲要》落实计划》"), ["《2024年《纲要》落实计划》"]);
        assert_eq!(spans("《没有完，《乙》》"), ["《没有完，《乙》》"]);
        assert_eq!(spans("《没有完，《乙》"), ["《乙》"]);
        assert!(spans("》《》《").is_empty());
    }

    #[test]
    fn a_title_is_found_by_an_announced_abbreviation() {
        let out = found(&[
            (
                Kind::Initiative,
                INITIATIVE,
                &[
                    "上海合作组织（以下简称“上合组织”）呼吁。",
                    "推动《上合组织关于各国团结共促世界公正、和睦、发展的倡议》。",
                ],
            ),
            (
                Kind::Declaration,
                DECLARATION,
                &["成员国通过《上合组织关于各国团结共促世界公正、和睦、发展的倡议》，恪守《联合国宪章》。"],
            ),
        ]);
        assert_eq!(
            out,
            [
                (0, "上合组织关于各国团结共促世界公正、和睦、发展的倡议".to_owned(), None, true),
                (1, "上合组织关于各国团结共促世界公正、和睦、发展的倡议".to_owned(), Some(0), false),
                (1, "联合国宪章".to_owned(), None, false),
            ]
        );
    }

    #[test]
    fn a_plain_name_is_found_by_the_end_of_a_title() {
        let out = found(&[
            (
                Kind::Speech,
                "携手",
                &["本届峰会发表阿斯塔纳宣言，团结共促世界公正、和睦、发展倡议，睦邻互信和伙伴关系原则声明。"],
            ),
            (Kind::Declaration, DECLARATION, &["上海合作组织（以下称“上合组织”或“本组织”）成员国领导人。"]),
            (Kind::Initiative, INITIATIVE, &["推动团结共促世界公正、和睦、发展的倡议。"]),
            (
                Kind::Report,
                "会议",
                &["批准上海合作组织关于各国团结共促世界公正、和睦、发展的倡议、关于完善上海合作组织运作机制的建议。"],
            ),
        ]);
        assert_eq!(
            out,
            [
                (0, "阿斯塔纳宣言".to_owned(), Some(1), false),
                (0, "团结共促世界公正、和睦、发展倡议".to_owned(), Some(2), false),
                (3, INITIATIVE.to_owned(), Some(2), false),
            ]
        );
    }

    #[test]
    fn an_abstract_is_not_the_document_and_a_text_of_two_titles_is_ambiguous() {
        let out = found(&[
            (Kind::Abstract, "上海合作组织成员国元首理事会阿斯塔纳宣言（摘要）", &["成员国。"]),
            (Kind::Report, "会议", &["发表《上海合作组织成员国元首理事会阿斯塔纳宣言》。"]),
            (Kind::Declaration, "二十国集团领导人杭州宣言", &["甲。"]),
            (Kind::Declaration, "金砖国家领导人杭州宣言", &["乙。"]),
            (Kind::Report, "回顾", &["两个领导人杭州宣言。"]),
        ]);
        assert_eq!(out, [(1, DECLARATION.to_owned(), None, false)]);
    }

    #[test]
    fn an_untitled_text_is_known_by_what_it_calls_itself() {
        let out = found(&[
            (Kind::Initiative, "", &["呼吁国际社会共同推动《各国团结共促世界公正的倡议》，恪守《联合国宪章》。"]),
            (Kind::Report, "会议", &["通过《各国团结共促世界公正的倡议》。"]),
        ]);
        assert_eq!(out.last().map(|m| m.2), Some(Some(0)));
        assert_eq!(out.first().map(|m| (m.2, m.3)), Some((None, true)));
    }

    #[test]
    fn a_short_name_announced_for_one_document_stands_for_it_in_that_text() {
        let out = found(&[
            (Kind::Declaration, "中亚无核武器区条约", &["甲。"]),
            (Kind::Report, "会议", &["批准《中亚无核武器区条约》（以下简称《条约》），《条约》生效。"]),
            (Kind::Report, "另一会议", &["《条约》生效。"]),
        ]);
        let targets: Vec<_> = out.into_iter().map(|m| (m.1, m.2)).collect();
        assert_eq!(
            targets,
            [
                ("中亚无核武器区条约".to_owned(), Some(0)),
                ("条约".to_owned(), Some(0)),
                ("条约".to_owned(), Some(0)),
                ("条约".to_owned(), None),
            ]
        );
    }

    #[test]
    fn what_is_missing_is_counted_under_one_name() {
        let articles = corpus(&[
            (Kind::Report, "甲", &["《联合国宪章》和《“绿色之带”纲要》。"]),
            (Kind::Report, "乙", &["《联合国宪章》、《绿色之带纲要》、《联合国宪章》。"]),
        ]);
        let out = mentions(&Config::default(), &articles);
        let names: Vec<_> = missing(&articles, &out).into_iter().map(|m| (m.name, m.mentions.len())).collect();
        assert_eq!(names, [("联合国宪章".to_owned(), 3), ("“绿色之带”纲要".to_owned(), 2)]);
    }
}
