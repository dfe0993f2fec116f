//! The accounts at a glance: a table to sort, filter and search.

use axum::extract::State;
use axum::response::Response;
use minijinja::context;
use serde::{Deserialize, Serialize};

use super::Site;
use super::views::value;
use super::visit::Visit;
use crate::api::{Concern, Direction, PortfolioRequest, SortBy, portfolio};
use crate::http::{Failure, Query};

/// Accounts on a page.
const PAGE: usize = 100;

/// The columns that the table can be sorted by: name in addresses, heading, and which way it is sorted first.
const COLUMNS: [(SortBy, &str, &str, Direction); 9] = [
    (SortBy::Name, "name", "Account", Direction::Ascending),
    (SortBy::Owner, "owner", "Owner", Direction::Ascending),
    (SortBy::LastContact, "contact", "Last contact", Direction::Ascending),
    (SortBy::WeOwe, "we_owe", "We owe", Direction::Descending),
    (SortBy::TheyOwe, "they_owe", "They owe", Direction::Descending),
    (SortBy::Overdue, "overdue", "Overdue", Direction::Descending),
    (SortBy::Risks, "risks", "Risks", Direction::Descending),
    (SortBy::Mood, "mood", "Mood", Direction::Ascending),
    (SortBy::News, "news", "New in 30 days", Direction::Descending),
];

/// What can be chosen beside words: name in addresses, and what it is called.
const CONCERNS: [(Concern, &str, &str); 5] = [
    (Concern::Any, "", "All accounts"),
    (Concern::Overdue, "overdue", "Something overdue"),
    (Concern::AtRisk, "risk", "With a risk"),
    (Concern::Unhappy, "unhappy", "Unhappy of late"),
    (Concern::Quiet, "quiet", "No contact for 30 days"),
];

/// Which accounts, as the address of the page has it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    concern: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: usize,
}

/// The heading of a column.
#[derive(Serialize)]
struct Column {
    title: &'static str,
    /// What the table is asked to be sorted by when it is chosen.
    sort: String,
    /// How the table is sorted by it now.
    sorted: Option<&'static str>,
}

impl Asked {
    /// The order; `-name` is the name backwards.
    fn order(&self) -> (SortBy, Direction) {
        let (name, is_back) = self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |name| (name, true));
        let by = COLUMNS.iter().find(|(_, known, ..)| *known == name).map_or(SortBy::Name, |(by, ..)| *by);
        (by, if is_back { Direction::Descending } else { Direction::Ascending })
    }

    fn request(&self) -> PortfolioRequest {
        let concern =
            CONCERNS.iter().find(|(_, known, _)| *known == self.concern).map_or(Concern::Any, |(one, ..)| *one);
        PortfolioRequest {
            text: self.q.clone(),
            owner: Some(self.owner.clone()).filter(|owner| !owner.is_empty()),
            concern,
            order: self.order(),
        }
    }
}

fn columns(order: (SortBy, Direction)) -> Vec<Column> {
    let column = |&(by, name, title, first): &(SortBy, &str, &'static str, Direction)| {
        let next = match order {
            (sorted, Direction::Ascending) if sorted == by => Direction::Descending,
            (sorted, Direction::Descending) if sorted == by => Direction::Ascending,
            _ => first,
        };
        let sorted = (order.0 == by).then_some(match order.1 {
            Direction::Ascending => "ascending",
            Direction::Descending => "descending",
        });
        let sort = if next == Direction::Descending { format!("-{name}") } else { name.to_owned() };
        Column { title, sort, sorted }
    };
    COLUMNS.iter().map(column).collect()
}

/// Shows the accounts.
pub(super) async fn list_accounts(
    State(site): State<Site>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let request = asked.request();
    let found = portfolio(&site.app, &visit.caller, &request).await?;
    let count = found.accounts.len();
    let shown: Vec<_> = found.accounts.into_iter().skip(asked.page * PAGE).take(PAGE).collect();
    let concerns: Vec<_> = CONCERNS.into_iter().map(|(_, name, title)| context! { name, title }).collect();
    let values = context! {
        accounts => value(&shown),
        columns => value(&columns(request.order)),
        owners => found.owners,
        concerns,
        asked => context! { q => asked.q, owner => asked.owner, concern => asked.concern, sort => asked.sort },
        count,
        in_scope => found.in_scope,
        page => asked.page,
        pages => count.div_ceil(PAGE),
        now => value(&site.app.clock.now()),
    };
    site.views.page(&visit, "accounts.html", values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_sorted_the_other_way_when_it_is_chosen_again() {
        let check = |sort: &str, column: &str, next: &str| {
            let asked = Asked { sort: sort.to_owned(), ..Asked::default() };
            let found = columns(asked.order()).into_iter().find(|one| one.title == column).unwrap();
            assert_eq!(found.sort, next, "{sort}");
        };
        check("", "Account", "-name");
        check("", "Overdue", "-overdue");
        check("-overdue", "Overdue", "overdue");
        check("overdue", "Overdue", "-overdue");
    }
}
