//! x
pub mod marks;
pub mod saying;
use crate::config::Config;
use crate::model::{Article, Clause, Quote, Reuse};

/// Traces every quotation whose words stand elsewhere in the corpus.
#[must_use]
pub fn quotes(_config: &Config, _articles: &[Article], _clauses: &[Vec<Clause>], _reuse: &Reuse) -> Vec<Quote> {
    Vec::new()
}
