//! `duikan build`: seeds → site, with a summary and the address to click.

use std::time::Duration;

use anyhow::Result;
use rayon::prelude::*;

use crate::command::Project;
use crate::exit::{Exit, Failure};
use crate::model::Edition;
use crate::publish::{self, Claim, Protected, Summary};
use crate::{edition, lockfile, read, render, report, shard};

/// How long a build waits for another that works on the same folder.
const PATIENCE: Duration = Duration::from_secs(600);

/// Builds the site. A run with findings that fail it publishes nothing.
pub fn build(project: &Project) -> Result<Exit> {
    // Claimed before a seed is read: a build that had to wait must not publish what the seeds said before.
    let claim = claim(project)?;
    let seeds = read::read(&project.seeds, &project.config, &project.progress)?;
    let edition = edition::edition(project.config.clone(), seeds, &project.progress);
    let findings = report::Findings::of(&edition, &project.seeds);
    if findings.fail(project.strict) {
        findings.failed(project.strict)?;
        return Ok(Exit::Findings);
    }
    // An address must be remembered before anyone can cite it.
    lockfile::save(&edition.addresses).map_err(Failure::from)?;
    let summary = publish(project, &edition, claim)?;
    if project.json {
        report::summary_json(&edition, &project.output, &summary)?;
    } else if !project.quiet {
        findings.in_brief()?;
        report::summary(&edition, &project.output, &summary)?;
    }
    Ok(Exit::Done)
}

fn claim(project: &Project) -> Result<Claim> {
    let protected = Protected::new(&project.seeds, &project.folder, &project.cache);
    let waiting = || report::waiting(&project.output);
    Ok(publish::claim(&project.output, &protected, PATIENCE, waiting).map_err(Failure::from)?)
}

fn publish(project: &Project, edition: &Edition, claim: Claim) -> Result<Summary> {
    let site = render::Site::new(edition, Some(&project.folder))?;
    let pages = site.pages();
    let stage = project.progress.stage("pages", pages.len());
    pages.par_iter().try_for_each(|page| -> Result<()> {
        claim.add(&site.page(page)?).map_err(Failure::from)?;
        stage.step();
        Ok(())
    })?;
    for asset in site.assets() {
        claim.add(&asset).map_err(Failure::from)?;
    }
    shard::shards(edition, |file| Ok(claim.add(&file).map_err(Failure::from)?))?;
    Ok(claim.finish().map_err(Failure::from)?)
}
