//! What people decided about pairs of keys, folded: the latest about a pair holds.

use std::collections::BTreeMap;

use crate::model::{IdentityReview, PersonKey, Verdict};

/// The verdicts that hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdicts<'a> {
    /// Keys of one person, in the order in which it was decided.
    pub(crate) same: Vec<(&'a PersonKey, &'a PersonKey)>,
    /// Keys of two people.
    pub(crate) different: Vec<(&'a PersonKey, &'a PersonKey)>,
}

impl<'a> Verdicts<'a> {
    /// Folds `reviews`; the order of two at one time is that of the list.
    pub(crate) fn fold(reviews: &'a [IdentityReview]) -> Self {
        let mut latest: BTreeMap<(&PersonKey, &PersonKey), (usize, &IdentityReview)> = BTreeMap::new();
        for (place, review) in reviews.iter().enumerate() {
            let pair = ((&review.a).min(&review.b), (&review.a).max(&review.b));
            let holds = latest.get(&pair).is_none_or(|(_, known)| known.at <= review.at);
            if holds {
                latest.insert(pair, (place, review));
            }
        }
        let mut holding: Vec<_> = latest.into_values().collect();
        holding.sort_by_key(|(place, review)| (review.at, *place));
        let of = |verdict| {
            let chosen = holding.iter().filter(move |(_, review)| review.verdict == verdict && review.a != review.b);
            chosen.map(|(_, review)| (&review.a, &review.b)).collect()
        };
        Self { same: of(Verdict::Same), different: of(Verdict::Different) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_verdict_about_a_pair_holds() {
        let review = |a: &str, b: &str, verdict, at: &str| IdentityReview {
            a: PersonKey::from_text(a),
            b: PersonKey::from_text(b),
            verdict,
            by: "Dana".to_owned(),
            at: at.parse().unwrap(),
        };
        let reviews = [
            review("mailto:b", "mailto:a", Verdict::Different, "2026-02-02T00:00:00Z"),
            review("mailto:a", "mailto:b", Verdict::Same, "2026-02-01T00:00:00Z"),
            review("mailto:a", "name:c", Verdict::Different, "2026-02-01T00:00:00Z"),
            review("name:c", "mailto:a", Verdict::Same, "2026-02-03T00:00:00Z"),
            review("name:c", "name:c", Verdict::Same, "2026-02-03T00:00:00Z"),
        ];
        let shown =
            |pairs: &[(&PersonKey, &PersonKey)]| pairs.iter().map(|(a, b)| format!("{a} {b}")).collect::<Vec<_>>();
        let folded = Verdicts::fold(&reviews);
        assert_eq!(shown(&folded.same), ["name:c mailto:a"]);
        assert_eq!(shown(&folded.different), ["mailto:b mailto:a"]);
    }
}
