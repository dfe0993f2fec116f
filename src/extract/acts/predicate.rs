//! The verb phrase of a clause: its mood and the verb that carries the action.

use std::sync::LazyLock;

use crate::extract::words::{Class, Form, Phrases, Words, phrases};

/// The mood of the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mood {
    Will,
    GoingTo,
    Progressive,
    Can,
    Could,
    Would,
    May,
    Should,
    Need,
    Want,
    Hope,
    Plan,
    Willing,
    Passive,
    Perfect,
    Past,
    Present,
    State,
}

/// The verb phrase of a clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Predicate {
    /// Its mood.
    pub(super) mood: Mood,
    /// Whether it is denied.
    pub(super) negated: bool,
    /// Whether a hedge stands in it.
    pub(super) hedged: bool,
    /// The word that carries the action.
    pub(super) verb: usize,
}

/// Words that may stand between the parts of a verb phrase.
#[derive(Clone, Copy, Default)]
struct Between {
    negated: bool,
    hedged: bool,
}

fn skip_between(words: &Words<'_>, at: usize, seen: &mut Between) -> usize {
    let mut at = at;
    loop {
        if let Some(length) =
            words.any_at(at, phrases!(", of course ,|, as discussed ,|, however ,|, as always ,|, if needed ,"))
        {
            at += length;
            continue;
        }
        if words.has(at, Class::NOT) && !words.is(at, "no") {
            seen.negated = true;
        } else if words.has(at, Class::HEDGE) && !words.has(at, Class::MODAL) {
            seen.hedged = true;
        } else if words.is_any(at, phrases!("uh|um|er|please|more|than|personally|have to|need to"))
            && !words.is_form(at, Form::PAST)
            || words.has(at, Class::ADVERB) && !words.has(at, Class::DETERMINER) && !words.has(at, Class::TIME)
            || words.any(at, &["both", "all", "each", "today", "tomorrow"])
            || is_adverb_shape(words.norm(at))
        {
        } else {
            return at;
        }
        at += 1;
    }
}

fn is_adverb_shape(norm: &str) -> bool {
    norm.len() > 5
        && norm.ends_with("ly")
        && !matches!(norm, "supply" | "reply" | "comply" | "multiply" | "family" | "assembly")
}

/// Reads the verb phrase at `at`.
pub(super) fn predicate(words: &Words<'_>, at: usize, end: usize) -> Option<Predicate> {
    let mut seen = Between::default();
    let at = skip_between(words, at, &mut seen);
    if at >= end {
        return None;
    }
    let (mood, verb) = match words.norm(at) {
        "will" | "shall" => after_will(words, at + 1, &mut seen),
        "can" => (Mood::Can, skip_between(words, at + 1, &mut seen)),
        "could" => (Mood::Could, skip_between(words, at + 1, &mut seen)),
        "may" | "might" => (Mood::May, skip_between(words, at + 1, &mut seen)),
        "would" => after_would(words, at + 1, &mut seen),
        "should" | "must" | "ought" => {
            (Mood::Should, skip_to(words, skip_between(words, at + 1, &mut seen), &mut seen))
        }
        "'s" => after_be(words, at + 1, &mut seen),
        "going" | "gonna" => {
            let next = if words.is(at + 1, "to") { at + 2 } else { at + 1 };
            (Mood::GoingTo, skip_between(words, next, &mut seen))
        }
        "was" | "were" => match after_be(words, at + 1, &mut seen) {
            (Mood::GoingTo | Mood::Plan | Mood::Progressive | Mood::Can | Mood::Willing, verb) => (Mood::State, verb),
            other => other,
        },
        _ if words.has(at, Class::BE) => after_be(words, at + 1, &mut seen),
        _ if words.has(at, Class::HAVE) => after_have(words, at, &mut seen),
        "do" | "does" if words.is(at + 1, "not") => {
            seen.negated = true;
            (Mood::Present, skip_between(words, at + 2, &mut seen))
        }
        "did" if words.is(at + 1, "not") => {
            seen.negated = true;
            (Mood::Past, skip_between(words, at + 2, &mut seen))
        }
        "do" if words.is_form(at + 1, Form::BASE) => (Mood::Present, at + 1),
        _ => plain_verb(words, at, &mut seen)?,
    };
    (verb < end).then_some(Predicate { mood, negated: seen.negated, hedged: seen.hedged, verb })
}

fn skip_to(words: &Words<'_>, at: usize, seen: &mut Between) -> usize {
    if words.at(at, "be able to") {
        return skip_between(words, at + 3, seen);
    }
    if words.is(at, "to") { skip_between(words, at + 1, seen) } else { at }
}

