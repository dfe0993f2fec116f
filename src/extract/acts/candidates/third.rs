//! Promises in which somebody else than the author acts: a name, a team, whoever sends the report.

use super::super::predicate::{Mood, Predicate};
use super::super::subject::Subject;
use super::commitment::{HANDING, commit, undertakes};
use super::{Actor, Candidate, Clause, Reason, Rule, Shape};
use crate::extract::words::{Class, Form, Phrases, phrases};
use crate::model::Polarity;
use std::sync::LazyLock;

/// Somebody else will act: a name, a team, `they`.
pub(super) fn other(clause: &Clause<'_, '_>, predicate: Predicate, rule: Rule, actor: Actor) -> Option<Candidate> {
    let words = clause.words;
    let verb = predicate.verb;
    if predicate.negated {
        return None;
    }
    let acts = match predicate.mood {
        Mood::Will if words.is(verb, "be") => {
            words.any(verb + 1, &["there", "joining", "attending", "reaching", "available"])
                || words.at(verb + 1, "in touch")
        }
        Mood::Will if words.is(verb, "have") => (verb..clause.end).any(|at| words.has(at, Class::TIME.or(Class::YOU))),
        // What somebody else will perceive is foretold, not undertaken.
        Mood::Will | Mood::GoingTo | Mood::Plan => {
            !words.is_any(verb, phrases!("see|notice|hear|read|learn|realize|understand|decide|agree|object"))
                && undertakes(words, verb, clause.end)
        }
        Mood::Progressive => {
            HANDING.has(words.lemma(verb))
                && !words.is_any(verb, phrases!("getting|making|taking|working|putting|bringing"))
        }
        Mood::Can
        | Mood::Could
        | Mood::Would
        | Mood::May
        | Mood::Should
        | Mood::Need
        | Mood::Want
        | Mood::Hope
        | Mood::Willing
        | Mood::Passive
        | Mood::Perfect
        | Mood::Past
        | Mood::Present
        | Mood::State => false,
    };
    acts.then(|| {
        let made = commit(clause, rule, predicate, actor);
        if matches!(predicate.mood, Mood::Plan) { made.with(Reason::Hedged) } else { made }
    })
}

/// "You'll get it from Dana", "you will have it by Friday".
pub(super) fn you_will_get(clause: &Clause<'_, '_>, predicate: Predicate) -> Option<Candidate> {
    use crate::extract::words::looks_like_name;
    let words = clause.words;
    let verb = predicate.verb;
    let gets =
        words.any(verb, &["get", "have", "receive", "hear"]) || words.any(verb, &["getting", "receiving", "hearing"]);
    if predicate.negated || !matches!(predicate.mood, Mood::Will | Mood::GoingTo) || !gets || words.at(verb, "have to")
    {
        return None;
    }
    let from = (verb + 1..clause.end).find(|&at| words.is(at, "from"));
    let actor = match from {
        Some(at) if words.any(at + 1, &["me"]) => Actor::Author,
        Some(at) if words.any(at + 1, &["us", "our"]) => Actor::AuthorSide,
        Some(at) if looks_like_name(words, at + 1) => {
            let stop = if at + 2 < clause.end && looks_like_name(words, at + 2) { at + 3 } else { at + 2 };
            Actor::Named(at + 1..stop)
        }
        Some(_) => Actor::Unknown,
        None if words.is(verb, "hear")
            || words.is(verb, "get") && words.any(verb + 1, &["to", "used", "there", "back"]) =>
        {
            return None;
        }
        None => Actor::Author,
    };
    let time = (verb..clause.end).any(|at| words.has(at, Class::TIME));
    if from.is_none() && !time && !words.any(verb, &["receive"]) {
        return None;
    }
    let mut made = commit(clause, Rule::YouWillGet, predicate, actor);
    made.shape = Shape::Provide;
    made.core = verb + 1..from.unwrap_or(clause.end);
    if words.is(verb, "hear") {
        made.shape = Shape::Whole;
        made.core = clause.head..clause.end;
    }
    if from.is_none() {
        made.actor = if words.is(verb, "have") { Actor::Author } else { Actor::AuthorSide };
    }
    Some(made)
}

/// "The report will be sent to you by Friday".
pub(super) fn passive(clause: &Clause<'_, '_>, predicate: Predicate) -> Option<Candidate> {
    let words = clause.words;
    let verb = predicate.verb;
    let passive = predicate.mood == Mood::Will && words.is(verb, "be") && !predicate.negated;
    let participle = if words.has(verb + 1, Class::ADVERB) { verb + 2 } else { verb + 1 };
    let handed = words.is_form(participle, Form::PARTICIPLE) && HANDED.has(words.lemma(participle));
    (passive && handed && participle < clause.end).then(|| {
        let mut made = commit(clause, Rule::Passive, predicate, Actor::Unknown).shaped(Shape::Whole);
        made.core = clause.head..clause.end;
        made
    })
}

/// "The mobile app is not part of this contract".
pub(super) fn left_out(clause: &Clause<'_, '_>, predicate: Predicate) -> Option<Candidate> {
    let words = clause.words;
    let verb = predicate.verb;
    let within = match predicate.mood {
        Mood::State => words.any_at(verb, phrases!("part of|in|within|in scope of")).is_some(),
        Mood::Passive => words.any(verb, &["included", "covered"]),
        _ => return None,
    };
    let agreed = phrases!("contract|offer|scope|proposal|price|package|agreement|quote|sow|fee|subscription|deal");
    // "Not in a position to talk about the price" is of something else.
    let of_what_was_agreed = (verb..clause.end.min(verb + 5)).any(|at| words.is_any(at, agreed));
    let start = subject_start(clause);
    // "It is not in the contract" says of what only to those who were there, and people are in no contract.
    let is_thing = match clause.subject {
        Some(Subject::Other | Subject::Ours) => true,
        Some(Subject::Named(_)) => !clause.names_known || start < clause.head,
        _ => false,
    };
    (predicate.negated && within && of_what_was_agreed && is_thing).then(|| {
        let mut made = commit(clause, Rule::LeftOut, predicate, Actor::Unknown).shaped(Shape::Whole);
        made.core = start..clause.end;
        made.clause.start = made.clause.start.min(start);
        made.polarity = Polarity::Negated;
        made
    })
}

/// Where the subject of a clause starts: "the app in Polish and Romanian" is one, though "and" cuts it.
fn subject_start(clause: &Clause<'_, '_>) -> usize {
    let words = clause.words;
    let link = clause.segment.words.start;
    if !words.has(link, Class::AND) {
        return clause.head;
    }
    let before = (0..link).rev().take_while(|&at| !words.has(at, Class::MARK.or(Class::BREAK).or(Class::END)));
    let start = before.last().unwrap_or(link);
    let has_verb = (start..link).any(|at| words.has(at, Class::BE.or(Class::HAVE).or(Class::MODAL).or(Class::ACTION)));
    if has_verb || start == link { clause.head } else { start }
}

static HANDED: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "send|deliver|ship|provide|share|complete|finalize|process|credit|refund|fix|deploy|release|schedule|\
    waive|post|email|forward|issue|update|upload|install|submit|circulate|distribute",
    )
});
