//! Articles → EPUB 3, for reading on a device: a text with its collations, or the whole corpus.
//!
//! ```text
//! mimetype   META-INF/container.xml   book/content.opf   book/nav.xhtml
//! book/20240704-speech-5c8586.xhtml             the text, a paragraph an address: #p3
//! book/declaration-…--abstract-….xhtml          a collation as a table, a row for each group
//! ```
//!
//! The files are stored, not packed, and bear no day: the same texts make the same bytes.

use std::collections::BTreeSet;
use std::io::{Cursor, Write};

use anyhow::Result;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::cite::{self, Style};
use crate::model::{Article, ArticleIx, Collation, Edition, Relation, Role};

use super::xml::Xml;

const XHTML: &str = "http://www.w3.org/1999/xhtml";
const OPS: &str = "http://www.idpf.org/2007/ops";
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
    <rootfile full-path=\"book/content.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";
const STYLE: &str = "body { line-height: 1.8; }\np { text-indent: 2em; margin: 0; }\np.aside, p.cite { text-indent: 0; \
    color: #555; }\ntable { border-collapse: collapse; width: 100%; }\ntd, th { border-top: 1px solid #999; \
    padding: .3em; text-align: left; vertical-align: top; }\n";

/// A page of the book.
struct Page {
    name: String,
    title: String,
    bytes: Vec<u8>,
}

/// The book of one text, with every collation that it is part of.
pub(super) fn article(edition: &Edition, site: &str, ix: ArticleIx, out: &mut dyn Write) -> Result<()> {
    let Some(article) = edition.articles.get(ix) else { return Ok(()) };
    let collations = edition.reuse.collations.iter().filter(|collation| collation.a == ix || collation.b == ix);
    let pages = pages(edition, site, std::iter::once(article), collations)?;
    book(edition, &article.title.value.text, &pages, out)
}

/// The book of all texts and collations.
pub(super) fn corpus(edition: &Edition, site: &str, out: &mut dyn Write) -> Result<()> {
    let pages = pages(edition, site, edition.articles.iter(), edition.reuse.collations.iter())?;
    book(edition, site, &pages, out)
}

fn pages<'e>(
    edition: &'e Edition,
    site: &str,
    articles: impl Iterator<Item = &'e Article>,
    collations: impl Iterator<Item = &'e Collation>,
) -> Result<Vec<Page>> {
    let texts = articles.map(|article| text_page(edition, site, article));
    let tables = collations.filter_map(|collation| {
        let (a, b) = (edition.articles.get(collation.a)?, edition.articles.get(collation.b)?);
        Some(table_page(&edition.pair(a.ix, b.ix), collation, a, b))
    });
    texts.chain(tables).collect()
}

