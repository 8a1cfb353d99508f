//! Seeds → [`Edition`]: the stages in their order, parallel where a stage looks at one seed or article at a time.

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Warned;
use crate::model::{Edition, Source};
use crate::progress::Progress;
use crate::read::Seeds;
use crate::segment::Draft;
use crate::settle::Settled;

/// Runs every stage between reading and rendering.
#[must_use]
pub fn edition(config: Config, seeds: Warned<Seeds>, _progress: &Progress) -> Edition {
    let Warned { value: mut seeds, mut diagnostics } = seeds;
    let drafts: Vec<Draft> = seeds.sources.par_iter().map(draft).collect();
    let Settled { mut articles, furniture, diagnostics: found } = crate::settle::settle(&seeds.sources, drafts);
    diagnostics.extend(found);
    let addresses = seeds.lock.assign(&seeds.sources, &mut articles);
    diagnostics.extend(crate::lockfile::findings(&addresses.changes));
    let clauses: Vec<_> = articles.par_iter().map(crate::clause::clauses).collect();
    let reuse = crate::reuse::reuse(&config, &seeds.sources, &articles, &clauses);
    let quotes = crate::quote::quotes(&config, &articles, &clauses, &reuse);
    let mentions = crate::mention::mentions(&config, &articles);
    let words = crate::words::words(&articles, &seeds.terms);
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
fn draft(source: &Source) -> Draft {
    crate::segment::segment(source, &crate::repair::repair(source))
}
