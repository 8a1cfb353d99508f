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
use super::view::{self, ArticleRef};
use super::{Head, Page, Rendered, Site, link};

/// How many disputed decisions are listed at the top.
const DISPUTED: usize = 100;
/// A printed line longer than this is cut on the page; the seed itself has the rest.
const LONGEST: u32 = 4000;
/// Colours for articles; neighbours always differ.
const TINTS: usize = 6;

#[derive(Serialize)]
struct View<'e> {
    name: &'e str,
    encoding: &'e str,
    digest: &'e str,
    line_count: usize,
    articles: Vec<Part<'e>>,
    disputed: Vec<Disputed<'e>>,
    disputed_more: usize,
    findings: Vec<Finding<'e>>,
    stretches: Vec<Stretch<'e>>,
    page_number: u32,
    pages: Vec<Turn>,
}

#[derive(Serialize)]
struct Part<'e> {
    article: ArticleRef<'e>,
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
    repair: RepairView,
}

#[derive(Serialize)]
struct Finding<'e> {
    code: &'e str,
    severity: &'static str,
    line: u32,
    message: &'e str,
    hint: Option<&'e str>,
}

#[derive(Serialize)]
struct RepairView {
    rule: &'static str,
    confidence: String,
    doubtful: bool,
    signs: Vec<&'static str>,
}

/// Lines that follow each other and belong to one paragraph, one head line, or nothing.
#[derive(Serialize)]
struct Stretch<'e> {
    owner: &'static str,
    tint: usize,
    lines: Vec<Line<'e>>,
    /// The repaired text, beside the first of its stretches.
    text: &'e str,
    href: String,
    n: u32,
    /// The repaired text stands beside an earlier stretch.
    goes_on: bool,
}

#[derive(Serialize)]
struct Line<'e> {
    number: u32,
    text: &'e str,
    cut: bool,
    repairs: Vec<RepairView>,
}

/// Who a line belongs to.
#[derive(Clone, Copy, PartialEq)]
struct Owner<'e> {
    what: What<'e>,
    tint: usize,
}

#[derive(Clone, Copy, PartialEq)]
enum What<'e> {
    Head(&'e Article, &'e str),
    Paragraph(&'e Article, &'e Paragraph),
    Furniture(&'e str),
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
    site.fill(&head, "source.html", &view(site, ix, source, number)?)
}

fn view<'e>(site: &Site<'e>, ix: SeedIx, source: &'e Source, number: u32) -> Result<View<'e>> {
    let articles: Vec<&'e Article> = site.lookup.articles(site.edition, ix).collect();
    let owners = owners(site, ix, &articles);
    let repairs = repairs(&articles);
    let (disputed, disputed_more) = if number == 0 { disputed(site, ix, source, &repairs) } else { (Vec::new(), 0) };
    let first = number * link::LINES_A_PAGE + 1;
    let last = u32::try_from(source.line_count()).unwrap_or(u32::MAX).min(first.saturating_add(link::LINES_A_PAGE - 1));
    let part = |(tint, article): (usize, &&'e Article)| -> Result<Part<'e>> {
        let first_line = article.lines.first().map_or(1, |lines| lines.0);
        let href = link::source_line(site.edition, ix, first_line);
        Ok(Part { article: view::article(site, article.ix)?, tint: tint % TINTS, first_line, href })
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
        stretches: stretches(site, source, &owners, &repairs, first..=last),
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

fn repair(repair: &Repair) -> RepairView {
    RepairView {
        rule: repair.rule.name(),
        confidence: format!("{:.2}", repair.confidence),
        doubtful: repair.confidence < DOUBT,
        signs: repair.signs.iter().map(crate::model::Sign::name).collect(),
    }
}

/// The decisions in doubt, the least sure first.
fn disputed<'e>(
    site: &Site<'e>,
    ix: SeedIx,
    source: &'e Source,
    repairs: &BTreeMap<u32, Vec<&'e Repair>>,
) -> (Vec<Disputed<'e>>, usize) {
    let mut doubtful: Vec<&Repair> = repairs.values().flatten().copied().filter(|r| r.confidence < DOUBT).collect();
    doubtful.sort_by(|a, b| a.confidence.total_cmp(&b.confidence).then(a.line.cmp(&b.line)));
    let more = doubtful.len().saturating_sub(DISPUTED);
    let one = |r: &&Repair| Disputed {
        line: r.line,
        href: link::source_line(site.edition, ix, r.line),
        text: split(source.line(r.line as usize), 60).0,
        repair: repair(r),
    };
    (doubtful.iter().take(DISPUTED).map(one).collect(), more)
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
    source: &'e Source,
    owners: &BTreeMap<u32, Owner<'e>>,
    repairs: &BTreeMap<u32, Vec<&'e Repair>>,
    numbers: std::ops::RangeInclusive<u32>,
) -> Vec<Stretch<'e>> {
    let mut out: Vec<Stretch<'e>> = Vec::new();
    let mut last = None;
    for number in numbers {
        let owner = owners.get(&number).copied();
        let blank = source.line(number as usize).trim().is_empty();
        let owner = if blank { last.flatten().filter(|_| goes_on(owners, number, last.flatten())) } else { owner };
        if last != Some(owner) {
            out.push(stretch(site, number, owner));
            last = Some(owner);
        }
        let text = source.line(number as usize);
        let (text, rest) = split(text, LONGEST);
        let repairs = repairs.get(&number).into_iter().flatten().map(|r| repair(r)).collect();
        if let Some(stretch) = out.last_mut() {
            stretch.lines.push(Line { number, text, cut: !rest.is_empty(), repairs });
        }
    }
    out
}

/// A blank line inside a paragraph belongs to it: the next line of print has the same owner.
fn goes_on<'e>(owners: &BTreeMap<u32, Owner<'e>>, number: u32, owner: Option<Owner<'e>>) -> bool {
    owner.is_some() && owners.range(number..).next().map(|(_, next)| *next) == owner
}

fn stretch<'e>(site: &Site<'e>, number: u32, owner: Option<Owner<'e>>) -> Stretch<'e> {
    let mut stretch =
        Stretch { owner: "nothing", tint: 0, lines: Vec::new(), text: "", href: String::new(), n: 0, goes_on: false };
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
