//! What the page of an article says of itself to machines: `<meta>` for Zotero and its like, JSON-LD for search engines.
//!
//! ```text
//! <meta name="citation_title" content="上合峰会举行">   <meta name="DC.type" content="newspaperArticle">
//! {"@context":"https://schema.org","@type":"NewsArticle","headline":"上合峰会举行"}
//! ```

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::Reference;

/// Names and contents of the `<meta>` elements, in order.
#[must_use]
pub fn metas(reference: &Reference) -> Vec<(&'static str, String)> {
    let slashed = reference.date.map(|date| date.to_string().replace('-', "/"));
    let title = reference.full_title("：");
    let all = [
        // Without a type of its own, an article of a newspaper is taken for one of a journal.
        ("DC.type", Some("newspaperArticle".to_owned())),
        ("DC.title", Some(title.clone())),
        ("DC.creator", reference.author.clone()),
        ("DC.date", reference.date.map(|date| date.to_string())),
        ("DC.language", Some("zh".to_owned())),
        ("DC.identifier", reference.address.clone()),
        ("citation_title", Some(title)),
        ("citation_author", reference.author.clone()),
        ("citation_publication_date", slashed),
        ("citation_journal_title", reference.paper.clone()),
        ("citation_firstpage", reference.page.clone()),
        ("citation_language", Some("zh".to_owned())),
        ("citation_public_url", reference.address.clone()),
    ];
    all.into_iter().filter_map(|(name, content)| Some((name, content?))).collect()
}

/// A block of data for `<script type="application/ld+json">`: escaped so that nothing in it can end the block or turn
/// its direction.
#[must_use]
pub fn json_ld(reference: &Reference) -> String {
    let mut data = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            data.insert(name.to_owned(), value);
        }
    };
    put("@context", Some(json!("https://schema.org")));
    put("@type", Some(json!("NewsArticle")));
    put("headline", Some(json!(reference.title)));
    put("alternativeHeadline", reference.subtitle.as_deref().map(|text| json!(text)));
    let kind = if reference.by_agency { "Organization" } else { "Person" };
    put("author", reference.author.as_deref().map(|name| json!({ "@type": kind, "name": name })));
    put("datePublished", reference.date.map(|date| json!(date.to_string())));
    put("inLanguage", Some(json!("zh")));
    let paper = reference.paper.as_deref();
    put("isPartOf", paper.map(|name| json!({ "@type": "Newspaper", "name": name })));
    put("pagination", reference.page.as_deref().map(|page| json!(page)));
    put("url", reference.address.as_deref().map(|url| json!(url)));
    let text = Value::Object(data).to_string();
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        if is_unsafe(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
        out
    })
}

/// Characters that mean something to HTML, or that cannot be seen.
fn is_unsafe(c: char) -> bool {
    matches!(c, '<' | '>' | '&' | '\u{7f}'..='\u{9f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}')
}
