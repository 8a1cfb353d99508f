//! `duikan check`: what was guessed and what is odd, disputed decisions first.

use anyhow::Result;

use crate::command::Project;
use crate::exit::Exit;
use crate::{edition, report};

/// Runs every stage before rendering and tells all findings.
pub fn check(project: &Project) -> Result<Exit> {
    let seeds = project.read(&project.progress)?;
    let edition = edition::edition(project.config.clone(), seeds, &project.progress);
    let findings = report::Findings::of(&edition, &project.seeds);
    if project.json {
        findings.json()?;
    } else if !project.quiet {
        findings.in_full()?;
    }
    Ok(if findings.any_warning() { Exit::Findings } else { Exit::Done })
}
