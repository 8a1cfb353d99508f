use std::collections::BTreeMap;
use std::os::unix::fs::{MetadataExt, symlink};

use super::*;
use crate::exit::Exit;

/// A folder of seeds and a place for a site, thrown away after the test.
struct Desk {
    root: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("seeds")).unwrap();
        Self { root }
    }

    fn path(&self, below: &str) -> PathBuf {
        self.root.path().join(below)
    }

    fn protected(&self) -> Protected {
        let others = vec![self.root.path().to_owned(), self.path("home")];
        Protected { seeds: self.path("seeds"), others }
    }

    fn claim(&self, output: &str) -> Result<Claim, Error> {
        claim(&self.path(output), &self.protected(), Duration::ZERO, || {})
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Summary, Error> {
        publish(self.claim("site")?, &out(files))
    }

    /// Everything that stands below the site, with its content.
    fn site(&self) -> BTreeMap<String, String> {
        let root = self.path("site");
        let entries = walkdir::WalkDir::new(&root).min_depth(1).into_iter().map(Result::unwrap);
        entries
            .filter(|entry| !entry.file_type().is_dir() && entry.file_name() != manifest::NAME)
            .map(|entry| {
                let name = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                (name, fs::read_to_string(entry.path()).unwrap_or_else(|_| "?".to_owned()))
            })
            .collect()
    }

    /// Nothing but what is expected may lie beside the site.
    fn beside(&self) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(self.root.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn publish(claim: Claim, files: &[OutFile]) -> Result<Summary, Error> {
    files.par_iter().try_for_each(|file| claim.add(file))?;
    Ok(claim.finish()?.0)
}

fn out(files: &[(&str, &str)]) -> Vec<OutFile> {
    files.iter().map(|(path, text)| OutFile { path: (*path).to_owned(), bytes: text.as_bytes().to_vec() }).collect()
}

fn map(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

const FIRST: &[(&str, &str)] = &[("index.html", "首页"), ("a/yi.html", "一"), ("a/er.html", "二")];
const SECOND: &[(&str, &str)] = &[("index.html", "首页"), ("a/yi.html", "一改"), ("b/san.html", "三")];

#[test]
fn tells_what_was_added_changed_kept_and_removed() {
    let desk = Desk::new();
    let first = desk.publish(FIRST).unwrap();
    assert_eq!(first.added, ["a/er.html", "a/yi.html", "index.html"]);
    let second = desk.publish(SECOND).unwrap();
    assert_eq!((second.added, second.changed), (vec!["b/san.html".to_owned()], vec!["a/yi.html".to_owned()]));
    assert_eq!((second.removed, second.kept, second.whole), (vec!["a/er.html".to_owned()], 1, true));
    assert_eq!((second.bytes, second.bytes_written), (15, 9));
    assert_eq!(desk.site(), map(SECOND));
    assert_eq!(desk.beside(), ["seeds", "site"]);
}

#[test]
fn nothing_changed_writes_nothing() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    let stamp = || {
        let entries = walkdir::WalkDir::new(desk.root.path()).into_iter().map(Result::unwrap);
        entries
            .map(|entry| {
                let meta = entry.metadata().unwrap();
                (entry.path().to_owned(), meta.ino(), meta.mtime(), meta.mtime_nsec(), meta.ctime_nsec())
            })
            .collect::<std::collections::BTreeSet<_>>()
    };
    let before = stamp();
    let again = desk.publish(FIRST).unwrap();
    assert!(again.is_unchanged() && again.kept == 3, "{again:?}");
    assert_eq!(stamp(), before);
}

#[test]
fn an_unchanged_page_keeps_its_file() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    let inode = || fs::metadata(desk.path("site/index.html")).unwrap().ino();
    let before = inode();
    desk.publish(SECOND).unwrap();
    assert_eq!(inode(), before);
}

#[test]
fn what_is_the_users_survives_both_ways_of_publishing() {
    for in_place in [false, true] {
        let desk = Desk::new();
        desk.publish(FIRST).unwrap();
        fs::write(desk.path("site/CNAME"), "duikan.example").unwrap();
        fs::create_dir_all(desk.path("site/.git/objects")).unwrap();
        fs::write(desk.path("site/.git/HEAD"), "ref").unwrap();
        fs::write(desk.path("site/a/笔记.txt"), "我的").unwrap();
        symlink("/nowhere", desk.path("site/link")).unwrap();
        let mut claim = desk.claim("site").unwrap();
        if in_place {
            claim.staging = Staging::inside(&claim.output);
        }
        let summary = publish(claim, &out(SECOND)).unwrap();
        assert_eq!(summary.whole, !in_place);
        let mut expected = map(SECOND);
        let users = [("CNAME", "duikan.example"), (".git/HEAD", "ref"), ("a/笔记.txt", "我的"), ("link", "?")];
        expected.extend(map(&users));
        assert_eq!(desk.site(), expected, "in place: {in_place}");
        assert!(desk.path("site/.git/objects").is_dir());
        // The user's note keeps the folder; a folder that only held pages goes with them.
        desk.publish(&[("index.html", "首页")]).unwrap();
        assert!(!desk.path("site/b").exists() && desk.path("site/a/笔记.txt").exists());
        assert_eq!(desk.beside(), ["seeds", "site"]);
    }
}

#[test]
fn both_ways_of_publishing_leave_the_same_bytes() {
    let manifests = [false, true].map(|in_place| {
        let desk = Desk::new();
        for files in [FIRST, SECOND] {
            let mut claim = desk.claim("site").unwrap();
            if in_place {
                claim.staging = Staging::inside(&claim.output);
            }
            publish(claim, &out(files)).unwrap();
            assert_eq!(desk.site(), map(files));
        }
        fs::read(desk.path("site").join(manifest::NAME)).unwrap()
    });
    assert_eq!(manifests[0], manifests[1]);
}

#[test]
fn a_file_of_the_user_is_never_overwritten() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    for in_the_way in ["b", "b/san.html/note", "c"] {
        let place = desk.path("site").join(in_the_way);
        if in_the_way == "c" {
            symlink(desk.path("seeds"), &place).unwrap();
        } else {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(&place, "我的").unwrap();
        }
        let before = desk.site();
        let refused = desk.publish(&[("b/san.html", "三"), ("c/si.html", "四")]).unwrap_err();
        assert_eq!(refused.exit(), Exit::Refused, "{refused}");
        assert_eq!(desk.site(), before);
        let _ = fs::remove_file(&place).and_then(|()| fs::remove_dir_all(desk.path("site/b")));
    }
    fs::write(desk.path("site/404.html"), "我的").unwrap();
    let summary = desk.publish(&[("index.html", "首页"), ("404.html", "无此页")]).unwrap();
    assert_eq!(summary.yielded, ["404.html"]);
    assert_eq!(desk.site(), map(&[("index.html", "首页"), ("404.html", "我的")]));
    desk.publish(&[("index.html", "首页")]).unwrap();
    assert_eq!(fs::read_to_string(desk.path("site/404.html")).unwrap(), "我的");
    // A folder of the user's takes our pages beside what is in it.
    fs::create_dir(desk.path("site/b")).unwrap();
    fs::write(desk.path("site/b/note.txt"), "我的").unwrap();
    fs::write(desk.path("site/b/san.html"), "我的").unwrap();
    let summary = desk.publish(&[("b/san.html", "三"), ("b/si.html", "四")]).unwrap();
    assert_eq!((summary.yielded, summary.added), (vec!["b/san.html".to_owned()], vec!["b/si.html".to_owned()]));
    let users = [("404.html", "我的"), ("b/note.txt", "我的"), ("b/san.html", "我的"), ("b/si.html", "四")];
    assert_eq!(desk.site(), map(&users));
}

