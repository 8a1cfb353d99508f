//! Templates and static files: those in the binary, overruled by those of the project.
//!
//! ```text
//! static/site.css  ──▶  site/static/site.css, linked as ../static/site.css?v=3f9a1c20
//! ```
//!
//! Style sheets and scripts are published without comments and layout.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use rust_embed::RustEmbed;
use walkdir::WalkDir;

use crate::model::OutFile;

use super::squeeze;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

type Files = BTreeMap<String, Cow<'static, [u8]>>;

const PHRASES: &str = "phrases.toml";

/// Every template and static file by its path below its folder.
pub struct Assets {
    templates: Files,
    files: Files,
}

impl Assets {
    /// The built-in files, and over them those in `templates/` and `static/` of the project.
    pub fn load(project: Option<&Path>) -> Result<Self> {
        let ours = embedded::<Static>();
        let mut assets = Self { templates: embedded::<Templates>(), files: ours.clone() };
        if let Some(project) = project {
            overlay(&mut assets.templates, &project.join("templates"))?;
            overlay(&mut assets.files, &project.join("static"))?;
        }
        for (name, bytes) in &mut assets.files {
            let squeezed = match extension(name) {
                // The project's own style sheets too: a copy of ours that was changed should weigh no more.
                Some("css") => Some(squeeze::css(&String::from_utf8_lossy(bytes))),
                // Scripts of ours only: the tests know that they bear it, and those of the project may not.
                Some("js") if ours.get(name) == Some(bytes) => {
                    let source = std::str::from_utf8(bytes).ok();
                    source.and_then(|source| minifier::js::minify(source).ok()).map(|script| script.to_string())
                }
                _ => None,
            };
            if let Some(squeezed) = squeezed {
                *bytes = Cow::Owned(squeezed.into_bytes());
            }
        }
        Ok(assets)
    }

    /// The table of phrases.
    pub fn phrases(&self) -> Result<&str> {
        let bytes = self.templates.get(PHRASES).context("templates/phrases.toml is missing")?;
        std::str::from_utf8(bytes).context("templates/phrases.toml is not UTF-8")
    }

    /// Name and text of every template.
    pub fn templates(&self) -> impl Iterator<Item = Result<(&str, &str)>> {
        self.templates.iter().filter(|(name, _)| extension(name) == Some("html")).map(|(name, bytes)| {
            let text = std::str::from_utf8(bytes).with_context(|| format!("templates/{name} is not UTF-8"))?;
            Ok((name.as_str(), text))
        })
    }

    /// Every template, for whoever asks whether they are still the same.
    pub fn look(&self) -> impl std::fmt::Debug {
        &self.templates
    }

    /// Address of each static file below the root, with a mark of its content so that no stale copy is used.
    pub fn addresses(&self) -> BTreeMap<String, String> {
        self.files
            .iter()
            .map(|(name, bytes)| {
                let hash = blake3::hash(bytes).to_hex();
                (name.clone(), format!("static/{name}?v={}", hash.get(..8).unwrap_or_default()))
            })
            .collect()
    }

    /// The static files as they are published.
    pub fn published(&self) -> Vec<OutFile> {
        self.files
            .iter()
            .map(|(name, bytes)| OutFile { path: format!("static/{name}"), bytes: bytes.to_vec() })
            .collect()
    }
}

fn extension(name: &str) -> Option<&str> {
    Path::new(name).extension()?.to_str()
}

fn embedded<E: RustEmbed>() -> Files {
    E::iter().filter_map(|name| E::get(&name).map(|file| (name.into_owned(), file.data))).collect()
}

/// Reads every regular file below `folder`, if there is such a folder. Links are not followed.
fn overlay(files: &mut Files, folder: &Path) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = std::fs::read(entry.path()).with_context(|| format!("reading {}", entry.path().display()))?;
        let below = entry.path().strip_prefix(folder)?;
        let name = below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
        files.insert(name, Cow::Owned(bytes));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_our_script_weighs_what_ours_does_and_another_script_stays_as_it_is() {
        let project = tempfile::tempdir().unwrap();
        let folder = project.path().join("static");
        std::fs::create_dir(&folder).unwrap();
        let ours = embedded::<Static>();
        std::fs::write(folder.join("site.js"), &ours["site.js"]).unwrap();
        std::fs::write(folder.join("seek.js"), "// another\nlet  one = 1;\n").unwrap();
        let (plain, own) = (Assets::load(None).unwrap(), Assets::load(Some(project.path())).unwrap());
        assert!(plain.files["site.js"].len() < ours["site.js"].len());
        assert_eq!(own.files["site.js"], plain.files["site.js"]);
        assert_eq!(own.files["seek.js"].as_ref(), b"// another\nlet  one = 1;\n");
    }
}
