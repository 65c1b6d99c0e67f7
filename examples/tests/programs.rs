//! The example programs, run as a user runs them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by it")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const PLAN: &str = "plan/UP1KYO_1371249069_43_1373350030_11_20260625093735.CSV";

fn outbox() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/outbox")
}

/// A copy of the files that may be changed.
fn copied() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for unit in ["plan", "monthly"] {
        std::fs::create_dir(dir.path().join(unit)).unwrap();
        for file in std::fs::read_dir(outbox().join(unit)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), dir.path().join(unit).join(file.file_name())).unwrap();
        }
    }
    dir
}

fn validate(arguments: &[&str], path: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_validate")).args(arguments).arg(path).output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_demonstration_leaves_its_report() {
    let out = tempfile::tempdir().unwrap();
    let run = || {
        let output = Command::new(env!("CARGO_BIN_EXE_demo"))
            .arg("--outbox")
            .arg(outbox())
            .arg("--out")
            .arg(out.path().join("demo"))
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let report = std::fs::read(out.path().join("demo/report.json")).unwrap();
        (
            String::from_utf8_lossy(&output.stdout).into_owned(),
            serde_json::from_slice::<Value>(&report).unwrap(),
        )
    };
    let (told, report) = run();
    assert_eq!((&report["bundles_sent"], &report["bundles_received"]), (&3.into(), &3.into()));
    let (planned, actual) =
        (report["rows_planned"].as_u64().unwrap(), report["rows_actual"].as_u64().unwrap());
    assert!(planned > 20 && actual > 20);
    let mut outcomes: Vec<_> =
        report["differences"].as_array().unwrap().iter().map(|d| d["outcome"].as_str().unwrap()).collect();
    outcomes.sort_unstable();
    assert_eq!(outcomes, ["added", "cancelled", "moved"]);
    assert_eq!(report["findings"], Value::Array(vec![]));
    for word in ["CANCELLED", "MOVED", "ADDED"] {
        assert!(told.contains(word), "{told}");
    }
    let served = &report["web_service"];
    for done in [
        "refused_before_identity",
        "certification_ended",
        "late_works_stopped",
        "plan_agreed",
        "plan_delivered",
    ] {
        assert_eq!(served[done], true, "{done}: {served}");
    }
    assert_eq!((&served["card"], &served["notifications_at_municipality"]), (&"valid".into(), &1.into()));
    assert!(served["entries_in_persons_log"].as_u64().unwrap() > 5, "{served}");
    // The files that arrived lie there, byte for byte.
    let received = out.path().join("demo/service-office/received/20260625093735");
    let name = Path::new(PLAN).file_name().unwrap();
    assert_eq!(std::fs::read(received.join(name)).unwrap(), std::fs::read(outbox().join(PLAN)).unwrap());
    // Again, over what the first left.
    assert_eq!(run().1["bundles_sent"], 3);
}

