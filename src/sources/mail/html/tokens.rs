//! Cuts HTML into text, start tags and end tags. Comments, declarations, scripts and styles are passed over.

/// A piece of HTML.
#[derive(Debug)]
pub(super) enum Token<'a> {
    Text(&'a str),
    Start(Tag<'a>),
    End(&'a str),
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    /// Everything between the name and the closing bracket.
    pub(super) attributes: &'a str,
    pub(super) self_closing: bool,
}

impl<'a> Tag<'a> {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        loop {
            let (key, after) = key(rest)?;
            let Some(value) = after.trim_start().strip_prefix('=') else {
                if key.is_empty() {
                    return None;
                }
                rest = after;
                continue;
            };
            let (value, after) = value_of(value.trim_start());
            if key.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = after;
        }
    }

    /// Says whether an attribute stands there without a value.
    pub(super) fn has_flag(&self, name: &str) -> bool {
        self.attributes.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(name))
    }
}

/// The next attribute name and what follows it.
fn key(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/' || c == '"' || c == '\'');
    if text.is_empty() {
        return None;
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '/').unwrap_or(text.len());
    Some((&text[..end], &text[end..]))
}

fn value_of(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len());
    text.split_at(end)
}

/// Elements whose content is never shown, cut out whole.
const UNSEEN: [&str; 7] = ["style", "script", "title", "template", "noscript", "svg", "object"];

/// Iterates over the tokens of a document.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Marks that were searched to the end without being found are not searched again: keeps the scan linear.
    exhausted: Exhausted,
}

#[derive(Default)]
struct Exhausted {
    double_quote: bool,
    single_quote: bool,
    bracket: bool,
    /// One bit for each of [`UNSEEN`].
    unseen: u8,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, exhausted: Exhausted::default() }
    }

    fn position_of(&self, byte: u8, from: usize) -> Option<usize> {
        memchr::memchr(byte, self.text.as_bytes().get(from..)?).map(|found| from + found)
    }

    /// Where the tag that starts at `from` ends: its `>` outside quotes.
    fn tag_end(&mut self, from: usize) -> Option<usize> {
        if self.exhausted.bracket {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            let Some(found) = memchr::memchr3(b'>', b'"', b'\'', bytes.get(at..)?) else {
                self.exhausted.bracket = true;
                return None;
            };
            at += found;
            let gone = match bytes[at] {
                b'>' => return Some(at),
                b'"' => &mut self.exhausted.double_quote,
                _ => &mut self.exhausted.single_quote,
            };
            // Only a quote after `=` opens a value; one that is never closed opens nothing.
            let opens = bytes[..at].iter().rev().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'=');
            if opens && !*gone {
                match memchr::memchr(bytes[at], &bytes[at + 1..]) {
                    Some(close) => at += close + 1,
                    None => *gone = true,
                }
            }
            at += 1;
        }
    }

    /// Passes over a comment, declaration or processing instruction that starts at `self.at`.
    fn skip_markup(&mut self) {
        let rest = &self.text[self.at..];
        let end = if rest.starts_with("<!--") {
            memchr::memmem::find(rest.as_bytes(), b"-->").map(|found| self.at + found + 3)
        } else {
            self.position_of(b'>', self.at).map(|found| found + 1)
        };
        self.at = end.unwrap_or(self.text.len());
    }

    /// Passes over the content of an element that is never shown, up to its end tag.
    fn skip_content(&mut self, unseen: usize) {
        let name = UNSEEN[unseen];
        if self.exhausted.unseen & (1 << unseen) != 0 {
            return;
        }
        let mut from = self.at;
        while let Some(found) = memchr::memmem::find(&self.text.as_bytes()[from..], b"</") {
            from += found + 2;
            let end = from + name.len();
            if self.text.get(from..end).is_some_and(|own| own.eq_ignore_ascii_case(name)) {
                self.at = self.position_of(b'>', end).map_or(self.text.len(), |close| close + 1);
                return;
            }
        }
        self.exhausted.unseen |= 1 << unseen;
        // Without an end tag the rest of a document is not swallowed, except by a style or a script.
        if matches!(name, "style" | "script") {
            self.at = self.text.len();
        }
    }

    fn tag(&mut self) -> Option<Token<'a>> {
        let name_start = self.at + 1;
        let is_end = self.text.as_bytes().get(name_start) == Some(&b'/');
        let name_start = name_start + usize::from(is_end);
        let close = self.tag_end(name_start)?;
        let inner = &self.text[name_start..close];
        let name_end = inner.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inner.len());
        let (name, attributes) = inner.split_at(name_end);
        self.at = close + 1;
        if is_end {
            return Some(Token::End(name));
        }
        let self_closing = attributes.ends_with('/') && !attributes.ends_with("=/");
        if let Some(unseen) = UNSEEN.iter().position(|unseen| name.eq_ignore_ascii_case(unseen)) {
            if !self_closing {
                self.skip_content(unseen);
            }
            return Some(Token::Text(""));
        }
        Some(Token::Start(Tag { name, attributes, self_closing }))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let bytes = self.text.as_bytes();
            let byte = *bytes.get(self.at)?;
            if byte == b'<' {
                match bytes.get(self.at + 1) {
                    Some(b'!' | b'?') => {
                        self.skip_markup();
                        continue;
                    }
                    Some(next) if next.is_ascii_alphabetic() || *next == b'/' => {
                        if let Some(token) = self.tag() {
                            return Some(token);
                        }
                    }
                    Some(_) | None => {}
                }
            }
            // A bracket that opens no tag is text.
            let end = self.position_of(b'<', self.at + 1).unwrap_or(self.text.len());
            let text = &self.text[self.at..end];
            self.at = end;
            return Some(Token::Text(text));
        }
    }
}
