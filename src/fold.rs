//! The comparison key and its classes: what two printings may differ in without differing in words.
//!
//! Display keeps the print; only comparison and search look at the key. Each token of the key knows the characters it
//! stands for, so whatever is found in keys is told in offsets of the text, and a difference that vanishes in the key is
//! named by its class.
//!
//! ```text
//! print A   ‘反恐协作－ 2024’        key   "反恐协作—2024"
//! print B   “反恐协作——2024”        key   "反恐协作—2024"     A and B differ by: quote, dash, space, quote
//! ```

use std::borrow::Cow;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization;

use crate::config::Folds;

/// A kind of difference that is none of wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Whitespace.
    Space,
    /// Full and half width, and other compatibility forms of one and the same character.
    Width,
    /// Kinds of dashes, and how many make one dash.
    Dash,
    /// Kinds and levels of quote marks.
    Quote,
    /// Traditional and simplified characters; only where the configuration asks for it.
    Script,
}

impl Class {
    /// The name used in [`crate::model::Edit::fold`], JSON and CSS classes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Space => "space",
            Self::Width => "width",
            Self::Dash => "dash",
            Self::Quote => "quote",
            Self::Script => "script",
        }
    }
}

/// What a character becomes in the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// It is dropped.
    Nothing,
    /// It becomes this one, and a run of such characters becomes it once.
    Run(char),
    /// It becomes this one.
    Mark(char),
    /// It becomes its NFKC form, if that is one character.
    Nfkc,
}

/// The characters from `first` to `last` are folded in the same way.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub class: Class,
    pub first: char,
    pub last: char,
    pub to: To,
}

const fn rule(class: Class, first: char, last: char, to: To) -> Rule {
    Rule { class, first, last, to }
}

/// The dash of the key.
pub const DASH: char = '—';
/// The quote mark of the key.
pub const QUOTE: char = '"';

/// The whole fold but for script, in the order of code points and without overlaps. The search page carries the same
/// table, so it must stay plain data.
///
/// NFKC as a whole would also make `①` into `1` and `……` into dots, which are differences a reader wants to see: only
/// forms of width, radicals and compatibility ideographs are taken from it.
pub static RULES: [Rule; 42] = {
    use Class::{Dash, Quote, Space, Width};
    use To::{Mark, Nfkc, Nothing, Run};
    const D: To = Run(DASH);
    const Q: To = Mark(QUOTE);
    [
        rule(Space, '\t', '\r', Nothing),
        rule(Space, ' ', ' ', Nothing),
        rule(Quote, '"', '"', Q),
        rule(Quote, '\'', '\'', Q),
        rule(Dash, '-', '-', D),
        rule(Space, '\u{85}', '\u{85}', Nothing),
        rule(Space, '\u{a0}', '\u{a0}', Nothing),
        rule(Space, '\u{ad}', '\u{ad}', Nothing),
        rule(Space, '\u{1680}', '\u{1680}', Nothing),
        rule(Space, '\u{2000}', '\u{200b}', Nothing),
        rule(Dash, '\u{2010}', '\u{2015}', D),
        rule(Quote, '‘', '‟', Q),
        rule(Space, '\u{2028}', '\u{2029}', Nothing),
        rule(Space, '\u{202f}', '\u{202f}', Nothing),
        rule(Space, '\u{205f}', '\u{2060}', Nothing),
        rule(Dash, '\u{2212}', '\u{2212}', D),
        rule(Dash, '─', '━', D),
        rule(Dash, '\u{2e3a}', '\u{2e3b}', D),
        rule(Width, '\u{2e80}', '\u{2fd5}', Nfkc),
        rule(Space, '\u{3000}', '\u{3000}', Nothing),
        rule(Quote, '「', '』', Q),
        rule(Quote, '〝', '〟', Q),
        rule(Width, '\u{f900}', '\u{faff}', Nfkc),
        rule(Dash, '\u{fe31}', '\u{fe32}', D),
        rule(Quote, '\u{fe41}', '\u{fe44}', Q),
        rule(Width, '\u{fe50}', '\u{fe57}', Nfkc),
        rule(Dash, '\u{fe58}', '\u{fe58}', D),
        rule(Width, '\u{fe59}', '\u{fe62}', Nfkc),
        rule(Dash, '\u{fe63}', '\u{fe63}', D),
        rule(Width, '\u{fe64}', '\u{fe6b}', Nfkc),
        rule(Space, '\u{feff}', '\u{feff}', Nothing),
        rule(Width, '！', '！', Nfkc),
        rule(Quote, '＂', '＂', Q),
        rule(Width, '＃', '＆', Nfkc),
        rule(Quote, '＇', '＇', Q),
        rule(Width, '（', '，', Nfkc),
        rule(Dash, '－', '－', D),
        rule(Width, '．', '｡', Nfkc),
        rule(Quote, '｢', '｣', Q),
        rule(Width, '､', '\u{ffdc}', Nfkc),
        rule(Width, '\u{ffe0}', '\u{ffe6}', Nfkc),
        rule(Width, '\u{2f800}', '\u{2fa1f}', Nfkc),
    ]
};

