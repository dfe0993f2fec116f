//! Holds what is told of an account, week by week, against what was planted in it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use rayon::prelude::*;

use super::plan::{About, Planted, Shape, WEEKS, YEAR};
use super::writer::{Writer, instant};
use crate::changes;
use crate::eval::score::{Counts, Row};
use crate::eval::sentence::analysis;
use crate::extract::Engine;
use crate::model::{AccountSlug, AccountView, Change, ChangeKind, FactKind, Interaction, Side, Told};
use crate::resolve::{Context, outline};

/// What was found of one sort of planted change.
#[derive(Debug, Default)]
struct Sort {
    found: usize,
    missed: usize,
    /// Missed because the engine reads nothing of the kind in the words.
    unread: usize,
    delays: Vec<i32>,
}

/// What was counted over the accounts of a bank.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sorts: BTreeMap<(&'static str, Shape), Sort>,
    /// Told though nothing of the kind was planted.
    false_alarms: BTreeMap<&'static str, usize>,
    told: usize,
    accounts: usize,
    pub(super) mistakes: Vec<String>,
}

/// An account with what is told of it: for each week its end and the changes.
struct Reported {
    weeks: Vec<(Date, Vec<Change>)>,
    last: AccountView,
    told: Vec<Told>,
}

impl Sort {
    fn note(&self) -> String {
        let delay = median(&self.delays).map(|days| format!("median {days} days until told"));
        let unread = (self.unread > 0).then(|| format!("{} of the missed: nothing read in the words", self.unread));
        [delay, unread].into_iter().flatten().collect::<Vec<_>>().join("; ")
    }
}

impl Tally {
    /// Reads, folds and judges one account.
    pub(super) fn of(engine: &dyn Engine, writer: &mut Writer<'_>) -> Self {
        writer.write();
        let Some(reported) = report(engine, writer) else { return Self::default() };
        let mut tally = Self { accounts: 1, ..Self::default() };
        let mut open: Vec<(Planted, Option<Date>)> = writer.planted.iter().cloned().map(|one| (one, None)).collect();
        for (day, told) in &reported.weeks {
            for change in told {
                tally.told += 1;
                tally.judge(writer, &mut open, change, (*day, &reported.last));
            }
        }
        for (planted, found) in open {
            let sort = tally.sorts.entry((name(planted.kind), planted.shape)).or_default();
            if let Some(day) = found {
                sort.found += 1;
                sort.delays.push((day - planted.at).get_days());
            } else {
                sort.missed += 1;
                sort.unread += usize::from(is_unread(&planted, &reported.told));
                let (shape, at, about) = (planted.shape.name(), planted.at, &planted.about);
                let words = message(writer, &planted);
                tally.mistakes.push(format!(
                    "missed\t{}\t{}\t{shape}\t{at}\t{about:?}{words}",
                    writer.number,
                    name(planted.kind)
                ));
            }
        }
        tally
    }

    fn judge(
        &mut self,
        writer: &Writer<'_>,
        open: &mut [(Planted, Option<Date>)],
        change: &Change,
        (day, view): (Date, &AccountView),
    ) {
        let mut known = false;
        for (planted, found) in open.iter_mut().filter(|(planted, _)| is_about(planted, change, view)) {
            let days = (day - planted.at).get_days();
            known |= days >= 0;
            if found.is_none() && (0..=planted.within + 7).contains(&days) {
                *found = Some(day);
                return;
            }
        }
        if !known && !is_explained(writer, change, (day, view)) {
            *self.false_alarms.entry(name(change.kind)).or_default() += 1;
            let words = change.evidence.first().map(|evidence| evidence.quote.as_str()).unwrap_or_default();
            let told = format!("{}\t{day}\t{}\t{words:?}", name(change.kind), change.summary);
            self.mistakes.push(format!("false\t{}\t{told}", writer.number));
        }
    }

    pub(super) fn join(mut self, other: Self) -> Self {
        for (key, sort) in other.sorts {
            let own = self.sorts.entry(key).or_default();
            own.found += sort.found;
            own.missed += sort.missed;
            own.unread += sort.unread;
            own.delays.extend(sort.delays);
        }
        for (kind, count) in other.false_alarms {
            *self.false_alarms.entry(kind).or_default() += count;
        }
        self.told += other.told;
        self.accounts += other.accounts;
        self.mistakes.extend(other.mistakes);
        self
    }

