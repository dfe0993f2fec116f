//! `baton check`: each thing damaged once, and told.

use std::path::Path;

use baton::graph::{Fingerprints, GraphStore};
use baton::model::AccountSlug;
use serde_json::Value;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use super::world::loaded;
use crate::support::Baton;

fn sql(data: &Path, statement: &'static str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(data.join("archive.sqlite")).foreign_keys(false);
        let mut connection = options.connect().await.unwrap();
        sqlx::raw_sql(statement).execute(&mut connection).await.unwrap();
    });
}

fn faults(baton: &Baton) -> Vec<Value> {
    let answer = baton.run(&["check", "--json"]);
    let checked: Value = serde_json::from_str(&answer.out).unwrap_or_else(|error| panic!("{error}: {answer:?}"));
    let faults = checked["faults"].as_array().unwrap().clone();
    assert_eq!(answer.code, Some(i32::from(!faults.is_empty())), "{answer:?}");
    assert!(checked["quotes"].as_u64().unwrap() > 10, "{checked}");
    faults
}

fn assert_told(baton: &Baton, check: &str, reason: &str) {
    let faults = faults(baton);
    let told = faults.iter().any(|fault| fault["check"] == check && fault["reason"].as_str().unwrap().contains(reason));
    assert!(told, "{check}: {reason} is not in {faults:#?}");
}

#[test]
fn what_is_damaged_is_told() {
    let baton = loaded();
    assert_eq!(faults(&baton), Vec::<Value>::new());
    let data = baton.data();
    let check = |damage: &'static str, repair: &'static str, of: &str, reason: &str| {
        sql(&data, damage);
        assert_told(&baton, of, reason);
        sql(&data, repair);
    };
    check(
        "UPDATE texts SET text = replace(text, 'SOC 2', 'SOC 3')",
        "UPDATE texts SET text = replace(text, 'SOC 3', 'SOC 2')",
        "quote",
        "other words",
    );
    check(
        "INSERT INTO jobs (id, kind, account, request, \"by\", state, created_at, started_at) VALUES ('j', 'ingest', '', '{}', '', 'running', 0, 0)",
        "DELETE FROM jobs",
        "archive",
        "did not end",
    );
    check(
        "INSERT INTO documents VALUES ('urn:x', 'nowhere', 'renewal', 0, 0, '{}')",
        "DELETE FROM documents WHERE id = 'urn:x'",
        "archive",
        "cannot be read",
    );
    check(
        "INSERT INTO handoffs (account, kind, state, document, reason, opened_at) VALUES ('northwind', 'renewal', 'draft', 'urn:none', '{\"trigger\":\"by_hand\"}', 0)",
        "DELETE FROM handoffs WHERE document = 'urn:none'",
        "archive",
        "its document is not there",
    );
    assert_eq!(faults(&baton), Vec::<Value>::new());
    in_the_graph(&baton);
}

/// Damage to the graph itself, which a rebuild repairs.
fn in_the_graph(baton: &Baton) {
    let account = AccountSlug::from_name("northwind").unwrap();
    let damage = |change: &dyn Fn(&mut baton::model::AccountView)| {
        let graph = GraphStore::open(&baton.data().join("graph")).unwrap();
        let mut view = graph.account(&account).view().unwrap();
        change(&mut view);
        graph.project(&view, &Fingerprints::default(), jiff::Timestamp::UNIX_EPOCH).unwrap();
    };
    damage(&|view| "Send nothing".clone_into(&mut view.facts[0].fact.statement));
    assert_told(baton, "graph", "not what the archive gives");
    damage(&|view| view.facts[0].fact.confidence = 1.5);
    assert_told(baton, "shape", "confidence is 0..1");
    damage(&|view| view.stakeholders.clear());
    assert_told(baton, "rule", "a person whom the graph does not have");
    baton.expect(0, &["rebuild"]);
    assert_eq!(faults(baton), Vec::<Value>::new());
}
