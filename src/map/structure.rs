//! What is declared rather than seen: the organisations that people belong to, and to whom they report.

use std::collections::BTreeMap;

use super::ground::People;
use super::model::{Edge, Node, NodeKind};
use crate::model::{AccountSlug, Iri, Side};
use crate::relations::EdgeKind;

/// Adds a node for each organisation that people say they belong to; answers the memberships and the reporting lines by
/// source. Spellings that differ only in case are one organisation; one name on two sides is two.
pub(super) fn structure(account: &AccountSlug, people: &People<'_>, nodes: &mut Vec<Node>) -> Vec<Edge> {
    let mut organizations: BTreeMap<(String, Option<&str>), Node> = BTreeMap::new();
    let mut edges = Vec::new();
    for person in &people.list {
        let known = person.known;
        let superior = known.reports_to.as_ref().filter(|superior| **superior != known.id);
        if let Some(superior) = superior.filter(|superior| people.place(superior).is_some()) {
            edges.push(declared(&known.id, superior.clone(), EdgeKind::ReportsTo));
        }
        let name = known.organization.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let Some(name) = name else { continue };
        let key = (name.to_lowercase(), known.side.map(Side::as_str));
        let id = mint(account, &key);
        edges.push(declared(&known.id, id.clone(), EdgeKind::MemberOf));
        organizations.entry(key).or_insert_with(|| organization(id, name, known.side));
    }
    nodes.extend(organizations.into_values());
    edges
}

fn declared(source: &Iri, target: Iri, kind: EdgeKind) -> Edge {
    Edge { source: source.clone(), target, kind, weight: 1.0, count: 1, first: None, last: None }
}

fn organization(id: Iri, name: &str, side: Option<Side>) -> Node {
    Node {
        id,
        kind: NodeKind::Organization,
        name: name.to_owned(),
        side,
        title: None,
        organization: None,
        buying_role: None,
        influence: None,
        sentiment: None,
        status: None,
        measures: None,
    }
}

/// The name of an organisation follows from the account, its side and its name.
fn mint(account: &AccountSlug, (name, side): &(String, Option<&str>)) -> Iri {
    let words = [account.as_str(), side.unwrap_or_default(), name].join("\u{1f}");
    Iri::from_text(format!("urn:baton:organization:{}", &blake3::hash(words.as_bytes()).to_hex()[..24]))
}
