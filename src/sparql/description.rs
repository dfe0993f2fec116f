//! What the service says of itself. <https://www.w3.org/TR/sparql11-service-description/>

use oxigraph::model::{NamedNodeRef, TripleRef};

use crate::graph::sparql::RdfSerializer;
use crate::vocab;

use super::{Answer, GraphFormat, SparqlError, TableFormat, Updates};

/// The description of the service at an address.
pub(super) fn describe(endpoint: &str, updates: Updates, format: GraphFormat) -> Result<Answer, SparqlError> {
    let service = NamedNodeRef::new(endpoint).map_err(|error| SparqlError::Failed(error.to_string()))?;
    let term = NamedNodeRef::new_unchecked;
    let mut statements = vec![
        (vocab::TYPE, term(vocab::SD_SERVICE)),
        (vocab::SD_ENDPOINT, service),
        (vocab::SD_SUPPORTED_LANGUAGE, term(vocab::SD_QUERY_LANGUAGE)),
    ];
    match updates {
        Updates::Refused => statements.push((vocab::SD_FEATURE, term(vocab::SD_UNION_DEFAULT_GRAPH))),
        Updates::Admins => statements.push((vocab::SD_SUPPORTED_LANGUAGE, term(vocab::SD_UPDATE_LANGUAGE))),
    }
    let tables = TableFormat::ALL.map(|format| format.of_results().iri());
    let graphs = GraphFormat::ALL.map(|format| format.of_statements().iri());
    statements.extend(tables.into_iter().chain(graphs).map(|iri| (vocab::SD_RESULT_FORMAT, term(iri))));
    let mut writer = RdfSerializer::from_format(format.of_statements()).for_writer(Vec::new());
    for (property, value) in statements {
        writer.serialize_triple(TripleRef::new(service, term(property), value))?;
    }
    Ok(Answer { media_type: format.media_type().to_owned(), bytes: writer.finish()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_describes_itself() {
        let answer = describe("http://baton.example/sparql", Updates::Refused, GraphFormat::NTriples).unwrap();
        let text = String::from_utf8(answer.bytes).unwrap();
        insta::assert_snapshot!(text, @"
        <http://baton.example/sparql> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/sparql-service-description#Service> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#endpoint> <http://baton.example/sparql> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#supportedLanguage> <http://www.w3.org/ns/sparql-service-description#SPARQL11Query> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#feature> <http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_JSON> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_XML> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_CSV> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#resultFormat> <http://www.w3.org/ns/formats/SPARQL_Results_TSV> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#resultFormat> <http://www.w3.org/ns/formats/Turtle> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#resultFormat> <http://www.w3.org/ns/formats/N-Triples> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#resultFormat> <https://www.w3.org/ns/formats/data/JSON-LD> .
        <http://baton.example/sparql> <http://www.w3.org/ns/sparql-service-description#resultFormat> <http://www.w3.org/ns/formats/RDF_XML> .
        ");
    }
}
