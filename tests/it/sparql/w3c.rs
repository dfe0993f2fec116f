//! The 34 protocol tests of the W3C, against a server where admins may write, and against one as it is used.

use super::manifest::{Case, Exchange, cases};
use super::server::{Reply, Server, limits};

/// The graphs of the tests, and the accounts that stand for them where a caller sees accounts alone.
const GRAPHS: &str = "http://kasei.us/2009/09/sparql/data/";
const ACCOUNTS: &str = "urn:baton:account:";

/// Tests that a server refuses on which nobody may write: how the request that changes something is answered, and why.
const REFUSED: [(&str, u16, &str); 7] = [
    ("update_dataset_default_graph", 403, WRITES),
    ("update_dataset_default_graphs", 403, WRITES),
    ("update_dataset_named_graphs", 403, WRITES),
    ("update_dataset_full", 403, WRITES),
    ("update_post_form", 403, WRITES),
    ("update_post_direct", 403, WRITES),
    ("update_base_uri", 403, WRITES),
];
const WRITES: &str = "updates are not allowed: what is in the graph follows from what was said";

#[test]
fn a_server_where_admins_may_write_passes_all() {
    let server = Server::start(limits());
    let mut failed = Vec::new();
    let cases = cases();
    for case in &cases {
        load(&server, case);
        failed.extend(
            case.exchanges
                .iter()
                .filter_map(|exchange| fault(exchange, &send(&server, "writer", exchange)))
                .map(|fault| format!("{}: {fault}", case.name)),
        );
    }
    assert_eq!(cases.len(), 34);
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_server_as_it_is_used_passes_what_does_not_write() {
    let server = Server::start(limits());
    let (mut failed, mut passed) = (Vec::new(), 0);
    for case in cases().iter().map(with_accounts) {
        load(&server, &case);
        if let Some((_, status, reason)) = REFUSED.iter().find(|(name, _, _)| *name == case.name) {
            let reply = send(&server, "w3c", &case.exchanges[0]);
            assert_eq!(reply.status, *status, "{}: {reply:?}", case.name);
            assert!(reply.text.contains(reason), "{}: {reply:?}", case.name);
            continue;
        }
        let faults: Vec<String> =
            case.exchanges.iter().filter_map(|exchange| fault(exchange, &send(&server, "w3c", exchange))).collect();
        passed += usize::from(faults.is_empty());
        failed.extend(faults.into_iter().map(|fault| format!("{}: {fault}", case.name)));
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert_eq!(passed, 34 - REFUSED.len());
}

/// Makes the store hold the graphs of a test and nothing else.
fn load(server: &Server, case: &Case) {
    let graphs = case.graphs.iter().map(|(name, triples)| format!("GRAPH <{name}> {{ {triples} }}"));
    server.update(&format!("CLEAR ALL ; INSERT DATA {{ {} }}", graphs.collect::<String>()));
}

fn send(server: &Server, caller: &str, exchange: &Exchange) -> Reply {
    let path = format!("/{caller}/sparql{}", exchange.path.strip_prefix("/sparql/").unwrap());
    server.send(&exchange.method, &path, &exchange.headers, exchange.body.clone())
}

/// What is wrong with an answer.
fn fault(expected: &Exchange, reply: &Reply) -> Option<String> {
    let status = reply.status.to_string();
    if !expected.statuses.iter().any(|digit| status.starts_with(*digit)) {
        return Some(format!("status {status}, expected {:?}: {}", expected.statuses, reply.text));
    }
    let of = |media_types: &[&str]| media_types.contains(&reply.media_type.as_str());
    let json = "application/sparql-results+json";
    let is_format = match expected.format.as_deref() {
        None => true,
        Some("boolean") => of(&[json, "application/sparql-results+xml"]),
        Some("tabular") => of(&[json, "application/sparql-results+xml", "text/csv", "text/tab-separated-values"]),
        Some("RDF") => of(&["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"]),
        Some(other) => return Some(format!("the format {other} is not known")),
    };
    if !is_format {
        return Some(format!("{} is not {:?}", reply.media_type, expected.format));
    }
    let boolean = expected.boolean?;
    let is_so = reply.text.contains(&format!("\"boolean\":{boolean}"));
    (!is_so).then(|| format!("not {boolean}: {}", reply.text))
}

/// The test with accounts in place of its graphs.
fn with_accounts(case: &Case) -> Case {
    let encoded = |text: &str| text.replace(':', "%3A").replace('/', "%2F");
    let renamed = |text: &str| {
        let plain = text.replace(GRAPHS, ACCOUNTS);
        plain.replace(&encoded(GRAPHS), &encoded(ACCOUNTS)).replace(".rdf", "")
    };
    let body = |body: &Vec<u8>| {
        String::from_utf8(body.clone()).map_or_else(|_| body.clone(), |text| renamed(&text).into_bytes())
    };
    let exchange = |exchange: &Exchange| Exchange {
        method: exchange.method.clone(),
        path: renamed(&exchange.path),
        headers: exchange.headers.clone(),
        body: exchange.body.as_ref().map(body),
        statuses: exchange.statuses.clone(),
        boolean: exchange.boolean,
        format: exchange.format.clone(),
    };
    Case {
        name: case.name.clone(),
        graphs: case.graphs.iter().map(|(name, triples)| (renamed(name), renamed(triples))).collect(),
        exchanges: case.exchanges.iter().map(exchange).collect(),
    }
}
