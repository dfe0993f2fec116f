//! The header of a query file.

use std::fmt;

use super::QueryError;

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum ParameterType {
    Iri,
    String,
    Date,
    DateTime,
    Integer,
}

impl ParameterType {
    const ALL: [Self; 5] = [Self::Iri, Self::String, Self::Date, Self::DateTime, Self::Integer];

    /// The name in headers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Iri => "iri",
            Self::String => "string",
            Self::Date => "date",
            Self::DateTime => "dateTime",
            Self::Integer => "integer",
        }
    }
}

impl fmt::Display for ParameterType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A parameter of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Name of the variable, without `?`.
    pub name: String,
    /// Its type.
    pub kind: ParameterType,
    /// Whether it may be left out.
    pub optional: bool,
}

/// What the header says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) summary: String,
    pub(super) params: Vec<Parameter>,
    pub(super) used_by: String,
}

/// Reads the `#+` lines at the top of a file.
pub(super) fn read(file: &str, text: &str) -> Result<Header, QueryError> {
    let (mut summary, mut params, mut used_by) = (None, None, None);
    for (place, line) in text.lines().enumerate() {
        let fail = |problem: String| QueryError::File { file: file.to_owned(), line: place + 1, problem };
        let Some(entry) = line.strip_prefix("#+") else { continue };
        let Some((key, value)) = entry.split_once(':') else {
            return Err(fail(format!("header line without a colon: {line}")));
        };
        let value = value.trim();
        match key.trim() {
            "summary" => summary = Some(value.to_owned()),
            "used-by" => used_by = Some(value.to_owned()),
            "params" => params = Some(parameters(value).map_err(fail)?),
            other => return Err(fail(format!("unknown header {other}"))),
        }
    }
    let missing =
        |name: &str| QueryError::File { file: file.to_owned(), line: 1, problem: format!("lacks `#+ {name}:`") };
    Ok(Header {
        summary: summary.filter(|text| !text.is_empty()).ok_or_else(|| missing("summary"))?,
        params: params.ok_or_else(|| missing("params"))?,
        used_by: used_by.filter(|text| !text.is_empty()).ok_or_else(|| missing("used-by"))?,
    })
}

fn parameters(text: &str) -> Result<Vec<Parameter>, String> {
    if matches!(text, "" | "none") {
        return Ok(Vec::new());
    }
    text.split(',').map(parameter).collect()
}

fn parameter(text: &str) -> Result<Parameter, String> {
    let Some((name, kind)) = text.trim().split_once(' ') else {
        return Err(format!("parameter {:?} is not `name type`", text.trim()));
    };
    let kind = kind.trim();
    let required = kind.trim_end_matches('?');
    let found = ParameterType::ALL.into_iter().find(|known| known.as_str() == required);
    let found = found.ok_or_else(|| format!("parameter {name} has unknown type {kind}"))?;
    Ok(Parameter { name: name.trim_start_matches('?').to_owned(), kind: found, optional: kind.ends_with('?') })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_headers() {
        let check = |text: &str, expected: Result<usize, &str>| {
            let read = read("a.rq", text).map(|header| header.params.len()).map_err(|error| error.to_string());
            assert_eq!(read, expected.map_err(str::to_owned), "{text}");
        };
        check("#+ summary: s\n#+ params: none\n#+ used-by: x\nASK {}", Ok(0));
        check("#+ summary: s\n#+ params: a iri, b dateTime?\n#+ used-by: x", Ok(2));
        check("#+ summary: s\n#+ used-by: x", Err("a.rq:1: lacks `#+ params:`"));
        check("#+ summary: s\n#+ params: a\n", Err("a.rq:2: parameter \"a\" is not `name type`"));
        check("#+ summary: s\n#+ params: a float\n", Err("a.rq:2: parameter a has unknown type float"));
        check("#+ what: s\n", Err("a.rq:1: unknown header what"));
        check("#+ what\n", Err("a.rq:1: header line without a colon: #+ what"));
    }
}
