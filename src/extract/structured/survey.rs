//! Survey answers: the score tells the mood; the comment is read as text.

use crate::model::{Findings, Interaction};

/// The mood that a score tells, -1..1.
pub(super) fn read(interaction: &Interaction) -> Findings {
    let score = ["survey.score", "score", "survey.nps", "nps", "survey.csat", "csat"]
        .iter()
        .find_map(|name| interaction.attribute(name))
        .and_then(|score| score.trim().parse::<f32>().ok());
    let kind = interaction.attribute("survey.kind").unwrap_or_default().to_ascii_lowercase();
    Findings { sentiment: score.and_then(|score| mood(score, &kind)), ..Findings::default() }
}

/// NPS runs 0 to 10 with 7 and 8 in the middle; other scores are read on the smallest usual scale that holds them.
fn mood(score: f32, kind: &str) -> Option<f32> {
    if !score.is_finite() || score < 0.0 {
        return None;
    }
    let on_nps = kind.contains("nps") || kind.contains("recommend");
    let mood = if on_nps || (score > 5.0 && score <= 10.0) {
        // 0 is -1, 6 is -0.2, 7 and 8 are near nothing, 9 and 10 are 0.6 and 0.9.
        match score {
            s if s <= 6.0 => -1.0 + s * (0.8 / 6.0),
            s if s < 9.0 => (s - 7.0) * 0.15,
            s => 0.6 + (s - 9.0) * 0.3,
        }
    } else if score <= 5.0 {
        (score - 3.0) * 0.45
    } else {
        (score - 50.0) / 55.0
    };
    Some(mood.clamp(-1.0, 1.0))
}
