//! What to note of the rules where a word of a sentence begins with certain letters.

use rustc_hash::FxHashMap;

/// The number of a rule.
pub(super) type Number = u16;

/// What a word tells of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// It is tried at all.
    Wanted,
    /// Its trigger may begin here.
    Here,
    /// Its trigger may have begun in the word before.
    Later,
    /// A word stands here that it needs before its trigger.
    Before,
    /// A word stands here that it needs after its trigger.
    After,
}

/// One thing to note.
#[derive(Clone, Copy, Debug)]
struct Note {
    rule: Number,
    what: What,
    /// The whole text that must stand here, by its place, where it is more than the key.
    literal: Option<u16>,
}

/// The first letters of a word; shorter keys end in zeros.
type Head = [u8; 3];

/// The letters of a key and its notes.
#[derive(Debug, Default)]
struct Key {
    letters: Vec<u8>,
    notes: Vec<Note>,
}

/// Keys by their first letters.
#[derive(Debug, Default)]
pub(super) struct Keys {
    by_head: FxHashMap<Head, Vec<Key>>,
    literals: Vec<String>,
}

impl Keys {
    /// Notes `what` of a rule wherever a word begins with the letters that `literal` begins with and the text goes on
    /// like it.
    pub(super) fn add(&mut self, literal: &str, rule: Number, what: What) {
        let letters = literal.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let more = (letters < literal.len()).then(|| {
            self.literals.push(literal.to_owned());
            (self.literals.len() - 1) as u16
        });
        let letters = &literal.as_bytes()[..letters];
        let keys = self.by_head.entry(head(letters, letters.len())).or_default();
        let at = keys.iter().position(|key| key.letters == letters).unwrap_or_else(|| {
            keys.push(Key { letters: letters.to_vec(), notes: Vec::new() });
            keys.len() - 1
        });
        keys[at].notes.push(Note { rule, what, literal: more });
    }

    /// Calls `visit` with all that the words of a lower-case text tell and where they begin, in order.
    pub(super) fn visit(&self, lower: &[u8], mut visit: impl FnMut(Number, What, usize)) {
        for at in starts(lower) {
            let rest = &lower[at..];
            for length in 1..=size_of::<Head>().min(rest.len()) {
                let Some(keys) = self.by_head.get(&head(rest, length)) else { continue };
                for note in keys.iter().filter(|key| rest.starts_with(&key.letters)).flat_map(|key| &key.notes) {
                    if note.literal.is_none_or(|literal| stands(rest, &self.literals[usize::from(literal)], note.what))
                    {
                        visit(note.rule, note.what, at);
                    }
                }
            }
        }
    }
}

/// The first `length` letters of a word, at most three.
fn head(letters: &[u8], length: usize) -> Head {
    let mut head = [0; 3];
    for (to, from) in head.iter_mut().zip(&letters[..length.min(letters.len())]) {
        *to = *from;
    }
    head
}

/// Where words begin.
fn starts(lower: &[u8]) -> impl Iterator<Item = usize> {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric();
    (0..lower.len()).filter(move |&at| is_letter(&lower[at]) && (at == 0 || !is_letter(&lower[at - 1])))
}

/// Says whether a text begins with a literal.
fn stands(text: &[u8], literal: &str, what: What) -> bool {
    match what {
        What::Wanted => begins(text, literal.as_bytes()),
        What::Here | What::Later | What::Before | What::After => goes_on(text, literal),
    }
}

/// Says whether a text begins with a literal; a trigger of several words may stand around a line break.
fn begins(text: &[u8], literal: &[u8]) -> bool {
    let same = |(byte, wanted): (&u8, &u8)| byte == wanted || *wanted == b' ' && matches!(byte, b'\n' | b'\t' | b'\r');
    text.len() >= literal.len() && text.iter().zip(literal).all(same)
}

/// Says whether a text begins with the words of a pattern, whose blanks are white space and commas.
fn goes_on(text: &[u8], words: &str) -> bool {
    let is_blank = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'\x0b');
    let mut rest = text;
    for (number, word) in words.split(' ').enumerate() {
        let blanks = rest.iter().take_while(|byte| is_blank(byte)).count();
        let start = if number == 0 { 0 } else { blanks };
        if number > 0 && blanks == 0 {
            return false;
        }
        match rest.get(start..).and_then(|rest| rest.strip_prefix(word.as_bytes())) {
            Some(next) => rest = next,
            None => return false,
        }
    }
    true
}
