//! Writes the map out. Every name is somebody else's text and is escaped for the format it goes into.

mod dot;
mod graphml;
mod svg;
mod text;

use super::model::RelationshipMap;

/// A form of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Format {
    Json,
    GraphMl,
    Dot,
    Svg,
}

/// Writes a map; the same map gives the same text.
pub fn render(map: &RelationshipMap, format: Format) -> Result<String, serde_json::Error> {
    match format {
        Format::Json => Ok(serde_json::to_string_pretty(map)? + "\n"),
        Format::GraphMl => Ok(graphml::graphml(map)),
        Format::Dot => Ok(dot::dot(map)),
        Format::Svg => Ok(svg::svg(map)),
    }
}