#[test]
fn conforming_files_directories_and_archives_pass() {
    for path in [outbox(), outbox().join("plan"), outbox().join(PLAN)] {
        let output = validate(&["--format", "json"], &path);
        assert_eq!(
            (output.status.code(), output.stdout.as_slice()),
            (Some(0), &b""[..]),
            "{}",
            path.display()
        );
    }
    let dir = tempfile::tempdir().unwrap();
    let archive = dir.path().join("unit.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&archive).unwrap());
    for file in std::fs::read_dir(outbox().join("plan")).unwrap() {
        let file = file.unwrap();
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(file.file_name().to_string_lossy(), options).unwrap();
        std::io::copy(&mut std::fs::File::open(file.path()).unwrap(), &mut zip).unwrap();
    }
    zip.finish().unwrap();
    assert_eq!(validate(&[], &archive).status.code(), Some(0));
}

#[test]
fn an_error_is_one_line_with_its_place() {
    let dir = copied();
    let path = dir.path().join(PLAN);
    let mut bytes = std::fs::read(&path).unwrap();
    // The first row's date of making, 8 digits at byte 25, becomes a day that no calendar has.
    assert_eq!(&bytes[25..33], b"20260304");
    bytes[25..33].copy_from_slice(b"20260230");
    std::fs::write(&path, &bytes).unwrap();

    let output = validate(&["--format", "json"], &path);
    assert_eq!(output.status.code(), Some(1));
    let found = lines(&output);
    assert_eq!(found.len(), 1);
    let expected = [
        ("code", Value::from("field.date")),
        ("severity", "error".into()),
        ("file", path.file_name().unwrap().to_string_lossy().into()),
        ("kind", "UP1KYO".into()),
        ("row", 1.into()),
        ("field_no", 4.into()),
        ("field", "created_on".into()),
        ("byte", 25.into()),
    ];
    for (member, value) in expected {
        assert_eq!(found[0][member], value, "{member}");
    }
    assert!(found[0]["message_ja"].as_str().unwrap().contains("日付"));
    assert!(found[0]["message_en"].as_str().unwrap().contains("date"));
    let text = validate(&["--lang", "ja"], &path);
    assert!(String::from_utf8_lossy(&text.stdout).contains("No.4 作成年月日"));
}

#[test]
fn a_value_about_a_person_is_shown_only_when_asked_for() {
    let dir = copied();
    let path = dir.path().join(PLAN);
    let mut raw = std::fs::read(&path).unwrap();
    let at = raw.windows(10).position(|w| w == b"6685370090").unwrap();
    raw[at + 8] = b'X';
    std::fs::write(&path, raw).unwrap();
    let shown = |arguments: &[&str]| {
        let output = validate(arguments, &path);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8_lossy(&output.stdout).contains("66853700X0")
    };
    assert!(!shown(&["--format", "json"]) && !shown(&[]));
    assert!(shown(&["--format", "json", "--show-personal-data"]) && shown(&["--show-personal-data"]));
}

#[test]
fn what_real_senders_do_is_an_error_or_a_warning() {
    let dir = copied();
    let path = dir.path().join(PLAN);
    let lower = path.with_extension("csv");
    std::fs::rename(&path, &lower).unwrap();
    let strict = validate(&["--format", "json"], &lower);
    assert_eq!((strict.status.code(), &lines(&strict)[0]["code"]), (Some(1), &"file.name_case".into()));
    let tolerant = validate(&["--format", "json", "--tolerant"], &lower);
    assert_eq!((tolerant.status.code(), &lines(&tolerant)[0]["severity"]), (Some(0), &"warning".into()));
}

#[test]
fn a_missing_file_of_a_unit_is_told_of_a_directory() {
    let dir = copied();
    std::fs::remove_file(dir.path().join(PLAN)).unwrap();
    let output = validate(&["--format", "json"], dir.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(lines(&output).iter().any(|finding| finding["code"] == "unit.incomplete"));
}

#[test]
fn what_cannot_be_read_is_status_2() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(validate(&[], &dir.path().join("nothing")).status.code(), Some(2));
    let broken = dir.path().join("broken.zip");
    std::fs::write(&broken, b"PK\x03\x04 and no more").unwrap();
    let output = validate(&["--format", "json"], &broken);
    assert_eq!(output.status.code(), Some(2));
    assert!(!output.stderr.is_empty());
}

fn convert(arguments: &[&str], input: &Path, output: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_convert")).args(arguments).args([input, output]).output().unwrap()
}

#[test]
fn csv_goes_to_json_and_back_byte_for_byte() {
    let dir = tempfile::tempdir().unwrap();
    for unit in ["plan", "monthly"] {
        for file in std::fs::read_dir(outbox().join(unit)).unwrap() {
            let csv = file.unwrap().path();
            let (json, back) = (dir.path().join("out.json"), dir.path().join("back.CSV"));
            assert_eq!(convert(&["--to", "json"], &csv, &json).status.code(), Some(0));
            assert_eq!(convert(&["--to", "csv"], &json, &back).status.code(), Some(0));
            assert_eq!(std::fs::read(&back).unwrap(), std::fs::read(&csv).unwrap(), "{}", csv.display());
        }
    }
}

/// The names and bytes of the files of a folder.
fn files_in(folder: &Path) -> Vec<(std::ffi::OsString, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap())
        .map(|file| (file.file_name(), std::fs::read(file.path()).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_folder_becomes_one_care_document_and_its_files_again() {
    let dir = tempfile::tempdir().unwrap();
    for unit in ["plan", "monthly"] {
        let (json, back) = (dir.path().join(format!("{unit}.json")), dir.path().join(unit));
        let output = convert(&["--to", "care-json"], &outbox().join(unit), &json);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(convert(&["--to", "csv"], &json, &back).status.code(), Some(0));
        assert_eq!(files_in(&back), files_in(&outbox().join(unit)));
    }
    let (both, back) = (dir.path().join("both.json"), dir.path().join("both"));
    assert_eq!(convert(&["--to", "care-json", "--lossless"], &outbox(), &both).status.code(), Some(0));
    let repeated = ["--to", "csv", "--follow-up-rows", "repeated"];
    assert_eq!(convert(&repeated, &both, &back).status.code(), Some(0));
    assert_eq!(files_in(&back).len(), 7);
    assert_eq!(validate(&[], &back).status.code(), Some(0));

    // Another version is refused, and nothing is written.
    let document = std::fs::read_to_string(&both).unwrap().replacen("\"version\":1", "\"version\":2", 1);
    std::fs::write(&both, document).unwrap();
    let output = convert(&["--to", "csv"], &both, &dir.path().join("none"));
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("version"));
    assert!(!dir.path().join("none").exists());
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let (json, out) = (dir.path().join("in.json"), dir.path().join("out.CSV"));
    let document = r#"{"standard":"5.0-provisional","kind":"UPKIHON_SUB1","records":[{"csvVersion":"2024-07",
        "insurerNumber":"092015","insuredNumber":"1234567890","consultedOn":"2026-07-01","timeOfDay":"𠮷"}]}"#;
    std::fs::write(&json, document).unwrap();
    assert_eq!(convert(&["--to", "csv"], &json, &out).status.code(), Some(1));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    convert(&["--to", "csv", "--gaiji", "map"], &json, &out);
    assert!(std::fs::read(&out).unwrap().windows(2).any(|pair| pair == b"\x8B\x67"), "吉 stands for 𠮷");
    std::fs::write(&json, &document[..40]).unwrap();
    assert_eq!(convert(&["--to", "csv"], &json, &dir.path().join("none.CSV")).status.code(), Some(2));
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
}

