//! The C programs of `examples/c`, built as C and as C++, run plain, under the sanitizers and under valgrind.
#![forbid(unsafe_code)]
#![cfg(all(target_os = "linux", feature = "arrow", feature = "http"))]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use kaigo_core::card::CardChannel as _;
use kaigo_core::exchange::{CheckOptions, SourceLimits, gather, read_source};
use kaigo_core::record::{AnyRecord as _, Records};
use kaigo_sandbox::Sandbox;
use kaigo_sandbox::card::{Contents, Traits, VirtualCard};
use support::{VALGRIND, compile, has, installed, root, run};

const SLIPS: &str = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";

/// The column that `columns` sums.
const COUNTED: &str = "service_count";

/// How a program is built: compiler, flags, and what it is run under.
const WAYS: &[(&str, &[&str], &[&str])] = &[
    ("gcc", &["-std=c11"], VALGRIND),
    ("g++", &["-std=c++17"], &[]),
    ("gcc", &["-std=c11", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"], &[]),
];

/// Builds an example in every way and runs it with arguments; what it prints is the same each time.
fn each_way(name: &str, arguments: impl Fn() -> Vec<PathBuf>, check: impl Fn(&str)) {
    let library = installed();
    for (way, (compiler, flags, under)) in WAYS.iter().enumerate() {
        let program = library.path().join(format!("{name}-{way}"));
        let source = root().join("examples/c").join(format!("{name}.c"));
        compile(compiler, flags, &[source], library.path(), &program);
        let mut command = match under {
            [tool, options @ ..] if has(tool) => {
                let mut command = Command::new(tool);
                command.args(options).arg(&program);
                command
            }
            _ => Command::new(&program),
        };
        check(&run(command.args(arguments())));
    }
}

fn outbox() -> PathBuf {
    root().join("examples/data/outbox")
}

#[test]
fn care_plan_prints_needs_and_counts_goals() {
    let plans = root().join("kaigo-core/tests/fixtures/careplan-4.1/plan");
    each_way(
        "care_plan",
        || vec![plans.clone()],
        |printed| {
            assert_eq!(printed.lines().filter(|line| line.starts_with("  ")).count(), 8, "{printed}");
            assert!(printed.starts_with("認定の有効期間は２４か月。\n  2 goals\n"), "{printed}");
        },
    );
}

#[test]
fn validate_finds_nothing_in_the_sample_outbox() {
    each_way("validate", || vec![outbox()], |printed| assert!(printed.contains(": 2 units"), "{printed}"));
}

#[test]
fn home_modification_prints_what_the_allowance_pays() {
    let question = root().join("examples/data/questions/home_modification.json");
    each_way(
        "home_modification",
        || vec![question.clone()],
        |printed| {
            assert!(printed.starts_with("planned: 150000 yen from 2026-12-07, after 1 works"), "{printed}");
            let decision: serde_json::Value =
                serde_json::from_str(printed.lines().nth(1).unwrap_or_default()).unwrap();
            assert_eq!(
                (&decision["value"]["insurer"], &decision["value"]["over"]),
                (&72_000.into(), &70_000.into())
            );
        },
    );
}

#[test]
fn read_slip_prints_every_visit() {
    let slips = outbox().join("monthly").join(SLIPS);
    let rows = std::fs::read(&slips).expect("the sample is there").iter().filter(|b| **b == b'\n').count();
    each_way(
        "read_slip",
        || vec![slips.clone()],
        |printed| {
            assert!(printed.contains("20260701 09:00"), "{printed}");
            assert!(printed.contains(&format!("{rows} rows, ")), "{printed}");
        },
    );
}

#[test]
fn stream_rows_counts_every_row_and_field() {
    let slips = outbox().join("monthly").join(SLIPS);
    let text = std::fs::read(&slips).expect("the sample is there");
    let rows = text.iter().filter(|byte| **byte == b'\n').count();
    each_way(
        "stream_rows",
        || vec![slips.clone()],
        |printed| assert!(printed.starts_with(&format!("{rows} rows, ")), "{printed}"),
    );
}

#[test]
fn columns_sums_a_column_over_every_file_of_the_kind() {
    let folder = root().join("kaigo-core/tests/fixtures/careplan-4.1/monthly");
    let mut sum = 0;
    let mut rows = 0;
    let mut files = 0;
    for entry in std::fs::read_dir(&folder).expect("the fixtures are there").flatten() {
        if !entry.file_name().to_string_lossy().starts_with("UPPLAN_") {
            continue;
        }
        files += 1;
        let bytes = std::fs::read(entry.path()).expect("the file is read");
        let options = kaigo_core::format::csv::ReadOptions::new(kaigo_core::record::FileKind::SlipPlan);
        let (records, _) = kaigo_core::format::csv::read(&bytes, &options).expect("records");
        rows += records.len();
        for record in records.iter() {
            let no = usize::from(records.kind().layout().unwrap().field_named(COUNTED).expect("a field").no);
            if let Some(kaigo_core::record::Value::Integer(number)) = record.value(no) {
                sum += i64::from(number);
            }
        }
    }
    assert!(files > 0 && sum > 0, "the fixtures hold something to sum");
    each_way(
        "columns",
        || vec!["UPPLAN".into(), COUNTED.into(), folder.clone()],
        |printed| {
            let expected = format!("{files} files, {rows} rows, 0 findings, {COUNTED}: {sum}");
            assert!(printed.contains(&expected), "{printed}, not {expected}");
        },
    );
}

/// A program that may take 100 MB of addresses reads a file of 120 MB row by row, and cannot read it as a whole.
#[test]
fn a_file_larger_than_the_memory_is_streamed() {
    let library = installed();
    let big = library.path().join(SLIPS);
    let text = std::fs::read(outbox().join("monthly").join(SLIPS)).expect("the sample is there");
    let times = 120_000_000 / text.len();
    std::fs::write(&big, text.repeat(times)).expect("the file is written");
    let rows = times * text.iter().filter(|byte| **byte == b'\n').count();
    let limited = |name: &str| {
        let program = library.path().join(name);
        let source = root().join("examples/c").join(format!("{name}.c"));
        compile("gcc", &["-std=c11"], &[source], library.path(), &program);
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 100000 && exec \"$@\"", "sh"]).arg(program).arg(&big);
        command.output().expect("the shell runs")
    };
    let streamed = limited("stream_rows");
    let printed = String::from_utf8_lossy(&streamed.stdout);
    assert!(printed.contains(&format!("{rows} rows, ")), "{}", String::from_utf8_lossy(&streamed.stderr));
    assert!(
        !limited("read_slip").status.success(),
        "the limit must be one that a whole file does not fit in"
    );
}

