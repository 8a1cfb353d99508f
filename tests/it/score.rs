//! How well pages come back: `cargo test --test it -- scores --nocapture`.
//!
//! ```text
//! style            pages  starts   exact  glyphs  articles  kinds  titles
//! indented            12   0.991   0.978   0.981     0.967  0.933   0.967
//! ```
//!
//! *starts*: F1 of the lines where paragraphs begin. *exact*: share of the paragraphs that come back character for
//! character; *glyphs* the same but for white space. *articles*: F1 of articles whose paragraphs stand on exactly the right
//! lines. *kinds*, *titles*: share of the articles that have them right.
//!
//! The texts of `press` were at hand when the rules were tuned. Those of `press_later` were written by somebody who had not seen
//! the rules, which were then mended with them in view; those of `press_ordinary` likewise, and nobody looked at their misses.
//! `press_elsewhere` holds pages of the ordinary texts that were printed by another press, whose maker had seen neither the
//! rules nor ours; at their misses too nobody looked.
//!
//! - `DUIKAN_SHOW=NAME` prints the misses of one style (or `seeds`), `DUIKAN_PAGES=DIR` writes the printed pages there.
//! - `DUIKAN_RAISE=1` raises the floors in `tests/gold/floors.toml` to what is reached; no run lowers them.
//! - `DUIKAN_SCORE=DIR` also scores a folder of pages, and those in it: `NAME.txt` beside `NAME.toml` in the form of
//!   `tests/gold/articles`.
//! - `DUIKAN_SETS=unseen,later` scores these sets alone.
//! - `DUIKAN_PRESS=DIR` also prints and scores a folder of clean texts in the form of `tests/press`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use duikan::model::Edition;
use serde::{Deserialize, Serialize};

use crate::gold::{self, Known, KnownArticle};
use crate::press::{self, Clean, Page, STYLES, clean};
use crate::reading::edition_of;

/// Seeds of chance: each style is printed anew for each.
const PRINTINGS: [u64; 2] = [1, 2];

/// Hits of what was to be found and what was given.
#[derive(Clone, Copy, Debug, Default)]
struct Hits {
    hit: usize,
    wanted: usize,
    given: usize,
}

impl Hits {
    fn add(&mut self, other: Self) {
        self.hit += other.hit;
        self.wanted += other.wanted;
        self.given += other.given;
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of lines and paragraphs are small")]
    fn f1(self) -> f64 {
        if self.wanted + self.given == 0 { 1.0 } else { 2.0 * self.hit as f64 / (self.wanted + self.given) as f64 }
    }

    fn of<T: Ord>(wanted: &BTreeSet<T>, given: &BTreeSet<T>) -> Self {
        Self { hit: wanted.intersection(given).count(), wanted: wanted.len(), given: given.len() }
    }

    /// A share: of so many wanted, so many right.
    fn share(right: bool) -> Self {
        Self { hit: usize::from(right), wanted: 1, given: 1 }
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pages: usize,
    starts: Hits,
    exact: Hits,
    glyphs: Hits,
    articles: Hits,
    kinds: Hits,
    titles: Hits,
}

impl Score {
    fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.starts.add(other.starts);
        self.exact.add(other.exact);
        self.glyphs.add(other.glyphs);
        self.articles.add(other.articles);
        self.kinds.add(other.kinds);
        self.titles.add(other.titles);
    }

    fn figures(&self) -> [(&'static str, f64); 6] {
        [
            ("starts", self.starts.f1()),
            ("exact", self.exact.f1()),
            ("glyphs", self.glyphs.f1()),
            ("articles", self.articles.f1()),
            ("kinds", self.kinds.f1()),
            ("titles", self.titles.f1()),
        ]
    }
}

/// Text without white space, and a headline without its leading dashes.
fn glyphs(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn bare(title: &str) -> String {
    glyphs(title).trim_start_matches(['—', '－', '-', '─']).to_owned()
}

/// Whether the headline is right: the printed one, or an inferred one where none is printed.
pub fn title_is_right(known: &KnownArticle, got: &KnownArticle) -> bool {
    match &known.title {
        Some(title) => got.title.as_ref().is_some_and(|t| bare(t) == bare(title)),
        None => got.title_inferred,
    }
}

/// The article that has the most lines in common with a known one.
pub fn counterpart<'a>(known: &KnownArticle, got: &'a [KnownArticle]) -> Option<&'a KnownArticle> {
    let lines = known.printed();
    let shared = |g: &KnownArticle| g.printed().intersection(&lines).count();
    got.iter().filter(|g| shared(g) > 0).max_by_key(|g| shared(g))
}

/// Holds what was made of one page against what is known of it; says each miss.
pub fn judge(known: &Known, got: &[KnownArticle], miss: &mut dyn FnMut(String)) -> Score {
    let starts = |articles: &[KnownArticle]| -> BTreeSet<u32> {
        articles.iter().flat_map(|a| &a.paragraphs).map(gold::KnownParagraph::first_line).collect()
    };
    let printed = |articles: &[KnownArticle]| articles.iter().map(KnownArticle::printed).collect::<BTreeSet<_>>();
    let texts: BTreeSet<(u32, &str)> =
        got.iter().flat_map(|a| &a.paragraphs).map(|p| (p.first_line(), p.text.as_str())).collect();
    let bare_texts: BTreeSet<(u32, String)> = texts.iter().map(|&(l, t)| (l, glyphs(t))).collect();
    let mut score = Score {
        pages: 1,
        starts: Hits::of(&starts(&known.articles), &starts(got)),
        articles: Hits::of(&printed(&known.articles), &printed(got)),
        ..Score::default()
    };
    for article in &known.articles {
        for paragraph in &article.paragraphs {
            let line = paragraph.first_line();
            let exact = texts.contains(&(line, paragraph.text.as_str()));
            score.exact.add(Hits::share(exact));
            score.glyphs.add(Hits::share(bare_texts.contains(&(line, glyphs(&paragraph.text)))));
            if !exact {
                let found = texts.range((line, "")..(line + 1, "")).map(|t| t.1).next();
                miss(format!(
                    "  line {line} paragraph\n    wanted {}\n    given  {}",
                    paragraph.text,
                    found.unwrap_or("–")
                ));
            }
        }
        let found = counterpart(article, got);
        let kind = found.is_some_and(|g| g.kinds.iter().any(|k| article.kinds.contains(k)));
        let title = found.is_some_and(|g| title_is_right(article, g));
        score.kinds.add(Hits::share(kind));
        score.titles.add(Hits::share(title));
        let same = found.is_some_and(|g| g.printed() == article.printed());
        if !(kind && title && same) {
            miss(format!(
                "  article {:?} {:?} {:?}\n    given {:?} {:?} {:?}",
                article.kinds,
                article.title,
                runs(&article.printed()),
                found.map(|g| &g.kinds),
                found.and_then(|g| g.title.as_ref()),
                found.map(|g| runs(&g.printed())),
            ));
        }
    }
    score
}

fn runs(lines: &BTreeSet<u32>) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &line in lines {
        match runs.last_mut() {
            Some(last) if last.1 + 1 == line => last.1 = line,
            _ => runs.push((line, line)),
        }
    }
    runs.iter().map(|(a, b)| format!("{a}–{b}")).collect::<Vec<_>>().join(" ")
}

