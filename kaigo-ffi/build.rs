//! Names the shared library by the version of its binary interface.
#![forbid(unsafe_code)]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        // KAIGO_ABI_VERSION; a test holds the two together. cargo-c says the same once more.
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libkaigo.so.1");
    }
}
