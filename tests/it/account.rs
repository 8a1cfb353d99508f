//! Reversible repair: every character of a seed that is not white space stands in exactly one piece of exactly one article
//! or piece of furniture, and every text is exactly its pieces.
//!
//! ```text
//! line 7  一年来，哈萨克斯坦轮值主席国工作卓有成   ← paragraph 3, characters 0–19
//! line 8  效，上海合作组织实现新发展。             ← paragraph 3, characters 19–32
//! ```

use duikan::model::{Article, Edition, Furniture, Piece, Source};

/// A text with the pieces it was made of, and what it is.
type Text<'a> = (String, &'a str, &'a [Piece]);

/// Every loss, invention, repetition or disorder in an edition, in words.
pub fn faults(edition: &Edition) -> Vec<String> {
    let mut faults = Vec::new();
    for (seed, source) in edition.sources.iter().enumerate() {
        let articles: Vec<&Article> = edition.articles.iter().filter(|a| a.seed == seed).collect();
        let furniture = edition.furniture.iter().filter(|f| f.seed == seed);
        let texts: Vec<Text> = articles.iter().flat_map(|a| texts(a)).chain(furniture.map(furniture_text)).collect();
        let lines: Vec<Vec<char>> = (1..=source.line_count()).map(|n| source.line(n).chars().collect()).collect();
        faults
            .extend(texts.iter().filter_map(|text| pieces_make(text, &lines)).map(|f| format!("{}: {f}", source.path)));
        faults.extend(uncounted(source, &texts, &lines));
        faults.extend(articles.iter().filter_map(|a| disorder(a)).map(|f| format!("{}: {f}", source.path)));
    }
    faults
}

fn furniture_text(furniture: &Furniture) -> Text<'_> {
    ("furniture".to_owned(), &furniture.text, &furniture.pieces)
}

/// All printed texts of an article. An inferred headline is printed nowhere.
fn texts(article: &Article) -> Vec<Text<'_>> {
    let name = |part: &str| format!("{} {part}", article.id);
    let title = &article.title.value;
    let heads = [("subtitle", article.subtitle.as_ref()), ("byline", article.byline.as_ref())];
    let heads = heads.into_iter().filter_map(|(part, head)| head.map(|h| (part, h)));
    let heads = heads.chain(article.head.iter().map(|h| ("head", h)));
    let mut texts: Vec<Text> = heads.map(|(part, h)| (name(part), h.text.as_str(), h.pieces.as_slice())).collect();
    if !title.pieces.is_empty() {
        texts.push((name("title"), &title.text, &title.pieces));
    }
    texts.extend(article.continues.iter().map(|c| (name("continues"), c.text.as_str(), c.pieces.as_slice())));
    texts.extend(article.paragraphs.iter().map(|p| (name(&p.n.to_string()), p.text.as_str(), p.pieces.as_slice())));
    texts
}

/// Says where a text is not the characters of its pieces.
fn pieces_make((name, text, pieces): &Text, lines: &[Vec<char>]) -> Option<String> {
    let text: Vec<char> = text.chars().collect();
    let mut made = Vec::new();
    for piece in *pieces {
        let line = (piece.line as usize).checked_sub(1).and_then(|i| lines.get(i));
        let Some(part) = line.and_then(|l| l.get(piece.start as usize..piece.end as usize)) else {
            return Some(format!("{name}: {piece:?} stands outside the seed"));
        };
        // Two Latin words that meet at the end of a line are kept apart: the one character that no seed has.
        let latin = |c: Option<&char>| c.is_some_and(char::is_ascii_alphabetic);
        if piece.at as usize == made.len() + 1 && latin(made.last()) && latin(part.first()) {
            made.push(' ');
        }
        if piece.at as usize != made.len() {
            return Some(format!("{name}: a piece begins at {} and not at {}", piece.at, made.len()));
        }
        made.extend_from_slice(part);
    }
    (made != text).then(|| {
        let (made, text): (String, String) = (made.into_iter().collect(), text.into_iter().collect());
        format!("{name}: the pieces make {made:?} and the text is {text:?}")
    })
}

/// Characters of the seed that stand in no text, or in several.
fn uncounted(source: &Source, texts: &[Text], lines: &[Vec<char>]) -> Vec<String> {
    let mut counts: Vec<Vec<u32>> = lines.iter().map(|l| vec![0; l.len()]).collect();
    for piece in texts.iter().flat_map(|t| t.2) {
        let line = (piece.line as usize).checked_sub(1).and_then(|i| counts.get_mut(i));
        for count in line.into_iter().flat_map(|l| l.iter_mut().take(piece.end as usize).skip(piece.start as usize)) {
            *count += 1;
        }
    }
    let mut faults = Vec::new();
    for (n, (line, counts)) in lines.iter().zip(&counts).enumerate() {
        let wrong =
            line.iter().zip(counts).filter(|&(c, &count)| if c.is_whitespace() { count > 1 } else { count != 1 });
        let wrong: Vec<String> = wrong.map(|(c, count)| format!("{c} {count}×")).collect();
        if !wrong.is_empty() {
            faults.push(format!("{} line {}: {}", source.path, n + 1, wrong.join(" ")));
        }
    }
    faults
}

/// Says where the paragraphs of an article leave the order of the print.
fn disorder(article: &Article) -> Option<String> {
    let places: Vec<(u32, u32)> =
        article.paragraphs.iter().flat_map(|p| &p.pieces).map(|p| (p.line, p.start)).collect();
    let turned = places.windows(2).find(|pair| pair.first() >= pair.last())?;
    Some(format!("{}: {turned:?} is out of order", article.id))
}