#[test]
fn a_page_that_was_edited_or_lost_is_mended() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    fs::write(desk.path("site/index.html"), "页首").unwrap();
    fs::remove_file(desk.path("site/a/yi.html")).unwrap();
    let summary = desk.publish(FIRST).unwrap();
    assert_eq!(summary.changed, ["a/yi.html", "index.html"]);
    assert_eq!(desk.site(), map(FIRST));
}

#[test]
fn refuses_what_must_not_be_written_to() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("home/files")).unwrap();
    fs::write(desk.path("home/files/letter.txt"), "信").unwrap();
    fs::write(desk.path("plain"), "").unwrap();
    fs::create_dir(desk.path("empty")).unwrap();
    symlink(desk.path("home"), desk.path("to-home")).unwrap();
    symlink(desk.path("seeds"), desk.path("to-seeds")).unwrap();
    symlink(desk.path("nothing"), desk.path("to-nothing")).unwrap();
    symlink("/", desk.path("to-root")).unwrap();
    let refused = [
        "",
        "..",
        "/",
        "seeds",
        "seeds/site",
        "seeds/new/site",
        "seeds/../seeds",
        "seeds/..",
        "home",
        "home/files",
        "plain",
        "to-home",
        "to-seeds",
        "to-seeds/site",
        "to-nothing",
        "to-root",
        "new/..",
        "new/../..",
        "home/files/..",
    ];
    for output in refused {
        let error = desk.claim(output).map(|claim| claim.output).unwrap_err();
        assert_eq!(error.exit(), Exit::Refused, "{output}: {error}");
    }
    assert_eq!(desk.beside(), ["empty", "home", "plain", "seeds", "to-home", "to-nothing", "to-root", "to-seeds"]);
    for output in ["empty", "new", "deep/new/site", "home/new"] {
        let result = desk.claim(output).map(|claim| claim.output);
        assert!(result.is_ok(), "{output}: {result:?}");
    }
}

#[test]
fn a_link_to_a_site_stays_a_link() {
    let desk = Desk::new();
    fs::create_dir(desk.path("real")).unwrap();
    symlink(desk.path("real"), desk.path("site")).unwrap();
    desk.publish(FIRST).unwrap();
    assert!(desk.path("site").symlink_metadata().unwrap().is_symlink());
    assert_eq!(fs::read_to_string(desk.path("real/index.html")).unwrap(), "首页");
}

