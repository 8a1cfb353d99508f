//! `duikan serve`: a preview that reloads when a file is saved.

use std::collections::HashSet;
use std::process::{Command, Stdio};

use anyhow::Result;
use rayon::prelude::*;

use crate::cache::{self, Cache, Medium};
use crate::command::Project;
use crate::diagnostic::Warned;
use crate::exit::Exit;
use crate::lockfile::Lock;
use crate::memo::Key;
use crate::model::Source;
use crate::progress::Progress;
use crate::read::Seeds;
use crate::serve::{News, Options};
use crate::{edition, report, serve};

/// So many texts that were saved together are shown before the whole edition is made.
const FEW: usize = 16;

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
    let mut editions = Editions { project, cache: first.open_cache(Medium::Memory), read: HashSet::new(), locks: None };
    serve::serve(
        &options,
        move |tell| {
            if let Err(error) = editions.next(tell) {
                tell(News::Fault(report::told(&error)));
            }
        },
        |address| {
            if !first.quiet {
                report::say(&format!("{address}  Ctrl-C stops the preview"));
            }
            if wanted.open && !open(address) {
                report::say("no browser could be opened; open the address by hand");
            }
        },
    )?;
    Ok(Exit::Done)
}

/// Makes one edition after the other, and remembers in between what need not be made again. The cache is read, never written.
struct Editions<P> {
    project: P,
    cache: Cache,
    /// What the seeds of the last edition were, each with its sidecar.
    read: HashSet<Key>,
    /// The lock that the last edition found, and the one that it would have left: an open page keeps its address.
    locks: Option<(String, Lock)>,
}

impl<P: Fn() -> Result<Project>> Editions<P> {
    /// Tells first of what was saved since the last edition, then of everything.
    fn next(&mut self, tell: &mut dyn FnMut(News)) -> Result<()> {
        let project = (self.project)()?;
        let progress = &Progress::Silent;
        let mut seeds = project.read(progress)?;
        let stored = seeds.value.lock.text();
        if let Some((_, given)) = self.locks.as_ref().filter(|(found, _)| *found == stored) {
            seeds.value.lock = given.clone();
        }
        if let Some(saved) = self.saved(&seeds.value) {
            let saved = Warned { value: saved, diagnostics: Vec::new() };
            tell(News::Saved(Box::new(edition::edition(project.config.clone(), saved, progress))));
        }
        let drafts = self.cache.drafts(&seeds.value.sources, edition::draft);
        let memos = self.cache.memos();
        let edition = edition::of_drafts(project.config, seeds, drafts, &memos, progress);
        let findings = report::Findings::of(&edition, &project.seeds);
        if findings.fail(project.strict) {
            tell(News::Fault(findings.failing_in_full(project.strict)));
        } else {
            let lock = edition.addresses.lock.clone();
            tell(News::All(Box::new(edition)));
            self.locks = Some((stored, Lock::given(&lock)?));
        }
        self.cache.renew(memos);
        Ok(())
    }

    /// The texts that were saved since the last edition, if there are few.
    fn saved(&mut self, seeds: &Seeds) -> Option<Seeds> {
        let keys: Vec<Key> = seeds.sources.par_iter().map(cache::key).collect();
        let before = std::mem::replace(&mut self.read, keys.iter().copied().collect());
        let new = seeds.sources.iter().zip(&keys).filter(|(_, key)| !before.contains(*key));
        let sources: Vec<Source> = new.map(|(source, _)| source.clone()).take(FEW + 1).collect();
        let is_few = !before.is_empty() && (1..=FEW).contains(&sources.len());
        is_few.then(|| Seeds { sources, terms: seeds.terms.clone(), lock: seeds.lock.clone(), ..Seeds::default() })
    }
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
