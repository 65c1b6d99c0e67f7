//! What the tests of the interface share: where things are, and running programs.
#![allow(dead_code, reason = "each test uses some of it")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Memory that is merely "possibly" lost is held by pointers into its middle: tables that live as long as the process.
pub const VALGRIND: &[&str] = &[
    "valgrind",
    "--quiet",
    "--leak-check=full",
    "--show-leak-kinds=definite,indirect",
    "--errors-for-leak-kinds=definite,indirect",
    concat!("--suppressions=", env!("CARGO_MANIFEST_DIR"), "/tests/valgrind.supp"),
    "--error-exitcode=9",
];

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package has a parent").to_owned()
}

/// The folder where cargo left the library: that of this test.
pub fn library_dir() -> PathBuf {
    let test = std::env::current_exe().expect("this test has a path");
    test.parent().expect("it lies in a folder").to_owned()
}

/// The shared library.
pub fn library() -> PathBuf {
    let path = library_dir().join("libkaigo.so");
    assert!(path.is_file(), "{} is missing", path.display());
    path
}

/// A folder that holds the library under its SONAME, as an installation does.
pub fn installed() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for name in ["libkaigo.so", "libkaigo.so.1"] {
        std::fs::copy(library(), dir.path().join(name)).expect("the library is copied");
    }
    dir
}

/// Whether a tool is there; says loudly when it is not.
pub fn has(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").output().is_ok();
    if !found {
        eprintln!("\n*** {tool} IS NOT INSTALLED: WHAT NEEDS IT WAS NOT TESTED ***\n");
    }
    found
}

/// Runs a program and gives what it printed; fails with all of it when the program does.
pub fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|e| panic!("{command:?}: {e}"));
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?}: {}\n{out}\n{err}", output.status);
    out.into_owned()
}

/// Compiles C sources with a compiler and its flags, against the library in a folder.
pub fn compile(compiler: &str, flags: &[&str], sources: &[PathBuf], library: &Path, program: &Path) {
    let language = if compiler == "g++" { ["-x", "c++"] } else { ["-x", "c"] };
    run(Command::new(compiler)
        .args(["-g", "-Wall", "-Wextra", "-Werror", "-pedantic"])
        .args(flags)
        .arg("-I")
        .arg(root().join("include"))
        .args(language)
        .args(sources)
        .args(["-x", "none", "-L"])
        .arg(library)
        .arg("-lkaigo")
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .arg("-o")
        .arg(program));
}

/// Compares a generated text with the file that is committed, or writes that anew when `KAIGO_BLESS` is set.
pub fn assert_committed(path: &Path, text: &str) {
    if std::env::var_os("KAIGO_BLESS").is_some() {
        return std::fs::write(path, text).expect("the file is written");
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == text, "{} has drifted: run with KAIGO_BLESS=1", path.display());
}
