//! A printed line as a compositor measures it, with its layout space taken out.
//!
//! ```text
//! 「构 轮 值 主 席 国 ，将 办 好 “反 恐 协 作 －」 → 构轮值主席国，将办好“反恐协作－   (letter-spacing closed)
//! 「会议。新华社北京 7 月 4 日电　记者 4」        → 会议。新华社北京7月4日电　记者4    (layout space dropped, real space kept)
//! ```

use std::borrow::Cow;
use std::ops::Deref;

use crate::mark::{
    half_ems, is_closing, is_dash, is_han, is_kinsoku, is_latin, is_letter, is_opening, is_pause, is_space, is_terminal,
};
use crate::model::{Piece, Source};

/// A line is not set tighter than by this, in quarter ems.
const MOST_SQUEEZE: u32 = 8;

/// One printed line that is not blank.
#[derive(Clone, Debug, PartialEq)]
pub struct Line<'a> {
    /// Its number in the seed, from 1.
    pub number: u32,
    /// Blank lines before it.
    pub gap: u32,
    /// Space before its first character, in quarter ems.
    pub indent: u32,
    /// Width of what is printed, in quarter ems.
    pub width: u32,
    /// How much narrower it may have been set: half an em for each mark that can be squeezed.
    pub squeeze: u32,
    /// What it says, layout space taken out.
    pub text: Cow<'a, str>,
    /// Where that stands in the seed.
    pub pieces: Pieces,
    /// Spaces were put between its characters to fill the measure, and closed.
    pub spaced: bool,
    /// Layout space was dropped inside it.
    pub dropped: bool,
    /// Something that stands apart was lifted out before it, with the blank lines around that.
    pub resumes: bool,
}

/// What some lines say.
#[must_use]
pub fn joined<'a>(lines: &'a [Line<'_>]) -> Cow<'a, str> {
    if let [line] = lines {
        return Cow::Borrowed(&line.text);
    }
    let mut text = String::with_capacity(lines.iter().map(|l| l.text.len()).sum());
    text.extend(lines.iter().map(|l| l.text.as_ref()));
    Cow::Owned(text)
}

/// How wide the widest of some lines is, in quarter ems.
#[must_use]
pub fn widest(lines: &[Line<'_>]) -> u32 {
    lines.iter().map(|line| line.width).max().unwrap_or(0)
}

/// Where a line stands in the seed: in one piece, as most do, or in several.
#[derive(Clone, Debug, PartialEq)]
pub enum Pieces {
    One([Piece; 1]),
    Many(Vec<Piece>),
}

impl Deref for Pieces {
    type Target = [Piece];

    fn deref(&self) -> &[Piece] {
        match self {
            Self::One(piece) => piece,
            Self::Many(pieces) => pieces,
        }
    }
}

/// The lines of a seed that are not blank.
#[must_use]
pub fn lines(source: &Source) -> Vec<Line<'_>> {
    let mut found = Vec::with_capacity(source.line_count());
    let mut gap = 0;
    let mut spacing = Spacing::default();
    for (index, raw) in source.text.split('\n').enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        match spacing.line(raw, number, gap) {
            Some(line) => {
                found.push(line);
                gap = 0;
            }
            None => gap += 1,
        }
    }
    found
}

/// A run of characters without space.
#[derive(Clone, Copy)]
struct Token {
    start: usize,
    end: usize,
    /// Characters that are not marks.
    core: usize,
    /// Width, and by how much less it may have been set, in quarter ems.
    width: u32,
    squeeze: u32,
}

impl Token {
    fn new(start: usize) -> Self {
        Self { start, end: start, core: 0, width: 0, squeeze: 0 }
    }

    /// A print that has no space, as most have none.
    fn whole(print: &str, start: usize) -> Option<Self> {
        let mut token = Self::new(start);
        for c in print.chars() {
            if !is_han(c) && is_space(c) {
                return None;
            }
            token.take(c);
        }
        Some(token)
    }

    fn take(&mut self, c: char) {
        self.end += 1;
        if is_han(c) {
            self.core += 1;
            self.width += 4;
        } else {
            self.core += usize::from(is_letter(c));
            self.width += half_ems(c) * 2;
            self.squeeze += if is_squeezable(c) { 2 } else { 0 };
        }
    }
}

/// The line at hand: its characters, the runs of them without space, and for each gap between two runs, whether it is
/// letter-spacing. Line after line is read into the same room.
#[derive(Default)]
struct Spacing {
    chars: Vec<char>,
    tokens: Vec<Token>,
    closed: Vec<bool>,
}

