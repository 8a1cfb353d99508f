//! What can be made again: the drafts of seeds that did not change, and how the last build left the site.
//!
//! ```text
//! .duikan/cache/drafts   要闻.txt, bytes 3f91… ─▶ its draft     repair and segment are not run again
//! .duikan/cache/last     inputs 77aa…, site 0c12…              the same inputs, an untouched site: nothing to do
//! ```
//!
//! Every file begins with a checksum and the identity of the very program that wrote it, so a flipped byte, a cut file or
//! another version is told and what it held is made anew. Nothing here can change a byte of the site.

mod pack;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};
use rayon::prelude::*;
use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};
use walkdir::WalkDir;

use crate::config::Config;
use crate::diagnostic::Warned;
use crate::model::Source;
use crate::read::Seeds;
use crate::segment::Draft;
use pack::Fault;

const DRAFTS: &str = "drafts";
const LAST: &str = "last";

type Key = [u8; 32];
/// Drafts as they are stored, by what they were made from.
type Packed = Vec<(Key, Vec<u8>)>;

/// The cache of one project.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Which program this is; without an answer nothing is cached.
    program: Option<Hash>,
    last: Option<Last>,
    /// The stored drafts, undecoded.
    drafts: Option<Vec<u8>>,
}

/// How the last build went.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Last {
    inputs: Key,
    site: Key,
    /// The stored drafts of that time: they are damaged too when this does not fit.
    drafts: Key,
    /// What was told of it.
    said: String,
}

impl Cache {
    /// Opens the cache; the second value tells why what was there cannot be used.
    #[must_use]
    pub fn open(folder: &Path) -> (Self, Option<String>) {
        Self::of(folder, program())
    }

    fn of(folder: &Path, program: Option<Hash>) -> (Self, Option<String>) {
        let cache = Self { folder: folder.to_owned(), program, last: None, drafts: None };
        match cache.stored() {
            Ok((last, drafts)) => (Self { last, drafts, ..cache }, None),
            Err(fault) => {
                let told = format!("{} {fault}; everything is made anew", folder.display());
                (cache, Some(told))
            }
        }
    }

    fn stored(&self) -> Result<(Option<Last>, Option<Vec<u8>>), Fault> {
        let Some(program) = &self.program else { return Ok((None, None)) };
        let last = pack::read(&self.folder.join(LAST), program)?;
        let drafts = pack::read(&self.folder.join(DRAFTS), program)?;
        let last: Option<Last> = last.map(|bytes| pack::decode(&bytes)).transpose()?;
        if let Some(last) = &last
            && last.drafts != *pack::sum(drafts.as_deref().unwrap_or_default()).as_bytes()
        {
            return Err(Fault::Damaged);
        }
        Ok((last, drafts))
    }

    /// What was told of the last build, if it had these inputs and its site stands as it left it.
    #[must_use]
    pub fn unchanged(&self, inputs: &Hash, site: &Hash) -> Option<&str> {
        let last = self.last.as_ref()?;
        (last.inputs == *inputs.as_bytes() && last.site == *site.as_bytes()).then_some(last.said.as_str())
    }

    /// Whether the site stands as the last build left it: then its manifest tells what is in its files.
    #[must_use]
    pub fn left(&self, site: &Hash) -> bool {
        self.last.as_ref().is_some_and(|last| last.site == *site.as_bytes())
    }

