//! Numbers that states give their people. Each needs its check digits; where few numbers fail them, or where none are
//! defined, also a word beside it that says what it is.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::context::{Context, stands_alone};
use super::numbers::{digits, is_day, is_repeated, luhn, modulo, pair, weighted};

/// A number of one state.
struct Form {
    pattern: &'static str,
    is_valid: fn(&str) -> bool,
    needs: Needs,
}

/// What must stand beside a number.
enum Needs {
    /// Nothing.
    Nothing,
    /// Nothing that says that it is something else.
    NoOther,
    /// One of these words.
    Word(&'static [&'static str]),
}

const SSN: &[&str] = &["ssn", "social security", "social security number", "ss#", "tax id", "itin"];
const NINO: &[&str] = &["ni", "nino", "national insurance", "ni number", "insurance number", "insurance no"];
const STEUER: &[&str] =
    &["steuer-id", "steuerid", "steuer-identifikationsnummer", "idnr", "tin", "tax id", "identifikationsnummer"];
const BSN: &[&str] = &["bsn", "burgerservicenummer", "sofi", "sofinummer"];
const PESEL: &[&str] = &["pesel"];
const SIN: &[&str] = &["sin", "social insurance", "nas"];
const DNI: &[&str] = &["dni", "nif", "nie"];

const FORMS: [Form; 17] = [
    Form { pattern: r"\d{3}-\d{2}-\d{4}", is_valid: is_ssn, needs: Needs::NoOther },
    Form { pattern: r"\d{3} ?\d{2} ?\d{4}", is_valid: is_ssn, needs: Needs::Word(SSN) },
    Form { pattern: r"[A-Z]{2} \d{2} ?\d{2} ?\d{2} ?[A-D]", is_valid: is_nino, needs: Needs::NoOther },
    Form { pattern: r"(?i)[A-Z]{2}\d{6}[A-D]", is_valid: is_nino, needs: Needs::Word(NINO) },
    Form { pattern: r"\d{2} \d{3} \d{3} \d{3}", is_valid: is_steuer_id, needs: Needs::NoOther },
    Form { pattern: r"\d{11}", is_valid: is_steuer_id, needs: Needs::Word(STEUER) },
    Form { pattern: r"\d{4}[. ]?\d{2}[. ]?\d{3}", is_valid: is_bsn, needs: Needs::Word(BSN) },
    Form { pattern: r"(?i)(?:\d{8}|[XYZ]-?\d{7})[- ]?[A-Z]", is_valid: is_dni, needs: Needs::NoOther },
    Form { pattern: r"(?i)\d{8}[- ]?[A-Z]", is_valid: is_dni_dated, needs: Needs::Word(DNI) },
    Form {
        pattern: r"[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}",
        is_valid: is_nir,
        needs: Needs::NoOther,
    },
    Form {
        pattern: r"(?i)[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]",
        is_valid: is_codice_fiscale,
        needs: Needs::Nothing,
    },
    Form { pattern: r"756\.\d{4}\.\d{4}\.\d{2}", is_valid: is_ahv, needs: Needs::Nothing },
    Form { pattern: r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", is_valid: is_niss, needs: Needs::Nothing },
    Form { pattern: r"(?:19|20)?\d{6}[-+]\d{4}", is_valid: is_personnummer, needs: Needs::NoOther },
    Form { pattern: r"\d{11}", is_valid: is_pesel, needs: Needs::Word(PESEL) },
    Form { pattern: r"\d{3}\.\d{3}\.\d{3}-\d{2}", is_valid: is_cpf, needs: Needs::Nothing },
    Form { pattern: r"\d{3}[ -]?\d{3}[ -]?\d{3}", is_valid: |text| luhn(&digits(text)), needs: Needs::Word(SIN) },
];

static PATTERNS: LazyLock<Vec<Option<Regex>>> =
    LazyLock::new(|| FORMS.iter().map(|form| Regex::new(form.pattern).ok()).collect());

pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (form, pattern) in FORMS.iter().zip(PATTERNS.iter()) {
        let Some(pattern) = pattern else { continue };
        let mut at = 0;
        // A match that is none may hide one that begins within it.
        while let Some(matched) = pattern.find_at(text, at) {
            let range = matched.range();
            let is_one =
                stands_alone(text, &range) && (form.is_valid)(matched.as_str()) && form.needs.are_met(text, &range);
            at = if is_one { range.end } else { next_word(text, range.start) };
            if is_one {
                found.push(range);
            }
        }
    }
    found
}

fn next_word(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let gap = rest.get(word..).and_then(|gap| gap.find(char::is_alphanumeric)).unwrap_or(rest.len() - word);
    at + (word + gap).max(rest.chars().next().map_or(1, char::len_utf8))
}

impl Needs {
    fn are_met(&self, text: &str, range: &Range<usize>) -> bool {
        let context = || Context::of(text, range);
        match self {
            Self::Nothing => true,
            Self::NoOther => !context().is_otherwise(),
            Self::Word(words) => context().names(words),
        }
    }
}

fn is_ssn(text: &str) -> bool {
    let number = digits(text);
    let (area, group, serial) = (modulo(&number[..3.min(number.len())], 10_000), pair(&number, 3), number.get(5..));
    number.len() == 9
        && !matches!(area, 0 | 666 | 900..)
        && group != 0
        && serial.is_some_and(|serial| modulo(serial, 100_000) != 0)
        && !is_repeated(&number)
}