/// The rule for `c`, if it is folded at all.
#[must_use]
pub fn rule_of(c: char) -> Option<&'static Rule> {
    if matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '一'..='龥') {
        return None;
    }
    let after = RULES.partition_point(|rule| rule.first <= c);
    after.checked_sub(1).and_then(|i| RULES.get(i)).filter(|rule| c <= rule.last)
}

/// Characters of a script block whose simplified form is looked up once.
const HAN: std::ops::RangeInclusive<u32> = 0x3400..=0x9fff;

/// Folds texts as the configuration asks.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The simplified form of each character of [`HAN`], where script is folded.
    simplified: Option<&'static [char]>,
}

impl Folder {
    #[must_use]
    pub fn new(folds: Folds) -> Self {
        Self { simplified: folds.script.then_some(SIMPLIFIED.as_deref()).flatten() }
    }

    /// What `c` becomes, and by which class.
    fn fold_char(&self, c: char) -> (To, Option<Class>) {
        if let Some(rule) = rule_of(c) {
            return (rule.to, Some(rule.class));
        }
        let Some(table) = self.simplified else { return (To::Mark(c), None) };
        let at = (c as u32).checked_sub(*HAN.start()).map(|at| at as usize);
        match at.and_then(|at| table.get(at)) {
            Some(&to) if to != c => (To::Mark(to), Some(Class::Script)),
            _ => (To::Mark(c), None),
        }
    }

    /// Whether characters of the other script become those of this.
    #[must_use]
    pub fn folds_script(&self) -> bool {
        self.simplified.is_some()
    }

    /// Whether some character of `text` becomes one of the other script.
    #[must_use]
    pub fn changes_script(&self, text: &str) -> bool {
        self.folds_script() && text.chars().any(|c| self.fold_char(c).1 == Some(Class::Script))
    }

    /// What the next character of a text becomes; `in_run` tells whether a run goes on, and begins as `false`.
    fn step(&self, c: char, in_run: &mut bool) -> Step {
        let key = match self.fold_char(c).0 {
            // A dash that a line break cut in two is still one dash.
            To::Nothing => return Step::Nothing,
            To::Run(_) if *in_run => return Step::GoesOn,
            To::Run(to) => {
                *in_run = true;
                return Step::Token(to);
            }
            To::Mark(to) => to,
            To::Nfkc => single_nfkc(c),
        };
        *in_run = false;
        Step::Token(key)
    }

    /// The key of `text`, with the way back.
    #[must_use]
    pub fn fold(&self, text: &str) -> Folded {
        // Han text has three bytes a character.
        let mut folded = Folded::with_capacity(text.len() / 3 + 1);
        let mut in_run = false;
        for (at, c) in (0u32..).zip(text.chars()) {
            folded.raw.push(c);
            match self.step(c, &mut in_run) {
                Step::Nothing => {}
                Step::GoesOn => folded.ends.last_mut().into_iter().for_each(|end| *end = at + 1),
                Step::Token(key) => {
                    folded.key.push(key);
                    folded.starts.push(at);
                    folded.ends.push(at + 1);
                }
            }
        }
        folded
    }

    /// The key of `text` alone, each token with the place of its first character.
    pub fn key<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (u32, char)> + 't {
        let mut in_run = false;
        (0u32..).zip(text.chars()).filter_map(move |(at, c)| match self.step(c, &mut in_run) {
            Step::Token(key) => Some((at, key)),
            Step::Nothing | Step::GoesOn => None,
        })
    }

    /// The class that explains why two passages with the same one-token key are printed differently.
    fn explain(&self, a: &[char], b: &[char]) -> Class {
        let class = a.iter().chain(b).filter_map(|&c| self.fold_char(c).1);
        class.filter(|&class| class != Class::Space).max().unwrap_or(Class::Space)
    }

    /// The name of the class that explains why `a` is printed differently from `b`, for [`crate::model::Edit::fold`].
    #[must_use]
    pub fn explain_name(&self, a: &[char], b: &[char]) -> Cow<'static, str> {
        Cow::Borrowed(self.explain(a, b).name())
    }
}

/// What one character does to the key.
enum Step {
    Nothing,
    /// It lengthens the token before it.
    GoesOn,
    /// It begins a token.
    Token(char),
}

fn single_nfkc(c: char) -> char {
    // The comma of Han text is one of these: what the tables of Unicode say of them is soon said.
    if let '！'..='～' = c {
        return u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c);
    }
    let mut form = std::iter::once(c).nfkc();
    match (form.next(), form.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

/// A text in simplified characters, byte by byte where it was.
#[must_use]
pub fn simplified(text: &str) -> Cow<'_, str> {
    let folder = Folder::new(Folds { script: true });
    let simple = |c: char| match folder.fold_char(c) {
        (To::Mark(to), Some(Class::Script)) if to.len_utf8() == c.len_utf8() => to,
        _ => c,
    };
    if text.chars().all(|c| simple(c) == c) { Cow::Borrowed(text) } else { text.chars().map(simple).collect() }
}