#[test]
fn a_pipe_shows_no_progress_bar() {
    let output = validate(&[], &outbox());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "0 errors, 0 warnings\n");
}

fn reconcile(arguments: &[&str], plan: &Path, actuals: &Path) -> Output {
    let program =
        Command::new(env!("CARGO_BIN_EXE_reconcile")).args(arguments).arg(plan).arg(actuals).output();
    program.unwrap()
}

/// Actuals of the sample: without the rows of those numbers, and with text changed in the row of another.
fn actuals(without: &[usize], change: Option<(usize, &str, &str)>) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let plan = outbox().join("monthly/UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV");
    let bytes = std::fs::read(plan).unwrap();
    let rows =
        bytes.split_inclusive(|byte| *byte == b'\n').enumerate().filter(|(row, _)| !without.contains(row));
    let mut written = Vec::new();
    for (row, bytes) in rows {
        match change {
            Some((changed, from, to)) if changed == row => {
                let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
                written.extend([&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat());
            }
            _ => written.extend(bytes),
        }
    }
    let name = "UPJSK_202607_1373350030_11_1371249069_43_20260803103829.CSV";
    std::fs::write(dir.path().join(name), written).unwrap();
    dir
}

#[test]
fn reconcile_tells_by_its_status_whether_anything_differs() {
    let plan = outbox().join("monthly");
    let same = reconcile(&[], &plan, actuals(&[], None).path());
    assert_eq!(same.status.code(), Some(0), "{}", String::from_utf8_lossy(&same.stdout));

    let moved = actuals(&[1], Some((0, "0900,0930", "0910,0940")));
    let differs = reconcile(&[], &plan, moved.path());
    let text = String::from_utf8_lossy(&differs.stdout).into_owned();
    assert_eq!(differs.status.code(), Some(1));
    assert!(text.contains("moved | planned 2026-07-01 09:00–09:30"), "{text}");
    assert!(text.contains("cancelled | planned 2026-07-05") && text.contains("yen"), "{text}");
    assert!(!text.contains("6685370090"), "whose they are is not shown");
    let shown = reconcile(&["--show-personal-data", "--lang", "ja"], &plan, moved.path());
    let text = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(text.contains("6685370090") && text.contains("中止") && text.contains("日時変更"), "{text}");

    let forgiven = reconcile(&["--tolerance", "10", "--format", "json"], &plan, moved.path());
    let [json] = &lines(&forgiven)[..] else { panic!("one document") };
    let outcomes = json["outcomes"].as_array().unwrap();
    let of = |name: &str| {
        outcomes.iter().find(|total| total["outcome"] == name).map(|total| total["visits"].clone())
    };
    assert_eq!((of("moved"), of("cancelled")), (None, Some(1.into())));
    assert_eq!(json["clients"][0]["insuredNumber"], "(masked)");
    let whole = reconcile(&["--show-personal-data", "--format", "json"], &plan, moved.path());
    let found: kaigo_core::care::Reconciliation = serde_json::from_slice(&whole.stdout).unwrap();
    assert!(found.differs());

    let nothing = tempfile::tempdir().unwrap();
    assert_eq!(reconcile(&[], &plan, nothing.path()).status.code(), Some(2));
    assert_eq!(reconcile(&[], &plan, &nothing.path().join("none")).status.code(), Some(2));
}

