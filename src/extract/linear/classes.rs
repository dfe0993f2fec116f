//! Classes of words of like meaning, coarse, middling and fine: what a model learns of one word it knows of its
//! neighbours. The table is made by `models/train/word_classes.py`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

static TABLE: &str = include_str!("../../../models/word_classes.tsv");

/// The classes of a word, coarsest first.
pub(super) type Classes = [u16; 3];

/// The classes of a lower-case word that has them.
pub(super) fn of(word: &[u8]) -> Option<Classes> {
    static CLASSES: OnceLock<FxHashMap<&'static [u8], Classes>> = OnceLock::new();
    CLASSES.get_or_init(|| TABLE.lines().filter_map(line).collect()).get(word).copied()
}

fn line(line: &'static str) -> Option<(&'static [u8], Classes)> {
    let mut fields = line.split('\t');
    let word = fields.next()?.as_bytes();
    let mut number = || fields.next()?.parse().ok();
    Some((word, [number()?, number()?, number()?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_like_meaning_share_a_class() {
        assert!(TABLE.lines().filter_map(line).count() > 10_000);
        assert!(of(b"xqzzv").is_none());
        let coarse = |word: &str| of(word.as_bytes()).expect(word)[0];
        assert_eq!(coarse("monday"), coarse("tuesday"));
    }
}
