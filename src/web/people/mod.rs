//! The people of an account: all of them, one, and who may be one person.

mod decisions;
mod person;

use axum::extract::State;
use axum::response::Response;
use minijinja::context;
use serde::{Deserialize, Serialize};

use super::Site;
use super::map::short;
use super::views::value;
use super::visit::{Extent, Visit};
use crate::http::{Account, Failure, Path, Query};
use crate::model::{Side, Stakeholder};
pub(super) use decisions::{list_suggestions, merge_people, split_person};

/// People on a page.
const PAGE: usize = 100;

/// Which people, as the address of the page has it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    side: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
}

impl Asked {
    fn takes(&self, person: &Stakeholder) -> bool {
        let wanted = self.q.trim().to_lowercase();
        let has = |text: &String| text.to_lowercase().contains(&wanted);
        let on_side = match self.side.as_str() {
            "" => true,
            side => person.side == Side::from_name(side),
        };
        on_side
            && (wanted.is_empty()
                || has(&person.name)
                || person.title.as_ref().is_some_and(has)
                || person.organization.as_ref().is_some_and(has)
                || person.addresses.iter().any(has))
    }
}

/// A person in the table.
#[derive(Serialize)]
struct Row<'p> {
    short: &'p str,
    #[serde(flatten)]
    person: &'p Stakeholder,
}

/// Shows the people, most influential first.
pub(super) async fn list_people(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let head = site.head(&visit, &account).await?;
    let known = site.app.known(&visit.caller, &account, visit.when).await?;
    let all = known.people().await?;
    let found: Vec<&Stakeholder> = all.iter().filter(|person| asked.takes(person)).collect();
    let start = asked.page.saturating_mul(PAGE).min(found.len());
    let judged: Vec<Stakeholder> =
        found[start..].iter().take(PAGE).map(|person| (*person).clone().judged_at(head.as_of)).collect();
    let rows: Vec<Row<'_>> = judged.iter().map(|person| Row { short: short(&person.id), person }).collect();
    let values = context! {
        account => value(&head),
        people => value(&rows),
        count => found.len(),
        in_all => all.len(),
        page => asked.page,
        pages => found.len().div_ceil(PAGE),
        asked => context! { side => asked.side, q => asked.q },
    };
    site.views.page(&visit, "people.html", values)
}

/// Whom a path names.
#[derive(Debug, Deserialize)]
pub(super) struct PersonPath {
    person: String,
}

/// Shows a person: a page, or the panel beside the map.
pub(super) async fn show_person(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    Path(path): Path<PersonPath>,
) -> Result<Response, Failure> {
    let found = person::read(&site, &visit, &account, &path.person).await?;
    match visit.extent {
        Extent::Part => {
            let values = context! { key => account.as_str(), person => value(&found) };
            site.views.page(&visit, "person_panel.html", values)
        }
        Extent::Page => {
            let head = site.head(&visit, &account).await?;
            site.views.page(&visit, "person.html", context! { account => value(&head), person => value(&found) })
        }
    }
}
