//! Edition → citations: an article or one of its paragraphs, in the forms that readers and their programs take in.
//!
//! ```text
//! a/20240704-speech-5c8586.html#p3
//! GB/T 7714   习近平. 携手构建更加美好的上海合作组织家园[N/OL]. 人民日报, 2024-07-05(2). https://example.org/a/…#p3
//! BibTeX      @article{20240704-speech-5c8586, entrysubtype = {newspaper}, author = {{习近平}}, …
//! ```
//!
//! What is not known is left out, never invented: a text without a newspaper is cited without one, and an address stands
//! only where the settings name the `url` of the site. The day of access is the reader's, so no form states it.

mod bibtex;
mod corpus;
mod csl;
mod linked;
mod ris;
mod written;

use crate::character::harmless_text;
use crate::model::{Article, ArticleIx, Date, Edition, HeadLine};

pub use corpus::cff;
pub use linked::{json_ld, metas};

/// A form of citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    GbT7714,
    Chicago,
    Apa,
    Bibtex,
    Ris,
    CslJson,
}

impl Style {
    pub const ALL: [Self; 6] = [Self::GbT7714, Self::Chicago, Self::Apa, Self::Bibtex, Self::Ris, Self::CslJson];

    /// What it is called, in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::GbT7714 => "GB/T 7714",
            Self::Chicago => "Chicago",
            Self::Apa => "APA",
            Self::Bibtex => "BibTeX",
            Self::Ris => "RIS",
            Self::CslJson => "CSL-JSON",
        }
    }

    /// The name in ids and file names.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::GbT7714 => "gbt7714",
            Self::Chicago => "chicago",
            Self::Apa => "apa",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::CslJson => "csl",
        }
    }
}

/// What is known of an article for a citation: printable text without line breaks, nothing escaped yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// The address of the article; in citations, its key.
    pub id: String,
    pub author: Option<String>,
    /// The author is an agency, and no person.
    pub by_agency: bool,
    pub title: String,
    pub subtitle: Option<String>,
    pub paper: Option<String>,
    /// The day of the paper, or of the text where that is not known.
    pub date: Option<Date>,
    pub page: Option<String>,
    /// Where the text stands on the web.
    pub address: Option<String>,
    /// What the site calls itself.
    pub site: String,
}

impl Reference {
    /// Title and subtitle as one, divided by `mark`.
    fn full_title(&self, mark: &str) -> String {
        match &self.subtitle {
            Some(subtitle) => format!("{}{mark}{subtitle}", self.title),
            None => self.title.clone(),
        }
    }
}

/// What is known of article `ix`. A paragraph is cited by the same, with its anchor behind the address.
#[must_use]
pub fn reference(edition: &Edition, site: &str, ix: ArticleIx) -> Option<Reference> {
    let article = edition.articles.get(ix)?;
    let sidecar = edition.sources.get(article.seed).and_then(|source| source.sidecar.as_ref());
    let paper = sidecar.and_then(|sidecar| sidecar.paper.as_deref()).or(edition.config.paper.as_deref());
    let author = author(article);
    let printed = sidecar.and_then(|sidecar| sidecar.date);
    Some(Reference {
        id: article.id.clone(),
        author: author.map(line),
        by_agency: author.is_some() && author == article.agency.as_deref(),
        title: line(&article.title.value.text),
        subtitle: head_line(article.subtitle.as_ref()),
        paper: paper.map(line),
        date: printed.or_else(|| article.date.as_ref().map(|date| date.value)),
        page: sidecar.and_then(|sidecar| sidecar.page.as_deref()).map(line),
        address: edition.config.url.as_ref().map(|url| format!("{url}a/{}.html", article.id)),
        site: line(site),
    })
}

/// Whose text it is: who speaks, else who signs, else the agency.
fn author(article: &Article) -> Option<&str> {
    let byline = article.byline.as_ref().map(|line| line.text.as_str());
    article.speaker.as_deref().or(byline).or(article.agency.as_deref()).filter(|who| !who.trim().is_empty())
}

fn head_line(head: Option<&HeadLine>) -> Option<String> {
    head.map(|head| line(&head.text)).filter(|text| !text.is_empty())
}

/// One line of harmless text: a break or an unseen mark inside a title must not end a field of a record.
fn line(text: &str) -> String {
    harmless_text(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The citation in one form.
#[must_use]
pub fn cite(reference: &Reference, style: Style) -> String {
    match style {
        Style::GbT7714 => written::gbt(reference),
        Style::Chicago => written::chicago(reference),
        Style::Apa => written::apa(reference),
        Style::Bibtex => bibtex::entry(reference),
        Style::Ris => ris::record(reference),
        Style::CslJson => csl::items(std::slice::from_ref(reference)),
    }
}

/// Many citations as one file that programs read.
#[must_use]
pub fn cite_all(references: &[Reference], style: Style) -> String {
    if style == Style::CslJson {
        return csl::items(references) + "\n";
    }
    references.iter().map(|reference| cite(reference, style) + "\n\n").collect()
}

#[cfg(test)]
mod tests;
