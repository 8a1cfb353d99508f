//! `sitemap.xml`: every page for search engines, split where the protocol sets limits.
//!
//! ```text
//! 60,000 pages   ─▶   sitemap.xml (an index)   sitemap-1.xml (50,000 pages)   sitemap-2.xml (10,000 pages)
//! ```

use anyhow::Result;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::model::OutFile;
use crate::render::{Page, Site, href};

/// The limits of the protocol: addresses and bytes of one file.
const ADDRESSES: usize = 50_000;
const BYTES: usize = 50_000_000;
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

pub(super) fn files(site: &Site<'_>, url: &str) -> Result<Vec<OutFile>> {
    let published = site
        .pages()
        .into_iter()
        .filter(|page| !matches!(page, Page::Departed(_) | Page::Lost | Page::Cff | Page::Sheet(_)));
    let addresses: Vec<String> = published
        .map(|page| format!("{url}{}", if page == Page::Home { String::new() } else { href(&page.path(site)) }))
        .collect();
    split(&addresses, url, ADDRESSES, BYTES)
}

fn split(addresses: &[String], url: &str, most: usize, bytes: usize) -> Result<Vec<OutFile>> {
    // What an entry takes besides its address, with room for escapes.
    const ENTRY: usize = 32;
    let mut parts: Vec<Vec<&str>> = vec![Vec::new()];
    let mut size = 0;
    for address in addresses {
        size += address.len() + address.matches('&').count() * 4 + ENTRY;
        if parts.last().is_some_and(|part| part.len() == most) || size > bytes.saturating_sub(256) {
            parts.push(Vec::new());
            size = address.len() + ENTRY;
        }
        if let Some(part) = parts.last_mut() {
            part.push(address);
        }
    }
    if let [only] = parts.as_slice() {
        return Ok(vec![file("sitemap.xml".to_owned(), "urlset", "url", only)?]);
    }
    let mut files = Vec::new();
    for (part, number) in parts.iter().zip(1..) {
        files.push(file(format!("sitemap-{number}.xml"), "urlset", "url", part)?);
    }
    let index: Vec<String> = files.iter().map(|file| format!("{url}{}", file.path)).collect();
    let index: Vec<&str> = index.iter().map(String::as_str).collect();
    files.push(file("sitemap.xml".to_owned(), "sitemapindex", "sitemap", &index)?);
    Ok(files)
}

fn file(path: String, root: &str, entry: &str, addresses: &[&str]) -> Result<OutFile> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 0);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(BytesStart::new(root).with_attributes([("xmlns", NAMESPACE)])))?;
    for address in addresses {
        let inner = xml.create_element(entry);
        inner.write_inner_content(|xml| {
            xml.create_element("loc").write_text_content(BytesText::new(address))?;
            Ok(())
        })?;
    }
    xml.write_event(Event::End(BytesEnd::new(root)))?;
    Ok(OutFile { path, bytes: xml.into_inner() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_up_to_the_limit_and_an_index_beyond() {
        let addresses: Vec<String> = (0..5).map(|n| format!("https://example.org/{n}?a&b")).collect();
        let count = |file: &OutFile| String::from_utf8_lossy(&file.bytes).matches("<loc>").count();
        let whole = split(&addresses, "https://example.org/", 5, 10_000).unwrap();
        assert_eq!(whole.iter().map(count).collect::<Vec<_>>(), [5]);
        assert!(String::from_utf8_lossy(&whole[0].bytes).contains("<loc>https://example.org/0?a&amp;b</loc>"));
        for (most, bytes) in [(2, 10_000), (50, 256 + 150)] {
            let parts = split(&addresses, "https://example.org/", most, bytes).unwrap();
            assert_eq!(parts.iter().map(count).collect::<Vec<_>>(), [2, 2, 1, 3], "{most} {bytes}");
            assert_eq!(parts[3].path, "sitemap.xml");
        }
    }
}
