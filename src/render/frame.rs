//! What every page has around it: the head, the menu, the language, the addresses of style and scripts.
//!
//! ```text
//! Head { path: "a/x.html", title: "宣言" }  ──▶  <title>宣言 · 对勘</title> … <link href="../static/site.css?v=…">
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use serde::Serialize;
use tera::{Kwargs, State, Tera};

use super::asset::Assets;
use super::phrase::Phrases;
use super::stencil::Word;
use super::{Markup, Site, filter, link, markup};

/// The menu: phrase and path below the root.
const MENU: &[(&str, &str)] = &[
    ("menu-home", super::page_home::PATH),
    ("menu-texts", super::page_texts::PATH),
    ("menu-shared", super::page_shared::PATH),
    ("menu-search", super::page_search::PATH),
    ("menu-quotes", super::page_quotes::PATH),
    ("menu-terms", super::page_terms::PATH),
    ("menu-timeline", super::page_timeline::PATH),
    ("menu-data", super::page_data::PATH),
    ("menu-about", super::page_about::PATH),
];

/// What a page says of itself.
#[derive(Clone, Debug, Default)]
pub struct Head<'a> {
    /// Its path below the root.
    pub path: &'a str,
    /// Its name in the title bar; empty on the home page.
    pub title: &'a str,
    /// Which entry of [`MENU`] it belongs to, as its path.
    pub menu: &'a str,
    /// Static scripts that it needs besides those of every page.
    pub scripts: &'a [&'a str],
    /// What its links start from, where that is not its own folder.
    pub root: Option<&'a str>,
}

#[derive(Default, Serialize)]
pub struct Frame {
    /// `../` for every folder between the page and the root.
    root: String,
    path: String,
    lang: &'static str,
    title: String,
    site_title: String,
    settings: Markup,
    menu: Markup,
    /// The way from the home page to what the page is a part of.
    trail: Markup,
    css: String,
    scripts: Markup,
    /// Its one address in the world, where the site has one.
    canonical: Option<String>,
    feed: bool,
}

impl Frame {
    pub fn new(site: &Site<'_>, head: &Head<'_>) -> Result<Self> {
        let root = head.root.map_or_else(|| link::root(head.path), str::to_owned);
        let from = ("page.root", Word::Text(&root));
        let url = site.edition.config.url.as_deref();
        // Hosts serve the home page at the bare address.
        let own = if head.path == super::page_home::PATH { "" } else { head.path };
        let address = |name: &str| site.addresses.get(name).map_or("", String::as_str);
        let [mut settings, mut menu, mut trail, mut scripts] = std::array::from_fn(|_| Markup::new());
        site.draw("settings", &[], &mut settings)?;
        for &(key, path) in self::menu(site) {
            let text = site.phrase(key, &[])?;
            let here = Word::Flag(path == head.menu);
            let given = [("text", Word::Text(&text)), ("path", Word::Text(path)), ("here", here), from];
            site.draw("menu_entry", &given, &mut menu)?;
        }
        for &(key, path) in self::trail(head).iter().filter_map(|path| MENU.iter().find(|(_, known)| known == path)) {
            let given = [("text", Word::Text(&site.phrase(key, &[])?)), ("path", Word::Text(path)), from];
            site.draw("trail_step", &given, &mut trail)?;
        }
        for path in own_scripts(own).iter().chain(head.scripts).map(|name| address(name)) {
            site.draw("script", &[("path", Word::Text(path)), from], &mut scripts)?;
        }
        Ok(Self {
            path: head.path.to_owned(),
            lang: site.lang(),
            title: head.title.to_owned(),
            site_title: site.title.clone(),
            settings,
            menu,
            trail,
            css: address("site.css").to_owned(),
            scripts,
            canonical: url.filter(|_| head.root.is_none()).map(|url| format!("{url}{}", link::href(own))),
            feed: url.is_some(),
            root,
        })
    }
}

/// The scripts of every page; the search page has its own way to itself.
fn own_scripts(path: &str) -> &'static [&'static str] {
    if path == super::page_search::PATH { &["site.js"] } else { &["site.js", "seek.js"] }
}

