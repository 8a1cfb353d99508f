//! Pictures, drawn as SVG when the site is made. Colours come from the style sheet by class, patterns from `<defs>`.
//!
//! ```text
//! clauses ＝ ＝ ⊃ ∅ ∅ ＝    ──▶   a strip of six cells, each in the colour and the pattern of its relation
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::Relation;

use super::Markup;
use super::markup::escape_into;

/// Width of the strip in its own units; its height is one unit a clause.
const STRIP: u32 = 40;

/// One clause of the strip.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// Paragraph and first character: the order of the text.
    pub order: (u32, u32),
    pub relation: Relation,
    /// Anchor of its paragraph.
    pub anchor: &'a str,
}

/// The strip of a collation. It is stretched to the height of the window, so patterns vary along the width alone.
pub fn strip(cells: &[Cell<'_>]) -> Markup {
    let mut svg = format!(
        "<svg class=\"strip\" viewBox=\"0 0 {STRIP} {}\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><defs>",
        cells.len().max(1)
    );
    for relation in Relation::ALL {
        pattern(&mut svg, relation);
    }
    svg.push_str("</defs>");
    for relation in Relation::ALL {
        let mut path = String::new();
        for (y, _) in cells.iter().enumerate().filter(|(_, cell)| cell.relation == relation) {
            let _ = write!(path, "M0 {y}h{STRIP}v.86h-{STRIP}z");
        }
        if !path.is_empty() {
            let _ = write!(svg, "<path fill=\"url(#strip-{})\" d=\"{path}\"/>", relation.name());
        }
    }
    let mut first = 0;
    for paragraph in cells.chunk_by(|one, next| one.anchor == next.anchor) {
        if let Some(cell) = paragraph.first() {
            svg.push_str("<a tabindex=\"-1\" href=\"#a-");
            escape_into(cell.anchor, &mut svg);
            let _ = write!(
                svg,
                "\"><rect class=\"hit\" y=\"{first}\" width=\"{STRIP}\" height=\"{}\"/></a>",
                paragraph.len()
            );
        }
        first += paragraph.len();
    }
    let _ = write!(svg, "<rect class=\"seen\" width=\"{STRIP}\" height=\"0\"/></svg>");
    Markup::trusted(svg)
}

/// A relation's pattern: bars of its colour over its tint, as (left edge, width).
fn pattern(svg: &mut String, relation: Relation) {
    let bars: &[(u32, u32)] = match relation {
        Relation::Identical => &[(0, STRIP)],
        Relation::Variant => &[(0, 30), (33, 7)],
        Relation::Shortened => &[(0, 22)],
        Relation::Expanded => &[(18, 22)],
        Relation::Reworded => &[(0, 5), (10, 5), (20, 5), (30, 5)],
        Relation::Merged => &[(0, 12), (28, 12)],
        Relation::Split => &[(0, 17), (23, 17)],
        Relation::Moved => &[(0, 2), (6, 2), (12, 2), (18, 2), (24, 2), (30, 2), (36, 2)],
        Relation::Omitted => &[(0, 2)],
        Relation::Added => &[(38, 2)],
    };
    let name = relation.name();
    let _ = write!(
        svg,
        "<pattern id=\"strip-{name}\" class=\"r-{name}\" patternUnits=\"userSpaceOnUse\" width=\"{STRIP}\" height=\"1\">\
         <rect class=\"tint\" width=\"{STRIP}\" height=\"1\"/>"
    );
    for (x, width) in bars {
        let _ = write!(svg, "<rect class=\"ink\" x=\"{x}\" width=\"{width}\" height=\"1\"/>");
    }
    svg.push_str("</pattern>");
}

/// A bar as long as its share of the longest.
pub fn bar(count: usize, most: usize, kind: &'static str) -> Markup {
    let width = (count * 100).div_ceil(most.max(1));
    Markup::trusted(format!(
        "<svg class=\"bar k-{kind}\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"ink\" width=\"{width}\" height=\"6\"/></svg>"
    ))
}

/// Texts by month (by year where there are many months), as bars. Nothing where one month has them all.
pub fn dates(months: &BTreeMap<(i32, u8), usize>) -> Option<Markup> {
    const MOST: usize = 36;
    let mut bars: Vec<(String, usize)> = Vec::new();
    for (&(year, month), &count) in months {
        let name = if months.len() > MOST { year.to_string() } else { format!("{year}-{month:02}") };
        match bars.last_mut() {
            Some((last, total)) if *last == name => *total += count,
            _ => bars.push((name, count)),
        }
    }
    if bars.len() < 2 {
        return None;
    }
    let most = bars.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let mut svg = format!("<svg class=\"dates\" viewBox=\"0 0 {} 110\" role=\"img\"><g>", bars.len() * 30);
    for (i, (name, count)) in bars.iter().enumerate() {
        let height = (count * 80).div_ceil(most);
        let _ = write!(
            svg,
            "<rect class=\"ink\" x=\"{}\" y=\"{}\" width=\"22\" height=\"{height}\"><title>{name}: {count}</title></rect>",
            i * 30 + 4,
            86 - height
        );
        if i % bars.len().div_ceil(12) == 0 {
            let _ = write!(svg, "<text x=\"{}\" y=\"104\">{name}</text>", i * 30 + 15);
        }
    }
    svg.push_str("</g></svg>");
    Some(Markup::trusted(svg))
}

/// Rows and columns with a square where they meet.
pub struct Matrix<'a> {
    /// What the picture shows, for those who cannot see it.
    pub label: &'a str,
    /// Name and kind of each row.
    pub rows: Vec<(String, &'static str)>,
    pub columns: Vec<String>,
    pub spots: Vec<Spot>,
    /// Rows and columns are the same things: rows carry their numbers, and only one half is drawn.
    pub numbered: bool,
}

/// A square: the greater its weight, the larger and the darker.
pub struct Spot {
    pub row: usize,
    pub column: usize,
    /// 0 to 1.
    pub weight: f64,
    pub title: String,
    pub href: Option<String>,
}

/// Side of a field of a matrix.
const FIELD: usize = 26;
/// Room for the names of the rows.
const NAMES: usize = 280;
/// How many characters of a name are written.
const NAME: usize = 17;

pub fn matrix(matrix: &Matrix<'_>) -> Markup {
    let (rows, columns) = (matrix.rows.len(), matrix.columns.len());
    let (width, height) = (NAMES + columns * FIELD + 8, (rows + 1) * FIELD + 8);
    let mut svg = format!(
        "<svg class=\"matrix\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" aria-label=\""
    );
    escape_into(matrix.label, &mut svg);
    svg.push_str("\">");
    for (i, name) in matrix.columns.iter().enumerate() {
        let (x, y) = (NAMES + i * FIELD + FIELD / 2, FIELD - 9);
        let _ = write!(svg, "<text class=\"column\" x=\"{x}\" y=\"{y}\">");
        escape_into(name, &mut svg);
        svg.push_str("</text>");
    }
    for (i, (name, kind)) in matrix.rows.iter().enumerate() {
        let y = (i + 1) * FIELD;
        let reach = if matrix.numbered { i } else { columns };
        let _ = write!(svg, "<path class=\"rule\" d=\"M{NAMES} {}h{}\"/>", y + FIELD / 2, reach * FIELD);
        let _ = write!(svg, "<text class=\"row k-{kind}\" x=\"{}\" y=\"{}\">", NAMES - 12, y + FIELD / 2 + 5);
        let short: String = name.chars().take(NAME).collect();
        escape_into(&short, &mut svg);
        if name.chars().count() > NAME {
            svg.push('…');
        }
        if matrix.numbered {
            let _ = write!(svg, " <tspan class=\"number\">{}</tspan>", i + 1);
        }
        svg.push_str("</text>");
    }
    for spot in &matrix.spots {
        draw_spot(&mut svg, spot);
    }
    svg.push_str("</svg>");
    Markup::trusted(svg)
}

fn draw_spot(svg: &mut String, spot: &Spot) {
    // Sides of 6 to 22 units in steps of 2, so that every square is drawn on whole pixels.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the weight is clamped to 0..=1")]
    let step = (spot.weight.clamp(0.0, 1.0).sqrt() * 8.0).round() as usize;
    let side = 6 + 2 * step;
    let inset = (FIELD - side) / 2;
    let (x, y) = (NAMES + spot.column * FIELD + inset, (spot.row + 1) * FIELD + inset);
    if let Some(href) = &spot.href {
        svg.push_str("<a href=\"");
        escape_into(href, svg);
        svg.push_str("\">");
    }
    let _ = write!(svg, "<rect class=\"w{}\" x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\"><title>", step / 2);
    escape_into(&spot.title, svg);
    svg.push_str("</title></rect>");
    if spot.href.is_some() {
        svg.push_str("</a>");
    }
}
