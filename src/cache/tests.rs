use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::model::Format;

fn source(path: &str, text: &str) -> Source {
    let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
    Source { digest, ..Source::of(path, Format::Raw, text) }
}

fn make(source: &Source) -> Draft {
    crate::segment::segment(source, &crate::repair::repair(source))
}

/// The program is not read for every one of thousands of caches.
fn open(folder: &Path) -> (Cache, Option<String>) {
    Cache::of(Shelf::new(folder, Some(blake3::hash(b"duikan")), Medium::Disk), folder)
}

/// The drafts of some sources, and how many were made.
fn drafts(cache: &Cache, sources: &[Source]) -> (usize, Vec<Draft>) {
    let made = AtomicUsize::new(0);
    let drafts = cache.drafts(sources, |source| {
        made.fetch_add(1, Ordering::Relaxed);
        make(source)
    });
    (made.into_inner(), drafts)
}

/// Runs a build over the cache: how many drafts were made, the drafts, and what was told.
fn build(folder: &Path, sources: &[Source]) -> (usize, String, Option<String>) {
    let (cache, told) = open(folder);
    let (made, drafts) = drafts(&cache, sources);
    let memos = cache.memos();
    let alike: Vec<String> = sources.iter().map(|source| source.path.clone()).collect();
    memos.alike.keep(|| alike, Vec::len);
    for source in sources {
        memos.cuts.recall(key(source), || source.text.len());
    }
    let shown: Vec<_> = sources.iter().map(|source| (source.path.clone(), key(source))).collect();
    let new = New { memos, shown };
    cache.save(new, &blake3::hash(b"in"), &blake3::hash(b"site"), "17 articles".to_owned()).unwrap();
    (made, format!("{drafts:?}"), told)
}

fn seeds() -> Vec<Source> {
    let page = "城东图书馆新馆开放\n\n　　本报讯　城东图书馆新馆今日开放。新馆藏书三十\n万册，每天开放十二小时。\n";
    vec![source("一.txt", page), source("二.txt", &page.replace('东', "西")), source("三.txt", "图为新馆。\n")]
}

#[test]
fn a_draft_is_made_again_only_when_its_seed_changed() {
    let desk = tempfile::tempdir().unwrap();
    let mut sources = seeds();
    let clean = |sources: &[Source]| format!("{:?}", sources.iter().map(make).collect::<Vec<_>>());
    assert_eq!(build(desk.path(), &sources), (3, clean(&sources), None));
    assert_eq!(build(desk.path(), &sources), (0, clean(&sources), None));
    sources[1] = source("二.txt", "图为旧馆。\n");
    sources.push(source("四.txt", "图为书架。\n"));
    assert_eq!(build(desk.path(), &sources), (2, clean(&sources), None));
    sources.remove(0);
    assert_eq!(build(desk.path(), &sources), (0, clean(&sources), None));
    assert_eq!(build(desk.path(), &sources), (0, clean(&sources), None));
    // The same text under another name has its findings under another name.
    sources[0].path = "五.txt".to_owned();
    assert_eq!(build(desk.path(), &sources).0, 1);
}

#[test]
fn an_unchanged_build_is_known_and_nothing_else() {
    let desk = tempfile::tempdir().unwrap();
    build(desk.path(), &seeds());
    let (cache, _) = open(desk.path());
    let [inputs, site, other] = [&b"in"[..], b"site", b"other"].map(blake3::hash);
    assert_eq!(cache.unchanged(&inputs, &site), Some("17 articles"));
    assert_eq!(cache.unchanged(&other, &site), None);
    assert_eq!(cache.unchanged(&inputs, &other), None);
}

