//! Handoff types as files: `queries/handoffs/<type>/handoff.toml` lists sections, their queries and line templates,
//! the required fields and who could know a missing one. A new type, section or line needs no Rust.

use std::collections::BTreeMap;

use minijinja::Environment;
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::HandoffError;

#[derive(RustEmbed)]
#[folder = "queries/handoffs/"]
#[include = "*.toml"]
#[include = "*.j2"]
#[include = "*.typ"]
struct Files;

/// All handoff types, their fields and templates.
pub struct Definitions {
    types: BTreeMap<String, HandoffType>,
    fields: BTreeMap<String, Field>,
    pub(super) templates: Environment<'static>,
    /// Typst sources, by file.
    sources: BTreeMap<String, String>,
}

/// A handoff type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandoffType {
    /// Name, which is the name of its folder.
    #[serde(skip)]
    pub name: String,
    /// Heading of the document.
    pub title: String,
    /// How far back `changes` look, in days; none when the document does not speak of changes.
    #[serde(default)]
    pub changes_days: Option<i64>,
    /// Sections, in order.
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
}

/// A section of a type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Name in the contract.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Fields that some source must answer.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Where its lines come from, in order.
    #[serde(rename = "part", default)]
    pub parts: Vec<Part>,
}

/// Where some lines of a section come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What gives the rows.
    #[serde(flatten)]
    pub source: Source,
    /// Template of one line, a file `lines/<name>.j2`.
    pub line: String,
    /// Heading within the section.
    #[serde(default)]
    pub group: Option<String>,
    /// At most so many lines; the rest is counted.
    #[serde(default = "default_limit")]
    pub limit: usize,
}

fn default_limit() -> usize {
    12
}

/// What gives the rows of a part.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A query of the catalogue, by its name below `handoffs/`.
    Query(String),
    /// What the document itself has gathered.
    From(Gathered),
}

/// What a document gathers while it is made.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gathered {
    /// Required fields that no source answers.
    Gaps,
    /// Changes of the period.
    Changes,
}

/// A field that a document may require.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    /// The question it answers, in words for a person.
    pub label: String,
    /// Who could know, as a template over the people of the account.
    pub ask: String,
    /// Query of the catalogue that says whether some source answers it, by its name below `handoffs/`.
    pub answered: String,
}

impl Definitions {
    /// Reads and checks all types.
    pub fn load() -> Result<Self, HandoffError> {
        let mut definitions = Self {
            types: BTreeMap::new(),
            fields: BTreeMap::new(),
            templates: super::lines::environment(),
            sources: BTreeMap::new(),
        };
        for name in Files::iter() {
            let text = Files::get(&name).map(|file| String::from_utf8_lossy(&file.data).into_owned());
            definitions.add(&name, text.unwrap_or_default())?;
        }
        definitions.check()?;
        Ok(definitions)
    }

    fn add(&mut self, file: &str, text: String) -> Result<(), HandoffError> {
        let wrong = |problem: String| HandoffError::Definition { file: file.to_owned(), problem };
        if let Some(name) = file.strip_suffix(".j2") {
            return self.templates.add_template_owned(name.to_owned(), text).map_err(|error| wrong(error.to_string()));
        }
        if file.strip_suffix(".typ").is_some() {
            self.sources.insert(file.to_owned(), text);
        } else if file == "fields.toml" {
            self.fields = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        } else if let Some(name) = file.strip_suffix("/handoff.toml") {
            let mut kind: HandoffType = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
            name.clone_into(&mut kind.name);
            self.types.insert(kind.name.clone(), kind);
        }
        Ok(())
    }

    /// Every field and line that a type names must be there.
    fn check(&self) -> Result<(), HandoffError> {
        for kind in self.types.values() {
            for section in &kind.sections {
                self.check_section(section).map_err(|problem| HandoffError::Definition {
                    file: format!("{}/handoff.toml", kind.name),
                    problem: format!("section {} {problem}", section.id),
                })?;
            }
        }
        Ok(())
    }

    fn check_section(&self, section: &Section) -> Result<(), String> {
        if let Some(name) = section.fields.iter().find(|name| !self.fields.contains_key(*name)) {
            return Err(format!("requires {name}, which fields.toml does not have"));
        }
        let is_there = |part: &Part| self.templates.get_template(&line_template(&part.line)).is_ok();
        match section.parts.iter().find(|part| !is_there(part)) {
            Some(part) => Err(format!("names the line {}, which is not there", part.line)),
            None => Ok(()),
        }
    }

    /// The type of that name.
    pub fn get(&self, name: &str) -> Result<&HandoffType, HandoffError> {
        self.types.get(name).ok_or_else(|| HandoffError::UnknownType {
            name: name.to_owned(),
            known: self.types.keys().cloned().collect::<Vec<_>>().join(", "),
        })
    }

    /// The types, by name.
    pub fn types(&self) -> impl Iterator<Item = &HandoffType> {
        self.types.values()
    }

    /// The Typst source of that name below `queries/handoffs/`.
    pub(super) fn source(&self, name: &str) -> Option<&str> {
        self.sources.get(name).map(String::as_str)
    }

    /// The field of that name; [`Definitions::load`] has checked that it is there.
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }
}

/// Name of the template of a line.
pub(super) fn line_template(line: &str) -> String {
    format!("lines/{line}")
}
