//! SPARQL 1.1 Protocol: what operation a request asks for. Pure: parts of a request in, the operation or its fault out.
//! <https://www.w3.org/TR/sparql11-protocol/#protocol>

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::graph::sparql::NamedNode;

const FORM: &str = "application/x-www-form-urlencoded";
const QUERY: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";

/// How a request was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// All in the address.
    Get,
    /// With a body.
    Post,
}

/// The parts of a request that the protocol is about.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// How it was sent.
    pub method: Method,
    /// The address after its question mark.
    pub parameters: Option<&'r str>,
    /// The media type of the body.
    pub content_type: Option<&'r str>,
    /// The body.
    pub body: &'r [u8],
}

/// Graphs that take the place of those that a query or update names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dataset {
    /// The default graph is made of these.
    pub default: Vec<String>,
    /// These can be named.
    pub named: Vec<String>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The description of the service.
    Describe,
    /// A query and its graphs.
    Query(String, Option<Dataset>),
    /// An update and the graphs that its patterns see.
    Update(String, Option<Dataset>),
}

/// How a request breaks the protocol.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// There is neither query nor update.
    #[error("the request has neither a query nor an update")]
    Missing,
    /// There is more than one of what there can be one of.
    #[error("the request has more than one query or update")]
    Several,
    /// An update that would be sent by whoever follows a link.
    #[error("an update is sent by POST, not by GET")]
    UpdateByGet,
    /// The body is of another media type, or says none.
    #[error("the body is of the media type {0:?}, not one of {FORM}, {QUERY}, {UPDATE}")]
    MediaType(String),
    /// The body says that it is in another encoding.
    #[error("the body is in {0}, not in UTF-8")]
    Charset(String),
    /// The text is not what it should be encoded as.
    #[error("the request is not valid UTF-8")]
    NotUtf8,
    /// A graph has a name that is no IRI.
    #[error("{0:?} is no IRI of a graph")]
    NoIri(String),
}

/// Says what a request asks for.
pub fn read(request: &Request<'_>) -> Result<Operation, ProtocolError> {
    let mut parameters = Parameters::default();
    parameters.add(request.parameters.unwrap_or_default())?;
    match request.method {
        Method::Get if parameters.is_empty() => return Ok(Operation::Describe),
        Method::Get if !parameters.updates.is_empty() => return Err(ProtocolError::UpdateByGet),
        Method::Get => {}
        Method::Post => {
            let (media_type, charset) = parts_of(request.content_type.unwrap_or_default());
            if ![FORM, QUERY, UPDATE].contains(&media_type.as_str()) {
                return Err(ProtocolError::MediaType(media_type));
            }
            if let Some(charset) = charset.filter(|name| !["utf-8", "utf8", "us-ascii"].contains(&name.as_str())) {
                return Err(ProtocolError::Charset(charset));
            }
            let body = std::str::from_utf8(request.body).map_err(|_| ProtocolError::NotUtf8)?;
            match media_type.as_str() {
                QUERY => parameters.queries.push(body.to_owned()),
                UPDATE => parameters.updates.push(body.to_owned()),
                _ => parameters.add(body)?,
            }
        }
    }
    parameters.operation()
}

/// The media type and the charset of a `Content-Type` header.
fn parts_of(header: &str) -> (String, Option<String>) {
    let mut parts = header.split(';').map(|part| part.trim().to_ascii_lowercase());
    let media_type = parts.next().unwrap_or_default();
    let charset = parts.find_map(|part| part.strip_prefix("charset=").map(|name| name.trim_matches('"').to_owned()));
    (media_type, charset)
}

/// The parameters that the protocol knows; others are left to whoever they are for.
#[derive(Debug, Default)]
struct Parameters {
    queries: Vec<String>,
    updates: Vec<String>,
    graphs: Dataset,
    using: Dataset,
}

impl Parameters {
    /// Adds what stands in a query string or a form.
    fn add(&mut self, encoded: &str) -> Result<(), ProtocolError> {
        for pair in encoded.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let list = match name {
                "query" => &mut self.queries,
                "update" => &mut self.updates,
                "default-graph-uri" => &mut self.graphs.default,
                "named-graph-uri" => &mut self.graphs.named,
                "using-graph-uri" => &mut self.using.default,
                "using-named-graph-uri" => &mut self.using.named,
                _ => continue,
            };
            let value = value.replace('+', " ");
            let value = percent_decode_str(&value).decode_utf8().map_err(|_| ProtocolError::NotUtf8)?;
            list.push(value.into_owned());
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.queries.is_empty() && self.updates.is_empty() && self.graphs.is_empty() && self.using.is_empty()
    }

