//! What is known of a page: its articles, their heads and paragraphs, by line. Gold files of the seeds are read into
//! this, the press makes it of what it prints, and a finished article is brought into it to be compared.
//!
//! ```text
//! [[article]]                                    kinds = ["report"], title = "习近平出席…", lines = [[1, 83], [85, 86]]
//! [[article.paragraph]] lines = [[20, 29]]       text = "习近平指出，上海合作组织成立于世纪之交，…"
//! ```

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use duikan::model::{Article, Piece, Role};
use serde::Deserialize;

/// First and last line of a run, from 1, both inclusive.
pub type Lines = Vec<(u32, u32)>;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    #[serde(default, rename = "article")]
    pub articles: Vec<KnownArticle>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownArticle {
    /// Every kind that a reader could accept; the pipeline gives one.
    pub kinds: Vec<String>,
    pub title: Option<String>,
    #[serde(default)]
    pub title_inferred: bool,
    #[serde(default)]
    pub title_lines: Lines,
    pub subtitle: Option<String>,
    #[serde(default)]
    pub subtitle_lines: Lines,
    pub speaker: Option<String>,
    pub agency: Option<String>,
    pub place: Option<String>,
    pub date: Option<String>,
    pub continues: Option<String>,
    #[serde(default)]
    pub lines: Lines,
    #[serde(default, rename = "paragraph")]
    pub paragraphs: Vec<KnownParagraph>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownParagraph {
    #[serde(default = "body")]
    pub role: Role,
    pub lines: Lines,
    pub text: String,
}

fn body() -> Role {
    Role::Body
}

impl KnownParagraph {
    pub fn first_line(&self) -> u32 {
        self.lines.first().map_or(0, |l| l.0)
    }
}

impl KnownArticle {
    /// The lines that its paragraphs stand on.
    pub fn printed(&self) -> BTreeSet<u32> {
        self.paragraphs.iter().flat_map(|p| &p.lines).flat_map(|&(a, b)| a..=b).collect()
    }

    /// What the pipeline made, in the same terms.
    pub fn of(article: &Article) -> Self {
        let date = article.date.as_ref().map(|d| d.value);
        Self {
            kinds: vec![article.kind.value.name().to_owned()],
            title: Some(article.title.value.text.clone()),
            title_inferred: article.title_inferred,
            title_lines: lines_of(&article.title.value.pieces),
            subtitle: article.subtitle.as_ref().map(|s| s.text.clone()),
            subtitle_lines: article.subtitle.as_ref().map(|s| lines_of(&s.pieces)).unwrap_or_default(),
            speaker: article.speaker.clone(),
            agency: article.agency.clone(),
            place: article.place.clone(),
            date: date.map(|d| d.to_string()),
            continues: article.continues.as_ref().map(|c| c.text.clone()),
            lines: article.lines.clone(),
            paragraphs: article
                .paragraphs
                .iter()
                .map(|p| KnownParagraph { role: p.role, lines: lines_of(&p.pieces), text: p.text.clone() })
                .collect(),
        }
    }
}

/// The runs of lines that pieces come from.
pub fn lines_of(pieces: &[Piece]) -> Lines {
    let mut lines = Lines::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(last) if last.1 == piece.line || last.1 + 1 == piece.line => last.1 = piece.line,
            _ => lines.push((piece.line, piece.line)),
        }
    }
    lines
}

/// A folder of the tests, wherever they run.
pub fn folder(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(below)
}

/// Reads one gold file.
pub fn read(path: &Path) -> Known {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The gold of the five seeds: the seed's file name, its text, and what stands in it.
pub fn seeds() -> Vec<(String, String, Known)> {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    files(&folder("gold/articles"), "toml")
        .into_iter()
        .map(|path| {
            let name = format!("{}.txt", path.file_stem().unwrap_or_default().to_string_lossy());
            let text = std::fs::read_to_string(seeds.join(&name)).unwrap_or_else(|e| panic!("{name}: {e}"));
            (name, text, read(&path))
        })
        .collect()
}

/// The files of a folder with one extension, by name.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    paths.sort();
    paths
}
