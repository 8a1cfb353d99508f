//! May this folder be written to, and by us alone? Asked before a seed is read.
//!
//! ```text
//! --output 文稿        holds files, has no manifest      refused
//! --output seeds/..    the parent of the seeds           refused
//! --output site        ours, or new, or empty            locked, mended, listed
//! ```

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::fs::{FlockOperation, flock};

use super::error::Error;
use super::manifest::{self, Manifest};
use crate::exit::At;

const ELSEWHERE: &str = "name an empty or new folder with --output";

/// Folders that a site must neither be nor contain.
#[derive(Clone, Debug, Default)]
pub struct Protected {
    /// The site must not stand inside this one either.
    pub seeds: PathBuf,
    pub others: Vec<PathBuf>,
}

impl Protected {
    /// The seeds, the folder of the configuration, the cache, the home folder and the working folder.
    #[must_use]
    pub fn new(seeds: &Path, config_folder: &Path, cache: &Path) -> Self {
        let mut others = vec![config_folder.to_owned(), cache.to_owned()];
        others.extend(std::env::home_dir().filter(|home| !home.as_os_str().is_empty()));
        others.extend(std::env::current_dir());
        Self { seeds: seeds.to_owned(), others }
    }
}

/// Finds the real place of `output` and refuses what no flag may allow.
pub(super) fn resolve(output: &Path, protected: &Protected) -> Result<PathBuf, Error> {
    let real = match fs::canonicalize(output) {
        Ok(real) => real,
        Err(error) if error.kind() == io::ErrorKind::NotFound => new_place(output)?,
        Err(error) => return Ok(Err(error).at("find", output)?),
    };
    if real.file_name().is_none() {
        return Err(Error::refused(output, "is the root of the file system", ELSEWHERE));
    }
    if real.symlink_metadata().is_ok_and(|meta| !meta.is_dir()) {
        return Err(Error::refused(output, "is a file, not a folder", ELSEWHERE));
    }
    for folder in protected.others.iter().chain([&protected.seeds]) {
        if both_names(folder).iter().flat_map(|name| name.ancestors()).any(|above| same(above, &real)) {
            let reason = format!("is, or contains, {}, which duikan never writes over", folder.display());
            return Err(Error::refused(output, reason, ELSEWHERE));
        }
    }
    let seeds = both_names(&protected.seeds);
    if real.ancestors().any(|above| seeds.iter().any(|seeds| same(above, seeds))) {
        return Err(Error::refused(output, "stands inside the seeds, which would read it back", ELSEWHERE));
    }
    Ok(real)
}

/// Where a folder that does not exist yet will be.
fn new_place(output: &Path) -> Result<PathBuf, Error> {
    if output.symlink_metadata().is_ok() {
        return Err(Error::refused(output, "is a symbolic link to nothing", ELSEWHERE));
    }
    let absolute = std::path::absolute(output).at("find", output)?;
    let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
        return Err(Error::refused(output, "names no folder", ELSEWHERE));
    };
    if absolute.components().any(|part| part == std::path::Component::ParentDir) {
        return Err(Error::refused(output, "goes up through a folder that does not exist", ELSEWHERE));
    }
    let mut real_parent = parent.to_owned();
    for above in parent.ancestors() {
        if let Ok(real) = fs::canonicalize(above) {
            real_parent = real.join(parent.strip_prefix(above).unwrap_or(Path::new("")));
            break;
        }
    }
    Ok(real_parent.join(name))
}

/// A folder as it was named and as it really is: a link to the seeds must not unprotect the folder it stands in.
fn both_names(folder: &Path) -> Vec<PathBuf> {
    std::path::absolute(folder).into_iter().chain(fs::canonicalize(folder)).collect()
}

/// One folder under two names counts: letter case, bind mounts.
fn same(a: &Path, b: &Path) -> bool {
    a == b
        || match (a.metadata(), b.metadata()) {
            (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
            _ => false,
        }
}

/// Locks the folder itself, so that no lock file is left lying about. The lock goes with the handle.
pub(super) fn lock(folder: &Path, patience: Duration, waiting: impl FnOnce()) -> Result<File, Error> {
    let deadline = Instant::now() + patience;
    let mut waiting = Some(waiting);
    let mut pause = Duration::from_millis(2);
    loop {
        fs::create_dir_all(folder).at("make the folder", folder)?;
        let handle = match File::open(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            other => other.at("open", folder)?,
        };
        match flock(&handle, FlockOperation::NonBlockingLockExclusive) {
            // While we waited the folder may have been exchanged for the next site: then our lock holds the old one.
            Ok(()) if stands_at(&handle, folder) => return Ok(handle),
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                if let Some(waiting) = waiting.take() {
                    waiting();
                }
                if Instant::now() >= deadline {
                    return Err(Error::Locked { path: folder.to_owned() });
                }
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(100));
            }
            Err(error) => return Ok(Err(error).at("lock", folder)?),
        }
    }
}

fn stands_at(handle: &File, folder: &Path) -> bool {
    match (handle.metadata(), folder.metadata()) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

/// Reads the manifest of a folder that is ours; a new or empty folder has an empty one.
pub(super) fn owned(folder: &Path) -> Result<Option<Manifest>, Error> {
    let path = folder.join(manifest::NAME);
    match path.symlink_metadata() {
        Ok(meta) if meta.is_file() => {
            let bytes = fs::read(&path).at("read", &path)?;
            Manifest::parse(&bytes).map(Some).ok_or_else(|| {
                Error::refused(
                    &path,
                    "is damaged, so what is ours cannot be told",
                    "delete the site's folder and build",
                )
            })
        }
        Ok(_) => Err(Error::refused(&path, "is not a plain file", ELSEWHERE)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            for entry in fs::read_dir(folder).at("list", folder)? {
                if entry.at("list", folder)?.file_name() != super::stage::INNER {
                    let reason = format!("is not a site of duikan: it holds files and no {}", manifest::NAME);
                    return Err(Error::refused(folder, reason, ELSEWHERE));
                }
            }
            Ok(None)
        }
        Err(error) => Ok(Err(error).at("look at", &path)?),
    }
}
