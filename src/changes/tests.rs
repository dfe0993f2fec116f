//! Planted changes, and quiet periods in which nothing is told.

use super::between;
use crate::model::{
    AccountView, ChangeKind, FactFinding, FactKind, InteractionKind, PersonFinding, PersonSource, Polarity,
    ResponseAct, Severity,
};
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
    let base = || weekly(PRIYA, &["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-02", "2026-02-13"]);
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
    // What somebody will not do is neither new nor late.
    check(
        || {
            let refusal = FactFinding { polarity: Polarity::Negated, ..promise(SAM, "Build the connector") };
            let known = mail("a", "2026-02-20", SAM, &[PRIYA]);
            vec![known, mail("b", "2026-03-02", SAM, &[PRIYA]).says(due(refusal, "2026-03-05"))]
        },
        &[],
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
            let calm = (1..=27).step_by(2);
            let calm = calm.map(|n| mail(&format!("a{n}"), &format!("2026-02-{n:02}"), PRIYA, &[SAM]).mood(0.3));
            let recent = (0..).zip(moods).map(|(n, mood)| {
                mail(&format!("b{n}"), &format!("2026-03-{:02}", 2 + 3 * n), PRIYA, &[SAM]).mood(*mood)
            });
            calm.chain(recent).collect()
        };
        let mut kinds: Vec<_> = march(rows).into_iter().map(|(kind, _)| kind).collect();
        kinds.retain(|kind| *kind == ChangeKind::SentimentShifted);
        assert_eq!(kinds, expected, "{moods:?}");
    };
    check(&[0.3, -0.9, 0.2, 0.4], &[]);
    check(&[-0.9], &[]);
    check(&[-0.9, 0.3, 0.3, -0.9, 0.4, 0.3], &[]);
    check(&[-0.5, -0.6, -0.4, -0.5, -0.6], &[ChangeKind::SentimentShifted]);
    check(&[0.1, 0.0, -0.1, -0.2, -0.4, -0.5, -0.5, -0.6], &[ChangeKind::SentimentShifted]);
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
                    row(&format!("u{n}"), InteractionKind::Usage, at).usage("logins", date, level + wobble)
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

/// The shifts of one metric that weekly windows tell, as the weeks in which they are told and the direction; day 0 is a
/// Monday, and days without a figure have none.
fn usage_told(days: i64, figure: impl Fn(i64) -> Option<f64>) -> Vec<(i64, bool)> {
    let start = jiff::civil::date(2025, 2, 3);
    let date = |number: i64| start.saturating_add(jiff::Span::new().days(number));
    let at = |number: i64| date(number).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    let fold = |until: i64| {
        let rows = (0..until).filter_map(|number| {
            let value = figure(number)?;
            Some(row(&format!("u{number}"), InteractionKind::Usage, at(number)).usage("logins", date(number), value))
        });
        view(rows.collect::<Vec<_>>())
    };
    let mut told = Vec::new();
    let mut before = fold(0);
    for week in 1..=days / 7 {
        let after = fold(week * 7);
        for change in between(&before, at(week * 7 - 7), &after, at(week * 7)) {
            assert_eq!(change.kind, ChangeKind::UsageChanged);
            assert!((1..=2).contains(&change.evidence.len()), "{change:?}");
            told.push((week, change.after["level"].as_f64() < change.before["level"].as_f64()));
        }
        before = after;
    }
    told
}

