//! Bytes → text, whatever encoding a newspaper's files have come down in.
//!
//! ```text
//! D6 D0 B9 FA   →  中国   GBK
//! A4 A4 B0 EA   →  中國   Big5
//! 2D 4E FD 56   →  中国   UTF-16LE, where enough of it makes that evident
//! ```

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are looked at to tell the encoding.
const SAMPLE: usize = 8 << 10;

/// The characters that make up a third and more of any Chinese newspaper, simplified and traditional. A text read in a
/// wrong encoding hardly has any of them.
const COMMON: &str = "，。、：；“”的一是在不了有和人这這中大为為上个個国國我以要他时時来來用们們生到作地于於出就分对對成会會\
    可主发發年动動同工也能下过過子说說产產种種面而方后後多定行学學法所民得经經十三之进進着著等部度家电電力里裡如化高自二理起小\
    现現实實加量都两兩体體制机機当當使点點从從业業本去把性好应應开開它合还還因由其些然前外天政四日那社义義事平形相全表间間与與\
    关關各重新内內数數正心明看原又利或但第向道命此变變条條只没沒结結解问問意建月公无無系军軍部長长京市省府";

/// A text and how it was found.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub encoding: &'static Encoding,
    /// Some bytes are not in that encoding; each run of them has become U+FFFD.
    pub malformed: bool,
}

/// Decodes `bytes`, or `None` where they are no text.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some(with(encoding, bytes.get(mark..).unwrap_or_default()));
    }
    let valid = std::str::from_utf8(bytes).ok();
    if (valid.is_none() || bytes.contains(&0))
        && let Some(encoding) = evident_utf16(bytes)
    {
        return Some(with(encoding, bytes));
    }
    if is_binary(bytes) {
        return None;
    }
    if let Some(text) = valid {
        return Some(Decoded { text: Cow::Borrowed(text), encoding: UTF_8, malformed: false });
    }
    Some(with(if is_damaged_utf8(bytes) { UTF_8 } else { legacy(bytes) }, bytes))
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding, malformed }
}

/// UTF-16 without a mark: read so, nearly all of it is print, with the blanks and stops that every text has.
fn evident_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
    let (pairs, _) = sample.as_chunks::<2>();
    let anchors = |decode: fn([u8; 2]) -> u16| {
        let print = pairs.iter().filter(|&&pair| is_print(decode(pair))).count();
        let anchors =
            pairs.iter().filter(|&&pair| matches!(decode(pair), 0x0A | 0x20 | 0x3001 | 0x3002 | 0xFF0C)).count();
        if bytes.len().is_multiple_of(2) && print * 100 >= pairs.len() * 95 { anchors } else { 0 }
    };
    let (little, big) = (anchors(u16::from_le_bytes), anchors(u16::from_be_bytes));
    match little.max(big) {
        0 => None,
        most if most == little => Some(UTF_16LE),
        _ => Some(UTF_16BE),
    }
}

fn is_print(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0A | 0x0C | 0x0D | 0x20..=0x7E | 0xA0..=0xFF | 0x2010..=0x203F | 0x2460..=0x24FF
        | 0x3000..=0x30FF | 0x4E00..=0x9FFF | 0xFF01..=0xFF60 | 0xFEFF)
}

/// Not a text at all: a known signature, or many bytes that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 8] =
        [b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xFF\xD8\xFF", b"\x1F\x8B", b"\xD0\xCF\x11\xE0", b"\x7FELF", b"Rar!"];
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or(bytes);
    let is_odd = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\x0C' | b'\r') || byte == 0x7F;
    // Few at a time are counted in a byte, and many of them at once.
    let count = |few: &[u8]| usize::from(few.iter().map(|&byte| u8::from(is_odd(byte))).sum::<u8>());
    let odd: usize = sample.chunks(64).map(count).sum();
    SIGNATURES.iter().any(|signature| bytes.starts_with(signature)) || odd * 20 > sample.len()
}

