//! What the picture says in words.

use super::layout::Layout;
use crate::map::model::{Node, RelationshipMap};
use crate::map::render::text::short;
use crate::model::{BuyingRole, Iri, PersonStatus};

/// Characters of a name.
const NAME: usize = 34;
/// Characters of the line below it.
const BELOW: usize = 44;
/// Characters of a line at the head.
const HEAD: usize = 150;

pub(super) fn title(map: &RelationshipMap) -> String {
    let day = map.as_of.to_zoned(jiff::tz::TimeZone::UTC).date();
    short(&format!("Relationship map of {}, {day}", map.account), 80)
}

/// The lines at the head: title, threading, way to who decides, roles that nobody has, what is not shown.
pub(super) fn head(map: &RelationshipMap, layout: &Layout<'_>) -> Vec<String> {
    let mut lines = vec![title(map), threading(map)];
    let paths = map.answers.paths.iter().filter(|path| !path.steps.is_empty()).take(1);
    lines.extend(paths.map(|path| {
        let first = path.steps.iter().take(1).map(|step| &step.from);
        let names: Vec<&str> = first.chain(path.steps.iter().map(|step| &step.to)).map(|id| name_of(map, id)).collect();
        format!("Strongest way to who decides: {}", names.join(" → "))
    }));
    lines.extend(map.answers.statements.first().map(|statement| capital(statement)));
    let missing = &map.answers.buying_roles.missing;
    if !missing.is_empty() {
        let roles: Vec<String> = missing.iter().map(|role| role_name(*role)).collect();
        lines.push(format!("Nobody is known as {}", roles.join(", ")));
    }
    if layout.left_out != (0, 0) {
        let (people, contacts) = layout.left_out;
        lines.push(format!("Not shown: {people} people with less influence, {contacts} weaker contacts"));
    }
    lines.iter().take(6).map(|line| short(line, HEAD)).collect()
}

fn threading(map: &RelationshipMap) -> String {
    let threaded = &map.answers.single_threaded;
    match threaded.value {
        None => "There is no contact between the sides".to_owned(),
        Some(true) => {
            let names: Vec<&str> = threaded.people.iter().map(|share| share.name.as_str()).collect();
            format!("Single-threaded: contact hangs on {}", names.join(" and on "))
        }
        Some(false) => {
            let strongest: Vec<String> = threaded
                .strongest
                .iter()
                .map(|share| format!("{} carries {:.0} %", share.name, share.share * 100.0))
                .collect();
            format!("Several people carry the contact: {}", strongest.join(", "))
        }
    }
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn name_of<'m>(map: &'m RelationshipMap, id: &Iri) -> &'m str {
    map.nodes.iter().find(|node| node.id == *id).map_or("", |node| node.name.as_str())
}

pub(super) fn role_name(role: BuyingRole) -> String {
    role.as_str().replace('_', " ")
}

/// The name of a person.
pub(super) fn name(node: &Node, is_new: bool) -> String {
    let name = short(&node.name, NAME);
    if is_new { format!("{name} · new") } else { name }
}

/// The title.
pub(super) fn title_of(node: &Node) -> String {
    node.title.as_deref().map(|title| short(title, BELOW)).unwrap_or_default()
}

/// Says whether they are heard, where that is out of the ordinary.
pub(super) fn silence(node: &Node, is_ghost: bool) -> Option<&'static str> {
    match node.status {
        Some(PersonStatus::Departed) => Some("has left"),
        Some(PersonStatus::Silent) => Some("silent"),
        Some(PersonStatus::Active) | None => is_ghost.then_some("never heard"),
    }
}

/// What a reader sees who points at a person.
pub(super) fn about(node: &Node) -> String {
    let influence = node.influence.unwrap_or_default();
    let sentiment = node.sentiment.map_or("no sentiment".to_owned(), |value| format!("sentiment {value:.2}"));
    short(&format!("{}: influence {influence:.2}, {sentiment}", node.name), 120)
}
