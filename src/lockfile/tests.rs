use proptest::prelude::*;

use super::*;
use crate::model::{Alias, Article, Changes, Format, Guess, HeadLine, Kind, Landing, Paragraph, Role, Source};

/// An article of a test: its seed, its title, its paragraphs.
type Told<'a> = (&'a str, &'a str, Vec<&'a str>);

const P: [&str; 8] = [
    "今年是城东图书馆成立以来十分重要的一年，各国领导人齐聚一堂共商大计。",
    "面对世界百年变局加速演进，我们要坚持团结互信，携手应对共同的挑战。",
    "中方愿同各方一道推动组织行稳致远，为地区人民带来更多的福祉和安宁。",
    "洞庭湖一线堤防出现管涌，抢险队伍连夜赶到现场，群众已经全部安全转移。",
    "会谈后两国元首共同签署联合声明，并见证多项双边合作文件的交换仪式。",
    "应急管理部派出监测队伍协助湖北江西两省巡堤查险，确保人员安全度汛。",
    "图为孩子们在图书馆里阅读，窗外的梧桐树下停着几辆崭新的自行车。",
    "本届电影周共展映十二部影片，吸引了来自杜尚别各高校的青年学生观看。",
];

/// Runs a lock over articles: their addresses with the paragraph that each anchor leads to, and what else is known.
fn run(lock: &mut Lock, told: &[Told<'_>]) -> (Vec<(String, Vec<String>)>, Addresses) {
    let seeds: std::collections::BTreeSet<&str> = told.iter().map(|(seed, ..)| *seed).collect();
    let sources: Vec<Source> = seeds.iter().map(|path| source(path)).collect();
    let place = |seed: &str| seeds.iter().position(|other| *other == seed).unwrap();
    let mut articles: Vec<Article> =
        told.iter().enumerate().map(|(ix, (seed, title, texts))| article(ix, place(seed), title, texts)).collect();
    let addresses = lock.assign(&sources, &mut articles);
    let anchors = |article: &Article| article.paragraphs.iter().map(|p| p.anchor.clone()).collect();
    (articles.iter().map(|article| (article.id.clone(), anchors(article))).collect(), addresses)
}

fn source(path: &str) -> Source {
    Source::of(path, Format::Raw, "")
}

fn guess<T>(value: T) -> Guess<T> {
    Guess { value, confidence: 1.0, evidence: Vec::new() }
}

fn article(ix: usize, seed: usize, title: &str, texts: &[&str]) -> Article {
    let line = HeadLine { text: title.to_owned(), pieces: Vec::new(), ledger: Vec::new() };
    let paragraphs = texts.iter().zip(1..).map(|(text, n)| Paragraph {
        n,
        anchor: String::new(),
        role: Role::Body,
        text: (*text).to_owned(),
        pieces: Vec::new(),
        ledger: Vec::new(),
    });
    Article {
        ix,
        id: format!("proposed-{}", title.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "")),
        seed,
        kind: guess(Kind::Report),
        title: guess(line),
        title_inferred: false,
        subtitle: None,
        byline: None,
        speaker: None,
        agency: None,
        place: None,
        date: None,
        head: Vec::new(),
        continues: None,
        lines: Vec::new(),
        paragraphs: paragraphs.collect(),
    }
}

fn ids(run: &[(String, Vec<String>)]) -> Vec<&str> {
    run.iter().map(|(id, _)| id.as_str()).collect()
}

fn anchors(run: &[(String, Vec<String>)], at: usize) -> Vec<&str> {
    run[at].1.iter().map(String::as_str).collect()
}

/// Reads what a lock would write, so that every step of a life also goes over the disk.
fn reload(lock: &Lock) -> Lock {
    let (seeds, entries) = format::parse(&format::write(&lock.seeds, &lock.entries)).unwrap();
    assert_eq!(entries, lock.entries);
    Lock { seeds, entries, ..Lock::default() }
}