/// The home page and the list that holds the page: its entry of the menu, else the texts. The pages of the menu itself, and
/// one whose place nobody knows, have none.
fn trail(head: &Head<'_>) -> Vec<&'static str> {
    let list = MENU.iter().map(|&(_, path)| path).find(|path| *path == head.menu);
    let is_top = list.is_some_and(|path| path == head.path) || head.root.is_some();
    if is_top { Vec::new() } else { vec![super::page_home::PATH, list.unwrap_or(super::page_texts::PATH)] }
}

/// The entries whose pages are built.
pub fn menu<'s>(site: &'s Site<'_>) -> impl Iterator<Item = &'static (&'static str, &'static str)> + 's {
    MENU.iter().filter(|(_, path)| *path != super::page_data::PATH || !site.sheets.is_empty())
}

/// Parses every template. Filters and functions come first: a template that names an unknown one is an error.
pub fn templates(assets: &Assets, phrases: &Phrases, addresses: &BTreeMap<String, String>) -> Result<Tera> {
    let mut tera = Tera::new();
    tera.set_escape_fn(markup::escape);
    filter::register(&mut tera);
    let table = Arc::new(phrases.clone());
    tera.register_function("t", move |values: Kwargs, _: &State| say(&table, &values));
    let addresses = Arc::new(addresses.clone());
    tera.register_function("asset", move |values: Kwargs, _: &State| -> tera::TeraResult<String> {
        let name: &str = values.must_get("name")?;
        addresses.get(name).cloned().ok_or_else(|| tera::Error::message(format!("no static file {name:?}")))
    });
    let texts = assets.templates().collect::<Result<Vec<_>>>()?;
    let texts = texts.into_iter().map(|(name, text)| (name, in_place(text, phrases)));
    tera.add_raw_templates(texts).context("parsing the templates")?;
    Ok(tera)
}

/// Puts phrases that are the same on every page in their place, once: `{{ t(key="why") }}` becomes `为何`.
fn in_place(template: &str, phrases: &Phrases) -> String {
    const CALL: (&str, &str) = ("{{ t(key=\"", "\") }}");
    let mut parts = template.split(CALL.0);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let called = part.split_once(CALL.1).filter(|(key, _)| !key.contains('"'));
        let said = called.and_then(|(key, rest)| Some((phrases.say(key, &[]).ok()?, rest)));
        // What a template could understand, or has no phrase for, is left to it.
        match said.filter(|(phrase, _)| !phrase.contains(['{', '}'])) {
            Some((phrase, rest)) => {
                markup::escape_into(&phrase, &mut out);
                out.push_str(rest);
            }
            None => out.extend([CALL.0, part]),
        }
    }
    out
}

/// `t(key="places", n=3)`.
fn say(phrases: &Phrases, values: &Kwargs) -> tera::TeraResult<String> {
    let key: &str = values.must_get("key")?;
    let mut named = Vec::new();
    for (name, value) in values.iter() {
        let name = name.to_string();
        if name != "key" {
            let value =
                value.as_u128().map_or_else(|| value.to_string(), |n| filter::number(n.try_into().unwrap_or(u64::MAX)));
            named.push((name, value));
        }
    }
    let borrowed: Vec<_> = named.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    phrases.say(key, &borrowed).map_err(|error| tera::Error::message(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Ui;

    #[test]
    fn a_phrase_of_every_page_stands_in_the_template() {
        let table = "why = { zh = \"为<何>\", en = \"why\" }\nn = { zh = \"{n} 处\", en = \"{n}\" }";
        let phrases = Phrases::parse(table, Ui::Zh).unwrap();
        let template = "<b>{{ t(key=\"why\") }}</b>{{ t(key=\"n\") }}{{ t(key=\"n\", n=3) }}{{ t(key=\"other\") }}";
        let rest = "{{ t(key=\"n\") }}{{ t(key=\"n\", n=3) }}{{ t(key=\"other\") }}";
        assert_eq!(in_place(template, &phrases), format!("<b>为&lt;何&gt;</b>{rest}"));
    }
}
