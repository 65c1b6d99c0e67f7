//! care-json: what units and an inbox hold as one document, and back to their files.
#![allow(clippy::panic, reason = "a test fails by it")]

mod common;

use common::{Files, sample};
use kaigo_core::care::{CareDocument, Repeats};
use kaigo_core::document;
use kaigo_core::exchange::{CheckOptions, Inbox, Unit};
use kaigo_core::format::csv::WriteOptions;
use kaigo_core::report::{Code, Lang, Report};
use serde_json::{Value as Json, json};

/// The samples that a document holds.
const HELD: [&str; 5] = ["plan", "monthly", "actuals", "basic", "prevention"];

fn unit(files: Files) -> Unit {
    Unit::new(files).unwrap_or_else(|| panic!("a unit"))
}

fn read(units: &[Unit]) -> (CareDocument, Report) {
    CareDocument::from_units(units, &CheckOptions::default())
}

fn files_of(units: &[Unit]) -> Files {
    let mut files: Files = units
        .iter()
        .flat_map(|unit| unit.files())
        .map(|file| (file.name().to_owned(), file.bytes().to_vec()))
        .collect();
    files.sort();
    files
}

fn written(document: &CareDocument) -> Vec<Unit> {
    let (units, report) =
        document.to_units(Repeats::AsRead, &WriteOptions::default()).unwrap_or_else(|e| panic!("{e}"));
    assert!(report.is_empty(), "{:?}", report.findings());
    units
}

#[test]
fn every_sample_unit_comes_back_name_by_name_and_byte_for_byte() {
    for name in HELD {
        let (document, report) = read(&[unit(sample(name))]);
        assert!(report.is_empty(), "{name}: {:?}", report.findings());
        let json = document::to_json(&document);
        let again: CareDocument = document::from_json(&json).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(again, document);
        assert_eq!(files_of(&written(&again)), sample(name), "{name}");
    }
}

#[test]
fn several_units_are_one_document_and_units_again() {
    let units: Vec<_> = ["plan", "monthly"].map(|name| unit(sample(name))).into();
    let (document, report) = read(&units);
    assert!(report.is_empty());
    let counts = (document.care_plans.len(), document.monthly_slips.len(), document.actuals.len());
    assert_eq!(counts, (3, 3, 0));
    let back = written(&document);
    let sequences: Vec<_> =
        back.iter().filter_map(Unit::sequence).map(|sequence| sequence.to_string()).collect();
    assert_eq!(sequences, ["20260625093735", "20260625093736"], "the second unit is a second later");
    let bytes = |files: Files| files.into_iter().map(|(_, bytes)| bytes).collect::<Vec<_>>();
    assert_eq!(bytes(files_of(&back)), bytes(files_of(&units)));
    for unit in &back {
        assert_eq!(unit.check(&CheckOptions::default()).errors(), 0);
    }
}

#[test]
fn an_inbox_holds_what_its_units_say() {
    let units: Vec<_> = HELD.map(|name| unit(sample(name))).into();
    let mut inbox = Inbox::default();
    inbox.apply_all(&units, &CheckOptions::default());
    let (current, report) = CareDocument::from_inbox(&inbox);
    assert!(report.is_empty());
    let (said, _) = read(&units);
    // Units of several senders have no one sender.
    assert_eq!((&said.sender, &current.sender), (&None, &None));
    let keys = |document: &CareDocument| {
        let mut keys: Vec<_> = document
            .care_plans
            .iter()
            .map(|plan| (plan.client(), plan.care_plan_date, plan.supports().count()))
            .collect();
        keys.sort();
        keys
    };
    assert_eq!(keys(&current), keys(&said));
    for (a, b) in [
        (current.monthly_slips.len(), said.monthly_slips.len()),
        (current.actuals.len(), said.actuals.len()),
        (current.prevention_plans.len(), said.prevention_plans.len()),
        (current.basic_information.len(), said.basic_information.len()),
    ] {
        assert!(a == b && a > 0);
    }
}

