//! The fold as a whole: order, repetition, prefixes, profile.

use proptest::prelude::*;

use super::resolve;
use super::testing::*;
use crate::model::{FactKind, InteractionKind, ParticipantRole, PersonSource, ResponseAct, Told};

/// Rows of an invented account. The people are known from a directory, so that names mean the same at any time.
fn rows() -> impl Strategy<Value = Vec<Told>> {
    let row = (0u32..60, 0usize..4, 0usize..4, 0usize..12, 0usize..8, 0usize..4);
    prop::collection::vec(row, 0..40).prop_map(|rows| {
        let people = [PRIYA, TOMAS, SAM, DANA];
        let things =
            ["SOC 2 report", "pentest report", "migration plan", "price list", "SSO setup guide", "Q3 numbers"];
        let mut told: Vec<Told> =
            people.iter().map(|who| crm(&format!("crm:{who}")).tells(about(PersonSource::Directory, who)).0).collect();
        for (number, (offset, from, to, thing, act, thread)) in rows.into_iter().enumerate() {
            let on = format!("2026-{:02}-{:02}", 1 + offset / 28, 1 + offset % 28);
            let (from, to) = (people[from], people[to]);
            let statement = format!("Send the {}", things[thing % things.len()]);
            let row = mail(&format!("m{number:02}"), &on, from, &[to]).thread(&format!("t{thread}")).mood(0.1);
            let row = match act {
                0 => row.says(request(from, to, &statement)),
                1 => row.answers(ResponseAct::Accepts, None),
                2 => row.answers(ResponseAct::Fulfils, None),
                3 => row.answers(ResponseAct::Fulfils, Some(things[thing % things.len()])),
                4 => row.says(fact(FactKind::Objective, &format!("Cut review time by {thing}%"))),
                5 => {
                    row.says(in_slot(fact(FactKind::Decision, "Go live date"), "golive", things[thing % things.len()]))
                }
                _ => row.says(promise(from, &statement)).says(due(promise(from, &statement), &on)),
            };
            told.push(row.0);
        }
        told.sort_by(|a, b| (a.sent_at, &a.id).cmp(&(b.sent_at, &b.id)));
        told
    })
}

proptest! {
    #[test]
    fn any_order_gives_the_same_view((told, shuffled) in rows().prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle()))) {
        let expected = resolve(&context(), &told, &[]);
        prop_assert_eq!(&resolve(&context(), &told, &[]), &expected);
        prop_assert_eq!(&resolve(&context(), &shuffled, &[]), &expected);
    }

    #[test]
    fn facts_of_a_prefix_keep_their_identity(told in rows(), cut in 0usize..44) {
        let whole = resolve(&context(), &told, &[]);
        let part = resolve(&context(), &told[..cut.min(told.len())], &[]);
        for record in &part.facts {
            prop_assert!(whole.facts.iter().any(|other| other.fact.id == record.fact.id), "{:?}", record.fact);
        }
    }

    #[test]
    fn identities_are_distinct_and_evidence_is_there(told in rows()) {
        let view = resolve(&context(), &told, &[]);
        let mut ids: Vec<_> = view.facts.iter().map(|record| &record.fact.id).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), view.facts.len());
        prop_assert!(view.facts.iter().all(|record| !record.fact.evidence.is_empty()));
    }
}

#[test]
fn reads_the_profile_and_the_history_of_stages() {
    let on = |id: &str, date: &str, stage: &str| {
        let record = row(id, InteractionKind::Crm, day(date)).part(ParticipantRole::Owner, SAM);
        record
            .record("deal.D-7.stage", stage)
            .record("deal.D-7.amount", "€ 48.000")
            .record("deal.D-7.close_date", "2026-03-31")
    };
    let view = view([
        crm("c")
            .record("account.name", "Northwind")
            .record("account.domain", "https://www.northwind.example/")
            .record("account.owner", "Sam Ortiz"),
        on("d1", "2026-01-01", "Discovery"),
        on("d2", "2026-02-01", "Negotiation"),
        on("d3", "2026-02-02", "Negotiation"),
    ]);
    let profile = &view.profile;
    assert_eq!(
        (profile.name.as_deref(), profile.domains.as_slice()),
        (Some("Northwind"), &["northwind.example".to_owned()][..])
    );
    assert_eq!(profile.owner.as_ref().and_then(|owner| owner.address.as_deref()), Some("sam@vendor.example"));
    let stages: Vec<_> = profile.deals[0].stages.iter().map(|stage| (stage.name.as_str(), stage.at)).collect();
    assert_eq!(stages, [("Discovery", day("2026-01-01")), ("Negotiation", day("2026-02-01"))]);
}

