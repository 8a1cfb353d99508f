//! What changed among the addresses → findings.
//!
//! ```text
//! note[address-moved]: the article at a/旧.html now stands at a/新.html
//! ```

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Changes;

/// What a reader who cites the site should know before it is published.
#[must_use]
pub fn findings(changes: &Changes) -> Vec<Diagnostic> {
    let finding = |code: &'static str, message: String| Diagnostic {
        code: code.into(),
        severity: Severity::Note,
        span: None,
        message,
        hint: Some("the next build keeps the old address as a page that says so".to_owned()),
        related: None,
    };
    let moved = changes
        .moved
        .iter()
        .map(|(from, to)| finding("address-moved", format!("the article at a/{from}.html now stands at a/{to}.html")));
    let removed =
        changes.removed.iter().map(|id| finding("address-removed", format!("the article at a/{id}.html is gone")));
    let paragraphs = changes.paragraphs.iter().map(|(id, anchor)| {
        finding("address-paragraph", format!("the paragraph at a/{id}.html#{anchor} has no place of its own any more"))
    });
    moved.chain(removed).chain(paragraphs).collect()
}
