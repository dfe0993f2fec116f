//! Cuts a sentence into the parts that can each carry one act: main clauses and the conditions that hang on them.

use std::sync::LazyLock;

use std::ops::Range;

use crate::extract::words::{Class, Form, Phrases, Words, looks_like_name, phrases};

/// What a part of a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A clause of its own.
    Main,
    /// A clause that opens with "because", "while", "that".
    Subordinate,
    /// A clause that opens with "if", "once", "as soon as".
    Condition,
}

/// A part of a sentence, in words.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// Its words, the linking word included, the closing mark excluded.
    pub(super) words: Range<usize>,
    /// What it is.
    pub(super) role: Role,
    /// Whether a question mark closes it.
    pub(super) asks: bool,
}

/// What stands before the first clause.
#[derive(Clone, Debug, Default)]
pub(super) struct Prelude {
    /// The first word after it.
    pub(super) end: usize,
    /// The name that is addressed ("Dana, could you…").
    pub(super) vocative: Option<Range<usize>>,
    /// The first opening word that answers something: "sure", "yes".
    pub(super) answer: Option<usize>,
}

static ANSWERS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("sure|yes|yeah|yep|yup|ok|okay|absolutely|definitely|certainly|alright|agreed"));

/// Reads greetings, answers, list marks and a name spoken to at the start of the sentence.
pub(super) fn prelude(words: &Words<'_>) -> Prelude {
    let mut made = Prelude::default();
    let mut at = 0;
    while at < words.len() {
        let next_is_break = words.has(at + 1, Class::BREAK) || words.has(at + 1, Class::END);
        if words.has(at, Class::MARK) || is_list_number(words, at) {
            at += 1;
        } else if words.is(at, "please") || words.any_at(at, phrases!("thank you for|thanks for|sorry for")).is_some() {
            break;
        } else if words.is_any(at, &ANSWERS) {
            made.answer.get_or_insert(at);
            at += 1;
        } else if words.any_at(at, phrases!("of course|no problem|no worries|sounds good|will do")).is_some()
            && words.has(at + 2, Class::MARK)
        {
            made.answer.get_or_insert(at);
            at += 2;
        } else if let Some(end) = vocative_end(words, at) {
            made.vocative = Some(at..end);
            at = end;
        } else if words.has(at, Class::GREETING) && at == 0
            || words.has(at, Class::OPENER)
                && !starts_verb_phrase(words, at)
                && (next_is_break || !words.has(at, Class::ADJECTIVE))
        {
            at += 1;
        } else if words
            .any_at(
                at,
                phrases!(
                    "in the meantime|in addition|at this point|as discussed|per our call|by the way|as promised|\
            as agreed|on our side|on my side|on our end|on my end|for now|to be clear|just to be clear|\
            quick question|one more thing"
                ),
            )
            .is_some()
        {
            while at < words.len() && !words.has(at, Class::MARK) && !starts_clause(words, at) {
                at += 1;
            }
        } else {
            break;
        }
    }
    made.end = at;
    made
}

fn is_list_number(words: &Words<'_>, at: usize) -> bool {
    words.has(at, Class::NUMBER) && (words.is(at + 1, ".") || words.is(at + 1, ")")) && words.norm(at).len() <= 2
}

/// `ok` in "ok the release" opens; `sorry` in "sorry to hear" too; "like" or "right" as verbs do not.
fn starts_verb_phrase(words: &Words<'_>, at: usize) -> bool {
    words.any(at, &["thank", "like", "right"]) && words.has(at + 1, Class::DETERMINER.or(Class::OBJECT))
}

/// The end of a name that is addressed at `at`: "Dana," "Dana -" "@dana", "Dana and Tom:".
fn vocative_end(words: &Words<'_>, at: usize) -> Option<usize> {
    let mut end = at;
    while end < at + 5 && (looks_like_name(words, end) || (end > at && words.any(end, &["and", "/", "&"]))) {
        end += 1;
    }
    let closed = words.is_any(end, phrases!(",|-|--|:|–|—")) || words.breaks_before(end);
    let asked =
        end < words.len() && words.has(end, Class::MODAL) && words.is(end + 1, "you") || words.is(end, "please");
    // A list of names ("Tom, Dana and I will…") is a subject.
    let list = words.is(end, ",") && looks_like_name(words, end + 1) && words.any(end + 2, &["and", ",", "&"]);
    (end > at && (closed || asked) && !list).then_some(end)
}

