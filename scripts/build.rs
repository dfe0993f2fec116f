//! Embeds the scripts of others that the pages use, and says where the program finds libtorch when it runs.

use std::env;
use std::fs;
use std::path::PathBuf;

/// What is embedded: where it lies below the folder of npm, and what the pages call it.
const SCRIPTS: [(&str, &str); 4] = [
    ("htmx.org/dist/htmx.min.js", "htmx.min.js"),
    ("cytoscape/dist/cytoscape.min.js", "cytoscape.min.js"),
    ("uplot/dist/uPlot.iife.min.js", "uPlot.iife.min.js"),
    ("uplot/dist/uPlot.min.css", "uPlot.min.css"),
];

/// Their licences, which go along in one file.
const LICENCES: [&str; 3] = ["htmx.org/LICENSE", "cytoscape/LICENSE", "uplot/LICENSE"];

fn main() {
    embed_scripts();
    find_libtorch();
}

/// Copies what `scripts/setup-pages` set up to where the program includes it from. What is missing is left empty: the
/// pages can be read without it, and say so.
fn embed_scripts() {
    println!("cargo:rerun-if-env-changed=BATON_TOOLS");
    let Some(out) = env::var_os("OUT_DIR").map(PathBuf::from) else { return };
    let modules = tools().map(|tools| tools.join("pages/node_modules"));
    let mut missing = Vec::new();
    for (from, name) in SCRIPTS {
        let from = modules.as_ref().map(|modules| modules.join(from));
        if let Some(from) = &from {
            println!("cargo:rerun-if-changed={}", from.display());
        }
        let content = from.and_then(|from| fs::read(from).ok()).unwrap_or_else(|| {
            missing.push(name);
            Vec::new()
        });
        if let Err(error) = fs::write(out.join(name), content) {
            println!("cargo:warning={name} cannot be embedded: {error}");
        }
    }
    let licence = |from: &&str| Some(format!("{from}\n\n{}\n", fs::read_to_string(modules.as_ref()?.join(from)).ok()?));
    let licences: String = LICENCES.iter().filter_map(licence).collect();
    if let Err(error) = fs::write(out.join("licences.txt"), licences) {
        println!("cargo:warning=the licences cannot be embedded: {error}");
    }
    if !missing.is_empty() {
        println!("cargo:warning=built without {}: `scripts/setup-pages` sets them up", missing.join(", "));
    }
}

/// Where tools lie, as the Makefile has it.
fn tools() -> Option<PathBuf> {
    let cache = || env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
    env::var_os("BATON_TOOLS").map(PathBuf::from).or_else(|| Some(cache().or_else(home)?.join("baton/tools")))
}

fn find_libtorch() {
    println!("cargo:rerun-if-env-changed=LIBTORCH");
    println!("cargo:rerun-if-env-changed=LIBTORCH_LIB");
    if env::var_os("CARGO_FEATURE_RUST_BERT").is_none() {
        return;
    }
    let Ok(folder) = env::var("LIBTORCH_LIB").or_else(|_| env::var("LIBTORCH")) else {
        println!("cargo:warning=LIBTORCH is not set: `make encoder` sets up a libtorch 2.4");
        return;
    };
    println!("cargo:rustc-link-arg=-Wl,-rpath,{folder}/lib");
}
