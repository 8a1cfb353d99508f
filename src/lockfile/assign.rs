//! Articles of today → the addresses of yesterday.
//!
//! ```text
//! new.txt 5–35   习近平出席……  31 of 32 slots as a/20240704-report.html     takes its address
//! 003.txt 129    图为……        like nothing                                 takes the one proposed for it
//! ```

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::align::align;
use super::format::is_address;
use super::print::{Body, Print};
use super::recognise::{ALIKE, COMMON, Fresh, in_one_order, recognise};
use super::{Entry, Known, Lock, State, Whereabouts};
use crate::model::{Addresses, Alias, Article, ArticleIx, Changes, Departed, Landing, Source};

/// Links of links are followed this far.
const HOPS: u32 = 32;

impl Lock {
    /// Gives every article its address and every paragraph its anchor. What comes in as `id` is a proposal, for articles
    /// that are not known yet.
    pub fn assign(&mut self, sources: &[Source], articles: &mut [Article]) -> Addresses {
        let fresh: Vec<Fresh> = articles.par_iter().map(|article| Fresh::of(sources, article)).collect();
        let mut changes = Changes::default();
        self.part_texts();
        let mut ids = recognise(&self.entries, &fresh);
        in_one_order(&self.entries, &fresh, &mut ids);
        let ids = self.name(articles, ids, &mut changes);
        // Only what leaves its place looks for another.
        let places = LazyCell::new(|| places(&fresh));
        let mut leaving = self.retire(&ids, &fresh, &places, &mut changes);
        for ((ix, one), id) in fresh.iter().enumerate().zip(&ids) {
            if let Some(entry) = self.entries.get_mut(id) {
                leaving.extend(number(entry, id, ix, one));
            }
        }
        self.follow(leaving, &ids, &places, &mut changes);
        for (article, id) in articles.iter_mut().zip(&ids) {
            article.id.clone_from(id);
            let known = self.entries.get(id).into_iter().flat_map(|entry| &entry.paragraphs);
            for (paragraph, known) in article.paragraphs.iter_mut().zip(known) {
                paragraph.anchor = format!("p{}", known.number);
            }
        }
        self.addresses(&ids, changes)
    }

    /// Two branches that were merged may have given one text number twice.
    fn part_texts(&mut self) {
        let mut next = self.next_text();
        let mut seen = BTreeSet::new();
        for entry in self.entries.values_mut() {
            if !seen.insert(entry.text) {
                entry.text = next;
                next = next.saturating_add(1);
            }
        }
    }

    fn next_text(&self) -> u32 {
        self.entries.values().map(|entry| entry.text.saturating_add(1)).max().unwrap_or(0)
    }

    /// New articles take the address that was proposed, or the next that is free; it is never one that was ever given.
    fn name(&mut self, articles: &[Article], known: Vec<Option<String>>, changes: &mut Changes) -> Vec<String> {
        let mut next_text = self.next_text();
        let mut ids = Vec::with_capacity(known.len());
        for (article, known) in articles.iter().zip(known) {
            let id = known.unwrap_or_else(|| {
                let proposed = if is_address(&article.id) { article.id.as_str() } else { "article" };
                let numbered = (2..).map(|n: u64| format!("{proposed}-{n}"));
                let mut names = std::iter::once(proposed.to_owned()).chain(numbered);
                let id = names.find(|id| !self.entries.contains_key(id)).unwrap_or_default();
                changes.added.push(id.clone());
                let (seed, title) = Default::default();
                let body = Body::of(std::iter::empty());
                let entry = Entry { state: State::Live, text: next_text, seed, title, body, paragraphs: Vec::new() };
                self.entries.insert(id.clone(), entry);
                next_text = next_text.saturating_add(1);
                id
            });
            if let Some(entry) = self.entries.get_mut(&id).filter(|entry| entry.state != State::Live) {
                entry.state = State::Live;
                changes.returned.push(id.clone());
            }
            ids.push(id);
        }
        changes.added.sort();
        changes.returned.sort();
        ids
    }

