//! Who is asking, and what they may do: tokens, roles, scopes of accounts. The rules, and nothing of the wire.

mod caller;
mod secret;

pub use caller::{Caller, Denied, Permission};
pub use secret::{SecretError, create, hash, random_id, random_secret, verify};