    /// The draft of each source: stored ones as they are, the others by `make`. The second value is to be stored.
    pub fn drafts(&self, sources: &[Source], make: impl Fn(&Source) -> Draft + Sync) -> (Vec<Draft>, Drafts) {
        let stored: Packed = self.drafts.as_ref().and_then(|bytes| pack::decode(bytes).ok()).unwrap_or_default();
        let known: HashMap<&Key, &Vec<u8>> = stored.iter().map(|(key, bytes)| (key, bytes)).collect();
        let made: Vec<(Draft, Key, Option<Vec<u8>>)> = sources
            .par_iter()
            .map(|source| {
                let key = key(source);
                if let Some(draft) = known.get(&key).and_then(|bytes| pack::decode(bytes).ok()) {
                    return (draft, key, None);
                }
                let draft = make(source);
                let bytes = pack::encode(&draft);
                (draft, key, bytes)
            })
            .collect();
        let is_new = made.len() != stored.len() || made.iter().any(|(_, _, bytes)| bytes.is_some());
        let mut drafts = Vec::with_capacity(made.len());
        let mut packed = Vec::with_capacity(made.len());
        for (draft, key, bytes) in made {
            drafts.push(draft);
            if is_new {
                packed
                    .extend(bytes.or_else(|| known.get(&key).map(|bytes| (*bytes).clone())).map(|bytes| (key, bytes)));
            }
        }
        (drafts, Drafts { packed: is_new.then_some(packed) })
    }

    /// Remembers a build. Where another build does so now, or the disk is full, the next build only has more to do.
    pub fn save(self, drafts: Drafts, inputs: &Hash, site: &Hash, said: String) -> io::Result<()> {
        let Some(program) = self.program else { return Ok(()) };
        fs::create_dir_all(&self.folder)?;
        let handle = File::open(&self.folder)?;
        if flock(&handle, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Ok(());
        }
        let bytes = match drafts.packed {
            Some(packed) => {
                let bytes = pack::encode(&packed).unwrap_or_default();
                pack::write(&self.folder.join(DRAFTS), &program, &bytes)?;
                bytes
            }
            None => self.drafts.unwrap_or_default(),
        };
        let drafts = *pack::sum(&bytes).as_bytes();
        let last = Last { inputs: *inputs.as_bytes(), site: *site.as_bytes(), drafts, said };
        pack::write(&self.folder.join(LAST), &program, &pack::encode(&last).unwrap_or_default())
    }
}

/// Drafts to be stored.
#[derive(Debug)]
pub struct Drafts {
    /// `None` where the stored ones are still right.
    packed: Option<Packed>,
}

/// Everything that a site is made from but the lock, as one number: seeds, settings, the project's own templates and files.
pub fn inputs(config: &Config, folder: &Path, seeds: &Warned<Seeds>, flags: &[bool]) -> io::Result<Hash> {
    let mut hasher = Hasher::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    let Warned { value: seeds, diagnostics } = seeds;
    part(format!("{config:?} {flags:?} {diagnostics:?}").as_bytes());
    part(seeds.elsewhere.digest.as_bytes());
    part(format!("{:?} {:?} {:?}", seeds.index_note, seeds.about_note, seeds.terms).as_bytes());
    for source in &seeds.sources {
        part(&key(source));
        part(source.digest.as_bytes());
        part(source.encoding.as_bytes());
        part(format!("{:?}", source.note).as_bytes());
    }
    for own in ["templates", "static"] {
        let files = WalkDir::new(folder.join(own)).follow_links(true).sort_by_file_name();
        for entry in files.into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file()) {
            part(entry.path().as_os_str().as_encoded_bytes());
            part(&fs::read(entry.path())?);
        }
    }
    Ok(hasher.finalize())
}

/// The same with the lock, which a build may change.
#[must_use]
pub fn with_lock(inputs: &Hash, lock: &str) -> Hash {
    Hasher::new().update(inputs.as_bytes()).update(lock.as_bytes()).finalize()
}

/// What a draft is made from.
fn key(source: &Source) -> Key {
    let mut hasher = Hasher::new();
    let sidecar = format!("{:?} {:?}", source.format, source.sidecar);
    for part in [source.path.as_str(), sidecar.as_str(), source.text.as_str()] {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    *hasher.finalize().as_bytes()
}

/// The program that runs, byte for byte: another one may repair or render otherwise, whatever its version says.
fn program() -> Option<Hash> {
    let mut hasher = Hasher::new();
    hasher.update_reader(File::open(std::env::current_exe().ok()?).ok()?).ok()?;
    Some(hasher.finalize())
}

#[cfg(test)]
mod tests;
