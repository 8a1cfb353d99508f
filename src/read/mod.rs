//! The seeds folder → [`Source`]s: encodings, sidecars, hostile files. Seeds are only ever read.
//!
//! ```text
//! seeds/要闻.txt        a seed, in UTF-8, UTF-16, GB18030 or Big5
//! seeds/要闻.toml       its sidecar: what an editor knows better than the guess
//! seeds/要闻.md         its note, shown with its articles
//! seeds/社论.md         a clean seed: no .txt stands beside it
//! seeds/index.md about.md terms.txt   the introduction, the about page, the user's dictionary
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use blake3::Hasher;
use rayon::prelude::*;

use crate::character::Oddity;
use crate::config::{self, Config, Sidecar};
use crate::diagnostic::{Diagnostic, Severity, Span, Warned};
use crate::exit::Failure;
use crate::lockfile::Lock;
use crate::model::{Elsewhere, Format, Source};
use crate::progress::Progress;
use crate::read::tidy::Tidied;
use crate::read::walk::{Found, skipped};

mod decode;
mod lines;
mod pairs;
mod passages;
mod tidy;
mod walk;

pub use walk::look;

/// What stands in a seeds folder.
#[derive(Debug, Default, Clone)]
pub struct Seeds {
    /// In the order of their paths.
    pub sources: Vec<Source>,
    /// `index.md` and `about.md` at the top, as Markdown.
    pub index_note: Option<String>,
    pub about_note: Option<String>,
    /// `terms.txt` at the top: the user's dictionary, a term a line.
    pub terms: Vec<String>,
    /// `duikan.lock`, beside the folder.
    pub lock: Lock,
    /// What other engines found; it stands elsewhere.
    pub elsewhere: Elsewhere,
}

/// Reads every seed below `folder`, in a fixed order. Only an unreadable folder is an error.
pub fn read(folder: &Path, config: &Config, progress: &Progress) -> Result<Warned<Seeds>> {
    let Warned { value: files, mut diagnostics } = walk::files(folder)?;
    let plan = plan(files, &mut diagnostics);
    let limit = config.limits.seed_bytes;
    let stage = progress.stage("reading", plan.seeds.len());
    let read: Vec<_> = plan
        .seeds
        .par_iter()
        .map(|seed| {
            let read = seed.read(limit);
            stage.step();
            read
        })
        .collect();
    let mut seeds = Seeds { lock: Lock::load(folder).map_err(Failure::from)?, ..Seeds::default() };
    for Warned { value, diagnostics: told } in read {
        seeds.sources.extend(value);
        diagnostics.extend(told);
    }
    let mut page = |file: Option<Found>| Some(text(&file?, limit, &mut diagnostics)?.tidy);
    seeds.index_note = page(plan.index);
    seeds.about_note = page(plan.about);
    seeds.terms = page(plan.terms).map_or_else(Vec::new, |terms| {
        terms
            .lines()
            .map(str::trim)
            .filter(|term| !term.is_empty() && !term.starts_with('#'))
            .map(str::to_owned)
            .collect()
    });
    Ok(Warned { value: seeds, diagnostics })
}

/// Reads what other engines found, where it is named.
pub fn elsewhere(pairs: Option<&Path>, passages: Option<&Path>) -> Result<Elsewhere> {
    let mut hasher = Hasher::new();
    let candidates = pairs.map(|place| pairs::candidates(place, &mut hasher)).transpose()?;
    let passages = passages.map(|place| passages::passages(place, &mut hasher)).transpose()?.unwrap_or_default();
    let digest = format!("{} {}", candidates.is_some(), hasher.finalize().to_hex());
    Ok(Elsewhere { candidates, passages, digest })
}

/// Which file is what.
#[derive(Default)]
struct Plan {
    seeds: Vec<Seed>,
    index: Option<Found>,
    about: Option<Found>,
    terms: Option<Found>,
}

/// A seed and the files that belong to it.
struct Seed {
    file: Found,
    format: Format,
    sidecar: Option<Found>,
    note: Option<Found>,
}

/// The files of one name: `要闻.txt`, `要闻.md`, `要闻.toml`.
#[derive(Default)]
struct Family {
    raw: Vec<Found>,
    markdown: Vec<Found>,
    sidecar: Option<Found>,
}

fn plan(files: Vec<Found>, diagnostics: &mut Vec<Diagnostic>) -> Plan {
    let mut plan = Plan::default();
    let mut families: BTreeMap<String, Family> = BTreeMap::new();
    let mut ignored = Vec::new();
    for file in files {
        let (stem, extension) = file.split();
        let stem = stem.to_owned();
        match (file.name.as_str(), extension.as_str()) {
            ("index.md", _) => plan.index = Some(file),
            ("about.md", _) => plan.about = Some(file),
            ("terms.txt", _) => plan.terms = Some(file),
            ("duikan.toml" | "duikan.lock", _) => {}
            (_, "txt") => families.entry(stem).or_default().raw.push(file),
            (_, "md") => families.entry(stem).or_default().markdown.push(file),
            (_, "toml") => families.entry(stem).or_default().sidecar = Some(file),
            _ => ignored.push(file.name),
        }
    }
    for Family { raw, markdown, sidecar } in families.into_values() {
        if let (Some(sidecar), true, true) = (&sidecar, raw.is_empty(), markdown.is_empty()) {
            diagnostics.push(orphan(sidecar));
        }
        let (format, files, note) = if raw.is_empty() {
            (Format::Markdown, markdown, None)
        } else {
            (Format::Raw, raw, markdown.into_iter().next())
        };
        let seed = |file| Seed { file, format, sidecar: sidecar.clone(), note: note.clone() };
        plan.seeds.extend(files.into_iter().map(seed));
    }
    plan.seeds.sort_by(|a, b| a.file.name.cmp(&b.file.name));
    diagnostics.extend(left_out(&ignored));
    plan
}

