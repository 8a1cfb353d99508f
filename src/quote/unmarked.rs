//! Words retold without quotation marks, after a verb of saying.
//!
//! ```text
//! 习近平指出，我们首次以“上海合作组织+”的形式举行峰会，…     after the verb: traced to the speech
//! 当前，世界之变、时代之变、历史之变正以前所未有的方式展开。   the next paragraph goes on in the same voice
//! 各国都安全，才有真安全，这是习近平的一句话。                  before the words that give them to him
//! 上海合作组织轮值主席国哈萨克斯坦总统托卡耶夫主持会议，…     nobody says it: shared words, no quotation
//! ```

use super::align::letters;
use super::brought;
use super::marks::Marked;
use super::saying::Scene;
use super::trace::{Demand, Traced, Tracer, Wanted, Way};
use super::verb::Verb;
use crate::fold::{Folded, QUOTE};
use crate::model::{Article, ArticleIx, Place};
use crate::name::starts_with;

/// After a verb of saying; and in a voice that has already been traced to a source.
const FIRST: Demand = Demand { matched: 12, own: 8, altered: 16, share: 0.8, cover: 0.0 };
const FURTHER: Demand = Demand { matched: 8, own: 8, altered: 12, share: 0.7, cover: 0.0 };
/// Sentences that follow those of a document, in the words of it.
const READ_ON: Demand = Demand { matched: 16, own: 16, altered: usize::MAX, share: 1.0, cover: 0.9 };
/// Above somebody's name, where nothing else stands.
const SIGNED: Demand = Demand { matched: 12, own: 8, altered: 16, share: 0.8, cover: 0.8 };

/// With what one begins who has another's words to say the same.
pub const LIKENING: [&str; 6] = ["正如", "诚如", "誠如", "恰如", "一如", "如同"];

/// Who is being retold. A person's voice goes on over paragraphs, until one of them holds nothing of the source; what a
/// body of people said is told in one; a document is read on in its own words.
#[derive(Clone, Debug, Default)]
pub struct Voice {
    speaker: Option<String>,
    source: Option<ArticleIx>,
    /// What was retold in the paragraph before of a document.
    document: Option<ArticleIx>,
    /// The paragraph before announced the words of this one.
    announced: bool,
}

impl Voice {
    /// Somebody begins to speak, or goes on.
    fn turn_to(&mut self, speaker: &str) {
        if self.speaker.as_deref() != Some(speaker) {
            *self = Self { speaker: Some(speaker.to_owned()), ..Self::default() };
        }
    }
}

/// A paragraph that may retell.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    pub tracer: &'a Tracer<'a>,
    pub article: &'a Article,
    pub paragraph: u32,
    pub scene: &'a Scene<'a>,
    pub folded: &'a Folded,
    /// The quotations in it, which are traced on their own.
    pub quoted: &'a [Marked],
}

type Retold = Vec<(Traced, Option<String>)>;

