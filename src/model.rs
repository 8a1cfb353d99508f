//! The types that cross rooms.
//!
//! Each stage makes its own type from the one before; nothing here is filled in twice. Offsets count characters
//! (Unicode scalar values), lines and paragraph numbers count from 1, columns and offsets from 0, ends are exclusive.
//!
//! ```text
//! seed line 7   一年来，哈萨克斯坦轮值主席国工作卓有成     Piece { at: 0,  line: 7, start: 0, end: 19 }
//! seed line 8   效，上海合作组织实现新发展。               Piece { at: 19, line: 8, start: 0, end: 13 }
//! paragraph     一年来，哈萨克斯坦轮值主席国工作卓有成效，上海合作组织实现新发展。
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::config::{Config, Sidecar};
use crate::diagnostic::{Diagnostic, Span};

/// Index of a [`Source`] in [`Edition::sources`].
pub type SeedIx = usize;
/// Index of an [`Article`] in [`Edition::articles`].
pub type ArticleIx = usize;

// ---------------------------------------------------------------------------------------------- read

/// How a seed is written: raw newspaper lines, or clean Markdown that needs no repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    Raw,
    Markdown,
}

/// One seed as it was read: decoded, cut into lines, otherwise untouched.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path below the seeds folder, with `/`, made printable.
    pub path: String,
    /// The encoding that was found, as the Encoding Standard names it.
    pub encoding: &'static str,
    pub format: Format,
    /// The decoded text; line ends are `\n` alone.
    pub text: String,
    /// Byte offset of the start of each line in `text`.
    pub line_starts: Vec<usize>,
    /// `NAME.toml`, where there is one.
    pub sidecar: Option<Sidecar>,
    /// `NAME.md` beside a `.txt`: the editor's note, as Markdown.
    pub note: Option<String>,
    /// BLAKE3 of the seed's bytes, in hex.
    pub digest: String,
}

impl Source {
    /// Number of lines.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// Line `number` (from 1) without its end, or `""` where there is no such line.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        let Some(&start) = number.checked_sub(1).and_then(|i| self.line_starts.get(i)) else {
            return "";
        };
        let end = self.line_starts.get(number).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or("").trim_end_matches('\n')
    }

    /// Columns `start..end` of line `number`, for a finding.
    #[must_use]
    pub fn span(&self, number: u32, columns: (u32, u32)) -> Span {
        Span::line(&self.path, number, columns, self.line(number as usize))
    }
}

// ---------------------------------------------------------------------------------------------- guesses

/// A reason for a guess: a stable code, and the characters it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    pub code: Cow<'static, str>,
    pub quote: String,
}

/// A guess with its reasons. A value fixed by a sidecar has confidence 1 and the one reason `sidecar`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guess<T> {
    pub value: T,
    pub confidence: f32,
    pub evidence: Vec<Evidence>,
}

// ---------------------------------------------------------------------------------------------- articles

/// What an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Speech,
    Declaration,
    Abstract,
    Initiative,
    JointStatement,
    Report,
    Brief,
    Commentary,
    Caption,
    Other,
}

impl Kind {
    pub const ALL: [Self; 10] = [
        Self::Speech,
        Self::Declaration,
        Self::Abstract,
        Self::Initiative,
        Self::JointStatement,
        Self::Report,
        Self::Brief,
        Self::Commentary,
        Self::Caption,
        Self::Other,
    ];

    /// The name used in JSON, sidecars, addresses and CSS classes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Speech => "speech",
            Self::Declaration => "declaration",
            Self::Abstract => "abstract",
            Self::Initiative => "initiative",
            Self::JointStatement => "joint-statement",
            Self::Report => "report",
            Self::Brief => "brief",
            Self::Commentary => "commentary",
            Self::Caption => "caption",
            Self::Other => "other",
        }
    }
}

/// A day, or only a month and day whose year was inferred from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    pub year: i32,
    pub month: u8,
    pub day: u8,
    /// The year does not stand in the dateline itself.
    pub year_inferred: bool,
}

/// A run of characters copied unchanged from one seed line: `text[at..at + end - start] == line[start..end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub at: u32,
    pub line: u32,
    pub start: u32,
    pub end: u32,
}

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    Body,
    Heading,
    Salutation,
    Signature,
    Dateline,
}

impl Role {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Heading => "heading",
            Self::Salutation => "salutation",
            Self::Signature => "signature",
            Self::Dateline => "dateline",
        }
    }
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

