//! The pages of an account: its overview with the course over time, its facts by kind, its messages.

mod facts;
mod messages;
mod overview;
mod timeline;

pub(super) use facts::list_facts;
pub(super) use messages::list_messages;
pub(super) use overview::show_account;
pub(super) use timeline::get_timeline;
