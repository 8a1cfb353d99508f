//! What a build did, and where to click.
//!
//! ```text
//! 5 seeds, 17 articles (1 speech, 1 declaration, 2 abstract …), 214 paragraphs
//! /home/学者/site/index.html
//! file:///home/%E5%AD%A6%E8%80%85/site/index.html
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::json;

use crate::model::{Edition, Kind};
use crate::publish;

/// The summary for people, on standard output.
pub fn summary(edition: &Edition, output: &Path, published: &publish::Summary) -> Result<()> {
    let kinds: Vec<_> = kinds(edition).into_iter().map(|(kind, n)| format!("{n} {}", kind.name())).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    let index = std::path::absolute(output).unwrap_or_else(|_| output.to_owned()).join("index.html");
    let (seeds, articles) = (count(edition.sources.len(), "seed"), count(edition.articles.len(), "article"));
    let text = format!(
        "{seeds}, {articles}{kinds}, {}\n{}\n{}\n{}\n",
        count(paragraphs(edition), "paragraph"),
        changes(edition, published),
        super::snippet::harmless(&index.display().to_string()),
        address(&index),
    );
    io::stdout().lock().write_all(text.as_bytes()).context("standard output")
}

/// The summary for scripts, on standard output.
pub fn summary_json(edition: &Edition, output: &Path, published: &publish::Summary) -> Result<()> {
    let index = std::path::absolute(output).unwrap_or_else(|_| output.to_owned()).join("index.html");
    let kinds: BTreeMap<_, _> = kinds(edition).into_iter().map(|(kind, n)| (kind.name(), n)).collect();
    let moves = &edition.addresses.changes;
    super::print_json(&json!({
        "duikan": env!("CARGO_PKG_VERSION"),
        "seeds": edition.sources.len(),
        "articles": edition.articles.len(),
        "kinds": kinds,
        "paragraphs": paragraphs(edition),
        "findings": edition.diagnostics.len() + edition.reuse.capped.len(),
        "files": {
            "added": published.added, "changed": published.changed, "removed": published.removed,
            "yielded": published.yielded, "kept": published.kept,
        },
        "bytes": published.bytes,
        "bytes_written": published.bytes_written,
        "whole": published.whole,
        "addresses": {
            "added": moves.added, "returned": moves.returned, "moved": moves.moved, "removed": moves.removed,
        },
        "index": index.display().to_string(),
        "address": address(&index),
    }))
}

/// What was written, and what became of addresses.
fn changes(edition: &Edition, published: &publish::Summary) -> String {
    let mut lines = Vec::new();
    if published.is_unchanged() {
        lines.push(format!("nothing changed: {} kept, no file written", count(published.kept, "file")));
    } else {
        lines.push(format!(
            "{} added, {} changed, {} removed, {} kept",
            count(published.added.len(), "file"),
            published.changed.len(),
            published.removed.len(),
            published.kept,
        ));
    }
    let moves = &edition.addresses.changes;
    lines.extend(moves.moved.iter().map(|(from, to)| format!("moved: a/{from}.html leads to a/{to}.html")));
    lines.extend(moves.removed.iter().map(|id| format!("removed: a/{id}.html says so")));
    lines.extend(published.yielded.iter().map(|path| format!("left alone: {path} is a file of yours")));
    if !published.whole {
        lines.push("this place cannot exchange folders: pages were exchanged one by one".to_owned());
    }
    lines.join("\n")
}

fn kinds(edition: &Edition) -> BTreeMap<Kind, usize> {
    let mut kinds = BTreeMap::new();
    for article in &edition.articles {
        *kinds.entry(article.kind.value).or_insert(0) += 1;
    }
    kinds
}

fn paragraphs(edition: &Edition) -> usize {
    edition.articles.iter().map(|article| article.paragraphs.len()).sum()
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// The `file://` address of an absolute path, every byte that an address cannot hold escaped.
fn address(path: &Path) -> String {
    let mut address = String::from("file://");
    for &byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn an_address_can_be_clicked_whatever_the_folder_is_called() {
        assert_eq!(super::address(Path::new("/a b/文#1.html")), "file:///a%20b/%E6%96%87%231.html");
    }
}
