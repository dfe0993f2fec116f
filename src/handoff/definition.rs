//! Handoff types as files: `queries/handoffs/<type>/handoff.toml` lists sections, their queries and line templates,
//! the required fields and who could know a missing one. A new type, section or line needs no Rust: a folder of the
//! user's own replaces any file of the same name, and `<type>/<section>.toml` one section of a type.

use std::collections::BTreeMap;
use std::path::Path;

use minijinja::Environment;
use serde::Deserialize;

use super::files::{self, File};
use super::{HandoffError, check};
use crate::queries::Catalogue;

/// All handoff types, their fields, queries and templates.
pub struct Definitions {
    types: BTreeMap<String, HandoffType>,
    fields: BTreeMap<String, Field>,
    pub(super) templates: Environment<'static>,
    pub(super) catalogue: Catalogue,
    files: BTreeMap<String, File>,
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
    /// What it is for, in a line.
    pub purpose: String,
    /// How far back `changes` look, in days; none when the document does not speak of changes.
    #[serde(default)]
    pub changes_days: Option<i64>,
    /// How far back its queries look that take `since`, in days.
    #[serde(default = "default_period")]
    pub period_days: i64,
    /// Sections, in order.
    #[serde(rename = "section", default)]
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

fn default_period() -> i64 {
    90
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
    /// Reads and checks all types, with the files of `folder` in place of those of the same name.
    pub fn load(folder: Option<&Path>) -> Result<Self, HandoffError> {
        let files = files::read(folder)?;
        let mut definitions = Self {
            types: BTreeMap::new(),
            fields: BTreeMap::new(),
            templates: super::lines::environment(),
            catalogue: Catalogue::load_below("handoffs", folder)?,
            files,
        };
        definitions.read_templates()?;
        definitions.read_types()?;
        check::definitions(&definitions)?;
        Ok(definitions)
    }

    fn read_templates(&mut self) -> Result<(), HandoffError> {
        for (name, file) in &self.files {
            let Some(name) = name.strip_suffix(".j2") else { continue };
            let added = self.templates.add_template_owned(name.to_owned(), file.text.clone());
            added.map_err(|error| HandoffError::Definition {
                file: file.path.clone(),
                line: error.line().unwrap_or(1),
                problem: error.to_string(),
            })?;
        }
        Ok(())
    }

    /// Types first, then the sections that stand in files of their own.
    fn read_types(&mut self) -> Result<(), HandoffError> {
        if let Some(file) = self.files.get("fields.toml") {
            self.fields = parsed(file)?;
        }
        let in_folder =
            |name: &str| name.strip_suffix(".toml")?.split_once('/').map(|(a, b)| (a.to_owned(), b.to_owned()));
        for (name, file) in &self.files {
            if let Some((folder, "handoff")) = in_folder(name).as_ref().map(|(a, b)| (a, b.as_str())) {
                let mut kind: HandoffType = parsed(file)?;
                folder.clone_into(&mut kind.name);
                self.types.insert(kind.name.clone(), kind);
            }
        }
        for (name, file) in &self.files {
            let Some((folder, stem)) = in_folder(name).filter(|(_, stem)| stem != "handoff") else { continue };
            let section: Section = parsed(file)?;
            let Some(kind) = self.types.get_mut(&folder) else {
                let problem = format!("is a section of {folder}, which has no handoff.toml");
                return Err(HandoffError::Definition { file: file.path.clone(), line: 1, problem });
            };
            if section.id != stem {
                let problem = format!("holds the section {}, so it must be named {0}.toml", section.id);
                return Err(file.wrong(&section.id, problem));
            }
            match kind.sections.iter_mut().find(|known| known.id == section.id) {
                Some(known) => *known = section,
                None => kind.sections.push(section),
            }
        }
        Ok(())
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

    /// The question that a field answers, in words for a person.
    pub fn label(&self, field: &str) -> String {
        self.field(field).map_or_else(|| field.replace('_', " "), |field| field.label.clone())
    }

    /// The field of that name; [`Definitions::load`] has checked that it is there.
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }

    /// The fields, by name.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&String, &Field)> {
        self.fields.iter()
    }

    /// The Typst source of that name below `queries/handoffs/`.
    pub(super) fn source(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(|file| file.text.as_str())
    }

    /// The file of that name below `queries/handoffs/`.
    pub(super) fn file(&self, name: &str) -> Option<&File> {
        self.files.get(name)
    }

    /// The file in which a section of a type stands.
    pub(super) fn file_of(&self, kind: &HandoffType, section: &Section) -> Option<&File> {
        let own = self.files.get(&format!("{}/{}.toml", kind.name, section.id));
        own.or_else(|| self.files.get(&format!("{}/handoff.toml", kind.name)))
    }
}

fn parsed<T: serde::de::DeserializeOwned>(file: &File) -> Result<T, HandoffError> {
    toml::from_str(&file.text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let line = file.text.get(..start).unwrap_or_default().matches('\n').count() + 1;
        HandoffError::Definition { file: file.path.clone(), line, problem: error.message().to_owned() }
    })
}

/// Name of the template of a line.
pub(super) fn line_template(line: &str) -> String {
    format!("lines/{line}")
}
