//! Values → files that register themselves: `duikan.shard('NAME','…')` under a name made of their content.
//!
//! A shard is loaded by adding a script element, which works from a folder opened by double-click as well as from any host.
//!
//! ```text
//! [["a1","…",["p1","我们要…"]]]   coded and deflated   search/4k2mbt7x.js: ﻿duikan.shard('4k2mbt7x','…')
//! ```

use std::io::Write as _;

use anyhow::{Context as _, Result};
use flate2::{Compression, write::DeflateEncoder};
use serde::Serialize;

use super::bits::{literal, units_of_bytes};
use super::code::coded;
use crate::model::OutFile;

/// Where the shards stand below the site's root.
pub const FOLDER: &str = "search/";
/// Letters and digits that are not taken for one another, 32 of them.
const NAME_DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const NAME_LENGTH: usize = 10;

/// A shard: its name, and the file.
#[derive(Debug)]
pub struct Shard {
    pub name: String,
    pub file: OutFile,
}

/// A shard that carries packed bits, named by its content.
#[must_use]
pub fn packed(units: &[u16]) -> Shard {
    let bytes = little_endian(&literal(units));
    shard(name_of(blake3::hash(&bytes).as_bytes()), &bytes)
}

/// A shard that carries JSON, deflated, named by its content.
pub fn json(json: &str) -> Result<Shard> {
    Ok(packed(&deflated(json)?))
}

/// A shard that carries a value as deflated JSON under a fixed name, for what is loaded first.
pub fn json_named(name: &str, value: &impl Serialize) -> Result<Shard> {
    Ok(shard(name.to_owned(), &little_endian(&literal(&deflated(&written(value)?)?))))
}

/// A value as JSON.
pub fn written(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).context("a shard of the search index")
}

/// Where the shard of a name stands.
pub fn path(name: &str) -> String {
    format!("{FOLDER}{name}.js")
}

fn deflated(json: &str) -> Result<Vec<u16>> {
    let bytes = coded(&json.encode_utf16().collect::<Vec<u16>>());
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len()), Compression::new(6));
    encoder.write_all(&bytes).context("deflating a shard")?;
    Ok(units_of_bytes(&encoder.finish().context("deflating a shard")?))
}

/// A shard around a literal.
fn shard(name: String, literal: &[u8]) -> Shard {
    let utf16 = |text: &str| little_endian(&text.encode_utf16().collect::<Vec<_>>());
    let bytes = [&utf16(&format!("\u{feff}duikan.shard('{name}','")), literal, &utf16("')\n")].concat();
    Shard { file: OutFile { path: path(&name), bytes }, name }
}

fn little_endian(units: &[u16]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(units.len() * 2);
    for unit in units {
        bytes.extend_from_slice(&unit.to_le_bytes());
    }
    bytes
}

fn name_of(digest: &[u8]) -> String {
    let digit = |byte: &u8| NAME_DIGITS.get(usize::from(byte & 31)).copied().map(char::from);
    digest.iter().take(NAME_LENGTH).filter_map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_is_a_script_in_utf_16_named_by_its_content() {
        let shard = packed(&[0x4e00, 0x0027, 0xd800]);
        let units: Vec<u16> = shard.file.bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let script = String::from_utf16(&units).expect("well-formed");
        assert_eq!(script, format!("\u{feff}duikan.shard('{}','一\u{e000}\u{2027}\u{e000}\u{f800}')\n", shard.name));
        assert_eq!(shard.file.path, format!("search/{}.js", shard.name));
        assert_ne!(shard.name, packed(&[0x4e01]).name);
    }
}
