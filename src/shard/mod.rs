//! The search index → classic-script shards.

use crate::model::{Edition, OutFile};

/// The shards of the search index.
#[must_use]
pub fn shards(_edition: &Edition) -> Vec<OutFile> {
    Vec::new()
}
