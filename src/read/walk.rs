//! A folder → the files below it that can safely be opened, in a fixed order, under printable names.
//!
//! ```text
//! seeds/2024/要闻.txt      2024/要闻.txt
//! seeds/坏\nname.txt       坏%0Aname.txt     shown escaped, and said
//! seeds/管道               a FIFO: named and skipped, never opened
//! seeds/外.txt → /etc/…    a link out of the folder: named and skipped
//! ```

use std::ffi::OsStr;
use std::fmt::Write;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::{DirEntry, WalkDir};

use crate::character::Oddity;
use crate::diagnostic::{Diagnostic, Severity, Span, Warned};
use crate::exit::{Exit, Failure};

/// A file to read.
#[derive(Clone, Debug)]
pub struct Found {
    pub path: PathBuf,
    /// Its path below the folder, with `/`, made printable; no two files share one.
    pub name: String,
}

impl Found {
    /// The name without its extension, and the extension in lower case.
    pub fn split(&self) -> (&str, String) {
        let file_start = self.name.rfind('/').map_or(0, |at| at + 1);
        match self.name.rfind('.') {
            Some(dot) if dot > file_start => {
                let (stem, extension) = self.name.split_at_checked(dot).unwrap_or((&self.name, ""));
                (stem, extension.trim_start_matches('.').to_ascii_lowercase())
            }
            _ => (&self.name, String::new()),
        }
    }
}

