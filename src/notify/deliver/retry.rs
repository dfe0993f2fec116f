//! What becomes of a delivery after an attempt: the schedule of the Standard Webhooks specification.

use jiff::{SignedDuration, Timestamp};

use super::client::Answer;
use crate::archive::Verdict;

/// Pauses after the first, second, … attempt that failed. After the one that follows the last of them it is given up.
const PAUSES: [SignedDuration; 9] = [
    SignedDuration::from_secs(5),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
    SignedDuration::from_hours(14),
    SignedDuration::from_hours(20),
    SignedDuration::from_hours(24),
];
/// Pauses are longer by up to this share, so that what failed at once does not come again at once.
const JITTER: f64 = 0.2;
/// A receiver cannot ask for a longer pause.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(24);

/// Judges an attempt after `before` others; `spread` is a number of 0 to 1 of this delivery's own.
pub(super) fn verdict(before: u32, answer: &Answer, now: Timestamp, spread: f64) -> Verdict {
    let asked = match answer {
        Answer::Status { code: 200..=299, .. } => return Verdict::Delivered,
        Answer::Status { code: 410, .. } => return Verdict::Gone,
        Answer::Status { retry_at, .. } => *retry_at,
        Answer::Failed(_) => None,
    };
    let Some(pause) = PAUSES.get(before as usize) else { return Verdict::Dead };
    let next = now + pause.mul_f64(1.0 + JITTER * spread);
    Verdict::RetryAt(asked.map_or(next, |asked| asked.min(now + LONGEST_PAUSE).max(next)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn pauses_grow_until_it_is_given_up() {
        let status = |code: u16| Answer::Status { code, retry_at: None, text: String::new() };
        let check = |before: u32, answer: Answer, spread: f64, expected: &str| {
            let told = match verdict(before, &answer, NOW, spread) {
                Verdict::RetryAt(at) => format!("{} s", at.as_second()),
                other => format!("{other:?}"),
            };
            assert_eq!(told, expected, "{answer:?} after {before}");
        };
        let fails = || Answer::Failed("no answer".to_owned());
        for code in [200, 202, 204, 299] {
            check(0, status(code), 0.0, "Delivered");
        }
        for code in [100, 199, 300, 301, 302, 307, 308, 400, 401, 404, 409, 422, 429, 500, 503] {
            check(0, status(code), 0.0, "5 s");
        }
        check(3, status(410), 0.0, "Gone");
        let pauses = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
        for (before, pause) in pauses.into_iter().enumerate() {
            check(before as u32, fails(), 0.0, &format!("{pause} s"));
        }
        check(9, fails(), 0.0, "Dead");
        check(1, fails(), 1.0, "360 s");
        check(1, fails(), 0.5, "330 s");
        let asks = |seconds: i64| Answer::Status {
            code: 429,
            retry_at: Some(NOW + SignedDuration::from_secs(seconds)),
            text: String::new(),
        };
        check(0, asks(60), 0.0, "60 s");
        check(1, asks(60), 0.0, "300 s");
        check(0, asks(900_000), 0.0, "86400 s");
        check(0, asks(-60), 0.0, "5 s");
        check(9, asks(60), 0.0, "Dead");
    }
}
