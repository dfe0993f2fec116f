//! The typefaces of the PDF, which come with the program, and what they can show.

use std::sync::LazyLock;

use serde_json::Value;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// Shown for a character that no typeface has.
const MISSING: char = '□';

/// Where a line may break.
const BREAK: char = '\u{200b}';

/// Characters that fit on a line of the narrowest column.
const LONG_WORD: usize = 50;

/// Characters of a longer word from one place to break to the next.
const BETWEEN_BREAKS: usize = 10;

/// Typefaces, read once.
pub(super) struct Typefaces {
    fonts: Vec<Font>,
    pub(super) book: LazyHash<FontBook>,
    /// The characters that some typeface has, in order.
    known: Vec<u32>,
}

/// All typefaces of the program.
pub(super) static TYPEFACES: LazyLock<Typefaces> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts().flat_map(|data| Font::iter(Bytes::new(data))).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    let mut known: Vec<u32> = fonts.iter().flat_map(|font| font.info().coverage.iter()).collect();
    known.sort_unstable();
    known.dedup();
    Typefaces { fonts, book, known }
});

impl Typefaces {
    /// The typeface at a place of the book.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// Fits all text of a value to be shown, and counts the characters that cannot be.
    pub(super) fn fit(&self, value: &mut Value) -> usize {
        match value {
            Value::String(text) => {
                let (shown, missing) = self.showable(text);
                *text = shown;
                missing
            }
            Value::Array(values) => values.iter_mut().map(|value| self.fit(value)).sum(),
            Value::Object(values) => values.values_mut().map(|value| self.fit(value)).sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        }
    }

    /// The text with a box in place of each character that no typeface has, and how many there were. An accessible PDF
    /// may not hold a character without a shape. Words longer than a line get places to break.
    fn showable(&self, text: &str) -> (String, usize) {
        let (mut missing, mut unbroken) = (0, 0);
        let mut shown = String::with_capacity(text.len());
        for c in text.chars() {
            unbroken = if c.is_whitespace() { 0 } else { unbroken + 1 };
            if unbroken > LONG_WORD {
                shown.push(BREAK);
                unbroken -= BETWEEN_BREAKS;
            }
            if c.is_ascii() || self.known.binary_search(&u32::from(c)).is_ok() {
                shown.push(c);
            } else if !is_invisible(c) {
                missing += 1;
                shown.push(MISSING);
            }
        }
        (shown, missing)
    }
}

/// Joiners, selectors and tags: they change the shape of the characters around them and have none of their own.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_typeface_has_is_shown_as_a_box() {
        let check = |text: &str, expected: &str| {
            let (shown, missing) = TYPEFACES.showable(text);
            assert_eq!(shown, expected);
            assert_eq!(missing, expected.matches(MISSING).count(), "{text}");
        };
        check("Zürich – Łódź – Αθήνα – Киев – €5 → “ok” …", "Zürich – Łódź – Αθήνα – Киев – €5 → “ok” …");
        check("שלום", "שלום");
        check(&"x".repeat(61), &["x".repeat(50), "x".repeat(10), "x".to_owned()].join("\u{200b}"));
        check("会議 👍🏽", "□□ □□");
        check("👩\u{200d}💻\u{fe0f}", "□\u{200d}□");
    }
}
