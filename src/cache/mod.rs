//! What can be made again: the drafts of seeds that did not change, what was found in texts, what pages show, and how the
//! last build left the site.
//!
//! ```text
//! .duikan/cache/drafts-…   要闻.txt, bytes 3f91… ─▶ its draft     repair and segment are not run again
//! .duikan/cache/memos-…    what stages found in texts and pairs     they are not worked out again
//! .duikan/cache/alike-…    愿向本组织国家… ~ 愿在未来3年…    only what a new text touches is looked for again
//! .duikan/cache/shown-…    a/一.html, 77aa…          ─▶ what it shows     a page that shows the same is not rendered again
//! .duikan/cache/last       inputs 77aa…, site 0c12…              the same inputs, an untouched site: nothing to do
//! ```
//!
//! Every file begins with a checksum and the identity of the very program that wrote it, so a flipped byte, a cut file or
//! another version is told and what it held is made anew. All but `last` have their checksum in their name, and `last` says
//! which count: it is exchanged when they all stand, so a build that is killed here leaves what was stored before. Nothing
//! here can change a byte of the site.

mod pack;

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use blake3::{Hash, Hasher};
use rayon::prelude::*;
use rustix::fs::{FlockOperation, flock};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteBuf, Bytes};
use walkdir::WalkDir;

use crate::config::Config;
use crate::diagnostic::Warned;
use crate::memo::{Answers, Key, Last as Kept, Memo, Memos};
use crate::model::Source;
use crate::read::Seeds;
use crate::segment::Draft;
use pack::{Fault, Signed};

const LAST: &str = "last";
/// What is stored besides, each in a file of its own.
const DRAFTS: &str = "drafts";
const MEMOS: &str = "memos";
const SHOWN: &str = "shown";
const ALIKE: &str = "alike";
const STORES: [&str; 4] = [DRAFTS, MEMOS, SHOWN, ALIKE];

/// Drafts as they are stored, by what they were made from.
type Packed<'a> = Vec<(Key, &'a Bytes)>;

/// The cache of one project.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Which program this is; without an answer nothing is cached.
    program: Option<Hash>,
    last: Option<Last>,
    /// What is stored, undecoded.
    stores: Stores,
}

/// Content by what it is.
type Stores = BTreeMap<&'static str, Signed>;
/// The sums of all stores, in their order; those of what was never stored are zero.
type Sums = [Key; STORES.len()];

