use std::fs;

use super::*;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn read_all(files: &[(&str, &[u8])]) -> (Seeds, Vec<String>) {
    let Warned { value, diagnostics } = read(folder(files).path(), &Config::default(), &Progress::Silent).unwrap();
    let codes = diagnostics.iter().map(|d| format!("{} {}", d.code, d.span.as_ref().map_or("", |s| &s.file))).collect();
    (value, codes)
}

#[test]
fn files_of_one_name_belong_together() {
    let (seeds, told) = read_all(&[
        ("要闻.txt", "甲\n乙\n".as_bytes()),
        ("要闻.md", "*按*".as_bytes()),
        ("要闻.toml", "paper = \"人民日报\"".as_bytes()),
        ("社论.md", "# 论".as_bytes()),
        ("index.md", "序".as_bytes()),
        ("about.md", "关于".as_bytes()),
        ("terms.txt", "上海精神\n\n# 注\n 命运共同体 \n".as_bytes()),
        ("下/index.md", "# 篇".as_bytes()),
        ("孤.toml", b""),
        ("图.png", b"x"),
    ]);
    let paths: Vec<_> = seeds.sources.iter().map(|source| (source.path.as_str(), source.format)).collect();
    assert_eq!(paths, [("下/index.md", Format::Markdown), ("社论.md", Format::Markdown), ("要闻.txt", Format::Raw)]);
    let news = &seeds.sources[2];
    assert_eq!((news.line_count(), news.line(2), news.note.as_deref()), (2, "乙", Some("*按*")));
    assert_eq!(news.sidecar.as_ref().and_then(|sidecar| sidecar.paper.as_deref()), Some("人民日报"));
    assert_eq!((seeds.index_note.as_deref(), seeds.about_note.as_deref()), (Some("序"), Some("关于")));
    assert_eq!(seeds.terms, ["上海精神", "命运共同体"]);
    assert_eq!(told, ["sidecar-orphan 孤.toml", "read-ignored 图.png"]);
}

#[test]
fn what_is_no_text_is_named_and_skipped() {
    let (seeds, told) = read_all(&[
        ("a.txt", b""),
        ("b.txt", b" \n\xE3\x80\x80\n"),
        ("c.txt", b"%PDF-1.4"),
        ("d.txt", b"ok"),
        ("e.txt", b"\xEF\xBB\xBF"),
    ]);
    assert_eq!(seeds.sources.len(), 1);
    assert_eq!(told, ["read-empty a.txt", "read-empty b.txt", "read-binary c.txt", "read-empty e.txt"]);
}

#[test]
fn a_guess_and_lost_bytes_are_told() {
    let (bytes, ..) = encoding_rs::GBK.encode("第一行是中文的。\n第二行也是中文的。\n");
    let mut bytes = bytes.into_owned();
    bytes.extend(b"\n\xFF\n");
    let (seeds, told) = read_all(&[("旧.txt", &bytes)]);
    assert_eq!(seeds.sources[0].encoding, "GBK");
    assert_eq!(seeds.sources[0].line(2), "第二行也是中文的。");
    assert_eq!(told, ["read-encoding 旧.txt", "read-invalid-bytes 旧.txt"]);
}

#[test]
fn a_seed_larger_than_the_limit_is_skipped() {
    let folder = folder(&[("大.txt", &[b'a'; 100])]);
    let mut config = Config::default();
    config.limits.seed_bytes = 99;
    let read = read(folder.path(), &config, &Progress::Silent).unwrap();
    assert!(read.value.sources.is_empty());
    assert_eq!(read.diagnostics[0].code, "read-too-large");
}

#[test]
fn a_missing_folder_is_an_error_with_a_hint() {
    let error = read(Path::new("/no/such/folder"), &Config::default(), &Progress::Silent).unwrap_err();
    assert_eq!(crate::exit::of(&error), crate::exit::Exit::Io);
    assert!(crate::exit::hint(&error).unwrap().contains("--seeds"));
}

proptest::proptest! {
    #[test]
    fn any_bytes_at_all_are_read_or_named(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..600)) {
        let (seeds, told) = read_all(&[("a.txt", &bytes)]);
        proptest::prop_assert!(!seeds.sources.is_empty() || !told.is_empty());
        for source in &seeds.sources {
            let lines: Vec<_> = (1..=source.line_count()).map(|n| source.line(n)).collect();
            proptest::prop_assert_eq!(lines.join("\n"), source.text.strip_suffix('\n').unwrap_or(&source.text));
            let harmless = source.text.chars().all(|char| !char.is_control() || ['\t', '\n', '\x0C'].contains(&char));
            proptest::prop_assert!(harmless);
        }
    }
}