#[test]
fn the_life_of_a_corpus() {
    let mut lock = Lock::default();
    let first: Vec<Told> = vec![("1.txt", "A", vec![P[0], P[1], P[2]]), ("2.txt", "B", vec![P[3], P[4]])];
    let (start, addresses) = run(&mut lock, &first);
    assert_eq!(ids(&start), ["proposed-a", "proposed-b"]);
    assert_eq!((anchors(&start, 0), addresses.texts), (vec!["p1", "p2", "p3"], vec![0, 1]));

    // Edited, renamed, retitled, a paragraph on top, one reworded, another seed added in front.
    lock = reload(&lock);
    let edited = "面对世界百年变局加速演进，我们必须坚持团结互信，携手应对一切共同挑战。";
    let told: Vec<Told> = vec![
        ("0.txt", "C", vec![P[5], P[6]]),
        ("renamed.txt", "A again", vec![P[7], P[0], edited, P[2]]),
        ("2.txt", "B", vec![P[3], P[4]]),
    ];
    let (grown, addresses) = run(&mut lock, &told);
    assert_eq!(ids(&grown), ["proposed-c", "proposed-a", "proposed-b"]);
    assert_eq!(anchors(&grown, 1), ["p4", "p1", "p2", "p3"]);
    assert_eq!(addresses.texts, [2, 0, 1]);
    assert_eq!(addresses.changes.added, ["proposed-c"]);

    // Split: the larger part keeps the page; a citation of what left still lands on it.
    lock = reload(&lock);
    let told: Vec<Told> = vec![
        ("0.txt", "C", vec![P[5], P[6]]),
        ("renamed.txt", "A again", vec![P[7], P[0], edited]),
        ("renamed.txt", "tail", vec![P[2]]),
        ("2.txt", "B", vec![P[3], P[4]]),
    ];
    let (split, addresses) = run(&mut lock, &told);
    assert_eq!(ids(&split), ["proposed-c", "proposed-a", "proposed-tail", "proposed-b"]);
    let landing = Some(Landing { article: 2, anchor: Some("p1".to_owned()) });
    assert_eq!(addresses.aliases[1], [Alias { anchor: "p3".to_owned(), to: landing }]);
    assert_eq!(addresses.changes.paragraphs, [("proposed-a".to_owned(), "p3".to_owned())]);

    // Merged again: the paragraph comes back to its address, and the page of the part leads on.
    lock = reload(&lock);
    let (merged, addresses) = run(&mut lock, &told_after_merge(edited));
    assert_eq!(ids(&merged), ["proposed-c", "proposed-a", "proposed-b"]);
    assert_eq!(anchors(&merged, 1), ["p4", "p1", "p2", "p3"]);
    assert!(addresses.aliases[1].is_empty());
    let [departed] = addresses.departed.as_slice() else { panic!("{addresses:?}") };
    assert_eq!((departed.id.as_str(), departed.to), ("proposed-tail", Some(1)));
    assert_eq!(departed.anchors[0].to, Some(Landing { article: 1, anchor: Some("p3".to_owned()) }));
    assert_eq!(addresses.changes.moved, [("proposed-tail".to_owned(), "proposed-a".to_owned())]);

    // Removed: a page that says so, for ever; and when the seed comes back, it comes back to its address.
    lock = reload(&lock);
    let (_, addresses) = run(&mut lock, &[("0.txt", "C", vec![P[5], P[6]])]);
    assert_eq!(addresses.changes.removed, ["proposed-a", "proposed-b"]);
    assert_eq!(addresses.departed.iter().filter(|gone| gone.to.is_none()).count(), 3);
    let (back, addresses) = run(&mut lock, &told_after_merge(edited));
    assert_eq!(ids(&back), ["proposed-c", "proposed-a", "proposed-b"]);
    assert_eq!(anchors(&back, 1), ["p4", "p1", "p2", "p3"]);
    assert_eq!(addresses.changes.returned, ["proposed-a", "proposed-b"]);
    assert_eq!(addresses.texts, [2, 0, 1]);
}

fn told_after_merge(edited: &str) -> Vec<Told<'_>> {
    vec![
        ("0.txt", "C", vec![P[5], P[6]]),
        ("renamed.txt", "A again", vec![P[7], P[0], edited, P[2]]),
        ("2.txt", "B", vec![P[3], P[4]]),
    ]
}

