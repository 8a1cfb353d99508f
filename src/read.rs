//! The seeds folder → [`Source`]s: encodings, sidecars, hostile files.

use std::path::Path;

use anyhow::Result;

use crate::config::Config;
use crate::diagnostic::Warned;
use crate::model::Source;
use crate::progress::Progress;

/// What stands in a seeds folder.
#[derive(Debug, Default, Clone)]
pub struct Seeds {
    /// In the order of their paths.
    pub sources: Vec<Source>,
    /// `index.md` and `about.md` at the top, as Markdown.
    pub index_note: Option<String>,
    pub about_note: Option<String>,
    /// `terms.txt` at the top: the user's dictionary, a term a line.
    pub terms: Vec<String>,
}

/// Reads every seed below `folder`, in a fixed order. Only an unreadable folder is an error.
pub fn read(folder: &Path, _config: &Config, _progress: &Progress) -> Result<Warned<Seeds>> {
    let mut sources = Vec::new();
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let bytes = std::fs::read(path)?;
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let mut line_starts = vec![0];
        line_starts.extend(text.match_indices('\n').map(|(i, _)| i + 1).filter(|&i| i < text.len()));
        sources.push(Source {
            path: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            encoding: "UTF-8",
            format: crate::model::Format::Raw,
            text,
            line_starts,
            sidecar: None,
            note: None,
            digest: blake3::hash(&bytes).to_hex().to_string(),
        });
    }
    Ok(Warned { value: Seeds { sources, ..Seeds::default() }, diagnostics: Vec::new() })
}
