//! [`OutFile`]s → a published site. At every instant a reader sees the whole old site or the whole new one.
//!
//! ```text
//! site/ before: index.html  a/一.html          CNAME (the user's)
//! publish:      index.html  a/一.html (edited)  a/二.html
//! site/ after:  index.html  a/一.html  a/二.html  CNAME       added 1, changed 1, kept 1, removed 0
//! ```
//!
//! Changed files are written to a staging folder beside the site; unchanged ones, and all that is the user's, are linked
//! into it; then the two folders are exchanged in one rename. Where the system cannot do that (no `RENAME_EXCHANGE`, no
//! hard links, the output is a mount point) files are exchanged one by one: each page is whole at every instant, the
//! site as a whole is not, and [`Summary::whole`] says so.

mod claim;
mod error;
mod in_place;
mod manifest;
mod stage;
mod standing;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use blake3::Hash;
use rayon::prelude::*;

use crate::model::OutFile;
use manifest::Manifest;
use stage::Staging;
use standing::{Room, Standing};

pub use claim::Protected;
pub use error::Error;

/// Makes `output` ours for as long as the claim lives: refuses what must not be written to, waits for another build at
/// most for `patience` (after saying so by `waiting`), and mends what a killed build left. Ask before reading the seeds,
/// so that of two builds the later one also reads later.
pub fn claim(output: &Path, protected: &Protected, patience: Duration, waiting: impl FnOnce()) -> Result<Claim, Error> {
    let output = claim::resolve(output, protected)?;
    if output.is_dir() {
        // Refuse a foreign folder even while someone else holds it.
        claim::owned(&output)?;
    }
    let lock = claim::lock(&output, patience, waiting)?;
    let manifest = claim::owned(&output)?;
    stage::mend(&output)?;
    let standing = Standing::scan(&output, manifest)?;
    let staging = Staging::new(&output);
    Ok(Claim { output, standing, staging, taken: Mutex::default(), untouched: false, _lock: lock })
}

/// The state of a site that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    pub fingerprint: Hash,
    pub files: usize,
    pub bytes: u64,
}

/// An output folder that is ours and locked.
#[derive(Debug)]
pub struct Claim {
    output: PathBuf,
    standing: Standing,
    /// The files that were taken in so far.
    taken: Mutex<BTreeMap<String, Taken>>,
    /// Nobody touched the site since its manifest was written.
    untouched: bool,
    /// Declared before the lock, so that it is removed while the lock holds.
    staging: Staging,
    _lock: File,
}

/// What a publication did. Paths are sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
    /// Files of the user that stand where duikan would have written one; they were left alone.
    pub yielded: Vec<String>,
    pub kept: usize,
    /// Bytes of all files of the site, and of those that were written.
    pub bytes: u64,
    pub bytes_written: u64,
    /// The site was exchanged as a whole (or nothing had to be done).
    pub whole: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Added,
    Changed,
    Kept,
    Yielded,
}

/// A file that was taken in.
#[derive(Debug)]
struct Taken {
    hash: Hash,
    bytes: u64,
    fate: Fate,
}

impl Claim {
    /// Where the site stands, links resolved.
    #[must_use]
    pub fn output(&self) -> &Path {
        &self.output
    }

    /// The state of the site as one number, and how many files and bytes it has: the same while nobody touched a file.
    #[must_use]
    pub fn state(&self) -> State {
        let ours = &self.standing.ours;
        let bytes = ours.values().map(|there| there.length).sum();
        State { fingerprint: self.standing.fingerprint(), files: ours.len(), bytes }
    }

    /// Takes the word of the manifest for what stands in the files: to be called where the site has the [`Claim::state`]
    /// that [`Claim::finish`] told of it.
    #[must_use]
    pub fn untouched(self) -> Self {
        Self { untouched: true, ..self }
    }

    /// Takes in one file of the site: from any thread, in any order. Nothing is seen of it until [`Claim::finish`].
    pub fn add(&self, file: &OutFile) -> Result<(), Error> {
        self.insert(&file.path, self.take(file)?)
    }

    fn insert(&self, path: &str, taken: Taken) -> Result<(), Error> {
        let mut all = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if all.insert(path.to_owned(), taken).is_some() {
            let path = self.output.join(path);
            return Err(Error::refused(&path, "would be written twice", "report this as a defect"));
        }
        Ok(())
    }

    /// Whether a file of ours stands at `path` as the manifest has it, by the word of [`Claim::untouched`].
    #[must_use]
    pub fn stands(&self, path: &str) -> bool {
        self.untouched && self.standing.manifest.files.contains_key(path) && self.standing.ours.contains_key(path)
    }

    /// Takes in a file of the site that [stands](Claim::stands) there already.
    pub fn keep(&self, path: &str) -> Result<(), Error> {
        let standing = self.standing.manifest.files.get(path).zip(self.standing.ours.get(path));
        let Some((&hash, there)) = standing.filter(|_| self.untouched) else {
            return Err(Error::refused(&self.output.join(path), "does not stand there", "report this as a defect"));
        };
        self.insert(path, Taken { hash, bytes: there.length, fate: Fate::Kept })
    }

