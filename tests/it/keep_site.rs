//! The binary, killed, raced and refused: a reader sees a whole site, and what is the user's stays.
//!
//! ```text
//! build, edit a seed, build and SIGKILL after 0–300 ms   ─▶   the site is the old one or the new one, byte for byte
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

/// A project that is thrown away.
struct Project {
    root: tempfile::TempDir,
}

impl Project {
    fn new(seeds: usize) -> Self {
        let project = Self { root: tempfile::tempdir().unwrap() };
        fs::create_dir(project.path("seeds")).unwrap();
        (0..seeds).for_each(|n| project.seed(n, "初刊"));
        project
    }

    fn path(&self, below: &str) -> PathBuf {
        self.root.path().join(below)
    }

    /// A page with an article that no other seed has.
    fn seed(&self, n: usize, edit: &str) {
        let han = |at: usize| char::from_u32(0x4e00 + u32::try_from((n * 371 + at * 97) % 20_000).unwrap()).unwrap();
        let line = |from: usize| (from..from + 20).map(han).collect::<String>();
        let text = format!("{}\n\n　　{}，{}。\n　　{edit}，{}。\n", line(0), line(30), line(60), line(90));
        fs::write(self.path(&format!("seeds/{n:03}.txt")), text).unwrap();
    }

    fn command(&self, output: &str, cache: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duikan"));
        command.current_dir(self.root.path()).args(["build", "-q", "--output", output, "--cache", cache]);
        command.stdin(Stdio::null());
        command
    }

    fn build(&self) -> Output {
        self.command("site", "cache").output().unwrap()
    }

    /// The site as a build from nothing makes it.
    fn clean(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let run = self.command("clean", "clean-cache").output().unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let files = files(&self.path("clean"));
        fs::remove_dir_all(self.path("clean")).unwrap();
        fs::remove_dir_all(self.path("clean-cache")).unwrap();
        files
    }
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    entries.map(|e| (e.path().strip_prefix(folder).unwrap().to_owned(), fs::read(e.path()).unwrap())).collect()
}

