//! `duikan new DIR`: a folder to start from.
//!
//! ```text
//! 我的文集/duikan.toml            every setting explained
//! 我的文集/seeds/示例.txt          a page of a newspaper, to be replaced
//! 我的文集/seeds/about.md          the about page
//! 我的文集/.github/… .gitlab-ci.yml  published after every push
//! ```

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context, Result};
use rust_embed::RustEmbed;

use crate::exit::{Exit, Failure};
use crate::report;

#[derive(RustEmbed)]
#[folder = "templates/starter/"]
struct Starter;

/// Fills `folder`, which must be new or empty.
pub fn new(folder: &Path, quiet: bool) -> Result<Exit> {
    let name = || folder.display().to_string();
    fs::create_dir_all(folder).with_context(name)?;
    if fs::read_dir(folder).with_context(name)?.next().is_some() {
        let hint = "name a new folder; nothing was written";
        return Err(Failure::refused(format!("{} is not empty", folder.display()), hint).into());
    }
    for path in Starter::iter() {
        let target = folder.join(path.as_ref());
        let told = || target.display().to_string();
        if let (Some(parent), Some(file)) = (target.parent(), Starter::get(&path)) {
            fs::create_dir_all(parent).with_context(told)?;
            write_new(&target, &file.data).with_context(told)?;
        }
    }
    if !quiet {
        report::say(&format!("{0} is ready: cd {0} && duikan serve --open", folder.display()));
    }
    Ok(Exit::Done)
}

/// Never over a file that came between.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    use io::Write;
    fs::File::create_new(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every key that the settings know, as their errors list them.
    const KEYS: [&str; 12] = [
        "title",
        "ui",
        "url",
        "paper",
        "licence",
        "rights",
        "seeds",
        "output",
        "cache",
        "script",
        "pairs",
        "seed_bytes",
    ];

    #[test]
    fn the_settings_are_understood_as_they_are_and_with_every_example() {
        let text = String::from_utf8(Starter::get("duikan.toml").unwrap().data.into_owned()).unwrap();
        crate::config::settings("duikan.toml", &text).unwrap();
        let is_example = |line: &str| KEYS.iter().any(|key| line.starts_with(&format!("# {key} = ")));
        let all: Vec<&str> =
            text.lines().map(|line| line.strip_prefix("# ").filter(|_| is_example(line)).unwrap_or(line)).collect();
        let settings = crate::config::settings("duikan.toml", &all.join("\n")).unwrap();
        assert!(settings.config.url.is_some() && settings.config.pairs.len() == 1);
        for key in KEYS {
            assert!(all.iter().any(|line| line.starts_with(&format!("{key} = "))), "{key} is not explained");
        }
    }

    #[test]
    fn a_folder_with_anything_in_it_is_refused() {
        let desk = tempfile::tempdir().unwrap();
        let folder = desk.path().join("我的文集");
        assert_eq!(new(&folder, true).unwrap(), Exit::Done);
        assert!(folder.join("seeds/示例.txt").is_file() && folder.join(".github/workflows/pages.yml").is_file());
        let error = new(&folder, true).unwrap_err();
        assert_eq!(crate::exit::of(&error), Exit::Refused);
    }
}
