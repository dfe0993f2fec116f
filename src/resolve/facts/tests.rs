//! What becomes one fact, what ends it, and what people decided.

use crate::model::{Decision, FactKind, FactPlace, FactStatus, ResponseAct, Review, ReviewState, Side, Span};
use crate::resolve::resolve;
use crate::resolve::testing::*;

fn commitments(rows: impl IntoIterator<Item = Row>) -> Vec<String> {
    told(&view(rows), FactKind::Commitment)
}

#[test]
fn one_promise_in_mail_call_and_ticket_is_one_fact() {
    let view = view([
        mail("m1", "2026-01-12", SAM, &[PRIYA]).says(due(promise(SAM, "Send the SOC 2 report"), "2026-01-16")),
        call("c1", "2026-01-13", &["Sam Ortiz", "Priya Nair"])
            .says(promise("Sam Ortiz", "share our SOC2 report with Priya")),
        mail("t1", "2026-01-14", SAM, &[PRIYA]).says(promise(SAM, "Provide SOC 2 report")),
        mail("m2", "2026-01-14", SAM, &[PRIYA]).says(promise(SAM, "Send the pentest report")),
        mail("m3", "2026-01-14", PRIYA, &[SAM]).says(promise(PRIYA, "Send the SOC 2 report")),
    ]);
    let found = facts(&view, FactKind::Commitment);
    let summary: Vec<_> =
        found.iter().map(|record| (record.fact.statement.as_str(), record.fact.evidence.len())).collect();
    assert_eq!(summary, [("Send the SOC 2 report", 3), ("Send the pentest report", 1), ("Send the SOC 2 report", 1)]);
    let owner = found[0].fact.owner.as_ref().unwrap();
    assert_eq!((owner.name.as_deref(), owner.side), (Some("Sam Ortiz"), Some(Side::Vendor)));
    assert!(found[0].fact.confidence > 0.95 && found[0].fact.due.is_some());
}

#[test]
fn answers_end_promises() {
    let check = |answer: Row, expected: &[&str]| {
        let found = commitments([
            mail("m1", "2026-01-12", SAM, &[PRIYA]).thread("t").says(promise(SAM, "Send the SOC 2 report")),
            mail("m2", "2026-01-13", DANA, &[PRIYA])
                .thread("u")
                .says(promise(DANA, "Set up the sandbox for Priya's team")),
            answer,
        ]);
        assert_eq!(found, expected);
    };
    let both = ["open Send the SOC 2 report", "open Set up the sandbox for Priya's team"];
    let kept = ["fulfilled Send the SOC 2 report", "open Set up the sandbox for Priya's team"];
    check(mail("m3", "2026-01-14", SAM, &[PRIYA]).thread("t").answers(ResponseAct::Fulfils, None), &kept);
    check(mail("m3", "2026-01-14", SAM, &[PRIYA]).answers(ResponseAct::Fulfils, Some("the SOC 2 report")), &kept);
    check(mail("m3", "2026-01-14", PRIYA, &[SAM]).thread("t").answers(ResponseAct::Fulfils, Some("the report")), &kept);
    check(mail("m3", "2026-01-14", PRIYA, &[SAM]).answers(ResponseAct::Fulfils, Some("the pentest report")), &both);
    check(mail("m3", "2026-01-14", PRIYA, &[SAM]).thread("t").answers(ResponseAct::Fulfils, None), &both);
    check(mail("m3", "2026-01-14", SAM, &[PRIYA]).answers(ResponseAct::Fulfils, None), &both);
    check(
        mail("m3", "2026-01-14", PRIYA, &[SAM]).thread("t").answers(ResponseAct::Withdraws, Some("SOC 2 report")),
        &["withdrawn Send the SOC 2 report", "open Set up the sandbox for Priya's team"],
    );
}

