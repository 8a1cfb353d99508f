//! What a static host and the readers of a published site want beside its pages.
//!
//! ```text
//! .nojekyll                          always: folders are served as they are
//! sitemap.xml, feed.xml              where the settings name the url of the site
//! a/一.html.gz                       on request, for hosts that serve compressed files as they lie
//! ```

mod feed;
mod sitemap;

use std::io::Write;

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};

use crate::model::OutFile;
use crate::render::Site;

/// The path of the compressed twin of a file.
#[must_use]
pub fn twin(path: &str) -> String {
    format!("{path}.gz")
}

/// Gives every such file to `sink`.
pub fn files(site: &Site<'_>, mut sink: impl FnMut(OutFile) -> Result<()>) -> Result<()> {
    sink(OutFile { path: ".nojekyll".to_owned(), bytes: Vec::new() })?;
    if let Some(url) = &site.edition.config.url {
        sink(feed::feed(site, url)?)?;
        sitemap::files(site, url)?.into_iter().try_for_each(sink)?;
    }
    Ok(())
}

/// The compressed twin of a file that is worth it. The same bytes for the same file: no name, no time.
pub fn compressed(file: &OutFile) -> Result<Option<OutFile>> {
    const KINDS: [&str; 13] =
        [".html", ".js", ".css", ".svg", ".xml", ".json", ".txt", ".md", ".csv", ".tsv", ".jsonl", ".bib", ".ris"];
    if file.bytes.len() < 256 || !KINDS.iter().any(|kind| file.path.ends_with(kind)) {
        return Ok(None);
    }
    let mut writer = GzBuilder::new().write(Vec::with_capacity(file.bytes.len() / 3), Compression::default());
    writer.write_all(&file.bytes).with_context(|| format!("compressing {}", file.path))?;
    let bytes = writer.finish().with_context(|| format!("compressing {}", file.path))?;
    Ok(Some(OutFile { path: twin(&file.path), bytes }))
}
