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
mod shelf;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

use blake3::{Hash, Hasher};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_bytes::{ByteBuf, Bytes};
use walkdir::WalkDir;

use crate::config::Config;
use crate::diagnostic::Warned;
use crate::memo::{self, Answers, Key, Last as Kept, Memo, Memos};
use crate::model::Source;
use crate::read::Seeds;
use crate::segment::Draft;
use shelf::{Shelf, Sums};

pub use shelf::Medium;

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
    shelf: Arc<Shelf>,
    last: Option<Last>,
}

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
    pub fn open(folder: &Path, medium: Medium) -> (Self, Option<String>) {
        Self::of(Shelf::new(folder, program(), medium), folder)
    }

    fn of(shelf: Shelf, folder: &Path) -> (Self, Option<String>) {
        let (last, told) = match shelf.fill() {
            Ok(last) => (last, None),
            Err(fault) => (None, Some(format!("{} {fault}; everything is made anew", folder.display()))),
        };
        (Self { shelf: Arc::new(shelf), last }, told)
    }

    /// What the stages found in the last build.
    #[must_use]
    pub fn memos(&self) -> Memos {
        let stored: [Answers; 3] = pack::decode(&self.shelf.content(MEMOS)).unwrap_or_default();
        let [cuts, collations, shards] = stored.map(Memo::new);
        let shelf = Arc::clone(&self.shelf);
        let alike = Kept::new(self.shelf.content(ALIKE), move |bytes| shelf.put(ALIKE, bytes));
        Memos { cuts, collations, shards, alike }
    }

    /// What the pages show that the last build left, if the site stands as it left it.
    #[must_use]
    pub fn shown<T: DeserializeOwned + Default>(&self, site: &Hash) -> T {
        let decoded = || pack::decode(&self.shelf.content(SHOWN)).ok();
        self.left(site).then(decoded).flatten().unwrap_or_default()
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

    /// The draft of each source: stored ones as they are, the others by `make`, which are stored.
    pub fn drafts(&self, sources: &[Source], make: impl Fn(&Source) -> Draft + Sync) -> Vec<Draft> {
        let content = self.shelf.content(DRAFTS);
        let stored: HashMap<Key, &Bytes> = pack::decode::<Packed>(&content).unwrap_or_default().into_iter().collect();
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
        if let Some(packed) = is_new.then(|| packed(&stored, &made)).flatten() {
            drop((stored, made));
            drop(content);
            self.shelf.put(DRAFTS, packed);
        }
        drafts
    }

    /// Keeps what the stages found.
    pub fn renew(&self, memos: Memos) {
        let Memos { cuts, collations, shards, alike: _ } = memos;
        let memos = [cuts, collations, shards].map(Memo::into_answers);
        if memos.iter().any(|(_, is_other)| *is_other)
            && let Some(bytes) = pack::encode(&memos.map(|(answers, _)| answers))
        {
            self.shelf.put(MEMOS, bytes);
        }
    }

    /// Remembers a build. Where another build does so now, or the disk is full, the next build only has more to do.
    pub fn save(self, new: New<impl Serialize + Sync>, inputs: &Hash, site: &Hash, said: String) -> io::Result<()> {
        let New { memos, shown } = new;
        let store_shown = || pack::encode(&shown).into_iter().for_each(|bytes| self.shelf.put(SHOWN, bytes));
        rayon::join(|| self.renew(memos), store_shown);
        self.shelf.save(|stores| Last { inputs: *inputs.as_bytes(), site: *site.as_bytes(), stores, said })
    }
}

/// Drafts to be stored: those that were made now, and the others as they are stored.
fn packed(stored: &HashMap<Key, &Bytes>, made: &[(Key, Option<ByteBuf>)]) -> Option<Vec<u8>> {
    let mut packed = Packed::with_capacity(made.len());
    for (key, made) in made {
        packed.push((*key, made.as_ref().map(|made| Bytes::new(made)).or_else(|| stored.get(key).copied())?));
    }
    pack::encode(&packed)
}

/// What a build found, to be stored.
#[derive(Debug)]
pub struct New<S> {
    pub memos: Memos,
    /// What the pages show.
    pub shown: S,
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
#[must_use]
pub fn key(source: &Source) -> Key {
    let sidecar = format!("{:?} {:?}", source.format, source.sidecar);
    memo::key([&source.path, &sidecar, &source.text].map(String::as_bytes))
}

/// The program that runs, byte for byte: another one may repair or render otherwise, whatever its version says.
fn program() -> Option<Hash> {
    let mut hasher = Hasher::new();
    hasher.update_reader(File::open(std::env::current_exe().ok()?).ok()?).ok()?;
    Some(hasher.finalize())
}

#[cfg(test)]
mod tests;
