//! Annotators over tiny models: labels, places, thresholds, what they add, and what is said of what is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::read::{Found, Model};
use super::settings::{self, Setting};
use super::testing::{self, CLASSES, TAGS};
use crate::extract::Engine;
use crate::extract::embedded::EmbeddedEngine;
use crate::model::{Analysis, FactKind, Interaction, MentionKind};

const NAMES: &str = "[[annotator]]\nname = \"names\"\ntask = \"ner\"\narchitecture = \"bert\"\nfolder = \"names\"\n\
                     mentions = { PER = \"person\", ORG = \"organization\" }\n";
const CLASS: &str = "[[annotator]]\nname = \"mood\"\ntask = \"classification\"\narchitecture = \"bert\"\n\
                     folder = \"classes\"\n";
const ABOUT: &str = "[[annotator]]\nname = \"about\"\ntask = \"zero-shot\"\narchitecture = \"bert\"\n\
                     folder = \"entailing\"\nlabels = [\"pricing\", \"security\"]\n";

/// A folder with the three models.
fn models() -> TempDir {
    let folder = TempDir::new().unwrap();
    testing::write_names(&folder.path().join("names"));
    testing::write_classes(&folder.path().join("classes"));
    testing::write_entailing(&folder.path().join("entailing"));
    folder
}

fn setting(text: &str, folder: &Path) -> Setting {
    settings::parse(text, folder).unwrap().remove(0)
}

fn engine(folder: &Path, text: &str) -> Arc<dyn Engine> {
    let file = folder.join("annotators.toml");
    fs::write(&file, text).unwrap();
    super::with(Arc::new(EmbeddedEngine), &file).unwrap()
}

fn mail(text: &str) -> Interaction {
    let value = json!({
        "id": "mail:1", "account": "northwind", "kind": "email", "sent_at": "2026-01-12T09:30:00Z", "text": text,
        "participants": [{"role": "from", "name": "Priya Nair", "address": "priya.nair@northwind.example"},
                         {"role": "to", "name": "Sam Ortiz", "address": "sam@vendor.example"}],
    });
    serde_json::from_value(value).unwrap()
}

fn analyze(engine: &dyn Engine, text: &str) -> Analysis {
    engine.analyze(&[mail(text)]).remove(0).unwrap()
}

fn found(read: &[Found]) -> Vec<(&str, std::ops::Range<u32>)> {
    read.iter().map(|found| (found.label.as_str(), found.span.clone())).collect()
}

#[test]
fn names_stand_where_they_are_said() {
    let folder = models();
    let model = Model::load(&setting(NAMES, folder.path())).unwrap();
    let check = |text: &str, expected: &[(&str, &str)]| {
        let read = model.read(&[text.to_owned()]).remove(0).unwrap();
        let characters: Vec<char> = text.chars().collect();
        let words = |found: &Found| characters[found.span.start as usize..found.span.end as usize].iter().collect();
        let told: Vec<(&str, String)> = read.iter().map(|found| (found.label.as_str(), words(found))).collect();
        let expected: Vec<_> = expected.iter().map(|(label, words)| (*label, (*words).to_owned())).collect();
        assert_eq!(told, expected, "{text}");
    };
    check("We met Ida Stone at Acme Ltd.", &[("PER", "Ida Stone"), ("ORG", "Acme Ltd")]);
    check("Größe \u{1F642}\u{1F642}: the Zoë Stone, Ida and it.", &[("PER", "Zoë Stone"), ("PER", "Ida")]);
    check("\u{1F468}\u{200D}\u{1F469} Zoë", &[("PER", "Zoë")]);
    check("We met it.", &[]);
    check("", &[]);
}

