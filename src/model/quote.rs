//! Whose words a text quotes, and which documents it names.
//!
//! ```text
//! 习近平强调，“各国都安全，才有真安全”   Quote { source: 讲话 p6, fidelity: Exact, speaker: 习近平 }
//! 根据《阿斯塔纳宣言》                     Mention { name: "阿斯塔纳宣言", target: 宣言 }
//! ```

use serde::{Deserialize, Serialize};

use super::{ArticleIx, Edit, Place};

/// How a quotation stands to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fidelity {
    Exact,
    /// Exact but for fold classes such as the level of quote marks.
    Variant,
    Altered,
}

/// A passage that reproduces words of another article.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    pub place: Place,
    pub source: Place,
    /// The other passages that it could stand for.
    pub witnesses: Vec<Place>,
    pub fidelity: Fidelity,
    /// What makes the quotation (`b`) of its source (`a`); offsets count from the start of each passage.
    pub edits: Vec<Edit>,
    /// Set in quote marks.
    pub marked: bool,
    /// A term of a few characters and no clause: “上海精神”.
    pub term: bool,
    /// Whose words they are said to be.
    pub speaker: Option<String>,
}

/// A `《…》` or a plain name of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub place: Place,
    /// The name as it is printed, without `《》`.
    pub name: String,
    /// The article that is that document, if it stands in the corpus.
    pub target: Option<ArticleIx>,
    /// The text names itself: it has no target, and is not missing either.
    pub itself: bool,
}
