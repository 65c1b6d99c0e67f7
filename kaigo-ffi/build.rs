//! Names the shared library by the version of its binary interface.
#![forbid(unsafe_code)]

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let set = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    // cargo-c names the library itself, by [package.metadata.capi.library].
    if set("CARGO_CFG_TARGET_OS", "linux") && std::env::var_os("CARGO_FEATURE_CAPI").is_none() {
        // KAIGO_ABI_VERSION; a test holds the two together.
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libkaigo.so.1");
    }
}