/// Mostly UTF-8: Han characters take three bytes there, which other encodings hardly ever hit by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0, 0);
    for chunk in sample(bytes).utf8_chunks() {
        whole += chunk.valid().chars().filter(|&char| char >= '\u{800}').count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 0 && whole >= broken
}

/// The encoding that makes the most Chinese of the bytes; the detector's word where that does not tell.
fn legacy(bytes: &[u8]) -> &'static Encoding {
    let sample = sample(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let score = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(sample);
        let common = text.chars().filter(|&char| !char.is_ascii() && COMMON.contains(char)).count();
        let wrong = text.chars().filter(|char| matches!(char, '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')).count();
        i64::try_from(common).unwrap_or(i64::MAX) - 5 * i64::try_from(wrong).unwrap_or(0)
    };
    let mut best = (guess, score(guess));
    for encoding in [GBK, BIG5] {
        let score = score(encoding);
        if score > best.1 {
            best = (encoding, score);
        }
    }
    best.0
}

/// A stretch that begins with the first byte that is not ASCII: only there do encodings differ.
fn sample(bytes: &[u8]) -> &[u8] {
    let rest = bytes.iter().position(|byte| !byte.is_ascii()).and_then(|at| bytes.get(at..)).unwrap_or_default();
    rest.get(..rest.len().min(SAMPLE)).unwrap_or(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "新华社北京七月四日电\n国家主席在会议上发表重要讲话，强调各国人民要团结起来。";
    const TRADITIONAL: &str = "中央社南京三日電\n國民政府主席昨日在會議上發表談話，謂兩國人民應當團結。";

    #[test]
    fn chinese_encodings_are_told_apart() {
        for (encoding, text) in [(GBK, SIMPLIFIED), (GBK, TRADITIONAL), (BIG5, TRADITIONAL)] {
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost);
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding, decoded.malformed), (text, encoding, false));
        }
    }

    #[test]
    fn a_short_line_is_enough() {
        for (encoding, text) in
            [(GBK, "中国人民"), (BIG5, "中國人民"), (GBK, "关于上海合作组织"), (BIG5, "關於上海合作組織")]
        {
            let (bytes, ..) = encoding.encode(text);
            assert_eq!(decode(&bytes).unwrap().text, text);
        }
    }

    #[test]
    fn utf16_is_found_with_and_without_its_mark() {
        for text in [SIMPLIFIED, TRADITIONAL, "plain text\nof two lines\n"] {
            for mark in [true, false] {
                let marked: Vec<u16> = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16()).collect();
                let little: Vec<u8> = marked.iter().flat_map(|unit| unit.to_le_bytes()).collect();
                let big: Vec<u8> = marked.iter().flat_map(|unit| unit.to_be_bytes()).collect();
                assert_eq!(decode(&little).unwrap().text, text);
                assert_eq!(decode(&big).unwrap().text, text);
            }
        }
    }

    #[test]
    fn utf8_with_a_few_bad_bytes_stays_utf8() {
        let mut bytes = SIMPLIFIED.as_bytes().to_vec();
        bytes.insert(30, 0xFF);
        bytes.truncate(bytes.len() - 1);
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.encoding, decoded.malformed), (UTF_8, true));
        assert_eq!(decoded.text.matches('\u{FFFD}').count(), 2);
        assert!(!decode(b"\xEF\xBB\xBFabc").unwrap().text.starts_with('\u{FEFF}'));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(decode(b"%PDF-1.7 ...").is_none() && decode(&[0, 1, 2, 3, 0, 0, 5, 9]).is_none());
        assert!(decode(b"").is_some() && decode("一\u{1b}二三四五六七八九十".as_bytes()).is_some());
    }

    #[test]
    fn long_gbk_text_with_damage_keeps_its_encoding() {
        let (bytes, ..) = GBK.encode(SIMPLIFIED);
        let mut bytes = bytes.repeat(50);
        bytes.insert(1000, 0xFF);
        let decoded = decode(&bytes).unwrap();
        assert_eq!((decoded.encoding, decoded.malformed), (GBK, true));
    }
}
