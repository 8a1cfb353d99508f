//! Drafts of all seeds → articles: what one page cannot decide, the other witnesses do.
//!
//! ```text
//! 002.txt  …尚待弥合。 ┊ 本组织创始成员…   two paragraphs by a blank line
//! 004.txt  …尚待弥合。本组织创始成员…      one paragraph by its column: the same text, so one paragraph in both
//! ```

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use crate::abbreviation::{Announced, announcements};
use crate::dateline;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::mark::{is_letter, is_opening, is_space};
use crate::model::{
    Article, Date, Evidence, Furniture, Guess, HeadLine, Kind, Paragraph, Piece, Repair, Role, Rule, SeedIx, Sign,
    Signs, Source,
};
use crate::occasion::occasion;
use crate::segment::{Draft, DraftArticle, Passage};

/// All articles, in the order of their seeds and lines.
#[derive(Debug, Default)]
pub struct Settled {
    pub articles: Vec<Article>,
    pub furniture: Vec<Furniture>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Closes what the drafts left open, and gives every article its address.
#[must_use]
pub fn settle(sources: &[Source], drafts: Vec<Draft>) -> Settled {
    let mut settled = Settled::default();
    let mut open: Vec<(SeedIx, DraftArticle)> = Vec::new();
    for (seed, draft) in drafts.into_iter().enumerate() {
        settled.furniture.extend(draft.furniture.into_iter().map(|f| Furniture {
            seed,
            text: f.text,
            pieces: f.pieces,
            reason: f.reason,
        }));
        settled.diagnostics.extend(draft.diagnostics);
        open.extend(draft.articles.into_iter().map(|article| (seed, article)));
    }
    ask_witnesses(&mut open);
    let years = Years::new(sources, &open);
    let one = |(ix, (seed, draft)): (usize, (SeedIx, DraftArticle))| {
        let article = finish(ix, seed, draft, &years);
        let disputes = sources.get(seed).map(|source| disputes(source, &article)).unwrap_or_default();
        (article, disputes)
    };
    let finished: Vec<(Article, Vec<Diagnostic>)> = open.into_par_iter().enumerate().map(one).collect();
    let mut addresses = Addresses::default();
    for (mut article, disputes) in finished {
        addresses.tell_apart(&mut article.id);
        settled.diagnostics.extend(disputes);
        settled.articles.push(article);
    }
    settled
}

// ---------------------------------------------------------------------------------------------- witnesses

/// Joins two paragraphs that another printing of the same text, with columns that show it, has as one.
fn ask_witnesses(open: &mut [(SeedIx, DraftArticle)]) {
    let passages = || open.par_iter().flat_map_iter(|(_, article)| &article.passages);
    if !(passages().any(is_whole) && passages().any(|passage| !passage.shown)) {
        return;
    }
    let keys = |(_, article): &(SeedIx, DraftArticle)| -> Vec<(blake3::Hash, bool)> {
        let body = article.passages.iter().filter(|p| p.role == Role::Body);
        body.map(|p| (key([&p.text]), is_whole(p))).collect()
    };
    let mut whole: HashMap<blake3::Hash, (usize, bool), FixedState> = HashMap::default();
    for (ix, keys) in open.par_iter().map(keys).collect::<Vec<_>>().into_iter().enumerate() {
        for (key, shown) in keys {
            whole.entry(key).or_insert((ix, false)).1 |= shown;
        }
    }
    // Only what some printing shows to be whole can join anything, and only where a paragraph does not show its own end.
    whole.retain(|_, (_, shown)| *shown);
    open.par_iter_mut().enumerate().for_each(|(ix, (_, article))| {
        if whole.is_empty() || article.passages.iter().all(|passage| passage.shown) {
            return;
        }
        let mut joined: Vec<Passage> = Vec::with_capacity(article.passages.len());
        for passage in article.passages.drain(..) {
            let known = joined
                .last()
                .filter(|last| last.role == Role::Body && passage.role == Role::Body && !passage.shown)
                .and_then(|last| whole.get(&key([&last.text, &passage.text])));
            match (known, joined.last_mut()) {
                (Some(&(witness, _)), Some(last)) if witness != ix => merge(last, passage),
                _ => joined.push(passage),
            }
        }
        article.passages = joined;
    });
}

/// Whether the columns of a printing show that this is one paragraph.
fn is_whole(passage: &Passage) -> bool {
    passage.shown && passage.confidence > 0.8
}

fn key<const N: usize>(texts: [&String; N]) -> blake3::Hash {
    hash(texts.into_iter().flat_map(|text| text.split(is_space)))
}

/// The hash of some parts of texts, one behind the other.
fn hash<'a>(parts: impl Iterator<Item = &'a str>) -> blake3::Hash {
    blake3::hash(parts.collect::<String>().as_bytes())
}

