//! Planted changes, and quiet periods in which nothing is told.

use super::between;
use crate::model::{AccountView, ChangeKind, FactKind, PersonFinding, PersonSource, ResponseAct, Severity};
use crate::resolve::testing::*;

const SINCE: &str = "2026-03-01";
const UNTIL: &str = "2026-04-01";

/// The changes of March as `kind severity`.
fn march(rows: impl Fn() -> Vec<Row>) -> Vec<(ChangeKind, Severity)> {
    let fold = |until: &str| -> AccountView { view(rows().into_iter().filter(|row| row.0.sent_at <= day(until))) };
    let changes = between(&fold(SINCE), day(SINCE), &fold(UNTIL), day(UNTIL));
    assert_eq!(changes, between(&fold(SINCE), day(SINCE), &fold(UNTIL), day(UNTIL)));
    changes.iter().map(|change| (change.kind, change.severity)).collect()
}

#[test]
fn people_come_go_and_fall_silent() {
    let weekly = |who: &'static str, days: &'static [&'static str]| {
        days.iter().enumerate().map(move |(n, on)| mail(&format!("{who}{n}"), on, who, &[SAM])).collect::<Vec<_>>()
    };
    let base = || weekly(PRIYA, &["2026-01-05", "2026-01-12", "2026-01-19", "2026-02-27"]);
    let with = |more: fn() -> Vec<Row>| march(|| base().into_iter().chain(more()).collect());
    assert_eq!(with(Vec::new), [(ChangeKind::StakeholderSilent, Severity::Info)]);
    assert_eq!(
        with(|| vec![mail("n", "2026-03-20", TOMAS, &[SAM]), mail("p", "2026-03-21", PRIYA, &[SAM])]),
        [(ChangeKind::StakeholderNew, Severity::Info)]
    );
    let goodbye = || {
        let mut left = about(PersonSource::AutoReply, PRIYA);
        left.presence = Some(crate::model::Presence::Departed);
        vec![mail("g", "2026-03-10", SAM, &[PRIYA]).tells(left)]
    };
    assert_eq!(with(goodbye), [(ChangeKind::StakeholderDeparted, Severity::Warning)]);
    let promoted = || {
        let sign = |id, on, title: &str| {
            let finding = PersonFinding { title: Some(title.into()), ..about(PersonSource::Signature, PRIYA) };
            mail(id, on, PRIYA, &[SAM]).tells(finding)
        };
        vec![sign("s1", "2026-02-27", "Manager"), sign("s2", "2026-03-20", "Director")]
    };
    assert_eq!(with(promoted), [(ChangeKind::StakeholderRoleChanged, Severity::Info)]);
}

#[test]
fn promises_are_made_kept_and_late() {
    let check = |rows: fn() -> Vec<Row>, expected: &[(ChangeKind, Severity)]| assert_eq!(march(rows), expected);
    check(
        || vec![mail("a", "2026-02-20", SAM, &[PRIYA]).says(due(promise(SAM, "Send the SOC 2 report"), "2026-03-05"))],
        &[(ChangeKind::CommitmentOverdue, Severity::Critical)],
    );
    check(
        || vec![mail("a", "2026-01-20", SAM, &[PRIYA]).says(due(promise(SAM, "Send the SOC 2 report"), "2026-02-05"))],
        &[],
    );
    check(
        || {
            vec![
                mail("a", "2026-02-20", SAM, &[PRIYA]).thread("t").says(promise(SAM, "Send the SOC 2 report")),
                mail("b", "2026-03-20", SAM, &[PRIYA]).thread("t").answers(ResponseAct::Fulfils, None),
            ]
        },
        &[(ChangeKind::CommitmentFulfilled, Severity::Info)],
    );
    check(
        || {
            vec![
                mail("a", "2026-02-20", SAM, &[PRIYA]).says(fact(FactKind::Objective, "Cut invoice time by 50%")),
                mail("b", "2026-03-20", SAM, &[PRIYA])
                    .says(promise(SAM, "Book the training"))
                    .says(fact(FactKind::Risk, "They look at a rival product"))
                    .says(fact(FactKind::Objective, "Cut invoice time by 20%")),
            ]
        },
        &[
            (ChangeKind::CommitmentNew, Severity::Info),
            (ChangeKind::RiskNew, Severity::Warning),
            (ChangeKind::ObjectiveChanged, Severity::Info),
            (ChangeKind::FactConflict, Severity::Warning),
        ],
    );
}

#[test]
fn a_mood_shifts_but_not_by_one_angry_mail() {
    let check = |moods: &'static [f32], expected: &[ChangeKind]| {
        let rows = || {
            let calm = (1..=9).map(|n| mail(&format!("a{n}"), &format!("2026-02-0{n}"), PRIYA, &[SAM]).mood(0.3));
            let recent = (0..)
                .zip(moods)
                .map(|(n, mood)| mail(&format!("b{n}"), &format!("2026-03-1{n}"), PRIYA, &[SAM]).mood(*mood));
            calm.chain(recent).collect()
        };
        let mut kinds: Vec<_> = march(rows).into_iter().map(|(kind, _)| kind).collect();
        kinds.retain(|kind| *kind == ChangeKind::SentimentShifted);
        assert_eq!(kinds, expected, "{moods:?}");
    };
    check(&[0.3, -0.9, 0.2], &[]);
    check(&[-0.9], &[]);
    check(&[-0.5, -0.6, -0.4], &[ChangeKind::SentimentShifted, ChangeKind::SentimentShifted]);
}

#[test]
fn usage_falls_but_does_not_wobble() {
    let check = |recent: f64, expected: &[(ChangeKind, Severity)]| {
        let rows = || {
            let start = jiff::civil::date(2025, 10, 1);
            (0..182)
                .map(|n| {
                    let date = start.saturating_add(jiff::Span::new().days(n));
                    let wobble = f64::from(n * 7 % 13);
                    let level = if n >= 155 { recent } else { 100.0 };
                    let at = date.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
                    row(&format!("u{n}"), crate::model::InteractionKind::Usage, at).usage(
                        "logins",
                        date,
                        level + wobble,
                    )
                })
                .collect()
        };
        assert_eq!(march(rows), expected, "{recent}");
    };
    check(100.0, &[]);
    check(92.0, &[]);
    check(60.0, &[(ChangeKind::UsageChanged, Severity::Warning)]);
    check(20.0, &[(ChangeKind::UsageChanged, Severity::Critical)]);
}

#[test]
fn a_new_owner_is_told() {
    let crm = |id: &str, on: &str, owner: &str| {
        row(id, crate::model::InteractionKind::Crm, day(on)).record("account.owner", owner)
    };
    let changes = march(|| vec![crm("a", "2026-01-01", "Sam Ortiz"), crm("b", "2026-03-05", "Dana Whit")]);
    assert_eq!(changes, [(ChangeKind::OwnerChanged, Severity::Warning)]);
}