#[test]
fn first_prints_what_is_wrong() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let bad = dir.path().join(SLIPS);
    let text = std::fs::read(outbox().join("monthly").join(SLIPS)).expect("the sample is there");
    std::fs::write(&bad, [b"202407,37660X".as_slice(), &text[13..]].concat()).expect("the file is written");
    each_way(
        "first",
        || vec![bad.clone()],
        |printed| {
            assert!(printed.contains("row 1 No.2 insurer_number"), "{printed}");
        },
    );
}

#[test]
fn send_and_receive_carries_the_outbox_through_the_sandbox() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let sandbox =
        Sandbox::builder().data_dir(dir.path().join("sandbox")).start().expect("the sandbox starts");
    let mut arguments: Vec<PathBuf> = vec![sandbox.url().into(), sandbox.data_dir().join("ca.pem")];
    for account in sandbox.accounts() {
        let folder = sandbox.data_dir().join("offices").join(account.office().as_str());
        arguments.push(folder.join("client.p12"));
        arguments.extend([account.p12_password(), account.user_id(), account.password()].map(PathBuf::from));
    }
    let out = dir.path().join("out");
    arguments.extend([outbox(), out.clone()]);
    each_way(
        "send_receive",
        || arguments.clone(),
        |printed| {
            assert!(printed.contains("2 sent, 2 received"), "{printed}");
            assert_eq!(files(&out), files(&outbox()));
        },
    );
}

#[test]
fn outbox_sends_what_it_queued() {
    let sandbox = Sandbox::builder().start().expect("the sandbox starts");
    let account = &sandbox.accounts()[0];
    let offices = sandbox.data_dir().join("offices");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let runs = std::cell::Cell::new(0);
    each_way(
        "outbox",
        || {
            // Each way has an outbox of its own.
            runs.set(runs.get() + 1);
            let mut arguments: Vec<PathBuf> = vec![sandbox.url().into(), sandbox.data_dir().join("ca.pem")];
            arguments.push(offices.join(account.office().as_str()).join("client.p12"));
            arguments
                .extend([account.p12_password(), account.user_id(), account.password()].map(PathBuf::from));
            arguments.extend([dir.path().join(runs.get().to_string()), outbox()]);
            arguments
        },
        |printed| {
            assert_eq!(
                printed,
                "2 sent, 0 refused, 0 again later\n1: 4 files to 1373350030: sent \n2: 3 files to 1373350030: sent \n"
            );
        },
    );
}

