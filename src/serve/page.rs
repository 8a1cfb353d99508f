//! What the preview adds to a page, and the page that stands in for one that cannot be shown.
//!
//! ```text
//! <head>…default-src 'none'…</head>   ─▶   <head>…default-src 'none'; connect-src 'self'…<script src="/-/reload.js"…></head>
//! duikan.toml:3 unknown key `tilte`    ─▶   预览暂停 …
//! ```

use quick_xml::escape::escape;

/// The script that waits for changes, and where it stands.
pub(super) const SCRIPT: &str = include_str!("reload.js");
pub(super) const SCRIPT_PATH: &str = "-/reload.js";
/// Where changes are told.
pub(super) const EVENTS_PATH: &str = "-/events";
/// The query that asks for the last good page although something is broken.
pub(super) const LAST_GOOD: &str = "last-good";
const WAITING: &str = "正在与其余文本对勘 · Being held against the other texts …";

/// Lets a page hear of changes; its policy stays as strict in all else.
pub(super) fn live(html: Vec<u8>) -> Vec<u8> {
    let text = match String::from_utf8(html) {
        Ok(text) => text,
        Err(other) => return other.into_bytes(),
    };
    let script = format!("<script src=\"/{SCRIPT_PATH}\" defer></script></head>");
    text.replacen("default-src 'none'", "default-src 'none'; connect-src 'self'", 1)
        .replacen("</head>", &script, 1)
        .into()
}

/// Says of a page that it does not show yet what its text shares with others.
pub(super) fn waiting(html: Vec<u8>) -> Vec<u8> {
    let text = match String::from_utf8(html) {
        Ok(text) => text,
        Err(other) => return other.into_bytes(),
    };
    let main = text.split_once("<main").and_then(|(before, main)| Some((before, main.split_once('>')?)));
    let Some((before, (attributes, rest))) = main else { return text.into() };
    format!("{before}<main{attributes}><p class=\"aside\" role=\"status\">{WAITING}</p>{rest}").into()
}

/// A page that tells what is broken.
pub(super) fn fault(title: &str, cause: &str, last_good: bool) -> Vec<u8> {
    let link = if last_good {
        format!("<p><a href=\"?{LAST_GOOD}\">上一次的页面 · the last good page</a></p>")
    } else {
        String::new()
    };
    live(
        format!(
            "<!doctype html><html lang=\"zh\"><head><meta charset=\"utf-8\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>{0}</title></head>\
             <body><h1>{0}</h1><pre>{1}</pre>{link}</body></html>",
            escape(title),
            escape(cause),
        )
        .into_bytes(),
    )
}

/// The type of a file, by its name.
pub(super) fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "epub" => "application/epub+zip",
        "txt" | "md" | "csv" | "tsv" | "jsonl" | "bib" | "ris" | "cff" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_live_page_may_connect_home_and_nowhere_else() {
        let page = "<head><meta content=\"default-src 'none'; script-src 'self'\"></head><p>default-src 'none' </head>";
        let live = String::from_utf8(live(page.into())).unwrap();
        assert!(live.starts_with(
            "<head><meta content=\"default-src 'none'; connect-src 'self'; script-src 'self'\"><script src"
        ));
        assert!(live.ends_with("<p>default-src 'none' </head>"), "{live}");
    }

    #[test]
    fn what_a_page_waits_for_stands_where_its_text_begins() {
        let page = String::from_utf8(waiting("<p>对勘</p><main id=\"main\"><h1>要闻</h1></main>".into())).unwrap();
        assert!(page.starts_with("<p>对勘</p><main id=\"main\"><p class=\"aside\" role=\"status\">正在"), "{page}");
        assert!(page.ends_with("</p><h1>要闻</h1></main>"));
        assert_eq!(waiting("<p>要闻</p>".into()), "<p>要闻</p>".as_bytes());
    }

    #[test]
    fn what_is_broken_is_told_as_text() {
        let page = String::from_utf8(fault("预览暂停", "<script>alert(1)</script> & 其他", true)).unwrap();
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; 其他") && page.contains("?last-good"));
    }
}
