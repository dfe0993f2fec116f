//! Pieces of words with labels to names: the tags of Tjong Kim Sang and Veenstra (1999), B- I- E- S- and O, with L- and
//! U- for the same as E- and S-, and labels without a tag.

use std::ops::Range;

/// A piece of a word with what the model says of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Labelled<'a> {
    /// Where it stands, in code points.
    pub(super) span: Range<u32>,
    /// Whether it goes on with the word of the piece before.
    pub(super) goes_on: bool,
    /// The best label.
    pub(super) label: &'a str,
    /// Its probability.
    pub(super) likely: f32,
}

/// A name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entity<'a> {
    /// Its label without tag.
    pub(super) label: &'a str,
    /// Where it stands, in code points.
    pub(super) span: Range<u32>,
    /// The mean over its words.
    pub(super) likely: f32,
}

/// What a tag says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Outside,
    Begins,
    GoesOn,
    Ends,
    Alone,
}

fn tag(label: &str) -> (Tag, &str) {
    if label == "O" {
        return (Tag::Outside, "");
    }
    let of = |tag: &str| match tag {
        "B" => Some(Tag::Begins),
        "I" => Some(Tag::GoesOn),
        "E" | "L" => Some(Tag::Ends),
        "S" | "U" => Some(Tag::Alone),
        _ => None,
    };
    let tagged = label.split_once(['-', '_']).and_then(|(first, rest)| Some((of(first)?, rest)));
    tagged.unwrap_or((Tag::GoesOn, label))
}

/// What a label names, without its tag; `None` for what is outside of names.
pub(super) fn named(label: &str) -> Option<&str> {
    let (tag, name) = tag(label);
    (tag != Tag::Outside).then_some(name)
}

/// Joins pieces to words, of which the first piece has the label, and words to names.
pub(super) fn joined<'a>(pieces: &[Labelled<'a>]) -> Vec<Entity<'a>> {
    let mut found: Vec<(Entity<'a>, f32)> = Vec::new();
    // Whether the last name takes another word, and another piece of its last word.
    let (mut is_open, mut in_word) = (false, false);
    for piece in pieces {
        if piece.goes_on {
            if let Some((last, _)) = found.last_mut().filter(|_| in_word) {
                last.span.end = piece.span.end;
            }
            continue;
        }
        let (tag, label) = tag(piece.label);
        in_word = tag != Tag::Outside;
        match found.last_mut() {
            _ if tag == Tag::Outside => {}
            Some((last, words)) if is_open && last.label == label && matches!(tag, Tag::GoesOn | Tag::Ends) => {
                last.likely = (last.likely * *words + piece.likely) / (*words + 1.0);
                last.span.end = piece.span.end;
                *words += 1.0;
            }
            _ => found.push((Entity { label, span: piece.span.clone(), likely: piece.likely }, 1.0)),
        }
        is_open = matches!(tag, Tag::Begins | Tag::GoesOn);
    }
    found.into_iter().map(|(entity, _)| entity).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_become_names() {
        // Pieces of three code points with one between words; "+" goes on with the word before.
        let check = |labels: &[&str], expected: &[(&str, Range<u32>)]| {
            let mut at = 0;
            let pieces: Vec<Labelled> = labels
                .iter()
                .map(|written| {
                    let goes_on = written.starts_with('+');
                    at += u32::from(!goes_on);
                    let span = at..at + 3;
                    at += 3;
                    Labelled { span, goes_on, label: written.trim_start_matches('+'), likely: 0.5 }
                })
                .collect();
            let found: Vec<_> = joined(&pieces).into_iter().map(|entity| (entity.label, entity.span)).collect();
            assert_eq!(found, expected, "{labels:?}");
        };
        check(&[], &[]);
        check(&["O", "O"], &[]);
        check(&["O", "B-PER", "I-PER", "O", "B-ORG"], &[("PER", 5..12), ("ORG", 17..20)]);
        check(&["B-PER", "B-PER"], &[("PER", 1..4), ("PER", 5..8)]);
        check(&["I-PER", "I-ORG"], &[("PER", 1..4), ("ORG", 5..8)]);
        check(&["I-PER", "O", "I-PER"], &[("PER", 1..4), ("PER", 9..12)]);
        check(&["B-PER", "+O", "+I-ORG", "I-PER"], &[("PER", 1..14)]);
        check(&["O", "+B-PER", "O"], &[]);
        check(
            &["B-LOC", "E-LOC", "I-LOC", "S-LOC", "I-LOC"],
            &[("LOC", 1..8), ("LOC", 9..12), ("LOC", 13..16), ("LOC", 17..20)],
        );
        check(&["PERSON", "PERSON", "ORG"], &[("PERSON", 1..8), ("ORG", 9..12)]);
        check(&["B-work-of-art", "I-work-of-art"], &[("work-of-art", 1..8)]);
    }

    #[test]
    fn a_name_is_as_likely_as_its_words_are_on_average() {
        let piece = |at: u32, goes_on, label, likely| Labelled { span: at..at + 1, goes_on, label, likely };
        let found = joined(&[piece(0, false, "B-PER", 0.5), piece(1, true, "O", 0.1), piece(3, false, "I-PER", 1.0)]);
        assert_eq!(found, [Entity { label: "PER", span: 0..4, likely: 0.75 }]);
    }
}
