//! Every IRI of the ontology once. The terms of our own namespace are declared in `ontology/baton.ttl`; a test
//! holds both lists equal. The numbers and names of the model are written by `graph::encode` with these terms only.

mod description;
mod kinds;

pub use description::*;
pub use kinds::{fact_class, fact_kind, interaction_class, interaction_kind};

/// Declares IRIs of one namespace as documented constants, and the list of them all.
macro_rules! terms {
    ($(#[$outer:meta])* $list:ident, $namespace:literal: $($(#[doc = $doc:literal])+ $name:ident = $local:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: &str = concat!($namespace, $local);)+
        $(#[$outer])*
        pub const $list: &[&str] = &[$($name),+];
    };
}

/// The namespace of our own terms; queries write it as `baton:`.
pub const NAMESPACE: &str = "urn:baton:ns#";
/// The prefixes that queries write, with their namespaces; those of `ontology/baton.ttl`.
pub const PREFIXES: [(&str, &str); 13] = [
    ("baton", NAMESPACE),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("sosa", "http://www.w3.org/ns/sosa/"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];
/// What the IRI of every account, and of its named graph, starts with.
pub const ACCOUNT_PREFIX: &str = "urn:baton:account:";
/// What the name of the graph of an account begins with that leaves out what is private or sensitive.
pub const SHARED_PREFIX: &str = "urn:baton:shared:";

terms! {
    /// Our own classes.
    CLASSES, "urn:baton:ns#":
    /// The customer organisation; its IRI is also the name of its graph.
    ACCOUNT = "Account";
    /// A person who takes part in the relationship, on either side.
    STAKEHOLDER = "Stakeholder";
    /// A person or side as a fact names it.
    PARTY = "Party";
    /// A deal of the account, as the CRM has it.
    DEAL = "Deal";
    /// A stage that a deal reached.
    DEAL_STAGE = "DealStage";
    /// A phase that an account entered, in the CRM's own word.
    ACCOUNT_PHASE = "Phase";
    /// How much of one kind of source was read.
    COVERAGE = "Coverage";
    /// One usage figure of one day.
    USAGE_POINT = "UsagePoint";
    /// What was measured of a person on a day.
    OBSERVATION = "Observation";
    /// How a person wants to be worked with.
    WORKING_PREFERENCE = "WorkingPreference";
    /// The exact words that carry a statement.
    EVIDENCE_CLASS = "Evidence";
    /// Something that is so, or was, of the account; never instantiated itself, only its kinds are.
    FACT = "Fact";
    /// Somebody takes on an action toward others.
    COMMITMENT = "Commitment";
    /// Somebody asks another to do or tell something.
    REQUEST = "Request";
    /// Something that could hurt the deal, the project or the relationship.
    RISK = "Risk";
    /// What the customer wants to reach with us.
    OBJECTIVE = "Objective";
    /// The measure of an objective.
    METRIC_FACT = "Metric";
    /// What hurts today in the customer's work.
    PAIN_POINT = "PainPoint";
    /// What a solution must have or obey.
    REQUIREMENT = "Requirement";
    /// Something that has been decided, agreed or cancelled.
    DECISION = "Decision";
    /// How a person or the account wants to be worked with, as somebody said it.
    PREFERENCE_FACT = "Preference";
    /// What to be careful about.
    SENSITIVE_TOPIC = "SensitiveTopic";
    /// Why they bought or would buy.
    BUYING_MOTIVATION = "BuyingMotivation";
    /// An unsolved defect, question or escalation.
    OPEN_ISSUE = "OpenIssue";
    /// What was configured or built specially for them.
    CUSTOMIZATION = "Customization";
    /// Interest in more.
    EXPANSION_SIGNAL = "ExpansionSignal";
    /// One thing that somebody said, wrote or recorded; never instantiated itself, only its kinds are.
    INTERACTION = "Interaction";
    /// A mail.
    EMAIL = "Email";
    /// Messages of a chat.
    CHAT = "Chat";
    /// A call or meeting with its transcript.
    CALL = "Call";
    /// A support ticket or a comment on one.
    TICKET = "Ticket";
    /// A note that somebody wrote down.
    NOTE = "Note";
    /// A row of a CRM.
    CRM_RECORD = "CrmRecord";
    /// A report of usage figures.
    USAGE_REPORT = "UsageReport";
    /// An answer to a survey.
    SURVEY_ANSWER = "SurveyAnswer";
    /// An entry of a calendar.
    EVENT = "Event";
}

terms! {
    /// Our own properties.
    PROPERTIES, "urn:baton:ns#":
    /// One line that says the fact; every fact has it and nothing else does.
    STATEMENT = "statement";
    /// Category within the kind, the notation of a concept where the ontology has a scheme for it.
    CATEGORY = "category";
    /// `negated` where the fact says that something is explicitly not so; absent otherwise.
    POLARITY = "polarity";
    /// Who owes the fact, or whom it belongs to: a party, or a stakeholder without words of their own.
    OWNER = "owner";
    /// Who is owed.
    BENEFICIARY = "beneficiary";
    /// The day on which something is due.
    DUE_DATE = "dueDate";
    /// When something is due, in the words of the source.
    DUE_PHRASE = "duePhrase";
    /// `inferred` where the due date follows from the context; absent where the words say it.
    DUE_BASIS = "dueBasis";
    /// Under which condition, in the words of the source.
    CONDITION = "condition";
    /// Where a fact or person stands.
    STATUS = "status";
    /// 0..1: how often a finding like this is right.
    CONFIDENCE = "confidence";
    /// `true` of a fact that comes back after a person rejected it, said anew, and that nobody confirmed yet.
    SUGGESTION = "suggestion";
    /// The fact that was rejected before.
    REJECTED_FACT = "rejectedFact";
    /// Who rejected it.
    REJECTED_BY = "rejectedBy";
    /// When it was rejected.
    REJECTED_AT = "rejectedAt";
    /// Why it was rejected.
    REJECTED_BECAUSE = "rejectedBecause";
    /// Yearly revenue with an account in the source's own spelling.
    ANNUAL_VALUE = "annualValue";
    /// Day of the next renewal of an account.
    RENEWAL_DATE = "renewalDate";
    /// Since when the present owner has the account, where it had another before.
    OWNER_SINCE = "ownerSince";
    /// A phase that an account entered.
    PHASE = "phase";
    /// What people have decided about a fact.
    REVIEW = "review";
    /// Since when the fact is so in the world.
    VALID_FROM = "validFrom";
    /// Until when the fact was so in the world.
    VALID_TO = "validTo";
    /// When we learned the fact.
    RECORDED_AT = "recordedAt";
    /// When we stopped holding the fact; absent while we hold it.
    RETIRED_AT = "retiredAt";
    /// The words that something came from.
    EVIDENCE = "evidence";
    /// Name of the rule or model that found the fact first.
    RULE = "rule";
    /// `internal` or `private` where not everybody who sees the account may see it; absent otherwise.
    VISIBILITY = "visibility";
    /// The words that fulfilled, withdrew or resolved the fact.
    CLOSED_BY = "closedBy";
    /// The fact that took this one's place.
    SUPERSEDED_BY = "supersededBy";
    /// A fact that disagrees with this one.
    CONFLICTS_WITH = "conflictsWith";
    /// Who said the words, by name.
    SPEAKER = "speaker";
    /// Identity of the source of evidence that is no interaction of the account (what a person added).
    SOURCE_ID = "sourceId";
    /// The class of the source: of such evidence, and of a coverage.
    SOURCE_KIND = "sourceKind";
    /// When such evidence was said.
    SAID_AT = "saidAt";
    /// When the interaction was said.
    SENT_AT = "sentAt";
    /// The conversation that the interaction belongs to.
    THREAD = "thread";
    /// The stakeholder who said it.
    AUTHOR = "author";
    /// A stakeholder to whom it was said.
    RECIPIENT = "recipient";
    /// A recipient who was only in copy.
    COPIED = "copied";
    /// A stakeholder whom the interaction names.
    MENTIONED = "mentioned";
    /// True where a program wrote the interaction; absent otherwise.
    AUTOMATIC = "automatic";
    /// -1..1 toward us.
    SENTIMENT = "sentiment";
    /// A mail address.
    ADDRESS = "address";
    /// `customer` or `vendor`.
    SIDE = "side";
    /// The stakeholder behind a party.
    PERSON = "person";
    /// The person's part in the buying decision.
    BUYING_ROLE = "buyingRole";
    /// 0..1: how much weight the person has.
    INFLUENCE = "influence";
    /// First time the person took part or was named.
    FIRST_SEEN = "firstSeen";
    /// Last time the person said something, else was named.
    LAST_SEEN = "lastSeen";
    /// Number of interactions the person took part in.
    INTERACTION_COUNT = "interactionCount";
    /// Median days between two things the person said.
    RHYTHM_DAYS = "rhythmDays";
    /// Days without a word that are nothing to wonder at with the person.
    PAUSE_DAYS = "pauseDays";
    /// A reading of the person's part in the buying decision.
    PLAYS_ROLE = "playsRole";
    /// What a reading rests on: `directory`, `said`, `behaviour`, `title`.
    BASIS = "basis";
    /// A name that the person went by before.
    FORMER_NAME = "formerName";
    /// What to be careful about with the person.
    CAREFUL_ABOUT = "carefulAbout";
    /// The mood of what the person wrote in one month.
    MOOD = "mood";
    /// First day of that month.
    MONTH = "month";
    /// Part of the influence: seniority of the title.
    INFLUENCE_TITLE = "influenceTitle";
    /// Part of the influence: weight of the buying role.
    INFLUENCE_ROLE = "influenceRole";
    /// Part of the influence: how much is addressed to them.
    INFLUENCE_ATTENTION = "influenceAttention";
    /// Part of the influence: how often others wait for them.
    INFLUENCE_AWAITED = "influenceAwaited";
    /// Part of the influence: how often their word let things go on.
    INFLUENCE_UNBLOCKS = "influenceUnblocks";
    /// Part of the influence: where they stand in the network of contact.
    INFLUENCE_CENTRALITY = "influenceCentrality";
    /// Part of the influence: how fast others answer them.
    INFLUENCE_SPEED = "influenceSpeed";
    /// How the person wants to be worked with.
    WORKING_STYLE = "workingPreference";
    /// A mail domain of the account.
    DOMAIN = "domain";
    /// Industry as the CRM has it.
    INDUSTRY = "industry";
    /// A deal of the account.
    HAS_DEAL = "deal";
    /// Amount in the source's own spelling.
    AMOUNT = "amount";
    /// Expected or actual close date.
    CLOSE_DATE = "closeDate";
    /// A stage that the deal reached.
    STAGE = "stage";
    /// When the stage was reached.
    REACHED_AT = "reachedAt";
    /// The order of a list whose members are not sorted by name: `address=2,0,1`.
    ORDER = "order";
    /// Number of interactions read.
    ITEMS = "items";
    /// How many of them were automatic.
    AUTOMATIC_ITEMS = "automaticItems";
    /// Time of the earliest interaction read.
    FIRST_AT = "firstAt";
    /// Time of the latest interaction read.
    LAST_AT = "lastAt";
    /// Name of the usage metric.
    METRIC = "metric";
    /// The day a usage figure stands for.
    DATE = "date";
    /// The value of a usage figure.
    VALUE = "value";
    /// What was measured: `pagerank`, `betweenness`, `eigenvector`, `community`, `articulation`, `degree`.
    MEASURE = "measure";
    /// The day at whose end a measure holds.
    OBSERVED_ON = "observedOn";
}

terms! {
    /// Terms of RDF.
    RDF, "http://www.w3.org/1999/02/22-rdf-syntax-ns#":
    /// What something is.
    TYPE = "type";
    /// The value of a working preference or of an observation.
    RDF_VALUE = "value";
}

terms! {
    /// Terms of the Web Annotation vocabulary.
    OA, "http://www.w3.org/ns/oa#":
    /// From evidence to the interaction.
    HAS_SOURCE = "hasSource";
    /// From evidence to the place of its words.
    HAS_SELECTOR = "hasSelector";
    /// First code point.
    START = "start";
    /// One past the last code point.
    END = "end";
    /// The words.
    EXACT = "exact";
}

terms! {
    /// Terms of FOAF.
    FOAF, "http://xmlns.com/foaf/0.1/":
    /// Name of a person, party, account or deal stage.
    NAME = "name";
    /// Other spelling of a person's name.
    NICK = "nick";
}

terms! {
    /// Terms of vCard.
    VCARD, "http://www.w3.org/2006/vcard/ns#":
    /// Job title.
    TITLE = "title";
    /// Name of the person's organisation.
    ORGANIZATION_NAME = "organization-name";
}

terms! {
    /// Terms of Dublin Core.
    DCTERMS, "http://purl.org/dc/terms/":
    /// Language that a person writes.
    LANGUAGE = "language";
    /// The source's own identity of an interaction or deal; what a person is known by.
    IDENTIFIER = "identifier";
    /// Title of a deal.
    DC_TITLE = "title";
}

terms! {
    /// Terms of the organisation ontology.
    ORG, "http://www.w3.org/ns/org#":
    /// From a stakeholder of the customer to the account.
    MEMBER_OF = "memberOf";
    /// What a stakeholder was, somewhere, for a time.
    HAS_MEMBERSHIP = "hasMembership";
    /// The class of that.
    MEMBERSHIP = "Membership";
    /// From a stakeholder to the one they report to.
    REPORTS_TO = "reportsTo";
}

terms! {
    /// Terms of the ontology of sensors and observations.
    SOSA, "http://www.w3.org/ns/sosa/":
    /// From an observation to whom it is about.
    FEATURE_OF_INTEREST = "hasFeatureOfInterest";
}

terms! {
    /// Data types.
    XSD, "http://www.w3.org/2001/XMLSchema#":
    /// A time.
    XSD_DATE_TIME = "dateTime";
    /// A day.
    XSD_DATE = "date";
    /// A whole number.
    XSD_INTEGER = "integer";
    /// A number of 32 bits.
    XSD_FLOAT = "float";
    /// A number of 64 bits.
    XSD_DOUBLE = "double";
    /// True or false.
    XSD_BOOLEAN = "boolean";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::model::{FactKind, InteractionKind};

    /// The terms of our namespace that the ontology declares.
    fn declared() -> BTreeSet<String> {
        let ontology = include_str!("../../ontology/baton.ttl");
        let subjects = ontology.lines().filter_map(|line| line.strip_prefix("baton:"));
        subjects.filter_map(|line| Some(format!("{NAMESPACE}{}", line.split_once(' ')?.0))).collect()
    }

    #[test]
    fn the_ontology_declares_what_the_code_names() {
        let named: BTreeSet<String> = CLASSES.iter().chain(PROPERTIES).map(|&term| term.to_owned()).collect();
        assert_eq!(named, declared());
    }

    #[test]
    fn prefixes_are_those_of_the_ontology() {
        let ontology = include_str!("../../ontology/baton.ttl");
        let lines: Vec<String> =
            ontology.lines().filter(|line| line.starts_with("@prefix")).map(str::to_owned).collect();
        assert_eq!(lines, PREFIXES.map(|(name, namespace)| format!("@prefix {name}: <{namespace}> .")));
    }

    #[test]
    fn kinds_and_classes_are_inverse() {
        for kind in FactKind::ALL {
            assert_eq!(fact_kind(fact_class(kind)), Some(kind));
        }
        for kind in InteractionKind::ALL {
            assert_eq!(interaction_kind(interaction_class(kind)), Some(kind));
        }
    }

    #[test]
    fn ontology_and_shapes_are_turtle() {
        let check = |text: &str, least: usize| {
            let parser = oxigraph::io::RdfParser::from_format(oxigraph::io::RdfFormat::Turtle);
            let quads = parser.for_slice(text).collect::<Result<Vec<_>, _>>();
            assert!(quads.unwrap().len() >= least);
        };
        check(include_str!("../../ontology/baton.ttl"), 400);
        check(include_str!("../../ontology/shapes.ttl"), 80);
    }
}
