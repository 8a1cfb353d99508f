//! The list of what duikan put into a site: only what stands on it is ever removed.
//!
//! ```text
//! duikan-manifest 1
//! af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262  a/20240704-习近平.html
//! end 5d9c…
//! ```

use std::collections::BTreeMap;

use blake3::Hash;

/// Where the manifest stands below the site's root.
pub const NAME: &str = ".duikan-manifest";

const HEADER: &str = "duikan-manifest 1";

/// Paths below the site's root, with `/`, and the hash of what was written there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    pub files: BTreeMap<String, Hash>,
}

impl Manifest {
    /// The same bytes for the same files.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = format!("{HEADER}\n");
        for (path, hash) in &self.files {
            text.push_str(hash.to_hex().as_str());
            text.push_str("  ");
            text.push_str(path);
            text.push('\n');
        }
        let end = blake3::hash(text.as_bytes());
        text.push_str("end ");
        text.push_str(end.to_hex().as_str());
        text.push('\n');
        text.into_bytes()
    }

    /// `None` when a byte is missing or changed, or when a path would lead out of the site.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (body, end) = text.strip_suffix('\n')?.rsplit_once('\n')?;
        let sum = Hash::from_hex(end.strip_prefix("end ")?).ok()?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(body.as_bytes()).update(b"\n");
        if hasher.finalize() != sum {
            return None;
        }
        let mut lines = body.lines();
        if lines.next() != Some(HEADER) {
            return None;
        }
        let mut files = BTreeMap::new();
        for line in lines {
            let (hash, path) = line.split_once("  ")?;
            if !is_portable(path) {
                return None;
            }
            files.insert(path.to_owned(), Hash::from_hex(hash).ok()?);
        }
        Some(Self { files })
    }

    /// Both lists as one: what may stand in the site while one is being turned into the other.
    #[must_use]
    pub fn union(&self, newer: &Self) -> Self {
        let mut files = self.files.clone();
        files.extend(newer.files.iter().map(|(path, hash)| (path.clone(), *hash)));
        Self { files }
    }
}

/// Whether `path` stays below the root wherever it is joined to one, and is no name of our own machinery.
pub(super) fn is_portable(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':'])
        && !path.chars().any(char::is_control)
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && path != NAME
        && path != super::stage::INNER
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let files = ["index.html", "a/一.html"].map(|path| (path.to_owned(), blake3::hash(path.as_bytes())));
        Manifest { files: files.into() }
    }

    #[test]
    fn reads_back_what_it_wrote() {
        for manifest in [Manifest::default(), sample()] {
            assert_eq!(Manifest::parse(&manifest.to_bytes()), Some(manifest));
        }
    }

    #[test]
    fn every_changed_or_missing_byte_is_noticed() {
        let bytes = sample().to_bytes();
        for at in 0..bytes.len() {
            assert_eq!(Manifest::parse(bytes.get(..at).unwrap()), None, "cut at {at}");
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            assert_eq!(Manifest::parse(&flipped), None, "flipped at {at}");
        }
    }

    #[test]
    fn a_path_out_of_the_site_is_never_believed() {
        for path in ["../x", "/etc/passwd", "a/../../x", "a//b", "C:x", "a\\b", NAME, ""] {
            let manifest = Manifest { files: [(path.to_owned(), blake3::hash(b""))].into() };
            assert_eq!(Manifest::parse(&manifest.to_bytes()), None, "{path}");
        }
    }
}
