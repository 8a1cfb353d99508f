//! A page put together: articles one below the other, with their headlines, and what gets in between.

use std::collections::BTreeMap;

use duikan::model::Role;

use super::Page;
use super::clean::Clean;
use super::fill::{Column, fill, is_terminal};
use super::rng::Rng;
use super::style::{First, Gaps, Style, Titles};
use crate::gold::{Known, KnownArticle, KnownParagraph, Lines};

/// A printed line and what it belongs to.
#[derive(Clone, Debug)]
struct Printed {
    text: String,
    of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Paragraph(usize),
    Title,
    Subtitle,
    /// Other lines of the head, and furniture of the page.
    Loose,
    Caption(usize),
    Blank,
}

fn blank() -> Printed {
    Printed { text: String::new(), of: Of::Blank }
}

fn line(text: impl Into<String>, of: Of) -> Printed {
    Printed { text: text.into(), of }
}

/// Prints one page.
pub fn page(articles: &[&Clean], captions: &[&Clean], style: &Style, rng: &mut Rng) -> Page {
    let airy = style.airy && (style.gaps != Gaps::None || style.first == First::Indented || rng.chance(50));
    let mut sheet = Sheet { airy, ..Sheet::of(style, captions, rng) };
    if style.furniture {
        sheet.place(&[line(running_head(rng), Of::Loose), blank(), blank()], None);
    }
    for &article in articles {
        sheet.article(article, rng);
    }
    if style.furniture {
        sheet.place(&[blank(), line(page_number(rng), Of::Loose)], None);
    }
    let mut text = sheet.lines.join("\n");
    text.push('\n');
    Page { text, known: Known { articles: sheet.known } }
}

fn running_head(rng: &mut Rng) -> String {
    let name = rng.pick(&["要闻", "国际", "晨报　要闻", "第3版　综合新闻", "2024年7月5日　星期五　第3版"]);
    name.to_owned()
}

fn page_number(rng: &mut Rng) -> String {
    let number = rng.between(2, 16);
    rng.pick(&["— {} —", "{}", "· {} ·", "第{}版"]).replace("{}", &number.to_string())
}

struct Sheet<'a> {
    style: &'a Style,
    airy: bool,
    column: Column,
    captions: &'a [&'a Clean],
    lines: Vec<String>,
    known: Vec<KnownArticle>,
}

