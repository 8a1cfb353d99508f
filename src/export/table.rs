//! Rows → CSV and TSV that every reader parses and no spreadsheet runs.
//!
//! ```text
//! =HYPERLINK("x")  ──▶  "'=HYPERLINK(""x"")"      a cell that a spreadsheet would take for a formula is quoted by a '
//! ```

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;
use csv::{Terminator, Writer, WriterBuilder};

/// A kind of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    Csv,
    /// With a byte order mark, by which Excel knows UTF-8.
    ExcelCsv,
    Tsv,
}

impl Table {
    pub const ALL: [Self; 3] = [Self::Csv, Self::ExcelCsv, Self::Tsv];

    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => ".csv",
            Self::ExcelCsv => ".excel.csv",
            Self::Tsv => ".tsv",
        }
    }
}

/// A table that is being written.
pub(super) struct Rows<'w>(Writer<&'w mut dyn Write>);

impl<'w> Rows<'w> {
    pub(super) fn new(table: Table, heads: &[&str], out: &'w mut dyn Write) -> Result<Self> {
        if table == Table::ExcelCsv {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let delimiter = if table == Table::Tsv { b'\t' } else { b',' };
        let mut writer = WriterBuilder::new().delimiter(delimiter).terminator(Terminator::CRLF).from_writer(out);
        writer.write_record(heads)?;
        Ok(Self(writer))
    }

    pub(super) fn row(&mut self, cells: &[Cow<'_, str>]) -> Result<()> {
        Ok(self.0.write_record(cells.iter().map(|cell| harmless(cell).into_owned()))?)
    }

    pub(super) fn finish(mut self) -> Result<()> {
        Ok(self.0.flush()?)
    }
}

/// The cell, or the cell behind a `'` where a spreadsheet would take it for a formula.
fn harmless(cell: &str) -> Cow<'_, str> {
    let first = cell.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{200b}').chars().next();
    let runs = matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if runs || cell.starts_with(['\t', '\r']) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_nothing_runs() {
        let cells = ["=1+1", " \u{200b}＝cmd", "甲,\"乙\"\r\n丙\t丁", "-5", "平常"];
        for table in Table::ALL {
            let mut bytes: Vec<u8> = Vec::new();
            let mut rows = Rows::new(table, &["一", "二", "三", "四", "五"], &mut bytes).unwrap();
            rows.row(&cells.map(Cow::Borrowed)).unwrap();
            rows.finish().unwrap();
            let text = String::from_utf8(bytes).unwrap();
            let bare = text.strip_prefix('\u{feff}');
            assert_eq!(bare.is_some(), table == Table::ExcelCsv);
            let delimiter = if table == Table::Tsv { b'\t' } else { b',' };
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .from_reader(bare.unwrap_or(&text).as_bytes());
            let read: Vec<Vec<String>> =
                reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
            let wanted = ["'=1+1", "' \u{200b}＝cmd", "甲,\"乙\"\r\n丙\t丁", "'-5", "平常"];
            assert_eq!(read[1], wanted, "{table:?}");
        }
    }
}
