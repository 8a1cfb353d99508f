//! A clean seed → its articles, every character traced to its line.
//!
//! ```text
//! ---                       CleanArticle { title: "论团结", date: 2024-07-04, paragraphs: [
//! date: 2024-07-04            Heading  一
//! ---                         Body     团结就是力量。
//! # 论团结                  ] }
//! ## 一
//! 团结就是                  `#`, `**` and the head are markup: listed, in no article
//! **力量**。
//! ```

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::front::{Front, front};
use crate::diagnostic::Warned;
use crate::model::{Date, Kind, Piece, Role, Source};

/// What a clean seed holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clean {
    pub articles: Vec<CleanArticle>,
    /// What is not text, such as `#`, `**`, `---` and raw HTML: each run of characters with its place.
    pub markup: Vec<(String, Piece)>,
}

/// An article as its editor set it. What is `None` may be guessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CleanArticle {
    /// The heading that begins it.
    pub heading: Option<CleanParagraph>,
    /// The title of the front matter, which stands in no heading.
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub kind: Option<Kind>,
    pub byline: Option<String>,
    pub speaker: Option<String>,
    pub agency: Option<String>,
    pub place: Option<String>,
    pub date: Option<Date>,
    pub paragraphs: Vec<CleanParagraph>,
    /// First and last line, from 1.
    pub lines: (u32, u32),
}

/// A paragraph or heading; `pieces` tile `text`, but for a blank set between two Latin words of different lines.
#[derive(Clone, Debug, PartialEq)]
pub struct CleanParagraph {
    pub role: Role,
    pub text: String,
    pub pieces: Vec<Piece>,
}

/// Reads a clean seed. A title in the front matter makes all of it one article; otherwise each heading of the highest
/// level that occurs begins one, and lower headings divide it.
#[must_use]
pub fn articles(source: &Source) -> Warned<Clean> {
    let mut front = front(source);
    let diagnostics = std::mem::take(&mut front.diagnostics);
    let blocks = blocks(source, front.end);
    let top = match front.title {
        Some(_) => None,
        None => blocks.iter().filter_map(|block| block.level).min(),
    };
    let markup = markup(source, &blocks);
    let mut articles: Vec<CleanArticle> = Vec::new();
    for Block { level, paragraph } in blocks {
        let begins = level.is_some() && level == top;
        match articles.last_mut() {
            Some(article) if !begins => article.paragraphs.push(paragraph),
            _ => articles.push(begun(&front, paragraph, begins)),
        }
    }
    for article in &mut articles {
        let pieces = || article.heading.iter().chain(&article.paragraphs).flat_map(|paragraph| &paragraph.pieces);
        let lines = (pieces().map(|piece| piece.line).min(), pieces().map(|piece| piece.line).max());
        article.lines = (lines.0.unwrap_or(1), lines.1.unwrap_or(1));
    }
    Warned { value: Clean { articles, markup }, diagnostics }
}

fn begun(front: &Front, paragraph: CleanParagraph, is_heading: bool) -> CleanArticle {
    let (heading, paragraphs) = if is_heading { (Some(paragraph), Vec::new()) } else { (None, vec![paragraph]) };
    CleanArticle {
        heading,
        title: front.title.clone(),
        subtitle: front.subtitle.clone(),
        kind: front.kind,
        byline: front.byline.clone(),
        speaker: front.speaker.clone(),
        agency: front.agency.clone(),
        place: front.place.clone(),
        date: front.date,
        paragraphs,
        lines: (1, 1),
    }
}

/// A paragraph, or a heading with its level.
struct Block {
    level: Option<HeadingLevel>,
    paragraph: CleanParagraph,
}

fn blocks(source: &Source, start: usize) -> Vec<Block> {
    let text = source.text.get(start..).unwrap_or("");
    let mut builder = Builder::new(source);
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        let range = range.start + start..range.end + start;
        match event {
            Event::Start(Tag::Heading { level, .. }) => builder.begin(Some(level)),
            Event::Start(Tag::Paragraph | Tag::Item | Tag::CodeBlock(_)) | Event::HardBreak => {
                builder.begin(builder.level);
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock) => {
                builder.begin(None);
            }
            Event::Text(_) => builder.take(range),
            Event::Code(_) => builder.take(inner(source, range)),
            _ => {}
        }
    }
    builder.begin(None);
    builder.blocks
}

/// The bytes of a code span between its backticks. They may stand on several lines, so they are no copy of the code.
fn inner(source: &Source, range: Range<usize>) -> Range<usize> {
    let span = source.text.get(range.clone()).unwrap_or("");
    let fence = span.len() - span.trim_start_matches('`').len();
    range.start + fence..range.end.saturating_sub(fence).max(range.start + fence)
}