#[test]
fn the_calendar_is_a_page_of_its_own_and_escapes_what_it_shows() {
    let plan = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(outbox().join("monthly")).unwrap() {
        let file = file.unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        // The first name of a provider, in ASCII, so that the length in bytes does not matter.
        let text = bytes.windows(4).position(|window| window == b"\x8CP\x96\xE2");
        let bytes = match text {
            Some(at) if file.file_name().to_string_lossy().starts_with("UPPLAN") => {
                [&bytes[..at], b"<b>&", &bytes[at + 4..]].concat()
            }
            _ => bytes,
        };
        std::fs::write(plan.path().join(file.file_name()), bytes).unwrap();
    }
    let given = actuals(&[3], Some((0, "0900,0930", "0910,0940")));
    for lang in ["ja", "en"] {
        let page = reconcile(&["--format", "html", "--lang", lang], plan.path(), given.path());
        assert_eq!(page.status.code(), Some(1), "{}", String::from_utf8_lossy(&page.stderr));
        let page = String::from_utf8(page.stdout).unwrap();
        assert!(page.starts_with("<!DOCTYPE html>") && page.contains(&format!("lang=\"{lang}\"")));
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("<script"));
        assert!(!page.contains("6685370090"));
        assert!(page.contains("class=\"day moved\"") && page.contains("class=\"day cancelled\""));
        let shown = reconcile(
            &["--format", "html", "--lang", lang, "--show-personal-data"],
            plan.path(),
            given.path(),
        );
        let shown = String::from_utf8(shown.stdout).unwrap();
        assert!(shown.contains("6685370090"));
    }
}

#[test]
fn files_go_to_xml_and_back_and_losses_are_told() {
    let dir = tempfile::tempdir().unwrap();
    let csv = outbox().join(PLAN);
    let (xml, back) = (dir.path().join("out.xml"), dir.path().join("back.CSV"));
    assert_eq!(convert(&["--to", "xml"], &csv, &xml).status.code(), Some(0));
    assert_eq!(convert(&["--to", "csv"], &xml, &back).status.code(), Some(0));
    assert_eq!(std::fs::read(&back).unwrap(), std::fs::read(&csv).unwrap());

    let (json, out) = (dir.path().join("in.json"), dir.path().join("out.CSV"));
    let document = r#"{"standard":"5.0-provisional","kind":"UPKIHON_SUB1","records":[{"csvVersion":"2024-07",
        "insurerNumber":"092015","insuredNumber":"1234567890","consultedOn":"2026-07-01","timeOfDay":"𠮷〜"}]}"#;
    std::fs::write(&json, document).unwrap();
    let told = convert(&["--to", "csv", "--gaiji", "map", "--report", "json"], &json, &out);
    let report = &lines(&told)[0];
    assert_eq!(
        (&report["kind"], &report["from"], &report["to"]),
        (&"UPKIHON_SUB1".into(), &"json".into(), &"csv".into())
    );
    let losses: Vec<_> =
        report["losses"].as_array().unwrap().iter().map(|l| (&l["code"], &l["character"])).collect();
    assert_eq!(
        losses,
        [(&"loss.variant".into(), &"U+20BB7".into()), (&"loss.variant".into(), &"U+301C".into())]
    );
    std::fs::remove_file(&out).unwrap();
    let refused = convert(&["--to", "csv", "--gaiji", "map", "--lossless"], &json, &out);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("loss.variant") && !out.exists());
}

/// Some hundred units in folders, each under its own sequence number.
fn many(root: &Path, units: usize) {
    for unit in 0..units {
        let folder = root.join(format!("{:02}/{unit:04}", unit % 7));
        std::fs::create_dir_all(&folder).unwrap();
        for file in std::fs::read_dir(outbox().join("plan")).unwrap() {
            let path = file.unwrap().path();
            std::fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
    }
}

fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    files.sort();
    files
}

