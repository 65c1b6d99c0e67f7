//! What the README shows of C and C# are the examples that other tests build and run.
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::path::Path;

#[test]
fn the_readme_shows_the_first_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    for example in ["examples/c/first.c", "examples/csharp/First.cs"] {
        let text = std::fs::read_to_string(root.join(example)).unwrap();
        assert!(readme.contains(&text), "README.md does not show {example} as it is");
    }
}