fn code(run: &Output) -> Option<i32> {
    run.status.code()
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one_and_the_next_mends_the_rest() {
    let project = Project::new(4);
    assert_eq!(code(&project.build()), Some(0));
    let mut killed = 0;
    for round in 0..12 {
        let old = files(&project.path("site"));
        project.seed(round % 5, &format!("第{round}改"));
        let mut child = project.command("site", "cache").spawn().unwrap();
        std::thread::sleep(Duration::from_millis(round as u64 * 37 % 300));
        killed += usize::from(child.kill().is_ok());
        child.wait().unwrap();
        let seen = files(&project.path("site"));
        let new = project.clean();
        assert!(seen == old || seen == new, "round {round}: neither the old site nor the new one");
        let next = project.build();
        let told = String::from_utf8_lossy(&next.stderr);
        assert!(code(&next) == Some(0) && !told.contains("cache-damaged"), "round {round}: {told}");
        assert!(files(&project.path("site")) == new, "round {round}: the next build did not mend it");
    }
    assert!(killed > 0);
    let left: Vec<_> = fs::read_dir(project.root.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 4, "{left:?}");
}

/// 25 rounds of edits; `DUIKAN_EDITS=1000` makes as many.
#[test]
fn an_incremental_site_is_the_clean_site_after_any_edits() {
    let project = Project::new(3);
    let rounds = std::env::var("DUIKAN_EDITS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(25);
    let mut rng = 7u64;
    let mut roll = |below: u64| {
        rng = rng.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((rng >> 33) % below).unwrap()
    };
    for round in 0..rounds {
        for _ in 0..=roll(3) {
            let (n, other) = (roll(6), roll(6));
            let seed = project.path(&format!("seeds/{n:03}.txt"));
            let sidecar = project.path(&format!("seeds/{n:03}.toml"));
            match roll(9) {
                0 => drop(fs::remove_file(seed)),
                1 => drop(fs::rename(seed, project.path(&format!("seeds/renamed-{n}.txt")))),
                // Another printing, whole or with its last line lost.
                2 => drop(fs::copy(project.path(&format!("seeds/{other:03}.txt")), seed)),
                3 => {
                    let text = fs::read_to_string(project.path(&format!("seeds/{other:03}.txt"))).unwrap_or_default();
                    let kept = text.trim_end().rsplit_once('\n').map_or("", |(kept, _)| kept);
                    fs::write(seed, kept).unwrap();
                }
                4 if sidecar.exists() => fs::remove_file(sidecar).unwrap(),
                4 => fs::write(sidecar, format!("date = 2024-07-{:02}\n", 1 + round % 28)).unwrap(),
                5 => fs::write(project.path("duikan.toml"), format!("title = \"第{round}版\"\n")).unwrap(),
                _ => project.seed(n, &format!("第{round}改")),
            }
        }
        assert_eq!(code(&project.build()), Some(0), "round {round}");
        assert!(files(&project.path("site")) == project.clean(), "round {round}");
    }
}

#[test]
fn nothing_changed_writes_no_file_at_all() {
    let project = Project::new(2);
    assert_eq!(code(&project.build()), Some(0));
    let stamps = || {
        let entries = walkdir::WalkDir::new(project.root.path()).into_iter().map(Result::unwrap);
        entries.map(|e| (e.path().to_owned(), e.metadata().unwrap().modified().unwrap())).collect::<BTreeMap<_, _>>()
    };
    let before = stamps();
    assert_eq!(code(&project.build()), Some(0));
    assert_eq!(stamps(), before);
    // A page that someone touched is mended, although no seed changed.
    fs::write(project.path("site/index.html"), "改").unwrap();
    assert_eq!(code(&project.build()), Some(0));
    assert!(files(&project.path("site")) == project.clean());
}

#[test]
fn four_builds_at_once_all_end_well() {
    let project = Project::new(3);
    for round in 0..3 {
        project.seed(round, "又改");
        let children: Vec<_> = (0..4).map(|_| project.command("site", "cache").spawn().unwrap()).collect();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
        assert!(files(&project.path("site")) == project.clean(), "round {round}");
    }
}

#[test]
fn what_is_not_ours_is_refused_or_kept() {
    let project = Project::new(1);
    fs::create_dir(project.path("letters")).unwrap();
    fs::write(project.path("letters/letter.txt"), "信").unwrap();
    for output in ["letters", "seeds", "seeds/site", ".", "/", "..", "letters/.."] {
        let run = project.command(output, "cache").output().unwrap();
        assert_eq!(code(&run), Some(2), "{output}");
        assert!(!run.stderr.is_empty(), "{output}");
    }
    assert_eq!(fs::read_to_string(project.path("letters/letter.txt")).unwrap(), "信");
    assert_eq!(code(&project.build()), Some(0));
    fs::write(project.path("site/CNAME"), "duikan.example").unwrap();
    project.seed(0, "再改");
    assert_eq!(code(&project.build()), Some(0));
    assert_eq!(fs::read_to_string(project.path("site/CNAME")).unwrap(), "duikan.example");
}

#[test]
fn a_text_that_is_taken_away_leaves_a_page_that_says_so() {
    let project = Project::new(2);
    assert_eq!(code(&project.build()), Some(0));
    let pages = |project: &Project| -> Vec<_> { files(&project.path("site/a")).into_keys().collect() };
    let before = pages(&project);
    fs::remove_file(project.path("seeds/000.txt")).unwrap();
    assert_eq!(code(&project.build()), Some(0));
    assert_eq!(pages(&project), before);
    let said = files(&project.path("site/a")).into_values().filter(|page| {
        let page = String::from_utf8_lossy(page);
        page.contains("000.txt") && page.contains("noindex")
    });
    assert_eq!(said.count(), 1);
}

#[test]
fn a_damaged_cache_is_told_once_and_costs_only_time() {
    let project = Project::new(2);
    assert_eq!(code(&project.build()), Some(0));
    let clean = project.clean();
    for name in files(&project.path("cache")).into_keys() {
        let path = project.path("cache").join(&name);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        fs::write(&path, bytes).unwrap();
        let run = project.build();
        let told = String::from_utf8_lossy(&run.stderr);
        assert_eq!((code(&run), told.matches("cache-damaged").count()), (Some(0), 1), "{}: {told}", name.display());
        assert!(files(&project.path("site")) == clean);
        assert!(project.build().stderr.is_empty());
    }
}
