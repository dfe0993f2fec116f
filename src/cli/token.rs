//! `baton token`: who may use the service.

use clap::{Args, Subcommand};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::access::create;
use crate::archive::Archive;
use crate::config::Config;
use crate::model::{AccountSlug, Sight, TokenRole};

use super::{Outcome, output};

/// Makes, lists and revokes the tokens with which other programs and people use the service.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  baton token create --name 'Dana Whit' --role reviewer -a northwind --days 90")]
pub(super) struct Token {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Create(Create),
    /// Lists the tokens as JSON Lines; never the tokens themselves.
    List,
    /// Ends a token.
    Revoke {
        /// Its id, as `list` shows it.
        id: String,
    },
}

/// Makes a token and shows it this once.
#[derive(Debug, Args)]
struct Create {
    /// Whose it is: the name under which its bearer acts.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// What its bearer may do: admin, editor, reviewer (of own handoffs), reader, service.
    #[arg(long, value_parser = role, value_name = "ROLE")]
    role: TokenRole,
    /// An account that it is good for; all when none is given.
    #[arg(short, long, value_parser = super::account, value_name = "ACCOUNT")]
    account: Vec<AccountSlug>,
    /// What its bearer sees: full, or shared (nothing private, internal or sensitive). Admins, editors and reviewers
    /// see all when this is not given.
    #[arg(long, value_parser = sight, value_name = "SIGHT")]
    sight: Option<Sight>,
    /// Days after which it is good no more.
    #[arg(long, value_name = "N")]
    days: Option<u32>,
}

pub(super) fn role(text: &str) -> Result<TokenRole, String> {
    TokenRole::from_name(text).ok_or_else(|| {
        let known: Vec<&str> = TokenRole::ALL.into_iter().map(TokenRole::as_str).collect();
        format!("no such role; there are {}", known.join(", "))
    })
}

pub(super) fn sight(text: &str) -> Result<Sight, String> {
    Sight::from_name(text).ok_or_else(|| "no such sight; there are full, shared".to_owned())
}

impl Token {
    pub(super) async fn run(self, config: &Config) -> anyhow::Result<Outcome> {
        let archive = Archive::open(&config.data).await?;
        let now = Timestamp::now();
        match self.action {
            Action::Create(new) => new.run(&archive, now).await?,
            Action::List => output::json_lines(archive.tokens().await?)?,
            Action::Revoke { id } => {
                anyhow::ensure!(archive.revoke_token(&id, now).await?, "there is no token {id} that is good");
            }
        }
        archive.close().await;
        Ok(Outcome::Done)
    }
}

impl Create {
    async fn run(self, archive: &Archive, now: Timestamp) -> anyhow::Result<()> {
        let accounts = (!self.account.is_empty()).then(|| self.account.into_iter().collect());
        let lasting = self.days.map(|days| SignedDuration::from_hours(24 * i64::from(days)));
        let expires_at = lasting.map(|lasting| now.checked_add(lasting)).transpose()?;
        let (token, secret) =
            create(archive, &self.name, (self.role, self.sight), accounts.into(), (now, expires_at)).await?;
        let mut shown = serde_json::to_value(&token)?;
        shown["secret"] = json!(secret);
        output::json(&shown)
    }
}
