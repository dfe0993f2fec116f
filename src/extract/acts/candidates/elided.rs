//! Promises that leave their subject out: "will send it", "happy to share", "let me check".

use super::super::predicate::{Mood, Predicate};
use super::commitment::{HANDING, commit, undertakes};
use super::{Actor, Candidate, Clause, Rule};
use crate::extract::words::{Class, Form, phrases};

/// "Let me check", "allow me to confirm": the author takes it on.
pub(super) fn let_me(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let at = clause.head;
    let length = words.any_at(at, phrases!("let me|allow me to"))?;
    let verb = at + length;
    let talk = words.is_any(
        verb,
        phrases!(
            "know|explain|say|ask|tell|start|begin|be|put|add|just|clarify|introduce|see|think|remind|rephrase|\
            repeat|give|have|say|go|show|guess|hear|understand"
        ),
    );
    let back = (verb..clause.end).any(|index| words.is(index, "back"));
    let seek = words
        .any_at(verb, phrases!("see if|see what|see whether|see when|ask around|ask our|ask my|ask the|ask legal"))
        .is_some();
    (verb < clause.end && (!talk || back || seek)).then(|| {
        let predicate = Predicate { mood: Mood::Will, negated: false, hedged: false, verb };
        commit(clause, Rule::LetMe, predicate, Actor::Author)
    })
}

/// "Will send it over tomorrow", "Sending it now", "Happy to share".
pub(super) fn dropped(clause: &Clause<'_, '_>, predicate: Predicate) -> Option<Candidate> {
    let words = clause.words;
    let head = clause.head;
    if predicate.negated
        || !clause.opens && !words.any(clause.segment.words.start, &["and", "but", "then", "so", "also"])
    {
        return None;
    }
    if words.is(head, "will")
        && predicate.mood == Mood::Will
        && undertakes(words, predicate.verb, clause.end)
        && words.is_form(predicate.verb, Form::BASE | Form::ING)
    {
        return Some(commit(clause, Rule::DroppedSubject, predicate, Actor::Author));
    }
    if words.is(head, "going") && words.is(head + 1, "to") && undertakes(words, predicate.verb, clause.end) {
        return Some(commit(clause, Rule::DroppedSubject, predicate, Actor::Author));
    }
    None
}

/// "Happy to send", "Sending it over now", "Glad to help": nothing but the complement is said.
pub(super) fn elliptic(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let head = clause.head;
    if words.any(head, &["happy", "glad", "delighted", "pleased"])
        && words.is(head + 1, "to")
        && undertakes(words, head + 2, clause.end)
    {
        let predicate = Predicate { mood: Mood::Willing, negated: false, hedged: false, verb: head + 2 };
        let help = words.any(head + 2, &["help", "hear", "see", "assist", "know"]);
        return (!help).then(|| commit(clause, Rule::Willing, predicate, Actor::Author));
    }
    let time = (head..clause.end).any(|at| words.has(at, Class::TIME) || words.any(at, &["now", "over", "shortly"]));
    let sending = words.is_form(head, Form::ING)
        && HANDING.has(words.lemma(head))
        && !words.any(head, &["getting", "making", "taking", "working"])
        && time
        && clause.opens;
    sending.then(|| {
        let predicate = Predicate { mood: Mood::Progressive, negated: false, hedged: false, verb: head };
        commit(clause, Rule::FirstProgressive, predicate, Actor::Author)
    })
}
