//! Edition → formats for other tools.

pub mod json;
