//! What job titles say of what their bearers do, in several languages.

/// What a title says of what its bearer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    /// Owns or leads the whole.
    Top,
    /// Money and buying.
    Money,
    /// Technology, security, data.
    Technical,
    /// Law, data protection, staff councils.
    Legal,
    /// A trade that works with the product.
    Trade,
    /// Leads a part.
    Lead,
    /// Anything else.
    Other,
}

/// Words of titles, in the order in which they count.
#[rustfmt::skip]
const RANK_WORDS: [(Rank, &[&str]); 6] = [
    (
        Rank::Legal,
        &[
            "legal",
            "counsel",
            "dpo",
            "privacy",
            "protection",
            "compliance",
            "works council",
            "union",
            "steward",
            "betriebsrat",
            "datenschutz",
            "juridique",
            "jurid",
            "lawyer",
            "council",
            "règlement",
            "personnels",
        ],
    ),
    (
        Rank::Money,
        &[
            "cfo",
            "finance",
            "financial",
            "procurement",
            "purchasing",
            "buyer",
            "treasurer",
            "controller",
            "controlling",
            "sourcing",
            "category manager",
            "einkauf",
            "einkäufer",
            "einkäuferin",
            "accounting",
            "accountant",
            "bookkeeper",
            "buchhaltung",
            "comptable",
            "achats",
            "acheteur",
            "compras",
            "inkoop",
            "inkoper",
            "finanz",
            "kaufmännisch",
            "contable",
            "accounts",
            "cpo",
        ],
    ),
    (
        Rank::Technical,
        &[
            "it",
            "cto",
            "cio",
            "ciso",
            "security",
            "architect",
            "engineer",
            "engineering",
            "developer",
            "technical",
            "technology",
            "systems",
            "system",
            "infrastructure",
            "data",
            "informatik",
            "infosec",
            "entwicklung",
            "network",
            "platform",
            "devops",
            "ict",
            "informatique",
            "sysadmin",
            "software",
            "integration",
            "digital",
        ],
    ),
    (
        Rank::Trade,
        &[
            "dispatcher",
            "clerk",
            "nurse",
            "agent",
            "foreman",
            "technician",
            "operator",
            "driver",
            "coordinator",
            "assistant",
            "keeper",
            "storekeeper",
            "scheduler",
            "specialist",
            "sachbearbeiter",
            "sachbearbeiterin",
            "disponent",
            "disponentin",
            "shift",
            "librarian",
            "teacher",
            "planner",
            "receptionist",
            "innendienst",
            "medewerker",
            "supervisor",
            "inspector",
        ],
    ),
    (
        Rank::Top,
        &[
            "ceo",
            "coo",
            "managing",
            "owner",
            "founder",
            "president",
            "geschäftsführer",
            "geschäftsführerin",
            "geschäftsführung",
            "inhaber",
            "inhaberin",
            "gérant",
            "gérante",
            "gerente general",
            "bestuurder",
            "chief",
            "general manager",
            "partner",
            "md",
            "vorstand",
            "dga",
            "eigenaar",
            "chair",
            "chairman",
        ],
    ),
    (
        Rank::Lead,
        &[
            "head",
            "director",
            "manager",
            "vp",
            "leiter",
            "leiterin",
            "leitung",
            "lead",
            "responsable",
            "directeur",
            "directrice",
            "hoofd",
            "directora",
            "jefe",
            "jefa",
            "officer",
            "leader",
        ],
    ),
];

impl Rank {
    /// Every rank.
    pub(crate) const ALL: [Self; 7] =
        [Self::Top, Self::Money, Self::Technical, Self::Legal, Self::Trade, Self::Lead, Self::Other];

    /// The rank of a title.
    pub(crate) fn of(title: &str) -> Self {
        let lower = title.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
        let holds = |word: &&str| if word.contains(' ') { lower.contains(word) } else { words.contains(word) };
        RANK_WORDS.into_iter().find(|(_, list)| list.iter().any(holds)).map_or(Self::Other, |(rank, _)| rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_have_ranks() {
        let check = |title: &str, expected: Rank| assert_eq!(Rank::of(title), expected, "{title}");
        check("IT Security Lead", Rank::Technical);
        check("Head of Finance", Rank::Money);
        check("Legal Counsel and Data Protection Officer", Rank::Legal);
        check("Dispatcher", Rank::Trade);
        check("COO", Rank::Top);
        check("Head of Transport Planning", Rank::Lead);
        check("Poet", Rank::Other);
    }
}
