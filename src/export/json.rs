//! The JSON export: the contract that tests and other tools read.
//!
//! ```json
//! {"duikan":"0.1.0","articles":[{"id":"…","kind":"declaration","paragraphs":[{"n":1,"text":"成员国…"}]}],
//!  "collations":[{"a":"…","b":"…","groups":[{"relation":"shortened","a":[7],"b":[6],"edits":[{"a":[38,73],"b":[38,38]}]}]}]}
//! ```
//!
//! One document, written as it is made: nothing but the item at hand is held in memory a second time. Fields beyond the
//! contract may be added; those of the contract keep their names and meanings.

use std::io::Write;

use anyhow::{Context, Result};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::model::{
    Article, ClausePair, Collation, Coverage, Edit, Edition, Evidence, Fidelity, Furniture, Group, Link, Mention,
    Paragraph, Place, Quote, Repair, SharedClause, Source,
};

/// The version of the format: a field more is a new minor version, a field less or another meaning a new major one.
pub const FORMAT: &str = "1.0.0";

/// What a document of this version holds, as JSON Schema.
pub const SCHEMA: &str = include_str!("json.schema.json");

/// Writes the whole edition as one JSON document.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(edition: &Edition, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer(&mut *out, &Document(edition)).context("writing JSON")?;
    out.write_all(b"\n").context("writing JSON")
}

struct Document<'a>(&'a Edition);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let edition = self.0;
        let reuse = &edition.reuse;
        let mut document = serializer.serialize_struct("Document", 10)?;
        document.serialize_field("duikan", env!("CARGO_PKG_VERSION"))?;
        document.serialize_field("format", FORMAT)?;
        document.serialize_field("articles", &List(|| edition.articles.iter().map(|a| article(edition, a))))?;
        document.serialize_field("relations", &List(|| reuse.links.iter().map(|link| relation(edition, link))))?;
        document.serialize_field("collations", &List(|| reuse.collations.iter().map(|c| collation(edition, c))))?;
        document.serialize_field("clauses", &List(|| reuse.shared.iter().map(|clause| shared(edition, clause))))?;
        document.serialize_field("quotes", &List(|| edition.quotes.iter().map(|q| quote(edition, q))))?;
        document.serialize_field("mentions", &List(|| edition.mentions.iter().map(|m| mention(edition, m))))?;
        document.serialize_field("furniture", &List(|| edition.furniture.iter().map(|f| furniture(edition, f))))?;
        document.serialize_field("diagnostics", &List(|| edition.diagnostics.iter().chain(&reuse.capped)))?;
        document.end()
    }
}

/// A list whose items are made one at a time while it is written.
struct List<F>(F);

impl<F, I> Serialize for List<F>
where
    F: Fn() -> I,
    I: IntoIterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

fn seed(edition: &Edition, ix: usize) -> Option<&Source> {
    edition.sources.get(ix)
}

#[derive(Serialize)]
struct ArticleView<'a> {
    id: &'a str,
    seed: &'a str,
    kind: &'static str,
    title: &'a str,
    subtitle: Option<&'a str>,
    title_inferred: bool,
    byline: Option<&'a str>,
    speaker: Option<&'a str>,
    agency: Option<&'a str>,
    place: Option<&'a str>,
    date: Option<String>,
    lines: &'a [(u32, u32)],
    continues: Option<ContinuationView<'a>>,
    paragraphs: Vec<ParagraphView<'a>>,
    kind_confidence: f32,
    kind_evidence: &'a [Evidence],
}

#[derive(Serialize)]
struct ContinuationView<'a> {
    text: &'a str,
    page: Option<u32>,
}

fn article<'a>(edition: &'a Edition, article: &'a Article) -> ArticleView<'a> {
    let source = seed(edition, article.seed);
    ArticleView {
        id: &article.id,
        seed: source.map_or("", |source| source.path.as_str()),
        kind: article.kind.value.name(),
        title: &article.title.value.text,
        subtitle: article.subtitle.as_ref().map(|line| line.text.as_str()),
        title_inferred: article.title_inferred,
        byline: article.byline.as_ref().map(|line| line.text.as_str()),
        speaker: article.speaker.as_deref(),
        agency: article.agency.as_deref(),
        place: article.place.as_deref(),
        date: article.date.as_ref().map(|date| date.value.to_string()),
        lines: &article.lines,
        continues: article.continues.as_ref().map(|c| ContinuationView { text: &c.text, page: c.page }),
        paragraphs: article.paragraphs.iter().map(|p| paragraph(source, p)).collect(),
        kind_confidence: article.kind.confidence,
        kind_evidence: &article.kind.evidence,
    }
}

#[derive(Serialize)]
struct ParagraphView<'a> {
    n: u32,
    role: &'static str,
    text: &'a str,
    lines: Vec<(u32, u32)>,
    ledger: Vec<RepairView>,
    anchor: &'a str,
}

fn paragraph<'a>(source: Option<&Source>, paragraph: &'a Paragraph) -> ParagraphView<'a> {
    ParagraphView {
        n: paragraph.n,
        role: paragraph.role.name(),
        text: &paragraph.text,
        lines: lines(source, paragraph),
        ledger: paragraph.ledger.iter().map(repair).collect(),
        anchor: &paragraph.anchor,
    }
}

/// The lines that a paragraph stands on, as ranges; blank lines that it bridges do not break a range.
fn lines(source: Option<&Source>, paragraph: &Paragraph) -> Vec<(u32, u32)> {
    let is_blank = |line: u32| source.is_some_and(|source| source.line(line as usize).trim().is_empty());
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for line in paragraph.pieces.iter().map(|piece| piece.line) {
        match ranges.last_mut() {
            Some(last) if last.1 <= line && (last.1 + 1..line).all(is_blank) => last.1 = line,
            _ => ranges.push((line, line)),
        }
    }
    ranges
}

