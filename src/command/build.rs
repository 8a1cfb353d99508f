//! `duikan build`: seeds → site, with a summary and the address to click.

use std::time::Duration;

use anyhow::{Context, Result};
use blake3::Hash;
use rayon::prelude::*;

use crate::cache::Cache;
use crate::command::Project;
use crate::exit::{Exit, Failure};
use crate::model::{Changes, Edition, OutFile};
use crate::publish::{self, Claim, Protected, Summary};
use crate::report::Facts;
use crate::{cache, edition, lockfile, read, render, report, shard, web};

/// How long a build waits for another that works on the same folder.
const PATIENCE: Duration = Duration::from_secs(600);

/// Builds the site. A run with findings that fail it publishes nothing.
pub fn build(project: &Project) -> Result<Exit> {
    read::look(&project.seeds)?;
    // Claimed before a seed is read: a build that had to wait must not publish what the seeds said before.
    let claim = claim(project)?;
    let (cache, damage) = Cache::open(&project.cache);
    if let Some(damage) = damage {
        report::say(&format!("warning[cache-damaged]: {damage}"));
    }
    let seeds = project.read(&project.progress)?;
    let flags = [project.strict, project.precompress];
    let inputs =
        cache::inputs(&project.config, &project.folder, &seeds, &flags).context("templates and static files")?;
    let state = claim.state();
    if let Some(said) = cache.unchanged(&cache::with_lock(&inputs, &seeds.value.lock.text()), &state.fingerprint)
        && let Ok(facts) = serde_json::from_str::<Facts>(said)
    {
        let published = Summary { kept: state.files, bytes: state.bytes, whole: true, ..Summary::default() };
        tell(project, &facts, &Changes::default(), &published)?;
        return Ok(Exit::Done);
    }
    let claim = if cache.left(&state.fingerprint) { claim.untouched() } else { claim };
    let (drafts, new) = cache.drafts(&seeds.value.sources, edition::draft);
    let edition = edition::of_drafts(project.config.clone(), seeds, drafts, &project.progress);
    let findings = report::Findings::of(&edition, &project.seeds);
    if findings.fail(project.strict) {
        findings.failed(project.strict)?;
        return Ok(Exit::Findings);
    }
    // An address must be remembered before anyone can cite it.
    lockfile::save(&edition.addresses).map_err(Failure::from)?;
    let (summary, state) = publish(project, &edition, claim)?;
    let facts = Facts::of(&edition, &findings);
    let inputs = cache::with_lock(&inputs, &edition.addresses.lock.1);
    let saved =
        serde_json::to_string(&facts).map_err(Into::into).and_then(|said| cache.save(new, &inputs, &state, said));
    if let Err(error) = saved {
        report::say(&format!(
            "warning[cache-unsaved]: {}: {error}; the next build does all the work",
            project.cache.display()
        ));
    }
    tell(project, &facts, &edition.addresses.changes, &summary)?;
    Ok(Exit::Done)
}

fn tell(project: &Project, facts: &Facts, changes: &Changes, published: &Summary) -> Result<()> {
    if project.json {
        report::summary_json(facts, changes, &project.output, published)
    } else if project.quiet {
        Ok(())
    } else {
        report::brief(facts)?;
        report::summary(facts, changes, &project.output, published)
    }
}

fn claim(project: &Project) -> Result<Claim> {
    let protected = Protected::new(&project.seeds, &project.folder, &project.cache);
    let waiting = || report::say(&format!("waiting for another build of {}", project.output.display()));
    Ok(publish::claim(&project.output, &protected, PATIENCE, waiting).map_err(Failure::from)?)
}

fn publish(project: &Project, edition: &Edition, claim: Claim) -> Result<(Summary, Hash)> {
    let site = render::Site::new(edition, Some(&project.folder))?;
    let pages = site.pages();
    let stage = project.progress.stage("pages", pages.len());
    let add = |file: OutFile| -> Result<()> {
        if project.precompress
            && let Some(twin) = web::compressed(&file)?
        {
            claim.add(&twin).map_err(Failure::from)?;
        }
        Ok(claim.add(&file).map_err(Failure::from)?)
    };
    pages.par_iter().try_for_each(|page| -> Result<()> {
        add(site.page(page)?)?;
        stage.step();
        Ok(())
    })?;
    site.assets().into_par_iter().try_for_each(add)?;
    shard::shards(edition, add)?;
    web::files(&site, add)?;
    Ok(claim.finish().map_err(Failure::from)?)
}
