//! `duikan serve` as a browser meets it: what was saved is shown, what is broken is told, and nothing is written.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::previewed::{Preview, waits};

const FIRST: &str = "　　新华社某地七月四日电　各方在会上达成共识，决定加强合作，维护地区安全稳定。\n";
const OTHER: &str = "　　本报讯　各方在会上达成共识，决定加强合作，维护地区安全稳定，并发表宣言。\n";

fn project() -> tempfile::TempDir {
    let project = tempfile::tempdir().unwrap();
    fs::create_dir(project.path().join("seeds")).unwrap();
    fs::write(project.path().join("seeds/a.txt"), FIRST).unwrap();
    fs::write(project.path().join("seeds/b.txt"), OTHER).unwrap();
    project
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let all = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = all.filter(|entry| entry.file_type().is_file());
    files.map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap())).collect()
}

/// The page of the first text that a list of the preview leads to.
fn article(preview: &Preview, words: &str) -> String {
    preview.wait("/index.html", |page| page.starts_with("HTTP/1.1 200"));
    let list = preview.get("/texts/index.html");
    let links = list.split("href=\"../a/").skip(1).filter_map(|rest| rest.split('"').next());
    let page = links.map(|name| format!("/a/{name}")).find(|path| preview.get(path).contains(words));
    page.unwrap_or_else(|| panic!("no text has {words}\n{list}"))
}

#[test]
fn what_is_saved_is_shown_and_then_held_against_the_rest() {
    let project = project();
    let preview = Preview::of(project.path());
    let page = article(&preview, "新华社");
    let is_compared =
        |page: &str| page.contains("../compare/") || page.contains("data-n") || page.contains("../shared/");
    assert!(is_compared(&preview.get(&page)));
    let before = files(project.path());
    fs::write(project.path().join("seeds/a.txt"), FIRST.replace("加强合作", "深化合作")).unwrap();
    preview.wait(&page, |page| page.contains("深化合作"));
    preview.wait(&page, |page| page.contains("深化合作") && !waits(page));
    assert!(is_compared(&preview.get(&page)));
    fs::write(project.path().join("seeds/a.txt"), FIRST).unwrap();
    preview.wait(&page, |page| page.contains("加强合作"));
    assert!(preview.stop().success());
    assert_eq!(files(project.path()), before, "a preview writes nothing");
}

#[test]
fn what_is_broken_is_told_and_the_last_good_page_stays() {
    let project = project();
    let preview = Preview::of(project.path());
    let page = article(&preview, "新华社");
    let sidecar = project.path().join("seeds/a.toml");
    fs::write(&sidecar, "[[article]]\nlines = [1, 99]\n").unwrap();
    preview.wait(&page, |page| {
        page.starts_with("HTTP/1.1 500") && page.contains("error[sidecar]") && page.contains("a.toml")
    });
    fs::write(project.path().join("seeds/a.txt"), FIRST.replace("加强合作", "深化合作")).unwrap();
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(1) {
        let last_good = preview.get(&format!("{page}?last-good"));
        assert!(last_good.contains("加强合作") && !waits(&last_good), "{last_good}");
    }
    fs::write(project.path().join("seeds/a.txt"), FIRST).unwrap();
    fs::remove_file(&sidecar).unwrap();
    preview.wait(&page, |page| page.starts_with("HTTP/1.1 200"));
    fs::write(project.path().join("duikan.toml"), "titel = \"对勘\"\n").unwrap();
    preview.wait(&page, |page| page.contains("unknown key `titel`") && page.contains("did you mean `title`?"));
    fs::write(project.path().join("duikan.toml"), "title = \"对勘甲乙\"\n").unwrap();
    preview.wait("/index.html", |page| page.contains("对勘甲乙"));
    fs::create_dir(project.path().join("templates")).unwrap();
    assert!(preview.stop().success());
}

#[test]
fn only_this_machine_is_answered_and_only_what_it_shows() {
    let project = project();
    fs::write(project.path().join("secret"), "SECRET").unwrap();
    let preview = Preview::of(project.path());
    preview.wait("/index.html", |page| page.starts_with("HTTP/1.1 200"));
    let host = &preview.host;
    let refused = |request: String, status: &str| {
        let answer = preview.ask(&request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")) && !answer.contains("SECRET"), "{request}\n{answer}");
    };
    refused("GET / HTTP/1.1\r\nHost: 恶.example\r\nConnection: close\r\n\r\n".to_owned(), "4");
    refused("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n".to_owned(), "403");
    refused(
        format!("GET / HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\nConnection: close\r\n\r\n"),
        "403",
    );
    refused(format!("POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), "405");
    for path in ["/../secret", "/%2e%2e/secret", "//secret", "/a/..%2f..%2fsecret", "/secret"] {
        refused(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"), "4");
    }
    // Who connects and says nothing holds nobody up.
    let silent: Vec<_> = (0..32).map(|_| std::net::TcpStream::connect(host).unwrap()).collect();
    assert!(preview.get("/index.html").starts_with("HTTP/1.1 200"));
    let begun = Instant::now();
    assert!(preview.stop().success());
    assert!(begun.elapsed() < Duration::from_secs(5), "{} open connections do not hold up the end", silent.len());
}