/// A paragraph, heading, salutation, signature or dateline of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its number in the article, from 1: its place today.
    pub n: u32,
    /// Its address on the page (`p3`): kept when paragraphs are added above it.
    pub anchor: String,
    pub role: Role,
    pub text: String,
    pub pieces: Vec<Piece>,
    pub ledger: Vec<Repair>,
}

/// A printed line of the head of an article that is not a paragraph: title, subtitle, byline …
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeadLine {
    pub text: String,
    /// Empty where the text was inferred and stands nowhere as a headline.
    pub pieces: Vec<Piece>,
    pub ledger: Vec<Repair>,
}

/// `（上接第二版）`: the article begins on another page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Continuation {
    pub text: String,
    /// The page number it names, in digits, where it names one.
    pub page: Option<u32>,
    pub pieces: Vec<Piece>,
}

/// A finished article: typed, titled, dated, cut into paragraphs, with its address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Article {
    /// Where it stands in the corpus is no part of what it is: it is not written down.
    #[serde(skip)]
    pub ix: ArticleIx,
    /// Its address: the page is `a/ID.html`. Lower-case ASCII letters, digits and `-`.
    pub id: String,
    #[serde(skip)]
    pub seed: SeedIx,
    pub kind: Guess<Kind>,
    /// What to call it: the headline, or an inferred title, or (marked as inferred) its opening words.
    pub title: Guess<HeadLine>,
    pub title_inferred: bool,
    pub subtitle: Option<HeadLine>,
    pub byline: Option<HeadLine>,
    pub speaker: Option<String>,
    pub agency: Option<String>,
    pub place: Option<String>,
    pub date: Option<Guess<Date>>,
    /// Other lines of the head that were read for the values above: `（2024年7月4日，阿斯塔纳）`.
    pub head: Vec<HeadLine>,
    pub continues: Option<Continuation>,
    /// First and last lines of its parts, in the order of the seed.
    pub lines: Vec<(u32, u32)>,
    pub paragraphs: Vec<Paragraph>,
}

impl Article {
    /// Paragraph `n`, counted from 1.
    #[must_use]
    pub fn paragraph(&self, n: u32) -> Option<&Paragraph> {
        self.paragraphs.get((n as usize).checked_sub(1)?)
    }
}

/// Print that belongs to the page and not to an article: running heads, page numbers, pull quotes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Furniture {
    pub seed: SeedIx,
    pub text: String,
    pub pieces: Vec<Piece>,
    pub reason: Evidence,
}

// ---------------------------------------------------------------------------------------------- clauses and reuse

/// A place in an article's paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub article: ArticleIx,
    /// Paragraph number, from 1.
    pub paragraph: u32,
    pub start: u32,
    pub end: u32,
}

/// How a passage of one text stands to a passage of another, from the fuller to the derived one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    Identical,
    Variant,
    Shortened,
    Expanded,
    Reworded,
    Merged,
    Split,
    Moved,
    Omitted,
    Added,
}

impl Relation {
    pub const ALL: [Self; 10] = [
        Self::Identical,
        Self::Variant,
        Self::Shortened,
        Self::Expanded,
        Self::Reworded,
        Self::Merged,
        Self::Split,
        Self::Moved,
        Self::Omitted,
        Self::Added,
    ];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Variant => "variant",
            Self::Shortened => "shortened",
            Self::Expanded => "expanded",
            Self::Reworded => "reworded",
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Moved => "moved",
            Self::Omitted => "omitted",
            Self::Added => "added",
        }
    }
}

/// Replace characters `a` of one side by characters `b` of the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub a: (u32, u32),
    pub b: (u32, u32),
    /// The fold class that explains the difference (`dash`, `quote`, `width`, `space`, `script`), if one does.
    pub fold: Option<Cow<'static, str>>,
}

/// A clause (or run of clauses) of one side held against the other; one side is empty when omitted or added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClausePair {
    pub relation: Relation,
    /// Also stands in another order than its neighbours.
    pub moved: bool,
    pub a: Option<(u32, u32, u32)>,
    pub b: Option<(u32, u32, u32)>,
}