#[test]
fn names_are_those_of_the_library() {
    use rust_bert::pipelines::common::{ModelResource, ModelType};
    use rust_bert::pipelines::ner::NERModel;
    use rust_bert::pipelines::token_classification::{LabelAggregationOption, TokenClassificationConfig};
    use rust_bert::resources::LocalResource;
    let folder = models();
    let file = |name: &str| LocalResource { local_path: folder.path().join("names").join(name) };
    let config = TokenClassificationConfig::new(
        ModelType::Bert,
        ModelResource::Torch(Box::new(file("rust_model.ot"))),
        file("config.json"),
        file("vocab.txt"),
        None,
        false,
        None,
        None,
        LabelAggregationOption::First,
    );
    let theirs = NERModel::new(config).unwrap();
    let text = "Größe \u{1F642}: the Ida Stone was at Acme Ltd and Ida met it.";
    let expected: Vec<_> = theirs
        .predict_full_entities(&[text])
        .remove(0)
        .into_iter()
        .map(|entity| (entity.label, entity.offset.begin..entity.offset.end))
        .collect();
    let own = Model::load(&setting(NAMES, folder.path())).unwrap().read(&[text.to_owned()]).remove(0).unwrap();
    assert_eq!(own.into_iter().map(|found| (found.label, found.span)).collect::<Vec<_>>(), expected);
    assert_eq!(expected.len(), 3);
}

#[test]
fn the_company_of_a_text_changes_nothing() {
    let folder = models();
    let texts: Vec<String> =
        ["it is broken", "thanks", "", "We met Ida Stone at the review and it was too high on price"]
            .into_iter()
            .cycle()
            .take(150)
            .map(str::to_owned)
            .chain([["login"; 300].join(" ")])
            .collect();
    for text in [NAMES, &format!("{CLASS}threshold = 0.0\n"), &format!("{ABOUT}threshold = 0.0\n")] {
        let model = Model::load(&setting(text, folder.path())).unwrap();
        let alone: Vec<_> =
            texts.iter().map(|text| model.read(std::slice::from_ref(text)).remove(0).unwrap()).collect();
        let together: Vec<_> = model.read(&texts).into_iter().map(Result::unwrap).collect();
        for ((alone, together), text) in alone.iter().zip(&together).zip(&texts) {
            assert_eq!(found(alone), found(together), "{text}");
            let near = alone.iter().zip(together).all(|(a, b)| (a.confidence - b.confidence).abs() < 0.0015);
            assert!(near, "{alone:?} {together:?}");
        }
    }
}

#[test]
fn labels_count_from_the_threshold_on() {
    let folder = models();
    let check = |line: &str, text: &str, expected: &[&str]| {
        let model = Model::load(&setting(&format!("{CLASS}{line}\n"), folder.path())).unwrap();
        let read = model.read(&[text.to_owned()]).remove(0).unwrap();
        assert_eq!(read.iter().map(|found| found.label.as_str()).collect::<Vec<_>>(), expected, "{line} {text}");
        assert!(read.iter().all(|found| found.span == (0..text.chars().count() as u32)));
    };
    check("", "it is broken again", &["complaint"]);
    check("", "thanks, it is great", &["praise"]);
    check("", "We met at the review", &["neutral"]);
    check("threshold = 0.0", "We met", &CLASSES);
    check("threshold = 0.0\nsigmoid = true", "We met", &CLASSES);
    let sum = |line: &str| {
        let model = Model::load(&setting(&format!("{CLASS}threshold = 0.0\n{line}"), folder.path())).unwrap();
        model.read(&["We met".to_owned()]).remove(0).unwrap().iter().map(|found| found.confidence).sum::<f32>()
    };
    assert!((sum("") - 1.0).abs() < 0.003 && (sum("sigmoid = true") - 1.0).abs() > 0.003);
}

