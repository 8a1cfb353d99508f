//! Two articles held against each other, passage by passage.
//!
//! ```text
//! a  尊重各国人民自主选择的发展道路，     ╮ Group { relation: Shortened, a: [7], b: [5],
//! b  尊重各国自主选择的发展道路，         ╯         edits: [Edit { a: (4, 6), b: (4, 4) }] }
//! ```

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::ArticleIx;

/// How a passage of one text stands to a passage of another, from the fuller to the derived one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    Identical,
    Variant,
    Shortened,
    Expanded,
    Reworded,
    Merged,
    Split,
    Moved,
    Omitted,
    Added,
}

impl Relation {
    pub const ALL: [Self; 10] = [
        Self::Identical,
        Self::Variant,
        Self::Shortened,
        Self::Expanded,
        Self::Reworded,
        Self::Merged,
        Self::Split,
        Self::Moved,
        Self::Omitted,
        Self::Added,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Variant => "variant",
            Self::Shortened => "shortened",
            Self::Expanded => "expanded",
            Self::Reworded => "reworded",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Moved => "moved",
            Self::Omitted => "omitted",
            Self::Added => "added",
        }
    }
}

/// Replace characters `a` of one side by characters `b` of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub a: (u32, u32),
    pub b: (u32, u32),
    /// The fold class that explains the difference (`dash`, `quote`, `width`, `space`, `script`), if one does.
    pub fold: Option<Cow<'static, str>>,
}

/// A clause (or run of clauses) of one side held against the other; one side is empty when omitted or added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClausePair {
    pub relation: Relation,
    /// Also stands in another order than its neighbours.
    pub moved: bool,
    pub a: Option<(u32, u32, u32)>,
    pub b: Option<(u32, u32, u32)>,
}

/// Paragraphs of one side aligned with paragraphs of the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub relation: Relation,
    /// Also stands in another order than its neighbours.
    pub moved: bool,
    pub a: Vec<u32>,
    pub b: Vec<u32>,
    /// Exact edits from the concatenated texts of `a` to the concatenated texts of `b`.
    pub edits: Vec<Edit>,
    pub clauses: Vec<ClausePair>,
}

/// What share of one side stands in the other, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    pub characters: f64,
    pub clauses: f64,
    pub paragraphs: f64,
}

/// Two articles held against each other: `a` the fuller or earlier, `b` the derived.
#[derive(Clone, Debug, PartialEq)]
pub struct Collation {
    pub a: ArticleIx,
    pub b: ArticleIx,
    pub groups: Vec<Group>,
    /// How much of `a` stands in `b`.
    pub coverage_a: Coverage,
    /// How much of `b` stands in `a`.
    pub coverage_b: Coverage,
}
