//! Collations → what one article is to another: a guess with its evidence, overruled by sidecars.
//!
//! ```text
//! 宣言（摘要）  99 % stands in 宣言, 42 % of it comes back; its title names it      abstract of
//! 摘要, 第4版   all of it stands in 摘要, 第1版, and the other way round            reprint of
//! 习近平出席…   76 % stands in the speech, whose title it names                     report of
//! ```

use std::borrow::Cow;

use crate::model::{Article, ArticleIx, Collation, DocumentRelation, Evidence, Guess, Kind, Link, Relation, Source};

use super::side::words;

/// Above this, all but all of a text stands in the other.
const WHOLE: f64 = 0.9;
/// Above this, a text is made of the other's words.
const MADE_OF: f64 = 0.7;
/// Above this, a text tells what the other says.
const TELLS: f64 = 0.2;
/// A run of words this long, kept as they are, is a quotation.
const QUOTED: u32 = 12;

/// The relation of the two articles of `collation`, which may stand either way round; the link names the derived first.
#[must_use]
pub fn link(articles: &[Article], collation: &Collation) -> Option<Link> {
    let (a, b) = (articles.get(collation.a)?, articles.get(collation.b)?);
    let (share_a, share_b) = (collation.coverage_a.characters, collation.coverage_b.characters);
    let (from, to) = if derived_is_a(a, b, share_a, share_b) { (a, b) } else { (b, a) };
    let (share_from, share_to) = if from.ix == a.ix { (share_a, share_b) } else { (share_b, share_a) };
    let relation = guess(collation, from, to, share_from, share_to)?;
    Some(Link { relation, from: from.ix, to: to.ix, coverage_from: share_from, coverage_to: share_to })
}

/// The derived text is the one that says it is, or the one more of which stands in the other; of equals the later.
fn derived_is_a(a: &Article, b: &Article, share_a: f64, share_b: f64) -> bool {
    if share_a.min(share_b) >= WHOLE {
        return (b.date_key(), b.seed, b.ix) < (a.date_key(), a.seed, a.ix);
    }
    match (retells(a), retells(b)) {
        (true, false) => true,
        (false, true) => false,
        _ => share_b.total_cmp(&share_a).then((b.date_key(), b.seed, b.ix).cmp(&(a.date_key(), a.seed, a.ix))).is_lt(),
    }
}

/// Kinds of texts that are made of others.
fn retells(article: &Article) -> bool {
    matches!(article.kind.value, Kind::Report | Kind::Brief | Kind::Abstract | Kind::Commentary | Kind::Caption)
}

fn guess(
    collation: &Collation,
    from: &Article,
    to: &Article,
    share_from: f64,
    share_to: f64,
) -> Option<Guess<DocumentRelation>> {
    let (from_title, to_title) = (title(from), title(to));
    let named = to_title.filter(|title| names(from, title));
    let same_title = matches!((from_title, to_title), (Some(x), Some(y)) if key(x).starts_with(&key(y)));
    let mut evidence = vec![share("coverage-from", share_from), share("coverage-to", share_to)];
    let reports = matches!(from.kind.value, Kind::Report | Kind::Brief | Kind::Commentary | Kind::Caption);
    let is_abstract = from.kind.value == Kind::Abstract;
    let (value, confidence) = if share_from >= WHOLE && share_to >= WHOLE {
        (DocumentRelation::ReprintOf, share_from.min(share_to))
    } else if is_abstract && share_from >= MADE_OF || share_from >= WHOLE && !(reports && !retells(to)) {
        (DocumentRelation::AbstractOf, if is_abstract || same_title { share_from } else { 0.8 * share_from })
    } else if reports && !retells(to) && (share_from >= TELLS || named.is_some() && share_from >= TELLS / 2.0) {
        (DocumentRelation::ReportOf, if named.is_some() { 0.9 } else { 0.5 + 0.4 * share_from })
    } else if longest_kept(collation) >= QUOTED {
        (DocumentRelation::Quotes, 0.5 + 0.4 * share_from)
    } else {
        return None;
    };
    if same_title && let Some(title) = to_title {
        evidence.push(Evidence { code: Cow::Borrowed("title"), quote: title.to_owned() });
    }
    if let Some(title) = named {
        evidence.push(Evidence { code: Cow::Borrowed("names-title"), quote: title.to_owned() });
    }
    if retells(from) {
        evidence.push(Evidence { code: Cow::Borrowed("kind"), quote: from.kind.value.name().to_owned() });
    }
    Some(Guess { value, confidence: to_f32(confidence), evidence })
}

