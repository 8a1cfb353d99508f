//! All that the texts share: clauses, passages, and what one text is to another.
//!
//! ```text
//! 宣言 p5  成员国重申支持完善全球经济治理体系，   ╮ SharedClause { places: [宣言 p5, 摘要 p4] }
//! 摘要 p4  成员国重申支持完善全球经济治理体系，   ╯ Link { relation: AbstractOf, from: 摘要, to: 宣言 }
//! ```

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;

use super::{ArticleIx, Collation, Guess, Place};

/// A clause that stands in two articles or more, with all its places.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedClause {
    /// Stable address: a hash of the folded clause.
    pub key: String,
    /// The clause as its first place prints it.
    pub text: String,
    pub places: Vec<Place>,
    /// Number of different articles among the places.
    pub spread: u32,
    /// Known by document frequency to be a formula.
    pub boilerplate: bool,
}

/// What one article is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentRelation {
    ReprintOf,
    AbstractOf,
    ReportOf,
    Quotes,
    Continues,
}

impl DocumentRelation {
    pub const ALL: [Self; 5] = [Self::ReprintOf, Self::AbstractOf, Self::ReportOf, Self::Quotes, Self::Continues];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReprintOf => "reprint-of",
            Self::AbstractOf => "abstract-of",
            Self::ReportOf => "report-of",
            Self::Quotes => "quotes",
            Self::Continues => "continues",
        }
    }
}

/// `from` is a reprint, an abstract, a report … of `to`.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub relation: Guess<DocumentRelation>,
    pub from: ArticleIx,
    pub to: ArticleIx,
    /// Share of the characters of `from` that stand in `to`, and of `to` in `from`.
    pub coverage_from: f64,
    pub coverage_to: f64,
}

/// Words in which two printings of one text differ: the earlier printing, and the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    pub a: Place,
    pub b: Place,
}

/// A passage that stands in two articles, exact or reworded, found corpus-wide.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub a: Place,
    pub b: Place,
    /// Similarity of the folded passages, 0 to 1; 1 is exact but for fold classes.
    pub score: f32,
}

/// Pairs of clauses that may be the same in other words, as an engine found them. A clause is told by its id, a hash of its
/// words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    pub pairs: Vec<(u64, u64)>,
    /// Among how many clauses they were found, where the engine tells.
    pub clauses: Option<usize>,
    /// Number of grams that stand in too many clauses to name candidates.
    pub formulae: usize,
}

/// A passage that an engine found in two articles: address, start and end in the characters of all its paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub a: (String, u32, u32),
    pub b: (String, u32, u32),
}

/// What other engines found in the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Instead of the built-in search for candidates.
    pub candidates: Option<Candidates>,
    /// Besides what the built-in search finds.
    pub passages: Vec<Passage>,
    /// BLAKE3 of the files they were read from, in hex.
    pub digest: String,
}

/// All that the texts share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reuse {
    pub matches: Vec<Match>,
    pub shared: Vec<SharedClause>,
    pub collations: Vec<Collation>,
    pub links: Vec<Link>,
    pub variants: Vec<Variant>,
    /// What was left out to stay bounded, in numbers, to be said to the reader.
    pub capped: Vec<Diagnostic>,
}
