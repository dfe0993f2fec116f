//! Answers to something said before: taken on, refused, done, called off, solved.

use std::sync::LazyLock;

use std::ops::Range;

use super::super::subject::Subject;
use super::super::{predicate::Mood, segment::Prelude};
use super::{Actor, Candidate, Clause, Deed, Reason, Rule, Shape, Target};
use crate::extract::words::{Class, Form, Phrases, Words, looks_like_name, phrases};
use crate::model::{Polarity, ResponseAct};

static ACCEPTING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "will do|on it|i am on it|consider it done|you got it|leave it with me|leave that with me|\
    sounds good|works for me|that works|happy to do that|can do|count me in|no problem|i am in|\
    sounds great|that is fine|works for us|happy to|sure thing|you bet|deal",
    )
});

static WITHDRAWING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "no longer need|no longer needed|no longer required|no longer necessary|no longer require|never mind|\
    nevermind|scrap that|forget about|not needed anymore|do not need the|will not need the|\
    will not be needing|not necessary anymore|not going to need|you can ignore|hold off on|\
    cancel my request|cancel the request|no need to|not needed any more|do not worry about",
    )
});

static SOLVED: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("fixed|resolved|solved|settled|sorted|repaired|restored|corrected|closed"));

static DONE: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "send|forward|email|ship|share|upload|deliver|submit|complete|finish|finalize|update|schedule|book|\
    deploy|publish|post|fax|sign|pay|process|waive|add|invite|resend|set|enable|configure|mail|create|\
    attach|push|release|refund|do|grant|provision|install|provide|put|call|loop|file|give|bring|hand|name|order|\
    train|raise|build|open|activate|return|write|collect|introduce|increase|answer|order|circulate|migrate|import",
    )
});

/// An answer, if the clause is one.
pub(super) fn find(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let (at, end) = (clause.head, clause.end);
    if clause.segment.asks {
        return None;
    }
    let whole = clause.segment.words.start;
    if let Some(length) = words.any_at(at, &ACCEPTING).or_else(|| words.any_at(whole, &ACCEPTING))
        && end - at <= length + 3
        && !words.is_form(at + length, Form::BASE)
    {
        return Some(response(clause, ResponseAct::Accepts, Rule::Accepts, at..end));
    }
    withdrawn(clause).or_else(|| solved(clause)).or_else(|| fulfilled(clause)).or_else(|| declined(clause))
}

fn response(clause: &Clause<'_, '_>, act: ResponseAct, rule: Rule, object: Range<usize>) -> Candidate {
    let mut made = clause.candidate(Deed::Response(act), rule, object.start, Actor::Author).shaped(Shape::Whole);
    made.core = object;
    made
}

fn withdrawn(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let found = words.find(&WITHDRAWING)?;
    if found.start < clause.segment.words.start || found.start >= clause.end {
        return None;
    }
    let after = found.end..clause.end;
    // "@Dana the map is no longer needed" is about the map.
    let mut head = clause.head;
    while head < found.start
        && looks_like_name(words, head)
        && (head + 1..found.start).any(|at| words.has(at, Class::DETERMINER))
    {
        head += 1;
    }
    let object = if after.is_empty() { head..subject_end(words, head, found.start) } else { after };
    Some(response(clause, ResponseAct::Withdraws, Rule::Withdraws, object))
}

fn solved(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let predicate = clause.predicate?;
    let verb = predicate.verb;
    let subject = !matches!(clause.subject, None | Some(Subject::I | Subject::You));
    let passive =
        matches!(predicate.mood, Mood::Passive | Mood::Perfect | Mood::State | Mood::Past) && !predicate.negated;
    // "The budget is fixed" solves nothing; "the bug is fixed", "it has been fixed now" does, and so does "it is resolved".
    let solves = predicate.mood != Mood::Passive
        || words.is_any(verb, phrases!("resolved|solved"))
        || (clause.head..clause.end).any(|at| {
            words.is_any(at, phrases!("issue|bug|problem|error|outage|now|ticket|defect|it|that|this|incident|again|concern|concerns|worry|risk|objection|doubt|dispute"))
        });
    let fixed = SOLVED.has(words.norm(verb))
        && solves
        && (predicate.mood != Mood::Past
            || matches!(clause.subject, Some(Subject::We | Subject::Ours | Subject::Named(_) | Subject::They)));
    let runs = words
        .any_at(
            verb,
            phrases!(
                "working again|working now|back up|back online|working fine|working as expected|up and running|\
            working properly|working great"
            ),
        )
        .is_some();
    let gone = words.any_at(verb, phrases!("gone away|went away")).is_some();
    let over = words.find(phrases!(
        "no longer an issue|no longer a problem|no longer a concern|no longer a risk|no longer in question|off the table|\
        back on track"
    ));
    if let Some(over) = over.filter(|over| clause.head < over.start && over.start < clause.end && subject) {
        // "We stay, the cut is off the table" is about the cut.
        let is_break = |at: &usize| words.has(*at, Class::BREAK) && at + 1 < over.start;
        let head = (clause.head..over.start).rev().find(is_break).map_or(clause.head, |at| at + 1);
        let object = head..subject_end(words, head, over.start);
        return Some(response(clause, ResponseAct::Resolves, Rule::Resolves, object));
    }
    if subject && !predicate.negated && (passive && (fixed || gone) || runs) {
        let object = if words.is_form(verb, Form::PAST)
            && verb + 1 < clause.end
            && matches!(clause.subject, Some(Subject::We | Subject::Ours | Subject::Named(_) | Subject::They))
        {
            verb + 1..clause.end
        } else {
            clause.head..subject_end(words, clause.head, verb)
        };
        return Some(response(clause, ResponseAct::Resolves, Rule::Resolves, object));
    }
    None
}

