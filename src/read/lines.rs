//! JSON lines as engines write them: one file, or a folder of parts with files of no concern among them.
//!
//! ```text
//! pairs/_SUCCESS   .part-00000-….json.crc      passed over
//! pairs/part-00000-….json   part-00001-….json  read one after the other
//! ```

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use blake3::Hasher;

use crate::exit::Failure;

/// Gives every line that is not blank to `take`; what it says of one is told with its place.
pub(super) fn each(place: &Path, hasher: &mut Hasher, mut take: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let files = files(place).with_context(|| place.display().to_string())?;
    if files.is_empty() {
        let hint = "name the folder that the engine wrote; its files end with .json or .jsonl";
        return Err(Failure::refused(format!("{}: nothing to read", place.display()), hint).into());
    }
    for file in files {
        let name = file.display().to_string();
        let mut lines = BufReader::new(File::open(&file).with_context(|| name.clone())?);
        let (mut line, mut number) = (String::new(), 0_usize);
        while lines.read_line(&mut line).with_context(|| name.clone())? > 0 {
            number += 1;
            hasher.update(line.as_bytes());
            if !line.trim().is_empty() {
                take(&line).with_context(|| format!("{name}:{number}"))?;
            }
            line.clear();
        }
    }
    Ok(())
}

fn files(place: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !place.is_dir() {
        return Ok(vec![place.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(place)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_part = path.extension().is_some_and(|extension| extension == "json" || extension == "jsonl");
        if is_part && !name.starts_with(['.', '_']) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
