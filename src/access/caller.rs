//! The bearer of a token, and the table of who may do what.

use crate::model::{AccountScope, AccountSlug, Actor, Process, Role, Sight, Token, TokenRole};

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// To read what is known of accounts.
    Read,
    /// To load what was said.
    Load,
    /// To make documents, and to go through own handoffs.
    Review,
    /// To decide who is who, to go through every handoff.
    Edit,
    /// To see to the service: tokens, webhooks, schedules, the audit log.
    Administer,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 5] = [Self::Read, Self::Load, Self::Review, Self::Edit, Self::Administer];

    /// Says whether a role has it: the one table of roles.
    pub fn is_held_by(self, role: TokenRole) -> bool {
        match self {
            Self::Read => true,
            Self::Load => matches!(role, TokenRole::Admin | TokenRole::Editor | TokenRole::Service),
            Self::Review => matches!(role, TokenRole::Admin | TokenRole::Editor | TokenRole::Reviewer),
            Self::Edit => matches!(role, TokenRole::Admin | TokenRole::Editor),
            Self::Administer => role == TokenRole::Admin,
        }
    }
}

/// Why something was denied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The role does not have the permission.
    #[error("a token with the role {0} may not do this")]
    Role(&'static str),
    /// The account is outside the scope; told as if it were not there.
    #[error("no account {0} in this data folder")]
    Account(String),
    /// The thing concerns all accounts, and the token is good for some.
    #[error("this concerns all accounts, and the token is good for some")]
    AllAccounts,
    /// The handoff is somebody else's.
    #[error("the handoff is another's: only who hands it over or takes it over may do this")]
    Handoff,
    /// What is hidden from the token is needed for this.
    #[error("this needs a token that sees everything")]
    Sight,
}

/// The bearer of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The token.
    pub token: Token,
}

impl Caller {
    /// Refuses who does not have a permission.
    pub fn require(&self, permission: Permission) -> Result<(), Denied> {
        if permission.is_held_by(self.token.role) { Ok(()) } else { Err(Denied::Role(self.token.role.as_str())) }
    }

    /// Refuses an account outside the scope.
    pub fn require_account(&self, account: &AccountSlug) -> Result<(), Denied> {
        if self.token.accounts.holds(account) { Ok(()) } else { Err(Denied::Account(account.to_string())) }
    }

    /// Refuses who is good for some accounts alone.
    pub fn require_all_accounts(&self) -> Result<(), Denied> {
        if self.token.accounts == AccountScope::All { Ok(()) } else { Err(Denied::AllAccounts) }
    }

    /// What of an account the caller sees.
    pub fn sight(&self) -> Sight {
        self.token.sight
    }

    /// The caller as who acts on a handoff. A reviewer acts in the part that the handoff gives to their name; others
    /// in the part that they say, else as who may do everything.
    pub fn actor(&self, process: Option<&Process>, part: Option<Role>) -> Result<Actor, Denied> {
        self.require(Permission::Review)?;
        let by = self.token.name.clone();
        if Permission::Edit.is_held_by(self.token.role) {
            return Ok(Actor { by, role: part.unwrap_or(Role::Admin) });
        }
        let is_mine = |name: Option<&String>| name.is_some_and(|name| name.eq_ignore_ascii_case(&by));
        let parts = process.map_or([None, None], |process| {
            [
                is_mine(process.outgoing.as_ref()).then_some(Role::Outgoing),
                is_mine(process.incoming.as_ref()).then_some(Role::Incoming),
            ]
        });
        let mut held = parts.into_iter().flatten().filter(|role| part.is_none_or(|part| part == *role));
        held.next().map(|role| Actor { by: by.clone(), role }).ok_or(Denied::Handoff)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_its_part() {
        let table: Vec<String> = TokenRole::ALL
            .into_iter()
            .map(|role| {
                let held: Vec<String> = Permission::ALL
                    .into_iter()
                    .filter(|permission| permission.is_held_by(role))
                    .map(|permission| format!("{permission:?}"))
                    .collect();
                format!("{}: {}", role.as_str(), held.join(" "))
            })
            .collect();
        insta::assert_snapshot!(table.join("\n"), @r"
        admin: Read Load Review Edit Administer
        editor: Read Load Review Edit
        reviewer: Read Review
        reader: Read
        service: Read Load
        ");
    }
}
