//! What texts share, standing off from them: shared clauses and collations as groups of links.
//!
//! ```xml
//! <linkGrp type="shared-clauses"><link n="3f9a1c20d4e5b6a7" target="#t-甲.p5.c1 乙.xml#t-乙.p2.c1"/></linkGrp>
//! <linkGrp type="collation" corresp="#t-甲 乙.xml#t-乙"><link type="shortened" target="…"/></linkGrp>
//! ```

use anyhow::Result;

use crate::model::{Article, ArticleIx, Collation, Edition, Place, SharedClause};

use super::super::xml::Xml;
use super::{clauses, xml_id};

/// In the document of one article, a link names so many places at most: a formula in every text would make the documents
/// grow with the square of their number. The document of the corpus names all.
const MOST_PLACES: usize = 24;

/// Which shared clauses and collations an article is part of.
#[derive(Debug, Default)]
pub struct Links {
    shared: Vec<Vec<usize>>,
    collations: Vec<Vec<usize>>,
}

impl Links {
    #[must_use]
    pub fn new(edition: &Edition) -> Self {
        let none = || vec![Vec::new(); edition.articles.len()];
        let mut links = Self { shared: none(), collations: none() };
        let add = |lists: &mut Vec<Vec<usize>>, article: ArticleIx, ix: usize| {
            if let Some(list) = lists.get_mut(article).filter(|list| list.last() != Some(&ix)) {
                list.push(ix);
            }
        };
        for (ix, clause) in edition.reuse.shared.iter().enumerate() {
            for place in &clause.places {
                add(&mut links.shared, place.article, ix);
            }
        }
        for (ix, collation) in edition.reuse.collations.iter().enumerate() {
            for article in [collation.a, collation.b] {
                add(&mut links.collations, article, ix);
            }
        }
        links
    }
}

pub(super) fn of_article(edition: &Edition, links: &Links, article: &Article, xml: &mut Xml<'_>) -> Result<()> {
    let pointer = Pointer { edition, here: Some(article.ix) };
    let of = |lists: &[Vec<usize>]| lists.get(article.ix).cloned().unwrap_or_default();
    let shared: Vec<&SharedClause> =
        of(&links.shared).into_iter().filter_map(|ix| edition.reuse.shared.get(ix)).collect();
    let collations: Vec<&Collation> =
        of(&links.collations).into_iter().filter_map(|ix| edition.reuse.collations.get(ix)).collect();
    pointer.stand_off(&shared, &collations, xml)
}

pub(super) fn of_corpus(edition: &Edition, xml: &mut Xml<'_>) -> Result<()> {
    let pointer = Pointer { edition, here: None };
    pointer.stand_off(
        &edition.reuse.shared.iter().collect::<Vec<_>>(),
        &edition.reuse.collations.iter().collect::<Vec<_>>(),
        xml,
    )
}

/// How a document points to places: in the document of one article, to others by their file.
struct Pointer<'e> {
    edition: &'e Edition,
    here: Option<ArticleIx>,
}

impl Pointer<'_> {
    fn stand_off(&self, shared: &[&SharedClause], collations: &[&Collation], xml: &mut Xml<'_>) -> Result<()> {
        if shared.is_empty() && collations.is_empty() {
            return Ok(());
        }
        xml.block("standOff", &[], |xml| {
            if !shared.is_empty() {
                xml.block("linkGrp", &[("type", "shared-clauses")], |xml| {
                    shared.iter().try_for_each(|clause| self.shared(clause, xml))
                })?;
            }
            collations.iter().try_for_each(|collation| self.collation(collation, xml))
        })
    }

    fn shared(&self, clause: &SharedClause, xml: &mut Xml<'_>) -> Result<()> {
        let mut places: Vec<&Place> = clause.places.iter().collect();
        if let Some(here) = self.here {
            // Its own places come first, so that a long list is never cut before them.
            places.sort_by_key(|place| place.article != here);
            places.truncate(MOST_PLACES);
        }
        let targets: Vec<String> =
            places.iter().flat_map(|p| self.clauses(p.article, Some((p.paragraph, p.start, p.end)))).collect();
        link(&[("n", &clause.key)], &targets, xml)
    }

    fn collation(&self, collation: &Collation, xml: &mut Xml<'_>) -> Result<()> {
        let both = [collation.a, collation.b].map(|ix| self.to(ix, "")).join(" ");
        let pairs = || collation.groups.iter().flat_map(|group| &group.clauses);
        if !pairs().any(|pair| pair.a.is_some() && pair.b.is_some()) {
            return Ok(());
        }
        xml.block("linkGrp", &[("type", "collation"), ("corresp", &both)], |xml| {
            pairs().filter(|pair| pair.a.is_some() && pair.b.is_some()).try_for_each(|pair| {
                let targets = [self.clauses(collation.a, pair.a), self.clauses(collation.b, pair.b)].concat();
                let moved = [("type", pair.relation.name()), ("subtype", "moved")];
                link(if pair.moved { &moved } else { &moved[..1] }, &targets, xml)
            })
        })
    }

    /// The clauses that begin inside a passage.
    fn clauses(&self, ix: ArticleIx, passage: Option<(u32, u32, u32)>) -> Vec<String> {
        let (Some((n, start, end)), Some(article)) = (passage, self.edition.articles.get(ix)) else {
            return Vec::new();
        };
        let anchor = article.paragraph(n).map_or("", |paragraph| paragraph.anchor.as_str());
        let within = (1..).zip(clauses(self.edition, ix, n)).filter(|(_, c)| start <= c.start && c.start < end);
        within.map(|(number, _)| self.to(ix, &format!(".{anchor}.c{number}"))).collect()
    }

    /// The address of a part of an article, seen from this document.
    fn to(&self, ix: ArticleIx, part: &str) -> String {
        let Some(article) = self.edition.articles.get(ix) else { return String::new() };
        let file = if self.here.is_some_and(|here| here != ix) { format!("{}.xml", article.id) } else { String::new() };
        format!("{file}#{}{part}", xml_id(article))
    }
}

/// A link joins two places or more.
fn link(attributes: &[(&str, &str)], targets: &[String], xml: &mut Xml<'_>) -> Result<()> {
    if targets.len() < 2 {
        return Ok(());
    }
    let targets = targets.join(" ");
    let attributes: Vec<(&str, &str)> = attributes.iter().copied().chain([("target", targets.as_str())]).collect();
    xml.empty("link", &attributes)?;
    xml.line()
}
