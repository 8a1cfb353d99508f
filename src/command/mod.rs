//! One public function for each command, over the same [`Project`].

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::cache::{Cache, Medium};
use crate::cli::Common;
use crate::config::{self, Config, Settings};
use crate::diagnostic::Warned;
use crate::exit::Failure;
use crate::progress::Progress;
use crate::read::{self, Seeds};
use crate::report;

pub mod build;
pub mod check;
pub mod export;
pub mod new;
pub mod serve;

/// Settings are short; what is longer is another file.
const SETTINGS_BYTES: u64 = 1 << 20;

/// What a command works on: the settings, and the folders they name.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line, and any may go with any")]
pub struct Project {
    pub config: Config,
    /// The folder of `duikan.toml`, where `templates/` and `static/` may stand.
    pub folder: PathBuf,
    pub seeds: PathBuf,
    pub output: PathBuf,
    pub cache: PathBuf,
    pub strict: bool,
    pub quiet: bool,
    pub json: bool,
    /// Whether every page gets a compressed twin.
    pub precompress: bool,
    /// Where another engine wrote candidate pairs of clauses.
    pub pairs: Option<PathBuf>,
    /// Where passim wrote passages.
    pub passages: Option<PathBuf>,
    pub progress: Progress,
}

impl Project {
    /// Reads the settings and lays flags and environment over them.
    pub fn open(common: &Common, output: Option<PathBuf>) -> Result<Self> {
        let (folder, settings) = settings(common.config.as_deref())?;
        let mut config = settings.config;
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        config.title = given(&common.title).or(config.title);
        config.url = given(&common.url).map(|url| site_url(&url)).transpose()?.or(config.url);
        config.ui = common.ui.unwrap_or(config.ui);
        let place = |flag: Option<PathBuf>, set: Option<PathBuf>, default: &str| {
            flag.unwrap_or_else(|| beside(&folder, &set.unwrap_or_else(|| PathBuf::from(default))))
        };
        Ok(Self {
            config,
            folder: folder.clone(),
            seeds: place(common.seeds.clone(), settings.seeds, "seeds"),
            output: place(output, settings.output, "site"),
            cache: place(common.cache.clone(), settings.cache, ".duikan/cache"),
            strict: common.strict,
            quiet: common.quiet,
            json: common.json,
            precompress: false,
            pairs: common.pairs.clone(),
            passages: common.passages.clone(),
            progress: match (common.timings, common.quiet) {
                (true, _) => Progress::Timings,
                (false, true) => Progress::Silent,
                (false, false) => Progress::on_stderr(),
            },
        })
    }

    /// Opens the cache to write in it, or only to read, and says so where it cannot be used.
    #[must_use]
    pub fn open_cache(&self, medium: Medium) -> Cache {
        let (cache, damage) = Cache::open(&self.cache, medium);
        if let Some(damage) = damage {
            report::say(&format!("warning[cache-damaged]: {damage}"));
        }
        cache
    }

    /// Reads the seeds, and what other engines found in them.
    pub fn read(&self, progress: &Progress) -> Result<Warned<Seeds>> {
        let mut seeds = read::read(&self.seeds, &self.config, progress)?;
        seeds.value.elsewhere = read::elsewhere(self.pairs.as_deref(), self.passages.as_deref())?;
        Ok(seeds)
    }
}

/// `folder/path`, without a `./` in front that would only lengthen every message.
fn beside(folder: &Path, path: &Path) -> PathBuf {
    if folder.as_os_str().is_empty() || folder == Path::new(".") { path.to_owned() } else { folder.join(path) }
}

/// The settings and their folder. Without `file`, `duikan.toml` of this folder is taken if there is one.
fn settings(file: Option<&Path>) -> Result<(PathBuf, Settings)> {
    let path = file.unwrap_or(Path::new("duikan.toml"));
    let name = path.display().to_string();
    let text = match File::open(path) {
        Ok(opened) => text(opened).with_context(|| name.clone())?,
        Err(error) if file.is_none() && error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(anyhow::Error::from(error).context(name)),
    };
    let settings = config::settings(&name, &text).map_err(Failure::unfit)?;
    Ok((path.parent().unwrap_or(Path::new("")).to_owned(), settings))
}

fn text(file: File) -> Result<String> {
    let mut text = String::new();
    file.take(SETTINGS_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > SETTINGS_BYTES {
        return Err(Failure::refused("settings of more than a MiB", "name the right file with --config").into());
    }
    Ok(text)
}

fn site_url(url: &str) -> Result<String> {
    config::site_url(url)
        .map_err(|why| Failure::refused(format!("{url}: {why}"), "--url https://example.org/duikan/").into())
}
