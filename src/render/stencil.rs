//! Components of the templates that stand on the pages by the million: each is rendered once for every form that it takes,
//! with holes where its words go, and filled from then on.
//!
//! ```text
//! <line number=7 text="效，…新发展。" cut=false />     form: no cut, no repairs
//!     rendered once    <li id="L◌"><a class="ln" href="#L◌">◌</a><span class="print">◌</span></li>
//!     filled           <li id="L7"><a class="ln" href="#L7">7</a><span class="print">效，…新发展。</span></li>
//! ```
//!
//! The templates stay the masters of how it looks, those of a project as well. A component may print the words that it is
//! given, ask whether there are any and put them into phrases. One that counts them, writes them larger or asks how many
//! there are is found out when its stencil is tried, and rendered each time; one that compares them with words of its own
//! is not. Of the page it sees what it is given.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock};

use anyhow::{Context as _, Result};
use foldhash::fast::FixedState;
use tera::{Context, Tera, Value};

use super::Markup;

/// What a component is given under a name; `page.root` is the `root` of what it calls `@page`.
pub type Given<'a> = (&'static str, Word<'a>);

/// A value of a component.
#[derive(Clone, Copy, Debug)]
pub enum Word<'a> {
    /// One of a few names, by which the component may decide what it looks like.
    Name(&'a str),
    Names(&'a [&'static str]),
    Flag(bool),
    /// Whatever stands in a seed; it is escaped.
    Text(&'a str),
    Number(usize),
    Markup(&'a Markup),
}

/// Numbers that phrases and templates write alike: of one, phrases say something else, and phrases part thousands.
const ALIKE: std::ops::Range<usize> = 2..1000;

impl Word<'_> {
    /// Whether it goes into a hole. What is empty decides what a component looks like, too.
    fn fills(self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Markup(markup) => !markup.as_str().is_empty(),
            Self::Number(number) => ALIKE.contains(&number),
            Self::Name(_) | Self::Names(_) | Self::Flag(_) => false,
        }
    }

    /// What the templates see of it.
    fn value(self) -> Value {
        match self {
            Self::Name(text) | Self::Text(text) => Value::from(text),
            Self::Names(names) => Value::from(names.to_vec()),
            Self::Flag(flag) => Value::from(flag),
            Self::Number(number) => Value::from(number),
            Self::Markup(markup) => Value::safe_string(markup.as_str()),
        }
    }

    /// Writes it where the templates print it.
    fn print(self, out: &mut Markup) {
        match self {
            Self::Text(text) => drop(out.text(text)),
            Self::Number(number) => drop(out.number(number)),
            Self::Markup(markup) => drop(out.markup(markup.as_str())),
            // These never stand in holes.
            Self::Name(_) | Self::Names(_) | Self::Flag(_) => {}
        }
    }
}

/// A form that is drawn no more often is rendered each time: to cut its stencil and to try it costs as much.
const RARE: u32 = 8;

/// The stencils that were cut so far, by component and form.
#[derive(Debug)]
pub struct Stencils {
    forms: RwLock<HashMap<String, Form, FixedState>>,
    rare: u32,
}

/// How often a form was drawn without a stencil, and its stencil.
#[derive(Debug, Default)]
struct Form {
    drawn: AtomicU32,
    stencil: OnceLock<Stencil>,
}

impl Default for Stencils {
    fn default() -> Self {
        Self { forms: RwLock::default(), rare: RARE }
    }
}

impl Stencils {
    /// Stencils of what was drawn so often without one.
    #[cfg(test)]
    pub fn after(rare: u32) -> Self {
        Self { rare, ..Self::default() }
    }

    /// The components that had to be rendered each time.
    #[cfg(test)]
    pub fn solid(&self) -> Vec<String> {
        let forms = self.forms.read().unwrap_or_else(PoisonError::into_inner);
        let solid = forms.iter().filter(|(_, form)| matches!(form.stencil.get(), Some(Stencil::Solid)));
        solid.map(|(form, _)| form.split('\0').next().unwrap_or_default().to_owned()).collect()
    }

