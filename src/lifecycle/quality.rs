//! What readers' decisions and feedback say of sources, rules and sections.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Calibration, Event, Happened, Judgements, LineRef, LineVerdict, Usefulness};

/// What was decided and said about lines that have something in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Tally {
    /// Approved as they stood.
    pub accepted: u32,
    /// Right with other values.
    pub corrected: u32,
    /// Wrong.
    pub rejected: u32,
    /// Added by a person, or reported as missing.
    pub missing: u32,
    /// Marked as useful by a reader.
    pub useful: u32,
    /// Marked as wrong by a reader.
    pub wrong: u32,
    /// Accepted and half of the corrected, of all that were decided about.
    pub precision: Option<f32>,
}

/// A group of lines with its tally.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct QualityRow {
    /// By what the lines are grouped: `source`, `rule` or `section`.
    pub by: &'static str,
    /// Which group.
    pub name: String,
    /// What was decided and said.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Ratings of documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Ratings {
    /// How many.
    pub count: u32,
    /// The mean, 1 to 5.
    pub mean: Option<f32>,
}

/// The quality of what was delivered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Quality {
    /// The groups, those decided about most first.
    pub rows: Vec<QualityRow>,
    /// How documents were rated.
    pub ratings: Ratings,
    /// How often documents were sent back, by reason code.
    pub sent_back: BTreeMap<String, u32>,
}

/// Folds what happened to handoffs. Of several decisions about one fact the last counts.
pub fn quality<'e>(events: impl IntoIterator<Item = &'e Happened>) -> Quality {
    let mut ledger = Ledger::default();
    let (mut stars, mut count) = (0, 0);
    let mut sent_back = BTreeMap::new();
    for happened in events {
        match &happened.event {
            Event::Decided { verdict: LineVerdict::Added, line } => ledger.misses(&line.section),
            Event::Decided { verdict, line } => ledger.decides(*verdict, line),
            Event::Marked { usefulness, line } => ledger.marks(*usefulness, line),
            Event::Missed { section, .. } => ledger.misses(section.as_deref().unwrap_or_default()),
            Event::Rated { stars: given, .. } => (stars, count) = (stars + u32::from(*given), count + 1),
            Event::SentBack { code, .. } => *sent_back.entry(code.clone()).or_default() += 1,
            Event::Opened
            | Event::TriggeredAgain { .. }
            | Event::MeetingFound
            | Event::Remade { .. }
            | Event::Reviewed
            | Event::Held { .. }
            | Event::HeldPerson { .. }
            | Event::Proposed { .. }
            | Event::Delivered
            | Event::Asked { .. }
            | Event::Answered { .. }
            | Event::Accepted
            | Event::Met { .. }
            | Event::Updated
            | Event::Archived => {}
        }
    }
    let mean = (count > 0).then(|| stars as f32 / count as f32);
    Quality { rows: ledger.rows(), ratings: Ratings { count, mean }, sent_back }
}

/// What people's decisions say of each rule, over everything that happened.
pub fn calibration<'e>(events: impl IntoIterator<Item = &'e Happened>) -> Calibration {
    let rows = quality(events).rows.into_iter().filter(|row| row.by == "rule");
    let judged = rows.map(|QualityRow { name, tally, .. }| {
        let judged = Judgements { accepted: tally.accepted, corrected: tally.corrected, rejected: tally.rejected };
        (name, judged)
    });
    Calibration(judged.filter(|(_, judged)| judged.count() > 0).collect())
}

