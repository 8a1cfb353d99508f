//! A seed line by line, coloured by article, beside the repaired text; every repair with its rule, signs and confidence.
//!
//! ```text
//! 7   一年来，哈萨克斯坦轮值主席国工作卓有成   ⏎ join 0.99      一年来，…工作卓有成效，…
//! 8   效，上海合作组织实现新发展。
//! ```

use std::collections::BTreeMap;

use anyhow::Result;
use serde::Serialize;

use crate::diagnostic::Severity;
use crate::model::{Article, Paragraph, Piece, Repair, SeedIx, Source, split};

use super::page_article::DOUBT;
use super::stencil::{Given, Word};
use super::view;
use super::{Head, Markup, Page, Rendered, Site, link};

/// How many disputed decisions are listed at the top.
const DISPUTED: usize = 100;
/// A printed line longer than this is cut on the page; the seed itself has the rest.
const LONGEST: u32 = 4000;
/// About how many bytes of the page a line takes.
const A_LINE: usize = 500;
/// Colours for articles; neighbours always differ.
const TINTS: usize = 6;

#[derive(Serialize)]
struct View<'e> {
    name: &'e str,
    encoding: &'e str,
    digest: &'e str,
    line_count: usize,
    articles: Vec<Part>,
    disputed: Vec<Disputed<'e>>,
    disputed_more: usize,
    findings: Vec<Finding<'e>>,
    stretches: Markup,
    page_number: u32,
    pages: Vec<Turn>,
}

#[derive(Serialize)]
struct Part {
    article: Markup,
    tint: usize,
    first_line: u32,
    href: String,
}

#[derive(Serialize)]
struct Turn {
    number: u32,
    href: String,
}

#[derive(Serialize)]
struct Disputed<'e> {
    line: u32,
    href: String,
    text: &'e str,
    repair: Markup,
}

#[derive(Serialize)]
struct Finding<'e> {
    code: &'e str,
    severity: &'static str,
    line: u32,
    message: &'e str,
    hint: Option<&'e str>,
}

/// Lines that follow each other and belong to one paragraph, one head line, or nothing.
#[derive(Default)]
struct Stretch<'e> {
    owner: &'static str,
    tint: usize,
    lines: Markup,
    /// The repaired text, beside the first of its stretches.
    text: &'e str,
    href: String,
    n: u32,
    /// The repaired text stands beside an earlier stretch.
    goes_on: bool,
}

/// Who a line belongs to.
#[derive(Clone, Copy, PartialEq)]
struct Owner<'e> {
    what: What<'e>,
    tint: usize,
}

#[derive(Clone, Copy)]
enum What<'e> {
    Head(&'e Article, &'e str),
    Paragraph(&'e Article, &'e Paragraph),
    Furniture(&'e str),
}

impl PartialEq for What<'_> {
    /// Whether it is the same, wherever another says the same.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Head(a, own), Self::Head(b, other)) => std::ptr::eq(*a, *b) && own == other,
            (Self::Paragraph(_, own), Self::Paragraph(_, other)) => std::ptr::eq(*own, *other),
            (Self::Furniture(own), Self::Furniture(other)) => own == other,
            _ => false,
        }
    }
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    for (ix, source) in site.edition.sources.iter().enumerate() {
        pages.extend((0..page_count(source)).map(|number| Page::Source(ix, number)));
    }
}

fn page_count(source: &Source) -> u32 {
    u32::try_from(source.line_count()).unwrap_or(u32::MAX).div_ceil(link::LINES_A_PAGE).max(1)
}

pub fn render(site: &Site<'_>, ix: SeedIx, number: u32) -> Result<Rendered> {
    let Some(source) = site.edition.sources.get(ix) else {
        anyhow::bail!("no seed {ix}");
    };
    let path = link::source_page(site.edition, ix, number);
    let title = site.phrase("source-title", &[("name", &source.path)])?;
    let head = Head { path: &path, title: &title, ..Head::default() };
    site.fill_anew(&head, "source.html", &view(site, ix, source, number)?)
}

