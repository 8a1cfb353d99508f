//! Texts that quote others, and the quotations a reader finds in them: the files of `tests/gold/unseen_quotes`.

use std::path::{Path, PathBuf};

use duikan::model::{Fidelity, Kind};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct File {
    /// How many quotations of the file are known to be missed, and how many found that are none.
    #[serde(default)]
    pub missed: usize,
    #[serde(default)]
    pub wrong: usize,
    pub source: Vec<Source>,
    pub case: Vec<Case>,
}

/// A text that others quote.
#[derive(Deserialize)]
pub struct Source {
    pub kind: Kind,
    pub title: String,
    pub speaker: Option<String>,
    pub paragraphs: Vec<String>,
}

/// A text that quotes, and the quotations a reader finds in it.
#[derive(Deserialize)]
pub struct Case {
    pub what: String,
    pub kind: Kind,
    pub paragraphs: Vec<String>,
    #[serde(default)]
    pub quotes: Vec<Expected>,
}

#[derive(Debug, Deserialize)]
pub struct Expected {
    pub text: String,
    /// Where it is another.
    pub original: Option<String>,
    pub fidelity: Fidelity,
    pub marked: bool,
    pub speaker: Option<String>,
}

impl Expected {
    pub fn original(&self) -> &str {
        self.original.as_ref().unwrap_or(&self.text)
    }
}

/// The files of a folder, or those of the project, with their names.
pub fn files(given: Option<&Path>) -> Vec<(String, File)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/unseen_quotes");
    let folder = given.unwrap_or(&own);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    let read = |path: &PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        (name, toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
    };
    paths.iter().map(read).collect()
}

/// The greater part of either is the other.
pub fn same(a: &str, b: &str) -> bool {
    let (long, short) = if a.chars().count() >= b.chars().count() { (a, b) } else { (b, a) };
    long.contains(short) && short.chars().count() * 10 >= long.chars().count() * 8
}
