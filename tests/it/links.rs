//! Our own output: no dead link, no missing anchor, no orphan page, no two files that differ in case only.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use lol_html::{RewriteStrSettings, element, rewrite_str};

use crate::gold;
use crate::press::{self, STYLES, clean};

/// A built site: every file below its root, with `/`.
pub type Site = BTreeMap<String, Vec<u8>>;

/// Copies a folder of seeds, so that what a build keeps beside them is not kept beside ours.
fn copied(seeds: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(seeds) {
        let entry = entry.expect("readable seeds");
        let place = to.join(entry.path().strip_prefix(seeds).expect("below the seeds"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(place).expect("a writable folder");
        } else {
            std::fs::copy(entry.path(), place).expect("a writable folder");
        }
    }
}

/// Builds a copy of a folder of seeds with the program itself.
pub fn build(seeds: &Path, more: &[&str]) -> Site {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("site");
    copied(seeds, &folder.path().join("seeds"));
    let run = Command::new(env!("CARGO_BIN_EXE_duikan"))
        .current_dir(folder.path())
        .arg("build")
        .arg("--seeds")
        .arg(folder.path().join("seeds"))
        .arg("--output")
        .arg(&output)
        .arg("--cache")
        .arg(folder.path().join("cache"))
        .arg("-q")
        .args(more)
        .output()
        .expect("duikan runs");
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(run.status.success(), "{}: {}\n{said}", seeds.display(), run.status);
    let mut site = Site::new();
    for entry in walkdir::WalkDir::new(&output).sort_by_file_name() {
        let entry = entry.expect("a readable site");
        if entry.file_type().is_file() {
            let below =
                entry.path().strip_prefix(&output).expect("below the site").to_string_lossy().replace('\\', "/");
            site.insert(below, std::fs::read(entry.path()).expect("a readable file"));
        }
    }
    site
}

/// What a page points to and what it can be pointed to by.
#[derive(Debug, Default)]
struct Anchors {
    ids: Vec<String>,
    /// `href`, `src`, `action`, and the entries of `srcset`.
    links: Vec<String>,
}

fn anchors(html: &str) -> Anchors {
    let found = std::cell::RefCell::new(Anchors::default());
    let handler = element!("*", |element| {
        let mut found = found.borrow_mut();
        found.ids.extend(element.get_attribute("id"));
        let links = ["href", "src", "action", "data", "poster"].into_iter().filter_map(|a| element.get_attribute(a));
        found.links.extend(links);
        let sets = element.get_attribute("srcset").unwrap_or_default();
        found.links.extend(sets.split(',').filter_map(|s| Some(s.split_whitespace().next()?.to_owned())));
        Ok(())
    });
    let settings = RewriteStrSettings::new().append_element_content_handler(handler);
    rewrite_str(html, settings).expect("our pages parse");
    found.into_inner()
}

/// A link cut into path and fragment, entities and percent signs resolved.
fn target(page: &str, link: &str) -> (String, Option<String>) {
    let link = link.replace("&amp;", "&");
    let (path, fragment) = link.split_once('#').map_or((link.as_str(), None), |(p, f)| (p, Some(decode(f))));
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return (page.to_owned(), fragment);
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let decoded = decode(path);
    for part in decoded.split('/') {
        match part {
            "." => {}
            ".." => {
                if parts.pop().is_none() {
                    parts.push("..");
                }
            }
            part => parts.push(part),
        }
    }
    (parts.join("/"), fragment)
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|h| u8::from_str_radix(std::str::from_utf8(h).ok()?, 16).ok());
        let escaped = hex.filter(|_| first == b'%');
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether a link leaves the site on purpose.
fn leaves(link: &str) -> bool {
    ["https://", "http://", "mailto:", "data:"].iter().any(|scheme| link.starts_with(scheme))
}

/// Everything wrong with the links of a site.
pub fn faults(site: &Site) -> Vec<String> {
    let pages: BTreeMap<&str, Anchors> = site
        .iter()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|e| e == "html"))
        .map(|(path, bytes)| (path.as_str(), anchors(&String::from_utf8_lossy(bytes))))
        .collect();
    let ids: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(path, a)| (*path, a.ids.iter().map(String::as_str).collect())).collect();
    let mut faults = Vec::new();
    let mut linked: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (page, anchors) in &pages {
        if anchors.ids.len() != ids.get(page).map_or(0, BTreeSet::len) {
            let mut seen = BTreeSet::new();
            let twice: Vec<_> = anchors.ids.iter().filter(|id| !seen.insert(*id)).collect();
            faults.push(format!("{page}: the same id twice: {twice:?}"));
        }
        for link in anchors.links.iter().filter(|link| !leaves(link)) {
            let (path, fragment) = target(page, link);
            if link.starts_with('/') || path.starts_with("..") {
                faults.push(format!("{page}: {link} is not relative to the site"));
            } else if !site.contains_key(&path) {
                faults.push(format!("{page}: {link} leads nowhere"));
            } else if let (Some(fragment), Some(ids)) = (&fragment, ids.get(path.as_str()))
                && !fragment.is_empty()
                && !ids.contains(fragment.as_str())
                && !fragment.starts_with(":~:")
            {
                faults.push(format!("{page}: {link} names no anchor"));
            }
            linked.entry(page).or_default().insert(path);
        }
    }
    faults.extend(orphans(&pages, &linked));
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for path in site.keys() {
        if let Some(other) = folded.insert(path.to_lowercase(), path) {
            faults.push(format!("{other} and {path} differ in case only"));
        }
    }
    faults
}

