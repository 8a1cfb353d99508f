//! A clean seed → draft articles: its editor has said where they begin; only what he left open is guessed.
//!
//! ```text
//! # 在毕业典礼上的致辞          →  speech, title 在毕业典礼上的致辞
//! 亲爱的同学们：                →  salutation
//! ```

use std::borrow::Cow;

use super::headline::Head;
use super::unit::{self, Unit};
use super::{Dated, Draft, DraftArticle, DraftFurniture, Passage, guess, kind, role, speaker};
use crate::markdown::{self, CleanArticle, CleanParagraph};
use crate::model::{Evidence, Guess, HeadLine, Role, Source};

/// The articles of a clean seed.
#[must_use]
pub fn clean(source: &Source) -> Draft {
    let read = markdown::articles(source);
    Draft {
        articles: read.value.articles.into_iter().map(article).collect(),
        furniture: read.value.markup.into_iter().map(|(text, piece)| markup(text, piece)).collect(),
        diagnostics: read.diagnostics,
    }
}

fn markup(text: String, piece: crate::model::Piece) -> DraftFurniture {
    let reason = Evidence { code: Cow::Borrowed("markup"), quote: text.clone() };
    DraftFurniture { text, pieces: vec![piece], reason }
}

fn article(said: CleanArticle) -> DraftArticle {
    let printed = |text: String| HeadLine { text, pieces: Vec::new(), ledger: Vec::new() };
    let heading = said.heading.map(|h| HeadLine { text: h.text, pieces: h.pieces, ledger: Vec::new() });
    let units: Vec<Unit> = said.paragraphs.iter().map(|p| unit::of_paragraph(&p.text, &p.pieces)).collect();
    let head = Head {
        title: heading.or_else(|| said.title.map(printed)),
        subtitle: said.subtitle.map(printed),
        byline: said.byline.map(printed),
        ..Head::default()
    };
    let body: Vec<&Unit> = units.iter().collect();
    let signatures = said.paragraphs.iter().filter(|p| p.role == Role::Signature).count();
    let kind = match said.kind {
        Some(kind) => guess(kind, 1.0, "editor", ""),
        None => kind::kind(&kind::Look { head: &head, body: &body, signatures }),
    };
    let dated = Dated::read(&body, &head);
    let speaker = said.speaker.or_else(|| speaker::named(kind.value, &head));
    let passages = said.paragraphs.into_iter().zip(&units).map(|(paragraph, unit)| passage(paragraph, unit)).collect();
    DraftArticle {
        kind,
        title: head.title.map(|line| Guess {
            evidence: vec![Evidence { code: Cow::Borrowed("editor"), quote: line.text.clone() }],
            value: line,
            confidence: 1.0,
        }),
        subtitle: head.subtitle,
        byline: head.byline,
        speaker,
        agency: said.agency.or(dated.agency),
        place: said.place.or(dated.place),
        date: said.date.map(|d| (Some(d.year), d.month, d.day)).or(dated.date),
        head: Vec::new(),
        continues: None,
        lines: vec![said.lines],
        passages,
    }
}

fn passage(paragraph: CleanParagraph, unit: &Unit) -> Passage {
    Passage {
        role: if paragraph.role == Role::Body { role(unit) } else { paragraph.role },
        text: paragraph.text,
        pieces: paragraph.pieces,
        ledger: Vec::new(),
        confidence: 1.0,
        shown: true,
    }
}