/// Cuts the words from `start` on.
pub(super) fn segments(words: &Words<'_>, start: usize) -> Vec<Segment> {
    let mut made: Vec<Segment> = Vec::with_capacity(4);
    let mut from = start;
    let mut role = role_at(words, start, start);
    for at in start..words.len() {
        let Some((next, next_role)) = boundary(words, at, from, role) else { continue };
        push(words, &mut made, from..at, role, at);
        from = next;
        role = next_role;
    }
    push(words, &mut made, from..words.len(), role, words.len());
    made
}

fn push(words: &Words<'_>, made: &mut Vec<Segment>, range: Range<usize>, role: Role, mark: usize) {
    let mut range = range;
    while range.start < range.end && words.has(range.end - 1, Class::MARK) {
        range.end -= 1;
    }
    if range.start >= range.end {
        return;
    }
    let asks = (range.end..=mark).any(|at| words.norm(at).starts_with('?'));
    made.push(Segment { words: range, role, asks });
}

/// Where the next part starts and what it is, if one part ends before the word at `at`.
fn boundary(words: &Words<'_>, at: usize, from: usize, role: Role) -> Option<(usize, Role)> {
    if at <= from {
        return None;
    }
    if words.has(at, Class::END) || words.is_any(at, phrases!(";|(|)|–|—|-|--|•")) {
        return Some((at + 1, role_at(words, at + 1, at)));
    }
    if words.breaks_before(at) && at > from {
        return Some((at, role_at(words, at, at)));
    }
    if words.is(at, ":") {
        return starts_clause(words, at + 1).then(|| (at + 1, role_at(words, at + 1, at)));
    }
    if words.is(at, ",") {
        let opens = starts_clause(words, at + 1) || condition_length(words, at + 1, from).is_some();
        let closes = role == Role::Condition;
        let list = closes && !opens && (words.any(at + 1, &["and", "or"]));
        // "Please check, update and send": further verbs of one action.
        let joined = role != Role::Condition && is_plain_order(words, at + 1) && at > from + 2;
        return (opens && !joined || closes && !list).then(|| (at + 1, role_at(words, at + 1, from)));
    }
    // "If legal signs off I'll start": the condition ends without a comma.
    if role == Role::Condition && at > from + 2 && closes_condition(words, at) {
        return Some((at, Role::Main));
    }
    // "I've asked Tom and will send it": the same subject goes on.
    if words.any(at, &["and", "but"])
        && words.is(at + 1, "will")
        && words.is_form(at + 2, Form::BASE)
        && role != Role::Condition
    {
        return Some((at, role));
    }
    if words.has(at, Class::AND) && starts_clause(words, at + 1) && !is_plain_order(words, at + 1) {
        return Some((at, role_at(words, at + 1, from)));
    }
    if role != Role::Condition && at > from + 1 && condition_length(words, at, from).is_some() {
        return Some((at, Role::Condition));
    }
    let joins = words.is_any(at, phrases!("because|while|although|though|since|whereas"));
    (joins && starts_clause(words, at + 1)).then_some((at, Role::Subordinate))
}

/// Says whether the main clause starts at `at`, within a condition that no comma closes.
fn closes_condition(words: &Words<'_>, at: usize) -> bool {
    let asks = words.has(at, Class::MODAL.or(Class::BE).or(Class::DO)) && words.has(at + 1, Class::YOU);
    let tells = words.has(at, Class::I.or(Class::WE)) && words.has(at + 1, Class::MODAL);
    let inner = phrases!(
        "think|say|that|know|want|what|like|believe|how|where|which|who|and|or|whether|if|the|than|as|anything|something|\
        everything|questions|said|when|why|whom|things|for|to|with|of|about"
    );
    let noun = words.has(at.saturating_sub(1), Class::DETERMINER);
    (asks || tells) && !noun && !words.is_any(at.saturating_sub(1), inner) || words.is(at, "please")
}

fn role_at(words: &Words<'_>, at: usize, from: usize) -> Role {
    let mut at = at;
    while words.is_any(at, phrases!("and|but|so|then|or|only|also|just|even")) {
        at += 1;
    }
    if condition_length(words, at, from).is_some() {
        Role::Condition
    } else if words.has(at, Class::SUBORDINATE) && !words.any(at, &["that", "until", "till", "after", "before"]) {
        Role::Subordinate
    } else {
        Role::Main
    }
}

static ASKING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "know|see|check|ask|wonder|wondering|confirm|sure|verify|tell|determine|find|out|asking|asked|advise|\
    remember|decide|clear|clarify|recall|knows|doubt|unsure",
    )
});

