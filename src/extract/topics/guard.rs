//! What takes a rule's words back: negation before them, a question, a condition, a problem that is over,
//! a seller speaking of what is sold.

use std::sync::OnceLock;

use regex::bytes::Regex;

use super::pattern::compile;
use super::rules::{Allow, Rule, Voice};
use crate::model::{FactKind, Side};

/// The sentence as the guards see it.
pub(super) struct Heard<'a> {
    /// Lower-case words of the sentence; same length as the original.
    pub(super) lower: &'a [u8],
    /// Where the rule's trigger stands.
    pub(super) start: usize,
    /// Side of the speaker.
    pub(super) side: Option<Side>,
}

/// Says whether `rule` stands in this sentence in spite of what is around it.
pub(super) fn stands(rule: &Rule, heard: &Heard<'_>) -> bool {
    let before = &heard.lower[..heard.start];
    voice_fits(rule.voice, heard.side, heard.lower)
        && (rule.allows(Allow::Question) || !is_question(heard.lower))
        && (rule.allows(Allow::Negation) || !matches(&NEGATED, before))
        && (rule.allows(Allow::Condition) || !matches(&CONDITION, before))
        && (rule.allows(Allow::Over) || !is_over(heard.lower))
        && !matches(&SOCIAL, heard.lower)
        && !(is_of_work(rule.kind) && matches(&EVERYDAY, heard.lower))
        && fits_kind(rule, heard.lower)
}

fn voice_fits(voice: Voice, side: Option<Side>, lower: &[u8]) -> bool {
    match voice {
        Voice::Any => true,
        Voice::Customer => side != Some(Side::Vendor) || matches(&RELAYED, lower),
        Voice::CustomerOnly => side != Some(Side::Vendor),
    }
}

/// Says whether facts of a kind are about work with us, and not about a person or their day.
fn is_of_work(kind: FactKind) -> bool {
    !matches!(kind, FactKind::Preference | FactKind::SensitiveTopic)
}

/// Words that a rule's kind does not go with, whatever its pattern says.
fn fits_kind(rule: &Rule, lower: &[u8]) -> bool {
    match rule.kind {
        FactKind::Risk => !matches(&ASSURED, lower),
        FactKind::Objective => !matches(&NO_GOAL, lower),
        FactKind::Metric => matches(&FIGURE, lower) && !matches(&MEASURED, lower),
        FactKind::Requirement => !matches(&NO_NEED, lower),
        FactKind::Preference => !matches(&ONE_OFF, lower),
        FactKind::OpenIssue => !matches(&NO_DEFECT, lower),
        FactKind::Commitment
        | FactKind::Request
        | FactKind::Decision
        | FactKind::PainPoint
        | FactKind::SensitiveTopic
        | FactKind::BuyingMotivation
        | FactKind::Customization
        | FactKind::ExpansionSignal => true,
    }
}

fn is_question(lower: &[u8]) -> bool {
    lower.iter().rev().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| *byte == b'?')
}

fn is_over(lower: &[u8]) -> bool {
    matches(&OVER, lower) && !matches(&NOT_OVER, lower)
}

/// A pattern that is compiled when first needed.
#[derive(Debug)]
pub(super) struct Lazy {
    source: &'static str,
    /// Whether it must stand at the start of what is searched.
    at_start: bool,
    regex: OnceLock<Option<Regex>>,
}

impl Lazy {
    /// A pattern in the language of [`super::pattern`].
    pub(super) const fn new(source: &'static str) -> Self {
        Self { source, at_start: false, regex: OnceLock::new() }
    }

    /// The same, for the very start of what is searched.
    pub(super) const fn at_start(source: &'static str) -> Self {
        Self { source, at_start: true, regex: OnceLock::new() }
    }

    /// The compiled pattern.
    pub(super) fn get(&self) -> Option<&Regex> {
        let anchor = if self.at_start { "^" } else { "" };
        self.regex.get_or_init(|| compile(&format!("{anchor}{}", self.source))).as_ref()
    }
}

fn matches(pattern: &Lazy, text: &[u8]) -> bool {
    pattern.get().is_some_and(|regex| regex.is_match(text))
}

