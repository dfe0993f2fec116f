//! Ledgers, ties and networks of a few numbered people.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::model::InteractionKind;

fn as_of() -> Timestamp {
    "2026-03-01T00:00:00Z".parse().unwrap()
}

fn days_ago(days: i64) -> Timestamp {
    as_of() - SignedDuration::from_hours(24 * days)
}

fn mail(days: i64, author: u32, recipients: &[u32], copied: &[u32]) -> impl Fn(&mut Ledger) {
    let (recipients, copied) = (recipients.to_vec(), copied.to_vec());
    move |ledger| {
        ledger.add(&Said {
            at: days_ago(days),
            kind: InteractionKind::Email,
            author: Some(author),
            recipients: &recipients,
            copied: &copied,
            mentioned: &[author, 9],
        });
    }
}

fn call(days: i64, people: &[u32]) -> impl Fn(&mut Ledger) {
    let people = people.to_vec();
    move |ledger| {
        let (at, kind, author) = (days_ago(days), InteractionKind::Call, None);
        ledger.add(&Said { at, kind, author, recipients: &people, copied: &[], mentioned: &[7] });
    }
}

fn ledger(said: &[&dyn Fn(&mut Ledger)]) -> Ledger {
    let mut ledger = Ledger::new();
    for say in said {
        say(&mut ledger);
    }
    ledger
}

#[test]
fn interactions_become_ties() {
    let check = |said: &[&dyn Fn(&mut Ledger)], expected: &[(u32, u32, EdgeKind, f64, u32)]| {
        let found = ledger(said).ties(as_of());
        let ties: Vec<_> = found.ties.iter().filter(|tie| tie.target != 9).collect();
        assert_eq!(ties.len(), expected.len(), "{ties:?}");
        for (tie, expected) in ties.into_iter().zip(expected) {
            assert_eq!((tie.source, tie.target, tie.kind, tie.count), (expected.0, expected.1, expected.2, expected.4));
            assert!((tie.weight - expected.3).abs() < 1e-9, "{tie:?}");
        }
    };
    let (writes, copies, meets) = (EdgeKind::WritesTo, EdgeKind::Copies, EdgeKind::Meets);
    check(&[&mail(0, 1, &[2, 3, 2, 1], &[3])], &[(1, 2, writes, 1.0, 1), (1, 3, copies, COPY_WEIGHT, 1)]);
    check(&[&mail(0, 1, &[2], &[]), &mail(90, 1, &[2], &[])], &[(1, 2, writes, 1.5, 2)]);
    check(&[&call(180, &[4, 2, 3, 2])], &[(2, 3, meets, 0.25, 1), (2, 4, meets, 0.25, 1), (3, 4, meets, 0.25, 1)]);
    check(&[&|ledger: &mut Ledger| ledger.promise(5, 6, days_ago(90))], &[(5, 6, EdgeKind::PromisesTo, 0.5, 1)]);
}

#[test]
fn a_name_is_no_contact_and_a_crowd_gives_none() {
    let everybody: Vec<u32> = (0..60).collect();
    let found = ledger(&[&mail(1, 1, &everybody, &[]), &call(1, &everybody)]).ties(as_of());
    assert_eq!((found.crowds, found.ties.len(), found.ties[0].kind), (2, 1, EdgeKind::Mentions));
    assert_eq!(found.network(60).contacts(), 0);
}

#[test]
fn both_ways_are_one_contact() {
    let ties = ledger(&[&mail(0, 1, &[2], &[]), &mail(0, 2, &[1], &[1]), &call(0, &[1, 2])]).ties(as_of());
    let network = ties.network(10);
    assert!((network.strength(1, 2) - 2.4).abs() < 1e-9 && network.strength(1, 3).abs() < 1e-9);
    assert_eq!((network.contacts(), network.directed.arcs()), (1, 2));
    assert_eq!((network.directed.weights(1), network.directed.weights(2)), (&[2.0][..], &[1.4][..]));
}

#[test]
fn the_order_of_telling_does_not_matter() {
    let said = [mail(200, 1, &[2, 3], &[3]), mail(31, 2, &[1], &[]), mail(5, 1, &[2], &[])];
    let said: Vec<&dyn Fn(&mut Ledger)> = said.iter().map(|say| say as &dyn Fn(&mut Ledger)).collect();
    let backwards: Vec<_> = said.iter().rev().copied().collect();
    assert_eq!(ledger(&said).ties(as_of()).ties, ledger(&backwards).ties(as_of()).ties);
}

#[test]
fn a_series_is_the_network_of_each_time() {
    let said = [mail(200, 1, &[2, 3], &[3]), mail(31, 2, &[1], &[]), mail(5, 1, &[2], &[])];
    let said: Vec<&dyn Fn(&mut Ledger)> = said.iter().map(|say| say as &dyn Fn(&mut Ledger)).collect();
    let ends = [days_ago(300), days_ago(100), days_ago(31), days_ago(0)];
    let series = ledger(&said).networks(4, &ends);
    let check = |place: usize, known: usize| {
        let alone = ledger(&said[..known]).ties(ends[place]).network(4);
        let (found, expected) = (series.network(place), alone);
        assert_eq!(found.contacts(), expected.contacts(), "{place}");
        let ratio = |network: &Network| network.strength(1, 3) / network.strength(1, 2);
        assert!(found.contacts() == 0 || (ratio(&found) - ratio(&expected)).abs() < 1e-12, "{place}");
        let (found, expected) = (measures::page_rank(&found.directed), measures::page_rank(&expected.directed));
        assert!(found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-12), "{place}");
    };
    check(0, 0);
    check(1, 1);
    check(2, 2);
    check(3, 3);
    assert_eq!(series.network(4).contacts(), 0);
}