/// Where the noun phrase before the verb ends: "the issue has been" is about the issue.
fn subject_end(words: &Words<'_>, from: usize, verb: usize) -> usize {
    let mut end = verb;
    while end > from + 1 && words.has(end - 1, Class::BE.or(Class::HAVE).or(Class::ADVERB)) {
        end -= 1;
    }
    end
}

fn fulfilled(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let (at, end) = (clause.head, clause.end);
    if let Some(object) = super::handover::handed_over(clause) {
        return Some(response(clause, ResponseAct::Fulfils, Rule::Fulfils, object));
    }
    if words.any(at, &["done", "sent", "completed", "shipped", "fixed"])
        && (end - at == 1 || words.is_any(at + 1, phrases!("and|it|the|over|this|yesterday|today|now|just")))
        && clause.opens
    {
        return Some(response(clause, ResponseAct::Fulfils, Rule::Fulfils, (at + 1)..end));
    }
    let predicate = clause.predicate?;
    let verb = predicate.verb;
    let past = matches!(predicate.mood, Mood::Past | Mood::Perfect) && !predicate.negated;
    let ours =
        matches!(clause.subject, Some(Subject::I | Subject::We | Subject::Ours | Subject::Named(_) | Subject::They))
            || clause.subject.is_none()
                && clause.opens
                && words.is_any(at, phrases!("sent|shipped|forwarded|shared|uploaded|emailed|updated"));
    let never = words.is(verb.wrapping_sub(1), "never");
    if past && ours && DONE.has(words.lemma(verb)) && !never && !words.is(verb + 1, "off") && verb < end {
        let weak = !(verb..end).any(|index| words.has(index, Class::YOU.or(Class::TIME)))
            && !words.any(verb.wrapping_sub(1), &["just", "already"])
            && !matches!(words.lemma(verb), "send" | "ship" | "deliver" | "complete" | "finish" | "share" | "upload");
        // "I have sent you the report": who gets it is no part of what it is.
        let given = verb + 1 + usize::from(words.has(verb + 1, Class::YOU) && verb + 2 < end);
        let object = super::handover::object(words, given.min(end), end);
        let mut made = response(clause, ResponseAct::Fulfils, Rule::Fulfils, object);
        made.actor = match &clause.subject {
            Some(Subject::Named(name)) => Actor::Named(name.clone()),
            Some(Subject::They) => Actor::Unknown,
            _ => Actor::Author,
        };
        if weak {
            made.reasons.push(Reason::Hedged);
        }
        return Some(made);
    }
    None
}

fn declined(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let predicate = clause.predicate?;
    if !predicate.negated || !matches!(clause.subject, Some(Subject::I | Subject::We)) {
        return None;
    }
    let unable = matches!(predicate.mood, Mood::Can | Mood::Will | Mood::Could)
        && words.find(phrases!("able to|can not|could not")).is_some();
    let unwilling = matches!(predicate.mood, Mood::Will) && words.find(phrases!("not be able to")).is_some();
    let act = words.has(predicate.verb, Class::ACTION)
        && !words.is_any(
            predicate.verb,
            phrases!(
                "find|get|access|open|see|log|figure|wait|help|say|tell|connect|load|reach|commit|promise|guarantee"
            ),
        );
    ((unable || unwilling) && act)
        .then(|| response(clause, ResponseAct::Declines, Rule::Declines, predicate.verb..clause.end))
}

/// "Sure, tomorrow." "Yes, I'll send it": the word that opens the sentence takes on what was asked.
pub(super) fn opening(words: &Words<'_>, prelude: &Prelude, found: &[Candidate]) -> Option<Candidate> {
    let answer = prelude.answer?;
    let promised = found.iter().any(|candidate| candidate.deed == Deed::Commitment);
    let answered = found.iter().any(|candidate| matches!(candidate.deed, Deed::Response(_)));
    let only_time = (prelude.end..words.len()).all(|at| {
        words.has(at, Class::TIME.or(Class::MARK).or(Class::PREPOSITION).or(Class::NUMBER).or(Class::DETERMINER))
    });
    let plain = words.is_any(
        answer,
        phrases!("sure|yes|yep|yeah|ok|okay|absolutely|definitely|certainly|of|no|sounds|will|alright"),
    );
    (plain && !answered && (promised || only_time)).then(|| Candidate {
        deed: Deed::Response(ResponseAct::Accepts),
        rule: Rule::Accepts,
        reasons: Vec::new(),
        clause: answer..words.len(),
        core: prelude.end.min(words.len())..words.len(),
        shape: Shape::Whole,
        actor: Actor::Author,
        target: Target::Open,
        polarity: Polarity::Affirmed,
        condition: None,
    })
}
