//! Quoted terms, told apart from quotations of clauses.
//!
//! ```text
//! 始终秉持“上海精神”                        a term
//! “上海合作组织可持续发展年”                 a name, though long: nothing is said in it
//! 正如所强调的“各国都安全，才有真安全”         a clause
//! ```

use std::collections::BTreeMap;

use super::align::letters;
use super::marks::Marked;
use super::trace::Tracer;
use super::verb::verbs;
use crate::fold::Folded;
use crate::model::{ArticleIx, Fidelity, Place, Quote};

/// Up to this many letters quotation marks hold a term; up to `LONG` they may, if nothing is said in them.
const SHORT: usize = 7;
const LONG: usize = 16;

/// Names have no 不, unless they are mottos of two short halves.
const DENYING: usize = 8;

/// Words that only a clause has.
const PREDICATES: [&str; 33] = [
    "是", "我们", "要", "将", "把", "被", "使", "让", "必须", "应该", "不能", "不会", "成为", "才", "就", "都", "已经",
    "正在", "愿", "有", "没", "能", "我們", "將", "讓", "必須", "應該", "應當", "不會", "成為", "願", "沒", "無",
];

/// Whether what stands between the marks is too short to be a clause.
#[must_use]
pub fn is_short(chars: &[char], mark: Marked) -> bool {
    letters(chars.get(mark.start..mark.end).unwrap_or_default()) <= SHORT
}

/// Whether what stands between the marks is a term and says nothing.
#[must_use]
pub fn is_term(chars: &[char], mark: Marked) -> bool {
    let inside = chars.get(mark.start..mark.end).unwrap_or_default();
    let count = letters(inside);
    if count <= SHORT {
        return true;
    }
    let text: String = inside.iter().collect();
    let divided = inside.iter().any(|c| "，；。：！？…　".contains(*c));
    let paired = inside.contains(&'、') && count <= DENYING;
    let denies = count >= DENYING && text.contains('不') && !paired;
    let said = denies || PREDICATES.iter().any(|p| text.contains(p)) || introduced(chars, mark);
    count <= LONG && !divided && !said
}

/// A colon, comma or verb of saying stands right before the opening mark.
fn introduced(chars: &[char], mark: Marked) -> bool {
    let Some(open) = mark.start.checked_sub(1) else { return false };
    let head = chars.get(open.saturating_sub(4)..open).unwrap_or_default();
    matches!(head.last(), Some('：' | ':')) || verbs(head).last().is_some_and(|v| v.end == head.len())
}

/// A term where it is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    pub place: Place,
    pub key: Vec<char>,
}

impl Quoted {
    #[must_use]
    pub fn new(article: ArticleIx, paragraph: u32, folded: &Folded, mark: Marked) -> Self {
        let (from, to) = super::tokens(folded, mark);
        let (start, end) = folded.span(from, to);
        let place = Place { article, paragraph, start, end };
        Self { place, key: folded.key.get(from..to).unwrap_or_default().to_vec() }
    }
}

/// Each term refers to the text of highest standing that quotes it, where that is another text.
#[must_use]
pub fn traced(tracer: &Tracer<'_>, terms: Vec<Quoted>) -> Vec<Quote> {
    let mut by_key = BTreeMap::<Vec<char>, Vec<Place>>::new();
    for term in terms.into_iter().filter(|t| t.key.len() > 1) {
        by_key.entry(term.key).or_default().push(term.place);
    }
    let mut quotes = Vec::new();
    for places in by_key.into_values() {
        let first = places.iter().min_by_key(|p| (tracer.standing.get(p.article), p.paragraph, p.start));
        let Some(&source) = first else { continue };
        for &place in places.iter().filter(|p| p.article != source.article) {
            let same_words = place.words(tracer.articles) == source.words(tracer.articles);
            quotes.push(Quote {
                place,
                source,
                witnesses: Vec::new(),
                fidelity: if same_words { Fidelity::Exact } else { Fidelity::Variant },
                edits: Vec::new(),
                marked: true,
                term: true,
                speaker: None,
            });
        }
    }
    quotes
}

#[cfg(test)]
mod tests {
    use super::super::marks::Marks;
    use super::*;

    fn terms(text: &str) -> Vec<bool> {
        let chars: Vec<char> = text.chars().collect();
        Marks::read(&chars).quotations().into_iter().map(|m| is_term(&chars, m)).collect()
    }

    #[test]
    fn names_say_nothing_and_clauses_do() {
        assert_eq!(terms("始终秉持“上海精神”，确定为“上海合作组织可持续发展年”，“蛛网”行动"), [true, true, true]);
        assert_eq!(terms("建立“上合组织数字教育联盟”的倡议"), [true]);
        assert_eq!(terms("所强调的“团结协作是一路走来的成功经验”，“各国都安全，才有真安全”"), [false, false]);
        assert_eq!(terms("提出“将2025年确定为‘上海合作组织可持续发展年’”"), [false, true]);
        assert_eq!(terms("他指出：“团结协作才能行稳致远”"), [false]);
    }
}