#[test]
fn reconcile_says_what_became_of_planned_visits() {
    let fixtures = root().join("kaigo-core/tests/fixtures/careplan-4.1");
    let actual = fixtures.join("actuals/UPJSK_202607_1373350030_11_1371249069_43_20260803103829.CSV");
    each_way(
        "reconcile",
        || vec![outbox().join("monthly").join(SLIPS), actual.clone()],
        |printed| {
            let expected = "as_planned: 20\ncancelled: 3\nmoved: 2\nnot_reported: 33\n\
                            units: 25433 planned, 5154 actual\n";
            assert_eq!(printed, expected);
        },
    );
}

#[test]
fn actuals_are_drafted_from_a_plan_and_written() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let runs = std::cell::Cell::new(0);
    each_way(
        "actuals",
        || {
            runs.set(runs.get() + 1);
            let out = dir.path().join(runs.get().to_string());
            std::fs::create_dir(&out).expect("a folder");
            vec![outbox().join("monthly"), out]
        },
        |printed| {
            let out = dir.path().join(runs.get().to_string());
            let options = CheckOptions::default();
            let files = read_source(&out, SourceLimits::default()).expect("the folder is read");
            let mut units = gather(files, &options).units;
            assert_eq!(printed.lines().count(), units.len());
            assert!(units.iter().all(|unit| unit.check(&options).is_empty()));
            let visits = units.remove(0);
            let Some(Records::SlipActuals(rows)) = &visits.read(&options)[0].records else {
                panic!("no actuals")
            };
            let first = &rows[0];
            assert_eq!(first.value(10).map(|value| value.to_text()).as_deref(), Some("20260702"));
            assert_eq!(first.value(12).map(|value| value.to_text()).as_deref(), Some("1300"));
            // The plan's second visit, on the fifth, was cancelled.
            assert_eq!(rows[1].value(10).map(|value| value.to_text()).as_deref(), Some("20260708"));
        },
    );
}

/// A virtual card behind a socket, for one program: each message with its length in two bytes.
fn serve_card(mut card: VirtualCard) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("the program connects");
        let mut head = [0; 2];
        while stream.read_exact(&mut head).is_ok() {
            let mut command = vec![0; usize::from(u16::from_be_bytes(head))];
            stream.read_exact(&mut command).expect("a command");
            let answer = card.transmit(&command).expect("an answer");
            let length = u16::try_from(answer.len()).expect("a short answer").to_be_bytes();
            stream.write_all(&[length.as_slice(), &answer].concat()).expect("the program listens");
        }
    });
    port
}

#[test]
fn read_card_reads_and_signs_through_a_channel_of_the_program() {
    let card = VirtualCard::new(Contents::issue().expect("a card"), Traits::default());
    let person = card.person();
    each_way(
        "read_card",
        || vec![serve_card(card.clone()).to_string().into(), "1357".into(), "2468".into()],
        |printed| {
            let expected = format!(
                "municipality {}, until {}\ntries left: 3, 5, 3, 10\n{}\n{}\n{}\nfemale\nsigned: algorithm 1, 256 bytes\n",
                person.municipality, person.expires, person.name, person.address, person.birth
            );
            assert_eq!(printed, expected);
        },
    );
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        if entry.path().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            let bytes = std::fs::read(entry.path()).expect("the file is there");
            found.push((entry.file_name().to_string_lossy().into_owned(), bytes));
        }
    }
    found.sort();
    found
}

#[test]
fn convert_writes_the_other_form_and_tells_what_is_lost() {
    let out = tempfile::tempdir().unwrap();
    let (there, back) = (out.path().join("there.json"), out.path().join("back.CSV"));
    let slips = outbox().join("monthly").join(SLIPS);
    each_way(
        "convert",
        || vec![slips.clone(), "json".into(), there.clone()],
        |printed| assert_eq!(printed, ""),
    );
    let text = std::fs::read_to_string(&there).unwrap().replacen("見本", "𠮷", 1);
    std::fs::write(&there, text).unwrap();
    each_way(
        "convert",
        || vec![there.clone(), "csv".into(), back.clone()],
        |printed| assert!(printed.contains("U+20BB7 𠮷 → 吉) [loss.variant]"), "{printed}"),
    );
    assert!(back.exists());
}