/// The articles of each seed of an edition, by the seed's path.
pub fn articles_by_seed(edition: &Edition) -> BTreeMap<String, Vec<KnownArticle>> {
    let mut by_seed: BTreeMap<String, Vec<KnownArticle>> =
        edition.sources.iter().map(|s| (s.path.clone(), Vec::new())).collect();
    for article in &edition.articles {
        if let Some(source) = edition.sources.get(article.seed) {
            by_seed.entry(source.path.clone()).or_default().push(KnownArticle::of(article));
        }
    }
    by_seed
}

/// Scores pages with what is known of them, as one corpus.
fn score(name: &str, pages: &[(String, String, Known)]) -> Score {
    let texts: Vec<_> = pages.iter().map(|(name, text, _)| (name.clone(), text.clone())).collect();
    let got = articles_by_seed(&edition_of(&texts));
    let shown = std::env::var("DUIKAN_SHOW").is_ok_and(|show| show == name);
    let mut total = Score::default();
    for (page, _, known) in pages {
        let mut misses = Vec::new();
        let found = got.get(page).map_or(&[][..], Vec::as_slice);
        total.add(&judge(known, found, &mut |miss| misses.push(miss)));
        if shown && !misses.is_empty() {
            println!("{name}/{page}\n{}", misses.join("\n"));
        }
    }
    total
}

fn named(set: &str, style: &str, printing: u64, pages: Vec<Page>) -> Vec<(String, String, Known)> {
    let pages: Vec<_> = pages
        .into_iter()
        .enumerate()
        .map(|(i, page)| (format!("{style}-{printing}-{i:03}.txt"), page.text, page.known))
        .collect();
    if let Some(folder) = std::env::var_os("DUIKAN_PAGES").map(|f| PathBuf::from(f).join(set)) {
        std::fs::create_dir_all(&folder).expect("a folder for the pages");
        for (name, text, _) in &pages {
            std::fs::write(folder.join(name), text).expect("a writable folder");
        }
    }
    pages
}

