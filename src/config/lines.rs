//! How a sidecar writes lines and dates.
//!
//! ```toml
//! lines = 13                       # one line
//! lines = [1, 125]                 # from line 1 to line 125
//! lines = [[1, 125], [127, 132]]   # an article with something between its parts
//! date = 2024-07-04
//! ```

use toml::Value;

use crate::model::Date;

/// The ranges that `value` writes, or what is wrong with it.
pub fn ranges(value: &Value) -> Result<Vec<(u32, u32)>, &'static str> {
    match value {
        Value::Array(parts) if parts.iter().any(Value::is_array) => parts.iter().map(range).collect(),
        _ => Ok(vec![range(value)?]),
    }
}

/// One range: `13` or `[1, 125]`.
pub fn range(value: &Value) -> Result<(u32, u32), &'static str> {
    let (first, last) = match value {
        Value::Integer(line) => (*line, *line),
        Value::Array(ends) => match ends.as_slice() {
            [Value::Integer(first), Value::Integer(last)] => (*first, *last),
            _ => return Err("a range is the first and the last line: [1, 125]"),
        },
        _ => return Err("lines are written 13, [1, 125] or [[1, 125], [127, 132]]"),
    };
    let number = |line: i64| u32::try_from(line).ok().filter(|&line| line > 0).ok_or("lines are counted from 1");
    let (first, last) = (number(first)?, number(last)?);
    if first <= last { Ok((first, last)) } else { Err("a range ends before it begins") }
}

/// The day that `value` writes, as TOML's own date or as text.
pub fn date(value: &Value) -> Result<Date, &'static str> {
    let wrong = "a date is written 2024-07-04";
    let written = match value {
        Value::Datetime(written) => *written,
        Value::String(text) => text.parse().map_err(|_| wrong)?,
        _ => return Err(wrong),
    };
    match (written.date, written.time) {
        (Some(day), None) => Ok(Date { year: i32::from(day.year), month: day.month, day: day.day, inferred: false }),
        _ => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        format!("x = {text}").parse::<toml::Table>().unwrap().remove("x").unwrap()
    }

    #[test]
    fn lines_are_written_in_three_ways() {
        assert_eq!(ranges(&value("13")), Ok(vec![(13, 13)]));
        assert_eq!(ranges(&value("[1, 125]")), Ok(vec![(1, 125)]));
        assert_eq!(ranges(&value("[[1, 125], [127, 132], 140]")), Ok(vec![(1, 125), (127, 132), (140, 140)]));
        for wrong in ["0", "-3", "[5, 4]", "[1, 2, 3]", "[]", "\"1-2\"", "[[1]]", "99999999999"] {
            assert!(ranges(&value(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_date_is_a_day_that_exists() {
        let day = Date { year: 2024, month: 7, day: 4, inferred: false };
        assert_eq!(date(&value("2024-07-04")), Ok(day));
        assert_eq!(date(&value("\"2024-07-04\"")), Ok(day));
        for wrong in ["2024-07-04T10:00:00", "\"7月4日\"", "2024", "\"2023-02-30\""] {
            assert!(date(&value(wrong)).is_err(), "{wrong}");
        }
    }
}
