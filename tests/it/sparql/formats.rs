//! The formats of answers, and the statuses where there is none.

use std::time::Duration;

use baton::sparql::Limits;

use super::server::{Server, limits, owned};

const DATA: &str = r#"INSERT DATA { GRAPH <urn:baton:account:northwind> {
    <urn:a> <urn:p> "one", "two, three" . <urn:b> <urn:p> 4 } }"#;

#[test]
fn answers_come_in_the_wanted_format() {
    let server = Server::start(limits());
    server.update(DATA);
    let check = |query: &str, accept: &str, media_type: &str, expected: &str| {
        let reply = server.query("admin", query, accept);
        assert_eq!((reply.status, reply.media_type.as_str()), (200, media_type), "{query} {accept}: {reply:?}");
        assert!(reply.text.contains(expected), "{query} {accept}: {}", reply.text);
    };
    let (json, xml) = ("application/sparql-results+json", "application/sparql-results+xml");
    let rows = "SELECT ?o { <urn:a> <urn:p> ?o } ORDER BY ?o";
    check(rows, "*/*", json, r#""value":"two, three""#);
    check(rows, "application/json", json, r#""vars":["o"]"#);
    check(rows, xml, xml, "<literal>two, three</literal>");
    check(rows, "text/csv", "text/csv", "o\r\none\r\n\"two, three\"\r\n");
    check(rows, "text/tab-separated-values", "text/tab-separated-values", "?o\n\"one\"\n\"two, three\"\n");
    check(rows, "text/csv;q=0.5, application/sparql-results+xml;q=0.6, text/turtle", xml, "<sparql");
    check("ASK { ?s ?p ?o }", "*/*", json, r#""boolean":true"#);
    check("ASK { ?s ?p 5 }", xml, xml, "<boolean>false</boolean>");
    let graph = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }";
    check(graph, "*/*", "text/turtle", "<urn:b> <urn:p> 4 .");
    check(
        graph,
        "application/n-triples",
        "application/n-triples",
        "<urn:b> <urn:p> \"4\"^^<http://www.w3.org/2001/XMLSchema#integer> .",
    );
    check(graph, "application/ld+json", "application/ld+json", r#""@id":"urn:b""#);
    check(graph, "application/rdf+xml", "application/rdf+xml", r#"rdf:about="urn:b""#);
    check("DESCRIBE <urn:b>", "text/turtle", "text/turtle", "<urn:b> <urn:p> 4 .");
}

#[test]
fn the_service_describes_itself() {
    let server = Server::start(limits());
    let check = |accept: &str, media_type: &str| {
        let reply = server.send("GET", "/shared/sparql", &[owned(("accept", accept))], None);
        assert_eq!((reply.status, reply.media_type.as_str()), (200, media_type), "{reply:?}");
        assert!(reply.text.contains("http://www.w3.org/ns/sparql-service-description#"), "{}", reply.text);
        assert!(reply.text.contains(&format!("{}/shared/sparql", server.address)), "{}", reply.text);
    };
    check("*/*", "text/turtle");
    check("application/n-triples", "application/n-triples");
    check("application/ld+json", "application/ld+json");
    check("application/rdf+xml", "application/rdf+xml");
    assert_eq!(server.send("GET", "/shared/sparql", &[owned(("accept", "text/csv"))], None).status, 406);
}

#[test]
fn what_cannot_be_answered_says_why() {
    let server = Server::start(Limits { rows: 2, bytes: 2_000, ..limits() });
    server.update(DATA);
    let check = |query: &str, accept: &str, status: u16, expected: &str| {
        let reply = server.query("admin", query, accept);
        assert_eq!(reply.status, status, "{query} {accept}: {reply:?}");
        assert!(reply.text.contains(expected), "{query} {accept}: {reply:?}");
    };
    check("SELECT * { ?s ?p ?o } LIMIT 2", "text/csv", 200, "urn:p");
    check("SELECT * { ?s ?p ?o }", "text/csv", 422, "more rows than");
    check("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "*/*", 422, "more rows than");
    let long = "SELECT (REPLACE(\"aaaaaaaaaa\", \"a\", \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\") AS ?b) (CONCAT(?b, ?b) AS ?c) \
                (CONCAT(?c, ?c) AS ?d) (CONCAT(?d, ?d) AS ?e) {}";
    check(long, "text/csv", 422, "more bytes than");
    check("SELECT * { ?s ?p ?o }", "image/png", 406, "formats");
    check("ASK { ?s ?p ?o }", "text/turtle", 406, "formats");
    check("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "text/csv", 406, "formats");
    check("SELECT", "*/*", 400, "not valid SPARQL");
    check("SELECT (COUNT(?s) AS ?n) ?p { ?s ?p ?o }", "*/*", 400, "not valid SPARQL");
    let headers = [owned(("content-type", "application/sparql-query"))];
    let reply = server.send("POST", "/admin/sparql", &headers, Some(vec![b' '; (1 << 20) + 1]));
    assert_eq!(reply.status, 413, "{reply:?}");
    let reply = server.send("POST", "/admin/sparql", &headers, Some(b"ASK { ?s ?p \"\xff\" }".to_vec()));
    assert_eq!(reply.status, 400, "{reply:?}");
    let reply = server.send("GET", "/admin/sparql?query=ASK%7B%7D&default-graph-uri=data", &[], None);
    assert_eq!(reply.status, 400, "{reply:?}");
}

#[test]
fn too_many_at_once_are_sent_away() {
    let server = Server::start(Limits { workers: 1, waiting: 1, wait: Duration::from_millis(50), ..limits() });
    // A query that runs until its place is needed no more.
    let long = "SELECT (COUNT(*) AS ?n) { VALUES ?a { 1 2 3 4 5 6 7 8 9 10 } VALUES ?b { 1 2 3 4 5 6 7 8 9 10 } \
                VALUES ?c { 1 2 3 4 5 6 7 8 9 10 } VALUES ?d { 1 2 3 4 5 6 7 8 9 10 } VALUES ?e { 1 2 3 4 5 6 7 8 9 10 } \
                VALUES ?f { 1 2 3 4 5 6 7 8 9 10 } VALUES ?g { 1 2 3 4 5 6 7 8 9 10 } VALUES ?h { 1 2 3 4 5 6 7 8 9 10 } }";
    let send = |text: &'static str| {
        let request = server.client.post(format!("{}/admin/sparql", server.address));
        request.header("content-type", "application/sparql-query").body(text).send()
    };
    server.runtime.block_on(async {
        let running = tokio::spawn(send(long));
        // Others come until one finds the worker taken.
        let refused = loop {
            let reply = send("ASK {}").await.unwrap();
            if reply.status() == 503 {
                break reply;
            }
            assert_eq!(reply.status(), 200);
        };
        assert_eq!(refused.headers()["retry-after"], "1");
        // Who asks no more leaves the worker to others.
        running.abort();
        loop {
            if send("ASK {}").await.unwrap().status() == 200 {
                break;
            }
        }
    });
}

#[test]
fn a_pool_that_is_stopped_takes_no_query() {
    let server = Server::start(limits());
    server.update(DATA);
    assert_eq!(server.query("admin", "ASK { ?s ?p ?o }", "*/*").status, 200);
    server.runtime.block_on(server.pool.stop());
    assert_eq!(server.query("admin", "ASK { ?s ?p ?o }", "*/*").status, 503);
}
