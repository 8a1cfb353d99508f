//! Imports follow the order of the stages: a room may use the rooms that `lib.rs` lists above it, never one below.
//!
//! ```text
//! src/repair/join.rs: uses crate::segment, which comes after crate::repair
//! ```

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The ground that every room stands on, whatever the order.
const GROUND: [&str; 4] = ["config", "diagnostic", "model", "progress"];

/// The command line and its commands are one room in two: each names types of the other.
const EDGE: [&str; 2] = ["cli", "command"];

/// Files of tests alone: they may look at every room.
const TESTS: [&str; 2] = ["tests", "fixture"];

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable folder").path();
        if path.file_stem().is_some_and(|stem| TESTS.iter().any(|t| stem == *t)) {
            continue;
        }
        if path.is_dir() {
            files.extend(source_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The modules that a text names as `crate::NAME`.
fn named(text: &str) -> BTreeSet<&str> {
    let word = |rest: &str| rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    text.split("crate::").skip(1).filter_map(|rest| rest.get(..word(rest))).filter(|w| !w.is_empty()).collect()
}

/// The code of a file, without its tests: what its comments name is only prose.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_follow_the_order_of_the_stages() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let lib = std::fs::read_to_string(src.join("lib.rs")).expect("src/lib.rs");
    let rooms: Vec<&str> =
        lib.lines().filter_map(|l| l.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')).collect();
    assert!(rooms.len() > 10, "src/lib.rs lists the rooms: {rooms:?}");
    let place = |room: &str| rooms.iter().position(|r| *r == room);
    let mut wrong = Vec::new();
    for path in source_files(&src) {
        let below = path.strip_prefix(&src).expect("below src");
        let first = below.iter().next().unwrap_or_default();
        let room = Path::new(first).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Some(at) = place(&room) else { continue };
        let text = std::fs::read_to_string(&path).expect("a readable file");
        for used in named(&code(&text)) {
            let edge = EDGE.contains(&used) && EDGE.contains(&room.as_str());
            if place(used).is_some_and(|used| used > at) && !GROUND.contains(&used) && !edge {
                wrong.push(format!("{}: uses crate::{used}, which comes after crate::{room}", below.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Rules are about layout and language, never about the texts that happen to be in `seeds/`.
#[test]
fn no_rule_knows_the_words_of_the_seeds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let words = ["阿斯塔纳", "托卡耶夫", "上海合作组织", "上合组织", "拉赫蒙", "鲁班工坊", "7a0e2307", "8d938df8"];
    let mut found = Vec::new();
    for path in source_files(&root.join("src")) {
        let text = std::fs::read_to_string(&path).expect("a readable file");
        for word in words.into_iter().filter(|w| code(&text).contains(w)) {
            found.push(format!("{}: {word}", path.display()));
        }
    }
    for folder in ["templates", "static"] {
        for entry in std::fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
            let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
            for word in words.into_iter().filter(|w| text.contains(w)) {
                found.push(format!("{}: {word}", entry.path().display()));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}