fn merge(first: &mut Passage, second: Passage) {
    let at = u32::try_from(first.text.chars().count()).unwrap_or(u32::MAX);
    let line = first.pieces.last().map_or(0, |p| p.line);
    let signs = Signs::default().with(Sign::WitnessJoins).with(Sign::Terminal).with(Sign::Blank);
    first.ledger.retain(|r| r.rule != Rule::Break || r.line != line);
    first.ledger.push(Repair { rule: Rule::Bridge, line, confidence: 0.95, signs });
    first.text.push_str(&second.text);
    first.pieces.extend(second.pieces.into_iter().map(|p| Piece { at: p.at + at, ..p }));
    first.ledger.extend(second.ledger);
}

// ---------------------------------------------------------------------------------------------- years

/// Years by day, from the full dates that the seeds print.
struct Years {
    /// Per seed and for the corpus: how often each year stands, for a day and for any.
    by_day: BTreeMap<(Option<SeedIx>, u8, u8), BTreeMap<i32, u32>>,
    by_seed: Vec<BTreeMap<i32, u32>>,
    corpus: Option<i32>,
    printed: Vec<Option<i32>>,
}

impl Years {
    fn new(sources: &[Source], open: &[(SeedIx, DraftArticle)]) -> Self {
        let mut years = Self {
            by_day: BTreeMap::new(),
            by_seed: vec![BTreeMap::new(); sources.len()],
            corpus: None,
            printed: sources.iter().map(|s| Some(s.sidecar.as_ref()?.date?.year)).collect(),
        };
        let dates = |(seed, article): &(SeedIx, DraftArticle)| -> Vec<(SeedIx, (i32, u8, u8))> {
            let head = article.head.iter().map(|h| h.text.as_str());
            let texts = head.chain(article.passages.iter().map(|p| p.text.as_str()));
            texts.flat_map(full_dates).map(|date| (*seed, date)).collect()
        };
        let mut all: BTreeMap<i32, u32> = BTreeMap::new();
        for (seed, (year, month, day)) in open.par_iter().flat_map_iter(dates).collect::<Vec<_>>() {
            for scope in [Some(seed), None] {
                *years.by_day.entry((scope, month, day)).or_default().entry(year).or_default() += 1;
            }
            if let Some(counts) = years.by_seed.get_mut(seed) {
                *counts.entry(year).or_default() += 1;
            }
            *all.entry(year).or_default() += 1;
        }
        Self { corpus: commonest(&all), ..years }
    }

    fn infer(&self, seed: SeedIx, month: u8, day: u8) -> Option<(i32, &'static str)> {
        if let Some(year) = self.printed.get(seed).copied().flatten() {
            return Some((year, "sidecar"));
        }
        let of = |scope| self.by_day.get(&(scope, month, day)).and_then(commonest);
        of(Some(seed))
            .map(|y| (y, "year-on-page"))
            .or_else(|| of(None).map(|y| (y, "year-in-corpus")))
            .or_else(|| self.by_seed.get(seed).and_then(commonest).map(|y| (y, "year-on-page")))
            .or_else(|| self.corpus.map(|y| (y, "year-in-corpus")))
    }
}

fn commonest(counts: &BTreeMap<i32, u32>) -> Option<i32> {
    counts.iter().max_by_key(|&(year, count)| (*count, *year)).map(|(year, _)| *year)
}

/// Every 2024年7月4日 in a text.
fn full_dates(text: &str) -> impl Iterator<Item = (i32, u8, u8)> {
    // Most paragraphs name no year, and are not looked through for days.
    let dates = text.contains('年').then(|| dateline::dates(text)).into_iter().flatten();
    dates.filter_map(|(year, month, day)| Some((year?, month, day))).filter(|(year, ..)| (1840..=2200).contains(year))
}

// ---------------------------------------------------------------------------------------------- titles

