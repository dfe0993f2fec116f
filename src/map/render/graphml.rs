//! The map as GraphML.

use std::fmt::{Display, Write as _};

use super::text::xml;
use crate::map::model::{Edge, Node, RelationshipMap};
use crate::model::{BuyingRole, Iri, PersonStatus, Side};

/// What is told of nodes and edges: key, what it belongs to, type.
const KEYS: [(&str, &str, &str); 18] = [
    ("kind", "node", "string"),
    ("name", "node", "string"),
    ("side", "node", "string"),
    ("title", "node", "string"),
    ("organization", "node", "string"),
    ("buying_role", "node", "string"),
    ("influence", "node", "float"),
    ("sentiment", "node", "float"),
    ("status", "node", "string"),
    ("pagerank", "node", "double"),
    ("betweenness", "node", "double"),
    ("eigenvector", "node", "double"),
    ("community", "node", "int"),
    ("articulation", "node", "boolean"),
    ("relation", "edge", "string"),
    ("weight", "edge", "double"),
    ("count", "edge", "int"),
    ("last", "edge", "string"),
];

pub(super) fn graphml(map: &RelationshipMap) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (key, of, kind) in KEYS {
        let _ = writeln!(out, "  <key id=\"{key}\" for=\"{of}\" attr.name=\"{key}\" attr.type=\"{kind}\"/>");
    }
    let _ = writeln!(out, "  <graph id=\"{}\" edgedefault=\"directed\">", xml(map.account.as_str()));
    for node in &map.nodes {
        write_node(&mut out, node);
    }
    for edge in &map.edges {
        write_edges(&mut out, edge);
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

fn write_node(out: &mut String, node: &Node) {
    let _ = writeln!(out, "    <node id=\"{}\">", xml(node.id.as_str()));
    data(out, "kind", Some(node.kind.as_str()));
    data(out, "name", Some(&node.name));
    data(out, "side", node.side.map(Side::as_str));
    data(out, "title", node.title.as_ref());
    data(out, "organization", node.organization.as_ref());
    data(out, "buying_role", node.buying_role.map(BuyingRole::as_str));
    data(out, "influence", node.influence);
    data(out, "sentiment", node.sentiment);
    data(out, "status", node.status.map(PersonStatus::as_str));
    if let Some(measures) = &node.measures {
        data(out, "pagerank", Some(format_args!("{:.9}", measures.pagerank)));
        data(out, "betweenness", Some(format_args!("{:.9}", measures.betweenness)));
        data(out, "eigenvector", measures.eigenvector.map(|value| format!("{value:.9}")));
        data(out, "community", measures.community);
        data(out, "articulation", Some(measures.articulation));
    }
    out.push_str("    </node>\n");
}

/// What holds both ways stands twice: not every reader takes directed and undirected edges in one graph.
fn write_edges(out: &mut String, edge: &Edge) {
    write_edge(out, edge, (&edge.source, &edge.target));
    if edge.kind.is_mutual() {
        write_edge(out, edge, (&edge.target, &edge.source));
    }
}

fn write_edge(out: &mut String, edge: &Edge, (source, target): (&Iri, &Iri)) {
    let (source, target) = (xml(source.as_str()), xml(target.as_str()));
    let _ = writeln!(out, "    <edge source=\"{source}\" target=\"{target}\">");
    data(out, "relation", Some(edge.kind.as_str()));
    data(out, "weight", Some(format_args!("{:.9}", edge.weight)));
    data(out, "count", Some(edge.count));
    data(out, "last", edge.last);
    out.push_str("    </edge>\n");
}

fn data(out: &mut String, key: &str, value: Option<impl Display>) {
    if let Some(value) = value {
        let _ = writeln!(out, "      <data key=\"{key}\">{}</data>", xml(&value.to_string()));
    }
}
