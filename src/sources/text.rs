//! Bytes to text: byte order marks, encodings that nobody declared, and the one normal form in which text is stored.
//! Entry points: [`decode`], [`normalize`], [`read_all`].

use std::borrow::Cow;
use std::io::{self, BufRead, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::MAX_ITEM_BYTES;

/// Bytes looked at to guess an encoding.
const GUESS_BYTES: usize = 64 * 1024;

/// Decodes text whose encoding is not known: byte order mark, then UTF-8, then UTF-16 by its zero bytes,
/// then a guess. Never fails; what no encoding explains becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    if let Some(encoding) = zero_bytes_encoding(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(error) => guess(bytes, error).decode_without_bom_handling(bytes).0,
    }
}

/// Like [`decode`], without a copy when the bytes are UTF-8 already.
pub fn decode_owned(bytes: Vec<u8>) -> String {
    match decode(&bytes) {
        Cow::Owned(text) => text,
        Cow::Borrowed(text) if text.len() == bytes.len() => String::from_utf8(bytes).unwrap_or_default(),
        Cow::Borrowed(text) => text.to_owned(),
    }
}

/// UTF-16 without a mark has a zero in nearly every second byte.
fn zero_bytes_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if memchr::memchr(0, head).is_none() || head.len() < 8 {
        return None;
    }
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 5 > pairs * 3 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 5 > pairs * 3 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Guesses from the part that is not UTF-8; a text that only ends in the middle of a character stays UTF-8.
fn guess(bytes: &[u8], error: std::str::Utf8Error) -> &'static Encoding {
    let valid = error.valid_up_to();
    if error.error_len().is_none() || (valid > 64 && has_multibyte(&bytes[..valid])) {
        return UTF_8;
    }
    let from = valid.saturating_sub(GUESS_BYTES / 2);
    let to = bytes.len().min(from + GUESS_BYTES);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[from..to], true);
    detector.guess(None, Utf8Detection::Deny)
}

fn has_multibyte(bytes: &[u8]) -> bool {
    !bytes.is_ascii()
}

/// The form in which text is stored and to which every offset refers: lines end in LF and carry no trailing blanks,
/// control and invisible characters are gone, hard spaces are spaces, no blank lines at either end.
pub fn normalize(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        if line.bytes().all(is_ordinary) {
            push_line(&mut out, |out| out.push_str(line));
            continue;
        }
        for piece in line.trim_end_matches('\r').split(ends_line) {
            push_line(&mut out, |out| piece.chars().for_each(|c| push_clean(out, c)));
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Adds a line without its trailing blanks; blank lines before the first text are left out.
fn push_line(out: &mut String, write: impl FnOnce(&mut String)) {
    let start = out.len();
    write(out);
    let kept = start + out[start..].trim_end().len();
    out.truncate(kept);
    if !out.is_empty() {
        out.push('\n');
    }
}

/// Line ends beside LF: of old files, of word processors, of Unicode.
fn ends_line(c: char) -> bool {
    matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Says whether a byte can be copied as it is; the lead bytes of characters that [`push_clean`] treats cannot.
fn is_ordinary(byte: u8) -> bool {
    matches!(byte, b'\t' | 0x20..=0x7e | 0x80..=0xc1 | 0xc3..=0xcc | 0xce..=0xe1 | 0xe3..=0xee | 0xf0..)
}

/// Pushes a character in its stored form.
pub(crate) fn push_clean(out: &mut String, c: char) {
    match c {
        '\t' | '\n' => out.push(c),
        _ if ends_line(c) => out.push('\n'),
        '\u{a0}' | '\u{2007}' | '\u{202f}' => out.push(' '),
        _ if is_invisible(c) => {}
        _ => out.push(c),
    }
}

/// Says whether a character shows nothing: controls, soft hyphens, zero-width fillers, marks of direction.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Puts a one-line value (subject, name) into its stored form: blanks collapsed, invisible characters gone.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = !out.is_empty();
        } else if !is_invisible(c) {
            if gap {
                out.push(' ');
                gap = false;
            }
            out.push(c);
        }
    }
    out
}

/// Reads everything, up to [`MAX_ITEM_BYTES`]; more than that is an error of kind `FileTooLarge`.
pub fn read_all(input: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_ITEM_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_ITEM_BYTES {
        let reason = format!("larger than the limit of {} MiB for one item", MAX_ITEM_BYTES >> 20);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
    }
    Ok(bytes)
}

/// Reads one line with its end into `line`, keeping at most `limit` bytes of it. Returns the bytes consumed; a line
/// that is cut is the one for which that is more than `line.len()`.
pub fn read_line(input: &mut dyn BufRead, line: &mut Vec<u8>, limit: usize) -> io::Result<u64> {
    line.clear();
    let mut consumed = 0u64;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let (used, done) = match memchr::memchr(b'\n', available) {
            Some(at) => (at + 1, true),
            None => (available.len(), available.is_empty()),
        };
        let room = limit.saturating_sub(line.len()).min(used);
        line.extend_from_slice(&available[..room]);
        input.consume(used);
        consumed += used as u64;
        if done {
            return Ok(consumed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decodes_undeclared_text() {
        let check = |bytes: &[u8], expected: &str| assert_eq!(decode(bytes), expected, "{bytes:?}");
        check("plain".as_bytes(), "plain");
        check("\u{feff}marked ü".as_bytes(), "marked ü");
        check(b"\xff\xfeh\0i\0", "hi");
        check(b"h\0e\0l\0l\0o\0 \0y\0o\0u\0", "hello you");
        check(b"Gr\xfc\xdfe aus K\xf6ln, bitte sch\xf6n", "Grüße aus Köln, bitte schön");
        check("cut in an ü".as_bytes().split_last().unwrap().1, "cut in an \u{fffd}");
        check(b"", "");
    }

    #[test]
    fn normalizes_text() {
        let check = |input: &str, expected: &str| assert_eq!(normalize(input), expected, "{input:?}");
        check("a\r\nb  \r\n\r\n\r\n", "a\nb");
        check("\n\n a\u{a0}b\0\u{200b}\n", " a b");
        check("old\rmac", "old\nmac");
        check("-- \nSam", "--\nSam");
        check("\tindented\t\n> quoted ", "\tindented\n> quoted");
        check("", "");
    }

    #[test]
    fn lines_are_bounded() {
        let mut input: &[u8] = b"0123456789\nab";
        let mut line = Vec::new();
        assert_eq!((read_line(&mut input, &mut line, 4).unwrap(), line.as_slice()), (11, b"0123".as_slice()));
        assert_eq!((read_line(&mut input, &mut line, 4).unwrap(), line.as_slice()), (2, b"ab".as_slice()));
        assert_eq!(read_line(&mut input, &mut line, 4).unwrap(), 0);
    }

    proptest! {
        #[test]
        fn normal_form_is_stable(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let text = normalize(&decode(&bytes));
            prop_assert_eq!(normalize(&text), text.as_str());
            prop_assert!(!text.contains('\r') && !text.contains('\0') && !text.contains(" \n"));
            let _ = decode_owned(bytes);
        }
    }
}