fn is_nino(text: &str) -> bool {
    let prefix: String = text.chars().take(2).flat_map(char::to_uppercase).collect();
    let never = |c: char| matches!(c, 'D' | 'F' | 'I' | 'Q' | 'U' | 'V');
    !prefix.contains(never)
        && !prefix.ends_with('O')
        && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&prefix.as_str())
}

/// ISO 7064, modulo 11 and 10; of the first ten digits one stands twice or three times, all others at most once.
fn is_steuer_id(text: &str) -> bool {
    let number = digits(text);
    let (Some((check, first)), 11) = (number.split_last(), number.len()) else { return false };
    let mut counts = [0; 10];
    for digit in first {
        counts[*digit as usize] += 1;
    }
    let repeated: Vec<u32> = counts.into_iter().filter(|count| *count > 1).collect();
    let product = first.iter().fold(10, |product, digit| match (digit + product) % 10 {
        0 => 10 * 2 % 11,
        sum => sum * 2 % 11,
    });
    number.first() != Some(&0) && matches!(repeated.as_slice(), [2 | 3]) && (11 - product) % 10 == *check
}

fn is_bsn(text: &str) -> bool {
    let number = digits(text);
    let Some((last, first)) = number.split_last() else { return false };
    let sum = weighted(first, &[9, 8, 7, 6, 5, 4, 3, 2]);
    number.len() == 9 && !is_repeated(&number) && sum >= *last && (sum - last).is_multiple_of(11)
}

/// The letter of a DNI or NIE by its remainder.
const DNI_LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";

fn has_dni_letter(text: &str) -> bool {
    let upper = text.to_uppercase();
    let first = match upper.chars().next() {
        Some('X') => Some(0),
        Some('Y') => Some(1),
        Some('Z') => Some(2),
        Some(_) | None => None,
    };
    let number: Vec<u32> = first.into_iter().chain(digits(&upper)).collect();
    let letter = DNI_LETTERS.get(modulo(&number, 23) as usize).map(|letter| *letter as char);
    number.len() == 8 && letter.is_some() && upper.chars().next_back() == letter
}

/// A date with a letter ("20260112A") is a version or a batch.
fn is_dni(text: &str) -> bool {
    let number = digits(text);
    let is_date =
        number.len() == 8 && matches!(pair(&number, 0), 19 | 20) && is_day(pair(&number, 4), pair(&number, 6));
    !is_date && has_dni_letter(text)
}

fn is_dni_dated(text: &str) -> bool {
    has_dni_letter(text)
}

/// Month and key: what is left of 97 by the rest; the departments of Corsica count as 19 and 18.
fn is_nir(text: &str) -> bool {
    let plain = text.to_uppercase().replace("2A", "19").replace("2B", "18");
    let number = digits(&plain);
    let (Some(rest), 15) = (number.get(..13), number.len()) else { return false };
    let month = pair(&number, 3);
    (matches!(month, 1..=12 | 20..=42 | 50..=99)) && 97 - modulo(rest, 97) == pair(&number, 13)
}

/// The last letter is the sum of all others, those at odd places by a table.
fn is_codice_fiscale(text: &str) -> bool {
    const ODD: [u32; 26] =
        [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let upper = text.to_ascii_uppercase().into_bytes();
    let Some((check, rest)) = upper.split_last() else { return false };
    let value = |byte: u8| u32::from(if byte.is_ascii_digit() { byte - b'0' } else { byte.saturating_sub(b'A') });
    let sum: u32 = rest
        .iter()
        .enumerate()
        .map(
            |(at, byte)| {
                if at % 2 == 0 { ODD.get(value(*byte) as usize).copied().unwrap_or_default() } else { value(*byte) }
            },
        )
        .sum();
    u32::from(*check) == u32::from(b'A') + sum % 26
}

fn is_ahv(text: &str) -> bool {
    let number = digits(text);
    let weights: Vec<u32> = [1, 3].into_iter().cycle().take(13).collect();
    number.len() == 13 && weighted(&number, &weights).is_multiple_of(10)
}

fn is_niss(text: &str) -> bool {
    let number = digits(text);
    let (Some(rest), true) = (number.get(..9), number.len() == 11 && is_day(pair(&number, 2), pair(&number, 4))) else {
        return false;
    };
    let after_2000: Vec<u32> = [2].into_iter().chain(rest.iter().copied()).collect();
    let key = pair(&number, 9);
    97 - modulo(rest, 97) == key || 97 - modulo(&after_2000, 97) == key
}

fn is_personnummer(text: &str) -> bool {
    let number = digits(text);
    let short = number.get(number.len().saturating_sub(10)..).unwrap_or_default();
    short.len() == 10 && is_day(pair(short, 2), pair(short, 4)) && luhn(short)
}

fn is_pesel(text: &str) -> bool {
    let number = digits(text);
    let sum = weighted(&number, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]);
    number.len() == 11 && sum.is_multiple_of(10) && !is_repeated(&number)
}

fn is_cpf(text: &str) -> bool {
    let number = digits(text);
    let check = |count: usize| {
        let weights: Vec<u32> = (2..).take(count).collect::<Vec<u32>>().into_iter().rev().collect();
        let rest = weighted(number.get(..count).unwrap_or_default(), &weights) * 10 % 11 % 10;
        number.get(count) == Some(&rest)
    };
    number.len() == 11 && !is_repeated(&number) && check(9) && check(10)
}
