//! The collation of two articles: one row per aligned group, the fuller text on the left.
//!
//! ```text
//! 2 尊重各国<del>人民</del>自主选择   ⊃ shortened   3 尊重各国自主选择
//! 3 [水资源保护…，27 characters]      ∅ omitted
//! ```

use anyhow::Result;
use serde::Serialize;

use crate::model::{Article, ClausePair, Collation, Group, Relation, split};

use super::chart::{self, Cell};
use super::diff::{self, Run, Side};
use super::view::{self, ArticleRef};
use super::{Head, Markup, Page, Rendered, Site, filter, link, page_data};

#[derive(Serialize)]
struct View<'e> {
    a: Witness<'e>,
    b: Witness<'e>,
    coverage: [String; 2],
    /// Most of the other text is its own: what it adds is folded like what it leaves out.
    fold_added: bool,
    counts: Vec<Count>,
    rows: Vec<Row<'e>>,
    differences: usize,
    strip: Markup,
    synopsis: Option<String>,
    files: Vec<page_data::File>,
}

#[derive(Serialize)]
struct Witness<'e> {
    article: ArticleRef<'e>,
    letter: String,
    characters: usize,
    paragraphs: usize,
}

/// How many groups, clauses and characters of the fuller text stand in a relation.
#[derive(Clone, Copy, Serialize)]
struct Count {
    relation: &'static str,
    rows: usize,
    clauses: usize,
    characters: usize,
}

#[derive(Serialize)]
struct Row<'e> {
    relation: &'static str,
    moved: bool,
    a: Vec<Para<'e>>,
    b: Vec<Para<'e>>,
    /// Characters of the side that stands alone.
    alone: usize,
    /// The first words of the side that stands alone.
    begins: &'e str,
    /// First and last cell of the strip.
    cells: Option<(usize, usize)>,
    /// For a moved group: the paragraph after which the derived text has it.
    after: Option<&'e str>,
    /// Not a group of its own: the derived text goes on here with a paragraph that stands in another row.
    elsewhere: bool,
}

#[derive(Clone, Serialize)]
struct Para<'e> {
    anchor: &'e str,
    n: u32,
    role: &'static str,
    text: Markup,
}

pub fn list(site: &Site<'_>, pages: &mut Vec<Page>) {
    pages.extend((0..site.edition.reuse.collations.len()).map(Page::Compare));
}

pub fn path(site: &Site<'_>, ix: usize) -> String {
    let pair = site.edition.reuse.collations.get(ix).map(|c| (c.a, c.b));
    pair.map_or_else(String::new, |(a, b)| link::compare(site.edition, a, b))
}

pub fn render(site: &Site<'_>, ix: usize) -> Result<Rendered> {
    let found = site
        .edition
        .reuse
        .collations
        .get(ix)
        .and_then(|c| Some((c, site.edition.articles.get(c.a)?, site.edition.articles.get(c.b)?)));
    let Some((collation, a, b)) = found else {
        anyhow::bail!("no collation {ix}");
    };
    let path = path(site, ix);
    let title = site.phrase("compare-title", &[("a", view::title(a)), ("b", view::title(b))])?;
    let head = Head { path: &path, title: &title, scripts: &["compare.js"], ..Head::default() };
    site.fill_anew(
        &head,
        "compare.html",
        &View { files: page_data::of_collation(site, ix), ..view(site, collation, a, b)? },
    )
}

fn view<'e>(site: &Site<'e>, collation: &'e Collation, a: &'e Article, b: &'e Article) -> Result<View<'e>> {
    let cells = cells(collation, a);
    let differences = collation.groups.iter().filter(|g| g.relation != Relation::Identical || g.moved).count();
    let letters = [site.phrase("letter-a", &[])?, site.phrase("letter-b", &[])?];
    let witness = |article: &'e Article, letter: &str| -> Result<Witness<'e>> {
        Ok(Witness {
            article: view::article(site, article.ix)?,
            letter: letter.to_owned(),
            characters: site.lookup.characters(article.ix),
            paragraphs: article.paragraphs.len(),
        })
    };
    Ok(View {
        coverage: coverage(site, collation, a, b)?,
        fold_added: collation.coverage_b.characters < 0.5,
        counts: counts(collation, a, b),
        differences,
        strip: chart::strip(&cells),
        rows: rows(collation, a, b, &cells),
        synopsis: site.synopsis_of(a.ix).map(|ix| super::page_synopsis::path(site, ix)),
        a: witness(a, &letters[0])?,
        b: witness(b, &letters[1])?,
        files: Vec::new(),
    })
}

