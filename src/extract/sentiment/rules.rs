//! Corrections of the model by words whose meaning in work mail is plain.

use std::sync::OnceLock;

use regex::bytes::{Regex, RegexBuilder};

use super::Scored;

/// What a pattern does to what the model says.
#[derive(Clone, Copy, Debug)]
enum Effect {
    /// The sentence is a courtesy: nothing can be read from it.
    Courtesy,
    /// Warm words that are no praise: not positive.
    NoPraise,
    /// At least this likely negative.
    Negative(f32),
    /// At least this likely positive.
    Positive(f32),
}

impl Effect {
    fn on(self, Scored { negative, positive }: Scored) -> Scored {
        // What one class gains, the others lose in proportion.
        let rest = |least: f32, now: f32| if now < least { (1.0 - least) / (1.0 - now).max(1e-3) } else { 1.0 };
        match self {
            Self::Courtesy => Scored { negative: negative.min(0.03), positive: positive.min(0.03) },
            Self::NoPraise => Scored { negative, positive: positive.min(0.1) },
            Self::Negative(least) => {
                Scored { negative: negative.max(least), positive: positive * rest(least, negative) }
            }
            Self::Positive(least) => {
                Scored { negative: negative * rest(least, positive), positive: positive.max(least) }
            }
        }
    }
}

/// Patterns over lower-case words, in the order in which they are applied; a later one has the last word.
const RULES: [(&str, Effect); 16] = [
    // A courtesy alone, names and punctuation aside.
    (
        r"^\W*(?:(?:many |kind |best |warm |warmest |kindest )?(?:regards|wishes|cheers)|(?:many |kind )?(?:thanks|thank you|thx),?(?: (?:a lot |so much |very much )?(?:in advance|and (?:kind |best |warm )?(?:regards|wishes)))|(?:i )?hope (?:you are|you're|this (?:e?-?mail|note|message) finds you|you had|all is|everything is|you)\b.*|looking forward to .*|(?:hi|hello|dear|hey|good (?:morning|afternoon|day))\b.{0,30}|have a (?:good|great|nice|lovely)\b.*|see you .{0,30}|(?:please )?let me know.{0,60}|sincerely.{0,20}|yours .{0,20})\W*(?:[a-z]+\W*){0,3}$",
        Effect::Courtesy,
    ),
    (r"\b(?:thanks|thank you) (?:so much |very much )?in advance\b", Effect::NoPraise),
    (r"^\W*(?:please|could you|can you|would you|kindly)\b[^!]*(?:thanks|thank you)\W*$", Effect::NoPraise),
    (
        r"\b(?:happy|glad) to (?:help|jump|discuss|join|answer|talk|send|share|assist|chat|walk|set)\b|\bfeel free\b",
        Effect::NoPraise,
    ),
    // Thanks for what everybody does: writing, meeting, telling.
    (
        r"\b(?:thanks|thank you)\b(?: \w+){0,2}? for (?:(?:your|the|this|that|our|a) (?:\w+ )?(?:e-?mails?|messages?|notes?|reply|answer|response|time|interest|understanding|call|chat|meeting|invitation|invite|introduction|intro|reminder|confirmation|information|info|minutes|documents?|files?|slides)|(?:confirming|getting back|coming back|joining|sending|sharing|letting|reaching out|writing|attending|taking the time|meeting))\b",
        Effect::NoPraise,
    ),
    // A done thing gratefully received.
    (
        r"\b(?:thanks|thank you|appreciate|grateful)\b[^.]{0,40}\b(?:fix|fixing|fixed|quick|fast|help|helping|support|great|solving|resolved|resolving|effort|sorting|turnaround|patience|work)\b|\bworks? (?:perfectly|great|like a charm|well now|fine now|again)\b",
        Effect::Positive(0.6),
    ),
    // Failures told calmly.
    (
        r"\b(?:failed|fails|failing|crashed|crashes|crashing|broke|broken|stopped working|timed out|timing out|doesn't work|does not work|didn't work|not working|isn't working|went down|is down|are down|was down|keeps? (?:failing|crashing|breaking|happening|timing|disconnecting|getting))\b(?: \w+){0,3}?(?: (?:again|once more|since|after|last night|this morning|today|yesterday|still|every|for the)\b)",
        Effect::Negative(0.6),
    ),
    (
        r"\b(?:still|we are|been|we're|i'm|i am|kept) (?:still )?waiting (?:for|on|since|weeks)\b|\bstill (?:no (?:reply|answer|response|update|news|fix|sign|progress)|not (?:fixed|resolved|working|solved|received|available|done|there)|haven't|have not|hasn't|isn't|doesn't|does not|waiting|broken|failing|unresolved|can't|cannot)",
        Effect::Negative(0.6),
    ),
    (
        r"\b(?:second|third|fourth|fifth|2nd|3rd|4th|nth|umpteenth) (?:time|outage|incident|account manager|month in a row|week in a row|attempt|failure|reminder|follow-up|escalation)\b|\bfor the (?:second|third|fourth|fifth) time\b|\bhow many (?:more )?times\b|\b(?:once|yet) again\b.{0,30}\b(?:wrong|down|late|fail|broken|missing|error)",
        Effect::Negative(0.6),
    ),
    (
        r"\b(?:wrong|incorrect|missing|duplicated|down|slow|late|delayed|broken) (?:once )?(?:again|once more)\b|\bagain (?:down|wrong|late|missing|broken)\b|\b(?:we|i|they|users?|nobody|colleagues?|our \w+|my \w+) (?:still )?(?:cannot|can't|can not|are unable to|am unable to) (?:log in|login|access|open|export|import|upload|download|save|connect|work)\b|\bkeep(?:s)? (?:happening|failing|crashing|getting (?:logged|an? error|errors))",
        Effect::Negative(0.6),
    ),
    (
        r"\b(?:nobody|no one|no-one) (?:\w+ ){0,3}(?:back|answer\w*|repl\w+|respond\w*|told|informed|picks? up|care\w*)\b|\bpromised\b.{0,60}\b(?:but|nothing|never|not|still)\b|\bunacceptable\b|\b(?:very|really|quite|bit|so|was|am|are|is|were|i'm|we're|deeply|rather|honestly|frankly) disappoint(?:ed|ing)\b|\bfed up\b|\blosing (?:patience|trust|confidence|faith)\b|\bnot (?:happy|satisfied|pleased|impressed|acceptable|good enough)\b|\bwaste of (?:time|money)\b|\blet down\b",
        Effect::Negative(0.7),
    ),
    (
        r"\b(?:had|have|got|received) no (?:reply|answer|response|update)\b|\b(?:has|have) not (?:yet |been )*(?:received|arrived|answered|fixed|solved|resolved|delivered|come back)\b|\b(?:hasn't|haven't) (?:yet |been )*(?:received|arrived|heard|answered|fixed|delivered)\b|\b(?:we|i|they|colleagues|users|team) (?:have |had to |are )?(?:gone?|went|going|roll|rolled|switched) back to (?:paper|excel|spreadsheets?|the (?:old|spreadsheets?))\b",
        Effect::Negative(0.55),
    ),
    // Sarcasm: praise in front of trouble.
    (
        r"^\W*(?:great|wonderful|fantastic|awesome|brilliant|perfect|lovely|nice|super|excellent|well done|congratulations|amazing)\W+(?:so |and )?now (?:nobody|no one|none|nothing|the|we|i|it)\b",
        Effect::Negative(0.7),
    ),
    (
        r"^\W*(?:great|wonderful|fantastic|awesome|brilliant|perfect|lovely|nice|super|excellent|just great|oh great)\b[\s,.!]+(?:\w+ ){0,4}?(?:another|again|yet|down|broken|outage|crash\w*|fail\w*|error\w*|delay\w*|late|bug\w*|slower)\b|\bthanks for nothing\b|\byeah,? right\b|\bas (?:always|usual)[,.]? (?:late|broken|down|no|nothing|slow)|👎|🙄|😡|🤬|😠|\b(?:wtf|fucking|bullshit|crappy|shitty|ffs)\b",
        Effect::Negative(0.7),
    ),
    (
        r"^\W*if (?:\w+ ){0,4}(?:fails?|breaks?|crashes|problems?|issues?|errors?|does not|doesn't)\b.{0,60}(?:try|call|please|let|contact|open|restart)",
        Effect::Courtesy,
    ),
    (r"👏|🎉|😍|❤|🥳|🙌|💯", Effect::Positive(0.6)),
];

