//! Rows under a header, from CSV with any usual separator. Row numbers count as a spreadsheet does: the header is
//! the first row.

use std::io::BufRead;
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};

use crate::sources::{Sink, emit};

/// The names of the columns, and their keys for matching.
#[derive(Clone)]
pub(in crate::sources) struct Header {
    /// The source's own spelling.
    pub(in crate::sources) names: Vec<String>,
    keys: Vec<String>,
}

impl Header {
    fn new(names: Vec<String>) -> Self {
        let keys = names.iter().map(|name| key_of(name)).collect();
        Self { names, keys }
    }

    /// The column with the first of `keys` that there is.
    pub(in crate::sources) fn column(&self, keys: &[&str]) -> Option<usize> {
        keys.iter().find_map(|key| self.keys.iter().position(|own| own == key))
    }

    /// Says whether there is a column with one of `keys`.
    pub(in crate::sources) fn has(&self, keys: &[&str]) -> bool {
        self.column(keys).is_some()
    }

    /// The key of each column: its name in lower case without anything but letters and digits.
    pub(in crate::sources) fn keys(&self) -> &[String] {
        &self.keys
    }
}

/// Letters and digits of a column name in lower case: `Deal Stage`, `deal_stage` and `DealStage` are the same.
pub(in crate::sources) fn key_of(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// One row that has a cell for each column.
pub(in crate::sources) struct Row<'a> {
    /// The columns.
    pub(in crate::sources) header: &'a Header,
    /// The cells, trimmed.
    pub(in crate::sources) cells: Vec<String>,
    place: String,
}

impl<'a> Row<'a> {
    /// A row that was kept aside.
    pub(in crate::sources) fn new(header: &'a Header, cells: Vec<String>, place: String) -> Self {
        Self { header, cells, place }
    }

    /// Where the row stands: `row 12`.
    pub(in crate::sources) fn place(&self) -> String {
        self.place.clone()
    }

    /// The cell in a column, unless it is empty.
    pub(in crate::sources) fn cell(&self, column: Option<usize>) -> Option<&str> {
        self.cells.get(column?).map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// The first cell that is not empty among the columns with one of `keys`.
    pub(in crate::sources) fn find(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| {
            let columns = self.header.keys.iter().enumerate().filter(|(_, own)| own == key);
            columns.map(|(column, _)| column).find_map(|column| self.cell(Some(column)))
        })
    }

    /// Every cell that is not empty with the name of its column, in column order.
    pub(in crate::sources) fn filled(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.header.names.iter().zip(&self.cells);
        pairs.filter(|(_, cell)| !cell.is_empty()).map(|(name, cell)| (name.as_str(), cell.as_str()))
    }
}

/// What is done with each row.
pub(in crate::sources) type EachRow<'f> = dyn FnMut(&Row<'_>, &mut Sink<'_>) -> ControlFlow<()> + 'f;

/// Reads a table and hands each row to `each`; rows that do not fit the header become problems.
pub(in crate::sources) fn read_rows(
    label: &str,
    input: &mut dyn BufRead,
    sink: &mut Sink<'_>,
    each: &mut EachRow<'_>,
) -> ControlFlow<()> {
    let delimiter = match input.fill_buf() {
        Ok(head) if is_utf16(head) => return read_utf16(label, input, sink, each),
        Ok(head) => sniff_delimiter(head),
        Err(error) => return emit::reject(sink, label, "", format!("cannot be read: {error}")),
    };
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(input);
    let mut header: Option<Header> = None;
    let mut record = ByteRecord::new();
    let (mut number, mut rows) = (0usize, 0usize);
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => number += 1,
            Ok(false) => break,
            Err(error) => {
                return emit::reject(sink, label, format!("row {}", number + 1), format!("cannot be read: {error}"));
            }
        }
        let mut cells: Vec<String> = record.iter().map(decode).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let Some(columns) = &header else {
            if !cells[0].starts_with("sep=") {
                header = Some(Header::new(cells));
            }
            continue;
        };
        rows += 1;
        let width = columns.names.len();
        while cells.len() > width && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.len() != width {
            let reason = format!("has {} cells where the header has {width}", cells.len());
            emit::reject(sink, label, format!("row {number}"), reason)?;
            continue;
        }
        each(&Row { header: columns, cells, place: format!("row {number}") }, sink)?;
    }
    if header.is_none() {
        return emit::reject(sink, label, "", "the table is empty: it has no header row");
    }
    if rows == 0 {
        return emit::reject(sink, label, "", "the table has a header row and no other");
    }
    ControlFlow::Continue(())
}

