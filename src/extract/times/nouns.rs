//! Whether a number is followed by what it counts: "at 14 sites" and "the 3rd floor" hold no time, "at 3 please" and "the
//! 15th works" do. Nouns are endless, so this lists the words that are none.

use super::lex::Kind;
use super::parser::Parser;

/// Words after a time that leave it one; any other word that is none of the grammar's is a noun or leads to one.
const NO_NOUNS: &[&str] = &[
    "works", "work", "would", "will", "should", "could", "can", "might", "must", "please", "if", "but", "so", "when",
    "because", "that", "which", "it", "we", "i", "you", "he", "she", "they", "there", "then", "instead", "suits",
    "seems", "looks", "sounds", "just", "also", "too", "only", "alone", "either", "via", "per", "latest", "be",
    "sharp", "where", "how", "what", "who", "did", "do", "does", "has", "had", "let", "unless", "though", "while",
];

/// Whether a word at `at` is what a number or ordinal before it counts.
pub(super) fn follows(parser: &Parser<'_>, at: usize) -> bool {
    if parser.tokens.get(at).is_none_or(|token| token.kind != Kind::Other) {
        return false;
    }
    let word = parser.text_at(at);
    let is_zone =
        matches!(word.len(), 2..=4) && word.ends_with('T') && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_zone = is_zone || matches!(word, "UTC" | "Z");
    !is_zone && !word.ends_with("ly") && !NO_NOUNS.iter().any(|other| word.eq_ignore_ascii_case(other))
}
