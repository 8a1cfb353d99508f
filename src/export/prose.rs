//! Articles → clean text and Markdown.
//!
//! ```text
//! 老渡口                              ---
//!                                     title: 老渡口
//! 老家的渡口没有名字，…               date: 1987-05-01
//! 后来修了桥。…                       ---
//!                                     老家的渡口没有名字，…
//! ```
//!
//! The Markdown is a clean seed: duikan reads it again, paragraph for paragraph.

use std::io::Write;

use anyhow::Result;

use crate::model::{Article, ArticleIx, Edition, Role};

pub(super) fn text(edition: &Edition, ix: ArticleIx, out: &mut dyn Write) -> Result<()> {
    let Some(article) = edition.articles.get(ix) else { return Ok(()) };
    if !article.title_inferred {
        writeln!(out, "{}", article.title.value.text)?;
        if let Some(subtitle) = &article.subtitle {
            writeln!(out, "{}", subtitle.text)?;
        }
        writeln!(out)?;
    }
    for paragraph in &article.paragraphs {
        writeln!(out, "{}", paragraph.text)?;
    }
    Ok(())
}

/// All texts, two blank lines between them.
pub(super) fn texts(edition: &Edition, out: &mut dyn Write) -> Result<()> {
    for ix in 0..edition.articles.len() {
        if ix > 0 {
            out.write_all(b"\n\n")?;
        }
        text(edition, ix, out)?;
    }
    Ok(())
}

pub(super) fn markdown(edition: &Edition, ix: ArticleIx, out: &mut dyn Write) -> Result<()> {
    let Some(article) = edition.articles.get(ix) else { return Ok(()) };
    writeln!(out, "---")?;
    for (key, value) in head(article) {
        writeln!(out, "{key}: {value}")?;
    }
    writeln!(out, "---")?;
    paragraphs(article, "##", out)
}

/// All texts in one file: a heading of the first level begins each.
pub(super) fn markdowns(edition: &Edition, out: &mut dyn Write) -> Result<()> {
    for article in &edition.articles {
        if article.ix > 0 {
            writeln!(out)?;
        }
        writeln!(out, "# {}", escaped(&article.title.value.text))?;
        paragraphs(article, "##", out)?;
    }
    Ok(())
}

/// What the front matter says. A value that quotation marks enclose is enclosed once more, for the reader takes one pair off.
fn head(article: &Article) -> Vec<(&'static str, String)> {
    let one_line = |text: &str| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.starts_with(['"', '\'']) { format!("\"{text}\"") } else { text }
    };
    let line = |line: &Option<crate::model::HeadLine>| line.as_ref().map(|line| one_line(&line.text));
    let all = [
        ("title", Some(one_line(&article.title.value.text))),
        ("subtitle", line(&article.subtitle)),
        ("kind", Some(article.kind.value.name().to_owned())),
        ("byline", line(&article.byline)),
        ("speaker", article.speaker.as_deref().map(one_line)),
        ("agency", article.agency.as_deref().map(one_line)),
        ("place", article.place.as_deref().map(one_line)),
        ("date", article.date.as_ref().map(|date| date.value.to_string())),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key, value?))).filter(|(_, value)| !value.is_empty()).collect()
}

fn paragraphs(article: &Article, level: &str, out: &mut dyn Write) -> Result<()> {
    for paragraph in &article.paragraphs {
        let text = escaped(&paragraph.text);
        match paragraph.role {
            Role::Heading => writeln!(out, "\n{level} {text}")?,
            _ => writeln!(out, "\n{text}")?,
        }
    }
    Ok(())
}

/// The text with every character escaped that Markdown could take for a mark.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // `1.` begins a list at the start of a line, and nothing elsewhere.
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    for (at, c) in text.chars().enumerate() {
        let always = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '!' | '#' | '~' | '|');
        let begins = at == 0 && matches!(c, '-' | '+' | '=') || at == digits && digits > 0 && matches!(c, '.' | ')');
        // A run of dashes or equals signs under a line would make a heading of it.
        let closes = c == '#' || at > 0 && matches!(c, '-' | '=') && !text.chars().any(char::is_alphanumeric);
        if always || begins || closes {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
