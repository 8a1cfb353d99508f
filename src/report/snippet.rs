//! One finding → text with a caret under the right Han character.
//!
//! ```text
//! 日 报　第２版        columns 2..5 are `报　第`: three characters, six cells of the terminal
//!    ^^^^^^
//! ```

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use crate::character::{self, Oddity};
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::model::Source;

/// Characters shown before and behind a finding in a line too long to be shown whole.
const AROUND: usize = 30;

/// The finding with its excerpt. Files of the corpus are told below `seeds`.
pub fn render(finding: &Diagnostic, sources: &[Source], seeds: &Path, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = level
        .primary_title(harmless(&finding.message))
        .id(finding.code.as_ref())
        .elements(finding.span.iter().flat_map(|span| excerpt(span, AnnotationKind::Primary, sources, seeds)));
    group =
        group.elements(finding.related.iter().flat_map(|span| excerpt(span, AnnotationKind::Context, sources, seeds)));
    if let Some(hint) = &finding.hint {
        group = group.element(Level::HELP.message(harmless(hint)));
    }
    renderer.render(&[group])
}

/// `seeds/000.txt:13:37`, as an editor can open it.
pub fn place(span: &Span, seeds: &Path) -> String {
    let file = seeds.join(&span.file).display().to_string();
    if span.line == 0 { file } else { format!("{file}:{}:{}", span.line, span.start + 1) }
}

/// `text` with every character that a terminal might obey, or that hides, made visible; one for one.
pub fn harmless(text: &str) -> String {
    text.chars().map(visible).collect()
}

fn visible(char: char) -> char {
    match Oddity::of(char) {
        Some(Oddity::Direction | Oddity::ZeroWidth) => char::REPLACEMENT_CHARACTER,
        _ if char.is_whitespace() && char != '\u{3000}' => ' ',
        _ => character::harmless(char),
    }
}

fn excerpt<'a>(span: &'a Span, kind: AnnotationKind, sources: &[Source], seeds: &Path) -> Vec<Element<'a>> {
    let path = harmless(&seeds.join(&span.file).display().to_string());
    if span.line == 0 {
        return vec![Origin::path(path).into()];
    }
    let line = line(span, sources);
    let (window, marked) = window(&line, span.start as usize, span.end as usize);
    let origin = Origin::path(path).line(span.line as usize).char_column(span.start as usize + 1);
    let snippet = Snippet::source(window).line_start(span.line as usize).annotation(kind.span(marked));
    vec![origin.into(), snippet.into()]
}

/// The line of the finding: carried along, or looked up where it is too long for that.
fn line<'a>(span: &'a Span, sources: &'a [Source]) -> Cow<'a, str> {
    if !span.text.is_empty() {
        return Cow::Borrowed(&span.text);
    }
    let source =
        sources.binary_search_by(|source| source.path.as_str().cmp(&span.file)).ok().and_then(|at| sources.get(at));
    source.map_or(Cow::Borrowed(""), |source| Cow::Borrowed(source.line(span.line as usize)))
}

/// The part of `line` to show, harmless, and the bytes of it that columns `start..end` have become.
fn window(line: &str, start: usize, end: usize) -> (String, Range<usize>) {
    let from = start.saturating_sub(AROUND);
    let length = (end.max(start) - start).min(2 * AROUND);
    let mut shown = String::from(if from == 0 { "" } else { "…" });
    let mut marked = 0..0;
    let mut chars = line.chars().skip(from).enumerate();
    let (mark_start, mark_end) = (start - from, start - from + length);
    for (at, char) in chars.by_ref().take(mark_end + AROUND) {
        if at == mark_start {
            marked.start = shown.len();
        }
        shown.push(visible(char));
        if at < mark_end {
            marked.end = shown.len();
        }
        if at < mark_start {
            marked.start = shown.len();
        }
    }
    if chars.next().is_some() {
        shown.push('…');
    }
    marked.end = marked.end.max(marked.start);
    (shown, marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str, columns: (u32, u32)) -> String {
        let span = Some(Span::line("报.txt", 7, columns, line));
        let finding = Diagnostic::new(Severity::Warning, "read-test", span, "奇怪").with_hint("再看");
        render(&finding, &[], Path::new("seeds"), &Renderer::plain())
    }

    #[test]
    fn the_caret_stands_under_han_fullwidth_and_ideographic_space() {
        let text = told("日 报　第２版", (2, 5));
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.first(), Some(&"warning[read-test]: 奇怪"));
        assert!(text.contains("--> seeds/报.txt:7:3"), "{text}");
        let (excerpt, caret) =
            (lines.iter().position(|l| l.starts_with("7 |")), lines.iter().position(|l| l.contains('^')));
        assert_eq!(excerpt.map(|at| at + 1), caret, "{text}");
        assert!(text.contains("|    ^^^^^^\n"), "three wide characters behind three cells:\n{text}");
        assert!(text.contains("help: 再看"), "{text}");
    }

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        let text = told("甲\u{1b}[31m乙\u{202e}丙\u{200b}丁\u{9b}", (0, 1));
        assert!(text.chars().all(|c| c == '\n' || (!c.is_control() && c != '\u{202e}' && c != '\u{200b}')), "{text:?}");
        assert_eq!(harmless("a\u{7}b\nc"), "a␇b c");
    }

    #[test]
    fn a_long_line_is_shown_around_the_finding() {
        let line = "字".repeat(1000);
        let (shown, marked) = window(&line, 500, 502);
        assert_eq!(shown.chars().count(), AROUND + 2 + AROUND + 2);
        assert_eq!(shown.get(marked), Some("字字"));
        assert_eq!(window("短", 5, 9), ("短".to_owned(), 3..3));
        assert_eq!(window("", 0, 0), (String::new(), 0..0));
    }
}
