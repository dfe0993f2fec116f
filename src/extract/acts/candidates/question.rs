//! Requests in the form of a question.

use std::ops::ControlFlow;
use std::sync::LazyLock;

use super::{Actor, Candidate, Clause, Deed, Reason, Rule};
use crate::extract::words::{Class, Form, Phrases, Words, phrases};

/// A question that starts with its auxiliary or question word, with or without its mark.
pub(super) fn find(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let at = skip_please(words, clause.head);
    let actor = || clause.vocative.clone().map_or(Actor::Reader, Actor::Named);
    if let ControlFlow::Break(found) = can_you(clause, at) {
        return found;
    }
    if words.is_any(at, phrases!("can|could|shall|should|may|might")) && words.has(at + 1, Class::WE.or(Class::I)) {
        let rule = if words.has(at + 1, Class::WE) { Rule::ShallWe } else { Rule::MayI };
        let verb = skip_please(words, at + 2);
        return (verb < clause.end).then(|| clause.candidate(Deed::Request, rule, verb, actor()));
    }
    if words.at(at, "do you mind")
        || words.at(at, "any chance you")
        || words.at(at, "any chance we")
        || words.at(at, "is there any chance")
        || words.at(at, "is it possible")
        || words.at(at, "would it be possible")
        || words.at(at, "is there any way")
        || words.at(at, "is there a way")
    {
        return Some(clause.candidate(Deed::Request, Rule::CanYou, at, actor()).shaped(super::Shape::Whole));
    }
    if words.is(at, "any")
        && clause.opens
        && words.is_any(
            at + 1,
            phrases!(
                "update|updates|news|word|progress|luck|thoughts|chance|idea|feedback|eta|status|movement|comments|\
            ideas"
            ),
        )
    {
        let open = words.any(at + 1, &["thoughts", "comments"]) && !clause.segment.asks;
        return (!open)
            .then(|| clause.candidate(Deed::Request, Rule::AnyUpdate, at, actor()).shaped(super::Shape::Whole));
    }
    None
}

/// "Could you…", "would you mind…ing", "can someone…"; the inner `None` is a question that asks for nothing.
fn can_you(clause: &Clause<'_, '_>, at: usize) -> ControlFlow<Option<Candidate>> {
    let words = clause.words;
    let actor = || clause.vocative.clone().map_or(Actor::Reader, Actor::Named);
    if words.any(at, &["can", "could", "would", "will"]) && words.has(at + 1, Class::YOU)
        || words.any(at, &["can", "could", "would", "will"])
            && words.any(at + 1, &["someone", "anyone", "somebody", "anybody"])
    {
        let mut verb = at + 2;
        if words.at(verb, "mind")
            || words.at(verb, "be able to")
            || words.at(verb, "be willing to")
            || words.at(verb, "be so kind")
        {
            verb += if words.is(verb, "mind") { 1 } else { 3 };
        }
        verb = skip_please(words, verb);
        while words.has(verb, Class::ADVERB.or(Class::HEDGE).or(Class::PLEASE)) && verb + 1 < clause.end {
            verb += 1;
        }
        let social = words.any(verb, &["believe", "imagine"]);
        let asks_opinion = words.is_any(verb, phrases!("have|be|agree|say|like|need|want|prefer|recommend"));
        let person = words.has(at + 1, Class::YOU);
        return ControlFlow::Break((verb < clause.end && !social).then(|| {
            let shape = if words.is_form(verb, Form::ING) { super::Shape::Gerund } else { super::Shape::Action };
            clause
                .candidate(
                    Deed::Request,
                    if asks_opinion { Rule::InfoQuestion } else { Rule::CanYou },
                    verb,
                    if person { actor() } else { Actor::Unknown },
                )
                .shaped(shape)
        }));
    }
    ControlFlow::Continue(())
}

/// Any other clause that a question mark closes.
pub(super) fn any(clause: &Clause<'_, '_>) -> Option<Candidate> {
    let words = clause.words;
    let at = clause.head;
    if is_social(words, at, clause.end) || is_tag(words, clause.end) {
        return None;
    }
    let actor = clause.vocative.clone().map_or(Actor::Reader, Actor::Named);
    if let Some(order) = super::imperative::find(clause) {
        return Some(order);
    }
    if let Some(asked) = super::request::find(clause) {
        return Some(asked);
    }
    let inverted = words.has(at, Class::MODAL.or(Class::BE).or(Class::DO).or(Class::HAVE)) && clause.end - at >= 3;
    let wh = words.has(at, Class::WH) && clause.end - at >= 2;
    let about = words.has(at, Class::PREPOSITION) && words.has(at + 1, Class::WH);
    let rule = if inverted || wh || about { Rule::InfoQuestion } else { Rule::BareQuestion };
    if rule == Rule::BareQuestion
        && (clause.end - at < 2
            && !words
                .is_any(at, phrases!("thoughts|updates|eta|status|progress|when|where|who|comments|ideas|suggestions")))
    {
        return None;
    }
    let rhetorical = words
        .any_at(
            at,
            phrases!(
                "who knows|who cares|why not|what else|guess what|you know|want to|do you want to|are you ready|\
            can you afford|need|did you know|looking for|tired of|ready to|is not it|are not you|does not it"
            ),
        )
        .is_some();
    Some(
        clause
            .candidate(Deed::Request, rule, at, actor)
            .shaped(super::Shape::Whole)
            .with_if(rhetorical, Reason::SmallTalk),
    )
}

fn skip_please(words: &Words<'_>, at: usize) -> usize {
    if words.has(at, Class::PLEASE) { at + 1 } else { at }
}

fn is_social(words: &Words<'_>, at: usize, end: usize) -> bool {
    static SOCIAL: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::new(
            "how are you|how is it going|how are things|how have you been|how was your|how are the|\
        how is everything|how goes|what is up|how do you do|are you well|you ok|you there|how is life|\
        how was the|is everyone|how you doing|how are we|how is your day|how is your week|what is new|\
        can you hear me|can you see my|sound good|sounds good|make sense|does that make sense|is that right|\
        right|ok|okay|really|is it|yes|no|huh|what|who am i|have a",
        )
    });
    words.any_at(at, &SOCIAL).is_some_and(|length| length > 1 || end - at == 1)
}

/// "…, isn't it?", "…, right?": asks for agreement only.
fn is_tag(words: &Words<'_>, end: usize) -> bool {
    let Some(start) = end.checked_sub(3) else { return false };
    words.has(start, Class::BE.or(Class::DO).or(Class::MODAL))
        && words.is(start + 1, "not")
        && words.any(start + 2, &["it", "they", "he", "she", "that"])
        && words.has(start.wrapping_sub(1), Class::BREAK)
}