/// A negation within three words before the match.
static NEGATED: Lazy = Lazy::new(
    r"\b(?:no|not|never|without|none|nothing|hardly|cannot|neither|zero|nobody|n't|dont|doesnt|isnt|arent|wasnt|wont|cant|havent|hasnt)[\s,]+(?:[^\s.,;!?]+[\s]+){0,2}$",
);
/// No threat: a seller who promises nothing, an answer to somebody's worry, nothing changed on one's own side.
static ASSURED: Lazy = Lazy::new(
    r"(?:\b(?:i|we) (?:\S+ ){0,2}?(?:can't|cannot|can not|don't|do not|didn't|did not|won't|will not|wouldn't|would not|never) (?:\S+ ){0,3}?promised?\b|^\W*not promised|\b(?:fair|valid|good|understandable|legitimate) (?:worry|concern|point|question)|(?:from|on) (?:my|our) (?:side|end|part),? nothing (?:has )?changed|only (?:active|available|used|enabled|visible) (?:in|for|on) (?:your|their|our|this|the|that)\b|(?:quote|offer|proposal|demo|bid) from (?:me|us)\b)",
);
/// What only sounds like a goal.
static NO_GOAL: Lazy = Lazy::new(
    r"\b(?:(?:custom|special|new) (?:\S+ )?priority|priority (?:rules?|queues?|lanes?|tickets?|levels?|support|list|mail|flag|field)|(?:high|low|medium|top)-priority (?:tickets?|issues?|bugs?)|goal ?keeper)\b",
);
/// A measure stands only with a figure.
static FIGURE: Lazy = Lazy::new(
    r"(?:\d|%|\b(?:percent|half|halve|twice|double|a third|a quarter|zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)\b)",
);
/// How something was measured is no measure.
static MEASURED: Lazy = Lazy::new(r"(?:^\W*(?:i|we) measured|\b(?:i|we)(?:'ll| will) measure)\b");
/// A guess ("must have been"), or a consequence whose requirement stands before it.
static NO_NEED: Lazy = Lazy::new(r"(?:\bmust(?: have|'ve) (?:been|\w+ed|had|got|gone)\b|^\W*otherwise\b)");
/// Logistics of one day, or what the speaker is about to do.
static ONE_OFF: Lazy = Lazy::new(
    r"(?:\b(?:can't|cannot|can|could|won't) (?:join|make|attend|come|do)\b|\b(?:kick-?off|today|tomorrow|tonight|this (?:week|morning|afternoon|time)|next (?:week|monday|tuesday|wednesday|thursday|friday))\b|\b(?:i|we)(?: will|'ll|\xe2\x80\x99ll|ll) (?:ask|send|call|check|speak|talk|discuss|look|get))",
);
/// People who failed at something of their own, and things about the house.
static NO_DEFECT: Lazy = Lazy::new(
    r"(?:\b(?:we|i|they|you|he|she) (?:have |has |had |almost |nearly )?failed\b[^a-z]*(?:$|the (?:audit|test|exam)|an? )|\b(?:door|window|chair|desk|car|truck|coffee machine|heating|air conditioning|toilet)s? (?:is|are|was)\b)",
);
/// A condition that opens the clause before the match.
static CONDITION: Lazy = Lazy::new(
    r"(?:^|[\s,(])(?:if|in case|whenever|should (?:you|there|any)|let's say|suppose|imagine|hypothetically|what if|in the event)\b[^.;!?]*$",
);
/// Words that say that a problem is over.
static OVER: Lazy = Lazy::new(
    r"\b(?:(?:is|are|was|were|been|got|gets|now|has|have|being) (?:now |all |already |finally |since |quickly )*(?:fixed|resolved|solved|sorted|settled|closed|cleared|lifted|restored|addressed|patched)\b|no longer (?:a|an|an issue|occurs|happens|see|seeing|have|seems)|works? (?:again|fine|now|perfectly)|working (?:again|fine|now|as expected)|back (?:to normal|up|on track|online)|under control|behind us|all good|went away|used to be|(?:you|we|they) (?:fixed|solved|resolved|sorted) (?:it|this|that|the)|good news|turned out (?:great|fine|well)|taken care of|no findings|at first but|are confident|is confident|approved the|thanks for (?:fixing|solving|resolving|sorting))",
);
/// Words that take that back.
static NOT_OVER: Lazy = Lazy::new(
    r"\b(?:not (?:yet |been |really |fully )*(?:fixed|resolved|solved|sorted|settled|closed|working|signed)|n't (?:yet |been |really |fully )*(?:fixed|resolved|solved|sorted|settled|closed|work)|until|unless|still|again (?:and again|today)|supposed to|should have been|keeps? |before it is|needs? to be|must be|has to be|wants? (?:it|this|that) )",
);
/// Courtesies in which risk words mean nothing.
static SOCIAL: Lazy = Lazy::new(
    r"(?:hesitate to (?:contact|call|reach|ask|write|get in)|no worries|don't worry|not to worry|any (?:questions|concerns|issues|problems)(?: or (?:questions|concerns|issues|problems))? (?:please |just |feel |do )?(?:let|call|contact|reach|write|free|not hesitate)|let (?:me|us) know (?:if|when|should) (?:you|there|anything|any)|sorry (?:for|about) the (?:confusion|late|delay in (?:getting|responding|replying|my)|delayed (?:reply|response)|slow (?:reply|response))|apologies for the (?:late|delay in|delayed|slow) (?:reply|response|getting|responding|replying))",
);
/// Matters of the day that have nothing to do with the account.
static EVERYDAY: Lazy = Lazy::new(
    r"(?:% off|\b(?:free shipping|click here|unsubscribe|limited time|received this (?:message|e-?mail)|credit card|debit card|restaurant|parking|park(?:ed|ing)? (?:lot|garage)|train|station|by car|flight|hotel|airport|weekend|lunch|dinner|breakfast|elevator|lift|printer|coffee|weather|traffic|home by|holiday|vacation|hiking|goals? (?:of|for) (?:this|the|our|today's|tomorrow's) (?:meeting|call|session|workshop|webinar)|objectives? (?:of|for) (?:this|the|our|today's|tomorrow's) (?:meeting|call|session|workshop|webinar)|for today's (?:call|meeting)|size of the attachment|calendar invite|webinar|newsletter|conference room|video call)\b)",
);
/// A seller repeating what the customer said.
static RELAYED: Lazy = Lazy::new(
    r"\b(?:(?:you|they|he|she|customer|client) (?:also |both |all |then )?(?:mentioned|said|told|noted|explained|stressed|confirmed|stated|indicated|asked|want|wants|need|needs|require|requires|hope|hopes|prefer|prefers|plan|plans|expect|expects|are (?:looking|trying|hoping|struggling)|struggle)|(?:your|their|customer's) (?:main |primary |key |top |biggest |number one |big )?(?:goal|objective|priority|aim|target|requirement|need|pain|concern|challenge)s?)\b",
);
