//! Masks over text: a masked character becomes one dot, so that every span of the text still holds.

use std::ops::Range;

/// What stands in the place of a letter or digit that may not be kept.
pub const MASK: char = '•';

/// Writes text with the letters and digits of `ranges` (bytes) masked; `None` when they hold none.
pub(super) fn masked(text: &str, ranges: &[Range<usize>]) -> Option<String> {
    let mut sorted: Vec<&Range<usize>> = ranges.iter().filter(|range| !range.is_empty()).collect();
    sorted.sort_unstable_by_key(|range| range.start);
    let mut out = String::with_capacity(text.len() + 16);
    let (mut at, mut is_changed) = (0, false);
    for range in sorted {
        let start = range.start.max(at);
        let (Some(before), Some(within)) = (text.get(at..start), text.get(start..range.end)) else { continue };
        out.push_str(before);
        for c in within.chars() {
            let hides = c.is_alphanumeric();
            is_changed |= hides;
            out.push(if hides { MASK } else { c });
        }
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    is_changed.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_the_number_of_code_points() {
        let check = |text: &str, ranges: &[(usize, usize)], expected: Option<&str>| {
            let ranges: Vec<Range<usize>> = ranges.iter().map(|(start, end)| *start..*end).collect();
            let found = masked(text, &ranges);
            assert_eq!(found.as_deref(), expected, "{text:?} {ranges:?}");
            if let Some(found) = found {
                assert_eq!(found.chars().count(), text.chars().count());
            }
        };
        check("card 4111-1111", &[(5, 14)], Some("card ••••-••••"));
        check("Zoë Ünal", &[(0, 4), (5, 10)], Some("••• ••••"));
        check("abc", &[(1, 3), (0, 2)], Some("•••"));
        check("a - b", &[(1, 4)], None);
        check("ab", &[(5, 9)], None);
        check("", &[], None);
    }
}
