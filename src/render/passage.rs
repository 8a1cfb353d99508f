//! A passage as the pages about quotations show it: its words, what stands around them, and the way there.
//!
//! ```text
//! Place { article: 3, paragraph: 10, start: 40, end: 60 }  ──▶  …认同习近平主席所强调的“[团结协作是…成功经验]”。…
//! ```

use anyhow::Result;
use serde::Serialize;

use crate::model::{self, Place, Quote};

use super::view::{self, ArticleRef};
use super::{Markup, Site, diff, link};

/// How many characters of context are shown on either side.
const CONTEXT: u32 = 30;
/// Passages longer than this are shown by their beginning.
const LONGEST: u32 = 400;

/// A passage in its sentence.
#[derive(Clone, Debug, Serialize)]
pub struct Passage<'e> {
    pub article: ArticleRef<'e>,
    pub href: String,
    pub n: u32,
    pub before: &'e str,
    pub text: Markup,
    pub after: &'e str,
    pub cut: bool,
}

/// A place in its sentence.
pub fn passage<'e>(site: &Site<'e>, place: Place) -> Result<Passage<'e>> {
    let end = place.end.min(place.start.saturating_add(LONGEST));
    let mut words = Markup::new();
    words.text(Place { end, ..place }.words(&site.edition.articles));
    around(site, place, words, end < place.end)
}

/// A quotation in its sentence, with what was altered.
pub fn quotation<'e>(site: &Site<'e>, quote: &Quote) -> Result<Passage<'e>> {
    let articles = &site.edition.articles;
    let (source, own) = (quote.source.words(articles), quote.place.words(articles));
    around(site, quote.place, diff::inline(source, own, &quote.edits), false)
}

fn around<'e>(site: &Site<'e>, place: Place, text: Markup, cut: bool) -> Result<Passage<'e>> {
    let whole = place.paragraph(&site.edition.articles).map_or("", |p| p.text.as_str());
    let [before, _, after] = model::around(whole, place.start, place.end, CONTEXT);
    Ok(Passage {
        article: view::article(site, place.article)?,
        href: link::place(site.edition, place),
        n: place.paragraph,
        before,
        text,
        after: if cut { "" } else { after },
        cut,
    })
}
