//! Names as people write them: folded for comparison, and addresses that are nobody's.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A name as written, with what is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NameForm {
    /// Cleaned spelling in the order "First Last".
    pub(crate) display: String,
    /// Every word, folded and sorted.
    pub(crate) full: String,
    /// The same without initials; equal to `full` when there are none.
    pub(crate) plain: String,
    /// The folded first name.
    pub(crate) first: String,
    /// The folded last name or its initial; `None` for a single word.
    pub(crate) last: Option<String>,
}

impl NameForm {
    /// Reads a display name: `Priya Nair`, `Nair, Priya (Ops)`, `"Priya K. Nair"`.
    /// Answers `None` for what is no name: an address, digits, a single letter.
    pub(crate) fn parse(raw: &str) -> Option<Self> {
        let cleaned = clean(raw)?;
        let words: Vec<&str> = cleaned.split_whitespace().filter(|word| !is_honorific(word)).collect();
        let folded: Vec<String> = words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect();
        let first = folded.first()?.clone();
        if folded.len() > 5 || folded.iter().all(|word| word.chars().count() < 2) {
            return None;
        }
        let last = (folded.len() > 1).then(|| folded.last().cloned()).flatten();
        let plain: Vec<&String> = folded.iter().filter(|word| word.chars().count() > 1).collect();
        Some(Self {
            display: words.join(" "),
            full: sorted(folded.iter()),
            plain: sorted(plain.into_iter()),
            first,
            last,
        })
    }

    /// Says whether it has a first and a last name, neither of them an initial.
    pub(crate) fn is_full(&self) -> bool {
        self.plain.contains(' ')
    }

    /// Says whether each word starts in upper case and goes on in lower case somewhere.
    pub(crate) fn is_proper_case(&self) -> bool {
        self.display.split(' ').all(|word| word.starts_with(char::is_uppercase))
            && self.display.chars().any(char::is_lowercase)
    }
}

fn sorted<'a>(words: impl Iterator<Item = &'a String>) -> String {
    let mut words: Vec<&str> = words.map(String::as_str).collect();
    words.sort_unstable();
    words.join(" ")
}

/// Drops quotes, brackets and what follows a bar; turns `Last, First` round.
fn clean(raw: &str) -> Option<String> {
    let mut text = String::with_capacity(raw.len());
    let mut depth = 0usize;
    for c in raw.chars() {
        match c {
            '(' | '[' | '<' => depth += 1,
            ')' | ']' | '>' => depth = depth.saturating_sub(1),
            '|' | '/' if depth == 0 => break,
            '"' | '\u{201c}' | '\u{201d}' => {}
            _ if depth == 0 => text.push(c),
            _ => {}
        }
    }
    let text = text.split(" via ").next().unwrap_or_default().trim().trim_matches('\'').trim();
    if text.is_empty() || text.contains('@') || text.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    match text.split_once(',') {
        Some((last, first)) if !first.trim().is_empty() && !is_suffix(first.trim()) => {
            Some(format!("{} {}", first.trim(), last.trim()))
        }
        Some((name, _)) => Some(name.trim().to_owned()),
        None => Some(text.to_owned()),
    }
}

fn is_honorific(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    ["mr", "mrs", "ms", "dr", "prof"].iter().any(|title| word.eq_ignore_ascii_case(title))
}

/// What may follow a name after a comma without being the first name.
fn is_suffix(text: &str) -> bool {
    let text = text.trim_end_matches('.');
    ["jr", "sr", "phd", "md", "mba", "cpa", "esq", "ii", "iii"].iter().any(|suffix| text.eq_ignore_ascii_case(suffix))
}

/// Lower case without accents and punctuation.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            _ if c.is_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
    folded
}

/// A mail address in the form used as a key, or `None` when it is none.
pub(crate) fn normal_address(raw: &str) -> Option<String> {
    let inner = raw.rsplit_once('<').map_or(raw, |(_, rest)| rest).trim_end_matches('>').trim();
    let inner = inner.strip_prefix("mailto:").unwrap_or(inner).trim_matches(['\'', '"']);
    let (local, domain) = inner.rsplit_once('@')?;
    let is_plain = !local.is_empty() && !domain.is_empty() && !inner.contains(char::is_whitespace);
    is_plain.then(|| inner.to_lowercase())
}

/// The domain of a normal address.
pub(crate) fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// The name that an address spells: `priya.nair@…` gives "Priya Nair".
pub(crate) fn name_in_address(address: &str) -> String {
    let local = address.split(['@', '+']).next().unwrap_or_default();
    let words = local.split(['.', '_', '-']).map(|word| word.trim_matches(|c: char| c.is_ascii_digit()));
    let capitalised = words.filter(|word| !word.is_empty()).map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>())
    });
    let name = capitalised.collect::<Vec<_>>().join(" ");
    if name.is_empty() { local.to_owned() } else { name }
}

