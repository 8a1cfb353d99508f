//! Clauses → what the texts share: matches, shared clauses, collations, relations.

pub mod edit;

use crate::config::Config;
use crate::model::{Article, Clause, Reuse, Source};

/// Finds everything that two articles or more share.
#[must_use]
pub fn reuse(_config: &Config, _sources: &[Source], _articles: &[Article], _clauses: &[Vec<Clause>]) -> Reuse {
    Reuse::default()
}
