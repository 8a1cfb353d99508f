//! Collations → what one article is to another: a guess with its evidence, overruled by sidecars.
//!
//! ```text
//! 宣言（摘要）  99 % stands in 宣言, 42 % of it comes back; its title names it      abstract of
//! 摘要, 第4版   all of it stands in 摘要, 第1版, and the other way round            reprint of
//! 习近平出席…   76 % stands in the speech, whose title it names                     report of
//! 图为…         89 % stands in the report beside it, which is itself a retelling    nothing but shared words
//! ```

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Article, ArticleIx, Collation, Date, DocumentRelation, Evidence, Furniture, Guess, Kind, Link, Quote, Reuse, Source,
};

use super::side::words;
use super::standing::Standing;
use super::{continues, quoting};

/// Above this, all but all of a text stands in the other.
const WHOLE: f64 = 0.9;
/// Above this, a text is made of the other's words.
const MADE_OF: f64 = 0.7;
/// Above this, a text tells what the other says.
const TELLS: f64 = 0.2;
/// Above this, a text that names the other's title tells of it.
const NAMES: f64 = 0.05;

/// The relation of the two articles of `collation`, which may stand either way round; the link names the derived first.
#[must_use]
pub fn link(articles: &[Article], collation: &Collation) -> Option<Link> {
    let (a, b) = (articles.get(collation.a)?, articles.get(collation.b)?);
    let (share_a, share_b) = (collation.coverage_a.characters, collation.coverage_b.characters);
    let turned = is_derived(a, b, share_a, share_b);
    let (from, to, share_from, share_to) = if turned { (a, b, share_a, share_b) } else { (b, a, share_b, share_a) };
    let relation = guess(from, to, share_from, share_to)?;
    Some(Link { relation, from: from.ix, to: to.ix, coverage_from: share_from, coverage_to: share_to })
}

/// Whether the first of two articles that share so much derives from the second: it is the later printing of one text, or
/// the one that retells, or the later of two of a kind, or the one more of which stands in the other.
#[must_use]
pub fn is_derived(a: &Article, b: &Article, share_a: f64, share_b: f64) -> bool {
    let (standing_a, standing_b) = (Standing::of(a), Standing::of(b));
    if share_a.min(share_b) >= WHOLE {
        return a.date_key() > b.date_key();
    }
    if derives(a) != derives(b) {
        return derives(a);
    }
    if standing_a.is_before(&standing_b) || standing_b.is_before(&standing_a) {
        return standing_b.is_before(&standing_a);
    }
    share_b.total_cmp(&share_a).then(b.date_key().cmp(&a.date_key())).is_lt()
}

/// Kinds of texts that are made of others.
fn derives(article: &Article) -> bool {
    matches!(article.kind.value, Kind::Report | Kind::Brief | Kind::Abstract | Kind::Commentary | Kind::Caption)
}

fn guess(from: &Article, to: &Article, share_from: f64, share_to: f64) -> Option<Guess<DocumentRelation>> {
    let (from_title, to_title) = (title(from), title(to));
    let named = to_title.filter(|title| names(from, title));
    let same_title = matches!((from_title, to_title), (Some(x), Some(y)) if key(x).starts_with(&key(y)));
    let is_abstract = from.kind.value == Kind::Abstract;
    // A paper may print the abstract days before the whole; nothing else comes before what it derives from.
    let in_time = is_abstract || !Standing::of(from).is_before(&Standing::of(to));
    let (value, confidence) = if share_from >= WHOLE && share_to >= WHOLE {
        (DocumentRelation::ReprintOf, share_from.min(share_to))
    } else if in_time && may_shorten(from, to) && share_from >= if is_abstract { MADE_OF } else { WHOLE } {
        (DocumentRelation::AbstractOf, if is_abstract || same_title { share_from } else { 0.8 * share_from })
    } else if in_time && may_report(from, to) && (share_from >= TELLS || named.is_some() && share_from >= NAMES) {
        (DocumentRelation::ReportOf, if named.is_some() { 0.9 } else { 0.5 + 0.4 * share_from })
    } else {
        return None;
    };
    let mut evidence = vec![share("coverage-from", share_from), share("coverage-to", share_to)];
    if same_title && let Some(title) = to_title {
        evidence.push(Evidence { code: Cow::Borrowed("title"), quote: title.to_owned() });
    }
    if let Some(title) = named {
        evidence.push(Evidence { code: Cow::Borrowed("names-title"), quote: title.to_owned() });
    }
    if derives(from) {
        evidence.push(Evidence { code: Cow::Borrowed("kind"), quote: from.kind.value.name().to_owned() });
    }
    Some(Guess { value, confidence: to_f32(confidence), evidence })
}

