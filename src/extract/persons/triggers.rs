//! The triggers of all rules and the words that show what somebody deals with, looked up by the first letters of each
//! word of a sentence.

use std::sync::LazyLock;

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

/// Triggers by their first three letters.
struct Triggers {
    /// For each three letters the place of their group; the first group is empty.
    places: Vec<u16>,
    groups: Vec<Vec<Trigger>>,
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
    let mut made = Triggers { places: vec![0; 1 << 15], groups: vec![Vec::new()] };
    for trigger in list {
        let place = &mut made.places[head(trigger.word.as_bytes())];
        if *place == 0 {
            *place = made.groups.len() as u16;
            made.groups.push(Vec::new());
        }
        made.groups[usize::from(*place)].push(trigger);
    }
    made
}

/// The first three signs of a text as a number of fifteen bits; all signs but letters and figures count as one.
fn head(word: &[u8]) -> usize {
    let mut number = 0;
    for place in 0..3 {
        let letter = match word.get(place).copied().unwrap_or_default() {
            byte if byte.is_ascii_alphabetic() => usize::from(byte.to_ascii_lowercase() - b'a') + 1,
            byte if byte.is_ascii_digit() => 27,
            byte if byte >= 0x80 => 28 + usize::from(byte & 3),
            _ => 0,
        };
        number = number << 5 | letter;
    }
    number
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
        let place = triggers.places[head(&bytes[at..])];
        for trigger in &triggers.groups[usize::from(place)] {
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
