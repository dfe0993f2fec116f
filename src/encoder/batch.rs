//! Texts of about one length together: what is padded is computed for nothing.

use super::EncodeError;
use super::tokens::Tokens;

/// Most tokens of a batch, padding among them.
const MOST_TOKENS: usize = 2048;
/// Most texts of a batch.
const MOST_TEXTS: usize = 64;

/// Makes something of every text, a batch at a time; the answers are in the order of the texts.
pub(super) fn each<O: Clone + Default>(
    texts: &[Tokens],
    make: impl Fn(&[&Tokens]) -> Result<Vec<O>, EncodeError>,
) -> Result<Vec<O>, EncodeError> {
    let lengths: Vec<usize> = texts.iter().map(|text| text.ids.len()).collect();
    let mut all = vec![O::default(); texts.len()];
    for places in by_length(&lengths) {
        let batch: Vec<&Tokens> = places.iter().filter_map(|at| texts.get(*at)).collect();
        for (at, one) in places.into_iter().zip(make(&batch)?) {
            if let Some(slot) = all.get_mut(at) {
                *slot = one;
            }
        }
    }
    Ok(all)
}

/// Parts texts of these lengths into batches, each a list of places, shortest first.
pub(crate) fn by_length(lengths: &[usize]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    let length = |at: &usize| lengths.get(*at).copied().unwrap_or_default();
    order.sort_by_key(length);
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for at in order {
        // The last of a batch is its longest.
        match batches.last_mut() {
            Some(batch) if batch.len() < MOST_TEXTS && (batch.len() + 1) * length(&at) <= MOST_TOKENS => batch.push(at),
            _ => batches.push(vec![at]),
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn short_texts_go_together() {
        let check = |lengths: &[usize], expected: &[&[usize]]| assert_eq!(by_length(lengths), expected);
        check(&[], &[]);
        check(&[9, 3, 5], &[&[1, 2, 0]]);
        check(&[2000, 3, 3000], &[&[1], &[0], &[2]]);
    }

    proptest! {
        #[test]
        fn every_text_is_in_one_batch(lengths in prop::collection::vec(1usize..600, 0..300)) {
            let batches = by_length(&lengths);
            let mut seen: Vec<usize> = batches.concat();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..lengths.len()).collect::<Vec<_>>());
            for batch in batches {
                let longest = batch.iter().map(|at| lengths[*at]).max().unwrap_or_default();
                prop_assert!(batch.len() == 1 || batch.len() * longest <= MOST_TOKENS);
            }
        }
    }
}
