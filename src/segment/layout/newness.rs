//! How much speaks for it that an article begins with a paragraph.
//!
//! ```text
//! 新华社北京7月4日电　…   it opens with a dateline
//! 三、双方支持…           its number is the next of those above: nothing begins
//! ```

use super::super::unit::{Class, Unit};
use super::lead;
use super::numbering::Numbering;
use super::page::{Page, when};
use super::row;
use crate::signing;
use crate::wording;

/// The evidence for each element of prose, set against the prose before it.
#[must_use]
pub fn all(page: &Page<'_>) -> Vec<f32> {
    let mut before: Option<usize> = None;
    let mut title: Option<usize> = None;
    let mut numbering = Numbering::default();
    let mut all = Vec::with_capacity(page.elements.len());
    for (i, element) in page.elements.iter().enumerate() {
        let goes_on: Vec<bool> = page.of(i).map(|unit| numbering.goes_on(&unit.text)).collect();
        let numbered_on = when(goes_on.first() == Some(&true), page.weights.numbered_on);
        if element.head {
            title = if page.titled(i) { Some(i) } else { title };
            all.push(0.0);
        } else {
            let again = page.weights.opens_again * again(page, title, before, i);
            all.push(opens(page, before, i) + follows(page, before, i) + numbered_on + again);
            before = Some(i);
        }
    }
    all
}

/// What share of the words of the headline above stands in a telegram that follows another under it; or, of the headline
/// below, in both of them.
fn again(page: &Page<'_>, title: Option<usize>, before: Option<usize>, i: usize) -> f32 {
    // A report of many paragraphs is no telegram.
    let is_sent = |i: usize| page.first(i).is_some_and(|unit| unit.opening.is_some()) && page.of(i).count() <= SHORT;
    let Some(before) = before.filter(|before| before + 1 == i && is_sent(i)) else { return 0.0 };
    let shared = |title: usize, text: usize| {
        let shared = |head: &str| page.head(head).overlap(page.stretch(text));
        shared(&page.titles(title)).max(shared(&page.headlines(title)))
    };
    let above = title.filter(|&title| title < before).map_or(0.0, |title| shared(title, i));
    let below = (i + 1..page.elements.len()).take(FAR).find(|&below| page.titled(below));
    above.max(below.map_or(0.0, |below| shared(below, i).min(shared(below, before))))
}

/// Paragraphs of a telegram.
const SHORT: usize = 2;

/// Elements below a telegram among which its headline may stand.
const FAR: usize = 8;

/// What the paragraph shows of itself.
fn opens(page: &Page<'_>, before: Option<usize>, i: usize) -> f32 {
    let w = page.weights;
    let Some(first) = page.first(i) else { return 0.0 };
    let opens = match &first.opening {
        Some(_) if first.is_message() => w.opens_message,
        // The old press prints telegram after telegram under one headline.
        Some(opening) if opening.month.is_none() => w.opens_telegram,
        Some(_) => w.opens_dated,
        None if before.is_none() || first.class != Class::Prose => 0.0,
        None => {
            let adjacent = before.is_some_and(|b| b + 1 == i);
            when(lead::tells_news(&first.text), w.opens_news)
                + when(adjacent && lead::leans_back(&first.text), w.leans_back)
        }
    };
    opens
        + when(row::is_preface(&first.text), w.opens_preface)
        + when(first.continued.is_some(), w.opens_continued)
        + when(first.class == Class::End, w.opens_closed)
        + when(first.class == Class::Salutation, w.opens_addressed)
        + when(wording::addresses(&first.text), w.opens_letter)
        + when(first.class == Class::Salutation && wording::addresses_editor(&first.text), w.opens_to_editor)
        + when(replies(page, i), w.opens_reply)
        + when(lead::adds(&first.text), w.opens_postscript)
}

/// Whether it addresses somebody whose name stands right above, as the answer to his letter does: 根生先生：
fn replies(page: &Page<'_>, i: usize) -> bool {
    let addressed = page.first(i).and_then(|unit| lead::addressee(&unit.text));
    let Some(addressed) = addressed else { return false };
    (i.saturating_sub(2)..i).any(|above| page.of(above).any(|unit| unit.text.contains(addressed)))
}

/// What the text before it shows, and what stands between.
fn follows(page: &Page<'_>, before: Option<usize>, i: usize) -> f32 {
    let w = page.weights;
    let Some(first) = page.first(i) else { return 0.0 };
    let ix = page.elements.get(i).and_then(|e| e.units.first()).copied().unwrap_or(0);
    let adjacent = before.is_some_and(|b| b + 1 == i);
    let gap = match row::wide_gap(page.units, ix) {
        _ if !adjacent => 0.0,
        i32::MIN..=0 => 0.0,
        1 => w.gap_wider,
        _ => w.gap_widest,
    };
    let own = gap + when(!adjacent && first.class != Class::End && is_signed(page, i), w.after_signature);
    let Some(last) = before.and_then(|b| page.last(b)) else { return own };
    let remeasured = first.measure.is_some() && last.measure.is_some() && first.measure != last.measure;
    own + when(last.closes(), w.after_closing)
        + when(wording::signs_off(&last.text), w.after_signing_off)
        + when(last.class == Class::Thanks, w.after_thanks)
        + when(remeasured, w.measure)
        + when(last.unfinished, w.after_unfinished)
        + when(adjacent && announces(last), w.after_announcing)
}

/// Whether more must follow: an address does, or it breaks off with 以下是几个例子：
fn announces(unit: &Unit) -> bool {
    unit.class == Class::Salutation || unit.text.ends_with(['：', ':', '，'])
}

/// Whether nothing stands above it but what signs the text before that: a name and whence it is, a day, a body.
fn is_signed(page: &Page<'_>, i: usize) -> bool {
    let Some(above) = i.checked_sub(1) else { return false };
    let signs = |unit: &Unit| unit.class == Class::DateLine || signing::is_signing(signing::undashed(&unit.text));
    let named = page.of(above).any(|unit| unit.class != Class::DateLine);
    above > 0 && named && page.of(above).all(signs)
}
