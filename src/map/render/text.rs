//! Escaping and shortening.

use std::fmt::Write as _;

/// Text for XML content and attributes. Characters that XML 1.0 cannot hold become U+FFFD.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // As themselves they would become spaces in an attribute.
            '\t' | '\n' | '\r' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A quoted string of DOT.
pub(super) fn dot(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            // Entities are read in labels.
            '&' => quoted.push_str("&amp;"),
            c if c.is_control() => quoted.push('\u{fffd}'),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// One line of at most `most` characters; what turns the direction of the text around is left out.
pub(super) fn short(text: &str, most: usize) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let line: String = text.chars().filter(|&c| !turns(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = line.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    kept.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let check = |text: &str, in_xml: &str, in_dot: &str| {
            assert_eq!((xml(text).as_str(), dot(text).as_str()), (in_xml, in_dot), "{text:?}");
        };
        check("Priya Nair", "Priya Nair", "\"Priya Nair\"");
        check("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;", "\"a<b>&amp;\\\"'\"");
        check("a\\\n\0\u{fffe}", "a\\&#10;\u{fffd}\u{fffd}", "\"a\\\\\\n\u{fffd}\u{fffe}\"");
        check("\\\"", "\\&quot;", "\"\\\\\\\"\"");
    }

    #[test]
    fn shortens() {
        let check = |text: &str, expected: &str| assert_eq!(short(text, 8), expected, "{text:?}");
        check("Priya", "Priya");
        check("Priya\n\tNair", "Priya N…");
        check("\u{202e}riP", "riP");
        check("", "");
    }
}