/// Says whether a file starts with a mark of UTF-16, as the "Unicode text" of spreadsheets does.
fn is_utf16(head: &[u8]) -> bool {
    head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff])
}

/// Reads a table in UTF-16, which has to be decoded as a whole.
fn read_utf16(label: &str, input: &mut dyn BufRead, sink: &mut Sink<'_>, each: &mut EachRow<'_>) -> ControlFlow<()> {
    let mut bytes = Vec::new();
    if let Err(error) = input.read_to_end(&mut bytes) {
        return emit::reject(sink, label, "", format!("cannot be read: {error}"));
    }
    let encoding = encoding_rs::Encoding::for_bom(&bytes).map_or(encoding_rs::UTF_16LE, |(encoding, _)| encoding);
    let (text, _) = encoding.decode_with_bom_removal(&bytes);
    read_rows(label, &mut text.as_bytes(), sink, each)
}

/// A cell as text; bytes that are not UTF-8 are read as Windows-1252, as old spreadsheets write them.
fn decode(cell: &[u8]) -> String {
    let text = match std::str::from_utf8(cell) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(cell).0,
    };
    text.trim_start_matches('\u{feff}').trim().replace("\r\n", "\n")
}

/// The separator that occurs most in the first line outside of quotes.
fn sniff_delimiter(head: &[u8]) -> u8 {
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(head);
    if let Some(stated) = head.strip_prefix(b"sep=").and_then(|rest| rest.first()) {
        return *stated;
    }
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    let mut seen_any = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && seen_any => break,
            _ if !quoted => counts.iter_mut().filter(|(mark, _)| mark == byte).for_each(|(_, count)| *count += 1),
            _ => {}
        }
        seen_any |= !byte.is_ascii_whitespace();
    }
    // The last of equals wins in `max_by_key`, so the comma is put last.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(mark, _)| *mark)
}

/// The header row at the start of a file, if it looks like one: at least two columns with distinct names.
pub(in crate::sources) fn header_of(head: &str) -> Option<Header> {
    let bytes = head.as_bytes();
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(sniff_delimiter(bytes)).from_reader(bytes);
    let mut record = ByteRecord::new();
    for _ in 0..3 {
        if !reader.read_byte_record(&mut record).ok()? {
            return None;
        }
        let cells: Vec<String> = record.iter().map(decode).collect();
        if cells.first().is_some_and(|cell| cell.starts_with("sep=")) || cells.iter().all(String::is_empty) {
            continue;
        }
        let named = cells.iter().filter(|cell| cell.chars().any(char::is_alphabetic) && cell.len() <= 120).count();
        return (cells.len() >= 2 && named >= 2).then(|| Header::new(cells));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Item;

    fn check(text: &[u8], expected: &[&str]) {
        let mut shown = Vec::new();
        let mut problems = Vec::new();
        let mut sink = |item| {
            if let Item::Problem(problem) = item {
                problems.push(format!("{}: {}", problem.item, problem.reason));
            }
            ControlFlow::Continue(())
        };
        let _ = read_rows("t.csv", &mut &text[..], &mut sink, &mut |row, _| {
            shown.push(format!("{} {}", row.place(), row.cells.join("|")));
            ControlFlow::Continue(())
        });
        shown.extend(problems);
        assert_eq!(shown, expected, "{}", String::from_utf8_lossy(text));
    }

    #[test]
    fn reads_usual_tables() {
        check(b"a,b\n1,2\n", &["row 2 1|2"]);
        check("\u{feff}a;b\r\n1;\"x;y\nz\"\r\n".as_bytes(), &["row 2 1|x;y\nz"]);
        check(b"a\tb\n1\t2,5\n", &["row 2 1|2,5"]);
        check(b"sep=;\na;b\n1;2\n", &["row 3 1|2"]);
        check(b"a,b\nM\xfcller,2\n", &["row 2 M\u{fc}ller|2"]);
        check(b"\xff\xfea\0\t\0b\0\n\x001\0\t\0\xe9\0\n\0", &["row 2 1|\u{e9}"]);
        check(b"a,b\n1,2,,\n,\n3,4\n", &["row 2 1|2", "row 4 3|4"]);
    }

    #[test]
    fn lists_what_does_not_fit() {
        check(
            b"a,b\n1,2,3\n4,5\n6\n",
            &["row 3 4|5", "row 2: has 3 cells where the header has 2", "row 4: has 1 cells where the header has 2"],
        );
        check(b"", &[": the table is empty: it has no header row"]);
        check(b"a,b\n\n", &[": the table has a header row and no other"]);
    }
}
