//! Promises in which the subject is said outright, or dropped as chat does.

use std::sync::LazyLock;

use super::super::predicate::{Mood, Predicate};
use super::super::subject::Subject;
use super::{Actor, Candidate, Clause, Deed, Reason, Rule, Shape, Target, elided, third};
use crate::extract::words::{Class, Form, Phrases, Words, phrases};
use crate::model::Polarity;

/// Verbs that one person does: "we'll send" is done by the one who writes it.
static PERSONAL: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "send|call|check|get|ask|forward|email|follow|ping|let|confirm|look|circle|reach|share|schedule|find|\
    mail|loop|resend|remind|write|reply|respond|introduce|connect|touch|attach|update|draft|phone|text|\
    fax|relay|inform|advise|see",
    )
});

/// Verbs whose progressive tells of a hand-over under way.
pub(super) static HANDING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "send|forward|ship|share|email|mail|schedule|book|arrange|get|bring|call|deliver|upload|prepare|\
    draft|write|put|set|follow|reach|meet|loop|escalate|pull|file|finalize|file|fax|waive|join|ping|\
    resend|issue|push|deploy|roll|make|take|attend",
    )
});

/// A promise, if the clause is one.
pub(super) fn find(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let predicate = clause.predicate?;
    let words = clause.words;
    if let Some(found) = third::left_out(clause, predicate) {
        return Some(found);
    }
    match clause.subject.as_ref() {
        Some(Subject::I) => first(clause, predicate, Actor::Author),
        Some(Subject::We) => {
            let personal = PERSONAL.has(words.lemma(predicate.verb));
            first(clause, predicate, if personal { Actor::Author } else { Actor::AuthorSide })
        }
        Some(Subject::Ours) => third::other(clause, predicate, Rule::GroupWill, Actor::AuthorSide),
        Some(Subject::Yours) => third::other(clause, predicate, Rule::ThirdWill, Actor::ReaderSide),
        Some(Subject::Named(_)) if !clause.names_known && !PERSONAL.has(words.lemma(predicate.verb)) => None,
        Some(Subject::Named(range)) => third::other(clause, predicate, Rule::NamedWill, Actor::Named(range.clone())),
        Some(Subject::They) => third::other(clause, predicate, Rule::ThirdWill, Actor::Unknown),
        Some(Subject::You) => third::you_will_get(clause, predicate),
        Some(Subject::It | Subject::Other) => third::passive(clause, predicate),
        None => elided::dropped(clause, predicate),
    }
}

pub(super) fn commit(clause: &Clause<'_, '_>, rule: Rule, predicate: Predicate, actor: Actor) -> Candidate {
    let words = clause.words;
    let verb = predicate.verb;
    let unknown = words.lemma(verb).is_empty() && !words.has(verb, Class::BE);
    let to_reader = (verb..clause.end).any(|at| words.has(at, Class::YOU) || words.is(at, "your"));
    let bare = verb + 1 >= clause.end;
    let candidate = clause
        .candidate(Deed::Commitment, rule, verb, actor)
        .with_if(unknown, Reason::UnknownVerb)
        .with_if(to_reader, Reason::TowardReader)
        .with_if(bare, Reason::Bare)
        .with_if(!bare && is_vague(words, verb, clause.end), Reason::Vague)
        .with_if(is_small_talk(words, verb, clause.end), Reason::SmallTalk)
        .with_if(is_travel(words, verb), Reason::Travel);
    let shape =
        if words.is_form(verb, Form::ING) && !words.is_form(verb, Form::BASE) { Shape::Gerund } else { Shape::Action };
    with_recipient(words, verb, clause.end, candidate.shaped(shape))
}

/// "Look into it", "put that in": no noun, name or number says what it is about, and no time says when.
fn is_vague(words: &Words<'_>, verb: usize, end: usize) -> bool {
    let empty = Class::OBJECT.or(Class::PREPOSITION).or(Class::ADVERB).or(Class::MARK).or(Class::YOU);
    (verb + 1..end).all(|at| {
        words.has(at, empty)
            || words.is_any(at, phrases!("it|that|this|them|those|these|one|over|up|out|back|then|so|do"))
    })
}

