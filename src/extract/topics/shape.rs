//! The one line that says a topic: without greeting, hedge and frame, as the document prints it.

use std::sync::OnceLock;

use regex::Regex;

use crate::model::FactKind;

/// Words at the beginning of a clause that carry nothing.
const FILLERS: [&str; 28] = [
    "so",
    "well",
    "and",
    "but",
    "also",
    "yeah",
    "yes",
    "ok",
    "okay",
    "um",
    "uh",
    "eh",
    "hi",
    "hello",
    "honestly",
    "frankly",
    "basically",
    "actually",
    "look",
    "anyway",
    "fyi",
    "btw",
    "right",
    "good",
    "then",
    "just so you know",
    "to be honest",
    "as you know",
];

/// Frames around what matters: "one thing up front:", "my concern is that", "we want to".
const ANY_FRAME: &str = r"^(?:(?:one|another) (?:more )?(?:thing|point)(?: up front| between us)?(?: is)?:|short version(?: of (?:our|the) \w+)?:|what i (?:still )?(?:want to see|need|want)(?: is)?:|(?:i|we) (?:just )?(?:wanted|want) to (?:mention|note|say|add|flag) that|please note(?: that)?|(?:i|we) (?:think|believe|guess) (?:that )?)\s*";
const RISK_FRAME: &str = r"^(?:(?:my|our|the|a|one)(?: \w+)? (?:concern|worry|fear|risk|problem|issue) (?:here |for (?:us|me) )?is(?: simple| that)?[,:]?|(?:i am|i'm|i’m|we are|we're|we’re) (?:\w+ )?(?:worried|concerned|afraid|nervous|anxious)(?: about| that)?,?|(?:i|we) (?:fear|worry)(?: about| that)?|heads[- ]up[,:]?|(?:risk|concern|blocker|warning)s?:)\s*";
const GOAL_FRAME: &str = r"^(?:(?:(?:our|my|the|their|your|one)(?: \w+){0,2}? (?:goal|objective|aim|target|priority|ambition|mission)s?(?: \w+){0,4}? (?:is|are|would be|will be|remains?)(?: to)?|(?:goal|objective|aim|target|success)s?:)|(?:by [^,]{3,30}, ?)?(?:we|i|they|he|she|you|helena|management|leadership|the (?:board|team|customer|ceo|cfo|coo|cio))(?:'d|’d)? (?:really |just |also |all |basically |mainly |ultimately )?(?:want|wants|need|needs|would like|hope|hopes|aim|aims|plan|plans|intend|intends|like|wish|have|are (?:looking|trying|hoping|aiming)|'re (?:looking|trying|hoping|aiming)|’re (?:looking|trying|hoping|aiming)) to|(?:it is|it's|it’s) (?:all )?about|success (?:means|is|would be)(?: to| that)?)\s+";
const NEED_FRAME: &str = r"^(?:(?:we|i|they|you)(?:'d|’d|'ll|’ll)? (?:also |really |absolutely |just |will |would )?(?:need|require|must have|insist on|expect)(?: that)?|(?:our|a|one|another|the)(?: \w+){0,2} requirements? (?:is|are)(?: that)?|(?:requirement|must[- ]have)s?:)\s+";
const WISH_FRAME: &str = r"^(?:next time(?: just)?|for the future,?|(?:and |just )?please|kindly|pls)\s+";

struct Frames {
    any: Option<Regex>,
    risk: Option<Regex>,
    goal: Option<Regex>,
    need: Option<Regex>,
    wish: Option<Regex>,
}

fn frames() -> &'static Frames {
    static FRAMES: OnceLock<Frames> = OnceLock::new();
    FRAMES.get_or_init(|| {
        let build = |pattern: &str| Regex::new(&format!("(?i){pattern}")).ok();
        Frames {
            any: build(ANY_FRAME),
            risk: build(RISK_FRAME),
            goal: build(GOAL_FRAME),
            need: build(NEED_FRAME),
            wish: build(WISH_FRAME),
        }
    })
}

