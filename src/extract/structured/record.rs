//! Names of the fields of [`Findings::record`](crate::model::Findings::record).

/// Name of the account.
pub const ACCOUNT_NAME: &str = "account.name";
/// Its mail domain.
pub const ACCOUNT_DOMAIN: &str = "account.domain";
/// Its industry.
pub const ACCOUNT_INDUSTRY: &str = "account.industry";
/// Number of its employees.
pub const ACCOUNT_EMPLOYEES: &str = "account.employees";
/// Our owner of the account, by name.
pub const ACCOUNT_OWNER: &str = "account.owner";
/// Our owner of the account, by address.
pub const ACCOUNT_OWNER_EMAIL: &str = "account.owner_email";
/// The CRM's word for where the account stands.
pub const ACCOUNT_LIFECYCLE: &str = "account.lifecycle";
/// Yearly revenue with the account.
pub const ACCOUNT_ARR: &str = "account.arr";
/// Day of the next renewal.
pub const ACCOUNT_RENEWAL_DATE: &str = "account.renewal_date";
/// What the CRM says of the account in words.
pub const ACCOUNT_DESCRIPTION: &str = "account.description";
/// When a calendar event starts.
pub const EVENT_START: &str = "event.start";
/// When a calendar event ends.
pub const EVENT_END: &str = "event.end";

/// Fields of a deal, each told as `deal.<id>.<field>`.
pub const DEAL_FIELDS: [&str; 12] = [
    "name",
    "amount",
    "currency",
    "stage",
    "stage_history",
    "close_date",
    "owner",
    "owner_email",
    "competitor",
    "loss_reason",
    "next_step",
    "description",
];

/// The name of a field of one deal.
pub fn deal(id: &str, field: &str) -> String {
    format!("deal.{id}.{field}")
}