/// Paragraphs of one side aligned with paragraphs of the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    pub relation: Relation,
    /// Also stands in another order than its neighbours.
    pub moved: bool,
    pub a: Vec<u32>,
    pub b: Vec<u32>,
    /// Exact edits from the concatenated texts of `a` to the concatenated texts of `b`.
    pub edits: Vec<Edit>,
    pub clauses: Vec<ClausePair>,
}

/// What share of one side stands in the other, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    pub characters: f64,
    pub clauses: f64,
    pub paragraphs: f64,
}

/// Two articles held against each other: `a` the fuller or earlier, `b` the derived.
#[derive(Clone, Debug, PartialEq)]
pub struct Collation {
    pub a: ArticleIx,
    pub b: ArticleIx,
    pub groups: Vec<Group>,
    /// How much of `a` stands in `b`.
    pub coverage_a: Coverage,
    /// How much of `b` stands in `a`.
    pub coverage_b: Coverage,
}

/// A clause that stands in two articles or more, with all its places.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedClause {
    /// Stable address: a hash of the folded clause.
    pub key: String,
    /// The clause as its first place prints it.
    pub text: String,
    pub places: Vec<Place>,
    /// Number of different articles among the places.
    pub spread: u32,
    /// Known by document frequency to be a formula.
    pub boilerplate: bool,
}

/// What one article is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentRelation {
    ReprintOf,
    AbstractOf,
    ReportOf,
    Quotes,
    Continues,
}

impl DocumentRelation {
    pub const ALL: [Self; 5] = [Self::ReprintOf, Self::AbstractOf, Self::ReportOf, Self::Quotes, Self::Continues];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReprintOf => "reprint-of",
            Self::AbstractOf => "abstract-of",
            Self::ReportOf => "report-of",
            Self::Quotes => "quotes",
            Self::Continues => "continues",
        }
    }
}

/// `from` is a reprint, an abstract, a report … of `to`.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    pub relation: Guess<DocumentRelation>,
    pub from: ArticleIx,
    pub to: ArticleIx,
    /// Share of the characters of `from` that stand in `to`, and of `to` in `from`.
    pub coverage_from: f64,
    pub coverage_to: f64,
}

/// Words in which two printings of one text differ: the earlier printing, and the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    pub a: Place,
    pub b: Place,
}

/// A passage that stands in two articles, exact or reworded, found corpus-wide.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub a: Place,
    pub b: Place,
    /// Similarity of the folded passages, 0 to 1; 1 is exact but for fold classes.
    pub score: f32,
}

/// Pairs of clauses that may be the same in other words, as an engine found them. A clause is told by its id, a hash of its
/// words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    pub pairs: Vec<(u64, u64)>,
    /// Among how many clauses they were found, where the engine tells.
    pub clauses: Option<usize>,
    /// Number of grams that stand in too many clauses to name candidates.
    pub formulae: usize,
}

/// A passage that an engine found in two articles: address, start and end in the characters of all its paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    pub a: (String, u32, u32),
    pub b: (String, u32, u32),
}

/// What other engines found in the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Instead of the built-in search for candidates.
    pub candidates: Option<Candidates>,
    /// Besides what the built-in search finds.
    pub passages: Vec<Passage>,
    /// BLAKE3 of the files they were read from, in hex.
    pub digest: String,
}

/// All that the texts share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reuse {
    pub matches: Vec<Match>,
    pub shared: Vec<SharedClause>,
    pub collations: Vec<Collation>,
    pub links: Vec<Link>,
    pub variants: Vec<Variant>,
    /// What was left out to stay bounded, in numbers, to be said to the reader.
    pub capped: Vec<Diagnostic>,
}

// ---------------------------------------------------------------------------------------------- quotations and mentions

/// How a quotation stands to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fidelity {
    Exact,
    /// Exact but for fold classes such as the level of quote marks.
    Variant,
    Altered,
}

/// A passage that reproduces words of another article.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    pub place: Place,
    pub source: Place,
    /// The other passages that it could stand for.
    pub witnesses: Vec<Place>,
    pub fidelity: Fidelity,
    /// What makes the quotation (`b`) of its source (`a`); offsets count from the start of each passage.
    pub edits: Vec<Edit>,
    /// Set in quote marks.
    pub marked: bool,
    /// A term of a few characters and no clause: “上海精神”.
    pub term: bool,
    /// Whose words they are said to be.
    pub speaker: Option<String>,
}