    /// Addresses that have lost their article: where did its words go?
    fn retire(&mut self, ids: &[String], fresh: &[Fresh], places: &Places, changes: &mut Changes) -> Vec<Leaving> {
        let live: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
        let mut leaving = Vec::new();
        for (id, entry) in &mut self.entries {
            if live.contains(id.as_str()) || entry.state != State::Live {
                continue;
            }
            let near = heir(entry, fresh, places);
            for known in entry.paragraphs.iter_mut().filter(|known| known.place == Whereabouts::Here) {
                known.place = Whereabouts::Lost;
                leaving.push(Leaving { id: id.clone(), number: known.number, print: known.print, near, beside: None });
            }
            entry.state = if let Some(to) = near.and_then(|ix| ids.get(ix)) {
                changes.moved.push((id.clone(), to.clone()));
                State::Moved(to.clone())
            } else {
                changes.removed.push(id.clone());
                State::Removed
            };
        }
        leaving
    }

    /// Now that every paragraph has its number: where do those lead that lost their place?
    fn follow(&mut self, leaving: Vec<Leaving>, ids: &[String], places: &Places, changes: &mut Changes) {
        for Leaving { id, number, print, near, beside } in leaving {
            let found = places.get(&print).map_or(&[][..], Vec::as_slice);
            let only = (found.len() == 1).then(|| found.first()).flatten();
            let there = found.iter().find(|(ix, _)| Some(*ix) == near).or(only).and_then(|&(ix, at)| {
                let id = ids.get(ix)?;
                Some(Whereabouts::Left(id.clone(), self.entries.get(id)?.paragraphs.get(at)?.number))
            });
            let place = there.or(beside.map(|number| Whereabouts::Left(id.clone(), number)));
            let known = self.entries.get_mut(&id).into_iter().flat_map(|entry| &mut entry.paragraphs);
            for known in known.filter(|known| known.number == number) {
                known.place = place.clone().unwrap_or(Whereabouts::Lost);
            }
            if self.entries.get(&id).is_some_and(|entry| entry.state == State::Live) {
                changes.paragraphs.push((id, format!("p{number}")));
            }
        }
    }

    fn addresses(&self, ids: &[String], changes: Changes) -> Addresses {
        let live: HashMap<&str, ArticleIx> = ids.iter().enumerate().map(|(ix, id)| (id.as_str(), ix)).collect();
        let aliases = |entry: &Entry| -> Vec<Alias> {
            let left = entry.paragraphs.iter().filter(|known| known.place != Whereabouts::Here);
            left.map(|known| {
                let to = match &known.place {
                    Whereabouts::Left(id, number) => self.land(&live, id, Some(*number), HOPS),
                    Whereabouts::Here | Whereabouts::Lost => None,
                };
                Alias { anchor: format!("p{}", known.number), to }
            })
            .collect()
        };
        let entries = || ids.iter().map(|id| self.entries.get(id));
        let gone = self.entries.iter().filter(|(_, entry)| entry.state != State::Live);
        let departed = gone.map(|(id, entry)| Departed {
            id: id.clone(),
            title: entry.title.clone(),
            seed: entry.seed.clone(),
            to: self.land(&live, id, None, HOPS).map(|landing| landing.article),
            anchors: aliases(entry),
        });
        let mut changes = changes;
        changes.paragraphs.sort();
        Addresses {
            texts: entries().map(|entry| entry.map_or(0, |entry| entry.text)).collect(),
            aliases: entries().map(|entry| entry.map(&aliases).unwrap_or_default()).collect(),
            departed: departed.collect(),
            changes,
            lock: (self.path.clone(), self.text()),
        }
    }

    /// Follows an address, and perhaps a paragraph, to where it stands today.
    fn land(&self, live: &HashMap<&str, ArticleIx>, id: &str, number: Option<u32>, hops: u32) -> Option<Landing> {
        let entry = self.entries.get(id)?;
        let hops = hops.checked_sub(1)?;
        let known = number.and_then(|number| entry.paragraphs.iter().find(|known| known.number == number));
        if let Some(Whereabouts::Left(id, number)) = known.map(|known| &known.place) {
            return self.land(live, id, Some(*number), hops);
        }
        match (&entry.state, live.get(id)) {
            (State::Live, Some(&article)) => {
                let here = known.filter(|known| known.place == Whereabouts::Here);
                Some(Landing { article, anchor: here.map(|known| format!("p{}", known.number)) })
            }
            (State::Moved(to), _) => self.land(live, to, None, hops),
            _ => None,
        }
    }
}

