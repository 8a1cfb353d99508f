//! Articles → TEI P5: a document for each, and the corpus as one, valid against `tei_all`.
//!
//! ```text
//! seed line 7   一年来，…工作卓有成     <p xml:id="t-….p3"><seg xml:id="t-….p3.c2"><lb n="7"/>…工作卓有成<lb n="8"
//! seed line 8   效，上合组织…              break="no" cert="0.99" change="#t-….join"/>效，</seg>…
//! ```
//!
//! Nothing of the print is lost: every line of the seed begins with an `lb`, layout space that was dropped is an `orig`
//! beside an empty `reg`, and the rules that were at work are `change`s of the document. What texts share stands off.

pub(super) mod header;
mod link;
mod text;

use std::io::Write;

use anyhow::Result;

use crate::model::{Article, ArticleIx, Clause, Edition};

use super::xml::Xml;

pub use link::Links;

pub(super) const NAMESPACE: &str = "http://www.tei-c.org/ns/1.0";

/// The document of one article.
pub(super) fn article(edition: &Edition, site: &str, links: &Links, ix: ArticleIx, out: &mut dyn Write) -> Result<()> {
    let Some(article) = edition.articles.get(ix) else { return Ok(()) };
    let mut xml = Xml::new(out)?;
    let id = xml_id(article);
    xml.block("TEI", &[("xmlns", NAMESPACE), ("xml:id", &id), ("xml:lang", "zh")], |xml| {
        header::of_article(edition, site, article, xml)?;
        link::of_article(edition, links, article, xml)?;
        text::body(edition, article, xml)
    })
}

/// All articles as one document, with everything that they share.
pub(super) fn corpus(edition: &Edition, site: &str, out: &mut dyn Write) -> Result<()> {
    let mut xml = Xml::new(out)?;
    xml.block("teiCorpus", &[("xmlns", NAMESPACE), ("xml:lang", "zh")], |xml| {
        header::of_corpus(edition, site, xml)?;
        link::of_corpus(edition, xml)?;
        edition.articles.iter().try_for_each(|article| {
            xml.block("TEI", &[("xml:id", &xml_id(article))], |xml| {
                header::of_article(edition, site, article, xml)?;
                text::body(edition, article, xml)
            })
        })
    })
}

/// An address may begin with a digit, an `xml:id` may not.
pub(super) fn xml_id(article: &Article) -> String {
    format!("t-{}", article.id)
}

/// The `xml:id` of paragraph `n`.
pub(super) fn paragraph_id(article: &Article, n: u32) -> String {
    let anchor = article.paragraph(n).map_or("", |paragraph| paragraph.anchor.as_str());
    format!("{}.{anchor}", xml_id(article))
}

/// The clauses of paragraph `n`.
fn clauses(edition: &Edition, ix: ArticleIx, n: u32) -> &[Clause] {
    let all = edition.clauses.get(ix).map_or(&[][..], Vec::as_slice);
    let start = all.partition_point(|clause| clause.paragraph < n);
    let end = all.partition_point(|clause| clause.paragraph <= n);
    all.get(start..end).unwrap_or(&[])
}
