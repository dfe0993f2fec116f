//! Orders: "please send…", "let me know whether…", "review the draft".

use std::ops::ControlFlow;
use std::sync::LazyLock;

use super::super::segment;
use super::{Actor, Candidate, Clause, Deed, Reason, Rule};
use crate::extract::words::{Class, Form, Phrases, Words, phrases};

/// A request in the form of an order, if the clause is one.
pub(super) fn find(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    if let Some(found) = super::elided::elliptic(clause) {
        return Some(found);
    }
    let mut at = clause.head;
    while words.has(at, Class::OPENER.or(Class::ADVERB))
        && !words.has(at, Class::PLEASE.or(Class::THANKS))
        && at + 1 < clause.end
        && words.has(at + 1, Class::PLEASE)
    {
        at += 1;
    }
    let polite = words.has(at, Class::PLEASE);
    if polite {
        at += 1;
        while words.has(at, Class::ADVERB)
            || words.is(at, "do") && words.is_form(at + 1, Form::BASE)
            || words.is(at, "also")
        {
            at += 1;
        }
    }
    if at >= clause.end {
        return None;
    }
    // "Setup invoice is moved", "Test feed has stopped" tell; the noun after the first word has a verb of its own.
    let tells = !polite
        && !words.has(at + 1, Class::CLOSED.or(Class::MARK))
        && words.any(at + 2, &["is", "are", "was", "were", "has", "have"]);
    if tells {
        return None;
    }
    match set_phrase(clause, at, polite) {
        ControlFlow::Break(found) => found,
        ControlFlow::Continue(()) => order(clause, at, polite),
    }
}

fn request(clause: &Clause<'_, '_>, rule: Rule, at: usize) -> Candidate {
    let actor = clause.vocative.clone().map_or(Actor::Reader, Actor::Named);
    clause.candidate(Deed::Request, rule, at, actor)
}

/// "Let me know", "let's", "make sure", "feel free": phrases that are a request or are surely none.
fn set_phrase(clause: &Clause<'_, '_>, at: usize, polite: bool) -> ControlFlow<Option<Candidate>> {
    let words = clause.words;
    let build = |rule| request(clause, rule, at);
    if let Some(length) = words.any_at(
        at,
        phrases!(
            "let me know|let us know|lmk|keep me posted|keep us posted|keep me updated|keep me in the loop|\
            let him know|let her know|let them know"
        ),
    ) {
        return ControlFlow::Break((!is_open_offer(words, at + length, clause.end)).then(|| {
            build(Rule::LetKnow).with_if(polite, Reason::Polite).with_if(at + length >= clause.end, Reason::Bare)
        }));
    }
    if words.any_at(at, phrases!("let us|let 's")).is_some() {
        let idle = words.is_any(at + 2, phrases!("see|say|hope|face|not|just|be|go|start|move|go"));
        return ControlFlow::Break(
            (!idle).then(|| clause.candidate(Deed::Request, Rule::LetUs, at + 2, Actor::Unknown)),
        );
    }
    if words
        .any_at(
            at,
            phrases!("do not forget to|be sure to|make sure|do not hesitate|feel free|do not|no need|never mind"),
        )
        .is_some()
    {
        let asks = words.any_at(at, phrases!("do not forget to|be sure to|make sure")).is_some()
            || polite && words.at(at, "do not") && !words.is(at + 2, "hesitate");
        return ControlFlow::Break(asks.then(|| build(if polite { Rule::Please } else { Rule::Imperative })));
    }
    if words.any_at(at, phrases!("let me|let it|let you|allow me")).is_some() || is_formula(words, at, clause.end) {
        return ControlFlow::Break(None);
    }
    ControlFlow::Continue(())
}