#[test]
fn interactions_name_author_and_recipients() {
    let view = view([
        mail("m", "2026-01-01", PRIYA, &[SAM, SAM, DANA]),
        call("k", "2026-01-02", &["Priya Nair", "Sam Ortiz"]),
    ]);
    let (priya, sam) = (&person(&view, "Priya Nair").id, &person(&view, "Sam Ortiz").id);
    assert_eq!(view.interactions[0].author.as_ref(), Some(priya));
    assert_eq!(view.interactions[0].recipients, [sam.clone(), person(&view, "Dana Whit").id.clone()]);
    assert_eq!((view.interactions[1].author.as_ref(), view.interactions[1].recipients.len()), (None, 2));
}

/// A mailbox of `count` mails among 60 people with a promise in every other one, from varied words.
fn mailbox(count: u64) -> Vec<Told> {
    let mut state = 7u64;
    let mut random = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let words: Vec<String> = (0..400)
        .map(|n| {
            format!(
                "w{}{}",
                ["alpha", "brick", "cedar", "delta"][n % 4],
                "xyzk".repeat(n % 3 + 1) + &"q".repeat(n / 40)
            )
        })
        .collect();
    let who = |n: u64| {
        format!(
            "Person{} Name{n} <p{n}@{}>",
            char::from(b'a' + (n % 26) as u8),
            if n < 20 { "vendor.example" } else { "northwind.example" }
        )
    };
    let people: Vec<String> = (0..60).map(who).collect();
    let start = day("2020-01-01").as_second();
    (0..count)
        .map(|n| {
            let (from, to, cc) =
                (&people[random(60) as usize], &people[random(60) as usize], &people[random(60) as usize]);
            let mut mail = mail(&format!("mail:<{n:08}@mx.northwind.example>"), "2020-01-01", from, &[to, cc])
                .thread(&format!("t{}", n / 5))
                .mood(0.1);
            mail.0.sent_at = jiff::Timestamp::from_second(start + n.cast_signed() * 600).unwrap();
            let mut word = || words[random(400) as usize].as_str();
            let statement = format!("Send the {} {} {} for {}", word(), word(), word(), word());
            mail = match n % 6 {
                0 => mail.says(promise(from, &statement)),
                1 => mail.says(request(from, to, &statement)),
                2 => mail.says(fact(FactKind::Risk, &statement)).answers(ResponseAct::Accepts, None),
                3 => mail.answers(ResponseAct::Fulfils, Some("the alphaxyzk brickxyzk")),
                _ => mail,
            };
            mail.0
        })
        .collect()
}

#[test]
fn folding_grows_with_the_mailbox_and_no_faster() {
    let time = |count: u64| {
        let told = mailbox(count);
        let clock = std::time::Instant::now();
        let view = resolve(&context(), &told, &[]);
        let spent = clock.elapsed();
        assert_eq!(view.interactions.len() as u64, count);
        spent
    };
    let best = |count: u64, times: u32| (0..times).map(|_| time(count)).min().unwrap_or_default();
    let (small, large) = (best(2_000, 4), best(16_000, 3));
    assert!(large < small * 40, "2,000 mails took {small:?}, 16,000 took {large:?}");
    #[expect(clippy::print_stderr, reason = "figures are shown when they are asked for")]
    if std::env::var_os("FOLD_TIMES").is_some() {
        eprintln!("best of 10,000 mails: {:?}, of 100,000: {:?}", best(10_000, 12), best(100_000, 3));
    }
}

#[test]
fn a_stage_without_a_date_counts_only_alone() {
    let stages = |rows: Vec<Row>| -> Vec<String> {
        view(rows).profile.deals[0].stages.iter().map(|stage| stage.name.clone()).collect()
    };
    let won = || crm("d").record("deal.D-7.stage", "Won");
    assert_eq!(stages(vec![won()]), ["Won"]);
    let history = "Discovery@2026-01-01T00:00:00Z;Won@2026-02-01T00:00:00Z";
    assert_eq!(stages(vec![won().record("deal.D-7.stage_history", history)]), ["Discovery", "Won"]);
}
