//! The text of a document: head, divisions, paragraphs, clauses, and the lines of the print inside them.
//!
//! ```xml
//! <p xml:id="t-….p2"><seg type="clause" xml:id="t-….p2.c1"><lb n="4"/>近<choice><orig><space quantity="1"
//! unit="chars"/></orig><reg/></choice>80年前，</seg>…</p>
//! ```

use anyhow::Result;

use crate::model::{Article, Edition, Format, HeadLine, Paragraph, Piece, Repair, Role, Rule, Sign};

use super::super::xml::Xml;
use super::{clauses, header, paragraph_id};

pub(super) fn body(edition: &Edition, article: &Article, xml: &mut Xml<'_>) -> Result<()> {
    let is_raw = edition.sources.get(article.seed).is_none_or(|source| source.format == Format::Raw);
    let text = Text { edition, article, is_raw };
    xml.block("text", &[], |xml| {
        xml.block("body", &[], |xml| {
            text.head(xml)?;
            // A heading begins a division; what stands before the first is the body's own.
            let mut parts = article.paragraphs.chunk_by(|_, next| next.role != Role::Heading).peekable();
            if article.paragraphs.first().is_none_or(|first| first.role != Role::Heading) {
                let own = parts.next().unwrap_or(&[]);
                own.iter().try_for_each(|paragraph| text.paragraph(paragraph, xml))?;
                if own.is_empty() {
                    xml.empty("p", &[])?;
                }
            }
            parts.try_for_each(|part| {
                xml.block("div", &[], |xml| part.iter().try_for_each(|paragraph| text.paragraph(paragraph, xml)))
            })
        })
    })
}

struct Text<'e> {
    edition: &'e Edition,
    article: &'e Article,
    /// Between two pieces of a line of a raw seed stood layout space; of a clean seed, markup.
    is_raw: bool,
}

/// Something of the print that stands before a character.
struct Mark<'e> {
    at: u32,
    what: What<'e>,
}

enum What<'e> {
    /// A line of the seed begins, by a repair or freely.
    Line(u32, Option<&'e Repair>),
    /// So many characters of layout space were dropped.
    Space(u32),
}

impl<'e> Text<'e> {
    fn head(&self, xml: &mut Xml<'_>) -> Result<()> {
        if !self.article.title_inferred {
            self.head_line("main", &self.article.title.value, xml)?;
        }
        if let Some(subtitle) = &self.article.subtitle {
            self.head_line("sub", subtitle, xml)?;
        }
        if let Some(byline) = &self.article.byline {
            xml.leaf("byline", &[], &byline.text)?;
        }
        Ok(())
    }

    fn head_line(&self, kind: &str, line: &HeadLine, xml: &mut Xml<'_>) -> Result<()> {
        xml.open("head", &[("type", kind)])?;
        let chars: Vec<char> = line.text.chars().collect();
        let marks = self.marks(&line.pieces, &line.ledger);
        self.run(&chars, (0, u32::try_from(chars.len()).unwrap_or(u32::MAX)), &mut marks.into_iter().peekable(), xml)?;
        xml.close("head")?;
        xml.line()
    }

    fn paragraph(&self, paragraph: &'e Paragraph, xml: &mut Xml<'_>) -> Result<()> {
        let id = paragraph_id(self.article, paragraph.n);
        let name = match paragraph.role {
            Role::Heading => "head",
            Role::Body => "p",
            Role::Salutation | Role::Signature | Role::Dateline => "ab",
        };
        let typed = [("xml:id", id.as_str()), ("type", paragraph.role.name())];
        xml.open(name, if name == "ab" { &typed } else { &typed[..1] })?;
        let chars: Vec<char> = paragraph.text.chars().collect();
        let mut marks = self.marks(&paragraph.pieces, &paragraph.ledger).into_iter().peekable();
        for (number, clause) in (1..).zip(clauses(self.edition, self.article.ix, paragraph.n)) {
            xml.open("seg", &[("type", "clause"), ("xml:id", &format!("{id}.c{number}"))])?;
            self.run(&chars, (clause.start, clause.end), &mut marks, xml)?;
            xml.close("seg")?;
        }
        xml.close(name)?;
        xml.line()
    }

    /// What of the print stands between the pieces of a text, in order.
    fn marks(&self, pieces: &[Piece], ledger: &'e [Repair]) -> Vec<Mark<'e>> {
        let mut marks = Vec::new();
        let mut before: Option<&Piece> = None;
        for piece in pieces {
            let mark = |what| Mark { at: piece.at, what };
            match before {
                Some(before) if before.line == piece.line => {
                    let space = piece.start.saturating_sub(before.end);
                    marks.extend((self.is_raw && space > 0).then(|| mark(What::Space(space))));
                }
                _ => {
                    let goes_on = |repair: &&Repair| {
                        before.is_some_and(|before| repair.line == before.line)
                            && matches!(repair.rule, Rule::Join | Rule::Bridge | Rule::Interrupted)
                    };
                    marks.push(mark(What::Line(piece.line, ledger.iter().find(goes_on))));
                }
            }
            before = Some(piece);
        }
        marks
    }

    /// Characters `start..end` with the marks among them.
    fn run(
        &self,
        chars: &[char],
        (start, end): (u32, u32),
        marks: &mut std::iter::Peekable<impl Iterator<Item = Mark<'e>>>,
        xml: &mut Xml<'_>,
    ) -> Result<()> {
        let text = |from: u32, to: u32| chars.get(from as usize..to as usize).unwrap_or(&[]).iter().collect::<String>();
        let mut at = start;
        while let Some(mark) = marks.next_if(|mark| mark.at < end) {
            xml.text(&text(at, mark.at.max(at)))?;
            at = mark.at.max(at);
            self.mark(&mark.what, xml)?;
        }
        xml.text(&text(at, end))
    }

    fn mark(&self, what: &What<'e>, xml: &mut Xml<'_>) -> Result<()> {
        match *what {
            What::Line(line, None) => xml.empty("lb", &[("n", &line.to_string())]),
            What::Line(line, Some(repair)) => {
                let change = format!("#{}", header::change_id(self.article, repair.rule));
                // Only the dictionary can tell that a word spans the break; Han text has no blanks to tell it by.
                let breaks = if repair.signs.has(Sign::Word) { "no" } else { "maybe" };
                let (line, cert) = (line.to_string(), format!("{:.2}", repair.confidence));
                xml.empty("lb", &[("n", &line), ("break", breaks), ("cert", &cert), ("change", &change)])
            }
            What::Space(characters) => {
                xml.open("choice", &[])?;
                xml.open("orig", &[])?;
                xml.empty("space", &[("unit", "chars"), ("quantity", &characters.to_string())])?;
                xml.close("orig")?;
                xml.empty("reg", &[])?;
                xml.close("choice")
            }
        }
    }
}
