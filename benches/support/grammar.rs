//! Sentences of business mail: small patterns filled from the word lists, so that hardly two are alike.

use super::{random::Random, words};

/// Sentences that state a promise, a request, a risk or the like.
const FACTS: &[&str] = &[
    "I'll {v} the {a} {n} {n} by {day}.",
    "I will {v} the {n} for {place} and send you the {n} {when}.",
    "We will {v} the {a} {n} in {place} by the end of {month}.",
    "We'll have the {n} {n} {ved} before {month} {num}.",
    "I'm going to {v} the {n} {n} and get back to you {when}.",
    "If the {n} {n} is {ved}, I'll {v} the {a} {n} {when}.",
    "{first} will {v} the {n} {n} {when}.",
    "I have {ved} the {a} {n} {n} for {place} and sent it over this morning.",
    "Could you {v} the {a} {n} for {place} by {day}?",
    "Please {v} the {n} {n} before the {n} review.",
    "Can you send me the {a} {n} for the {place} {n}?",
    "We need the {a} {n} from you by {day}.",
    "We are worried that the {n} {n} will slip past {month}.",
    "The {n} {n} in {place} is delayed and our {a} launch is at risk.",
    "Our budget for the {place} {n} was cut by {num}% this quarter.",
    "Our goal is to {v} the {a} {n} and cut {n} costs by {num}% in {month}.",
    "The main problem is that we still {v} every {n} by hand, which costs us {num} hours a week.",
    "The {n} must support {a} {ns} and keep the data in {place}.",
    "We decided to {v} the {n} {n} in {place} first.",
    "We would like to add {num} more {n} licenses for the {place} team.",
    "The {n} {n} keeps failing with error {num} and nobody can {v} the {ns}.",
    "I prefer a short {n} by mail over another call about the {n}.",
];

/// Sentences that state nothing of the kind.
const OTHERS: &[&str] = &[
    "The {a} {n} was {ved} {adv} during the {n} {n}.",
    "Attached are the {ns} from the {place} {n}, {ved} last {day}.",
    "{first} and {first} {ved} the {n} {ns} with the {a} team.",
    "As discussed, the {n} covers {num} {ns} and {num} {a} {ns}.",
    "It was good to see the {place} {n} again after the {n} workshop.",
    "The numbers in the {a} {n} look {a}, mostly because of the {n} {ns}.",
    "There are {num} {ns} in the {n}, and {adv} {ved} ones are marked {a}.",
    "Thanks for the quick answer about the {n} {n}.",
    "Last {month} the {n} {n} ran {adv} for {num} days.",
    "The {place} {n} uses a {a} {n} with {num} {ns}.",
    "{first} was out on {day}, so the {n} moved a little.",
    "In the {n} the {ns} are listed by {n} and {n}.",
    "This matches the {a} {n} that {first} {ved} in {month}.",
    "Nothing new on the {n} side, the {ns} are {a} as before.",
    "The {n} from {place} has {num} recent {ns} and a {a} {n}.",
    "For reference, {place} is the {a} {n} that the {n} {ved}.",
];

/// A sentence; `is_fact` says from which half.
pub(crate) fn sentence(random: &mut Random, is_fact: bool) -> String {
    let pattern = random.pick(if is_fact { FACTS } else { OTHERS });
    let mut text = String::with_capacity(pattern.len() * 2);
    let mut rest: &str = pattern;
    while let Some((before, tail)) = rest.split_once('{') {
        text.push_str(before);
        let (slot, after) = tail.split_once('}').unwrap_or((tail, ""));
        text.push_str(&fill(random, slot));
        rest = after;
    }
    text.push_str(rest);
    text
}

/// What a subject line is about.
pub(crate) fn topic(random: &mut Random) -> String {
    format!("{} {} for {}", word(random, words::ADJECTIVES), word(random, words::NOUNS), place(random))
}

fn fill(random: &mut Random, slot: &str) -> String {
    match slot {
        "v" => word(random, words::VERBS),
        "ved" => past(&word(random, words::VERBS)),
        "n" => word(random, words::NOUNS),
        "ns" => plural(&word(random, words::NOUNS)),
        "a" => word(random, words::ADJECTIVES),
        "adv" => word(random, words::ADVERBS),
        "first" => word(random, words::FIRST_NAMES),
        "place" => place(random),
        "num" => (2 + random.below(96)).to_string(),
        "day" => (*random.pick(&["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"])).to_owned(),
        "month" => (*random.pick(&["January", "March", "April", "June", "July", "September", "October"])).to_owned(),
        "when" => {
            (*random.pick(&["tomorrow", "next week", "by Friday", "on Monday", "this week", "later today"])).to_owned()
        }
        other => other.to_owned(),
    }
}

fn word(random: &mut Random, list: &str) -> String {
    // Counted once a call: the lists are short.
    let count = list.split_whitespace().count();
    list.split_whitespace().nth(random.below(count)).unwrap_or_default().to_owned()
}

/// An invented name such as `Belcorum`.
fn place(random: &mut Random) -> String {
    let parts = [random.pick(words::SYLLABLES), random.pick(words::SYLLABLES)];
    let ending = random.pick(&["a", "um", "is", "o", "ey"]);
    let mut name = format!("{}{}{ending}", parts[0], parts[1]);
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

fn past(verb: &str) -> String {
    match verb.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ied"),
        _ if verb.ends_with('e') => format!("{verb}d"),
        _ => format!("{verb}ed"),
    }
}
