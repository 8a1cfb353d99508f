//! Addresses of pages below the site's root.
//!
//! ```text
//! seeds/剪报 1.txt  ──▶  source/剪报-1-5d41402a.html,  linked as source/%E5%89%AA%E6%8A%A5-1-5d41402a.html
//! ```

use crate::model::{ArticleIx, Edition, Place, SeedIx};

/// The page of an article.
#[must_use]
pub fn article(edition: &Edition, ix: ArticleIx) -> String {
    format!("a/{}.html", edition.id(ix))
}

/// The page of a seed. A name that not every file system can hold is cleaned and marked with a hash.
#[must_use]
pub fn source(edition: &Edition, ix: SeedIx) -> String {
    let path = edition.sources.get(ix).map_or("none", |source| source.path.as_str());
    let stem = path.strip_suffix(".txt").or_else(|| path.strip_suffix(".md"));
    let clean: String = stem.unwrap_or(path).chars().map(|c| if plain(c) { c } else { '-' }).collect();
    if stem == Some(clean.as_str()) {
        format!("source/{clean}.html")
    } else {
        let hash = blake3::hash(path.as_bytes()).to_hex();
        format!("source/{clean}-{}.html", hash.get(..8).unwrap_or_default())
    }
}

fn plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// How many lines of a seed stand on one page.
pub const LINES_A_PAGE: u32 = 2000;

/// Page `number` (from 0) of a seed: the first has the bare name.
#[must_use]
pub fn source_page(edition: &Edition, ix: SeedIx, number: u32) -> String {
    let first = source(edition, ix);
    match number {
        0 => first,
        _ => format!("{}.{}.html", first.trim_end_matches(".html"), number + 1),
    }
}

/// A line of a seed, encoded as a link.
#[must_use]
pub fn source_line(edition: &Edition, ix: SeedIx, line: u32) -> String {
    let page = line.saturating_sub(1) / LINES_A_PAGE;
    format!("{}#L{line}", href(&source_page(edition, ix, page)))
}

/// The paragraph of a place.
#[must_use]
pub fn place(edition: &Edition, place: Place) -> String {
    let paragraph = place.paragraph(&edition.articles);
    format!("{}#{}", article(edition, place.article), paragraph.map_or("", |p| p.anchor.as_str()))
}

/// The collation of two articles, the fuller first.
#[must_use]
pub fn compare(edition: &Edition, a: ArticleIx, b: ArticleIx) -> String {
    format!("compare/{}.html", edition.pair(a, b))
}

/// A path as it is written in a link: every byte that could mean something else is percent-encoded.
#[must_use]
pub fn href(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
            let digit = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or('0');
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    out
}

/// `../` for every folder between `path` and the root.
#[must_use]
pub fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_no_byte_that_means_something() {
        assert_eq!(href("source/报 1#?.html"), "source/%E6%8A%A5%201%23%3F.html");
        assert_eq!(root("index.html"), "");
        assert_eq!(root("a/b.html"), "../");
    }
}
