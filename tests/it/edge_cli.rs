//! The binary as its users meet it: what it prints, what it refuses, how it ends.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// A folder with `seeds/` in it, and the program run there.
struct Corpus(tempfile::TempDir);

impl Corpus {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("seeds")).unwrap();
        let corpus = Self(folder);
        for (name, bytes) in files {
            corpus.write(name, bytes);
        }
        corpus
    }

    /// The five seeds of the project.
    fn of_the_project() -> Self {
        let corpus = Self::new(&[]);
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), corpus.at("seeds").join(entry.file_name())).unwrap();
        }
        corpus
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::create_dir_all(self.at(name).parent().unwrap()).unwrap();
        fs::write(self.at(name), bytes).unwrap();
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duikan"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("DUIKAN_")) {
            command.env_remove(name);
        }
        command.args(words).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    fn run(&self, words: &[&str]) -> Run {
        Run::from(self.command(words).output().unwrap())
    }
}

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Run {
    #[track_caller]
    fn ended(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "\n{}\n{}", self.out, self.err);
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}", self.out))
    }
}

fn told<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    value["findings"].as_array().unwrap().iter().map(|finding| finding[key].as_str().unwrap()).collect()
}

const TEXT: &[u8] = "　　新华社某地七月四日电　各方在会上达成共识，决定加强合作。\n".as_bytes();

#[test]
fn build_is_the_default_and_tells_where_to_click() {
    let corpus = Corpus::of_the_project();
    let before: Vec<_> = seeds(&corpus);
    let run = corpus.run(&[]).ended(0);
    let index = corpus.at("site/index.html");
    assert!(index.is_file());
    assert!(run.out.starts_with("5 seeds, 17 articles ("), "{}", run.out);
    assert!(run.out.contains("\nfile:///") && run.out.contains("/site/index.html\n"), "{}", run.out);
    assert_eq!(seeds(&corpus), before, "seeds are only ever read");
    let again = corpus.run(&["build", "--json"]).ended(0).json();
    assert_eq!((again["seeds"].as_u64(), again["articles"].as_u64()), (Some(5), Some(17)));
    assert_eq!(again["kinds"]["speech"].as_u64(), Some(1));
}

fn seeds(corpus: &Corpus) -> Vec<(PathBuf, Vec<u8>, std::time::SystemTime)> {
    let mut seeds: Vec<_> = fs::read_dir(corpus.at("seeds"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(&path).unwrap(), path.metadata().unwrap().modified().unwrap()))
        .collect();
    seeds.sort();
    seeds
}

#[test]
fn threads_and_the_place_of_the_folder_change_no_byte_of_the_export() {
    let (one, other) = (Corpus::of_the_project(), Corpus::of_the_project());
    let export = |corpus: &Corpus, jobs| corpus.run(&["export", "json", "--jobs", jobs]).ended(0).out;
    let first = export(&one, "1");
    assert_eq!(first, export(&other, "4"));
    one.run(&["export", "json", "-o", "corpus.json"]).ended(0);
    assert_eq!(fs::read_to_string(one.at("corpus.json")).unwrap(), first);
}

#[test]
fn wrong_usage_is_refused_with_a_tip() {
    let corpus = Corpus::new(&[("seeds/a.txt", TEXT)]);
    let run = corpus.run(&["--jsn"]).ended(2);
    assert!(run.err.contains("--json"), "{}", run.err);
    corpus.run(&["export", "pdf"]).ended(2);
    corpus.run(&["--output", "x", "check"]).ended(2);
    corpus.run(&["--jobs", "0"]).ended(2);
    corpus.run(&["--url", "ftp://x"]).ended(2);
    let help = corpus.run(&["--help"]).ended(0);
    assert!(help.out.contains("Exit codes:") && help.out.contains("Examples:"));
}

#[test]
fn a_folder_that_is_not_there_is_named_with_a_hint() {
    let corpus = Corpus::new(&[]);
    let run = corpus.run(&["--seeds", "无此"]).ended(4);
    assert!(run.err.contains("无此") && run.err.contains("\n hint: "), "{}", run.err);
    assert!(!corpus.at("site").exists());
}

#[test]
fn a_slip_in_the_settings_is_shown_under_a_caret() {
    let corpus = Corpus::new(&[("seeds/a.txt", TEXT), ("duikan.toml", "# 设置\ntitel = \"对勘\"\n".as_bytes())]);
    let run = corpus.run(&["check"]).ended(2);
    let expected = "error[config]: unknown key `titel`\n --> duikan.toml:2:1\n  |\n2 | titel = \"对勘\"\n  | ^^^^^\n  |\n  = help: did you mean `title`?";
    assert_eq!(run.err.trim_end(), expected);
    corpus.run(&["--config", "nowhere.toml"]).ended(4);
}

#[test]
fn a_flag_overrules_the_environment_and_the_environment_the_file() {
    let corpus =
        Corpus::new(&[("seeds/a.txt", TEXT), ("duikan.toml", "title = \"甲题\"\noutput = \"out\"".as_bytes())]);
    let title = |words: &[&str], env: Option<&str>| {
        let mut command = corpus.command(words);
        command.envs(env.map(|title| ("DUIKAN_TITLE", title)));
        Run::from(command.output().unwrap()).ended(0);
        let page = fs::read_to_string(corpus.at("out/index.html")).unwrap();
        ["甲题", "乙题", "丙题"].into_iter().find(|title| page.contains(&format!("<title>{title}"))).unwrap_or("?")
    };
    assert_eq!(title(&[], None), "甲题");
    assert_eq!(title(&[], Some("乙题")), "乙题");
    assert_eq!(title(&["--title", "丙题"], Some("乙题")), "丙题");
    assert_eq!(title(&[], Some("")), "甲题", "an empty variable says nothing");
}

