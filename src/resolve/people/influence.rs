//! How much a person moves: an explainable sum of seven parts, each 0..1, with fixed weights.
//!
//! `influence = 0.35 title + 0.30 role + 0.08 attention + 0.07 awaited + 0.07 unblocks + 0.08 centrality + 0.05 speed`
//!
//! | part | weight | is |
//! |---|---|---|
//! | title | 0.35 | seniority of the job title, see [`seniority`] |
//! | role | 0.30 | weight of the part in the buying decision: decision maker and economic buyer 1, champion 0.7, technical evaluator 0.6, influencer 0.5, blocker 0.4, end user 0.2 |
//! | attention | 0.08 | interactions addressed to them, a copy counting half |
//! | awaited | 0.07 | promises and requests that they owe |
//! | unblocks | 0.07 | decisions they told, and what they took on, did or settled when asked |
//! | centrality | 0.08 | `PageRank` in the network of contact, on the day of the last contact |
//! | speed | 0.05 | how fast others answer them: `24 / (24 + median hours)` |
//!
//! Attention, awaited and unblocks are relative to the largest of the person's side and go in as square roots, so that
//! the second tenth of the mails does not count like the first; centrality is relative to the most central of the side.

use crate::model::{BuyingRole, InfluenceParts};

/// An answer after so many hours counts half.
const HALF_SPEED_HOURS: f32 = 24.0;

/// The parts with their names and weights.
pub const WEIGHTS: [(&str, f32); 7] = [
    ("title", 0.35),
    ("role", 0.30),
    ("attention", 0.08),
    ("awaited", 0.07),
    ("unblocks", 0.07),
    ("centrality", 0.08),
    ("speed", 0.05),
];

/// A count with the largest of the same side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Relative {
    /// The person's own.
    pub own: f32,
    /// The largest.
    pub largest: f32,
}

impl Relative {
    fn share(self) -> f32 {
        if self.largest <= 0.0 { 0.0 } else { (self.own / self.largest).clamp(0.0, 1.0) }
    }
}

/// What goes into the parts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inputs<'a> {
    /// Job title.
    pub title: Option<&'a str>,
    /// Part in the buying decision.
    pub role: Option<BuyingRole>,
    /// Interactions addressed to them.
    pub attention: Relative,
    /// What they owe.
    pub awaited: Relative,
    /// What their word let go on.
    pub unblocks: Relative,
    /// Their `PageRank`.
    pub centrality: Relative,
    /// Median hours until others answer them.
    pub answered_hours: Option<f32>,
}

/// The parts of a person's influence, to two digits: one more mail changes few of them.
pub fn parts(inputs: Inputs<'_>) -> InfluenceParts {
    let round = |part: f32| (part * 100.0).round() / 100.0;
    InfluenceParts {
        title: inputs.title.map_or(0.0, seniority),
        role: inputs.role.map_or(0.0, role_weight),
        attention: round(inputs.attention.share().sqrt()),
        awaited: round(inputs.awaited.share().sqrt()),
        unblocks: round(inputs.unblocks.share().sqrt()),
        centrality: round(inputs.centrality.share()),
        speed: round(inputs.answered_hours.map_or(0.0, |hours| HALF_SPEED_HOURS / (HALF_SPEED_HOURS + hours))),
    }
}

/// Each part with its name, weight and value, in the order of the formula.
pub fn explained(parts: &InfluenceParts) -> [(&'static str, f32, f32); 7] {
    let values =
        [parts.title, parts.role, parts.attention, parts.awaited, parts.unblocks, parts.centrality, parts.speed];
    std::array::from_fn(|place| (WEIGHTS[place].0, WEIGHTS[place].1, values[place]))
}

/// The weighted sum, 0..1.
pub fn score(parts: &InfluenceParts) -> f32 {
    let sum: f32 = explained(parts).iter().map(|(_, weight, value)| weight * value).sum();
    (sum * 1e4).round() / 1e4
}

fn role_weight(role: BuyingRole) -> f32 {
    match role {
        BuyingRole::DecisionMaker | BuyingRole::EconomicBuyer => 1.0,
        BuyingRole::Champion => 0.7,
        BuyingRole::TechnicalEvaluator => 0.6,
        BuyingRole::Influencer => 0.5,
        BuyingRole::Blocker => 0.4,
        BuyingRole::EndUser => 0.2,
    }
}

/// Seniority of a job title, 0..1: from the board down to interns; an ordinary title is 0.3.
pub fn seniority(title: &str) -> f32 {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |word: &str| words.contains(&word);
    let is_chief = words.iter().any(|word| word.len() == 3 && word.starts_with('c') && word.ends_with('o'));
    // An assistant to the chief is not the chief.
    if has("intern") || has("trainee") {
        0.05
    } else if has("assistant") || has("junior") || has("secretary") {
        0.15
    } else if has("president") && !has("vice") || has("founder") || has("owner") && words.len() == 1 || has("chairman")
    {
        1.0
    } else if is_chief || has("chief") && !has("staff") {
        0.95
    } else if has("vp") || has("svp") || has("evp") || has("president") || has("partner") && words.len() <= 2 {
        0.85
    } else if has("director") || has("managing") || has("head") {
        0.7
    } else if has("manager") || has("lead") || has("principal") || has("supervisor") {
        0.5
    } else if has("counsel") || has("controller") || has("officer") {
        0.45
    } else if has("senior") || has("staff") || has("architect") {
        0.4
    } else {
        0.3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_titles() {
        let titles =
            ["CEO", "VP Operations", "Director of IT", "Project Manager", "Analyst", "Assistant to the CEO", "Intern"];
        let scores: Vec<f32> = titles.iter().map(|title| seniority(title)).collect();
        assert!(scores.is_sorted_by(|a, b| a > b), "{scores:?}");
    }

    #[test]
    fn adds_up_to_one() {
        assert!((WEIGHTS.iter().map(|(_, weight)| weight).sum::<f32>() - 1.0).abs() < 1e-6);
        let check = |parts: InfluenceParts, expected: f32| {
            assert!((score(&parts) - expected).abs() < 1e-6, "{parts:?} {}", score(&parts));
        };
        check(InfluenceParts::default(), 0.0);
        let all = InfluenceParts {
            title: 1.0,
            role: 1.0,
            attention: 1.0,
            awaited: 1.0,
            unblocks: 1.0,
            centrality: 1.0,
            speed: 1.0,
        };
        check(all, 1.0);
        let quarter = Relative { own: 1.0, largest: 4.0 };
        let one = Inputs {
            title: Some("Analyst"),
            attention: quarter,
            centrality: quarter,
            answered_hours: Some(24.0),
            ..Inputs::default()
        };
        check(parts(one), 0.35 * 0.3 + 0.08 * 0.5 + 0.08 * 0.25 + 0.05 * 0.5);
    }
}
