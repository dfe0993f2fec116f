//! From what is loaded and decided to events, and the service that sends them.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::testing::{Receiver, Reply, news, run, slug, until};
use super::{Hub, IngestEnd, NewWebhook, Notice, add_webhook, flag_due, ingest_ended, take_untold};
use crate::archive::{Archive, Cut};
use crate::extract::Engine as _;
use crate::extract::embedded::EmbeddedEngine;
use crate::graph::GraphStore;
use crate::handoff::Definitions;
use crate::ingest::{self, Options, Stores};
use crate::model::{
    AccountScope, Actor, EventChoice, EventFilter, EventName, EventRecord, HandoffState, Reach, Role, Sight, Trigger,
};
use crate::review::{Desk, LineDecision, Opening, Reference, Request, make, start};

const NOW: &str = "2026-03-20T12:00:00Z";

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn desk(folder: &TempDir) -> Desk {
    let archive = Archive::open(&folder.path().join("data")).await.unwrap();
    let stores = Stores::of(archive, GraphStore::in_memory().unwrap());
    stores.add_vendor_domains(&["vendor.example".to_owned()]).await.unwrap();
    let definitions = Arc::new(Definitions::load(None).unwrap());
    Desk { stores, definitions, engine: Arc::new(EmbeddedEngine), now: time(NOW) }
}

async fn load(folder: &TempDir, desk: &Desk, lines: &[Value], now: &str) {
    let path = folder.path().join("in.jsonl");
    let text: Vec<String> = lines.iter().map(ToString::to_string).collect();
    std::fs::write(&path, text.join("\n")).unwrap();
    let options = Options { paths: vec![path], account: None };
    let report = ingest::ingest(&desk.stores, &desk.engine, &options, time(now), Arc::new(|_| {})).await.unwrap();
    assert!(report.rejected.is_empty(), "{:?}", report.rejected);
}

/// A mail from us to the customer.
fn mail(day: &str, text: &str, visibility: &str) -> Value {
    json!({"id": format!("mail:{day}"), "account": "northwind", "kind": "email", "visibility": visibility,
        "sent_at": format!("2026-03-{day}T10:00:00Z"), "text": text,
        "participants": [{"role": "from", "name": "Sam Ortiz", "address": "sam@vendor.example"},
            {"role": "to", "name": "Priya Nair", "address": "priya@northwind.example"}]})
}

async fn all(desk: &Desk, sight: Sight) -> Vec<EventRecord> {
    let filter = EventFilter { accounts: AccountScope::All, events: EventChoice::All, sight };
    Hub::since(&desk.stores.archive, 0, &filter, 1_000).await.unwrap().events
}

/// Looks, and answers what is new to somebody who sees so much.
async fn told(desk: &Desk, now: &str, sight: Sight) -> Vec<String> {
    let before = all(desk, sight).await.len();
    flag_due(&desk.stores, EmbeddedEngine.version(), time(now)).await.unwrap();
    let summary = |event: &EventRecord| event.payload.data["summary"].as_str().unwrap().to_owned();
    all(desk, sight).await[before..].iter().map(summary).collect()
}

#[test]
fn each_change_is_told_once_whenever_it_is_loaded() {
    run(async {
        let folder = TempDir::new().unwrap();
        let desk = desk(&folder).await;
        load(&folder, &desk, &[mail("02", "I will send you the price list by Friday.", "account")], NOW).await;
        assert!(told(&desk, NOW, Sight::Full).await.is_empty(), "what was there is history");
        let next = "2026-03-21T09:00:00Z";
        load(&folder, &desk, &[mail("21", "I will send you the SOC 2 report by 25 March.", "account")], next).await;
        let found = told(&desk, "2026-03-21T12:00:00Z", Sight::Shared).await;
        assert_eq!(found, ["New commitment: Send the SOC 2 report (Sam Ortiz), due 2026-03-25"]);
        assert!(told(&desk, "2026-03-21T12:00:00Z", Sight::Full).await.is_empty());
        // It is late: told on the day, without anything being loaded.
        let found = told(&desk, "2026-03-26T01:00:00Z", Sight::Full).await;
        assert_eq!(found, ["Overdue by 1 days: Send the SOC 2 report (Sam Ortiz), due 2026-03-25"]);
        assert!(told(&desk, "2026-03-27T01:00:00Z", Sight::Full).await.is_empty());
        // An older mail is loaded late: its news is told, the rest is not told again.
        load(&folder, &desk, &[mail("15", "I will send you the floor plan by 30 March.", "account")], NOW).await;
        let found = told(&desk, "2026-03-27T02:00:00Z", Sight::Full).await;
        assert_eq!(found, ["New commitment: Send the floor plan (Sam Ortiz), due 2026-03-30"]);
        for day in 28..=30 {
            assert!(told(&desk, &format!("2026-03-{day}T01:00:00Z"), Sight::Full).await.is_empty(), "{day}");
        }
    });
}

