//! Which labels name a person, and which only count voices.

/// Words that stand before a colon in speech without naming who speaks.
const NOT_NAMES: &[&str] = &[
    "note",
    "notes",
    "question",
    "questions",
    "answer",
    "so",
    "yes",
    "no",
    "ok",
    "okay",
    "example",
    "reminder",
    "update",
    "todo",
    "to do",
    "action",
    "actions",
    "action item",
    "action items",
    "agenda",
    "summary",
    "http",
    "https",
    "re",
    "ps",
    "p.s",
    "date",
    "time",
    "subject",
    "title",
    "topic",
    "and",
    "well",
    "one thing",
    "first",
    "second",
    "third",
    "timeline",
    "goal",
    "goals",
    "risk",
    "risks",
    "budget",
    "next steps",
    "next step",
    "status",
    "price",
    "pricing",
    "problem",
    "issue",
    "issues",
    "owner",
    "decision",
    "decisions",
    "background",
    "context",
    "option",
    "options",
    "phase",
    "step",
    "point",
    "scope",
    "cost",
    "costs",
    "total",
    "deadline",
    "requirement",
    "requirements",
    "concern",
    "concerns",
    "blocker",
    "blockers",
    "plan",
    "result",
    "results",
    "today",
    "tomorrow",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "important",
    "warning",
    "fyi",
    "meaning",
    "means",
    "also",
    "but",
    "because",
    "like",
    "right",
];

/// Labels that tools give to a voice they do not know.
const GENERIC: [&str; 18] = [
    "speaker",
    "unknown",
    "unknown speaker",
    "unidentified speaker",
    "participant",
    "guest",
    "caller",
    "user",
    "voice",
    "attendee",
    "host",
    "presenter",
    "anonymous",
    "iphone",
    "ipad",
    "phone",
    "moderator",
    "me",
];

/// The person a label names; `None` for `Speaker 1`, `Unknown`, telephone numbers and rooms full of people.
pub(super) fn person(label: &str) -> Option<&str> {
    let label = label.trim();
    let lower = label.to_lowercase();
    let bare = lower.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '#' | ' ' | '_' | '-' | '.' | ')'));
    let bare = bare.trim_end_matches(['(', ' ']);
    let lettered = lower.rsplit_once(' ').filter(|(_, letter)| letter.chars().count() == 1).map(|(stem, _)| stem);
    let counted = GENERIC.contains(&bare) || lettered.is_some_and(|stem| GENERIC.contains(&stem));
    let is_room = lower.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "room" | "boardroom"));
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 2 && !counted && !is_room).then_some(label)
}

/// Splits `Name: words` when what stands before the colon looks like a label of a speaker.
pub(super) fn split_label(line: &str) -> Option<(&str, &str)> {
    let (label, words) = line.split_once(':')?;
    let label = label.trim();
    let spaced = words.is_empty() || words.starts_with([' ', '\t', '\u{a0}']);
    (spaced && is_label(label)).then(|| (label, words.trim()))
}

/// Says whether a text can stand as the label of a speaker: a few capitalised words, not a sentence.
pub(super) fn is_label(label: &str) -> bool {
    let count = label.chars().count();
    if !(1..=60).contains(&count) || NOT_NAMES.contains(&label.to_lowercase().as_str()) {
        return false;
    }
    if label.contains(['?', '!', ';', '"', '<', '>', '/', '=', '{', '*', '['])
        || label.ends_with('.') && !label.ends_with("r.")
    {
        return false;
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    let starts_high = |word: &&str| word.chars().next().is_some_and(|c| !c.is_lowercase());
    let small = [
        "de", "van", "von", "der", "den", "da", "di", "la", "le", "bin", "al", "el", "ten", "ter", "dos", "del", "y",
        "at", "of",
    ];
    let named = words.iter().all(|word| starts_high(word) || small.contains(word));
    // A handle such as `dana.reyes` is a label, too.
    let handle = words.len() == 1 && label.contains(['.', '_', '@']) && !label.contains("://");
    words.len() <= 6
        && (named && words.first().is_some_and(starts_high)
            || handle
            || GENERIC.contains(&label.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_people_from_voices() {
        let check = |label: &str, expected: bool| assert_eq!(person(label).is_some(), expected, "{label}");
        check("Dana Reyes", true);
        check("dana.reyes", true);
        check("Speaker 1", false);
        check("SPEAKER_01", false);
        check("Speaker A", false);
        check("Unknown", false);
        check("Guest 2", false);
        check("+1 555 0100", false);
        check("Conference Room 3 (Alder)", false);
    }

    #[test]
    fn splits_labels() {
        let check = |line: &str, expected: Option<(&str, &str)>| assert_eq!(split_label(line), expected, "{line}");
        check("Dana Reyes: hello: you", Some(("Dana Reyes", "hello: you")));
        check("Jean-Luc de Vries (Alder): oui", Some(("Jean-Luc de Vries (Alder)", "oui")));
        check("Speaker 1: hi", Some(("Speaker 1", "hi")));
        check("the thing is: we wait", None);
        check("Question: who owns it", None);
        check("Timeline: two weeks", None);
        check("see https://a.example", None);
        check("At 10:30 we start", None);
        check("no colon", None);
    }
}
