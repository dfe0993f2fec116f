//! Shapes of JSON: which fields must be there and what they hold. Further fields are allowed.

use serde_json::Value;

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Text,
    Number,
    /// 0 or more, without fraction.
    Count,
    /// RFC 3339 in UTC.
    Time,
    /// `YYYY-MM-DD`.
    Date,
    Iri,
    OneOf(&'static [&'static str]),
    Null,
    Maybe(Box<Shape>),
    List(Box<Shape>),
    /// Any keys, all values of one shape.
    Map(Box<Shape>),
    Object(Vec<(&'static str, Shape)>),
    Any,
}

pub(crate) fn maybe(shape: Shape) -> Shape {
    Shape::Maybe(Box::new(shape))
}

pub(crate) fn list(shape: Shape) -> Shape {
    Shape::List(Box::new(shape))
}

/// Fails with the path of the first value that has another shape.
pub(crate) fn assert_shape(value: &Value, shape: &Shape) {
    if let Err(error) = check(value, shape, "$") {
        panic!("{error}\nin {value}");
    }
}

fn check(value: &Value, shape: &Shape, at: &str) -> Result<(), String> {
    let text = value.as_str();
    let fits = match shape {
        Shape::Any => true,
        Shape::Text => text.is_some(),
        Shape::Number => value.is_number(),
        Shape::Count => value.is_u64(),
        Shape::Null => value.is_null(),
        Shape::Time => text.is_some_and(|text| text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok()),
        Shape::Date => text.is_some_and(|text| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()),
        Shape::Iri => text.is_some_and(|text| text.starts_with("urn:baton:")),
        Shape::OneOf(names) => text.is_some_and(|text| names.contains(&text)),
        Shape::Maybe(shape) => return if value.is_null() { Ok(()) } else { check(value, shape, at) },
        Shape::List(shape) => {
            let values = value.as_array().ok_or(format!("{at} is no list"))?;
            return values
                .iter()
                .enumerate()
                .try_for_each(|(number, value)| check(value, shape, &format!("{at}[{number}]")));
        }
        Shape::Map(shape) => {
            let values = value.as_object().ok_or(format!("{at} is no object"))?;
            return values.iter().try_for_each(|(name, value)| check(value, shape, &format!("{at}.{name}")));
        }
        Shape::Object(fields) => {
            let values = value.as_object().ok_or(format!("{at} is no object"))?;
            return fields.iter().try_for_each(|(name, shape)| {
                let value = values.get(*name).ok_or(format!("{at}.{name} is missing"))?;
                check(value, shape, &format!("{at}.{name}"))
            });
        }
    };
    if fits { Ok(()) } else { Err(format!("{at} is not {shape:?}: {value}")) }
}
