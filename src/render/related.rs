//! The box of related texts: what an article is to others, in words, with the share of their characters that it keeps.
//!
//! ```text
//! 本文是《宣言》的摘要，保留了其中 42.0% 的字。  对勘
//! 与《会议》同为一篇，另次刊印：有 1 字不同。      对勘
//! ```

use anyhow::Result;
use serde::Serialize;

use crate::model::{Article, ArticleIx, DocumentRelation, Group};

use super::view::{self, ArticleRef};
use super::{Site, filter, link};

/// From this share on, a text is listed at once; those that share less are folded.
const NOTABLE: f64 = 0.05;
/// So many are listed at most.
const LISTED: usize = 6;

/// The related texts, the closest first.
#[derive(Clone, Debug, Serialize)]
pub struct Box<'e> {
    pub near: Vec<Related<'e>>,
    pub far: Vec<Related<'e>>,
}

/// One related text.
#[derive(Clone, Debug, Serialize)]
pub struct Related<'e> {
    pub article: ArticleRef<'e>,
    /// What this article is to the other, or the other to this one.
    pub relation: String,
    /// How much is kept, as a sentence.
    pub share: String,
    /// The collation of the two.
    pub compare: Option<String>,
    #[serde(skip)]
    weight: f64,
}

/// The texts related to `article`.
pub fn related<'e>(site: &Site<'e>, article: &'e Article) -> Result<Box<'e>> {
    let mut near = all(site, article)?;
    near.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let at = near.iter().position(|item| item.weight < NOTABLE).unwrap_or(near.len()).clamp(near.len().min(1), LISTED);
    let far = near.split_off(at.min(near.len()));
    Ok(Box { near, far })
}

/// First those whose relation has a name, then those it only shares passages with.
fn all<'e>(site: &Site<'e>, article: &'e Article) -> Result<Vec<Related<'e>>> {
    let mut out = Vec::new();
    let mut named: Vec<ArticleIx> = Vec::new();
    for link in site.lookup.links(site.edition, article.ix) {
        let from = link.from == article.ix;
        let other = if from { link.to } else { link.from };
        let side = if from { "from" } else { "to" };
        let share = filter::percent(link.coverage_to);
        // The parts of one article have no words in common.
        let keeps = match link.relation.value {
            DocumentRelation::Continues => String::new(),
            DocumentRelation::ReprintOf => differing(site, article.ix, other)?.unwrap_or_default(),
            _ => site.phrase(&format!("keeps-{side}"), &[("share", &share)])?,
        };
        named.push(other);
        out.push(Related {
            article: view::article(site, other)?,
            relation: site.phrase(&format!("link-{}-{side}", link.relation.value.name()), &[])?,
            share: keeps,
            compare: compare(site, article.ix, other),
            weight: if link.relation.value == DocumentRelation::Continues {
                1.0
            } else {
                link.coverage_from.max(link.coverage_to)
            },
        });
    }
    for collation in site.lookup.collations(site.edition, article.ix) {
        let other = if collation.a == article.ix { collation.b } else { collation.a };
        if named.contains(&other) {
            continue;
        }
        let own = if collation.a == article.ix { &collation.coverage_a } else { &collation.coverage_b };
        out.push(Related {
            article: view::article(site, other)?,
            relation: site.phrase("link-shares", &[])?,
            share: site.phrase("share-of-this", &[("share", &filter::percent(own.characters))])?,
            compare: compare(site, article.ix, other),
            weight: own.characters,
        });
    }
    Ok(out)
}

/// In how many characters two printings of one text differ; how marks and widths are written does not count.
fn differing(site: &Site<'_>, a: ArticleIx, b: ArticleIx) -> Result<Option<String>> {
    let Some(collation) = site.lookup.collation(site.edition, a, b) else { return Ok(None) };
    let lone = |group: &&Group| group.a.is_empty() || group.b.is_empty();
    let of = |group: &Group| -> u32 {
        let words = group.edits.iter().filter(|edit| edit.fold.is_none());
        words.map(|edit| (edit.a.1 - edit.a.0).max(edit.b.1 - edit.b.0)).sum()
    };
    let whole = collation.groups.iter().filter(lone).count();
    let characters: u32 = collation.groups.iter().filter(|group| !lone(group)).map(of).sum();
    let n = filter::number(u64::from(characters));
    let text = match (characters, whole) {
        (0, 0) => site.phrase("differ-nowhere", &[])?,
        (_, 0) => site.phrase("differ-in", &[("n", &n)])?,
        _ => site.phrase("differ-more", &[("n", &n), ("paragraphs", &whole.to_string())])?,
    };
    Ok(Some(text))
}

fn compare(site: &Site<'_>, a: ArticleIx, b: ArticleIx) -> Option<String> {
    site.lookup.collation(site.edition, a, b).map(|c| link::compare(site.edition, c.a, c.b))
}