#[derive(Serialize)]
struct RepairView {
    rule: &'static str,
    line: u32,
    confidence: f32,
    signs: Vec<&'static str>,
}

fn repair(repair: &Repair) -> RepairView {
    RepairView {
        rule: repair.rule.name(),
        line: repair.line,
        confidence: repair.confidence,
        signs: repair.signs.iter().map(crate::model::Sign::name).collect(),
    }
}

#[derive(Serialize)]
struct RelationView<'a> {
    r#type: &'static str,
    from: &'a str,
    to: &'a str,
    coverage_from: f64,
    coverage_to: f64,
    confidence: f32,
    evidence: &'a [Evidence],
}

fn relation<'a>(edition: &'a Edition, link: &'a Link) -> RelationView<'a> {
    RelationView {
        r#type: link.relation.value.name(),
        from: edition.id(link.from),
        to: edition.id(link.to),
        coverage_from: link.coverage_from,
        coverage_to: link.coverage_to,
        confidence: link.relation.confidence,
        evidence: &link.relation.evidence,
    }
}

#[derive(Serialize)]
struct CollationView<'a> {
    a: &'a str,
    b: &'a str,
    groups: Vec<GroupView<'a>>,
    coverage_a: Coverage,
    coverage_b: Coverage,
}

fn collation<'a>(edition: &'a Edition, collation: &'a Collation) -> CollationView<'a> {
    CollationView {
        a: edition.id(collation.a),
        b: edition.id(collation.b),
        groups: collation.groups.iter().map(group).collect(),
        coverage_a: collation.coverage_a,
        coverage_b: collation.coverage_b,
    }
}

#[derive(Serialize)]
struct GroupView<'a> {
    relation: &'static str,
    moved: bool,
    a: &'a [u32],
    b: &'a [u32],
    edits: &'a [Edit],
    clauses: Vec<ClauseView>,
}

fn group(group: &Group) -> GroupView<'_> {
    GroupView {
        relation: group.relation.name(),
        moved: group.moved,
        a: &group.a,
        b: &group.b,
        edits: &group.edits,
        clauses: group.clauses.iter().map(clause).collect(),
    }
}

#[derive(Serialize)]
struct ClauseView {
    relation: &'static str,
    moved: bool,
    a: Option<(u32, u32, u32)>,
    b: Option<(u32, u32, u32)>,
}

fn clause(pair: &ClausePair) -> ClauseView {
    ClauseView { relation: pair.relation.name(), moved: pair.moved, a: pair.a, b: pair.b }
}

#[derive(Serialize)]
struct PlaceView<'a> {
    article: &'a str,
    paragraph: u32,
    start: u32,
    end: u32,
}

fn place<'a>(edition: &'a Edition, place: &Place) -> PlaceView<'a> {
    let article = edition.id(place.article);
    PlaceView { article, paragraph: place.paragraph, start: place.start, end: place.end }
}

#[derive(Serialize)]
pub(super) struct SharedView<'a> {
    key: &'a str,
    text: &'a str,
    spread: u32,
    boilerplate: bool,
    places: Vec<PlaceView<'a>>,
}

pub(super) fn shared<'a>(edition: &'a Edition, clause: &'a SharedClause) -> SharedView<'a> {
    SharedView {
        key: &clause.key,
        text: &clause.text,
        spread: clause.spread,
        boilerplate: clause.boilerplate,
        places: clause.places.iter().map(|at| place(edition, at)).collect(),
    }
}

#[derive(Serialize)]
struct QuoteView<'a> {
    #[serde(flatten)]
    place: PlaceView<'a>,
    source: PlaceView<'a>,
    /// What differs in nothing but fold classes counts as exact; `fold` tells it apart.
    r#match: &'static str,
    fold: bool,
    witnesses: Vec<PlaceView<'a>>,
    edits: &'a [Edit],
    marked: bool,
    term: bool,
    speaker: Option<&'a str>,
}

fn quote<'a>(edition: &'a Edition, quote: &'a Quote) -> QuoteView<'a> {
    QuoteView {
        place: place(edition, &quote.place),
        source: place(edition, &quote.source),
        r#match: if quote.fidelity == Fidelity::Altered { "altered" } else { "exact" },
        fold: quote.fidelity == Fidelity::Variant,
        witnesses: quote.witnesses.iter().map(|at| place(edition, at)).collect(),
        edits: &quote.edits,
        marked: quote.marked,
        term: quote.term,
        speaker: quote.speaker.as_deref(),
    }
}

#[derive(Serialize)]
struct MentionView<'a> {
    #[serde(flatten)]
    place: PlaceView<'a>,
    name: &'a str,
    target: Option<&'a str>,
}

fn mention<'a>(edition: &'a Edition, mention: &'a Mention) -> MentionView<'a> {
    MentionView {
        place: place(edition, &mention.place),
        name: &mention.name,
        target: mention.target.map(|ix| edition.id(ix)),
    }
}

#[derive(Serialize)]
struct FurnitureView<'a> {
    seed: &'a str,
    text: &'a str,
    lines: Vec<u32>,
    reason: &'a Evidence,
}

fn furniture<'a>(edition: &'a Edition, furniture: &'a Furniture) -> FurnitureView<'a> {
    let mut lines: Vec<u32> = furniture.pieces.iter().map(|piece| piece.line).collect();
    lines.dedup();
    FurnitureView {
        seed: seed(edition, furniture.seed).map_or("", |source| source.path.as_str()),
        text: &furniture.text,
        lines,
        reason: &furniture.reason,
    }
}
