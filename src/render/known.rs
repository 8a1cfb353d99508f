//! What a page shows, in short: a page that shows what it showed before need not be rendered again.
//!
//! ```text
//! a/20240704-宣言.html   article.html, 第1段 “一年来，…” ×2 …  ─▶  77aa…     as in the last build: it stands there, whole
//! ```
//!
//! A page is its template filled with its frame and its view, and what the templates say by themselves is the same for all.
//! Of the many pages it is known what their views are [made from](super::made_from), which is told sooner, and then it is
//! told instead.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::memo::{Key, key, key_of};
use crate::model::OutFile;

use super::frame::Frame;
use super::made_from::Digests;

/// What each page shows, by its path below the site's root.
pub type Shown = BTreeMap<String, Print>;

/// What a page is made from, where that is told, or else what it shows.
pub type Print = Key;

/// A page as it is to be published.
#[derive(Debug)]
pub enum Rendered {
    /// The file, and what it shows, if that can be told in short.
    Anew(OutFile, Option<Print>),
    /// The path of a page that shows what it showed before.
    AsBefore(String, Print),
}

impl Rendered {
    /// The same, where it is known what the page is made from.
    #[must_use]
    pub fn from_what(self, made_from: Print) -> Self {
        match self {
            Self::Anew(file, _) => Self::Anew(file, Some(made_from)),
            Self::AsBefore(path, _) => Self::AsBefore(path, made_from),
        }
    }
}

impl From<OutFile> for Rendered {
    fn from(file: OutFile) -> Self {
        Self::Anew(file, None)
    }
}

/// The pages that stand somewhere already.
#[derive(Debug, Default)]
pub struct Known {
    /// What is the same for all pages: settings, templates, phrases, addresses of static files. Without it nobody asks.
    look: Option<Key>,
    digests: Digests,
    shown: Shown,
}

impl Known {
    pub fn new(look: &str, digests: Digests, shown: Shown) -> Self {
        Self { look: Some(key([look.as_bytes()])), digests, shown }
    }

    /// The articles in short, if anybody asks.
    pub fn digests(&self) -> Option<&Digests> {
        self.look.is_some().then_some(&self.digests)
    }

    /// What a page shows. `None` where nobody asks, or where it cannot be written down.
    pub fn shows(&self, template: &str, frame: &Frame, view: &impl Serialize) -> Option<Print> {
        key_of(&(self.look?, template, frame, view))
    }

    /// The same for what it is made from.
    pub fn made_from(&self, parts: Key) -> Option<Print> {
        key_of(&(self.look?, parts))
    }

    /// The page at `path` as it is known.
    pub fn page(&self, path: &str) -> Option<Print> {
        self.shown.get(path).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Markup;

    fn known(look: &str) -> Known {
        Known::new(look, Digests::default(), Shown::new())
    }

    #[test]
    fn whatever_a_page_shows_is_part_of_what_it_shows() {
        let frame = Frame::default();
        let shows = |text: &str, drawn: &str| {
            let view = (text.to_owned(), Markup::trusted(drawn.to_owned()), Some(0.5_f64), [3_usize].as_slice());
            known("templates").shows("article.html", &frame, &view).unwrap()
        };
        assert_eq!(shows("宣言", "<b>一</b>"), shows("宣言", "<b>一</b>"));
        assert_ne!(shows("宣言", "<b>一</b>"), shows("宣言", "<b>二</b>"));
        assert_ne!(shows("宣言", "<b>一</b>"), shows("摘要", "<b>一</b>"));
        let of = |look: &str, template: &str| known(look).shows(template, &frame, &1_u8);
        assert_ne!(of("一", "a.html"), of("一", "b.html"));
        assert_ne!(of("一", "a.html"), of("二", "a.html"));
        assert_eq!(Known::default().shows("a.html", &frame, &1_u8), None);
    }
}
