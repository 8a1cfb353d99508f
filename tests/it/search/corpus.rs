//! Two made-up corpora of any size, between which real ones lie: one repeats itself, the other never does.
//!
//! ```text
//! sentences   成员国重申……。成员国指出……。     the sentences of the seeds, shuffled: few grams, each in thousands of texts
//! words       的，在政协书记来看铁路……         words drawn by their frequency in jieba's dictionary: millions of grams
//! ```

use std::path::{Path, PathBuf};
use std::process::Command;

use duikan::model::{Article, Date, Edition, Format, Guess, HeadLine, Kind, Paragraph, Role, Source};

/// Characters of each made-up article, as newspapers have them.
const ARTICLE: usize = 1500;

/// A stream of numbers that is the same everywhere (`SplitMix64`).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from((u128::from(self.next()) * limit as u128) >> 64).unwrap_or_default()
    }
}

pub fn head(text: &str) -> HeadLine {
    HeadLine { text: text.to_owned(), pieces: Vec::new(), ledger: Vec::new() }
}

fn sure<T>(value: T) -> Guess<T> {
    Guess { value, confidence: 1.0, evidence: Vec::new() }
}

/// An article made by hand.
pub fn article(ix: usize, id: String, title: &str, paragraphs: impl IntoIterator<Item = String>) -> Article {
    let paragraph = |(n, text): (u32, String)| Paragraph {
        n,
        anchor: format!("p{n}"),
        role: Role::Body,
        text,
        pieces: Vec::new(),
        ledger: Vec::new(),
    };
    let day = u8::try_from(ix % 28).unwrap_or_default() + 1;
    let month = u8::try_from(ix / 28 % 12).unwrap_or_default() + 1;
    let year = 1990 + i32::try_from(ix / 336).unwrap_or_default();
    Article {
        ix,
        id,
        seed: ix / 16,
        kind: sure(Kind::ALL[ix * 7 % Kind::ALL.len()]),
        title: sure(head(title)),
        title_inferred: false,
        subtitle: None,
        byline: None,
        speaker: None,
        agency: None,
        place: None,
        date: Some(sure(Date { year, month, day, inferred: false })),
        head: Vec::new(),
        continues: None,
        lines: Vec::new(),
        paragraphs: (1..).zip(paragraphs).map(paragraph).collect(),
    }
}

/// An edition of nothing but articles.
pub fn edition(articles: Vec<Article>) -> Edition {
    let seeds = articles.iter().map(|article| article.seed + 1).max().unwrap_or_default();
    let source = |ix: usize| Source::of(format!("page-{ix:04}.txt"), Format::Raw, "");
    let clauses = articles.iter().map(duikan::clause::clauses).collect();
    Edition { sources: (0..seeds).map(source).collect(), articles, clauses, ..Edition::default() }
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn seeds() -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(project().join("seeds")).expect("seeds").map(|entry| entry.expect("a seed").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().replace('_', "-");
        (name, std::fs::read_to_string(path).expect("a seed"))
    };
    paths.into_iter().map(read).collect()
}

/// The seeds, an article each, a paragraph for every line: no repair stands between them and the test.
pub fn of_seeds() -> Vec<Article> {
    let whole = |(ix, (name, text)): (usize, (String, String))| {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned);
        let title = lines.next().unwrap_or_default();
        article(ix, name, &title, lines)
    };
    seeds().into_iter().enumerate().map(whole).collect()
}

/// Sentences of the seeds in any order.
pub fn of_sentences(count: usize) -> Vec<Article> {
    let text: String = seeds()
        .into_iter()
        .flat_map(|(_, text)| text.chars().collect::<Vec<_>>())
        .filter(|c| !c.is_whitespace())
        .collect();
    let sentences: Vec<&str> = text.split_inclusive('。').collect();
    let mut dice = Dice::new(1);
    made(count, move |text| {
        text.push_str(sentences[dice.below(sentences.len())]);
        dice.below(4) == 0
    })
}

/// Words of jieba's dictionary, each as often as it says.
pub fn of_words(count: usize) -> Vec<Article> {
    let dictionary = dictionary();
    let mut sum = 0;
    let words: Vec<(&str, u64)> = dictionary
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ');
            let word = fields.next()?;
            sum += fields.next()?.parse::<u64>().ok()?;
            Some((word, sum))
        })
        .collect();
    let mut dice = Dice::new(2);
    let mut drawn = 0u32;
    made(count, move |text| {
        let at = dice.next() % sum;
        text.push_str(words[words.partition_point(|&(_, end)| end <= at)].0);
        drawn += 1;
        text.push_str(if drawn.is_multiple_of(40) {
            "。"
        } else if drawn.is_multiple_of(9) {
            "，"
        } else {
            ""
        });
        drawn.is_multiple_of(200)
    })
}

/// Articles whose text `more` writes, a piece at a time, telling where a paragraph ends.
fn made(count: usize, mut more: impl FnMut(&mut String) -> bool) -> Vec<Article> {
    let one = |ix| {
        let mut paragraphs = vec![String::new()];
        let mut held = 0;
        while held < ARTICLE {
            let last = paragraphs.last_mut().expect("a paragraph");
            let before = last.chars().count();
            let ends = more(last);
            held += last.chars().count() - before;
            if ends {
                paragraphs.push(String::new());
            }
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        let title: String = paragraphs[0].chars().take(12 + ix % 9).collect();
        article(ix, format!("t{ix:06}"), &title, paragraphs)
    };
    (0..count).map(one).collect()
}

/// jieba's dictionary, where cargo keeps the source of the crate.
fn dictionary() -> String {
    let rustc = Command::new("rustc").arg("-vV").output().expect("rustc");
    let host =
        String::from_utf8_lossy(&rustc.stdout).lines().find_map(|line| line.strip_prefix("host: ").map(str::to_owned));
    let cargo = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version=1",
            "--offline",
            "--filter-platform",
            &host.expect("a host"),
            "--manifest-path",
        ])
        .arg(project().join("Cargo.toml"))
        .output()
        .expect("cargo metadata");
    let metadata: serde_json::Value = serde_json::from_slice(&cargo.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let manifest =
        packages.iter().find(|package| package["name"] == "jieba-rs").expect("jieba-rs")["manifest_path"].as_str();
    let folder = Path::new(manifest.expect("a path")).parent().expect("a folder").to_owned();
    std::fs::read_to_string(folder.join("src/data/dict.txt")).expect("jieba's dictionary")
}

/// Texts as a reader has them: titles and paragraphs, each on its own.
pub fn segments(article: &Article) -> impl Iterator<Item = &str> {
    std::iter::once(article.title.value.text.as_str())
        .chain(article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()))
}
