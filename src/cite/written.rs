//! Citations as they are written in a list of references.
//!
//! ```text
//! GB/T 7714   新华社. 上合峰会举行[N]. 人民日报, 2024-07-05(2).
//! Chicago     新华社. “上合峰会举行.” 人民日报, July 5, 2024, 2.
//! APA         新华社. (2024, July 5). 上合峰会举行. 人民日报, 2.
//! ```

use crate::model::Date;

use super::Reference;

/// GB/T 7714—2015, newspaper: 作者. 题名\[N\]. 报纸名, 年-月-日(版次).
pub(super) fn gbt(reference: &Reference) -> String {
    let mark = match (&reference.paper, &reference.address) {
        (Some(_), None) => "[N]",
        (Some(_), Some(_)) => "[N/OL]",
        (None, None) => "[Z]",
        (None, Some(_)) => "[EB/OL]",
    };
    let page = reference.page.as_ref().map_or_else(String::new, |page| format!("({page})"));
    let when = reference.date.map(|date| date.to_string()).unwrap_or_default() + &page;
    let container = [reference.paper.clone().unwrap_or_default(), when];
    let container: Vec<String> = container.into_iter().filter(|part| !part.is_empty()).collect();
    let mut parts: Vec<String> = Vec::new();
    parts.extend(reference.author.clone());
    parts.push(format!("{}{mark}", reference.full_title("：")));
    parts.extend((!container.is_empty()).then(|| container.join(", ")));
    parts.extend(reference.address.clone());
    format!("{}.", parts.join(". "))
}

/// The Chicago Manual of Style, bibliography entry of a newspaper article.
pub(super) fn chicago(reference: &Reference) -> String {
    let title = reference.full_title(": ");
    let author = reference.author.as_ref().map_or_else(String::new, |author| sentence(author) + " ");
    let out = format!("{author}“{}”", sentence(&title));
    let mut about: Vec<String> = Vec::new();
    about.extend(reference.paper.clone());
    about.extend(reference.date.map(|date| format!("{} {}, {}", month(date), date.day, date.year)));
    about.extend(reference.page.clone());
    closed(out, &about.join(", "), reference)
}

/// The style of the American Psychological Association, seventh edition: newspaper article.
pub(super) fn apa(reference: &Reference) -> String {
    let day = reference.date.map_or_else(|| "n.d.".to_owned(), |d| format!("{}, {} {}", d.year, month(d), d.day));
    let title = sentence(&reference.full_title(": "));
    let out = match &reference.author {
        Some(author) => format!("{} ({day}). {title}", sentence(author)),
        None => format!("{title} ({day})."),
    };
    let about: Vec<&str> = [&reference.paper, &reference.page].into_iter().flatten().map(String::as_str).collect();
    closed(out, &about.join(", "), reference)
}

/// Adds where it was printed, and the address without a stop that a reader might copy with it.
fn closed(mut out: String, about: &str, reference: &Reference) -> String {
    if !about.is_empty() {
        out.push(' ');
        out.push_str(&sentence(about));
    }
    if let Some(address) = &reference.address {
        out.push(' ');
        out.push_str(address);
    }
    out
}

/// `text` with a stop, unless it ends as a sentence does.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!', '。', '？', '！', '…']) { text.to_owned() } else { format!("{text}.") }
}

fn month(date: Date) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::from(date.month).checked_sub(1).and_then(|at| NAMES.get(at)).copied().unwrap_or("")
}
