//! `feed.xml`: the newest texts, for feed readers, as Atom.
//!
//! ```text
//! 2024-07-05  习近平出席上海合作组织成员国元首理事会第二十四次会议  a/20240705-report.html
//! ```

use anyhow::Result;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::export::xml::legal;
use crate::model::{Article, Date, OutFile};
use crate::render::{Site, href};

/// Texts in the feed.
const ENTRIES: usize = 50;
/// Characters of the summary of a text.
const SUMMARY: usize = 200;

pub(super) fn feed(site: &Site<'_>, url: &str) -> Result<OutFile> {
    let mut dated: Vec<(Date, &Article)> =
        site.edition.articles.iter().filter_map(|article| Some((article.date.as_ref()?.value, article))).collect();
    dated.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.id.cmp(&other.id)));
    dated.truncate(ENTRIES);
    // A feed needs a time; that of the build would make no two builds alike.
    let updated = dated.first().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |(date, _)| time(*date));
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(BytesStart::new("feed").with_attributes([("xmlns", "http://www.w3.org/2005/Atom")])))?;
    text(&mut xml, "title", &site.title)?;
    text(&mut xml, "id", url)?;
    text(&mut xml, "updated", &updated)?;
    xml.create_element("author").write_inner_content(|xml| text(xml, "name", &site.title))?;
    link(&mut xml, "alternate", url)?;
    link(&mut xml, "self", &format!("{url}feed.xml"))?;
    for (date, article) in dated {
        let address = format!("{url}{}", href(&format!("a/{}.html", article.id)));
        xml.create_element("entry").write_inner_content(|xml| {
            text(xml, "title", &article.title.value.text)?;
            text(xml, "id", &address)?;
            text(xml, "updated", &time(date))?;
            link(xml, "alternate", &address)?;
            text(xml, "summary", &summary(article))
        })?;
    }
    xml.write_event(Event::End(BytesEnd::new("feed")))?;
    Ok(OutFile { path: "feed.xml".to_owned(), bytes: xml.into_inner() })
}

fn text(xml: &mut Writer<Vec<u8>>, name: &str, value: &str) -> std::io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&legal(value))).map(drop)
}

fn link(xml: &mut Writer<Vec<u8>>, rel: &str, address: &str) -> std::io::Result<()> {
    xml.create_element("link").with_attributes([("rel", rel), ("href", address)]).write_empty().map(drop)
}

fn time(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn summary(article: &Article) -> String {
    article.paragraphs.iter().flat_map(|paragraph| paragraph.text.chars()).take(SUMMARY).collect()
}
