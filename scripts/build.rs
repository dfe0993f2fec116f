//! Says where the program finds libtorch when it runs, so that nobody has to.

use std::env;

fn main() {
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
