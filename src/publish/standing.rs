//! What stands in the output now: ours by the manifest, and everything else, which belongs to the user.
//!
//! ```text
//! .duikan-manifest  index.html  a/一.html      ours
//! CNAME  .git/  a/笔记.txt                      the user's: a folder without a file of ours is one entry
//! ```

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, DirEntry};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::Error;
use super::manifest::{self, Manifest};
use super::stage;
use crate::exit::At;

/// The output as it stands.
#[derive(Debug, Default)]
pub(super) struct Standing {
    pub manifest: Manifest,
    /// Whether the manifest is on the disk.
    pub listed: bool,
    /// Files of the manifest that are there as plain files.
    pub ours: HashMap<String, Stat>,
    /// The roots of what is not ours, below the output.
    pub users: BTreeSet<PathBuf>,
}

impl Standing {
    /// Lists `folder`, of which `manifest` says what is ours.
    pub fn scan(folder: &Path, manifest: Option<Manifest>) -> Result<Self, Error> {
        let listed = manifest.is_some();
        let manifest = manifest.unwrap_or_default();
        let our_folders = manifest.files.keys().flat_map(|path| Path::new(path).ancestors().skip(1)).collect();
        let mut found = Found { ours: HashMap::new(), users: BTreeSet::new() };
        walk(folder, Path::new(""), &manifest, &our_folders, &mut found)?;
        let Found { ours, users } = found;
        Ok(Self { manifest, listed, ours, users })
    }

    /// The state of everything that is ours as one number: the same while nobody touched a file.
    pub fn fingerprint(&self) -> blake3::Hash {
        let mut files: Vec<_> = self.ours.iter().collect();
        files.sort_unstable_by_key(|(path, _)| *path);
        let mut hasher = blake3::Hasher::new();
        let mut part = |bytes: &[u8]| {
            hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
        };
        part(&[u8::from(self.listed)]);
        for (path, hash) in &self.manifest.files {
            part(path.as_bytes());
            part(hash.as_bytes());
        }
        // Paths of what stands follow those of what was listed behind a path that nothing has.
        part(b"");
        for (path, stat) in files {
            part(path.as_bytes());
            stat.numbers().iter().for_each(|number| part(&number.to_le_bytes()));
        }
        hasher.finalize()
    }

    /// Whether a file of ours may be written at `path` below `root`, for all that the user put there.
    pub fn room(&self, root: &Path, path: &str) -> Result<Room, Error> {
        let path = Path::new(path);
        let Some(theirs) = path.ancestors().find(|above| self.users.contains(*above)) else {
            return Ok(Room::Free);
        };
        // A folder of the user's may take our files too, as long as it is one all the way down.
        let depth = theirs.components().count();
        let mut above = theirs.to_owned();
        for next in path.components().skip(depth).map(Some).chain([None]) {
            let place = root.join(&above);
            match place.symlink_metadata() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Room::Free),
                Err(error) => return Ok(Err(error).at("look at", &place)?),
                Ok(meta) if meta.is_dir() == next.is_some() => {}
                Ok(_) => return Err(Error::refused(&place, "is not ours and stands in the way", "move it away")),
            }
            above.extend(next);
        }
        Ok(Room::Taken)
    }
}

/// What [`Standing::room`] finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    Free,
    /// By a file of the user's, which stays.
    Taken,
}

/// What the file system says of a file without its being read. No one who writes to a file can keep all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stat {
    pub length: u64,
    inode: u64,
    written: (i64, i64),
    changed: (i64, i64),
}

impl Stat {
    fn of(meta: &fs::Metadata) -> Self {
        Self {
            length: meta.len(),
            inode: meta.ino(),
            written: (meta.mtime(), meta.mtime_nsec()),
            changed: (meta.ctime(), meta.ctime_nsec()),
        }
    }
}

impl Stat {
    fn numbers(&self) -> [i128; 6] {
        let (written, changed) = (self.written, self.changed);
        [self.length.into(), self.inode.into(), written.0.into(), written.1.into(), changed.0.into(), changed.1.into()]
    }
}

struct Found {
    ours: HashMap<String, Stat>,
    users: BTreeSet<PathBuf>,
}

fn walk(
    root: &Path,
    below: &Path,
    manifest: &Manifest,
    our_folders: &HashSet<&Path>,
    found: &mut Found,
) -> Result<(), Error> {
    let folder = root.join(below);
    let entries: Vec<DirEntry> = fs::read_dir(&folder).and_then(Iterator::collect).at("list", &folder)?;
    let looked: Result<Vec<Option<Entry>>, Error> =
        entries.par_iter().map(|entry| look(below, entry, manifest, our_folders)).collect();
    for entry in looked?.into_iter().flatten() {
        match entry {
            Entry::Ours(name, stat) => drop(found.ours.insert(name, stat)),
            Entry::OurFolder(path) => walk(root, &path, manifest, our_folders, found)?,
            Entry::Users(path) => drop(found.users.insert(path)),
        }
    }
    Ok(())
}

/// What stands in a folder of ours.
enum Entry {
    Ours(String, Stat),
    OurFolder(PathBuf),
    Users(PathBuf),
}

fn look(
    below: &Path,
    entry: &DirEntry,
    manifest: &Manifest,
    our_folders: &HashSet<&Path>,
) -> Result<Option<Entry>, Error> {
    let path = below.join(entry.file_name());
    let kind = entry.file_type().at("look at", &entry.path())?;
    let listed = path.to_str().filter(|path| manifest.files.contains_key(*path));
    if path == Path::new(manifest::NAME) || path == Path::new(stage::INNER) {
        return Ok(None);
    }
    Ok(Some(match listed {
        Some(name) if kind.is_file() => {
            let meta = entry.metadata().at("look at", &entry.path())?;
            Entry::Ours(name.to_owned(), Stat::of(&meta))
        }
        _ if kind.is_dir() && our_folders.contains(path.as_path()) => Entry::OurFolder(path),
        _ => Entry::Users(path),
    }))
}
