//! Holds the graph of an account against the shapes of the ontology. It knows the SHACL constraints that `shapes.ttl`
//! uses: paths of predicates, counts, datatypes, ranges, lists of values, classes.

use std::sync::LazyLock;

use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef},
    store::Store,
};
use rustc_hash::FxHashMap;

use super::{
    GraphError, GraphStore,
    store::{Quads, graph_as},
};
use crate::model::{AccountSlug, Sight};

const SHAPES: &str = include_str!("../../ontology/shapes.ttl");
const SH: &str = "http://www.w3.org/ns/shacl#";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

/// A node that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// Its IRI.
    pub node: String,
    /// The rule.
    pub rule: String,
}

/// Which nodes a shape is for.
enum Target {
    Class(NamedNode),
    SubjectsOf(NamedNode),
}

struct Shape {
    target: Target,
    properties: Vec<Property>,
}

/// What holds of the values at the end of a path.
#[derive(Default)]
struct Property {
    path: Vec<NamedNode>,
    min_count: usize,
    max_count: Option<usize>,
    datatype: Option<NamedNode>,
    one_of: Vec<Term>,
    min: Option<f64>,
    max: Option<f64>,
    class: Option<NamedNode>,
    message: String,
}

/// The shapes, or what in their file is not understood.
static ALL: LazyLock<Result<Vec<Shape>, String>> = LazyLock::new(|| read(SHAPES));

