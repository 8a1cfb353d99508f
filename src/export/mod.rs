//! Edition → files for other tools and other desks.
//!
//! ```text
//! [export]                                  data/corpus.xml          every text as TEI, in one file
//! formats = ["tei", "shared"]      ──▶      data/tei/20240704-….xml  each on its own
//!                                           data/clauses.csv         the index of shared clauses
//! ```
//!
//! A [`Format`] is what is asked for; a [`Sheet`] is one file of it, named cheaply and written on demand, so that the site
//! builds its files in parallel and the command line streams them. The same bytes come out of both.

mod apparatus;
mod collation;
pub mod engine;
mod epub;
pub mod json;
mod prose;
mod shared;
mod table;
mod tei;
pub(crate) mod xml;

use std::io::Write;
use std::sync::OnceLock;

use anyhow::{Context as _, Result};

use crate::cite::{self, Style};
pub use crate::config::Format;
use crate::model::{ArticleIx, Edition};

pub use table::Table;
use tei::Links;

impl Format {
    /// The one file that stands for the format where only one can be had.
    #[must_use]
    pub fn whole(self) -> Sheet {
        match self {
            Self::Json => Sheet::Json,
            Self::Text => Sheet::Texts,
            Self::Markdown => Sheet::Markdowns,
            Self::Tei => Sheet::TeiCorpus,
            Self::Collations => Sheet::Collations(Table::Csv),
            Self::Shared => Sheet::Shared(Table::Csv),
            Self::Epub => Sheet::EpubCorpus,
            Self::Bibtex => Sheet::References(Style::Bibtex),
            Self::Ris => Sheet::References(Style::Ris),
            Self::CslJson => Sheet::References(Style::CslJson),
        }
    }

    /// The files about the corpus as a whole.
    #[must_use]
    pub fn of_corpus(self) -> Vec<Sheet> {
        match self {
            Self::Collations => Table::ALL.map(Sheet::Collations).to_vec(),
            Self::Shared => [&Table::ALL.map(Sheet::Shared)[..], &[Sheet::SharedLines]].concat(),
            _ => vec![self.whole()],
        }
    }

    /// The files about one text.
    #[must_use]
    pub fn of_article(self, ix: ArticleIx) -> Option<Sheet> {
        match self {
            Self::Text => Some(Sheet::Text(ix)),
            Self::Markdown => Some(Sheet::Markdown(ix)),
            Self::Tei => Some(Sheet::Tei(ix)),
            Self::Epub => Some(Sheet::Epub(ix)),
            _ => None,
        }
    }

    /// The files about one collation.
    #[must_use]
    pub fn of_collation(self, ix: usize) -> Vec<Sheet> {
        match self {
            Self::Collations => {
                let tables = Table::ALL.map(|table| Sheet::Collation(ix, table));
                [&tables[..], &[Sheet::Apparatus(ix)]].concat()
            }
            _ => Vec::new(),
        }
    }

    /// Every file of the format.
    #[must_use]
    pub fn sheets(self, edition: &Edition) -> Vec<Sheet> {
        let articles = (0..edition.articles.len()).filter_map(|ix| self.of_article(ix));
        let collations = (0..edition.reuse.collations.len()).flat_map(|ix| self.of_collation(ix));
        self.of_corpus().into_iter().chain(articles).chain(collations).collect()
    }
}

/// One file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sheet {
    Json,
    Text(ArticleIx),
    Texts,
    Markdown(ArticleIx),
    Markdowns,
    Tei(ArticleIx),
    TeiCorpus,
    /// By index among the collations.
    Collation(usize, Table),
    Collations(Table),
    Apparatus(usize),
    Shared(Table),
    SharedLines,
    Epub(ArticleIx),
    EpubCorpus,
    References(Style),
}

