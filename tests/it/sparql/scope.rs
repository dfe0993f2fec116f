//! What callers see: their accounts, of these what may be seen, and nothing else whatever they ask.

use super::server::{Server, limits, owned};

const DATA: &str = r#"CLEAR ALL ; INSERT DATA {
  <urn:s> <urn:p> "default graph" .
  GRAPH <urn:other> { <urn:s> <urn:p> "other graph" }
  GRAPH <urn:baton:account:northwind> { <urn:s> <urn:p> "northwind hidden", "northwind open" }
  GRAPH <urn:baton:shared:northwind> { <urn:s> <urn:p> "northwind open" }
  GRAPH <urn:baton:account:contoso> { <urn:s> <urn:p> "contoso" }
}"#;

/// Queries that look everywhere they can.
const EVERYWHERE: [&str; 9] = [
    "SELECT DISTINCT ?o { ?s ?p ?o } ORDER BY ?o",
    "SELECT DISTINCT ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o",
    "SELECT DISTINCT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?o",
    "SELECT DISTINCT ?o { { SELECT ?o { GRAPH ?g { ?s ?p ?o } } } } ORDER BY ?o",
    "SELECT DISTINCT ?o { ?s (<urn:none>|!<urn:none>) ?o } ORDER BY ?o",
    "SELECT DISTINCT ?o { GRAPH ?g { ?s (<urn:none>|!<urn:none>) ?o } } ORDER BY ?o",
    "SELECT DISTINCT ?o { ?s ?p ?o OPTIONAL { GRAPH ?g { ?a ?b ?c } } } ORDER BY ?o",
    "SELECT DISTINCT ?o { BIND(<urn:s> AS ?s) ?s <urn:p> ?o FILTER EXISTS { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?o",
    "SELECT DISTINCT ?o { VALUES ?g { <urn:other> <urn:baton:account:northwind> <urn:baton:shared:northwind> \
     <urn:baton:account:contoso> <urn:baton:account:a> <urn:baton:account:b> <urn:baton:shared:a> } \
     GRAPH ?g { ?s ?p ?o } } ORDER BY ?o",
];

fn server() -> Server {
    let server = Server::start(limits());
    server.update(DATA);
    server
}

#[test]
fn everybody_sees_what_is_theirs() {
    let server = server();
    let check = |caller: &str, expected: &[&str]| {
        for query in EVERYWHERE {
            assert_eq!(server.rows(caller, query), expected, "{caller}: {query}");
        }
    };
    check("admin", &["contoso", "northwind hidden", "northwind open"]);
    check("service", &["contoso", "northwind open"]);
    check("northwind", &["northwind hidden", "northwind open"]);
    check("shared", &["northwind open"]);
    check("w3c", &[]);
}

/// Where there is nothing but what they see, all is read at once.
#[test]
fn who_sees_everything_sees_no_more_than_that() {
    let server = Server::start(limits());
    let check = |data: &str, expected: &[&str]| {
        server.update(&format!("CLEAR ALL ; INSERT DATA {{ {data} }}"));
        for query in EVERYWHERE {
            assert_eq!(server.rows("admin", query), expected, "{data}: {query}");
        }
        let from = "SELECT ?o FROM <urn:baton:account:a> FROM <urn:other> { ?s ?p ?o }";
        assert_eq!(server.rows("admin", from), ["1"], "{data}");
    };
    let accounts =
        "GRAPH <urn:baton:account:a> { <urn:s> <urn:p> 1 } GRAPH <urn:baton:account:b> { <urn:s> <urn:p> 2 }";
    check(accounts, &["1", "2"]);
    check(&format!("{accounts} <urn:s> <urn:p> 3"), &["1", "2"]);
    check(&format!("{accounts} GRAPH <urn:other> {{ <urn:s> <urn:p> 3 }}"), &["1", "2"]);
    check(&format!("{accounts} GRAPH <urn:baton:shared:a> {{ <urn:s> <urn:p> 3 }}"), &["1", "2"]);
}

