//! `duikan.lock`: addresses are given once and kept for good.
//!
//! ```text
//! 20240704-习近平… was cut anew, its seed renamed, a paragraph put on top:
//!   a/20240704-speech.html      the same page
//!   #p1 … #p9                   the same paragraphs; the one on top is #p10
//! its seed was deleted:         the page stays and says so, or leads to the text that took its words
//! ```
//!
//! The lock knows each article and paragraph by a fingerprint that small edits change little ([`mod@print`]). An article of
//! today takes the address of the article of yesterday that it is most like, and the paragraphs in it likewise. What is
//! left of yesterday is remembered with where it went, and comes back to its old address if it ever returns.

mod address;
mod align;
mod assign;
mod error;
mod format;
mod print;
mod recognise;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use crate::exit::At;
use crate::model::Addresses;
pub use address::findings;
pub use error::Error;
use print::{Body, Print};

/// The addresses that were given so far.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    path: PathBuf,
    /// Name of the folder of the seeds.
    seeds: String,
    entries: BTreeMap<String, Entry>,
}

/// What is remembered of one address.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    state: State,
    /// Its number in the search index.
    text: u32,
    seed: String,
    title: String,
    body: Body,
    /// Those that stand in it, in order, then those that left.
    paragraphs: Vec<Known>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Live,
    /// Another article has its words.
    Moved(String),
    Removed,
}

/// A paragraph that has, or had, an address.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    /// The number in `#p7`.
    number: u32,
    print: Print,
    place: Whereabouts,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Whereabouts {
    Here,
    /// Its words stand in (or nearest to) this paragraph of this article.
    Left(String, u32),
    /// Nothing is left to land on but the article.
    Lost,
}

impl Entry {
    fn standing(&self) -> impl Iterator<Item = &Known> {
        self.paragraphs.iter().filter(|known| known.place == Whereabouts::Here)
    }
}

impl Lock {
    /// Reads the lock that stands beside the folder `seeds`; none there is an empty one.
    pub fn load(seeds: &Path) -> Result<Self, Error> {
        let real = fs::canonicalize(seeds).or_else(|_| std::path::absolute(seeds)).at("find", seeds)?;
        let name = real.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = real.parent().unwrap_or(&real);
        let own = folder.join(format!("duikan.{}.lock", name.replace(['/', '\n'], "-")));
        if own.is_file() {
            return Self::read(own, name);
        }
        let lock = Self::read(folder.join("duikan.lock"), name.clone())?;
        if lock.seeds != name && folder.join(&lock.seeds).is_dir() {
            // Two folders of seeds stand side by side: what is missing in one must not be called removed.
            return Ok(Self { path: own, seeds: name, ..Self::default() });
        }
        Ok(Self { seeds: name, ..lock })
    }

    /// The lock as it would stand after a build, for who builds nothing.
    pub fn given((path, text): &(PathBuf, String)) -> Result<Self, Error> {
        let (seeds, entries) = format::parse(text).map_err(|(line, why)| Error::damaged(path, line, why))?;
        Ok(Self { path: path.clone(), seeds, entries })
    }

    /// What the lock says, as it would be written.
    #[must_use]
    pub fn text(&self) -> String {
        format::write(&self.seeds, &self.entries)
    }

    fn read(path: PathBuf, seeds: String) -> Result<Self, Error> {
        match fs::read_to_string(&path) {
            Ok(text) => {
                let (seeds, entries) = format::parse(&text).map_err(|(line, why)| Error::damaged(&path, line, why))?;
                Ok(Self { path, seeds, entries })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self { path, seeds, ..Self::default() }),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(Error::damaged(&path, 1, "is not text")),
            Err(error) => Ok(Err(error).at("read", &path)?),
        }
    }
}

/// Writes the lock if an address was given or something known about one changed. Tells whether it was written.
pub fn save(addresses: &Addresses) -> Result<bool, Error> {
    let (path, text) = &addresses.lock;
    let stored = fs::read_to_string(path).ok();
    if stored.as_ref() == Some(text) || (stored.is_none() && addresses.texts.is_empty()) {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let handle = File::open(folder).at("open", folder)?;
    // Of two builds at once each writes the same name for a moment.
    flock(&handle, FlockOperation::LockExclusive).at("lock", folder)?;
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    let new = folder.join(name);
    let written = File::create(&new).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    if let Err(error) = written.and_then(|()| fs::rename(&new, path)) {
        let _ = fs::remove_file(&new);
        return Ok(Err(error).at("write", path)?);
    }
    handle.sync_all().at("sync", folder)?;
    Ok(true)
}

#[cfg(test)]
mod tests;
