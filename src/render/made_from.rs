//! What the many pages are made from: where nothing of it changed, nobody need look what the page shows.
//!
//! ```text
//! a/20240704-宣言.html   the text itself, af13…; matches with 77aa… and 0c12…; its quotations, names, relations …   ─▶  3e90…
//! ```
//!
//! It holds more than is shown, so a page may be made again for nothing; it must never hold less. What is the same for all
//! pages, the settings among it, is in [`Known`](super::known::Known).

use std::sync::OnceLock;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

use crate::memo::{Key, key, key_of};
use crate::model::{Article, ArticleIx, Edition, Guess, Paragraph, Place, SeedIx};

use super::lookup::{Beside, Lookup};
use super::{Order, Page, Site, page_data, page_shared, page_synopsis, page_terms};

/// The articles of an edition, each as hashes of all that it says, wherever it stands in the corpus.
#[derive(Debug, Default)]
pub struct Digests(Vec<Digest>);

/// An article in short: what a page shows of another text is no more than its head and a paragraph, so no more of it counts.
#[derive(Debug)]
struct Digest {
    whole: Mark,
    /// What other pages call it by, see [`super::view::article`].
    head: Mark,
    /// Each without the way in which it was printed; most are shown by no other page, and nobody asks for them.
    paragraphs: Vec<OnceLock<Mark>>,
}

/// A hash that is written down at once, not byte by byte: a page is made from many.
#[derive(Debug)]
struct Mark(Key);

impl Serialize for Mark {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl Digest {
    fn of(article: &Article, lang: &str) -> Option<Self> {
        let Guess { value: title, .. } = &article.title;
        let date = article.date.as_ref().map(|date| date.value);
        let head = key_of(&(&article.id, article.kind.value, &title.text, article.title_inferred, date, lang))?;
        let paragraphs = article.paragraphs.iter().map(|_| OnceLock::new()).collect();
        Some(Self { whole: Mark(key_of(&(article, lang))?), head: Mark(head), paragraphs })
    }

    /// The paragraph at an index.
    fn paragraph(&self, article: &Article, ix: usize) -> Option<&Mark> {
        let (mark, paragraph) = (self.paragraphs.get(ix)?, article.paragraphs.get(ix)?);
        Some(mark.get_or_init(|| {
            let Paragraph { n, anchor, role, text, pieces: _, ledger: _ } = paragraph;
            Mark(key([&n.to_le_bytes()[..], anchor.as_bytes(), role.name().as_bytes(), text.as_bytes()]))
        }))
    }
}

impl Digests {
    pub fn new(edition: &Edition, lookup: &Lookup) -> Self {
        // One that could not be written down would hide what changes: then nothing is told of any.
        let digest = |article: &Article| Digest::of(article, lookup.lang(article.ix));
        Self(edition.articles.par_iter().map(digest).collect::<Option<_>>().unwrap_or_default())
    }

    fn get(&self, ix: ArticleIx) -> Option<&Mark> {
        Some(&self.0.get(ix)?.whole)
    }

    fn head(&self, ix: ArticleIx) -> Option<&Mark> {
        Some(&self.0.get(ix)?.head)
    }

    /// A place as another page shows it: in its paragraph, with the name of its text.
    fn elsewhere(&self, edition: &Edition, place: Place) -> Elsewhere<'_> {
        let digest = self.0.get(place.article);
        let article = edition.articles.get(place.article);
        let ix = (place.paragraph as usize).checked_sub(1);
        let paragraph = digest.zip(article).zip(ix).and_then(|((digest, article), ix)| digest.paragraph(article, ix));
        (digest.map(|digest| &digest.head), paragraph, spot(place))
    }
}

/// What a page of a text or a seed, of a collation, of shared clauses or of their places is made from. Other pages are few, or cost
/// little beyond what this would.
pub fn made_from(site: &Site<'_>, digests: &Digests, page: Page) -> Option<Key> {
    if digests.0.len() != site.edition.articles.len() {
        return None;
    }
    match page {
        Page::Article(ix) => of_article(site, digests, site.edition.articles.get(ix)?),
        Page::Source(ix, number) => of_source(site, digests, ix, number),
        Page::Compare(ix) => of_collation(site, digests, ix),
        Page::Clauses(ix) => of_clauses(site, digests, ix),
        Page::Shared(order, number) => of_shared(site, digests, order, number),
        _ => None,
    }
}

/// A place in a text that is told by its digest.
type Spot = (u32, u32, u32);

fn spot(place: Place) -> Spot {
    (place.paragraph, place.start, place.end)
}

/// A place in another text.
type Elsewhere<'d> = (Option<&'d Mark>, Option<&'d Mark>, Spot);

