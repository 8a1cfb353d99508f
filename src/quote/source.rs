//! Which of several passages is the source, and who speaks there.
//!
//! ```text
//! a speech, a report that retells it, a commentary that quotes it   →   the speech, for it is nobody's report
//! ```

use std::collections::BTreeSet;

use super::saying::Scene;
use crate::model::{Article, ArticleIx, Date, DocumentRelation, Kind, Place, Reuse};
use crate::name::Persons;

/// How near a text stands to the words themselves: documents and speeches, then reports of them, then what is said of both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    pub authority: u8,
    /// The earlier first; a text without a date after all that have one.
    pub undated: bool,
    pub date: Option<Date>,
    pub article: ArticleIx,
}

impl Standing {
    #[must_use]
    pub fn of(article: &Article) -> Self {
        let date = article.date.as_ref().map(|d| d.value);
        Self { authority: authority(article.kind.value), undated: date.is_none(), date, article: article.ix }
    }

    /// Whether a text of this standing may retell one of `other`: an earlier or a higher one, never its like.
    #[must_use]
    pub fn may_retell(&self, other: &Self) -> bool {
        let earlier = matches!((self.date, other.date), (Some(own), Some(source)) if source < own);
        self.may_quote(other) && (earlier || other.authority < self.authority)
    }

    /// Whether a text of this standing can have taken words from one of `other`: not from a later or lesser one.
    #[must_use]
    pub fn may_quote(&self, other: &Self) -> bool {
        match (self.date, other.date) {
            (Some(own), Some(source)) if source < own => true,
            (Some(own), Some(source)) if own < source => false,
            _ => other.authority <= self.authority,
        }
    }
}

fn authority(kind: Kind) -> u8 {
    match kind {
        Kind::Speech | Kind::Declaration | Kind::Initiative | Kind::JointStatement => 0,
        Kind::Abstract => 1,
        Kind::Report => 2,
        Kind::Brief => 3,
        Kind::Other => 4,
        Kind::Commentary => 5,
        Kind::Caption => 6,
    }
}

/// Whether texts of this kind retell what others say. In the others 成员国指出 is their own voice.
#[must_use]
pub fn retells(kind: Kind) -> bool {
    matches!(kind, Kind::Report | Kind::Brief | Kind::Commentary | Kind::Other | Kind::Caption)
}

/// Pairs of articles that are one text, whole or in part: their common words are no quotations.
#[must_use]
pub fn kin(reuse: &Reuse) -> BTreeSet<(ArticleIx, ArticleIx)> {
    let same = |r: DocumentRelation| matches!(r, DocumentRelation::ReprintOf | DocumentRelation::AbstractOf);
    let links = reuse.links.iter().filter(|link| same(link.relation.value));
    links.flat_map(|link| [(link.from, link.to), (link.to, link.from)]).collect()
}

/// Who speaks where in an article: the subjects of its verbs of saying, in order.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    speaker: Option<String>,
    turns: Vec<(u32, u32, String)>,
}

impl Voices {
    #[must_use]
    pub fn of(article: &Article, persons: &Persons) -> Self {
        let speaker = article.speaker.clone();
        let mut turns = Vec::new();
        if speaker.is_none() && retells(article.kind.value) {
            let mut before: Option<String> = None;
            for paragraph in &article.paragraphs {
                let chars: Vec<char> = paragraph.text.chars().collect();
                let scene = Scene::new(&chars, persons, before.as_deref());
                for verb in scene.verbs() {
                    if let Some(who) = scene.turn(verb, persons.full_names()) {
                        turns.push((paragraph.n, u32::try_from(verb.end).unwrap_or(u32::MAX), who));
                    }
                }
                let last = scene.last_named().map(str::to_owned);
                before = last;
            }
        }
        Self { speaker, turns }
    }

    /// Who speaks at `place`.
    #[must_use]
    pub fn at(&self, place: Place) -> Option<&str> {
        let turn = self.turns.partition_point(|t| (t.0, t.1) <= (place.paragraph, place.start));
        self.speaker.as_deref().or_else(|| turn.checked_sub(1).and_then(|i| self.turns.get(i)).map(|t| t.2.as_str()))
    }
}

/// Whether words said to be `quoted`'s can be those of `source`: not if both are known persons, and others.
#[must_use]
pub fn same_voice(quoted: Option<&str>, source: Option<&str>, persons: &BTreeSet<String>) -> bool {
    match (quoted, source) {
        (Some(a), Some(b)) => a.contains(b) || b.contains(a) || !persons.contains(a) || !persons.contains(b),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;

    #[test]
    fn a_report_does_not_outrank_the_speech() {
        let texts =
            corpus(&[(Kind::Report, "报道", &[]), (Kind::Speech, "讲话", &[]), (Kind::Commentary, "评论", &[])]);
        let standing: Vec<_> = texts.iter().map(Standing::of).collect();
        assert!(standing[1] < standing[0] && standing[0] < standing[2]);
        assert!(standing[0].may_quote(&standing[1]) && !standing[1].may_quote(&standing[2]));
    }

    #[test]
    fn voices_follow_the_verbs() {
        let texts =
            corpus(&[(Kind::Report, "报道", &["国家主席习近平在北京指出，甲。", "乙。", "与会领导人表示，丙。"])]);
        let voices = Voices::of(&texts[0], &Persons::learn(&texts));
        let at = |paragraph| voices.at(Place { article: 0, paragraph, start: 14, end: 15 });
        assert_eq!((at(1), at(2), at(3)), (Some("习近平"), Some("习近平"), Some("与会领导人")));
    }
}
