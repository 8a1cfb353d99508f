//! Two printings of one text → the words in which they differ, for a reader to weigh: nothing is corrected.
//!
//! ```text
//! 002 坚决打击“三股势力”、贩毒和跨国组织犯罪      ╮ a variant reading, 跨国组织 against 跨国有组织: each printing is
//! 004 坚决打击“三股势力”、贩毒和跨国有组织犯罪    ╯ flagged with what the other reads
//! ```
//!
//! Differences of marks, dashes and width are told by the collation and are no readings.

use std::borrow::Cow;

use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::fold::is_han;
use crate::model::{Article, Collation, DocumentRelation, Edit, Group, Link, Place, Source, Variant};

use super::side::is_word;

/// More characters in another reading are another wording, which the collation shows.
const LONGEST: u32 = 4;
/// So many characters are shown on either side, for the words to be known again.
const CONTEXT: usize = 2;
/// Two printings that differ in more places than this are told by their collation alone.
const MOST: usize = 200;

/// The variant readings of all texts that were printed twice, in the order of the collations.
#[must_use]
pub fn variants(articles: &[Article], collations: &[Collation], links: &[Link]) -> Vec<Variant> {
    let printings = links.iter().filter(|link| link.relation.value == DocumentRelation::ReprintOf);
    let mut variants: Vec<Variant> = Vec::new();
    for link in printings {
        let keys = [(link.from, link.to), (link.to, link.from)];
        let find = |key| collations.get(collations.binary_search_by_key(key, |c| (c.a, c.b)).ok()?);
        let Some(collation) = keys.iter().find_map(find) else { continue };
        let (Some(a), Some(b)) = (articles.get(collation.a), articles.get(collation.b)) else { continue };
        let of_group = |group| of_group(a, b, group);
        let of_pair: Vec<Variant> = collation.groups.iter().flat_map(of_group).take(MOST + 1).collect();
        if of_pair.len() <= MOST {
            variants.extend(of_pair);
        }
    }
    variants.sort_by_key(|variant| (variant.a, variant.b));
    variants
}

/// The readings of one group of paragraphs.
fn of_group(a: &Article, b: &Article, group: &Group) -> Vec<Variant> {
    let (text_a, text_b) = (Passage::new(a, &group.a), Passage::new(b, &group.b));
    let small = |(from, to): (u32, u32)| to - from <= LONGEST;
    let reads = |edit: &Edit| {
        let words = text_a.chars(edit.a).iter().chain(text_b.chars(edit.b));
        edit.fold.is_none() && small(edit.a) && small(edit.b) && words.copied().any(is_word)
    };
    let edits = group.edits.iter().filter(|edit| !group.a.is_empty() && !group.b.is_empty() && reads(edit));
    edits.filter_map(|edit| Some(Variant { a: text_a.reading(edit.a)?, b: text_b.reading(edit.b)? })).collect()
}

/// The paragraphs of one side of a group, one after the other, as the edits count them.
struct Passage {
    article: usize,
    /// Number and first character of each paragraph.
    starts: Vec<(u32, usize)>,
    chars: Vec<char>,
}

impl Passage {
    fn new(article: &Article, numbers: &[u32]) -> Self {
        let mut passage = Self { article: article.ix, starts: Vec::new(), chars: Vec::new() };
        for paragraph in numbers.iter().filter_map(|&n| article.paragraph(n)) {
            passage.starts.push((paragraph.n, passage.chars.len()));
            passage.chars.extend(paragraph.text.chars());
        }
        passage
    }

    fn chars(&self, (from, to): (u32, u32)) -> &[char] {
        self.chars.get(from as usize..to as usize).unwrap_or(&[])
    }

    /// The words that an edit stands in: its characters with a few Han characters on either side.
    fn reading(&self, (from, to): (u32, u32)) -> Option<Place> {
        let (from, to) = (from as usize, to as usize);
        let at = self.starts.partition_point(|&(_, start)| start <= from).checked_sub(1)?;
        let &(paragraph, first) = self.starts.get(at)?;
        let last = self.starts.get(at + 1).map_or(self.chars.len(), |&(_, start)| start);
        let to = to.min(last);
        let joins = |c: &&char| is_han(**c);
        let before = self.chars.get(first..from)?.iter().rev().take(CONTEXT).take_while(joins).count();
        let after = self.chars.get(to..last)?.iter().take(CONTEXT).take_while(joins).count();
        let narrow = |at: usize| u32::try_from(at - first).ok();
        Some(Place { article: self.article, paragraph, start: narrow(from - before)?, end: narrow(to + after)? })
    }
}

/// What `check` tells of variant readings.
#[must_use]
pub fn findings(sources: &[Source], articles: &[Article], variants: &[Variant]) -> Vec<Diagnostic> {
    let finding = |variant: &Variant| {
        let (own, other) = (variant.b.words(articles), variant.a.words(articles));
        Some(Diagnostic {
            code: Cow::Borrowed("reuse-variant"),
            severity: Severity::Note,
            span: Some(span(sources, articles, variant.b)?),
            message: format!("this printing reads 「{own}」, another printing of the text 「{other}」"),
            hint: None,
            related: span(sources, articles, variant.a),
        })
    };
    variants.iter().filter_map(finding).collect()
}

/// Where a place stands in its seed; what goes on in the next line is left out.
fn span(sources: &[Source], articles: &[Article], place: Place) -> Option<Span> {
    let article = articles.get(place.article)?;
    let pieces = &article.paragraph(place.paragraph)?.pieces;
    let piece = pieces.get(pieces.partition_point(|piece| piece.at <= place.start).checked_sub(1)?)?;
    let start = piece.start + (place.start - piece.at);
    let end = (start + (place.end - place.start)).min(piece.end).max(start);
    Some(sources.get(article.seed)?.span(piece.line, (start, end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::fixture::corpus;
    use crate::model::Kind;

    fn told(first: &[&str], second: &[&str]) -> Vec<(String, String)> {
        let articles = corpus(&[(Kind::Report, "会见", first), (Kind::Report, "会见", second)]);
        let clauses: Vec<_> = articles.iter().map(crate::clause::clauses).collect();
        let reuse = crate::reuse::reuse(&Config::default(), &[], &articles, &clauses);
        let variants = variants(&articles, &reuse.collations, &reuse.links);
        variants.iter().map(|v| (v.a.words(&articles).to_owned(), v.b.words(&articles).to_owned())).collect()
    }

    const PRINTED: &str =
        "领导人同意完善应对安全威胁和挑战机制，坚决打击“三股势力”、贩毒和跨国有组织犯罪，支持各方所作努力。";

    #[test]
    fn another_reading_is_told_in_words() {
        let again = PRINTED.replace("有组织", "组织");
        assert_eq!(told(&[PRINTED], &[&again]), [("跨国有组织".to_owned(), "跨国组织".to_owned())]);
    }

    #[test]
    fn marks_and_long_passages_are_no_readings() {
        assert!(told(&[PRINTED], &[&PRINTED.replace('“', "‘").replace('”', "’")]).is_empty());
        assert!(told(&[PRINTED], &[&PRINTED.replace('、', "，")]).is_empty());
        assert!(told(&[PRINTED], &[&PRINTED.replace("支持各方", "支持国际社会和本地区各方")]).is_empty());
        assert!(told(&[PRINTED], &["与此毫无关系的另一篇文字，说的是今年的收成。"]).is_empty());
    }
}
