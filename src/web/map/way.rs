//! How we reach somebody: the strongest way, step by step.

use std::collections::HashMap;

use serde::Serialize;

use super::answers::sentence;
use super::data::short;
use super::rows::strength;
use crate::map::{Path, RelationshipMap};
use crate::model::Iri;

/// A way to somebody.
#[derive(Serialize)]
struct Way {
    name: String,
    id: String,
    /// Identities of the people on it, as the script reads them.
    places: String,
    steps: Vec<Stride>,
}

/// One step of a way.
#[derive(Serialize)]
struct Stride {
    from: String,
    from_id: String,
    to: String,
    to_id: String,
    strength: &'static str,
}

/// The ways, and what is said where there is none.
#[derive(Serialize)]
pub(super) struct Ways {
    ways: Vec<Way>,
    remarks: Vec<String>,
}

/// The ways that a map tells that was asked for them; `plain` is the same map before it was asked.
pub(super) fn ways(asked: &RelationshipMap, plain: &RelationshipMap) -> Ways {
    let names: HashMap<&Iri, &str> = asked.nodes.iter().map(|node| (&node.id, node.name.as_str())).collect();
    let found = asked.answers.path_to.as_deref().unwrap_or_default();
    let new = asked.answers.statements.iter().filter(|remark| !plain.answers.statements.contains(remark));
    Ways {
        ways: found.iter().filter(|path| !path.steps.is_empty()).map(|path| way(path, &names)).collect(),
        remarks: new.map(|remark| sentence(remark)).collect(),
    }
}

fn way(path: &Path, names: &HashMap<&Iri, &str>) -> Way {
    let name = |id: &Iri| names.get(id).copied().unwrap_or_default().to_owned();
    let mut places: Vec<&str> = path.steps.iter().map(|step| short(&step.from)).collect();
    places.push(short(&path.to));
    let stride = |step: &crate::map::Step| Stride {
        from: name(&step.from),
        from_id: short(&step.from).to_owned(),
        to: name(&step.to),
        to_id: short(&step.to).to_owned(),
        strength: strength(step.strength),
    };
    Way {
        name: path.name.clone(),
        id: short(&path.to).to_owned(),
        places: places.join(" "),
        steps: path.steps.iter().map(stride).collect(),
    }
}
