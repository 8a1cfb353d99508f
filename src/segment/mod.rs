//! Blocks → draft articles.

/// The articles of one seed as far as that seed alone can tell.
#[derive(Debug, Default, Clone)]
pub struct Draft {}
