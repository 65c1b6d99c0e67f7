//! C# under Mono, and Python, against the built library.
#![forbid(unsafe_code)]
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::PathBuf;
use std::process::Command;

use support::{has, installed, root, run};

const SLIPS: &str =
    "examples/data/outbox/monthly/UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";

/// Compiles a C# program with Mono's compiler and runs it on a file.
fn csharp(program: &str, argument: PathBuf) -> Option<String> {
    if !(has("mcs") && has("mono")) {
        return None;
    }
    let library = installed();
    let (sources, exe) = (root().join("examples/csharp"), library.path().join("program.exe"));
    run(Command::new("mcs")
        .args(["-warnaserror", "-langversion:5"])
        .arg(format!("-out:{}", exe.display()))
        .args([sources.join("Kaigo.cs"), sources.join(format!("{program}.cs"))]));
    Some(run(Command::new("mono")
        .arg(&exe)
        .arg(argument)
        .env("LD_LIBRARY_PATH", library.path())
        .env("LANG", "C.UTF-8")))
}

#[test]
fn csharp_reads_a_slip_and_catches_a_failure() {
    if let Some(printed) = csharp("ReadSlip", root().join(SLIPS)) {
        assert!(printed.contains("20260701 0900 "), "{printed}");
        assert!(printed.contains("200 io: "), "{printed}");
    }
}

#[test]
fn csharp_first_prints_what_is_wrong() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let text = std::fs::read(root().join(SLIPS)).expect("the sample is there");
    let bad = dir.path().join(root().join(SLIPS).file_name().expect("a name"));
    std::fs::write(&bad, [b"202407,37660X".as_slice(), &text[13..]].concat()).expect("the file is written");
    if let Some(printed) = csharp("First", bad) {
        assert!(printed.contains("1行目 No.2 保険者番号"), "{printed}");
    }
}

/// The source for .NET 8 needs a compiler that Debian does not have. As far as an older one goes: with `LibraryImport` read
/// as `DllImport` it compiles against the classes of `Kaigo.cs`, and each declaration has the parameters of the header.
#[test]
fn csharp_for_net8_declares_what_the_header_declares() {
    let source = std::fs::read_to_string(root().join("examples/csharp/Kaigo.Net8.cs")).expect("the source");
    let header = std::fs::read_to_string(root().join("include/kaigo.h")).expect("the header");
    let mut declared = 0;
    for declaration in source.split("static partial int ").skip(1) {
        let (name, rest) = declaration.split_once('(').expect("parameters");
        let given = rest.split_once(");").expect("an end").0.matches(',').count();
        let (_, wanted) = header.split_once(&format!(" {name}(")).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(given, wanted.split_once(");").expect("an end").0.matches(',').count(), "{name}");
        declared += 1;
    }
    assert!(declared > 4);
    if !has("mcs") {
        return;
    }
    let older = source
        .replace("#if NET8_0_OR_GREATER", "#if true")
        .replace("static partial class", "static class")
        .replace("static partial int", "static extern int")
        .replace("LibraryImport(Library, StringMarshalling = StringMarshalling.Utf16)", "DllImport(Library)")
        .replace("LibraryImport", "DllImport")
        .replace("nuint", "UIntPtr")
        .replace("char[]?", "char[]");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let file = dir.path().join("Net8.cs");
    std::fs::write(&file, older).expect("the source is written");
    run(Command::new("mcs")
        .args(["-target:library", "-warnaserror", "-langversion:5"])
        .arg(format!("-out:{}", dir.path().join("net8.dll").display()))
        .args([root().join("examples/csharp/Kaigo.cs"), file]));
}

#[test]
fn python_reads_a_slip_through_ctypes() {
    let library = installed();
    let printed = run(Command::new("python3")
        .arg(root().join("kaigo-ffi/tests/smoke.py"))
        .arg(library.path().join("libkaigo.so.1"))
        .arg(root().join(SLIPS)));
    assert!(printed.contains("20260701"), "{printed}");
}