#[test]
fn every_flipped_or_missing_byte_is_told_once_and_costs_only_time() {
    let desk = tempfile::tempdir().unwrap();
    let sources = seeds();
    let (_, clean, _) = build(desk.path(), &sources);
    for name in files(desk.path()) {
        let path = desk.path().join(&name);
        let good = fs::read(&path).unwrap();
        for at in 0..good.len() {
            let mut flipped = good.clone();
            flipped[at] ^= 1 << (at % 8);
            let cut = good.get(..at).unwrap().to_vec();
            for bad in [flipped, cut] {
                fs::write(&path, bad).unwrap();
                let (cache, told) = open(desk.path());
                assert!(told.is_some() && cache.last.is_none() && cache.shelf.is_empty(), "{name} {at}");
            }
        }
        fs::write(&path, good.get(..good.len() / 2).unwrap()).unwrap();
        let (made, drafts, told) = build(desk.path(), &sources);
        assert_eq!((made, drafts, told.is_some()), (3, clean.clone(), true));
        assert_eq!(build(desk.path(), &sources), (0, clean.clone(), None));
    }
}

/// The names of all files of a cache.
fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn a_build_that_is_killed_while_it_saves_leaves_what_was_stored() {
    let (before, after) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut sources = seeds();
    build(before.path(), &sources);
    sources[1] = source("二.txt", "图为旧馆。\n");
    build(after.path(), &sources);
    let new: Vec<String> = files(after.path()).into_iter().filter(|name| name != LAST).collect();
    for name in new.iter().filter(|name| !before.path().join(name).exists()) {
        fs::copy(after.path().join(name), before.path().join(name)).unwrap();
    }
    fs::write(before.path().join("drafts-0123456789abcdef.new"), "half").unwrap();
    assert!(files(before.path()).len() > STORES.len() + 1);
    let (made, _, told) = build(before.path(), &sources);
    assert_eq!((made, told), (1, None));
    assert_eq!(files(before.path()), files(after.path()));
}

#[test]
fn what_a_build_has_put_there_counts_when_it_is_saved() {
    let desk = tempfile::tempdir().unwrap();
    let mut sources = seeds();
    build(desk.path(), &sources);
    let before = files(desk.path());
    sources[1] = source("二.txt", "图为旧馆。\n");
    let killed = open(desk.path()).0;
    killed.drafts(&sources, make);
    assert_eq!(files(desk.path()).len(), before.len() + 1);
    // Another that works on it meanwhile keeps nothing, and takes nothing away.
    let (made, _, told) = build(desk.path(), &sources);
    assert_eq!((made, told, files(desk.path()).len()), (1, None, before.len() + 1));
    drop(killed);
    let (next, told) = open(desk.path());
    assert_eq!(told, None);
    next.shelf.put(ALIKE, b"more".to_vec());
    assert_eq!(files(desk.path()).len(), before.len() + 1);
    drop(next);
    assert_eq!(build(desk.path(), &sources).0, 1);
    assert_eq!(build(desk.path(), &sources).0, 0);
    assert_eq!(files(desk.path()).len(), before.len());
}

#[test]
fn in_memory_editions_know_each_other_and_nothing_is_written() {
    let desk = tempfile::tempdir().unwrap();
    let mut sources = seeds();
    build(desk.path(), &sources);
    let before = files(desk.path());
    let shelf = Shelf::new(desk.path(), Some(blake3::hash(b"duikan")), Medium::Memory);
    let (cache, _) = Cache::of(shelf, desk.path());
    for (made_now, text) in [(0, None), (1, Some("图为旧馆。\n")), (0, None)] {
        if let Some(text) = text {
            sources[1] = source("二.txt", text);
        }
        let (made, drafts) = drafts(&cache, &sources);
        assert_eq!((drafts.len(), made), (sources.len(), made_now));
        let memos = cache.memos();
        memos.cuts.recall(key(&sources[1]), || 7);
        cache.renew(memos);
        assert!(cache.memos().cuts.known::<usize>(key(&sources[1])).is_some());
    }
    assert_eq!(files(desk.path()), before);
}

#[test]
fn what_another_program_stored_is_not_used() {
    let desk = tempfile::tempdir().unwrap();
    build(desk.path(), &seeds());
    let other = Shelf::new(desk.path(), Some(blake3::hash(b"another")), Medium::Disk);
    assert_eq!(other.fill().map(|_| ()), Err(pack::Fault::Foreign));
}

#[test]
fn a_program_knows_itself() {
    assert!(program().is_some() && program() == program());
}
