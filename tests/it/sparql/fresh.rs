//! A query sees what was written before it, and old copies go.

use std::fs;
use std::sync::Arc;

use baton::config::EngineName;
use baton::ingest::{Options, ingest};
use baton::model::AccountSlug;
use jiff::Timestamp;

use super::server::{Server, limits};
use crate::support::{jsonl, write_files};

const COUNT: &str = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";

#[test]
fn a_query_sees_what_was_written_before_it() {
    let server = Server::start(limits());
    for number in 1..=12 {
        server.update(&format!(
            "INSERT DATA {{ GRAPH <urn:baton:account:a{}> {{ <urn:s> <urn:p> {number} }} }}",
            number % 3
        ));
        assert_eq!(server.rows("admin", COUNT), [number.to_string()]);
    }
}

#[test]
fn a_query_sees_what_was_read_before_it() {
    let server = Server::start(limits());
    let engine = EngineName::Embedded.engine(None);
    let mut before = 0;
    for number in 1..=3 {
        let lines = jsonl(&[("x", "2026-01-12T09:30:00Z", 'v', "I will send you the SOC 2 report by Friday.")]);
        let folder = server.folder.path().join(format!("in-{number}"));
        write_files(&folder, &[("mail.jsonl".to_owned(), lines)]);
        let account = AccountSlug::from_name(&format!("account-{number}"));
        let options = Options { paths: vec![folder], account, ..Options::default() };
        let now = Timestamp::from_second(1_800_000_000 + number).unwrap();
        server.runtime.block_on(ingest(&server.stores, &engine, &options, now, Arc::new(|_| {}))).unwrap();
        let rows: u64 = server.rows("admin", COUNT)[0].parse().unwrap();
        assert!(rows > before, "{rows} after {before}");
        before = rows;
    }
}

#[test]
fn copies_that_nobody_reads_are_deleted() {
    let server = Server::start(limits());
    let copies = || fs::read_dir(server.folder.path().join("sparql")).unwrap().count();
    for number in 1..=6 {
        server.update(&format!("INSERT DATA {{ GRAPH <urn:baton:account:a> {{ <urn:s> <urn:p> {number} }} }}"));
        assert_eq!(server.rows("admin", COUNT), [number.to_string()]);
    }
    assert_eq!(copies(), 1);
    server.runtime.block_on(server.pool.without_copies(async {})).unwrap();
    assert_eq!(copies(), 0);
    assert_eq!(server.rows("admin", COUNT), ["6"]);
    assert_eq!(copies(), 1);
}
