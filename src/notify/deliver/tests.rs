//! Deliveries to a receiver on this machine that fails, is slow, leads elsewhere, is gone.

use std::collections::BTreeSet;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::SignedDuration;

use super::client::Lookup;
use super::*;
use crate::model::{AccountScope, Audience, DeliveryState, EventChoice, EventName, News, Sight};
use crate::notify::testing::{Desk, Receiver, Reply, news, run, slug, until};
use crate::notify::{Replay, WebhookError, deliveries, enable_webhook, replay, rotate_secret};

/// The states of what is on its way, as `event state attempts answer`.
async fn states(desk: &Desk) -> Vec<String> {
    let all = deliveries(&desk.archive, None, None, None, 100).await.unwrap();
    let state = |one: &crate::model::Delivery| {
        format!("{} {} {} {}", one.event, one.state.as_str(), one.attempts, one.answer.as_deref().unwrap_or("-"))
    };
    all.iter().map(state).collect()
}

#[test]
fn events_come_signed_and_in_order_to_those_who_asked() {
    run(async {
        let desk = Desk::new().await;
        let (all, some) =
            (Receiver::start(|_| Reply::Status(204)).await, Receiver::start(|_| Reply::Status(200)).await);
        desk.tell("northwind", 0..1).await;
        let (_, secret) = desk.add(&all).await;
        desk.add_as(&some, |new| {
            new.accounts = AccountScope::Only(BTreeSet::from([slug("northwind")]));
            new.events = EventChoice::Only(BTreeSet::from([EventName::RiskNew]));
            new.sight = Sight::Shared;
        })
        .await;
        desk.tell("northwind", 1..4).await;
        desk.tell("contoso", 4..5).await;
        let other = News { name: EventName::RiskResolved, ..news("northwind", 5) };
        let hidden = News { audience: Audience::Full, ..news("northwind", 6) };
        let shared = News { audience: Audience::Shared, ..news("northwind", 7) };
        desk.archive.keep_news(&[other, hidden, shared], desk.hands.now()).await.unwrap();
        let sent = desk.deliverer.deliver_due().await.unwrap();
        assert_eq!(sent, Sent { delivered: 10, failed: 0, dead: 0 });
        assert_eq!(all.numbers()["northwind"], [1, 2, 3, 5, 6], "what happened before is not sent");
        assert_eq!(all.numbers()["contoso"], [4]);
        assert_eq!(some.numbers().into_iter().collect::<Vec<_>>(), [("northwind".to_owned(), vec![1, 2, 3, 7])]);
        let first = &all.received()[0];
        assert!(first.is_signed_with(&secret) && !some.received()[0].is_signed_with(&secret));
        assert_eq!(first.at, desk.hands.now().as_second());
        let ids: BTreeSet<String> = all.received().into_iter().chain(some.received()).map(|one| one.id).collect();
        assert_eq!(ids.len(), 10);
        insta::assert_snapshot!(first.body, @r#"{"type":"risk.new","timestamp":"2026-03-09T09:00:00Z","data":{"account":"northwind","number":1}}"#);
        assert_eq!(desk.deliverer.deliver_due().await.unwrap(), Sent::default());
    });
}

#[test]
fn a_failure_holds_back_its_own_account_alone() {
    run(async {
        let desk = Desk::new().await;
        let fails_twice = |one: &crate::notify::testing::Received| {
            let is_failing = one.account() == "northwind" && one.number() == 1 && one.before < 2;
            Reply::Status(if is_failing { 503 } else { 200 })
        };
        let receiver = Receiver::start(fails_twice).await;
        desk.add(&receiver).await;
        desk.tell("northwind", 1..4).await;
        desk.tell("contoso", 1..4).await;
        desk.deliverer.deliver_due().await.unwrap();
        assert_eq!(receiver.numbers()["northwind"], [1]);
        assert_eq!(receiver.numbers()["contoso"], [1, 2, 3]);
        let later = desk.archive.next_delivery_at().await.unwrap().unwrap().duration_since(desk.hands.now());
        assert!((5..=6).contains(&later.as_secs()), "{later:?}");
        desk.hands.pass(SignedDuration::from_secs(4));
        assert_eq!(desk.deliverer.deliver_due().await.unwrap(), Sent::default());
        desk.hands.pass(SignedDuration::from_secs(3));
        assert_eq!(desk.deliverer.deliver_due().await.unwrap(), Sent { failed: 1, ..Sent::default() });
        desk.hands.pass(SignedDuration::from_mins(6));
        assert_eq!(desk.deliverer.deliver_due().await.unwrap(), Sent { delivered: 3, ..Sent::default() });
        assert_eq!(receiver.numbers()["northwind"], [1, 1, 1, 2, 3]);
        let ids: BTreeSet<String> = receiver.received().into_iter().map(|one| one.id).collect();
        assert_eq!(ids.len(), 6, "a message that comes again has the same identity");
    });
}

#[test]
fn what_is_given_up_is_listed_and_can_be_sent_again() {
    run(async {
        let desk = Desk::new().await;
        let is_up = Arc::new(AtomicUsize::new(0));
        let state = Arc::clone(&is_up);
        let receiver = Receiver::start(move |one| {
            let fails = one.number() == 1 && state.load(Ordering::SeqCst) == 0;
            if fails { Reply::With(500, "x-note", "no".to_owned()) } else { Reply::Status(200) }
        })
        .await;
        let (webhook, _) = desk.add(&receiver).await;
        desk.tell("northwind", 1..3).await;
        let mut attempts = 0;
        while desk.deliverer.deliver_due().await.unwrap().dead == 0 {
            attempts += 1;
            assert!(attempts < 20);
            desk.hands.pass(SignedDuration::from_hours(30));
        }
        assert_eq!(states(&desk).await, ["1 dead 10 500: nothanks", "2 delivered 1 200"]);
        let dead = deliveries(&desk.archive, Some(&webhook.id), Some(DeliveryState::Dead), None, 9).await.unwrap();
        assert_eq!(dead.len(), 1);
        is_up.store(1, Ordering::SeqCst);
        assert_eq!(replay(&desk.archive, &Replay::One(dead[0].id.clone()), desk.hands.now()).await.unwrap(), 1);
        assert_eq!(desk.deliverer.deliver_due().await.unwrap(), Sent { delivered: 1, ..Sent::default() });
        assert_eq!(states(&desk).await, ["1 delivered 1 200", "2 delivered 1 200"]);
        assert_eq!(receiver.received().iter().filter(|one| one.number() == 1).map(|one| one.before).max(), Some(10));
        assert_eq!(replay(&desk.archive, &Replay::Dead(None), desk.hands.now()).await.unwrap(), 0);
        let unknown = replay(&desk.archive, &Replay::One("wh_none:1".to_owned()), desk.hands.now()).await;
        assert!(matches!(unknown, Err(WebhookError::Unknown(_))));
    });
}

#[test]
fn a_receiver_that_is_gone_is_sent_nothing_more() {
    run(async {
        let desk = Desk::new().await;
        let receiver = Receiver::start(|one| Reply::Status(if one.before == 0 { 410 } else { 200 })).await;
        let (webhook, _) = desk.add(&receiver).await;
        desk.tell("northwind", 1..3).await;
        assert_eq!(desk.deliverer.deliver_due().await.unwrap(), Sent { dead: 1, ..Sent::default() });
        desk.tell("northwind", 3..4).await;
        assert_eq!(states(&desk).await, ["1 dead 1 410", "2 dead 0 410"]);
        let now = desk.hands.now();
        assert_eq!(desk.archive.webhooks().await.unwrap()[0].disabled_at, Some(now));
        let refused = replay(&desk.archive, &Replay::Dead(Some(webhook.id.clone())), now).await;
        assert!(matches!(refused, Err(WebhookError::Disabled(_))));
        assert_eq!(replay(&desk.archive, &Replay::Dead(None), now).await.unwrap(), 0);
        enable_webhook(&desk.archive, &webhook.id).await.unwrap();
        assert_eq!(replay(&desk.archive, &Replay::One(format!("{}:1", webhook.id)), now).await.unwrap(), 1);
        assert_eq!(desk.deliverer.deliver_due().await.unwrap(), Sent { delivered: 1, ..Sent::default() });
    });
}

#[test]
fn a_receiver_leads_nowhere_else_and_has_no_time_without_end() {
    run(async {
        let lookup = Arc::new(|_: &str| Ok(vec!["127.0.0.1".parse::<IpAddr>().unwrap()])) as Lookup;
        let desk = Desk::with(Client::with(&lookup, Duration::from_millis(300)).unwrap()).await;
        let receiver = Receiver::start(|one| match one.number() {
            1 => Reply::With(302, "location", "/elsewhere".to_owned()),
            2 => Reply::With(308, "location", "/elsewhere".to_owned()),
            3 => Reply::Silence,
            4 => Reply::With(429, "retry-after", "3600".to_owned()),
            _ => Reply::Status(200),
        })
        .await;
        desk.add(&receiver).await;
        for (account, number) in [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5)] {
            desk.tell(account, number..number + 1).await;
        }
        let begun = Instant::now();
        assert_eq!(desk.deliverer.deliver_due().await.unwrap(), Sent { delivered: 1, failed: 4, dead: 0 });
        assert!(begun.elapsed() < Duration::from_secs(10));
        assert_eq!(receiver.received().iter().filter(|one| one.path != "/hook").count(), 0);
        assert_eq!(
            states(&desk).await,
            [
                "1 waiting 1 302: nothanks",
                "2 waiting 1 308: nothanks",
                "3 waiting 1 no answer in time",
                "4 waiting 1 429: nothanks",
                "5 delivered 1 200"
            ]
        );
        let waiting = deliveries(&desk.archive, None, Some(DeliveryState::Waiting), None, 9).await.unwrap();
        assert_eq!(waiting[3].next_at.unwrap().duration_since(desk.hands.now()), SignedDuration::from_hours(1));
    });
}

