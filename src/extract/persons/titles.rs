//! Where a job title ends, or begins, in running text of lower case.

use std::ops::Range;

/// Nouns that a title has.
#[rustfmt::skip]
const NOUNS: &[&str] = &[
    "manager", "director", "officer", "president", "head", "lead", "leader", "vp", "svp", "evp", "ceo", "cfo", "coo", "cto", "cio",
    "ciso", "cmo", "cpo", "cro", "chro", "cdo", "dpo", "md", "engineer", "architect", "analyst", "consultant", "coordinator",
    "co-ordinator", "admin", "administrator", "specialist", "controller", "counsel", "developer", "supervisor", "owner", "co-owner",
    "founder", "co-founder", "partner", "secretary", "treasurer", "chair", "chairman", "chairwoman", "chairperson", "steward",
    "dispatcher", "clerk", "nurse", "agent", "planner", "buyer", "accountant", "bookkeeper", "foreman", "technician", "operator",
    "driver", "librarian", "pharmacist", "doctor", "teacher", "trustee", "assistant", "adviser", "advisor", "scientist", "designer",
    "programmer", "recruiter", "trainer", "inspector", "auditor", "lawyer", "attorney", "solicitor", "paralegal", "storekeeper",
    "keeper", "receptionist", "chief", "executive", "representative", "rep", "scheduler", "shift", "principal", "dean", "superintendent",
    "geschäftsführer", "geschäftsführerin", "leiter", "leiterin", "chef", "chefin", "vorstand", "prokurist", "prokuristin",
    "einkäufer", "einkäuferin", "sachbearbeiter", "sachbearbeiterin", "disponent", "disponentin", "assistent", "assistentin",
    "berater", "beraterin", "betriebsrat", "referent", "referentin", "meister", "datenschutzbeauftragter", "datenschutzbeauftragte",
    "buchhalter", "buchhalterin", "betriebsratsvorsitzende", "betriebsratsvorsitzender", "directeur", "directrice", "responsable",
    "gérant", "gérante", "acheteur", "acheteuse", "comptable", "gestionnaire", "présidente", "président", "assistante", "gerente",
    "jefe", "jefa", "encargado", "encargada", "contable", "comprador", "compradora", "socio", "socia", "directora", "hoofd",
    "leidinggevende", "inkoper", "bestuurder", "medewerker", "boekhouder", "beheerder", "eigenaar", "adviseur", "projectleider",
];

/// German compounds: "it-leiter", "projektleiterin", "abteilungsleiter".
const ENDINGS: &[&str] =
    &["leiter", "leiterin", "leitung", "beauftragter", "beauftragte", "meister", "chefin", "manager", "managerin"];

/// Words that never stand in a title, and end it.
#[rustfmt::skip]
const STOPS: &[&str] = &[
    "a", "an", "the", "our", "my", "your", "their", "his", "her", "its", "is", "are", "was", "be", "been", "has", "have", "had", "will",
    "would", "can", "could", "must", "may", "and", "or", "but", "who", "that", "which", "to", "with", "from", "by", "on", "in", "at", "as",
    "here", "there", "now", "then", "so", "not", "no", "i", "we", "you", "he", "she", "it's", "they", "if", "when", "because", "since", "while", "also",
    "this", "these", "those", "what", "how", "why", "too", "today", "tomorrow", "says", "said", "wants", "asked", "told", "thinks",
    "happy", "right", "sure", "glad", "very", "only", "just", "still", "already", "one", "me", "us", "them", "him", "best", "kind",
    "ist", "und", "hat", "wird", "est", "et", "es", "y", "en", "werden", "der", "die", "das", "dem", "den",
    "always", "never", "under", "over", "about", "after", "before", "than", "like", "both", "all", "any", "some", "next", "last",
];

/// Words after which a field of work follows.
const OF: &[&str] = &["of", "for", "de", "du", "des", "der", "für", "van", "del", "d", "im", "in"];

/// At most this many words lead to the noun, or follow "of".
const REACH: usize = 4;

/// The title that begins at `from`.
pub(super) fn beginning(words: &str, from: usize) -> Option<Range<usize>> {
    let tokens = tokens(words, from);
    let noun =
        tokens.iter().take(REACH + 1).take_while(|token| !is_stop(token.text)).position(|token| is_noun(token.text))?;
    let mut last = noun;
    // "service manager emea", "operations director", "lead architect".
    while tokens.get(last + 1).is_some_and(|next| tokens[last].joins && is_noun(next.text)) {
        last += 1;
    }
    if matches!(tokens[last].text, "vp" | "svp" | "evp") && tokens[last].joins {
        last += usize::from(
            tokens.get(last + 1).is_some_and(|next| next.text != "of" && !is_stop(next.text) && !is_verb(next.text)),
        );
    }
    let end = field(&tokens, last);
    let range = tokens.first()?.range.start..tokens.get(end)?.range.end;
    plausible(words.get(range.clone())?).then_some(range)
}

/// The title that ends where the words `range` end.
pub(super) fn ending(words: &str, range: Range<usize>) -> Option<Range<usize>> {
    let tokens = tokens(words.get(..range.end)?, range.start);
    // The latest noun from which a title runs to the end.
    let start = (0..tokens.len()).find(|&at| {
        let Some(found) = beginning(words, tokens[at].range.start) else { return false };
        !is_stop(tokens[at].text) && words.get(found.end..range.end).is_some_and(|rest| rest.trim().is_empty())
    })?;
    let found = tokens[start].range.start..range.end;
    plausible(words.get(found.clone())?).then_some(found)
}

