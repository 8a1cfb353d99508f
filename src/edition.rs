//! Seeds → [`Edition`]: the stages in their order, parallel where a stage looks at one seed or article at a time.

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Warned};
use crate::lockfile::Lock;
use crate::memo::Memos;
use crate::model::{Addresses, Article, Clause, Edition, Format, Furniture, Source};
use crate::progress::Progress;
use crate::read::Seeds;
use crate::segment::Draft;
use crate::settle::Settled;

/// Runs every stage between reading and rendering.
#[must_use]
pub fn edition(config: Config, seeds: Warned<Seeds>, progress: &Progress) -> Edition {
    let drafts = drafts(&seeds.value.sources, progress);
    of_drafts(config, seeds, drafts, &Memos::default(), progress)
}

/// The articles of a corpus with their clauses and addresses, before anything is compared.
#[derive(Debug)]
pub struct Texts {
    pub articles: Vec<Article>,
    pub furniture: Vec<Furniture>,
    pub clauses: Vec<Vec<Clause>>,
    pub addresses: Addresses,
    pub diagnostics: Vec<Diagnostic>,
}

/// Runs the stages up to the clauses, which cost little beside those that compare.
#[must_use]
pub fn uncompared(seeds: Seeds, progress: &Progress) -> Texts {
    let drafts = drafts(&seeds.sources, progress);
    texts(&seeds.sources, seeds.lock, drafts, progress)
}

fn drafts(sources: &[Source], progress: &Progress) -> Vec<Draft> {
    let stage = progress.stage("reading pages", sources.len());
    let one = |source: &Source| {
        let draft = draft(source);
        stage.step();
        draft
    };
    sources.par_iter().map(one).collect()
}

fn texts(sources: &[Source], mut lock: Lock, drafts: Vec<Draft>, progress: &Progress) -> Texts {
    let settled = progress.during("settling", || crate::settle::settle(sources, drafts));
    let Settled { mut articles, furniture, mut diagnostics } = settled;
    let addresses = progress.during("addresses", || lock.assign(sources, &mut articles));
    diagnostics.extend(crate::lockfile::findings(&addresses.changes));
    let clauses = progress.during("clauses", || articles.par_iter().map(crate::clause::clauses).collect());
    Texts { articles, furniture, clauses, addresses, diagnostics }
}

/// Runs the stages that look at the whole corpus, over one draft of each source. What `memos` remember is not worked out again.
#[must_use]
pub fn of_drafts(
    config: Config,
    seeds: Warned<Seeds>,
    drafts: Vec<Draft>,
    memos: &Memos,
    progress: &Progress,
) -> Edition {
    let Warned { value: seeds, mut diagnostics } = seeds;
    let Texts { articles, furniture, clauses, addresses, diagnostics: found } =
        texts(&seeds.sources, seeds.lock, drafts, progress);
    diagnostics.extend(found);
    let stage = progress.stage("comparing", 4);
    let (sources, elsewhere) = (&seeds.sources, &seeds.elsewhere);
    let mut reuse = crate::reuse::reuse_with(&config, sources, &articles, &clauses, elsewhere, memos, progress);
    stage.step();
    let persons = progress.during("persons", || crate::name::Persons::learn(&articles));
    let quotes = progress.during("quotations", || crate::quote::quotes_of(&articles, &reuse, &persons));
    reuse.links = progress
        .during("relations", || crate::reuse::relations(&seeds.sources, &articles, &furniture, &reuse, &quotes));
    diagnostics.extend(crate::reuse::variant::findings(&seeds.sources, &articles, &reuse.variants));
    stage.step();
    let mentions = progress.during("mentions", || crate::mention::mentions(&config, &articles));
    stage.step();
    let words = progress.during("words", || crate::words::words_with(&articles, &seeds.terms, &persons, &memos.cuts));
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