fn page(name: String, title: String, inner: impl FnOnce(&mut Xml<'_>) -> Result<()>) -> Result<Page> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut xml = Xml::new(&mut bytes)?;
    let attributes = [("xmlns", XHTML), ("xmlns:epub", OPS), ("xml:lang", "zh"), ("lang", "zh")];
    xml.block("html", &attributes, |xml| {
        xml.block("head", &[], |xml| {
            xml.leaf("title", &[], if title.trim().is_empty() { "–" } else { &title })?;
            xml.empty("link", &[("rel", "stylesheet"), ("type", "text/css"), ("href", "style.css")])
        })?;
        xml.block("body", &[], inner)
    })?;
    Ok(Page { name, title, bytes })
}

fn text_page(edition: &Edition, site: &str, article: &Article) -> Result<Page> {
    let title = article.title.value.text.clone();
    page(format!("{}.xhtml", article.id), title.clone(), |xml| {
        xml.leaf("h1", &[], &title)?;
        let subtitle = article.subtitle.as_ref().map(|line| line.text.as_str());
        xml.leaf_of("p", &[("class", "aside")], subtitle)?;
        for paragraph in &article.paragraphs {
            let name = if paragraph.role == Role::Heading { "h2" } else { "p" };
            xml.leaf(name, &[("id", &paragraph.anchor)], &paragraph.text)?;
        }
        let cited = cite::reference(edition, site, article.ix).map(|known| cite::cite(&known, Style::GbT7714));
        xml.leaf_of("p", &[("class", "cite")], cited.as_deref())
    })
}

fn table_page(name: &str, collation: &Collation, a: &Article, b: &Article) -> Result<Page> {
    let title = format!("{} × {}", a.title.value.text, b.title.value.text);
    page(format!("{name}.xhtml"), title.clone(), |xml| {
        xml.leaf("h1", &[], &title)?;
        xml.block("table", &[], |xml| {
            xml.block("tr", &[], |xml| {
                xml.leaf("th", &[], &a.title.value.text)?;
                xml.leaf("th", &[], "")?;
                xml.leaf("th", &[], &b.title.value.text)
            })?;
            collation.groups.iter().try_for_each(|group| {
                let text = |article: &Article, numbers: &[u32]| -> String {
                    numbers.iter().filter_map(|&n| article.paragraph(n)).map(|p| p.text.as_str()).collect()
                };
                let moved = if group.moved && group.relation != Relation::Moved { " moved" } else { "" };
                xml.block("tr", &[], |xml| {
                    xml.leaf("td", &[], &text(a, &group.a))?;
                    xml.leaf("td", &[], &format!("{}{moved}", group.relation.name()))?;
                    xml.leaf("td", &[], &text(b, &group.b))
                })
            })
        })
    })
}

fn book(edition: &Edition, title: &str, pages: &[Page], out: &mut dyn Write) -> Result<()> {
    let nav = page("nav.xhtml".to_owned(), title.to_owned(), |xml| {
        xml.block("nav", &[("epub:type", "toc")], |xml| {
            xml.leaf("h1", &[], title)?;
            xml.block("ol", &[], |xml| {
                if pages.is_empty() {
                    return xml.block("li", &[], |xml| xml.leaf("a", &[("href", "nav.xhtml")], title));
                }
                pages.iter().try_for_each(|page| {
                    let title = if page.title.trim().is_empty() { "–" } else { &page.title };
                    xml.block("li", &[], |xml| xml.leaf("a", &[("href", &page.name)], title))
                })
            })
        })
    })?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let package = package(edition, title, pages)?;
    let own: [(&str, &[u8]); 5] = [
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("book/content.opf", &package),
        ("book/style.css", STYLE.as_bytes()),
        ("book/nav.xhtml", &nav.bytes),
    ];
    let pages = pages.iter().map(|page| (format!("book/{}", page.name), page.bytes.as_slice()));
    for (name, bytes) in own.map(|(name, bytes)| (name.to_owned(), bytes)).into_iter().chain(pages) {
        zip.start_file(name, stored)?;
        zip.write_all(bytes)?;
    }
    Ok(out.write_all(zip.finish()?.get_ref())?)
}

fn package(edition: &Edition, title: &str, pages: &[Page]) -> Result<Vec<u8>> {
    let mut bytes: Vec<u8> = Vec::new();
    let mut hasher = blake3::Hasher::new();
    for page in pages {
        hasher.update(page.name.as_bytes()).update(&page.bytes);
    }
    let identifier = format!("urn:blake3:{}", hasher.finalize().to_hex());
    // The format wants a time; that of the build would make no two builds alike.
    let days: BTreeSet<String> =
        edition.articles.iter().filter_map(|article| Some(article.date.as_ref()?.value.to_string())).collect();
    let modified = format!("{}T00:00:00Z", days.last().map_or("1970-01-01", String::as_str));
    let mut xml = Xml::new(&mut bytes)?;
    let attributes = [("xmlns", "http://www.idpf.org/2007/opf"), ("version", "3.0"), ("unique-identifier", "id")];
    xml.block("package", &attributes, |xml| {
        xml.block("metadata", &[("xmlns:dc", "http://purl.org/dc/elements/1.1/")], |xml| {
            xml.leaf("dc:identifier", &[("id", "id")], &identifier)?;
            xml.leaf("dc:title", &[], if title.trim().is_empty() { "–" } else { title })?;
            xml.leaf("dc:language", &[], "zh")?;
            xml.leaf("meta", &[("property", "dcterms:modified")], &modified)
        })?;
        let names: Vec<(String, &str)> =
            (0..).zip(pages).map(|(at, page): (usize, &Page)| (format!("i{at}"), page.name.as_str())).collect();
        xml.block("manifest", &[], |xml| {
            let xhtml = "application/xhtml+xml";
            let nav = [("id", "nav"), ("href", "nav.xhtml"), ("media-type", xhtml), ("properties", "nav")];
            xml.empty("item", &nav)?;
            xml.empty("item", &[("id", "style"), ("href", "style.css"), ("media-type", "text/css")])?;
            names
                .iter()
                .try_for_each(|(id, name)| xml.empty("item", &[("id", id), ("href", name), ("media-type", xhtml)]))
        })?;
        xml.block("spine", &[], |xml| {
            xml.empty("itemref", &[("idref", "nav")])?;
            names.iter().try_for_each(|(id, _)| xml.empty("itemref", &[("idref", id)]))
        })
    })?;
    Ok(bytes)
}
