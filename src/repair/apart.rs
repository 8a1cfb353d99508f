//! Lines that stand apart from the text that flows around them: captions, pull quotes, print of the page.
//!
//! They are set off by blank lines and known by their words, so they are lifted out before the text is read, and a
//! sentence they interrupt goes on over them as if they were not there.
//!
//! ```text
//! 风依旧在吹，但                      ┐
//!   图为茶农采摘春茶。新华社记者摄      apart
//! 沙，不再往前走了。                  ┘ one sentence
//! ```

use std::collections::HashMap;
use std::ops::Range;

use foldhash::fast::FixedState;

use super::Matter;
use super::line::{Line, joined, widest};
use super::picture::{self, captions};
use super::trigram::Trigram;
use crate::aside::{is_caption, is_furniture, is_running_head, points};
use crate::mark::{ends_sentence, is_letter, is_opening, is_space};
use crate::sieve::Sieve;
use crate::signing::is_signing;

/// Longest pull quote, in lines.
const LONGEST_QUOTE: usize = 5;
/// Shortest pull quote, in letters, and how many before it are looked at.
const SHORTEST: usize = 8;
/// Blank lines set something off where no more than one line of so many has one above it.
const SPARSE: usize = 5;
const BEFORE: usize = 4;
/// Longest pull quote, in bytes: so many are held against every place of the page.
const LONGEST_TEXT: usize = 1024;
/// Lines above and below that tell how wide the column is, and how many fifths of it a quote set narrow takes at most.
/// Of fewer lines, and no sentence, it may be a headline that is taken from the text.
const AROUND: usize = 2;
const FIFTHS: u32 = 4;
const NARROW: usize = 3;

