//! Passages as passim writes them: `align.json`, a file or a folder of parts.
//!
//! ```text
//! {"id":"20240704-speech-5c8586","begin":120,"end":152,"id2":"20240704-report-739164","begin2":40,"end2":71}
//! ```

use std::path::Path;

use anyhow::Result;
use blake3::Hasher;
use serde::Deserialize;

use super::lines;
use crate::exit::Failure;
use crate::model::Passage;

#[derive(Deserialize)]
struct Line {
    id: String,
    begin: u32,
    end: u32,
    id2: String,
    begin2: u32,
    end2: u32,
}

/// Reads `place` into `passages`, and its bytes into `hasher`.
pub(super) fn passages(place: &Path, hasher: &mut Hasher) -> Result<Vec<Passage>> {
    let mut found = Vec::new();
    lines::each(place, hasher, |line| {
        let wrong = |why: String| Failure::refused(why, "name the align.json that passim wrote");
        let line: Line = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
        found.push(Passage { a: (line.id, line.begin, line.end), b: (line.id2, line.begin2, line.end2) });
        Ok(())
    })?;
    Ok(found)
}
