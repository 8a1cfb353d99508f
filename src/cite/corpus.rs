//! `CITATION.cff`: how the corpus as a whole is cited, in the Citation File Format.
//!
//! ```yaml
//! cff-version: 1.2.0
//! title: "上合文献对勘"
//! type: dataset
//! ```

use std::fmt::Write as _;

use serde_json::json;

use crate::character::Oddity;
use crate::model::Edition;

/// The file. Every text is a JSON string, which is a string of YAML too.
#[must_use]
pub fn cff(edition: &Edition, site: &str) -> String {
    let config = &edition.config;
    let (texts, seeds) = (edition.articles.len(), edition.sources.len());
    let mut out = String::from("cff-version: 1.2.0\n");
    let mut put = |name: &str, value: &str| {
        let _ = writeln!(out, "{name}: {}", quoted(value));
    };
    put("message", "If you use this corpus, please cite it as below.");
    put("type", "dataset");
    put("title", site);
    put("abstract", &format!("{texts} texts from {seeds} pages, repaired, typed and collated with duikan."));
    if let Some(url) = &config.url {
        put("url", url);
    }
    if let Some(licence) = config.licence.as_deref().filter(|licence| is_spdx(licence)) {
        put("license", licence);
    }
    // The format asks for an author; the site speaks for those who edit it.
    let _ = write!(out, "authors:\n  - name: {}\n", quoted(site));
    out
}

fn quoted(text: &str) -> String {
    let seen: String = text.chars().filter(|&c| Oddity::of(c).is_none()).collect();
    json!(seen).to_string()
}

/// Whether a licence is named as the format wants it: `CC-BY-4.0`, not a sentence about rights.
fn is_spdx(licence: &str) -> bool {
    licence.contains('-') && licence.chars().all(|c| c.is_ascii_alphanumeric() || "-.+".contains(c))
}
