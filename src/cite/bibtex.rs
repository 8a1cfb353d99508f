//! BibTeX, as biblatex and BibTeX read it.
//!
//! ```text
//! 甲 & 乙 {100%}   ──▶   title = {甲 \& 乙 \textbraceleft{}100\%\textbraceright{}}
//! ```
//!
//! A brace is written as a command: BibTeX counts braces before it looks at backslashes.

use std::fmt::Write as _;

use super::Reference;

/// One `@article` with `entrysubtype = {newspaper}`.
pub(super) fn entry(reference: &Reference) -> String {
    let mut out = format!("@article{{{},\n", reference.id);
    field(&mut out, "entrysubtype", Some("newspaper".to_owned()));
    // A second pair of braces keeps a name whole: 新华社 has neither a family name nor a given one.
    field(&mut out, "author", reference.author.as_deref().map(|author| format!("{{{}}}", escaped(author))));
    field(&mut out, "title", Some(escaped(&reference.title)));
    field(&mut out, "subtitle", reference.subtitle.as_deref().map(escaped));
    field(&mut out, "journaltitle", reference.paper.as_deref().map(escaped));
    field(&mut out, "date", reference.date.map(|date| date.to_string()));
    field(&mut out, "pages", reference.page.as_deref().map(escaped));
    field(&mut out, "langid", Some("chinese".to_owned()));
    // The field is read as it stands, so what could end it early is percent-encoded.
    let address = reference.address.as_deref();
    field(&mut out, "url", address.map(|url| url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")));
    out.push('}');
    out
}

fn field(out: &mut String, name: &str, value: Option<String>) {
    if let Some(value) = value {
        let _ = writeln!(out, "  {name} = {{{value}}},");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '%' | '$' | '&' | '#' | '_' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}
