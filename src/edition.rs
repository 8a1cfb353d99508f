//! Seeds → [`Edition`]: the stages in their order, parallel where a stage looks at one seed or article at a time.

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Warned;
use crate::model::{Edition, Format, Source};
use crate::progress::Progress;
use crate::read::Seeds;
use crate::segment::Draft;
use crate::settle::Settled;

/// Runs every stage between reading and rendering.
#[must_use]
pub fn edition(config: Config, seeds: Warned<Seeds>, progress: &Progress) -> Edition {
    let stage = progress.stage("reading pages", seeds.value.sources.len());
    let drafts = seeds
        .value
        .sources
        .par_iter()
        .map(|source| {
            let draft = draft(source);
            stage.step();
            draft
        })
        .collect();
    drop(stage);
    of_drafts(config, seeds, drafts, progress)
}

/// Runs the stages that look at the whole corpus, over one draft of each source.
#[must_use]
pub fn of_drafts(config: Config, seeds: Warned<Seeds>, drafts: Vec<Draft>, progress: &Progress) -> Edition {
    let Warned { value: mut seeds, mut diagnostics } = seeds;
    let Settled { mut articles, furniture, diagnostics: found } = crate::settle::settle(&seeds.sources, drafts);
    diagnostics.extend(found);
    let addresses = seeds.lock.assign(&seeds.sources, &mut articles);
    diagnostics.extend(crate::lockfile::findings(&addresses.changes));
    let clauses: Vec<_> = articles.par_iter().map(crate::clause::clauses).collect();
    let stage = progress.stage("comparing", 4);
    let mut reuse = crate::reuse::reuse(&config, &seeds.sources, &articles, &clauses);
    stage.step();
    let quotes = crate::quote::quotes(&config, &articles, &clauses, &reuse);
    reuse.links = crate::reuse::relations(&seeds.sources, &articles, &furniture, &reuse, &quotes);
    diagnostics.extend(crate::reuse::variant::findings(&seeds.sources, &articles, &reuse.variants));
    stage.step();
    let mentions = crate::mention::mentions(&config, &articles);
    stage.step();
    let words = crate::words::words(&articles, &seeds.terms);
    stage.step();
    drop(stage);
    Edition {
        config,
        sources: seeds.sources,
        articles,
        furniture,
        clauses,
        reuse,
        quotes,
        mentions,
        words,
        diagnostics,
        index_note: seeds.index_note,
        about_note: seeds.about_note,
        addresses,
    }
}

/// What one seed alone can tell.
#[must_use]
pub fn draft(source: &Source) -> Draft {
    match source.format {
        Format::Raw => crate::segment::segment(source, &crate::repair::repair(source)),
        Format::Markdown => crate::segment::clean(source),
    }
}
