//! What has been decided, agreed, approved, chosen or called off.

use super::super::predicate::Mood;
use super::super::subject::Subject;
use super::{Actor, Candidate, Clause, Deed, Reason, Rule, Shape, Target};
use crate::extract::words::{Class, Form, Words, phrases};
use crate::model::Polarity;

/// A decision, if the clause tells of one.
pub(super) fn find(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let predicate = clause.predicate?;
    let verb = predicate.verb;
    let subject = clause.subject.as_ref();
    if predicate.negated {
        return None;
    }
    let build = |rule| {
        let mut made = clause.candidate(Deed::Decision, rule, clause.head, Actor::Unknown).shaped(Shape::Whole);
        made.actor = match subject {
            Some(Subject::I) => Actor::Author,
            Some(Subject::We | Subject::Ours) => Actor::AuthorSide,
            Some(Subject::Named(range)) => Actor::Named(range.clone()),
            _ => Actor::Unknown,
        };
        made
    };
    let people = !matches!(subject, None | Some(Subject::It));
    let past = matches!(predicate.mood, Mood::Past | Mood::Perfect);
    let signed = words.at(verb, "signed off")
        || words.at(verb, "went with")
        || words.at(verb, "gone with")
        || words.at(verb, "gave the go-ahead")
        || words.at(verb, "given the go-ahead")
        || words.at(verb, "called off")
        || words.at(verb, "landed on");
    let passive =
        predicate.mood == Mood::Passive || predicate.mood == Mood::Perfect && words.is(verb.wrapping_sub(1), "been");
    let decides = words.has(verb, Class::DECIDING) && words.is_form(verb, Form::PAST | Form::PARTICIPLE);
    let opinion = words.any(verb, &["agreed", "picked", "finalized", "determined", "concluded"])
        && matches!(subject, Some(Subject::I))
        || words.at(verb, "picked up");
    if decides && passive && subject.is_some() {
        let bare = words.is(verb, "selected") && matches!(subject, Some(Subject::You));
        return (!bare).then(|| build(Rule::DecidedPassive));
    }
    if people && past && (decides && !opinion || signed) && verb + 1 < clause.end + 1 {
        let mut made = build(Rule::Decided);
        if words.is(verb + 1, "not") || words.at(verb + 1, "against") {
            made.polarity = Polarity::Negated;
        }
        return Some(made);
    }
    let first = matches!(subject, Some(Subject::I | Subject::We | Subject::Ours | Subject::Named(_) | Subject::They));
    let going = first
        && matches!(predicate.mood, Mood::Progressive | Mood::Will | Mood::GoingTo)
        && (words.at(verb, "going with")
            || words.at(verb, "go with")
            || words.at(verb, "going ahead with")
            || words.at(verb, "go ahead with")
            || words.at(verb, "moving forward with")
            || words.at(verb, "move forward with")
            || words.at(verb, "moving ahead with")
            || words.at(verb, "proceeding with")
            || words.at(verb, "sticking with")
            || words.at(verb, "dropping"));
    going.then(|| build(Rule::GoingWith))
}

/// "Ok for the pilot from 1 December", "approved for two sites", "green light for the rollout": nothing but the word.
pub(super) fn go_ahead(words: &Words<'_>) -> Option<Candidate> {
    let length = words.any_at(
        0,
        phrases!(
            "ok for the|okay for the|ok from me for|go for the|approved for|green light for|approval for the|yes to the"
        ),
    )?;
    let end = (length..words.len()).find(|&at| words.has(at, Class::END)).unwrap_or(words.len());
    let asked = words.norm(end).starts_with('?');
    (!asked && end > length).then(|| Candidate {
        deed: Deed::Decision,
        rule: Rule::GoAhead,
        reasons: vec![Reason::Polite],
        clause: 0..end,
        core: 0..end,
        shape: Shape::Whole,
        actor: Actor::Author,
        target: Target::Open,
        polarity: Polarity::Affirmed,
        condition: None,
    })
}
