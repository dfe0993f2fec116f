//! The one line that says a topic: without greeting, hedge and frame, as the document prints it.

use std::borrow::Cow;
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

/// A frame with the letters that it can begin with, which tell most lines from it.
struct Frame {
    first: &'static [u8],
    regex: Option<Regex>,
}

struct Frames {
    any: Frame,
    risk: Frame,
    goal: Frame,
    need: Frame,
    wish: Frame,
    /// A name of an emoji as chats write it, ":tada:".
    emoji: Option<Regex>,
}

fn frames() -> &'static Frames {
    static FRAMES: OnceLock<Frames> = OnceLock::new();
    FRAMES.get_or_init(|| {
        let build = |pattern: &str, first| Frame { first, regex: Regex::new(&format!("(?i){pattern}")).ok() };
        Frames {
            any: build(ANY_FRAME, b"oaswip"),
            risk: build(RISK_FRAME, b"motaiwhrcb"),
            goal: build(GOAL_FRAME, b"omtygasbwihl"),
            need: build(NEED_FRAME, b"wityoarm"),
            wish: build(WISH_FRAME, b"nfajpk"),
            emoji: Regex::new(r"(?:^|\s):[a-z+-][a-z0-9_+-]*:(?:\s|$)").ok(),
        }
    })
}

/// One line that says it.
pub(super) fn statement(kind: FactKind, clause: &str) -> String {
    let frames = frames();
    let worded = without_emoji(clause, frames);
    let line = single_spaced(&worded);
    let line = without(&frames.any, without_fillers(&line));
    let line = match kind {
        FactKind::Risk | FactKind::OpenIssue => Cow::Borrowed(without(&frames.risk, line)),
        FactKind::Objective => goal(without(&frames.goal, line)),
        FactKind::Requirement => Cow::Borrowed(without(&frames.need, line)),
        FactKind::Preference => Cow::Borrowed(without(&frames.wish, line)),
        FactKind::Commitment
        | FactKind::Request
        | FactKind::Decision
        | FactKind::Metric
        | FactKind::PainPoint
        | FactKind::BuyingMotivation
        | FactKind::SensitiveTopic
        | FactKind::Customization
        | FactKind::ExpansionSignal => Cow::Borrowed(line),
    };
    capitalised(without_fillers(&line).trim_end_matches(end_mark))
}

/// The clause without names of emoji, which are no words.
fn without_emoji<'a>(clause: &'a str, frames: &Frames) -> Cow<'a, str> {
    match &frames.emoji {
        Some(emoji) if clause.contains(':') => emoji.replace_all(clause, " "),
        _ => clause.into(),
    }
}

/// The words with one blank between them.
fn single_spaced(clause: &str) -> Cow<'_, str> {
    let bytes = clause.as_bytes();
    let plain = clause.trim().len() == clause.len()
        && bytes.iter().all(|byte| byte.is_ascii() && !matches!(byte, b'\t'..=b'\r'))
        && bytes.windows(2).all(|pair| pair != b"  ");
    if plain { Cow::Borrowed(clause) } else { clause.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

/// What closes a line without saying anything: stops, faces, marks.
fn end_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '-' | '(')
}

/// An objective reads after "they want to".
fn goal(line: &str) -> Cow<'_, str> {
    let lower = line.to_lowercase();
    let first = lower.split(' ').next().unwrap_or_default();
    let noun = matches!(first, "average" | "the" | "our" | "waiting" | "total" | "no-shows" | "a" | "an");
    let moves =
        || [" down from ", " up from ", " down to ", " up to ", " from "].iter().any(|word| lower.contains(word));
    if noun && moves() { format!("bring {line}").into() } else { line.into() }
}

fn without<'a>(frame: &Frame, line: &'a str) -> &'a str {
    let first = line.bytes().next().unwrap_or_default().to_ascii_lowercase();
    if first.is_ascii() && !frame.first.contains(&first) {
        return line;
    }
    let found = frame.regex.as_ref().and_then(|regex| regex.find(line));
    let rest = found.and_then(|found| line.get(found.end()..)).map(str::trim);
    rest.filter(|rest| rest.split(' ').count() >= 2).unwrap_or(line)
}

fn without_fillers(mut line: &str) -> &str {
    while let Some(rest) = FILLERS.iter().find_map(|filler| strip_word(line, filler)) {
        line = rest;
    }
    for face in [":-)", ":)", ";-)", ";)", ":-(", ":("] {
        if let Some(rest) = line.strip_suffix(face) {
            line = rest.trim_end();
        }
    }
    line
}

fn strip_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let (head, first) = (line.bytes().next()?, word.bytes().next()?);
    if !head.eq_ignore_ascii_case(&first) {
        return None;
    }
    let head = line.get(..word.len())?;
    let rest = line.get(word.len()..)?;
    let opens_only = matches!(word, "right" | "good" | "then");
    let filler = head.eq_ignore_ascii_case(word) && (rest.starts_with(',') || !opens_only && rest.starts_with(' '));
    let rest = rest.trim_start_matches([' ', ',']);
    (filler && !rest.is_empty()).then_some(rest)
}

fn capitalised(line: &str) -> String {
    let mut chars = line.trim().chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut made = String::with_capacity(line.len() + 4);
    made.extend(first.to_uppercase());
    made.push_str(chars.as_str());
    made
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
        check(FactKind::Customization, "rule is live :tada: only for you :+1:", "Rule is live only for you");
        check(FactKind::Decision, "we meet at 10:30:00 then: noon", "We meet at 10:30:00 then: noon");
    }
}
