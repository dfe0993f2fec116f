//! Hashed text features, computed byte for byte as in `models/train/features.py`, whose head defines them.

use std::cell::RefCell;

use super::classes::{self, Classes};

/// Longest token whose characters are features.
const LONGEST_TOKEN: usize = 24;

/// The features of a text, ready to be weighed: indices without duplicates, by family, in no order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Words and pairs of words.
    pub words: Vec<u32>,
    /// Character n-grams.
    pub characters: Vec<u32>,
    /// Classes of words and of their neighbours.
    pub classes: Vec<u32>,
}

impl Features {
    /// The features of `text` in a table of `2^bits` weights.
    pub fn of(text: &str, bits: u8) -> Self {
        let lower = text.to_ascii_lowercase();
        let mask = 1u32.checked_shl(u32::from(bits)).unwrap_or(0).wrapping_sub(1);
        let mut features = Self::default();
        let mut before: &[u8] = b"\x02";
        let mut any = false;
        let mut last: [Option<Classes>; 2] = [None, None];
        features.words.reserve(lower.len() / 2);
        features.characters.reserve(lower.len() * 3);
        for token in Tokens(lower.as_bytes()) {
            any = true;
            features.words.push(fnv(&[b"w", token]) & mask);
            features.words.push(fnv(&[b"b", before, b" ", token]) & mask);
            before = token;
            if token.first().copied().is_some_and(is_word) {
                let here = classes::of(token);
                features.add_classes(here, last, mask);
                last = [last[1], here];
            }
            if token.len() <= LONGEST_TOKEN {
                features.add_characters(token, mask);
            }
        }
        if any {
            features.words.push(fnv(&[b"b", before, b" \x03"]) & mask);
        }
        for family in [&mut features.words, &mut features.characters, &mut features.classes] {
            without_repeats(family, mask);
        }
        features
    }

    /// The classes of a word, and with those of the two words before it.
    fn add_classes(&mut self, here: Option<Classes>, [first, second]: [Option<Classes>; 2], mask: u32) {
        let Some(here) = here else { return };
        for (level, number) in here.into_iter().enumerate() {
            let size = [level as u8];
            self.classes.push(fnv(&[b"k", &size, &number.to_le_bytes()]) & mask);
            if let Some(second) = second.filter(|_| level < 2) {
                self.classes.push(fnv(&[b"p", &size, &second[level].to_le_bytes(), &number.to_le_bytes()]) & mask);
            }
        }
        if let Some(first) = first {
            self.classes.push(fnv(&[b"s", &first[0].to_le_bytes(), &here[0].to_le_bytes()]) & mask);
        }
    }

    fn add_characters(&mut self, token: &[u8], mask: u32) {
        let mut padded = [b' '; LONGEST_TOKEN + 2];
        padded[1..=token.len()].copy_from_slice(token);
        let padded = &padded[..token.len() + 2];
        for start in 0..padded.len() {
            // One pass for the three sizes: a longer gram continues the hash of the shorter one.
            let mut hash = step(OFFSET, b'c');
            for (length, byte) in padded[start..].iter().take(5).enumerate() {
                hash = step(hash, *byte);
                if length >= 2 {
                    self.characters.push(hash & mask);
                }
            }
        }
    }
}

thread_local! {
    /// A set of bits that is empty between two uses: to make and clear a new one each time takes longer than to use it.
    static SEEN: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Drops what stands in a list before; none is above `most`.
fn without_repeats(list: &mut Vec<u32>, most: u32) {
    SEEN.with_borrow_mut(|seen| {
        seen.resize(seen.len().max(most as usize / 64 + 1), 0);
        list.retain(|index| is_first(*index, seen));
        for index in list {
            seen[*index as usize / 64] = 0;
        }
    });
}

/// Notes an index in a set of bits and says whether it was not there.
fn is_first(index: u32, seen: &mut [u64]) -> bool {
    let bit = 1 << (index % 64);
    let among = &mut seen[index as usize / 64];
    let first = *among & bit == 0;
    *among |= bit;
    first
}

const OFFSET: u32 = 0x811c_9dc5;

fn step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// FNV-1a with 32 bits over the parts one after the other.
fn fnv(parts: &[&[u8]]) -> u32 {
    parts.iter().fold(OFFSET, |hash, part| part.iter().fold(hash, |hash, byte| step(hash, *byte)))
}

/// The tokens of lower-case text.
struct Tokens<'a>(&'a [u8]);

impl<'a> Iterator for Tokens<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            let first = *self.0.first()?;
            if self.0.starts_with(b"http://") || self.0.starts_with(b"https://") {
                self.take(self.0.len(), |byte| !is_space(byte));
                return Some(b"\x01url");
            }
            if first == b'@' {
                self.0 = &self.0[1..];
                self.take(self.0.len(), |byte| is_word(byte) || matches!(byte, b'.' | b'-'));
                return Some(b"\x01at");
            }
            if is_word(first) {
                return Some(self.take(self.0.len(), is_word));
            }
            if is_mark(first) {
                return Some(self.take(4, is_mark));
            }
            self.0 = &self.0[1..];
        }
    }
}

impl<'a> Tokens<'a> {
    /// Takes at most `most` bytes off the front for as long as `belongs` holds.
    fn take(&mut self, most: usize, belongs: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.0.iter().take(most).take_while(|byte| belongs(**byte)).count();
        let (token, rest) = self.0.split_at(end);
        self.0 = rest;
        token
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'\'' || byte >= 0x80
}

fn is_mark(byte: u8) -> bool {
    b"!?:;()=*^/|<>-".contains(&byte)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_equal_those_of_training() {
        let fixture = include_str!("../../../tests/corpus/linear/features.tsv");
        let mut cases = 0;
        for line in fixture.lines() {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap_or_else(|| panic!("line has four fields: {line}"));
            let (text, words, characters, classes) = (field(), field(), field(), field());
            let numbers = |field: &str| -> Vec<u32> {
                field.split(' ').filter(|n| !n.is_empty()).map(|n| n.parse().expect("a number")).collect()
            };
            let mut features = Features::of(&text.replace("\\n", "\n"), 17);
            features.words.sort_unstable();
            features.characters.sort_unstable();
            features.classes.sort_unstable();
            assert_eq!(features.words, numbers(words), "{text}");
            assert_eq!(features.characters, numbers(characters), "{text}");
            assert_eq!(features.classes, numbers(classes), "{text}");
            cases += 1;
        }
        assert!(cases >= 20);
    }
}