#[test]
fn a_label_is_judged_by_a_model_of_entailment() {
    let folder = models();
    let check = |line: &str, text: &str, expected: &[&str]| {
        let model = Model::load(&setting(&format!("{ABOUT}{line}\n"), folder.path())).unwrap();
        let read = model.read(&[text.to_owned()]).remove(0).unwrap();
        assert_eq!(read.iter().map(|found| found.label.as_str()).collect::<Vec<_>>(), expected, "{text}");
    };
    check("", "the price is too high", &["pricing"]);
    check("", "it was the login again", &["security"]);
    check("threshold = 0.0", "the review", &["pricing", "security"]);
    check("hypothesis = \"This example is about {}.\"", "it was the login again", &["security"]);
}

#[test]
fn an_analysis_gets_annotations_mentions_and_facts() {
    let folder = models();
    let facts = "facts = { complaint = \"customization\", neutral = \"commitment\" }\n";
    let engine = engine(folder.path(), &format!("{NAMES}{CLASS}{facts}{ABOUT}"));
    let text = "Hi Sam,\n\nGröße \u{1F642}: the Zoë Stone was at Acme Ltd. The login was broken again.\n\
                I'll send you the SOC 2 report by 20 January 2026.\n\nBest,\nPriya\n";
    let analysis = analyze(engine.as_ref(), text);
    let told: Vec<_> =
        analysis.annotations.iter().map(|a| (a.annotator.as_str(), a.label.as_str(), a.text.as_str())).collect();
    assert!(told.contains(&("names", "PER", "Zoë Stone")) && told.contains(&("names", "ORG", "Acme Ltd")), "{told:?}");
    assert!(told.contains(&("mood", "complaint", "The login was broken again.")), "{told:?}");
    assert!(told.contains(&("about", "security", "The login was broken again.")), "{told:?}");
    for annotation in &analysis.annotations {
        assert_eq!(annotation.span.of(text), Some(annotation.text.as_str()));
    }
    assert!(analysis.annotations.is_sorted_by_key(|annotation| annotation.span));
    // Each name is mentioned once, whoever found it.
    let named =
        |kind, words: &str| analysis.mentions.iter().filter(|m| m.kind == kind && m.text.contains(words)).count();
    assert_eq!((named(MentionKind::Person, "Zoë"), named(MentionKind::Organization, "Acme")), (1, 1));
    let of = |kind| -> Vec<_> { analysis.findings.facts.iter().filter(|fact| fact.kind == kind).collect() };
    let [added] = of(FactKind::Customization)[..] else { panic!("{:?}", analysis.findings.facts) };
    assert_eq!((added.rule.as_str(), added.quote.as_str()), ("annotator.mood", "The login was broken again."));
    assert_eq!((added.statement.as_str(), &added.owner), ("The login was broken again", &None));
    assert_eq!((added.speaker.as_deref(), added.span.of(text)), (Some("Priya Nair"), Some(added.quote.as_str())));
    // The engine knows of the promise; the annotator does not say it again.
    let promised: Vec<_> = of(FactKind::Commitment).into_iter().filter(|fact| fact.quote.contains("SOC 2")).collect();
    assert!(matches!(promised[..], [only] if !only.rule.starts_with("annotator.")), "{promised:?}");
}

#[test]
fn what_has_no_sentences_is_left_alone() {
    let folder = models();
    let engine = engine(folder.path(), NAMES);
    let analysis = analyze(engine.as_ref(), "");
    assert_eq!(analysis.annotations, []);
    assert!(!serde_json::to_string(&analysis).unwrap().contains("annotations"));
    let plain = analyze(&EmbeddedEngine, "The Ida Stone was here.");
    let mut read = analyze(engine.as_ref(), "The Ida Stone was here.");
    assert_eq!(read.annotations.len(), 1);
    (read.annotations, read.mentions) = (Vec::new(), plain.mentions.clone());
    assert_eq!(read, plain);
}

