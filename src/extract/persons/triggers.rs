//! One automaton over the triggers of all rules and over the words that show what somebody deals with.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::conduct::{self, Shown};
use super::rules;

/// What a sentence holds.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Numbers of the rules whose trigger stands in it, in order, each once.
    pub(super) rules: Vec<u16>,
    /// What its words show of whoever says them, each once.
    pub(super) shown: Vec<Shown>,
}

/// What a trigger is for.
#[derive(Debug)]
struct Trigger {
    word: String,
    /// Whether the word must end with it.
    whole: bool,
    rules: Vec<u16>,
    shown: Vec<Shown>,
}

struct Triggers {
    automaton: Option<AhoCorasick>,
    list: Vec<Trigger>,
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
            entry(&mut list, &word).shown.push(*shown);
        }
    }
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::Standard)
        .ascii_case_insensitive(true)
        .build(list.iter().map(|trigger| trigger.word.as_str()))
        .ok();
    Triggers { automaton, list }
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
        list.push(Trigger { word: word.to_owned(), whole, rules: Vec::new(), shown: Vec::new() });
        list.len() - 1
    });
    &mut list[place]
}

/// Looks which triggers stand in a sentence, at the start of a word.
pub(super) fn look(words: &str) -> Seen {
    let mut seen = Seen::default();
    let triggers = &*TRIGGERS;
    let Some(automaton) = &triggers.automaton else { return seen };
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    for found in automaton.find_overlapping_iter(words) {
        let trigger = &triggers.list[found.pattern().as_usize()];
        let (before, after) = (words.get(..found.start()), words.get(found.end()..));
        let inside = is_letter(before.and_then(|words| words.chars().next_back()));
        if inside || trigger.whole && is_letter(after.and_then(|words| words.chars().next())) {
            continue;
        }
        seen.rules.extend(&trigger.rules);
        seen.shown.extend(&trigger.shown);
    }
    seen.rules.sort_unstable();
    seen.rules.dedup();
    seen.shown.sort_unstable();
    seen.shown.dedup();
    seen
}
