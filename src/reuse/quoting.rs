//! Traced quotations → which article quotes which.
//!
//! ```text
//! 综述 7月5日  “各国都安全，才有真安全”         the source of these words is the speech: quotes it
//!              “面对冷战思维的现实威胁，…”      that of these the report, of which there are two printings: quotes both
//! 报道 7月4日  the same words as the commentary   two derived texts, neither of which is the other's source: no link
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::{Article, ArticleIx, DocumentRelation, Evidence, Guess, Link, Quote, Reuse};

use super::relation::{share, shares, to_f32};
use super::standing::Standing;

/// Without quote marks, so many characters must be retold.
const RETOLD: u32 = 20;

/// Who quotes whom. A term in quote marks is no quotation, and nothing is quoted from a text of the same rank and day.
#[must_use]
pub fn links(articles: &[Article], reuse: &Reuse, quotes: &[Quote]) -> Vec<Link> {
    let standing: Vec<Standing> = articles.iter().map(Standing::of).collect();
    let printings = printings(reuse);
    let mut pairs: BTreeMap<(ArticleIx, ArticleIx), Vec<&Quote>> = BTreeMap::new();
    for quote in quotes.iter().filter(|quote| !quote.term) {
        let from = quote.place.article;
        let again = printings.get(&quote.source.article).into_iter().flatten();
        let again = again.filter(|&&other| quote.witnesses.iter().any(|place| place.article == other));
        for &to in again.chain([&quote.source.article]) {
            let may = standing.get(from).zip(standing.get(to)).is_some_and(|(own, source)| own.may_retell(source));
            if may {
                pairs.entry((from, to)).or_default().push(quote);
            }
        }
    }
    let link = |((from, to), quotes): ((ArticleIx, ArticleIx), Vec<&Quote>)| link(articles, reuse, from, to, &quotes);
    pairs.into_iter().filter_map(link).collect()
}

/// The other printings of each article.
fn printings(reuse: &Reuse) -> BTreeMap<ArticleIx, Vec<ArticleIx>> {
    let mut printings: BTreeMap<ArticleIx, Vec<ArticleIx>> = BTreeMap::new();
    for link in reuse.links.iter().filter(|link| link.relation.value == DocumentRelation::ReprintOf) {
        printings.entry(link.from).or_default().push(link.to);
        printings.entry(link.to).or_default().push(link.from);
    }
    printings
}

fn link(articles: &[Article], reuse: &Reuse, from: ArticleIx, to: ArticleIx, quotes: &[&Quote]) -> Option<Link> {
    let length = |quote: &&Quote| quote.place.end - quote.place.start;
    let marked = quotes.iter().filter(|quote| quote.marked).max_by_key(|quote| length(quote));
    let retold = quotes.iter().max_by_key(|quote| length(quote))?;
    if marked.is_none() && quotes.iter().map(length).sum::<u32>() < RETOLD {
        return None;
    }
    let (code, quote) = marked.map_or(("retells", retold), |quote| ("quote-marks", quote));
    let (coverage_from, coverage_to) = shares(&reuse.collations, from, to);
    let evidence = vec![
        Evidence { code: Cow::Borrowed(code), quote: quote.place.words(articles).to_owned() },
        share("coverage-from", coverage_from),
        share("coverage-to", coverage_to),
    ];
    let confidence = to_f32(if marked.is_some() { 0.9 } else { 0.7 });
    let relation = Guess { value: DocumentRelation::Quotes, confidence, evidence };
    Some(Link { relation, from, to, coverage_from, coverage_to })
}