/// How the last build went.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Last {
    inputs: Key,
    site: Key,
    /// The sums of what was stored at that time, in the order of [`STORES`].
    stores: Sums,
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
        let cache = Self { folder: folder.to_owned(), program, last: None, stores: Stores::new() };
        match cache.stored() {
            Ok((last, stores)) => (Self { last, stores, ..cache }, None),
            Err(fault) => {
                let told = format!("{} {fault}; everything is made anew", folder.display());
                (cache, Some(told))
            }
        }
    }

    fn stored(&self) -> Result<(Option<Last>, Stores), Fault> {
        let mut last = self.stored_last()?;
        loop {
            let sums = last.as_ref().map(|last| last.stores).unwrap_or_default();
            let fault = match self.stored_stores(&sums) {
                Ok(stores) => return Ok((last, stores)),
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

    fn stored_stores(&self, sums: &Sums) -> Result<Stores, Fault> {
        let Some(program) = &self.program else { return Ok(Stores::new()) };
        let read = |(name, sum): (&'static str, &Key)| {
            let stored = pack::read(&self.folder.join(file_name(name, sum)), program)?;
            Ok((name, stored.filter(|(_, stored)| stored == sum).ok_or(Fault::Damaged)?))
        };
        let stored: Vec<(&'static str, &Key)> =
            STORES.into_iter().zip(sums).filter(|(_, sum)| **sum != Key::default()).collect();
        stored.into_par_iter().map(read).collect()
    }

    fn decoded<'a, T: Deserialize<'a> + Default>(&'a self, name: &str) -> T {
        self.stores.get(name).and_then(|(bytes, _)| pack::decode(bytes).ok()).unwrap_or_default()
    }

    /// What the stages found in the last build.
    #[must_use]
    pub fn memos(&self) -> Memos {
        let stored: [Answers; 3] = self.decoded(MEMOS);
        let [cuts, collations, shards] = stored.map(Memo::new);
        let alike = Kept::new(self.stores.get(ALIKE).map(|(bytes, _)| bytes.clone()).unwrap_or_default());
        Memos { cuts, collations, shards, alike }
    }

    /// What the pages show that the last build left, if the site stands as it left it.
    #[must_use]
    pub fn shown<T: DeserializeOwned + Default>(&self, site: &Hash) -> T {
        if self.left(site) { self.decoded(SHOWN) } else { T::default() }
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
        let stored: HashMap<Key, &Bytes> = self.decoded::<Packed>(DRAFTS).into_iter().collect();
        let one = |source: &Source| {
            let key = key(source);
            if let Some(draft) = stored.get(&key).and_then(|bytes| pack::decode(bytes).ok()) {
                return (draft, (key, None));
            }
            let draft = make(source);
            let bytes = pack::encode(&draft).map(ByteBuf::from);
            (draft, (key, bytes))
        };
        let (drafts, made): (Vec<Draft>, Vec<(Key, Option<ByteBuf>)>) = sources.par_iter().map(one).unzip();
        let is_new = made.len() != stored.len() || made.iter().any(|(_, bytes)| bytes.is_some());
        (drafts, Drafts(is_new.then_some(made)))
    }

    /// Takes what was found now in place of what was stored, and stores nothing.
    pub fn renew(&mut self, drafts: Drafts, memos: Memos) {
        let found = self.other_than_before(drafts, memos).into_iter();
        self.stores.extend(found.filter_map(|(name, bytes)| Some((name, (bytes?, Key::default())))));
    }

    /// Remembers a build. Where another build does so now, or the disk is full, the next build only has more to do.
    pub fn save(mut self, new: New<impl Serialize + Sync>, inputs: &Hash, site: &Hash, said: String) -> io::Result<()> {
        let Some(program) = self.program else { return Ok(()) };
        fs::create_dir_all(&self.folder)?;
        let handle = File::open(&self.folder)?;
        if flock(&handle, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Ok(());
        }
        let New { drafts, memos, shown } = new;
        let (found, shown) = rayon::join(|| self.other_than_before(drafts, memos), || (SHOWN, pack::encode(&shown)));
        let write = |(name, bytes): (&'static str, Option<Vec<u8>>)| -> io::Result<Option<(&'static str, Signed)>> {
            let is_new = |new: &Vec<u8>| self.stores.get(name).is_none_or(|(stored, _)| stored != new);
            let Some(bytes) = bytes.filter(is_new) else { return Ok(None) };
            let sum = pack::sum(&program, &bytes);
            pack::write(&self.folder.join(file_name(name, &sum)), &program, &sum, &bytes)?;
            Ok(Some((name, (bytes, sum))))
        };
        let all = found.into_par_iter().chain([shown]);
        let written: Vec<Option<(&str, Signed)>> = all.map(write).collect::<io::Result<_>>()?;
        self.stores.extend(written.into_iter().flatten());
        let stores = sums(&self.stores);
        let last = Last { inputs: *inputs.as_bytes(), site: *site.as_bytes(), stores, said };
        let last = pack::encode(&last).unwrap_or_default();
        pack::write(&self.folder.join(LAST), &program, &pack::sum(&program, &last), &last)?;
        self.tidy(&stores)
    }

    /// What is to be stored of drafts and memos, by what it is; `None` where what is stored is still right.
    fn other_than_before(&self, drafts: Drafts, memos: Memos) -> [(&'static str, Option<Vec<u8>>); 3] {
        let Memos { cuts, collations, shards, alike } = memos;
        let memos = || {
            let memos = [cuts, collations, shards].map(Memo::into_answers);
            let is_other = memos.iter().any(|(_, is_other)| *is_other);
            is_other.then(|| pack::encode(&memos.map(|(answers, _)| answers))).flatten()
        };
        let (drafts, memos) = rayon::join(|| drafts.0.and_then(|made| self.packed(&made)), memos);
        let (alike, is_other) = alike.into_bytes();
        [(DRAFTS, drafts), (MEMOS, memos), (ALIKE, is_other.then_some(alike))]
    }

    /// Drafts to be stored: those that were made now, and the others as they are stored.
    fn packed(&self, made: &[(Key, Option<ByteBuf>)]) -> Option<Vec<u8>> {
        let made_now = made.iter().filter_map(|(key, bytes)| Some((*key, Bytes::new(bytes.as_ref()?))));
        let known: HashMap<Key, &Bytes> = self.decoded::<Packed>(DRAFTS).into_iter().chain(made_now).collect();
        let packed: Packed = made.iter().filter_map(|(key, _)| Some((*key, *known.get(key)?))).collect();
        pack::encode(&packed)
    }

    /// Takes away what was stored before, and what killed builds left.
    fn tidy(&self, stores: &Sums) -> io::Result<()> {
        let counts: Vec<String> = STORES.into_iter().zip(stores).map(|(name, sum)| file_name(name, sum)).collect();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            let is_ours = |name: &str| STORES.iter().any(|store| name.starts_with(&format!("{store}-")));
            if name.to_str().is_some_and(|name| is_ours(name) && counts.iter().all(|counting| counting != name)) {
                fs::remove_file(self.folder.join(name))?;
            }
        }
        Ok(())
    }
}

/// The file of a store whose content has this sum.
fn file_name(store: &str, sum: &Key) -> String {
    format!("{store}-{:.16}", Hash::from_bytes(*sum).to_hex().as_str())
}

/// What a build found, to be stored.
#[derive(Debug)]
pub struct New<S> {
    pub drafts: Drafts,
    pub memos: Memos,
    /// What the pages show.
    pub shown: S,
}

fn sums(stores: &Stores) -> Sums {
    STORES.map(|name| stores.get(name).map(|(_, sum)| *sum).unwrap_or_default())
}

/// What the draft of each source is known by, and the drafts that were made now; nothing where what is stored is still right.
#[derive(Debug)]
pub struct Drafts(Option<Vec<(Key, Option<ByteBuf>)>>);

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
#[must_use]
pub fn key(source: &Source) -> Key {
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
