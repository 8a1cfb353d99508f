//! The text of a paragraph with what lies on it: links over its words, and the seams where printed lines were joined.
//!
//! ```text
//! 发展的|道路，见《宣言》     ──▶  发展的<i class="seam" data-l="8"></i>道路，见<a href="…">《宣言》</a>
//! ```

use crate::model::split;

use super::Markup;

/// A link over characters of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub start: u32,
    pub end: u32,
    pub href: String,
    pub class: &'static str,
}

/// A place between two characters where two printed lines were joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seam {
    pub at: u32,
    /// The line that ends here.
    pub line: u32,
    pub doubtful: bool,
}

/// Draws `text` with its links and seams. Of links that overlap the first and longest is kept.
pub fn draw(text: &str, mut anchors: Vec<Anchor>, seams: &[Seam]) -> Markup {
    anchors.sort_by_key(|anchor| (anchor.start, std::cmp::Reverse(anchor.end)));
    let mut out = Markup::new();
    let mut seams = seams.iter().peekable();
    let (mut rest, mut at) = (text, 0);
    for anchor in anchors {
        if anchor.start < at || anchor.end <= anchor.start {
            continue;
        }
        rest = plain(&mut out, rest, &mut at, anchor.start, &mut seams);
        out.link(&anchor.href, anchor.class);
        rest = plain(&mut out, rest, &mut at, anchor.end, &mut seams);
        out.close("a");
    }
    plain(&mut out, rest, &mut at, u32::MAX, &mut seams);
    out
}

/// Draws the text up to character `until`, and the seams in it; gives what is left.
fn plain<'t>(
    out: &mut Markup,
    mut rest: &'t str,
    at: &mut u32,
    until: u32,
    seams: &mut std::iter::Peekable<std::slice::Iter<'_, Seam>>,
) -> &'t str {
    while let Some(seam) = seams.next_if(|seam| seam.at < until) {
        let (before, after) = split(rest, seam.at.saturating_sub(*at));
        out.text(before).seam(seam.line, seam.doubtful);
        (rest, *at) = (after, seam.at.max(*at));
    }
    let (before, after) = split(rest, until.saturating_sub(*at));
    out.text(before);
    *at = until;
    after
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_seams_share_a_text() {
        let anchor = |start, end| Anchor { start, end, href: "a.html".to_owned(), class: "mention" };
        let seams = [Seam { at: 3, line: 8, doubtful: false }, Seam { at: 6, line: 9, doubtful: true }];
        let markup = draw("发展的道路，见《宣言》", vec![anchor(7, 11), anchor(8, 9)], &seams);
        assert_eq!(
            markup.as_str(),
            "发展的<i class=\"seam\" data-l=\"8\"></i>道路，<i class=\"seam doubt\" data-l=\"9\"></i>见\
             <a class=\"mention\" href=\"a.html\">《宣言》</a>"
        );
    }
}