/// Prints clean texts in every style and scores each.
fn press_scores(set: &str, texts: &[Clean], table: &mut Table) {
    for style in &STYLES {
        let mut total = Score::default();
        for printing in PRINTINGS {
            let pages = named(set, style.name, printing, press::print(texts, style, printing));
            if !pages.is_empty() {
                total.add(&score(style.name, &pages));
            }
        }
        if total.pages > 0 {
            table.row(set, style.name, &total);
        }
    }
    table.close(set);
}

/// What no figure may fall below, by set, style and figure. They only rise.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Floors(BTreeMap<String, BTreeMap<String, BTreeMap<String, f64>>>);

struct Table {
    floors: Floors,
    below: Vec<String>,
    all: BTreeMap<String, Score>,
}

impl Table {
    fn new() -> Self {
        let path = gold::folder("gold/floors.toml");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let floors = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        Self { floors, below: Vec::new(), all: BTreeMap::new() }
    }

    fn head(set: &str) {
        println!("\n{set:<16} pages  starts   exact  glyphs articles   kinds  titles");
    }

    fn row(&mut self, set: &str, style: &str, score: &Score) {
        let figures = score.figures();
        let cells: Vec<String> = figures.iter().map(|(_, value)| format!("{value:>7.3}")).collect();
        println!("{style:<16} {:>5} {}", score.pages, cells.join(" "));
        for (name, value) in figures {
            let floors = self.floors.0.entry(set.to_owned()).or_default().entry(style.to_owned()).or_default();
            let floor = floors.entry(name.to_owned()).or_default();
            if value < *floor {
                self.below.push(format!("{set} {style} {name}: {value:.3} is below {floor:.3}"));
            }
            *floor = floor.max((value * 1000.0).floor() / 1000.0);
        }
        if style != "all" {
            self.all.entry(set.to_owned()).or_default().add(score);
        }
    }

    /// Writes what was reached as the new floors.
    fn raise(mut self) {
        self.floors.0.retain(|set, _| !set.starts_with("given"));
        // Styles may trade with each other; the whole may not.
        for styles in self.floors.0.values_mut() {
            styles.retain(|style, _| ["all", "seeds"].contains(&style.as_str()));
        }
        let head = "# What no figure of `scores` may fall below, by set, style and figure. They only rise: `DUIKAN_RAISE=1`.\n\n";
        let text = toml::to_string(&self.floors).expect("floors are TOML");
        std::fs::write(gold::folder("gold/floors.toml"), format!("{head}{text}")).expect("a writable folder");
    }

    fn close(&mut self, set: &str) {
        if let Some(&total) = self.all.get(set) {
            self.row(set, "all", &total);
        }
    }
}

/// Scores pages that stand in folders, one of them a style: `FOLDER/STYLE/NAME.txt` beside `NAME.toml`.
fn page_scores(set: &str, folder: &Path, table: &mut Table) {
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.push(folder.to_owned());
    folders.sort();
    for folder in folders {
        let pages: Vec<_> = gold::files(&folder, "txt")
            .into_iter()
            .filter(|p| p.with_extension("toml").exists())
            .map(|path| {
                let text = std::fs::read_to_string(&path).expect("a readable page");
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                (name, text, gold::read(&path.with_extension("toml")))
            })
            .collect();
        if !pages.is_empty() {
            let style = folder.file_name().unwrap_or_default().to_string_lossy();
            table.row(set, &style, &score(&style, &pages));
        }
    }
    table.close(set);
}

#[test]
fn scores() {
    let mut table = Table::new();
    let sets = std::env::var("DUIKAN_SETS").ok();
    let is_asked = |set: &str| sets.as_deref().is_none_or(|sets| sets.split(',').any(|asked| asked == set));
    let mut scored = |set: &str, scores: &dyn Fn(&mut Table)| {
        if is_asked(set) {
            Table::head(set);
            scores(&mut table);
        }
    };
    scored("gold", &|table| table.row("gold", "seeds", &score("seeds", &gold::seeds())));
    for (set, folder) in [("unseen", "press"), ("later", "press_later"), ("ordinary", "press_ordinary")] {
        scored(set, &|table| press_scores(set, &clean::read(&gold::folder(folder)), table));
    }
    scored("printed", &|table| press_scores("printed", &clean::of_seeds(), table));
    scored("elsewhere", &|table| page_scores("elsewhere", &gold::folder("press_elsewhere"), table));
    if let Some(folder) = std::env::var_os("DUIKAN_PRESS").map(PathBuf::from) {
        scored("given texts", &|table| press_scores("given texts", &clean::read(&folder), table));
    }
    if let Some(folder) = std::env::var_os("DUIKAN_SCORE").map(PathBuf::from) {
        scored("given pages", &|table| page_scores("given pages", &folder, table));
    }
    assert!(table.below.is_empty(), "below the floor:\n{}", table.below.join("\n"));
    if std::env::var_os("DUIKAN_RAISE").is_some() {
        table.raise();
    }
}
