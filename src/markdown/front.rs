//! The head of a clean seed: what its editor says of it.
//!
//! ```text
//! ---                          +++
//! title: 社论                  title = "社论"
//! date: 2024-07-04      or     date = 2024-07-04
//! ---                          +++
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Value;

use crate::character::harmless_text;
use crate::config;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::model::{Date, Kind, Source};

/// What the head says; all of it may be missing.
#[derive(Debug, Default)]
pub struct Front {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub kind: Option<Kind>,
    pub byline: Option<String>,
    pub speaker: Option<String>,
    pub agency: Option<String>,
    pub place: Option<String>,
    pub date: Option<Date>,
    /// Where the text begins.
    pub end: usize,
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the head of `source`, if it has one.
pub fn front(source: &Source) -> Front {
    let mut lines = source.text.split_inclusive('\n');
    let fence = lines.next().map_or("", str::trim_end);
    if !matches!(fence, "---" | "+++") {
        return Front::default();
    }
    let mut end = fence_length(&source.text);
    let start = end;
    for (number, line) in (2..).zip(lines) {
        if line.trim_end() == fence {
            let head = source.text.get(start..end).unwrap_or("");
            let values = if fence == "+++" { toml(source, head) } else { Ok(plain(head)) };
            let end = end + line.len();
            return match values {
                Ok(values) => Front { end, ..understand(source, values) },
                Err(fault) => Front { end, diagnostics: vec![fault], ..Front::default() },
            };
        }
        // A rule at the top of a text is no head: a head is short and has no long lines.
        if number > 100 || line.len() > 4096 {
            break;
        }
        end += line.len();
    }
    Front::default()
}

fn fence_length(text: &str) -> usize {
    text.find('\n').map_or(text.len(), |at| at + 1)
}

/// A value and the line of the seed on which it stands.
type Values = BTreeMap<String, (Value, u32)>;

fn toml(source: &Source, head: &str) -> Result<Values, Diagnostic> {
    let values: BTreeMap<String, toml::Spanned<Value>> = toml::from_str(head).map_err(|error| {
        let line = error.span().map_or(2, |span| line_of(head, span.start));
        fault(source, line, error.message().lines().next().unwrap_or("this is no TOML"))
    })?;
    let placed = |value: toml::Spanned<Value>| {
        let line = line_of(head, value.span().start);
        (value.into_inner(), line)
    };
    Ok(values.into_iter().map(|(key, value)| (key, placed(value))).collect())
}

/// The line of the seed for a byte of its head, which begins with line 2.
fn line_of(head: &str, byte: usize) -> u32 {
    let before = head.get(..byte).unwrap_or(head).matches('\n').count();
    u32::try_from(before).unwrap_or(0) + 2
}

/// `key: value`, a line each; quotes around a value may be left out.
fn plain(head: &str) -> Values {
    let entry = |(number, line): (u32, &str)| {
        let (key, value) = line.split_once(':')?;
        let value = value.trim();
        let quoted = ['"', '\''].iter().find_map(|&quote| value.strip_prefix(quote)?.strip_suffix(quote));
        Some((key.trim().to_owned(), (Value::String(quoted.unwrap_or(value).to_owned()), number)))
    };
    (2..).zip(head.lines()).filter_map(entry).collect()
}

fn understand(source: &Source, values: Values) -> Front {
    let mut front = Front::default();
    for (key, (value, line)) in values {
        let text = value.as_str().map(|text| harmless_text(text).trim().to_owned()).filter(|text| !text.is_empty());
        match key.as_str() {
            "title" => front.title = text,
            "subtitle" => front.subtitle = text,
            "byline" | "author" => front.byline = text,
            "speaker" => front.speaker = text,
            "agency" => front.agency = text,
            "place" => front.place = text,
            "kind" => match Kind::deserialize(value) {
                Ok(kind) => front.kind = Some(kind),
                Err(_) => front.diagnostics.push(unknown_kind(source, line)),
            },
            "date" => match config::date(&value) {
                Ok(date) => front.date = Some(date),
                Err(why) => front.diagnostics.push(fault(source, line, why)),
            },
            _ => front.diagnostics.push(unknown_key(source, line, &key)),
        }
    }
    front.diagnostics.sort_by(|a, b| a.span.cmp(&b.span));
    front
}

fn unknown_kind(source: &Source, line: u32) -> Diagnostic {
    let known = Kind::ALL.map(Kind::name).join(", ");
    fault(source, line, "no such kind").with_hint(format!("known here: {known}"))
}

fn unknown_key(source: &Source, line: u32, key: &str) -> Diagnostic {
    let message = format!("`{}` means nothing here and was passed over", harmless_text(key));
    Diagnostic::new(Severity::Note, "front-matter-unknown", Some(whole_line(source, line)), message)
}

fn fault(source: &Source, line: u32, message: &str) -> Diagnostic {
    Diagnostic::new(Severity::Error, "front-matter", Some(whole_line(source, line)), message)
}

fn whole_line(source: &Source, line: u32) -> Span {
    let width = source.line(line as usize).chars().count();
    source.span(line, (0, u32::try_from(width).unwrap_or(u32::MAX)))
}