#[test]
fn an_accepted_request_is_a_promise_of_who_accepts() {
    let rows = || {
        [
            mail("m1", "2026-01-12", PRIYA, &[SAM]).thread("t").says(request(PRIYA, SAM, "Send the price list")),
            mail("m2", "2026-01-13", SAM, &[PRIYA]).thread("t").answers(ResponseAct::Accepts, None),
        ]
    };
    let open = view(rows());
    let found = facts(&open, FactKind::Commitment);
    assert_eq!(told(&open, FactKind::Commitment), ["open Send the price list"]);
    let spots: Vec<_> = found[0].fact.evidence.iter().map(|spot| spot.interaction.as_str()).collect();
    assert_eq!(spots, ["m2", "m1"]);
    assert_eq!(found[0].fact.owner.as_ref().and_then(|owner| owner.name.as_deref()), Some("Sam Ortiz"));
    assert_eq!(found[0].fact.beneficiary.as_ref().and_then(|owner| owner.name.as_deref()), Some("Priya Nair"));
    let done = mail("m3", "2026-01-14", SAM, &[PRIYA]).thread("t").answers(ResponseAct::Fulfils, None);
    let closed = view(rows().into_iter().chain([done]));
    assert_eq!(told(&closed, FactKind::Commitment), ["fulfilled Send the price list"]);
    assert_eq!(told(&closed, FactKind::Request), ["fulfilled Send the price list"]);
    let own = view(
        rows()
            .into_iter()
            .take(1)
            .chain([mail("m2", "2026-01-13", PRIYA, &[SAM]).thread("t").answers(ResponseAct::Accepts, None)]),
    );
    assert_eq!(told(&own, FactKind::Commitment), Vec::<String>::new());
}

#[test]
fn vague_promise_takes_the_words_of_the_request() {
    let mut vague = mail("m2", "2026-01-13", SAM, &[PRIYA])
        .thread("t")
        .says(due(promise(SAM, "Send it over"), "2026-01-15"))
        .answers(ResponseAct::Accepts, None);
    vague.0.findings.responses[0].span = Span { start: 0, end: 10 };
    let view = view([
        mail("m1", "2026-01-12", PRIYA, &[SAM]).thread("t").says(request(PRIYA, SAM, "Send the price list")),
        vague,
    ]);
    assert_eq!(told(&view, FactKind::Commitment), ["open Send the price list"]);
}

#[test]
fn a_promise_for_another_day_replaces_the_first() {
    let found = commitments([
        mail("m1", "2026-01-12", SAM, &[PRIYA])
            .says(due(promise(SAM, "Deliver the data migration plan"), "2026-01-16")),
        mail("m2", "2026-01-15", SAM, &[PRIYA])
            .says(due(promise(SAM, "Deliver the data migration plan"), "2026-01-20")),
        mail("m3", "2026-01-15", SAM, &[PRIYA]).says(due(promise(SAM, "Deliver the training plan"), "2026-01-21")),
    ]);
    let expected = [
        "superseded Deliver the data migration plan",
        "open Deliver the data migration plan",
        "open Deliver the training plan",
    ];
    assert_eq!(found, expected);
}

#[test]
fn slots_replace_in_time_and_conflict_at_one_time() {
    let stage = |value: &str| {
        in_slot(fact(FactKind::Decision, &format!("Close date is {value}")), "deal.close_date:D-1", value)
    };
    let check = |rows: Vec<Row>, expected: &[&str], conflicts: usize| {
        let view = view(rows);
        assert_eq!(told(&view, FactKind::Decision), expected);
        assert_eq!(view.facts.iter().map(|record| record.conflicts_with.len()).sum::<usize>(), conflicts);
    };
    let on = |id: &str, date: &str, value: &str| mail(id, date, SAM, &[PRIYA]).says(stage(value));
    check(
        vec![on("a", "2026-01-01", "1 May"), on("b", "2026-01-02", "1 May"), on("c", "2026-01-03", "1 June")],
        &["superseded Close date is 1 May", "current Close date is 1 June"],
        0,
    );
    check(
        vec![on("a", "2026-01-01", "1 May"), on("b", "2026-01-01", "1 June")],
        &["current Close date is 1 May", "current Close date is 1 June"],
        2,
    );
}

