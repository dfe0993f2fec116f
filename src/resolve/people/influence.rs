//! How much a person moves: an explainable sum of four parts, each 0..1, with fixed weights.
//!
//! `influence = 0.40 title + 0.30 role + 0.15 attention + 0.15 reach`
//! - *title*: seniority of the job title, see [`seniority`];
//! - *role*: part in the buying decision, as stated;
//! - *attention*: interactions addressed to them, relative to the most addressed person of their side;
//! - *reach*: distinct people they deal with, relative to the best connected person of their side.
//!
//! Attention and reach go in as square roots, so that the second tenth of the mails does not count like the first.

use crate::model::BuyingRole;

const TITLE_WEIGHT: f32 = 0.40;
const ROLE_WEIGHT: f32 = 0.30;
const ATTENTION_WEIGHT: f32 = 0.15;
const REACH_WEIGHT: f32 = 0.15;

/// The parts of a person's influence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct InfluenceParts {
    /// Seniority of the title.
    pub title: f32,
    /// Weight of the buying role.
    pub role: f32,
    /// How much is addressed to them.
    pub attention: f32,
    /// With how many people they deal.
    pub reach: f32,
}

impl InfluenceParts {
    /// The parts of a person with this title and role. `attention` and `reach` are counts with the largest count
    /// on the person's side.
    pub fn new(title: Option<&str>, role: Option<BuyingRole>, attention: (u32, u32), reach: (u32, u32)) -> Self {
        Self {
            title: title.map_or(0.0, seniority),
            role: role.map_or(0.0, role_weight),
            attention: share(attention),
            reach: share(reach),
        }
    }

    /// The weighted sum, 0..1.
    pub fn score(self) -> f32 {
        let sum = TITLE_WEIGHT * self.title
            + ROLE_WEIGHT * self.role
            + ATTENTION_WEIGHT * self.attention
            + REACH_WEIGHT * self.reach;
        sum.clamp(0.0, 1.0)
    }
}

fn share((count, largest): (u32, u32)) -> f32 {
    if largest == 0 { 0.0 } else { (count as f32 / largest as f32).min(1.0).sqrt() }
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
    fn stays_within_bounds() {
        let check =
            |parts: InfluenceParts, expected: f32| assert!((parts.score() - expected).abs() < 1e-6, "{parts:?}");
        check(InfluenceParts::default(), 0.0);
        check(InfluenceParts { title: 1.0, role: 1.0, attention: 1.0, reach: 1.0 }, 1.0);
        check(InfluenceParts::new(Some("Analyst"), None, (1, 4), (0, 0)), 0.40 * 0.3 + 0.15 * 0.5);
    }
}
