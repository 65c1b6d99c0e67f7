//! Batches: the same on one thread and on many, resumed where they were cut off, and never half.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use common::{Files, sample};
use kaigo_core::batch::{BatchOptions, Done, Outcome, Summary, convert, validate};
use kaigo_core::convert::{ConvertOptions, Form};
use kaigo_core::exchange::CheckOptions;
use kaigo_core::{ErrorKind, Watch};
use tempfile::TempDir;

fn write(folder: &Path, files: &Files) {
    std::fs::create_dir_all(folder).unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

/// Units in folders, one of them in an archive, with a file that is damaged and one that is none of ours.
fn inbox() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for number in 0..6 {
        write(&dir.path().join(format!("office{number}/plan")), &sample("plan"));
        write(&dir.path().join(format!("office{number}/monthly")), &sample("monthly"));
    }
    let damaged = dir.path().join("office3/plan").join(&sample("plan")[0].0);
    std::fs::write(&damaged, [&sample("plan")[0].1[..], b"202407,\x81\"\r\n"].concat()).unwrap();
    std::fs::write(dir.path().join("office4/readme.txt"), "x").unwrap();
    let archive = dir.path().join("office5/actuals.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(archive).unwrap());
    for (name, bytes) in sample("actuals") {
        zip.start_file(format!("inner/{name}"), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, &bytes).unwrap();
    }
    zip.finish().unwrap();
    dir
}

fn options(jobs: usize, manifest: Option<&Path>) -> BatchOptions {
    BatchOptions { jobs, manifest: manifest.map(Path::to_owned), ..BatchOptions::default() }
}

fn shown(done: &Done) -> String {
    let findings: Vec<String> = done.report.findings().iter().map(ToString::to_string).collect();
    format!("{:?} {} {findings:?}", done.files, done.skipped)
}

fn checked(root: &Path, options: &BatchOptions) -> (Summary, Vec<String>) {
    let mut told = Vec::new();
    let summary = validate(root, &CheckOptions::default(), options, |done| told.push(shown(&done))).unwrap();
    (summary, told)
}

fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}

fn convert_tree(root: &Path, into: &Path, to: Form, options: &BatchOptions) -> (Summary, Vec<String>) {
    let mut told = Vec::new();
    let how = ConvertOptions::default();
    let summary = convert(root, into, to, &how, options, |done| told.push(shown(&done))).unwrap();
    (summary, told)
}

#[test]
fn one_thread_and_many_tell_and_write_the_same() {
    let dir = inbox();
    let (one, told) = checked(dir.path(), &options(1, None));
    assert_eq!((one.files, one.skipped, one.unreadable), (6 * 7 + 1 + 1, 0, 0), "{told:#?}");
    assert!(one.failed == 1 && one.errors > 0);
    let outs = tempfile::tempdir().unwrap();
    let mut trees = Vec::new();
    for jobs in [1, 2, 5] {
        assert_eq!(checked(dir.path(), &options(jobs, None)), (one, told.clone()), "{jobs} threads");
        let into = outs.path().join(jobs.to_string());
        let manifest = outs.path().join(format!("{jobs}.jsonl"));
        let told = convert_tree(dir.path(), &into, Form::Json, &options(jobs, Some(&manifest)));
        trees.push((tree(&into), told, std::fs::read(manifest).unwrap()));
    }
    assert!(trees.windows(2).all(|pair| pair[0] == pair[1]));
    let (there, ..) = &trees[0];
    assert!(there.contains_key(&format!(
        "office5/actuals.zip/inner/{}",
        sample("actuals")[0].0.replace(".CSV", ".json")
    )));
    // And back: what was in the canonical form is there again, byte for byte.
    let back = outs.path().join("back");
    convert_tree(&outs.path().join("1"), &back, Form::Csv, &options(2, None));
    let (before, after) = (tree(dir.path()), tree(&back));
    for (name, bytes) in
        before.iter().filter(|(name, _)| name.ends_with(".CSV") && !name.starts_with("office3/plan/UP1"))
    {
        assert!(after[name] == *bytes, "{name}");
    }
}

