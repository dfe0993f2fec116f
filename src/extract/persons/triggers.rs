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
    word: &'static str,
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
        for word in rule.triggers.split('|') {
            entry(&mut list, word).rules.push(number);
        }
    }
    for (shown, words) in conduct::WORDS {
        for word in words.split('|').map(str::trim) {
            entry(&mut list, word).shown.push(*shown);
        }
    }
    let automaton = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::Standard)
        .ascii_case_insensitive(true)
        .build(list.iter().map(|trigger| trigger.word))
        .ok();
    Triggers { automaton, list }
}

/// The entry of a trigger; a low line at its end means that the word ends there.
fn entry<'l>(list: &'l mut Vec<Trigger>, written: &'static str) -> &'l mut Trigger {
    let word = written.strip_suffix('_').unwrap_or(written);
    let whole = word.len() < written.len();
    let known = list.iter().position(|trigger| trigger.word == word && trigger.whole == whole);
    let place = known.unwrap_or_else(|| {
        list.push(Trigger { word, whole, rules: Vec::new(), shown: Vec::new() });
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
