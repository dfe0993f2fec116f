//! Every IRI of the ontology once. The terms of our own namespace are declared in `ontology/baton.ttl`.
