//! Blocks → draft articles: pages are cut into texts, each with its kind, its head and its paragraphs.
//!
//! ```text
//! 新华社阿斯塔纳7月4日电 …            ┐
//! …蔡奇、王毅等参加上述活动。          ├ report, dated 4 July, its title set after it
//! 习近平出席…第二十四次会议            ┘
//! ```

mod caption;
mod clean;
mod fixed;
mod grams;
mod headline;
mod kind;
mod layout;
mod speaker;
mod unit;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::dateline::Dateline;
use crate::diagnostic::Diagnostic;
use crate::mark::{end, is_space};
use crate::model::{Continuation, Evidence, Guess, HeadLine, Kind, Piece, Repair, Role, Source};
use crate::repair::{Line, Repaired};
use layout::{Plan, Use};
use unit::{Class, Unit};

/// The articles of one seed as far as that seed alone can tell.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Draft {
    pub articles: Vec<DraftArticle>,
    pub furniture: Vec<DraftFurniture>,
    pub diagnostics: Vec<Diagnostic>,
}

/// An article of which other witnesses may still know more: a title, a year, a join.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftArticle {
    pub kind: Guess<Kind>,
    pub title: Option<Guess<HeadLine>>,
    pub subtitle: Option<HeadLine>,
    pub byline: Option<HeadLine>,
    pub speaker: Option<String>,
    pub agency: Option<String>,
    pub place: Option<String>,
    /// Year (where it is printed), month, day.
    pub date: Option<(Option<i32>, u8, u8)>,
    pub head: Vec<HeadLine>,
    pub continues: Option<Continuation>,
    pub lines: Vec<(u32, u32)>,
    pub passages: Vec<Passage>,
}

/// A paragraph to be.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Passage {
    pub role: Role,
    pub text: String,
    pub pieces: Vec<Piece>,
    pub ledger: Vec<Repair>,
    /// How surely it begins where it does.
    pub confidence: f32,
    /// The printed page shows where it begins: an indent, a column that runs short.
    pub shown: bool,
}

/// Print of the page and not of an article.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DraftFurniture {
    pub text: String,
    pub pieces: Vec<Piece>,
    pub reason: Evidence,
}

pub use clean::clean;
pub use kind::CODES;

/// Cuts one repaired seed into draft articles.
#[must_use]
pub fn segment(source: &Source, repaired: &Repaired<'_>) -> Draft {
    let units = unit::units(repaired);
    let mut draft = Draft::default();
    let (fixed, free) = fixed::divide(source, &units);
    let mut builder = Builder { repaired, units: &units, draft: &mut draft };
    for (article, given) in fixed {
        builder.fixed(article, &given);
    }
    builder.asides(&free);
    for plan in layout::plans(&left(&units, &free)) {
        builder.plan(&translate(plan, &free));
    }
    draft.articles.sort_by_key(|a| a.lines.first().copied());
    draft
}

/// The free units, numbered among themselves.
fn left<'a>(units: &'a [Unit], free: &[usize]) -> Cow<'a, [Unit]> {
    if free.len() == units.len() {
        return Cow::Borrowed(units);
    }
    let renumbered = |unit: &Unit| {
        let inside = unit.inside.and_then(|host| free.binary_search(&host).ok());
        Unit { inside, ..unit.clone() }
    };
    free.iter().filter_map(|&ix| units.get(ix)).map(renumbered).collect()
}

fn translate(mut plan: Plan, free: &[usize]) -> Plan {
    for (element, _) in &mut plan.elements {
        for unit in &mut element.units {
            *unit = free.get(*unit).copied().unwrap_or(*unit);
        }
    }
    plan
}

struct Builder<'a> {
    repaired: &'a Repaired<'a>,
    units: &'a [Unit],
    draft: &'a mut Draft,
}

/// The units of one article, sorted by what they are for.
#[derive(Default)]
struct Parts<'a> {
    head: Vec<&'a Unit>,
    body: Vec<(&'a Unit, Role)>,
    title: Option<Use>,
}

impl<'a> Builder<'a> {
    /// Captions are articles of their own; furniture is listed.
    fn asides(&mut self, free: &[usize]) {
        for &ix in free {
            let Some(unit) = self.units.get(ix) else { continue };
            if unit.class.is_aside() {
                self.furnish_inner(ix);
            }
            match unit.class {
                Class::Caption => {
                    let (title, body) = caption::parts(unit, |line| self.line(line));
                    let parts = Parts {
                        head: title.iter().collect(),
                        body: body.iter().map(|unit| (unit, Role::Body)).collect(),
                        title: title.as_ref().map(|_| Use::Before),
                    };
                    let kind = guess(Kind::Caption, 0.95, "credit", end(&unit.text, 12));
                    self.finish(parts, Some(kind));
                }
                Class::Furniture => self.furnish(unit, "page"),
                Class::Quote => self.furnish(unit, "pull-quote"),
                Class::ContinuedOn => self.furnish(unit, "continued-on"),
                _ => {}
            }
        }
    }

