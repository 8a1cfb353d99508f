//! The lock as text: a block for each address, sorted, a line for each fact, so that two branches merge.
//!
//! ```text
//! [20240704-xi-jinping-speech]
//! text 3
//! seed 000_7a0e2307ab6eeb37.txt
//! title 携手构建更加美好的上海合作组织家园
//! body 1f…
//! p1 3f910cd4775ae218
//! p7 5a00c3d4e5f60718 left 20240704-xi-jinping-speech p6
//! ```

use std::collections::BTreeMap;
use std::fmt::Write;

use super::print::{Body, Print};
use super::{Entry, Known, State, Whereabouts};

const HEADER: &str =
    "# The addresses that duikan gave, kept for good. Commit this file beside the seeds; do not edit it.
duikan-lock 1
";

/// The same text for the same entries.
pub(super) fn write(seeds: &str, entries: &BTreeMap<String, Entry>) -> String {
    let mut text = format!("{HEADER}seeds {}\n", one_line(seeds));
    for (id, entry) in entries {
        let state = match &entry.state {
            State::Live => String::new(),
            State::Moved(to) => format!("moved {to}\n"),
            State::Removed => "removed\n".to_owned(),
        };
        let (seed, title) = (one_line(&entry.seed), one_line(&entry.title));
        let body = entry.body.to_hex();
        let _ = write!(text, "\n[{id}]\n{state}text {}\nseed {seed}\ntitle {title}\nbody {body}\n", entry.text);
        for Known { number, print, place } in &entry.paragraphs {
            let place = match place {
                Whereabouts::Here => String::new(),
                Whereabouts::Left(id, number) => format!(" left {id} p{number}"),
                Whereabouts::Lost => " lost".to_owned(),
            };
            let _ = writeln!(text, "p{number} {}{place}", print.to_hex());
        }
    }
    text
}

/// The name of the seeds folder, and the entries.
type Parsed = (String, BTreeMap<String, Entry>);

/// What a lock says; or the line (from 1) that makes no sense, and why.
pub(super) fn parse(text: &str) -> Result<Parsed, (usize, &'static str)> {
    let mut seeds = None;
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    let mut current: Option<(String, Draft)> = None;
    let mut versioned = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim_end();
        let fail = |why| (number, why);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark)) {
            return Err(fail("has a mark of an unfinished merge"));
        }
        if let Some(id) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            close(&mut entries, current.take()).map_err(fail)?;
            if !is_address(id) {
                return Err(fail("is no address"));
            }
            current = Some((id.to_owned(), Draft::default()));
            continue;
        }
        let (key, value) = line.split_once(' ').unwrap_or((line, ""));
        match (&mut current, key) {
            (None, "duikan-lock") if value == "1" => versioned = true,
            (None, "duikan-lock") => return Err(fail("is of another version of duikan")),
            (None, "seeds") => seeds = Some(value.to_owned()),
            (Some((_, draft)), _) => draft.fact(key, value).ok_or(fail("is not understood"))?,
            _ => return Err(fail("is not understood")),
        }
    }
    let last = text.lines().count();
    close(&mut entries, current).map_err(|why| (last, why))?;
    if !versioned {
        return Err((1, "is no lock of duikan"));
    }
    Ok((seeds.unwrap_or_default(), entries))
}

fn close(entries: &mut BTreeMap<String, Entry>, draft: Option<(String, Draft)>) -> Result<(), &'static str> {
    let Some((id, draft)) = draft else { return Ok(()) };
    let (Some(text), Some(body)) = (draft.text, draft.body) else { return Err("ends a block that lacks a line") };
    let Draft { state, seed, title, paragraphs, .. } = draft;
    match entries.insert(id, Entry { state, text, seed, title, body, paragraphs }) {
        None => Ok(()),
        Some(_) => Err("ends a block whose address stands twice"),
    }
}

struct Draft {
    state: State,
    text: Option<u32>,
    seed: String,
    title: String,
    body: Option<Body>,
    paragraphs: Vec<Known>,
}

impl Default for Draft {
    fn default() -> Self {
        let (seed, title) = Default::default();
        Self { state: State::Live, text: None, seed, title, body: None, paragraphs: Vec::new() }
    }
}

impl Draft {
    fn fact(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "text" => self.text = Some(value.parse().ok()?),
            "seed" => value.clone_into(&mut self.seed),
            "title" => value.clone_into(&mut self.title),
            "body" => self.body = Some(Body::from_hex(value)?),
            "removed" => self.state = State::Removed,
            "moved" if is_address(value) => self.state = State::Moved(value.to_owned()),
            _ => {
                let number = anchor(key)?;
                let mut words = value.split(' ');
                let print = Print::from_hex(words.next()?)?;
                let place = match (words.next(), words.next(), words.next()) {
                    (None, ..) => Whereabouts::Here,
                    (Some("lost"), None, _) => Whereabouts::Lost,
                    (Some("left"), Some(id), Some(to)) if is_address(id) => {
                        Whereabouts::Left(id.to_owned(), anchor(to)?)
                    }
                    _ => return None,
                };
                self.paragraphs.push(Known { number, print, place });
            }
        }
        Some(())
    }
}

fn anchor(word: &str) -> Option<u32> {
    word.strip_prefix('p')?.parse().ok()
}

/// An address is part of a file's name: nothing in a lock may lead elsewhere.
pub(super) fn is_address(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Seeds may be called anything; a fact has one line.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>().trim().to_owned()
}
