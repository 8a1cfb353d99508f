//! Filters of the templates: numbers, shares and days as the language of the interface writes them.
//!
//! ```text
//! {{ 12345 | n }}        12,345
//! {{ 0.4216 | percent }} 42.2%
//! ```

use tera::{Kwargs, State, Tera};

/// Registers every filter; a template that names another is an error when it is parsed.
pub fn register(tera: &mut Tera) {
    tera.register_filter("n", |value: u64, _: Kwargs, _: &State| number(value));
    tera.register_filter("percent", |value: f64, _: Kwargs, _: &State| percent(value));
    tera.register_filter("sign", |name: &str, _: Kwargs, _: &State| sign(name));
}

/// The sign of a relation, the same everywhere and in both languages.
#[must_use]
pub fn sign(relation: &str) -> &'static str {
    match relation {
        "identical" => "＝",
        "variant" => "≈",
        "shortened" => "⊃",
        "expanded" => "⊂",
        "reworded" => "≠",
        "merged" => "}",
        "split" => "{",
        "moved" => "⇅",
        "omitted" => "∅",
        "added" => "+",
        _ => "",
    }
}

/// `12345` → `12,345`.
#[must_use]
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `0.4216` → `42.2%`. Only what is whole is said to be 100 %, only what is nothing to be 0 %.
#[must_use]
pub fn percent(share: f64) -> String {
    let share = (share * 100.0).clamp(0.0, 100.0);
    let shown = if share < 100.0 { share.min(99.9) } else { share };
    let shown = if share > 0.0 { shown.max(0.1) } else { shown };
    format!("{shown:.1}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_numbers() {
        assert_eq!(number(7), "7");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(percent(0.4216), "42.2%");
        assert_eq!(percent(0.999_99), "99.9%");
        assert_eq!(percent(1.0), "100.0%");
    }
}
