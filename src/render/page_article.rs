//! The page of an article: its head, its paragraphs with what lies beside them, its relations, how to cite it.
//!
//! ```text
//! <p id="p3">一年来，…成效</p>    <summary>×2</summary>    摘要 第1段 “一年来，…”
//! ```

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::cite::{self, Reference, Style};
use crate::model::{Alias, Article, ArticleIx, Fidelity, Landing, Paragraph, Piece, Place, Role};

use super::inline::{self, Anchor, Seam};
use super::margin;
use super::related;
use super::stencil::{Given, Word};
use super::view::{self, Day, Reason};
use super::{Head, Markup, Page, Rendered, Site, link, page_data, page_terms};

/// About how many bytes of the page a paragraph takes besides its text.
const A_PARAGRAPH: usize = 400;
/// Below this a repair is said to be in doubt.
pub const DOUBT: f32 = 0.8;

#[derive(Serialize)]
struct View<'e> {
    id: &'e str,
    lang: &'static str,
    title: &'e str,
    title_inferred: bool,
    title_reasons: Vec<Reason<'e>>,
    subtitle: Option<&'e str>,
    kind: &'static str,
    kind_reasons: Vec<Reason<'e>>,
    facts: Vec<Fact<'e>>,
    date: Option<Day>,
    date_reasons: Vec<Reason<'e>>,
    continues: Option<&'e str>,
    source: SourceRef<'e>,
    characters: usize,
    doubts: usize,
    outline: Vec<Heading<'e>>,
    paragraphs: Markup,
    departed: Vec<Departed<'e>>,
    related: related::Box<'e>,
    note: Option<Markup>,
    keys: Vec<page_terms::Named<'e>>,
    citation: String,
    forms: Markup,
    metas: Markup,
    linked: Markup,
    files: Vec<page_data::File>,
    neighbours: Vec<Neighbours>,
}

/// What stands before and after a text in a list of texts.
#[derive(Serialize)]
struct Neighbours {
    name: &'static str,
    previous: Option<Markup>,
    next: Option<Markup>,
}

#[derive(Serialize)]
struct Fact<'e> {
    key: &'static str,
    value: &'e str,
}

#[derive(Serialize)]
struct SourceRef<'e> {
    name: &'e str,
    href: String,
    lines: String,
}

#[derive(Serialize)]
struct Heading<'e> {
    anchor: &'e str,
    text: &'e str,
}

/// An address in this article whose paragraph stands elsewhere today, or nowhere.
#[derive(Serialize)]
struct Departed<'e> {
    anchor: &'e str,
    href: Option<String>,
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    pages.extend((0..site.edition.articles.len()).map(Page::Article));
}

pub fn render(site: &Site<'_>, ix: ArticleIx) -> Result<Rendered> {
    let Some(article) = site.edition.articles.get(ix) else {
        anyhow::bail!("no article {ix}");
    };
    let path = link::article(site.edition, ix);
    let head = Head {
        path: &path,
        title: view::title(article),
        scripts: &["article.js", "search-hits.js"],
        ..Head::default()
    };
    site.fill_anew(&head, "article.html", &view(site, article, &path)?)
}

fn view<'e>(site: &Site<'e>, article: &'e Article, path: &str) -> Result<View<'e>> {
    let root = link::root(path);
    let page = [("page.root", Word::Text(&root)), ("page.lang", Word::Name(site.lang()))];
    let source = site.edition.sources.get(article.seed);
    let cited = cite::reference(site.edition, &site.title, article.ix).unwrap_or_default();
    let ledgers = || article.paragraphs.iter().flat_map(|p| &p.ledger);
    Ok(View {
        id: &article.id,
        lang: site.lookup.lang(article.ix),
        title: view::title(article),
        title_inferred: article.title_inferred,
        title_reasons: if article.title_inferred { view::reasons(site, &article.title.evidence) } else { Vec::new() },
        subtitle: article.subtitle.as_ref().map(|line| line.text.as_str()),
        kind: article.kind.value.name(),
        kind_reasons: view::reasons(site, &article.kind.evidence),
        facts: facts(article),
        date: article.date.as_ref().map(|date| view::day(site, date.value)).transpose()?,
        date_reasons: article.date.as_ref().map_or_else(Vec::new, |date| view::reasons(site, &date.evidence)),
        continues: article.continues.as_ref().map(|c| c.text.as_str()),
        source: SourceRef {
            name: source.map_or("", |s| s.path.as_str()),
            href: link::source_line(site.edition, article.seed, article.lines.first().map_or(1, |l| l.0)),
            lines: lines(&article.lines),
        },
        characters: site.lookup.characters(article.ix),
        doubts: ledgers().filter(|repair| repair.confidence < DOUBT).count(),
        outline: outline(article),
        paragraphs: paragraphs(site, article, page)?,
        departed: departed(site, article.ix),
        related: related::related(site, article)?,
        note: source.and_then(|s| s.note.as_deref()).map(|note| Markup::trusted(crate::markdown::html(note))),
        keys: page_terms::keys(site, article.ix),
        citation: citation(site, article, path)?,
        forms: forms(site, &cited)?,
        metas: metas(site, &cited)?,
        linked: Markup::trusted(cite::json_ld(&cited)),
        files: page_data::of_article(site, article.ix),
        neighbours: neighbours(site, article, &root)?,
    })
}

