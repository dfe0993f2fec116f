//! Date and time expressions of the end-to-end specs: right when the span is (with or without its article and the words
//! that limit it) and the value is one of those listed. What is found where nothing is, counts as wrong. The first two
//! rows count every case; `conventions.tsv` names those where our convention differs and why, and the third row leaves
//! them out.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::DateTime;
use serde_json::Value;

use super::corpus;
use super::score::{Counts, Scored};
use crate::extract::times::{self, Time};

mod value;

/// Specs of the whole model in its default mode.
const SPEC: &str = "DateTimeModel";
/// Cases whose convention is not ours: input, reason.
const CONVENTIONS: &str = include_str!("conventions.tsv");

/// Scores every case, and once more without those whose convention is not ours.
pub(super) fn score(data: &Path) -> Scored {
    let rows = corpus::rows(&data.join("recognizers_text_specs/datetime_en.jsonl"));
    let cases: Vec<&Value> = rows.iter().filter(|row| row["spec"] == SPEC).collect();
    measure(&cases, &conventions())
}

fn conventions() -> BTreeMap<&'static str, &'static str> {
    CONVENTIONS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t')).collect()
}

fn measure(cases: &[&Value], conventions: &BTreeMap<&str, &str>) -> Scored {
    let [mut spans, mut values, mut ours] = [Counts::default(); 3];
    let mut mistakes = Vec::new();
    for case in cases {
        let Some(read) = Case::read(case) else { continue };
        let (span, value) = read.count();
        add(&mut spans, span);
        add(&mut values, value);
        let other = conventions.get(read.input).copied();
        if other.is_none() {
            add(&mut ours, value);
        }
        if value.wrong + value.missed > 0 {
            mistakes.push(format!("{}\t{}\t{}", other.unwrap_or("-"), read.input, read.difference()));
        }
    }
    if cases.is_empty() {
        return Scored::default();
    }
    let mut aside = ours.row("span and value, other conventions aside");
    aside.note =
        Some(format!("{} cases of another convention are listed in src/eval/dates/conventions.tsv", conventions.len()));
    Scored { rows: vec![spans.row("span"), values.row("span and value"), aside], mistakes }
}

fn add(sum: &mut Counts, one: Counts) {
    sum.right += one.right;
    sum.wrong += one.wrong;
    sum.missed += one.missed;
}

/// One case: the sentence, what stands in it, what was found.
struct Case<'a> {
    input: &'a str,
    gold: Vec<(std::ops::Range<usize>, &'a Value)>,
    found: Vec<Time>,
}

impl<'a> Case<'a> {
    fn read(case: &'a Value) -> Option<Self> {
        let input = case["input"].as_str()?;
        let local: DateTime = case["ref"].as_str().and_then(|at| at.get(..19)).and_then(|at| at.parse().ok())?;
        let found = times::find(input, 0..input.len(), times::Reference { local, day_first: false });
        let expected = case["results"]
            .as_array()?
            .iter()
            .filter(|result| !result["type"].as_str().unwrap_or_default().ends_with("timezone"));
        let gold = expected.filter_map(|result| {
            let start = byte_at(input, result["start"].as_u64()?);
            Some((start..byte_at(input, result["end"].as_u64()?), &result["resolution"]["values"]))
        });
        Some(Self { input, gold: gold.collect(), found })
    }

    /// Counts by span, and by span and value.
    fn count(&self) -> (Counts, Counts) {
        let (mut spans, mut values) = (Counts::default(), Counts::default());
        for (range, listed) in &self.gold {
            let found = self.at(range);
            spans.add(found.is_some(), true);
            values.add(found.is_some_and(|time| value::is_listed(time.value.as_deref(), listed)), true);
        }
        spans.wrong = self.found.len().saturating_sub(spans.right);
        values.wrong = self.found.len().saturating_sub(values.right);
        (spans, values)
    }

    fn at(&self, range: &std::ops::Range<usize>) -> Option<&Time> {
        self.found.iter().find(|time| time.range == *range || time.shown == *range)
    }

    fn difference(&self) -> String {
        let gold = self.gold.iter().map(|(range, listed)| format!("{:?} {listed}", &self.input[range.clone()]));
        let found = self.found.iter().map(|time| {
            format!("{:?} {}", &self.input[time.range.clone()], time.value.as_deref().unwrap_or("no value"))
        });
        format!("expected {} found {}", gold.collect::<Vec<_>>().join("; "), found.collect::<Vec<_>>().join("; "))
    }
}

/// The byte at which a UTF-16 code unit starts.
fn byte_at(text: &str, unit: u64) -> usize {
    let mut units = 0;
    for (byte, c) in text.char_indices() {
        if units >= unit {
            return byte;
        }
        units += c.len_utf16() as u64;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented cases in the form of the specs.
    const FIXTURE: &str = r#"{"spec": "DateTimeModel", "input": "é: the review is on 12 March 2026", "ref": "2026-01-12T00:00:00", "results": [{"type": "datetimeV2.date", "start": 20, "end": 33, "resolution": {"values": [{"timex": "2026-03-12", "type": "date", "value": "2026-03-12"}]}}]}
{"spec": "DateTimeModel", "input": "nothing here", "ref": "2026-01-12T00:00:00", "results": []}"#;

    #[test]
    fn invented_cases_are_right() {
        let rows: Vec<Value> = FIXTURE.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let scored = measure(&rows.iter().collect::<Vec<_>>(), &BTreeMap::new());
        assert!(scored.rows[1].f1 > Some(0.99), "{:?}", scored.mistakes);
    }
}