    /// Draws a component. It must be given the same names in the same order wherever it is drawn.
    pub fn draw(&self, tera: &Tera, component: &'static str, given: &[Given<'_>], out: &mut Markup) -> Result<()> {
        let Some(name) = form(component, given) else {
            out.markup(&whole(tera, component, given)?);
            return Ok(());
        };
        let forms = self.forms.read().unwrap_or_else(PoisonError::into_inner);
        let Some(form) = forms.get(&name) else {
            drop(forms);
            self.forms.write().unwrap_or_else(PoisonError::into_inner).entry(name).or_default();
            return self.draw(tera, component, given, out);
        };
        if form.stencil.get().is_none() && form.drawn.fetch_add(1, Ordering::Relaxed) < self.rare {
            out.markup(&whole(tera, component, given)?);
            return Ok(());
        }
        form.stencil.get_or_init(|| Stencil::cut(tera, component, given)).draw(tera, component, given, out)
    }
}

/// The form of a component: all that decides what it looks like. `None` where there would be too many.
fn form(component: &'static str, given: &[Given<'_>]) -> Option<String> {
    let mut form = String::with_capacity(64);
    form.push_str(component);
    for (_, word) in given {
        form.push('\0');
        match word {
            Word::Name(name) => form.push_str(name),
            Word::Names(names) => form.extend(names.iter().flat_map(|name| [name, ","])),
            Word::Flag(flag) => form.push(if *flag { '+' } else { '-' }),
            Word::Number(number) if !word.fills() => form.push(char::from_digit(u32::try_from(*number).ok()?, 2)?),
            Word::Text(_) | Word::Number(_) | Word::Markup(_) if word.fills() => form.push('◌'),
            Word::Text(_) | Word::Number(_) | Word::Markup(_) => {}
        }
    }
    Some(form)
}

/// The component as the templates render it.
fn whole(tera: &Tera, component: &'static str, given: &[Given<'_>]) -> Result<String> {
    rendered(tera, component, given.iter().map(|&(name, word)| (name, word.value())))
}

fn rendered(tera: &Tera, component: &str, values: impl Iterator<Item = (&'static str, Value)>) -> Result<String> {
    let mut names: BTreeMap<&'static str, BTreeMap<&'static str, Value>> = BTreeMap::new();
    let mut arguments = Context::new();
    for (name, value) in values {
        match name.split_once('.') {
            Some((name, part)) => drop(names.entry(name).or_default().insert(part, value)),
            None => arguments.insert_value(name, value),
        }
    }
    let mut around = Context::new();
    around.insert_value("page", Value::from(names.remove("page").unwrap_or_default()));
    for (name, parts) in names {
        arguments.insert_value(name, Value::from(parts));
    }
    tera.render_component_with_implicits(component, &arguments, &around, None, true)
        .with_context(|| format!("component {component}"))
}

/// One form of a component.
#[derive(Debug)]
enum Stencil {
    /// What stands before the first hole, and each hole, by what is given, with what stands behind it.
    Holes(String, Vec<(usize, String)>),
    /// What is given does not come out as it went in: it is rendered each time.
    Solid,
}

/// Around the number of a hole: no text has these, for they are no characters.
const HOLE: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];