impl Spacing {
    fn line<'a>(&mut self, raw: &'a str, number: u32, gap: u32) -> Option<Line<'a>> {
        let print = raw.trim_start_matches(is_space);
        let before = raw.get(..raw.len() - print.len()).unwrap_or("");
        let print = print.trim_end_matches(is_space);
        if print.is_empty() {
            return None;
        }
        let mut line = Line {
            number,
            gap,
            indent: before.chars().map(space).sum(),
            width: 0,
            squeeze: 0,
            text: Cow::Borrowed(print),
            pieces: Pieces::Many(Vec::new()),
            spaced: false,
            dropped: false,
            resumes: false,
        };
        if let Some(token) = Token::whole(print, before.chars().count()) {
            line.width = token.width;
            line.squeeze = token.squeeze.min(MOST_SQUEEZE);
            let piece = Piece { at: 0, line: number, start: small(token.start), end: small(token.end) };
            line.pieces = Pieces::One([piece]);
        } else {
            self.read(raw);
            line.spaced = self.closed.iter().filter(|&&c| c).count() * 2 > self.tokens.len();
            self.compose(&mut line);
        }
        Some(line)
    }

    /// Puts the tokens of a line together again.
    fn compose(&self, line: &mut Line<'_>) {
        let (tokens, closed, number) = (&self.tokens, &self.closed, line.number);
        let (mut text, mut pieces) = (String::with_capacity(line.text.len()), Vec::new());
        let mut at = 0;
        let mut open: Option<Piece> = None;
        for (i, token) in tokens.iter().enumerate() {
            line.width += token.width;
            line.squeeze += token.squeeze;
            let end = match tokens.get(i + 1) {
                Some(next) if self.is_real(*token, *next, closed.get(i) == Some(&true)) => {
                    line.width += self.chars.get(token.end).map_or(0, |&c| half_ems(c) * 2);
                    token.end + 1
                }
                Some(next) => {
                    line.dropped |= closed.get(i) != Some(&true);
                    // Thin space that the print had and the text does not.
                    line.width += u32::try_from((next.start - token.end).min(2)).unwrap_or(0);
                    token.end
                }
                None => token.end,
            };
            text.extend(self.chars.get(token.start..end).unwrap_or_default());
            let (start, end) = (small(token.start), small(end));
            match &mut open {
                Some(piece) if piece.end == start => piece.end = end,
                _ => pieces.extend(open.replace(Piece { at, line: number, start, end })),
            }
            at += end - start;
        }
        pieces.extend(open);
        line.text = Cow::Owned(text);
        line.pieces = Pieces::Many(pieces);
        line.squeeze = line.squeeze.min(MOST_SQUEEZE);
    }

    fn read(&mut self, raw: &str) {
        self.chars.clear();
        self.tokens.clear();
        let mut inside = false;
        for (i, c) in raw.chars().enumerate() {
            self.chars.push(c);
            if !is_han(c) && is_space(c) {
                inside = false;
                continue;
            }
            if !inside {
                self.tokens.push(Token::new(i));
                inside = true;
            }
            if let Some(token) = self.tokens.last_mut() {
                token.take(c);
            }
        }
        self.close();
    }

    /// Finds letter-spacing: it stands in runs of single characters.
    fn close(&mut self) {
        let count = self.tokens.len();
        self.closed.clear();
        self.closed.resize(count.saturating_sub(1), false);
        let mut from = 0;
        while count > 1 && from < count {
            let run = self.tokens.iter().skip(from).take_while(|t| t.core <= 1).count();
            let cores: usize = self.tokens.iter().skip(from).take(run).map(|t| t.core).sum();
            if (run == count || cores >= 3) && !self.is_credit(from, run) {
                self.close_run(from, run);
            }
            from += run.max(1);
        }
    }

    /// Whether a run is the name of a photographer, set as wide as a name of three characters: 林 善 摄
    fn is_credit(&self, from: usize, run: usize) -> bool {
        let last = self.tokens.get(from + 2).and_then(|token| self.chars.get(token.start));
        run == 3 && matches!(last, Some('摄' | '攝'))
    }

    /// Closes the gaps of a run, but for those that are at least twice as wide as its narrowest.
    fn close_run(&mut self, from: usize, run: usize) {
        let width = |i: usize| match (self.tokens.get(i), self.tokens.get(i + 1)) {
            (Some(a), Some(b)) => self.width(a.end, b.start),
            _ => 0,
        };
        let gaps = from..from + run - 1;
        let narrowest = gaps.clone().map(width).min().unwrap_or(0);
        let closed: Vec<bool> = gaps.clone().map(|i| width(i) < narrowest * 2).collect();
        for (gap, closed) in self.closed.iter_mut().skip(gaps.start).zip(closed) {
            *gap = closed;
        }
    }

    /// Whether the space between two tokens was meant: between Han words, between Latin words, after a dateline.
    fn is_real(&self, token: Token, next: Token, closed: bool) -> bool {
        if closed {
            return false;
        }
        let (Some(&before), Some(&after)) = (self.chars.get(token.end - 1), self.chars.get(next.start)) else {
            return false;
        };
        // The name of a reporter stands apart from the dateline, in brackets too.
        if crate::dateline::is_sent(before) && !is_kinsoku(after) && !is_dash(after) {
            return true;
        }
        let squeezed = is_terminal(before) || is_pause(before) || is_dash(before) || is_opening(before);
        if squeezed || is_kinsoku(after) || is_dash(after) || matches!(after, '（' | '(' | '【' | '〔') {
            return self.chars.get(token.end) == Some(&'\u{3000}') && is_closing(before) && is_opening(after);
        }
        match (is_latin(before), is_latin(after)) {
            (true, true) | (false, false) => true,
            _ => self.chars.get(token.end) == Some(&'\u{3000}'),
        }
    }

    fn width(&self, from: usize, to: usize) -> u32 {
        self.chars.get(from..to).unwrap_or_default().iter().map(|&c| space(c)).sum()
    }
}

/// Width of space, in quarter ems.
fn space(c: char) -> u32 {
    if c == '\t' { 8 } else { half_ems(c) * 2 }
}

/// A full-width mark whose blank half a compositor may take out.
fn is_squeezable(c: char) -> bool {
    half_ems(c) == 2 && (is_closing(c) || is_opening(c) || is_pause(c) || is_terminal(c) || c == '·')
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
