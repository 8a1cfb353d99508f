//! `duikan build`: seeds → site, with a summary and the address to click.

use std::time::Duration;

use anyhow::{Context, Result};
use blake3::Hash;
use rayon::prelude::*;

use crate::cache::Medium;
use crate::command::Project;
use crate::exit::{Exit, Failure};
use crate::memo::Memos;
use crate::model::{Changes, Edition, OutFile};
use crate::publish::{self, Claim, Protected, Summary};
use crate::render::{Page, Print, Rendered, Shown};
use crate::report::Facts;
use crate::shard::Made;
use crate::{cache, edition, lexicon, lockfile, read, render, report, shard, web};

/// How long a build waits for another that works on the same folder.
const PATIENCE: Duration = Duration::from_secs(600);

/// Builds the site. A run with findings that fail it publishes nothing.
pub fn build(project: &Project) -> Result<Exit> {
    read::look(&project.seeds)?;
    // Claimed before a seed is read: a build that had to wait must not publish what the seeds said before.
    let progress = &project.progress;
    // Without a cache there is certainly work for the dictionary, which takes longer to come than all up to there.
    if !project.cache.exists() {
        fetch_dictionary();
    }
    let claim = progress.during("claim", || claim(project))?;
    let cache = progress.during("cache", || project.open_cache(Medium::Disk));
    let seeds = project.read(progress)?;
    let flags = [project.strict, project.precompress];
    let inputs = progress
        .during("inputs", || cache::inputs(&project.config, &project.folder, &seeds, &flags))
        .context("templates and static files")?;
    let state = claim.state();
    if let Some(said) = cache.unchanged(&cache::with_lock(&inputs, &seeds.value.lock.text()), &state.fingerprint)
        && let Ok(facts) = serde_json::from_str::<Facts>(said)
    {
        let published = Summary { kept: state.files, bytes: state.bytes, whole: true, ..Summary::default() };
        tell(project, &facts, &Changes::default(), &published)?;
        return Ok(Exit::Done);
    }
    // It is wanted by a later stage at the latest, which would wait for it alone.
    fetch_dictionary();
    let claim = if cache.left(&state.fingerprint) { claim.untouched() } else { claim };
    let drafts = progress.during("drafts", || cache.drafts(&seeds.value.sources, edition::draft));
    let memos = progress.during("memos", || cache.memos());
    let edition = edition::of_drafts(project.config.clone(), seeds, drafts, &memos, progress);
    let findings = progress.during("findings", || report::Findings::of(&edition, &project.seeds));
    if findings.fail(project.strict) {
        findings.failed(project.strict)?;
        return Ok(Exit::Findings);
    }
    // An address must be remembered before anyone can cite it.
    progress.during("lock", || lockfile::save(&edition.addresses)).map_err(Failure::from)?;
    let shown: Shown = progress.during("shown", || cache.shown(&state.fingerprint));
    let (shown, (summary, state)) = publish(project, &edition, claim, &memos, shown)?;
    let facts = Facts::of(&edition, &findings);
    let inputs = cache::with_lock(&inputs, &edition.addresses.lock.1);
    let new = cache::New { memos, shown };
    let saved = progress.during("saving", || {
        serde_json::to_string(&facts).map_err(Into::into).and_then(|said| cache.save(new, &inputs, &state, said))
    });
    if let Err(error) = saved {
        report::say(&format!(
            "warning[cache-unsaved]: {}: {error}; the next build does all the work",
            project.cache.display()
        ));
    }
    tell(project, &facts, &edition.addresses.changes, &summary)?;
    Ok(Exit::Done)
}

/// Begins to read the dictionary, beside what is done meanwhile.
fn fetch_dictionary() {
    rayon::spawn(|| {
        lexicon::jieba();
    });
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

/// Publishes every file of the site. What is `shown` already is kept as it stands; what is shown now comes first.
fn publish(
    project: &Project,
    edition: &Edition,
    claim: Claim,
    memos: &Memos,
    mut shown: Shown,
) -> Result<(Shown, (Summary, Hash))> {
    // A file whose twin is wanted counts only together with it.
    let stands = |path: &str| claim.stands(path) && (!project.precompress || claim.stands(&web::twin(path)));
    shown.retain(|path, _| stands(path));
    let progress = &project.progress;
    let site = progress.during("site", || render::Site::new(edition, Some(&project.folder)))?;
    let site = progress.during("digests", || site.knowing(shown));
    let pages = site.pages();
    let stage = progress.stage("pages", pages.len());
    let add = |file: OutFile| -> Result<()> {
        if project.precompress
            && let Some(twin) = web::compressed(&file)?
        {
            claim.add(&twin).map_err(Failure::from)?;
        }
        Ok(claim.add(&file).map_err(Failure::from)?)
    };
    let keep = |path: &str| -> Result<()> {
        if project.precompress {
            claim.keep(&web::twin(path)).map_err(Failure::from)?;
        }
        Ok(claim.keep(path).map_err(Failure::from)?)
    };
    let one = |page: &Page| -> Result<Option<(String, Print)>> {
        let (path, print) = match site.rendered(page)? {
            Rendered::Anew(file, print) => {
                let path = file.path.clone();
                add(file)?;
                (path, print)
            }
            Rendered::AsBefore(path, print) => {
                keep(&path)?;
                (path, Some(print))
            }
        };
        stage.step();
        Ok(print.map(|print| (path, print)))
    };
    let shown: Vec<Option<(String, Print)>> = pages.par_iter().map(one).collect::<Result<_>>()?;
    drop(stage);
    site.assets().into_par_iter().try_for_each(add)?;
    let before = shard::Before { memo: &memos.shards, stands: &stands };
    let publish = |made| match made {
        Made::Anew(file) => add(file),
        Made::AsBefore(path) => keep(&path),
    };
    progress.during("search index", || shard::shards_with(edition, before, publish))?;
    web::files(&site, add)?;
    let published = progress.during("publishing", || claim.finish()).map_err(Failure::from)?;
    Ok((shown.into_iter().flatten().collect(), published))
}