#[test]
fn names_are_resolved_and_checked_at_each_attempt() {
    run(async {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        // The second answer is another: rebinding.
        let lookup = Arc::new(move |_: &str| -> io::Result<Vec<IpAddr>> {
            let address = if count.fetch_add(1, Ordering::SeqCst) == 0 { "127.0.0.1" } else { "169.254.169.254" };
            Ok(vec![address.parse().unwrap()])
        }) as Lookup;
        let desk = Desk::with(Client::with(&lookup, Duration::from_secs(5)).unwrap()).await;
        let receiver = Receiver::start(|_| Reply::Status(200)).await;
        desk.add_as(&receiver, |new| new.url = new.url.replace("127.0.0.1", "localhost")).await;
        desk.tell("northwind", 1..3).await;
        assert_eq!(desk.deliverer.deliver_due().await.unwrap(), Sent { delivered: 1, failed: 1, dead: 0 });
        assert_eq!(asked.load(Ordering::SeqCst), 2, "once for each attempt");
        assert_eq!(receiver.received().len(), 1);
        let told = &states(&desk).await[1];
        assert!(told.ends_with("the name has the address 169.254.169.254, which is not permitted"), "{told}");
    });
}

#[test]
fn a_public_webhook_never_reaches_this_machine() {
    run(async {
        let lookup = Arc::new(|_: &str| Ok(vec!["127.0.0.1".parse::<IpAddr>().unwrap()])) as Lookup;
        let desk = Desk::with(Client::with(&lookup, Duration::from_secs(5)).unwrap()).await;
        let receiver = Receiver::start(|_| Reply::Status(200)).await;
        let port = receiver.url.rsplit_once(':').unwrap().1.to_owned();
        desk.add_as(&receiver, |new| {
            new.reach = Reach::Public;
            new.url = format!("https://hooks.vendor.example:{port}");
        })
        .await;
        desk.tell("northwind", 1..2).await;
        desk.deliverer.deliver_due().await.unwrap();
        let told = states(&desk).await.remove(0);
        assert!(told.ends_with("the name has the address 127.0.0.1, which is not permitted"), "{told}");
    });
}

