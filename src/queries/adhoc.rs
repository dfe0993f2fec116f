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
    mut out: impl Write,
) -> Result<(), QueryError> {
    let query = ParsedQuery::parse(text)?;
    let _watch = limit.watch();
    let results = store.solve(scope, &query, &[], &limit.stop)?;
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
