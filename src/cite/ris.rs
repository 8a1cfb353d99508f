//! RIS, as reference managers read it: a line for each field.
//!
//! ```text
//! TY  - NEWS
//! AU  - 新华社
//! TI  - 上合峰会举行
//! ER  -
//! ```

use super::Reference;

/// One record. A field is a line, and a [`Reference`] holds no line breaks, so no text can begin a field of its own.
pub(super) fn record(reference: &Reference) -> String {
    let date = reference.date.map(|date| date.to_string().replace('-', "/"));
    let year = reference.date.map(|date| format!("{:04}", date.year));
    let fields = [
        ("TY", Some("NEWS".to_owned())),
        ("ID", Some(reference.id.clone())),
        // A comma divides family name and given name; the names of the press have none of their own.
        ("AU", reference.author.as_ref().map(|author| author.replace(',', "，"))),
        ("TI", Some(reference.full_title("："))),
        ("T2", reference.paper.clone()),
        ("PY", year),
        ("DA", date),
        ("SP", reference.page.clone()),
        ("LA", Some("zh".to_owned())),
        ("UR", reference.address.clone()),
        ("ER", Some(String::new())),
    ];
    let lines = fields.into_iter().filter_map(|(tag, value)| Some(format!("{tag}  - {}", value?)));
    lines.collect::<Vec<_>>().join("\n")
}
