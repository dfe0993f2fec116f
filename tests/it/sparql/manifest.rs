//! The W3C's list of protocol tests, read as the data that it is.

use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Graph, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, Term, TermRef};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/w3c_sparql11");
const MF: &str = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const HT: &str = "http://www.w3.org/2011/http#";
const CNT: &str = "http://www.w3.org/2011/content#";
const UT: &str = "http://www.w3.org/2009/sparql/tests/test-update#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";

/// One test.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// Named graphs that must be there: name and N-Triples.
    pub(crate) graphs: Vec<(String, String)>,
    pub(crate) exchanges: Vec<Exchange>,
}

/// One request and what it must be answered.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Option<Vec<u8>>,
    /// First digits of the status.
    pub(crate) statuses: Vec<char>,
    pub(crate) boolean: Option<bool>,
    pub(crate) format: Option<String>,
}

struct Manifest(Graph);

/// All tests, in order.
pub(crate) fn cases() -> Vec<Case> {
    let text = std::fs::read(Path::new(FOLDER).join("manifest.ttl")).unwrap();
    let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri("http://w3c.example/manifest.ttl").unwrap();
    let quads = parser.for_slice(&text).map(Result::unwrap);
    let manifest = Manifest(quads.map(oxigraph::model::Triple::from).collect());
    let root: NamedOrBlankNode = NamedNode::new("http://w3c.example/manifest.ttl").unwrap().into();
    manifest.list(manifest.one(root.as_ref(), MF, "entries")).into_iter().map(|node| manifest.case(&node)).collect()
}

impl Manifest {
    fn case(&self, node: &NamedOrBlankNode) -> Case {
        let name = node.to_string().trim_end_matches('>').rsplit('#').next().unwrap().to_owned();
        let graphs = self.all(node.as_ref(), UT, "graphData").into_iter().map(|data| {
            let data = subject(data);
            let label = text(self.one(data.as_ref(), RDFS, "label"));
            let Term::NamedNode(file) = self.one(data.as_ref(), UT, "graph").into_owned() else { panic!("{data}") };
            let file = file.as_str().rsplit('/').next().unwrap().to_owned();
            (label, std::fs::read_to_string(Path::new(FOLDER).join(file)).unwrap())
        });
        let graphs = graphs.collect();
        let action = subject(self.one(node.as_ref(), MF, "action"));
        let requests = self.list(self.one(action.as_ref(), HT, "requests"));
        Case { name, graphs, exchanges: requests.iter().map(|request| self.exchange(request)).collect() }
    }

    fn exchange(&self, request: &NamedOrBlankNode) -> Exchange {
        let maybe = |name| self.all(request.as_ref(), HT, name).into_iter().next();
        let headers = maybe("headers").map(|list| self.list(list)).unwrap_or_default();
        let field = |header: &NamedOrBlankNode, name| text(self.one(header.as_ref(), HT, name));
        let response = subject(self.one(request.as_ref(), HT, "resp"));
        let expected = |name| self.all(response.as_ref(), MF, name).into_iter();
        let status =
            |status: TermRef<'_>| status.to_string().rsplit_once("StatusCode").unwrap().1.chars().next().unwrap();
        Exchange {
            method: text(self.one(request.as_ref(), HT, "methodName")),
            path: text(self.one(request.as_ref(), HT, "absolutePath")),
            headers: headers.iter().map(|header| (field(header, "fieldName"), field(header, "fieldValue"))).collect(),
            body: maybe("body").map(|body| self.body(&subject(body))),
            statuses: expected("expectedStatus").map(status).collect(),
            boolean: expected("expectedBoolean").next().map(|value| text(value) == "true"),
            format: expected("expectedFormat").next().map(text),
        }
    }

    fn body(&self, body: &NamedOrBlankNode) -> Vec<u8> {
        let content = text(self.one(body.as_ref(), CNT, "chars"));
        match text(self.one(body.as_ref(), CNT, "characterEncoding")).as_str() {
            "UTF-16" => content.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            encoding => {
                assert_eq!(encoding, "UTF-8");
                content.into_bytes()
            }
        }
    }

    fn all(&self, subject: NamedOrBlankNodeRef<'_>, namespace: &str, name: &str) -> Vec<TermRef<'_>> {
        let predicate = NamedNode::new(format!("{namespace}{name}")).unwrap();
        self.0.objects_for_subject_predicate(subject, predicate.as_ref()).collect()
    }

    fn one(&self, subject: NamedOrBlankNodeRef<'_>, namespace: &str, name: &str) -> TermRef<'_> {
        let all = self.all(subject, namespace, name);
        assert_eq!(all.len(), 1, "{subject} {name}");
        all[0]
    }

    fn list(&self, head: TermRef<'_>) -> Vec<NamedOrBlankNode> {
        let (mut items, mut rest) = (Vec::new(), subject(head));
        while rest.as_ref() != rdf::NIL.into() {
            items.extend(self.0.object_for_subject_predicate(rest.as_ref(), rdf::FIRST).map(subject));
            rest = subject(self.0.object_for_subject_predicate(rest.as_ref(), rdf::REST).unwrap());
        }
        items
    }
}

fn subject(term: TermRef<'_>) -> NamedOrBlankNode {
    match term.into_owned() {
        Term::NamedNode(node) => node.into(),
        Term::BlankNode(node) => node.into(),
        Term::Literal(literal) => panic!("{literal} is no node"),
    }
}

fn text(term: TermRef<'_>) -> String {
    match term {
        TermRef::Literal(literal) => literal.value().to_owned(),
        TermRef::NamedNode(_) | TermRef::BlankNode(_) => panic!("{term} is no literal"),
    }
}
