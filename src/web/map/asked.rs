//! What of the map is wanted, as the address of the page has it.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::map::{Edge, Node};
use crate::model::Side;
use crate::relations::EdgeKind;

/// Kinds of ties, with what they say of two people.
pub(super) const KINDS: [(EdgeKind, &str); 7] = [
    (EdgeKind::WritesTo, "writes to"),
    (EdgeKind::Copies, "copies in"),
    (EdgeKind::Meets, "meets"),
    (EdgeKind::Mentions, "mentions"),
    (EdgeKind::PromisesTo, "has promised something to"),
    (EdgeKind::ReportsTo, "reports to"),
    (EdgeKind::MemberOf, "belongs to"),
];

/// What a kind says of two people.
pub(super) fn says(kind: EdgeKind) -> &'static str {
    KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, says)| says)
}

/// Periods that the last contact may lie in: days, and what it is called.
const PERIODS: [(u32, &str); 4] =
    [(0, "at any time"), (30, "in the last 30 days"), (90, "in the last 90 days"), (365, "in the last year")];

/// Sides that can be chosen: name in addresses, and what it is called.
const SIDES: [(&str, &str); 4] =
    [("", "Everybody"), ("customer", "The customer's people"), ("vendor", "Our people"), ("unknown", "Side not known")];

/// What of the map is wanted.
#[derive(Debug, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    side: String,
    #[serde(default)]
    days: u32,
    /// To whom the way is wanted: an identity, a name or an address.
    #[serde(default)]
    pub(super) path_to: String,
}

/// A choice of a form.
#[derive(Debug, Serialize)]
struct Choice<V> {
    value: V,
    title: &'static str,
    chosen: bool,
}

/// The choices of the form.
#[derive(Debug, Serialize)]
pub(super) struct Choices {
    sides: Vec<Choice<&'static str>>,
    periods: Vec<Choice<u32>>,
    kinds: Vec<Choice<&'static str>>,
    organizations: bool,
    path_to: String,
}

/// Whose people are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Everybody,
    Of(Side),
    NotKnown,
}

/// What is shown of a map.
#[derive(Debug)]
pub(super) struct Filter {
    who: Who,
    since: Option<Timestamp>,
    kinds: Vec<EdgeKind>,
}

impl Asked {
    /// The kinds of ties that `fields` name; all but memberships where they name none.
    fn kinds(fields: &HashMap<String, String>) -> Vec<EdgeKind> {
        let named = |kind: &EdgeKind| fields.contains_key(kind.as_str());
        let mut kinds: Vec<EdgeKind> =
            EdgeKind::ALL.into_iter().filter(|kind| *kind != EdgeKind::MemberOf && named(kind)).collect();
        if kinds.is_empty() {
            kinds = EdgeKind::ALL.into_iter().filter(|kind| *kind != EdgeKind::MemberOf).collect();
        }
        if named(&EdgeKind::MemberOf) {
            kinds.push(EdgeKind::MemberOf);
        }
        kinds
    }

    /// What is shown at a time.
    pub(super) fn filter(&self, fields: &HashMap<String, String>, as_of: Timestamp) -> Filter {
        let who = match self.side.as_str() {
            "unknown" => Who::NotKnown,
            name => Side::from_name(name).map_or(Who::Everybody, Who::Of),
        };
        let period = SignedDuration::from_hours(24 * i64::from(self.days));
        let since = (self.days > 0).then(|| as_of.checked_sub(period).unwrap_or(Timestamp::MIN));
        Filter { who, since, kinds: Self::kinds(fields) }
    }

    /// The choices as they were made.
    pub(super) fn choices(&self, fields: &HashMap<String, String>) -> Choices {
        let kinds = Self::kinds(fields);
        let shown = KINDS.iter().filter(|(kind, _)| *kind != EdgeKind::MemberOf);
        Choices {
            sides: SIDES.map(|(value, title)| Choice { value, title, chosen: value == self.side }).into(),
            periods: PERIODS.map(|(value, title)| Choice { value, title, chosen: value == self.days }).into(),
            kinds: shown
                .map(|(kind, title)| Choice { value: kind.as_str(), title, chosen: kinds.contains(kind) })
                .collect(),
            organizations: kinds.contains(&EdgeKind::MemberOf),
            path_to: self.path_to.clone(),
        }
    }
}

impl Filter {
    /// Says whether somebody is shown.
    pub(super) fn takes(&self, node: &Node) -> bool {
        match self.who {
            Who::Everybody => true,
            Who::Of(side) => node.side == Some(side),
            Who::NotKnown => node.side.is_none(),
        }
    }

    /// Says whether a tie is shown. What has no time holds at any.
    pub(super) fn takes_tie(&self, edge: &Edge) -> bool {
        self.kinds.contains(&edge.kind) && self.since.is_none_or(|since| edge.last.is_none_or(|last| last >= since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_kind_all_ties_are_shown() {
        let check = |fields: &[&str], expected: usize| {
            let fields = fields.iter().map(|name| ((*name).to_owned(), "on".to_owned())).collect();
            assert_eq!(Asked::kinds(&fields).len(), expected, "{fields:?}");
        };
        check(&[], 6);
        check(&["member_of"], 7);
        check(&["meets"], 1);
        check(&["meets", "member_of"], 2);
    }
}