#[test]
fn an_upgrade_that_cuts_paragraphs_anew_keeps_their_citations() {
    let mut lock = Lock::default();
    let joined = format!("{}{}", P[0], P[1]);
    run(&mut lock, &[("1.txt", "A", vec![P[0], P[1], P[2]])]);
    let (now, addresses) = run(&mut lock, &[("1.txt", "A", vec![&joined, P[2]])]);
    let first = anchors(&now, 0)[0].to_owned();
    assert!(first == "p1" || first == "p2");
    let [alias] = addresses.aliases[0].as_slice() else { panic!("{addresses:?}") };
    assert_eq!(alias.to, Some(Landing { article: 0, anchor: Some(first) }));
    // And cut back.
    let (back, addresses) = run(&mut lock, &[("1.txt", "A", vec![P[0], P[1], P[2]])]);
    assert_eq!(anchors(&back, 0), ["p1", "p2", "p3"]);
    assert!(addresses.aliases[0].is_empty());
}

#[test]
fn the_same_text_printed_twice_has_two_addresses_that_do_not_swap() {
    let mut lock = Lock::default();
    let twice = |a: &'static str, b: &'static str| vec![(a, "A", vec![P[0], P[1]]), (b, "A", vec![P[0], P[1]])];
    let (first, _) = run(&mut lock, &twice("1.txt", "2.txt"));
    assert_eq!(ids(&first), ["proposed-a", "proposed-a-2"]);
    let (second, _) = run(&mut lock, &[("2.txt", "A", vec![P[0], P[1]])]);
    assert_eq!(ids(&second), ["proposed-a-2"]);
    let (third, addresses) = run(&mut lock, &twice("1.txt", "2.txt"));
    assert_eq!((ids(&third), addresses.departed), (vec!["proposed-a", "proposed-a-2"], vec![]));
}

#[test]
fn an_address_is_never_given_twice() {
    let mut lock = Lock::default();
    run(&mut lock, &[("1.txt", "A", vec![P[0]])]);
    run(&mut lock, &[]);
    let (other, addresses) = run(&mut lock, &[("1.txt", "A", vec![P[3]])]);
    assert_eq!((ids(&other), addresses.texts), (vec!["proposed-a-2"], vec![1]));
}

#[test]
fn a_lock_that_makes_no_sense_is_told_by_its_line() {
    let mut lock = Lock::default();
    run(&mut lock, &[("1.txt", "A", vec![P[0], P[1]]), ("2.txt", "B", vec![P[2]])]);
    let good = format::write("seeds", &lock.entries);
    assert!(format::parse(&good.replace('\n', "\r\n")).is_ok());
    for (from, to, line) in [
        ("duikan-lock 1", "duikan-lock 2", 2),
        ("duikan-lock 1\n", "", 1),
        ("[proposed-a]", "[../../etc]", 5),
        ("[proposed-a]", "<<<<<<< HEAD", 5),
        ("text 0", "text -1", 6),
        ("body ", "body x", 9),
        ("p1 ", "p1 0", 10),
        ("p1 ", "q1 ", 10),
        ("body ", "# ", 13),
        ("[proposed-b]", "[proposed-a]", 18),
    ] {
        let error = format::parse(&good.replacen(from, to, 1)).map(|_| ()).unwrap_err();
        assert_eq!(error.0, line, "{from} → {to}: {}\n{good}", error.1);
    }
}

#[test]
fn two_branches_that_gave_one_number_are_parted() {
    let mut lock = Lock::default();
    let told: Vec<Told> = vec![("1.txt", "A", vec![P[0], P[1]]), ("2.txt", "B", vec![P[2]])];
    run(&mut lock, &told);
    let text = format::write("seeds", &lock.entries).replace("text 1", "text 0");
    lock.entries = format::parse(&text).unwrap().1;
    assert_eq!(run(&mut lock, &told).1.texts, [0, 1]);
}

