//! Ticks over an archive of its own, with a clock that the test sets.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use tempfile::TempDir;

use super::{Clock, Ticked, tick};
use crate::archive::Archive;
use crate::extract::embedded::EmbeddedEngine;
use crate::graph::GraphStore;
use crate::handoff::Definitions;
use crate::ingest::{self, Options, Stores};
use crate::model::{AccountSlug, Actor, HandoffState, Role, Schedule, Trigger};
use crate::review::{Desk, LineDecision, Opening, Reference, start};

/// A clock that stands until it is set.
struct Hands(AtomicI64);

impl Hands {
    fn at(text: &str) -> Self {
        Self(AtomicI64::new(time(text).as_microsecond()))
    }

    fn set(&self, text: &str) {
        self.0.store(time(text).as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| format!("{text}T12:00:00Z").parse().unwrap())
}

fn slug(name: &str) -> AccountSlug {
    AccountSlug::from_name(name).unwrap()
}

/// An archive on disk with these interactions, as they were known on the day of the clock.
async fn desk(folder: &TempDir, lines: &[serde_json::Value], clock: &dyn Clock) -> Desk {
    let archive = Archive::open(&folder.path().join("data")).await.unwrap();
    let stores = Stores::of(archive, GraphStore::in_memory().unwrap());
    stores.add_vendor_domains(&["vendor.example".to_owned()]).await.unwrap();
    let definitions = Arc::new(Definitions::load(None).unwrap());
    let desk = Desk { stores, definitions, engine: Arc::new(EmbeddedEngine), now: clock.now() };
    load(folder, &desk, lines).await;
    desk
}

async fn load(folder: &TempDir, desk: &Desk, lines: &[serde_json::Value]) {
    let path = folder.path().join("in.jsonl");
    let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
    std::fs::write(&path, text.join("\n")).unwrap();
    let options = Options { paths: vec![path], ..Options::default() };
    let report = ingest::ingest(&desk.stores, &desk.engine, &options, desk.now, Arc::new(|_| {})).await.unwrap();
    assert!(report.rejected.is_empty(), "{:?}", report.rejected);
}

fn mail(account: &str, day: &str) -> serde_json::Value {
    json!({"id": format!("{account}:{day}"), "account": account, "kind": "email", "sent_at": time(day).to_string(),
        "text": "I will send you the report by Friday.",
        "participants": [{"role": "from", "name": "Sam Ortiz", "address": "sam@vendor.example"},
            {"role": "to", "name": "Priya Nair", "address": format!("priya@{account}.example")}]})
}

fn two_accounts() -> [serde_json::Value; 2] {
    [mail("northwind", "2026-01-12"), mail("contoso", "2026-01-13")]
}

fn run(test: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(test);
}

/// What the runs of a tick made, as `due made`.
fn made(ticked: &Ticked) -> Vec<String> {
    ticked.runs.iter().map(|run| format!("{} {}", run.due_at, run.made)).collect()
}

#[test]
fn one_document_of_an_account_and_month_however_often_it_is_run() {
    run(async {
        let (folder, clock) = (TempDir::new().unwrap(), Hands::at("2026-03-15"));
        let desk = desk(&folder, &two_accounts(), &clock).await;
        let tick = async |day: &str| {
            clock.set(day);
            made(&tick(&desk, &clock, "one").await.unwrap())
        };
        assert_eq!(tick("2026-03-15").await, ["2026-03-01T06:00:00Z 2"]);
        assert!(tick("2026-03-15").await.is_empty());
        assert!(tick("2026-03-31").await.is_empty());
        // The clock jumps back, and forward over a month: what was done stays done, what was missed is done once.
        assert!(tick("2026-03-02").await.is_empty());
        assert_eq!(tick("2026-05-20").await, ["2026-05-01T06:00:00Z 2"]);
        assert!(tick("2026-05-20").await.is_empty());
        assert_eq!(tick("2026-06-01T06:00:00Z").await, ["2026-06-01T06:00:00Z 2"]);
        let last = desk.stores.archive.period_document(&slug("northwind"), "monthly-summary", "2026-06-01").await;
        let document = desk.stores.archive.document(&last.unwrap().unwrap()).await.unwrap().unwrap();
        let before = desk.stores.archive.period_document(&slug("northwind"), "monthly-summary", "2026-05-01").await;
        assert_eq!(document.previous, before.unwrap());
        assert_eq!(document.as_of.to_string(), "2026-05-31T23:59:59.999999999Z");
    });
}

#[test]
fn several_workers_never_double_a_run() {
    run(async {
        let (folder, clock) = (TempDir::new().unwrap(), Hands::at("2026-03-15"));
        let desk = desk(&folder, &two_accounts(), &clock).await;
        super::prepare(&desk).await.unwrap();
        let tick = |worker: &'static str| tick(&desk, &clock, worker);
        let (a, b, c) = tokio::join!(tick("a"), tick("b"), tick("c"));
        let all: Vec<String> = [a, b, c].into_iter().flat_map(|ticked| made(&ticked.unwrap())).collect();
        assert_eq!(all, ["2026-03-01T06:00:00Z 2"]);
    });
}

#[test]
fn a_run_that_was_cut_off_is_finished_by_another_worker() {
    run(async {
        let (folder, clock) = (TempDir::new().unwrap(), Hands::at("2026-03-15"));
        let desk = desk(&folder, &two_accounts(), &clock).await;
        super::prepare(&desk).await.unwrap();
        let (now, due) = (clock.now(), time("2026-03-01T06:00:00Z"));
        let until = now + SignedDuration::from_mins(10);
        assert!(desk.stores.archive.claim_run("monthly-summaries", due, "gone", (now, until)).await.unwrap());
        assert!(made(&tick(&desk, &clock, "two").await.unwrap()).is_empty(), "another holds it");
        clock.set("2026-03-15T12:11:00Z");
        assert_eq!(made(&tick(&desk, &clock, "two").await.unwrap()), ["2026-03-01T06:00:00Z 2"]);
    });
}

#[test]
fn an_account_that_fails_does_not_stop_the_others() {
    run(async {
        let (folder, clock) = (TempDir::new().unwrap(), Hands::at("2026-03-15"));
        let desk = desk(&folder, &two_accounts(), &clock).await;
        super::prepare(&desk).await.unwrap();
        // An account of which nothing was ever loaded has no document.
        desk.stores.archive.ensure_account(&slug("empty"), &[], clock.now()).await.unwrap();
        let ticked = tick(&desk, &clock, "one").await.unwrap();
        assert_eq!((ticked.runs[0].made, ticked.runs[0].failed), (2, 1));
        assert_eq!(ticked.runs[0].problem.as_deref(), Some("empty: no account empty in this data folder"));
    });
}

#[test]
fn a_schedule_of_its_own_keeps_to_its_zone_and_account() {
    run(async {
        let (folder, clock) = (TempDir::new().unwrap(), Hands::at("2026-03-20"));
        let desk = desk(&folder, &two_accounts(), &clock).await;
        super::prepare(&desk).await.unwrap();
        desk.stores.archive.remove_schedule("monthly-summaries").await.unwrap();
        let schedule = Schedule {
            name: "nightly".to_owned(),
            cron: "30 2 * * *".to_owned(),
            zone: "Europe/Berlin".to_owned(),
            kind: "monthly-summary".to_owned(),
            account: Some(slug("contoso")),
            created_at: clock.now(),
        };
        desk.stores.archive.set_schedule(&schedule).await.unwrap();
        assert!(made(&tick(&desk, &clock, "one").await.unwrap()).is_empty(), "it was made just now");
        // On 29 March the hour from two to three is left out.
        clock.set("2026-03-29T00:59:00Z");
        assert_eq!(made(&tick(&desk, &clock, "one").await.unwrap()), ["2026-03-28T01:30:00Z 1"]);
        clock.set("2026-03-29T01:00:00Z");
        assert_eq!(made(&tick(&desk, &clock, "one").await.unwrap()), ["2026-03-29T01:00:00Z 1"]);
    });
}

#[test]
fn what_the_crm_tells_starts_one_handoff() {
    run(async {
        let (folder, clock) = (TempDir::new().unwrap(), Hands::at("2026-03-15"));
        let row = |object: &str, day: &str, fields: serde_json::Value| {
            let mut attributes = fields;
            attributes["crm.object"] = json!(object);
            json!({"id": format!("{object}:{day}"), "account": "northwind", "kind": "crm",
                "sent_at": time(day).to_string(), "text": "A row", "attributes": attributes})
        };
        let lines = [
            mail("northwind", "2026-01-12"),
            row("deal", "2026-03-10", json!({"deal.id": "7", "deal.name": "Dock hall", "deal.stage": "Closed Won"})),
            row("company", "2026-03-11", json!({"company.owner": "Sam Ortiz"})),
            row("company", "2026-03-12", json!({"company.owner": "Dana Whit", "company.renewal_date": "2026-05-01"})),
        ];
        let desk = desk(&folder, &lines, &clock).await;
        let started = async |day: &str| {
            clock.set(day);
            let ticked = tick(&desk, &clock, "one").await.unwrap();
            let mut kinds: Vec<String> = ticked.started.into_iter().map(|process| process.kind).collect();
            kinds.sort();
            kinds
        };
        assert_eq!(started("2026-03-15").await, ["account-reassignment", "renewal", "sales-to-implementation"]);
        assert!(started("2026-03-15").await.is_empty());
        assert!(started("2026-03-16").await.is_empty());
    });
}

#[test]
fn a_draft_nobody_touched_is_made_again_48_hours_before_the_meeting() {
    run(async {
        let (folder, clock) = (TempDir::new().unwrap(), Hands::at("2026-03-01"));
        let mut desk = desk(&folder, &two_accounts(), &clock).await;
        let sam = Actor { by: "Sam Ortiz".to_owned(), role: Role::Outgoing };
        let opening = |account: &str| Opening {
            account: slug(account),
            kind: "sales-to-implementation".to_owned(),
            trigger: Trigger::ByHand,
            meeting_at: Some(time("2026-03-20T09:00:00Z")),
            outgoing: None,
            incoming: None,
        };
        start(&desk, opening("northwind"), &sam).await.unwrap();
        start(&desk, opening("contoso"), &sam).await.unwrap();
        let reference = Reference::Account(slug("contoso"), "sales-to-implementation".to_owned());
        desk.now = time("2026-03-02");
        desk.decide(&reference, &[], (&LineDecision::Approve, false), &sam).await.unwrap();
        load(&folder, &desk, &[mail("northwind", "2026-03-10")]).await;
        let redrafted = async |at: &str| {
            clock.set(at);
            let ticked = tick(&desk, &clock, "one").await.unwrap();
            ticked.redrafted.iter().map(|process| process.account.to_string()).collect::<Vec<_>>()
        };
        assert!(redrafted("2026-03-18T08:59:00Z").await.is_empty());
        assert_eq!(redrafted("2026-03-18T09:00:00Z").await, ["northwind"], "the other one is in review");
        assert!(redrafted("2026-03-18T09:01:00Z").await.is_empty());
        let current = desk.stores.archive.current_handoff(&slug("northwind"), "sales-to-implementation").await;
        let process = current.unwrap().unwrap();
        let document = desk.stores.archive.document(&process.document).await.unwrap().unwrap();
        assert_eq!((process.state, document.as_of), (HandoffState::Draft, time("2026-03-18T09:00:00Z")));
        assert!(document.previous.is_some());
    });
}
