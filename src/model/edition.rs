//! The whole, and the files it becomes.
//!
//! ```text
//! Edition { articles: [宣言, 摘要, 讲话], … }   ──▶   OutFile { path: "a/declaration-20240704.html", bytes: … }
//! ```

use crate::config::Config;
use crate::diagnostic::Diagnostic;

use super::{Addresses, Article, ArticleIx, Clause, Furniture, Mention, Quote, Reuse, Source, Words};

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
}

/// A file of the site, below its root, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    pub path: String,
    pub bytes: Vec<u8>,
}
