//! Ten times the text costs about ten times the time, whatever its shape. A quadratic stage would cost a hundred times.

use std::time::{Duration, Instant};

use duikan::config::Config;
use duikan::progress::Progress;

/// What ten times the text may cost: room for caches and a busy machine, none for a square.
const BOUND: u32 = 30;

/// The best of a few runs; one alone where a run is long.
fn time(text: &str) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("one.txt"), text).expect("a writable folder");
    let run = || {
        let start = Instant::now();
        let seeds = duikan::read::read(folder.path(), &Config::default(), &Progress::default()).expect("a folder");
        let drafts =
            seeds.value.sources.iter().map(|s| duikan::segment::segment(s, &duikan::repair::repair(s))).collect();
        let _ = duikan::settle::settle(&seeds.value.sources, drafts);
        start.elapsed()
    };
    let first = run();
    if first > Duration::from_secs(1) {
        return first;
    }
    (0..2).map(|_| run()).fold(first, Duration::min)
}

fn assert_linear(shape: &str, unit: &str, count: usize) {
    assert_grows(shape, |count| unit.repeat(count), count);
}

fn assert_grows(shape: &str, text: impl Fn(usize) -> String, count: usize) {
    /// A machine that was busy with something else is asked again; a square costs too much every time.
    const TRIES: usize = 3;
    let measured = || {
        let one = time(&text(count)).max(Duration::from_millis(1));
        let ten = time(&text(count * 10));
        println!("{shape:<28} {:>8.1} ms, ten times: {:>8.1} ms", one.as_secs_f64() * 1e3, ten.as_secs_f64() * 1e3);
        ten < one * BOUND
    };
    assert!((0..TRIES).any(|_| measured()), "{shape}: ten times the text costs more than {BOUND} times");
}

#[test]
fn every_shape_of_text_is_linear() {
    assert_linear("one long line", "国际形势深刻变化，各国人民命运相连。", 5_000);
    assert_linear("one long line without marks", "国际形势深刻变化各国人民命运相连", 5_000);
    assert_linear("lines of one character", "国\n", 20_000);
    assert_linear("blank lines", "\n", 50_000);
    assert_linear("full lines without marks", "国际形势深刻变化各国人民的命运从未像今天\n", 4_000);
    assert_linear("open quotes", "“他说，\n", 10_000);
    assert_linear("open brackets on one line", "（《“", 20_000);
    assert_linear("headlines", "国际形势\n\n", 10_000);
    assert_linear("datelines", "新华社北京7月4日电 会议举行。\n", 5_000);
    assert_linear("closing datelines", "会议举行。\n（新华社北京7月4日电）\n", 5_000);
    assert_linear("salutations", "各位同事：\n", 10_000);
    assert_linear("one paragraph over and over", "　　会议强调，要加强合作，促进共同发展。\n", 5_000);
    assert_linear("digits and spaces", " 7 月 4 日", 10_000);
    assert_linear("captions", "图为江上风景。李四摄\n", 5_000);
    assert_linear("broken datelines", "新华社北京一九七二年\n六月二十四日电\n", 5_000);
    assert_grows("long lines set apart", |n| format!("{0}\n\n{0}。\n\n", "风".repeat(n)).repeat(6), 5_000);
}