fn view<'e>(site: &Site<'e>, ix: SeedIx, source: &'e Source, number: u32) -> Result<View<'e>> {
    let articles: Vec<&'e Article> = site.lookup.articles(site.edition, ix).collect();
    let owners = owners(site, ix, &articles);
    let repairs = repairs(&articles);
    let (disputed, disputed_more) = if number == 0 { disputed(site, ix, source, &repairs)? } else { (Vec::new(), 0) };
    let first = number * link::LINES_A_PAGE + 1;
    let last = u32::try_from(source.line_count()).unwrap_or(u32::MAX).min(first.saturating_add(link::LINES_A_PAGE - 1));
    let root = link::root(&link::source(site.edition, ix));
    let part = |(tint, article): (usize, &&'e Article)| -> Result<Part> {
        let first_line = article.lines.first().map_or(1, |lines| lines.0);
        let href = link::source_line(site.edition, ix, first_line);
        Ok(Part { article: view::text(site, &root, article.ix)?, tint: tint % TINTS, first_line, href })
    };
    let turn = |n| Turn { number: n + 1, href: link::href(&link::source_page(site.edition, ix, n)) };
    Ok(View {
        name: &source.path,
        encoding: source.encoding,
        digest: source.digest.get(..16).unwrap_or(&source.digest),
        line_count: source.line_count(),
        articles: articles.iter().enumerate().map(part).collect::<Result<_>>()?,
        disputed,
        disputed_more,
        findings: if number == 0 { findings(site, ix) } else { Vec::new() },
        stretches: stretches(site, (source, &root), &owners, &repairs, first..=last)?,
        page_number: number + 1,
        pages: (0..page_count(source)).map(turn).collect(),
    })
}

/// The owner of each line that has one.
fn owners<'e>(site: &Site<'e>, ix: SeedIx, articles: &[&'e Article]) -> BTreeMap<u32, Owner<'e>> {
    let mut owners = BTreeMap::new();
    let mut own = |pieces: &[Piece], what: What<'e>, tint: usize| {
        for piece in pieces {
            owners.entry(piece.line).or_insert(Owner { what, tint });
        }
    };
    for (tint, &article) in articles.iter().enumerate() {
        let tint = tint % TINTS;
        for paragraph in &article.paragraphs {
            own(&paragraph.pieces, What::Paragraph(article, paragraph), tint);
        }
        let lines = [Some(&article.title.value), article.subtitle.as_ref(), article.byline.as_ref()];
        for line in lines.into_iter().flatten().chain(&article.head) {
            own(&line.pieces, What::Head(article, &line.text), tint);
        }
        if let Some(continues) = &article.continues {
            own(&continues.pieces, What::Head(article, &continues.text), tint);
        }
    }
    for furniture in site.lookup.furniture(site.edition, ix) {
        own(&furniture.pieces, What::Furniture(&furniture.text), 0);
    }
    owners
}

fn repairs<'e>(articles: &[&'e Article]) -> BTreeMap<u32, Vec<&'e Repair>> {
    let mut out: BTreeMap<u32, Vec<&Repair>> = BTreeMap::new();
    for article in articles {
        let heads = [Some(&article.title.value), article.subtitle.as_ref(), article.byline.as_ref()];
        let heads = heads.into_iter().flatten().chain(&article.head).flat_map(|line| &line.ledger);
        for repair in article.paragraphs.iter().flat_map(|p| &p.ledger).chain(heads) {
            out.entry(repair.line).or_default().push(repair);
        }
    }
    out
}

fn repair(site: &Site<'_>, repair: &Repair, out: &mut Markup) -> Result<()> {
    let signs: Vec<&'static str> = repair.signs.iter().map(crate::model::Sign::name).collect();
    let given = [
        ("rule", Word::Name(repair.rule.name())),
        ("doubtful", Word::Flag(repair.confidence < DOUBT)),
        ("confidence", Word::Text(&format!("{:.2}", repair.confidence))),
        ("signs", Word::Names(&signs)),
    ];
    site.draw("repair", &given, out)
}

/// The decisions in doubt, the least sure first.
fn disputed<'e>(
    site: &Site<'e>,
    ix: SeedIx,
    source: &'e Source,
    repairs: &BTreeMap<u32, Vec<&'e Repair>>,
) -> Result<(Vec<Disputed<'e>>, usize)> {
    let mut doubtful: Vec<&Repair> = repairs.values().flatten().copied().filter(|r| r.confidence < DOUBT).collect();
    doubtful.sort_by(|a, b| a.confidence.total_cmp(&b.confidence).then(a.line.cmp(&b.line)));
    let more = doubtful.len().saturating_sub(DISPUTED);
    let one = |r: &&Repair| {
        let mut shown = Markup::new();
        repair(site, r, &mut shown)?;
        let href = link::source_line(site.edition, ix, r.line);
        Ok(Disputed { line: r.line, href, text: split(source.line(r.line as usize), 60).0, repair: shown })
    };
    Ok((doubtful.iter().take(DISPUTED).map(one).collect::<Result<_>>()?, more))
}