/// Index of the last word of "of sales and marketing" after the noun at `noun`.
fn field(tokens: &[Token<'_>], noun: usize) -> usize {
    let of = tokens.get(noun + 1).filter(|next| tokens[noun].joins && OF.contains(&next.text));
    let Some(of) = of else { return noun };
    if matches!(of.text, "in" | "im") {
        return noun;
    }
    let mut end = noun;
    let mut at = noun + 2;
    if tokens.get(at).is_some_and(|token| matches!(token.text, "the" | "la" | "le" | "our" | "die" | "der")) {
        at += 1;
    }
    while at < tokens.len() && at <= noun + REACH + 1 && tokens[at - 1].joins {
        let token = tokens[at];
        let joining = matches!(token.text, "and" | "&" | "und" | "et" | "y" | "en" | "de" | "des")
            && at > noun + 2
            && tokens.get(at + 1).is_some_and(|next| token.joins && !is_stop(next.text) && !is_verb(next.text));
        if !joining && (is_stop(token.text) || is_verb(token.text)) {
            break;
        }
        if !joining {
            end = at;
        }
        at += 1;
    }
    end
}

fn is_noun(word: &str) -> bool {
    NOUNS.contains(&word) || ENDINGS.iter().any(|ending| word.len() > ending.len() && word.ends_with(ending))
}

fn is_stop(word: &str) -> bool {
    STOPS.contains(&word) || word.starts_with(['#', '%']) || word.contains('@')
}

/// Verbs that go on after a title without a comma.
#[rustfmt::skip]
fn is_verb(word: &str) -> bool {
    matches!(
        word,
        "signs" | "decides" | "needs" | "joined" | "joins" | "left" | "leaves" | "agreed" | "approved" | "runs" | "looks" | "knows"
            | "likes" | "loves" | "hates" | "does" | "did" | "asks" | "gets" | "got" | "takes" | "took" | "mentioned" | "believes"
            | "reports" | "sits" | "works" | "came" | "comes" | "goes" | "went" | "sent" | "sends" | "called" | "calls" | "starts" | "started"
    )
}

/// Words that only grade a title, or say too little alone.
#[rustfmt::skip]
const BARE: &[&str] = &[
    "chief", "head", "manager", "supervisor", "chef", "chefin", "jefe", "jefa", "engineer", "assistant", "lead", "shift", "executive",
    "principal", "partner", "agent", "keeper", "chair", "rep", "leader", "admin", "meister", "owner", "representative", "operator",
];

/// Partners by rank; any other one is another company.
const PARTNERS: &[&str] = &["managing partner", "senior partner", "founding partner", "junior partner", "law partner"];

/// A title is no whole sentence, no word that only grades another, and no other company.
fn plausible(title: &str) -> bool {
    !BARE.contains(&title) && title.len() <= 60 && (!title.ends_with(" partner") || PARTNERS.contains(&title))
}

/// A word with whether only a blank parts it from the next.
#[derive(Clone, Copy, Debug)]
struct Token<'w> {
    text: &'w str,
    range: Place,
    joins: bool,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
}

/// The words from `from` on, up to what surely ends a title.
fn tokens(words: &str, from: usize) -> Vec<Token<'_>> {
    let mut made: Vec<Token<'_>> = Vec::new();
    let Some(rest) = words.get(from..) else { return made };
    let mut at = 0;
    while at < rest.len() && made.len() < 14 {
        let Some(start) =
            rest[at..].find(|c: char| c.is_alphanumeric() || matches!(c, '#' | '%' | '&')).map(|skip| at + skip)
        else {
            break;
        };
        if made.is_empty() && start > 0 {
            break;
        }
        let inner = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '&' | '#' | '%' | '@' | '\'');
        let length = rest[start..].find(|c| !inner(c)).unwrap_or(rest.len() - start);
        let text = rest[start..start + length].trim_end_matches(['-', '/', '\'']);
        let end = start + text.len();
        if end == start {
            break;
        }
        if let Some(last) = made.last_mut() {
            last.joins = &rest[last.range.end - from..start] == " ";
        }
        made.push(Token { text, range: Place { start: from + start, end: from + end }, joins: false });
        at = start + length.max(1);
    }
    // A title does not reach over a comma, a bracket or a stop.
    let end = made.iter().position(|token| !token.joins).map_or(made.len(), |last| last + 1);
    made.truncate(end);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_end_where_they_end() {
        let check = |words: &str, expected: Option<&str>| {
            assert_eq!(beginning(words, 0).map(|range| &words[range]), expected, "{words}");
        };
        check("cfo, has to sign", Some("cfo"));
        check("head of it, joins", Some("head of it"));
        check("head of sales and marketing since may", Some("head of sales and marketing"));
        check("plant manager here", Some("plant manager"));
        check("category manager for digital and the one", Some("category manager for digital"));
        check("vp quality at the site", Some("vp quality"));
        check("happy to be the manager", None);
        check("service manager emea", Some("service manager"));
    }

    #[test]
    fn titles_begin_where_they_begin() {
        let check = |words: &str, expected: Option<&str>| {
            assert_eq!(ending(words, 0..words.len()).map(|range| &words[range]), expected, "{words}");
        };
        check("new head of it", Some("new head of it"));
        check("finance director", Some("finance director"));
        check("meeting with the finance director", Some("finance director"));
    }
}