/// One line that says it.
pub(super) fn statement(kind: FactKind, clause: &str) -> String {
    let mut line = clause.split_whitespace().collect::<Vec<_>>().join(" ");
    line = without_fillers(line);
    let frames = frames();
    line = without(frames.any.as_ref(), &line);
    line = match kind {
        FactKind::Risk | FactKind::OpenIssue => without(frames.risk.as_ref(), &line),
        FactKind::Objective => goal(&without(frames.goal.as_ref(), &line)),
        FactKind::Requirement => without(frames.need.as_ref(), &line),
        FactKind::Preference => without(frames.wish.as_ref(), &line),
        FactKind::Commitment
        | FactKind::Request
        | FactKind::Decision
        | FactKind::Metric
        | FactKind::PainPoint
        | FactKind::BuyingMotivation
        | FactKind::SensitiveTopic
        | FactKind::Customization
        | FactKind::ExpansionSignal => line,
    };
    capitalised(without_fillers(line).trim_end_matches(end_mark))
}

/// What closes a line without saying anything: stops, faces, marks.
fn end_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '-' | '(')
}

/// An objective reads after "they want to".
fn goal(line: &str) -> String {
    let lower = line.to_lowercase();
    let moves = [" down from ", " up from ", " down to ", " up to ", " from "].iter().any(|word| lower.contains(word));
    let first = lower.split(' ').next().unwrap_or_default();
    let noun = matches!(first, "average" | "the" | "our" | "waiting" | "total" | "no-shows" | "a" | "an");
    if moves && noun { format!("bring {line}") } else { line.to_owned() }
}

fn without(frame: Option<&Regex>, line: &str) -> String {
    let rest = frame.and_then(|frame| frame.find(line)).and_then(|found| line.get(found.end()..)).map(str::trim);
    rest.filter(|rest| rest.split(' ').count() >= 2).unwrap_or(line).to_owned()
}

fn without_fillers(mut line: String) -> String {
    while let Some(rest) = FILLERS.iter().find_map(|filler| strip_word(&line, filler)) {
        line = rest;
    }
    for face in [":-)", ":)", ";-)", ";)", ":-(", ":("] {
        if let Some(rest) = line.strip_suffix(face) {
            line = rest.trim_end().to_owned();
        }
    }
    line
}

fn strip_word(line: &str, word: &str) -> Option<String> {
    let head = line.get(..word.len())?;
    let rest = line.get(word.len()..)?;
    let opens_only = matches!(word, "right" | "good" | "then");
    let filler = head.eq_ignore_ascii_case(word) && (rest.starts_with(',') || !opens_only && rest.starts_with(' '));
    let rest = rest.trim_start_matches([' ', ',']);
    (filler && !rest.is_empty()).then(|| rest.to_owned())
}

fn capitalised(line: &str) -> String {
    let mut chars = line.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_stand_alone() {
        let check = |kind, clause: &str, expected: &str| assert_eq!(statement(kind, clause), expected, "{clause}");
        check(FactKind::Objective, "We want to cut invoice time by half.", "Cut invoice time by half");
        check(FactKind::Objective, "our main goal is to halve the backlog", "Halve the backlog");
        check(
            FactKind::Objective,
            "What I want to see: average waiting time down from 90 to 40 minutes.",
            "Bring average waiting time down from 90 to 40 minutes",
        );
        check(FactKind::Requirement, "We need your certificate before we start.", "Your certificate before we start");
        check(FactKind::Risk, "I'm worried that the date slips.", "The date slips");
        check(FactKind::Risk, "My concern is simple, the queue gets longer", "The queue gets longer");
        check(FactKind::Risk, "One thing up front: the budget was cut.", "The budget was cut");
        check(FactKind::Preference, "And please no calls before 10.", "No calls before 10");
        check(FactKind::Preference, "please keep it simple :-)", "Keep it simple");
        check(FactKind::Decision, "so, we go with it", "We go with it");
    }
}