impl Sheet {
    /// Where it stands below the folder of exports.
    #[must_use]
    pub fn path(self, edition: &Edition) -> String {
        let id = |ix: ArticleIx| edition.id(ix);
        let pair = |ix: usize| {
            let found = edition.reuse.collations.get(ix);
            found.map_or_else(|| "none".to_owned(), |found| edition.pair(found.a, found.b))
        };
        match self {
            Self::Json => "corpus.json".to_owned(),
            Self::Text(ix) => format!("text/{}.txt", id(ix)),
            Self::Texts => "corpus.txt".to_owned(),
            Self::Markdown(ix) => format!("markdown/{}.md", id(ix)),
            Self::Markdowns => "corpus.md".to_owned(),
            Self::Tei(ix) => format!("tei/{}.xml", id(ix)),
            Self::TeiCorpus => "corpus.xml".to_owned(),
            Self::Collation(ix, table) => format!("collations/{}{}", pair(ix), table.ending()),
            Self::Collations(table) => format!("collations{}", table.ending()),
            Self::Apparatus(ix) => format!("collations/{}.xml", pair(ix)),
            Self::Shared(table) => format!("clauses{}", table.ending()),
            Self::SharedLines => "clauses.jsonl".to_owned(),
            Self::Epub(ix) => format!("epub/{}.epub", id(ix)),
            Self::EpubCorpus => "corpus.epub".to_owned(),
            Self::References(Style::Ris) => "corpus.ris".to_owned(),
            Self::References(Style::CslJson) => "corpus.csl.json".to_owned(),
            Self::References(_) => "corpus.bib".to_owned(),
        }
    }
}

/// An edition, ready to be written.
#[derive(Debug)]
pub struct Exporter<'e> {
    edition: &'e Edition,
    /// What the corpus calls itself.
    site: String,
    /// Needed by some formats only.
    links: OnceLock<Links>,
}

impl<'e> Exporter<'e> {
    #[must_use]
    pub fn new(edition: &'e Edition, site: &str) -> Self {
        Self { edition, site: site.to_owned(), links: OnceLock::new() }
    }

    /// Writes a file.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&self, sheet: Sheet, out: &mut dyn Write) -> Result<()> {
        let (edition, site) = (self.edition, self.site.as_str());
        match sheet {
            Sheet::Json => json::write(edition, out),
            Sheet::Text(ix) => prose::text(edition, ix, out),
            Sheet::Texts => prose::texts(edition, out),
            Sheet::Markdown(ix) => prose::markdown(edition, ix, out),
            Sheet::Markdowns => prose::markdowns(edition, out),
            Sheet::Tei(ix) => {
                let links = self.links.get_or_init(|| Links::new(edition));
                tei::article(edition, site, links, ix, out)
            }
            Sheet::TeiCorpus => tei::corpus(edition, site, out),
            Sheet::Collation(ix, table) => collation::one(edition, ix, table, out),
            Sheet::Collations(table) => collation::all(edition, table, out),
            Sheet::Apparatus(ix) => apparatus::write(edition, site, ix, out),
            Sheet::Shared(table) => shared::table(edition, table, out),
            Sheet::SharedLines => shared::lines(edition, out),
            Sheet::Epub(ix) => epub::article(edition, site, ix, out),
            Sheet::EpubCorpus => epub::corpus(edition, site, out),
            Sheet::References(style) => references(edition, site, style, out),
        }
        .with_context(|| format!("writing {}", sheet.path(edition)))
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn bytes(&self, sheet: Sheet) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.write(sheet, &mut bytes)?;
        Ok(bytes)
    }
}

/// The references of all texts as one file.
fn references(edition: &Edition, site: &str, style: Style, out: &mut dyn Write) -> Result<()> {
    let all: Vec<_> = (0..edition.articles.len()).filter_map(|ix| cite::reference(edition, site, ix)).collect();
    out.write_all(cite::cite_all(&all, style).as_bytes())?;
    Ok(())
}

#[cfg(test)]
mod tests;
