//! File names, sequence numbers, sources and units, as two parties exchange them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{Csv, Files, UNITS, check, edit, file_mut, fixtures, kind_of, sample, source};
use kaigo_core::calendar::Month;
use kaigo_core::exchange::{
    CheckOptions, FileName, Party, Sequence, SequenceStore, SourceFile, SourceLimits, Unit, UnitKind, gather,
    read_source, write_atomically, write_files,
};
use kaigo_core::record::{FileKind as K, MonthOrZeros};
use kaigo_core::report::{Code, Strictness};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;

// File names.

#[test]
fn the_examples_of_the_official_text_are_read() {
    for (start, end) in [
        ("UPHOSOKU_000000", ".CSV"),
        ("UPHOSOKU_201909", ".CSV"),
        ("UP1KYO", ".CSV"),
        ("DLT1KYO", ".CSV"),
        ("UP2KYO", ".CSV"),
        ("UP3KYO", ".CSV"),
        ("UPPLAN_201912", ".CSV"),
        ("UPJSK_201912", ".CSV"),
        ("DLTPLAN_201912", ".CSV"),
        ("DLTJSK_201912", ".CSV"),
        ("UPSIKYU_201912", ".CSV"),
        ("UPKIHON", ".CSV"),
        ("DLTKIHON", ".CSV"),
        ("UPKIHON_SUB1", ".CSV"),
        ("UPKIHON_SUB2", ".CSV"),
        ("UPKIHON_IMAGE", "_0001.JPG"),
        ("UPYOBO", ".CSV"),
        ("DLTYOBO", ".CSV"),
        ("UPYOBO_SUB", ".CSV"),
    ] {
        let example = format!("{start}_0300000100_43_0300000005_11_20191025200201{end}");
        let name = FileName::parse(&example).unwrap_or_else(|e| panic!("{example}: {e}"));
        assert_eq!(name.kind(), kind_of(&example));
        assert_eq!(name.to_string(), example.replace(".JPG", ".jpg"));
    }
}

fn party() -> impl Strategy<Value = Party> {
    ("[0-9]{2}[0-9A-Z][0-9]{7}", "[0-9A-Z]{2}").prop_map(|(office, ty)| Party {
        office: office.parse().unwrap(),
        service_type: Some(ty.parse().unwrap()),
    })
}

fn sequence() -> impl Strategy<Value = Sequence> {
    (2000..2100_u32, 1..=12_u32, 1..=28_u32, 0..24_u32, 0..60_u32, 0..60_u32).prop_map(
        |(y, m, d, h, n, s)| Sequence::parse(&format!("{y:04}{m:02}{d:02}{h:02}{n:02}{s:02}")).unwrap(),
    )
}