impl<'a> Sheet<'a> {
    fn of(style: &'a Style, captions: &'a [&'a Clean], rng: &mut Rng) -> Self {
        let column = Column::new(style, rng);
        Self { style, airy: true, column, captions, lines: Vec::new(), known: Vec::new() }
    }

    fn article(&mut self, clean: &Clean, rng: &mut Rng) {
        let style = self.style;
        let continued = rng.chance(style.continued).then(|| cut(clean, rng)).flatten();
        let clean = continued.as_ref().map_or(clean, |(rest, _)| rest);
        if self.airy && !self.lines.is_empty() {
            self.place(&vec![blank(); rng.between(1, 2)], None);
        }
        let mark = continued.as_ref().map(|(_, mark)| mark.as_str()).unwrap_or_default();
        let mut body = self.body(clean, mark, rng);
        let captions = self.interrupt(&mut body, clean, rng);
        let head = Self::head(clean, rng);
        let printed = self.with_head(head, body, rng);
        let known = KnownArticle {
            kinds: clean.kinds.clone(),
            title: clean.title.clone(),
            title_inferred: clean.title.is_none(),
            subtitle: clean.subtitle.clone(),
            speaker: clean.speaker.clone(),
            continues: continued.as_ref().map(|(_, mark)| mark.clone()),
            paragraphs: clean
                .paragraphs
                .iter()
                .map(|(role, text)| KnownParagraph { role: *role, lines: Lines::new(), text: text.clone() })
                .collect(),
            ..KnownArticle::default()
        };
        self.place(&printed, Some((known, captions)));
    }

    /// The paragraphs in lines, with the blank lines that the style has; `mark` is printed before the first.
    fn body(&mut self, clean: &Clean, mark: &str, rng: &mut Rng) -> Vec<Printed> {
        let mut printed: Vec<Printed> = Vec::new();
        let mut gaps = Vec::new();
        for (i, (role, text)) in clean.paragraphs.iter().enumerate() {
            let stands_off = *role == Role::Heading && self.airy && self.style.first == First::Indented;
            if i > 0 && (self.style.gaps != Gaps::None || stands_off) {
                gaps.push(printed.len());
            }
            let text = if i == 0 { format!("{mark}{text}") } else { text.clone() };
            let lines = fill(*role, &text, self.style, &mut self.column, rng);
            printed.extend(lines.into_iter().map(|text| line(text, Of::Paragraph(i))));
            if stands_off {
                gaps.push(printed.len());
            }
        }
        if self.style.gaps == Gaps::Shifted {
            for gap in &mut gaps {
                *gap = shift(*gap, &printed, rng);
            }
        }
        for at in 1..printed.len() {
            if rng.chance(self.style.column_breaks) && self.may_break(&printed, at) {
                gaps.push(at);
            }
        }
        gaps.sort_unstable();
        gaps.dedup();
        for at in gaps.into_iter().rev() {
            printed.insert(at.min(printed.len()), blank());
        }
        printed
    }

    /// Whether something may stand between line `at` and the line before it, so that a reader still sees that the
    /// paragraph goes on.
    fn may_break(&self, printed: &[Printed], at: usize) -> bool {
        let (Some(before), Some(after)) = (printed.get(at.wrapping_sub(1)), printed.get(at)) else { return false };
        let inside = before.of == after.of && matches!(before.of, Of::Paragraph(_));
        let ends = before.text.chars().next_back().is_some_and(is_terminal);
        inside && (!ends || self.style.first == First::Indented && self.style.gaps == Gaps::None)
    }

    /// Drops captions and pull quotes between lines; gives the captions that were used.
    fn interrupt(&mut self, printed: &mut Vec<Printed>, clean: &Clean, rng: &mut Rng) -> Vec<usize> {
        let mut used = Vec::new();
        for at in (1..printed.len()).rev() {
            let open = printed.get(at - 1).is_some_and(|l| !l.text.chars().next_back().is_some_and(is_terminal));
            if !rng.chance(self.style.inserts) || !open || !self.may_break(printed, at) {
                continue;
            }
            let insert = if rng.chance(50) && used.len() < self.captions.len() && !self.captions.is_empty() {
                let which = (rng.below(self.captions.len()) + used.len()) % self.captions.len();
                if used.contains(&which) {
                    continue;
                }
                used.push(which);
                self.caption(which, rng)
            } else {
                pull_quote(clean, rng)
            };
            if !insert.is_empty() {
                let framed: Vec<_> = [vec![blank()], insert, vec![blank()]].concat();
                printed.splice(at..at, framed);
            }
        }
        used
    }

    fn caption(&self, which: usize, rng: &mut Rng) -> Vec<Printed> {
        let Some(caption) = self.captions.get(which) else { return Vec::new() };
        let text: String = caption.paragraphs.iter().map(|p| p.1.as_str()).collect();
        let wide = Style { letter_spaced: 0, squeeze: 0, first: First::Flush, ..*self.style };
        let mut column = self.column.clone();
        column.measure = rng.between(18, 36) * 2;
        let lines = fill(Role::Body, &text, &wide, &mut column, rng);
        lines.into_iter().map(|text| line(text, Of::Caption(which))).collect()
    }

    /// The lines of the head, headline first.
    fn head(clean: &Clean, rng: &mut Rng) -> Vec<Printed> {
        let mut head = Vec::new();
        let Some(title) = &clean.title else { return head };
        head.extend(wrap(title, rng).into_iter().map(|text| line(text, Of::Title)));
        if let Some(subtitle) = &clean.subtitle {
            // Without a dash only a blank line tells a subtitle from the second line of the headline.
            let dash = rng.pick(&["——", "——", "——— ", ""]);
            if dash.is_empty() {
                head.push(blank());
            }
            head.push(line(format!("{dash}{subtitle}"), Of::Subtitle));
        }
        if let Some(byline) = &clean.byline {
            head.push(line(byline.as_str(), Of::Loose));
        }
        if let (Some(speaker), Some(date), Some(place)) = (&clean.speaker, &clean.date, &clean.place) {
            let mut parts = date.split('-').map(|p| p.trim_start_matches('0'));
            let mut part = || parts.next().unwrap_or_default();
            let date = format!("{}年{}月{}日", part(), part(), part());
            head.push(line(format!("（{date}，{place}）"), Of::Loose));
            let office = clean.office.as_deref().map(|o| format!("{o}　")).unwrap_or_default();
            head.push(line(format!("{office}{speaker}"), Of::Loose));
        }
        head
    }

    fn with_head(&self, head: Vec<Printed>, mut body: Vec<Printed>, rng: &mut Rng) -> Vec<Printed> {
        if head.is_empty() {
            return body;
        }
        let titles = match self.style.titles {
            Titles::Any => rng.pick(&[Titles::Before, Titles::After, Titles::Inside]),
            fixed => fixed,
        };
        let gap = || if self.airy { vec![blank()] } else { Vec::new() };
        let inside: Vec<usize> = (1..body.len())
            .filter(|&at| {
                let open = !body.get(at - 1).is_some_and(|l| l.text.chars().next_back().is_some_and(is_terminal));
                open && self.may_break(&body, at)
            })
            .collect();
        match titles {
            Titles::Inside if !inside.is_empty() => {
                let at = rng.pick(&inside);
                body.splice(at..at, [vec![blank()], head, vec![blank()]].concat());
                body
            }
            Titles::After => [body, gap(), head].concat(),
            _ => {
                let close = self.style.first == First::Indented && rng.chance(30);
                [head, if close { Vec::new() } else { gap() }, body].concat()
            }
        }
    }

    /// Puts lines on the page and, with an article, learns where its parts stand.
    fn place(&mut self, printed: &[Printed], article: Option<(KnownArticle, Vec<usize>)>) {
        let first = self.lines.len() + 1;
        self.lines.extend(printed.iter().map(|p| p.text.clone()));
        let Some((mut known, captions)) = article else { return };
        let mut pictures: BTreeMap<usize, Lines> = captions.into_iter().map(|c| (c, Lines::new())).collect();
        for (offset, printed) in printed.iter().enumerate() {
            let number = u32::try_from(first + offset).unwrap_or(u32::MAX);
            let lines = match printed.of {
                Of::Paragraph(i) => known.paragraphs.get_mut(i).map(|p| &mut p.lines),
                Of::Title => Some(&mut known.title_lines),
                Of::Subtitle => Some(&mut known.subtitle_lines),
                Of::Caption(c) => pictures.get_mut(&c),
                Of::Loose | Of::Blank => None,
            };
            if let Some(lines) = lines {
                match lines.last_mut() {
                    Some(last) if last.1 + 1 == number => last.1 = number,
                    _ => lines.push((number, number)),
                }
            }
        }
        known.lines = known.paragraphs.iter().flat_map(|p| p.lines.clone()).chain(known.title_lines.clone()).collect();
        self.known.push(known);
        for (which, lines) in pictures {
            let Some(caption) = self.captions.get(which) else { continue };
            let text = caption.paragraphs.iter().map(|p| p.1.as_str()).collect();
            self.known.push(KnownArticle {
                kinds: caption.kinds.clone(),
                title_inferred: true,
                lines: lines.clone(),
                paragraphs: vec![KnownParagraph { role: Role::Body, lines, text }],
                ..KnownArticle::default()
            });
        }
    }
}

/// Moves a gap by a line into the paragraph above or below, where that paragraph is long enough to show it.
fn shift(gap: usize, printed: &[Printed], rng: &mut Rng) -> usize {
    let of = |at: usize| printed.get(at).map(|l| l.of);
    let open = |at: usize| printed.get(at).is_some_and(|l| !l.text.chars().next_back().is_some_and(is_terminal));
    if !rng.chance(40) || gap < 3 {
        return gap;
    }
    let below = of(gap) == of(gap + 1) && of(gap) == of(gap + 2) && open(gap);
    let above = of(gap - 1) == of(gap - 2) && of(gap - 1) == of(gap - 3) && open(gap - 2);
    match (rng.chance(50), below, above) {
        (true, true, _) | (_, true, false) => gap + 1,
        (_, _, true) => gap - 1,
        _ => gap,
    }
}

/// A sentence of the article, printed large.
fn pull_quote(clean: &Clean, rng: &mut Rng) -> Vec<Printed> {
    let sentences: Vec<&str> = clean
        .paragraphs
        .iter()
        .filter(|p| p.0 == Role::Body)
        .flat_map(|p| p.1.split_inclusive('。'))
        .filter(|s| (12..40).contains(&s.chars().count()) && s.ends_with('。') && !s.contains(['“', '”']))
        .collect();
    if sentences.is_empty() {
        return Vec::new();
    }
    wrap(rng.pick(&sentences), rng).into_iter().map(|text| line(text, Of::Loose)).collect()
}

/// Headline lines of about equal length, never begun by a closing mark.
fn wrap(title: &str, rng: &mut Rng) -> Vec<String> {
    let chars: Vec<char> = title.chars().collect();
    let widest = rng.between(14, 30);
    let rows = chars.len().div_ceil(widest);
    let row = chars.len().div_ceil(rows.max(1)).max(1);
    let mut lines: Vec<String> = Vec::new();
    for chunk in chars.chunks(row) {
        let mut chunk: String = chunk.iter().collect();
        if let Some(last) = lines.last_mut() {
            while chunk.starts_with(|c: char| super::fill::is_closer(c) || c.is_whitespace()) && chunk.len() > 3 {
                last.push(chunk.remove(0));
            }
        }
        lines.push(chunk.clone());
    }
    lines
}

/// The article from somewhere inside it on, and the mark that says where it began.
fn cut(clean: &Clean, rng: &mut Rng) -> Option<(Clean, String)> {
    let bodies: Vec<usize> = (1..clean.paragraphs.len().saturating_sub(2))
        .filter(|&i| clean.paragraphs.get(i).is_some_and(|p| p.0 == Role::Body && p.1.contains('，')))
        .collect();
    if bodies.is_empty() {
        return None;
    }
    let at = rng.pick(&bodies);
    let (_, rest) = clean.paragraphs.get(at)?.1.split_once('，')?;
    let mut paragraphs = vec![(Role::Body, rest.to_owned())];
    paragraphs.extend(clean.paragraphs.iter().skip(at + 1).cloned());
    let page = rng.pick(&["一", "二", "四", "1", "2"]);
    let cut = Clean { title: None, subtitle: None, byline: None, speaker: None, paragraphs, ..clean.clone() };
    Some((cut, format!("（上接第{page}版）")))
}