fn facts(article: &Article) -> Vec<Fact<'_>> {
    let byline = article.byline.as_ref().map(|line| line.text.as_str());
    [
        ("speaker", article.speaker.as_deref()),
        ("byline", byline),
        ("agency", article.agency.as_deref()),
        ("place", article.place.as_deref()),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some(Fact { key, value: value? }))
    .collect()
}

/// `1–125, 127–132`.
fn lines(lines: &[(u32, u32)]) -> String {
    let part = |&(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    lines.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn outline(article: &Article) -> Vec<Heading<'_>> {
    let headings = article.paragraphs.iter().filter(|p| p.role == Role::Heading);
    headings.map(|p| Heading { anchor: &p.anchor, text: &p.text }).collect()
}

/// The paragraphs with all that stands with them.
fn paragraphs(site: &Site<'_>, article: &Article, page: [Given<'_>; 2]) -> Result<Markup> {
    let mut margins = margin::margins(site, article, page)?;
    let mut links = links(site, article);
    let mut readings = readings(site, article, page)?;
    let mut out = Markup::with_room(article.paragraphs.iter().map(|p| p.text.len() * 2 + A_PARAGRAPH).sum());
    for paragraph in &article.paragraphs {
        let links = links.remove(&paragraph.n).unwrap_or_default();
        let given = [
            ("role", Word::Name(paragraph.role.name())),
            ("anchor", Word::Text(&paragraph.anchor)),
            ("aliases", Word::Markup(&aliases(site, article.ix, &paragraph.anchor)?)),
            ("n", Word::Number(paragraph.n as usize)),
            ("lang", Word::Name(site.lang_of_page_beside(site.lookup.lang(article.ix)))),
            ("text", Word::Markup(&inline::draw(&paragraph.text, links, &seams(paragraph)))),
            ("readings", Word::Markup(&readings.remove(&paragraph.n).unwrap_or_default())),
            ("margin", Word::Markup(&margins.remove(&paragraph.n).unwrap_or_default())),
        ];
        site.draw("para", &given, &mut out)?;
    }
    Ok(out)
}

/// Where printed lines were joined.
fn seams(paragraph: &Paragraph) -> Vec<Seam> {
    let seam = |pair: &[Piece]| match pair {
        [before, after] if before.line != after.line => {
            let doubtful = paragraph.ledger.iter().any(|r| r.line == before.line && r.confidence < DOUBT);
            Some(Seam { at: after.at, line: before.line, doubtful })
        }
        _ => None,
    };
    paragraph.pieces.windows(2).filter_map(seam).collect()
}

fn all_aliases<'e>(site: &Site<'e>, ix: ArticleIx) -> impl Iterator<Item = &'e Alias> {
    site.edition.addresses.aliases.get(ix).into_iter().flatten()
}

/// Addresses that were given to paragraphs which have become part of the paragraph `anchor` of the same article.
fn aliases(site: &Site<'_>, ix: ArticleIx, anchor: &str) -> Result<Markup> {
    let here = |to: &Landing| to.article == ix && to.anchor.as_deref() == Some(anchor);
    let mut out = Markup::new();
    for alias in all_aliases(site, ix).filter(|alias| alias.to.as_ref().is_some_and(here)) {
        site.draw("alias", &[("anchor", Word::Text(&alias.anchor))], &mut out)?;
    }
    Ok(out)
}

/// Addresses that lead out of the article, or to no paragraph of it.
fn departed<'e>(site: &Site<'e>, ix: ArticleIx) -> Vec<Departed<'e>> {
    let leaves = |alias: &&Alias| alias.to.as_ref().is_none_or(|to| to.article != ix || to.anchor.is_none());
    let href = |to: &Landing| {
        let page = link::article(site.edition, to.article);
        to.anchor.as_ref().map_or_else(|| page.clone(), |anchor| format!("{page}#{anchor}"))
    };
    let one = |alias: &'e Alias| Departed { anchor: &alias.anchor, href: alias.to.as_ref().map(href) };
    all_aliases(site, ix).filter(leaves).map(one).collect()
}