/// "send Priya the deck", "send it to Priya": Priya is owed.
fn with_recipient(words: &Words<'_>, verb: usize, end: usize, mut candidate: Candidate) -> Candidate {
    use crate::extract::words::looks_like_name;
    if !GIVING.has(words.lemma(verb)) {
        return candidate;
    }
    let to = (verb + 1..end).find(|&at| {
        words.any(at, &["to", "with"])
            && looks_like_name(words, at + 1)
            && at + 1 < end
            && !words.is_form(at + 1, Form::BASE)
    });
    let direct = (looks_like_name(words, verb + 1) && verb + 1 < end && !words.has(verb + 2, Class::PREPOSITION))
        .then_some(verb + 1);
    let Some(start) = to.map(|at| at + 1).or(direct) else { return candidate };
    let stop = if start + 1 < end && looks_like_name(words, start + 1) { start + 2 } else { start + 1 };
    // A second name after it makes two people.
    if !(words.any(stop, &["and", "&", "/", ",", "'s"]) && (looks_like_name(words, stop + 1) || words.is(stop, "'s")))
        && !words.has(start, Class::NUMBER)
    {
        candidate.target = Target::Named(start..stop);
    }
    candidate
}

fn first(clause: &Clause<'_, '_>, predicate: Predicate, actor: Actor) -> Option<Candidate> {
    let words = clause.words;
    let verb = predicate.verb;
    if predicate.negated {
        return refused(clause, predicate, actor);
    }
    let rule = match predicate.mood {
        Mood::Will => will_rule(words, verb, clause.end)?,
        Mood::GoingTo if undertakes(words, verb, clause.end) => Rule::FirstGoingTo,
        Mood::Progressive if HANDING.has(words.lemma(verb)) && !words.any(verb, &["getting", "looking"]) => {
            Rule::FirstProgressive
        }
        Mood::Can | Mood::Could if undertakes(words, verb, clause.end) && offers(words, clause, verb) => Rule::FirstCan,
        Mood::Plan if undertakes(words, verb, clause.end) => Rule::FirstPlan,
        Mood::Willing if undertakes(words, verb, clause.end) || words.is(verb, "have") => Rule::Willing,
        Mood::Should
            if words.any(words.len().min(verb), &["have", "get", "send", "be"])
                && !words.lemma(verb).is_empty()
                && !words.is(verb, "be") =>
        {
            Rule::FirstShould
        }
        Mood::Present if words.is_any(verb, phrases!("promise|commit|guarantee|undertake|pledge|assure")) => {
            return promise(clause, verb, actor);
        }
        Mood::Progressive
        | Mood::GoingTo
        | Mood::Can
        | Mood::Could
        | Mood::Plan
        | Mood::Willing
        | Mood::Should
        | Mood::Present
        | Mood::Would
        | Mood::May
        | Mood::Need
        | Mood::Want
        | Mood::Hope
        | Mood::Passive
        | Mood::Perfect
        | Mood::Past
        | Mood::State => return None,
    };
    Some(commit(clause, rule, predicate, actor))
}

/// "I promise to send", "we commit to delivering".
fn promise(clause: &Clause<'_, '_>, verb: usize, actor: Actor) -> Option<Candidate> {
    let words = clause.words;
    let mut at = verb + 1;
    while at < clause.end && (words.has(at, Class::YOU) || words.is_any(at, phrases!("to|that|i|we|will|you"))) {
        at += 1;
    }
    (at < clause.end).then(|| {
        let predicate = Predicate { mood: Mood::Will, negated: false, hedged: false, verb: at };
        commit(clause, Rule::FirstPromise, predicate, actor)
    })
}

fn will_rule(words: &Words<'_>, verb: usize, end: usize) -> Option<Rule> {
    let (lemma, norm) = (words.lemma(verb), words.norm(verb));
    if norm == "be" {
        let next = verb + 1;
        let there = words.is_any(
            next,
            phrases!(
                "there|in|on|joining|available|back|ready|at|present|around|attending|sure|your|contacting|\
            responsible|free|online|done"
            ),
        );
        let touch = words.at(next, "in touch") || words.at(next, "back in touch") || words.at(next, "back to you");
        let away = words
            .any_at(
                next,
                phrases!(
                    "in town|on vacation|on holiday|on leave|out|away|at home|in a|in meetings|on pto|in the|at work|\
            on the|back in the|in london"
                ),
            )
            .is_some();
        return (touch || there && !away && !is_post(words, next, end)).then_some(Rule::FirstWillBe);
    }
    if norm == "have" || lemma == "have" {
        return (verb + 1 < end && !words.is(verb + 1, "to")).then_some(Rule::FirstWillHave);
    }
    undertakes(words, verb, end).then_some(Rule::FirstWill)
}

/// "your project manager": who somebody is, not what they will do.
fn is_post(words: &Words<'_>, at: usize, end: usize) -> bool {
    const POSTS: [&str; 7] =
        ["manager", "engineer", "consultant", "director", "executive", "representative", "successor"];
    words.is(at, "your") && (at + 1..end.min(at + 5)).any(|at| words.any(at, &POSTS))
}