/// Where each print stands today: article and index of the paragraph.
type Places = HashMap<Print, Vec<(ArticleIx, usize)>>;

fn places(fresh: &[Fresh]) -> Places {
    let mut places: Places = HashMap::new();
    for (ix, one) in fresh.iter().enumerate() {
        for (at, print) in one.prints.iter().enumerate() {
            places.entry(*print).or_default().push((ix, at));
        }
    }
    places
}

/// The article that has most of the words of an entry that has none of its own.
fn heir(entry: &Entry, fresh: &[Fresh], places: &Places) -> Option<ArticleIx> {
    let mut votes: BTreeMap<ArticleIx, usize> = BTreeMap::new();
    for known in entry.standing() {
        let found: &[_] = places.get(&known.print).map_or(&[], Vec::as_slice);
        let articles: BTreeSet<ArticleIx> = found.iter().map(|(ix, _)| *ix).collect();
        if articles.len() <= COMMON {
            for ix in articles {
                *votes.entry(ix).or_default() += 1;
            }
        }
    }
    let (ix, votes) = votes.into_iter().max_by_key(|(ix, votes)| (*votes, usize::MAX - ix))?;
    let alike = fresh.get(ix).map_or(0, |one| one.body.alike(&entry.body));
    (votes * 3 >= entry.standing().count() || alike >= ALIKE).then_some(ix)
}

/// A paragraph that lost its place in this build.
struct Leaving {
    id: String,
    number: u32,
    print: Print,
    /// The article to look in first.
    near: Option<ArticleIx>,
    /// The paragraph of its own article that it stood beside, or went into.
    beside: Option<u32>,
}

/// Gives the paragraphs of an article their numbers, writes down what is known now, and tells what has no place any more.
fn number(entry: &mut Entry, id: &str, ix: ArticleIx, one: &Fresh) -> Vec<Leaving> {
    entry.seed.clone_from(&one.seed);
    entry.title.clone_from(&one.title);
    entry.body = one.body;
    if one.prints.iter().eq(entry.standing().map(|known| &known.print)) {
        return Vec::new();
    }
    let (old, mut left): (Vec<Known>, Vec<Known>) =
        std::mem::take(&mut entry.paragraphs).into_iter().partition(|known| known.place == Whereabouts::Here);
    let mut next = old.iter().chain(&left).map(|known| known.number).max().unwrap_or(0).saturating_add(1);
    let matched = align(&old.iter().map(|known| known.print).collect::<Vec<_>>(), &one.prints);
    let mut standing: Vec<Known> = Vec::with_capacity(one.prints.len());
    for (&print, at) in one.prints.iter().zip(&matched) {
        // A paragraph that comes back, word for word, comes back to its address.
        let returned = || left.iter().position(|known| known.print == print);
        let number = if let Some(known) = at.and_then(|at| old.get(at)) {
            known.number
        } else if let Some(at) = returned() {
            left.remove(at).number
        } else {
            let number = next;
            next = next.saturating_add(1);
            number
        };
        standing.push(Known { number, print, place: Whereabouts::Here });
    }
    let stayed: BTreeSet<usize> = matched.into_iter().flatten().collect();
    let mut leaving = Vec::new();
    let mut beside = standing.first().map(|known| known.number);
    for (at, known) in old.into_iter().enumerate() {
        if stayed.contains(&at) {
            beside = Some(known.number);
            continue;
        }
        let into = standing.iter().map(|other| (other.print.alike(&known.print), other.number));
        let into = into.filter(|(alike, _)| *alike >= 2).max_by_key(|(alike, number)| (*alike, u32::MAX - number));
        let (number, print) = (known.number, known.print);
        let beside = into.map(|(_, number)| number).or(beside);
        leaving.push(Leaving { id: id.to_owned(), number, print, near: Some(ix), beside });
        left.push(Known { place: Whereabouts::Lost, ..known });
    }
    left.sort_by_key(|known| known.number);
    entry.paragraphs = standing;
    entry.paragraphs.extend(left);
    leaving
}
