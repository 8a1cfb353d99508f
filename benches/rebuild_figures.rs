//! What it costs to build a corpus anew, again, and with one seed more.
//!
//! ```text
//! cargo build --release && cargo bench --bench rebuild_figures -- 10000 FOLDER
//! ```
//!
//! Makes a project of as many articles in the folder, each a seed of some 1,500 characters in newspaper lines, one in ten
//! an abstract of another, and runs the program: from nothing, with nothing changed, with a seed added, and with the first
//! one edited. Then the preview: until a page is shown, until a seed that is saved shows, and until it is held against
//! all the rest.
#![expect(clippy::print_stdout, reason = "figures are for the reader")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on fails")]

#[path = "common/arguments.rs"]
mod arguments;
#[path = "../tests/common/planted.rs"]
mod planted;
#[path = "../tests/common/preview.rs"]
mod preview;
#[path = "../tests/common/witnesses.rs"]
mod witnesses;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::Result;
use duikan::model::Article;

/// Characters of a printed line.
const LINE: usize = 28;

fn main() -> Result<()> {
    let Some((count, folder)) = arguments::count_and_folder("rebuild_figures")? else { return Ok(()) };
    let articles = planted::newspaper(1, count + 1);
    fs::create_dir_all(folder.join("seeds")).unwrap();
    for name in ["site", ".duikan"] {
        let _ = fs::remove_dir_all(folder.join(name));
    }
    let _ = fs::remove_file(folder.join("seeds").join(format!("{count:06}.txt")));
    let _ = fs::remove_file(folder.join("duikan.lock"));
    articles.iter().take(count).for_each(|article| write(&folder, article));
    let full = build(&folder, "from nothing");
    let again = build(&folder, "nothing changed");
    write(&folder, &articles[count]);
    let added = build(&folder, "a seed added");
    edit(&folder, 0);
    let edited = build(&folder, "a seed edited");
    let part = |part: Cost| format!("{:.1} % ({:.1} %)", share(part.clock, full.clock), share(part.spent, full.spent));
    println!(
        "nothing changed {}, a seed added {}, a seed edited {} of a build from nothing, by the clock (of all processors)",
        part(again),
        part(added),
        part(edited)
    );
    serve(&folder);
    Ok(())
}

fn share(part: f64, whole: f64) -> f64 {
    100.0 * part / whole
}

/// An article as a page of a newspaper: headline, indented paragraphs in lines, dateline.
fn write(folder: &Path, article: &Article) {
    let mut text = format!("第{}号要闻\n\n", article.ix);
    for (at, paragraph) in article.paragraphs.iter().enumerate() {
        let opening = if at == 0 { "新华社北京7月4日电　" } else { "" };
        let chars: Vec<char> = format!("　　{opening}{}", paragraph.text).chars().collect();
        for line in chars.chunks(LINE) {
            text.extend(line);
            text.push('\n');
        }
    }
    fs::write(folder.join("seeds").join(format!("{:06}.txt", article.ix)), text).unwrap();
}

/// A paragraph more at the end of a seed.
fn edit(folder: &Path, seed: usize) {
    let path = folder.join("seeds").join(format!("{seed:06}.txt"));
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path, format!("{text}　　又及，此段是后来补上的。\n")).unwrap();
}

/// Times the preview from a warm cache, and after a save.
fn serve(folder: &Path) {
    let source = fs::read_to_string(folder.join("site/source/000001.html")).unwrap();
    let link = source.split("href=\"../a/").nth(1).and_then(|rest| rest.split(['"', '#']).next()).unwrap();
    let page = format!("/a/{link}");
    let start = Instant::now();
    let preview = preview::Preview::of(folder);
    preview.wait(&page, |html| html.starts_with("HTTP/1.1 200"));
    let ready = start.elapsed();
    let path = folder.join("seeds/000001.txt");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("{text}　　此段是在预览时补上的。\n")).unwrap();
    let shown = preview.wait(&page, |html| html.contains("此段是在预览时补上的"));
    let whole = preview.wait(&page, |html| !preview::waits(html)) + shown;
    assert!(preview.stop().success());
    fs::write(&path, text).unwrap();
    println!("preview: ready in {ready:.1?}, a saved seed shows in {shown:.1?}, held against the rest in {whole:.1?}");
}

/// Seconds by the clock, and of all processors.
#[derive(Clone, Copy)]
struct Cost {
    clock: f64,
    spent: f64,
}

/// Builds with the program of the same profile; gives what it cost, and prints what every stage did.
fn build(folder: &Path, what: &str) -> Cost {
    let program = env!("CARGO_BIN_EXE_duikan");
    let (start, before) = (Instant::now(), spent());
    let run = Command::new(program).current_dir(folder).args(["build", "-q", "--json", "--timings"]).output().unwrap();
    let cost = Cost { clock: start.elapsed().as_secs_f64(), spent: spent() - before };
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{told}");
    println!("{what}: {:.1} s, {:.1} s of all processors\n{told}", cost.clock, cost.spent);
    cost
}

/// Seconds that processors have spent on the children of this process.
fn spent() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let after_name = stat.rsplit(')').next().unwrap();
    let ticks = after_name.split_whitespace().skip(13).take(2).map(|ticks| ticks.parse::<f64>().unwrap());
    ticks.sum::<f64>() / 100.0
}
