//! Is a text in simplified or traditional characters? It decides `lang`, and with it the fonts and the glyphs.
//!
//! ```text
//! 國民政府發表宣言  ──▶  zh-Hant          国民政府发表宣言  ──▶  zh-Hans
//! ```

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::Article;

/// Frequent characters whose two forms differ, traditional first.
const PAIRS: &str = "國国會会與与為为來来這这說说時时對对發发學学長长個个們们現现開开關关經经實实動动體体業业產产東东車车\
黨党總总軍军戰战議议問问題题員员務务權权應应當当農农電电報报過过進进後后無无於于";
/// How many characters are looked at.
const SAMPLE: usize = 600;

/// Each character of a pair: is it the traditional one?
static TRADITIONAL: LazyLock<HashMap<char, bool>> =
    LazyLock::new(|| PAIRS.chars().enumerate().map(|(at, c)| (c, at % 2 == 0)).collect());

/// The language tag of an article's text.
pub fn of(article: &Article) -> &'static str {
    let texts = article.paragraphs.iter().map(|p| p.text.as_str());
    lang(std::iter::once(article.title.value.text.as_str()).chain(texts))
}

fn lang<'a>(texts: impl Iterator<Item = &'a str>) -> &'static str {
    let (mut traditional, mut simplified) = (0_usize, 0_usize);
    for c in texts.flat_map(str::chars).take(SAMPLE) {
        match TRADITIONAL.get(&c) {
            Some(true) => traditional += 1,
            Some(false) => simplified += 1,
            None => {}
        }
    }
    if traditional > simplified { "zh-Hant" } else { "zh-Hans" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_majority_decides() {
        assert_eq!(lang(["國民政府發表宣言，於今日"].into_iter()), "zh-Hant");
        assert_eq!(lang(["国民政府发表宣言，於今日"].into_iter()), "zh-Hans");
        assert_eq!(PAIRS.chars().count() % 2, 0);
    }
}