    /// Publishes exactly the files that were taken in. The second value is the state of the site then.
    pub fn finish(mut self) -> Result<(Summary, Hash), Error> {
        let taken = std::mem::take(self.taken.get_mut().unwrap_or_else(PoisonError::into_inner));
        let (summary, next) = self.settle(&taken)?;
        if summary.is_unchanged() && next.is_none() && summary.whole {
            let state = self.standing.fingerprint();
            return Ok((summary, state));
        }
        // The old site goes while both it and the new one are locked.
        let Self { output, staging, _lock: lock, .. } = self;
        drop(staging);
        let state = Standing::scan(&output, claim::owned(&output)?)?.fingerprint();
        drop((lock, next));
        Ok((summary, state))
    }

    /// Compares one file with what stands, and stages it if it is new.
    fn take(&self, file: &OutFile) -> Result<Taken, Error> {
        let path = self.output.join(&file.path);
        if !manifest::is_portable(&file.path) {
            return Err(Error::refused(&path, "is no name for a file of a site", "report this as a defect"));
        }
        let bytes = file.bytes.len() as u64;
        let hash = blake3::hash(&file.bytes);
        if self.standing.room(&self.output, &file.path)? == Room::Taken {
            return Ok(Taken { hash, bytes, fate: Fate::Yielded });
        }
        let listed = self.standing.manifest.files.get(&file.path);
        // The disk is compared, not only the manifest: a file may have been edited, or lost in a power cut.
        let same = listed == Some(&hash)
            && self.standing.ours.get(&file.path).is_some_and(|there| there.length == bytes)
            && (self.untouched || fs::read(&path).is_ok_and(|there| there == file.bytes));
        if same {
            return Ok(Taken { hash, bytes, fate: Fate::Kept });
        }
        self.staging.write(&file.path, &file.bytes)?;
        Ok(Taken { hash, bytes, fate: if listed.is_some() { Fate::Changed } else { Fate::Added } })
    }

    /// Makes the site be what was taken in. The second value is the lock of the new site, where it took the place of the old.
    fn settle(&self, taken: &BTreeMap<String, Taken>) -> Result<(Summary, Option<File>), Error> {
        let mut summary = self.summary(taken);
        let files = taken.iter().filter(|(_, taken)| taken.fate != Fate::Yielded);
        let next = Manifest { files: files.map(|(path, taken)| (path.clone(), taken.hash)).collect() };
        if self.standing.listed && next == self.standing.manifest && summary.is_unchanged() {
            return Ok((summary, None));
        }
        let of = |fates: &[Fate]| -> Vec<&str> {
            taken.iter().filter(|(_, taken)| fates.contains(&taken.fate)).map(|(path, _)| path.as_str()).collect()
        };
        let lock = self.exchange(&of(&[Fate::Kept]), &next)?;
        summary.whole = lock.is_some();
        if lock.is_none() {
            let written = of(&[Fate::Added, Fate::Changed]);
            in_place::publish(&self.output, &self.staging, &self.standing, &written, &next)?;
        }
        Ok((summary, lock))
    }

    /// Completes the staging folder and exchanges it for the site. `None` where that cannot be done here.
    fn exchange(&self, kept: &[&str], next: &Manifest) -> Result<Option<File>, Error> {
        let Self { output, staging, standing, .. } = self;
        staging.make_root(output)?;
        let linked = |path: &Path, link: fn(&Staging, &Path, &Path) -> Result<bool, Error>| link(staging, output, path);
        let possible = !staging.inside
            && kept
                .par_iter()
                .map(|path| linked(Path::new(path), Staging::link))
                .try_reduce(|| true, |a, b| Ok(a && b))?
            && standing
                .users
                .par_iter()
                .map(|path| linked(path, Staging::carry))
                .try_reduce(|| true, |a, b| Ok(a && b))?;
        if !possible {
            return Ok(None);
        }
        staging.write(manifest::NAME, &next.to_bytes())?;
        staging.sync()?;
        let lock = staging.exchange(output)?;
        if lock.is_some() {
            // The old site now stands where the new one was staged.
            staging.release(&standing.manifest, output)?;
        }
        Ok(lock)
    }

    fn summary(&self, taken: &BTreeMap<String, Taken>) -> Summary {
        let of = |fate: Fate| taken.iter().filter(move |(_, taken)| taken.fate == fate);
        let paths = |fate: Fate| of(fate).map(|(path, _)| path.clone()).collect();
        let gone = self.standing.ours.keys().filter(|path| !taken.contains_key(*path)).cloned();
        let mut removed: Vec<String> = gone.collect();
        removed.sort_unstable();
        Summary {
            added: paths(Fate::Added),
            changed: paths(Fate::Changed),
            removed,
            yielded: paths(Fate::Yielded),
            kept: of(Fate::Kept).count(),
            bytes: taken.values().map(|taken| taken.bytes).sum(),
            bytes_written: of(Fate::Added).chain(of(Fate::Changed)).map(|(_, taken)| taken.bytes).sum(),
            whole: true,
        }
    }
}

impl Summary {
    /// Whether every file stood there already.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

#[cfg(test)]
mod tests;
