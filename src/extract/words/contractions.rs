//! Takes contractions apart and mends chat spellings.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Class, Form, Norm, Word, Words, phrases::Print, scan::is_apostrophe};

/// Spellings that stand for one or two words; the number is the length in bytes of the first one's share.
const SPELLINGS: &[(&str, usize, &str, &str)] = &[
    ("cannot", 3, "can", "not"),
    ("cant", 3, "can", "not"),
    ("dont", 2, "do", "not"),
    ("didnt", 3, "did", "not"),
    ("doesnt", 4, "does", "not"),
    ("isnt", 2, "is", "not"),
    ("arent", 3, "are", "not"),
    ("wasnt", 3, "was", "not"),
    ("werent", 4, "were", "not"),
    ("havent", 4, "have", "not"),
    ("hasnt", 3, "has", "not"),
    ("hadnt", 3, "had", "not"),
    ("wouldnt", 5, "would", "not"),
    ("couldnt", 5, "could", "not"),
    ("shouldnt", 6, "should", "not"),
    ("wont", 2, "will", "not"),
    ("im", 1, "i", "am"),
    ("ive", 1, "i", "have"),
    ("youll", 3, "you", "will"),
    ("youve", 3, "you", "have"),
    ("youre", 3, "you", "are"),
    ("theyll", 4, "they", "will"),
    ("theyre", 4, "they", "are"),
    ("thats", 4, "that", "is"),
    ("whats", 4, "what", "is"),
    ("hows", 3, "how", "is"),
    ("gonna", 3, "going", "to"),
    ("gunna", 3, "going", "to"),
    ("wanna", 3, "want", "to"),
    ("gotta", 3, "got", "to"),
    ("gimme", 3, "give", "me"),
    ("lemme", 3, "let", "me"),
    ("imma", 2, "i", "will"),
    ("pls", 3, "please", ""),
    ("plz", 3, "please", ""),
    ("plse", 4, "please", ""),
    ("pleae", 5, "please", ""),
    ("plaese", 6, "please", ""),
    ("u", 1, "you", ""),
    ("ya", 2, "you", ""),
    ("yo", 2, "you", ""),
    ("ur", 2, "your", ""),
    ("r", 1, "are", ""),
    ("thx", 3, "thanks", ""),
    ("tks", 3, "thanks", ""),
    ("wil", 3, "will", ""),
    ("wll", 3, "will", ""),
    ("cld", 3, "could", ""),
    ("wld", 3, "would", ""),
    ("shld", 4, "should", ""),
    ("sned", 4, "send", ""),
    ("snd", 3, "send", ""),
    ("fwd", 3, "forward", ""),
    ("hv", 2, "have", ""),
    ("recieve", 7, "receive", ""),
    ("tommorow", 8, "tomorrow", ""),
    ("tommorrow", 9, "tomorrow", ""),
    ("tomorow", 7, "tomorrow", ""),
    ("tmrw", 4, "tomorrow", ""),
    ("tmr", 3, "tomorrow", ""),
    ("2moro", 5, "tomorrow", ""),
    ("e-mail", 6, "email", ""),
    ("e-mailed", 8, "emailed", ""),
    ("e-mails", 7, "emails", ""),
    ("e-mailing", 9, "emailing", ""),
    ("follow-up", 6, "follow", "up"),
    ("followup", 6, "follow", "up"),
    ("alot", 1, "a", "lot"),
];

/// Longest of [`SPELLINGS`].
const LONGEST_SPELLING: usize = 9;

static BY_SPELLING: LazyLock<FxHashMap<&str, (usize, &str, &str)>> = LazyLock::new(|| {
    SPELLINGS.iter().map(|&(spelling, cut, first, second)| (spelling, (cut, first, second))).collect()
});

fn word(range: Range<usize>, norm: Norm) -> Word {
    Word {
        start: u32::try_from(range.start).unwrap_or(u32::MAX),
        end: u32::try_from(range.end).unwrap_or(u32::MAX),
        norm,
        print: Print::default(),
        class: Class::NONE,
        lemma: "",
        form: Form::NONE,
    }
}