impl Told<'_> {
    /// Traces what is retold in the paragraph. `voice` is carried from paragraph to paragraph; `signed` tells how far the
    /// words reach under which somebody's name stands, and whose.
    #[must_use]
    pub fn retold(&self, signed: Option<&(usize, String)>, voice: &mut Voice) -> Retold {
        let mut found = Vec::new();
        let persons = self.tracer.persons.full_names();
        let announced = std::mem::take(&mut voice.announced);
        if !announced && voice.speaker.as_ref().is_some_and(|s| !persons.contains(s)) {
            let document = voice.source.filter(|_| voice.speaker.as_deref().is_some_and(brought::is_document));
            *voice = Voice { document, ..Voice::default() };
        }
        if let Some((end, who)) = signed {
            self.given(SIGNED, (0, *end), who, &mut found);
        }
        let inherited = voice.speaker.is_some();
        let mut spoke = !found.is_empty();
        let mut last = (0, 0);
        for sentence in self.scene.sentences() {
            let before = std::mem::replace(&mut last, sentence);
            if let Some((end, who)) = self.scene.told_after(sentence) {
                let words = if end > sentence.0 { (sentence.0, end) } else { before };
                self.given(FIRST, words, &who, &mut found);
                continue;
            }
            let turns = self.turns(sentence);
            spoke |= !turns.is_empty();
            if turns.is_empty() && voice.speaker.is_none() {
                if let Some(document) = voice.document {
                    self.read_on(document, sentence, &mut found);
                }
                continue;
            }
            if turns.is_empty() {
                self.passage(sentence, sentence.0, false, voice, &mut found);
            }
            for (ix, (verb, speaker)) in turns.iter().enumerate() {
                voice.turn_to(speaker);
                voice.announced = self.scene.hands_over(*verb);
                let next =
                    turns.get(ix + 1).map_or(sentence.1, |(next, _)| self.scene.clause_start(next.start, sentence.0));
                self.passage((verb.end, next.max(verb.end)), sentence.0, true, voice, &mut found);
            }
        }
        if (inherited || voice.document.is_some()) && !spoke && found.is_empty() {
            *voice = Voice::default();
        }
        found
    }

    /// Who begins to speak in a sentence, and where: the first who does, and other persons who are named for it after him.
    fn turns(&self, sentence: (usize, usize)) -> Vec<(Verb, String)> {
        let persons = self.tracer.persons.full_names();
        let mut turns: Vec<(Verb, String)> = Vec::new();
        for &verb in self.scene.verbs_of(sentence) {
            if !turns.is_empty() && !self.scene.is_set_off(verb) {
                continue;
            }
            let Some(who) = self.scene.turn(verb, persons) else { continue };
            let is_next =
                |last: &(Verb, String)| last.1 != who && persons.contains(&who) && self.scene.names_for(verb, &who);
            if turns.last().is_none_or(is_next) {
                turns.push((verb, who));
            }
        }
        turns
    }

    /// What is told between the marks of a passage of the sentence that begins at `sentence`.
    fn passage(&self, words: (usize, usize), sentence: usize, introduced: bool, voice: &mut Voice, found: &mut Retold) {
        for region in outside(words.0, words.1, self.quoted) {
            self.region(region, sentence, introduced && region.0 == words.0, voice, found);
        }
    }

    /// A sentence that nobody says, behind what a document says, in the words of that.
    fn read_on(&self, document: ArticleIx, sentence: (usize, usize), found: &mut Retold) {
        for region in outside(sentence.0, sentence.1, self.quoted) {
            let tokens = trimmed(self.folded, self.tokens(region));
            let hit = self.tracer.trace(&self.wanted(tokens, None, false), READ_ON, Some(document));
            found.extend(hit.filter(|hit| !in_title(self.scene.chars, hit.place)).map(|hit| (hit, None)));
        }
    }

    /// Traces what a text that retells nobody has from somebody whom it names for it: 正如某人所说，…
    #[must_use]
    pub fn likened(&self) -> Retold {
        let mut found = Vec::new();
        for sentence in self.scene.sentences() {
            let likens = |verb: &&Verb| {
                let clause = self.scene.clause_start(verb.start, sentence.0);
                self.scene.outside.get(clause..).is_some_and(|words| LIKENING.iter().any(|as_| starts_with(words, as_)))
            };
            let Some(&verb) = self.scene.verbs_of(sentence).iter().find(likens) else { continue };
            let who = self.scene.subject(verb, sentence.0);
            if let Some(who) = who.filter(|who| self.tracer.persons.full_names().contains(who)) {
                self.given(FIRST, (verb.end, sentence.1), &who, &mut found);
            }
        }
        found
    }

    /// Words that what stands behind them gives to `who`.
    fn given(&self, demand: Demand, words: (usize, usize), who: &str, found: &mut Retold) {
        for region in outside(words.0, words.1, self.quoted) {
            let tokens = trimmed(self.folded, self.tokens(region));
            let hit = self.tracer.trace(&self.wanted(tokens, Some(who), false), demand, None);
            let is_new = |hit: &Traced| found.iter().all(|(held, _)| !overlap(held.tokens, hit.tokens));
            if let Some(hit) = hit.filter(is_new).filter(|hit| !in_title(self.scene.chars, hit.place)) {
                found.push((hit, Some(who.to_owned())));
            }
        }
    }

    /// A part of the sentence that begins at `sentence`, told by the voice or by somebody in it.
    fn region(&self, region: (usize, usize), sentence: usize, introduced: bool, voice: &mut Voice, found: &mut Retold) {
        let (tracer, folded) = (self.tracer, self.folded);
        let mut pending = vec![(self.tokens(region), introduced)];
        let mut hits: Retold = Vec::new();
        while let Some((tokens, introduced)) = pending.pop() {
            let tokens = trimmed(folded, tokens);
            let start = folded.start(tokens.0) as usize;
            let speaker = if introduced {
                voice.speaker.clone()
            } else {
                self.scene.teller(start, sentence, tracer.persons.full_names())
            };
            let speaker = speaker.or_else(|| voice.speaker.clone());
            let wanted = self.wanted(tokens, speaker.as_deref(), introduced);
            let known = voice.source.and_then(|source| tracer.trace(&wanted, FURTHER, Some(source)));
            let Some(hit) = known.or_else(|| tracer.trace(&wanted, FIRST, None)) else { continue };
            if in_title(self.scene.chars, hit.place) {
                continue;
            }
            let hit = tracer.with_crossed(&wanted, hit);
            voice.source = Some(hit.source.article);
            let worth = |t: (usize, usize)| letters(folded.key.get(t.0..t.1).unwrap_or_default()) >= FURTHER.matched;
            let rest = [((hit.tokens.1, tokens.1), false), ((tokens.0, hit.tokens.0), introduced)];
            pending.extend(rest.into_iter().filter(|r| worth(r.0)));
            hits.push((hit, speaker));
        }
        found.extend(if self.scene.stopped {
            hits.into_iter()
                .flat_map(|(hit, who)| self.by_sentences(hit).into_iter().map(move |hit| (hit, who.clone())))
                .collect()
        } else {
            self.put_together(hits)
        });
    }

    /// Where full stops stand for all marks, the source tells where sentences end.
    fn by_sentences(&self, hit: Traced) -> Vec<Traced> {
        /// Letters by which an end is known again.
        const TELLING: usize = 3;
        let source = self.tracer.folder.fold(hit.source.words(self.tracer.articles));
        let before = |key: &[char], end: usize| -> Vec<char> {
            let words = key.get(..end).unwrap_or_default().iter().rev().filter(|c| c.is_alphanumeric());
            words.take(TELLING).copied().collect()
        };
        let mut cuts = vec![(hit.tokens.0, 0)];
        let ends = source.key.iter().enumerate().filter(|(_, c)| matches!(c, '。' | '!' | '?')).map(|(at, _)| at);
        for at in ends.filter(|at| at + 1 < source.key.len()) {
            let telling = before(&source.key, at);
            let from = cuts.last().map_or(hit.tokens.0, |cut| cut.0);
            let is_end = |end: &usize| {
                self.folded.key.get(*end).is_some_and(|c| !c.is_alphanumeric())
                    && before(&self.folded.key, *end) == telling
            };
            if let Some(end) = (from + TELLING..hit.tokens.1.saturating_sub(1)).find(is_end) {
                cuts.push((end + 1, at + 1));
            }
        }
        if cuts.len() == 1 {
            return vec![hit];
        }
        cuts.push((hit.tokens.1, source.key.len()));
        let wanted = self.wanted(hit.tokens, None, false);
        let piece = |pair: &[(usize, usize)]| {
            let &[(from, begins), (to, ends)] = pair else { return None };
            let (start, end) = source.span(begins, ends);
            let place = Place { start: hit.source.start + start, end: hit.source.start + end, ..hit.source };
            Some(self.tracer.held_against(&wanted, (from, to), place, hit.witnesses.clone()))
        };
        cuts.windows(2).filter_map(piece).collect()
    }

    /// Parts of one sentence that stand in one paragraph of the source in the same order are one quotation: of a list, each
    /// item may have been shortened.
    fn put_together(&self, mut hits: Retold) -> Retold {
        hits.sort_by_key(|(hit, _)| hit.tokens);
        let mut together: Retold = Vec::with_capacity(hits.len());
        for (next, speaker) in hits {
            let goes_on = |last: &Traced| {
                let between = self.folded.key.get(last.tokens.1..next.tokens.0).unwrap_or_default();
                let at = |place: Place| (place.article, place.paragraph);
                letters(between) == 0 && at(last.source) == at(next.source) && last.source.end <= next.source.start
            };
            let Some((last, _)) = together.last_mut().filter(|(last, said)| *said == speaker && goes_on(last)) else {
                together.push((next, speaker));
                continue;
            };
            let tokens = (last.tokens.0, next.tokens.1);
            let source = Place { end: next.source.end, ..last.source };
            let witnesses = std::mem::take(&mut last.witnesses);
            *last =
                self.tracer.held_against(&self.wanted(tokens, speaker.as_deref(), false), tokens, source, witnesses);
        }
        together
    }

    fn tokens(&self, region: (usize, usize)) -> (usize, usize) {
        (self.folded.token(narrow(region.0)), self.folded.token(narrow(region.1)))
    }

    fn wanted<'w>(&'w self, tokens: (usize, usize), speaker: Option<&'w str>, introduced: bool) -> Wanted<'w> {
        Wanted {
            article: self.article.ix,
            paragraph: self.paragraph,
            folded: self.folded,
            tokens,
            speaker,
            way: if self.tracer.retells(self.article) { Way::Told } else { Way::Named },
            introduced,
        }
    }
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// Whether the place lies inside the name of a document, which is a mention of it and no quotation.
fn in_title(chars: &[char], place: Place) -> bool {
    let head = chars.get(..place.start as usize).unwrap_or_default();
    let passage = chars.get(place.start as usize..place.end as usize).unwrap_or_default();
    let open = head.iter().rev().find(|c| matches!(c, '《' | '》')) == Some(&'《');
    open && !passage.contains(&'》')
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A retold passage does not begin with the comma after the verb.
pub fn trimmed(folded: &Folded, tokens: (usize, usize)) -> (usize, usize) {
    let keys = folded.key.get(tokens.0..tokens.1).unwrap_or_default();
    let skip = keys.iter().take_while(|&&c| !c.is_alphanumeric() && c != QUOTE && c != '《').count();
    (tokens.0 + skip, tokens.1)
}

/// `from..to` without the quotations in it, which are traced on their own.
fn outside(from: usize, to: usize, quoted: &[Marked]) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut at = from;
    for mark in quoted.iter().filter(|m| m.start < to && from < m.end) {
        parts.push((at, mark.start.saturating_sub(1)));
        at = mark.end + 1;
    }
    parts.push((at, to));
    parts.retain(|p| p.0 < p.1);
    parts
}
