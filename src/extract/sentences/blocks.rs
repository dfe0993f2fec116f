//! Blocks: pieces of text between line breaks that the author meant.

use std::ops::Range;

/// A line shorter than this ends where its author ended it.
const SHORTEST_WRAP: usize = 52;
/// Lines longer than this are not wrapped by hand or by a mail program.
const LONGEST_WRAP: usize = 100;
/// From this length on, a line without a stop goes on in a next line that begins in lower case.
const UNFINISHED: usize = 32;

/// Cuts `range` at the line breaks that end something.
pub(super) fn cut(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let lines = lines(text, range);
    let mut blocks: Vec<Range<usize>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let paragraph = (at..lines.len()).find(|&i| text[lines[i].clone()].trim().is_empty()).unwrap_or(lines.len());
        if paragraph == at {
            at += 1;
            continue;
        }
        let width = lines[at..paragraph].iter().map(|line| text[line.clone()].trim_end().len()).max().unwrap_or(0);
        let mut block = lines[at].clone();
        for pair in at + 1..paragraph {
            let (above, below) = (text[lines[pair - 1].clone()].trim(), text[lines[pair].clone()].trim());
            if goes_on(above, below, width) {
                block.end = lines[pair].end;
            } else {
                blocks.push(block);
                block = lines[pair].clone();
            }
        }
        blocks.push(block);
        at = paragraph;
    }
    blocks
}

fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = range.start;
    for newline in memchr::memchr_iter(b'\n', &text.as_bytes()[range.clone()]) {
        lines.push(start..range.start + newline);
        start = range.start + newline + 1;
    }
    lines.push(start..range.end);
    lines
}

/// Says whether the line `below` continues the line `above` in a paragraph whose longest line has `width` bytes.
fn goes_on(above: &str, below: &str, width: usize) -> bool {
    if mark(below) > 0
        || starts_turn(below)
        || above.len() > LONGEST_WRAP
        || above.ends_with(':') && below.starts_with(char::is_uppercase)
    {
        return false;
    }
    let word = below.find(char::is_whitespace).unwrap_or(below.len());
    let full =
        width <= LONGEST_WRAP && above.len() >= SHORTEST_WRAP && above.len() + 1 + word >= width.saturating_sub(6);
    let stopped = above.ends_with(['.', '!', '?', ':']);
    let lower = below.starts_with(char::is_lowercase);
    full || !stopped && lower && (above.len() >= UNFINISHED || above.ends_with([',', '-']) && above.len() > 15)
}

/// Says whether a line begins with a speaker's name and a colon.
fn starts_turn(line: &str) -> bool {
    let head = &line.as_bytes()[..line.len().min(40)];
    let Some(colon) = memchr::memchr(b':', head) else { return false };
    let name = line.get(..colon).unwrap_or_default();
    let spaced = line.as_bytes().get(colon + 1).is_none_or(u8::is_ascii_whitespace);
    spaced
        && name.starts_with(char::is_uppercase)
        && name.split(' ').all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '('))
}

/// The block without bullet marks and white space in front.
pub(super) fn without_marks(text: &str, block: Range<usize>) -> Range<usize> {
    let words = &text[block.clone()];
    let mut start = block.start + (words.len() - words.trim_start().len());
    for _ in 0..3 {
        let length = mark(&text[start..block.end]);
        if length == 0 {
            break;
        }
        start += length;
    }
    start..block.end
}

/// Length of the bullet, number or quotation mark that `line` begins with, white space after it included; 0 without one.
fn mark(line: &str) -> usize {
    let bytes = line.as_bytes();
    let Some(&first) = bytes.first() else { return 0 };
    let length = match first {
        b'-' | b'*' | b'+' | b'o' => 1,
        b'>' => return 1 + line[1..].len() - line[1..].trim_start().len(),
        b'(' | b'[' => return closed_mark(line),
        b'0'..=b'9' => {
            let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
            if digits > 2 || !bytes.get(digits).is_some_and(|b| matches!(b, b'.' | b')')) {
                return 0;
            }
            digits + 1
        }
        b'a'..=b'z' | b'A'..=b'H' if bytes.get(1) == Some(&b')') => 2,
        _ => match line.chars().next() {
            Some(
                c @ ('•' | '·' | '‣' | '◦' | '▪' | '●' | '○' | '■' | '–' | '—' | '→' | '✓' | '✔' | '☐' | '☑'
                | '\u{f0b7}'),
            ) => c.len_utf8(),
            _ => return 0,
        },
    };
    let rest = &line[length..];
    let space = rest.len() - rest.trim_start().len();
    if space > 0 { length + space } else { 0 }
}

/// `(a) `, `[1] `, `[x] `.
fn closed_mark(line: &str) -> usize {
    let bytes = line.as_bytes();
    let close = bytes.iter().take(5).position(|b| matches!(b, b')' | b']')).unwrap_or(0);
    let inner = bytes.get(1..close).unwrap_or_default();
    let short = (1..=2).contains(&inner.len()) && inner.iter().all(|b| b.is_ascii_alphanumeric() || *b == b' ');
    if !short || bytes.get(close + 1) != Some(&b' ') {
        return 0;
    }
    let rest = &line[close + 1..];
    close + 1 + rest.len() - rest.trim_start().len()
}