#[test]
fn metrics_that_differ_in_their_number_conflict() {
    let view = view([
        mail("a", "2026-01-01", PRIYA, &[SAM]).says(fact(FactKind::Objective, "Cut invoice processing time by 50%")),
        mail("b", "2026-02-01", TOMAS, &[SAM]).says(fact(FactKind::Objective, "cut invoice processing time by 30%")),
        mail("c", "2026-02-02", TOMAS, &[SAM]).says(fact(FactKind::Objective, "Cut support tickets by 30%")),
    ]);
    let conflicts: Vec<usize> = view.facts.iter().map(|record| record.conflicts_with.len()).collect();
    assert_eq!(conflicts, [1, 1, 0]);
}

#[test]
fn what_people_decided_outranks() {
    let rows = || {
        vec![
            mail("m1", "2026-01-12", SAM, &[PRIYA]).says(promise(SAM, "Send the SOC 2 report")).0,
            mail("m2", "2026-01-20", SAM, &[PRIYA]).says(promise(SAM, "Send the SOC 2 report")).0,
        ]
    };
    let check = |decisions: Vec<Decision>, at: &str, expected: &[(&str, ReviewState, usize)]| {
        let place =
            FactPlace { interaction: "m1".into(), kind: FactKind::Commitment, span: Span { start: 10, end: 30 } };
        let reviews: Vec<Review> = decisions
            .into_iter()
            .map(|decision| Review { place: place.clone(), by: "Dana Whit".into(), at: day(at), decision, fact: None })
            .collect();
        let view = resolve(&context(), &rows(), &reviews);
        let found: Vec<_> =
            view.facts.iter().map(|r| (r.fact.statement.as_str(), r.fact.review, r.fact.evidence.len())).collect();
        assert_eq!(found, expected);
    };
    let corrected =
        || Decision::Corrected { statement: Some("Send the SOC 2 type II report".into()), owner: None, due: None };
    let rejected = || Decision::Rejected { reason: "never said".into() };
    check(vec![Decision::Confirmed], "2026-12-02", &[("Send the SOC 2 report", ReviewState::Confirmed, 2)]);
    check(vec![rejected()], "2026-12-02", &[("Send the SOC 2 report", ReviewState::Rejected, 2)]);
    check(vec![corrected(), rejected()], "2026-12-02", &[("Send the SOC 2 type II report", ReviewState::Rejected, 2)]);
    check(vec![corrected()], "2026-12-02", &[("Send the SOC 2 type II report", ReviewState::Corrected, 2)]);
    let to_dana = || Decision::Corrected { statement: None, owner: Some(party(DANA)), due: None };
    check(vec![to_dana(), Decision::Confirmed], "2026-12-02", &[("Send the SOC 2 report", ReviewState::Corrected, 2)]);
    // Said anew after it was rejected, it is a suggestion.
    let anew = ("Send the SOC 2 report", ReviewState::Extracted, 1);
    check(vec![rejected()], "2026-01-15", &[("Send the SOC 2 report", ReviewState::Rejected, 1), anew]);
}

