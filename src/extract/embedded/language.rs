//! The language of what an author wrote: told by the source, else by its commonest words, else by its letters.

use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use whatlang::{Detector, Lang};

use crate::extract::ByteZone;
use crate::model::{Interaction, ZoneKind};

/// Fewer letters than this tell nothing.
const FEWEST_LETTERS: usize = 40;
/// A language that is less sure is not told.
const SURE: f64 = 0.5;
/// No more of a text is read than this.
const LONGEST_BYTES: usize = 600;
/// English is told by its commonest words when they are one word in this many.
const ONE_IN: usize = 6;

/// Common words of English that are none of the other languages.
static ENGLISH: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    "the and you to is for we of that with this have it are will your can be from not our would please thanks as if"
        .split(' ')
        .collect()
});

/// The language, ISO 639-1; `None` where it is not certain.
pub(super) fn of(interaction: &Interaction, zones: &[ByteZone]) -> Option<String> {
    if let Some(given) = interaction.language.as_deref().and_then(|tag| tag.split(['-', '_']).next()) {
        return Some(given.to_ascii_lowercase()).filter(|code| !code.is_empty());
    }
    let longest = zones.iter().filter(|zone| zone.kind == ZoneKind::Body).max_by_key(|zone| zone.range.len())?;
    let text = beginning(&interaction.text, longest.range.clone());
    if text.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
        return None;
    }
    if is_plainly_english(text) {
        return Some("en".to_owned());
    }
    let found = DETECTOR.detect(text).filter(|found| found.confidence() >= SURE)?;
    LANGUAGES.iter().find(|(lang, _)| *lang == found.lang()).map(|(_, code)| (*code).to_owned())
}

fn beginning(text: &str, range: Range<usize>) -> &str {
    let end = text.floor_char_boundary(range.end.min(range.start + LONGEST_BYTES));
    text.get(range.start..end).unwrap_or_default()
}

fn is_plainly_english(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let (mut all, mut common) = (0usize, 0usize);
    for word in words {
        all += 1;
        common += usize::from(ENGLISH.contains(word));
    }
    common >= 4 && common * ONE_IN >= all
}

/// The languages that are told apart, with their two letters. The fewer, the surer.
const LANGUAGES: [(Lang, &str); 24] = [
    (Lang::Eng, "en"),
    (Lang::Deu, "de"),
    (Lang::Fra, "fr"),
    (Lang::Spa, "es"),
    (Lang::Nld, "nl"),
    (Lang::Ita, "it"),
    (Lang::Por, "pt"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Nob, "nb"),
    (Lang::Fin, "fi"),
    (Lang::Pol, "pl"),
    (Lang::Ces, "cs"),
    (Lang::Hun, "hu"),
    (Lang::Ron, "ro"),
    (Lang::Ell, "el"),
    (Lang::Tur, "tr"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Ara, "ar"),
    (Lang::Heb, "he"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
    (Lang::Cmn, "zh"),
];

/// Knows only [`LANGUAGES`].
static DETECTOR: LazyLock<Detector> =
    LazyLock::new(|| Detector::with_allowlist(LANGUAGES.iter().map(|(lang, _)| *lang).collect()));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told() {
        let check = |text: &str, expected: Option<&str>| {
            let interaction = Interaction { text: text.to_owned(), ..Interaction::default() };
            let zones = [ByteZone { kind: ZoneKind::Body, range: 0..text.len() }];
            assert_eq!(of(&interaction, &zones).as_deref(), expected, "{text}");
        };
        check("Thanks for the call, we will look at the contract and come back to you next week.", Some("en"));
        check("Vielen Dank für das Gespräch, wir schauen uns den Vertrag an und melden uns nächste Woche.", Some("de"));
        check(
            "Merci pour votre appel, nous allons regarder le contrat et revenir vers vous la semaine prochaine.",
            Some("fr"),
        );
        check(
            "Gracias por la llamada, vamos a mirar el contrato y la próxima semana les contestamos sin falta.",
            Some("es"),
        );
        check(
            "Dank voor het gesprek, we kijken naar het contract en komen volgende week bij jullie terug.",
            Some("nl"),
        );
        check("ok, ja", None);
    }
}
