//! Markdown of editors: notes and pages → safe HTML, clean seeds → articles.
//!
//! ```text
//! **按**：见[原文](https://例.org)<script>…</script>   →  <p><strong>按</strong>：见<a href="https://例.org">原文</a></p>
//! [点我](javascript:alert(1))                          →  <p>点我</p>
//! ```

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

mod clean;
mod front;

pub use clean::{Clean, CleanArticle, CleanParagraph, articles};

/// Elements inside one another beyond this depth are taken apart: no editor writes them, and a browser chokes on them.
const DEPTH: usize = 24;

/// Renders an editor's Markdown. Raw HTML and pictures are dropped (a picture's description stays), links lead to the
/// web, to mail or to a place of the site, and the highest heading is an `h2`, for the page has its own `h1`.
#[must_use]
pub fn html(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut filter = Filter::default();
    let mut html = String::new();
    push_html(&mut html, Parser::new_ext(markdown, options).filter_map(|event| filter.admit(event)));
    html
}

/// Lets safe events through. Start and end of an element share one fate.
#[derive(Default)]
struct Filter {
    /// Per open element, whether it was let through.
    open: Vec<bool>,
}

impl Filter {
    fn admit<'a>(&mut self, event: Event<'a>) -> Option<Event<'a>> {
        match event {
            Event::Start(tag) => {
                let tag = if self.open.len() < DEPTH { safe(tag) } else { None };
                self.open.push(tag.is_some());
                tag.map(Event::Start)
            }
            Event::End(end) => self.open.pop().filter(|&open| open).map(|_| Event::End(lowered_end(end))),
            Event::Html(_) | Event::InlineHtml(_) => None,
            event => Some(event),
        }
    }
}

/// The element, if it may stand on a page.
fn safe(tag: Tag<'_>) -> Option<Tag<'_>> {
    match tag {
        Tag::HtmlBlock | Tag::Image { .. } => None,
        Tag::Link { ref dest_url, .. } if !is_safe_address(dest_url) => None,
        // An identifier of the note's choosing could clash with one of the page's.
        Tag::Heading { level, .. } => {
            Some(Tag::Heading { level: lowered(level), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Tag::Link { link_type, dest_url, .. } => {
            Some(Tag::Link { link_type, dest_url, title: CowStr::Borrowed(""), id: CowStr::Borrowed("") })
        }
        tag => Some(tag),
    }
}

fn lowered_end(end: TagEnd) -> TagEnd {
    match end {
        TagEnd::Heading(level) => TagEnd::Heading(lowered(level)),
        end => end,
    }
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Whether an address leads to the web, to mail, or to a place of the site, as a browser would understand it: white
/// space and control characters do not count there, and `\` is `/`.
fn is_safe_address(address: &str) -> bool {
    let address: String = address
        .chars()
        .filter(|char| *char > ' ' && !char.is_control())
        .map(|char| if char == '\\' { '/' } else { char })
        .collect();
    let path = address.find(['/', '?', '#']).unwrap_or(address.len());
    match address.get(..path).and_then(|start| start.split_once(':')) {
        Some((scheme, _)) => ["http", "https", "mailto"].iter().any(|safe| scheme.eq_ignore_ascii_case(safe)),
        None => !address.starts_with("//"),
    }
}

#[cfg(test)]
mod tests {
    use super::{DEPTH, html, is_safe_address};

    #[test]
    fn raw_html_is_dropped_and_its_text_kept() {
        assert_eq!(html("甲<b onclick=x>乙</b><script>丙</script>"), "<p>甲乙丙</p>\n");
        assert_eq!(html("<script>\nalert(1)\n</script>\n\n甲"), "<p>甲</p>\n");
        assert_eq!(html("`<b>` & {{ x }}"), "<p><code>&lt;b&gt;</code> &amp; {{ x }}</p>\n");
    }

    #[test]
    fn links_lead_to_the_web_to_mail_or_to_the_site() {
        for safe in
            ["https://例.org/?q=a:b", "HTTP://a", "mailto:a@b", "a/x.html", "../x.html#p3", "#p3", "?q=a:b", "/x", ""]
        {
            assert!(is_safe_address(safe), "{safe}");
        }
        for unsafe_ in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "java\tscript:x",
            " javascript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "\\\\evil.example",
            "/\\evil.example",
            "blob:x",
            ":x",
        ] {
            assert!(!is_safe_address(unsafe_), "{unsafe_}");
        }
        assert_eq!(html("[甲](javascript:x) [乙](jav&#x61;script:x) <javascript:x>"), "<p>甲 乙 javascript:x</p>\n");
        assert_eq!(html("[甲](https://a 'x')"), "<p><a href=\"https://a\">甲</a></p>\n");
        assert_eq!(html("![图](https://a/x.png)"), "<p>图</p>\n");
    }

    #[test]
    fn headings_give_way_to_the_heading_of_the_page() {
        assert_eq!(html("# 甲\n###### 乙"), "<h2>甲</h2>\n<h6>乙</h6>\n");
    }

    #[test]
    fn what_nests_without_end_is_bounded() {
        let text = format!("{}甲", "> ".repeat(50_000));
        let out = html(&text);
        assert_eq!(out.matches("<blockquote>").count(), DEPTH);
        assert_eq!(out.matches("</blockquote>").count(), DEPTH);
        for nest in ["[", "*", "_", "![", "- ", "`", "<", "[a](", "~~", "&", "|\n|-|\n"] {
            let _ = html(&nest.repeat(20_000));
        }
    }

    proptest::proptest! {
        #[test]
        fn only_elements_of_ours_come_out(text in "[<>a/!\"'=:()\\[\\]#*`~|\\\\ \n-]{0,200}") {
            let out = html(&text);
            for at in out.match_indices('<').map(|(at, _)| at) {
                let name: String = out[at..].chars().skip(1).take_while(|char| char.is_ascii_alphanumeric() || *char == '/').collect();
                let known = ["p", "h", "em", "strong", "a", "ul", "ol", "li", "code", "pre", "blockquote", "br", "del", "t"];
                proptest::prop_assert!(known.iter().any(|known| name.trim_start_matches('/').starts_with(known)), "{}", out);
            }
            proptest::prop_assert!(!out.contains("javascript:") || !out.contains("href=\"javascript:"));
        }
    }
}
