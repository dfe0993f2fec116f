//! One query that a user wrote, answered in a format of their choice.

use std::io::Write;

use super::{Limit, QueryError};
use crate::graph::{
    GraphError, GraphStore, Scope,
    sparql::{ParsedQuery, QueryResults, QueryResultsFormat, QueryResultsSerializer, RdfFormat, RdfSerializer, Term},
};

/// How an answer is written. A graph (CONSTRUCT, DESCRIBE) is written as Turtle, whatever the table format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Format {
    #[default]
    Json,
    Csv,
    Tsv,
    Xml,
    /// Columns for reading on a terminal.
    Table,
}

/// Evaluates the text of a query within `scope` and writes the answer.
pub fn write_answer(
    store: &GraphStore,
    scope: &Scope,
    text: &str,
    (format, limit): (Format, &Limit),
    out: impl Write,
) -> Result<(), QueryError> {
    let query = ParsedQuery::parse(text)?;
    let _watch = limit.watch();
    write(store.solve(scope, &query, &[], &limit.stop)?, format, out)
}

/// Writes an answer.
pub(super) fn write(results: QueryResults<'_>, format: Format, mut out: impl Write) -> Result<(), QueryError> {
    match format {
        Format::Json => write_results(results, QueryResultsFormat::Json, &mut out)?,
        Format::Csv => write_results(results, QueryResultsFormat::Csv, &mut out)?,
        Format::Tsv => write_results(results, QueryResultsFormat::Tsv, &mut out)?,
        Format::Xml => write_results(results, QueryResultsFormat::Xml, &mut out)?,
        Format::Table => write_table(results, &mut out)?,
    }
    Ok(out.flush()?)
}

fn write_results(
    results: QueryResults<'_>,
    format: QueryResultsFormat,
    mut out: &mut impl Write,
) -> Result<(), QueryError> {
    let serializer = QueryResultsSerializer::from_format(format);
    match results {
        QueryResults::Boolean(answer) => {
            serializer.serialize_boolean_to_writer(&mut out, answer)?;
        }
        QueryResults::Solutions(solutions) => {
            let columns = solutions.variables().to_vec();
            let mut rows = serializer.serialize_solutions_to_writer(&mut out, columns)?;
            for solution in solutions {
                rows.serialize(&solution.map_err(GraphError::from)?)?;
            }
            rows.finish()?;
            if matches!(format, QueryResultsFormat::Csv | QueryResultsFormat::Tsv) {
                return Ok(());
            }
        }
        QueryResults::Graph(_) => return write_graph(results, out),
    }
    Ok(writeln!(out)?)
}

fn write_graph(results: QueryResults<'_>, out: &mut impl Write) -> Result<(), QueryError> {
    let QueryResults::Graph(triples) = results else { return Ok(()) };
    let mut turtle = RdfSerializer::from_format(RdfFormat::Turtle).for_writer(out);
    for triple in triples {
        turtle.serialize_triple(&triple.map_err(GraphError::from)?)?;
    }
    turtle.finish()?;
    Ok(())
}

/// Writes columns as wide as their widest value.
fn write_table(results: QueryResults<'_>, out: &mut impl Write) -> Result<(), QueryError> {
    let solutions = match results {
        QueryResults::Boolean(answer) => return Ok(writeln!(out, "{answer}")?),
        QueryResults::Graph(_) => return write_graph(results, out),
        QueryResults::Solutions(solutions) => solutions,
    };
    let mut rows: Vec<Vec<String>> =
        vec![solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect()];
    for solution in solutions {
        let solution = solution.map_err(GraphError::from)?;
        rows.push(solution.values().iter().map(|term| term.as_ref().map(cell).unwrap_or_default()).collect());
    }
    let mut widths = vec![0; rows.first().map_or(0, Vec::len)];
    for row in &rows {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = (*width).max(text.chars().count());
        }
    }
    for (place, row) in rows.iter().enumerate() {
        let padded: Vec<String> = row.iter().zip(&widths).map(|(text, &width)| format!("{text:width$}")).collect();
        writeln!(out, "{}", padded.join("  ").trim_end())?;
        if place == 0 {
            let rules: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
            writeln!(out, "{}", rules.join("  "))?;
        }
    }
    Ok(())
}

