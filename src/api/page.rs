//! Pages by key: a cursor is the key of the last item, so that what comes in meanwhile neither repeats nor hides
//! anything.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::ApiError;

/// Items of a page when the caller does not say, and at most.
const USUAL: u32 = 50;
const MOST: u32 = 500;

/// Which page.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageRequest {
    /// Items of the page, 50 when not given.
    #[param(minimum = 1, maximum = 500)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    #[param(pattern = "^([0-9a-f]{2})+$")]
    pub cursor: Option<String>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The items.
    pub data: Vec<T>,
    /// The cursor of the next page; `null` on the last one.
    pub next: Option<String>,
}

impl PageRequest {
    /// How many items.
    pub fn limit(&self) -> Result<usize, ApiError> {
        let limit = self.limit.unwrap_or(USUAL);
        if (1..=MOST).contains(&limit) {
            Ok(limit as usize)
        } else {
            Err(ApiError::Invalid(format!("limit is {limit}: it must be 1 to {MOST}")))
        }
    }

    /// The number that the cursor stands for, where pages are read by number.
    pub fn number(&self) -> Result<Option<i64>, ApiError> {
        let read = |cursor: &String| {
            let bytes = decode(cursor)?;
            let eight: Vec<u8> = bytes.into_iter().chain([0; 8]).take(8).collect();
            Ok(eight.into_iter().fold(0, |number: i64, byte| number << 8 | i64::from(byte)))
        };
        self.cursor.as_ref().map(read).transpose()
    }

    /// The cursor of a number.
    pub fn cursor_of(number: i64) -> String {
        encode(&number.to_be_bytes())
    }

    /// Cuts the page out of `items`, which are sorted by `key`; `key` is a text that sorts as they do.
    pub fn of<T>(
        &self,
        items: &[T],
        key: impl Fn(&T) -> String,
    ) -> Result<(std::ops::Range<usize>, Option<String>), ApiError> {
        let limit = self.limit()?;
        let start = match &self.cursor {
            None => 0,
            Some(cursor) => {
                let last = decode(cursor)?;
                items.partition_point(|item| key(item).as_bytes() <= last.as_slice())
            }
        };
        let end = items.len().min(start + limit);
        let next = (end < items.len()).then(|| items.get(end - 1).map(|last| encode(key(last).as_bytes()))).flatten();
        Ok((start..end, next))
    }
}

/// A cursor is opaque: nobody should build on what is in it.
fn encode(key: &[u8]) -> String {
    key.iter().fold(String::with_capacity(2 * key.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn decode(cursor: &str) -> Result<Vec<u8>, ApiError> {
    let wrong = || ApiError::Invalid("the cursor is none that this service gave".to_owned());
    if cursor.is_empty() || !cursor.len().is_multiple_of(2) || !cursor.is_ascii() {
        return Err(wrong());
    }
    let bytes = (0..cursor.len()).step_by(2).map(|at| u8::from_str_radix(&cursor[at..at + 2], 16));
    bytes.collect::<Result<_, _>>().map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_cover_a_list_once() {
        let items: Vec<u32> = (0..23).collect();
        let key = |item: &u32| format!("{item:04}");
        let mut seen = Vec::new();
        let mut request = PageRequest { limit: Some(5), cursor: None };
        loop {
            let (range, next) = request.of(&items, key).unwrap();
            seen.extend_from_slice(&items[range]);
            match next {
                Some(cursor) => request.cursor = Some(cursor),
                None => break,
            }
        }
        assert_eq!(seen, items);
    }

    #[test]
    fn a_cursor_of_another_is_told() {
        let check = |cursor: &str| {
            let request = PageRequest { limit: None, cursor: Some(cursor.to_owned()) };
            assert!(request.of(&[1], u32::to_string).is_err(), "{cursor}");
        };
        ["", "x", "xx", "0", "é0"].into_iter().for_each(check);
        assert!(PageRequest { limit: Some(0), cursor: None }.limit().is_err());
        assert!(PageRequest { limit: Some(501), cursor: None }.limit().is_err());
    }
}
