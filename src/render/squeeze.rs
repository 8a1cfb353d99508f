//! Style sheets are written to be read; what is published leaves out comments and layout.
//!
//! ```text
//! /* 朱 */ .a > .b { color: red; }   ──▶   .a>.b{color:red}
//! ```

/// Leaves out comments, and white space that means nothing. Strings stay as they are.
pub fn css(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars().peekable();
    let mut space = false;
    while let Some(c) = chars.next() {
        if c == '/' && chars.peek() == Some(&'*') {
            skip_comment(&mut chars);
            space = true;
        } else if c.is_ascii_whitespace() {
            space = true;
        } else {
            if space && !out.is_empty() && !out.ends_with(['{', '}', ';', ',', ':', '>', '(']) && !"{};,>)".contains(c)
            {
                out.push(' ');
            }
            space = false;
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            if c == '"' || c == '\'' {
                copy_string(c, &mut chars, &mut out);
            }
        }
    }
    out
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn skip_comment(chars: &mut Chars<'_>) {
    let mut last = ' ';
    chars.next();
    for c in chars.by_ref() {
        if last == '*' && c == '/' {
            return;
        }
        last = c;
    }
}

fn copy_string(quote: char, chars: &mut Chars<'_>, out: &mut String) {
    let mut escaped = false;
    for c in chars.by_ref() {
        out.push(c);
        if c == quote && !escaped {
            return;
        }
        escaped = c == '\\' && !escaped;
    }
}

#[cfg(test)]
mod tests {
    use super::css;

    #[test]
    fn what_means_something_stays() {
        let source = "/* a > b */\n.a > .b :hover,\n.c { margin: calc(1px - 2px) 0;  content: \"¶  ;\" ; }\n@media (a) { b { c: d } }";
        let squeezed = ".a>.b :hover,.c{margin:calc(1px - 2px) 0;content:\"¶  ;\"}@media (a){b{c:d}}";
        assert_eq!(css(source), squeezed);
        assert_eq!(css(squeezed), squeezed);
        assert_eq!(css("a{b:c} /* never closed"), "a{b:c}");
    }
}
