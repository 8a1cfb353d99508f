//! A collation → TEI with a critical apparatus: what both witnesses have is text, what they have not is an `app`.
//!
//! ```xml
//! 尊重各国<app><rdg wit="#A">人民</rdg><rdg wit="#B"/></app>自主选择发展道路的权利
//! ```
//!
//! Reading `#A` alone gives the one side, character for character, and `#B` the other.

use std::io::Write;

use anyhow::Result;

use crate::model::{Article, Collation, Edition, Group};

use super::tei::{NAMESPACE, header, paragraph_id, xml_id};
use super::xml::Xml;

pub(super) fn write(edition: &Edition, site: &str, ix: usize, out: &mut dyn Write) -> Result<()> {
    let Some(collation) = edition.reuse.collations.get(ix) else { return Ok(()) };
    let (a, b) = (edition.articles.get(collation.a), edition.articles.get(collation.b));
    let (Some(a), Some(b)) = (a, b) else { return Ok(()) };
    let mut xml = Xml::new(out)?;
    xml.block("TEI", &[("xmlns", NAMESPACE), ("xml:lang", "zh")], |xml| {
        head(edition, site, [a, b], xml)?;
        xml.block("text", &[], |xml| xml.block("body", &[], |xml| groups(collation, a, b, xml)))
    })
}

fn head(edition: &Edition, site: &str, sides: [&Article; 2], xml: &mut Xml<'_>) -> Result<()> {
    let title = sides.map(|article| article.title.value.text.as_str()).join(" × ");
    xml.block("teiHeader", &[], |xml| {
        xml.block("fileDesc", &[], |xml| {
            xml.block("titleStmt", &[], |xml| {
                xml.leaf("title", &[], &title)?;
                header::responsible(xml)
            })?;
            header::publication(edition, site, None, xml)?;
            xml.block("sourceDesc", &[], |xml| {
                xml.block("listWit", &[], |xml| {
                    ["A", "B"].into_iter().zip(sides).try_for_each(|(letter, article)| {
                        let text = address(article, "");
                        xml.leaf("witness", &[("xml:id", letter), ("corresp", &text)], &article.title.value.text)
                    })
                })
            })
        })?;
        xml.block("encodingDesc", &[], |xml| {
            xml.empty("variantEncoding", &[("method", "parallel-segmentation"), ("location", "internal")])?;
            xml.line()
        })
    })
}

/// The document of an article, seen from the folder of collations.
fn address(article: &Article, part: &str) -> String {
    let id = if part.is_empty() { xml_id(article) } else { part.to_owned() };
    format!("../tei/{}.xml#{id}", article.id)
}

fn groups(collation: &Collation, a: &Article, b: &Article, xml: &mut Xml<'_>) -> Result<()> {
    if collation.groups.is_empty() {
        xml.empty("p", &[])?;
    }
    for group in &collation.groups {
        let of = |article: &Article, numbers: &[u32]| -> Vec<String> {
            numbers.iter().map(|&n| address(article, &paragraph_id(article, n))).collect()
        };
        let stands = [of(a, &group.a), of(b, &group.b)].concat().join(" ");
        let mut attributes = vec![("type", group.relation.name()), ("corresp", stands.as_str())];
        attributes.extend(group.moved.then_some(("subtype", "moved")));
        xml.open("ab", &attributes)?;
        readings(group, &chars(a, &group.a), &chars(b, &group.b), xml)?;
        xml.close("ab")?;
        xml.line()?;
    }
    Ok(())
}

fn chars(article: &Article, numbers: &[u32]) -> Vec<char> {
    numbers.iter().filter_map(|&n| article.paragraph(n)).flat_map(|paragraph| paragraph.text.chars()).collect()
}

fn readings(group: &Group, a: &[char], b: &[char], xml: &mut Xml<'_>) -> Result<()> {
    let text = |side: &[char], from: usize, to: usize| side.get(from..to).unwrap_or(&[]).iter().collect::<String>();
    if a.is_empty() || b.is_empty() {
        return reading(&a.iter().collect::<String>(), &b.iter().collect::<String>(), None, xml);
    }
    let mut at = 0;
    for edit in &group.edits {
        let [a_start, a_end, b_start, b_end] = [edit.a.0, edit.a.1, edit.b.0, edit.b.1].map(|at| at as usize);
        xml.text(&text(a, at, a_start))?;
        reading(&text(a, a_start, a_end), &text(b, b_start, b_end), edit.fold.as_deref(), xml)?;
        at = a_end;
    }
    xml.text(&text(a, at, a.len()))
}

/// What the one side reads and the other; `fold` is the class that explains a difference of print alone.
fn reading(a: &str, b: &str, fold: Option<&str>, xml: &mut Xml<'_>) -> Result<()> {
    let classed = fold.map(|class| [("type", "variant"), ("subtype", class)]);
    xml.open("app", classed.as_ref().map_or(&[][..], |attributes| &attributes[..]))?;
    for (witness, text) in [("#A", a), ("#B", b)] {
        xml.open("rdg", &[("wit", witness)])?;
        xml.text(text)?;
        xml.close("rdg")?;
    }
    xml.close("app")
}