/// The simplified form of every character of [`HAN`], or nothing if the dictionary cannot be loaded.
static SIMPLIFIED: LazyLock<Option<Vec<char>>> = LazyLock::new(|| {
    let opencc = OpenCC::from_config(BuiltinConfig::T2s).ok()?;
    let mut buffer = [0; 4];
    let simplify = |c: char| {
        let form = opencc.convert(c.encode_utf8(&mut buffer));
        let mut chars = form.chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => only,
            _ => c,
        }
    };
    Some(HAN.filter_map(char::from_u32).map(simplify).collect())
});

/// A text, its key, and the way back: token `i` of the key stands for characters `starts[i]..ends[i]` of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    pub raw: Vec<char>,
    pub key: Vec<char>,
    pub starts: Vec<u32>,
    pub ends: Vec<u32>,
}

impl Folded {
    fn with_capacity(tokens: usize) -> Self {
        let (raw, key) = (Vec::with_capacity(tokens), Vec::with_capacity(tokens));
        Self { raw, key, starts: Vec::with_capacity(tokens), ends: Vec::with_capacity(tokens) }
    }

    /// The characters that tokens `from..to` stand for; an empty range stands at the start of its token.
    #[must_use]
    pub fn span(&self, from: usize, to: usize) -> (u32, u32) {
        let start = self.start(from);
        if to <= from {
            return (start, start);
        }
        (start, self.ends.get(to - 1).copied().unwrap_or(start))
    }

    /// Where token `i` starts; the end of the text for the token after the last.
    #[must_use]
    pub fn start(&self, i: usize) -> u32 {
        self.starts.get(i).copied().unwrap_or_else(|| u32::try_from(self.raw.len()).unwrap_or(u32::MAX))
    }

    /// The first token that starts at or after character `at`.
    #[must_use]
    pub fn token(&self, at: u32) -> usize {
        self.starts.partition_point(|&start| start < at)
    }

    /// Sets `next` behind this text. A dash at the end and one at the start of `next` stay two.
    pub fn append(&mut self, next: &Self) {
        let shift = u32::try_from(self.raw.len()).unwrap_or(u32::MAX);
        self.raw.extend(&next.raw);
        self.key.extend(&next.key);
        self.starts.extend(next.starts.iter().map(|at| at + shift));
        self.ends.extend(next.ends.iter().map(|at| at + shift));
    }

    /// The characters `from..to` of the text, as far as they exist.
    #[must_use]
    pub fn chars(&self, from: u32, to: u32) -> &[char] {
        self.raw.get(from as usize..to as usize).unwrap_or(&[])
    }
}

/// Whether `c` is a Han character.
#[must_use]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇' | '々')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        Folder::default().fold(text).key.into_iter().collect()
    }

    #[test]
    fn rules_stand_in_order_and_apart() {
        for pair in RULES.windows(2) {
            assert!(pair[0].first <= pair[0].last && pair[0].last < pair[1].first, "{pair:?}");
        }
    }

    #[test]
    fn kinds_of_print_share_a_key() {
        for (a, b) in [
            ("‘反恐协作－ 2024’", "“反恐协作——2024”"),
            ("《纲要》（2024-2026 年）", "《纲要》(2024—2026年)"),
            ("ＡＢＣ１２，", "ABC12,"),
            ("⼈⽂", "人文"),
            ("『声』", "\"声'"),
        ] {
            assert_eq!(key(a), key(b));
        }
    }

    #[test]
    fn what_a_reader_wants_to_see_stays() {
        for (a, b) in [("①", "1"), ("……", "......"), ("，", "、"), ("國", "国"), ("。", "，"), ("《", "〈")]
        {
            assert_ne!(key(a), key(b));
        }
    }

    #[test]
    fn script_is_a_class_of_its_own() {
        let folder = Folder::new(Folds { script: true });
        assert_eq!(folder.fold("對勘國際").key, folder.fold("对勘国际").key);
        assert_eq!(folder.explain(&['國'], &['国']), Class::Script);
    }

    #[test]
    fn what_is_said_without_the_tables_is_what_they_say() {
        for c in '！'..='～' {
            assert!(std::iter::once(c).nfkc().eq([single_nfkc(c)]), "{c}");
        }
    }

    #[test]
    fn a_key_alone_is_the_key_of_the_fold() {
        let folder = Folder::default();
        for text in [" 一 —— 二　－", "‘反恐协作－ 2024’，（ａ）", "—", ""] {
            let folded = folder.fold(text);
            let tokens: Vec<(u32, char)> = folded.starts.iter().copied().zip(folded.key).collect();
            assert_eq!(folder.key(text).collect::<Vec<_>>(), tokens, "{text}");
        }
    }

    #[test]
    fn tokens_know_their_characters() {
        let folded = Folder::default().fold(" 一 —— 二　");
        assert_eq!(folded.key, ['一', DASH, '二']);
        assert_eq!(folded.span(1, 2), (3, 5));
        assert_eq!(folded.span(0, 3), (1, 7));
        assert_eq!(folded.span(3, 3), (8, 8));
        assert_eq!(folded.token(2), 1);
    }
}
