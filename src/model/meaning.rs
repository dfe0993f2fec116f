//! What a text says as a point among others: texts that say the same lie near each other. Kept small, a signed byte for
//! each of 384 numbers. It is kept with findings and shown nowhere.

use std::fmt;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Numbers of a vector.
const SIZE: usize = 384;

/// The meaning of a text.
#[derive(Clone, PartialEq)]
pub struct Meaning(Box<Quantised>);

/// Numbers of -127 to 127, the largest of which is 127 or -127, and the length of them all.
#[derive(Clone, Debug, PartialEq)]
struct Quantised {
    length: f32,
    numbers: [i8; SIZE],
}

impl Meaning {
    /// The meaning that a vector stands for; `None` for one of another size, or that points nowhere.
    pub fn of(vector: &[f32]) -> Option<Self> {
        let largest = vector.iter().fold(0.0f32, |most, number| most.max(number.abs()));
        if vector.len() != SIZE || !largest.is_finite() || largest <= 0.0 {
            return None;
        }
        // The angle alone counts, so each vector may use all of a byte's range.
        let numbers: Vec<i8> = vector.iter().map(|number| (number / largest * 127.0).round() as i8).collect();
        Self::from_numbers(&numbers)
    }

    fn from_numbers(numbers: &[i8]) -> Option<Self> {
        let numbers = <[i8; SIZE]>::try_from(numbers).ok()?;
        let length = (product(&numbers, &numbers) as f32).sqrt();
        (length > 0.0).then(|| Self(Box::new(Quantised { length, numbers })))
    }

    /// How near both lie, -1 to 1: 1 for the same meaning.
    pub fn cosine(&self, other: &Self) -> f32 {
        let (own, other) = (&*self.0, &*other.0);
        (product(&own.numbers, &other.numbers) as f32 / (own.length * other.length)).clamp(-1.0, 1.0)
    }
}

fn product(a: &[i8; SIZE], b: &[i8; SIZE]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

impl fmt::Debug for Meaning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Meaning({:?}, …)", &self.0.numbers[..4])
    }
}

impl Serialize for Meaning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes: Vec<u8> = self.0.numbers.iter().map(|number| number.cast_unsigned()).collect();
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for Meaning {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(Bytes)
    }
}

/// Reads the bytes of a meaning, also where a form writes them as a list.
struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = Meaning;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{SIZE} bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Meaning, E> {
        let numbers: Vec<i8> = bytes.iter().map(|byte| byte.cast_signed()).collect();
        Meaning::from_numbers(&numbers).ok_or_else(|| E::invalid_length(bytes.len(), &self))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Meaning, A::Error> {
        let mut bytes = Vec::with_capacity(SIZE);
        while let Some(byte) = list.next_element::<u8>()? {
            bytes.push(byte);
        }
        self.visit_bytes(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(a: &[f32], b: &[f32]) -> f32 {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    }

    #[test]
    fn what_is_no_meaning_is_none() {
        assert!(Meaning::of(&[]).is_none());
        assert!(Meaning::of(&[0.0; SIZE]).is_none());
        assert!(Meaning::of(&[f32::NAN; SIZE]).is_none());
        assert!(Meaning::of(&[0.1; SIZE - 1]).is_none());
        assert!(Meaning::of(&[0.1; SIZE]).is_some());
    }

    proptest! {
        #[test]
        fn little_is_lost(a in prop::collection::vec(-1.0f32..1.0, SIZE), b in prop::collection::vec(-1.0f32..1.0, SIZE),
            share in 0.0f32..1.0) {
            // A second vector that lies anywhere between far from the first and near it.
            let b: Vec<f32> = a.iter().zip(&b).map(|(a, b)| share * a + (1.0 - share) * b).collect();
            let (one, other) = (Meaning::of(&a).unwrap(), Meaning::of(&b).unwrap());
            prop_assert!((one.cosine(&other) - exact(&a, &b)).abs() < 0.01);
            prop_assert!((one.cosine(&one) - 1.0).abs() < 1e-5);
            let bytes = postcard::to_stdvec(&one).unwrap();
            prop_assert!(bytes.len() < SIZE + 4);
            prop_assert_eq!(&postcard::from_bytes::<Meaning>(&bytes).unwrap(), &one);
            let text = serde_json::to_string(&one).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Meaning>(&text).unwrap(), &one);
        }
    }
}
