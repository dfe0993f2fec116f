//! The relationship map: drawn by a script, and as tables for whoever has none.

mod answers;
mod asked;
mod data;
mod marks;
mod rows;
mod way;

use std::collections::HashMap;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use minijinja::context;

use super::Site;
use super::views::value;
use super::visit::Visit;
use crate::api::{self, ApiError};
use crate::http::{Account, Failure, Query};
use crate::map::{NodeKind, RelationshipMap};
pub(super) use asked::Asked;
use data::MapData;
pub(super) use data::short;
use marks::MARKS;
use rows::Tables;
use way::ways;

/// Months that the slider goes back.
const MOST_MONTHS: usize = 60;
/// Names that are offered while somebody types one.
const OFFERED: usize = 200;

/// Shows the map.
pub(super) async fn show_map(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
    asked: (Query<Asked>, Query<HashMap<String, String>>),
) -> Result<Response, Failure> {
    let (Query(asked), Query(fields)) = asked;
    let head = site.head(&visit, &account).await?;
    let map = api::kept_map(&site.app, &visit.caller, &account, visit.when).await?;
    let to = Some(asked.path_to.trim()).filter(|to| !to.is_empty());
    let ways = match to {
        Some(to) => {
            let asked = api::map(&site.app, &visit.caller, &account, (visit.when, None), Some(to.to_owned()));
            Some(ways(&asked.await?, &map))
        }
        None => None,
    };
    let tables = Tables::of(&map, &asked.filter(&fields, map.as_of));
    let mut known: Vec<_> = map.nodes.iter().filter(|node| node.kind == NodeKind::Person).collect();
    known.sort_by(|a, b| b.influence.unwrap_or_default().total_cmp(&a.influence.unwrap_or_default()));
    let names: Vec<String> = known.iter().take(OFFERED).map(|node| node.name.clone()).collect();
    let values = context! {
        account => value(&head),
        tables => value(&tables),
        answers => value(&answers::sentences(&map)),
        ways => ways.as_ref().map(value),
        choices => value(&asked.choices(&fields)),
        marks => value(&MARKS),
        months => value(&months(&map)),
        names,
        can_draw => super::assets::is_there("cytoscape.min.js"),
    };
    site.views.page(&visit, "map.html", values)
}

/// Answers the map as its script reads it.
pub(super) async fn get_map_data(
    State(site): State<Site>,
    visit: Visit,
    Account(account): Account,
) -> Result<Response, Failure> {
    let map = api::kept_map(&site.app, &visit.caller, &account, visit.when).await?;
    let written = tokio::task::spawn_blocking(move || serde_json::to_vec(&MapData::of(&map)));
    let body = written.await.map_err(ApiError::from)?.map_err(|error| ApiError::Internal(error.to_string()))?;
    Ok(([(axum::http::header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// The ends of the months with contact, up to the day of the map, which is the last.
fn months(map: &RelationshipMap) -> Vec<Date> {
    let day = |time: Timestamp| time.to_zoned(TimeZone::UTC).date();
    let last = day(map.as_of);
    let mut ends = vec![last];
    let Some(first) = map.edges.iter().filter_map(|edge| edge.first).min().map(day) else { return ends };
    let mut end = last.first_of_month();
    while ends.len() < MOST_MONTHS {
        let Ok(before) = end.yesterday() else { break };
        if before < first.first_of_month() || before < first {
            break;
        }
        ends.push(before);
        end = before.first_of_month();
    }
    ends.reverse();
    ends
}
