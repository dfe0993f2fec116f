//! What the commands of `baton review` share: which handoff, which lines, who acts.

use clap::{Args, ValueEnum};

use crate::model::{AccountSlug, Actor, BuyingRole, Due, DueBasis, FactKind, Iri, Role};
use crate::review::Reference;

/// Who acts, and in which part.
#[derive(Debug, Args)]
pub(in crate::cli) struct ActorArgs {
    /// Who acts.
    #[arg(long, env = "BATON_USER", default_value = "command line", value_name = "NAME")]
    by: String,
    /// In which part: who hands over, who takes over, or who runs Baton and may do everything.
    #[arg(long, env = "BATON_ROLE", value_enum, default_value_t)]
    role: RoleName,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum RoleName {
    Outgoing,
    Incoming,
    #[default]
    Admin,
}

impl ActorArgs {
    pub(in crate::cli) fn actor(&self) -> Actor {
        let role = match self.role {
            RoleName::Outgoing => Role::Outgoing,
            RoleName::Incoming => Role::Incoming,
            RoleName::Admin => Role::Admin,
        };
        Actor { by: self.by.clone(), role }
    }
}

/// Which handoff: by the id of a document, or by account and type.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// Id of the document, where account and type are not given; then, for some commands, words or lines.
    #[arg(value_name = "ID")]
    words: Vec<String>,
    /// The account.
    #[arg(short, long, value_parser = crate::cli::account, requires = "kind")]
    account: Option<AccountSlug>,
    /// Type of the document.
    #[arg(long = "type", value_name = "TYPE", requires = "account")]
    kind: Option<String>,
    #[command(flatten)]
    actor: ActorArgs,
}

impl Target {
    pub(super) fn actor(&self) -> Actor {
        self.actor.actor()
    }

    /// The handoff, and the words that follow its id.
    fn split(&self) -> anyhow::Result<(Reference, &[String])> {
        match (&self.account, &self.kind, self.words.as_slice()) {
            (Some(account), Some(kind), rest) => Ok((Reference::Account(account.clone(), kind.clone()), rest)),
            (_, _, [id, rest @ ..]) => Ok((Reference::Document(iri(id)), rest)),
            (_, _, []) => anyhow::bail!("name a document by its id, or an account and a type"),
        }
    }

    pub(super) fn reference(&self) -> anyhow::Result<Reference> {
        Ok(self.split()?.0)
    }

    /// The handoff with the words of an option, else with those that follow the id.
    pub(super) fn with_words(&self, given: Option<String>, option: &str) -> anyhow::Result<(Reference, String)> {
        let (reference, rest) = self.split()?;
        match given {
            Some(text) => Ok((reference, text)),
            None if !rest.is_empty() => Ok((reference, rest.join(" "))),
            None => anyhow::bail!("say it with {option}"),
        }
    }
}

/// Which lines of which handoff.
#[derive(Debug, Args)]
pub(super) struct Lines {
    #[command(flatten)]
    target: Target,
    /// A line: section/number as `show` names it, or the IRI of its fact. It may also follow the id.
    #[arg(long = "line", visible_aliases = ["fact", "item"], value_name = "LINE")]
    named: Vec<String>,
    /// Let this hold though somebody else has decided since the document was made.
    #[arg(long)]
    over: bool,
}

impl Lines {
    pub(super) fn actor(&self) -> Actor {
        self.target.actor()
    }

    pub(super) fn reference(&self) -> anyhow::Result<Reference> {
        self.target.reference()
    }

    pub(super) fn over(&self) -> bool {
        self.over
    }

    /// The lines that were named.
    pub(super) fn names(&self) -> Vec<String> {
        let rest = self.target.split().map(|(_, rest)| rest.to_vec()).unwrap_or_default();
        rest.into_iter().chain(self.named.iter().cloned()).collect()
    }

    /// The lines that were named, of which there must be one.
    pub(super) fn require(&self) -> anyhow::Result<Vec<String>> {
        let names = self.names();
        anyhow::ensure!(!names.is_empty(), "name a line: section/number as baton review show has it");
        Ok(names)
    }
}

/// The IRI of a document, which may be given without its prefix.
pub(in crate::cli) fn iri(text: &str) -> Iri {
    if text.starts_with("urn:") { Iri::from_text(text) } else { Iri::from_text(format!("urn:baton:handoff:{text}")) }
}

/// A day, or words that name a time.
pub(super) fn due(text: &str) -> Result<Due, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("a day (2026-03-01) or words".to_owned());
    }
    Ok(Due { date: text.parse().ok(), phrase: text.to_owned(), basis: DueBasis::Stated })
}

pub(super) fn buying_role(text: &str) -> Result<BuyingRole, String> {
    let name = text.trim().to_lowercase().replace([' ', '-'], "_");
    BuyingRole::from_name(&name).ok_or_else(|| {
        let known: Vec<&str> = BuyingRole::ALL.into_iter().map(BuyingRole::as_str).collect();
        format!("no such role; there are {}", known.join(", "))
    })
}

/// The kind of fact that a section holds most.
pub(super) fn kind_of_section(section: &str) -> Option<FactKind> {
    Some(match section {
        "executive_summary" => FactKind::BuyingMotivation,
        "business_objectives" => FactKind::Objective,
        "promised_deliverables" | "recommended_first_actions" => FactKind::Commitment,
        "implementation_requirements" => FactKind::Requirement,
        "identified_risks" | "risks" | "what_is_at_risk" => FactKind::Risk,
        "relationship_notes" => FactKind::Preference,
        "open_issues" => FactKind::OpenIssue,
        "customizations" => FactKind::Customization,
        "expansion_signals" => FactKind::ExpansionSignal,
        _ => return None,
    })
}
