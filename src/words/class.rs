//! What a term names: a person, a place, a body; a quoted term; or just a word.
//!
//! ```text
//! 安德烈·鲁萨科维奇  person     杜尚别  place     成员国元首理事会  organisation     上海精神  quoted     合作  word
//! ```

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::join::Unit;
use crate::mark::is_letter;
use crate::mention::Abbreviations;
use crate::model::{Article, Paragraph, TermClass};
use crate::name::Persons;
use crate::quote::marks::{Marks, opens};

/// Ends of names of bodies.
const BODIES: [&str; 40] = [
    "组织",
    "理事会",
    "委员会",
    "联合国",
    "大会",
    "秘书处",
    "机构",
    "联盟",
    "联合体",
    "大学",
    "学院",
    "研究所",
    "研究院",
    "中心",
    "集团",
    "公司",
    "银行",
    "法院",
    "检察院",
    "议会",
    "政府",
    "部队",
    "协会",
    "学会",
    "基金会",
    "出版社",
    "通讯社",
    "新华社",
    "报社",
    "总台",
    "广播电视台",
    "应急管理部",
    "外交部",
    "国防部",
    "教育部",
    "财政部",
    "代表团",
    "工作组",
    "俱乐部",
    "共同体机构",
];

/// Ends of names of places.
const PLACES: [&str; 24] = [
    "国",
    "省",
    "市",
    "州",
    "县",
    "自治区",
    "地区",
    "半岛",
    "群岛",
    "盆地",
    "高原",
    "山脉",
    "流域",
    "口岸",
    "机场",
    "广场",
    "斯坦",
    "共和国",
    "联邦",
    "洋",
    "海峡",
    "大桥",
    "宫",
    "湖",
];

/// Words that end like a place and are none.
const NO_PLACES: [&str; 27] = [
    "成员国",
    "主席国",
    "观察员国",
    "大国",
    "中国家",
    "各国",
    "两国",
    "全国",
    "本国",
    "我国",
    "别国",
    "他国",
    "缔约国",
    "发展中国",
    "强国",
    "祖国",
    "本地区",
    "轮值主席国",
    "创始国",
    "邻国",
    "安宁",
    "普及",
    "广博",
    "治国",
    "大洲",
    "会员国",
    "部分地区",
];

/// Terms that stand in quotation marks at least twice, in order.
#[must_use]
pub fn quoted(articles: &[Article]) -> Vec<String> {
    let in_paragraph = |paragraph: &Paragraph| -> Vec<String> {
        // Most paragraphs quote nothing.
        if !paragraph.text.contains(opens) {
            return Vec::new();
        }
        let chars: Vec<char> = paragraph.text.chars().collect();
        let short = Marks::read(&chars).quotations().into_iter().filter(|m| (3..=10).contains(&(m.end - m.start)));
        let inside = short.filter_map(|mark| chars.get(mark.start..mark.end));
        inside.filter(|inside| inside.iter().all(|&c| is_letter(c))).map(|inside| inside.iter().collect()).collect()
    };
    let mut found: Vec<String> =
        articles.par_iter().flat_map_iter(|a| &a.paragraphs).flat_map_iter(in_paragraph).collect();
    found.par_sort_unstable();
    found.chunk_by(|x, y| x == y).filter(|same| same.len() >= 2).filter_map(|same| same.first().cloned()).collect()
}

/// What the classes rest on.
pub struct Classes {
    persons: BTreeSet<String>,
    bodies: BTreeSet<String>,
    places: BTreeSet<String>,
    quoted: BTreeSet<String>,
}

impl Classes {
    #[must_use]
    pub fn new(articles: &[Article], persons: &Persons, abbreviations: &Abbreviations, quoted: &[String]) -> Self {
        let of_article = |article: &Article| -> Vec<String> {
            let capitals = article.paragraphs.iter().flat_map(|paragraph| after_capital(&paragraph.text));
            article.place.iter().cloned().chain(capitals).collect()
        };
        let places: BTreeSet<String> = articles.par_iter().flat_map_iter(of_article).collect();
        let names = abbreviations.names();
        let bodies =
            names.iter().filter(|a| is_body(&a.long)).flat_map(|a| [a.short.clone(), a.long.clone()]).collect();
        let quoted = quoted.iter().cloned().collect();
        Self { persons: persons.full_names().clone(), bodies, places, quoted }
    }

    /// The class of a unit; `None` where it is no term at all.
    #[must_use]
    pub fn class(&self, unit: &Unit) -> Option<TermClass> {
        let text = unit.text.as_str();
        if self.persons.contains(text) {
            return Some(TermClass::Person);
        }
        let length = text.chars().count();
        if length < 2 {
            return None;
        }
        if self.bodies.contains(text) || unit.tag == "nt" && unit.parts.is_none() || is_body(text) && length >= 5 {
            return Some(TermClass::Organisation);
        }
        if self.places.contains(text) || is_place(unit) {
            return Some(TermClass::Place);
        }
        if self.quoted.contains(text) {
            return Some(TermClass::Other);
        }
        is_content(unit).then_some(TermClass::Word)
    }
}

fn is_body(text: &str) -> bool {
    BODIES.iter().any(|end| text.ends_with(end))
}

fn is_place(unit: &Unit) -> bool {
    let text = unit.text.as_str();
    if NO_PLACES.iter().any(|w| text.ends_with(w)) {
        return false;
    }
    let ends = PLACES.iter().any(|end| text.ends_with(end));
    if unit.parts.is_none() { unit.tag == "ns" } else { ends && unit.tag == "ns" }
}

/// 首都杜尚别
fn after_capital(text: &str) -> Vec<String> {
    let stop = |c: &char| "，。、；：“”（的在和与举行市，".contains(*c);
    text.split("首都")
        .skip(1)
        .map(|rest| rest.chars().take(6).take_while(|c| !stop(c)).collect::<String>())
        .filter(|p| (2..=5).contains(&p.chars().count()))
        .collect()
}

/// Words that carry meaning: nouns, verbs, adjectives and set phrases of two characters or more.
fn is_content(unit: &Unit) -> bool {
    let tag = unit.tag.as_str();
    let open = matches!(
        tag,
        "n" | "nz" | "nr" | "nrt" | "ng" | "vn" | "an" | "j" | "l" | "i" | "v" | "a" | "b" | "nrfg" | "eng" | "ad"
    );
    let long = unit.text.chars().count() >= 2;
    open && long && unit.text.chars().any(char::is_alphabetic) && unit.text.chars().all(|c| !c.is_ascii_digit())
}