#[test]
fn what_was_approved_holds_when_no_engine_finds_it_any_more() {
    let found = resolve(&context(), &[mail("m1", "2026-01-12", SAM, &[PRIYA]).says(promise(SAM, "Send it")).0], &[]);
    let fact = found.facts[0].fact.clone();
    let first = &fact.evidence[0];
    let place = FactPlace {
        interaction: first.interaction.clone(),
        kind: fact.kind,
        span: Span { start: first.start, end: first.end },
    };
    let review = |decision| Review {
        place: place.clone(),
        by: "Dana Whit".into(),
        at: day("2026-02-01"),
        decision,
        fact: Some(Box::new(fact.clone())),
    };
    let check = |decisions: Vec<Decision>, expected: &[(&str, ReviewState)]| {
        let reviews: Vec<Review> = decisions.into_iter().map(review).collect();
        let view = resolve(&context(), &[mail("m1", "2026-01-12", SAM, &[PRIYA]).0], &reviews);
        let facts: Vec<_> = view.facts.iter().map(|r| (r.fact.statement.as_str(), r.fact.review)).collect();
        assert_eq!(facts, expected);
        assert!(view.facts.iter().all(|record| record.fact.id == fact.id));
        // Without the interaction there is nothing to hold on to.
        assert!(resolve(&context(), &[], &reviews).facts.is_empty());
    };
    let corrected = Decision::Corrected { statement: Some("Send both".into()), owner: None, due: None };
    check(vec![Decision::Confirmed], &[("Send it", ReviewState::Confirmed)]);
    check(vec![corrected], &[("Send both", ReviewState::Corrected)]);
    check(vec![Decision::Rejected { reason: "never said".into() }], &[]);
}

#[test]
fn automatic_mail_and_empty_quotes_yield_nothing() {
    let mut newsletter = mail("m1", "2026-01-12", SAM, &[PRIYA]).says(promise(SAM, "Send the SOC 2 report"));
    newsletter.0.findings.automatic = Some(crate::model::Automatic::Newsletter);
    let mut unquoted = promise(SAM, "Send the SOC 2 report");
    unquoted.quote.clear();
    assert_eq!(commitments([newsletter, mail("m2", "2026-01-12", SAM, &[PRIYA]).says(unquoted)]), Vec::<String>::new());
}

#[test]
fn an_ambiguous_owner_is_nobody_of_their_side() {
    let view = view([
        mail("m1", "2026-01-12", SAM, &["Sam Field <sam.field@vendor.example>", PRIYA])
            .says(promise("Sam", "Send the SOC 2 report")),
        mail("m2", "2026-01-13", TOMAS, &["Sam Field <sam.field@vendor.example>"])
            .says(promise("Sam", "Book the room")),
    ]);
    let owners: Vec<_> =
        view.facts.iter().map(|record| record.fact.owner.as_ref().map(|o| (o.name.as_deref(), o.side))).collect();
    assert_eq!(owners, [Some((None, Some(Side::Vendor))), Some((Some("Sam Field"), Some(Side::Vendor)))]);
}

#[test]
fn issues_are_resolved() {
    let view = view([
        mail("m1", "2026-01-12", PRIYA, &[SAM])
            .thread("t")
            .says(fact(FactKind::OpenIssue, "SSO login fails for Okta users")),
        mail("m2", "2026-01-13", SAM, &[PRIYA]).thread("t").answers(ResponseAct::Resolves, Some("the SSO login")),
    ]);
    let record = facts(&view, FactKind::OpenIssue)[0];
    assert_eq!((record.fact.status, record.fact.valid_to), (FactStatus::Resolved, Some(day("2026-01-13"))));
    assert_eq!(record.closed_by.as_ref().map(|spot| spot.interaction.as_str()), Some("m2"));
}

#[test]
fn a_solved_ticket_ends_what_it_opened() {
    let ticket = mail("t1", "2026-01-12", PRIYA, &[SAM])
        .says(fact(FactKind::OpenIssue, "SSO login fails for Okta users"))
        .answers(ResponseAct::Resolves, Some("SSO login fails for Okta users"));
    assert_eq!(told(&view([ticket]), FactKind::OpenIssue), ["resolved SSO login fails for Okta users"]);
}

#[test]
fn what_somebody_prefers_is_said_without_their_name() {
    let check = |statement, expected| assert_eq!(super::without_own_name(statement, "Priya Nair"), expected);
    check("Priya: phone, never mail", "phone, never mail");
    check("Priya Nair: phone, never mail", "phone, never mail");
    check("Note: phone, never mail", "Note: phone, never mail");
    check("Priya wants bullets", "Priya wants bullets");
}
