//! The formats of answers, and which of them a caller takes (RFC 9110, section 12.5.1).

use oxigraph::io::JsonLdProfileSet;
use serde::{Deserialize, Serialize};

use crate::graph::sparql::{QueryResultsFormat, RdfFormat};

use super::accept::MediaRanges;

/// A format of rows, or of yes and no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum TableFormat {
    Json,
    Xml,
    Csv,
    Tsv,
}

/// A format of statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum GraphFormat {
    Turtle,
    NTriples,
    JsonLd,
    RdfXml,
}

/// What a caller takes: the best format of either kind, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// For rows, or yes and no.
    pub table: Option<TableFormat>,
    /// For statements.
    pub graph: Option<GraphFormat>,
}

impl TableFormat {
    /// Every format, the one that is given to who takes all of them first.
    pub const ALL: [Self; 4] = [Self::Json, Self::Xml, Self::Csv, Self::Tsv];

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.media_types()[0]
    }

    /// The media types under which it can be asked for.
    fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Json => &["application/sparql-results+json", "application/json"],
            Self::Xml => &["application/sparql-results+xml", "application/xml", "text/xml"],
            Self::Csv => &["text/csv"],
            Self::Tsv => &["text/tab-separated-values"],
        }
    }

    /// The writer of it.
    pub(super) fn of_results(self) -> QueryResultsFormat {
        match self {
            Self::Json => QueryResultsFormat::Json,
            Self::Xml => QueryResultsFormat::Xml,
            Self::Csv => QueryResultsFormat::Csv,
            Self::Tsv => QueryResultsFormat::Tsv,
        }
    }
}

impl GraphFormat {
    /// Every format, the one that is given to who takes all of them first.
    pub const ALL: [Self; 4] = [Self::Turtle, Self::NTriples, Self::JsonLd, Self::RdfXml];

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.media_types()[0]
    }

    /// The media types under which it can be asked for.
    fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Turtle => &["text/turtle", "application/x-turtle"],
            Self::NTriples => &["application/n-triples", "text/plain"],
            Self::JsonLd => &["application/ld+json", "application/json"],
            Self::RdfXml => &["application/rdf+xml", "application/xml", "text/xml"],
        }
    }

    /// The writer of it.
    pub(super) fn of_statements(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::NTriples => RdfFormat::NTriples,
            Self::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::default() },
            Self::RdfXml => RdfFormat::RdfXml,
        }
    }
}

impl Accepted {
    /// Reads an `Accept` header. Without one everything is taken.
    pub fn read(header: Option<&str>) -> Self {
        let ranges = MediaRanges::read(header);
        Self {
            table: best(&ranges, TableFormat::ALL, TableFormat::media_types),
            graph: best(&ranges, GraphFormat::ALL, GraphFormat::media_types),
        }
    }
}

/// The most wanted format; of equally wanted ones the first.
fn best<F: Copy>(
    wanted_types: &MediaRanges,
    formats: [F; 4],
    media_types: impl Fn(F) -> &'static [&'static str],
) -> Option<F> {
    let wanted =
        |format: F| media_types(format).iter().map(|name| wanted_types.quality(name)).max().unwrap_or_default();
    let most = formats.into_iter().map(&wanted).max().filter(|most| *most > 0)?;
    formats.into_iter().find(|format| wanted(*format) == most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use {GraphFormat as G, TableFormat as T};

    #[test]
    fn the_most_wanted_format_is_taken() {
        let check = |header: &str, table: Option<TableFormat>, graph: Option<GraphFormat>| {
            assert_eq!(Accepted::read(Some(header)), Accepted { table, graph }, "{header}");
        };
        check("", Some(T::Json), Some(G::Turtle));
        check("*/*", Some(T::Json), Some(G::Turtle));
        check("text/csv", Some(T::Csv), None);
        check("TEXT/CSV; charset=utf-8", Some(T::Csv), None);
        check("text/tab-separated-values, */*;q=0.1", Some(T::Tsv), Some(G::Turtle));
        check("application/sparql-results+xml;q=0.5, application/sparql-results+json;q=0.4", Some(T::Xml), None);
        check("application/json", Some(T::Json), Some(G::JsonLd));
        check("application/xml", Some(T::Xml), Some(G::RdfXml));
        check("text/*", Some(T::Xml), Some(G::Turtle));
        check("application/ld+json, text/turtle;q=0.9", None, Some(G::JsonLd));
        check("*/*, application/sparql-results+json;q=0, application/json;q=0", Some(T::Xml), Some(G::Turtle));
        check("application/n-triples;q=nonsense", None, None);
        check("image/png", None, None);
        check("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some(T::Xml), Some(G::RdfXml));
    }

    #[test]
    fn without_a_header_everything_is_taken() {
        let accepted = Accepted::read(None);
        assert_eq!(accepted, Accepted { table: Some(TableFormat::Json), graph: Some(GraphFormat::Turtle) });
    }
}