/// How much of each side stands in the other, in words.
fn coverage(site: &Site<'_>, collation: &Collation, a: &Article, b: &Article) -> Result<[String; 2]> {
    let name = |article: &Article, letter: &str| -> Result<String> {
        let letter = site.phrase(letter, &[])?;
        let kind = site.phrase(&format!("the-{}", article.kind.value.name()), &[])?;
        site.phrase("witness", &[("kind", &kind), ("letter", &letter)])
    };
    let (a, b) = (name(a, "letter-a")?, name(b, "letter-b")?);
    let say = |keeper: &str, kept: &str, coverage: &crate::model::Coverage| {
        let values = [
            ("keeper", keeper),
            ("kept", kept),
            ("characters", &filter::percent(coverage.characters)),
            ("clauses", &filter::percent(coverage.clauses)),
            ("paragraphs", &filter::percent(coverage.paragraphs)),
        ];
        site.phrase("coverage", &values)
    };
    Ok([say(&b, &a, &collation.coverage_a)?, say(&a, &b, &collation.coverage_b)?])
}

fn counts(collation: &Collation, a: &Article, b: &Article) -> Vec<Count> {
    let characters = |article: &Article, numbers: &[u32]| -> usize {
        numbers.iter().filter_map(|&n| article.paragraph(n)).map(|p| p.text.chars().count()).sum()
    };
    let count = |relation: Relation| {
        let is = |r: Relation, moved: bool| r == relation || (relation == Relation::Moved && moved);
        let mut count = Count { relation: relation.name(), rows: 0, clauses: 0, characters: 0 };
        for group in &collation.groups {
            count.clauses += group.clauses.iter().filter(|c| is(c.relation, c.moved)).count();
            if is(group.relation, group.moved) {
                count.rows += 1;
                count.characters += if group.a.is_empty() { characters(b, &group.b) } else { characters(a, &group.a) };
            }
        }
        count
    };
    Relation::ALL.into_iter().map(count).filter(|c| c.rows + c.clauses > 0).collect()
}

/// The cells of the strip, in the order of the fuller text.
fn cells<'e>(collation: &Collation, a: &'e Article) -> Vec<Cell<'e>> {
    let pairs = collation.groups.iter().flat_map(|group| &group.clauses);
    let cell = |pair: &ClausePair| {
        let (paragraph, start, _) = pair.a?;
        let relation = if pair.moved { Relation::Moved } else { pair.relation };
        Some(Cell { order: (paragraph, start), relation, anchor: anchor(a, paragraph) })
    };
    let mut cells: Vec<_> = pairs.filter_map(cell).collect();
    cells.sort_by_key(|cell| cell.order);
    cells
}

