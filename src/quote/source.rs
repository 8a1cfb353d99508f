//! Who speaks where in a text, and which texts are one.
//!
//! ```text
//! 国家主席习近平指出，…   与会领导人表示，…   →   the words of 习近平, then those of 与会领导人
//! 宣言 and its abstract                       →   kin: what they share is no quotation
//! ```

use std::collections::BTreeSet;

use super::marks;
use super::saying::Scene;
use crate::model::{Article, ArticleIx, DocumentRelation, Kind, Place, Reuse};
use crate::name::Persons;

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
            let texts: Vec<Vec<char>> = article.paragraphs.iter().map(|p| p.text.chars().collect()).collect();
            let marks = marks::of_text(&texts);
            for (paragraph, (chars, marks)) in article.paragraphs.iter().zip(texts.iter().zip(&marks)) {
                let scene = Scene::new(chars, marks, persons, before.as_deref());
                for &verb in scene.verbs() {
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

/// Whether words said to be `quoted`'s are those of the same known person in the source.
#[must_use]
pub fn is_voice(quoted: Option<&str>, source: Option<&str>, persons: &BTreeSet<String>) -> bool {
    quoted.zip(source).is_some_and(|(a, b)| a == b && persons.contains(a))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::corpus;

    #[test]
    fn voices_follow_the_verbs() {
        let texts =
            corpus(&[(Kind::Report, "报道", &["国家主席习近平在北京指出，甲。", "乙。", "与会领导人表示，丙。"])]);
        let voices = Voices::of(&texts[0], &Persons::learn(&texts));
        let at = |paragraph| voices.at(Place { article: 0, paragraph, start: 14, end: 15 });
        assert_eq!((at(1), at(2), at(3)), (Some("习近平"), Some("习近平"), Some("与会领导人")));
    }
}
