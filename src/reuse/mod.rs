//! Clauses → what the texts share: matches, shared clauses, collations, relations.
//!
//! ```text
//! every clause ─ seed, candidate ─▶ equal ones, alike ones ─ cluster, extend ─▶ shared clauses, matches
//!                                                └ pairs ─▶ 宣言 × 摘要 ─ bond, align, edit ─▶ Collation ─ relation ─▶ Link
//! ```

mod again;
mod align;
mod bits;
mod bond;
pub mod candidate;
mod chain;
mod cluster;
pub mod collate;
mod continues;
pub mod edit;
mod extend;
mod gram;
pub mod index;
mod leftover;
mod likeness;
mod pairs;
mod passage;
mod quoting;
mod relation;
mod seed;
mod side;
mod standing;
pub mod variant;

use std::borrow::Cow;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fold::Folder;
use crate::memo::{self, Memo, Memos};
use crate::model::{Article, Clause, Collation, Elsewhere, Link, Reuse, Role, Source};
use crate::progress::Progress;

pub use index::Index;
pub use relation::relations;
pub use standing::Standing;

use cluster::Corpus;
pub use seed::Keys;
use side::Sides;

/// Finds everything that two articles or more share.
#[must_use]
pub fn reuse(config: &Config, sources: &[Source], articles: &[Article], clauses: &[Vec<Clause>]) -> Reuse {
    let (elsewhere, memos) = (Elsewhere::default(), Memos::default());
    reuse_with(config, sources, articles, clauses, &elsewhere, &memos, &Progress::Silent)
}

/// The same, where other engines may have found candidates for reworded clauses, or passages, and where collations of
/// articles may be remembered.
#[must_use]
pub fn reuse_with(
    config: &Config,
    sources: &[Source],
    articles: &[Article],
    clauses: &[Vec<Clause>],
    elsewhere: &Elsewhere,
    memos: &Memos,
    progress: &Progress,
) -> Reuse {
    let folder = Folder::new(config.folds);
    let keys = progress.during("equal clauses", || Keys::new(&folder, articles, clauses));
    let given = elsewhere.candidates.as_ref();
    let found = progress.during("alike clauses", || candidate::alike_with(&keys, given, &memos.alike));
    let corpus = Corpus { articles, clauses, keys: &keys };
    let (pairs, left_out) = progress.during("pairs of texts", || pairs::pairs(config, &corpus, &found.alike));
    let sides = Sides::new(&folder);
    let context = Context { folder: &folder, script: config.folds.script, articles, memo: &memos.collations, sides };
    let (collations, links): (Vec<Collation>, Vec<Option<Link>>) =
        progress.during("collations", || pairs.into_par_iter().filter_map(|(a, b)| context.collated(a, b)).unzip());
    let mut collations = collations;
    collations.sort_by_key(|collation| (collation.a, collation.b));
    let links = relation::overruled(sources, articles, &collations, links.into_iter().flatten().collect());
    let variants = variant::variants(articles, &collations, &links);
    let matches = progress.during("matches", || corpus.matches(&found.alike));
    let (matches, lost) = passage::merged(&folder, articles, matches, &elsewhere.passages);
    Reuse {
        variants,
        matches,
        shared: progress.during("shared clauses", || corpus.shared()),
        collations,
        links,
        capped: stale(found.unknown + lost).into_iter().chain(capped(found.capped_grams, left_out)).collect(),
    }
}

/// What a collation is made with.
struct Context<'a> {
    folder: &'a Folder,
    script: bool,
    articles: &'a [Article],
    memo: &'a Memo,
    sides: Sides<'a>,
}

impl Context<'_> {
    /// The collation of two articles, the derived one as `b`, and what it is to the other.
    fn collated(&self, a: usize, b: usize) -> Option<(Collation, Option<Link>)> {
        let (first, second) = (self.articles.get(a)?, self.articles.get(b)?);
        let collation = self.collation(first, second);
        let link = relation::link(self.articles, &collation);
        let shares = (collation.coverage_a.characters, collation.coverage_b.characters);
        let turned = relation::is_derived(first, second, shares.0, shares.1);
        Some((if turned { collate::mirrored(collation) } else { collation }, link))
    }

    /// The same as long as both have the same paragraphs.
    fn collation(&self, a: &Article, b: &Article) -> Collation {
        let paragraphs = |article: &Article| -> Vec<(u32, Role, String)> {
            article.paragraphs.iter().map(|p| (p.n, p.role, p.text.clone())).collect()
        };
        let make = || {
            let (side_a, side_b) = (self.sides.of(a), self.sides.of(b));
            let Collation { groups, coverage_a, coverage_b, .. } =
                collate::collate_sides(self.folder, (a, &side_a), (b, &side_b));
            (groups, coverage_a, coverage_b)
        };
        let (groups, coverage_a, coverage_b) = match memo::key_of(&(self.script, paragraphs(a), paragraphs(b))) {
            Some(key) => self.memo.recall(key, make),
            None => make(),
        };
        Collation { a: a.ix, b: b.ix, groups, coverage_a, coverage_b }
    }
}

/// Findings of another corpus would leave matches out without a word.
fn stale(unknown: usize) -> Option<Diagnostic> {
    let message = format!(
        "another engine looked at another corpus: {unknown} of its clauses, pairs or passages do not stand in this"
    );
    let hint = "export the clauses or texts again, and run the engine again";
    (unknown > 0).then(|| Diagnostic::new(Severity::Error, "reuse-stale", None, message).with_hint(hint))
}

/// What was passed over, in numbers.
fn capped(grams: usize, pairs: usize) -> Vec<Diagnostic> {
    let note = |code: &'static str, count: usize, message: String, hint: &str| {
        (count > 0).then(|| Diagnostic {
            code: Cow::Borrowed(code),
            severity: Severity::Note,
            span: None,
            message,
            hint: Some(hint.to_owned()),
            related: None,
        })
    };
    let grams = note(
        "reuse-formulae",
        grams,
        format!("{grams} phrases stand in so many clauses that reworded passages were not looked for by them"),
        "clauses that agree exactly are found all the same",
    );
    let pairs = note(
        "reuse-partners",
        pairs,
        format!(
            "{pairs} pairs of articles share words but were not collated, for one of them shares more with many others"
        ),
        "name a pair under `pairs` in duikan.toml to have it collated",
    );
    grams.into_iter().chain(pairs).collect()
}
