//! The next site, beside the one that stands: changed files written, the rest linked, exchanged in one rename.
//!
//! ```text
//! .site.duikan-staging/  a/一.html (new)  a/二.html (link)  CNAME (link)      ⇄      site/
//! ```

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use rustix::fs::{Access, FlockOperation, flock};

use super::error::Error;
use super::manifest::{self, Manifest};
use super::standing::Standing;
use crate::exit::At;

/// The staging folder inside the output, for the places whose parent folder cannot be written to.
pub(super) const INNER: &str = ".duikan-staging";

/// A folder that is filled, exchanged, and removed again.
#[derive(Debug)]
pub(super) struct Staging {
    pub root: PathBuf,
    /// It stands inside the output, so the two cannot be exchanged.
    pub inside: bool,
    /// It holds the old site, in which there may be something of the user's still.
    holds_old: AtomicBool,
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What is not removed now is removed by the next build, which finds it by its name.
        if !self.holds_old.load(Ordering::Relaxed) {
            let _ = remove(&self.root);
        }
    }
}

impl Staging {
    /// Nothing is made yet: the folder comes with its first file.
    pub fn new(output: &Path) -> Self {
        let parent = output.parent().unwrap_or(output);
        let inside = rustix::fs::access(parent, Access::WRITE_OK | Access::EXEC_OK).is_err();
        if inside {
            Self::inside(output)
        } else {
            Self { root: beside(output), inside, holds_old: AtomicBool::new(false) }
        }
    }

    /// For an output whose parent takes no new folder.
    pub fn inside(output: &Path) -> Self {
        Self { root: output.join(INNER), inside: true, holds_old: AtomicBool::new(false) }
    }

    /// Makes the folder itself, with the mode of `output`, which it may replace.
    pub fn make_root(&self, output: &Path) -> Result<(), Error> {
        fs::create_dir_all(&self.root).at("make the folder", &self.root)?;
        let mode = output.metadata().at("look at", output)?.permissions();
        Ok(fs::set_permissions(&self.root, mode).at("set the mode of", &self.root)?)
    }

    /// Writes a new file.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let target = self.root.join(path);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = match options.open(&target) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let parent = target.parent().unwrap_or(&self.root);
                fs::create_dir_all(parent).at("make the folder", parent)?;
                options.open(&target)
            }
            other => other,
        }
        .at("write", &target)?;
        Ok(file.write_all(bytes).at("write", &target)?)
    }

    /// Puts the same file here that stands at `path` in `output`. `false` where the file system knows no links.
    pub fn link(&self, output: &Path, path: &Path) -> Result<bool, Error> {
        let from = output.join(path);
        let to = self.root.join(path);
        let mut linked = fs::hard_link(&from, &to);
        if linked.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            let parent = to.parent().unwrap_or(&self.root);
            fs::create_dir_all(parent).at("make the folder", parent)?;
            linked = fs::hard_link(&from, &to);
        }
        match linked {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                Err(Error::refused(&from, "was put there during the build, in the way of a page", "move it away"))
            }
            Err(error) if is_full_or_broken(&error) => Ok(Err(error).at("link", &to)?),
            Err(_) => Ok(false),
        }
    }

    /// Carries over what is the user's: files by a link, folders made anew. `false` where links are not to be had.
    pub fn carry(&self, output: &Path, path: &Path) -> Result<bool, Error> {
        let from = output.join(path);
        let meta = match from.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            other => other.at("look at", &from)?,
        };
        if !meta.is_dir() {
            return self.link(output, path);
        }
        let to = self.root.join(path);
        fs::create_dir_all(&to).at("make the folder", &to)?;
        fs::set_permissions(&to, meta.permissions()).at("set the mode of", &to)?;
        for entry in fs::read_dir(&from).at("list", &from)? {
            if !self.carry(output, &path.join(entry.at("list", &from)?.file_name()))? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Makes all of it safe from a power cut.
    pub fn sync(&self) -> Result<(), Error> {
        let root = File::open(&self.root).at("open", &self.root)?;
        // The one file that the next build must be able to read, whatever it finds of the others.
        sync_folder(&self.root.join(manifest::NAME))?;
        #[cfg(target_os = "linux")]
        rustix::fs::syncfs(&root).at("sync", &self.root)?;
        #[cfg(not(target_os = "linux"))]
        sync_each(&self.root)?;
        Ok(root.sync_all().at("sync", &self.root)?)
    }

    /// One rename: before it the reader sees the old site, after it the new one. `None` where it cannot be done;
    /// else the lock on the new site.
    pub fn exchange(&self, output: &Path) -> Result<Option<File>, Error> {
        if self.inside {
            return Ok(None);
        }
        let lock = File::open(&self.root).at("open", &self.root)?;
        flock(&lock, FlockOperation::NonBlockingLockExclusive).at("lock", &self.root)?;
        match swap(&self.root, output) {
            Ok(()) => {}
            Err(error) if is_full_or_broken(&error) => return Ok(Err(error).at("exchange", output)?),
            Err(_) => return Ok(None),
        }
        self.holds_old.store(true, Ordering::Relaxed);
        sync_folder(output.parent().unwrap_or(output))?;
        Ok(Some(lock))
    }

    /// After the exchange: saves what of the user's came too late to be linked, and lets the old site go.
    pub fn release(&self, old: &Manifest, site: &Path) -> Result<(), Error> {
        rescue(&self.root, old.clone(), site)?;
        self.holds_old.store(false, Ordering::Relaxed);
        Ok(())
    }
}