#[test]
fn usage_is_told_against_noise_and_season() {
    let noise = |day: i64| (day * 7919 % 17) as f64 - 8.0;
    let check = |name: &str, expected: &[(i64, bool)], figure: &dyn Fn(i64) -> Option<f64>| {
        assert_eq!(usage_told(200, figure), expected, "{name}");
    };
    let working = |day: i64| if day % 7 < 5 { 1.0 } else { 0.2 };
    check("noise and weekends", &[], &|day| Some((100.0 + noise(day)) * working(day)));
    check("a spike", &[], &|day| Some(if day == 100 { 900.0 } else { 100.0 + noise(day) }));
    check("days are missing", &[], &|day| (day % 5 != 0).then(|| (100.0 + noise(day)) * working(day)));
    check("weeks are missing", &[], &|day| (!(70..91).contains(&day)).then(|| 100.0 + noise(day)));
    check("an export ends", &[], &|day| (day < 100).then(|| 100.0 + noise(day)));
    check("nobody comes any more", &[(17, true)], &|day| Some(if day < 105 { 100.0 + noise(day) } else { 0.0 }));
    check("nobody came before", &[(17, false)], &|day| Some(if day < 105 { 0.0 } else { 9.0 }));
    check("a fall", &[(17, true)], &|day| Some(if day < 105 { 100.0 } else { 60.0 } * working(day) + noise(day)));
    check("a slow fall", &[(19, true)], &|day| Some(100.0 - (day - 80).clamp(0, 60) as f64 * 0.6 + noise(day)));
    check("weekly", &[(17, true)], &|day| (day % 7 == 6).then(|| if day < 105 { 700.0 } else { 400.0 } + noise(day)));
    check("few figures", &[], &|day| (day % 40 == 0).then_some(if day < 100 { 100.0 } else { 50.0 }));
}

#[test]
fn a_summer_is_no_fall_and_a_collapse_in_summer_is_one() {
    // Day 147 is the last of June.
    let check = |expected: &[(i64, bool)], summer: f64, after: f64| {
        let level = |day: i64| match day {
            ..147 => 100.0,
            147..209 => summer,
            209.. => after,
        };
        assert_eq!(usage_told(260, |day| Some(level(day) + (day % 3) as f64)), expected, "{summer} {after}");
    };
    check(&[], 72.0, 100.0);
    check(&[(32, true)], 72.0, 72.0);
    check(&[(23, true)], 40.0, 40.0);
}

#[test]
fn a_new_owner_is_told() {
    let crm = |id: &str, on: &str, owner: &str| row(id, InteractionKind::Crm, day(on)).record("account.owner", owner);
    let changes = march(|| vec![crm("a", "2026-01-01", "Sam Ortiz"), crm("b", "2026-03-05", "Dana Whit")]);
    assert_eq!(changes, [(ChangeKind::OwnerChanged, Severity::Warning)]);
}

/// A year of invented rows: people who write more and less often, promises, moods, usage, roles.
fn year(seed: u64) -> Vec<Row> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut random = move |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % limit
    };
    let start = jiff::civil::date(2025, 1, 1);
    let mut rows = Vec::new();
    let mood_turns = 100 + random(150);
    let usage_turns = 100 + random(150) as i64;
    for number in 0..365i64 {
        let date = start.saturating_add(jiff::Span::new().days(number));
        let on = date.to_string();
        let at = date.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
        let level = if number > usage_turns { 60.0 } else { 100.0 };
        rows.push(row(&format!("u{number}"), InteractionKind::Usage, at).usage(
            "logins",
            date,
            level + random(9) as f64,
        ));
        for (place, who) in [PRIYA, TOMAS].into_iter().enumerate() {
            let chance = if place == 1 && number > 250 { 90 } else { 4 };
            if random(chance) != 0 {
                continue;
            }
            let bad = (number as u64) > mood_turns && place == 0;
            let mood = if bad { -0.7 } else { 0.2 } + random(6) as f32 / 10.0 - 0.3;
            let mut one = mail(&format!("{place}-{number}"), &on, who, &[SAM]).mood(mood);
            one = match random(12) {
                0 => one.says(fact(FactKind::Risk, &format!("They look at rival number {}", random(4)))),
                1 => one.says(fact(FactKind::Objective, &format!("Cut invoice time by {}0%", 1 + random(5)))),
                2 => {
                    let title = ["Manager", "Director", "Head of IT"][random(3) as usize];
                    one.tells(PersonFinding { title: Some(title.into()), ..about(PersonSource::Signature, who) })
                }
                3 => {
                    let role = crate::model::BuyingRole::ALL[random(7) as usize];
                    one.tells(PersonFinding { buying_role: Some(role), ..about(PersonSource::Introduction, who) })
                }
                4 => one.answers(ResponseAct::Resolves, Some(&format!("the rival number {}", random(4)))),
                5 => {
                    one.tells(PersonFinding { name: Some("Rosa Diaz".into()), ..about(PersonSource::Mention, "Rosa") })
                }
                _ => one,
            };
            rows.push(one);
        }
        rows.extend(ours(number, date, &mut random));
    }
    rows
}