/// The text of a value on one line, without control characters that would steer a terminal.
fn cell(term: &Term) -> String {
    let text = match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => node.as_str(),
        Term::Literal(literal) => literal.value(),
    };
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        graph::{Fingerprints, sparql::RdfFormat},
        model::AccountSlug,
        queries::sample,
    };

    fn answer(store: &GraphStore, scope: &Scope, text: &str, format: Format) -> Result<String, QueryError> {
        let mut out = Vec::new();
        write_answer(store, scope, text, (format, &Limit::default()), &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    fn two_accounts() -> (GraphStore, AccountSlug, AccountSlug) {
        let store = GraphStore::in_memory().unwrap();
        let (own, other) = (sample::view("northwind"), sample::view("contoso"));
        for view in [&own, &other] {
            store.project(view, &Fingerprints::default(), jiff::Timestamp::UNIX_EPOCH).unwrap();
        }
        (store, own.account, other.account)
    }

    #[test]
    fn no_query_sees_another_account() {
        let (store, own, other) = two_accounts();
        let scope = Scope::account(&own);
        let check = |text: &str, expected_rows: bool| {
            let csv = answer(&store, &scope, text, Format::Csv).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert!(!csv.contains(other.as_str()), "{text}\n{csv}");
            assert_eq!(csv.lines().count() > 1, expected_rows, "{text}\n{csv}");
        };
        check("SELECT * { ?s ?p ?o }", true);
        check("SELECT * { GRAPH ?g { ?s ?p ?o } }", true);
        check("SELECT DISTINCT ?g { GRAPH ?g {} }", true);
        check("SELECT * FROM <urn:baton:account:contoso> { ?s ?p ?o }", false);
        check("SELECT * FROM <urn:baton:account:northwind> FROM <urn:baton:account:contoso> { ?s ?p ?o }", true);
        check("SELECT * FROM NAMED <urn:baton:account:contoso> { GRAPH ?g { ?s ?p ?o } }", false);
        check("SELECT * { GRAPH <urn:baton:account:contoso> { ?s ?p ?o } }", false);
        check("SELECT ?o { BIND(<urn:baton:account:contoso> AS ?g) GRAPH ?g { ?s ?p ?o } }", false);
        check("SELECT ?o { { SELECT ?o { GRAPH ?g { ?s ?p ?o } } } }", true);
        check(
            "SELECT ?g { VALUES ?g { <urn:x> } FILTER EXISTS { GRAPH <urn:baton:account:contoso> { ?s ?p ?o } } }",
            false,
        );
        check("SELECT * { <urn:baton:account:contoso> ?p ?o }", false);
        check("SELECT * { ?s (<urn:none>|!<urn:none>)+ ?o }", true);
        let nothing = answer(
            &store,
            &Scope::accounts([]),
            "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
            Format::Csv,
        );
        assert_eq!(nothing.unwrap().lines().count(), 1);
    }

    #[test]
    fn what_writes_or_leaves_is_refused() {
        let (store, own, _) = two_accounts();
        let check = |text: &str, expected: &str| {
            let error = answer(&store, &Scope::account(&own), text, Format::Json).expect_err(text).to_string();
            assert!(error.contains(expected), "{text}: {error}");
        };
        check("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE");
        check("SELECT * { SERVICE SILENT <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE");
        check("ASK { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }", "SERVICE");
        check("SELECT (SUM(IF(EXISTS { SERVICE <http://a/> { ?s ?p ?o } }, 1, 0)) AS ?n) { ?s ?p ?o }", "SERVICE");
        check("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "updates");
        check("LOAD <http://127.0.0.1/>", "updates");
        check("DROP ALL", "updates");
        check("SELECT", "not valid SPARQL");
    }

    /// Oxigraph itself must not be able to ask other servers: its `http-client` feature stays off.
    #[test]
    fn the_store_cannot_ask_other_servers() {
        let query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }";
        let evaluator = oxigraph::sparql::SparqlEvaluator::new().parse_query(query).unwrap();
        let dataset = oxigraph::model::Dataset::new();
        let results = evaluator.on_queryable_dataset(&dataset).execute();
        let error = match results {
            Err(error) => error.to_string(),
            Ok(QueryResults::Solutions(mut rows)) => rows.next().unwrap().unwrap_err().to_string(),
            Ok(_) => panic!("not a SELECT"),
        };
        assert!(error.contains("is not supported"), "{error}");
    }

    #[test]
    fn every_format_is_written() {
        let (store, own, _) = two_accounts();
        let query = "SELECT ?s { ?s <urn:baton:ns#side> \"customer\" } LIMIT 1";
        let check = |text: &str, format, expected: &str| {
            let found = answer(&store, &Scope::account(&own), text, format).unwrap();
            assert!(found.contains(expected), "{found}");
        };
        check(query, Format::Json, r#""type":"uri""#);
        check(query, Format::Csv, "s\r\nurn:baton:");
        check(query, Format::Tsv, "?s\n<urn:baton:");
        check(query, Format::Xml, "<uri>urn:baton:");
        check(query, Format::Table, "--\nurn:baton:");
        check("ASK { ?s ?p ?o }", Format::Json, r#""boolean":true"#);
        check("ASK { ?s ?p ?o }", Format::Table, "true");
        let graph = answer(&store, &Scope::account(&own), "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", Format::Json).unwrap();
        let read = oxigraph::io::RdfParser::from_format(RdfFormat::Turtle).for_slice(&graph).count();
        assert_eq!(read, store.len(&own).unwrap());
    }

    #[test]
    fn a_cancelled_query_says_so() {
        let (store, own, _) = two_accounts();
        let limit = Limit::default();
        limit.stop.cancel();
        let query = "SELECT * { ?a ?b ?c . ?d ?e ?f }";
        let error = write_answer(&store, &Scope::account(&own), query, (Format::Csv, &limit), Vec::new()).unwrap_err();
        assert_eq!(error.to_string(), "query stopped at its time limit");
    }
}
