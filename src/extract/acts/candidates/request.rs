//! Requests told as statements: "I need you to…", "it would be great if you could…", "we need X from you".

use super::super::predicate::Mood;
use super::super::subject::Subject;
use super::{Actor, Candidate, Clause, Deed, Reason, Rule, Shape};
use crate::extract::words::{Class, Form, Words, phrases};

/// A request, if the clause tells of one.
pub(super) fn find(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let actor = || clause.vocative.clone().map_or(Actor::Reader, Actor::Named);
    if let Some(found) = would_help(clause) {
        return Some(found);
    }
    if let Some(range) = words.find(phrases!(
        "wondering if|wondering whether|wondering when|wondering what|wondering how|wondered if|like to ask|\
            like to know|want to know|wanted to know|curious if|curious whether|wanted to ask|like to request|\
            writing to request|am requesting|asking for|wanted to see if you|wanted to check if|checking if|\
            checking in on|asking if|need to know|wondering about|love to know|love to hear|like to hear|\
            hoping you could|hoping you can|hoping that you|hoping you would"
    )) && (range.start >= clause.head
        && range.start < clause.head + 6
        && range.end < clause.end
        && words.has(clause.head, Class::I.or(Class::WE).or(Class::ADVERB))
        || range.start == clause.head)
    {
        return Some(clause.candidate(
            Deed::Request,
            Rule::Wondering,
            ask_start(words, range.end, clause.end),
            actor(),
        ));
    }
    let predicate = clause.predicate?;
    let verb = predicate.verb;
    if clause.subject.is_none() && clause.opens && predicate.mood == Mood::Want && words.is(clause.head, "would") {
        return Some(clause.candidate(Deed::Request, Rule::Wish, verb, Actor::Reader));
    }
    match clause.subject.as_ref()? {
        Subject::I | Subject::We if !predicate.negated => first_person(clause, predicate.mood, verb),
        Subject::You => you_should(clause, predicate.mood, verb, predicate.negated),
        Subject::Named(_) | Subject::They | Subject::Other | Subject::Ours => relayed(clause, verb),
        Subject::I | Subject::We | Subject::Yours | Subject::It => None,
    }
}

/// "It would be great if you could send…", "I'd appreciate it if you…".
fn would_help(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let glad = words.find(phrases!(
        "appreciate|grateful|great if|helpful if|appreciated if|good if|nice if|wonderful if|love it if|\
            helpful to|perfect if|thankful|awesome if|obliged|indebted|ideal if|prefer if|better if|useful if|\
            best if|like it if"
    ))?;
    if glad.start < clause.head || glad.start >= clause.head + 9 {
        return None;
    }
    let you = (glad.start..words.len()).find(|&at| {
        words.has(at, Class::YOU) && words.has(at + 1, Class::MODAL.or(Class::DO))
            || words.has(at, Class::YOU) && words.is_form(at + 1, Form::BASE)
    });
    let your = (glad.end..clause.end).any(|at| words.is(at, "your"))
        && words
            .find(phrases!(
                "would appreciate|would be appreciated|appreciate your help|appreciate your response|\
            appreciate your input|appreciate your feedback"
            ))
            .is_some();
    let any = words
        .find(phrases!("would appreciate a|would appreciate any|would appreciate the|would appreciate it"))
        .is_some();
    let core = match you {
        Some(at) => {
            let next = if words.has(at + 1, Class::MODAL) { at + 2 } else { at + 1 };
            (next..next + 3).find(|&index| !words.has(index, Class::ADVERB.or(Class::PLEASE))).unwrap_or(next)
        }
        None if your || any => clause.head,
        None => return None,
    };
    let mut made = clause.candidate(
        Deed::Request,
        Rule::WouldHelp,
        core,
        clause.vocative.clone().map_or(Actor::Reader, Actor::Named),
    );
    if core >= clause.end {
        // The condition "if you could…" is the request itself.
        made.clause.end = words.len();
        made.core = core..sentence_end(words, core);
    }
    if you.is_none() {
        made.shape = Shape::Whole;
    }
    Some(made)
}

fn sentence_end(words: &Words<'_>, from: usize) -> usize {
    (from..words.len()).find(|&at| words.has(at, Class::END)).unwrap_or(words.len())
}

/// "if you could send…" starts at "send".
fn ask_start(words: &Words<'_>, at: usize, end: usize) -> usize {
    let mut at = at;
    if words.any(at, &["if", "whether"]) {
        at += 1;
    }
    if words.has(at, Class::YOU) && words.has(at + 1, Class::MODAL) {
        at += 2;
        while words.has(at, Class::ADVERB.or(Class::PLEASE)) {
            at += 1;
        }
    }
    at.min(end.saturating_sub(1))
}

