//! The triggers of all rules and the words that show what somebody deals with, looked up by the first letters of each
//! word of a sentence.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::conduct::{self, Parts};
use super::rules;

/// What a trigger is for.
#[derive(Debug)]
struct Trigger {
    word: String,
    /// Whether the word must end with it.
    whole: bool,
    rules: Vec<u16>,
    shown: Parts,
}

/// The first letters of a trigger; one of two letters ends in a zero.
type Head = [u8; 3];

/// Triggers by their first letters.
struct Triggers {
    by_head: FxHashMap<Head, Vec<Trigger>>,
    /// A bit for each pair of first letters: most words are told by it to begin no trigger.
    pairs: Vec<u64>,
}

static TRIGGERS: LazyLock<Triggers> = LazyLock::new(build);

fn build() -> Triggers {
    let mut list: Vec<Trigger> = Vec::new();
    for (number, rule) in (0..).zip(rules::all()) {
        for word in rule.triggers.split('|').flat_map(spellings) {
            entry(&mut list, &word).rules.push(number);
        }
    }
    for (shown, words) in conduct::WORDS {
        for word in words.split('|').map(str::trim).flat_map(spellings) {
            entry(&mut list, &word).shown.add(*shown);
        }
    }
    let mut made = Triggers { by_head: FxHashMap::default(), pairs: vec![0; (1 << 16) / 64] };
    for trigger in list {
        let head = head(trigger.word.as_bytes());
        let pair = pair(head);
        made.pairs[pair / 64] |= 1 << (pair % 64);
        made.by_head.entry(head).or_default().push(trigger);
    }
    made
}

fn head(word: &[u8]) -> Head {
    let at = |place: usize| word.get(place).map_or(0, u8::to_ascii_lowercase);
    [at(0), at(1), at(2)]
}

fn pair([first, second, _]: Head) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// Words that are written without the apostrophe in a trigger.
const CONTRACTED: [(&str, &str, &str); 12] = [
    ("im", "i", "m"),
    ("ive", "i", "ve"),
    ("ill", "i", "ll"),
    ("id", "i", "d"),
    ("dont", "don", "t"),
    ("cant", "can", "t"),
    ("wont", "won", "t"),
    ("doesnt", "doesn", "t"),
    ("isnt", "isn", "t"),
    ("whats", "what", "s"),
    ("youve", "you", "ve"),
    ("thats", "that", "s"),
];

/// A trigger as it can be written: with each apostrophe straight, curly or missing.
fn spellings(trigger: &'static str) -> Vec<String> {
    let plain = |word: &str| word.trim_end_matches('_').to_owned();
    let contracted = trigger.split(' ').any(|word| CONTRACTED.iter().any(|(short, ..)| plain(word) == *short));
    if !contracted {
        return vec![trigger.to_owned()];
    }
    let write = |apostrophe: &str| {
        let words = trigger.split(' ').map(|word| {
            let known = CONTRACTED.iter().find(|(short, ..)| plain(word) == *short);
            known.map_or_else(
                || word.to_owned(),
                |(short, head, tail)| format!("{head}{apostrophe}{tail}{}", &word[short.len()..]),
            )
        });
        words.collect::<Vec<_>>().join(" ")
    };
    ["", "'", "\u{2019}"].map(write).to_vec()
}

/// The entry of a trigger; a low line at its end means that the word ends there.
fn entry<'l>(list: &'l mut Vec<Trigger>, written: &str) -> &'l mut Trigger {
    let word = written.strip_suffix('_').unwrap_or(written);
    let whole = word.len() < written.len();
    let known = list.iter().position(|trigger| trigger.word == word && trigger.whole == whole);
    let place = known.unwrap_or_else(|| {
        list.push(Trigger { word: word.to_owned(), whole, rules: Vec::new(), shown: Parts::default() });
        list.len() - 1
    });
    &mut list[place]
}

/// Looks which triggers stand in a sentence, at the start of a word. Adds the numbers of their rules to `rules`, in
/// order and each once, and answers what its words show of whoever says them.
pub(super) fn look(words: &str, rules: &mut Vec<u16>) -> Parts {
    let first = rules.len();
    let mut shown = Parts::default();
    let triggers = &*TRIGGERS;
    let bytes = words.as_bytes();
    let mut inside = false;
    for (at, &byte) in bytes.iter().enumerate() {
        let starts = !inside && is_letter(byte, inside);
        inside = is_letter(byte, inside);
        if !starts {
            continue;
        }
        let head = head(&bytes[at..]);
        let pair = pair(head);
        if triggers.pairs[pair / 64] & 1 << (pair % 64) == 0 {
            continue;
        }
        let [first, second, _] = head;
        let near = [Some(head), Some([first, second, 0])];
        for trigger in near.into_iter().flatten().filter_map(|head| triggers.by_head.get(&head)).flatten() {
            if stands(&bytes[at..], trigger) {
                rules.extend(&trigger.rules);
                shown.join(trigger.shown);
            }
        }
    }
    rules[first..].sort_unstable();
    let mut kept = first;
    for at in first..rules.len() {
        if at == first || rules[at] != rules[kept - 1] {
            rules[kept] = rules[at];
            kept += 1;
        }
    }
    rules.truncate(kept);
    shown
}

/// Says whether a byte is of a letter or figure; what continues a letter is as what it continues. Dashes, quotes and the
/// like all begin with one byte of their own.
fn is_letter(byte: u8, inside: bool) -> bool {
    match byte {
        0x80..=0xbf => inside,
        0xc3..=0xe1 | 0xe3..=0xff => true,
        0xc0..=0xc2 | 0xe2 => false,
        _ => byte.is_ascii_alphanumeric(),
    }
}

/// Says whether a text begins with a trigger.
fn stands(text: &[u8], trigger: &Trigger) -> bool {
    let length = trigger.word.len();
    let begins = text.get(..length).is_some_and(|start| start.eq_ignore_ascii_case(trigger.word.as_bytes()));
    begins && !(trigger.whole && text.get(length).is_some_and(|next| is_letter(*next, false)))
}