/// A text is cut down to one of its like; a caption or commentary is no abstract, whatever it shares.
fn may_shorten(from: &Article, to: &Article) -> bool {
    let comments = |article: &Article| matches!(article.kind.value, Kind::Commentary | Kind::Caption);
    let reports = |article: &Article| matches!(article.kind.value, Kind::Report | Kind::Brief);
    !comments(from) && !comments(to) && (!reports(from) || reports(to))
}

/// Reports and briefs tell of speeches and documents, not of each other.
fn may_report(from: &Article, to: &Article) -> bool {
    matches!(from.kind.value, Kind::Report | Kind::Brief) && !derives(to)
}

/// A share of confidence needs no more precision.
#[expect(clippy::cast_possible_truncation, reason = "a share between 0 and 1")]
pub fn to_f32(share: f64) -> f32 {
    share as f32
}

pub fn share(code: &'static str, share: f64) -> Evidence {
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

impl Article {
    /// When and where the text stands; unknown days come last.
    fn date_key(&self) -> (bool, Option<Date>, usize, ArticleIx) {
        let Standing { undated, date, .. } = Standing::of(self);
        (undated, date, self.seed, self.ix)
    }
}

/// What one article is to another, once quotations are traced: `reuse` knows what derives from what as a whole.
#[must_use]
pub fn relations(
    sources: &[Source],
    articles: &[Article],
    furniture: &[Furniture],
    reuse: &Reuse,
    quotes: &[Quote],
) -> Vec<Link> {
    let mut links = reuse.links.clone();
    let mut known: BTreeSet<(ArticleIx, ArticleIx)> = links.iter().map(pair).collect();
    let quoting = quoting::links(articles, reuse, quotes);
    for link in continues::links(sources, articles, furniture).into_iter().chain(quoting) {
        if known.insert(pair(&link)) {
            links.push(link);
        }
    }
    overruled(sources, articles, &reuse.collations, links)
}

/// The two articles of a link, whichever way it goes.
fn pair(link: &Link) -> (ArticleIx, ArticleIx) {
    (link.from.min(link.to), link.from.max(link.to))
}

/// Replaces guesses by what the sidecars say.
#[must_use]
pub fn overruled(sources: &[Source], articles: &[Article], collations: &[Collation], links: Vec<Link>) -> Vec<Link> {
    let mut fixed: BTreeMap<(ArticleIx, ArticleIx), Option<Link>> = BTreeMap::new();
    for article in articles {
        for (relation, target) in told(sources, article) {
            let Some(to) = articles.iter().find(|other| other.id == target).map(|other| other.ix) else { continue };
            let link = relation.map(|value| certain(value, article.ix, to, shares(collations, article.ix, to)));
            fixed.insert((article.ix.min(to), article.ix.max(to)), link);
        }
    }
    let mut links = links;
    links.retain(|link| !fixed.contains_key(&pair(link)));
    links.extend(fixed.into_values().flatten());
    links.sort_by_key(|link| (link.from, link.to, link.relation.value.name()));
    links
}

/// How much of `from` stands in `to`, and of `to` in `from`, where they were collated.
pub fn shares(collations: &[Collation], from: ArticleIx, to: ArticleIx) -> (f64, f64) {
    let found = |a, b| collations.binary_search_by_key(&(a, b), |c| (c.a, c.b)).ok().and_then(|i| collations.get(i));
    let (a, b) = match (found(from, to), found(to, from)) {
        (Some(c), _) => (c.coverage_a, c.coverage_b),
        (None, Some(c)) => (c.coverage_b, c.coverage_a),
        (None, None) => return (0.0, 0.0),
    };
    (a.characters, b.characters)
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
fn told(sources: &[Source], article: &Article) -> Vec<(Option<DocumentRelation>, String)> {
    let sidecar = sources.get(article.seed).and_then(|source| source.sidecar.as_ref());
    let overlaps = |lines: &[(u32, u32)]| {
        lines.iter().any(|fixed| article.lines.iter().any(|own| fixed.0 <= own.1 && own.0 <= fixed.1))
    };
    let about = sidecar.into_iter().flat_map(|sidecar| &sidecar.articles).filter(|fixed| overlaps(&fixed.lines));
    about.flat_map(|fixed| fixed.relations.iter().cloned()).collect()
}
