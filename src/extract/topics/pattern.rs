//! The small language in which rules are written, compiled to regular expressions over lower-case ASCII words.
//!
//! | written | means |
//! |---|---|
//! | `<risk of\|worried>` | the trigger: one of these literals, at a word's start; once in every pattern |
//! | a blank | white space, a comma between words included; with `?`, perhaps none |
//! | `~3` between blanks | at most three words |
//! | `'` | a straight, curly or missing apostrophe |
//! | `{we}` | one of the shared word groups of [`MACROS`] |
//!
//! Everything else is regular expression syntax.

use regex::bytes::{Regex, RegexBuilder};

/// Word groups used by many rules.
const MACROS: [(&str, &str); 12] = [
    ("{we}", r"(?:we|i|our (?:\w+ )?(?:team|company|people|side|users|staff|management|planners|reps|customers))"),
    ("{they}", r"(?:they|he|she|the (?:customer|client|account|team)|their (?:\w+ )?\w+|[a-z]+)"),
    ("{our}", r"(?:our|my|their|the|his|her)"),
    ("{be}", r"(?:is|are|was|were|be|been|being|'s|'re|am|'m)"),
    ("{have}", r"(?:have|has|had|'ve|'s|'d)"),
    ("{not}", r"(?:not|n't|never|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't|wasn't|hasn't|haven't)"),
    (
        "{want}",
        r"(?:want|wants|need|needs|would like|'d like|hope|hopes|are hoping|is hoping|'re hoping|am hoping|aim|aims|plan|plans|intend|intends|are looking|is looking|'re looking|am looking|are trying|is trying|'re trying|am trying|wish)",
    ),
    (
        "{system}",
        r"(?:system|tool|software|solution|platform|product|app|application|module|integration|vendor|provider|supplier)s?",
    ),
    ("{num}", r"(?:\$|€|£)?\d[\d.,]*(?:k|m|bn)?(?:\s?(?:%|percent|per cent))?"),
    (
        "{number}",
        r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|hundred|several|a few|a couple of|a dozen|half a)",
    ),
    ("{period}", r"(?:second|minute|hour|day|week|month|quarter|year)s?"),
    ("{name}", r"(?:[a-z][\w-]+)"),
];

/// "isn't", "don't" and "dont"; written without an apostrophe of the language, which may be missing, or "want" would
/// be a negation. What follows in a pattern stands after the whole word.
const NEGATION: &str =
    r"(?:\w+n(?:\x27|\xe2\x80\x99)t|(?:do|does|did|is|are|was|were|wo|ca|could|would|should|have|has|had|must)nt)\b";

