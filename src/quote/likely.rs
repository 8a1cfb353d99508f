//! Can a passage be the source of a quotation? By who says it there and here, by what stands around it, and by which of the
//! texts can have taken words from the other.
//!
//! ```text
//! 科方重申奉行一个中国原则    萨方重申奉行一个中国原则        another statement of another
//! 成员国指出，甲乙丙          成员国指出，甲乙丙              both quote a third
//! 某人强调，甲乙戊            某人：…甲乙丙…                  his own words, altered
//! ```

use std::collections::BTreeSet;

use super::align::{Alignment, is_word_at, share_run, word_before};
use super::source::{is_voice, same_voice};
use super::trace::{Tracer, Wanted, Way};
use crate::fold::{Folded, QUOTE, simplified};
use crate::mark::is_han;
use crate::model::{ArticleIx, Kind, Place};

/// Who takes part in a statement is called by few characters there: 我方, 萨方.
const LONGEST_PARTY: usize = 4;

/// A body is named in a title or an opening that has two characters of its name together …
const LEAST_OF_TITLE: usize = 2;
const OPENING: usize = 100;

/// … and these are whoever met and spoke together, whatever the title calls them.
const PARTIES: [&str; 6] = ["与会", "会议", "大会", "双方", "三方", "各方"];

/// Those of them who are the sides of a communiqué.
const SIDES: [&str; 3] = ["双方", "三方", "各方"];

/// What titles of communiqués and declarations have that says nothing of whose they are.
const OF_ALL: &str =
    "中华人民共和国关于建立深化全面战略合作伙伴关系的联合声明公报宣言会议新闻公告双方共同发表纪要和國關於聯聲報會議";

/// How the names of bodies end; and what is no body, but a letter or a gesture, has few characters.
const BODIES: [char; 10] = ['会', '會', '院', '部', '党', '黨', '府', '社', '们', '們'];
const MOST_OF_PAPER: usize = 8;

/// What brings a passage was copied with it if so much is the same: 成员国指出，, but not …院认为，
const COPIED: usize = 5;

impl Tracer<'_> {
    /// Whether two names are one, in whatever characters.
    fn is_one_name(&self, a: &str, b: &str) -> bool {
        a == b || self.folder.folds_script() && simplified(a) == simplified(b)
    }

    /// Whether no passage of `article` can be the source, whatever stands in it.
    pub fn is_refused(&self, wanted: &Wanted<'_>, article: ArticleIx) -> bool {
        let (Some(own), Some(other)) = (self.standing.get(wanted.article), self.standing.get(article)) else {
            return true;
        };
        !(if wanted.way == Way::Told { own.may_retell(other) } else { own.may_quote(other) })
            || self.kin.contains(&(wanted.article, article))
    }

    /// Whether a passage that stands in no marks can be told from `place`, where at least so many letters are to be the same.
    pub fn may_be_told(
        &self,
        wanted: &Wanted<'_>,
        source: &Folded,
        alignment: &Alignment,
        (place, least): (Place, usize),
    ) -> bool {
        let voice = self.voices(place.article).and_then(|voices| voices.at(place));
        // The same person, whose name is printed in other characters there.
        let same = wanted.speaker.zip(voice).is_some_and(|(own, other)| self.is_one_name(own, other));
        let voice = if same { wanted.speaker } else { voice };
        let full_names = self.persons.full_names();
        same_voice(wanted.speaker, voice, full_names)
            && (alignment.matched >= least || is_voice(wanted.speaker, voice, full_names))
            && (wanted.way != Way::Named || is_voice(wanted.speaker, voice, full_names))
            && (!alignment.replaced || self.may_alter(wanted.speaker, voice, place.article))
            && !self.is_of_another(wanted, source, alignment)
            && !self.is_of_other_parties(wanted, alignment, place.article)
    }

    /// Whether words in the place of others can still be words of that text: as they may where the person is the same, or
    /// nobody is named for the text, or the body is one that the text names where it begins. Of anybody else, they are another
    /// statement of another thing.
    fn may_alter(&self, speaker: Option<&str>, voice: Option<&str>, article: ArticleIx) -> bool {
        let Some(speaker) = speaker else { return true };
        if self.persons.full_names().contains(speaker) {
            let is_his = is_voice(Some(speaker), voice, self.persons.full_names());
            return is_his || voice.is_none() && self.is_of_nobody(article);
        }
        if is_party(speaker) {
            return true;
        }
        let Some(text) = self.articles.get(article) else { return false };
        let opening = text.paragraphs.first().into_iter().flat_map(|paragraph| paragraph.text.chars().take(OPENING));
        let title: Vec<char> = text.title.value.text.chars().chain(['。']).chain(opening).collect();
        let words: Vec<char> = speaker.chars().collect();
        share_run(&title, &words, LEAST_OF_TITLE)
    }

    /// Whether a text is a speech or what somebody wrote or answered, and does not tell who.
    fn is_of_nobody(&self, article: ArticleIx) -> bool {
        let is_word = self.standing.get(article).is_some_and(|standing| standing.authority == 0);
        let text = self.articles.get(article).filter(|_| is_word);
        text.is_some_and(|text| matches!(text.kind.value, Kind::Speech | Kind::Other) && text.speaker.is_none())
    }

    /// Whether two sides say about the same in a communiqué of which the text has no word that not every such title has: both
    /// sides of one are not those of another.
    fn is_of_other_parties(&self, wanted: &Wanted<'_>, alignment: &Alignment, source: ArticleIx) -> bool {
        let is_same = alignment.run == alignment.passage.1 - alignment.passage.0;
        let (Some(text), Some(other)) = (self.articles.get(wanted.article), self.articles.get(source)) else {
            return false;
        };
        if is_same || !wanted.speaker.is_some_and(|who| SIDES.iter().any(|side| who.contains(side))) {
            return false;
        }
        let head = std::iter::once(&text.title.value).chain(&text.subtitle).map(|line| line.text.as_str());
        let texts: Vec<&str> = head.chain(text.paragraphs.iter().map(|paragraph| paragraph.text.as_str())).collect();
        let title: Vec<char> = other.title.value.text.chars().collect();
        let tells = |word: &&[char]| word.iter().all(|&c| is_han(c)) && word.iter().any(|&c| !OF_ALL.contains(c));
        let stands = |word: &[char]| {
            let word: String = word.iter().collect();
            texts.iter().any(|text| text.contains(&word))
        };
        !title.windows(LEAST_OF_TITLE).filter(tells).any(stands)
    }

    /// Whether a body that is no person says it of another than the source does: 科方重申… of one communiqué, 萨方重申… of
    /// another.
    fn is_of_another(&self, wanted: &Wanted<'_>, source: &Folded, alignment: &Alignment) -> bool {
        let Some(speaker) = wanted.speaker.filter(|speaker| !self.persons.full_names().contains(*speaker)) else {
            return false;
        };
        let own = word_before(wanted.key(), alignment.passage.0);
        let other = word_before(&source.key, alignment.source.0);
        speaker.starts_with('另') || !own.is_empty() && own.len() == other.len() && own.len() <= LONGEST_PARTY
    }

    /// Who says what comes from `source`: the `speaker`, if he is a person or a body; he whose words they are there, if the
    /// text has named him, and the subject of the verb is nobody (贺信写道, 旋正色曰).
    #[must_use]
    pub fn sayer(&self, speaker: Option<String>, source: Place, heard: &BTreeSet<String>) -> Option<String> {
        let is_body = |who: &str| who.ends_with(BODIES) || is_party(who) || who.chars().count() > MOST_OF_PAPER;
        let stands = |who: &String| self.persons.full_names().contains(who) || is_body(who);
        match speaker {
            Some(who) if stands(&who) => Some(who),
            other => self.voice_of(source, heard).map(str::to_owned).or(other),
        }
    }

    /// Whose words a place holds, as `heard` has the name: one may be printed in the other characters.
    #[must_use]
    pub fn voice_of<'n>(&self, place: Place, heard: &'n BTreeSet<String>) -> Option<&'n str> {
        let voice = self.voices(place.article)?.at(place)?;
        let same = heard.get(voice).or_else(|| heard.iter().find(|name| self.is_one_name(name, voice)))?;
        Some(same.as_str())
    }
}

