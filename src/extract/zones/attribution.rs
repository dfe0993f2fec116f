//! Attributions: the line or lines that say who wrote the quoted text and when ("On Mon, … wrote:").
//! They are found from their end, which has a colon and a verb of writing, back to their beginning.

use std::sync::LazyLock;

use super::fold::{Phrases, has_clock, has_date, starts_with};
use super::lines::{Line, next_filled};
use super::marks::Mark;

/// Verbs of writing, in lower case. A verb may stand before the name (German, Dutch, Norwegian) or at the end.
#[rustfmt::skip]
const VERBS: &[&str] = &[
    "wrote", "writes", "schrieb", "schreef", "geschreven", "escribió", "escribio", "escreveu", "ha scritto",
    "scrisse", "scriveva", "a écrit", "a ecrit", "écrit", "napisał", "napisał(a)", "napisała", "pisze", "skrev",
    "skrev:", "kirjoitti", "написал", "написала", "пишет", "писал", "пише", "написав", "napsal", "napsala",
    "napsal(a)", "píše", "napísal", "yazdı", "đã viết", "írta", "a scris", "έγραψε", "va escriure", "kirjutas",
    "rašė", "rakstīja", "napisao", "napisala", "skrifaði", "写道", "寫道", "כתב", "كتب", "schrieben", "hat geschrieben",
    "sent",
];

/// How an attribution begins, in lower case; a figure must follow soon.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "on ", "am ", "le ", "el ", "em ", "il ", "op ", "w dniu ", "dnia ", "den ", "på ", "vào ", "in data ", "dne ",
    "dňa ", "pada ", "a(z) ", "tarihinde ", "in article", "at ", "um ", "à ", "em: ", "el día ", "lé ", "il giorno ",
    "quoting ", "zitat von", "mensaje citado por", "selon ", "citando ", "dana ", "pe ", "în ",
];

/// Openings that say by themselves that somebody is quoted.
const QUOTING: &[&str] = &["quoting ", "zitat von ", "mensaje citado por ", "citando "];

static OPENING: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(OPENINGS));

/// The longest attribution that is believed, in bytes.
const LONGEST: usize = 400;

/// The lines of an attribution that ends on line `end`: index of its first line.
pub(super) fn starts_at(lines: &[Line<'_>], end: usize) -> Option<usize> {
    let last = lines[end].text;
    if !may_end(last) {
        return None;
    }
    if lines[end].is_framed() {
        return Some(end);
    }
    let single = strip_rule(last);
    if single.len() < last.len() && ends_with_verb(single) && last.ends_with('-') {
        return Some(end);
    }
    let mut length = 0;
    // A very short end ("wrote:") may be parted from its beginning by blank lines.
    let reach = if last.len() <= 10 { 5 } else { 3 };
    for start in (end.saturating_sub(reach)..=end).rev() {
        let text = lines[start].text;
        if text.is_empty() && last.len() > 10 {
            break;
        }
        length += text.len();
        if length > LONGEST {
            break;
        }
        if opens(text) && is_dated_attribution(lines, start, end) {
            return Some(start);
        }
    }
    is_plain_attribution(lines, end).then(|| plain_start(lines, end))
}

/// Where a reply ends and an attribution begins within one line.
pub(super) fn cut_within(text: &str) -> Option<usize> {
    if !text.ends_with("wrote:") || text.starts_with('>') {
        return None;
    }
    let at = text.match_indices("On ").map(|(at, _)| at).find(|&at| {
        at > 0 && text[..at].ends_with([' ', '-']) && starts_with_day(&text[at + 3..]) && text[at..].contains(',')
    })?;
    let kept = text[..at].trim_end_matches([' ', '-']).len();
    (kept > 0).then_some(kept)
}

fn starts_with_day(text: &str) -> bool {
    #[rustfmt::skip]
const DAYS: &[&str] = &[
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
    "oct", "nov", "dec",
];
    text.starts_with(|c: char| c.is_ascii_digit()) || DAYS.iter().any(|day| starts_with(text, day))
}

/// A cheap test that almost every line of prose fails.
fn may_end(text: &str) -> bool {
    text.ends_with([':', '：', '-'])
        || text.ends_with("wrote")
        || text.ends_with('>') && (text.starts_with(|c: char| c.is_ascii_digit()) || text.starts_with(">>> "))
}

fn strip_rule(text: &str) -> &str {
    text.trim_matches(['-', ' ', '_'])
}

fn ends_with_verb(text: &str) -> bool {
    ["wrote", "writes", "schrieb", "a écrit", "escribió", "escreveu", "ha scritto", "schreef"]
        .iter()
        .any(|verb| text.ends_with(verb))
}

fn opens(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '>', ' ', '-', '"']);
    OPENING.begin(text) || starts_with_weekday(text)
}