/// The kinds that name themselves in their own text, and the word that ends such a name.
const SELF_NAMING: [(Kind, &[&str]); 4] = [
    (Kind::Initiative, &["倡议", "倡議"]),
    (Kind::Declaration, &["宣言", "声明", "公报", "聲明", "公報"]),
    (Kind::JointStatement, &["联合声明", "联合公报", "聯合聲明"]),
    (Kind::Abstract, &["宣言", "声明", "公报"]),
];

/// A title for an article that has none, from what it calls itself.
fn self_named(article: &DraftArticle) -> Option<Guess<String>> {
    let words = SELF_NAMING.iter().find(|(kind, _)| *kind == article.kind.value)?.1;
    let all: String = article.passages.iter().map(|p| p.text.as_str()).collect();
    let mut names: BTreeMap<&str, u32> = BTreeMap::new();
    for part in all.split('《').skip(1) {
        if let Some((name, _)) = part.split_once('》')
            && words.iter().any(|w| name.ends_with(w))
        {
            *names.entry(name).or_default() += 1;
        }
    }
    let (name, _) = names.into_iter().max_by_key(|&(name, count)| (count, std::cmp::Reverse(name)))?;
    let full = announcements(&all).into_iter().fold(name.to_owned(), |name, announced| match announced {
        Announced::Name { short, long } => {
            name.strip_prefix(&short).map(|rest| format!("{long}{rest}")).unwrap_or(name)
        }
        Announced::Document { .. } => name,
    });
    let evidence = vec![Evidence { code: Cow::Borrowed("self-naming"), quote: format!("《{name}》") }];
    Some(Guess { value: full, confidence: 0.8, evidence })
}

// ---------------------------------------------------------------------------------------------- finishing

fn finish(ix: usize, seed: SeedIx, draft: DraftArticle, years: &Years) -> Article {
    let inferred = if draft.title.is_some() { None } else { self_named(&draft) };
    let paragraphs: Vec<Paragraph> = draft
        .passages
        .into_iter()
        .zip(1..)
        .map(|(p, n)| Paragraph {
            n,
            anchor: format!("p{n}"),
            role: p.role,
            text: p.text,
            pieces: p.pieces,
            ledger: p.ledger,
        })
        .collect();
    let title_inferred = draft.title.is_none();
    let title = draft.title.unwrap_or_else(|| named(inferred, &paragraphs));
    let printed = draft.date.and_then(|(year, month, day)| {
        let (year, code, confidence) = match year {
            Some(year) => (year, "printed", 0.98),
            None => years.infer(seed, month, day).map(|(year, code)| (year, code, 0.8))?,
        };
        let inferred = code != "printed";
        let evidence = vec![Evidence { code: Cow::Borrowed(code), quote: String::new() }];
        Some(Guess { value: Date { year, month, day, inferred }, confidence, evidence })
    });
    let date = printed.or_else(|| own_day(draft.kind.value, &paragraphs));
    let id = proposed(draft.kind.value, date.as_ref().map(|d| d.value), &paragraphs, &title.value.text);
    Article {
        ix,
        id,
        seed,
        kind: draft.kind,
        title,
        title_inferred,
        subtitle: draft.subtitle,
        byline: draft.byline,
        speaker: draft.speaker,
        agency: draft.agency,
        place: draft.place,
        date,
        head: draft.head,
        continues: draft.continues,
        lines: draft.lines,
        paragraphs,
    }
}

/// The day that a document without dateline gives itself.
fn own_day(kind: Kind, paragraphs: &[Paragraph]) -> Option<Guess<Date>> {
    let mut body = paragraphs.iter().filter(|p| p.role == Role::Body).map(|p| p.text.as_str());
    let first = body.next()?;
    let told = occasion(kind, first, body.next_back().unwrap_or(first))?;
    let code = if told.opens { "opening-sentence" } else { "closing-sentence" };
    let value = Date { year: told.year, month: told.month, day: told.day, inferred: true };
    let evidence = vec![Evidence { code: Cow::Borrowed(code), quote: told.sentence }];
    Some(Guess { value, confidence: 0.7, evidence })
}

/// Characters of its opening words that stand for a title.
const OPENING: usize = 18;

