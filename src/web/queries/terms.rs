//! The prefixes and terms that queries are written with.

use serde::Serialize;

use crate::vocab::{self, PREFIXES};

/// A prefix.
#[derive(Serialize)]
pub(super) struct Prefix {
    name: &'static str,
    namespace: &'static str,
}

/// Every prefix.
pub(super) fn prefixes() -> Vec<Prefix> {
    PREFIXES.into_iter().map(|(name, namespace)| Prefix { name, namespace }).collect()
}

/// Every term that is used here, as queries write it.
pub(super) fn terms() -> Vec<String> {
    let lists = [
        vocab::CLASSES,
        vocab::PROPERTIES,
        vocab::RDF,
        vocab::OA,
        vocab::FOAF,
        vocab::VCARD,
        vocab::DCTERMS,
        vocab::ORG,
        vocab::SOSA,
        vocab::XSD,
    ];
    let mut terms: Vec<String> = lists.iter().flat_map(|list| list.iter()).map(|iri| compact(iri)).collect();
    terms.sort();
    terms.dedup();
    terms
}

/// A name with its prefix, where it has one.
pub(super) fn compact(iri: &str) -> String {
    let known = PREFIXES.iter().find_map(|(name, namespace)| Some((name, iri.strip_prefix(namespace)?)));
    known.map_or_else(|| iri.to_owned(), |(name, local)| format!("{name}:{local}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_have_known_prefixes() {
        let stray: Vec<String> = terms().into_iter().filter(|term| term.contains('/')).collect();
        assert!(stray.is_empty(), "{stray:?}");
        assert_eq!(compact("urn:baton:ns#Risk"), "baton:Risk");
        assert_eq!(compact("urn:other"), "urn:other");
    }
}