#[test]
fn deletions_and_images_are_told_to_be_left_out() {
    let mut basic = sample("basic");
    let image = "UPKIHON_IMAGE_1309975546_46_1373350030_A2_20260701090000_0001.jpg";
    basic.push((image.to_owned(), b"\xFF\xD8\xFF".to_vec()));
    let (document, report) = read(&[unit(sample("delete_plan")), unit(basic)]);
    assert_eq!(document.basic_information.len(), 2);
    let left: Vec<_> = report
        .findings()
        .iter()
        .filter(|finding| finding.code == Code::CareLeftOut)
        .map(|finding| finding.place.file.as_deref().map(|name| name.to_owned()))
        .collect();
    assert_eq!(left.len(), 2);
    assert!(
        left[0].as_ref().is_some_and(|name| name.starts_with("DLT1KYO")) && left[1].as_deref() == Some(image)
    );
}

#[test]
fn findings_name_the_file_and_its_row() {
    let files = common::edit(sample("plan"), kaigo_core::record::FileKind::CarePlan3, |csv| {
        csv.set(2, 7, "8");
    });
    let (_, report) = read(&[unit(files)]);
    let found = report.findings().iter().find(|finding| finding.code == Code::CareNotCarried);
    let place = &found.unwrap_or_else(|| panic!("{:?}", report.findings())).place;
    assert!(place.file.as_deref().is_some_and(|name| name.starts_with("UP3KYO_")));
    assert_eq!((place.row, place.field.map(|field| field.no)), (Some(2), Some(7)));
}

/// The places and messages of what is wrong.
fn refused(json: &Json) -> Vec<String> {
    match document::from_json::<CareDocument>(json.to_string().as_bytes()).map_err(|error| error.into_kind())
    {
        Err(kaigo_core::ErrorKind::Document(error)) => {
            error.faults().iter().map(|fault| fault.message(Lang::English)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_form_or_version_is_refused() {
    assert!(document::from_json::<CareDocument>(br#"{"format":"kaigo-care","version":1}"#).is_ok());
    let of_version = |version: u32| json!({ "format": "kaigo-care", "version": version });
    for version in [0, 2] {
        assert_eq!(
            refused(&of_version(version)),
            ["version is another version of kaigo-care than the one that is read here, 1"]
        );
    }
    assert_eq!(refused(&json!({ "format": "5.0", "version": 1 })), ["format is no value of the member"]);
    assert_eq!(refused(&json!({ "format": "kaigo-care" })), ["version is missing"]);
}

#[test]
fn without_sender_receiver_and_sequence_number_nothing_is_written() {
    let (document, _) = read(&[unit(sample("plan"))]);
    let headless = CareDocument { sender: None, sequence: None, ..document };
    let error = match headless.to_units(Repeats::AsRead, &WriteOptions::default()) {
        Err(error) => error,
        Ok(_) => panic!("it was written"),
    };
    let message = error.message(Lang::English);
    assert_eq!(error.code(), "document.missing");
    assert!(message.contains("sender is missing") && message.contains("sequence is missing"), "{message}");
}

#[test]
fn the_schema_takes_what_is_written_and_nothing_that_is_refused() {
    let schema = document::schema("CareDocument").unwrap_or_else(|| panic!("a schema"));
    let schema: Json = serde_json::from_str(&schema).unwrap_or_else(|e| panic!("{e}"));
    let validator =
        jsonschema::options().should_validate_formats(true).build(&schema).unwrap_or_else(|e| panic!("{e}"));
    let (document, _) = read(&HELD.map(|name| unit(sample(name))));
    let json: Json = serde_json::from_slice(&document::to_json(&document)).unwrap_or_else(|e| panic!("{e}"));
    let errors: Vec<_> =
        validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let changed = |pointer: &str, value: Json| {
        let mut json = json.clone();
        *json.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        json
    };
    for bad in [
        changed("/version", json!(2)),
        changed("/version", json!(0)),
        changed("/format", json!("5.0")),
        changed("/carePlans/0/carePlanDate", json!("20260304")),
        changed("/carePlans/0/supplement/targetMonth", json!("0000-00")),
        changed("/carePlans/0/weeklyServices/0/weekday", json!("8")),
        changed("/carePlans/0/weeklyServices/0/serviceStartTime", json!("99:99")),
        changed("/carePlans/0/needs/0/goals", json!([{"name": "x"}])),
    ] {
        assert!(!validator.is_valid(&bad));
        refused(&bad);
    }
}