#[test]
fn saved_once_and_then_left_alone() {
    let desk = tempfile::tempdir().unwrap();
    let seeds = desk.path().join("seeds");
    fs::create_dir(&seeds).unwrap();
    let told: Vec<Told> = vec![("1.txt", "A", vec![P[0], P[1]])];
    let again = |told: &[Told<'_>]| save(&run(&mut Lock::load(&seeds).unwrap(), told).1).unwrap();
    assert!(!again(&[]) && !desk.path().join("duikan.lock").exists());
    assert!(again(&told) && !again(&told) && !again(&told));
    let left: Vec<_> = fs::read_dir(desk.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn two_folders_side_by_side_have_a_lock_each_and_a_renamed_folder_keeps_its_own() {
    let desk = tempfile::tempdir().unwrap();
    let told: Vec<Told> = vec![("1.txt", "A", vec![P[0], P[1]])];
    for name in ["报纸", "其他"] {
        let seeds = desk.path().join(name);
        fs::create_dir(&seeds).unwrap();
        let mut lock = Lock::load(&seeds).unwrap();
        assert!(lock.entries.is_empty());
        save(&run(&mut lock, &told).1).unwrap();
    }
    assert!(desk.path().join("duikan.lock").exists() && desk.path().join("duikan.其他.lock").exists());
    fs::rename(desk.path().join("报纸"), desk.path().join("旧报")).unwrap();
    let renamed = Lock::load(&desk.path().join("旧报")).unwrap();
    assert_eq!((renamed.entries.len(), renamed.path.file_name().unwrap().to_str()), (1, Some("duikan.lock")));
}

/// A corpus as a list of articles, each a list of indices of made-up paragraphs.
fn corpus() -> impl Strategy<Value = Vec<(u8, Vec<u16>)>> {
    proptest::collection::vec((0u8..4, proptest::collection::vec(0u16..40, 0..6)), 0..8)
}

/// A paragraph of its own for each number, long enough to be told from others.
fn made_up(number: u16) -> String {
    let letter = |at: u32| char::from_u32(0x4e00 + (u32::from(number) * 977 + at * 131) % 20_000).unwrap_or('一');
    (0..24).map(letter).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens to a corpus: addresses, text numbers and anchors differ from each other, every address that was
    /// ever given is a page still, and the same articles a second time change nothing, in the lock or in what it says.
    #[test]
    fn addresses_hold_through_any_life(life in proptest::collection::vec(corpus(), 1..6)) {
        let mut lock = Lock::default();
        for corpus in &life {
            let seeds: Vec<String> = corpus.iter().map(|(seed, _)| format!("{seed}.txt")).collect();
            let texts: Vec<Vec<String>> =
                corpus.iter().map(|(_, texts)| texts.iter().map(|number| made_up(*number)).collect()).collect();
            let told: Vec<Told> = seeds
                .iter()
                .zip(&texts)
                .map(|(seed, texts)| (seed.as_str(), "T", texts.iter().map(String::as_str).collect()))
                .collect();
            let before: std::collections::BTreeSet<String> = lock.entries.keys().cloned().collect();
            let (now, addresses) = run(&mut lock, &told);
            let unique: std::collections::BTreeSet<&str> = ids(&now).into_iter().collect();
            prop_assert_eq!(unique.len(), now.len());
            let numbers: std::collections::BTreeSet<u32> = addresses.texts.iter().copied().collect();
            prop_assert_eq!(numbers.len(), now.len());
            for (_, anchors) in &now {
                let unique: std::collections::BTreeSet<&String> = anchors.iter().collect();
                prop_assert_eq!(unique.len(), anchors.len());
            }
            // Every address that was ever given is a page today: of its article, or of what became of it.
            for id in before {
                let departed = addresses.departed.iter().any(|gone| gone.id == id);
                prop_assert!(departed != unique.contains(id.as_str()), "{}", id);
            }
            let stored = format::write("", &lock.entries);
            lock = reload(&lock);
            let (again, second) = run(&mut lock, &told);
            prop_assert_eq!(&again, &now);
            prop_assert_eq!(&second.departed, &addresses.departed);
            prop_assert_eq!(&second.aliases, &addresses.aliases);
            prop_assert_eq!(second.changes, Changes::default());
            prop_assert_eq!(format::write("", &lock.entries), stored);
        }
    }
}
