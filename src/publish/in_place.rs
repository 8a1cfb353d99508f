//! Publishing file by file, where two folders cannot be exchanged: each page is whole at every instant, the site is not.
//!
//! ```text
//! manifest: old ∪ new  ─▶  a/一.html, index.html renamed into place  ─▶  a/旧.html removed  ─▶  manifest: new
//! ```

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::manifest::{self, Manifest};
use super::stage::{self, Staging};
use super::standing::Standing;
use crate::exit::At;

/// Turns the site that stands into the next one. The list of both comes first: whatever instant this is killed at, the
/// next build knows every file that is ours.
pub(super) fn publish(
    output: &Path,
    staging: &Staging,
    standing: &Standing,
    written: &[&str],
    next: &Manifest,
) -> Result<(), Error> {
    remove_if_there(&staging.root.join(manifest::NAME))?;
    staging.write(manifest::NAME, &standing.manifest.union(next).to_bytes())?;
    staging.sync()?;
    install(staging, output, manifest::NAME)?;
    stage::sync_folder(output)?;
    written.iter().try_for_each(|path| install(staging, output, path))?;
    let gone = standing.manifest.files.keys().filter(|path| !next.files.contains_key(*path));
    for path in gone {
        // Only what is a file of ours today: in its place may stand something of the user's by now.
        if standing.ours.contains_key(path) {
            remove_if_there(&output.join(path))?;
            remove_empty_folders(output, Path::new(path));
        }
    }
    staging.write(manifest::NAME, &next.to_bytes())?;
    staging.sync()?;
    install(staging, output, manifest::NAME)?;
    stage::mend(output)?;
    stage::sync_folder(output)
}

/// Renames a staged file into place; by way of a copy where the output is mounted apart from its parent.
fn install(staging: &Staging, output: &Path, path: &str) -> Result<(), Error> {
    let from = staging.root.join(path);
    let to = output.join(path);
    let parent = to.parent().unwrap_or(output);
    fs::create_dir_all(parent).at("make the folder", parent)?;
    match fs::rename(&from, &to) {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let near = output.join(stage::INNER).join(path);
            let folder = near.parent().unwrap_or(output);
            fs::create_dir_all(folder).at("make the folder", folder)?;
            fs::copy(&from, &near).at("write", &near)?;
            stage::sync_folder(&near)?;
            fs::rename(&near, &to).at("write", &to)?;
            remove_if_there(&from)
        }
        other => Ok(other.at("write", &to)?),
    }
}

fn remove_if_there(path: &PathBuf) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => Ok(other.at("remove", path)?),
    }
}

/// Removes the folders above a removed file that nothing is left in.
fn remove_empty_folders(output: &Path, path: &Path) {
    for above in path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
        if fs::remove_dir(output.join(above)).is_err() {
            return;
        }
    }
}