/// Where the staging folder beside `output` stands.
pub(super) fn beside(output: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(output.file_name().unwrap_or_default());
    name.push(".duikan-staging");
    output.with_file_name(name)
}

/// Removes what a killed build left. After the exchange it holds the old site: what the user put there late is saved.
pub(super) fn mend(output: &Path) -> Result<(), Error> {
    for left in [beside(output), output.join(INNER)] {
        match left.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Ok(Err(error).at("look at", &left)?),
            Ok(meta) if !meta.is_dir() => {
                return Err(Error::refused(&left, "is not the folder that a build stages in", "move it away"));
            }
            Ok(_) => {}
        }
        if let Some(manifest) = fs::read(left.join(manifest::NAME)).ok().and_then(|bytes| Manifest::parse(&bytes)) {
            rescue(&left, manifest, output)?;
        }
        remove(&left).at("remove", &left)?;
    }
    Ok(())
}

/// Removes a folder and all that is in it, its own folders at once.
fn remove(folder: &Path) -> io::Result<()> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries.par_iter().try_for_each(|entry| {
        // A link to a folder is no folder.
        if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) }
    })?;
    fs::remove_dir(folder)
}

/// Moves into `site` what of the user's stands in the `old` tree alone, or stands there newer.
fn rescue(old: &Path, manifest: Manifest, site: &Path) -> Result<(), Error> {
    let standing = Standing::scan(old, Some(manifest))?;
    standing.users.iter().try_for_each(|path| rescue_entry(old, path, site))
}

fn rescue_entry(old: &Path, path: &Path, site: &Path) -> Result<(), Error> {
    let from = old.join(path);
    let to = site.join(path);
    let meta = from.symlink_metadata().at("look at", &from)?;
    let there = to.symlink_metadata().ok();
    if meta.is_dir() && there.as_ref().is_some_and(fs::Metadata::is_dir) {
        for entry in fs::read_dir(&from).at("list", &from)? {
            rescue_entry(old, &path.join(entry.at("list", &from)?.file_name()), site)?;
        }
        return Ok(());
    }
    let late = match there {
        None => true,
        Some(there) => {
            there.ino() != meta.ino() && (there.mtime(), there.mtime_nsec()) < (meta.mtime(), meta.mtime_nsec())
        }
    };
    if late {
        let parent = to.parent().unwrap_or(site);
        fs::create_dir_all(parent).at("make the folder", parent)?;
        fs::rename(&from, &to).at("move", &to)?;
    }
    Ok(())
}

pub(super) fn sync_folder(folder: &Path) -> Result<(), Error> {
    Ok(File::open(folder).and_then(|folder| folder.sync_all()).at("sync", folder)?)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn swap(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(not(target_os = "linux"))]
fn sync_each(folder: &Path) -> Result<(), Error> {
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        let entry = entry.map_err(io::Error::from).at("list", folder)?;
        if entry.file_type().is_file() || entry.file_type().is_dir() {
            sync_folder(entry.path())?;
        }
    }
    Ok(())
}

/// Trouble that another way of publishing would only meet again.
fn is_full_or_broken(error: &io::Error) -> bool {
    use rustix::io::Errno;
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
        || matches!(Errno::from_io_error(error), Some(Errno::IO | Errno::NOENT))
}