fn month() -> impl Strategy<Value = MonthOrZeros> {
    prop_oneof![
        Just(MonthOrZeros::Zeros),
        (1..=9999_i16, 1..=12_i8)
            .prop_map(|(year, month)| MonthOrZeros::Month(Month::new(year, month).unwrap())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_name_reads_back_as_what_it_says(kind in prop::sample::select(K::ALL.to_vec()), month in month(),
                                         sender in party(), receiver in party(), sequence in sequence(),
                                         branch in 0..12_000_u16) {
        let month_fits = month != MonthOrZeros::Zeros || kind == K::Supplement;
        let name = if kind == K::FamilyImage {
            prop_assert!(FileName::new(kind, None, sender, receiver, sequence).is_none());
            FileName::image(sender, receiver, sequence, branch)
        } else {
            let month = kind.has_month().then_some(month);
            FileName::new(kind, month, sender, receiver, sequence)
        };
        let allowed = if kind == K::FamilyImage { branch <= 9999 } else { !kind.has_month() || month_fits };
        prop_assert_eq!(name.is_some(), allowed);
        let Some(name) = name else { return Ok(()) };
        prop_assert_eq!(FileName::parse(&name.to_string()), Ok(name));
        let (lower, code) = FileName::parse_tolerant(&name.to_string().to_lowercase()).unwrap();
        prop_assert_eq!((lower, code), (name, Some(Code::FileNameCase)));
        prop_assert!(FileName::new(K::CarePlan1, Some(month), sender, receiver, sequence).is_none());
        prop_assert!(FileName::new(K::SlipPlan, None, sender, receiver, sequence).is_none());
    }

    #[test]
    fn a_sequence_number_reads_back_as_itself(sequence in sequence()) {
        prop_assert_eq!(Sequence::parse(&sequence.to_string()), Some(sequence));
    }
}

// Sequence numbers.

const STORE: &str = "KAIGO_TEST_SEQUENCE_STORE";

/// Runs itself as eight processes, which all ask for numbers of one and the same second.
#[test]
fn processes_never_get_the_same_number() {
    let moment = "2026-06-25T00:37:35Z".parse().unwrap();
    if let Some(folder) = std::env::var_os(STORE) {
        let folder = PathBuf::from(folder);
        let store = SequenceStore::new(folder.join("sequence"));
        let numbers: Vec<String> = (0..50).map(|_| store.next_at(moment).unwrap().to_string()).collect();
        std::fs::write(folder.join(format!("given-{}", std::process::id())), numbers.join("\n")).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let children: Vec<_> = (0..8)
        .map(|_| {
            Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "processes_never_get_the_same_number"])
                .env(STORE, folder.path())
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let mut all = BTreeSet::new();
    let mut processes = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if name.starts_with("given-") {
            let given = std::fs::read_to_string(entry.path()).unwrap();
            let given: Vec<Sequence> = given.lines().map(|line| Sequence::parse(line).unwrap()).collect();
            assert!(given.is_sorted_by(|a, b| a < b), "{given:?}");
            all.extend(given);
            processes += 1;
        } else {
            assert!(["sequence", "sequence.lock"].contains(&name.as_str()), "{name} was left behind");
        }
    }
    assert_eq!((processes, all.len()), (8, 400));
    // The first is the second asked for, and none was left out.
    let last = "20260625094414".parse().unwrap();
    assert_eq!((all.first().unwrap().to_string().as_str(), *all.last().unwrap()), ("20260625093735", last));
}

// Sources.

/// The samples as an archive, each unit in its folder.
fn archive() -> Vec<u8> {
    let entries = UNITS.iter().flat_map(|unit| {
        sample(unit).into_iter().map(move |(name, bytes)| (format!("units/{unit}/{name}"), bytes))
    });
    archive_of(entries)
}

fn archive_of(entries: impl IntoIterator<Item = (String, Vec<u8>)>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read_archive(bytes: &[u8], limits: SourceLimits) -> Result<Vec<SourceFile>, &'static str> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("units.zip");
    std::fs::write(&path, bytes).unwrap();
    read_source(&path, limits).map_err(|error| error.code())
}

#[test]
fn a_directory_an_archive_and_memory_give_the_same_units() {
    let options = CheckOptions::default();
    let from_directory = gather(read_source(&fixtures(), SourceLimits::default()).unwrap(), &options);
    let from_archive = gather(read_archive(&archive(), SourceLimits::default()).unwrap(), &options);
    let from_memory = gather(UNITS.iter().flat_map(|unit| source(&sample(unit))), &options);
    assert_eq!(from_directory.units.len(), 8);
    assert_eq!(from_archive.units, from_directory.units);
    assert_eq!(from_memory.units, from_directory.units);
}

#[test]
fn one_file_is_a_source_too() {
    let (name, bytes) = sample("delete_plan").remove(0);
    let files = read_source(&fixtures().join("delete_plan").join(&name), SourceLimits::default()).unwrap();
    assert_eq!((files.len(), &files[0].name, &files[0].bytes), (1, &name, &bytes));
    let missing = read_source(&fixtures().join("no such file"), SourceLimits::default());
    assert_eq!(missing.unwrap_err().code(), "io");
}

#[test]
fn an_encrypted_archive_is_refused() {
    let mut bytes = archive();
    for (mark, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let heads: Vec<usize> =
            bytes.windows(4).enumerate().filter(|(_, w)| w == mark).map(|(at, _)| at).collect();
        assert_eq!(heads.len(), 16);
        heads.iter().for_each(|at| bytes[at + flags] |= 1);
    }
    assert_eq!(read_archive(&bytes, SourceLimits::default()), Err("zip"));
}

#[test]
fn a_damaged_archive_is_refused() {
    let bytes = archive();
    for cut in [1, 30, bytes.len() / 2, bytes.len() - 1] {
        assert_eq!(read_archive(&bytes[..cut], SourceLimits::default()), Err("zip"), "{cut}");
    }
    // One byte of a file's packed content: its check sum does not match any more.
    let mut bytes = archive_of([("a.CSV".to_owned(), b"0123456789".repeat(50))]);
    bytes[30 + 5 + 4] ^= 0xFF;
    assert_eq!(read_archive(&bytes, SourceLimits::default()), Err("zip"));
}

#[test]
fn an_entry_that_leads_out_of_the_archive_is_not_left_out_in_silence() {
    for name in ["../UP1KYO_1.CSV", "a/../../b.CSV"] {
        let bytes = archive_of([(name.to_owned(), b"x".to_vec()), ("c.CSV".to_owned(), b"y".to_vec())]);
        assert_eq!(read_archive(&bytes, SourceLimits::default()), Err("unsafe_name"), "{name}");
    }
    let inside = archive_of([("a/../b.CSV".to_owned(), b"x".to_vec())]);
    assert_eq!(read_archive(&inside, SourceLimits::default()).unwrap()[0].name, "b.CSV");
}

#[test]
fn limits_hold_for_archives_and_directories() {
    let limits = |files, bytes| SourceLimits { files, bytes };
    let bomb = archive_of([("a.CSV".to_owned(), vec![0; 1 << 20])]);
    assert!(bomb.len() < 10_000);
    assert_eq!(read_archive(&bomb, limits(10, 100_000)), Err("too_large"));
    assert_eq!(read_archive(&bomb, limits(10, 1 << 20)).unwrap()[0].bytes.len(), 1 << 20);
    assert_eq!(read_archive(&archive(), limits(15, 1 << 30)), Err("too_large"));
    assert_eq!(read_archive(&archive(), limits(16, 1 << 30)).unwrap().len(), 16);
    assert_eq!(read_source(&fixtures(), limits(15, 1 << 30)).unwrap_err().code(), "too_large");
    assert_eq!(read_source(&fixtures(), limits(16, 1_000)).unwrap_err().code(), "too_large");
}

// Units.

#[test]
fn files_of_one_unit_lie_in_one_folder() {
    let in_folder = |folder: &str, files: Files| {
        source(&files)
            .into_iter()
            .map(|file| SourceFile { folder: folder.into(), ..file })
            .collect::<Vec<_>>()
    };
    let both = [in_folder("a", sample("plan")), in_folder("b", sample("plan"))].concat();
    let gathered = gather(both, &CheckOptions::default());
    let kinds: Vec<_> = gathered.units.iter().map(Unit::kind).collect();
    assert_eq!(kinds, [Some(UnitKind::CarePlan); 2]);
}

fn codes(files: &Files) -> Vec<(Code, String)> {
    let report = check(files, Strictness::Strict);
    report.findings().iter().map(|f| (f.code, f.note.clone().unwrap_or_default())).collect()
}

/// The prevention plan together with the basic information, under one sequence number.
fn prevention_with_basics() -> Files {
    let mut files = sample("prevention");
    files.extend(
        sample("basic")
            .into_iter()
            .map(|(name, bytes)| (name.replace("20260701090000", "20260701090500"), bytes)),
    );
    files
}

#[test]
fn a_prevention_plan_may_bring_the_basic_information() {
    let files = prevention_with_basics();
    assert_eq!(codes(&files), []);
    let gathered = gather(source(&files), &CheckOptions::default());
    assert_eq!(gathered.units.iter().map(Unit::kind).collect::<Vec<_>>(), [Some(UnitKind::PreventionPlan)]);
    let alone: Files =
        sample("prevention").into_iter().filter(|(name, _)| kind_of(name) == K::PreventionPlan).collect();
    assert_eq!(codes(&alone), []);
}

#[test]
fn an_annex_without_the_record_it_hangs_on_is_incomplete() {
    let mut files = prevention_with_basics();
    files.retain(|(name, _)| kind_of(name) != K::BasicInformation);
    assert_eq!(codes(&files), [(Code::UnitIncomplete, "UPKIHON".to_owned())]);
    let mut files = sample("prevention");
    files.retain(|(name, _)| kind_of(name) != K::PreventionPlan);
    assert_eq!(codes(&files), [(Code::UnitIncomplete, "UPYOBO".to_owned())]);
}

#[test]
fn an_incomplete_unit_names_what_is_missing() {
    for (unit, missing) in
        [("plan", K::CarePlan2), ("plan", K::Supplement), ("monthly", K::SlipAnnex), ("monthly", K::SlipPlan)]
    {
        let mut files = sample(unit);
        files.retain(|(name, _)| kind_of(name) != missing);
        assert_eq!(codes(&files), [(Code::UnitIncomplete, missing.name().to_owned())]);
    }
}

#[test]
fn records_of_annexes_need_their_parent() {
    for (unit, kind, no, value) in [
        ("plan", K::CarePlan2, 5, "20260305"),
        ("plan", K::Supplement, 4, "20260305"),
        ("monthly", K::SlipAnnex, 3, "H123456789"),
        ("monthly", K::Supplement, 3, "H123456789"),
        ("basic", K::DailySchedule, 4, "20260621"),
        ("basic", K::MedicalHistory, 4, "20260621"),
        ("prevention", K::PreventionSupport, 4, "20260626"),
    ] {
        let files = edit(sample(unit), kind, |csv| {
            csv.set(1, no, value);
        });
        let orphans: Vec<_> =
            codes(&files).into_iter().filter(|(code, _)| *code == Code::UnitOrphan).collect();
        assert_eq!(orphans.len(), 1, "{}", kind.name());
    }
}

#[test]
fn the_supplement_of_a_plan_is_linked_whatever_its_month() {
    // The link ignores the month: what is wrong with it is said of the field alone.
    let files = edit(sample("plan"), K::Supplement, |csv| {
        csv.set(1, 63, "202607");
    });
    let found: BTreeSet<&str> = codes(&files).iter().map(|(code, _)| code.name()).collect();
    assert!(
        found.contains("row.supplement_keys") && !found.iter().any(|code| code.starts_with("unit.")),
        "{found:?}"
    );
}

#[test]
fn the_image_of_the_sample_in_capitals_is_the_image() {
    let image = "UPKIHON_IMAGE_1309975546_46_1373350030_A2_20260701090000_0001";
    let mut files = edit(sample("basic"), K::BasicInformation, |csv| {
        csv.set(1, 62, format!("\"{image}.jpg\""));
    });
    files.push((format!("{image}.JPG"), b"\xFF\xD8\xFF\xE0".to_vec()));
    assert_eq!(codes(&files), []);
}

// Writing.

fn entries(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn a_unit_is_written_whole_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("new").join("unit");
    let unit = Unit::new(sample("plan")).unwrap();
    unit.write_to(&target).unwrap();
    assert_eq!(entries(&target), sample("plan").into_iter().map(|(name, _)| name).collect());
    let read = read_source(&target, SourceLimits::default()).unwrap();
    assert_eq!(gather(read, &CheckOptions::default()).units, std::slice::from_ref(&unit));
    // Once more over itself.
    unit.write_to(&target).unwrap();
    assert_eq!(entries(&target).len(), 4);
}

#[test]
fn a_folder_in_the_way_leaves_nothing_written() {
    for blocked in 0..4 {
        let folder = tempfile::tempdir().unwrap();
        let files = sample("plan");
        let in_the_way = folder.path().join(&files[blocked].0);
        std::fs::create_dir(&in_the_way).unwrap();
        std::fs::write(in_the_way.join("kept"), "").unwrap();
        let error = Unit::new(files.clone()).unwrap().write_to(folder.path()).unwrap_err();
        assert_eq!(error.code(), "io");
        assert_eq!(entries(folder.path()), BTreeSet::from([files[blocked].0.clone()]));
    }
}

#[test]
fn names_that_leave_the_folder_or_stand_twice_leave_nothing_written() {
    for names in [
        ["a", "a"],
        ["a", "A"],
        ["a", "../b"],
        ["a", ".."],
        ["a", ""],
        ["a", "c/d"],
        ["a", "c\\d"],
        ["a", "/b"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        let error = write_files(&target, names.map(|name| (name, &b"x"[..]))).unwrap_err();
        assert_eq!(error.code(), "unsafe_name", "{names:?}");
        assert!(!target.exists(), "{names:?}");
        assert_eq!(entries(folder.path()), BTreeSet::new(), "{names:?}");
    }
}

#[test]
fn a_file_that_cannot_be_replaced_is_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    write_atomically(&path, b"old").unwrap();
    write_atomically(&path, b"new").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"new");
    let in_the_way = folder.path().join("folder");
    std::fs::create_dir(&in_the_way).unwrap();
    assert_eq!(write_atomically(&in_the_way, b"x").unwrap_err().code(), "io");
    assert_eq!(write_atomically(&folder.path().join("no/file"), b"x").unwrap_err().code(), "io");
    assert_eq!(entries(folder.path()), BTreeSet::from(["file".to_owned(), "folder".to_owned()]));
}

#[test]
fn a_changed_sample_is_another_unit() {
    let mut files = sample("actuals");
    let (_, bytes) = file_mut(&mut files, K::SlipActuals);
    *bytes = Csv::of(bytes).row_bytes(1);
    assert_ne!(Unit::new(files), Unit::new(sample("actuals")));
}
