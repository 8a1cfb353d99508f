//! The doors of the program, and what must hold of any bytes that come in by them. The fuzz targets open the same ones.
//!
//! ```text
//! page(b"\xff\xfe=1+1</title>")     no panic, no hang; every character is accounted for, none becomes markup
//! ```

use std::fs;
use std::path::Path;

use duikan::cache::{Cache, Medium};
use duikan::fold::Folder;
use duikan::lockfile::Lock;
use duikan::model::{Article, Role};
use duikan::render::Site;
use duikan::reuse::collate::{collate, mirrored};

use crate::account;
use crate::collated;
use crate::reading::edition_of;
use crate::witnesses;

/// What one door takes.
pub type Door = fn(&[u8]);

/// Every door by its name.
pub const DOORS: [(&str, Door); 10] = [
    ("page", page),
    ("pages", pages),
    ("clean", clean),
    ("note", note),
    ("site", site),
    ("collation", collation),
    ("settings", settings),
    ("lock", lock),
    ("cache", cache),
    ("elsewhere", elsewhere),
];

/// Splits what came in where a page of print would be turned.
fn parts(bytes: &[u8]) -> (&[u8], &[u8]) {
    let at = bytes.iter().position(|&byte| byte == b'\x0c');
    at.map_or((bytes, &[]), |at| (&bytes[..at], &bytes[at + 1..]))
}

/// A page of print.
pub fn page(bytes: &[u8]) {
    assert_eq!(account::faults(&edition_of(&[("a.txt", bytes)])), Vec::<String>::new());
}

/// Two printings of the same lines, one of them with a sidecar.
pub fn pages(bytes: &[u8]) {
    let (text, sidecar) = parts(bytes);
    let again = [b"\n", text].concat();
    let edition = edition_of(&[("a.txt", text), ("a.toml", sidecar), ("b.txt", again.as_slice())]);
    assert_eq!(account::faults(&edition), Vec::<String>::new());
}

/// A clean seed.
pub fn clean(bytes: &[u8]) {
    let edition = edition_of(&[("a.md", bytes)]);
    let mut out = Vec::new();
    duikan::export::json::write(&edition, &mut out).expect("memory does not fail");
    serde_json::from_slice::<serde_json::Value>(&out).expect("what is exported is JSON");
}

/// An editor's note: no markup but what Markdown has, and no link but into the web.
pub fn note(bytes: &[u8]) {
    let html = duikan::markdown::html(&String::from_utf8_lossy(bytes));
    for attack in ["<script", "<img", "<iframe", "<style", "<svg"] {
        assert!(!html.to_lowercase().contains(attack), "{html}");
    }
    // In text a `<` is escaped and a quotation mark is not: an address stands within a tag.
    let tags = html.split('<').skip(1).filter_map(|rest| rest.split('>').next());
    for link in tags.flat_map(|tag| tag.split("href=\"").skip(1)).filter_map(|rest| rest.split('"').next()) {
        let is_scheme = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        let scheme = link.trim_start().split_once(':').map(|(scheme, _)| scheme).filter(|scheme| is_scheme(scheme));
        assert!(matches!(scheme, None | Some("http" | "https" | "mailto")), "{link}");
    }
}

/// The whole site of a seed: every script is our own, and loaded.
pub fn site(bytes: &[u8]) {
    let edition = edition_of(&[("a.txt", bytes), ("b.md", bytes)]);
    let site = Site::new(&edition, None).expect("our own templates");
    for page in site.pages() {
        let file = site.page(&page).expect("every page is rendered");
        let html = String::from_utf8(file.bytes).expect("a page is text");
        let own = |tag: &&str| tag.starts_with(" defer src=\"") || tag.starts_with(" type=\"application/ld+json\"");
        let foreign: Vec<&str> = html.split("<script").skip(1).filter(|tag| !own(tag)).collect();
        assert!(foreign.is_empty(), "{}: {foreign:?}", file.path);
    }
}

/// Two texts held against each other, both ways.
pub fn collation(bytes: &[u8]) {
    let (a, b) = parts(bytes);
    let text = |ix: usize, bytes: &[u8]| -> Article {
        let text = String::from_utf8_lossy(bytes);
        let paragraphs = text.split('\n').filter(|line| !line.is_empty()).map(|line| (Role::Body, line.to_owned()));
        witnesses::plain(ix, "t", "文", paragraphs)
    };
    let (a, b) = (text(0, a), text(1, b));
    let folder = Folder::default();
    let found = collate(&folder, &a, &b);
    collated::check(&found, &a, &b);
    assert_eq!(mirrored(collate(&folder, &b, &a)), found);
}

/// `duikan.toml`.
pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(finding) = duikan::config::settings("duikan.toml", &text) {
        assert!(!finding.message.is_empty());
    }
}

/// `duikan.lock`: what is understood is written and understood again.
pub fn lock(bytes: &[u8]) {
    let top = tempfile::tempdir().expect("a temporary folder");
    let seeds = top.path().join("seeds");
    fs::create_dir(&seeds).expect("a writable folder");
    let load = |bytes: &[u8]| {
        fs::write(top.path().join("duikan.lock"), bytes).expect("a writable folder");
        Lock::load(&seeds).ok().map(|lock| lock.text())
    };
    if let Some(text) = load(bytes) {
        assert_eq!(load(text.as_bytes()), Some(text));
    }
}

/// The file of the cache that leads to all others.
pub fn cache(bytes: &[u8]) {
    let top = tempfile::tempdir().expect("a temporary folder");
    fs::write(top.path().join("last"), bytes).expect("a writable folder");
    let (cache, told) = Cache::open(top.path(), Medium::Disk);
    assert!(told.is_some(), "nothing but a build writes a cache");
    let _ = cache.memos();
}

/// What other engines found.
pub fn elsewhere(bytes: &[u8]) {
    let top = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| top.path().join(name);
    fs::write(file("found.json"), bytes).expect("a writable folder");
    let read = |pairs: Option<&Path>, passages: Option<&Path>| duikan::read::elsewhere(pairs, passages);
    let _ = read(Some(&file("found.json")), None);
    let _ = read(None, Some(&file("found.json")));
}
