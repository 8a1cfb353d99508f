//! `duikan serve`: a preview that reloads when a file is saved.

use std::process::{Command, Stdio};

use anyhow::Result;

use crate::command::Project;
use crate::exit::Exit;
use crate::progress::Progress;
use crate::serve::Options;
use crate::{edition, report, serve};

/// How the preview is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    pub port: Option<u16>,
    /// In a browser, at once.
    pub open: bool,
}

/// Serves until Ctrl-C. `project` is opened anew for every edition, so that settings can be edited too.
pub fn serve(project: impl Fn() -> Result<Project> + Send + 'static, wanted: Wanted) -> Result<Exit> {
    let first = project()?;
    let options = Options { port: wanted.port, folder: first.folder.clone(), seeds: first.seeds.clone() };
    let load = move || {
        let project = project()?;
        let seeds = project.read(&Progress::Silent)?;
        Ok(edition::edition(project.config, seeds, &Progress::Silent))
    };
    serve::serve(&options, load, |address| {
        if !first.quiet {
            report::say(&format!("{address}  Ctrl-C stops the preview"));
        }
        if wanted.open && !open(address) {
            report::say("no browser could be opened; open the address by hand");
        }
    })?;
    Ok(Exit::Done)
}

/// Asks the desktop to show `address`.
fn open(address: &str) -> bool {
    let openers: &[&[&str]] = if cfg!(target_os = "macos") { &[&["open"]] } else { &[&["xdg-open"], &["wslview"]] };
    openers.iter().any(|words| {
        let Some((program, rest)) = words.split_first() else { return false };
        let mut command = Command::new(program);
        command.args(rest).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().is_ok()
    })
}