/// Lists the files below `folder` by name. Hidden files and folders (`.git`) are passed over.
pub fn files(folder: &Path) -> Result<Warned<Vec<Found>>> {
    fs::read_dir(folder).map_err(|error| no_folder(folder, &error))?;
    let root = fs::canonicalize(folder).with_context(|| folder.display().to_string())?;
    let mut found = Vec::new();
    let mut diagnostics = Vec::new();
    for entry in WalkDir::new(folder).min_depth(1).into_iter().filter_entry(|entry| !is_hidden(entry)) {
        match entry {
            Ok(entry) => match admit(&entry, folder, &root) {
                Ok(Some(file)) => found.push(file),
                Ok(None) => {}
                Err(skipped) => diagnostics.push(*skipped),
            },
            Err(error) => {
                let name = error.path().map_or_else(String::new, |path| name(path, folder));
                let cause = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                diagnostics.push(skipped("read-unreadable", &name, &format!("cannot be read: {cause}")));
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    diagnostics.extend(found.iter().filter(|file| is_escaped(file, folder)).map(odd_name));
    Ok(Warned { value: found, diagnostics })
}

/// Opens a file only if it is a regular one. Neither a FIFO nor a link put in its place meanwhile can hold us up.
pub fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY;
        options.custom_flags(i32::try_from(flags.bits()).unwrap_or(0));
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a regular file")) }
}

/// The bytes of a file, or `None` where there are more than `limit`. What the file says of its size is only a hint:
/// it may grow while it is read.
pub fn bytes(path: &Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let file = open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0).saturating_add(1));
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// A warning that a file was left out.
pub fn skipped(code: &'static str, name: &str, why: &str) -> Diagnostic {
    let file = if name.is_empty() { "a file" } else { name };
    Diagnostic::new(Severity::Warning, code, Some(Span::file(name)), format!("{file} {why}; it was skipped"))
}

fn no_folder(folder: &Path, error: &io::Error) -> anyhow::Error {
    let message = format!("the seeds folder {}: {error}", folder.display());
    let hint = "put texts into it, name another with --seeds, or make a starter with `duikan new`";
    Failure { exit: Exit::Io, message, hint: Some(hint.to_owned()), finding: None }.into()
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The file to read for an entry, `None` for a folder, or why it is not read.
fn admit(entry: &DirEntry, folder: &Path, root: &Path) -> Result<Option<Found>, Box<Diagnostic>> {
    let name = name(entry.path(), folder);
    let skip = |why: &str| Err(Box::new(skipped("read-special", &name, why)));
    let kind = entry.file_type();
    if kind.is_dir() {
        return Ok(None);
    }
    if kind.is_file() {
        return Ok(Some(Found { path: entry.path().to_owned(), name }));
    }
    if !kind.is_symlink() {
        return skip("is neither a file nor a folder");
    }
    let Ok(target) = fs::canonicalize(entry.path()) else {
        return skip("is a link that leads nowhere");
    };
    if !target.starts_with(root) {
        return skip("is a link out of the seeds folder");
    }
    match fs::symlink_metadata(&target) {
        Ok(metadata) if metadata.is_file() => Ok(Some(Found { path: target, name })),
        Ok(metadata) if metadata.is_dir() => skip("is a link to a folder, which is not followed"),
        _ => skip("is a link to something that is no file"),
    }
}

/// The path below `folder` with `/`. Bytes that are not UTF-8 and characters that cannot be shown are written `%XX`,
/// and so is a `%` that could be mistaken for one of these, so that different files keep different names.
fn name(path: &Path, folder: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(escaped).collect();
    parts.join("/")
}

fn escaped(part: &OsStr) -> String {
    let mut text = String::new();
    for chunk in part.as_encoded_bytes().utf8_chunks() {
        for (at, char) in chunk.valid().char_indices() {
            let rest = chunk.valid().get(at + 1..).unwrap_or("");
            if hides(char) || (char == '%' && is_hex_pair(rest)) {
                char.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| push_hex(&mut text, byte));
            } else {
                text.push(char);
            }
        }
        chunk.invalid().iter().for_each(|&byte| push_hex(&mut text, byte));
    }
    text
}

fn push_hex(text: &mut String, byte: u8) {
    // Writing to a string cannot fail.
    let _ = write!(text, "%{byte:02X}");
}

fn hides(char: char) -> bool {
    char.is_control() || Oddity::of(char).is_some()
}

fn is_hex_pair(text: &str) -> bool {
    text.as_bytes().first_chunk::<2>().is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
}

fn is_escaped(file: &Found, folder: &Path) -> bool {
    let below = file.path.strip_prefix(folder).unwrap_or(&file.path);
    file.name.contains('%') && below.to_str().is_none_or(|shown| shown.chars().any(hides))
}

fn odd_name(file: &Found) -> Diagnostic {
    let message = format!("the name of this file cannot be shown as it is; it is called {} here", file.name);
    Diagnostic::new(Severity::Warning, "read-name", Some(Span::file(&file.name)), message)
        .with_hint("give the file a name that every system can write")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> (Vec<String>, Vec<String>) {
        let Warned { value, diagnostics } = files(folder).unwrap();
        let codes = diagnostics.iter().map(|d| format!("{} {}", d.code, d.span.as_ref().unwrap().file)).collect();
        (value.into_iter().map(|file| file.name).collect(), codes)
    }

    #[test]
    fn files_come_in_the_order_of_their_names_with_sub_folders() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("乙/.git")).unwrap();
        for name in ["丙.txt", "乙/甲.txt", "a.txt", "B.txt", "乙/.git/x.txt", ".hidden.txt"] {
            fs::write(folder.path().join(name), "字").unwrap();
        }
        assert_eq!(names(folder.path()).0, ["B.txt", "a.txt", "丙.txt", "乙/甲.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_named_and_never_opened() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("d")).unwrap();
        fs::write(at("d/real.txt"), "字").unwrap();
        rustix::fs::mknodat(rustix::fs::CWD, at("fifo.txt"), rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        for (name, target) in
            [("in.txt", "d/real.txt"), ("out.txt", "/etc/hostname"), ("no.txt", "gone"), ("loop", ".")]
        {
            std::os::unix::fs::symlink(target, at(name)).unwrap();
        }
        let (found, told) = names(folder.path());
        assert_eq!(found, ["d/real.txt", "in.txt"]);
        let mut told = told;
        told.sort();
        let expected = ["fifo.txt", "loop", "no.txt", "out.txt"].map(|name| format!("read-special {name}"));
        assert_eq!(told, expected);
        assert!(open(&at("fifo.txt")).is_err() && open(&at("out.txt")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn names_that_cannot_be_shown_stay_different() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let odd: [&[u8]; 5] = [b"a\n.txt", b"a%0A.txt", b"\xff.txt", b"100%.txt", "左\u{202e}右.txt".as_bytes()];
        for name in odd {
            fs::write(folder.path().join(OsStr::from_bytes(name)), "字").unwrap();
        }
        let (found, told) = names(folder.path());
        assert_eq!(found, ["%FF.txt", "100%.txt", "a%0A.txt", "a%250A.txt", "左%E2%80%AE右.txt"]);
        assert_eq!(told.len(), 3, "{told:?}");
    }

    #[test]
    fn no_more_is_read_than_the_limit_allows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "0123456789").unwrap();
        assert_eq!(bytes(&path, 10).unwrap().map(|bytes| bytes.len()), Some(10));
        assert_eq!(bytes(&path, 9).unwrap(), None);
    }
}
