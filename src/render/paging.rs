//! Lists that are longer than a page.
//!
//! ```text
//! people/index.html  people/2.html  …       1 … 4 [5] 6 … 9
//! ```

use serde::Serialize;

/// A link to another page of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Turn {
    number: usize,
    path: String,
    here: bool,
    /// Pages are left out before it.
    gap: bool,
}

/// How many pages a list of `items` takes: one, even if it is empty.
pub fn pages(items: usize, a_page: usize) -> usize {
    items.div_ceil(a_page).max(1)
}

/// `people/index.html`, `people/2.html` …
pub fn path(folder: &str, number: usize) -> String {
    if number == 0 { format!("{folder}/index.html") } else { format!("{folder}/{}.html", number + 1) }
}

/// `quotes/passages.html`, `quotes/passages-2.html` …
pub fn named(stem: &str, number: usize) -> String {
    if number == 0 { format!("{stem}.html") } else { format!("{stem}-{}.html", number + 1) }
}

/// The pages worth a link from page `here`: the first, the last, and those near.
pub fn turns(here: usize, count: usize, path: impl Fn(usize) -> String) -> Vec<Turn> {
    let mut out: Vec<Turn> = Vec::new();
    let mut previous = None;
    for number in (0..count).filter(|&n| count > 1 && (n == 0 || n + 1 == count || n.abs_diff(here) <= 2)) {
        let gap = previous.is_some_and(|p| p + 1 < number);
        out.push(Turn { number: number + 1, path: path(number), here: number == here, gap });
        previous = Some(number);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_show_both_ends() {
        let numbers = |here, count| turns(here, count, |n| named("a", n)).iter().map(|t| t.number).collect::<Vec<_>>();
        assert_eq!(numbers(0, 1), Vec::<usize>::new());
        assert_eq!(numbers(5, 12), [1, 4, 5, 6, 7, 8, 12]);
        assert_eq!((named("a", 0), path("a", 1)), ("a.html".to_owned(), "a/2.html".to_owned()));
    }
}
