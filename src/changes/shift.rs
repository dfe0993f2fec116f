//! Shifts of a noisy level, found step by step: sharp ones soon, gradual ones once they have gone far enough.
//!
//! A two-sided cumulative sum (E. S. Page, "Continuous inspection schemes", Biometrika 41, 1954) over how far each step
//! lies from the level before it, in units of a robust spread (median and median absolute deviation; F. R. Hampel, 1974),
//! each step cut off at a few spreads (P. J. Huber, 1964) so that one odd step alone is never an alarm. Where the sum began
//! is when the shift began. What was found of a beginning of the steps stays so however many follow: that is what lets
//! a change be told in one period and in no other. Known crates look at the whole series at once and have no such order.

use super::robust::{mean, median, spread};

/// One step of a series.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// What was measured.
    pub(super) value: f64,
    /// A spread smaller than this is not believed.
    pub(super) least_spread: f64,
    /// What the season makes of the level: lowest and highest share of it that say nothing.
    pub(super) season: (f64, f64),
}

/// How a level and its noise are read from values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Centre {
    /// Median and median absolute deviation: of values that can be anything.
    Median,
    /// Mean and standard deviation: of values between bounds, whose median jumps where half of them are alike.
    Mean,
}

/// When a series counts as shifted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// How levels are read.
    pub(super) centre: Centre,
    /// Spreads of deviation that each step may have for nothing.
    pub(super) allowance: f64,
    /// The sum, in spreads, that is an alarm.
    pub(super) alarm: f64,
    /// A step counts for at most this many spreads.
    pub(super) cut: f64,
    /// Steps that make a level.
    pub(super) least_past: usize,
    /// The level is that of so many steps, the latest.
    pub(super) longest_past: usize,
    /// Steps that a new level needs.
    pub(super) least_recent: usize,
    /// The new level is that of so many steps, the latest.
    pub(super) longest_recent: usize,
    /// A spread smaller than this share of the level is not believed.
    pub(super) least_noise: f64,
}

/// A shift from one level to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shift {
    /// The step with which it began.
    pub(super) onset: usize,
    /// The step with which it was established.
    pub(super) at: usize,
    /// The level before.
    pub(super) before: f64,
    /// The level when it was established.
    pub(super) after: f64,
}

impl Shift {
    /// Says whether the level went down.
    pub(super) fn is_fall(&self) -> bool {
        self.after < self.before
    }
}

impl Centre {
    /// The level of values and their spread; `None` of nothing.
    fn of(self, values: &[f64]) -> Option<(f64, f64)> {
        match self {
            Self::Median => median(values).zip(spread(values)),
            Self::Mean => mean(values),
        }
    }
}

/// A sum of deviations in one direction and the step with which it began.
#[derive(Clone, Copy)]
struct Sum {
    sign: f64,
    value: f64,
    onset: usize,
}

/// The shifts of a series, in order; `is_large` says whether a change from one level to another matters.
pub(super) fn shifts(steps: &[Step], rules: &Rules, is_large: impl Fn(&Shift) -> bool) -> Vec<Shift> {
    let mut found = Vec::new();
    let begin = |at: usize| [-1.0, 1.0].map(|sign| Sum { sign, value: 0.0, onset: at });
    // The level that the series left last begins here.
    let mut start = 0;
    let mut sums = begin(0);
    for at in 0..steps.len() {
        let told = sums.each_mut().map(|sum| advance(sum, steps, rules, (start, at)));
        if let Some(shift) = told.into_iter().flatten().find(&is_large) {
            start = shift.onset;
            sums = begin(at + 1);
            found.push(shift);
        }
    }
    found
}

