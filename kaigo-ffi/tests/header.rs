//! The header and the list of symbols are what the tables say, and compile by themselves.
#![forbid(unsafe_code)]
#![cfg(all(target_os = "linux", feature = "arrow", feature = "http"))]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;

use support::{assert_committed, library, root, run};

/// The header that cbindgen makes of the tables, with the sizes of its structs asserted.
fn header() -> String {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let source = dir.path().join("kaigo.rs");
    let text = kaigo::header_source();
    std::fs::write(&source, &text).expect("the source is written");
    let mut config =
        cbindgen::Config::from_file(root().join("kaigo-ffi/cbindgen.toml")).expect("cbindgen.toml");
    let mut sizes = String::from(
        "#if UINTPTR_MAX == UINT64_MAX\n#ifdef __cplusplus\n#define KAIGO_ASSERT static_assert\n#else\n\
         #define KAIGO_ASSERT _Static_assert\n#endif\n",
    );
    for line in text.lines().filter_map(|line| line.strip_prefix("// size ")) {
        let (name, size) = line.split_once(' ').expect("a name and a size");
        writeln!(sizes, "KAIGO_ASSERT(sizeof({name}) == {size}, \"{name}\");").expect("memory takes it");
    }
    config.trailer = Some(sizes + "#undef KAIGO_ASSERT\n#endif");
    let bindings =
        cbindgen::Builder::new().with_src(source).with_config(config).generate().expect("a header");
    let mut header = Vec::new();
    bindings.write(&mut header);
    String::from_utf8(header).expect("the header is text")
}

#[test]
fn the_committed_header_is_that_of_the_tables() {
    assert_committed(&root().join("include/kaigo.h"), &header());
}

#[test]
fn the_header_compiles_alone_as_c11_and_as_cpp17() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (compiler, standard, name) in [("gcc", "c11", "alone.c"), ("g++", "c++17", "alone.cpp")] {
        let source = dir.path().join(name);
        std::fs::write(&source, "#include \"kaigo.h\"\n").expect("the source is written");
        run(Command::new(compiler)
            .args(["-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-pedantic"])
            .arg(format!("-std={standard}"))
            .arg("-I")
            .arg(root().join("include"))
            .arg(source));
    }
}

/// Every comment and declaration of the header belongs together: what cbindgen left out would be missing here.
#[test]
fn every_call_of_the_tables_stands_in_the_header() {
    let header = header();
    for name in declared() {
        assert!(header.contains(&format!("{name}(")), "{name}");
    }
}

/// The names of the calls that the tables declare.
fn declared() -> BTreeSet<String> {
    kaigo::header_source()
        .split("extern \"C\" fn kaigo_")
        .skip(1)
        .filter_map(|rest| Some(format!("kaigo_{}", rest.split_once('(')?.0)))
        .collect()
}

#[test]
fn the_library_exports_the_frozen_symbols_and_nothing_else() {
    let listed = run(Command::new("nm").args(["-D", "--defined-only"]).arg(library()));
    let exported: BTreeSet<String> =
        listed.lines().filter_map(|line| line.split_whitespace().last().map(str::to_owned)).collect();
    assert_eq!(exported, declared());
    let frozen = root().join("kaigo-ffi/symbols.txt");
    if std::env::var_os("KAIGO_BLESS").is_none() {
        let text = std::fs::read_to_string(&frozen).unwrap_or_default();
        let gone: Vec<&str> = text.lines().filter(|name| !exported.contains(*name)).collect();
        assert!(gone.is_empty(), "frozen symbols are gone, which breaks programs: {gone:?}");
    }
    let lines: String = exported.iter().map(|name| format!("{name}\n")).collect();
    assert_committed(&frozen, &lines);
}

#[test]
fn what_is_packed_says_the_versions_of_the_package_and_of_the_abi() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).expect("the file is there");
    let version = read("kaigo-ffi/cmake/kaigo-config-version.cmake");
    assert!(version.contains(concat!("PACKAGE_VERSION \"", env!("CARGO_PKG_VERSION"), "\"")), "{version}");
    let abi = format!("version = \"{}.0.0\"", kaigo::calls::KAIGO_ABI_VERSION);
    assert!(read("kaigo-ffi/Cargo.toml").contains(&abi), "{abi}, for cargo-c");
}

#[test]
fn the_soname_is_that_of_the_abi_version() {
    let dynamic = run(Command::new("readelf").arg("-d").arg(library()));
    let soname = format!("[libkaigo.so.{}]", kaigo::calls::KAIGO_ABI_VERSION);
    assert!(dynamic.lines().any(|line| line.contains("SONAME") && line.contains(&soname)), "{dynamic}");
}