#[test]
fn a_batch_that_is_killed_goes_on_and_leaves_what_one_that_was_not_leaves() {
    let dir = tempfile::tempdir().unwrap();
    let (input, whole) = (dir.path().join("in"), dir.path().join("whole"));
    many(&input, 100);
    let batch = |out: &Path, manifest: &Path, jobs: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_convert"));
        command.args(["--to", "json", "--jobs", jobs, "--manifest"]).arg(manifest).args([&input, out]);
        command.stderr(std::process::Stdio::piped());
        command
    };
    let whole_manifest = dir.path().join("whole.jsonl");
    assert!(batch(&whole, &whole_manifest, "1").output().unwrap().status.success());
    let expected: Vec<_> = files_below(&whole);
    assert_eq!(expected.len(), 400);

    let (out, manifest) = (dir.path().join("out"), dir.path().join("killed.jsonl"));
    let finished = || std::fs::read_to_string(&manifest).map_or(0, |text| text.lines().count());
    // Killed as soon as it got a little further each time; the number of runs is not known beforehand.
    let mut kills = 0;
    loop {
        let before = finished();
        let mut program = batch(&out, &manifest, "2").spawn().unwrap();
        let ended = loop {
            if let Some(status) = program.try_wait().unwrap() {
                break Some(status);
            }
            if finished() > before + 40 {
                program.kill().unwrap();
                program.wait().unwrap();
                break None;
            }
        };
        match ended {
            Some(status) => {
                assert!(status.success());
                break;
            }
            None => kills += 1,
        }
        assert!(finished() > before, "nothing was kept");
        // What has its name is whole.
        for (path, bytes) in files_below(&out) {
            let name = path.strip_prefix(&out).unwrap();
            if !name.file_name().unwrap().to_string_lossy().starts_with('.') {
                assert!(bytes == std::fs::read(whole.join(name)).unwrap(), "{}", name.display());
            }
        }
    }
    assert!(kills > 0);
    let left: Vec<_> = files_below(&out)
        .into_iter()
        .filter(|(path, _)| !path.file_name().unwrap().to_string_lossy().starts_with('.'))
        .collect();
    assert_eq!(left.len(), expected.len());
    for ((path, bytes), (like, same)) in left.iter().zip(&expected) {
        assert_eq!(path.strip_prefix(&out).unwrap(), like.strip_prefix(&whole).unwrap());
        assert!(bytes == same);
    }
    // The manifest lists each file once: none was done twice.
    let text = std::fs::read_to_string(&manifest).unwrap();
    let mut paths: Vec<_> = text
        .lines()
        .skip(1)
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["path"].to_string())
        .collect();
    paths.sort();
    paths.dedup();
    assert_eq!(paths.len(), 400);
    let last = batch(&out, &manifest, "2").output().unwrap();
    assert!(String::from_utf8_lossy(&last.stderr).contains("400 files (400 finished before)"));
}

#[test]
fn findings_of_a_directory_come_in_the_same_order_from_any_number_of_threads() {
    let dir = tempfile::tempdir().unwrap();
    many(dir.path(), 30);
    for unit in [3, 11, 12] {
        let folder = dir.path().join(format!("{:02}/{unit:04}", unit % 7));
        std::fs::remove_file(folder.join(Path::new(PLAN).file_name().unwrap())).unwrap();
    }
    let told = |jobs| validate(&["--format", "json", "--jobs", jobs], dir.path()).stdout;
    let one = told("1");
    assert!(!one.is_empty());
    assert!(["2", "8"].iter().all(|jobs| told(jobs) == one));
}

/// Four times as many files take no more memory: measured by the kernel.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_files() {
    let dir = tempfile::tempdir().unwrap();
    let peak = |units: usize| {
        let (input, log) = (dir.path().join(units.to_string()), dir.path().join("time"));
        many(&input, units);
        let mut command = Command::new("sh");
        // The highest mark of the program itself, asked for while it lives, before it ends.
        command.arg("-c").arg(r#""$0" --jobs 2 "$1" & while kill -0 $! 2>/dev/null; do grep -s VmHWM /proc/$!/status; done > "$2"; wait $!"#);
        let status = command.arg(env!("CARGO_BIN_EXE_validate")).args([&input, &log]).status().unwrap();
        assert!(status.success());
        let text = std::fs::read_to_string(log).unwrap();
        text.lines().filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).max().unwrap()
    };
    let (few, many) = (peak(150), peak(600));
    assert!(many < few + few / 2, "{few} kB, and {many} kB for four times as many");
}
