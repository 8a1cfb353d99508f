//! Articles, typed, titled, dated and cut into paragraphs.
//!
//! ```text
//! 团结就是力量                             title
//! （2024年7月4日，阿斯塔纳）               head: gives date and place
//! 各位同事：                               paragraph 1, a salutation
//! 　　很高兴同大家见面。                   paragraph 2, body
//! ```

use serde::{Deserialize, Serialize};

use super::{ArticleIx, Date, Evidence, Guess, Piece, Repair, SeedIx};

/// What an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Speech,
    Declaration,
    Abstract,
    Initiative,
    JointStatement,
    Report,
    Brief,
    Commentary,
    Caption,
    Other,
}

impl Kind {
    pub const ALL: [Self; 10] = [
        Self::Speech,
        Self::Declaration,
        Self::Abstract,
        Self::Initiative,
        Self::JointStatement,
        Self::Report,
        Self::Brief,
        Self::Commentary,
        Self::Caption,
        Self::Other,
    ];

    /// The name used in JSON, sidecars, addresses and CSS classes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Declaration => "declaration",
            Self::Abstract => "abstract",
            Self::Initiative => "initiative",
            Self::JointStatement => "joint-statement",
            Self::Report => "report",
            Self::Brief => "brief",
            Self::Commentary => "commentary",
            Self::Caption => "caption",
            Self::Other => "other",
        }
    }
}

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Body,
    Heading,
    Salutation,
    Signature,
    Dateline,
}

impl Role {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Heading => "heading",
            Self::Salutation => "salutation",
            Self::Signature => "signature",
            Self::Dateline => "dateline",
        }
    }
}

/// A paragraph, heading, salutation, signature or dateline of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its number in the article, from 1: its place today.
    pub n: u32,
    /// Its address on the page (`p3`): kept when paragraphs are added above it.
    pub anchor: String,
    pub role: Role,
    pub text: String,
    pub pieces: Vec<Piece>,
    pub ledger: Vec<Repair>,
}

/// A printed line of the head of an article that is not a paragraph: title, subtitle, byline …
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeadLine {
    pub text: String,
    /// Empty where the text was inferred and stands nowhere as a headline.
    pub pieces: Vec<Piece>,
    pub ledger: Vec<Repair>,
}

/// `（上接第二版）`: the article begins on another page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Continuation {
    pub text: String,
    /// The page number it names, in digits, where it names one.
    pub page: Option<u32>,
    pub pieces: Vec<Piece>,
}

/// A finished article: typed, titled, dated, cut into paragraphs, with its address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Article {
    /// Where it stands in the corpus is no part of what it is: it is not written down.
    #[serde(skip)]
    pub ix: ArticleIx,
    /// Its address: the page is `a/ID.html`. Lower-case ASCII letters, digits and `-`.
    pub id: String,
    #[serde(skip)]
    pub seed: SeedIx,
    pub kind: Guess<Kind>,
    /// What to call it: the headline, or an inferred title, or (marked as inferred) its opening words.
    pub title: Guess<HeadLine>,
    pub title_inferred: bool,
    pub subtitle: Option<HeadLine>,
    pub byline: Option<HeadLine>,
    pub speaker: Option<String>,
    pub agency: Option<String>,
    pub place: Option<String>,
    pub date: Option<Guess<Date>>,
    /// Other lines of the head that were read for the values above: `（2024年7月4日，阿斯塔纳）`.
    pub head: Vec<HeadLine>,
    pub continues: Option<Continuation>,
    /// First and last lines of its parts, in the order of the seed.
    pub lines: Vec<(u32, u32)>,
    pub paragraphs: Vec<Paragraph>,
}

impl Article {
    /// Paragraph `n`, counted from 1.
    #[must_use]
    pub fn paragraph(&self, n: u32) -> Option<&Paragraph> {
        self.paragraphs.get((n as usize).checked_sub(1)?)
    }
}

/// Print that belongs to the page and not to an article: running heads, page numbers, pull quotes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Furniture {
    pub seed: SeedIx,
    pub text: String,
    pub pieces: Vec<Piece>,
    pub reason: Evidence,
}