    fn operation(mut self) -> Result<Operation, ProtocolError> {
        match (self.queries.pop(), self.updates.pop()) {
            _ if !self.queries.is_empty() || !self.updates.is_empty() => Err(ProtocolError::Several),
            (Some(_), Some(_)) => Err(ProtocolError::Several),
            (None, None) => Err(ProtocolError::Missing),
            (Some(query), None) => Ok(Operation::Query(query, self.graphs.checked()?)),
            (None, Some(update)) => Ok(Operation::Update(update, self.using.checked()?)),
        }
    }
}

impl Dataset {
    fn is_empty(&self) -> bool {
        self.default.is_empty() && self.named.is_empty()
    }

    /// The dataset, when there is one and all its names are IRIs.
    fn checked(self) -> Result<Option<Self>, ProtocolError> {
        match self.default.iter().chain(&self.named).find(|name| NamedNode::new(name.as_str()).is_err()) {
            Some(name) => Err(ProtocolError::NoIri(name.clone())),
            None => Ok((!self.is_empty()).then_some(self)),
        }
    }

    /// The names as graphs, default ones and named ones.
    pub(super) fn graphs(&self) -> (Vec<NamedNode>, Vec<NamedNode>) {
        let of = |names: &[String]| names.iter().map(NamedNode::new_unchecked).collect();
        (of(&self.default), of(&self.named))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(parameters: &str) -> Result<Operation, ProtocolError> {
        read(&Request { method: Method::Get, parameters: Some(parameters), content_type: None, body: b"" })
    }

    fn post(parameters: &str, content_type: &str, body: &[u8]) -> Result<Operation, ProtocolError> {
        let content_type = Some(content_type).filter(|text| !text.is_empty());
        read(&Request { method: Method::Post, parameters: Some(parameters), content_type, body })
    }

    fn query(text: &str, graphs: Option<(&[&str], &[&str])>) -> Operation {
        Operation::Query(text.to_owned(), graphs.map(dataset))
    }

    fn dataset((default, named): (&[&str], &[&str])) -> Dataset {
        let of = |names: &[&str]| names.iter().copied().map(str::to_owned).collect();
        Dataset { default: of(default), named: of(named) }
    }

    #[test]
    fn operations_are_read() {
        let check = |found, expected| assert_eq!(found, Ok(expected));
        check(get(""), Operation::Describe);
        check(get("utm_source=x"), Operation::Describe);
        check(get("query=ASK+%7B%7D"), query("ASK {}", None));
        check(get("query=ASK{}&timeout=5"), query("ASK{}", None));
        check(get("query=a%2Bb%C3%A9"), query("a+b\u{e9}", None));
        check(
            get("query=a&default-graph-uri=urn:a&named-graph-uri=urn:b&default-graph-uri=urn:c"),
            query("a", Some((&["urn:a", "urn:c"], &["urn:b"]))),
        );
        check(post("", FORM, b"query=ASK%20%7B%7D"), query("ASK {}", None));
        check(post("default-graph-uri=urn:a", FORM, b"query=a"), query("a", Some((&["urn:a"], &[]))));
        check(post("", QUERY, b"ASK { ?a ?b 'x&y=%20+' }"), query("ASK { ?a ?b 'x&y=%20+' }", None));
        check(post("", "application/SPARQL-query; charset=\"UTF-8\"", b"ASK {}"), query("ASK {}", None));
        check(post("", FORM, b"update=CLEAR+ALL"), Operation::Update("CLEAR ALL".to_owned(), None));
        check(
            post("using-named-graph-uri=urn:a", UPDATE, b"CLEAR ALL"),
            Operation::Update("CLEAR ALL".to_owned(), Some(dataset((&[], &["urn:a"])))),
        );
    }

    #[test]
    fn faults_are_told() {
        let check = |found: Result<Operation, ProtocolError>, expected| assert_eq!(found, Err(expected));
        check(get("query=a&query=b"), ProtocolError::Several);
        check(get("update=CLEAR+ALL"), ProtocolError::UpdateByGet);
        check(get("query=a&update=b"), ProtocolError::UpdateByGet);
        check(get("default-graph-uri=urn:a"), ProtocolError::Missing);
        check(get("query=%FF"), ProtocolError::NotUtf8);
        check(get("query=a&default-graph-uri=data"), ProtocolError::NoIri("data".to_owned()));
        check(post("", "", b"ASK {}"), ProtocolError::MediaType(String::new()));
        check(post("", "text/plain", b"ASK {}"), ProtocolError::MediaType("text/plain".to_owned()));
        check(post("", FORM, b""), ProtocolError::Missing);
        check(post("", FORM, b"query=a&update=b"), ProtocolError::Several);
        check(post("", FORM, b"update=a&update=b"), ProtocolError::Several);
        check(post("query=a", QUERY, b"ASK {}"), ProtocolError::Several);
        check(
            post("", "application/sparql-query; charset=UTF-16", b"\0A"),
            ProtocolError::Charset("utf-16".to_owned()),
        );
        check(post("", QUERY, b"ASK { \xff }"), ProtocolError::NotUtf8);
    }
}