/// Short weekdays that open an attribution without a preposition ("tir. 18. apr. 2017 kl. 13:09 skrev …").
fn starts_with_weekday(text: &str) -> bool {
    #[rustfmt::skip]
const DAYS: &[&str] = &[
    "man", "tir", "ons", "tor", "fre", "lør", "søn", "mån", "tis", "lör", "sön", "ma ", "ti ", "ke ", "to ", "pe ",
    "la ", "su ", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "po ", "út ", "st ", "čt ", "pá ", "so ", "ne ", "pon",
    "wt", "śr", "czw", "pt", "sob", "niedz", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "lun", "mar", "mer",
    "jeu", "ven", "sam", "dim", "mié", "jue", "vie", "sáb", "dom", "seg", "ter", "qua", "qui", "sex",
];
    DAYS.iter().any(|day| starts_with(text, day))
}

/// Opening word, a figure soon after it, and a verb of writing or an address before the colon.
fn is_dated_attribution(lines: &[Line<'_>], start: usize, end: usize) -> bool {
    let first = lines[start].text;
    let head = &first[..first.floor_char_boundary(60)];
    let quotes = QUOTING.iter().any(|word| starts_with(first, word));
    let dated = head.bytes().any(|b| b.is_ascii_digit()) || quotes;
    let joined: String = lines[start..=end].iter().map(|line| line.text).collect::<Vec<_>>().join(" ");
    if quotes && joined.ends_with(':') && (joined.contains('@') || is_quoted_below(lines, end)) {
        return true;
    }
    dated
        && (has_verb(&joined) || ends_with_address(&joined))
        && (joined.contains(['@', '<', ',', ':']) || has_date(&joined))
}

fn has_verb(text: &str) -> bool {
    let lower = text.to_lowercase();
    VERBS.iter().any(|verb| {
        lower.match_indices(verb).any(|(at, _)| {
            let after = lower[at + verb.len()..].chars().next();
            let before = lower[..at].chars().next_back();
            after.is_none_or(|c| !c.is_alphanumeric()) && before.is_none_or(|c| !c.is_alphanumeric())
        })
    })
}

/// `… <name@domain>:` as some programs end an attribution without a verb.
fn ends_with_address(text: &str) -> bool {
    let text = text.trim_end_matches([':', ' ']);
    text.ends_with('>') && text.contains('@') && (has_clock(text) || has_date(text))
}

/// One or two lines without an opening word: `2014-10-17 11:28 GMT+03:00 Name <address>:`, `Name <address> wrote:`,
/// or `Name wrote:` right above a marked quotation.
fn is_plain_attribution(lines: &[Line<'_>], end: usize) -> bool {
    let text = lines[plain_start(lines, end)..=end].iter().map(|line| line.text).collect::<Vec<_>>().join(" ");
    if text.len() > 250 || text.starts_with(['>', '-', '•']) && !text.starts_with("--- In ") {
        return false;
    }
    let quoted_below = is_quoted_below(lines, end);
    let colon = text.ends_with([':', '：']);
    let digit_first = text.starts_with(|c: char| c.is_ascii_digit());
    if digit_first && ends_with_address(&text) {
        return colon || quoted_below;
    }
    if digit_first && text.ends_with('>') && text.contains('@') && has_date(&text) {
        return true;
    }
    if !colon {
        return false;
    }
    if quoted_below && text.len() <= 160 && (is_dated_sender(&text) || is_said(&text)) {
        return true;
    }
    let trimmed = text.trim_end_matches([':', '：', ' ']);
    if text.starts_with('*') || !has_verb(&text) {
        return false;
    }
    let addressed = text.contains('@') && text.contains('<') || text.contains('@') && ends_with_verb(trimmed);
    addressed || quoted_below && text.len() <= 120 && !text.contains(". ")
}

fn is_quoted_below(lines: &[Line<'_>], end: usize) -> bool {
    next_filled(lines, end + 1).is_some_and(|next| lines[next].is_marked() || Mark::of(lines[next].text).is_some())
}

/// Who and when, without a verb: `* Name <address> [2007-01-15 20:31]:`, `Name, 03.02.2011 14:12:`.
fn is_dated_sender(text: &str) -> bool {
    let bracketed = text.contains('@') && text.contains(['<', '(', '[']);
    let few = text.split_whitespace().count() <= 12;
    few && (bracketed && (has_clock(text) || has_date(text)) || has_clock(text) && has_date(text))
}

/// `Name said:` and its like, where the subject is a name.
fn is_said(text: &str) -> bool {
    const SAID: &[&str] = &["said", "says", "spake", "posted", "typed", "quoth", "asked", "commented", "replied"];
    const NO_NAMES: &[&str] = &[
        "i", "you", "we", "he", "she", "it", "they", "as", "the", "this", "that", "what", "which", "who", "my", "and",
        "so", "like", "somebody", "someone", "here",
    ];
    let words: Vec<&str> = text.trim_end_matches([':', '：', ' ']).split_whitespace().collect();
    let named = words.first().is_some_and(|first| {
        first.starts_with(|c: char| c.is_uppercase() || c == '*')
            && !NO_NAMES.contains(&first.trim_end_matches(',').to_lowercase().as_str())
    });
    let thus = text.starts_with("Thus spake ") || text.starts_with("Quoth ") || text.starts_with("Once upon a time");
    let said = words.iter().any(|word| SAID.contains(&word.trim_matches(['(', ')', ',']).to_lowercase().as_str()));
    words.len() <= 8 && (thus || named && said)
}

/// A wrapped address or name belongs to the line above it.
fn plain_start(lines: &[Line<'_>], end: usize) -> usize {
    let text = lines[end].text;
    let Some(above) = end.checked_sub(1) else { return end };
    let upper = lines[above].text;
    let wrapped = upper.ends_with('<') || text.starts_with('<') || text.len() <= 10;
    let dated = upper.starts_with(|c: char| c.is_ascii_digit()) && has_date(upper) && upper.len() < 120;
    if !upper.is_empty() && !upper.starts_with('>') && (wrapped || dated && upper.contains(['<', '"'])) {
        above
    } else {
        end
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    fn check(text: &str, expected: Option<usize>) {
        let lines = split(text);
        let found = (0..lines.len()).find_map(|end| starts_at(&lines, end).map(|start| (start, end)));
        assert_eq!(found.map(|(start, end)| end - start + 1), expected, "{text:?}");
    }

    #[test]
    fn many_languages() {
        check("On Mon, Apr 2, 2012 at 6:26 PM, Ada One <ada@example.com> wrote:", Some(1));
        check("On Dec 16, 2011, at 12:47 PM, Ada One\n<ada@example.com>\nwrote:", Some(3));
        check("Am 13.12.2017 um 21:11 schrieb \"Ada One\" <ada@example.com>:", Some(1));
        check("Le lun. 15 nov. 2021 à 19:42, Ada One <ada@example.com>\na écrit :", Some(2));
        check("El jue, 3 mar 2022 a las 10:01, Ada One (<ada@example.com>) escribió:", Some(1));
        check("Em 10 de julho de 2017 às 16:32:35, Ada One (\nada@example.com) escreveu:", Some(2));
        check("Il giorno 3 marzo 2022 alle 10:01, Ada One <ada@example.com> ha scritto:", Some(1));
        check("Op 12 december 2016 19:05 schreef Ada One <\nada@example.com>:", Some(2));
        check("Op 17-feb.-2015, om 13:18 heeft Ada One <ada@example.com> het volgende geschreven:", Some(1));
        check("W dniu 2017-01-09 11:59:39 użytkownik Ada One <ada@example.com> napisał:", Some(1));
        check("tir. 18. apr. 2017 kl. 13:09 skrev Ada One <ada@example.com\n>:", Some(2));
        check("pe 20. lokakuuta 2017 klo 17.50 Ada One\n<ada@example.com> kirjoitti:", Some(2));
        check("Den 14 september, 2015 02:23:18, Ada One (ada@example.com) skrev:", Some(1));
        check("ср, 30 апр. 2025 г. в 15:19, Ada One <ada@example.com>:", Some(1));
        check("2014-10-17 11:28 GMT+03:00 Ada One <\nada@example.com>:", Some(2));
        check("---- On Wed, 24 Feb 2021 14:02:50 +0530 ada@example.com wrote ----", Some(1));
        check("Ada One wrote:\n> quoted", Some(1));
        check(">>> \"One, Ada\" <ada@example.com> 01/16/01 11:05AM >>>", Some(1));
        check("--- In group@example.com, Ada <ada@...> wrote:\n> quoted", Some(1));
        check("Ada One said:\n> quoted", Some(1));
        check("* Ada One <ada@example.com> [2007-01-15 20:31]:\n> quoted", Some(1));
        check("Quoting Ada One (ada@example.com):\n> quoted", Some(1));
        check("Ada One, 03.02.2011 14:12:\n\n> quoted", Some(1));
    }

    #[test]
    fn prose_is_left_alone() {
        check("On the other hand, we should be careful:", None);
        check("In 2019 he wrote:\nthat it works", None);
        check("Here is what we sent:", None);
        check("The steps are:", None);
        check("As he said:\n> quoted", None);
        check("I saw this at 10:30 in the log:\n> quoted", None);
    }

    #[test]
    fn cuts_a_shared_line() {
        assert_eq!(cut_within("ok On Wed, Apr 4, 2012 at 3:59 PM, ada@example.com wrote:"), Some(2));
        assert_eq!(cut_within("On Wed, Apr 4, 2012 at 3:59 PM, ada@example.com wrote:"), None);
    }
}