#[test]
fn a_crash_between_sending_and_noting_sends_again() {
    run(async {
        let desk = Desk::new().await;
        let receiver = Receiver::start(|one| if one.before == 0 { Reply::Silence } else { Reply::Status(200) }).await;
        desk.add(&receiver).await;
        desk.tell("northwind", 1..2).await;
        let deliverer = desk.deliverer.clone();
        let task = tokio::spawn(async move { deliverer.deliver_due().await });
        until("the first attempt", async || receiver.received().len() == 1).await;
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        desk.archive.clone().close().await;
        let archive = Archive::open(desk.folder.path()).await.unwrap();
        let again = Deliverer::new(archive, Client::new().unwrap(), desk.hands.clock(), Reach::Public);
        assert_eq!(again.deliver_due().await.unwrap(), Sent { delivered: 1, ..Sent::default() });
        let ids: Vec<String> = receiver.received().into_iter().map(|one| one.id).collect();
        assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
    });
}

#[test]
fn a_secret_that_was_replaced_signs_for_a_day() {
    run(async {
        let desk = Desk::new().await;
        let receiver = Receiver::start(|_| Reply::Status(200)).await;
        let (webhook, old) = desk.add(&receiver).await;
        let new = rotate_secret(&desk.archive, &webhook.id, desk.hands.now()).await.unwrap();
        desk.tell("northwind", 1..2).await;
        desk.deliverer.deliver_due().await.unwrap();
        desk.hands.pass(SignedDuration::from_hours(24));
        desk.tell("northwind", 2..3).await;
        desk.deliverer.deliver_due().await.unwrap();
        let signed: Vec<[bool; 2]> =
            receiver.received().iter().map(|one| [&new, &old].map(|secret| one.is_signed_with(secret))).collect();
        assert_eq!(signed, [[true, true], [true, false]]);
        let unknown = rotate_secret(&desk.archive, "wh_none", desk.hands.now()).await;
        assert!(matches!(unknown, Err(WebhookError::Unknown(_))));
    });
}

