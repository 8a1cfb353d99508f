//! One file of the cache: a header that knows the program and the content, then the content.
//!
//! ```text
//! duikan-cache⏎  77aa… (the program)  0c12… (the content)  …
//! ```

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use blake3::Hash;
use serde::{Deserialize, Serialize};

use crate::memo::Key;

const MAGIC: &[u8] = b"duikan-cache\n";

/// Why a stored file cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Damaged,
    Foreign,
    Unreadable(io::ErrorKind),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged => f.write_str("is damaged"),
            Self::Foreign => f.write_str("is of another version"),
            Self::Unreadable(kind) => write!(f, "cannot be read ({kind})"),
        }
    }
}

/// The content of a file, and its signature.
pub(super) type Signed = (Vec<u8>, Key);

/// The content of a file; `None` where there is none.
pub(super) fn read(path: &Path, program: &Hash) -> Result<Option<Signed>, Fault> {
    let mut bytes = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other.map_err(|error| Fault::Unreadable(error.kind()))?,
    };
    let rest = bytes.strip_prefix(MAGIC).ok_or(Fault::Damaged)?;
    let (by, rest) = rest.split_first_chunk::<32>().ok_or(Fault::Damaged)?;
    let (stored, content) = rest.split_first_chunk::<32>().ok_or(Fault::Damaged)?;
    // The sum covers the program too: a flipped bit there is damage, not another version.
    let sum = signature(by, content);
    if *stored != sum {
        return Err(Fault::Damaged);
    }
    if by != program.as_bytes() {
        return Err(Fault::Foreign);
    }
    bytes.drain(..MAGIC.len() + 64);
    Ok(Some((bytes, sum)))
}

/// The signature of a content that this program stores.
pub(super) fn sum(program: &Hash, content: &[u8]) -> Key {
    signature(program.as_bytes(), content)
}

/// Writes a content that is signed, beside, and renames: a reader sees the old file or the new one.
pub(super) fn write(path: &Path, program: &Hash, sum: &Key, content: &[u8]) -> io::Result<()> {
    let new = path.with_extension("new");
    let written = File::create(&new).and_then(|mut file| {
        [MAGIC, program.as_bytes(), sum, content].iter().try_for_each(|part| file.write_all(part))
    });
    let written = written.and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        let _ = fs::remove_file(&new);
    }
    written
}

fn signature(program: &[u8; 32], content: &[u8]) -> Key {
    *blake3::Hasher::new().update(program).update(content).finalize().as_bytes()
}

pub(super) fn encode(value: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_stdvec(value).ok()
}

/// What may be borrowed of the bytes is not copied.
pub(super) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Fault> {
    postcard::from_bytes(bytes).map_err(|_| Fault::Damaged)
}
