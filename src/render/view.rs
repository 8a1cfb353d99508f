//! Small views that several pages show: a reference to an article, a day, the words of a guess.
//!
//! ```text
//! articles[3]  ──▶  { title: "在会议上的讲话", path: "a/speech-20240704.html", kind: "speech", date: "2024年7月4日" }
//! ```

use std::borrow::Cow;

use anyhow::Result;
use serde::Serialize;

use crate::config::Ui;
use crate::model::{Article, ArticleIx, Date, Evidence};

use super::stencil::Word;
use super::{Markup, Site, link};

/// An article as other pages name it.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleRef<'e> {
    pub title: &'e str,
    pub inferred: bool,
    pub path: String,
    pub kind: &'static str,
    pub date: Option<Markup>,
    pub lang: &'static str,
}

/// An article as a link to it, where nothing else is told of it.
#[derive(Clone, Debug, Serialize)]
pub struct Link<'e> {
    pub title: &'e str,
    pub path: String,
    pub lang: &'static str,
}

/// A day, for people and for machines.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    pub text: String,
    pub iso: String,
    pub inferred: bool,
}

/// One reason of a guess: in words, and the characters it rests on.
#[derive(Clone, Debug, Serialize)]
pub struct Reason<'e> {
    pub text: String,
    pub quote: Cow<'e, str>,
}

/// The article `ix`, as other pages name it.
pub fn article<'e>(site: &Site<'e>, ix: ArticleIx) -> Result<ArticleRef<'e>> {
    let article = site.edition.articles.get(ix);
    Ok(ArticleRef {
        title: article.map_or("", title),
        inferred: article.is_some_and(|a| a.title_inferred),
        path: link::article(site.edition, ix),
        kind: article.map_or("other", |a| a.kind.value.name()),
        date: article.and_then(|a| a.date.as_ref()).map(|date| time(site, date.value)).transpose()?,
        lang: site.lookup.lang(ix),
    })
}

/// The article `ix` as a line of a list, on a page whose links start from `root`.
pub fn text(site: &Site<'_>, root: &str, ix: ArticleIx) -> Result<Markup> {
    let ArticleRef { title, inferred, path, kind, date, lang } = article(site, ix)?;
    let date = date.unwrap_or_default();
    let given = [
        ("article.kind", Word::Name(kind)),
        ("article.lang", Word::Name(lang)),
        ("article.path", Word::Text(&path)),
        ("article.title", Word::Text(title)),
        ("article.inferred", Word::Flag(inferred)),
        ("article.date", Word::Markup(&date)),
        ("page.root", Word::Text(root)),
    ];
    let mut out = Markup::new();
    site.draw("text", &given, &mut out)?;
    Ok(out)
}

/// The article `ix`, as a link to it.
pub fn link<'e>(site: &Site<'e>, ix: ArticleIx) -> Link<'e> {
    let title = site.edition.articles.get(ix).map_or("", title);
    Link { title, path: link::article(site.edition, ix), lang: site.lookup.lang(ix) }
}

/// What an article is called.
pub fn title(article: &Article) -> &str {
    article.title.value.text.as_str()
}

/// A day in the form of the interface's language.
pub fn day(site: &Site<'_>, date: Date) -> Result<Day> {
    let text = match site.ui() {
        Ui::Zh => format!("{}年{}月{}日", date.year, date.month, date.day),
        Ui::En => format!("{} {} {}", date.day, month(site, date.month)?, date.year),
    };
    Ok(Day { text, iso: date.to_string(), inferred: date.inferred })
}

/// The same as it stands on a page.
fn time(site: &Site<'_>, date: Date) -> Result<Markup> {
    let Day { text, iso, inferred } = day(site, date)?;
    let given =
        [("day.text", Word::Text(&text)), ("day.iso", Word::Text(&iso)), ("day.inferred", Word::Flag(inferred))];
    let mut out = Markup::new();
    site.draw("day", &given, &mut out)?;
    Ok(out)
}

fn month(site: &Site<'_>, month: u8) -> Result<String> {
    site.phrase(&format!("month-{month}"), &[])
}

/// The reasons of a guess. A code without a phrase of its own is shown as it is.
pub fn reasons<'e>(site: &Site<'_>, evidence: &'e [Evidence]) -> Vec<Reason<'e>> {
    let reason = |e: &'e Evidence| Reason {
        text: site.phrase(&format!("evidence-{}", e.code), &[]).unwrap_or_else(|_| e.code.clone().into_owned()),
        // A kind is quoted by its code, which is no word of the interface.
        quote: match (e.code == "kind").then(|| site.phrase(&format!("kind-{}", e.quote), &[])) {
            Some(Ok(kind)) => Cow::Owned(kind),
            Some(Err(_)) | None => Cow::Borrowed(&e.quote),
        },
    };
    evidence.iter().map(reason).collect()
}