/// A share of confidence needs no more precision.
#[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
fn to_f32(share: f64) -> f32 {
    share as f32
}

fn share(code: &'static str, share: f64) -> Evidence {
    Evidence { code: Cow::Borrowed(code), quote: format!("{:.1} %", share * 100.0) }
}

/// The title as it is printed, if it is.
fn title(article: &Article) -> Option<&str> {
    let text = article.title.value.text.as_str();
    (!article.title_inferred && !text.is_empty()).then_some(text)
}

fn key(title: &str) -> String {
    words(&title.chars().collect::<Vec<_>>()).into_iter().collect()
}

/// Whether the text or the title of `article` names the document.
fn names(article: &Article, title: &str) -> bool {
    let printed = format!("《{title}》");
    article.paragraphs.iter().any(|paragraph| paragraph.text.contains(&printed))
        || article.title.value.text.contains(&printed)
}

/// The longest clause that stands unchanged on both sides, in characters.
fn longest_kept(collation: &Collation) -> u32 {
    let kept = |relation| matches!(relation, Relation::Identical | Relation::Variant | Relation::Moved);
    let clauses = collation.groups.iter().flat_map(|group| &group.clauses).filter(|pair| kept(pair.relation));
    clauses.filter_map(|pair| pair.a).map(|(_, start, end)| end - start).max().unwrap_or(0)
}

impl Article {
    /// When the text is from; unknown days come last.
    fn date_key(&self) -> (bool, Option<crate::model::Date>) {
        (self.date.is_none(), self.date.as_ref().map(|date| date.value))
    }
}

/// Replaces guesses by what the sidecars say.
#[must_use]
pub fn overruled(sources: &[Source], articles: &[Article], links: Vec<Link>) -> Vec<Link> {
    let mut links = links;
    for article in articles {
        for (relation, target) in fixed(sources, article) {
            let Some(to) = articles.iter().find(|other| other.id == target).map(|other| other.ix) else { continue };
            let of_pair =
                |link: &Link| (link.from, link.to) == (article.ix, to) || (link.from, link.to) == (to, article.ix);
            let shares = links.iter().find(|link| of_pair(link)).map(|link| {
                let there = (link.coverage_from, link.coverage_to);
                if link.from == article.ix { there } else { (there.1, there.0) }
            });
            links.retain(|link| !of_pair(link));
            if let Some(value) = relation {
                links.push(certain(value, article.ix, to, shares.unwrap_or_default()));
            }
        }
    }
    links.sort_by_key(|link| (link.from, link.to, link.relation.value.name()));
    links
}

fn certain(value: DocumentRelation, from: ArticleIx, to: ArticleIx, shares: (f64, f64)) -> Link {
    let evidence = vec![Evidence { code: Cow::Borrowed("sidecar"), quote: String::new() }];
    Link {
        relation: Guess { value, confidence: 1.0, evidence },
        from,
        to,
        coverage_from: shares.0,
        coverage_to: shares.1,
    }
}

/// What the sidecar of an article's seed says about its relations.
fn fixed(sources: &[Source], article: &Article) -> Vec<(Option<DocumentRelation>, String)> {
    let sidecar = sources.get(article.seed).and_then(|source| source.sidecar.as_ref());
    let overlaps = |lines: &[(u32, u32)]| {
        lines.iter().any(|fixed| article.lines.iter().any(|own| fixed.0 <= own.1 && own.0 <= fixed.1))
    };
    let about = sidecar.into_iter().flat_map(|sidecar| &sidecar.articles).filter(|fixed| overlaps(&fixed.lines));
    about.flat_map(|fixed| fixed.relations.iter().cloned()).collect()
}
