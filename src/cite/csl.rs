//! CSL-JSON, as Zotero, pandoc and citeproc read it.
//!
//! ```json
//! [{"id": "…", "type": "article-newspaper", "author": [{"literal": "新华社"}], "issued": {"date-parts": [[2024, 7, 5]]}}]
//! ```

use serde::Serialize;

use crate::model::Date;

use super::Reference;

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    r#type: &'static str,
    language: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<[Name<'a>; 1]>,
    title: String,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    container_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<&'a str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    date_parts: [(i32, u8, u8); 1],
}

/// A list of items, as every reader of the format wants it, even of one.
pub(super) fn items(references: &[Reference]) -> String {
    let items = references.iter().filter_map(|reference| serde_json::to_string(&item(reference)).ok());
    format!("[{}]", items.collect::<Vec<_>>().join(",\n "))
}

fn item(reference: &Reference) -> Item<'_> {
    let issued = |date: Date| Issued { date_parts: [(date.year, date.month, date.day)] };
    Item {
        id: &reference.id,
        r#type: "article-newspaper",
        language: "zh-CN",
        author: reference.author.as_deref().map(|literal| [Name { literal }]),
        title: reference.full_title("："),
        container_title: reference.paper.as_deref(),
        issued: reference.date.map(issued),
        page: reference.page.as_deref(),
        url: reference.address.as_deref(),
    }
}