fn first_person(clause: &Clause<'_, '_>, mood: Mood, verb: usize) -> Option<Candidate> {
    let words = clause.words;
    let actor = clause.vocative.clone().map_or(Actor::Reader, Actor::Named);
    // "I need you to send", "we'd like you to", "I'm asking you to", "I want Tom to".
    let wants = (clause.head..clause.end.min(clause.head + 6))
        .find(|&at| words.is_any(at, phrases!("need|like|want|ask|asking|urge|love|prefer|expect|encourage|request")));
    if let Some(at) = wants {
        if words.has(at + 1, Class::YOU) {
            let to = (at + 2..(at + 5).min(clause.end)).find(|&index| words.is(index, "to"));
            if let Some(to) = to {
                let weak = words.any(at, &["encourage", "urge"]);
                return Some(
                    clause.candidate(Deed::Request, Rule::NeedYou, to + 1, actor).with_if(weak, Reason::Hedged),
                );
            }
            if words.is(at, "need") && words.any(at + 2, &["in", "on", "at"]) {
                return Some(clause.candidate(Deed::Request, Rule::NeedYou, at, actor));
            }
        }
        let need = words.is(at, "need") && !words.is(at + 1, "to") && at + 1 < clause.end;
        if need && matches!(mood, Mood::Present | Mood::Will | Mood::Need | Mood::Can) {
            let from_you = (at..clause.end).any(|index| {
                words.is(index, "from") && (words.has(index + 1, Class::YOU) || words.is(index + 1, "your"))
            });
            let your = (at..clause.end).any(|index| words.is(index, "your"));
            let when = (at..clause.end).any(|index| words.has(index, Class::TIME));
            let done = (at..clause.end).any(|index| words.is_form(index, Form::PARTICIPLE) && index > at + 1);
            let rule = if from_you { Rule::NeedYou } else { Rule::NeedFrom };
            let mut made = clause.candidate(Deed::Request, rule, at, actor).with_if(!from_you && !when, Reason::Hedged);
            // "We need the signed form from you": the form is to be provided.
            if let Some(from) = (at..clause.end).find(|&index| words.is(index, "from") && from_you && index > at + 1) {
                made.core = at + 1..from;
                made.shape = Shape::Provide;
            }
            return (from_you || your || when || done).then_some(made);
        }
        let get = words.is_any(
            verb,
            phrases!(
                "get|have|see|receive|discuss|meet|schedule|talk|set|request|book|arrange|speak|invite|change|update|\
            cancel|order|add|buy|upgrade|transfer|report|know|hear|check|open|close"
            ),
        );
        if mood == Mood::Want && get && words.has(clause.head, Class::I.or(Class::WE)) {
            return Some(clause.candidate(Deed::Request, Rule::Wish, verb, Actor::Reader));
        }
        if words.is(at, "like") && words.is(at.wrapping_sub(1), "would") && words.has(at + 1, Class::DETERMINER) {
            return Some(clause.candidate(Deed::Request, Rule::Wish, at, Actor::Reader).shaped(Shape::Whole));
        }
    }
    if mood == Mood::Hope
        && words.any(verb.wrapping_sub(1), &["to"])
        && words.any(verb, &["get", "have", "schedule", "meet"])
        && words.is(verb.wrapping_sub(2), "hoping")
    {
        return Some(clause.candidate(Deed::Request, Rule::Wish, verb, Actor::Reader).with(Reason::Hedged));
    }
    if words.any(verb, &["suggest", "propose", "recommend"]) && mood == Mood::Present && verb + 1 < clause.end {
        return Some(clause.candidate(Deed::Request, Rule::Wish, verb + 1, Actor::Unknown).with(Reason::Hedged));
    }
    None
}

/// "You need to sign", "you should talk to": advice at best, an order from above.
fn you_should(clause: &Clause<'_, '_>, mood: Mood, verb: usize, negated: bool) -> Option<Candidate> {
    let words = clause.words;
    let may = words.any(verb, &["please"]);
    let orders = matches!(mood, Mood::Should | Mood::Need) && words.has(verb, Class::ACTION) && !negated;
    let able = words
        .any_at(clause.head, phrases!("you can call|you can reach|you can contact|you can find|you can catch|you may"))
        .is_some();
    (orders || may)
        .then(|| clause.candidate(Deed::Request, Rule::YouShould, verb, Actor::Reader).with_if(able, Reason::SmallTalk))
}

/// "Tom asked if you could…", "Legal wants you to…".
fn relayed(clause: &Clause<'_, '_>, verb: usize) -> Option<Candidate> {
    let words = clause.words;
    let asks = words
        .is_any(verb, phrases!("asked|wants|needs|requested|wondered|asking|requests|asks|want|need|wanted"))
        || words.any(verb.wrapping_sub(1), &["like", "wants", "wanted"]);
    let you = (verb + 1..(verb + 4).min(clause.end)).find(|&at| {
        words.has(at, Class::YOU) && (words.is(at + 1, "to") || words.has(at + 1, Class::MODAL))
            || words.any(at, &["if", "that"]) && words.has(at + 1, Class::YOU)
    });
    let start = you.filter(|_| asks)?;
    let core = (start..(start + 4).min(clause.end))
        .rfind(|&at| words.is(at, "to") || words.has(at, Class::MODAL))
        .map_or(start, |at| at + 1);
    Some(clause.candidate(Deed::Request, Rule::Relayed, core, Actor::Reader))
}
