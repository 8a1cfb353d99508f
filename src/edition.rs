//! Seeds → [`Edition`]: the stages in their order, parallel where a stage looks at one seed or article at a time.

use crate::config::Config;
use crate::diagnostic::Warned;
use crate::model::Edition;
use crate::progress::Progress;
use crate::read::Seeds;

/// Runs every stage between reading and rendering.
#[must_use]
pub fn edition(config: Config, seeds: Warned<Seeds>, _progress: &Progress) -> Edition {
    let Warned { value: mut seeds, mut diagnostics } = seeds;
    let mut articles = Vec::new();
    let addresses = seeds.lock.assign(&seeds.sources, &mut articles);
    diagnostics.extend(crate::lockfile::findings(&addresses.changes));
    let furniture = Vec::new();
    let clauses: Vec<_> = articles.iter().map(crate::clause::clauses).collect();
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