#[test]
fn the_version_is_of_the_settings_and_the_files() {
    let folder = models();
    let version = |text: &str| engine(folder.path(), text).version().to_owned();
    let first = version(NAMES);
    assert!(first.starts_with(EmbeddedEngine.version()) && first.len() > EmbeddedEngine.version().len(), "{first}");
    assert_eq!(version(NAMES), first);
    assert_ne!(
        version(&NAMES.replace("\"names\"", "\"people\"").replacen("folder = \"people\"", "folder = \"names\"", 1)),
        first
    );
    assert_ne!(version(&format!("{NAMES}threshold = 0.9\n")), first);
    assert_ne!(version(&format!("{NAMES}{CLASS}")), first);
    // A folder of another name with the same files reads the same.
    fs::rename(folder.path().join("names"), folder.path().join("moved")).unwrap();
    assert_eq!(version(&NAMES.replace("folder = \"names\"", "folder = \"moved\"")), first);
    fs::write(folder.path().join("moved/config.json"), testing::told(&TAGS).to_string() + " ").unwrap();
    assert_ne!(version(&NAMES.replace("folder = \"names\"", "folder = \"moved\"")), first);
    // Without annotators nothing changes; one that is incomplete does not count.
    assert_eq!(version(""), EmbeddedEngine.version());
    assert_eq!(version(&NAMES.replace("folder = \"names\"", "folder = \"gone\"")), EmbeddedEngine.version());
}

#[test]
fn weights_may_be_safetensors_with_old_names() {
    let folder = models();
    let path = |name: &str| folder.path().join("names").join(name);
    let old = |name: &str| {
        let gamma = name.replace("LayerNorm.weight", "LayerNorm.gamma");
        gamma.replace("LayerNorm.bias", "LayerNorm.beta")
    };
    let named: Vec<_> = tch::Tensor::load_multi(path("rust_model.ot")).unwrap();
    let named: Vec<_> = named.into_iter().map(|(name, tensor)| (old(&name), tensor)).collect();
    tch::Tensor::write_safetensors(&named, path("model.safetensors")).unwrap();
    fs::remove_file(path("rust_model.ot")).unwrap();
    let model = Model::load(&setting(NAMES, folder.path())).unwrap();
    let read = model.read(&["the Ida Stone".to_owned()]).remove(0).unwrap();
    assert_eq!(found(&read), [("PER", 4..13)]);
}

/// What is said of an annotator whose folder was changed.
fn said(text: &str, change: impl FnOnce(PathBuf)) -> String {
    let folder = models();
    let setting = setting(text, folder.path());
    change(setting.folder.clone());
    let said = Model::load(&setting).err().map(|error| error.to_string()).unwrap_or_default();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(!said.contains("panicked") && !said.contains("unwrap"), "{said}");
    // The engine goes on without it.
    let file = folder.path().join("annotators.toml");
    fs::write(&file, text).unwrap();
    let engine = super::with(Arc::new(EmbeddedEngine), &file).unwrap();
    let words = "I'll send the report by Friday.";
    assert_eq!(analyze(engine.as_ref(), words), analyze(&EmbeddedEngine, words));
    said.replace(&folder.path().display().to_string(), "")
}

fn with_config(change: impl FnOnce(&mut Value)) -> impl FnOnce(PathBuf) {
    move |folder: PathBuf| {
        let path = folder.join("config.json");
        let mut told: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        change(&mut told);
        fs::write(path, told.to_string()).unwrap();
    }
}