/// A `《…》` or a plain name of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub place: Place,
    /// The name as it is printed, without `《》`.
    pub name: String,
    /// The article that is that document, if it stands in the corpus.
    pub target: Option<ArticleIx>,
    /// The text names itself: it has no target, and is not missing either.
    pub itself: bool,
}

// ---------------------------------------------------------------------------------------------- words

/// A term or name of the corpus.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub text: String,
    pub class: TermClass,
    /// Count per article that has it.
    pub counts: BTreeMap<ArticleIx, u32>,
    pub total: u32,
    /// How evenly it is spread over the texts, for their length: 1 evenly, 0 all in one (1 − Gries' DP, normed).
    pub dispersion: f32,
    /// Words that stand near it more often than chance has it, the strongest first. Only terms with a page have them.
    pub collocates: Vec<Collocate>,
    /// Whether it has a page of its own.
    pub paged: bool,
}

/// A word near another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Collocate {
    /// Index in [`Words::terms`].
    pub term: usize,
    /// How often it stands in the window.
    pub count: u32,
    /// logDice: 14 if the two only stand together, one less for each halving.
    pub score: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermClass {
    Word,
    Person,
    Place,
    Organisation,
    /// Set in quotation marks somewhere, or given by the user: “上海精神”.
    Other,
}

impl TermClass {
    pub const ALL: [Self; 5] = [Self::Person, Self::Organisation, Self::Place, Self::Other, Self::Word];

    /// The name used in addresses and CSS classes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Other => "quoted",
        }
    }
}

/// The terms of the corpus and what is distinctive of each article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    pub terms: Vec<Term>,
    /// Per article: (index of the term, log-likelihood against the rest), most distinctive first.
    pub keyness: Vec<Vec<(usize, f32)>>,
    /// The same per kind of text.
    pub kinds: Vec<(Kind, Vec<(usize, f32)>)>,
    /// Number of words per article.
    pub sizes: Vec<u32>,
}

// ---------------------------------------------------------------------------------------------- addresses

/// What is known of addresses beside the `id` and `anchor` that articles carry themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Addresses {
    /// Per article, its number in the search index: given once, never given again.
    pub texts: Vec<u32>,
    /// Per article, the anchors that were given in it and have no paragraph of their own any more.
    pub aliases: Vec<Vec<Alias>>,
    /// Addresses that have no article any more, in their order.
    pub departed: Vec<Departed>,
    pub changes: Changes,
    /// Where `duikan.lock` stands, and what it should say.
    pub lock: (PathBuf, String),
}

/// An anchor that leads on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// `p7`.
    pub anchor: String,
    pub to: Option<Landing>,
}

/// Where a citation lands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landing {
    pub article: ArticleIx,
    /// `None` is the article as a whole.
    pub anchor: Option<String>,
}

/// An address without an article: it leads on, or says what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departed {
    pub id: String,
    pub title: String,
    pub seed: String,
    pub to: Option<ArticleIx>,
    pub anchors: Vec<Alias>,
}

/// What is new since the lock was saved. Sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: Vec<String>,
    /// Addresses whose article was gone and is there again.
    pub returned: Vec<String>,
    /// From which address to which.
    pub moved: Vec<(String, String)>,
    pub removed: Vec<String>,
    /// Paragraphs that lost their own anchor: address and anchor.
    pub paragraphs: Vec<(String, String)>,
}

// ---------------------------------------------------------------------------------------------- the whole

/// Everything that is known of the corpus, ready to be rendered or exported.
#[derive(Debug)]
pub struct Edition {
    pub config: Config,
    pub sources: Vec<Source>,
    pub articles: Vec<Article>,
    pub furniture: Vec<Furniture>,
    /// Per article, its clauses in order; they tile its paragraphs.
    pub clauses: Vec<Vec<Clause>>,
    pub reuse: Reuse,
    pub quotes: Vec<Quote>,
    pub mentions: Vec<Mention>,
    pub words: Words,
    pub diagnostics: Vec<Diagnostic>,
    /// `seeds/index.md` and `seeds/about.md`, as Markdown.
    pub index_note: Option<String>,
    pub about_note: Option<String>,
    /// Text numbers, and the addresses that lead on; with the lock, to be saved before anything is published.
    pub addresses: Addresses,
}

/// A clause of a paragraph: `text[start..end]`, closing marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    pub paragraph: u32,
    pub start: u32,
    pub end: u32,
}

/// A file of the site, below its root, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    pub path: String,
    pub bytes: Vec<u8>,
}
