//! Signature blocks: who signs, with which title, for whom, and how to reach them.

use std::ops::Range;

use super::mentions::{patterns, titles};
use super::zones::shape;

/// What a signature tells, each with its place in bytes of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignatureFields {
    /// The name.
    pub name: Option<Range<usize>>,
    /// Job title.
    pub title: Option<Range<usize>>,
    /// Organisation.
    pub organization: Option<Range<usize>>,
    /// Telephone numbers.
    pub phones: Vec<Range<usize>>,
    /// Mail addresses.
    pub addresses: Vec<Range<usize>>,
    /// Web pages.
    pub urls: Vec<Range<usize>>,
}

/// Reads the signature at `zone` of `text`.
pub fn read(text: &str, zone: Range<usize>) -> SignatureFields {
    let mut fields = Draft::default();
    let Some(block) = text.get(zone.clone()) else { return fields.told };
    let mut at = zone.start;
    for line in block.split_inclusive('\n') {
        read_line(text, at..at + line.len(), &mut fields);
        at += line.len();
    }
    // A line of which the words say nothing is a title where one of an organisation follows it.
    if fields.told.title.is_none() && fields.told.organization.is_some() {
        fields.told.title = fields.second_line;
    }
    fields.told
}

/// The fields so far.
#[derive(Default)]
struct Draft {
    told: SignatureFields,
    /// Whether the organisation was guessed from its place; one with a legal form takes its place.
    guessed: bool,
    /// What stands under the name, where its words tell neither a title nor an organisation.
    second_line: Option<Range<usize>>,
}

fn read_line(text: &str, line: Range<usize>, draft: &mut Draft) {
    let fields = &mut draft.told;
    let place = |range: Range<usize>| line.start + range.start..line.start + range.end;
    let words = &text[line.clone()];
    fields.phones.extend(patterns::phones(words).into_iter().map(place));
    fields.addresses.extend(patterns::addresses(words).into_iter().map(place));
    for word in words.split_whitespace() {
        let bare = word.trim_matches(['<', '>', '(', ')', ',', ';', '[', ']']);
        if bare.starts_with("http://") || bare.starts_with("https://") || bare.starts_with("www.") {
            let start = bare.as_ptr() as usize - text.as_ptr() as usize;
            fields.urls.push(start..start + bare.len());
        }
    }
    let mut start = line.start;
    for part in words.split_inclusive(['|', '·', '•', '\t', '\n']).flat_map(|part| cut_commas(part)) {
        let range = trimmed(text, start..start + part.len());
        start += part.len();
        if !range.is_empty() {
            read_part(text, range, draft);
        }
    }
}

/// Cuts "Ada One, Head of Sales" but neither "Sales, Europe" nor a legal form.
fn cut_commas(part: &str) -> Vec<&str> {
    part.split_inclusive(',').collect()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let outer = |c: char| c.is_whitespace() || matches!(c, '|' | '·' | '•' | ',' | '-' | '–' | '—' | '*' | '_' | '~');
    let start = range.start + (words.len() - words.trim_start_matches(outer).len());
    let end = range.end - (words.len() - words.trim_end_matches(outer).len());
    if start < end { start..end } else { range.start..range.start }
}

fn read_part(text: &str, range: Range<usize>, draft: &mut Draft) {
    let range = without_proxy(text, range);
    let words = &text[range.clone()];
    if words.len() > 80
        || words.contains('@') && !words.contains(" @ ")
        || words.contains("://")
        || words.contains("www.")
        || shape::is_contact(words) && !words.contains(" @ ")
    {
        return;
    }
    let fields = &mut draft.told;
    // "Managing director: Name" belongs to the imprint of a company.
    if titles::is_title_line(words) && !words.contains(':') {
        if fields.title.is_none() {
            let (title, organization) = at_organization(words);
            fields.title = Some(range.start..range.start + title);
            if let Some(organization) = organization.filter(|_| fields.organization.is_none()) {
                fields.organization = Some(range.start + organization..range.end);
            }
        }
    } else if fields.name.is_some() && fields.title.is_none() && is_department(words) {
        fields.title = Some(range);
    } else if is_organization(words) {
        if fields.organization.is_none() || draft.guessed {
            fields.organization = Some(range);
            draft.guessed = false;
        }
    } else if fields.name.is_none() {
        if shape::is_name(words) {
            fields.name = Some(range);
        }
    } else if fields.name.clone().is_some_and(|name| is_longer(words, &text[name])) {
        fields.name = Some(range);
    } else if fields.title.is_none() && draft.second_line.is_none() && is_plain(words) {
        draft.second_line = Some(range);
    } else if fields.organization.is_none()
        && (fields.title.is_some() || draft.second_line.is_some())
        && words.starts_with(char::is_uppercase)
        && !words.contains(|c: char| c.is_ascii_digit() || c == ':')
    {
        fields.organization = Some(range);
        draft.guessed = true;
    }
}

/// Says whether a line can be a title: a few words, no sentence, no closing.
fn is_plain(words: &str) -> bool {
    let count = words.split_whitespace().count();
    (1..=7).contains(&count)
        && words.starts_with(char::is_alphabetic)
        && !words.ends_with(['.', '!', '?', ':'])
        && !words.contains(':')
        && words.chars().filter(char::is_ascii_digit).count() <= 2
}

/// Leaves out the German marks of those who sign for somebody else, and degrees.
fn without_proxy(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let mark = MARKS.iter().find(|mark| words.starts_with(**mark));
    mark.map_or(range.clone(), |mark| without_proxy(text, range.start + mark.len()..range.end))
}