#[test]
fn what_is_said_in_private_is_told_to_those_who_see_it() {
    run(async {
        let folder = TempDir::new().unwrap();
        let desk = desk(&folder).await;
        load(&folder, &desk, &[mail("02", "Hello Priya.", "account")], NOW).await;
        assert!(told(&desk, NOW, Sight::Full).await.is_empty());
        let open = mail("21", "I will send you the SOC 2 report by 25 March.", "account");
        let private = mail("22", "I will send you the floor plan by 30 March.", "private");
        load(&folder, &desk, &[open, private], "2026-03-22T12:00:00Z").await;
        assert_eq!(told(&desk, "2026-03-22T12:00:00Z", Sight::Full).await.len(), 2);
        let shared = all(&desk, Sight::Shared).await;
        let text = serde_json::to_string(&shared).unwrap();
        assert!(shared.len() == 1 && text.contains("SOC 2") && !text.contains("floor plan"), "{text}");
    });
}

fn sam(role: Role) -> Actor {
    Actor { by: "Sam Ortiz".to_owned(), role }
}

fn opening() -> Opening {
    Opening {
        account: slug("northwind"),
        kind: "sales-to-implementation".to_owned(),
        trigger: Trigger::ByHand,
        meeting_at: None,
        outgoing: None,
        incoming: None,
    }
}

