//! What must hold of every page, and snapshots of small ones.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::Ui;
use crate::model::{Edition, OutFile};

use super::stencil::Stencils;
use super::{Page, Print, Rendered, Shown, Site, fixture};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; \
                      form-action 'none'; require-trusted-types-for 'script'";

fn files(edition: &Edition) -> Vec<OutFile> {
    let site = Site::new(edition, None).unwrap();
    site.pages().iter().map(|page| site.page(page).unwrap()).collect()
}

fn html(file: &OutFile) -> &str {
    std::str::from_utf8(&file.bytes).unwrap()
}

fn both() -> Vec<OutFile> {
    [Ui::Zh, Ui::En].into_iter().flat_map(|ui| files(&fixture::edition(ui))).collect()
}

/// Values of an attribute in a page.
fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let opening = format!(" {name}=\"");
    html.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

#[test]
fn a_page_says_itself_where_it_stands() {
    let edition = fixture::edition(Ui::Zh);
    let site = Site::new(&edition, None).unwrap();
    let mut paths = std::collections::BTreeSet::new();
    for page in site.pages() {
        assert_eq!(site.page(&page).unwrap().path, page.path(&site));
        assert!(paths.insert(page.path(&site)), "{page:?} stands where another stands");
    }
}

#[test]
fn every_page_keeps_the_policy() {
    for file in both().into_iter().filter(|file| is_page(&file.path)) {
        let html = html(&file);
        let head = html.split("</head>").next().unwrap();
        assert!(head.contains(&format!("content=\"{POLICY}\"")), "{}", file.path);
        assert!(!html.contains(" style=\""), "{} has an inline style", file.path);
        assert!(!html.contains("<style") && !html.contains("javascript:"), "{}", file.path);
        for element in html.split('<').skip(1) {
            let tag = element.split('>').next().unwrap();
            let names = tag.split_whitespace().filter_map(|part| part.split_once('=')).map(|(name, _)| name);
            assert!(names.clone().all(|name| !name.starts_with("on")), "{}: a handler in <{tag}>", file.path);
            if tag.starts_with("script") {
                // A block of data is no script: nothing runs it, and the policy has no word on it.
                let is_data = tag == "script type=\"application/ld+json\"";
                assert!(is_data || tag.starts_with("script defer src=\""), "{}: <{tag}>", file.path);
            }
        }
    }
}

#[test]
fn every_link_is_relative_and_leads_somewhere() {
    for ui in [Ui::Zh, Ui::En] {
        let edition = fixture::edition(ui);
        let site = Site::new(&edition, None).unwrap();
        let mut all = files(&edition);
        all.extend(site.assets());
        for file in all.iter().filter(|file| is_page(&file.path)) {
            let html = html(file);
            for link in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
                if link == "data:," {
                    continue;
                }
                assert!(!link.starts_with('/') && !link.contains("://"), "{}: {link}", file.path);
                let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
                let target = resolve(&file.path, path.split('?').next().unwrap());
                let found = all.iter().find(|other| other.path == target);
                let found =
                    found.unwrap_or_else(|| panic!("{}: {link} leads to {target}, which is not there", file.path));
                if !fragment.is_empty() {
                    let id = format!(" id=\"{fragment}\"");
                    assert!(self::html(found).contains(&id), "{}: {link}: no such place", file.path);
                }
            }
        }
    }
}

/// The path that a link on a page means.
fn resolve(page: &str, link: &str) -> String {
    if link.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        if part == ".." {
            assert!(parts.pop().is_some(), "{page}: {link} leaves the site");
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

#[test]
fn hostile_texts_are_only_text() {
    for file in both() {
        let html = html(&file);
        assert!(!html.contains("<script>"), "{}", file.path);
        for control in ['\u{202a}', '\u{202e}', '\u{202c}', '\u{2066}', '\u{2069}', '\u{0}'] {
            assert!(!html.contains(control), "{}: {control:?}", file.path);
        }
    }
    let edition = fixture::edition(Ui::Zh);
    let site = Site::new(&edition, None).unwrap();
    let report = site.page(&Page::Article(4)).unwrap();
    let shown = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; {{ x }} &quot;引&quot; ⟦U+202E⟧倒着⟦U+202C⟧";
    assert!(html(&report).contains(shown), "{}", html(&report));
}

#[test]
fn templates_never_call_markup_safe_themselves() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("safe"), "{}: markup is made by `Markup` alone", path.display());
    }
}