#[test]
fn a_folder_with_another_manifest_is_not_ours() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    let path = desk.path("site").join(manifest::NAME);
    let bytes = fs::read(&path).unwrap();
    for bad in [&b""[..], b"duikan-manifest 1\n", bytes.get(..bytes.len() / 2).unwrap()] {
        fs::write(&path, bad).unwrap();
        assert_eq!(desk.publish(SECOND).unwrap_err().exit(), Exit::Refused);
    }
    fs::remove_file(&path).unwrap();
    symlink("/etc/hostname", &path).unwrap();
    assert_eq!(desk.publish(SECOND).unwrap_err().exit(), Exit::Refused);
    assert_eq!(desk.path("site/a/er.html").metadata().unwrap().len(), 3);
}

#[test]
fn a_name_that_leads_out_of_the_site_is_refused() {
    let desk = Desk::new();
    for path in ["../out.html", "/out.html", "a/../../out.html", "", "a//b", manifest::NAME, stage::INNER] {
        assert_eq!(desk.publish(&[(path, "出")]).unwrap_err().exit(), Exit::Refused, "{path}");
    }
    assert_eq!(desk.publish(&[("a", "一"), ("a", "二")]).map(|_| ()).unwrap_err().exit(), Exit::Io);
    assert_eq!((desk.site(), desk.beside()), (BTreeMap::new(), vec!["seeds".to_owned(), "site".to_owned()]));
}

#[test]
fn two_at_once_wait_or_say_so() {
    let desk = Desk::new();
    let first = desk.claim("site").unwrap();
    let error = desk.claim("site").map(|_| ()).unwrap_err();
    assert_eq!(error.exit(), Exit::Locked, "{error}");
    std::thread::scope(|scope| {
        let patient = scope.spawn(|| {
            let mut told = false;
            let claim = claim(&desk.path("site"), &desk.protected(), Duration::from_secs(20), || told = true).unwrap();
            (told, publish(claim, &out(SECOND)).unwrap())
        });
        std::thread::sleep(Duration::from_millis(50));
        publish(first, &out(FIRST)).unwrap();
        let (told, summary) = patient.join().unwrap();
        assert!(told);
        // It saw the site that the first one published, not the empty folder that it began to wait for.
        assert_eq!((summary.kept, summary.removed), (1, vec!["a/er.html".to_owned()]));
    });
    assert_eq!(desk.site(), map(SECOND));
}

#[test]
fn what_a_killed_build_left_is_cleared_away_and_late_files_are_saved() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    let staging = desk.path(".site.duikan-staging");
    // Killed while staging: no manifest yet.
    fs::create_dir_all(staging.join("a")).unwrap();
    fs::write(staging.join("a/half.html"), "半").unwrap();
    assert!(desk.publish(FIRST).unwrap().is_unchanged());
    assert_eq!(desk.beside(), ["seeds", "site"]);
    // Killed after the exchange: the old site is left, with a file that the user put there at the last moment.
    fs::rename(desk.path("site"), &staging).unwrap();
    fs::write(staging.join("a/late.txt"), "晚到").unwrap();
    let mut expected = map(SECOND);
    expected.insert("a/late.txt".to_owned(), "晚到".to_owned());
    desk.publish(SECOND).unwrap();
    assert_eq!((desk.site(), desk.beside()), (expected, vec!["seeds".to_owned(), "site".to_owned()]));
    // Something else under that name is not ours to clear away.
    symlink(desk.path("seeds"), &staging).unwrap();
    assert_eq!(desk.publish(SECOND).unwrap_err().exit(), Exit::Refused);
    assert!(desk.path("seeds").is_dir());
}

#[test]
fn an_error_leaves_the_old_site_and_nothing_else() {
    let desk = Desk::new();
    desk.publish(FIRST).unwrap();
    let error = desk.publish(&[("index.html", "新"), ("x", "文件"), ("x/y.html", "页")]).unwrap_err();
    assert_eq!(error.exit(), Exit::Io, "{error}");
    assert_eq!((desk.site(), desk.beside()), (map(FIRST), vec!["seeds".to_owned(), "site".to_owned()]));
}

#[test]
fn the_state_is_the_same_until_someone_touches_a_file() {
    let desk = Desk::new();
    for files in [FIRST, SECOND] {
        let claim = desk.claim("site").unwrap();
        out(files).iter().try_for_each(|file| claim.add(file)).unwrap();
        let (_, state) = claim.finish().unwrap();
        let again = || desk.claim("site").unwrap().state();
        assert_eq!(again().fingerprint, state);
        fs::write(desk.path("site/CNAME"), "duikan.example").unwrap();
        assert_eq!((again().fingerprint, again().files), (state, files.len()));
        let old = fs::read(desk.path("site/index.html")).unwrap();
        fs::write(desk.path("site/index.html"), &old).unwrap();
        assert_ne!(again().fingerprint, state);
    }
}
