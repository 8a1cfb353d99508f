//! The newspaper press: known articles → messy pages, with the truth about them.
//!
//! ```text
//! 当前，世界之变、时代之变、历史之变正以前所未有的方式展开，…       one paragraph
//!   ↓ style `blank`, measure 16
//! 当前，世界之变、时代之变、历史                                 line 9, known to begin a paragraph
//! 之变正以前所未有的方式展开，世界
//! ```
//!
//! Deterministic: the same texts, style and seed give the same page.

pub mod clean;
mod fill;
mod rng;
mod sheet;
pub mod style;

pub use clean::Clean;
pub use rng::Rng;
pub use style::{STYLES, Style};

use crate::gold::Known;

/// A printed page and what stands on it.
#[derive(Clone, Debug)]
pub struct Page {
    pub text: String,
    pub known: Known,
}

/// Prints all articles in one style, two to four on a page.
pub fn print(articles: &[Clean], style: &Style, seed: u64) -> Vec<Page> {
    let mut rng = Rng::new(seed ^ style.name.bytes().fold(0, |h: u64, b| h.wrapping_mul(31) + u64::from(b)));
    let (captions, mut texts): (Vec<&Clean>, Vec<&Clean>) =
        articles.iter().filter(|a| a.hant == style.is_republic()).partition(|a| a.is_caption());
    rng.shuffle(&mut texts);
    let mut pages = Vec::new();
    while !texts.is_empty() {
        let rest = texts.split_off(texts.len().min(rng.between(2, 4)));
        pages.push(sheet::page(&texts, &captions, style, &mut rng));
        texts = rest;
    }
    pages
}
