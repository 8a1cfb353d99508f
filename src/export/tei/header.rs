//! The header of a document: what it is, where it was printed, what was done to it.
//!
//! ```xml
//! <sourceDesc><bibl><title level="a">峰会举行</title><title level="j">人民日报</title><date when="2024-07-05"/>…
//! <change xml:id="t-….join" n="12">A line goes on in the next printed line.</change>
//! ```

use std::collections::BTreeMap;

use anyhow::Result;

use crate::cite;
use crate::model::{Article, Edition, Rule};

use super::super::xml::Xml;
use super::xml_id;

const TOOL: &str = "duikan";

pub(super) fn of_article(edition: &Edition, site: &str, article: &Article, xml: &mut Xml<'_>) -> Result<()> {
    let known = cite::reference(edition, site, article.ix).unwrap_or_default();
    xml.block("teiHeader", &[], |xml| {
        xml.block("fileDesc", &[], |xml| {
            xml.block("titleStmt", &[], |xml| {
                xml.leaf("title", &[("type", "main")], &known.title)?;
                xml.leaf_of("title", &[("type", "sub")], known.subtitle.as_deref())?;
                xml.leaf_of("author", &[], known.author.as_deref())?;
                responsible(xml)
            })?;
            publication(edition, site, known.address.as_deref(), xml)?;
            xml.block("sourceDesc", &[], |xml| source(edition, article, &known, xml))
        })?;
        encoding(xml)?;
        profile(article, xml)?;
        revision(article, xml)
    })
}

pub(super) fn of_corpus(edition: &Edition, site: &str, xml: &mut Xml<'_>) -> Result<()> {
    xml.block("teiHeader", &[], |xml| {
        xml.block("fileDesc", &[], |xml| {
            xml.block("titleStmt", &[], |xml| {
                xml.leaf("title", &[], site)?;
                responsible(xml)
            })?;
            let (texts, seeds) = (edition.articles.len().to_string(), edition.sources.len());
            xml.block("extent", &[], |xml| xml.leaf("measure", &[("unit", "texts"), ("quantity", &texts)], &texts))?;
            publication(edition, site, edition.config.url.as_deref(), xml)?;
            xml.block("sourceDesc", &[], |xml| xml.leaf("p", &[], &format!("{seeds} seeds: pages of newspapers.")))
        })?;
        encoding(xml)
    })
}

/// Who did what: the program has repaired, typed and collated; no person is made up.
pub(in super::super) fn responsible(xml: &mut Xml<'_>) -> Result<()> {
    xml.block("respStmt", &[], |xml| {
        xml.leaf("resp", &[], "repaired, segmented, typed and collated by")?;
        xml.leaf("name", &[("type", "software")], TOOL)
    })
}

pub(in super::super) fn publication(
    edition: &Edition,
    site: &str,
    address: Option<&str>,
    xml: &mut Xml<'_>,
) -> Result<()> {
    let (licence, rights) = (edition.config.licence.as_deref(), edition.config.rights.as_deref());
    xml.block("publicationStmt", &[], |xml| {
        xml.leaf("publisher", &[], site)?;
        xml.leaf_of("idno", &[("type", "URI")], address)?;
        if licence.is_none() && rights.is_none() {
            return Ok(());
        }
        xml.block("availability", &[], |xml| {
            xml.leaf_of("licence", &[], licence)?;
            xml.leaf_of("p", &[], rights)
        })
    })
}

fn source(edition: &Edition, article: &Article, known: &cite::Reference, xml: &mut Xml<'_>) -> Result<()> {
    let seed = edition.sources.get(article.seed).map_or("", |source| source.path.as_str());
    let part = |&(first, last): &(u32, u32)| format!("{first}–{last}");
    let lines = article.lines.iter().map(part).collect::<Vec<_>>().join(", ");
    xml.block("bibl", &[], |xml| {
        xml.leaf("title", &[("level", "a")], &known.title)?;
        xml.leaf_of("title", &[("level", "j")], known.paper.as_deref())?;
        xml.leaf_of("author", &[], known.author.as_deref())?;
        if let Some(day) = known.date.map(|date| date.to_string()) {
            xml.leaf("date", &[("when", &day)], &day)?;
        }
        xml.leaf_of("biblScope", &[("unit", "page")], known.page.as_deref())?;
        xml.leaf("note", &[("type", "seed")], &format!("{seed}: {lines}"))
    })
}

pub(in super::super) fn encoding(xml: &mut Xml<'_>) -> Result<()> {
    xml.block("encodingDesc", &[], |xml| {
        xml.block("appInfo", &[], |xml| {
            let attributes = [("ident", TOOL), ("version", env!("CARGO_PKG_VERSION"))];
            xml.block("application", &attributes, |xml| xml.leaf("label", &[], TOOL))
        })?;
        xml.block("editorialDecl", &[], |xml| {
            let said = "Words are never corrected. Each line of the seed begins with an lb; layout space that was dropped \
                        is an orig beside an empty reg; each seg is a clause.";
            xml.block("normalization", &[("method", "markup")], |xml| xml.leaf("p", &[], said))
        })
    })
}

fn profile(article: &Article, xml: &mut Xml<'_>) -> Result<()> {
    let day = article.date.as_ref().map(|date| date.value.to_string());
    xml.block("profileDesc", &[], |xml| {
        if day.is_some() || article.place.is_some() {
            xml.block("creation", &[], |xml| {
                if let Some(day) = &day {
                    xml.leaf("date", &[("when", day)], day)?;
                }
                xml.leaf_of("placeName", &[], article.place.as_deref())
            })?;
        }
        xml.block("langUsage", &[], |xml| xml.leaf("language", &[("ident", "zh")], "Chinese"))?;
        xml.block("textClass", &[], |xml| {
            xml.block("keywords", &[], |xml| xml.leaf("term", &[("type", "kind")], article.kind.value.name()))
        })
    })
}

/// The rules that were at work, each with the number of times.
fn revision(article: &Article, xml: &mut Xml<'_>) -> Result<()> {
    let mut rules: BTreeMap<Rule, usize> = BTreeMap::new();
    for repair in article.paragraphs.iter().flat_map(|paragraph| &paragraph.ledger) {
        *rules.entry(repair.rule).or_default() += 1;
    }
    if rules.is_empty() {
        return Ok(());
    }
    xml.block("revisionDesc", &[], |xml| {
        rules.into_iter().try_for_each(|(rule, times)| {
            let (id, times) = (change_id(article, rule), times.to_string());
            xml.leaf("change", &[("xml:id", &id), ("n", &times)], meaning(rule))
        })
    })
}

/// The `xml:id` of a rule's `change`.
pub(super) fn change_id(article: &Article, rule: Rule) -> String {
    format!("{}.{}", xml_id(article), rule.name())
}

fn meaning(rule: Rule) -> &'static str {
    match rule {
        Rule::Join => "A line goes on in the next printed line.",
        Rule::Bridge => "A line goes on beyond blank lines.",
        Rule::Break => "A paragraph ends with a line, where that was in doubt.",
        Rule::CloseSpacing => "Letter-spacing inside a line was closed.",
        Rule::DropSpace => "Layout space inside a line was dropped.",
        Rule::Interrupted => "A sentence goes on beyond a headline or caption that interrupts it.",
    }
}