#[test]
fn steps_of_a_handoff_and_documents_of_periods_are_told_once() {
    run(async {
        let folder = TempDir::new().unwrap();
        let desk = desk(&folder).await;
        load(&folder, &desk, &[mail("02", "I will send you the price list by Friday.", "account")], NOW).await;
        start(&desk, opening(), &sam(Role::Outgoing)).await.unwrap();
        let reference = Reference::Account(slug("northwind"), "sales-to-implementation".to_owned());
        desk.decide(&reference, &[], (&LineDecision::Approve, false), &sam(Role::Outgoing)).await.unwrap();
        desk.deliver(&reference, Some("Dana Whit".to_owned()), None, &sam(Role::Outgoing)).await.unwrap();
        desk.send_back(&reference, "incomplete", Some("words".to_owned()), &sam(Role::Incoming)).await.unwrap();
        let (northwind, cut) = (slug("northwind"), Cut { as_of: Some(desk.now), ..Cut::default() });
        let request =
            Request { since: None, state: HandoffState::Draft, ..Request::draft(&northwind, "monthly-summary", cut) };
        let summary = make(&desk, &request).await.unwrap();
        desk.stores.archive.keep_period_document(&summary, "2026-04-01").await.unwrap();
        assert_eq!(take_untold(&desk.stores.archive, desk.now).await.unwrap(), 4);
        assert_eq!(take_untold(&desk.stores.archive, desk.now).await.unwrap(), 0);
        let lines: Vec<String> = all(&desk, Sight::Shared)
            .await
            .iter()
            .map(|event| {
                let data = &event.payload.data;
                format!(
                    "{} {} {} {} {}",
                    event.payload.name, data["type"], data["status"], data["code"], data["period"]
                )
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        handoff.draft_ready "sales-to-implementation" "draft" null null
        handoff.delivered "sales-to-implementation" "delivered" null null
        handoff.rejected "sales-to-implementation" "rejected" "incomplete" null
        document.ready "monthly-summary" null null "2026-04-01"
        "#);
        assert!(!serde_json::to_string(&all(&desk, Sight::Full).await).unwrap().contains("words"));
    });
}

#[test]
fn a_listener_goes_on_where_it_stopped() {
    run(async {
        let folder = TempDir::new().unwrap();
        let archive = Archive::open(folder.path()).await.unwrap();
        let many: Vec<_> = (0..1_200).map(|number| news(["northwind", "contoso"][number % 2], number as i64)).collect();
        archive.keep_news(&many, time(NOW)).await.unwrap();
        let filter = EventFilter {
            accounts: AccountScope::Only(BTreeSet::from([slug("contoso")])),
            events: EventChoice::Only(BTreeSet::from([EventName::RiskNew])),
            sight: Sight::Shared,
        };
        let (mut row, mut sizes) = (0, Vec::new());
        loop {
            let page = Hub::since(&archive, row, &filter, 250).await.unwrap();
            assert!(page.events.iter().all(|event| event.account == slug("contoso") && event.row > row));
            row = page.last;
            if page.events.is_empty() {
                break;
            }
            sizes.push(page.events.len());
        }
        assert_eq!((sizes, row), (vec![250, 250, 100], 1_200));
        let later = time("2026-04-30T00:00:00Z");
        assert_eq!(archive.last_event_before(later).await.unwrap(), 1_200);
        assert_eq!(archive.last_event_before(time(NOW)).await.unwrap(), 0);
        assert_eq!(archive.drop_events(later).await.unwrap(), 1_200);
        archive.keep_news(&[news("northwind", 1)], time(NOW)).await.unwrap();
        assert_eq!(archive.events_after(0, 9).await.unwrap()[0].row, 1_201, "a number is given once");
    });
}

#[test]
fn loads_that_end_are_told() {
    run(async {
        let folder = TempDir::new().unwrap();
        let desk = desk(&folder).await;
        let hub = Hub::default();
        let mut notices = hub.subscribe();
        let done = IngestEnd::Completed(json!({"read": 3, "new": 2}));
        let failed = IngestEnd::Failed("the disk is full".to_owned());
        let news = [done, failed].map(|end| ingest_ended(&slug("northwind"), "job-1", end, desk.now));
        hub.tell(&desk.stores.archive, &news, desk.now).await.unwrap();
        assert_eq!(notices.recv().await.unwrap(), Notice::Events);
        let told: Vec<Value> =
            all(&desk, Sight::Shared).await.iter().map(|event| serde_json::to_value(&event.payload).unwrap()).collect();
        insta::assert_snapshot!(format!("{}\n{}", told[0], told[1]), @r#"
        {"type":"ingest.completed","timestamp":"2026-03-20T12:00:00Z","data":{"account":"northwind","job":"job-1","report":{"read":3,"new":2}}}
        {"type":"ingest.failed","timestamp":"2026-03-20T12:00:00Z","data":{"account":"northwind","job":"job-1","problem":"the disk is full"}}
        "#);
    });
}

#[test]
fn the_service_tells_and_sends_until_it_is_stopped() {
    run(async {
        let folder = TempDir::new().unwrap();
        let desk = desk(&folder).await;
        load(&folder, &desk, &[mail("02", "I will send you the price list by Friday.", "account")], NOW).await;
        let receiver = Receiver::start(|_| Reply::Status(200)).await;
        let new = NewWebhook {
            url: receiver.url.clone(),
            events: EventChoice::All,
            accounts: AccountScope::All,
            sight: Sight::Shared,
            reach: Reach::Private,
        };
        let (_, secret) = add_webhook(&desk.stores.archive, new, desk.now).await.unwrap();
        let (hub, stop) = (Hub::default(), CancellationToken::new());
        let mut notices = hub.subscribe();
        let service = {
            let (stores, hub, stop) = (desk.stores.clone(), hub.clone(), stop.clone());
            tokio::spawn(async move { super::run(stores, EmbeddedEngine.version(), hub, stop, Reach::Public).await })
        };
        start(&desk, opening(), &sam(Role::Outgoing)).await.unwrap();
        hub.wake();
        until("the event", async || receiver.received().len() == 1).await;
        let event = &receiver.received()[0];
        assert!(event.is_signed_with(&secret));
        assert_eq!(event.json()["type"], "handoff.draft_ready");
        assert_eq!(notices.recv().await.unwrap(), Notice::Events);
        stop.cancel();
        service.await.unwrap().unwrap();
    });
}
