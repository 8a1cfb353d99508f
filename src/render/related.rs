//! The box of related texts: what an article is to others, in words, with the share of their characters that it keeps.
//!
//! ```text
//! 本文是《宣言》的摘要，保留了其中 42.0% 的字。  对勘
//! ```

use anyhow::Result;
use serde::Serialize;

use crate::model::{Article, ArticleIx};

use super::view::{self, ArticleRef, Reason};
use super::{Site, filter, link};

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
    pub reasons: Vec<Reason<'e>>,
}

/// The texts related to `article`: first those whose relation has a name, then those it only shares passages with.
pub fn related<'e>(site: &Site<'e>, article: &'e Article) -> Result<Vec<Related<'e>>> {
    let mut out = Vec::new();
    let mut named: Vec<ArticleIx> = Vec::new();
    for link in site.lookup.links(site.edition, article.ix) {
        let from = link.from == article.ix;
        let other = if from { link.to } else { link.from };
        let side = if from { "from" } else { "to" };
        let share = filter::percent(link.coverage_to);
        named.push(other);
        out.push(Related {
            article: view::article(site, other)?,
            relation: site.phrase(&format!("link-{}-{side}", link.relation.value.name()), &[])?,
            share: site.phrase(&format!("keeps-{side}"), &[("share", &share)])?,
            compare: compare(site, article.ix, other),
            reasons: view::reasons(site, &link.relation.evidence),
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
            reasons: Vec::new(),
        });
    }
    Ok(out)
}

fn compare(site: &Site<'_>, a: ArticleIx, b: ArticleIx) -> Option<String> {
    site.lookup.collation(site.edition, a, b).map(|c| link::compare(site.edition, c.a, c.b))
}
