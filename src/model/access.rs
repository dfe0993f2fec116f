//! Who may use Baton, and what of an account they see.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AccountSlug, FactKind, Visibility};

/// What of an account may be seen.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Everything.
    #[default]
    Full,
    /// Nothing that was said in private or among ourselves, nothing that follows from it, and no sensitive topic.
    Shared,
}

impl Sight {
    /// The name used on the wire and in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Shared => "shared",
        }
    }

    /// The sight of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Full, Self::Shared].into_iter().find(|sight| sight.as_str() == name)
    }

    /// Says whether an interaction may be seen.
    pub fn sees(self, visibility: Visibility) -> bool {
        match (self, visibility) {
            (Self::Full, _) | (Self::Shared, Visibility::Account) => true,
            (Self::Shared, Visibility::Internal | Visibility::Private) => false,
        }
    }

    /// Says whether facts of a kind may be seen.
    pub fn sees_kind(self, kind: FactKind) -> bool {
        self == Self::Full || kind != FactKind::SensitiveTopic
    }
}

/// What the bearer of a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenRole {
    /// Everything, tokens and erasure included.
    Admin,
    /// Reads, loads, decides about people and every handoff.
    Editor,
    /// Reads, and goes through the handoffs that they hand over or take over.
    Reviewer,
    /// Reads.
    Reader,
    /// A program: reads and loads.
    Service,
}

impl TokenRole {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Admin, Self::Editor, Self::Reviewer, Self::Reader, Self::Service];

    /// The name used on the wire and in the archive.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Editor => "editor",
            Self::Reviewer => "reviewer",
            Self::Reader => "reader",
            Self::Service => "service",
        }
    }

    /// The role of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// What a bearer sees when the token does not say it.
    pub fn usual_sight(self) -> Sight {
        match self {
            Self::Admin | Self::Editor | Self::Reviewer => Sight::Full,
            Self::Reader | Self::Service => Sight::Shared,
        }
    }
}

/// The accounts that a token is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Option<BTreeSet<AccountSlug>>", from = "Option<BTreeSet<AccountSlug>>")]
pub enum AccountScope {
    /// All, those to come included.
    All,
    /// These alone.
    Only(BTreeSet<AccountSlug>),
}

impl AccountScope {
    /// Says whether an account is among them.
    pub fn holds(&self, account: &AccountSlug) -> bool {
        match self {
            Self::All => true,
            Self::Only(accounts) => accounts.contains(account),
        }
    }
}

impl From<Option<BTreeSet<AccountSlug>>> for AccountScope {
    fn from(accounts: Option<BTreeSet<AccountSlug>>) -> Self {
        accounts.map_or(Self::All, Self::Only)
    }
}

impl From<AccountScope> for Option<BTreeSet<AccountSlug>> {
    fn from(scope: AccountScope) -> Self {
        match scope {
            AccountScope::All => None,
            AccountScope::Only(accounts) => Some(accounts),
        }
    }
}

/// A token as it is kept: never the token itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Token {
    /// Its name in lists; the first part of the token.
    pub id: String,
    /// Whose it is: the name under which its bearer acts.
    pub name: String,
    /// What its bearer may do.
    pub role: TokenRole,
    /// What of an account its bearer sees.
    pub sight: Sight,
    /// The accounts it is good for; `null` for all.
    #[schema(value_type = Option<Vec<String>>)]
    pub accounts: AccountScope,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is good no more.
    pub expires_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

impl Token {
    /// Says whether it is good at `now`.
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }
}