#[test]
fn a_second_run_skips_what_is_finished_and_redoes_what_changed() {
    let dir = inbox();
    let outs = tempfile::tempdir().unwrap();
    let manifest = outs.path().join("manifest.jsonl");
    let into = outs.path().join("out");
    let run = || convert_tree(dir.path(), &into, Form::Json, &options(2, Some(&manifest))).0;
    let first = run();
    assert_eq!(first.skipped, 0);
    let lines = std::fs::read_to_string(&manifest).unwrap().lines().count() as u64;
    assert_eq!(lines, first.files + 1);
    assert_eq!(run(), Summary { skipped: first.files, ..first });
    // One file of a unit changes, the output of another goes away, a third unit loses a file: each whole unit is redone.
    let plan = dir.path().join("office0/plan").join(&sample("plan")[1].0);
    let changed = std::fs::read(&plan).unwrap();
    std::fs::write(&plan, [&changed[..], &changed[..]].concat()).unwrap();
    std::fs::remove_file(into.join("office1/monthly").join(sample("monthly")[0].0.replace(".CSV", ".json")))
        .unwrap();
    std::fs::remove_file(dir.path().join("office2/plan").join(&sample("plan")[2].0)).unwrap();
    let again = run();
    assert_eq!((again.files, again.files - again.skipped), (first.files - 1, 4 + 3 + 3));
    assert_eq!(run().skipped, again.files);
    // Other settings are another batch.
    let other = ConvertOptions { lossless: true, ..ConvertOptions::default() };
    let error =
        convert(dir.path(), &into, Form::Json, &other, &options(1, Some(&manifest)), |_| {}).unwrap_err();
    assert_eq!(error.code(), "other_manifest");
    std::fs::write(&manifest, "not a manifest\n").unwrap();
    assert_eq!(
        validate(dir.path(), &CheckOptions::default(), &options(1, Some(&manifest)), |_| {})
            .unwrap_err()
            .code(),
        "other_manifest"
    );
}

#[test]
fn a_torn_last_line_is_taken_away_and_its_file_done_again() {
    let dir = inbox();
    let manifest = dir.path().join("manifest.jsonl");
    let (first, _) = checked(dir.path(), &options(1, Some(&manifest)));
    let whole = std::fs::read(&manifest).unwrap();
    for cut in [1, 17, 60] {
        std::fs::write(&manifest, &whole[..whole.len() - cut]).unwrap();
        let (again, _) = checked(dir.path(), &options(2, Some(&manifest)));
        assert_eq!((again.files, again.errors), (first.files, first.errors));
        assert!(again.skipped < first.files && again.skipped >= first.files - 5);
        let text = std::fs::read_to_string(&manifest).unwrap();
        assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
    }
}

#[test]
fn a_watch_is_told_of_files_and_breaks_off_between_units() {
    let dir = inbox();
    let manifest = dir.path().join("manifest.jsonl");
    let told = Arc::new(AtomicU64::new(0));
    let seen = told.clone();
    let watch = Watch::new(move |progress| {
        assert_eq!(progress.total, Some(44));
        seen.store(progress.done, Ordering::Relaxed);
        if progress.done < 10 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    let options_watched = BatchOptions { watch, ..options(2, Some(&manifest)) };
    let error = validate(dir.path(), &CheckOptions::default(), &options_watched, |_| {}).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Cancelled));
    let done = told.load(Ordering::Relaxed);
    assert_eq!(checked(dir.path(), &options(2, Some(&manifest))).0.skipped, done);
}

#[test]
fn what_cannot_be_written_is_refused_as_a_unit_and_the_rest_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let (there, out) = (dir.path().join("json"), dir.path().join("csv"));
    write(&dir.path().join("in/a"), &sample("plan"));
    write(&dir.path().join("in/b"), &sample("monthly"));
    convert_tree(&dir.path().join("in"), &there, Form::Json, &options(1, None));
    let plan = there.join("a").join(sample("plan")[0].0.replace(".CSV", ".json"));
    let text = std::fs::read_to_string(&plan).unwrap().replacen("見本", "𠮷é", 1);
    std::fs::write(&plan, text).unwrap();
    std::fs::write(there.join("b/broken.json"), "{").unwrap();
    std::fs::write(there.join("broken.zip"), "PK").unwrap();
    let mut outcomes = BTreeMap::new();
    let told = |done: Done| {
        for line in &done.files {
            *outcomes
                .entry((line.outcome, line.error.as_ref().map(|code| code.as_str().to_owned())))
                .or_insert(0) += 1;
        }
        assert_eq!(done.error.is_some(), done.files.iter().any(|line| line.error.is_some()));
    };
    let summary =
        convert(&there, &out, Form::Csv, &ConvertOptions::default(), &options(2, None), told).unwrap();
    assert_eq!((summary.refused, summary.unreadable, summary.files), (4, 2, 9));
    assert_eq!(outcomes[&(Outcome::Refused, Some("unwritable".into()))], 4);
    assert_eq!(outcomes[&(Outcome::Unreadable, Some("json.cut_off".into()))], 1);
    assert_eq!(outcomes[&(Outcome::Unreadable, Some("zip".into()))], 1);
    // Of the unit nothing is there, not even its good files.
    assert!(!out.join("a").exists());
    assert_eq!(tree(&out).len(), 3);
    // Two files that would become one.
    let clash = dir.path().join("clash");
    write(&clash, &sample("plan"));
    write(&clash, &vec![(sample("plan")[0].0.replace(".CSV", ".json"), b"{}".to_vec())]);
    let summary = convert_tree(&clash, &dir.path().join("out"), Form::Xml, &options(2, None)).0;
    assert_eq!((summary.files, summary.refused), (5, 1));
}