impl Stencil {
    fn cut(tera: &Tera, component: &'static str, given: &[Given<'_>]) -> Self {
        Self::tried(tera, component, given).unwrap_or(Self::Solid)
    }

    /// Cuts a stencil and holds it against the component itself, where other words stand in it.
    fn tried(tera: &Tera, component: &'static str, given: &[Given<'_>]) -> Option<Self> {
        let marks: Vec<String> = (0..given.len()).map(|at| format!("{}{at}{}", HOLE[0], HOLE[1])).collect();
        let marked: Vec<Markup> = marks.iter().map(|mark| Markup::trusted(mark.clone())).collect();
        let hole = |at: usize, word| match word {
            Word::Markup(_) => marked.get(at).map(Word::Markup),
            _ => marks.get(at).map(|mark| Word::Text(mark)),
        };
        let stencil = Self::of(&whole(tera, component, &with(given, hole)).ok()?)?;
        // Little and much: what depends on how much there is shows itself in one of them.
        let comes_out = |number: usize, times: usize| {
            let markup = Markup::trusted(format!("<b>{number}</b>").repeat(times));
            let text = "“a<b”与&".repeat(times);
            let others = with(given, |_, word| match word {
                Word::Markup(_) => Some(Word::Markup(&markup)),
                Word::Number(_) => Some(Word::Number(number)),
                _ => Some(Word::Text(&text)),
            });
            let mut filled = Markup::new();
            stencil.draw(tera, component, &others, &mut filled).ok()?;
            (whole(tera, component, &others).ok()? == filled.as_str()).then_some(())
        };
        comes_out(ALIKE.start, 1)?;
        comes_out(ALIKE.end - 1, 40)?;
        Some(stencil)
    }

    fn of(marked: &str) -> Option<Self> {
        let mut parts = marked.split(HOLE[0]);
        let head = parts.next()?.to_owned();
        let holes =
            parts.map(|part| part.split_once(HOLE[1]).and_then(|(at, tail)| Some((at.parse().ok()?, tail.to_owned()))));
        Some(Self::Holes(head, holes.collect::<Option<_>>()?))
    }

    fn draw(&self, tera: &Tera, component: &'static str, given: &[Given<'_>], out: &mut Markup) -> Result<()> {
        match self {
            Self::Holes(head, holes) => {
                out.markup(head);
                for (at, tail) in holes {
                    if let Some((_, word)) = given.get(*at) {
                        word.print(out);
                    }
                    out.markup(tail);
                }
            }
            Self::Solid => drop(out.markup(&whole(tera, component, given)?)),
        }
        Ok(())
    }
}

/// The same with other words in the holes.
fn with<'a>(given: &[Given<'a>], other: impl Fn(usize, Word<'a>) -> Option<Word<'a>>) -> Vec<Given<'a>> {
    let one = |(at, &(name, word)): (usize, &Given<'a>)| {
        (name, if word.fills() { other(at, word).unwrap_or(word) } else { word })
    };
    given.iter().enumerate().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::markup;

    const TEMPLATE: &str = "{% component link(text, n, to, @page) %}<a href=\"{{ page.root }}x\">{{ text }}\
                            {% if n %}×{{ n }}{% endif %}{{ to.it }}</a>{% endcomponent link %}\
                            {% component count(text) %}{{ text | length }}{% endcomponent count %}\
                            {% component many(n) %}{% if n > 500 %}!{% endif %}{{ n }}{% endcomponent many %}";

    #[test]
    fn a_component_is_rendered_once_unless_it_counts_what_it_is_given() {
        let mut tera = Tera::new();
        tera.set_escape_fn(markup::escape);
        tera.add_raw_templates([("components.html", TEMPLATE)]).unwrap();
        let (stencils, bold) = (Stencils::after(0), Markup::trusted("<b>丁</b>".to_owned()));
        for text in ["", "甲<乙", "丙"] {
            for n in [0, 1, 2, 999, 1000] {
                let link = [
                    ("text", Word::Text(text)),
                    ("n", Word::Number(n)),
                    ("to.it", Word::Markup(&bold)),
                    ("page.root", Word::Text("../")),
                ];
                for (component, given) in [("link", &link[..]), ("count", &link[..1]), ("many", &link[1..2])] {
                    let mut drawn = Markup::new();
                    stencils.draw(&tera, component, given, &mut drawn).unwrap();
                    assert_eq!(drawn.as_str(), whole(&tera, component, given).unwrap());
                }
            }
        }
        let mut solid = stencils.solid();
        solid.sort();
        assert_eq!(solid, ["count", "many"]);
    }
}