    /// A row for each sort of planted change, and one for all.
    pub(super) fn rows(&self, part: &str) -> Vec<Row> {
        let row = |((kind, shape), sort): (&(&'static str, Shape), &Sort)| {
            let counts = Counts { right: sort.found, wrong: 0, missed: sort.missed };
            let part = format!("{part}: {kind} {}", shape.name());
            Row {
                part,
                recall: Some(counts.recall()),
                support: sort.found + sort.missed,
                note: Some(sort.note()),
                ..Row::default()
            }
        };
        let mut rows: Vec<Row> = self.sorts.iter().map(row).collect();
        let right = self.sorts.values().map(|sort| sort.found).sum();
        let missed = self.sorts.values().map(|sort| sort.missed).sum();
        let wrong: usize = self.false_alarms.values().sum();
        let delays: Vec<i32> = self.sorts.values().flat_map(|sort| sort.delays.iter().copied()).collect();
        let kinds: Vec<String> = self.false_alarms.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let a_year = ratio(wrong, self.accounts);
        let unread: usize = self.sorts.values().map(|sort| sort.unread).sum();
        let read = ratio(right, right + missed - unread);
        let note = format!(
            "{read:.3} of those whose words are read; median {} days; {a_year:.2} false alarms an account-year over {} accounts: {}",
            median(&delays).unwrap_or_default(),
            self.accounts,
            kinds.join(", ")
        );
        rows.push(Row {
            note: Some(note),
            ..Counts { right, wrong, missed }.row(&format!("{part}: all planted changes"))
        });
        rows
    }
}

/// The changes of every week of the scored year.
fn report(engine: &dyn Engine, writer: &mut Writer<'_>) -> Option<Reported> {
    let domain = |side: Side| {
        let of_side = writer.people.iter().filter(move |person| person.side == side);
        of_side.filter_map(|person| Some(person.address.split_once('@')?.1.to_owned())).collect()
    };
    let context = Context::new(AccountSlug::from_name(&writer.company)?, domain(Side::Vendor), domain(Side::Customer));
    writer.interactions.sort_by(|a, b| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
    let told: Vec<Told> = writer.interactions.iter().map(|one| read(engine, one)).collect();
    let view = |until: Timestamp| {
        let end = told.partition_point(|one| one.sent_at <= until);
        outline(&context, &told[..end], &[])
    };
    let mut before = view(instant(YEAR));
    let mut weeks = Vec::new();
    for week in 1..=WEEKS {
        let (since, day) = (instant(YEAR + (week - 1).weeks()), YEAR + week.weeks());
        let after = view(instant(day));
        weeks.push((day, changes::between(&before, since, &after, instant(day))));
        before = after;
    }
    Some(Reported { weeks, last: before, told })
}

fn read(engine: &dyn Engine, interaction: &Interaction) -> Told {
    let findings = analysis(engine, interaction).findings;
    let sent_at = interaction.sent_at.unwrap_or_default();
    Told {
        id: interaction.id.clone(),
        kind: interaction.kind,
        thread: interaction.thread.clone(),
        subject: interaction.subject.clone(),
        sent_at,
        recorded_at: sent_at,
        participants: interaction.participants.clone(),
        visibility: interaction.visibility,
        findings,
    }
}

/// Says whether the message that tells a planted change holds no finding of its kind.
fn is_unread(planted: &Planted, told: &[Told]) -> bool {
    let About::Message(id) = &planted.about else { return false };
    let Some(findings) = told.iter().find(|one| one.id == *id).map(|one| &one.findings) else { return false };
    let has = |kind: FactKind| findings.facts.iter().any(|fact| fact.kind == kind);
    match planted.kind {
        ChangeKind::CommitmentNew | ChangeKind::CommitmentOverdue => !has(FactKind::Commitment),
        ChangeKind::RiskNew => !has(FactKind::Risk),
        ChangeKind::ObjectiveChanged => !has(FactKind::Objective),
        ChangeKind::FactConflict => findings.facts.is_empty(),
        ChangeKind::CommitmentFulfilled | ChangeKind::RiskResolved => findings.responses.is_empty(),
        ChangeKind::StakeholderNew
        | ChangeKind::StakeholderDeparted
        | ChangeKind::StakeholderSilent
        | ChangeKind::StakeholderRoleChanged
        | ChangeKind::SentimentShifted
        | ChangeKind::UsageChanged
        | ChangeKind::OwnerChanged => false,
    }
}

/// Says whether a change that was told is the one that was planted.
fn is_about(planted: &Planted, change: &Change, view: &AccountView) -> bool {
    if planted.kind != change.kind {
        return false;
    }
    match &planted.about {
        About::Person(address) => is_person(address, change, view),
        About::Metric(metric) => change.after["metric"] == metric.as_str(),
        About::Message(id) => change.evidence.iter().any(|evidence| evidence.interaction == *id),
    }
}

fn is_person(address: &str, change: &Change, view: &AccountView) -> bool {
    let person = view.stakeholders.iter().find(|person| person.addresses.iter().any(|own| own == address));
    person.is_some_and(|person| person.id == change.subject || change.summary.contains(&person.name))
}

/// Says whether a change follows from what was planted, though another was to be told of it.
fn is_explained(writer: &Writer<'_>, change: &Change, (day, view): (Date, &AccountView)) -> bool {
    match change.kind {
        ChangeKind::CommitmentNew
        | ChangeKind::CommitmentFulfilled
        | ChangeKind::CommitmentOverdue
        | ChangeKind::RiskNew
        | ChangeKind::RiskResolved
        | ChangeKind::ObjectiveChanged
        | ChangeKind::FactConflict => {
            let is_complaint = |id: &String| change.kind == ChangeKind::RiskNew && writer.complaints.contains(id);
            let mut told = change.evidence.iter().map(|evidence| &evidence.interaction);
            told.any(|id| writer.telling.contains(id) || is_complaint(id))
        }
        // The account turns with its first contact.
        ChangeKind::SentimentShifted => writer.plan.mood.is_some_and(|(_, turn)| {
            let is_worse = change.after.as_f64() < change.before.as_f64();
            change.subject.as_str().starts_with("urn:baton:account:") && day >= turn.from && is_worse == (turn.to < 0.0)
        }),
        // Whoever has left is not heard.
        ChangeKind::StakeholderSilent => {
            let left = writer.plan.departure.filter(|(_, left, _)| day >= *left);
            left.is_some_and(|(who, ..)| is_person(&writer.people[who].address, change, view))
        }
        ChangeKind::StakeholderNew
        | ChangeKind::StakeholderDeparted
        | ChangeKind::StakeholderRoleChanged
        | ChangeKind::UsageChanged
        | ChangeKind::OwnerChanged => false,
    }
}

/// The beginning of the message that tells a planted change, for whoever looks at a miss.
fn message(writer: &Writer<'_>, planted: &Planted) -> String {
    let is_it = |one: &&Interaction| match &planted.about {
        About::Message(id) => one.id == *id,
        About::Person(address) => {
            let name = writer.people.iter().find(|person| person.address == *address).map(|person| &person.full);
            one.sent_at >= Some(instant(planted.at)) && name.is_some_and(|name| one.text.contains(name))
        }
        About::Metric(_) => false,
    };
    let text = writer.interactions.iter().find(is_it).map(|one| one.text.chars().take(160).collect::<String>());
    text.map(|text| format!("\t{text:?}")).unwrap_or_default()
}

fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn median(days: &[i32]) -> Option<i32> {
    let mut days = days.to_vec();
    days.sort_unstable();
    days.get(days.len() / 2).copied()
}

/// The name of a kind on the wire.
fn name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::StakeholderNew => "stakeholder.new",
        ChangeKind::StakeholderDeparted => "stakeholder.departed",
        ChangeKind::StakeholderSilent => "stakeholder.silent",
        ChangeKind::StakeholderRoleChanged => "stakeholder.role_changed",
        ChangeKind::SentimentShifted => "sentiment.shifted",
        ChangeKind::UsageChanged => "usage.changed",
        ChangeKind::CommitmentNew => "commitment.new",
        ChangeKind::CommitmentFulfilled => "commitment.fulfilled",
        ChangeKind::CommitmentOverdue => "commitment.overdue",
        ChangeKind::RiskNew => "risk.new",
        ChangeKind::RiskResolved => "risk.resolved",
        ChangeKind::ObjectiveChanged => "objective.changed",
        ChangeKind::FactConflict => "fact.conflict",
        ChangeKind::OwnerChanged => "owner.changed",
    }
}

/// Judges all accounts of a bank.
pub(super) fn judge(engine: &dyn Engine, writers: Vec<Writer<'_>>) -> Tally {
    let tallies: Vec<Tally> = writers.into_par_iter().map(|mut writer| Tally::of(engine, &mut writer)).collect();
    tallies.into_iter().fold(Tally::default(), Tally::join)
}