/// Takes a step into a sum; answers the shift that the sum tells by now.
fn advance(sum: &mut Sum, steps: &[Step], rules: &Rules, (start, at): (usize, usize)) -> Option<Shift> {
    let step = steps[at];
    let is_usual = |step: &&Step| step.season == (1.0, 1.0);
    let mut past: Vec<f64> = steps[start..sum.onset].iter().filter(is_usual).map(|step| step.value).collect();
    past.drain(..past.len().saturating_sub(rules.longest_past));
    let level = rules.centre.of(&past).filter(|_| past.len() >= rules.least_past);
    let Some((before, noise)) = level else {
        sum.onset = at + 1;
        return None;
    };
    // The deviation of few values comes out too small: Croux and Rousseeuw, 1992.
    let noise = noise * (1.0 + 1.0 / past.len() as f64);
    let noise = noise.max(before.abs() * rules.least_noise).max(step.least_spread).max(f64::MIN_POSITIVE);
    let expected = if sum.sign < 0.0 { before * step.season.0 } else { before * step.season.1 };
    let beyond = (step.value - expected) * sum.sign;
    let within = (step.value - before) * sum.sign;
    // Between the level and what the season makes of it nothing is told.
    let deviation = if beyond > 0.0 { beyond } else { within.min(0.0) };
    sum.value = (sum.value + (deviation / noise).clamp(-rules.cut, rules.cut) - rules.allowance).max(0.0);
    if sum.value == 0.0 {
        sum.onset = at + 1;
        return None;
    }
    let recent: Vec<f64> = steps[sum.onset..=at].iter().map(|step| step.value).collect();
    if sum.value < rules.alarm || recent.len() < rules.least_recent {
        return None;
    }
    let (after, _) = rules.centre.of(&recent[recent.len().saturating_sub(rules.longest_recent)..])?;
    ((after - before) * sum.sign > 0.0).then_some(Shift { onset: sum.onset, at, before, after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULES: Rules = Rules {
        centre: Centre::Median,
        allowance: 0.75,
        alarm: 6.0,
        cut: 4.0,
        least_past: 6,
        longest_past: 26,
        least_recent: 2,
        longest_recent: 4,
        least_noise: 0.0,
    };

    fn found(values: &[f64]) -> Vec<Shift> {
        let step = |value: &f64| Step { value: *value, least_spread: 5.0, season: (1.0, 1.0) };
        let steps: Vec<Step> = values.iter().map(step).collect();
        shifts(&steps, &RULES, |shift| (shift.after - shift.before).abs() >= 0.2 * shift.before.abs())
    }

    #[test]
    fn levels_shift_and_noise_does_not() {
        let check = |tail: &[f64], expected: &[(usize, usize, bool)]| {
            let level = [100.0, 96.0, 104.0, 99.0, 102.0, 97.0, 101.0, 100.0];
            let values: Vec<f64> = level.iter().chain(tail).copied().collect();
            let told: Vec<_> = found(&values).iter().map(|s| (s.onset, s.at, s.is_fall())).collect();
            assert_eq!(told, expected, "{tail:?}");
        };
        check(&[], &[]);
        check(&[103.0, 95.0, 98.0], &[]);
        check(&[300.0, 101.0, 99.0, 100.0], &[]);
        check(&[40.0, 101.0, 99.0, 100.0], &[]);
        check(&[60.0, 62.0, 58.0], &[(8, 9, true)]);
        check(&[150.0, 148.0], &[(8, 9, false)]);
        check(&[98.0, 95.0, 91.0, 88.0, 84.0, 81.0, 78.0, 75.0, 72.0, 69.0], &[(9, 15, true)]);
        check(&[60.0, 62.0, 58.0, 61.0, 59.0, 60.0, 60.0, 101.0, 99.0], &[(8, 9, true), (15, 16, false)]);
    }

    proptest! {
        #[test]
        fn what_was_found_stays_found(values in prop::collection::vec(0.0f64..200.0, 0..60), cut in 0usize..60) {
            let whole = found(&values);
            let cut = cut.min(values.len());
            let of_beginning: Vec<Shift> = whole.into_iter().filter(|shift| shift.at < cut).collect();
            prop_assert_eq!(found(&values[..cut]), of_beginning);
        }
    }
}
