//! Findings and summaries → terminal, and → JSON. The only room that prints.
//!
//! ```text
//! warning[read-invalid-bytes]: 3 bytes are not GBK and became U+FFFD
//!  --> seeds/旧报.txt:2:5
//!   |
//! 2 | 上海合作�组织
//!   |         ^^
//!   = help: save the file again as UTF-8 from a copy that is whole
//! ```

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use annotate_snippets::Renderer;
use anyhow::{Context, Result};
use serde_json::json;

use crate::diagnostic::{Diagnostic, Severity};
use crate::exit::{self, Exit, Failure};
use crate::model::{Edition, Source};

mod snippet;
mod summary;

pub use summary::{Facts, summary, summary_json};

/// Failing findings that a build tells in full; `check` tells all.
const IN_FULL: usize = 20;

/// What is odd about a corpus, in the order in which one would look at it.
#[derive(Debug)]
pub struct Findings<'a> {
    list: Vec<&'a Diagnostic>,
    sources: &'a [Source],
    seeds: PathBuf,
}

/// What was found, in brief, on standard error.
pub fn brief(facts: &Facts) -> Result<()> {
    let mut err = io::stderr().lock();
    facts.brief.iter().try_for_each(|line| writeln!(err, "{line}")).context("standard error")
}

/// A line on standard error for who sits before the terminal.
pub fn say(line: &str) {
    // A reader of messages that has gone is no reason to stop the work.
    let _ = writeln!(io::stderr().lock(), "{}", snippet::harmless(line));
}

impl<'a> Findings<'a> {
    /// All findings of an edition: disputed decisions first, then by severity and place.
    #[must_use]
    pub fn of(edition: &'a Edition, seeds: &Path) -> Self {
        let mut list: Vec<_> = edition.diagnostics.iter().chain(&edition.reuse.capped).collect();
        list.sort_by_key(|finding| (!is_disputed(finding), Reverse(finding.severity), &finding.span, &finding.code));
        Self { list, sources: &edition.sources, seeds: seeds.to_owned() }
    }

    /// Whether `check` should say that something was found.
    #[must_use]
    pub fn any_warning(&self) -> bool {
        self.list.iter().any(|finding| finding.severity >= Severity::Warning)
    }

    /// Whether a run with these findings fails.
    #[must_use]
    pub fn fail(&self, strict: bool) -> bool {
        self.list.iter().any(|finding| finding.severity >= failing(strict))
    }

    /// Every finding with its place, on standard output.
    pub fn in_full(&self) -> Result<()> {
        let renderer = renderer(&io::stdout());
        let mut out = io::BufWriter::new(io::stdout().lock());
        let told = self.list.iter().try_for_each(|finding| {
            writeln!(out, "{}\n", snippet::render(finding, self.sources, &self.seeds, &renderer))
        });
        told.and_then(|()| writeln!(out, "{}", self.counts())).and_then(|()| out.flush()).context("standard output")
    }

    /// Every finding as JSON, on standard output.
    pub fn json(&self) -> Result<()> {
        let count = |severity| self.list.iter().filter(|finding| finding.severity == severity).count();
        let counts = json!({
            "error": count(Severity::Error), "warning": count(Severity::Warning), "note": count(Severity::Note),
        });
        print_json(&json!({ "duikan": env!("CARGO_PKG_VERSION"), "counts": counts, "findings": self.list }))
    }

    /// One line for each kind of finding.
    fn brief(&self) -> Vec<String> {
        let mut kinds: BTreeMap<_, Vec<&Diagnostic>> = BTreeMap::new();
        for &finding in &self.list {
            kinds.entry((Reverse(finding.severity), finding.code.as_ref())).or_default().push(finding);
        }
        let mut lines = Vec::new();
        for ((Reverse(severity), code), found) in &kinds {
            let Some(first) = found.first() else { continue };
            let place =
                first.span.as_ref().map_or(String::new(), |span| format!("{}: ", snippet::place(span, &self.seeds)));
            let more = match found.len() {
                1 => String::new(),
                n => format!(" (and {} more)", n - 1),
            };
            let line = format!("{}[{code}]: {place}{}{more}", name(*severity), first.message);
            lines.push(snippet::harmless(&line));
        }
        if !kinds.is_empty() {
            lines.push(format!("{}; `duikan check` shows each in its place", self.counts()));
        }
        lines
    }

    /// What failed a run, on standard error.
    pub fn failed(&self, strict: bool) -> Result<()> {
        let told = self.failing_by(strict, &renderer(&io::stderr()));
        writeln!(io::stderr().lock(), "{told}; nothing was written").context("standard error")
    }

    /// The same for a page, in plain text.
    #[must_use]
    pub fn failing_in_full(&self, strict: bool) -> String {
        self.failing_by(strict, &Renderer::plain())
    }

    fn failing_by(&self, strict: bool, renderer: &Renderer) -> String {
        let failing: Vec<_> = self.list.iter().filter(|finding| finding.severity >= failing(strict)).collect();
        let first = failing.iter().take(IN_FULL);
        let mut told: Vec<String> =
            first.map(|finding| snippet::render(finding, self.sources, &self.seeds, renderer) + "\n").collect();
        if let Some(more @ 1..) = failing.len().checked_sub(IN_FULL) {
            told.push(format!("and {more} more; `duikan check` shows them"));
        }
        told.push(self.counts());
        told.join("\n")
    }

    fn counts(&self) -> String {
        let told: Vec<_> = [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .filter_map(|severity| {
                let n = self.list.iter().filter(|finding| finding.severity == severity).count();
                (n > 0).then(|| format!("{n} {}{}", name(severity), if n == 1 { "" } else { "s" }))
            })
            .collect();
        if told.is_empty() { "no findings".to_owned() } else { told.join(", ") }
    }
}

/// Tells why a run ended, and with which code: one line of cause, one hint.
#[must_use]
pub fn failure(error: &anyhow::Error) -> Exit {
    if exit::is_closed_pipe(error) {
        return Exit::Done;
    }
    // Where even standard error is closed, the exit code still tells.
    let _ = writeln!(io::stderr().lock(), "{}", told_by(error, &renderer(&io::stderr())));
    exit::of(error)
}

/// The same for a page, in plain text.
#[must_use]
pub fn told(error: &anyhow::Error) -> String {
    told_by(error, &Renderer::plain())
}

fn told_by(error: &anyhow::Error, renderer: &Renderer) -> String {
    let finding = error.downcast_ref::<Failure>().and_then(|failure| failure.finding.as_deref());
    let mut text = match finding {
        Some(finding) => snippet::render(finding, &[], Path::new(""), renderer),
        None => snippet::harmless(&format!("error: {error:#}")),
    };
    if let Some(hint) = exit::hint(error) {
        text.push_str("\n hint: ");
        text.push_str(&snippet::harmless(&hint));
    }
    text
}

fn print_json(value: &serde_json::Value) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from).context("standard output")?;
    writeln!(out).and_then(|()| out.flush()).context("standard output")
}

/// The least severity that fails a run.
fn failing(strict: bool) -> Severity {
    if strict { Severity::Warning } else { Severity::Error }
}

fn is_disputed(finding: &Diagnostic) -> bool {
    finding.code.ends_with("disputed")
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn renderer(stream: &impl IsTerminal) -> Renderer {
    let plain = !stream.is_terminal() || std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if plain { Renderer::plain() } else { Renderer::styled() }
}