fn rows<'e>(collation: &'e Collation, a: &'e Article, b: &'e Article, cells: &[Cell<'e>]) -> Vec<Row<'e>> {
    let mut number = 0;
    let mut rows = Vec::with_capacity(collation.groups.len());
    for group in &collation.groups {
        let positions = group.clauses.iter().filter_map(|pair| {
            let (paragraph, start, _) = pair.a?;
            cells.binary_search_by_key(&(paragraph, start), |cell| cell.order).ok()
        });
        let bounds = positions.fold(None, |bounds: Option<(usize, usize)>, at| {
            Some(bounds.map_or((at, at), |(first, last)| (first.min(at), last.max(at))))
        });
        rows.push(row(group, a, b, &mut number, bounds));
    }
    with_places_of_moved(rows, b)
}

fn anchor(article: &Article, n: u32) -> &str {
    article.paragraph(n).map_or("", |p| p.anchor.as_str())
}

fn row<'e>(
    group: &'e Group,
    a: &'e Article,
    b: &'e Article,
    number: &mut usize,
    cells: Option<(usize, usize)>,
) -> Row<'e> {
    let (mut runs_a, mut runs_b) = (Vec::new(), Vec::new());
    for pair in &group.clauses {
        *number += 1;
        let run = |article: &Article, numbers: &[u32], at: (u32, u32, u32)| {
            let offset = offset(article, numbers, at.0)?;
            Some(Run { start: offset + at.1, end: offset + at.2, number: *number, moved: pair.moved })
        };
        runs_a.extend(pair.a.and_then(|at| run(a, &group.a, at)));
        runs_b.extend(pair.b.and_then(|at| run(b, &group.b, at)));
    }
    let paras_a = paras(a, &group.a, group, runs_a, Side::A);
    let paras_b = paras(b, &group.b, group, runs_b, Side::B);
    let (article, numbers) = if group.a.is_empty() { (b, &group.b) } else { (a, &group.a) };
    let single = group.a.is_empty() || group.b.is_empty();
    let texts = || numbers.iter().filter_map(|&n| article.paragraph(n)).map(|p| p.text.as_str());
    Row {
        relation: group.relation.name(),
        moved: group.moved,
        a: paras_a,
        b: paras_b,
        alone: if single { texts().map(|t| t.chars().count()).sum() } else { 0 },
        begins: if single { texts().next().map_or("", |t| split(t, 22).0) } else { "" },
        cells,
        after: None,
        elsewhere: false,
    }
}

/// Where paragraph `n` begins in the concatenated texts of a side.
fn offset(article: &Article, numbers: &[u32], n: u32) -> Option<u32> {
    let before = numbers.iter().position(|&m| m == n)?;
    let length = |n: &u32| article.paragraph(*n).map_or(0, |p| p.text.chars().count());
    u32::try_from(numbers.iter().take(before).map(length).sum::<usize>()).ok()
}

fn paras<'e>(article: &'e Article, numbers: &[u32], group: &Group, mut runs: Vec<Run>, side: Side) -> Vec<Para<'e>> {
    runs.sort_by_key(|run| run.start);
    let single = group.a.is_empty() || group.b.is_empty();
    let marks = if single { Vec::new() } else { diff::marks(&group.edits, side) };
    let para = |&n: &u32| {
        let paragraph = article.paragraph(n)?;
        let text = diff::marked(&paragraph.text, offset(article, numbers, n)?, &runs, &marks);
        Some(Para { anchor: &paragraph.anchor, n, role: paragraph.role.name(), text })
    };
    numbers.iter().filter_map(para).collect()
}

/// Tells each moved row where the derived text has it, and leaves a pointer there.
fn with_places_of_moved<'e>(rows: Vec<Row<'e>>, b: &'e Article) -> Vec<Row<'e>> {
    let mut pointers: Vec<(u32, Row<'e>)> = Vec::new();
    let mut rows = rows;
    for row in rows.iter_mut().filter(|row| row.moved) {
        let Some(first) = row.b.first() else { continue };
        let Some(before) = first.n.checked_sub(1).filter(|&n| n > 0) else { continue };
        row.after = Some(anchor(b, before));
        let pointer = Row {
            relation: Relation::Moved.name(),
            moved: true,
            a: Vec::new(),
            b: vec![Para { anchor: first.anchor, n: first.n, role: first.role, text: Markup::new() }],
            alone: 0,
            begins: b.paragraph(first.n).map_or("", |p| split(&p.text, 22).0),
            cells: None,
            after: None,
            elsewhere: true,
        };
        pointers.push((before, pointer));
    }
    let mut out = Vec::with_capacity(rows.len() + pointers.len());
    for row in rows {
        let numbers: Vec<u32> = row.b.iter().map(|p| p.n).collect();
        out.push(row);
        while let Some(at) = pointers.iter().position(|(before, _)| numbers.contains(before)) {
            out.push(pointers.remove(at).1);
        }
    }
    out
}
