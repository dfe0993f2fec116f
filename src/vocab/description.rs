//! The terms with which a SPARQL service describes itself, and the names of the formats it writes.

/// The namespace of the vocabulary.
macro_rules! sd {
    ($($(#[doc = $doc:literal])+ $name:ident = $local:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: &str = concat!("http://www.w3.org/ns/sparql-service-description#", $local);)+
    };
}

sd! {
    /// A SPARQL service.
    SD_SERVICE = "Service";
    /// Where it is.
    SD_ENDPOINT = "endpoint";
    /// A language that it takes.
    SD_SUPPORTED_LANGUAGE = "supportedLanguage";
    /// SPARQL 1.1 Query.
    SD_QUERY_LANGUAGE = "SPARQL11Query";
    /// SPARQL 1.1 Update.
    SD_UPDATE_LANGUAGE = "SPARQL11Update";
    /// A format that it writes.
    SD_RESULT_FORMAT = "resultFormat";
    /// Something that it can do.
    SD_FEATURE = "feature";
    /// The default graph is made of all named graphs.
    SD_UNION_DEFAULT_GRAPH = "UnionDefaultGraph";
}