#[test]
fn ids_are_given_once() {
    for file in both() {
        let mut ids = attributes(html(&file), "id");
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}", file.path);
    }
}

#[test]
fn the_interface_speaks_one_language() {
    let english = files(&fixture::edition(Ui::En));
    let about = english.iter().find(|file| file.path == "about.html").unwrap();
    let han = html(about).chars().find(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    assert_eq!(han, None, "{}", html(about));
}

#[test]
fn an_empty_corpus_and_one_text_have_honest_pages() {
    let mut edition = fixture::edition(Ui::En);
    edition.reuse = crate::model::Reuse::default();
    edition.articles.truncate(1);
    edition.clauses.truncate(1);
    edition.sources.truncate(1);
    let one = files(&edition);
    let home = html(one.iter().find(|file| file.path == "index.html").unwrap());
    assert!(!home.contains("id=\"map\"") && !home.contains("id=\"offers\""), "{home}");
    edition.articles.clear();
    edition.clauses.clear();
    edition.sources.clear();
    edition.diagnostics.clear();
    edition.furniture.clear();
    let none = files(&edition);
    let home = html(none.iter().find(|file| file.path == "index.html").unwrap());
    assert!(home.contains("No text yet"), "{home}");
}

#[test]
fn the_project_overrules_a_template() {
    let project = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(project.path().join("templates")).unwrap();
    std::fs::create_dir_all(project.path().join("static/fonts")).unwrap();
    std::fs::write(project.path().join("templates/home.html"), "<p>{{ page.site_title }}</p>").unwrap();
    std::fs::write(project.path().join("static/fonts/note.txt"), "x").unwrap();
    let edition = fixture::edition(Ui::Zh);
    let site = Site::new(&edition, Some(project.path())).unwrap();
    assert_eq!(html(&site.page(&Page::Home).unwrap()), "<p>对勘</p>");
    assert!(site.assets().iter().any(|file| file.path == "static/fonts/note.txt"));
    std::fs::write(project.path().join("templates/home.html"), "{{ nothing | no_such_filter }}").unwrap();
    assert!(Site::new(&edition, Some(project.path())).is_err());
}

#[test]
fn what_is_loaded_stays_light() {
    let edition = fixture::edition(Ui::Zh);
    let assets = Site::new(&edition, None).unwrap().assets();
    let size = |address: &str| {
        let name = address.split('?').next().and_then(|path| path.rsplit("static/").next()).unwrap_or_default();
        let is_it = |file: &&OutFile| file.path.strip_prefix("static/") == Some(name);
        assets.iter().find(is_it).map_or(0, |file| file.bytes.len())
    };
    for file in files(&edition).iter().filter(|file| is_page(&file.path)) {
        let scripts: usize = attributes(html(file), "src").into_iter().map(size).sum();
        assert!((1..=40_000).contains(&scripts), "{} loads {scripts} bytes of script", file.path);
        let sheets = attributes(html(file), "href").into_iter().filter(|address| address.contains(".css"));
        let sheets: usize = sheets.map(size).sum();
        assert!((1..=30_000).contains(&sheets), "{} loads {sheets} bytes of style", file.path);
    }
}

#[test]
fn pages_look_as_they_did() {
    let edition = fixture::edition(Ui::Zh);
    let site = Site::new(&edition, None).unwrap();
    let main = |page: Page| {
        let file = site.page(&page).unwrap();
        let html = html(&file);
        let from = html.find("<main").unwrap_or_default();
        let to = html.find("</main>").unwrap_or(html.len());
        html.get(from..to).unwrap().to_owned()
    };
    insta::assert_snapshot!("article", main(Page::Article(1)));
    insta::assert_snapshot!("collation", main(Page::Compare(0)));
    insta::assert_snapshot!("source", main(Page::Source(0, 0)));
    insta::assert_snapshot!("home", main(Page::Home));
}

/// The pages of an edition as they are, with what they show and are made from.
fn printed(edition: &Edition) -> BTreeMap<String, (Vec<u8>, Option<Print>)> {
    let site = Site::new(edition, None).unwrap().knowing(Shown::new());
    let one = |page: &Page| match site.rendered(page).unwrap() {
        Rendered::Anew(file, print) => (file.path, (file.bytes, print)),
        Rendered::AsBefore(path, _) => panic!("{path} is not known"),
    };
    site.pages().iter().map(one).collect()
}

#[test]
fn a_page_that_differs_shows_something_else_or_is_made_from_something_else() {
    let changes: [fn(&mut Edition); 26] = [
        |e| e.articles.iter_mut().for_each(|a| a.title.value.text.push('改')),
        |e| e.articles.iter_mut().for_each(|a| a.title_inferred = !a.title_inferred),
        |e| e.articles.iter_mut().for_each(|a| a.kind.value = crate::model::Kind::Other),
        |e| e.articles.iter_mut().for_each(|a| a.date = None),
        |e| e.articles.iter_mut().take(1).for_each(|a| a.date = None),
        |e| e.articles.iter_mut().for_each(|a| a.lines = vec![(2, 3)]),
        |e| e.articles.iter_mut().for_each(|a| a.id.push_str("-2")),
        |e| e.articles.iter_mut().flat_map(|a| &mut a.paragraphs).for_each(|p| p.text.push('改')),
        |e| e.articles.iter_mut().flat_map(|a| &mut a.paragraphs).for_each(|p| p.anchor.push('0')),
        |e| e.articles.iter_mut().flat_map(|a| &mut a.paragraphs).for_each(|p| p.ledger.clear()),
        |e| e.articles.iter_mut().flat_map(|a| &mut a.paragraphs).for_each(|p| p.pieces.truncate(1)),
        |e| e.reuse.matches.clear(),
        |e| e.reuse.matches.iter_mut().for_each(|m| m.b.end -= 1),
        |e| e.reuse.collations.clear(),
        |e| e.reuse.collations.iter_mut().for_each(|c| c.coverage_a.characters /= 2.0),
        |e| e.reuse.links.clear(),
        |e| e.reuse.links.iter_mut().for_each(|l| l.coverage_to /= 2.0),
        |e| e.reuse.links.iter_mut().for_each(|l| std::mem::swap(&mut l.from, &mut l.to)),
        |e| e.addresses.aliases.clear(),
        |e| e.sources.iter_mut().for_each(|s| s.note = Some("按语".to_owned())),
        |e| e.sources.iter_mut().for_each(|s| s.encoding = "GBK"),
        |e| e.sources.iter_mut().for_each(|s| s.path.insert(0, '旧')),
        |e| e.diagnostics.clear(),
        |e| e.config.paper = Some("某报".to_owned()),
        |e| e.config.url = Some("https://example.org/".to_owned()),
        |e| e.config.title = Some("另一题".to_owned()),
    ];
    let before = printed(&fixture::edition(Ui::Zh));
    for (at, change) in changes.iter().enumerate() {
        let mut edition = fixture::edition(Ui::Zh);
        change(&mut edition);
        let after = printed(&edition);
        let mut differ = before.len().abs_diff(after.len());
        for (path, (bytes, print)) in &after {
            let Some((old, known)) = before.get(path).filter(|(old, _)| old != bytes) else { continue };
            differ += 1;
            let Some((print, known)) = print.zip(*known) else { continue };
            assert_ne!(print, known, "change {at}: {path}");
            assert_ne!(old, bytes);
        }
        assert!(differ > 0, "change {at} changes no page");
    }
}

#[test]
fn a_page_that_is_known_is_not_rendered_again() {
    let edition = fixture::edition(Ui::Zh);
    let shown: Shown = printed(&edition).into_iter().filter_map(|(path, (_, print))| Some((path, print?))).collect();
    let site = Site::new(&edition, None).unwrap().knowing(shown.clone());
    let kept = site.pages().iter().filter(|page| matches!(site.rendered(page), Ok(Rendered::AsBefore(..)))).count();
    assert!(kept > 10 && kept == shown.len(), "{kept} of {}", shown.len());
}

/// Each component that is drawn again and again has its stencil: none is rendered each time, and no page shows which is.
#[test]
fn what_stands_on_the_pages_again_and_again_is_rendered_once() {
    for ui in [Ui::Zh, Ui::En] {
        let edition = fixture::edition(ui);
        let pages = |rare: u32| {
            let site = Site { stencils: Stencils::after(rare), ..Site::new(&edition, None).unwrap() };
            let pages: Vec<OutFile> = site.pages().iter().map(|page| site.page(page).unwrap()).collect();
            assert_eq!(site.stencils.solid(), [""; 0]);
            pages
        };
        assert!(pages(0) == pages(u32::MAX));
    }
}
