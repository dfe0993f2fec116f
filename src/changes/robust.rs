//! Robust statistics: medians and their spread, which one odd value does not move.

/// The median absolute deviation of a normal distribution is this part of its standard deviation.
const MAD_TO_SIGMA: f64 = 1.4826;

/// The median; `None` of nothing.
pub(crate) fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        n if n % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// The spread of values around their median, in the unit of a standard deviation.
pub(crate) fn spread(values: &[f64]) -> Option<f64> {
    let centre = median(values)?;
    let deviations: Vec<f64> = values.iter().map(|value| (value - centre).abs()).collect();
    median(&deviations).map(|mad| mad * MAD_TO_SIGMA)
}

/// Mean and standard deviation; `None` of nothing.
pub(crate) fn mean(values: &[f64]) -> Option<(f64, f64)> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count;
    (!values.is_empty()).then(|| (mean, variance.sqrt()))
}

/// The median of the slopes between every two of equally spaced values; `None` of fewer than two.
pub(crate) fn slope(values: &[f64]) -> Option<f64> {
    let later = |(at, value): (usize, &f64)| {
        let value = *value;
        values.iter().enumerate().skip(at + 1).map(move |(then, other)| (other - value) / (then - at) as f64)
    };
    median(&values.iter().enumerate().flat_map(later).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignores_one_odd_value() {
        let check = |values: &[f64], expected: Option<(f64, f64)>| {
            assert_eq!(median(values).zip(spread(values)), expected, "{values:?}");
        };
        check(&[], None);
        check(&[3.0], Some((3.0, 0.0)));
        check(&[1.0, 2.0, 3.0, 4.0, 1000.0], Some((3.0, MAD_TO_SIGMA)));
        check(&[1.0, 2.0], Some((1.5, 0.5 * MAD_TO_SIGMA)));
        assert_eq!(slope(&[1.0, 2.0, 90.0, 4.0, 5.0, 6.0, 7.0]), Some(1.0));
        assert_eq!(slope(&[1.0]), None);
        assert_eq!((mean(&[]), mean(&[1.0, 3.0])), (None, Some((2.0, 1.0))));
    }
}
