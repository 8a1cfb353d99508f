//! The flow between a source and a text that quotes it: both as columns, every quotation a band from one to the other.
//! Bands that cross are words told in another order.
//!
//! ```text
//! source   ▁▁████▁▁▁▁██▁▁██
//!             ╲ ╲    ╳
//! quoting  ▁▁████▁██▁██▁▁▁▁
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::{Article, Edition, Fidelity, Place, Quote};

use super::Markup;
use super::markup::escape_into;

const HEIGHT: f64 = 360.0;
const LEFT: f64 = 30.0;
const RIGHT: f64 = 270.0;
const COLUMN: f64 = 14.0;
/// The least height of a band, so that a short quotation can be seen and hit.
const LEAST: f64 = 3.0;

/// Where the paragraphs of a text begin, in characters.
struct Column {
    starts: BTreeMap<u32, f64>,
    length: f64,
}

impl Column {
    fn new(article: Option<&Article>) -> Self {
        let (mut starts, mut length) = (BTreeMap::new(), 0.0);
        for paragraph in article.iter().flat_map(|a| &a.paragraphs) {
            starts.insert(paragraph.n, length);
            length += number(paragraph.text.chars().count());
        }
        Self { starts, length }
    }

    /// Top and bottom of a place.
    fn band(&self, place: Place) -> (f64, f64) {
        let start = self.starts.get(&place.paragraph).copied().unwrap_or(0.0);
        let scale = HEIGHT / self.length.max(1.0);
        let (top, bottom) = ((start + f64::from(place.start)) * scale, (start + f64::from(place.end)) * scale);
        (top, bottom.max(top + LEAST))
    }
}

#[expect(clippy::cast_precision_loss, reason = "lengths of texts stay far below 2⁵²")]
fn number(count: usize) -> f64 {
    count as f64
}

/// Draws the quotations of one text from another. `label` says what the picture shows; each band leads to `#qNUMBER`.
pub fn flow(edition: &Edition, quotes: &[(usize, &Quote)], label: &str) -> Option<Markup> {
    let first = quotes.first()?.1;
    let source = Column::new(edition.articles.get(first.source.article));
    let own = Column::new(edition.articles.get(first.place.article));
    let mut svg = format!("<svg class=\"flow\" viewBox=\"0 0 300 {}\" role=\"group\" aria-label=\"", HEIGHT + 12.0);
    escape_into(label, &mut svg);
    svg.push_str("\"><g transform=\"translate(0 6)\">");
    column(&mut svg, &source, LEFT - COLUMN);
    column(&mut svg, &own, RIGHT);
    for (ix, quote) in quotes {
        let (a, b) = (source.band(quote.source), own.band(quote.place));
        let fidelity = fidelity(quote.fidelity);
        let middle = f64::midpoint(LEFT, RIGHT);
        let _ = write!(
            svg,
            "<a href=\"#q{ix}\"><path class=\"band {fidelity}\" d=\"M{LEFT} {:.1}C{middle} {:.1} {middle} {:.1} {RIGHT} {:.1}V{:.1}C{middle} {:.1} {middle} {:.1} {LEFT} {:.1}Z\"><title>",
            a.0, a.0, b.0, b.0, b.1, b.1, a.1, a.1
        );
        let words: String = quote.place.words(&edition.articles).chars().take(40).collect();
        escape_into(&words, &mut svg);
        svg.push_str("</title></path></a>");
        for (x, band) in [(LEFT - COLUMN, a), (RIGHT, b)] {
            let _ = write!(
                svg,
                "<rect class=\"ink {fidelity}\" x=\"{x}\" y=\"{:.1}\" width=\"{COLUMN}\" height=\"{:.1}\"/>",
                band.0,
                band.1 - band.0
            );
        }
    }
    svg.push_str("</g></svg>");
    Some(Markup::trusted(svg))
}

/// The name of a fidelity in CSS classes and phrases.
pub fn fidelity(fidelity: Fidelity) -> &'static str {
    match fidelity {
        Fidelity::Exact => "exact",
        Fidelity::Variant => "variant",
        Fidelity::Altered => "altered",
    }
}

/// A text as a column, its paragraphs as ticks.
fn column(svg: &mut String, column: &Column, x: f64) {
    let _ = write!(
        svg,
        "<rect class=\"column\" x=\"{x}\" width=\"{COLUMN}\" height=\"{HEIGHT}\"/><path class=\"ticks\" d=\""
    );
    for start in column.starts.values().skip(1) {
        let _ = write!(svg, "M{x} {:.1}h{COLUMN}", start * HEIGHT / column.length.max(1.0));
    }
    svg.push_str("\"/>");
}
