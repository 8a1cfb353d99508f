//! Which headline belongs to which text: before it, after it, inside it, or to none.
//!
//! A page is a row of texts and groups of head lines ([`row`]). Every group is given a part and every text is joined to
//! the one before or begins an article ([`page`]), so that the sum of the evidence ([`weights`]) is greatest.
//!
//! ```text
//! text 新华社阿斯塔纳7月4日电…       ┐ one article: the group after it speaks of it, and no other is left for it
//! head 习近平出席…第二十四次会议      ┘
//! text 上海合作组织（以下称…         ┐
//! head …阿斯塔纳宣言（摘要）          ┘ the same habit of the page
//! ```

mod built;
mod group;
mod numbering;
mod page;
mod row;
mod weights;

use super::grams::stands_in;
use super::unit::{Class, Unit};
use crate::repair::is_number;

pub use row::Element;

/// What a group of head lines is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Title of the text that follows.
    Before,
    /// Title of the text that went before.
    After,
    /// Heading of a section.
    Section,
    /// Signature of the text that went before.
    Signature,
    /// A pull quote: no part of any article.
    Furniture,
    /// More of the group before it.
    More,
}

/// Units given to one article, each head group with its use.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub elements: Vec<(Element, Option<Use>)>,
    /// Where its title stands, if that is not inside a sentence.
    pub titled: Option<Use>,
}

/// Divides the units of a page among articles. What is in none is left to the caller.
#[must_use]
pub fn plans(units: &[Unit]) -> Vec<Plan> {
    page::plans(units, &weights::WEIGHTS)
}

/// A line of a head. A number alone parts a text and heads none.
fn is_head_line(unit: &Unit) -> bool {
    is_head(unit.class) && !is_number(&unit.text)
}

fn is_head(class: Class) -> bool {
    matches!(class, Class::Head | Class::Subtitle | Class::Byline | Class::DateLine | Class::Speaker)
}

/// The head lines that interrupt a sentence of unit `host`, but for pull quotes.
pub fn inner_titles(units: &[Unit], host: usize) -> Vec<usize> {
    let inner = (host + 1..units.len()).take_while(|&k| units.get(k).is_some_and(|u| u.inside.is_some()));
    let titles: Vec<usize> =
        inner.filter(|&k| units.get(k).is_some_and(|u| u.inside == Some(host) && is_head(u.class))).collect();
    if titles.is_empty() {
        return titles;
    }
    // A headline may begin as the text does or name what the text quotes; a pull quote is a sentence of it.
    let text: String = titles.iter().filter_map(|&k| units.get(k)).map(|u| u.text.as_str()).collect();
    let near = host.saturating_sub(6)..(host + 7).min(units.len());
    let others = near.filter(|o| !titles.contains(o)).filter_map(|o| units.get(o)).filter(|o| !is_head(o.class));
    let sentence = text.ends_with(crate::mark::is_terminal);
    if sentence && stands_in(&text, others.map(|o| o.text.as_str())) { Vec::new() } else { titles }
}