#[test]
fn what_is_wrong_is_said_in_one_line_and_the_engine_goes_on() {
    let check = |said: String, expected: &str| assert!(said.starts_with(expected), "{said}");
    let remove = |name: &'static str| move |folder: PathBuf| fs::remove_file(folder.join(name)).unwrap();
    check(said(NAMES, |folder| fs::remove_dir_all(folder).unwrap()), "/names: No such file");
    check(said(NAMES, remove("vocab.txt")), "/names/vocab.txt: No such file");
    check(said(NAMES, remove("config.json")), "/names/config.json: No such file");
    check(said(NAMES, remove("rust_model.ot")), "/names/model.safetensors: No such file");
    let cut = |folder: PathBuf| {
        let path = folder.join("rust_model.ot");
        let whole = fs::read(&path).unwrap();
        fs::write(path, &whole[..whole.len() / 2]).unwrap();
    };
    check(said(NAMES, cut), "/names/rust_model.ot: ");
    check(said(NAMES, |folder| fs::write(folder.join("rust_model.ot"), "").unwrap()), "/names/rust_model.ot: ");
    check(said(NAMES, |folder| fs::write(folder.join("config.json"), "{").unwrap()), "/names/config.json: ");
    check(said(NAMES, |folder| fs::write(folder.join("vocab.txt"), [0xFF, 0xFE]).unwrap()), "/names/vocab.txt: is not");
    check(said(NAMES, |folder| fs::write(folder.join("vocab.txt"), "a\nb\n").unwrap()), "/names/vocab.txt: ");
    check(
        said(NAMES, |folder| fs::write(folder.join("vocab.txt"), "a\n".repeat(40)).unwrap()),
        "/names/vocab.txt: has 40",
    );
    let wider = with_config(|told| told["hidden_size"] = json!(24));
    check(said(NAMES, wider), "/names/rust_model.ot: tensor bert.");
    let odd = with_config(|told| told["hidden_size"] = json!(15));
    check(said(NAMES, odd), "/names/config.json: 2 attention heads");
    let huge = with_config(|told| told["vocab_size"] = json!(1_u64 << 40));
    check(said(NAMES, huge), "/names/config.json: vocab_size is 1099511627776");
    let short = with_config(|told| told["max_position_embeddings"] = json!(4));
    check(said(NAMES, short), "/names/config.json: max_position_embeddings");
    let deeper = with_config(|told| told["num_hidden_layers"] = json!(2));
    check(said(NAMES, deeper), "/names/rust_model.ot: has no tensor bert.encoder.layer.1.");
    let bare = with_config(|told| _ = told.as_object_mut().unwrap().remove("id2label"));
    check(said(NAMES, bare), "/names/config.json: has no id2label");
    let holes = with_config(|told| told["id2label"] = json!({"0": "O", "7": "B-PER"}));
    check(said(NAMES, holes), "/names/config.json: id2label has 2 labels and none for 1");
    let fewer = with_config(|told| told["id2label"] = json!({"0": "O", "1": "B-PER", "2": "I-ORG"}));
    check(said(NAMES, fewer), "/names/rust_model.ot: tensor classifier.");
    let keyless = with_config(|told| _ = told.as_object_mut().unwrap().remove("hidden_act"));
    check(said(NAMES, keyless), "/names/config.json: missing field `hidden_act`");
    let unknown = format!("{CLASS}facts = {{ anger = \"risk\" }}\n");
    check(said(&unknown, |_| ()), "/classes/config.json: has no label anger; it has neutral, complaint, praise");
    let judge = ABOUT.replace("entailing", "classes");
    check(said(&judge, |_| ()), "/classes/config.json: no label is entailment; it has neutral");
    let other = NAMES.replace("\"bert\"", "\"distilbert\"");
    check(said(&other, |_| ()), "/names/config.json: missing field");
    let other = NAMES.replace("\"bert\"", "\"roberta\"");
    check(said(&other, |_| ()), "/names/vocab.json: No such file");
}

#[test]
fn a_slip_in_the_file_names_it() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("annotators.toml");
    let said = |file: &Path| super::with(Arc::new(EmbeddedEngine), file).err().map(|error| error.to_string()).unwrap();
    assert_eq!(said(&file), format!("cannot read the annotators {}", file.display()));
    fs::write(&file, NAMES.replace("task", "tusk")).unwrap();
    assert!(
        said(&file).starts_with(&format!("{}:3: annotator 1: unknown field `tusk`", file.display())),
        "{}",
        said(&file)
    );
}
