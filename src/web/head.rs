//! What stands above every page of an account.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::Site;
use super::visit::Visit;
use crate::http::Failure;
use crate::model::AccountSlug;

/// What stands above every page of an account: the template `account.html` has it as `account`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AccountHead {
    key: AccountSlug,
    name: String,
    owner: Option<String>,
    renewal_date: Option<Date>,
    phase: Option<String>,
    /// The time that the page is judged at.
    pub(super) as_of: Timestamp,
    as_of_day: Date,
}

impl Site {
    /// What stands above a page of an account, at the time of the visit.
    pub(super) async fn head(&self, visit: &Visit, account: &AccountSlug) -> Result<AccountHead, Failure> {
        let known = self.app.known(&visit.caller, account, visit.when).await?;
        let profile = &known.detail().await?.profile;
        let as_of = self.app.judged_at(visit.when);
        let owner = profile.owner.as_ref();
        Ok(AccountHead {
            key: account.clone(),
            name: profile.name.clone().unwrap_or_else(|| account.to_string()),
            owner: owner.and_then(|owner| owner.name.clone().or_else(|| owner.address.clone())),
            renewal_date: profile.renewal_date,
            phase: profile.phases.last().map(|phase| phase.name.clone()),
            as_of,
            as_of_day: as_of.to_zoned(TimeZone::UTC).date(),
        })
    }
}
