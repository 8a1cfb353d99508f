//! The margin of a paragraph: where else its words stand.
//!
//! ```text
//! speech p2 “志合者，不以山海为远。…”   ×1   report p1 “主席指出，志合者，不以山海为远。”
//! ```

use std::collections::BTreeMap;

use anyhow::Result;

use crate::model::{Article, ArticleIx, Place, around, slice};

use super::stencil::{Given, Word};
use super::view::{self, Link};
use super::{Markup, Site, diff, link};

/// How many places are shown; the rest are counted and linked.
const SHOWN: usize = 12;
/// How many characters of the other text are shown on either side.
const CONTEXT: u32 = 16;
/// Passages longer than this are shown by their beginning: a whole page of differences helps nobody in a margin.
const LONGEST: u32 = 400;

/// Character ranges of this paragraph and of the other.
#[derive(Clone, Copy)]
struct Range {
    own: (u32, u32),
    other: (u32, u32),
}

impl Range {
    fn new(own: Place, other: Place) -> Self {
        Self { own: (own.start, own.end), other: (other.start, other.end) }
    }

    fn join(&mut self, other: Self) {
        self.own = (self.own.0.min(other.own.0), self.own.1.max(other.own.1));
        self.other = (self.other.0.min(other.other.0), self.other.1.max(other.other.1));
    }

    fn length(self) -> u32 {
        self.own.1.saturating_sub(self.own.0)
    }
}

type Found = BTreeMap<u32, BTreeMap<(ArticleIx, u32), Range>>;

/// The margins of an article, by paragraph number.
pub fn margins(site: &Site<'_>, article: &Article, page: [Given<'_>; 2]) -> Result<BTreeMap<u32, Markup>> {
    let mut found = Found::new();
    for (own, other, _) in site.lookup.matches(site.edition, article.ix) {
        let range = Range::new(own, other);
        let places = found.entry(own.paragraph).or_default();
        places.entry((other.article, other.paragraph)).and_modify(|r| r.join(range)).or_insert(range);
    }
    found.into_iter().map(|(n, places)| Ok((n, margin(site, (article, n), places, page)?))).collect()
}

fn margin(
    site: &Site<'_>,
    own: (&Article, u32),
    places: BTreeMap<(ArticleIx, u32), Range>,
    page: [Given<'_>; 2],
) -> Result<Markup> {
    let count = places.len();
    let mut places: Vec<_> = places.into_iter().collect();
    places.sort_by_key(|&(key, range)| (std::cmp::Reverse(range.length()), key));
    places.truncate(SHOWN);
    let mut shown = Markup::new();
    for &(there, range) in &places {
        place(site, own, there, range, page, &mut shown)?;
    }
    let [root, lang] = page;
    let given = [
        ("count", Word::Number(count)),
        ("places", Word::Markup(&shown)),
        ("more", Word::Number(count.saturating_sub(places.len()))),
        root,
        lang,
    ];
    let mut out = Markup::new();
    site.draw("margin", &given, &mut out)?;
    Ok(out)
}

/// Another place of the same words.
fn place(
    site: &Site<'_>,
    (article, n): (&Article, u32),
    (other, paragraph): (ArticleIx, u32),
    range: Range,
    [root, lang]: [Given<'_>; 2],
    out: &mut Markup,
) -> Result<()> {
    let own = article.paragraph(n);
    let there = site.edition.articles.get(other).and_then(|a| a.paragraph(paragraph));
    let (start, end) = (range.other.0, range.other.1.min(range.other.0.saturating_add(LONGEST)));
    let mine = own.map_or("", |p| slice(&p.text, range.own.0, range.own.1.min(range.own.0 + LONGEST)));
    let text = there.map_or("", |p| p.text.as_str());
    let [before, theirs, after] = around(text, start, end, CONTEXT);
    let edits = diff::edits(mine, theirs);
    let Link { title, path, lang: written_in } = view::link(site, other);
    let href = format!("{path}#{}", there.map_or("", |p| p.anchor.as_str()));
    let compare = site.lookup.collation(site.edition, article.ix, other).map(|c| {
        let side = if c.a == article.ix { 'a' } else { 'b' };
        let anchor = own.map_or("", |p| p.anchor.as_str());
        format!("{}#{side}-{anchor}", link::compare(site.edition, c.a, c.b))
    });
    let given = [
        ("relation", Word::Name(diff::relation(&edits).name())),
        ("title", Word::Text(title)),
        ("lang", Word::Name(site.lang_beside(written_in))),
        ("href", Word::Text(&href)),
        // The row of the collation, where the two are collated.
        ("compare", Word::Text(compare.as_deref().unwrap_or_default())),
        ("before", Word::Text(before)),
        ("text", Word::Markup(&diff::inline(mine, theirs, &edits))),
        ("after", Word::Text(after)),
        root,
        lang,
    ];
    site.draw("place", &given, out)
}
