//! Files → an edition, as the program makes it of a folder.

use std::path::Path;

use duikan::config::Config;
use duikan::model::Edition;
use duikan::progress::Progress;

/// Puts files in a folder and runs the pipeline over it.
pub fn edition_of<N: AsRef<Path>, B: AsRef<[u8]>>(files: &[(N, B)]) -> Edition {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a writable folder");
    }
    edition_at(folder.path())
}

pub fn edition_at(folder: &Path) -> Edition {
    let (config, progress) = (Config::default(), Progress::default());
    let seeds = duikan::read::read(folder, &config, &progress).expect("a readable folder");
    duikan::edition::edition(config, seeds, &progress)
}