fn named(inferred: Option<Guess<String>>, paragraphs: &[Paragraph]) -> Guess<HeadLine> {
    let guess = inferred.unwrap_or_else(|| {
        let first = paragraphs.iter().find(|p| p.role == Role::Body).or(paragraphs.first());
        let words = undated(first.map_or("", |p| p.text.as_str()));
        let mut opening: String = words.chars().take(OPENING).collect();
        if words.chars().count() > OPENING {
            opening.push('…');
        }
        Guess {
            value: opening,
            confidence: 0.3,
            evidence: vec![Evidence { code: Cow::Borrowed(OPENING_WORDS), quote: String::new() }],
        }
    });
    let Guess { value, confidence, evidence } = guess;
    Guess { value: HeadLine { text: value, pieces: Vec::new(), ledger: Vec::new() }, confidence, evidence }
}

/// A text without its dateline and the note who sent it.
fn undated(text: &str) -> &str {
    let opening = dateline::opening(text).and_then(|line| text.char_indices().nth(line.length));
    let rest = opening.and_then(|(at, _)| text.get(at..)).unwrap_or(text);
    let rest = rest.trim_start_matches(|c| !is_letter(c) && !is_opening(c));
    let noted = rest.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']));
    let noted = noted.filter(|(note, _)| note.starts_with(['记', '記'])).map(|(_, rest)| rest.trim_start());
    noted.filter(|rest| !rest.is_empty()).unwrap_or(rest)
}

/// The evidence code of a title that is no more than the first words of the text.
pub const OPENING_WORDS: &str = "opening-words";

/// The address for a new article: date, kind and a fingerprint of the text.
fn proposed(kind: Kind, date: Option<Date>, paragraphs: &[Paragraph], title: &str) -> String {
    let text = paragraphs.iter().flat_map(|p| p.text.split(is_space));
    let print: String = hash(std::iter::once(title).chain(text)).to_hex().chars().take(6).collect();
    let day = date.map_or_else(|| "undated".to_owned(), |d| format!("{:04}{:02}{:02}", d.year, d.month, d.day));
    format!("{day}-{}-{print}", kind.name())
}

/// How often each address was proposed.
#[derive(Default)]
struct Addresses {
    taken: HashMap<String, u32, FixedState>,
}

impl Addresses {
    /// Numbers an address that was proposed before.
    fn tell_apart(&mut self, id: &mut String) {
        let count = self.taken.entry(id.clone()).and_modify(|n| *n += 1).or_insert(1);
        if *count > 1 {
            *id = format!("{id}-{count}");
        }
    }
}

// ---------------------------------------------------------------------------------------------- diagnostics

/// Below this confidence a join or break is worth a reader's eye.
const DISPUTED: f32 = 0.75;

fn disputes(source: &Source, article: &Article) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    for paragraph in &article.paragraphs {
        for repair in paragraph.ledger.iter().filter(|r| r.confidence < DISPUTED) {
            let verb = if repair.rule == Rule::Break { "ends a paragraph" } else { "goes on" };
            let message = format!("this line {verb}, by a confidence of {:.2}", repair.confidence);
            let next = paragraph.pieces.iter().find(|p| p.line > repair.line);
            let finding =
                Diagnostic::new(Severity::Note, "repair-disputed", Some(end_of(source, repair.line)), message)
                    .with_hint("fix it in the sidecar with [[join]] or [[break]]");
            out.push(match next {
                Some(piece) => {
                    finding.with_related(source.span(piece.line, (piece.start, (piece.start + 3).min(piece.end))))
                }
                None => finding,
            });
        }
    }
    out
}

/// The last characters of a line.
fn end_of(source: &Source, line: u32) -> Span {
    let width = u32::try_from(source.line(line as usize).trim_end().chars().count()).unwrap_or(u32::MAX);
    source.span(line, (width.saturating_sub(3), width))
}

#[cfg(test)]
mod tests {
    use super::undated;

    #[test]
    fn a_title_of_first_words_begins_behind_the_dateline() {
        assert_eq!(undated("●新华社上海7月4日电 上海港吞吐量突破"), "上海港吞吐量突破");
        assert_eq!(undated("新华社北京7月4日电（记者李明）国务院总理主持"), "国务院总理主持");
        assert_eq!(undated("“上海精神”的本质"), "“上海精神”的本质");
        assert_eq!(undated("新华社北京7月4日电"), "新华社北京7月4日电");
    }
}
