//! One query of the catalogue.

use std::io::Write;

use super::{Bindings, Format, Limit, Parameter, QueryError, Rows, adhoc, header};
use crate::graph::{
    GraphError, GraphStore, Scope,
    sparql::{ParsedQuery, QueryResults, Term, Variable},
};

/// One query of the catalogue, ready to run.
#[derive(Clone, Debug)]
pub struct Query {
    name: String,
    text: String,
    header: header::Header,
    parsed: ParsedQuery,
}

impl Query {
    /// Reads a file of the catalogue; `name` is its path there, `file` what messages call it.
    pub(super) fn read(name: &str, file: &str, text: String) -> Result<Self, QueryError> {
        let header = header::read(file, &text)?;
        let parsed = ParsedQuery::parse(&text).map_err(|error| failure(file, &error))?;
        if let Some(columns) = parsed.columns() {
            let is_column = |param: &Parameter| columns.iter().any(|column| column.as_str() == param.name);
            if let Some(param) = header.params.iter().find(|param| !is_column(param)) {
                let problem = format!("parameter {} must be among the columns of the SELECT", param.name);
                return Err(QueryError::File { file: file.to_owned(), line: 1, problem });
            }
        }
        let name = name.strip_suffix(".rq").unwrap_or(name).to_owned();
        Ok(Self { name, text, header, parsed })
    }

    /// Its path below the catalogue without `.rq`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it answers, in a line.
    pub fn summary(&self) -> &str {
        &self.header.summary
    }

    /// Its parameters.
    pub fn params(&self) -> &[Parameter] {
        &self.header.params
    }

    /// Who uses it.
    pub fn used_by(&self) -> &str {
        &self.header.used_by
    }

    /// Runs a SELECT within a scope and reads all its rows.
    pub fn run(
        &self,
        store: &GraphStore,
        scope: &Scope,
        bindings: &Bindings,
        limit: &Limit,
    ) -> Result<Rows, QueryError> {
        let _watch = limit.watch();
        let values = self.values(bindings)?;
        let QueryResults::Solutions(solutions) = store.solve(scope, &self.parsed, &values, &limit.stop)? else {
            return Err(QueryError::Form { query: self.name.clone(), expected: "SELECT" });
        };
        let columns = solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
        let mut cells: Vec<Vec<Option<Term>>> = Vec::new();
        for solution in solutions {
            cells.push(solution.map_err(GraphError::from)?.values().to_vec());
        }
        Ok(Rows { query: self.name.as_str().into(), columns, cells })
    }

    /// Runs any form within a scope and writes its answer.
    pub fn write(
        &self,
        (store, scope): (&GraphStore, &Scope),
        bindings: &Bindings,
        (format, limit): (Format, &Limit),
        out: impl Write,
    ) -> Result<(), QueryError> {
        let _watch = limit.watch();
        let values = self.values(bindings)?;
        adhoc::write(store.solve(scope, &self.parsed, &values, &limit.stop)?, format, out)
    }

    /// Runs an ASK within a scope.
    pub fn ask(
        &self,
        store: &GraphStore,
        scope: &Scope,
        bindings: &Bindings,
        limit: &Limit,
    ) -> Result<bool, QueryError> {
        let _watch = limit.watch();
        let values = self.values(bindings)?;
        match store.solve(scope, &self.parsed, &values, &limit.stop)? {
            QueryResults::Boolean(answer) => Ok(answer),
            QueryResults::Solutions(_) | QueryResults::Graph(_) => {
                Err(QueryError::Form { query: self.name.clone(), expected: "ASK" })
            }
        }
    }

    /// The values as the parameters want them.
    fn values(&self, bindings: &Bindings) -> Result<Vec<(Variable, Term)>, QueryError> {
        let params = self.params();
        for (name, given, _) in &bindings.values {
            if !params.iter().any(|param| param.name == *name && param.kind == *given) {
                return Err(QueryError::WrongValue { query: self.name.clone(), name: name.clone(), given: *given });
            }
        }
        for param in params.iter().filter(|param| !param.optional) {
            if !bindings.values.iter().any(|(name, _, _)| *name == param.name) {
                return Err(QueryError::MissingValue { query: self.name.clone(), name: param.name.clone() });
            }
        }
        let values = bindings.values.iter();
        Ok(values.map(|(name, _, term)| (Variable::new_unchecked(name.as_str()), term.clone())).collect())
    }
}

/// The error of a file, with the line that the parser names.
fn failure(file: &str, error: &GraphError) -> QueryError {
    let problem = error.to_string();
    let digits = problem.split_once(" at ").map(|(_, place)| place.split(|c: char| !c.is_ascii_digit()));
    let line = digits.and_then(|mut parts| parts.next()?.parse().ok()).unwrap_or(1);
    QueryError::File { file: file.to_owned(), line, problem }
}
