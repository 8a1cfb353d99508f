//! Text that attacks whoever takes it for more than text: markup of many kinds, formulas, bytes that are no characters.
//!
//! ```text
//! 各方强调，应当尊重   ──▶   各方]]>强调，<!--应当\u{202e}尊重
//! ```

use super::planted::Random;

const PIECES: [&[u8]; 36] = [
    b"<script>alert(1)</script>",
    b"<img src=x onerror=alert(1)>",
    b"</p></body></TEI>",
    b"<!--",
    b"-->",
    b"]]>",
    b"<![CDATA[",
    b"<?xml version=\"1.0\"?>",
    b"<!DOCTYPE a [<!ENTITY b \"c\">]>&b;",
    b"&amp;",
    b"&#0;",
    b"&nbsp",
    b"\"",
    b"'",
    b"\"onmouseover=\"alert(1)",
    b"{{ seed }}",
    b"{% raw %}",
    b"\\u0000\\",
    b"=HYPERLINK(\"http://x\",\"y\")",
    b"@SUM(1)",
    b"\n+1\n",
    b"\n-1\n",
    b"\t\t",
    b"```\n",
    b"[a](javascript:alert(1))",
    b"\n# ",
    b"\r",
    b"\x00",
    b"\x1b[31m",
    b"\x7f",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    "\u{202e}".as_bytes(),
    "\u{2067}".as_bytes(),
    "\u{200b}\u{feff}\u{ad}".as_bytes(),
    "\u{fffe}\u{ffff}\u{1ffff}\u{10ffff}e\u{301}\u{300}\u{20000}\u{e0041}".as_bytes(),
];

/// The text with such pieces between its characters, one in a hundred places, more where it begins.
pub fn spoil(random: &mut Random, text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() * 2);
    for (at, character) in text.chars().enumerate() {
        if random.chance(if at == 0 { 20 } else { 1 }) {
            out.extend_from_slice(random.pick(&PIECES));
        }
        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
    out
}
