//! Cuts a lower-cased text into raw words: letters and digits with what joins them inside, or single marks.

/// Calls `emit` with the byte range of each raw word of `lower`, in order.
pub(super) fn scan(lower: &str, mut emit: impl FnMut(usize, usize)) {
    let bytes = lower.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let Some(c) = lower.get(at..).and_then(|rest| rest.chars().next()) else { break };
        if c.is_whitespace() || is_ignored(c) {
            at += c.len_utf8();
            continue;
        }
        let end = if starts_address(&lower[at..]) {
            address_end(lower, at)
        } else if is_word(c) || is_money_sign(c) {
            word_end(lower, at)
        } else {
            mark_end(lower, at, c)
        };
        emit(at, end);
        at = end;
    }
}

fn is_ignored(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{ad}' | '*' | '_' | '`' | '~' | '>' | '|')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

fn is_money_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£')
}

/// Says whether `c` is an apostrophe, straight or typographic.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}' | '\u{2018}')
}

fn starts_address(rest: &str) -> bool {
    rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.")
}

/// An address runs to the next space; closing punctuation is not part of it.
fn address_end(lower: &str, start: usize) -> usize {
    let rest = &lower[start..];
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len());
    let trimmed = rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']']);
    start + trimmed.len().max(1)
}

fn word_end(lower: &str, start: usize) -> usize {
    let mut end = start;
    let mut chars = lower[start..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let joins = next.is_some_and(is_word)
            && (is_apostrophe(c) || matches!(c, '-' | '.' | '@' | '/' | '&' | '_' | ',' | ':' | '+'));
        let belongs = is_word(c) || is_money_sign(c) && offset == 0 || joins && joins_here(lower, start + offset, c);
        if belongs {
            end = start + offset + c.len_utf8();
        } else if c == '%' {
            return start + offset + 1;
        } else {
            break;
        }
    }
    end
}

/// A comma or colon joins digits only; a full stop joins unless a capital word could follow, which lower case hides,
/// so it joins digits, single letters and what looks like a domain.
fn joins_here(lower: &str, at: usize, c: char) -> bool {
    let before = lower[..at].chars().next_back();
    let after = lower[at + c.len_utf8()..].chars().next();
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    match c {
        ',' | ':' => digit(before) && digit(after),
        _ => true,
    }
}

/// Dots and dashes in a row are one mark.
fn mark_end(lower: &str, start: usize, c: char) -> usize {
    let rest = &lower[start..];
    if matches!(c, '.' | '-' | '!' | '?') {
        return start + rest.len() - rest.trim_start_matches(c).len();
    }
    start + c.len_utf8()
}
