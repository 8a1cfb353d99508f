//! The whole, and the files it becomes.
//!
//! ```text
//! Edition { articles: [宣言, 摘要, 讲话], … }   ──▶   OutFile { path: "a/declaration-20240704.html", bytes: … }
//! ```

use crate::config::Config;
use crate::diagnostic::Diagnostic;

use super::{Addresses, Article, ArticleIx, Clause, Date, Furniture, Mention, Quote, Reuse, Source, Words};

/// Everything that is known of the corpus, ready to be rendered or exported.
#[derive(Debug, Default)]
pub struct Edition {
    pub config: Config,
    pub sources: Vec<Source>,
    pub articles: Vec<Article>,
    pub furniture: Vec<Furniture>,
    /// Per article, its clauses in order; they tile its paragraphs.
    pub clauses: Vec<Vec<Clause>>,
    pub reuse: Reuse,
    pub quotes: Vec<Quote>,
    pub mentions: Vec<Mention>,
    pub words: Words,
    pub diagnostics: Vec<Diagnostic>,
    /// `seeds/index.md` and `seeds/about.md`, as Markdown.
    pub index_note: Option<String>,
    pub about_note: Option<String>,
    /// Text numbers, and the addresses that lead on; with the lock, to be saved before anything is published.
    pub addresses: Addresses,
}

impl Edition {
    /// The address of an article.
    #[must_use]
    pub fn id(&self, ix: ArticleIx) -> &str {
        self.articles.get(ix).map_or("none", |article| article.id.as_str())
    }

    /// What two articles together are called in addresses: `declaration-20240704--abstract-20240705`.
    #[must_use]
    pub fn pair(&self, a: ArticleIx, b: ArticleIx) -> String {
        format!("{}--{}", self.id(a), self.id(b))
    }

    /// The day that an article tells of.
    #[must_use]
    pub fn told(&self, ix: ArticleIx) -> Option<Date> {
        self.articles.get(ix)?.date.as_ref().map(|date| date.value)
    }

    /// The day that its page was printed, if a sidecar says so.
    #[must_use]
    pub fn printed(&self, ix: ArticleIx) -> Option<Date> {
        self.sources.get(self.articles.get(ix)?.seed)?.sidecar.as_ref()?.date
    }

    /// The day that an article is listed under: the one it tells of, or else the one it was printed.
    #[must_use]
    pub fn day(&self, ix: ArticleIx) -> Option<Date> {
        self.told(ix).or_else(|| self.printed(ix))
    }
}

/// A file of the site, below its root, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    pub path: String,
    pub bytes: Vec<u8>,
}