#[test]
fn what_a_query_names_only_narrows() {
    let server = server();
    let check = |caller: &str, query: &str, expected: &[&str]| {
        assert_eq!(server.rows(caller, query), expected, "{caller}: {query}");
    };
    let contoso = "SELECT ?o FROM <urn:baton:account:contoso> { ?s ?p ?o }";
    check("admin", contoso, &["contoso"]);
    check("service", contoso, &["contoso"]);
    check("northwind", contoso, &[]);
    check("northwind", "SELECT ?o FROM NAMED <urn:baton:account:contoso> { GRAPH ?g { ?s ?p ?o } }", &[]);
    check("northwind", "SELECT ?o { GRAPH <urn:baton:account:contoso> { ?s ?p ?o } }", &[]);
    check("admin", "SELECT ?o FROM <urn:other> { ?s ?p ?o }", &[]);
    check("admin", "SELECT ?o FROM <urn:baton:shared:northwind> { ?s ?p ?o }", &[]);
    let hidden = "SELECT ?o FROM <urn:baton:account:northwind> { ?s ?p ?o }";
    check("shared", hidden, &[]);
    check("service", hidden, &[]);
    check("shared", "SELECT ?o { GRAPH <urn:baton:account:northwind> { ?s ?p ?o } }", &[]);
    check("shared", "SELECT ?g { GRAPH ?g { } }", &["urn:baton:shared:northwind"]);
    check("northwind", "SELECT ?g { GRAPH ?g { } }", &["urn:baton:account:northwind"]);
}

#[test]
fn what_a_request_names_takes_the_place_of_that_and_only_narrows() {
    let server = server();
    let check = |caller: &str, parameters: &str, query: &str, expected: &str| {
        let headers = [("content-type", "application/sparql-query"), ("accept", "text/csv")].map(owned);
        let path = format!("/{caller}/sparql?{parameters}");
        let reply = server.send("POST", &path, &headers, Some(query.as_bytes().to_vec()));
        assert_eq!(reply.text, expected, "{caller}: {parameters} {query}");
    };
    let (all, named) = ("SELECT ?o { ?s ?p ?o }", "SELECT ?o { GRAPH ?g { ?s ?p ?o } }");
    check("admin", "default-graph-uri=urn:baton:account:contoso", all, "o\r\ncontoso\r\n");
    check("admin", "default-graph-uri=urn:baton:account:contoso", named, "o\r\n");
    check("admin", "named-graph-uri=urn:baton:account:contoso", named, "o\r\ncontoso\r\n");
    check("admin", "named-graph-uri=urn:baton:account:contoso", all, "o\r\n");
    check("northwind", "default-graph-uri=urn:baton:account:contoso", all, "o\r\n");
    check("northwind", "named-graph-uri=urn:baton:account:contoso", named, "o\r\n");
    check("shared", "default-graph-uri=urn:baton:account:northwind", all, "o\r\n");
    check("admin", "default-graph-uri=urn:other", all, "o\r\n");
    let from = "SELECT ?o FROM <urn:baton:account:northwind> { ?s ?p ?o }";
    check("admin", "default-graph-uri=urn:baton:account:contoso", from, "o\r\ncontoso\r\n");
    check("northwind", "default-graph-uri=urn:baton:account:contoso", from, "o\r\n");
}

#[test]
fn what_writes_or_leaves_is_refused() {
    let server = server();
    let check = |caller: &str, text: &str, expected: &str| {
        let reply = server.query(caller, text, "*/*");
        assert_eq!(reply.status, 403, "{text}: {reply:?}");
        assert!(reply.text.contains(expected), "{text}: {reply:?}");
    };
    check("admin", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE");
    check("writer", "ASK { FILTER EXISTS { SERVICE SILENT ?x { ?s ?p ?o } } }", "SERVICE");
    check("admin", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "updates");
    check("admin", "LOAD <http://127.0.0.1:9/>", "updates");
    for caller in ["admin", "service", "northwind", "shared"] {
        let headers = [("content-type", "application/sparql-update")].map(owned);
        let reply = server.send("POST", &format!("/{caller}/sparql"), &headers, Some(b"CLEAR ALL".to_vec()));
        assert_eq!(reply.status, 403, "{caller}: {reply:?}");
    }
    let headers = [("content-type", "application/sparql-update")].map(owned);
    let reply = server.send("POST", "/writer/sparql", &headers, Some(b"LOAD <http://127.0.0.1:9/>".to_vec()));
    assert_eq!(reply.status, 400, "{reply:?}");
    assert_eq!(server.rows("admin", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), ["3"]);
}