fn findings<'e>(site: &Site<'e>, ix: SeedIx) -> Vec<Finding<'e>> {
    let finding = |d: &'e crate::diagnostic::Diagnostic| Finding {
        code: &d.code,
        severity: match d.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        line: d.span.as_ref().map_or(0, |s| s.line),
        message: &d.message,
        hint: d.hint.as_deref(),
    };
    site.lookup.findings(site.edition, ix).take(DISPUTED).map(finding).collect()
}

fn stretches<'e>(
    site: &Site<'e>,
    (source, root): (&'e Source, &str),
    owners: &BTreeMap<u32, Owner<'e>>,
    repairs: &BTreeMap<u32, Vec<&'e Repair>>,
    numbers: std::ops::RangeInclusive<u32>,
) -> Result<Markup> {
    let page = [("page.root", Word::Text(root)), ("page.lang", Word::Name(site.lang()))];
    let mut out = Markup::with_room(numbers.clone().count() * A_LINE);
    let mut open: Option<(Option<Owner<'e>>, Stretch<'e>)> = None;
    for number in numbers {
        let text = source.line(number as usize);
        let last = open.as_ref().and_then(|(owner, _)| *owner);
        let owner = if text.trim().is_empty() {
            last.filter(|_| goes_on(owners, number, last))
        } else {
            owners.get(&number).copied()
        };
        if open.as_ref().is_none_or(|(last, _)| *last != owner)
            && let Some((_, whole)) = open.replace((owner, stretch(site, number, owner)))
        {
            whole.draw(site, page, &mut out)?;
        }
        if let Some((_, stretch)) = &mut open {
            let repairs = repairs.get(&number).map_or(&[][..], Vec::as_slice);
            line(site, page, (number, text), repairs, &mut stretch.lines)?;
        }
    }
    if let Some((_, stretch)) = open {
        stretch.draw(site, page, &mut out)?;
    }
    Ok(out)
}

/// A printed line with its repairs.
fn line(
    site: &Site<'_>,
    [root, lang]: [Given<'_>; 2],
    (number, text): (u32, &str),
    repairs: &[&Repair],
    out: &mut Markup,
) -> Result<()> {
    let (text, rest) = split(text, LONGEST);
    let mut shown = Markup::new();
    repairs.iter().try_for_each(|r| repair(site, r, &mut shown))?;
    let given = [
        ("number", Word::Text(&number.to_string())),
        ("text", Word::Text(text)),
        ("cut", Word::Flag(!rest.is_empty())),
        ("repairs", Word::Markup(&shown)),
        root,
        lang,
    ];
    site.draw("line", &given, out)
}

impl Stretch<'_> {
    fn draw(&self, site: &Site<'_>, [root, lang]: [Given<'_>; 2], out: &mut Markup) -> Result<()> {
        let given = [
            ("owner", Word::Name(self.owner)),
            ("tint", Word::Text(&self.tint.to_string())),
            ("lines", Word::Markup(&self.lines)),
            ("n", Word::Number(self.n as usize)),
            ("href", Word::Text(&self.href)),
            ("goes_on", Word::Flag(self.goes_on)),
            ("text", Word::Text(self.text)),
            root,
            lang,
        ];
        site.draw("stretch", &given, out)
    }
}

/// A blank line inside a paragraph belongs to it: the next line of print has the same owner.
fn goes_on<'e>(owners: &BTreeMap<u32, Owner<'e>>, number: u32, owner: Option<Owner<'e>>) -> bool {
    owner.is_some() && owners.range(number..).next().map(|(_, next)| *next) == owner
}

fn stretch<'e>(site: &Site<'e>, number: u32, owner: Option<Owner<'e>>) -> Stretch<'e> {
    let mut stretch = Stretch { owner: "nothing", ..Stretch::default() };
    let Some(owner) = owner else { return stretch };
    stretch.tint = owner.tint;
    match owner.what {
        What::Furniture(text) => (stretch.owner, stretch.text) = ("furniture", text),
        What::Head(article, text) => {
            (stretch.owner, stretch.text) = ("head", text);
            stretch.href = link::article(site.edition, article.ix);
        }
        What::Paragraph(article, paragraph) => {
            stretch.owner = paragraph.role.name();
            stretch.n = paragraph.n;
            stretch.href = format!("{}#{}", link::article(site.edition, article.ix), paragraph.anchor);
            stretch.goes_on = paragraph.pieces.first().is_some_and(|piece| piece.line < number);
            stretch.text = if stretch.goes_on { "" } else { &paragraph.text };
        }
    }
    stretch
}
