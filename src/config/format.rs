//! The formats of the exports, as the settings and the command line name them.
//!
//! ```toml
//! [export]
//! formats = ["tei", "collations"]
//! ```

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// What the corpus can be taken away as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Everything that is known, as one JSON document
    Json,
    /// Clean text: a paragraph a line
    Text,
    /// Markdown that duikan reads again as clean seeds
    Markdown,
    /// TEI P5: a document for each text, and the corpus as one
    Tei,
    /// The collations: CSV, TSV and TEI with an apparatus
    Collations,
    /// The index of shared clauses: CSV, TSV and JSONL
    Shared,
    /// EPUB for reading devices: a book for each text with its collations, and one of all
    Epub,
    /// References as BibTeX
    Bibtex,
    /// References as RIS
    Ris,
    /// References as CSL-JSON
    CslJson,
}

impl Format {
    pub const ALL: [Self; 10] = [
        Self::Json,
        Self::Text,
        Self::Markdown,
        Self::Tei,
        Self::Collations,
        Self::Shared,
        Self::Epub,
        Self::Bibtex,
        Self::Ris,
        Self::CslJson,
    ];

    /// The name on the command line, in the settings and in the phrases.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Tei => "tei",
            Self::Collations => "collations",
            Self::Shared => "shared",
            Self::Epub => "epub",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::CslJson => "csl-json",
        }
    }
}