/// The literals of a pattern's trigger.
pub(super) fn triggers(source: &'static str) -> Vec<&'static str> {
    match (source.find('<'), source.find('>')) {
        (Some(open), Some(close)) if open < close => source[open + 1..close].split('|').collect(),
        (None, _) | (_, None) | (Some(_), Some(_)) => Vec::new(),
    }
}

/// What a trigger begins with, each time it stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// The trigger stands where a word begins with these letters.
    Here(&'static str),
    /// A word that begins with these letters follows its first letters, which end another word ("n't sure", "'d like").
    Later(&'static str),
    /// Anything.
    Unknown,
}

/// How the trigger of a pattern can begin.
pub(super) fn openings(source: &'static str) -> Vec<Opening> {
    let (Some(open), Some(close)) = (source.find('<'), source.find('>')) else { return vec![Opening::Unknown] };
    let Some(trigger) = source.get(open + 1..close) else { return vec![Opening::Unknown] };
    branches(trigger).into_iter().map(opening).collect()
}

fn opening(branch: &'static str) -> Opening {
    let inner = without_ending(branch);
    let start = first_letters(inner.unwrap_or(branch));
    match (start.is_empty(), inner) {
        (true, _) => Opening::Unknown,
        (false, None) => Opening::Here(start),
        (false, Some(_)) => Opening::Later(start),
    }
}

/// A trigger without the "n't", "'d" or "'ll" that it begins with; `None` when it begins a word.
pub(super) fn without_ending(trigger: &'static str) -> Option<&'static str> {
    let rest = trigger.strip_prefix("n't ").or_else(|| trigger.strip_prefix('\''))?;
    Some(rest.strip_prefix("d ").or_else(|| rest.strip_prefix("ll ")).unwrap_or(rest))
}

/// The letters and digits that every text of a pattern begins with, up to the first other sign.
fn first_letters(pattern: &'static str) -> &'static str {
    let end = pattern.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(pattern.len());
    let perhaps = pattern.get(end..).is_some_and(|rest| rest.starts_with(['?', '*', '{']));
    // A bare "n't" ends any word.
    if pattern.starts_with("n't") { "" } else { &pattern[..end.saturating_sub(usize::from(perhaps))] }
}

/// A pattern in three: what stands before its trigger, the trigger, what follows it. `None` when they are not parts of
/// every match one after the other.
pub(super) fn parts(source: &'static str) -> Option<[&'static str; 3]> {
    let (open, close) = (source.find('<')?, source.find('>')?);
    let apart = branches(source).len() == 1 && walk(&source[..open]).last().is_none_or(|(_, _, depth)| depth == 0);
    (apart && open < close).then(|| [&source[..open], &source[open..=close], &source[close + 1..]])
}

/// The trigger of a pattern and all that follows it; `None` where a match has no such part or it means something else
/// without what stands before it.
pub(super) fn tail(source: &'static str) -> Option<&'static str> {
    let [before, ..] = parts(source)?;
    let tail = &source[before.len()..];
    (!tail.replace("[^", "").contains('^')).then_some(tail)
}

/// A piece of a pattern with its word groups written out.
pub(super) fn written_out(piece: &str) -> String {
    MACROS.iter().fold(piece.to_owned(), |text, (name, group)| text.replace(name, group))
}

/// The alternatives of a pattern outside of its groups and trigger.
pub(super) fn branches(pattern: &str) -> Vec<&str> {
    let mut made = Vec::new();
    let mut start = 0;
    for (at, _, _) in walk(pattern).filter(|(_, byte, depth)| *byte == b'|' && *depth == 0) {
        made.push(&pattern[start..at]);
        start = at + 1;
    }
    made.push(&pattern[start..]);
    made
}

/// Where the group that a pattern begins with closes.
pub(super) fn closing(pattern: &str) -> Option<usize> {
    walk(pattern).find(|(_, byte, depth)| *byte == b')' && *depth == 0).map(|(at, _, _)| at)
}

/// The signs of a pattern with their places, those escaped or in a set left out, and how many groups and triggers are
/// open after each.
fn walk(pattern: &str) -> impl Iterator<Item = (usize, u8, i32)> {
    let (mut depth, mut in_set, mut escaped) = (0, false, false);
    pattern.bytes().enumerate().filter_map(move |(at, byte)| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b']' => in_set = false,
            _ if in_set => {}
            b'[' => in_set = true,
            b'(' | b'<' => {
                depth += 1;
                return Some((at, byte, depth));
            }
            b')' | b'>' => {
                depth -= 1;
                return Some((at, byte, depth));
            }
            _ => return Some((at, byte, depth)),
        }
        None
    })
}

/// Compiles a pattern; `None` when it is not well formed, which a test excludes for every rule.
pub(super) fn compile(source: &str) -> Option<Regex> {
    let mut text = String::from(if source.starts_with("(?:") || source.starts_with('{') { r"\b" } else { "" }) + source;
    text = written_out(&text);
    // A bare "n't" ends a word of its own, or "want" would be a negation.
    for before in ["(", "|", ":", " ", "<"] {
        text = text.replace(&format!("{before}n't"), &format!("{before}{NEGATION}"));
    }
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '<' => out.push_str(r"\b(?P<t>"),
            '>' => out.push(')'),
            '\'' => out.push_str(r"(?:'|\xe2\x80\x99)?"),
            ' ' if rest.peek() == Some(&'~') => {
                rest.next();
                let words = rest.next()?;
                // The blank after the gap belongs to it.
                rest.next_if_eq(&' ');
                out.push_str(r"[\s,]+(?:[^\s.;!?]\S*\s+){0,");
                out.push(words);
                out.push('}');
            }
            ' ' if rest.next_if_eq(&'?').is_some() => out.push_str(r"[\s,]*"),
            ' ' => out.push_str(r"[\s,]+"),
            _ => out.push(c),
        }
    }
    RegexBuilder::new(&out).unicode(false).size_limit(1 << 22).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_mean_what_the_table_says() {
        let check = |pattern: &'static str, text: &str, expected: bool| {
            let regex = compile(pattern).expect(pattern);
            assert_eq!(regex.is_match(text.as_bytes()), expected, "{pattern} on {text}");
        };
        check("<budget> ~2 (?:cut|frozen)", "the budget was just cut", true);
        check("<budget> ~2 (?:cut|frozen)", "the budget frozen", true);
        check("<budget> ~2 (?:cut|frozen)", "the budget for next year was cut", false);
        check("<can't> wait", "i cant wait", true);
        check("<can't> wait", "i can’t  wait", true);
        check("{we} <want> to", "our team want to", true);
        check("(?:no|n't) <safe>", "is that account safe", false);
        check("(?:no|n't) <safe>", "it isn’t safe", true);
        assert_eq!(triggers("our <budget|funds> gone"), ["budget", "funds"]);
    }
}
