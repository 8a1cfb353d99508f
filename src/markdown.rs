//! Markdown of editors: notes and pages → safe HTML, clean seeds → drafts.

use crate::model::Source;
use crate::segment::Draft;

/// Renders an editor's Markdown. Raw HTML is dropped, links are allow-listed.
#[must_use]
pub fn html(_markdown: &str) -> String {
    String::new()
}

/// A clean seed: front matter, then headings that each begin an article.
#[must_use]
pub fn draft(_source: &Source) -> Draft {
    Draft::default()
}
