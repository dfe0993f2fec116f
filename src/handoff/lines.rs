//! The template environment, its filters, and one line of a document as text.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use minijinja::{Environment, UndefinedBehavior, Value, syntax::SyntaxConfig, value::Serde};
use serde::Serialize;

use super::{HandoffError, definition::line_template};

/// Templates may do so much work, whatever their text says.
const FUEL: u64 = 2_000_000;

/// An environment with our filters and no templates. HTML and XML templates escape everything; the others by filter.
pub(super) fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Lenient);
    // Default delimiters always make a syntax.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|name| {
        let is_marked_up = name.contains(".html") || name.contains(".xml");
        if is_marked_up { minijinja::AutoEscape::Html } else { minijinja::AutoEscape::None }
    });
    environment.add_filter("markdown", |text: &str| escape_markdown(text));
    environment.add_filter("day", |text: &str| day(text).map_or_else(|| text.to_owned(), |day| day.to_string()));
    environment.add_filter("days_until", |from: &str, to: &str| days_between(from, to));
    environment.add_filter("stop", |text: &str| stop(text));
    environment.add_filter("sentence", |text: &str| sentence(text));
    environment.add_filter("lower_first", |text: &str| lower_first(text));
    environment.add_filter("words", |text: &str| text.replace(['_', '-'], " "));
    environment.add_filter("one_line", |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" "));
    environment
}

/// Anything that serde can write, as a value for templates.
pub(super) fn value(content: impl Serialize) -> Value {
    Value::from(Serde(content))
}

/// Renders a line and brings it to one line of text.
pub(super) fn line(environment: &Environment<'_>, name: &str, values: &Value) -> Result<String, HandoffError> {
    let name = line_template(name);
    let failed = |error: minijinja::Error| HandoffError::template(&name, &error);
    let text = environment.get_template(&name).map_err(failed)?.render(values).map_err(failed)?;
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Renders a template given as text.
pub(super) fn inline(environment: &Environment<'_>, template: &str, values: &Value) -> Result<String, HandoffError> {
    environment.render_str(template, values).map_err(|error| HandoffError::template(template, &error))
}

/// Makes text mean itself in Markdown: what people write is never markup.
pub(super) fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut line_start = true;
    for c in text.chars() {
        let special = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$')
            || (line_start && matches!(c, '#' | '+' | '-' | '='));
        if special {
            escaped.push('\\');
        }
        escaped.push(if c == '\n' { ' ' } else { c });
        line_start = line_start && c.is_whitespace();
    }
    escaped
}

fn day(text: &str) -> Option<Date> {
    let at = text.parse::<Timestamp>().map(|at| at.to_zoned(TimeZone::UTC).date());
    at.or_else(|_| text.parse()).ok()
}

/// Whole days from one day or time to another; negative when `to` lies before.
fn days_between(from: &str, to: &str) -> Option<i64> {
    let (from, to) = (day(from)?, day(to)?);
    to.since(from).ok().map(|span| i64::from(span.get_days()))
}

/// The text as a sentence: a capital first, a full stop last unless it ends in a mark of its own.
fn sentence(text: &str) -> String {
    upper_first(&stop(text))
}

/// The text with a full stop, unless it ends in a mark of its own.
fn stop(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '!', '?', '…', ':']) { text.to_owned() } else { format!("{text}.") }
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The text with a small first letter, unless the first word is a name in capitals ("SSO", "I").
pub(super) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let (first, second) = (chars.next(), chars.next());
    match (first, second) {
        (Some(first), Some(second)) if first.is_uppercase() && second.is_lowercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_never_markup() {
        let check = |text: &str, expected: &str| assert_eq!(escape_markdown(text), expected);
        check("# not a heading", "\\# not a heading");
        check("a *b* [c](d) <e> & `f`", "a \\*b\\* \\[c\\](d) \\<e\\> \\& \\`f\\`");
        check("one\ntwo - three", "one two - three");
    }

    #[test]
    fn days_are_counted_between_days_and_times() {
        let check = |from: &str, to: &str, expected| assert_eq!(days_between(from, to), expected, "{from} {to}");
        check("2026-01-12", "2026-01-16", Some(4));
        check("2026-01-16T23:00:00Z", "2026-01-12", Some(-4));
        check("2025-12-31", "2026-03-01", Some(60));
        check("soon", "2026-03-01", None);
    }

    #[test]
    fn first_letters() {
        let check = |text: &str, expected: &str| assert_eq!(lower_first(text), expected);
        check("Send the report", "send the report");
        check("SSO must work", "SSO must work");
        check("", "");
    }
}
