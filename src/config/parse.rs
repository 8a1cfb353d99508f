//! TOML → values, and what is wrong in it → a finding with a caret and the nearest name that is known.
//!
//! ```text
//! kind = "speach"      unknown variant `speach`
//!        ^^^^^^^^      did you mean `speech`?
//! ```

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::character::harmless_text;
use crate::diagnostic::{Diagnostic, Severity, Span};

/// A TOML file under the name by which its reader knows it.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    pub name: &'a str,
    pub text: &'a str,
    /// The code of what is wrong in it.
    pub code: &'static str,
}

impl File<'_> {
    /// The whole file as a `T`, or the first thing that is wrong in it.
    pub fn parse<T: DeserializeOwned>(self) -> Result<T, Box<Diagnostic>> {
        toml::from_str(self.text).map_err(|error| {
            let (message, hint) = explain(error.message());
            let fault = self.fault(error.span().unwrap_or_default(), message);
            Box::new(match hint {
                Some(hint) => fault.with_hint(hint),
                None => fault,
            })
        })
    }

    /// A fault at a place of the file.
    pub fn fault(self, bytes: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Severity::Error, self.code, Some(self.span(&bytes)), message)
    }

    pub fn span(self, bytes: &Range<usize>) -> Span {
        Span::bytes(self.name, self.text, bytes)
    }
}

/// A text without control characters that an escape may have brought in; blank is as good as none.
pub fn text(value: Option<String>) -> Option<String> {
    value.map(|text| harmless_text(&text).trim().replace(['\n', '\t'], " ")).filter(|text| !text.is_empty())
}

/// As [`text`], for a value whose place matters.
pub fn spanned_text(value: Option<&Spanned<String>>) -> Option<String> {
    text(value.map(|value| value.get_ref().clone()))
}

/// What serde says of an unknown name, in one short sentence, and the nearest of the names that it expected.
fn explain(message: &str) -> (String, Option<String>) {
    let message = message.lines().next().unwrap_or(message);
    let Some((what, expected)) = message.split_once(", expected") else {
        return (message.to_owned(), None);
    };
    let names = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let (Some(wrong), known) = (names(what).into_iter().next(), names(expected)) else {
        return (message.to_owned(), None);
    };
    let hint = match nearest(&wrong, &known) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known here: {}", known.join(", ")),
    };
    (what.replace("unknown field", "unknown key").replace("unknown variant", "unknown value"), Some(hint))
}

/// The name that takes the fewest keystrokes to be reached, if they are few.
fn nearest<'a>(wrong: &str, known: &'a [String]) -> Option<&'a String> {
    let distance = |name: &str| rapidfuzz::distance::damerau_levenshtein::distance(wrong.chars(), name.chars());
    let best = known.iter().min_by_key(|name| distance(name))?;
    (distance(best) <= 1 + best.chars().count() / 3).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Small {
        #[serde(rename = "title")]
        _title: Option<String>,
        #[serde(rename = "licence")]
        _licence: Option<String>,
    }

    fn wrong(text: &str) -> Box<Diagnostic> {
        File { name: "duikan.toml", text, code: "config" }.parse::<Small>().unwrap_err()
    }

    #[test]
    fn an_unknown_key_is_shown_with_the_nearest() {
        let fault = *wrong("# 注\n\"标题\" = 1\n");
        let span = fault.span.unwrap();
        assert_eq!((span.line, span.start, span.end), (2, 0, 4));
        assert_eq!(fault.hint.as_deref(), Some("known here: title, licence"));
        let fault = wrong("titel = \"对勘\"");
        assert_eq!(
            (fault.message.as_str(), fault.hint.as_deref()),
            ("unknown key `titel`", Some("did you mean `title`?"))
        );
        assert_eq!(wrong("license = \"MIT\"").hint.as_deref(), Some("did you mean `licence`?"));
    }

    #[test]
    fn what_is_no_toml_is_shown_where_it_breaks() {
        let span = wrong("title = \"对勘\n").span.unwrap();
        assert_eq!(span.line, 1);
        assert_eq!(wrong("title = 3").span.map(|span| (span.start, span.end)), Some((8, 9)));
    }

    #[test]
    fn a_value_cannot_smuggle_control_characters_in() {
        assert_eq!(text(Some("甲\u{1b}乙\n".to_owned())).as_deref(), Some("甲␛乙"));
        assert_eq!(text(Some(" ".to_owned())), None);
    }
}
