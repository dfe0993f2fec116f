//! Scores the rules on the invented labelled sentences of `tests/corpus/topics`.

use std::collections::BTreeMap;

use super::{find, pattern, rules};
use crate::extract::SentenceContext;
use crate::model::{InteractionKind, Party, Side};

const CHECK: &str = include_str!("../../../tests/corpus/topics/check.tsv");
const FRESH: &str = include_str!("../../../tests/corpus/topics/fresh.tsv");
const TUNE: &str = include_str!("../../../tests/corpus/topics/tune.tsv");

fn context<'a>(text: &'a str, speaker: Option<&'a Party>) -> SentenceContext<'a> {
    SentenceContext {
        text,
        range: 0..text.len(),
        kind: InteractionKind::Email,
        speaker,
        addressee: None,
        others: &[],
        previous: None,
        subject: None,
        times: &[],
    }
}

fn party(side: &str) -> Option<Party> {
    let side = match side {
        "c" => Side::Customer,
        "v" => Side::Vendor,
        _ => return None,
    };
    Some(Party { name: None, address: None, side: Some(side) })
}

#[derive(Default)]
struct Score {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Score {
    fn precision(&self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }
    fn recall(&self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }
    fn f1(&self) -> f64 {
        2.0 * f64::from(self.right) / f64::from((2 * self.right + self.wrong + self.missed).max(1))
    }
}

/// Scores by kind; the second part counts risks whose category is right as well.
fn score(table: &str) -> (BTreeMap<String, Score>, Vec<String>) {
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    let mut differences = Vec::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut fields = line.splitn(3, '\t');
        let (Some(labels), Some(side), Some(text)) = (fields.next(), fields.next(), fields.next()) else {
            panic!("line has three fields: {line}");
        };
        let speaker = party(side);
        let found = find(&context(text, speaker.as_ref()));
        let expected: Vec<&str> = labels.split(',').filter(|label| *label != "-").collect();
        let kind = |label: &str| label.split('.').next().unwrap_or_default().to_owned();
        for label in &expected {
            let hit = found.iter().any(|finding| finding.kind.as_str() == kind(label));
            let exact = found.iter().any(|finding| finding.topic() == *label);
            let entry = scores.entry(kind(label)).or_default();
            if hit {
                entry.right += 1;
            } else {
                entry.missed += 1;
            }
            if label.contains('.') {
                let entry = scores.entry(format!("{} with category", kind(label))).or_default();
                if exact { entry.right += 1 } else { entry.missed += 1 }
            }
            if !exact {
                differences
                    .push(format!("missed {label}\t{text}\t{:?}", found.iter().map(|f| f.rule).collect::<Vec<_>>()));
            }
        }
        for finding in &found {
            // A figure beside a goal and the like is no mistake worth counting twice; everything unlabelled is.
            if !expected.iter().any(|label| kind(label) == finding.kind.as_str()) {
                scores.entry(finding.kind.as_str().to_owned()).or_default().wrong += 1;
                differences.push(format!("extra {} [{}]\t{text}", finding.topic(), finding.rule));
            }
        }
    }
    (scores, differences)
}

fn check(table: &str, floors: &[(&str, f64)]) {
    let (scores, differences) = score(table);
    let mut report = Vec::new();
    for (kind, score) in &scores {
        report.push(format!(
            "{kind}: P {:.2} R {:.2} F1 {:.2} ({} right, {} wrong, {} missed)",
            score.precision(),
            score.recall(),
            score.f1(),
            score.right,
            score.wrong,
            score.missed
        ));
    }
    for (kind, floor) in floors {
        let reached = scores.get(*kind).map_or(0.0, Score::f1);
        assert!(reached >= *floor, "{kind}: F1 {reached:.2} below {floor}\n{report:#?}\n{differences:#?}");
    }
}

#[test]
fn check_set_stays_above_its_floor() {
    check(
        CHECK,
        &[("risk", 0.9), ("objective", 0.8), ("requirement", 0.85), ("open_issue", 0.85), ("pain_point", 0.8)],
    );
}

#[test]
fn tuning_set_stays_above_its_floor() {
    check(TUNE, &[("risk", 0.9), ("objective", 0.8), ("requirement", 0.9), ("open_issue", 0.8), ("pain_point", 0.85)]);
}

#[test]
fn fresh_set_stays_above_its_floor() {
    check(FRESH, &[("risk", 0.5), ("objective", 0.5), ("requirement", 0.6)]);
}

/// Words that must not fall on a boundary inside a character.
#[test]
fn ranges_lie_within_the_text() {
    use proptest::prelude::*;
    proptest!(|(text in "(risk |our goal is |must |worried |budget |won’t |not |if |;|— |\\PC{0,6} ){0,30}")| {
        for finding in find(&context(&text, None)) {
            prop_assert!(text.get(finding.range.clone()).is_some_and(|words| !words.is_empty()));
        }
    });
}

/// The automaton must never hide a rule whose pattern matches.
#[test]
fn triggers_hide_no_match() {
    let compiled: Vec<_> = rules::all().map(|rule| (rule, pattern::compile(rule.pattern).expect(rule.name))).collect();
    for text in
        [CHECK, TUNE, FRESH].iter().flat_map(|table| table.lines()).filter_map(|line| line.splitn(3, '\t').nth(2))
    {
        let tried = super::trigger::rules_tried(text);
        for (rule, regex) in &compiled {
            if regex.is_match(text.to_ascii_lowercase().as_bytes()) {
                assert!(tried.contains(&rule.name), "{} is not tried on {text}", rule.name);
            }
        }
    }
}

#[test]
fn every_rule_compiles_and_has_a_trigger() {
    let mut names = std::collections::BTreeSet::new();
    for rule in rules::all() {
        assert!(pattern::compile(rule.pattern).is_some(), "{} does not compile: {}", rule.name, rule.pattern);
        assert_eq!(rule.pattern.matches('<').count(), 1, "{}", rule.name);
        assert!(pattern::triggers(rule.pattern).iter().all(|trigger| trigger.len() > 1), "{}", rule.name);
        assert!(names.insert(rule.name), "{} stands twice", rule.name);
        assert!(rule.name.starts_with(rule.name.split('.').next().unwrap_or_default()));
    }
}