impl GraphStore {
    /// What in a graph of an account breaks a rule of the ontology, sorted.
    pub fn violations(&self, account: &AccountSlug, sight: Sight) -> Result<Vec<Violation>, GraphError> {
        let wrong =
            |problem: &String| GraphError::Malformed { subject: "shapes.ttl".to_owned(), problem: problem.clone() };
        let shapes = ALL.as_ref().map_err(wrong)?;
        let (store, graph) = (self.store(), graph_as(account, sight));
        let reader = Reader { store: &store, graph: GraphNameRef::NamedNode(graph.as_ref()) };
        let mut found = Vec::new();
        for shape in shapes {
            for node in reader.targets(&shape.target)? {
                for property in &shape.properties {
                    if !reader.conforms(&node, property)? {
                        found.push(Violation { node: iri(&node), rule: property.message.clone() });
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        Ok(found)
    }
}

fn iri(node: &Term) -> String {
    match node {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(_) | Term::Literal(_) => node.to_string(),
    }
}

/// Reads one graph.
struct Reader<'s> {
    store: &'s Store,
    graph: GraphNameRef<'s>,
}

impl Reader<'_> {
    fn targets(&self, target: &Target) -> Result<Vec<Term>, GraphError> {
        let kind = NamedNode::new_unchecked(format!("{RDF}type"));
        let (predicate, object) = match target {
            Target::Class(class) => (kind.as_ref(), Some(TermRef::NamedNode(class.as_ref()))),
            Target::SubjectsOf(predicate) => (predicate.as_ref(), None),
        };
        let quads = Quads(self.store).matching(None, Some(predicate), object, self.graph);
        let mut nodes: Vec<Term> = quads.map(|quad| Ok(quad?.subject.into())).collect::<Result<_, GraphError>>()?;
        nodes.dedup();
        Ok(nodes)
    }

    fn objects(&self, node: &Term, predicate: NamedNodeRef<'_>) -> Result<Vec<Term>, GraphError> {
        let Term::NamedNode(subject) = node else { return Ok(Vec::new()) };
        let quads = Quads(self.store).matching(Some(subject.as_ref()), Some(predicate), None, self.graph);
        quads.map(|quad| Ok(quad?.object)).collect()
    }

    fn conforms(&self, node: &Term, property: &Property) -> Result<bool, GraphError> {
        let mut values = vec![node.clone()];
        for step in &property.path {
            let mut next = Vec::new();
            for value in &values {
                next.extend(self.objects(value, step.as_ref())?);
            }
            values = next;
        }
        if values.len() < property.min_count || property.max_count.is_some_and(|most| values.len() > most) {
            return Ok(false);
        }
        for value in &values {
            let is_member = match &property.class {
                None => true,
                Some(class) => {
                    let kind = NamedNode::new_unchecked(format!("{RDF}type"));
                    self.objects(value, kind.as_ref())?.contains(&Term::NamedNode(class.clone()))
                }
            };
            if !is_member || !property.allows(value) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl Property {
    fn allows(&self, value: &Term) -> bool {
        let literal = match value {
            Term::Literal(literal) => Some(literal),
            Term::NamedNode(_) | Term::BlankNode(_) => None,
        };
        let is_typed =
            self.datatype.as_ref().is_none_or(|kind| literal.is_some_and(|own| own.datatype() == kind.as_ref()));
        let number = literal.and_then(|own| own.value().parse::<f64>().ok());
        let is_in_range = self.min.is_none_or(|min| number.is_some_and(|number| number >= min))
            && self.max.is_none_or(|max| number.is_some_and(|number| number <= max));
        is_typed && is_in_range && (self.one_of.is_empty() || self.one_of.contains(value))
    }
}

/// The statements of the file, by subject.
type Statements = FxHashMap<NamedOrBlankNode, Vec<(NamedNode, Term)>>;

fn read(text: &str) -> Result<Vec<Shape>, String> {
    let mut statements = Statements::default();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(text.as_bytes()) {
        let Quad { subject, predicate, object, .. } = quad.map_err(|error| error.to_string())?;
        statements.entry(subject).or_default().push((predicate, object));
    }
    let mut shapes = Vec::new();
    for told in statements.values() {
        let is_shape = |(predicate, object): &(NamedNode, Term)| {
            local(predicate) == "type" && matches!(object, Term::NamedNode(class) if local(class) == "NodeShape")
        };
        if told.iter().any(is_shape) {
            shapes.push(shape(&statements, told)?);
        }
    }
    Ok(shapes)
}

/// A name without the namespace of SHACL or RDF; other names as they are.
fn local(name: &NamedNode) -> &str {
    let text = name.as_str();
    text.strip_prefix(SH).or_else(|| text.strip_prefix(RDF)).unwrap_or(text)
}

fn shape(all: &Statements, told: &[(NamedNode, Term)]) -> Result<Shape, String> {
    let (mut target, mut properties) = (None, Vec::new());
    for (predicate, object) in told {
        match (local(predicate), object) {
            ("type", _) => {}
            ("targetClass", Term::NamedNode(class)) => target = Some(Target::Class(class.clone())),
            ("targetSubjectsOf", Term::NamedNode(name)) => target = Some(Target::SubjectsOf(name.clone())),
            ("property", Term::BlankNode(node)) => properties.push(property(all, &node.clone().into())?),
            (other, _) => return Err(format!("{other} is not understood of a shape")),
        }
    }
    Ok(Shape { target: target.ok_or("a shape has no target")?, properties })
}

fn property(all: &Statements, node: &NamedOrBlankNode) -> Result<Property, String> {
    let mut property = Property::default();
    for (predicate, object) in all.get(node).into_iter().flatten() {
        let number = |object: &Term| match object {
            Term::Literal(literal) => literal.value().parse::<f64>().map_err(|error| error.to_string()),
            Term::NamedNode(_) | Term::BlankNode(_) => Err(format!("{object} is no number")),
        };
        match (local(predicate), object) {
            ("path", Term::NamedNode(step)) => property.path.push(step.clone()),
            ("path", Term::BlankNode(_)) => {
                for step in list(all, object)? {
                    let Term::NamedNode(step) = step else { return Err(format!("{step} is no step of a path")) };
                    property.path.push(step);
                }
            }
            ("minCount", _) => property.min_count = number(object)? as usize,
            ("maxCount", _) => property.max_count = Some(number(object)? as usize),
            ("minInclusive", _) => property.min = Some(number(object)?),
            ("maxInclusive", _) => property.max = Some(number(object)?),
            ("datatype", Term::NamedNode(kind)) => property.datatype = Some(kind.clone()),
            ("class", Term::NamedNode(class)) => property.class = Some(class.clone()),
            ("in", Term::BlankNode(_)) => property.one_of = list(all, object)?,
            ("message", Term::Literal(message)) => message.value().clone_into(&mut property.message),
            (other, _) => return Err(format!("{other} is not understood of a property")),
        }
    }
    Ok(property)
}

/// The members of an RDF list.
fn list(all: &Statements, head: &Term) -> Result<Vec<Term>, String> {
    let (mut members, mut at) = (Vec::new(), head.clone());
    while let Term::BlankNode(node) = &at {
        let told = all.get(&NamedOrBlankNode::from(node.clone())).ok_or("a list ends nowhere")?;
        let of =
            |name: &str| told.iter().find(|(predicate, _)| local(predicate) == name).map(|(_, object)| object.clone());
        members.push(of("first").ok_or("a list has a gap")?);
        at = of("rest").ok_or("a list ends nowhere")?;
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::strategy::{Strategy as _, ValueTree as _};

    use super::*;
    use crate::graph::{Fingerprints, sample};
    use crate::model::{AccountView, ReviewState};

    fn found(view: &AccountView) -> Vec<String> {
        let store = GraphStore::in_memory().unwrap();
        store.project(view, &Fingerprints::default(), Timestamp::UNIX_EPOCH).unwrap();
        let violations = store.violations(&view.account, Sight::Full).unwrap();
        let mut rules: Vec<String> = violations.into_iter().map(|violation| violation.rule).collect();
        rules.dedup();
        rules
    }

    #[test]
    fn the_shapes_are_understood() {
        let shapes = ALL.as_ref().unwrap();
        assert_eq!(shapes.len(), 5);
        assert!(shapes.iter().all(|shape| shape.properties.iter().all(|property| !property.path.is_empty())));
        for (text, expected) in [
            ("@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:a> a sh:NodeShape ; sh:closed true .", "closed"),
            ("@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:a> a sh:NodeShape .", "no target"),
            ("<urn:a> <urn:b>", ""),
        ] {
            let problem = read(text).err().unwrap();
            assert!(problem.contains(expected), "{problem}");
        }
    }

    #[test]
    fn broken_rules_are_named() {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let has_enough = |view: &AccountView| !view.facts.is_empty() && !view.stakeholders.is_empty();
        let view = (0..200).map(|_| sample::view().new_tree(&mut runner).unwrap().current()).find(has_enough).unwrap();
        let check = |damage: fn(&mut AccountView), rule: &str| {
            let mut sick = view.clone();
            damage(&mut sick);
            let rules = found(&sick);
            assert!(rules.iter().any(|found| found == rule), "{rule} is not in {rules:?}");
        };
        check(|view| view.facts[0].fact.confidence = 1.5, "confidence is 0..1");
        check(
            |view| {
                view.facts[0].fact.review = ReviewState::Extracted;
                view.facts[0].fact.evidence.clear();
            },
            "a fact has evidence",
        );
        check(|view| view.stakeholders[0].influence = -0.5, "influence is 0..1");
    }
}
