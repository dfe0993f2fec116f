//! What is checked when handoff types are read, so that a slip in a file is told at the start and not in a document.

use std::collections::BTreeSet;

use minijinja::{Environment, ErrorKind, UndefinedBehavior};
use serde_json::json;

use super::compose::PARAMETERS;
use super::definition::{HandoffType, Part, Section, Source, line_template};
use super::files::File;
use super::{Definitions, HandoffError, lines};

/// Checks that everything that a type, a section or a field names is there, and that queries and templates ask for
/// nothing that documents do not have.
pub(super) fn definitions(definitions: &Definitions) -> Result<(), HandoffError> {
    for kind in definitions.types() {
        for section in &kind.sections {
            if let Some(file) = definitions.file_of(kind, section) {
                check_section(definitions, file, (kind, section))?;
            }
        }
    }
    if let Some(file) = definitions.file("fields.toml") {
        for (name, field) in definitions.fields() {
            check_query(definitions, file, &field.answered)?;
            lines::inline(&definitions.templates, &field.ask, &lines::value(json!({ "people": {} })))
                .map_err(|error| file.wrong(&field.ask, format!("field {name}: {error}")))?;
        }
    }
    check_templates(definitions)
}

fn check_section(
    definitions: &Definitions,
    file: &File,
    (kind, section): (&HandoffType, &Section),
) -> Result<(), HandoffError> {
    let wrong = |word: &str, problem: &str| file.wrong(word, format!("section {} {problem}", section.id));
    if kind.sections.iter().filter(|other| other.id == section.id).count() > 1 {
        return Err(wrong(&section.id, "stands there twice"));
    }
    if let Some(name) = section.fields.iter().find(|name| definitions.field(name).is_none()) {
        return Err(wrong(name, &format!("requires {name}, which fields.toml does not have")));
    }
    for Part { source, line, .. } in &section.parts {
        if definitions.templates.get_template(&line_template(line)).is_err() {
            return Err(wrong(line, &format!("names the line {line}, but there is no lines/{line}.j2")));
        }
        if let Source::Query(query) = source {
            check_query(definitions, file, query)?;
        }
    }
    Ok(())
}

fn check_query(definitions: &Definitions, file: &File, name: &str) -> Result<(), HandoffError> {
    let Ok(query) = definitions.catalogue.query(&format!("handoffs/{name}")) else {
        return Err(file.wrong(name, format!("names the query {name}, but there is no {name}.rq")));
    };
    match query.params().iter().find(|param| !PARAMETERS.contains(&(param.name.as_str(), param.kind))) {
        None => Ok(()),
        Some(param) => {
            let known: Vec<String> = PARAMETERS.iter().map(|(name, kind)| format!("{name} {kind}")).collect();
            let problem = format!("the query {name} takes {} {}", param.name, param.kind);
            Err(file.wrong(name, format!("{problem}; documents have {}", known.join(", "))))
        }
    }
}

/// Renders every template without values: that finds names of filters, functions and tests that are not there.
fn check_templates(definitions: &Definitions) -> Result<(), HandoffError> {
    let mut templates = definitions.templates.clone();
    templates.set_undefined_behavior(UndefinedBehavior::Chainable);
    let names: BTreeSet<&str> = templates.templates().map(|(name, _)| name).collect();
    for name in names {
        if let Err(error) = dry(&templates, name)
            && let Some(file) = definitions.file(&format!("{name}.j2"))
        {
            let line = error.line().unwrap_or(1);
            return Err(HandoffError::Definition { file: file.path.clone(), line, problem: error.to_string() });
        }
    }
    Ok(())
}

fn dry(templates: &Environment<'_>, name: &str) -> Result<(), minijinja::Error> {
    match templates.get_template(name)?.render(minijinja::context! {}) {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::UnknownFilter
                    | ErrorKind::UnknownFunction
                    | ErrorKind::UnknownTest
                    | ErrorKind::UnknownMethod
                    | ErrorKind::TemplateNotFound
            ) =>
        {
            Err(error)
        }
        // What misses its values says nothing about the template.
        Ok(_) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_with_file_and_line() {
        let check = |file: &str, text: &str, expected: &str| {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, text).unwrap();
            let found = Definitions::load(Some(folder.path())).err().map(|error| error.to_string()).unwrap_or_default();
            let expected = expected.replace("FILE", &path.display().to_string());
            assert!(found.starts_with(&expected), "{found:?} does not start with {expected:?}");
        };
        let section = "id = \"mine\"\ntitle = \"Mine\"\n";
        let in_renewal = "monthly-summary/mine.toml";
        check(in_renewal, section, "");
        check(in_renewal, "id = \"mine\"\ntitle = 3\n", "FILE:2: invalid type");
        check(in_renewal, "id = \"other\"\ntitle = \"Mine\"\n", "FILE:1: holds the section other");
        check(in_renewal, &format!("{section}fields = [\"x\"]"), "FILE:3: section mine requires x");
        let part = |query: &str, line: &str| format!("{section}[[part]]\nquery = \"{query}\"\nline = \"{line}\"\n");
        check(in_renewal, &part("facts/risks", "nothing"), "FILE:5: section mine names the line nothing");
        check(in_renewal, &part("facts/nothing", "statement"), "FILE:4: names the query facts/nothing");
        check("lines/statement.j2", "a\n{{ fact.statement | shout }}", "FILE:2: unknown filter");
        check("lines/statement.j2", "a\n{% if %}", "FILE:2: syntax error");
        check("facts/risks.rq", "#+ summary: a\n#+ params: none\n#+ used-by: b\nSELECT * { ?s ?p }", "FILE:4:");
        let taking = "#+ summary: a\n#+ params: x iri\n#+ used-by: b\nSELECT ?x { ?x ?p ?o }";
        check("facts/risks.rq", taking, "queries/handoffs/");
        check("nothing/mine.toml", section, "FILE:1: is a section of nothing");
    }
}
