//! The texts of the interface, in one table with both languages.
//!
//! ```toml
//! places = { zh = "另见 {n} 处", en = "{n} other place|{n} other places" }
//! ```
//! Where the English differs for one and many, `|` divides them and `{n}` decides.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use serde::Deserialize;

use crate::config::Ui;

/// A text in both languages. A missing or unknown language is an error of the table.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    zh: String,
    en: String,
}

/// The texts of the interface in the language that was chosen.
#[derive(Clone, Debug)]
pub struct Phrases {
    texts: BTreeMap<String, String>,
    pub ui: Ui,
}

impl Phrases {
    pub fn parse(table: &str, ui: Ui) -> Result<Self> {
        let both: BTreeMap<String, Phrase> = toml::from_str(table).context("templates/phrases.toml")?;
        let texts =
            both.into_iter().map(|(key, phrase)| (key, if ui == Ui::Zh { phrase.zh } else { phrase.en })).collect();
        Ok(Self { texts, ui })
    }

    /// The text `key`, with every `{name}` of `values` replaced.
    pub fn say(&self, key: &str, values: &[(&str, &str)]) -> Result<String> {
        let text = self.texts.get(key).with_context(|| format!("templates/phrases.toml has no phrase {key:?}"))?;
        let count = values.iter().find(|(name, _)| *name == "n").map(|(_, value)| *value);
        let mut text = match (text.split_once('|'), count) {
            (Some((one, _)), Some("1")) => one.to_owned(),
            (Some((_, many)), _) => many.to_owned(),
            (None, _) => text.clone(),
        };
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        Ok(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = include_str!("../../templates/phrases.toml");

    #[test]
    fn every_phrase_is_in_its_language() {
        let both: BTreeMap<String, Phrase> = toml::from_str(TABLE).unwrap();
        let han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
        for (key, phrase) in &both {
            assert!(!phrase.zh.trim().is_empty() && !phrase.en.trim().is_empty(), "{key} is empty");
            if key == "language-other" {
                continue;
            }
            assert!(!phrase.en.chars().any(han), "{key}: Chinese in the English text {:?}", phrase.en);
            let latin = phrase.zh.replace("Markdown", "").replace("duikan", "").replace("JSON", "");
            let mut bare = latin.as_str();
            let mut outside = String::new();
            while let Some((before, rest)) = bare.split_once('{') {
                outside.push_str(before);
                bare = rest.split_once('}').map_or("", |(_, after)| after);
            }
            outside.push_str(bare);
            let word = outside.split(|c: char| !c.is_ascii_alphabetic()).find(|word| word.len() > 1);
            assert_eq!(word, None, "{key}: English in the Chinese text {:?}", phrase.zh);
        }
    }

    #[test]
    fn every_reason_for_a_kind_is_told_in_words() {
        let both: BTreeMap<String, Phrase> = toml::from_str(TABLE).unwrap();
        let untold: Vec<_> =
            crate::segment::CODES.iter().filter(|code| !both.contains_key(&format!("evidence-{code}"))).collect();
        assert_eq!(untold, [] as [&&str; 0]);
    }

    #[test]
    fn both_languages_name_the_same_values() {
        let both: BTreeMap<String, Phrase> = toml::from_str(TABLE).unwrap();
        let names = |text: &str| {
            let mut names: Vec<_> =
                text.split('{').skip(1).filter_map(|s| Some(s.split_once('}')?.0.to_owned())).collect();
            names.sort();
            names.dedup();
            names
        };
        for (key, phrase) in &both {
            assert_eq!(names(&phrase.zh), names(&phrase.en), "{key}");
        }
    }

    #[test]
    fn one_and_many() {
        let table = "places = { zh = \"{n} 处\", en = \"{n} place|{n} places\" }";
        let phrases = Phrases::parse(table, Ui::En).unwrap();
        assert_eq!(phrases.say("places", &[("n", "1")]).unwrap(), "1 place");
        assert_eq!(phrases.say("places", &[("n", "7")]).unwrap(), "7 places");
        assert!(phrases.say("nothing", &[]).is_err());
    }
}