/// Says whether an address belongs to a function, a list or a program and not to a person.
pub(crate) fn is_role_mailbox(address: &str) -> bool {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let local = local.split('+').next().unwrap_or_default();
    let squeezed: String = local.chars().filter(char::is_ascii_alphabetic).collect();
    if ROLE_WORDS.contains(squeezed.as_str()) || local.contains("no-reply") || squeezed.contains("noreply") {
        return true;
    }
    let host = domain.split('.').next().unwrap_or_default();
    if matches!(host, "lists" | "groups" | "googlegroups" | "bounces" | "noreply") {
        return true;
    }
    let ends = [local.split(['-', '_', '.']).next(), local.rsplit(['-', '_', '.']).next()];
    local.contains(['-', '_', '.']) && ends.into_iter().flatten().any(|word| ROLE_AFFIXES.contains(&word))
}

/// Words that make an address a role mailbox when they stand before or after a separator.
const ROLE_AFFIXES: [&str; 18] = [
    "support",
    "team",
    "info",
    "sales",
    "billing",
    "notifications",
    "notification",
    "alerts",
    "newsletter",
    "helpdesk",
    "mailer",
    "invoices",
    "invoice",
    "help",
    "bounce",
    "bounces",
    "noreply",
    "daemon",
];

static ROLE_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    "info support sales billing noreply donotreply admin administrator hello contact contactus help helpdesk team office \
     accounts accounting accountspayable accountsreceivable ap ar finance hr jobs careers recruiting marketing press media \
     security privacy legal compliance notifications notification notify alerts alert mailerdaemon postmaster newsletter \
     newsletters news updates service services customerservice customersuccess customercare care success orders order \
     purchasing procurement invoices invoice abuse webmaster root system systems bounce bounces all everyone allstaff staff \
     group list lists announce announcements feedback survey surveys events webinar webinars training onboarding ops \
     devops it ithelp itsupport engineering dev developers product design reception mail mailer email robot bot \
     automation calendar calendarnotification invitations invites reply replies partners partner community members"
        .split_ascii_whitespace()
        .collect()
});

/// Says whether everybody can have an address there, so that it tells nothing of the side.
pub(crate) fn is_free_mail(domain: &str) -> bool {
    matches!(
        domain,
        "gmail.com"
            | "googlemail.com"
            | "outlook.com"
            | "hotmail.com"
            | "live.com"
            | "msn.com"
            | "yahoo.com"
            | "icloud.com"
            | "me.com"
            | "aol.com"
            | "gmx.de"
            | "gmx.net"
            | "web.de"
            | "proton.me"
            | "protonmail.com"
            | "mail.com"
            | "zoho.com"
            | "yandex.ru"
            | "qq.com"
            | "163.com"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_names() {
        let check = |raw: &str, expected: Option<(&str, &str)>| {
            let form = NameForm::parse(raw);
            let found = form.as_ref().map(|form| (form.display.as_str(), form.full.as_str()));
            assert_eq!(found, expected, "{raw:?}");
        };
        check("Priya Nair", Some(("Priya Nair", "nair priya")));
        check("Nair, Priya (Operations)", Some(("Priya Nair", "nair priya")));
        check("\"Dr. José Núñez\"", Some(("José Núñez", "jose nunez")));
        check("Lena Voss, PhD", Some(("Lena Voss", "lena voss")));
        check("Priya K. Nair | Northwind", Some(("Priya K. Nair", "k nair priya")));
        check("priya.nair@northwind.example", None);
        check("Speaker 2", None);
        check("P", None);
        check("", None);
    }

    #[test]
    fn knows_role_mailboxes() {
        let check = |address: &str, expected: bool| assert_eq!(is_role_mailbox(address), expected, "{address}");
        check("info@northwind.example", true);
        check("no-reply@vendor.example", true);
        check("eu-support@vendor.example", true);
        check("mailer-daemon@mx.example", true);
        check("anything@lists.example.org", true);
        check("priya.nair@northwind.example", false);
        check("sam@vendor.example", false);
        check("art.teamson@vendor.example", false);
    }

    #[test]
    fn normalises_addresses() {
        let check = |raw: &str, expected: Option<&str>| assert_eq!(normal_address(raw).as_deref(), expected, "{raw:?}");
        check("Priya <Priya.Nair@Northwind.Example>", Some("priya.nair@northwind.example"));
        check("mailto:sam@vendor.example", Some("sam@vendor.example"));
        check("not an address", None);
        check("@", None);
    }
}
