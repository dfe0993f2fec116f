//! Check digits.

/// The value of each ASCII digit of a text; everything else is passed over.
pub(super) fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// Luhn's check, as cards have it.
pub(super) fn luhn(digits: &[u32]) -> bool {
    let doubled = |(place, digit): (usize, &u32)| match (place % 2, digit * 2) {
        (0, _) => *digit,
        (_, double) if double > 9 => double - 9,
        (_, double) => double,
    };
    !digits.is_empty() && digits.iter().rev().enumerate().map(doubled).sum::<u32>().is_multiple_of(10)
}

/// The remainder of a number, however long it is.
pub(super) fn modulo(digits: &[u32], divisor: u32) -> u32 {
    digits.iter().fold(0, |rest, digit| (rest * 10 + digit) % divisor)
}

/// The sum of digits, each times its weight.
pub(super) fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// Says whether all digits are the same, as in examples.
pub(super) fn is_repeated(digits: &[u32]) -> bool {
    digits.windows(2).all(|pair| matches!(pair, [a, b] if a == b))
}

/// Says whether two digits each can be a month and a day.
pub(super) fn is_day(month: u32, day: u32) -> bool {
    (1..=12).contains(&month) && (1..=31).contains(&day)
}

/// Two digits as a number.
pub(super) fn pair(digits: &[u32], at: usize) -> u32 {
    digits.get(at..at + 2).map_or(0, |pair| modulo(pair, 1_000))
}
