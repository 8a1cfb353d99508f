//! Terms and names, and what is distinctive of each article.
//!
//! ```text
//! …构建人类命运共同体。…   Term { text: "人类命运共同体", class: Word, texts: 2, total: 8 }
//! ```

use serde::{Deserialize, Serialize};

use super::Kind;

/// A term or name of the corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub text: String,
    pub class: TermClass,
    /// How many articles have it, and how often it stands in all of them.
    pub texts: u32,
    pub total: u32,
    /// How evenly it is spread over the texts, for their length: 1 evenly, 0 all in one (1 − Gries' DP, normed).
    pub dispersion: f32,
    /// What its page shows, if it has one.
    pub page: Option<OnPage>,
}

/// What is known only of terms that have a page of their own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnPage {
    /// The articles that have it, in order, and how often.
    pub counts: Vec<(u32, u32)>,
    /// Words that stand near it more often than chance has it, the strongest first.
    pub collocates: Vec<Collocate>,
}

/// A word near another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Collocate {
    /// Index in [`Words::terms`].
    pub term: usize,
    /// How often it stands in the window.
    pub count: u32,
    /// logDice: 14 if the two only stand together, one less for each halving.
    pub score: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermClass {
    Word,
    Person,
    Place,
    Organisation,
    /// Set in quotation marks somewhere, or given by the user: “上海精神”.
    Other,
}

impl TermClass {
    pub const ALL: [Self; 5] = [Self::Person, Self::Organisation, Self::Place, Self::Other, Self::Word];

    /// The name used in addresses and CSS classes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Other => "quoted",
        }
    }
}

/// The terms of the corpus and what is distinctive of each article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    pub terms: Vec<Term>,
    /// Per article: (index of the term, log-likelihood against the rest), most distinctive first.
    pub keyness: Vec<Vec<(usize, f32)>>,
    /// The same per kind of text.
    pub kinds: Vec<(Kind, Vec<(usize, f32)>)>,
    /// Number of words per article.
    pub sizes: Vec<u32>,
}