#[test]
fn a_thousand_events_arrive_in_order_whatever_fails() {
    run(async {
        let desk = Desk::new().await;
        // One message in ten fails at first, one in fifty twice.
        let receiver = Receiver::start(|one| {
            let fails = usize::from(one.number() % 10 == 3) + usize::from(one.number() % 50 == 13);
            Reply::Status(if one.before < fails { 500 } else { 200 })
        })
        .await;
        desk.add(&receiver).await;
        let accounts: Vec<String> = (0..20).map(|number| format!("account-{number}")).collect();
        let all: Vec<News> =
            (0..1_000).map(|number| news(&accounts[usize::try_from(number).unwrap() % 20], number)).collect();
        desk.archive.keep_news(&all, desk.hands.now()).await.unwrap();
        let mut delivered = 0;
        while delivered < 1_000 {
            let sent = desk.deliverer.deliver_due().await.unwrap();
            assert!(sent.dead == 0 && sent != Sent::default());
            delivered += sent.delivered;
            desk.hands.pass(SignedDuration::from_mins(7));
        }
        for (account, mut numbers) in receiver.numbers() {
            assert!(numbers.is_sorted(), "{account}");
            numbers.dedup();
            assert_eq!(numbers.len(), 50, "{account}");
        }
        assert_eq!(receiver.received().len(), 1_000 + 100 + 20);
    });
}