/// What our side says on a day: promises, what was kept, and who owns the account.
fn ours(number: i64, date: jiff::civil::Date, random: &mut impl FnMut(u64) -> u64) -> Vec<Row> {
    let on = date.to_string();
    let mut rows = Vec::new();
    if random(10) == 0 {
        let due_on = date.saturating_add(jiff::Span::new().days(5 + random(20) as i64)).to_string();
        let words = format!("Send report number {}", random(9));
        rows.push(mail(&format!("s{number}"), &on, SAM, &[PRIYA]).says(due(promise(SAM, &words), &due_on)));
    }
    if random(15) == 0 {
        let words = format!("report number {}", random(9));
        rows.push(mail(&format!("f{number}"), &on, SAM, &[PRIYA]).answers(ResponseAct::Fulfils, Some(&words)));
    }
    if random(60) == 0 {
        let owner = if random(2) == 0 { "Sam Ortiz" } else { "Dana Whit" };
        rows.push(row(&format!("c{number}"), InteractionKind::Crm, day(&on)).record("account.owner", owner));
    }
    rows
}

/// The changes told in consecutive windows that end on these days of the year.
fn told_in(seed: u64, ends: &[i64]) -> Vec<crate::model::Change> {
    let start = day("2025-01-01");
    let at = |number: i64| start + jiff::SignedDuration::from_hours(24 * number);
    let fold = |until: i64| view(year(seed).into_iter().filter(|row| row.0.sent_at <= at(until)));
    let mut told = Vec::new();
    let (mut since, mut before) = (0, fold(0));
    for &end in ends {
        let after = fold(end);
        told.extend(between(&before, at(since), &after, at(end)));
        (since, before) = (end, after);
    }
    told
}

/// What makes a change the same as another: kind, subject, and what it led to. A person, promise, risk or goal is
/// described as it is at that time: there it counts who or what it is, and of a role which.
fn key(change: &crate::model::Change) -> (ChangeKind, String, String) {
    let led_to = match change.kind {
        ChangeKind::StakeholderNew | ChangeKind::CommitmentNew | ChangeKind::RiskNew | ChangeKind::ObjectiveChanged => {
            String::new()
        }
        ChangeKind::StakeholderRoleChanged => change.summary.split(" (before").next().unwrap_or_default().to_owned(),
        ChangeKind::StakeholderDeparted
        | ChangeKind::StakeholderSilent
        | ChangeKind::SentimentShifted
        | ChangeKind::UsageChanged
        | ChangeKind::CommitmentFulfilled
        | ChangeKind::CommitmentOverdue
        | ChangeKind::RiskResolved
        | ChangeKind::FactConflict
        | ChangeKind::OwnerChanged => change.after.to_string(),
    };
    (change.kind, change.subject.to_string(), led_to)
}

#[test]
fn windows_tell_everything_once() {
    use std::collections::BTreeSet;
    for seed in 1..=3 {
        let year = told_in(seed, &[366]);
        assert!(year.len() > 10, "{seed}");
        // Days, weeks, months, and windows of any length.
        for step in [1, 7, 30, 0] {
            let is_end =
                |day: i64| if step == 0 { (day * 2_654_435_761 + seed as i64) % 11 == 0 } else { day % step == 0 };
            let ends: Vec<i64> = (1..=366).filter(|day| is_end(*day) || *day == 366).collect();
            let told = told_in(seed, &ends);
            let mut seen = BTreeSet::new();
            for change in &told {
                // What can come back: a silence, an owner, a level.
                let recurs = matches!(
                    change.kind,
                    ChangeKind::StakeholderSilent | ChangeKind::OwnerChanged | ChangeKind::SentimentShifted
                );
                assert!(seen.insert(key(change)) || recurs, "{seed} {step} twice: {}", change.summary);
                assert!(!change.evidence.is_empty(), "{seed} {step} without evidence: {}", change.summary);
            }
            for change in &year {
                assert!(seen.contains(&key(change)), "{seed} {step} not told: {change:?}");
            }
        }
    }
}
