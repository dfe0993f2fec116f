//! The gate that every finding passes: its quote must be the text at its span, and it must say something.

use crate::model::{Findings, TextIndex};

/// Drops the findings that do not pass and says how many there were.
pub(crate) fn check(text: &str, findings: &mut Findings) -> usize {
    let index = TextIndex::new(text);
    let before = findings.facts.len() + findings.responses.len() + findings.people.len();
    findings.facts.retain(|fact| {
        !fact.quote.is_empty() && !fact.statement.is_empty() && index.slice(fact.span) == Some(fact.quote.as_str())
    });
    findings
        .responses
        .retain(|answer| !answer.quote.is_empty() && index.slice(answer.span) == Some(answer.quote.as_str()));
    findings.people.retain(|person| index.slice(person.span) == Some(person.quote.as_str()));
    before - (findings.facts.len() + findings.responses.len() + findings.people.len())
}