/// The runs of lines that stand apart, in order, with what they surely are by how they are set.
#[must_use]
pub fn apart(lines: &[Line<'_>]) -> Vec<(Range<usize>, Matter)> {
    let captions = fixed(lines);
    let mut found: Vec<(Range<usize>, Matter)> = captions.iter().map(|run| (run.clone(), Matter::Prose)).collect();
    let mut captions = captions.iter().peekable();
    let mut quotes: Vec<Quote> = Vec::new();
    // Where blank lines part all paragraphs, they set nothing off.
    let sparse = lines.iter().filter(|line| line.gap > 0).count() * SPARSE <= lines.len();
    let mut from = 0;
    while from < lines.len() {
        let next = lines.iter().skip(from + 1).take(picture::LONGEST).position(|l| l.gap > 0).map(|n| from + 1 + n);
        let Some(to) = next.or_else(|| (lines.len() - from <= picture::LONGEST).then_some(lines.len())) else {
            from = lines.iter().skip(from + 1).position(|l| l.gap > 0).map_or(lines.len(), |n| from + 1 + n);
            continue;
        };
        let run = from + ends(lines, from..to)..to;
        let run = run.start + above_pointer(lines, run.clone())..to;
        from = to;
        while captions.next_if(|caption| caption.end <= run.start).is_some() {}
        if captions.peek().is_some_and(|caption| caption.start < run.end) {
            continue;
        }
        let text = joined(lines.get(run.clone()).unwrap_or_default());
        if !text.is_empty() && (is_caption(&text) || run.len() == 1 && is_furniture(&text)) {
            found.push((run, Matter::Prose));
        } else {
            quotes.extend(quote(lines, run, &text, sparse));
        }
    }
    found.extend(repeated(lines, quotes));
    found.sort_by_key(|(run, _)| run.start);
    found
}

/// Captions, and lines of the page itself, which may part a sentence with no blank line around them.
fn fixed(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let captions = captions(lines);
    let is_free = |at: &usize| {
        let next = captions.partition_point(|run| run.end <= *at);
        captions.get(next).is_none_or(|run| !run.contains(at))
    };
    let is_head = |at: &usize| lines.get(*at).is_some_and(|line| is_running_head(&line.text));
    let heads: Vec<Range<usize>> = (0..lines.len()).filter(is_head).filter(is_free).map(|at| at..at + 1).collect();
    let mut found = captions;
    found.extend(heads);
    found.sort_by_key(|run| run.start);
    found
}

/// How many lines at the start of a run end the text above: （新华社北京7月4日电）
fn ends(lines: &[Line<'_>], run: Range<usize>) -> usize {
    let run = lines.get(run).unwrap_or_default();
    run.iter().take_while(|l| crate::dateline::closing(&l.text).is_some()).count()
}

/// How many lines at the start of a run sign the text above a caption that says which picture it tells of.
fn above_pointer(lines: &[Line<'_>], run: Range<usize>) -> usize {
    let run = lines.get(run).unwrap_or_default();
    let Some(at) = run.iter().position(|line| points(&line.text)) else { return 0 };
    if at.checked_sub(1).and_then(|above| run.get(above)).is_some_and(|line| is_signing(&line.text)) { at } else { 0 }
}

/// Lines that may be a sentence of the page, set again to catch the eye.
struct Quote {
    run: Range<usize>,
    /// Only between marks does it stand where it was taken from, as a headline of the same words hardly does.
    divided: bool,
    /// It is set narrow, as nothing else is.
    narrow: bool,
}

/// The lines as a pull quote: a whole sentence where the line before is none; where blank lines set something off, one
/// that is longer than a heading; and whatever is set narrow.
fn quote(lines: &[Line<'_>], run: Range<usize>, text: &str, sparse: bool) -> Option<Quote> {
    let before = run.start.checked_sub(1).and_then(|i| lines.get(i));
    let open = before.is_some_and(|line| !ends_sentence(&line.text));
    let whole = ends_sentence(text);
    let set_off = sparse && before.is_some() && run.end < lines.len() && (whole || run.len() > 1);
    let quoted = text.starts_with(is_opening);
    let narrow = run.len() >= NARROW && is_narrow(lines, run.clone());
    let is_short = run.len() <= LONGEST_QUOTE && text.len() <= LONGEST_TEXT;
    let is_quote = is_short && (open && whole || !quoted && (open && sparse || set_off) || narrow);
    is_quote.then_some(Quote { divided: !(open && whole), narrow, run })
}

/// Whether the lines fill a measure of their own, inside that of the column.
fn is_narrow(lines: &[Line<'_>], run: Range<usize>) -> bool {
    let widest = |run: Range<usize>| widest(lines.get(run).unwrap_or_default());
    let above = widest(run.start.saturating_sub(AROUND)..run.start);
    let below = widest(run.end..(run.end + AROUND).min(lines.len()));
    let own = widest(run.clone());
    let fills = |line: &Line<'_>| line.width * 5 > own * FIFTHS;
    let full = lines.get(run.start..run.end.saturating_sub(1)).unwrap_or_default();
    !full.is_empty() && full.iter().all(fills) && own * 5 <= above.min(below) * FIFTHS
}

/// The runs whose words stand somewhere else on the page as well, letter for letter.
fn repeated(lines: &[Line<'_>], quotes: Vec<Quote>) -> Vec<(Range<usize>, Matter)> {
    /// Runs that begin alike and are looked for: a page of nothing but such runs stays linear.
    const ALIKE: usize = 16;
    if quotes.is_empty() {
        return Vec::new();
    }
    // Most characters take three bytes, and some take one.
    let room = lines.iter().map(|line| line.text.len()).sum::<usize>() / 2;
    let mut letters: Vec<char> = Vec::with_capacity(room);
    let mut starts = Vec::with_capacity(lines.len());
    // Before which letters a mark stands.
    let mut marked: Vec<usize> = vec![0];
    for line in lines {
        starts.push(letters.len());
        for c in line.text.chars() {
            if is_letter(c) {
                letters.push(c);
            } else if !is_space(c) && marked.last() != Some(&letters.len()) {
                marked.push(letters.len());
            }
        }
    }
    marked.push(letters.len());
    let is_divided =
        |place: usize, length: usize| [place, place + length].iter().all(|at| marked.binary_search(at).is_ok());
    let at = |line: usize| starts.get(line).copied().unwrap_or(letters.len());
    let mut wanted: HashMap<&[char], Vec<usize>, FixedState> = HashMap::default();
    for (ix, Quote { run, .. }) in quotes.iter().enumerate() {
        if let Some(key) = letters.get(at(run.start)..at(run.end)).and_then(|quote| quote.get(..SHORTEST)) {
            let alike = wanted.entry(key).or_default();
            if alike.len() < ALIKE {
                alike.push(ix);
            }
        }
    }
    let last = |key: &&[char]| key.iter().fold(Trigram::default(), |last, &c| last.then(c)).number();
    let sieve = Sieve::new(wanted.keys().map(last));
    // A sentence that the quote itself interrupts stands before it and behind it.
    let interrupts = |Quote { run, .. }: &Quote| {
        let own = at(run.start)..at(run.end);
        let quote = letters.get(own.clone()).unwrap_or_default();
        let before = letters.get(own.start.saturating_sub(quote.len())..own.start).unwrap_or_default();
        let behind = letters.get(own.end..(own.end + quote.len()).min(letters.len())).unwrap_or_default();
        let around = || before.iter().chain(behind).copied().collect::<Vec<char>>();
        quote.len() >= SHORTEST && around().windows(quote.len()).any(|window| window == quote)
    };
    let mut found: Vec<bool> = quotes.iter().map(interrupts).collect();
    let mut last = Trigram::default();
    for (end, &c) in letters.iter().enumerate() {
        last = last.then(c);
        let Some(place) = end.checked_sub(SHORTEST - 1).filter(|_| sieve.may_hold(last.number())) else { continue };
        let Some(alike) = letters.get(place..=end).and_then(|window| wanted.get(window)) else { continue };
        for &ix in alike {
            let Some(Quote { run, divided, .. }) = quotes.get(ix) else { continue };
            let own = at(run.start)..at(run.end);
            let says = letters.get(own.clone()) == letters.get(place..place + own.len());
            // Where the words before it are the same as well, it is no quote: it goes on from them, here as there.
            let before = |at: usize| letters.get(at.saturating_sub(BEFORE)..at);
            if says
                && !own.contains(&place)
                && (!divided || is_divided(place, own.len()))
                && before(own.start) != before(place)
                && let Some(found) = found.get_mut(ix)
            {
                *found = true;
            }
        }
    }
    let matter = |quote: &Quote| if quote.narrow { Matter::Quote } else { Matter::Prose };
    let quotes = quotes.into_iter().zip(found).filter(|(_, found)| *found);
    quotes.map(|(quote, _)| (quote.run.clone(), matter(&quote))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use crate::model::{Format, Source};

    fn apart(page: &str) -> Vec<(usize, usize)> {
        let runs = super::apart(&lines(&Source::of("page.txt", Format::Raw, page)));
        runs.into_iter().map(|(run, _)| (run.start, run.end)).collect()
    }

    #[test]
    fn a_sentence_set_again_between_paragraphs_stands_apart() {
        let page = "　　入冬以来，多地气温骤降。与往年不同的是，一些国\n家不再满足于发放补贴，而是把目光投向墙体、门窗和\n屋顶。\n　　专家认为，节能改造正成为各方的共同选择。各国都\n在行动。\n\n与往年不同的是，一些国家不再\n满足于发放补贴，而是把目光投\n向墙体、门窗和屋顶。\n\n　　数据显示，去年超过六十万户家庭申领补贴，总额达\n三十一亿欧元，其中整栋改造的不到两成。\n　　这一比例还在上升。";
        assert_eq!(apart(page), [(5, 8)]);
    }

    #[test]
    fn words_set_narrow_stand_apart_whatever_they_begin_with() {
        let page = "　　书的作者不是学者，蒲松原，是个县文化馆干部。人们说，\n　　他不抒情，只做了一件笨事，走了一百三十户。\n\n“蒲松原，是\n个县文化馆\n干部”\n\n　　书里的锅，有的是祖上传下来的，有的是新近买来的。\n　　每一口都有来历。";
        assert_eq!(apart(page), [(2, 5)]);
    }

    #[test]
    fn a_signature_above_a_caption_is_none_of_it() {
        let page = "预祝大会取得圆满成功！\n\n中国古生物学会\n图为大桥合龙现场。张三摄\n\n2023年11月7日";
        assert_eq!(apart(page), [(2, 3)]);
    }
}