fn orphan(sidecar: &Found) -> Diagnostic {
    let message = format!("{} stands beside no seed of that name", sidecar.name);
    Diagnostic::new(Severity::Warning, "sidecar-orphan", Some(Span::file(&sidecar.name)), message)
        .with_hint("a sidecar is called as its seed is: 要闻.toml beside 要闻.txt")
}

fn left_out(names: &[String]) -> Option<Diagnostic> {
    let first = names.first()?;
    let message = match names.len() {
        1 => format!("{first} is neither .txt nor .md and was left out"),
        n => format!("{n} files are neither .txt nor .md and were left out, {first} among them"),
    };
    Some(Diagnostic::new(Severity::Note, "read-ignored", Some(Span::file(first)), message))
}

impl Seed {
    fn read(&self, limit: u64) -> Warned<Option<Source>> {
        let mut diagnostics = Vec::new();
        let value = self.source(limit, &mut diagnostics);
        Warned { value, diagnostics }
    }

    fn source(&self, limit: u64, diagnostics: &mut Vec<Diagnostic>) -> Option<Source> {
        let Text { tidy: text, encoding, digest } = text(&self.file, limit, diagnostics)?;
        if text.trim().is_empty() {
            diagnostics.push(skipped("read-empty", &self.file.name, "is empty"));
            return None;
        }
        let note = self.note.as_ref().and_then(|note| Some(self::text(note, limit, diagnostics)?.tidy));
        let mut source = Source { encoding, note, digest, ..Source::of(&self.file.name, self.format, text) };
        if let Some(file) = &self.sidecar {
            source.sidecar = sidecar(file, &source, limit, diagnostics);
        }
        Some(source)
    }
}

fn sidecar(file: &Found, source: &Source, limit: u64, diagnostics: &mut Vec<Diagnostic>) -> Option<Sidecar> {
    let toml = text(file, limit, diagnostics)?;
    let Warned { value, diagnostics: told } = config::sidecar(&file.name, &toml.tidy, source);
    diagnostics.extend(told);
    value
}

struct Text {
    tidy: String,
    encoding: &'static str,
    digest: String,
}

/// The text of a file, tidied, and what is odd about it; `None` where there is none to be had.
fn text(file: &Found, limit: u64, diagnostics: &mut Vec<Diagnostic>) -> Option<Text> {
    let mut skip = |code, why: &str| diagnostics.push(skipped(code, &file.name, why));
    let bytes = match walk::bytes(&file.path, limit) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            skip("read-too-large", &format!("is larger than the {limit} bytes that `limits.seed_bytes` allows"));
            return None;
        }
        Err(error) => {
            diagnostics.push(walk::unreadable(&file.name, &error));
            return None;
        }
    };
    let Some(decoded) = decode::decode(&bytes) else {
        skip("read-binary", "is no text");
        return None;
    };
    let (encoding, malformed) = (decoded.encoding.name(), decoded.malformed);
    let tidied = tidy::tidy(decoded.text);
    if encoding != "UTF-8" {
        diagnostics.push(guessed(&file.name, encoding));
    }
    diagnostics.extend(oddities(&file.name, &tidied, encoding, malformed));
    Some(Text { tidy: tidied.text, encoding, digest: blake3::hash(&bytes).to_hex().to_string() })
}

fn guessed(name: &str, encoding: &str) -> Diagnostic {
    let message = format!("{name} was read as {encoding}");
    Diagnostic::new(Severity::Note, "read-encoding", Some(Span::file(name)), message)
        .with_hint("if the text came out garbled, save the file as UTF-8")
}

/// The odd characters of a text, line by line up to a cap that is told.
fn oddities(name: &str, tidied: &Tidied, encoding: &str, malformed: bool) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for (oddity, &lines) in Oddity::ALL.iter().zip(&tidied.lines) {
        let (severity, code, what, hint) = match oddity {
            Oddity::Lost if malformed => {
                let what = format!("bytes that are not {encoding} became U+FFFD");
                (Severity::Warning, "read-invalid-bytes", Cow::Owned(what), "take the seed from a copy that is whole")
            }
            Oddity::Lost => {
                let what = "U+FFFD stands where an earlier conversion lost a character";
                (Severity::Note, "read-lost-characters", what.into(), "take the seed from a copy that is whole")
            }
            Oddity::Control => {
                let what = "a control character was replaced by its picture";
                (Severity::Warning, "read-control", what.into(), "delete it, or convert the file again")
            }
            Oddity::Direction => {
                let what = "an invisible character turns the direction of the text; pages show and isolate it";
                (
                    Severity::Warning,
                    "read-direction",
                    what.into(),
                    "delete it, unless the text is set from right to left",
                )
            }
            Oddity::ZeroWidth => {
                let what = "an invisible character stands in the text; comparison and search overlook it";
                (Severity::Note, "read-zero-width", what.into(), "delete it")
            }
        };
        let told = tidied.runs.iter().filter(|run| run.oddity == *oddity);
        diagnostics.extend(told.map(|run| {
            let line = tidied.text.get(run.line_start..).and_then(|rest| rest.split('\n').next());
            let span = Span::line(name, run.line, (run.start, run.end), line.unwrap_or(""));
            Diagnostic::new(severity, code, Some(span), what.clone()).with_hint(hint)
        }));
        if let Some(more @ 1..) = lines.checked_sub(tidy::TOLD) {
            let message = format!("{more} more lines of {name} are like this: {what}");
            diagnostics.push(Diagnostic::new(severity, code, Some(Span::file(name)), message).with_hint(hint));
        }
    }
    diagnostics
}

#[cfg(test)]
mod tests;
