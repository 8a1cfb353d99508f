//! Who may ask, and for what: only a browser on this machine, only from the preview itself or by its address.
//!
//! ```text
//! Host: 127.0.0.1:3000                            answered
//! Host: 恶.example (a name that points here)        403
//! Origin: https://恶.example                       403
//! GET /a/%2e%2e/%2e%2e/etc/passwd                 404: pages are found in a list, not on the disk
//! ```

use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::{Method, StatusCode, Uri};

/// A refusal, in one line for the one who asked.
pub(super) type Refusal = (StatusCode, &'static str);

/// The path that is asked for, decoded, without the slash in front.
pub(super) fn path(method: &Method, uri: &Uri, headers: &HeaderMap, port: u16) -> Result<String, Refusal> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "the preview can only be read"));
    }
    let mut hosts = headers.get_all(HOST).iter();
    let named = match (hosts.next(), hosts.next()) {
        (Some(host), None) => host.to_str().is_ok_and(|host| is_ours(host, port)),
        _ => false,
    };
    if !named || uri.authority().is_some_and(|authority| !is_ours(authority.as_str(), port)) {
        return Err((StatusCode::FORBIDDEN, "ask for the preview by its own address"));
    }
    let foreign = |origin: &str| origin.strip_prefix("http://").is_none_or(|host| !is_ours(host, port));
    if headers.get_all(ORIGIN).iter().any(|origin| origin.to_str().map_or(true, foreign)) {
        return Err((StatusCode::FORBIDDEN, "the preview answers no other site"));
    }
    // A script tag of another site sends no Origin, but a browser of today says where it comes from.
    let says = |name: &str, value: &str| headers.get(name).is_some_and(|there| there.as_bytes() == value.as_bytes());
    let from_elsewhere = says("sec-fetch-site", "cross-site") || says("sec-fetch-site", "same-site");
    if from_elsewhere && !(says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document")) {
        return Err((StatusCode::FORBIDDEN, "the preview answers no other site"));
    }
    decode(uri.path()).ok_or((StatusCode::BAD_REQUEST, "the address makes no sense"))
}

/// Whether `host` is a name of this machine alone, with our port.
fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        Some((name, given)) if !given.contains(']') => (name, given.parse().ok()),
        _ => (host, Some(80)),
    };
    given == Some(port) && (name.eq_ignore_ascii_case("localhost") || matches!(name, "127.0.0.1" | "[::1]"))
}

fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.strip_prefix('/')?.bytes();
    while let Some(byte) = rest.next() {
        let byte = if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            u8::try_from(high * 16 + low).ok()?
        } else {
            byte
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(uri: &str, headers: &[(&'static str, &str)]) -> Result<String, StatusCode> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        path(&Method::GET, &uri.parse().unwrap(), &map, 3000).map_err(|(status, _)| status)
    }

    #[test]
    fn only_the_preview_itself_is_answered() {
        for host in ["127.0.0.1:3000", "localhost:3000", "LOCALHOST:3000", "[::1]:3000"] {
            assert_eq!(ask("/a/x.html", &[("host", host)]), Ok("a/x.html".to_owned()), "{host}");
        }
        for host in
            ["", "127.0.0.1", "127.0.0.1:80", "evil.example:3000", "localhost.evil.example:3000", "127.0.0.1:3000x"]
        {
            assert_eq!(ask("/", &[("host", host)]), Err(StatusCode::FORBIDDEN), "{host}");
        }
        assert_eq!(ask("/", &[]), Err(StatusCode::FORBIDDEN));
        assert_eq!(ask("/", &[("host", "localhost:3000"), ("host", "evil.example")]), Err(StatusCode::FORBIDDEN));
        assert_eq!(ask("http://evil.example/", &[("host", "localhost:3000")]), Err(StatusCode::FORBIDDEN));
    }

    #[test]
    fn no_other_site_is_answered() {
        let host = ("host", "localhost:3000");
        for origin in ["https://evil.example", "null", "http://localhost:3001", "https://localhost:3000", ""] {
            assert_eq!(ask("/", &[host, ("origin", origin)]), Err(StatusCode::FORBIDDEN), "{origin}");
        }
        assert!(ask("/", &[host, ("origin", "http://localhost:3000")]).is_ok());
        let script =
            [host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "script")];
        assert_eq!(ask("/search/x.js", &script), Err(StatusCode::FORBIDDEN));
        let link =
            [host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert!(ask("/index.html", &link).is_ok());
    }

    #[test]
    fn addresses_are_decoded_once() {
        let host = [("host", "localhost:3000")];
        assert_eq!(ask("/%E4%B8%80.html?v=1", &host), Ok("一.html".to_owned()));
        assert_eq!(ask("/%252e", &host), Ok("%2e".to_owned()));
        for bad in ["/%", "/%4", "/%zz", "/%ff", "/%00", "*"] {
            assert_eq!(ask(bad, &host), Err(StatusCode::BAD_REQUEST), "{bad}");
        }
    }
}