/// Says whether a line gives in full the name that stands alone above it.
fn is_longer(words: &str, name: &str) -> bool {
    !name.contains(' ')
        && shape::is_name(words)
        && words.split(' ').next().is_some_and(|first| first == name)
        && words.contains(' ')
}

/// Marks before a name.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "i.A. ", "i. A. ", "i.V. ", "i. V. ", "ppa. ", "Dr. ", "Prof. ", "Ing. ", "Dipl.-Ing. ", "Dott. ", "Dott.ssa ",
    "Mr. ", "Ms. ", "Mrs. ", "Sr. ", "Sra. ", "Ir. ", "Drs. ", "Mag. ",
];

/// "CEO at Acme", "CEO @ Acme": length of the title and start of the organisation.
fn at_organization(words: &str) -> (usize, Option<usize>) {
    [" at ", " @ ", " bei ", " chez "]
        .iter()
        .find_map(|cue| words.find(cue).map(|at| (at, Some(at + cue.len()))))
        .unwrap_or((words.len(), None))
}

/// Says whether a line below the name is a part of a company: "Strategic Sourcing", "Einkauf / Datenschutz".
fn is_department(words: &str) -> bool {
    #[rustfmt::skip]
const PARTS: &[&str] = &[
    "procurement", "purchasing", "sourcing", "finance", "accounting", "legal", "compliance", "controlling", "logistics", "it",
    "operations", "marketing", "hr", "security", "quality", "payroll", "einkauf", "datenschutz", "buchhaltung", "vertrieb", "recht",
    "personal", "logistik", "technik", "achats", "juridique", "comptabilité", "compras", "contabilidad", "inkoop", "administratie",
];
    let known = |word: &str| PARTS.contains(&word.to_lowercase().as_str());
    let all: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    all.len() <= 4 && words.starts_with(char::is_uppercase) && all.iter().any(|word| known(word))
}

fn is_organization(words: &str) -> bool {
    #[rustfmt::skip]
const FORMS: &[&str] = &[
    "inc", "gmbh", "ltd", "limited", "corp", "corporation", "llc", "llp", "ag", "plc", "company", "group", "bv",
    "b.v", "s.a", "sarl", "s.p.a", "srl", "oy", "ab", "se", "holdings", "sas", "l.p", "lp", "ltda", "lda", "s.l", "sl",
    "s.r.l", "s.l.u", "n.v", "nv", "kg", "aps", "a/s", "asa", "partners", "associates", "institute", "foundation",
    "pty", "co", "bank", "technologies", "solutions", "systems",
    "university",
];
    let last = words.rsplit(' ').next().unwrap_or_default().trim_end_matches(['.', '!']).to_lowercase();
    words.contains(' ') && words.starts_with(|c: char| c.is_uppercase()) && FORMS.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: [Option<&str>; 3], phones: &[&str], addresses: &[&str]) {
        let fields = read(text, 0..text.len());
        let of = |range: Option<Range<usize>>| range.map(|range| &text[range]);
        assert_eq!([of(fields.name), of(fields.title), of(fields.organization)], expected, "{text}");
        let all = |ranges: Vec<Range<usize>>| ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(all(fields.phones), phones, "{text}");
        assert_eq!(all(fields.addresses), addresses, "{text}");
    }

    #[test]
    fn blocks() {
        check(
            "Ada One\nHead of Operations\nNorthwind Ltd\nTel: +44 20 7946 0000\nada@northwind.example\n",
            [Some("Ada One"), Some("Head of Operations"), Some("Northwind Ltd")],
            &["+44 20 7946 0000"],
            &["ada@northwind.example"],
        );
        check(
            "-- \nAda One | CTO | Northwind\nwww.northwind.example",
            [Some("Ada One"), Some("CTO"), Some("Northwind")],
            &[],
            &[],
        );
        check("Ada One, CEO @ Acme", [Some("Ada One"), Some("CEO"), Some("Acme")], &[], &[]);
        check(
            "i.A. Bernd Zwei\nFirma GmbH\nGeschäftsführer: Ada One",
            [Some("Bernd Zwei"), None, Some("Firma GmbH")],
            &[],
            &[],
        );
        check("-ada", [Some("ada"), None, None], &[], &[]);
        check(
            "Ada One\nInnendienst Ersatzteile\nNorthwind GmbH\n",
            [Some("Ada One"), Some("Innendienst Ersatzteile"), Some("Northwind GmbH")],
            &[],
            &[],
        );
        check("Ada One\nNorthwind\n", [Some("Ada One"), None, None], &[], &[]);
        check("Ada One\nStrategic Sourcing", [Some("Ada One"), Some("Strategic Sourcing"), None], &[], &[]);
        check(
            "Dr. Ada One, P.E.\nVice President, Asset Management\nNorthwind LLC\nTlf. 96 555 01 20",
            [Some("Ada One"), Some("Vice President"), Some("Northwind LLC")],
            &["96 555 01 20"],
            &[],
        );
        check(
            "Ada\nAda One\nChef de projet\nLumière SAS\nTél. : 01 55 50 01 44",
            [Some("Ada One"), Some("Chef de projet"), Some("Lumière SAS")],
            &["01 55 50 01 44"],
            &[],
        );
    }

    proptest::proptest! {
        #[test]
        fn fields_are_within(text in "(\\PC|\n|Ada |CEO at |\\| |https://x|é, ){0,50}") {
            let fields = read(&text, 0..text.len());
            let one = [fields.name, fields.title, fields.organization].into_iter().flatten();
            for range in one.chain(fields.phones).chain(fields.addresses).chain(fields.urls) {
                proptest::prop_assert!(text.get(range).is_some());
            }
        }
    }
}
