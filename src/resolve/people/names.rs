//! Names as people write them, folded for comparison, and the names that addresses spell.

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
    /// Whether it is written with "Mr", "Frau" and the like.
    pub(crate) is_titled: bool,
}

impl NameForm {
    /// Reads a display name: `Priya Nair`, `Nair, Priya (Ops)`, `"Priya K. Nair"`.
    /// Answers `None` for what is no name: an address, digits, a single letter.
    pub(crate) fn parse(raw: &str) -> Option<Self> {
        let mut cleaned = clean(raw)?;
        if !cleaned.contains(char::is_whitespace) {
            // "j.kowalski", as a mailbox is called.
            cleaned = cleaned.split(['.', '_']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        }
        let mut words: Vec<&str> = cleaned.split_whitespace().filter(|word| !is_honorific(word)).collect();
        drop_postnominals(&mut words);
        let is_titled = cleaned.split_whitespace().any(is_honorific);
        let folded: Vec<String> = words.iter().map(|word| fold_name(word)).filter(|word| !word.is_empty()).collect();
        let first = folded.first()?.clone();
        if folded.len() > 6
            || folded.iter().all(|word| word.chars().count() < 2)
            || is_company(&words)
            || is_office(&folded)
        {
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
            is_titled,
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
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "herr",
        "herrn",
        "frau",
        "hr",
        "fr",
        "señor",
        "señora",
        "sra",
        "mme",
        "monsieur",
        "madame",
        "mag",
        "dipl-ing",
        "ing",
        "dott",
        "pan",
        "pani",
        "mevr",
        "mevrouw",
        "dhr",
        "don",
        "doña",
        "dona",
        "doktor",
        "doctor",
        "professor",
        "sig",
        "signor",
        "signora",
        "madam",
        "sir",
    ]
    .iter()
    .any(|title| word.eq_ignore_ascii_case(title))
}

/// Leaves out letters after a name ("Moira Duffy MCIPS"), where the name itself is not in capitals.
fn drop_postnominals(words: &mut Vec<&str>) {
    let is_capital = |word: &&str| word.chars().count() > 2 && word.chars().all(|c| c.is_uppercase() || c == '.');
    let name = words.iter().position(is_capital).unwrap_or(words.len());
    if name >= 2 && words.iter().skip(name).all(is_capital) {
        words.truncate(name);
    }
}

/// Says whether a word of the name is an office's: "Tarn Support".
fn is_office(words: &[String]) -> bool {
    const OFFICES: [&str; 22] = [
        "support",
        "team",
        "teams",
        "help",
        "helpdesk",
        "servicedesk",
        "sales",
        "info",
        "billing",
        "notifications",
        "newsletter",
        "service",
        "services",
        "office",
        "noreply",
        "reply",
        "customer",
        "accounts",
        "buchhaltung",
        "rechnung",
        "vertrieb",
        "ersatzteile",
    ];
    words.iter().any(|word| OFFICES.contains(&word.as_str()))
}

/// Says whether the last word is a legal form.
fn is_company(words: &[&str]) -> bool {
    const FORMS: [&str; 18] = [
        "gmbh", "ag", "kg", "ltd", "limited", "inc", "llc", "llp", "plc", "sl", "sa", "srl", "bv", "nv", "oy", "aps",
        "corp", "sas",
    ];
    let last = words.last().map(|word| fold(word)).unwrap_or_default();
    words.len() > 1 && FORMS.contains(&last.as_str())
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

/// A word of a name, folded: "Mueller" as "Müller" is; "Joe" stays, which is not "Jo".
pub(crate) fn fold_name(word: &str) -> String {
    let word = fold(word);
    let letters: Vec<char> = word.chars().collect();
    let is_consonant = |at: Option<usize>| {
        at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphabetic() && !"aeiouy".contains(*c))
    };
    let is_mark = |at: usize| {
        letters[at] == 'e'
            && at.checked_sub(1).is_some_and(|before| "aou".contains(letters[before]))
            && is_consonant(at.checked_sub(2))
            && is_consonant(Some(at + 1))
    };
    (0..letters.len()).filter(|&at| !is_mark(at)).map(|at| letters[at]).collect()
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
        check("Joe Stoeger", Some(("Joe Stoeger", "joe stoger")));
        check("Frau Dr. Anna Weiß", Some(("Anna Weiß", "anna weiss")));
        check("Priya K. Nair | Northwind", Some(("Priya K. Nair", "k nair priya")));
        check("priya.nair@northwind.example", None);
        check("Speaker 2", None);
        check("P", None);
        check("", None);
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
