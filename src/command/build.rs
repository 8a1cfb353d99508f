//! `duikan build`: seeds → site, with a summary and the address to click.

use std::path::Path;

use anyhow::{Context, Result};
use rayon::prelude::*;

use crate::command::Project;
use crate::exit::Exit;
use crate::model::{Edition, OutFile};
use crate::{edition, read, render, report, shard};

/// Builds the site. A run with findings that fail it publishes nothing.
pub fn build(project: &Project) -> Result<Exit> {
    let seeds = read::read(&project.seeds, &project.config, &project.progress)?;
    let edition = edition::edition(project.config.clone(), seeds, &project.progress);
    let findings = report::Findings::of(&edition, &project.seeds);
    if findings.fail(project.strict) {
        findings.failed(project.strict)?;
        return Ok(Exit::Findings);
    }
    publish(project, &edition)?;
    if project.json {
        report::summary_json(&edition, &project.output)?;
    } else if !project.quiet {
        findings.in_brief()?;
        report::summary(&edition, &project.output)?;
    }
    Ok(Exit::Done)
}

fn publish(project: &Project, edition: &Edition) -> Result<()> {
    let pages = render::pages(edition);
    let stage = project.progress.stage("pages", pages.len());
    pages.par_iter().try_for_each(|page| {
        let file = render::page(edition, page);
        stage.step();
        write(&project.output, &file)
    })?;
    shard::shards(edition).par_iter().try_for_each(|file| write(&project.output, file))
}

fn write(folder: &Path, file: &OutFile) -> Result<()> {
    let path = folder.join(&file.path);
    let parent = path.parent().unwrap_or(folder);
    std::fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
    std::fs::write(&path, &file.bytes).with_context(|| path.display().to_string())
}
