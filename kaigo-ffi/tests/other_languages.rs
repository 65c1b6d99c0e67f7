//! C# under Mono and .NET, and Python, against the built library.
#![forbid(unsafe_code)]
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::path::Path;
use std::process::Command;

use support::{has, installed, root, run};

const SLIPS: &str =
    "examples/data/outbox/monthly/UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";

/// Builds a C# program for each .NET that is there, and gives what it prints, run on a file, under each.
fn csharp(program: &str, argument: &Path) -> Vec<String> {
    [
        mono(program, argument),
        dotnet(program, "DllImport", argument),
        dotnet(program, "LibraryImport", argument),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn mono(program: &str, argument: &Path) -> Option<String> {
    if !(has("mcs") && has("mono")) {
        return None;
    }
    let library = installed();
    let (sources, exe) = (root().join("examples/csharp"), library.path().join("program.exe"));
    run(Command::new("mcs")
        .args(["-warnaserror", "-langversion:5"])
        .arg(format!("-out:{}", exe.display()))
        .args(["Kaigo.cs", "Kaigo.DllImport.cs", &format!("{program}.cs")].map(|file| sources.join(file))));
    Some(run(Command::new("mono")
        .arg(&exe)
        .arg(argument)
        .env("LD_LIBRARY_PATH", library.path())
        .env("LANG", "C.UTF-8")))
}

/// Under .NET 8 or later, with one way of declaring the calls.
fn dotnet(program: &str, imports: &str, argument: &Path) -> Option<String> {
    if !has("dotnet") {
        return None;
    }
    let library = installed();
    let sources = library.path().join("csharp");
    std::fs::create_dir(&sources).expect("a folder");
    for entry in std::fs::read_dir(root().join("examples/csharp")).expect("the examples").flatten() {
        if entry.path().is_file() {
            std::fs::copy(entry.path(), sources.join(entry.file_name())).expect("a copy");
        }
    }
    let dotnet = || {
        let mut command = Command::new("dotnet");
        command
            .env("DOTNET_CLI_HOME", library.path())
            .env("DOTNET_CLI_TELEMETRY_OPTOUT", "1")
            .env("DOTNET_NOLOGO", "1")
            // Without it the command asks for a library of languages that is not always there.
            .env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1")
            .env("LD_LIBRARY_PATH", library.path())
            .current_dir(&sources);
        command
    };
    run(dotnet()
        .args(["build", "--verbosity", "quiet", "--output", "out"])
        // No process stays behind that a later build would use.
        .args(["--disable-build-servers", "-nodeReuse:false"])
        .args([format!("-p:Program={program}"), format!("-p:Imports={imports}")]));
    Some(run(dotnet().arg("out/Examples.dll").arg(argument)))
}

#[test]
fn csharp_reads_a_slip_and_catches_a_failure() {
    for printed in csharp("ReadSlip", &root().join(SLIPS)) {
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
    for printed in csharp("First", &bad) {
        assert!(printed.contains("1行目 No.2 保険者番号"), "{printed}");
    }
}

/// Whether or not a .NET is there to run them: both ways of declaring the calls have the parameters of the header.
#[test]
fn csharp_declares_what_the_header_declares() {
    let header = std::fs::read_to_string(root().join("include/kaigo.h")).expect("the header");
    for (imports, begins) in [("DllImport", "static extern int "), ("LibraryImport", "static partial int ")] {
        let path = root().join(format!("examples/csharp/Kaigo.{imports}.cs"));
        let source = std::fs::read_to_string(path).expect("the source");
        let mut declared = 0;
        for declaration in source.split(begins).skip(1) {
            let (name, rest) = declaration.split_once('(').expect("parameters");
            let given = rest.split_once(");").expect("an end").0.matches(',').count();
            let (_, wanted) = header.split_once(&format!(" {name}(")).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(given, wanted.split_once(");").expect("an end").0.matches(',').count(), "{name}");
            declared += 1;
        }
        assert!(declared > 4, "{imports}");
    }
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