/// Pages that no way from the home page leads to. A 404 page and redirects of moved addresses are meant to be so.
fn orphans(pages: &BTreeMap<&str, Anchors>, linked: &BTreeMap<&str, BTreeSet<String>>) -> Vec<String> {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut next = vec!["index.html"];
    while let Some(page) = next.pop() {
        if let Some((&page, _)) = pages.get_key_value(page)
            && reached.insert(page)
        {
            next.extend(linked.get(page).into_iter().flatten().map(String::as_str));
        }
    }
    let lost = pages.keys().filter(|p| !reached.contains(*p) && **p != "404.html");
    lost.map(|p| format!("{p}: no way leads there from index.html")).collect()
}

fn assert_sound(site: &Site) {
    assert!(site.contains_key("index.html"), "a home page among {:?}", site.keys());
    let faults = faults(site);
    let shown: Vec<_> = faults.iter().take(40).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), shown.join("\n"));
}

#[test]
fn links_of_the_seeds_are_sound() {
    assert_sound(&build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"), &[]));
}

#[test]
fn links_of_a_printed_corpus_are_sound() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts: Vec<_> = [clean::read(&gold::folder("press")), clean::of_seeds()].concat();
    for style in &STYLES {
        for (i, page) in press::print(&texts, style, 5).into_iter().enumerate() {
            let path: PathBuf = folder.path().join(format!("{}-{i:02}.txt", style.name));
            std::fs::write(path, page.text).expect("a writable folder");
        }
    }
    assert_sound(&build(folder.path(), &[]));
}

#[test]
fn a_broken_site_is_noticed() {
    let page = |html: &str| html.as_bytes().to_vec();
    let site: Site = [
        (
            "index.html",
            page("<a href='a/x.html#p1'>1</a><a href=gone.html>2</a><a href='/root.html'>3</a><p id=i><p id=i>"),
        ),
        ("a/x.html", page("<p id=p2><a href='../index.html'>home</a>")),
        ("a/X.html", page("")),
    ]
    .into_iter()
    .map(|(path, bytes)| (path.to_owned(), bytes))
    .collect();
    let faults = faults(&site).join("\n");
    for wanted in ["names no anchor", "leads nowhere", "not relative", "id twice", "case only", "no way leads"] {
        assert!(faults.contains(wanted), "{wanted} is missing from\n{faults}");
    }
}
