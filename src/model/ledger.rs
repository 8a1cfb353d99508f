//! What was done to the print, and where each character stands in it.
//!
//! ```text
//! 7  一年来，哈萨克斯坦轮值主席国工作卓有成     Repair { rule: Join, line: 7, signs: {Unfinished, Full} }
//! 8  效，上海合作组织实现新发展。               Piece { at: 19, line: 8, start: 0, end: 13 }
//! ```

use serde::{Deserialize, Serialize};

/// A run of characters copied unchanged from one seed line: `text[at..at + end - start] == line[start..end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub at: u32,
    pub line: u32,
    pub start: u32,
    pub end: u32,
}

/// What was done to the print at a line, as the ledger names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// This line goes on in the next printed line.
    Join,
    /// This line goes on beyond blank lines.
    Bridge,
    /// A paragraph ends with this line (recorded only where it was in doubt).
    Break,
    /// Letter-spacing inside the line was closed.
    CloseSpacing,
    /// Layout space inside the line was dropped.
    DropSpace,
    /// The sentence goes on beyond a headline or caption that interrupts it.
    Interrupted,
}

impl Rule {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::Bridge => "bridge",
            Self::Break => "break",
            Self::CloseSpacing => "close-spacing",
            Self::DropSpace => "drop-space",
            Self::Interrupted => "interrupted",
        }
    }
}

/// One reason that weighed in a repair. A repair carries a set of them, see [`Signs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Sign {
    /// The line ends with a mark that can end a paragraph.
    Terminal,
    /// The line ends inside a sentence.
    Unfinished,
    /// The line is as wide as its column.
    Full,
    /// The line stops short of its column.
    Short,
    /// The next line is indented, or was before its indent was lost.
    Indent,
    /// The next line is not indented where paragraphs are.
    NoIndent,
    /// Blank lines stand between.
    Blank,
    /// No blank line stands between, where paragraphs have one.
    NoBlank,
    /// A quotation or bracket is open.
    Open,
    /// The next line begins with a mark that cannot begin a line.
    Kinsoku,
    /// A word of the dictionary spans the break.
    Word,
    /// The same characters stand around the break elsewhere, unbroken.
    WitnessJoins,
    /// The same characters stand around the break elsewhere, as the end and start of paragraphs.
    WitnessBreaks,
    /// A sidecar says so.
    Sidecar,
    /// Spaces stand between most characters of the line.
    LetterSpaced,
    /// The space stands beside a digit or Latin letter.
    BesideDigit,
}

impl Sign {
    pub const ALL: [Self; 16] = [
        Self::Terminal,
        Self::Unfinished,
        Self::Full,
        Self::Short,
        Self::Indent,
        Self::NoIndent,
        Self::Blank,
        Self::NoBlank,
        Self::Open,
        Self::Kinsoku,
        Self::Word,
        Self::WitnessJoins,
        Self::WitnessBreaks,
        Self::Sidecar,
        Self::LetterSpaced,
        Self::BesideDigit,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Terminal => "terminal",
            Self::Unfinished => "unfinished",
            Self::Full => "full",
            Self::Short => "short",
            Self::Indent => "indent",
            Self::NoIndent => "no-indent",
            Self::Blank => "blank",
            Self::NoBlank => "no-blank",
            Self::Open => "open",
            Self::Kinsoku => "kinsoku",
            Self::Word => "word",
            Self::WitnessJoins => "witness-joins",
            Self::WitnessBreaks => "witness-breaks",
            Self::Sidecar => "sidecar",
            Self::LetterSpaced => "letter-spaced",
            Self::BesideDigit => "beside-digit",
        }
    }
}

/// A set of [`Sign`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signs(u32);

impl Signs {
    #[must_use]
    pub fn with(self, sign: Sign) -> Self {
        Self(self.0 | 1 << sign as u32)
    }

    #[must_use]
    pub fn has(self, sign: Sign) -> bool {
        self.0 >> sign as u32 & 1 == 1
    }

    pub fn iter(self) -> impl Iterator<Item = Sign> {
        Sign::ALL.into_iter().filter(move |&sign| self.has(sign))
    }
}

/// One line of the ledger: what was done to the print, where, why, and how surely.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repair {
    pub rule: Rule,
    /// The line after (or in) which it was done.
    pub line: u32,
    pub confidence: f32,
    pub signs: Signs,
}
