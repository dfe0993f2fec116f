//! The map in the language of Graphviz.

use std::fmt::Write as _;

use super::text::dot as quoted;
use crate::map::model::{Edge, Node, NodeKind, RelationshipMap};
use crate::model::Side;

pub(super) fn dot(map: &RelationshipMap) -> String {
    let mut out = format!("digraph {} {{\n  rankdir=LR;\n  node [shape=ellipse];\n", quoted(map.account.as_str()));
    for node in &map.nodes {
        write_node(&mut out, node);
    }
    for edge in &map.edges {
        write_edge(&mut out, edge);
    }
    out.push_str("}\n");
    out
}

fn write_node(out: &mut String, node: &Node) {
    let shape = match node.kind {
        NodeKind::Person => "ellipse",
        NodeKind::Organization => "box",
    };
    let label = match &node.title {
        Some(title) => format!("{}\n{title}", node.name),
        None => node.name.clone(),
    };
    let side = node.side.map_or("unknown", Side::as_str);
    let _ = write!(out, "  {} [label={}, shape={shape}, side={side}", quoted(node.id.as_str()), quoted(&label));
    if let Some(role) = node.buying_role {
        let _ = write!(out, ", buying_role={}", role.as_str());
    }
    if let Some(measures) = &node.measures {
        let _ = write!(out, ", pagerank={:.6}, betweenness={:.6}", measures.pagerank, measures.betweenness);
    }
    out.push_str("];\n");
}

fn write_edge(out: &mut String, edge: &Edge) {
    let both = if edge.kind.is_mutual() { ", dir=both" } else { "" };
    let _ = writeln!(
        out,
        "  {} -> {} [kind={}, weight={:.6}, count={}, penwidth={:.2}{both}];",
        quoted(edge.source.as_str()),
        quoted(edge.target.as_str()),
        edge.kind.as_str(),
        edge.weight,
        edge.count,
        0.5 + edge.weight.ln_1p(),
    );
}