/// The length of the words that open a condition at `at`, in words. `if` after a verb of asking is "whether".
pub(super) fn condition_length(words: &Words<'_>, at: usize, from: usize) -> Option<usize> {
    static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "as soon as|as long as|so long as|on condition that|provided that|provided|assuming that|assuming|\
        in case|subject to|pending|depending on|contingent on",
        )
    });
    if let Some(length) = words.any_at(at, &PHRASES) {
        return (!words.is(at + length, "possible") && !words.has(at + length, Class::MARK)).then_some(length);
    }
    match words.norm(at) {
        "if" => {
            let asked = at > from
                && (words.is_any(at - 1, &ASKING)
                    || at >= 2 && words.is_any(at - 2, &ASKING) && !words.has(at - 1, Class::MARK));
            (!asked).then_some(1)
        }
        "unless" => Some(1),
        "once" | "when" | "whenever" => {
            let subject = is_subject_start(words, at + 1);
            let asks = words.has(at + 1, Class::MODAL.or(Class::BE).or(Class::DO));
            let asked = at > from && words.is_any(at - 1, &ASKING);
            (subject && !asks && !asked).then_some(1)
        }
        _ => None,
    }
}

fn is_subject_start(words: &Words<'_>, at: usize) -> bool {
    words.has(at, Class::I.or(Class::WE).or(Class::YOU).or(Class::THEY).or(Class::IT).or(Class::DETERMINER))
        || looks_like_name(words, at)
        || words.has(at + 1, Class::BE.or(Class::HAVE).or(Class::MODAL))
        || words.is_form(at + 1, Form::THIRD)
}

/// Says whether a clause of its own starts at `at`: a subject with its verb, an order, a question to the reader.
pub(super) fn starts_clause(words: &Words<'_>, at: usize) -> bool {
    let mut at = at;
    let first = at;
    while at < first + 3
        && (words.has(at, Class::AND)
            || words.has(at, Class::ADVERB.or(Class::HEDGE)) && !words.has(at, Class::DETERMINER))
    {
        at += 1;
    }
    if words.any(at, &["please", "kindly"])
        || words.at(at, "let me")
        || words.at(at, "let us")
        || words.at(at, "happy to")
    {
        return true;
    }
    let pronoun = Class::I.or(Class::WE).or(Class::YOU).or(Class::THEY).or(Class::IT);
    if words.has(at, pronoun) {
        return starts_predicate(words, at + 1);
    }
    if words.has(at, Class::MODAL.or(Class::DO)) && words.has(at + 1, Class::YOU.or(Class::WE).or(Class::I)) {
        return true;
    }
    if words.has(at, Class::WH) && words.has(at + 1, Class::MODAL.or(Class::DO).or(Class::BE)) {
        return true;
    }
    if looks_like_name(words, at) {
        let end = if looks_like_name(words, at + 1) { at + 2 } else { at + 1 };
        return words.has(end, Class::MODAL.or(Class::BE).or(Class::HAVE))
            || words.any(end, &["promised", "said", "agreed", "'s"]) && words.is_form(end + 1, Form::ING);
    }
    if words.has(at, Class::DETERMINER) && !words.has(at, pronoun) {
        return (at + 1..at + 4).any(|index| words.has(index, Class::MODAL));
    }
    at == first && starts_order(words, at)
}

fn starts_predicate(words: &Words<'_>, at: usize) -> bool {
    let mut at = at;
    while words.has(at, Class::ADVERB.or(Class::HEDGE)) && !words.has(at, Class::MODAL) {
        at += 1;
    }
    words.has(at, Class::MODAL.or(Class::BE).or(Class::HAVE).or(Class::DO))
        || words.is_form(at, Form::BASE | Form::PAST | Form::THIRD)
}

/// Says whether nothing but a verb in its base form starts a clause at `at`.
fn is_plain_order(words: &Words<'_>, at: usize) -> bool {
    let mut at = at;
    while words.has(at, Class::AND) || words.has(at, Class::ADVERB) && !words.has(at, Class::DETERMINER) {
        at += 1;
    }
    starts_order(words, at)
}

/// Says whether an order without "please" plainly starts at `at`: a verb of action and its object.
fn starts_order(words: &Words<'_>, at: usize) -> bool {
    words.is_form(at, Form::BASE)
        && words.has(at, Class::ACTION)
        && words.has(at + 1, Class::DETERMINER.or(Class::OBJECT))
        && !words.has(at + 1, Class::IT)
}
