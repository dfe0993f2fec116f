//! Puts text on lines: collapses blanks, keeps track of line ends, blank lines and the depth of quotation.

use mail_parser::decoders::html::add_html_token;

use crate::sources::text::{is_invisible, normalize, push_clean};

/// Deepest quotation that is still told apart.
const MAX_QUOTE_DEPTH: usize = 20;
/// Longest name of a character reference, `&` and `;` included.
const MAX_ENTITY: usize = 34;
/// The line that plain-text mailers write where HTML has a rule.
const RULE: &str = "________________________________";

/// What stands between the last word and the next one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    /// The border of a table cell.
    Cell,
}

/// Writes text line by line.
pub(super) struct Writer {
    out: String,
    /// Depth of quotation of what comes next, and of the last line written.
    depth: usize,
    written_depth: usize,
    line_has_text: bool,
    /// The line is empty but for hard spaces: shown as a blank line.
    spacer: bool,
    /// Line ends due before the next text: none, one, or two for a blank line.
    breaks: u8,
    gap: Gap,
    marker: Option<String>,
}

impl Writer {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            out: String::with_capacity(capacity),
            depth: 0,
            written_depth: 0,
            line_has_text: false,
            spacer: false,
            breaks: 0,
            gap: Gap::None,
            marker: None,
        }
    }

    /// The text written, in its stored form.
    pub(super) fn finish(self) -> String {
        normalize(&self.out)
    }

    /// Writes running text: blanks collapse, character references are resolved.
    pub(super) fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let run = bytes[at..].iter().position(|&byte| is_special(byte)).unwrap_or(bytes.len() - at);
            if run > 0 {
                self.words(&text[at..at + run]);
                at += run;
                continue;
            }
            if bytes[at].is_ascii_whitespace() {
                self.space();
                at += 1;
            } else if bytes[at] == b'&' {
                at += self.reference(&text[at..]);
            } else {
                let c = text[at..].chars().next().unwrap_or(' ');
                self.character(c);
                at += c.len_utf8();
            }
        }
    }

    /// Writes text whose line ends and blanks stand as they are.
    pub(super) fn preformatted(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.line_break();
            }
            let line = line.trim_end_matches('\r');
            if line.is_empty() {
                continue;
            }
            self.begin();
            let mut rest = line;
            while let Some(at) = rest.find('&') {
                self.out.push_str(&rest[..at]);
                let mut buffer = String::new();
                let used = resolve(&rest[at..], &mut buffer);
                self.out.push_str(&buffer);
                rest = &rest[at + used..];
            }
            self.out.push_str(rest);
        }
    }

    fn space(&mut self) {
        if self.line_has_text && self.gap == Gap::None {
            self.gap = Gap::Space;
        }
    }

    fn character(&mut self, c: char) {
        if c == '\u{a0}' && !self.line_has_text {
            self.spacer = true;
        } else if c.is_whitespace() {
            self.space();
        } else if !is_invisible(c) && c != '\u{200c}' {
            self.begin();
            push_clean(&mut self.out, c);
        }
    }

    /// Writes the character that a reference stands for; returns the bytes that the reference takes.
    fn reference(&mut self, text: &str) -> usize {
        let mut resolved = String::new();
        let used = resolve(text, &mut resolved);
        resolved.chars().for_each(|c| self.character(c));
        used
    }

    fn words(&mut self, words: &str) {
        self.begin();
        self.out.push_str(words);
    }

    /// Writes what is due before text: line ends, the marks of quotation, an item's marker, a blank.
    fn begin(&mut self) {
        if self.line_has_text {
            match self.gap {
                Gap::None => {}
                Gap::Space => self.out.push(' '),
                Gap::Cell => self.out.push_str(" | "),
            }
            self.gap = Gap::None;
            return;
        }
        if !self.out.is_empty() {
            self.out.push('\n');
            if self.breaks > 1 {
                self.quote_marks(self.depth.min(self.written_depth));
                self.out.push('\n');
            }
        }
        self.quote_marks(self.depth);
        if self.depth > 0 {
            self.out.push(' ');
        }
        if let Some(marker) = self.marker.take() {
            self.out.push_str(&marker);
        }
        self.written_depth = self.depth;
        self.line_has_text = true;
        self.spacer = false;
        self.breaks = 0;
        self.gap = Gap::None;
    }

    fn quote_marks(&mut self, depth: usize) {
        (0..depth.min(MAX_QUOTE_DEPTH)).for_each(|_| self.out.push('>'));
    }

    /// Ends the line; an empty line stays as a blank line.
    pub(super) fn line_break(&mut self) {
        self.breaks = if self.line_has_text { 1 } else { 2 };
        self.end_line();
    }

    /// Makes sure that what follows starts on a line of its own.
    pub(super) fn block(&mut self) {
        if self.line_has_text {
            self.breaks = 1;
        } else if self.spacer {
            self.breaks = 2;
        }
        self.end_line();
    }

    /// Makes sure that a blank line comes before what follows.
    pub(super) fn paragraph(&mut self) {
        self.end_line();
        self.breaks = 2;
    }

    fn end_line(&mut self) {
        self.line_has_text = false;
        self.spacer = false;
        self.gap = Gap::None;
    }

    /// Marks the start of a list item.
    pub(super) fn marker(&mut self, number: Option<u32>) {
        self.marker = Some(number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. ")));
    }

    /// Marks the start of a table cell.
    pub(super) fn cell(&mut self) {
        if self.line_has_text {
            self.gap = Gap::Cell;
        }
    }

    /// Draws a line between what was and what follows.
    pub(super) fn rule(&mut self) {
        if self.out.is_empty() {
            return;
        }
        self.block();
        self.words(RULE);
        self.block();
    }

    /// Starts a quotation.
    pub(super) fn deepen(&mut self) {
        self.block();
        self.depth += 1;
    }

    /// Ends a quotation.
    pub(super) fn shallow(&mut self) {
        self.block();
        self.depth = self.depth.saturating_sub(1);
    }
}

/// Bytes that cannot be copied as they are: blanks, references, lead bytes of special characters.
fn is_special(byte: u8) -> bool {
    byte <= b' ' || matches!(byte, b'&' | 0x7f | 0xc2 | 0xcd | 0xe2 | 0xe3 | 0xef)
}

/// Resolves the character reference at the start of `text` into `out`; returns the bytes that it takes.
/// An ampersand that starts none stands for itself.
fn resolve(text: &str, out: &mut String) -> usize {
    let body = text.bytes().skip(1).take(MAX_ENTITY).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    let name_end = 1 + body.count();
    let closed = text.as_bytes().get(name_end) == Some(&b';');
    let name = &text[1..name_end];
    if let Some(code) = name.strip_prefix('#').and_then(numeric) {
        out.push(code);
        return name_end + usize::from(closed);
    }
    let start = out.len();
    if closed && name_end > 1 {
        add_html_token(out, &text.as_bytes()[..=name_end], false);
        if !out[start..].starts_with('&') || name == "amp" || name == "AMP" {
            return name_end + 1;
        }
        out.truncate(start);
    }
    out.push('&');
    1
}

/// The character of a numeric reference; the codes that browsers read as windows-1252 included.
fn numeric(digits: &str) -> Option<char> {
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    match code {
        0x80..=0x9f => encoding_rs::WINDOWS_1252.decode(&[code as u8]).0.chars().next(),
        _ => char::from_u32(code),
    }
}
