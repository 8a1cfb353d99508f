//! One public function for each command, over the same [`Project`].

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::Common;
use crate::config::Config;
use crate::progress::Progress;

pub mod build;
pub mod check;
pub mod export;

/// What a command works on: the settings, and the folders they name.
#[derive(Debug)]
pub struct Project {
    pub config: Config,
    pub seeds: PathBuf,
    pub output: PathBuf,
    pub cache: PathBuf,
    pub strict: bool,
    pub quiet: bool,
    pub json: bool,
    pub progress: Progress,
}

impl Project {
    /// Reads the settings and lays flags and environment over them.
    pub fn open(common: &Common, output: Option<PathBuf>) -> Result<Self> {
        let settings = crate::config::settings(common.config.as_deref())?;
        let mut config = settings.config;
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        config.title = given(&common.title).or(config.title);
        config.url = given(&common.url).map(|url| crate::config::site_url(&url)).transpose()?.or(config.url);
        config.ui = common.ui.unwrap_or(config.ui);
        let folder = |flag: Option<PathBuf>, set: Option<PathBuf>, default: &str| {
            flag.unwrap_or_else(|| beside(&settings.folder, &set.unwrap_or_else(|| PathBuf::from(default))))
        };
        Ok(Self {
            config,
            seeds: folder(common.seeds.clone(), settings.seeds, "seeds"),
            output: folder(output, settings.output, "site"),
            cache: folder(common.cache.clone(), settings.cache, ".duikan/cache"),
            strict: common.strict,
            quiet: common.quiet,
            json: common.json,
            progress: if common.quiet { Progress::Silent } else { Progress::on_stderr() },
        })
    }
}

/// `folder/path`, without a `./` in front that would only lengthen every message.
fn beside(folder: &Path, path: &Path) -> PathBuf {
    if folder.as_os_str().is_empty() || folder == Path::new(".") { path.to_owned() } else { folder.join(path) }
}