#[test]
fn folders_of_the_settings_stand_beside_them() {
    let corpus = Corpus::new(&[("文集/报/a.txt", TEXT), ("文集/duikan.toml", "seeds = \"报\"".as_bytes())]);
    let run = corpus.run(&["--config", "文集/duikan.toml"]).ended(0);
    assert!(run.out.starts_with("1 seed, "), "{}", run.out);
    assert!(corpus.at("文集/site/index.html").is_file());
}

#[test]
fn warnings_fail_a_strict_run_and_nothing_is_written() {
    let corpus = Corpus::new(&[("seeds/a.txt", TEXT), ("seeds/空.txt", b"")]);
    let run = corpus.run(&["--strict"]).ended(1);
    assert!(run.err.contains("warning[read-empty]") && run.err.contains("seeds/空.txt"), "{}", run.err);
    assert!(!corpus.at("site/index.html").exists());
    corpus.run(&["export", "json", "--strict"]).ended(1);
    corpus.run(&["check"]).ended(1);
    let run = corpus.run(&[]).ended(0);
    assert!(run.err.contains("warning[read-empty]"), "{}", run.err);
    let quiet = corpus.run(&["-q"]).ended(0);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}

#[test]
fn a_sidecar_that_no_longer_fits_shows_both_and_leaves_the_old_site() {
    let corpus = Corpus::new(&[("seeds/a.txt", TEXT)]);
    corpus.run(&[]).ended(0);
    let before = fs::read(corpus.at("site/index.html")).unwrap();
    corpus.write("seeds/a.toml", "[[article]]\nlines = 1\nstarts = \"旧华社\"\n".as_bytes());
    for words in [&["build"][..], &["check"], &["export", "json"]] {
        let run = corpus.run(words).ended(1);
        let told = format!("{}{}", run.out, run.err);
        assert!(told.contains("error[sidecar]: line 1 does not begin with 「旧华社」"), "{told}");
        assert!(told.contains("seeds/a.toml:3:10") && told.contains("seeds/a.txt:1:1"), "{told}");
    }
    assert_eq!(fs::read(corpus.at("site/index.html")).unwrap(), before);
}

#[test]
fn check_tells_disputed_decisions_first_and_the_rest_by_weight() {
    let corpus = Corpus::of_the_project();
    corpus.write("seeds/x.txt", b"");
    corpus.write("seeds/gbk.txt", encoding_rs::GBK.encode(std::str::from_utf8(TEXT).unwrap()).0.as_ref());
    let found = corpus.run(&["check", "--json"]).ended(1).json();
    let ranks: Vec<_> = told(&found, "code")
        .into_iter()
        .zip(told(&found, "severity"))
        .map(|(code, severity)| match severity {
            _ if code.ends_with("disputed") => 0,
            "error" => 1,
            "warning" => 2,
            _ => 3,
        })
        .collect();
    assert!(ranks.is_sorted() && ranks.contains(&0) && ranks.contains(&2) && ranks.contains(&3), "{ranks:?}");
    let first = &found["findings"][0]["span"];
    assert!(first["line"].as_u64().unwrap() > 0 && !first["text"].as_str().unwrap().is_empty());
    assert_eq!(found["counts"]["warning"].as_u64(), Some(1));
}

#[cfg(unix)]
#[test]
fn what_could_hang_or_harm_is_named_and_skipped_at_once() {
    use rustix::fs::{CWD, FileType, mknodat};
    let corpus = Corpus::new(&[("seeds/a.txt", TEXT), ("secret.txt", b"SECRET"), ("seeds/e\x1b[31m.txt", TEXT)]);
    mknodat(CWD, corpus.at("seeds/fifo.txt"), FileType::Fifo, 0o600.into(), 0).unwrap();
    for (link, target) in [("loop", "."), ("out.txt", "../secret.txt"), ("zero.txt", "/dev/zero")] {
        std::os::unix::fs::symlink(target, corpus.at("seeds").join(link)).unwrap();
    }
    let begun = Instant::now();
    let run = corpus.run(&["check"]).ended(1);
    assert!(begun.elapsed() < Duration::from_secs(20));
    for name in ["fifo.txt", "loop", "out.txt", "zero.txt"] {
        assert!(run.out.contains(&format!("warning[read-special]: {name} is ")), "{}", run.out);
    }
    assert!(!run.out.contains('\u{1b}') && run.out.contains("e%1B[31m.txt"), "{}", run.out);
    assert!(!corpus.run(&["export", "json"]).ended(0).out.contains("SECRET"));
}

#[cfg(unix)]
#[test]
fn a_reader_who_goes_and_a_disk_that_is_full_are_no_panic() {
    let corpus = Corpus::of_the_project();
    for words in
        [&["check"][..], &["export", "json"], &["--help"], &["man"], &["completions", "zsh"], &["check", "--json"]]
    {
        let mut child = corpus.command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{words:?}");

        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Run::from(corpus.command(words).stdout(full).output().unwrap()).ended(4);
        assert!(
            run.err.starts_with("error: standard output") && run.err.contains("\n hint: "),
            "{words:?} {}",
            run.err
        );
    }
}

#[test]
fn completions_and_the_manual_page_are_at_hand() {
    let corpus = Corpus::new(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(corpus.run(&["completions", shell]).ended(0).out.contains("duikan"));
    }
    assert!(corpus.run(&["man"]).ended(0).out.contains(".SH"));
}
