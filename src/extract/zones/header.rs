//! Header blocks inside a text (`From:` `Sent:` `To:` `Subject:` in many languages, Lotus Notes included) and the
//! rules above them (`-----Original Message-----`, `---- Forwarded by …`).

use super::fields::{Field, field};
use super::fold::{has_clock, has_date, starts_with, strip_prefix};
use super::lines::{Line, next_filled, previous_filled};

/// What a rule above a header block announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Original,
    Forwarded,
}

/// A header block: one past its last line, and what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// One past its last line.
    pub end: usize,
    /// Whether it is the raw header of this very message.
    pub raw: bool,
    /// Whether it heads a memorandum: neither an address nor a time of day stands in it.
    pub memo: bool,
}

/// The header block that starts on line `start`, if one does.
pub(super) fn block(lines: &[Line<'_>], start: usize) -> Option<Block> {
    let first = field(lines[start].text)?;
    if matches!(first, Field::Subject | Field::Copy | Field::Other) {
        return None;
    }
    let mut seen = [false; 7];
    seen[first as usize] = true;
    let mut end = start + 1;
    while let Some((next, found)) = next_field(lines, end) {
        // A second subject, or "Re:" below a blank line, is what the letter begins with.
        if found == Field::Subject && (seen[found as usize] || next > end && starts_with(lines[next].text, "re:")) {
            break;
        }
        seen[found as usize] = true;
        end = next + 1;
    }
    end = after_recipients(lines, end);
    let has = |field: Field| seen[field as usize];
    let kinds = [Field::From, Field::Sent, Field::To, Field::Subject].into_iter().filter(|&f| has(f)).count();
    let raw = has(Field::Raw) || start == 0 && !has(Field::To) && lines[0].text.starts_with("From:");
    let whole = kinds >= 2 && (has(Field::From) || has(Field::Sent))
        || has(Field::Raw) && [Field::From, Field::To, Field::Subject].into_iter().any(has);
    let memo = !lines[start..end].iter().any(|line| line.text.contains('@') || has_clock(line.text));
    whole.then_some(Block { end, raw, memo })
}

/// The next header line at or after `from`, over wrapped values and single blank lines.
fn next_field(lines: &[Line<'_>], from: usize) -> Option<(usize, Field)> {
    let mut blanks = 0;
    // Lists of recipients wrap over many lines, other values over one or two.
    for (at, line) in lines.iter().enumerate().skip(from).take(40) {
        let text = line.text;
        if text.is_empty() {
            blanks += 1;
            if blanks > 2 {
                return None;
            }
            continue;
        }
        if let Some(found) = field(text) {
            return Some((at, found));
        }
        if blanks > 0 || at - from >= 2 && !is_recipient_list(text) {
            return None;
        }
    }
    None
}

/// Lines of recipients that follow the last field.
fn after_recipients(lines: &[Line<'_>], from: usize) -> usize {
    let mut end = from;
    while end < lines.len() && field(lines[end - 1].text) != Some(Field::Subject) {
        let text = lines[end].text;
        if text.is_empty() || !is_recipient_list(text) {
            break;
        }
        end += 1;
    }
    end
}

fn is_recipient_list(text: &str) -> bool {
    text.contains('@') || text.contains(';') || text.contains("/HOU/") || text.ends_with(',') && text.contains('/')
}

/// Where a Lotus Notes header begins whose `To:` stands on line `to`: a name, a date and a time stand above it.
pub(super) fn lotus_start(lines: &[Line<'_>], to: usize) -> Option<usize> {
    let mut at = to;
    for _ in 0..3 {
        at = previous_filled(lines, at)?;
        if to - at > 6 {
            return None;
        }
        let text = lines[at].text;
        if text.len() <= 110 && has_date(text) && has_clock(text) {
            return Some(with_name_above(lines, at));
        }
        if text.len() > 70 || text.ends_with(['.', '?', '!']) {
            return None;
        }
    }
    None
}

fn with_name_above(lines: &[Line<'_>], date: usize) -> usize {
    let text = lines[date].text;
    // The name stands on the date's own line when letters other than AM, PM and "on" do.
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 6 {
        return date;
    }
    let Some(above) = previous_filled(lines, date) else { return date };
    let name = lines[above].text;
    let plausible = name.len() <= 90 && !name.ends_with(['.', '?', '!', ':']) && !name.starts_with('>');
    if date - above <= 2 && plausible { above } else { date }
}

/// The rule that starts on line `at`, and one past its last line.
pub(super) fn rule(lines: &[Line<'_>], at: usize) -> Option<(Rule, usize)> {
    let text = lines[at].text;
    let first = text.as_bytes().first()?;
    let ruled = matches!(first, b'-' | b'_' | b'=' | b'*' | b'>' | b'<') || text.starts_with(['—', '–']);
    if !ruled {
        return open_rule(lines, at, text);
    }
    let words =
        text.trim_matches(|c: char| matches!(c, '-' | '_' | '=' | '*' | ' ' | '>' | '<' | ':' | '—' | '–' | '+'));
    if words.is_empty() {
        return underscores(lines, at, text);
    }
    if words.len() > 200 || text.starts_with("- ") && !text.ends_with('-') {
        return None;
    }
    if ORIGINAL.iter().any(|name| strip_prefix(words, name).is_some_and(|rest| rest.trim().len() < 20)) {
        return Some((Rule::Original, at + 1));
    }
    if FORWARDED.iter().any(|name| starts_with(words, name)) {
        return Some((Rule::Forwarded, end_of_rule(lines, at)));
    }
    None
}

/// A long line of underscores right above a header block.
fn underscores(lines: &[Line<'_>], at: usize, text: &str) -> Option<(Rule, usize)> {
    if text.len() < 3 {
        return None;
    }
    let next = next_filled(lines, at + 1)?;
    (next - at <= 3 && block(lines, next).is_some()).then_some((Rule::Original, at + 1))
}

/// "Begin forwarded message:" and its like, which have no rule, or a bare "Original Message" above a header block.
fn open_rule(lines: &[Line<'_>], at: usize, text: &str) -> Option<(Rule, usize)> {
    if text.len() > 80 {
        return None;
    }
    if text.ends_with(':') && BEGIN.iter().any(|name| starts_with(text, name)) {
        return Some((Rule::Forwarded, at + 1));
    }
    let bare = strip_prefix(text, "original message").is_some_and(|rest| rest.trim_matches([':', '-', ' ']).is_empty());
    let above_block = || next_filled(lines, at + 1).is_some_and(|next| field(lines[next].text).is_some());
    (bare && above_block()).then_some((Rule::Original, at + 1))
}

/// "---- Forwarded by Name/HOU/ECT on 10/17/2000 / 02:22 PM ----" may wrap.
fn end_of_rule(lines: &[Line<'_>], at: usize) -> usize {
    if lines[at].text.ends_with('-') {
        return at + 1;
    }
    (at + 1..lines.len().min(at + 4)).find(|&i| lines[i].text.ends_with("--")).map_or(at + 1, |i| i + 1)
}

#[rustfmt::skip]
const ORIGINAL: &[&str] = &[
    "original message", "original appointment", "ursprüngliche nachricht", "originalnachricht", "urspr. nachricht",
    "message d'origine", "message original", "mensaje original", "mensagem original", "messaggio originale",
    "messaggio originario", "oorspronkelijk bericht", "oprindelig meddelelse", "oprindelig besked",
    "opprinnelig melding", "originalmeddelande", "ursprungligt meddelande", "alkuperäinen viesti",
    "wiadomość oryginalna", "oryginalna wiadomość", "исходное сообщение", "původní zpráva", "pôvodná správa",
    "eredeti üzenet", "orijinal mesaj", "mesaj original", "reply message", "missatge original", "cопия",
    "αρχικό μήνυμα", "original email", "original-nachricht",
];

#[rustfmt::skip]
const FORWARDED: &[&str] = &[
    "forwarded message", "forwarded by", "forwarded with changes", "forwarded mail", "weitergeleitete nachricht", "weitergeleitet von",
    "message transféré", "message réexpédié", "transféré par", "mensaje reenviado", "reenviado por",
    "mensagem encaminhada", "mensagem reencaminhada", "messaggio inoltrato", "inoltrato da", "doorgestuurd bericht",
    "doorgestuurd door", "vidarebefordrat meddelande", "videresendt meddelelse", "videresendt melding",
    "välitetty viesti", "wiadomość przekazana", "przekazana wiadomość", "пересылаемое сообщение",
    "переслане повідомлення", "přeposlaná zpráva", "továbbított üzenet", "iletilen mesaj", "begin forwarded message",
    "start of forwarded message",
];

#[rustfmt::skip]
const BEGIN: &[&str] = &[
    "begin forwarded message", "anfang der weitergeleiteten", "début du message transféré",
    "début du message réexpédié", "inicio del mensaje reenviado", "inizio messaggio inoltrato", "início da mensagem",
    "begin doorgestuurd bericht", "vidarebefordrat brev", "start på videresendt", "początek przekazywanej",
    "начало переадресованного", "välitetty viesti alkaa", "forwarded message",
];