/// What the model says, after the rules.
pub(super) fn correct(words: &str, scored: Scored) -> Scored {
    let lower = words.to_lowercase().replace('’', "'");
    let mut scored = scored;
    for (at, (_, effect)) in RULES.iter().enumerate() {
        if compiled().get(at).is_some_and(|regex| regex.is_match(lower.as_bytes())) {
            scored = effect.on(scored);
        }
    }
    scored
}

/// The mood of a sentence without words: a thumb, a face.
pub(super) fn marks(marks: &str) -> Option<Scored> {
    let any = |set: &[&str]| set.iter().any(|mark| marks.contains(mark));
    if any(&["👎", "😡", "😠", "🤬", "😞", "😢", "🙄", "😤", ":(", ":-("]) {
        Some(Scored { negative: 0.6, positive: 0.05 })
    } else if any(&["👍", "👏", "🎉", "❤", "😀", "😃", "😊", "🙌", "🥳", "😍", "🙏", ":)", ":-)", ":D"])
    {
        Some(Scored { negative: 0.05, positive: 0.6 })
    } else {
        None
    }
}

fn compiled() -> &'static [Regex] {
    static COMPILED: OnceLock<Vec<Regex>> = OnceLock::new();
    COMPILED.get_or_init(|| {
        RULES.iter().filter_map(|(source, _)| RegexBuilder::new(source).unicode(false).build().ok()).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        assert_eq!(compiled().len(), RULES.len());
    }
}