fn of_article(site: &Site<'_>, digests: &Digests, article: &Article) -> Option<Key> {
    let (edition, ix) = (site.edition, article.ix);
    let elsewhere = |place: Place| digests.elsewhere(edition, place);
    let source = edition.sources.get(article.seed);
    let known = |(before, after): Beside| (before.map(|ix| digests.head(ix)), after.map(|ix| digests.head(ix)));
    let beside = [site.lookup.beside_on_page(edition, ix), site.lookup.beside_on_day(edition, ix)];
    let matches: Vec<_> =
        site.lookup.matches(edition, ix).map(|(own, other, _)| (spot(own), elsewhere(other))).collect();
    let collations: Vec<_> = site
        .lookup
        .collations(edition, ix)
        .map(|c| (digests.get(c.a), digests.get(c.b), c.a == ix, c.coverage_a, c.coverage_b))
        .collect();
    let links: Vec<_> = site
        .lookup
        .links(edition, ix)
        .map(|l| (&l.relation, digests.get(l.from), digests.get(l.to), l.from == ix, l.coverage_from, l.coverage_to))
        .collect();
    let variants: Vec<_> =
        site.lookup.variants(edition, ix).map(|(own, other)| (spot(own), elsewhere(other))).collect();
    let quotes: Vec<_> = site
        .lookup
        .quotes(edition, ix)
        .map(|quote| (spot(quote.place), elsewhere(quote.source), quote.fidelity, quote.term))
        .collect();
    let mentions: Vec<_> = site
        .lookup
        .mentions(edition, ix)
        .map(|mention| (spot(mention.place), mention.target.map(|target| (target == ix, digests.get(target)))))
        .collect();
    let passages: Vec<_> = site.named.passages.of(ix).into_iter().map(|(place, href)| (spot(place), href)).collect();
    let names = article.paragraphs.iter().map(|p| site.named.terms.names_in(edition, &p.text).collect::<Vec<_>>());
    let names: Vec<_> = names.collect();
    let aliases = edition.addresses.aliases.get(ix).into_iter().flatten();
    let aliases: Vec<_> = aliases
        .map(|alias| {
            let to = alias.to.as_ref().map(|to| (to.article == ix, digests.get(to.article), &to.anchor));
            (&alias.anchor, to)
        })
        .collect();
    key_of(&(
        (digests.get(ix), source.map(|s| (&s.path, &s.note, format!("{:?}", s.sidecar))), beside.map(known)),
        (matches, collations, links, variants),
        (quotes, mentions, passages, aliases),
        (page_terms::keys(site, ix), names),
    ))
}

fn of_source(site: &Site<'_>, digests: &Digests, ix: SeedIx, number: u32) -> Option<Key> {
    let source = site.edition.sources.get(ix)?;
    let articles: Vec<_> = site.lookup.articles(site.edition, ix).map(|article| digests.get(article.ix)).collect();
    let furniture: Vec<_> = site.lookup.furniture(site.edition, ix).map(|f| (&f.text, &f.pieces, &f.reason)).collect();
    let findings: Vec<_> = site.lookup.findings(site.edition, ix).collect();
    let seed = Seed { path: &source.path, encoding: source.encoding, digest: &source.digest, number };
    key_of(&(seed, articles, furniture, findings))
}

/// Of one fold, a collation is what its two texts make of it, the earlier held against the later; its figures tell the rest.
fn of_collation(site: &Site<'_>, digests: &Digests, ix: usize) -> Option<Key> {
    let collation = site.edition.reuse.collations.get(ix)?;
    let texts = (digests.get(collation.a), digests.get(collation.b), collation.a < collation.b);
    let synopsis = site.synopsis_of(collation.a).map(|ix| page_synopsis::path(site, ix));
    let figures = (collation.coverage_a, collation.coverage_b, collation.groups.len());
    key_of(&(texts, synopsis, page_data::of_collation(site, ix), figures))
}

fn of_clauses(site: &Site<'_>, digests: &Digests, ix: usize) -> Option<Key> {
    let clauses: Vec<_> = page_shared::in_bucket(site, ix)
        .map(|clause| {
            let places = clause.places.iter().take(page_shared::PLACES);
            let places: Vec<Elsewhere<'_>> = places.map(|&place| digests.elsewhere(site.edition, place)).collect();
            ((&clause.key, &clause.text, clause.spread, clause.boilerplate), (places, clause.places.len()))
        })
        .collect();
    key_of(&clauses)
}

fn of_shared(site: &Site<'_>, digests: &Digests, order: Order, number: usize) -> Option<Key> {
    let clauses: Vec<_> = page_shared::in_list(site, order, number)
        .map(|clause| {
            let (articles, count) = page_shared::named(clause);
            let articles: Vec<_> = articles.into_iter().map(|ix| digests.get(ix)).collect();
            ((&clause.key, &clause.text, clause.spread), (articles, count))
        })
        .collect();
    key_of(&(order.name(), number, page_shared::around(site), clauses))
}

#[derive(Serialize)]
struct Seed<'e> {
    path: &'e str,
    encoding: &'e str,
    digest: &'e str,
    number: u32,
}
