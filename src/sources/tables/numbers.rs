//! Numbers as people and spreadsheets write them.

/// Reads `1,234.5`, `1.234,5`, `€ 12 000`, `45%`, `(12)`; `None` when it is no number.
pub(in crate::sources) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let (negative, text) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner),
        None => (false, text),
    };
    let plain: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '$' | '€' | '£' | '%' | '\'' | '\u{202f}' | '"'))
        .collect();
    let (sign, digits) = match plain.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, plain.strip_prefix('+').unwrap_or(&plain)),
    };
    let value: f64 = with_point(digits)?.parse().ok()?;
    Some(if negative { -value } else { sign * value })
}

/// The digits with `.` as decimal mark and without thousands marks.
fn with_point(digits: &str) -> Option<String> {
    let well_formed = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | 'E' | '-' | '+'));
    if !well_formed {
        return None;
    }
    let (comma, point) = (digits.rfind(','), digits.rfind('.'));
    Some(match (comma, point) {
        (Some(comma), Some(point)) if comma > point => digits.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => digits.replace(',', ""),
        (Some(comma), None) => {
            let thousands = digits.matches(',').count() > 1 || digits.len() - comma == 4 && comma <= 3;
            digits.replace(',', if thousands { "" } else { "." })
        }
        (None, Some(_)) if digits.matches('.').count() > 1 => digits.replace('.', ""),
        (None, _) => digits.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers() {
        let check = |text: &str, expected: Option<f64>| assert_eq!(number(text), expected, "{text}");
        check("12", Some(12.0));
        check("1,234.5", Some(1234.5));
        check("1.234,5", Some(1234.5));
        check("1,234", Some(1234.0));
        check("12,5", Some(12.5));
        check("1.234.567", Some(1_234_567.0));
        check("$ 84,000", Some(84000.0));
        check("45 %", Some(45.0));
        check("(12)", Some(-12.0));
        check("-3.5", Some(-3.5));
        check("n/a", None);
        check("", None);
        check("12 apples", None);
        check("inf", None);
    }
}
