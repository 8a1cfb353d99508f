//! `duikan.toml` → [`Settings`].
//!
//! ```toml
//! title = "上合文献对勘"
//! ui = "zh"
//! url = "https://example.org/duikan/"
//!
//! [collate]
//! pairs = [["declaration-20240704", "abstract-20240704"]]
//! ```

use std::num::NonZeroUsize;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;

use super::parse::{self, File};
use super::{Collate, Config, Folds, Format, Limits, Ui};
use crate::diagnostic::Diagnostic;

/// What `duikan.toml` says. Folders are told from the folder of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    pub config: Config,
    pub seeds: Option<PathBuf>,
    pub output: Option<PathBuf>,
    pub cache: Option<PathBuf>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    title: Option<String>,
    ui: Ui,
    url: Option<Spanned<String>>,
    paper: Option<String>,
    licence: Option<String>,
    rights: Option<String>,
    seeds: Option<PathBuf>,
    output: Option<PathBuf>,
    cache: Option<PathBuf>,
    folds: WrittenFolds,
    collate: WrittenCollate,
    limits: WrittenLimits,
    export: WrittenExport,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenFolds {
    script: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenCollate {
    characters: Option<NonZeroUsize>,
    partners: Option<usize>,
    pairs: Vec<Spanned<Vec<String>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenExport {
    formats: Vec<Format>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenLimits {
    seed_bytes: Option<Spanned<u64>>,
}

/// Reads the text of a settings file that messages call `name`.
pub fn settings(name: &str, text: &str) -> Result<Settings, Box<Diagnostic>> {
    let file = File { name, text, code: "config" };
    let written: Written = file.parse()?;
    let url = written.url.map(|url| {
        let hint = "url = \"https://example.org/duikan/\"";
        site_url(url.get_ref()).map_err(|why| Box::new(file.fault(url.span(), why).with_hint(hint)))
    });
    let pair = |pair: &Spanned<Vec<String>>| match pair.get_ref().as_slice() {
        [a, b] if a != b => Ok((a.clone(), b.clone())),
        _ => {
            let fault = file.fault(pair.span(), "a pair is two different addresses");
            Err(Box::new(fault.with_hint("pairs = [[\"speech-…\", \"abstract-…\"]]")))
        }
    };
    let mut limits = Limits::default();
    if let Some(bytes) = written.limits.seed_bytes {
        // Columns and lines are counted in 32 bits.
        if !(1..=u64::from(u32::MAX)).contains(bytes.get_ref()) {
            return Err(Box::new(file.fault(bytes.span(), "the limit must be at least 1 and less than 4 GiB")));
        }
        limits.seed_bytes = *bytes.get_ref();
    }
    let config = Config {
        title: parse::text(written.title),
        ui: written.ui,
        url: url.transpose()?,
        paper: parse::text(written.paper),
        licence: parse::text(written.licence),
        rights: parse::text(written.rights),
        folds: Folds { script: written.folds.script },
        pairs: written.collate.pairs.iter().map(pair).collect::<Result<_, _>>()?,
        collate: collate(&written.collate),
        limits,
        export: Format::ALL.into_iter().filter(|format| written.export.formats.contains(format)).collect(),
    };
    Ok(Settings { config, seeds: written.seeds, output: written.output, cache: written.cache })
}

fn collate(written: &WrittenCollate) -> Collate {
    let default = Collate::default();
    Collate {
        characters: written.characters.map_or(default.characters, NonZeroUsize::get),
        partners: written.partners.unwrap_or(default.partners),
    }
}

/// An address of the web with a closing `/`, or what is wrong with it.
pub fn site_url(url: &str) -> Result<String, &'static str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let Some(host) = rest.and_then(|rest| rest.split('/').next()) else {
        return Err("the address of a site begins with https:// or http://");
    };
    if host.is_empty()
        || url.chars().any(|char| char.is_whitespace() || char.is_control() || "\"<>\\^`{|}".contains(char))
    {
        return Err("this is no address");
    }
    if url.contains(['?', '#']) {
        return Err("the address of a site has neither `?` nor `#`");
    }
    Ok(if url.ends_with('/') { url.to_owned() } else { format!("{url}/") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_taken_in() {
        let text = "title = \"对勘\"\nui = \"en\"\nurl = \"https://例.org/a\"\npaper = \"人民日报\"\nlicence = \"CC0\"\n\
            rights = \"©\"\nseeds = \"文\"\noutput = \"out\"\ncache = \"c\"\n[folds]\nscript = true\n\
            [collate]\ncharacters = 50\npartners = 8\npairs = [[\"a\", \"b\"]]\n[limits]\nseed_bytes = 1_000\n\
            [export]\nformats = [\"tei\", \"json\", \"tei\"]\n";
        let settings = settings("duikan.toml", text).unwrap();
        let config = &settings.config;
        assert_eq!(
            (config.title.as_deref(), config.ui, config.url.as_deref()),
            (Some("对勘"), Ui::En, Some("https://例.org/a/"))
        );
        assert_eq!(
            (config.paper.as_deref(), config.licence.as_deref(), config.rights.as_deref()),
            (Some("人民日报"), Some("CC0"), Some("©"))
        );
        assert_eq!(config.pairs, [("a".to_owned(), "b".to_owned())]);
        assert_eq!(config.collate, Collate { characters: 50, partners: 8 });
        assert_eq!(config.export, [Format::Json, Format::Tei]);
        assert!(config.folds.script && config.limits.seed_bytes == 1000);
        assert_eq!(
            (settings.seeds, settings.output, settings.cache),
            (Some("文".into()), Some("out".into()), Some("c".into()))
        );
    }

    #[test]
    fn what_makes_no_sense_is_shown_in_its_place() {
        for (text, line, columns) in [
            ("ui = \"fr\"", 1, (5, 9)),
            ("\nurl = \"ftp://x\"", 2, (6, 15)),
            ("url = \"https://x/?q\"", 1, (6, 20)),
            ("[collate]\npairs = [[\"a\"]]", 2, (9, 14)),
            ("[limits]\nseed_bytes = 0", 2, (13, 14)),
            ("[folds]\nskript = true", 2, (0, 6)),
            ("[export]\nformats = [\"pdf\"]", 2, (11, 16)),
        ] {
            let span = settings("duikan.toml", text).unwrap_err().span.unwrap();
            assert_eq!((span.line, (span.start, span.end)), (line, columns), "{text}");
        }
    }
}