/// Whether a speaker is called by no more than taking part: 双方, 与会各国领导人
fn is_party(speaker: &str) -> bool {
    PARTIES.iter().any(|party| speaker.contains(party))
}

/// Whether the passage stands between marks on both sides, where it was found as where it is looked for.
pub fn is_divided(wanted: &Wanted<'_>, source: &Folded, alignment: &Alignment) -> bool {
    let (own, other) = (&wanted.folded.key, &source.key);
    let begins = |key: &[char], at: usize| !is_word_at(key, at.checked_sub(1));
    let ends = |key: &[char], at: usize| !is_word_at(key, Some(at)) || begins(key, at);
    let (from, to) = (wanted.tokens.0 + alignment.passage.0, wanted.tokens.0 + alignment.passage.1);
    let introduced = wanted.introduced && alignment.passage.0 == 0;
    (introduced || begins(own, from))
        && ends(own, to)
        && begins(other, alignment.source.0)
        && ends(other, alignment.source.1)
}

/// Whether the place quotes the same words of a third, or is copied with its introduction: what stands right before the
/// passage (quote mark or 成员国指出，) stands before it there as well.
pub fn fellow_quoter(wanted: &Wanted<'_>, source: &Folded, alignment: &Alignment, is_document: bool) -> bool {
    if alignment.passage.0 > 0 || !wanted.introduced {
        return false;
    }
    let source_before = source.key.get(..alignment.source.0).unwrap_or_default();
    let same = wanted.before().iter().rev().zip(source_before.iter().rev()).take_while(|(a, b)| a == b).count();
    let next = wanted.folded.key.get(wanted.tokens.1);
    let both_marked =
        wanted.way == Way::Marked && same >= 1 && next == source.key.get(alignment.source.1) && next == Some(&QUOTE);
    both_marked || same >= COPIED && !is_document
}

#[cfg(test)]
mod tests {
    use crate::fixture::corpus;
    use crate::model::{Kind, Quote, Reuse};
    use crate::quote::quotes;

    #[test]
    fn a_speech_that_names_nobody_may_be_told_in_other_words_and_somebody_elses_not() {
        let speech = ["同志们，我们啃下了一批多年想啃而没有啃下来的硬骨头，全市经济稳中向好。"];
        let report = ["市长何静波在会上说，他们啃下了一批多年想啃却没有啃下来的硬骨头，全市经济稳中向好。"];
        let told = |speaker: Option<&str>| {
            let texts = [(Kind::Speech, "在会上的讲话", &speech[..]), (Kind::Report, "会议举行", &report[..])];
            let mut texts = corpus(&texts);
            texts[0].speaker = speaker.map(str::to_owned);
            let found: Vec<Quote> = quotes(&texts, &Reuse::default());
            found.first().and_then(|quote| quote.speaker.clone())
        };
        assert_eq!(told(None).as_deref(), Some("何静波"));
        assert_eq!(told(Some("何静波")).as_deref(), Some("何静波"));
        assert_eq!(told(Some("罗振邦")), None);
    }
}
