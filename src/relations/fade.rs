//! How what was said fades with time.
//!
//! Fading is exponential, so the time that it is judged at changes all weights by one factor, and no measure depends on
//! that factor. Weights are therefore kept against a base that is a whole number of half-lives from the epoch: against
//! another base they differ by an exact power of two, and every sum and measure of them is the same to the last bit.

use jiff::Timestamp;

/// After so many days an interaction counts half.
pub const HALF_LIFE_DAYS: f64 = 90.0;
/// What is older than so many half-lives (two and a half centuries) fades no further, so that no weight is ever zero.
const LONGEST_FADE: f64 = 1_000.0;
const SECONDS_A_DAY: f64 = 86_400.0;

/// The base that weights are kept against, in half-lives since the epoch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Base(f64);

impl Base {
    /// A base for times until `latest`: none of their weights is above two.
    pub(super) fn at(latest: Timestamp) -> Self {
        Self(half_lives(latest).floor())
    }

    /// The weight of an interaction.
    pub(super) fn weight(self, at: Timestamp) -> f64 {
        let age = half_lives(at);
        let whole = age.floor();
        (age - whole).exp2() * (whole - self.0).max(-LONGEST_FADE).exp2()
    }

    /// The factor that turns weights into what is left of them at `as_of`.
    pub(super) fn scale(self, as_of: Timestamp) -> f64 {
        (self.0 - half_lives(as_of)).clamp(-LONGEST_FADE, 1.0).exp2()
    }
}

/// Half-lives since the epoch.
fn half_lives(at: Timestamp) -> f64 {
    (at.as_second() as f64 + f64::from(at.subsec_nanosecond()) * 1e-9) / SECONDS_A_DAY / HALF_LIFE_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_every_ninety_days() {
        let check = |at: &str, as_of: &str, expected: f64| {
            let (at, as_of): (Timestamp, Timestamp) = (at.parse().unwrap(), as_of.parse().unwrap());
            let base = Base::at(as_of);
            let found = base.weight(at) * base.scale(as_of);
            assert!((found - expected).abs() < 1e-9, "{at} at {as_of}: {found}");
        };
        check("2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z", 1.0);
        check("2025-12-01T00:00:00Z", "2026-03-01T00:00:00Z", 0.5);
        check("2025-09-02T00:00:00Z", "2026-03-01T00:00:00Z", 0.25);
        check("1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z", 0.0);
    }

    #[test]
    fn another_base_changes_no_bit_of_a_weight() {
        let at: Timestamp = "2025-11-17T09:41:23.5Z".parse().unwrap();
        let (early, late) = (Base::at(at), Base::at("2031-01-01T00:00:00Z".parse().unwrap()));
        let ratio = early.weight(at) / late.weight(at);
        assert_eq!(ratio.to_bits(), (late.0 - early.0).exp2().to_bits());
        assert!(late.weight(Timestamp::MIN) > 0.0 && late.scale(Timestamp::MAX) > 0.0);
    }
}