/// Says whether the verb takes on an action rather than telling of a state.
pub(super) fn undertakes(words: &Words<'_>, verb: usize, end: usize) -> bool {
    let norm = words.norm(verb);
    if words
        .any_at(
            verb,
            phrases!(
                "see you|see u|see ya|see how|miss|need|be|have to|talk to you|talk soon|speak to you|\
            speak with you soon|admit|bet|tell you what|say that|say this|say|keep my fingers|keep our fingers|\
            hold you to|hold him to|hold her to|hold them to|take that|take your word|nail|owe you|stand in the way|\
            eat my hat|regret|never forget|leave you to it|let you go|hop off|drop off the call"
            ),
        )
        .is_some()
    {
        return false;
    }
    if words.has(verb, Class::STATE) {
        return words.any(verb, &["remember", "expect", "know"]) && words.is(verb + 1, "to");
    }
    if words.has(verb, Class::MARK.or(Class::CLOSED)) && !words.has(verb, Class::DO.or(Class::HAVE).or(Class::ACTION)) {
        return false;
    }
    let idle = !words.lemma(verb).is_empty() && !words.has(verb, Class::ACTION) && !words.is(verb, "ask");
    let bare_see = words.is(verb, "see") && verb + 1 >= end;
    !idle
        && !bare_see
        && !norm.is_empty()
        && verb < end
        && (words.is_form(verb, Form::BASE | Form::ING)
            || words.lemma(verb).is_empty() && norm.chars().all(char::is_alphabetic))
}

/// An ability is an offer only when something is handed over or a time is named.
fn offers(words: &Words<'_>, clause: &Clause<'_, '_>, verb: usize) -> bool {
    let reader = (verb..clause.end).any(|at| words.has(at, Class::YOU));
    let time = (verb..clause.end).any(|at| words.has(at, Class::TIME));
    // "…so I can follow up" tells what for.
    if words.any(clause.segment.words.start, &["so", "that"]) || clause.head > 0 && words.is(clause.head - 1, "so") {
        return false;
    }
    PERSONAL.has(words.lemma(verb)) && !words.any(verb, &["see", "find", "look"]) || reader || time
}

fn refused(clause: &Clause<'_, '_>, predicate: Predicate, actor: Actor) -> Option<Candidate> {
    let words = clause.words;
    let verb = predicate.verb;
    let planned = matches!(predicate.mood, Mood::Will | Mood::GoingTo | Mood::Plan);
    let named = PROJECT.has(words.lemma(verb)) && !words.at(verb.saturating_sub(2), "able to");
    // "We cannot commit to a date".
    let withheld = predicate.mood == Mood::Can && words.any(verb, &["commit", "promise", "guarantee"]);
    // "We will not use this" says of what only to those who were there.
    let says_what = !is_vague(words, verb, clause.end) && !words.has(clause.end - 1, Class::DETERMINER);
    (planned && named && says_what || withheld).then(|| {
        let mut made = commit(clause, Rule::Refused, predicate, actor);
        made.polarity = Polarity::Negated;
        if withheld {
            made.shape = Shape::Whole;
            made.core.start = clause.head;
        }
        made
    })
}

fn is_small_talk(words: &Words<'_>, verb: usize, end: usize) -> bool {
    words
        .any_at(
            verb,
            phrases!(
                "go first|start with|begin with|tell you a|skip|pass|stop|read it out|turn it over|hand it over to|\
            give it a go|move on|share my screen|be brief|be quick|be honest|leave it at that|leave it there|\
            talk about|start|begin|get started|go back|go over|go through|walk through"
            ),
        )
        .is_some()
        && end - verb <= 8
        && !(verb..end).any(|at| words.has(at, Class::TIME))
        || words.find(phrases!("share my screen|for a second|real quick|in a minute|next slide")).is_some()
}

fn is_travel(words: &Words<'_>, verb: usize) -> bool {
    words.is_any(
        verb,
        phrases!(
            "go|going|leave|leaving|fly|flying|travel|arrive|drive|driving|traveling|come|coming|stay|head|run|\
            play"
        ),
    )
}

static GIVING: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "send|give|show|tell|get|forward|call|email|share|ask|ping|mail|remind|introduce|bring|hand|deliver|\
    report|invite|meet|text|update|resend",
    )
});

static PROJECT: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "build|support|include|provide|offer|charge|increase|raise|develop|implement|deliver|add|migrate|\
    cover|extend|customize|change|share|release|waive|integrate|host|raise|commit|ship|promise|bill|\
    deploy|touch|store|use|renew",
    )
});
