//! Candidate pairs as another engine wrote them: JSON lines in one file or in many parts.
//!
//! ```text
//! pairs/_SUCCESS                    passed over
//! pairs/part-00000-….json           {"a":"3f9a1c20d4e5b6a7","b":"81ef75bec1540437"}
//! pairs/part-00001-….json           {"clauses":3164,"formulae":12}
//! ```

use std::path::Path;

use anyhow::Result;
use blake3::Hasher;
use serde::Deserialize;

use super::lines;
use crate::exit::Failure;
use crate::model::Candidates;

/// A line: two ids, or what was counted. An engine may leave out what is null, or write it.
#[derive(Deserialize)]
struct Line {
    a: Option<String>,
    b: Option<String>,
    clauses: Option<usize>,
    formulae: Option<usize>,
}

/// Reads `place`, and its bytes into `hasher`.
pub(super) fn candidates(place: &Path, hasher: &mut Hasher) -> Result<Candidates> {
    let mut found = Candidates::default();
    lines::each(place, hasher, |line| take(line, &mut found))?;
    Ok(found)
}

fn take(line: &str, found: &mut Candidates) -> Result<()> {
    let wrong = |why: &str| {
        Failure::refused(why.to_owned(), "a line is {\"a\": ID, \"b\": ID}, or {\"clauses\": N, \"formulae\": N}")
    };
    let Line { a, b, clauses, formulae } = serde_json::from_str(line).map_err(|error| wrong(&error.to_string()))?;
    match (a, b) {
        (Some(a), Some(b)) => {
            let id = |text: &str| u64::from_str_radix(text, 16).map_err(|_| wrong(&format!("`{text}` is no id")));
            found.pairs.push((id(&a)?, id(&b)?));
        }
        (None, None) if clauses.is_some() || formulae.is_some() => {
            found.clauses = clauses.or(found.clauses);
            found.formulae = formulae.unwrap_or(found.formulae);
        }
        _ => return Err(wrong("neither a pair nor a count").into()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_as_one_whatever_an_engine_leaves_out() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("part-1.json", "{\"a\":\"0a\",\"b\":\"ff\"}\n\n");
        write("part-0.json", "{\"a\":null,\"b\":null,\"clauses\":7,\"formulae\":2}\n");
        write("_SUCCESS", "no JSON");
        write(".part-1.json.crc", "no JSON");
        let candidates = |place: &Path| candidates(place, &mut Hasher::new());
        let found = candidates(folder.path()).unwrap();
        assert_eq!((found.pairs.as_slice(), found.clauses, found.formulae), (&[(10, 255)][..], Some(7), 2));
        for wrong in ["{\"a\":\"0a\"}", "{\"a\":\"x\",\"b\":\"1\"}", "[]", "{}"] {
            write("part-2.json", wrong);
            let error = candidates(folder.path()).unwrap_err();
            assert_eq!(crate::exit::of(&error), crate::exit::Exit::Refused, "{wrong}");
            assert!(format!("{error:#}").contains("part-2.json:1"), "{error:#}");
        }
        assert!(candidates(&folder.path().join("none")).is_err());
    }
}
