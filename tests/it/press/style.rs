//! The ways a newspaper page loses its paragraphs on the way into a text file.

/// Where blank lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gaps {
    None,
    Between,
    /// Between paragraphs, but some have slipped into the paragraph below or above.
    Shifted,
}

/// How the first line of a paragraph is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// Two ideographic spaces.
    Indented,
    /// Two characters short: the print had an indent, the text file lost it.
    Lost,
    /// As wide as any line: the old press.
    Flush,
}

/// Where the headline stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Titles {
    Before,
    After,
    Inside,
    Any,
}

/// One way of printing. Rates are percent.
#[expect(clippy::struct_excessive_bools, reason = "each is one habit of a press, and they combine freely")]
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub name: &'static str,
    pub first: First,
    pub gaps: Gaps,
    /// Lines after which a column ends inside a sentence and leaves a blank line.
    pub column_breaks: usize,
    /// The measure changes at column ends.
    pub changing: bool,
    /// Half-characters by which a line may run over or stay short.
    pub squeeze: usize,
    pub letter_spaced: usize,
    pub digits_spaced: bool,
    pub titles: Titles,
    /// Captions and pull quotes between lines.
    pub inserts: usize,
    /// Running heads and page numbers.
    pub furniture: bool,
    /// Articles that begin on another page.
    pub continued: usize,
    /// A paragraph is one line, as long as it is; now and then a page ends inside it and cuts it in two.
    pub whole: bool,
    /// Blank lines around headlines and between articles.
    pub airy: bool,
}

const PLAIN: Style = Style {
    name: "indented",
    first: First::Indented,
    gaps: Gaps::None,
    column_breaks: 3,
    changing: false,
    squeeze: 0,
    letter_spaced: 0,
    digits_spaced: false,
    titles: Titles::Before,
    inserts: 0,
    furniture: false,
    continued: 0,
    whole: false,
    airy: true,
};

const BLANK: Style = Style { name: "blank", first: First::Lost, gaps: Gaps::Between, ..PLAIN };

/// The styles that are printed and scored one by one.
pub const STYLES: [Style; 15] = [
    PLAIN,
    BLANK,
    Style { name: "whole", first: First::Flush, whole: true, column_breaks: 100, ..BLANK },
    Style { name: "shifted", gaps: Gaps::Shifted, ..BLANK },
    Style { name: "neither", first: First::Lost, gaps: Gaps::None, column_breaks: 0, ..PLAIN },
    Style { name: "letter-spaced", letter_spaced: 8, ..PLAIN },
    Style { name: "measure", changing: true, ..BLANK },
    Style { name: "squeezed", squeeze: 3, ..BLANK },
    Style { name: "digits", digits_spaced: true, ..BLANK },
    Style { name: "titles", titles: Titles::Any, ..PLAIN },
    Style { name: "titles-blank", titles: Titles::Any, ..BLANK },
    Style { name: "inserts", inserts: 5, ..PLAIN },
    Style { name: "page", titles: Titles::Any, furniture: true, continued: 30, inserts: 2, ..BLANK },
    Style { name: "flush", first: First::Flush, column_breaks: 0, ..PLAIN },
    Style { name: "republic", first: First::Flush, gaps: Gaps::None, column_breaks: 0, airy: false, ..PLAIN },
];

impl Style {
    pub fn is_republic(&self) -> bool {
        self.name == "republic"
    }
}
