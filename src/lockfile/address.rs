//! What the rest of the house is told about addresses, beside the `id` and `anchor` that articles carry themselves.
//!
//! ```text
//! a/b.html#p3 was cited; its article was merged into a.html, where the paragraph is p9
//!   departed: b → a    its #p3 → a.html#p9
//! ```

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::ArticleIx;

/// Addresses as they are after [`super::Lock::assign`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Per article, its number in the search index: given once, never given again.
    pub texts: Vec<u32>,
    /// Per article, the anchors that were given in it and have no paragraph of their own any more.
    pub aliases: Vec<Vec<Alias>>,
    /// Addresses that have no article any more, in their order.
    pub departed: Vec<Departed>,
    pub changes: Changes,
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

impl Changes {
    /// What a reader who cites the site should know before it is published.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let finding = |code: &'static str, message: String| Diagnostic {
            code: code.into(),
            severity: Severity::Note,
            span: None,
            message,
            hint: Some("the next build keeps the old address as a page that says so".to_owned()),
            related: None,
        };
        let moved = self.moved.iter().map(|(from, to)| {
            finding("address-moved", format!("the article at a/{from}.html now stands at a/{to}.html"))
        });
        let removed =
            self.removed.iter().map(|id| finding("address-removed", format!("the article at a/{id}.html is gone")));
        let paragraphs = self.paragraphs.iter().map(|(id, anchor)| {
            finding(
                "address-paragraph",
                format!("the paragraph at a/{id}.html#{anchor} has no place of its own any more"),
            )
        });
        moved.chain(removed).chain(paragraphs).collect()
    }
}