/// An order by its verb.
fn order(clause: &Clause<'_, '_>, at: usize, polite: bool) -> Option<Candidate> {
    let words = clause.words;
    let build = |rule| request(clause, rule, at);
    let verb = words.is_form(at, Form::BASE)
        || polite && !words.has(at, Class::CLOSED.or(Class::MARK)) && words.lemma(at).is_empty();
    if polite {
        let noted = words
            .any_at(at, phrases!("note|be aware|be advised|keep in mind|bear in mind|remember|understand"))
            .is_some();
        let be = words.any(at, &["be", "do", "have", "let"]);
        return (verb || be).then(|| {
            build(Rule::Please)
                .with_if(noted, Reason::SmallTalk)
                .with_if(words.any_at(at, &CLICKS).is_some(), Reason::Boilerplate)
        });
    }
    let trailing = words.has(clause.end.saturating_sub(1), Class::PLEASE);
    if !verb || words.has(at, Class::STATE) || !words.has(at, Class::ACTION) && !trailing {
        return None;
    }
    if words.is_any(at, phrases!("thank|help|go|say|look|plan|offer|post|mail|set|let|see|come|start|stop|read"))
        && clause.end - at == 1
    {
        return None;
    }
    let person = words.is_any(at, phrases!("bill|mark|grant|rob|drew|frank|jack|pat|sue|will|chase"));
    if person && words.is_capital(at) && words.is_capital(at + 1) {
        return None;
    }
    let object = has_object(words, at, clause.end);
    if words.has(at, Class::NOUNISH) && !object {
        return (trailing || clause.vocative.is_some()).then(|| build(Rule::Imperative));
    }
    (object || clause.end - at >= 2).then(|| {
        build(Rule::Imperative)
            .with_if(trailing, Reason::Polite)
            .with_if(words.any_at(at, &CLICKS).is_some(), Reason::Boilerplate)
            .with_if(!object, Reason::NounLike)
    })
}

static CLICKS: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "click|unsubscribe|visit our|act now|shop|copy and paste|download|follow us|like us|save up|\
    learn more|read more|view this|sign up|get your|enter to win|add us|see more|find out|discover|\
    retweet|start your|claim|act today|order now|check out our",
    )
});

/// "…if you have any questions", "…if I can help": an open offer.
fn is_open_offer(words: &Words<'_>, at: usize, end: usize) -> bool {
    let help = &[
        "question",
        "questions",
        "concern",
        "concerns",
        "need",
        "help",
        "else",
        "problems",
        "issues",
        "clarification",
        "further",
        "assist",
        "comments",
        "trouble",
        "assistance",
        "anything",
    ];
    words.any(at, &["if", "should", "of"])
        && words.any_at(at, phrases!("if you need me to")).is_none()
        && (at..end).any(|index| help.contains(&words.norm(index)))
}

/// Formulas in the form of an order that ask for nothing.
fn is_formula(words: &Words<'_>, at: usize, end: usize) -> bool {
    static FORMULAS: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "have a|have fun|take care|keep up|enjoy|see attached|see the|see our|email from|report from|\
        see below|see you|find attached|find enclosed|find below|find the attached|see the attached|\
        accept my|accept our|excuse|forgive|call me crazy|speak soon|talk soon|talk to you|look forward|\
        looking forward|hope|thank|thanks|say hi|say hello|give my|wish|congrats|welcome|good|happy|merry|\
        hang in|keep well|stay safe|stay tuned|rest assured|believe me|trust me|mind you|never mind|come on|\
        wait|hold on|guess what|see also|pardon|hear back|sound good|sounds|work with|feel better|be well|\
        find as attached|regard|disregard the typo|see ya|see u|look|appreciate|love|miss|go figure|fyi|\
        need|help is|plan is|will",
        )
    });
    words.any_at(at, &FORMULAS).is_some()
        && !(words.at(at, "look") && words.any(at + 1, &["into", "at", "over", "up", "for"]))
        && end > at
}

/// Says whether an object or complement follows the verb at `at`, as after a verb and not after a noun.
fn has_object(words: &Words<'_>, at: usize, end: usize) -> bool {
    let next = at + 1;
    if next >= end {
        return false;
    }
    let particle = words
        .is_any(next, phrases!("up|out|back|down|over|off|to|with|by|at|on|into|for|in|through|around|about|from"));
    if words.has(next, Class::BE.or(Class::MODAL).or(Class::HAVE)) || words.is(next, "of") {
        return false;
    }
    if words.is_any(next, phrases!("for|on|from|in|at|with|to|by")) {
        // "Call on Monday", "Report on usage": a noun is as likely; only plain verbs take these.
        return !words.has(at, Class::NOUNISH)
            || words.is_any(at, phrases!("call|follow|check|reach|talk|work|look|sign|log|reply|email|contact|loop"))
                && end - next > 1;
    }
    words.has(
        next,
        Class::DETERMINER
            .or(Class::OBJECT)
            .or(Class::ADDRESS)
            .or(Class::NUMBER)
            .or(Class::WH)
            .or(Class::YOU)
            .or(Class::IT),
    ) || particle
        || crate::extract::words::looks_like_name(words, next)
        || !words.has(at, Class::NOUNISH)
        || segment::starts_clause(words, next)
        || words.any(next, &["if", "whether", "that", "when"])
}