/// Copies text and keeps count of lines and columns on the way; it only ever moves forward, so that it stays linear.
struct Builder<'a> {
    source: &'a Source,
    at: usize,
    line: u32,
    column: u32,
    level: Option<HeadingLevel>,
    text: String,
    characters: u32,
    pieces: Vec<Piece>,
    blocks: Vec<Block>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a Source) -> Self {
        let (text, pieces, blocks) = (String::new(), Vec::new(), Vec::new());
        Self { source, at: 0, line: 1, column: 0, level: None, text, characters: 0, pieces, blocks }
    }

    /// Ends the block at hand and begins one of `level`.
    fn begin(&mut self, level: Option<HeadingLevel>) {
        self.trim();
        if !self.text.is_empty() {
            let role = if self.level.is_some() { Role::Heading } else { Role::Body };
            let paragraph =
                CleanParagraph { role, text: std::mem::take(&mut self.text), pieces: std::mem::take(&mut self.pieces) };
            self.blocks.push(Block { level: self.level, paragraph });
        }
        self.characters = 0;
        self.level = level;
    }

    /// What follows stands on another line: blanks at the edge are layout, but Latin words stay apart.
    fn break_line(&mut self) {
        self.trim();
        self.line += 1;
        self.column = 0;
        if self.text.ends_with(|char: char| char.is_ascii_alphanumeric()) {
            self.text.push(' ');
            self.characters += 1;
        }
    }

    fn take(&mut self, range: Range<usize>) {
        self.go(range.start);
        let text = self.source.text.get(range).unwrap_or("");
        for (n, part) in text.split('\n').enumerate() {
            if n > 0 {
                self.step('\n');
            }
            self.copy(part);
        }
    }

    /// Copies what stands on one line.
    fn copy(&mut self, part: &str) {
        let at_edge = self.text.is_empty() || self.pieces.last().is_some_and(|piece| piece.line != self.line);
        let kept = if at_edge { part.trim_start() } else { part };
        part.get(..part.len() - kept.len()).unwrap_or("").chars().for_each(|char| self.step(char));
        if kept.is_empty() {
            return;
        }
        if at_edge && self.text.ends_with(' ') && !kept.starts_with(|char: char| char.is_ascii_alphanumeric()) {
            self.text.pop();
            self.characters -= 1;
        }
        let (line, start, at) = (self.line, self.column, self.characters);
        kept.chars().for_each(|char| self.step(char));
        self.text.push_str(kept);
        self.characters += self.column - start;
        self.pieces.push(Piece { at, line, start, end: self.column });
    }

    /// Drops white space at the end of what was copied.
    fn trim(&mut self) {
        while let Some(last) = self.text.chars().next_back().filter(|char| char.is_whitespace()) {
            self.text.truncate(self.text.len() - last.len_utf8());
            self.characters -= 1;
            while let Some(piece) =
                self.pieces.last_mut().filter(|piece| piece.at + (piece.end - piece.start) > self.characters)
            {
                piece.end -= 1;
                if piece.end == piece.start {
                    self.pieces.pop();
                }
            }
        }
    }

    fn go(&mut self, to: usize) {
        let between = self.source.text.get(self.at..to).unwrap_or("");
        between.chars().for_each(|char| self.step(char));
    }

    fn step(&mut self, char: char) {
        self.at += char.len_utf8();
        if char == '\n' {
            self.break_line();
        } else {
            self.column += 1;
        }
    }
}

/// Everything but white space that no block has taken.
fn markup(source: &Source, blocks: &[Block]) -> Vec<(String, Piece)> {
    let mut taken = blocks.iter().flat_map(|block| &block.paragraph.pieces).peekable();
    let mut markup = Vec::new();
    for (number, line) in (1..).zip((1..=source.line_count()).map(|number| source.line(number))) {
        let mut run: Option<(String, Piece)> = None;
        for (column, char) in (0..).zip(line.chars()) {
            while taken.next_if(|piece| (piece.line, piece.end) <= (number, column)).is_some() {}
            let is_text = taken.peek().is_some_and(|piece| piece.line == number && piece.start <= column);
            if is_text || char.is_whitespace() {
                markup.extend(run.take());
                continue;
            }
            let (text, piece) =
                run.get_or_insert_with(|| (String::new(), Piece { at: 0, line: number, start: column, end: column }));
            text.push(char);
            piece.end = column + 1;
        }
        markup.extend(run);
    }
    markup
}

#[cfg(test)]
mod tests;