#[derive(Default)]
struct Ledger<'e> {
    /// The last decision about each fact, or about each line that is none.
    decided: BTreeMap<(&'e str, &'e str), (LineVerdict, &'e LineRef)>,
    tallies: BTreeMap<(&'static str, String), Tally>,
}

impl<'e> Ledger<'e> {
    fn decides(&mut self, verdict: LineVerdict, line: &'e LineRef) {
        let fact = line.fact.as_ref().map_or("", |fact| fact.as_str());
        self.decided.insert((fact, if fact.is_empty() { &line.section } else { "" }), (verdict, line));
    }

    fn marks(&mut self, usefulness: Usefulness, line: &LineRef) {
        for key in groups(line) {
            let tally = self.tallies.entry(key).or_default();
            match usefulness {
                Usefulness::Useful => tally.useful += 1,
                Usefulness::Wrong => tally.wrong += 1,
            }
        }
    }

    fn misses(&mut self, section: &str) {
        let section = if section.is_empty() { "none" } else { section };
        self.tallies.entry(("section", section.to_owned())).or_default().missing += 1;
    }

    fn rows(mut self) -> Vec<QualityRow> {
        for (verdict, line) in self.decided.values() {
            for key in groups(line) {
                let tally = self.tallies.entry(key).or_default();
                match verdict {
                    LineVerdict::Accepted => tally.accepted += 1,
                    LineVerdict::Corrected => tally.corrected += 1,
                    LineVerdict::Rejected => tally.rejected += 1,
                    LineVerdict::Added => tally.missing += 1,
                }
            }
        }
        let mut rows: Vec<QualityRow> = self
            .tallies
            .into_iter()
            .map(|((by, name), mut tally)| {
                let Tally { accepted, corrected, rejected, .. } = tally;
                tally.precision = Judgements { accepted, corrected, rejected }.precision();
                QualityRow { by, name, tally }
            })
            .collect();
        let decided = |row: &QualityRow| row.tally.accepted + row.tally.corrected + row.tally.rejected;
        rows.sort_by(|a, b| (a.by, decided(b), &a.name).cmp(&(b.by, decided(a), &b.name)));
        rows
    }
}

/// The groups that a line belongs to.
fn groups(line: &LineRef) -> Vec<(&'static str, String)> {
    let section = (!line.section.is_empty()).then(|| ("section", line.section.clone()));
    let rule = line.rule.as_ref().map(|rule| ("rule", rule.clone()));
    let source = line.source.map(|source| ("source", source.as_str().to_owned()));
    [source, rule, section].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, InteractionKind, Iri, Role};

    fn happened(event: Event) -> Happened {
        Happened { at: jiff::Timestamp::UNIX_EPOCH, actor: Actor { by: "Sam".to_owned(), role: Role::Admin }, event }
    }

    fn line(fact: &str, rule: &str) -> LineRef {
        LineRef {
            section: "promises".to_owned(),
            fact: Some(Iri::from_text(fact)),
            rule: Some(rule.to_owned()),
            source: Some(InteractionKind::Email),
        }
    }

    #[test]
    fn the_last_decision_about_a_fact_counts() {
        let decided = |fact, rule, verdict| happened(Event::Decided { verdict, line: line(fact, rule) });
        let events = [
            decided("f1", "will", LineVerdict::Accepted),
            decided("f2", "will", LineVerdict::Accepted),
            decided("f2", "will", LineVerdict::Rejected),
            decided("f3", "may", LineVerdict::Corrected),
            happened(Event::Missed { text: "budget".to_owned(), section: Some("promises".to_owned()) }),
            happened(Event::Rated { stars: 4, comment: None }),
            happened(Event::Rated { stars: 1, comment: None }),
            happened(Event::SentBack { code: "incomplete".to_owned(), reason: None }),
        ];
        let told = quality(&events);
        let shown: Vec<String> =
            told.rows.iter().map(|row| format!("{} {} {:?}", row.by, row.name, row.tally.precision)).collect();
        assert_eq!(
            shown,
            ["rule will Some(0.5)", "rule may Some(0.5)", "section promises Some(0.5)", "source email Some(0.5)"]
        );
        assert_eq!((told.rows[2].tally.missing, told.ratings.mean, told.sent_back["incomplete"]), (1, Some(2.5), 1));
        assert_eq!(calibration(&events).0["will"], Judgements { accepted: 1, corrected: 0, rejected: 1 });
    }
}
