//! Statements of the graph before they become quads of the store: light, borrowed from the view, hashable.

use std::{borrow::Cow, hash::Hasher, sync::Arc};

use jiff::{Timestamp, civil::Date};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad, Term};
use rustc_hash::FxHasher;

use crate::vocab;

/// The IRI of a subject, shared by its statements.
pub(super) type Subject = Arc<str>;

/// The object of a statement.
#[derive(Debug)]
pub(super) enum Value<'a> {
    /// A resource.
    Iri(Cow<'a, str>),
    /// A string.
    Text(Cow<'a, str>),
    /// A value of a data type, in its canonical spelling.
    Typed(String, &'static str),
}

/// One statement.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    subject: Subject,
    predicate: &'static str,
    value: Value<'a>,
}

impl Statement<'_> {
    /// The statement as a quad of `graph`.
    pub(super) fn quad(&self, graph: &NamedNode) -> Quad {
        let object: Term = match &self.value {
            Value::Iri(iri) => NamedNode::new_unchecked(iri.as_ref()).into(),
            Value::Text(text) => Literal::new_simple_literal(text.as_ref()).into(),
            Value::Typed(text, datatype) => {
                Literal::new_typed_literal(text.as_str(), NamedNodeRef::new_unchecked(datatype)).into()
            }
        };
        let subject = NamedNode::new_unchecked(self.subject.as_ref());
        Quad::new(subject, NamedNode::new_unchecked(self.predicate), object, graph.clone())
    }
}

/// Everything that is said of one top-level subject and of the nodes it owns.
#[derive(Debug, Default)]
pub(super) struct Sheet<'a> {
    /// The statements, in the order of the encoder.
    pub(super) statements: Vec<Statement<'a>>,
}

impl<'a> Sheet<'a> {
    fn push(&mut self, subject: &Subject, predicate: &'static str, value: Value<'a>) {
        self.statements.push(Statement { subject: Arc::clone(subject), predicate, value });
    }

    /// Says which class the subject is of.
    pub(super) fn class(&mut self, subject: &Subject, class: &'static str) {
        self.push(subject, vocab::TYPE, Value::Iri(Cow::Borrowed(class)));
    }

    /// Points at another resource.
    pub(super) fn iri(&mut self, subject: &Subject, predicate: &'static str, iri: impl Into<Cow<'a, str>>) {
        self.push(subject, predicate, Value::Iri(iri.into()));
    }

    /// States a string.
    pub(super) fn text(&mut self, subject: &Subject, predicate: &'static str, text: impl Into<Cow<'a, str>>) {
        self.push(subject, predicate, Value::Text(text.into()));
    }

    /// States a string where there is one.
    pub(super) fn some_text(&mut self, subject: &Subject, predicate: &'static str, text: Option<&'a str>) {
        if let Some(text) = text {
            self.text(subject, predicate, text);
        }
    }

    /// States a time. Years that `xsd:dateTime` spells otherwise than we do are kept as strings.
    pub(super) fn time(&mut self, subject: &Subject, predicate: &'static str, at: Timestamp) {
        let text = at.to_string();
        let value = if text.starts_with('-') {
            Value::Text(Cow::Owned(text))
        } else {
            Value::Typed(text, vocab::XSD_DATE_TIME)
        };
        self.push(subject, predicate, value);
    }

    /// States a time where there is one.
    pub(super) fn some_time(&mut self, subject: &Subject, predicate: &'static str, at: Option<Timestamp>) {
        if let Some(at) = at {
            self.time(subject, predicate, at);
        }
    }

    /// States a day where there is one.
    pub(super) fn some_date(&mut self, subject: &Subject, predicate: &'static str, date: Option<Date>) {
        let Some(date) = date else { return };
        let text = date.to_string();
        let value =
            if text.starts_with('-') { Value::Text(Cow::Owned(text)) } else { Value::Typed(text, vocab::XSD_DATE) };
        self.push(subject, predicate, value);
    }

    /// States a number of 32 bits; its shortest spelling brings back the same bits.
    pub(super) fn float(&mut self, subject: &Subject, predicate: &'static str, value: f32) {
        self.push(subject, predicate, Value::Typed(value.to_string(), vocab::XSD_FLOAT));
    }

    /// States a number where there is one.
    pub(super) fn some_float(&mut self, subject: &Subject, predicate: &'static str, value: Option<f32>) {
        if let Some(value) = value {
            self.float(subject, predicate, value);
        }
    }

    /// States a number of 64 bits.
    pub(super) fn double(&mut self, subject: &Subject, predicate: &'static str, value: f64) {
        self.push(subject, predicate, Value::Typed(value.to_string(), vocab::XSD_DOUBLE));
    }

    /// States a whole number.
    pub(super) fn integer(&mut self, subject: &Subject, predicate: &'static str, value: u32) {
        self.push(subject, predicate, Value::Typed(value.to_string(), vocab::XSD_INTEGER));
    }

    /// States that something is true.
    pub(super) fn holds(&mut self, subject: &Subject, predicate: &'static str) {
        self.push(subject, predicate, Value::Typed("true".to_owned(), vocab::XSD_BOOLEAN));
    }

    /// States the members of a list, and their order where it is not that of their names.
    pub(super) fn list(
        &mut self,
        subject: &Subject,
        (key, predicate): (&str, &'static str),
        members: impl IntoIterator<Item = &'a str>,
    ) {
        let members: Vec<&'a str> = members.into_iter().collect();
        for &member in &members {
            self.text(subject, predicate, member);
        }
        let mut sorted = members.clone();
        sorted.sort_unstable();
        if members != sorted {
            let places: Vec<String> =
                members.iter().map(|member| sorted.binary_search(member).unwrap_or_default().to_string()).collect();
            self.text(subject, vocab::ORDER, format!("{key}={}", places.join(",")));
        }
    }

    /// A short digest of all statements: equal content has an equal digest on every machine.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = FxHasher::default();
        let mut part = |mark: u8, text: &str| {
            hasher.write_u64(u64::from(mark) | (text.len() as u64) << 8);
            hasher.write(text.as_bytes());
        };
        for statement in &self.statements {
            part(0, &statement.subject);
            part(1, statement.predicate);
            match &statement.value {
                Value::Iri(iri) => part(2, iri),
                Value::Text(text) => part(3, text),
                Value::Typed(text, datatype) => {
                    part(4, text);
                    part(5, datatype);
                }
            }
        }
        hasher.finish()
    }
}
