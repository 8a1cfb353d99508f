//! What the READMEs promise is so: settings and sidecars are understood, codes exist and none is left out.

use std::collections::BTreeSet;
use std::path::Path;

use duikan::config::{Config, settings, sidecar};
use duikan::model::{Format, Source};

const READMES: [(&str, &str); 2] =
    [("README.md", include_str!("../../README.md")), ("README.zh.md", include_str!("../../README.zh.md"))];

/// The fenced blocks of one language.
fn blocks<'a>(readme: &'a str, language: &str) -> Vec<&'a str> {
    let fence = format!("```{language}\n");
    readme.split(fence.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

#[test]
fn the_settings_are_understood_and_none_is_left_out() {
    for (name, readme) in READMES {
        let text = blocks(readme, "toml").into_iter().find(|block| block.contains("[limits]")).expect("settings");
        let settings = settings(name, text).unwrap_or_else(|fault| panic!("{fault:?}"));
        assert_ne!(settings.config, Config::default());
        // Each key of the example is one that the program knows; the reverse is read off what it says of a wrong one.
        for (section, wrong) in [
            ("", "x = 1"),
            ("folds", "[folds]\nx = 1"),
            ("collate", "[collate]\nx = 1"),
            ("limits", "[limits]\nx = 1"),
            ("export", "[export]\nx = 1"),
        ] {
            let fault = duikan::config::settings(name, wrong).expect_err("an unknown key");
            let hint = fault.hint.as_deref().unwrap_or_default().replace("known here: ", "");
            for key in hint.split(", ").filter(|key| !key.contains("mean")) {
                assert!(
                    text.contains(&format!("{key} = ")) || text.contains(&format!("[{key}]")),
                    "{name} [{section}] {key}"
                );
            }
        }
    }
}

#[test]
fn the_sidecar_is_understood() {
    let mut lines = vec!["尊敬的各位："; 140];
    lines[12] = "差距尚待弥合。";
    let text = lines.join("\n");
    let seed = Source::of("000.txt", Format::Raw, text);
    for (name, readme) in READMES {
        let text = blocks(readme, "toml").into_iter().find(|block| block.contains("[[article]]")).expect("a sidecar");
        let read = sidecar(name, text, &seed);
        assert_eq!(read.diagnostics, [], "{name}");
        assert_eq!(read.value.map(|sidecar| sidecar.articles.len()), Some(1));
    }
}

/// The codes in the first column of the table of findings.
fn told(readme: &str) -> BTreeSet<String> {
    let rows =
        readme.lines().filter(|line| ["| note |", "| warning |", "| error |"].iter().any(|kind| line.contains(kind)));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

/// The codes that the sources make: the literal behind `Diagnostic::new(SEVERITY,` and its like.
fn made() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for entry in walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).sort_by_file_name() {
        let path = entry.expect("our sources can be listed").into_path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("our sources can be read");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default().replace("'\"'", "");
        let rooms = [
            "read",
            "sidecar",
            "front-matter",
            "repair",
            "reuse",
            "address",
            "settle",
            "segment",
            "quote",
            "mention",
            "words",
            "search",
            "cache",
        ];
        let literals = text.split('"').skip(1).step_by(2);
        let is_code = |text: &&str| {
            rooms.iter().any(|room| text.strip_prefix(room).is_some_and(|rest| rest.starts_with('-')))
                && text.chars().all(|char| char.is_ascii_lowercase() || char == '-')
        };
        let said = text.split("warning[").skip(1).filter_map(|rest| rest.split(']').next());
        codes.extend(said.filter(is_code).map(str::to_owned));
        let makes = text.contains("Diagnostic") || text.contains("skipped(");
        codes.extend(literals.filter(is_code).filter(|_| makes).map(str::to_owned));
    }
    codes
}

#[test]
fn every_finding_is_in_the_table_and_every_row_is_made_somewhere() {
    let made = made();
    assert!(made.len() > 10, "{made:?}");
    for (name, readme) in READMES {
        let told = told(readme);
        let missing: Vec<_> = made.difference(&told).collect();
        assert!(missing.is_empty(), "{name} does not tell {missing:?}");
        let whole = ["config", "sidecar", "front-matter"];
        let idle: Vec<_> = told.difference(&made).filter(|code| !whole.contains(&code.as_str())).collect();
        assert!(idle.is_empty(), "{name} tells of {idle:?}, which nothing makes");
    }
}

#[test]
fn both_languages_tell_the_same() {
    let [(_, english), (_, chinese)] = READMES;
    assert_eq!(told(english), told(chinese));
    assert_eq!(blocks(english, "text").len(), blocks(chinese, "text").len());
    let headings = |readme: &str| readme.lines().filter(|line| line.starts_with("##")).count();
    assert_eq!(headings(english), headings(chinese));
}