    /// What interrupts a caption or furniture belongs to no article.
    fn furnish_inner(&mut self, host: usize) {
        let units = self.units;
        let inner = units.iter().skip(host + 1).take_while(|u| u.inside.is_some());
        for unit in inner.filter(|u| u.inside == Some(host) && !u.class.is_aside()) {
            self.furnish(unit, "pull-quote");
        }
    }

    fn furnish(&mut self, unit: &Unit, code: &'static str) {
        self.draft.furniture.push(DraftFurniture {
            text: unit.text.clone(),
            pieces: unit.pieces.clone(),
            reason: Evidence { code: Cow::Borrowed(code), quote: unit.text.clone() },
        });
    }

    fn plan(&mut self, plan: &Plan) {
        let mut parts = Parts { title: plan.titled, ..Parts::default() };
        let mut pull = Vec::new();
        for (element, used) in &plan.elements {
            for &ix in &element.units {
                let Some(unit) = self.units.get(ix) else { continue };
                match used {
                    Some(Use::Before | Use::After | Use::More) => parts.head.push(unit),
                    Some(Use::Furniture) => pull.push(unit),
                    Some(Use::Signature) => parts.body.push((unit, Role::Signature)),
                    Some(Use::Section) | None => parts.body.push((unit, role(unit))),
                }
                self.inside(ix, &mut parts, &mut pull);
            }
        }
        for unit in pull {
            self.furnish(unit, "pull-quote");
        }
        self.finish(parts, None);
    }

    /// What interrupts a sentence of unit `host`: its title, if it has none yet, else a pull quote.
    fn inside(&self, host: usize, parts: &mut Parts<'a>, pull: &mut Vec<&'a Unit>) {
        let units: &'a [Unit] = self.units;
        let titles: Vec<usize> = layout::inner_titles(units, host);
        let untitled = parts.title.is_none();
        // What interrupts a unit follows it.
        let inner = units.iter().enumerate().skip(host + 1).take_while(|(_, u)| u.inside.is_some());
        for (ix, unit) in inner.filter(|(_, u)| u.inside == Some(host) && !u.class.is_aside()) {
            if untitled && titles.contains(&ix) {
                parts.head.push(unit);
            } else {
                pull.push(unit);
            }
        }
    }

    fn fixed(&mut self, article: &crate::config::ArticleOverride, given: &[usize]) {
        let mut parts = Parts::default();
        for unit in given.iter().filter_map(|&i| self.units.get(i)) {
            let titled = article.title_lines.is_some_and(|(from, to)| unit.lines.0 >= from && unit.lines.1 <= to);
            let heads = matches!(unit.class, Class::Subtitle | Class::Byline | Class::Speaker | Class::DateLine);
            let leading = parts.body.is_empty() && matches!(unit.class, Class::Head) && article.title_lines.is_none();
            if titled || heads || leading {
                parts.head.push(unit);
            } else {
                parts.body.push((unit, role(unit)));
            }
        }
        let before = self.draft.articles.len();
        self.finish(parts, article.kind.map(|kind| guess(kind, 1.0, "sidecar", "")));
        if let Some(drafted) = self.draft.articles.get_mut(before) {
            fixed::overrule(drafted, article);
        }
    }

    fn finish(&mut self, parts: Parts<'_>, kind: Option<Guess<Kind>>) {
        let Parts { mut head, mut body, title } = parts;
        body.sort_by_key(|(unit, _)| unit.lines);
        head.sort_by_key(|unit| unit.lines);
        if body.is_empty() && head.is_empty() {
            return;
        }
        let lines = self.lines(&head, &body);
        let texts: Vec<&Unit> = body.iter().map(|(unit, _)| *unit).collect();
        let mut read = headline::head(&head, &texts);
        let (continues, passages) = passages(&body);
        let signatures = body.iter().filter(|(_, role)| *role == Role::Signature).count();
        let kind = kind.unwrap_or_else(|| kind::kind(&kind::Look { head: &read, body: &texts, signatures }));
        let dated = Dated::read(&texts, &read);
        let speaker = read.speaker.take().or_else(|| speaker::named(kind.value, &read));
        // Who gave a speech did not report it.
        read.rest.extend(read.byline.take_if(|line| speaker.as_ref() == Some(&line.text)));
        let headline = read.title.map(|line| {
            let (code, confidence) = match title {
                Some(Use::After) => ("headline-after", 0.85),
                Some(_) => ("headline-before", 0.9),
                None => ("headline-inside", 0.85),
            };
            let quote = line.text.clone();
            Guess { value: line, confidence, evidence: vec![Evidence { code: Cow::Borrowed(code), quote }] }
        });
        let article = DraftArticle {
            kind,
            title: headline,
            subtitle: read.subtitle,
            byline: read.byline,
            speaker,
            agency: dated.agency,
            place: dated.place,
            date: dated.date,
            head: read.rest,
            continues,
            lines,
            passages,
        };
        self.draft.articles.push(article);
    }

