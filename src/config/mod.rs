//! `duikan.toml`, and the sidecars that overrule a guess about one seed.
//!
//! ```toml
//! # 000.toml beside 000.txt
//! [[article]]
//! lines = [[379, 493]]
//! kind = "initiative"
//! title = "上海合作组织关于各国团结共促世界公正、和睦、发展的倡议"
//! ```
//!
//! The files are read elsewhere; here their text becomes values, and what is wrong in it a finding with its place.

use serde::{Deserialize, Serialize};

mod format;
mod lines;
mod parse;
mod settings;
mod sidecar;

pub use format::Format;
pub use lines::date;
pub use settings::{Settings, settings, site_url};
pub use sidecar::sidecar;

use crate::model::{Date, DocumentRelation, Kind};

/// The language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ui {
    #[default]
    Zh,
    En,
}

/// Which differences comparison and search overlook. Width, dashes, quotes and inner whitespace always are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folds {
    /// Traditional against simplified characters.
    pub script: bool,
}

/// Everything `duikan.toml` says; the defaults where it says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    pub title: Option<String>,
    pub ui: Ui,
    /// Where the site is published, with a closing `/`.
    pub url: Option<String>,
    /// The newspaper, for citations.
    pub paper: Option<String>,
    pub licence: Option<String>,
    pub rights: Option<String>,
    pub folds: Folds,
    /// Pairs of addresses to collate whatever they share.
    pub pairs: Vec<(String, String)>,
    pub collate: Collate,
    pub limits: Limits,
    /// What is built with the site to be taken away: each once, in the order of [`Format::ALL`].
    pub export: Vec<Format>,
}

/// Which articles are collated without being asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collate {
    /// Two articles that share so many characters are.
    pub characters: usize,
    /// No article is collated with more others; those that share most come first.
    pub partners: usize,
}

impl Default for Collate {
    fn default() -> Self {
        Self { characters: 30, partners: 64 }
    }
}

/// Bounds on what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub seed_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { seed_bytes: 256 << 20 }
    }
}

/// `NAME.toml`: what an editor knows better than the guess.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sidecar {
    /// The sidecar's path below the seeds folder, for messages.
    pub path: String,
    pub paper: Option<String>,
    pub page: Option<String>,
    /// The day the page was printed.
    pub date: Option<Date>,
    pub articles: Vec<ArticleOverride>,
    /// After this line the sentence goes on.
    pub joins: Vec<LineOverride>,
    /// After this line a paragraph ends.
    pub breaks: Vec<LineOverride>,
}

/// An article fixed by hand. What is `None` stays a guess.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ArticleOverride {
    /// Line of the sidecar where it stands, for messages.
    pub at: u32,
    /// The lines of its text and head, from 1, ends inclusive.
    pub lines: Vec<(u32, u32)>,
    /// Which of them are its headline.
    pub title_lines: Option<(u32, u32)>,
    pub kind: Option<Kind>,
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub byline: Option<String>,
    pub speaker: Option<String>,
    pub agency: Option<String>,
    pub place: Option<String>,
    pub date: Option<Date>,
    /// The first characters of the first line, as a check that the override still fits.
    pub starts: Option<String>,
    /// Relations to other articles (by address) that overrule the guess; `None` as relation denies it.
    pub relations: Vec<(Option<DocumentRelation>, String)>,
}

/// A join or break fixed by hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LineOverride {
    /// Line of the sidecar where it stands.
    pub at: u32,
    /// The seed line after which it applies.
    pub line: u32,
    /// The last characters of that line, as a check that the override still fits.
    pub ends: Option<String>,
}
