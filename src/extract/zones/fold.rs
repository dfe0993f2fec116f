//! Small tests on words that do not care about case.

use rustc_hash::FxHashMap;

/// Lower-case phrases, by their first letter.
pub(crate) struct Phrases(FxHashMap<char, Vec<&'static str>>);

impl Phrases {
    /// Sorts a list by first letters.
    pub(crate) fn of(list: &[&'static str]) -> Self {
        let mut sorted: FxHashMap<char, Vec<&'static str>> = FxHashMap::default();
        for phrase in list {
            if let Some(first) = phrase.chars().next() {
                sorted.entry(first).or_default().push(phrase);
            }
        }
        Self(sorted)
    }

    /// The phrases that share the first letter of `text`.
    pub(crate) fn near(&self, text: &str) -> &[&'static str] {
        let first = text.chars().next().and_then(|c| c.to_lowercase().next());
        first.and_then(|first| self.0.get(&first)).map_or(&[], Vec::as_slice)
    }

    /// Says whether `text` begins with one of the phrases.
    pub(crate) fn begin(&self, text: &str) -> bool {
        self.near(text).iter().any(|phrase| starts_with(text, phrase))
    }

    /// What follows the first phrase that `text` begins with and that ends where a word ends.
    pub(crate) fn strip<'a>(&self, text: &'a str) -> Option<&'a str> {
        self.near(text).iter().find_map(|phrase| strip_words(text, phrase))
    }
}

/// Says whether `text` begins with `prefix`, which is given in lower case.
pub(crate) fn starts_with(text: &str, prefix: &str) -> bool {
    strip_prefix(text, prefix).is_some()
}

/// What follows `prefix`, which is given in lower case, at the beginning of `text`.
pub(crate) fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut wanted = prefix.chars();
    let mut rest = text.chars();
    loop {
        let before = rest.as_str();
        let Some(want) = wanted.next() else { return Some(before) };
        let c = rest.next()?;
        if c != want && !lower_is(c, want) {
            return None;
        }
    }
}

/// Like [`strip_prefix`], but the prefix must end where a word ends.
pub(crate) fn strip_words<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let rest = strip_prefix(text, prefix)?;
    (!rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

fn lower_is(c: char, want: char) -> bool {
    if c.is_ascii() {
        return c.to_ascii_lowercase() == want;
    }
    // A typographic apostrophe counts as a plain one.
    (c == '’' && want == '\'') || c.to_lowercase().eq(std::iter::once(want))
}

/// Says whether a date in figures (`10/17/2000`, `2014-10-17`, `30.09.2017`) stands in `text`.
pub(crate) fn has_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !bytes[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let first = digits(bytes, i);
        let second_at = i + first + 1;
        let separated = |at: usize| bytes.get(at).is_some_and(|b| matches!(b, b'/' | b'.' | b'-'));
        if first <= 4 && separated(i + first) {
            let second = digits(bytes, second_at);
            if (1..=2).contains(&second) && separated(second_at + second) {
                let third = digits(bytes, second_at + second + 1);
                if (1..=4).contains(&third) {
                    return true;
                }
            }
        }
        i += first;
    }
    false
}

/// Says whether a time of day (`2:22`, `18.30`) stands in `text`.
pub(crate) fn has_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .windows(4)
        .any(|w| w[0].is_ascii_digit() && matches!(w[1], b':' | b'.') && w[2].is_ascii_digit() && w[3].is_ascii_digit())
}

/// Number of digits that stand together at `from`.
fn digits(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_ignore_case() {
        assert_eq!(strip_prefix("Am 3. Mai", "am "), Some("3. Mai"));
        assert_eq!(strip_prefix("ÉCRIT", "écrit"), Some(""));
        assert_eq!(strip_words("Thanksgiving", "thanks"), None);
        assert_eq!(strip_prefix("d’accord", "d'"), Some("accord"));
    }

    #[test]
    fn dates_in_figures() {
        for text in ["10/17/2000", "on 2014-10-17 at", "30.09.2017,"] {
            assert!(has_date(text), "{text}");
        }
        for text in ["1.5.", "555-1234", "10/17", "12345/1/1"] {
            assert!(!has_date(text), "{text}");
        }
    }
}