    /// First and last lines of the parts: a title above its text is one part with it.
    fn lines(&self, head: &[&Unit], body: &[(&Unit, Role)]) -> Vec<(u32, u32)> {
        let bodies = self.runs(body.iter().flat_map(|(u, _)| &u.pieces));
        let mut heads = self.runs(head.iter().flat_map(|u| &u.pieces));
        let mut runs = bodies;
        if let (Some(&title), Some(first)) = (heads.last(), runs.first_mut())
            && self.rank(title.1) + 1 == self.rank(first.0)
        {
            first.0 = title.0;
            heads.pop();
        }
        runs.extend(heads);
        runs.sort_unstable();
        runs
    }

    fn runs<'p>(&self, pieces: impl Iterator<Item = &'p Piece>) -> Vec<(u32, u32)> {
        let mut lines: Vec<u32> = pieces.map(|p| p.line).collect();
        lines.sort_unstable();
        lines.dedup();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for line in lines {
            match runs.last_mut() {
                Some(run) if self.rank(run.1) + 1 >= self.rank(line) => run.1 = line,
                _ => runs.push((line, line)),
            }
        }
        runs
    }

    /// The line of a number.
    fn line(&self, number: u32) -> Option<&'a Line<'a>> {
        self.repaired.lines.get(self.rank(number))
    }

    /// The place of a line among those that are not blank.
    fn rank(&self, line: u32) -> usize {
        self.repaired.lines.partition_point(|l| l.number < line)
    }
}

fn role(unit: &Unit) -> Role {
    match unit.class {
        Class::Head | Class::Subtitle => Role::Heading,
        Class::Salutation => Role::Salutation,
        Class::End => Role::Dateline,
        Class::Speaker | Class::DateLine | Class::Byline => Role::Signature,
        _ if unit.is_dateline() => Role::Dateline,
        _ => Role::Body,
    }
}

/// The paragraphs of an article; a mark of continuation at its start is taken out.
fn passages(body: &[(&Unit, Role)]) -> (Option<Continuation>, Vec<Passage>) {
    let mut continues = None;
    let mut passages = Vec::with_capacity(body.len());
    for &(unit, role) in body {
        let passage = match unit.continued {
            Some((length, page)) if continues.is_none() => {
                let (mark, text) = unit::divide(unit.clone(), length);
                continues = Some(Continuation { text: mark.text, page, pieces: mark.pieces });
                passage(&text, role)
            }
            _ => passage(unit, role),
        };
        passages.extend(passage);
    }
    (continues, passages)
}

/// A unit as a paragraph, if it says anything.
fn passage(unit: &Unit, role: Role) -> Option<Passage> {
    (!unit.text.chars().all(is_space)).then(|| Passage {
        role,
        shown: unit.measure.is_some(),
        text: unit.text.clone(),
        pieces: unit.pieces.clone(),
        ledger: unit.ledger.clone(),
        confidence: unit.confidence,
    })
}

/// Who sent it, from where, when.
#[derive(Default)]
struct Dated {
    agency: Option<String>,
    place: Option<String>,
    date: Option<(Option<i32>, u8, u8)>,
}

impl Dated {
    fn read(body: &[&Unit], head: &headline::Head) -> Self {
        let opening = body.iter().find(|u| u.class == Class::Prose).and_then(|u| u.opening.as_ref());
        let closing = body.iter().rev().take(4).find_map(|u| u.closing.as_ref());
        let signed = || body.iter().rev().take(6).filter(|u| u.class == Class::DateLine).find_map(|u| full(&u.text));
        let lines: Vec<&Dateline> = [opening, head.sent.as_ref(), closing].into_iter().flatten().collect();
        let day = |d: &&Dateline| Some((d.year, d.month?, d.day?));
        let date = lines.iter().find_map(day).or(head.date).or_else(signed);
        let year = head.date.or_else(signed).filter(|other| date.is_some_and(|d| (d.1, d.2) == (other.1, other.2)));
        Self {
            agency: lines.iter().find_map(|d| d.agency.clone()),
            place: lines.iter().find_map(|d| d.place.clone()).or_else(|| head.place.clone()),
            date: date.map(|(y, m, d)| (y.or_else(|| year.and_then(|o| o.0)), m, d)),
        }
    }
}

fn full(text: &str) -> Option<(Option<i32>, u8, u8)> {
    crate::dateline::find_date(text)
}

fn guess(value: Kind, confidence: f32, code: &'static str, quote: &str) -> Guess<Kind> {
    Guess { value, confidence, evidence: vec![Evidence { code: Cow::Borrowed(code), quote: quote.to_owned() }] }
}