/// What other printings read otherwise, by paragraph.
fn readings(site: &Site<'_>, article: &Article, [root, lang]: [Given<'_>; 2]) -> Result<BTreeMap<u32, Markup>> {
    let mut out: BTreeMap<u32, Markup> = BTreeMap::new();
    for (own, other) in site.lookup.variants(site.edition, article.ix) {
        let given = [
            ("own", Word::Text(own.words(&site.edition.articles))),
            ("lang", Word::Name(site.lookup.lang(article.ix))),
            ("other", Word::Text(other.words(&site.edition.articles))),
            ("other_lang", Word::Name(site.lookup.lang(other.article))),
            ("href", Word::Text(&link::place(site.edition, other))),
            root,
            lang,
        ];
        site.draw("reading", &given, out.entry(own.paragraph).or_default())?;
    }
    Ok(out)
}

/// Quotations and names of documents, by paragraph.
fn links(site: &Site<'_>, article: &Article) -> BTreeMap<u32, Vec<Anchor>> {
    let mut out: BTreeMap<u32, Vec<Anchor>> = BTreeMap::new();
    let mut add = |place: Place, href: String, class| {
        let anchor = Anchor { start: place.start, end: place.end, href, class };
        out.entry(place.paragraph).or_default().push(anchor);
    };
    for (own, other) in site.lookup.variants(site.edition, article.ix) {
        add(own, format!("../{}", link::place(site.edition, other)), "variant-reading");
    }
    for quote in site.lookup.quotes(site.edition, article.ix).filter(|q| !q.term) {
        let class = if quote.fidelity == Fidelity::Altered { "quote altered" } else { "quote" };
        add(quote.place, format!("../{}", link::place(site.edition, quote.source)), class);
    }
    for mention in site.lookup.mentions(site.edition, article.ix) {
        if let Some(target) = mention.target.filter(|&target| target != article.ix) {
            add(mention.place, format!("../{}", link::article(site.edition, target)), "mention");
        }
    }
    for (place, href) in site.named.passages.of(article.ix) {
        add(place, format!("../{href}"), "quoted");
    }
    for paragraph in article.paragraphs.iter().filter(|p| p.role != Role::Heading) {
        for (start, end, href) in site.named.terms.names(site.edition, &paragraph.text) {
            let place = Place { article: article.ix, paragraph: paragraph.n, start, end };
            add(place, format!("../{href}"), "named");
        }
    }
    out
}

/// The articles before and after this one on its page of print, and on its day where those are others.
fn neighbours(site: &Site<'_>, article: &Article, root: &str) -> Result<Vec<Neighbours>> {
    let on_page = site.lookup.beside_on_page(site.edition, article.ix);
    let on_day = site.lookup.beside_on_day(site.edition, article.ix);
    let refer = |ix: Option<ArticleIx>| ix.map(|ix| view::text(site, root, ix)).transpose();
    let lists = [("on-page", on_page), ("on-day", if on_day == on_page { (None, None) } else { on_day })];
    let some = lists.into_iter().filter(|(_, beside)| *beside != (None, None));
    some.map(|(name, (before, after))| Ok(Neighbours { name, previous: refer(before)?, next: refer(after)? })).collect()
}

/// The forms of citation. The address stands apart, so that it can be made to follow the paragraph.
fn forms(site: &Site<'_>, cited: &Reference) -> Result<Markup> {
    let address = cited.address.as_deref().unwrap_or_default();
    let mut out = Markup::new();
    for (at, style) in Style::ALL.into_iter().enumerate() {
        let text = cite::cite(cited, style);
        // No field stands behind the address, so its last occurrence is itself, whatever a title holds.
        let (before, after) = text.rsplit_once(address).filter(|_| !address.is_empty()).unwrap_or((&text, ""));
        let given = [
            ("name", Word::Name(style.name())),
            ("slug", Word::Name(style.slug())),
            ("open", Word::Flag(at == 0)),
            ("before", Word::Text(before)),
            ("address", Word::Text(address)),
            ("after", Word::Text(after)),
        ];
        site.draw("form", &given, &mut out)?;
    }
    Ok(out)
}

fn metas(site: &Site<'_>, cited: &Reference) -> Result<Markup> {
    let mut out = Markup::new();
    for (name, content) in cite::metas(cited) {
        site.draw("meta", &[("name", Word::Text(name)), ("content", Word::Text(&content))], &mut out)?;
    }
    Ok(out)
}

/// How to cite the article: who, what, where, when, and its address here.
fn citation(site: &Site<'_>, article: &Article, path: &str) -> Result<String> {
    let who = article.speaker.as_deref().or(article.agency.as_deref());
    let title = view::title(article);
    let mut parts = Vec::new();
    parts.extend(who.map(str::to_owned));
    parts.push(site.phrase("cite-title", &[("title", title)])?);
    parts.extend(site.edition.config.paper.clone());
    if let Some(date) = &article.date {
        parts.push(view::day(site, date.value)?.text);
    }
    let stop = site.phrase("cite-stop", &[])?;
    let address = format!("{}{path}", site.edition.config.url.as_deref().unwrap_or_default());
    Ok(format!("{}{stop}{}{stop}{address}", parts.join(&site.phrase("cite-comma", &[])?), site.title))
}