fn after_will(words: &Words<'_>, at: usize, seen: &mut Between) -> (Mood, usize) {
    // "I will have to stop this" tells of a necessity.
    if words.at(at, "have to") && !words.is(at + 2, "be") {
        return (Mood::Need, skip_between(words, at + 2, seen));
    }
    let at = skip_between(words, at, seen);
    if words.at(at, "be") {
        let next = skip_between(words, at + 1, seen);
        if words.at(next, "able to") {
            return (Mood::Will, skip_between(words, next + 2, seen));
        }
        if words.any(next, &["happy", "glad", "pleased", "delighted", "sure"]) && words.is(next + 1, "to") {
            return (Mood::Will, skip_between(words, next + 2, seen));
        }
        if words.is_form(next, Form::ING) && !words.has(next, Class::STATE) {
            return (Mood::Will, next);
        }
        return (Mood::Will, at);
    }
    if let Some(length) = words.any_at(at, &THROUGH)
        && !words.has(at + length, Class::MARK)
        && !words.any_at(at, phrases!("need to|have to|want to")).is_some_and(|_| words.is(at + length, "be"))
    {
        return (Mood::Will, skip_between(words, at + length, seen));
    }
    (Mood::Will, at)
}

fn after_would(words: &Words<'_>, at: usize, seen: &mut Between) -> (Mood, usize) {
    let at = skip_between(words, at, seen);
    if words.at(at, "like to") || words.at(at, "love to") || words.at(at, "prefer to") {
        return (Mood::Want, skip_between(words, at + 2, seen));
    }
    if words.at(at, "be")
        && words.any(at + 1, &["happy", "glad", "pleased", "delighted", "willing"])
        && words.is(at + 2, "to")
    {
        return (Mood::Willing, skip_between(words, at + 3, seen));
    }
    (Mood::Would, at)
}

fn after_be(words: &Words<'_>, at: usize, seen: &mut Between) -> (Mood, usize) {
    let at = skip_between(words, at, seen);
    let to = words.is(at + 1, "to");
    let mood = match words.norm(at) {
        "going" | "about" if to => Mood::GoingTo,
        "able" if to => Mood::Can,
        "happy" | "glad" | "pleased" | "delighted" | "willing" | "ready" | "prepared" if to => Mood::Willing,
        "planning" | "looking" | "aiming" | "scheduled" | "set" | "due" | "intending" | "expecting" | "committed"
            if to =>
        {
            Mood::Plan
        }
        "trying" | "hoping" if to => Mood::Hope,
        "supposed" if to => Mood::Should,
        "to" => return (Mood::Should, skip_between(words, at + 1, seen)),
        "being" => return (Mood::Passive, at + 1),
        _ if words.is_form(at, Form::ING) => return (Mood::Progressive, at),
        _ if words.is_form(at, Form::PARTICIPLE) => return (Mood::Passive, at),
        _ => return (Mood::State, at),
    };
    (mood, skip_between(words, at + 2, seen))
}

fn after_have(words: &Words<'_>, at: usize, seen: &mut Between) -> (Mood, usize) {
    let next = skip_between(words, at + 1, seen);
    if words.is(next, "to") {
        return (Mood::Need, skip_between(words, next + 1, seen));
    }
    if words.at(next, "got to") {
        return (Mood::Need, skip_between(words, next + 2, seen));
    }
    if words.is(next, "been") {
        let inner = skip_between(words, next + 1, seen);
        return (Mood::Perfect, inner);
    }
    if words.is_form(next, Form::PARTICIPLE) {
        return (Mood::Perfect, next);
    }
    (Mood::Present, at)
}

fn plain_verb(words: &Words<'_>, at: usize, seen: &mut Between) -> Option<(Mood, usize)> {
    let mood = match words.lemma(at) {
        "want" | "need" | "like" | "love" | "hope" | "wish" | "plan" | "intend" | "aim" | "expect" | "propose"
        | "try"
            if words.is(at + 1, "to") =>
        {
            let mood = match words.lemma(at) {
                "plan" | "intend" | "aim" | "propose" | "expect" => Mood::Plan,
                "need" => Mood::Need,
                "hope" | "wish" | "try" => Mood::Hope,
                _ => Mood::Want,
            };
            return Some((mood, skip_between(words, at + 2, seen)));
        }
        "" => return None,
        _ if words.is_form(at, Form::PAST) && !words.is_form(at, Form::BASE) => Mood::Past,
        _ if words.is_form(at, Form::BASE | Form::THIRD) => Mood::Present,
        _ => return None,
    };
    Some((mood, at))
}

static THROUGH: LazyLock<Phrases> = LazyLock::new(|| {
    Phrases::new(
        "go ahead and|try and|try to|do my best to|do our best to|make every effort to|\
    attempt to|be sure to|make sure to|remember to|want to|get to|continue to|plan to|go and|come and",
    )
});
