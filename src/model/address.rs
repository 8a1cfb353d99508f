//! Addresses that were given, and where they lead today.
//!
//! ```text
//! a paragraph was put above 各国都安全，才有真安全：   it is paragraph 4, and stays #p3
//! 《宣言》 was cut into two articles:                  Alias { anchor: "p7", to: 宣言（二） p1 }
//! ```

use std::path::PathBuf;

use super::ArticleIx;

/// What is known of addresses beside the `id` and `anchor` that articles carry themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Per article, its number in the search index: given once, never given again.
    pub texts: Vec<u32>,
    /// Per article, the anchors that were given in it and have no paragraph of their own any more.
    pub aliases: Vec<Vec<Alias>>,
    /// Addresses that have no article any more, in their order.
    pub departed: Vec<Departed>,
    pub changes: Changes,
    /// Where `duikan.lock` stands, and what it should say.
    pub lock: (PathBuf, String),
}

/// An anchor that leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// `p7`.
    pub anchor: String,
    pub to: Option<Landing>,
}

/// Where a citation lands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    pub article: ArticleIx,
    /// `None` is the article as a whole.
    pub anchor: Option<String>,
}

/// An address without an article: it leads on, or says what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departed {
    pub id: String,
    pub title: String,
    pub seed: String,
    pub to: Option<ArticleIx>,
    pub anchors: Vec<Alias>,
}

/// What is new since the lock was saved. Sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: Vec<String>,
    /// Addresses whose article was gone and is there again.
    pub returned: Vec<String>,
    /// From which address to which.
    pub moved: Vec<(String, String)>,
    pub removed: Vec<String>,
    /// Paragraphs that lost their own anchor: address and anchor.
    pub paragraphs: Vec<(String, String)>,
}
