//! The files of a cache, of which [`LAST`] says which count.
//!
//! ```text
//! last ─▶ drafts-3f91…  memos-0c12…  alike-77aa…     what the last build left
//!         drafts-b2e0…                               what this build has put there already: counts when `last` says so
//! ```
//!
//! A file is written as soon as what it holds is known, so that nothing of it is held in memory until the build ends. The
//! first file that a build puts down claims the shelf for it: another build that works on it at the same time keeps nothing.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use blake3::Hash;
use rayon::prelude::*;
use rustix::fs::{FlockOperation, flock};

use super::pack::{self, Fault};
use super::{LAST, Last, STORES};
use crate::memo::Key;

/// What is stored under a name.
pub(super) type Content = Arc<Vec<u8>>;
/// The sums of all stores, in their order; those of what was never stored are zero.
pub(super) type Sums = [Key; STORES.len()];
type Contents = BTreeMap<&'static str, Content>;

/// Where contents are put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// Files, which a later build finds.
    Disk,
    /// What is put there is kept for whoever asks next, and never written.
    Memory,
}

#[derive(Debug)]
pub(super) struct Shelf {
    folder: PathBuf,
    /// Which program this is; without an answer nothing is stored.
    program: Option<Hash>,
    medium: Medium,
    state: Mutex<State>,
    /// Held while this build lives; nothing where another build has it.
    claim: OnceLock<io::Result<Option<File>>>,
}

#[derive(Debug, Default)]
struct State {
    /// What was stored and nobody has asked for yet.
    contents: Contents,
    sums: Sums,
    /// Why something could not be written.
    fault: Option<io::Error>,
}

impl Shelf {
    pub fn new(folder: &Path, program: Option<Hash>, medium: Medium) -> Self {
        Self { folder: folder.to_owned(), program, medium, state: Mutex::default(), claim: OnceLock::new() }
    }

    /// Reads what the last build left.
    pub fn fill(&self) -> Result<Option<Last>, Fault> {
        let (last, contents) = self.stored()?;
        let mut state = self.state();
        state.sums = last.as_ref().map(|last| last.stores).unwrap_or_default();
        state.contents = contents;
        Ok(last)
    }

    fn stored(&self) -> Result<(Option<Last>, Contents), Fault> {
        let mut last = self.stored_last()?;
        loop {
            let sums = last.as_ref().map(|last| last.stores).unwrap_or_default();
            let fault = match self.stored_contents(&sums) {
                Ok(contents) => return Ok((last, contents)),
                Err(fault) => fault,
            };
            // Another build that has just saved takes away what no longer counts.
            let now = self.stored_last()?;
            if now.as_ref().is_none_or(|now| now.stores == sums) {
                return Err(fault);
            }
            last = now;
        }
    }

    fn stored_last(&self) -> Result<Option<Last>, Fault> {
        let Some(program) = &self.program else { return Ok(None) };
        let last = pack::read(&self.folder.join(LAST), program)?;
        last.map(|(bytes, _)| pack::decode(&bytes)).transpose()
    }

    fn stored_contents(&self, sums: &Sums) -> Result<Contents, Fault> {
        let Some(program) = &self.program else { return Ok(Contents::new()) };
        let read = |(name, sum): (&'static str, &Key)| {
            let stored = pack::read(&self.folder.join(file_name(name, sum)), program)?;
            let (bytes, _) = stored.filter(|(_, stored)| stored == sum).ok_or(Fault::Damaged)?;
            Ok((name, Arc::new(bytes)))
        };
        let stored: Vec<(&'static str, &Key)> =
            STORES.into_iter().zip(sums).filter(|(_, sum)| **sum != Key::default()).collect();
        stored.into_par_iter().map(read).collect()
    }

    /// What was stored under a name. From a disk it is given once, and not held besides.
    pub fn content(&self, name: &str) -> Content {
        let mut state = self.state();
        let content = match self.medium {
            Medium::Disk => state.contents.remove(name),
            Medium::Memory => state.contents.get(name).cloned(),
        };
        content.unwrap_or_default()
    }

    /// Puts a content in the place of what was stored under its name. What goes wrong is told by [`Shelf::save`].
    pub fn put(&self, name: &'static str, bytes: Vec<u8>) {
        if self.medium == Medium::Memory {
            self.state().contents.insert(name, Arc::new(bytes));
            return;
        }
        let Some(program) = &self.program else { return };
        let Ok(Some(_)) = self.claim() else { return };
        let Some(at) = STORES.iter().position(|store| *store == name) else { return };
        let sum = pack::sum(program, &bytes);
        let is_stored = self.state().sums.get(at) == Some(&sum);
        let written = if is_stored {
            Ok(())
        } else {
            pack::write(&self.folder.join(file_name(name, &sum)), program, &sum, &bytes)
        };
        drop(bytes);
        let mut state = self.state();
        if let Err(error) = written {
            state.fault = Some(error);
        } else if let Some(stored) = state.sums.get_mut(at) {
            *stored = sum;
        }
    }

    /// Says that what was put here counts, and takes away what no longer does.
    pub fn save(&self, last: impl FnOnce(Sums) -> Last) -> io::Result<()> {
        let Some(program) = &self.program else { return Ok(()) };
        match self.claim() {
            Ok(Some(_)) => {}
            Ok(None) => return Ok(()),
            Err(error) => return Err(io::Error::new(error.kind(), error.to_string())),
        }
        let sums = {
            let mut state = self.state();
            if let Some(fault) = state.fault.take() {
                return Err(fault);
            }
            state.sums
        };
        // Between our reading and our claim another build may have taken something away.
        let stands = |(name, sum): (&str, Key)| {
            if self.folder.join(file_name(name, &sum)).exists() { sum } else { Key::default() }
        };
        let mut standing = Sums::default();
        standing.iter_mut().zip(STORES.into_iter().zip(sums)).for_each(|(standing, stored)| *standing = stands(stored));
        let last = pack::encode(&last(standing)).unwrap_or_default();
        pack::write(&self.folder.join(LAST), program, &pack::sum(program, &last), &last)?;
        self.tidy(&standing)
    }

    /// The claim of this build; nothing where another build has it.
    fn claim(&self) -> &io::Result<Option<File>> {
        self.claim.get_or_init(|| {
            fs::create_dir_all(&self.folder)?;
            let handle = File::open(&self.folder)?;
            if flock(&handle, FlockOperation::NonBlockingLockExclusive).is_err() {
                return Ok(None);
            }
            // What a build left that did not come to its end takes room that this one may need.
            let counts = self.stored_last().ok().flatten().map(|last| last.stores);
            self.tidy(&counts.unwrap_or_default())?;
            Ok(Some(handle))
        })
    }

    /// Takes away what does not count: what was stored before, and what killed builds left.
    fn tidy(&self, sums: &Sums) -> io::Result<()> {
        let counts: Vec<String> = STORES.into_iter().zip(sums).map(|(name, sum)| file_name(name, sum)).collect();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            let is_ours = |name: &str| STORES.iter().any(|store| name.starts_with(&format!("{store}-")));
            if name.to_str().is_some_and(|name| is_ours(name) && counts.iter().all(|counting| counting != name)) {
                fs::remove_file(self.folder.join(name))?;
            }
        }
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        self.state().contents.is_empty()
    }
}

/// The file of a store whose content has this sum.
fn file_name(store: &str, sum: &Key) -> String {
    format!("{store}-{:.16}", Hash::from_bytes(*sum).to_hex().as_str())
}
