//! `NAME.toml` → [`Sidecar`], held against its seed: what no longer fits is an error that shows both.
//!
//! ```text
//! error[sidecar-moved]: line 379 does not begin with 「上海合作组织成员国」
//! seeds/000.toml:4:10     starts = "上海合作组织成员国"
//! seeds/000.txt:379:1     二十四次会议，发表
//!  help: it begins line 381 now
//! ```

use std::ops::Range;

use serde::Deserialize;
use toml::{Spanned, Value};

use super::parse::{File, spanned_text, text};
use super::{ArticleOverride, LineOverride, Sidecar, lines};
use crate::diagnostic::{Diagnostic, Span, Warned};
use crate::model::{Date, DocumentRelation, Kind, Source};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    paper: Option<String>,
    page: Option<Spanned<Value>>,
    date: Option<Spanned<Value>>,
    #[serde(default)]
    article: Vec<Spanned<WrittenArticle>>,
    #[serde(default)]
    join: Vec<Spanned<WrittenLine>>,
    #[serde(default, rename = "break")]
    breaks: Vec<Spanned<WrittenLine>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenArticle {
    lines: Spanned<Value>,
    title_lines: Option<Spanned<Value>>,
    kind: Option<Kind>,
    title: Option<String>,
    subtitle: Option<String>,
    byline: Option<String>,
    speaker: Option<String>,
    agency: Option<String>,
    place: Option<String>,
    date: Option<Spanned<Value>>,
    starts: Option<Spanned<String>>,
    #[serde(default)]
    relations: Vec<WrittenRelation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRelation {
    #[serde(rename = "type")]
    relation: WrittenType,
    to: String,
}

/// A relation that is so, or the word that there is none.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum WrittenType {
    ReprintOf,
    AbstractOf,
    ReportOf,
    Quotes,
    Continues,
    None,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLine {
    line: Spanned<Value>,
    ends: Option<Spanned<String>>,
}

/// Reads the sidecar of `seed`. What does not fit is left out of the value and told.
#[must_use]
pub fn sidecar(path: &str, toml: &str, seed: &Source) -> Warned<Option<Sidecar>> {
    let file = File { name: path, text: toml, code: "sidecar" };
    match file.parse::<Written>() {
        Ok(written) => {
            let mut reading = Reading { file, seed, taken: Vec::new(), diagnostics: Vec::new() };
            let value = reading.sidecar(&written);
            Warned { value: Some(value), diagnostics: reading.diagnostics }
        }
        Err(fault) => Warned { value: None, diagnostics: vec![*fault] },
    }
}

struct Reading<'a> {
    file: File<'a>,
    seed: &'a Source,
    /// Ranges of seed lines that an article has taken, with the bytes of the sidecar that say so.
    taken: Vec<((u32, u32), Range<usize>)>,
    diagnostics: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn sidecar(&mut self, written: &Written) -> Sidecar {
        let articles = written.article.iter().filter_map(|article| self.article(article)).collect();
        let joins: Vec<_> = written.join.iter().filter_map(|line| self.line(line)).collect();
        let breaks: Vec<_> = written.breaks.iter().filter_map(|line| self.line(line)).collect();
        for (line, at) in breaks.iter().zip(&written.breaks) {
            if let Some(join) = joins.iter().find(|join| join.line == line.line) {
                let message = format!("line {} is both joined (line {} of this file) and broken", line.line, join.at);
                self.fault::<()>(&at.span(), message, None);
            }
        }
        Sidecar {
            path: self.file.name.to_owned(),
            paper: text(written.paper.clone()),
            page: written.page.as_ref().and_then(|page| self.page(page)),
            date: self.date(written.date.as_ref()),
            articles,
            joins,
            breaks,
        }
    }

    fn article(&mut self, spanned: &Spanned<WrittenArticle>) -> Option<ArticleOverride> {
        let written = spanned.get_ref();
        let ranges = self.ranges(&written.lines)?;
        let title_lines = written.title_lines.as_ref().and_then(|lines| self.title_lines(lines, &ranges));
        let first = ranges.first().map_or(0, |range| range.0);
        if let Some(starts) = &written.starts {
            self.stands(starts, first, Edge::Start)?;
        }
        Some(ArticleOverride {
            at: self.file.span(&spanned.span()).line,
            lines: ranges,
            title_lines,
            kind: written.kind,
            title: text(written.title.clone()),
            subtitle: text(written.subtitle.clone()),
            byline: text(written.byline.clone()),
            speaker: text(written.speaker.clone()),
            agency: text(written.agency.clone()),
            place: text(written.place.clone()),
            date: self.date(written.date.as_ref()),
            starts: spanned_text(written.starts.as_ref()),
            relations: written
                .relations
                .iter()
                .map(|relation| (relation.relation.known(), relation.to.clone()))
                .collect(),
        })
    }

    fn line(&mut self, spanned: &Spanned<WrittenLine>) -> Option<LineOverride> {
        let written = spanned.get_ref();
        let at = written.line.span();
        let (line, _) = match lines::range(written.line.get_ref()) {
            Ok((first, last)) if first == last => (first, last),
            Ok(_) => return self.fault(&at, "a join or break follows one line", None),
            Err(why) => return self.fault(&at, why, None),
        };
        self.inside(line, &at)?;
        if line as usize == self.seed.line_count() || self.seed.line(line as usize).trim().is_empty() {
            let why = "nothing can be joined or broken behind a blank line or the last one";
            return self.fault(&at, why, Some(self.seed_line(line)));
        }
        if let Some(ends) = &written.ends {
            self.stands(ends, line, Edge::End)?;
        }
        let ends = spanned_text(written.ends.as_ref());
        Some(LineOverride { at: self.file.span(&spanned.span()).line, line, ends })
    }

    /// The lines of an article: inside the seed, and taken by no other article.
    fn ranges(&mut self, written: &Spanned<Value>) -> Option<Vec<(u32, u32)>> {
        let at = written.span();
        let ranges = match lines::ranges(written.get_ref()) {
            Ok(ranges) => ranges,
            Err(why) => return self.fault(&at, why, None),
        };
        for &(first, last) in &ranges {
            self.inside(first, &at).and_then(|()| self.inside(last, &at))?;
            let other = self.taken.iter().find(|((start, end), _)| first <= *end && *start <= last);
            if let Some((taken, other)) = other {
                let line = first.max(taken.0);
                let related = self.file.span(other);
                return self.fault(&at, format!("line {line} is taken twice"), Some(related));
            }
            self.taken.push(((first, last), at.clone()));
        }
        Some(ranges)
    }

    fn title_lines(&mut self, written: &Spanned<Value>, ranges: &[(u32, u32)]) -> Option<(u32, u32)> {
        let (first, last) = match lines::range(written.get_ref()) {
            Ok(range) => range,
            Err(why) => return self.fault(&written.span(), why, None),
        };
        if ranges.iter().any(|&(start, end)| start <= first && last <= end) {
            return Some((first, last));
        }
        self.fault(&written.span(), "the lines of the title are not among the lines of the article", None)
    }

    fn inside(&mut self, line: u32, at: &Range<usize>) -> Option<()> {
        let last = u32::try_from(self.seed.line_count()).unwrap_or(u32::MAX);
        if (1..=last).contains(&line) {
            return Some(());
        }
        self.fault(
            at,
            format!("there is no line {line}: {} ends with line {last}", self.seed.path),
            Some(self.seed_line(last)),
        )
    }

    /// Whether the characters that an editor saw still stand at the edge of their line.
    fn stands(&mut self, written: &Spanned<String>, line: u32, edge: Edge) -> Option<()> {
        let wanted = squeezed(written.get_ref());
        let has = |number: usize| edge.has(&squeezed(self.seed.line(number)), &wanted);
        if has(line as usize) {
            return Some(());
        }
        let now = (1..=self.seed.line_count()).find(|&number| has(number));
        let verb = edge.verb();
        let message = format!("line {line} does not {verb} with 「{}」", written.get_ref());
        let fault = self.file.fault(written.span(), message).with_related(self.seed_line(line));
        self.diagnostics.push(match now {
            Some(now) => fault.with_hint(format!("line {now} does now")),
            None => fault.with_hint(format!("no line of {} does; look the lines up again", self.seed.path)),
        });
        None
    }

    fn date(&mut self, written: Option<&Spanned<Value>>) -> Option<Date> {
        let written = written?;
        lines::date(written.get_ref()).map_or_else(|why| self.fault(&written.span(), why, None), Some)
    }

    fn page(&mut self, written: &Spanned<Value>) -> Option<String> {
        match written.get_ref() {
            Value::Integer(page) => Some(page.to_string()),
            Value::String(page) => text(Some(page.clone())),
            _ => self.fault(&written.span(), "a page is a number or a text", None),
        }
    }

    fn fault<T>(&mut self, at: &Range<usize>, message: impl Into<String>, related: Option<Span>) -> Option<T> {
        let fault = self.file.fault(at.clone(), message);
        self.diagnostics.push(match related {
            Some(related) => fault.with_related(related),
            None => fault,
        });
        None
    }

    /// The whole of a seed line.
    fn seed_line(&self, line: u32) -> Span {
        let width = self.seed.line(line as usize).chars().count();
        self.seed.span(line, (0, u32::try_from(width).unwrap_or(u32::MAX)))
    }
}

impl WrittenType {
    fn known(self) -> Option<DocumentRelation> {
        match self {
            Self::ReprintOf => Some(DocumentRelation::ReprintOf),
            Self::AbstractOf => Some(DocumentRelation::AbstractOf),
            Self::ReportOf => Some(DocumentRelation::ReportOf),
            Self::Quotes => Some(DocumentRelation::Quotes),
            Self::Continues => Some(DocumentRelation::Continues),
            Self::None => None,
        }
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

impl Edge {
    fn has(self, line: &str, wanted: &str) -> bool {
        match self {
            Self::Start => line.starts_with(wanted),
            Self::End => line.ends_with(wanted),
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Start => "begin",
            Self::End => "end",
        }
    }
}

/// Without white space, which editors do not copy faithfully.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[cfg(test)]
mod tests;