/// Adds the raw word at `range` of `lower` to `words`, in one or two parts.
pub(super) fn push(lower: &str, range: Range<usize>, words: &mut Vec<Word>) {
    let raw = &lower[range.clone()];
    if raw.len() <= LONGEST_SPELLING
        && let Some(&(cut, first, second)) = BY_SPELLING.get(raw)
    {
        let cut = range.start + cut;
        words.push(word(range.start..cut, Norm::Mended(first)));
        if !second.is_empty() {
            words.push(word(cut..range.end, Norm::Mended(second)));
        }
        return;
    }
    match raw.rfind(is_apostrophe) {
        Some(at) => push_apostrophe(lower, range.clone(), range.start + at, words),
        None => words.push(word(range, Norm::Own)),
    }
}

fn push_apostrophe(lower: &str, range: Range<usize>, at: usize, words: &mut Vec<Word>) {
    let raw = &lower[range.clone()];
    let stem = &lower[range.start..at];
    let tail = lower[at..range.end].trim_start_matches(is_apostrophe);
    let second = match tail {
        "ll" => "will",
        "ve" => "have",
        "re" => "are",
        "m" if stem == "i" => "am",
        "d" => "would",
        "s" if stem == "let" => "us",
        "s" if is_subject(stem) => "is",
        "s" => "'s",
        "t" if stem.ends_with('n') => {
            let first = match stem {
                "can" => Some("can"),
                "won" => Some("will"),
                "shan" => Some("shall"),
                "ain" => Some("is"),
                "don" => Some("do"),
                _ => None,
            };
            let cut = if stem == "can" { at } else { at - 1 };
            let first = first.map_or(Norm::Own, Norm::Mended);
            words.push(word(range.start..cut.max(range.start + 1), first));
            words.push(word(cut.max(range.start + 1)..range.end, Norm::Mended("not")));
            return;
        }
        _ => {
            words.push(word(range, Norm::Own));
            return;
        }
    };
    if stem.is_empty() || raw.is_empty() {
        words.push(word(range, Norm::Own));
        return;
    }
    words.push(word(range.start..at, Norm::Own));
    words.push(word(at..range.end, Norm::Mended(second)));
}

/// Words after which `'s` is "is" and never a possessive.
fn is_subject(stem: &str) -> bool {
    matches!(
        stem,
        "he" | "she" | "it" | "that" | "there" | "here" | "what" | "who" | "how" | "where" | "when" | "this" | "which"
    )
}

/// Verbs before which a bare `ill` or `well` of chat is "I will" or "we will".
const AFTER_BARE_WILL: &[&str] = &[
    "send", "be", "get", "check", "call", "let", "do", "have", "give", "take", "look", "ask", "make", "try", "share",
    "update", "follow", "ping", "email", "forward", "put", "bring", "see", "need", "set", "find", "talk", "start",
    "review", "work", "fix", "add", "go", "come", "confirm", "loop", "reach", "circle", "push", "draft", "write",
];

/// Takes `ill send` apart once the next word is known.
pub(super) fn mend_bare(words: &mut Words<'_>) {
    let mut index = 0;
    while index + 1 < words.list.len() {
        if words.is(index, "lets") && (index == 0 || !words.has_letter(index - 1)) && words.norm(index + 1) != "you" {
            let range = words.list[index].start as usize..words.list[index].end as usize;
            let cut = range.start + 3;
            words.list[index] = word(range.start..cut, Norm::Mended("let"));
            words.list.insert(index + 1, word(cut..range.end, Norm::Mended("us")));
        }
        if words.is(index, "ill") && AFTER_BARE_WILL.contains(&words.norm(index + 1)) {
            let range = words.list[index].start as usize..words.list[index].end as usize;
            let cut = range.start + 1;
            words.list[index] = word(range.start..cut, Norm::Mended("i"));
            words.list.insert(index + 1, word(cut..range.end, Norm::Mended("will")));
        }
        index += 1;
    }
}
