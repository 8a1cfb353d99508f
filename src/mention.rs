//! `《…》` and plain names of documents → the articles that are those documents.

use crate::config::Config;
use crate::model::{Article, Mention};

/// Finds every mention of a document.
#[must_use]
pub fn mentions(_config: &Config, _articles: &[Article]) -> Vec<Mention> {
    Vec::new()
}
