//! Two versions of a document side by side.

use axum::extract::State;
use axum::response::Response;
use minijinja::{Value, context};
use serde::Deserialize;

use super::{HandoffPath, short};
use crate::api::{self, compare, document, versions};
use crate::http::{Failure, Path, Query};
use crate::web::Site;
use crate::web::views::value;
use crate::web::visit::Visit;

/// The version to compare with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct With {
    #[serde(default)]
    with: String,
}

/// Shows what differs between a version and another, the one before it unless one is named.
pub(crate) async fn compare_versions(
    State(site): State<Site>,
    visit: Visit,
    Path(path): Path<HandoffPath>,
    Query(With { with }): Query<With>,
) -> Result<Response, Failure> {
    let after = document(&site.app, &visit.caller, &path.handoff).await?;
    let all = versions(&site.app, &visit.caller, &path.handoff).await?;
    let others: Vec<&api::Version> = all.iter().filter(|version| version.id != after.id).collect();
    let usual = || {
        let before = after.previous.as_ref().map(|previous| short(previous).to_owned());
        before.or_else(|| others.first().map(|version| short(&version.id).to_owned()))
    };
    let chosen = if with.is_empty() { usual() } else { Some(with) };
    let compared = match &chosen {
        Some(with) => {
            let before = document(&site.app, &visit.caller, with).await?;
            let diff = compare(&site.app, &visit.caller, &path.handoff, with).await?;
            Some((before, diff))
        }
        None => None,
    };
    let options: Vec<Value> = others.iter().map(|version| option(version, chosen.as_deref())).collect();
    let kind = site.app.definitions.get(&after.kind)?;
    let head = site.head(&visit, &after.account).await?;
    let values = context! {
        account => value(&head),
        title => kind.title.clone(),
        handoff => short(&after.id),
        after => value(&after),
        before => value(&compared.as_ref().map(|(before, _)| before)),
        diff => value(&compared.as_ref().map(|(_, diff)| diff)),
        options,
    };
    site.views.page(&visit, "handoff_diff.html", values)
}

fn option(version: &api::Version, chosen: Option<&str>) -> Value {
    let id = short(&version.id);
    context! {
        id,
        as_of => value(&version.as_of),
        made_at => value(&version.made_at),
        chosen => chosen.is_some_and(|chosen| chosen == id || chosen == version.id.as_str()),
    }
}
