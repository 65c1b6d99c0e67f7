//! The JSON form: nothing is lost on the way from CSV and back, and every refusal has its place.

#![allow(clippy::panic)]

mod common;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use kaigo_core::ErrorKind;
use kaigo_core::format::csv;
use kaigo_core::format::json::{self, JsonFault, ReadOptions, RecordJson, WriteOptions};
use kaigo_core::record::{AnyRecord, Field, FileKind, Records, ServiceSlip, Value};
use kaigo_core::report::{Code, Lang, Masking, Report};
use kaigo_core::text::{Encoding, Text};
use proptest::prelude::*;

use common::all_samples;
use common::rows::{encode, file};

fn read_csv(kind: FileKind, bytes: &[u8]) -> Records<'_> {
    csv::read(bytes, &csv::ReadOptions::new(kind)).unwrap_or_else(|| panic!("an image")).0
}

/// The records as CSV; `None` where the encoding cannot hold them.
fn write_csv(records: &Records<'_>, encoding: Encoding) -> Option<Vec<u8>> {
    let options = csv::WriteOptions { encoding, ..Default::default() };
    csv::write(records.kind(), records.iter(), &options).ok().map(|(bytes, _)| bytes)
}

fn write(records: &Records<'_>) -> Vec<u8> {
    json::write(records.kind(), records.iter(), &WriteOptions::default())
}

fn read(document: &[u8]) -> (Records<'static>, Report) {
    json::read(document, &ReadOptions::default()).unwrap_or_else(|e| panic!("{e}"))
}

fn refused(document: &[u8]) -> (JsonFault, &'static str, usize, usize) {
    match json::read(document, &ReadOptions::default()) {
        Ok(_) => panic!("read all the same"),
        Err(error) => match error.kind() {
            ErrorKind::Json(json) => (json.fault().clone(), error.code(), json.line(), json.column()),
            other => panic!("{other}"),
        },
    }
}

/// A document of one 第6表 record.
fn slip(members: &str) -> Vec<u8> {
    format!(r#"{{"standard":"5.0-provisional","kind":"UPPLAN","records":[{{{members}}}]}}"#).into_bytes()
}

/// The one record of a document of 第6表, and the codes and No. of what was found in its form.
fn read_slip(members: &str) -> (ServiceSlip<'static>, Vec<(Code, Option<u16>)>) {
    let options = ReadOptions { check: false, ..ReadOptions::default() };
    let (records, report) = json::read(&slip(members), &options).unwrap_or_else(|e| panic!("{e}"));
    let Records::SlipPlan(slips) = records else { panic!("another kind") };
    let found = report.findings().iter().map(|f| (f.code, f.place.field.map(|field| field.no))).collect();
    (slips.into_iter().next().unwrap_or_default(), found)
}

#[test]
fn samples_come_back_from_json_byte_for_byte() {
    for (kind, bytes) in all_samples() {
        let records = read_csv(kind, &bytes);
        let document = write(&records);
        let (back, report) = read(&document);
        assert!(report.is_empty(), "{}: {:#?}", kind.name(), report.findings());
        assert_eq!(back, records, "{}", kind.name());
        assert_eq!(write_csv(&back, Encoding::Ms932).as_ref(), Some(&bytes), "{}", kind.name());
        assert_eq!(write(&back), document, "{}", kind.name());

        let pretty = json::write(kind, records.iter(), &WriteOptions { pretty: true });
        assert!(pretty.len() > document.len());
        assert_eq!(read(&pretty).0, records);

        let mut streamed = Vec::new();
        json::write_to(&mut streamed, kind, records.iter(), &WriteOptions::default())
            .unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(streamed, document);
    }
}

#[test]
fn every_kind_of_value_has_its_form() {
    let csv = "202407,092015,1234567890,20260625,202607,,\"髙橋 \"\"花子\"\"\",396,,20260701,\
               1111111000000000000000000000000,9999,0930,1,111111,,,,,1371249069,,,5,,\r\n";
    let csv = encode(csv);
    let records = read_csv(FileKind::SlipPlan, &csv);
    let document = String::from_utf8(write(&records)).unwrap_or_default();
    assert_eq!(
        document,
        concat!(
            r#"{"standard":"5.0-provisional","kind":"UPPLAN","records":[{"csvVersion":"2024-07","#,
            r#""insurerNumber":"092015","insuredNumber":"1234567890","createdOn":"2026-06-25","#,
            r#""targetMonth":"2026-07","plannerName":"髙橋 \"花子\"","units":396,"serviceDate":"2026-07-01","#,
            r#""perDiemDays":"1111111000000000000000000000000","serviceStartTime":"9999","#,
            r#""serviceEndTime":"09:30","serviceCount":1,"serviceCode":"111111","officeNumber":"1371249069","#,
            r#""over30Days":{"raw":"5"}}]}"#
        )
    );
}

#[test]
fn zeros_and_prices_keep_their_form() {
    for (kind, no, csv, expected) in [
        (FileKind::Supplement, 4, "00000000", r#""00000000""#),
        (FileKind::Supplement, 63, "000000", r#""000000""#),
        (FileKind::Supplement, 4, "20260701", r#""2026-07-01""#),
        (FileKind::SlipAnnex, 23, "11.40", r#""11.40""#),
        (FileKind::SlipAnnex, 23, "11.4", r#"{"raw":"11.4"}"#),
        (FileKind::SlipAnnex, 13, "007", r#"{"raw":"007"}"#),
        (FileKind::SlipAnnex, 4, "00000000", r#"{"raw":"00000000"}"#),
        (FileKind::SlipAnnex, 4, "2026-07-01", r#"{"raw":"2026-07-01"}"#),
    ] {
        let layout = kind.layout().unwrap_or_else(|| panic!("no layout"));
        let row: Vec<&str> = layout.fields.iter().map(|f| if f.no == no { csv } else { "" }).collect();
        let row = format!("{}\r\n", row.join(",")).into_bytes();
        let records = read_csv(kind, &row);
        let document = String::from_utf8(write(&records)).unwrap_or_default();
        assert!(document.contains(&format!(":{expected}}}]")), "{document}");
        assert_eq!(write_csv(&read(document.as_bytes()).0, Encoding::Ms932), Some(row));
    }
}

#[test]
fn bytes_that_unicode_would_change_are_kept() {
    for (bytes, expected) in [
        (&b"\x83\x5C"[..], r#""ソ""#),
        (b"a\xED\x40", r#"{"bytes":"61ED40"}"#),
        (b"\xF0\x40", r#"{"bytes":"F040"}"#),
        (b"\x81", r#"{"bytes":"81"}"#),
        (b"\x81\"\"", r#"{"bytes":"8122"}"#),
        (b"\x07", r#""\u0007""#),
        (b"\x7F\t", "\"\u{7F}\\t\""),
    ] {
        let mut row = b"202407,092015,1234567890,20260625,202607,,\"".to_vec();
        row.extend_from_slice(bytes);
        row.extend_from_slice(b"\",396,,20260701,,9999,9999,1,111111,,,,,1371249069,,,1,,\r\n");
        let records = read_csv(FileKind::SlipPlan, &row);
        let document = write(&records);
        let shown = String::from_utf8(document.clone()).unwrap_or_default();
        assert!(shown.contains(&format!("\"plannerName\":{expected},")), "{shown}");
        let (back, _) = read(&document);
        assert_eq!(write_csv(&back, Encoding::Ms932), Some(row));
        assert_eq!(write(&back), document);
    }
}

#[test]
fn bytes_of_a_utf8_file_say_so() {
    let mut row = "202407,092015,1234567890,20260625,202607,,\"山田".as_bytes().to_vec();
    row.extend_from_slice("\",396,,20260701,,9999,9999,1,111111,,,,\"".as_bytes());
    // The name of the equipment and of the office: UTF-8, and broken behind what is looked at.
    row.extend(std::iter::repeat_n(b'a', 70_000));
    row.extend_from_slice(b"\xFF\",1371249069,,,1,,\r\n");
    let records = read_csv(FileKind::SlipPlan, &row);
    let document = write(&records);
    let shown = String::from_utf8_lossy(&document);
    assert!(shown.contains(r#""plannerName":"山田""#) && shown.contains(r#"61FF","encoding":"UTF-8"}"#));
    let (back, _) = read(&document);
    assert_eq!(write_csv(&back, Encoding::Utf8), write_csv(&records, Encoding::Utf8));
    assert_eq!(write(&back), document);
}

#[test]
fn a_verbatim_value_that_is_one_is_that_value() {
    let (slip, found) = read_slip(r#""createdOn":{"raw":"20260625"},"units":{"bytes":"333936"}"#);
    assert_eq!(slip.created_on.get().map(|date| date.to_string()).as_deref(), Some("2026-06-25"));
    assert_eq!(slip.units.get(), Some(396));
    assert_eq!(found, []);
    let (slip, found) = read_slip(r#""plannerName":{"bytes":"835c"},"units":null,"createdOn":"""#);
    assert_eq!(slip.planner_name, Text::from("ソ"));
    assert!(slip.units.is_blank() && slip.created_on.is_blank());
    assert_eq!(found, []);
}

#[test]
fn a_value_in_another_form_is_reported_and_its_text_kept() {
    for (member, no, kept) in [
        (r#""createdOn":"20260625""#, 4, Some("20260625")),
        (r#""createdOn":"2026-6-25""#, 4, Some("2026-6-25")),
        (r#""createdOn":20260625"#, 4, Some("20260625")),
        (r#""createdOn":"0000-00-00""#, 4, Some("0000-00-00")),
        (r#""serviceStartTime":"99:99""#, 12, Some("99:99")),
        (r#""serviceStartTime":"0930""#, 12, Some("0930")),
        (r#""units":"396""#, 8, Some("396")),
        (r#""units":7.0"#, 8, Some("7.0")),
        (r#""units":-0"#, 8, Some("-0.0")),
        (r#""units":true"#, 8, Some("true")),
        (r#""units":[1,[2]]"#, 8, None),
        (r#""plannerName":12"#, 7, Some("12")),
        (r#""plannerName":{"raw":"a","bytes":"61"}"#, 7, None),
        (r#""plannerName":{"raw":"a","raw":"b"}"#, 7, None),
        (r#""plannerName":{"bytes":"6"}"#, 7, None),
        (r#""plannerName":{"bytes":"61","encoding":"EBCDIC"}"#, 7, None),
        (r#""plannerName":{"text":"a"}"#, 7, None),
        (r#""plannerName":{}"#, 7, None),
    ] {
        let (slip, found) = read_slip(member);
        assert_eq!(found, [(Code::JsonValue, Some(no))], "{member}");
        let value = slip.value(no.into()).unwrap_or(Value::Blank);
        assert_eq!((value != Value::Blank).then(|| value.to_text()).as_deref(), kept, "{member}");
    }
}

#[test]
fn what_does_not_conform_is_found_as_in_csv() {
    let members = r#""csvVersion":"2024-07","insurerNumber":"09201","createdOn":"2026-02-30","units":-5"#;
    let (_, report) = read(&slip(members));
    let found: Vec<_> =
        report.findings().iter().map(|f| (f.code, f.place.field.map_or(0, |field| field.no))).collect();
    for expected in
        [(Code::FieldLength, 2), (Code::FieldDate, 4), (Code::FieldNegative, 8), (Code::FieldRequired, 3)]
    {
        assert!(found.contains(&expected), "{expected:?} not in {found:?}");
    }
    for finding in report.findings() {
        assert_eq!((finding.place.kind, finding.place.row), (Some(FileKind::SlipPlan), Some(1)));
    }
}

#[test]
fn unknown_members_are_reported_and_their_values_skipped() {
    let (slip, found) = read_slip(r#""units":1,"山田":[{}],"unknown":{"a":[1]},"serviceCount":2"#);
    assert_eq!((slip.units.get(), slip.service_count.get()), (Some(1), Some(2)));
    assert_eq!(found, [(Code::JsonMember, None), (Code::JsonMember, None)]);
    let notes = |document: &[u8]| -> Vec<Option<String>> {
        let options = ReadOptions { check: false, ..ReadOptions::default() };
        let (_, report) = json::read(document, &options).unwrap_or_else(|e| panic!("{e}"));
        report.findings().iter().map(|finding| finding.note.clone()).collect()
    };
    let document = slip_with_top(r#""山田":1,"1234567890":2,"newMember2":3,"a b":4"#);
    let masked = Some("masked".to_owned());
    assert_eq!(notes(&document), [masked.clone(), masked.clone(), Some("newMember2".into()), masked]);
}

fn slip_with_top(members: &str) -> Vec<u8> {
    format!(r#"{{"standard":"5.0-provisional",{members},"kind":"UPPLAN","records":[]}}"#).into_bytes()
}

#[test]
fn members_come_in_any_order() {
    let (kind, bytes) = all_samples().swap_remove(0);
    let records = read_csv(kind, &bytes);
    let rows: Vec<serde_json::Value> = records.iter().map(json::to_value).collect();
    // serde_json sorts names: kind, records, standard.
    let sorted = serde_json::json!({"standard": json::STANDARD, "kind": kind.name(), "records": rows});
    assert_eq!(read(sorted.to_string().as_bytes()).0, records);
    let late = format!(
        r#"{{"new":0,"records":{},"kind":"{}","standard":"5.0-provisional"}}"#,
        sorted["records"],
        kind.name()
    );
    let (back, report) = read(late.as_bytes());
    assert_eq!(back, records);
    assert_eq!(report.findings().len(), 1);
}

#[test]
fn a_document_that_cannot_be_read_says_where() {
    use JsonFault::{CutOff, Duplicate, Kind, Missing, NotUtf8, Shape, Standard};
    let head = "{\"standard\":\"5.0-provisional\",\n\"kind\":\"UPPLAN\",\n";
    for (document, fault, code, line, column) in [
        (String::new(), CutOff, "json.cut_off", 1, 0),
        (format!("{head}\"records\":[{{\"units\":1"), CutOff, "json.cut_off", 3, 21),
        ("[]".into(), Shape, "json.shape", 1, 0),
        (format!("{head}\"records\":{{}}}}"), Shape, "json.shape", 3, 10),
        (format!("{head}\"records\":[\n7]}}"), Shape, "json.shape", 4, 1),
        ("{\"standard\":\"4.1\"}".into(), Standard, "json.standard", 1, 18),
        ("{\"kind\":\"UPPLAN\",\"records\":[]}".into(), Missing("standard"), "json.missing", 1, 30),
        (format!("{head}\"records\":[]}}").replace("UPPLAN", "UPKIHON_IMAGE"), Kind, "json.kind", 2, 22),
        (format!("{head}\"records\":[]}}").replace("\"UPPLAN\"", "1"), Kind, "json.kind", 2, 8),
        (format!("{head}\"x\":1}}"), Missing("records"), "json.missing", 3, 6),
        ("{\"standard\":\"5.0-provisional\",\"records\":[]}".into(), Missing("kind"), "json.missing", 1, 43),
        (format!("{head}\"kind\":\"UPPLAN\"}}"), Duplicate("kind"), "json.duplicate", 3, 6),
        (
            format!("{head}\"records\":[{{\"units\":1,\n \"units\":2}}]}}"),
            Duplicate("units"),
            "json.duplicate",
            4,
            8,
        ),
    ] {
        assert_eq!(refused(document.as_bytes()), (fault, code, line, column), "{document}");
    }
    assert_eq!(refused(b"{\n\"\x83\x5C\":1}"), (NotUtf8, "json.utf8", 2, 2));
    for (document, line, column) in [
        (format!("{head}\"records\":[]}} x"), 3, 15),
        (format!("{head}\"records\":[{{\"units\" 1}}]}}"), 3, 21),
        (format!("{head}\"records\":[{{\"plannerName\":\"\\ud800\"}}]}}"), 3, 34),
        ("\u{FEFF}{}".to_owned(), 1, 1),
    ] {
        let (fault, code, found_line, found_column) = refused(document.as_bytes());
        assert!(matches!(fault, JsonFault::Syntax(_)), "{document}");
        assert_eq!((code, found_line, found_column), ("json.syntax", line, column), "{document}");
    }
}

#[test]
fn another_kind_than_the_one_asked_for_is_refused() {
    let document = slip("");
    let read = |kind| json::read(&document, &ReadOptions { kind: Some(kind), ..ReadOptions::default() });
    assert!(read(FileKind::SlipPlan).is_ok());
    let error = read(FileKind::SlipActuals).err().unwrap_or_else(|| panic!("read all the same"));
    assert_eq!(error.code(), "json.kind");
    assert!(error.message(Lang::Japanese).contains("1行"));
}

#[test]
fn personal_data_is_in_no_message() {
    let secret = "山田花子";
    let documents = [
        slip(&format!(r#""plannerName":["{secret}"]"#)),
        slip(&format!(r#""insuredNumber":"{secret}","plannerName":1,"{secret}":1"#)),
        slip(&format!(r#""insuredNumber":"{secret}",{secret}"#)),
        slip(&format!(r#""plannerName":"{secret}"#)),
        format!(r#""{secret}""#).into_bytes(),
        format!(r#"{{"standard":"{secret}"}}"#).into_bytes(),
        format!(r#"{{"standard":"5.0-provisional","kind":"{secret}"}}"#).into_bytes(),
        format!(r#"{{"standard":"5.0-provisional","kind":"UPPLAN","records":["{secret}"]}}"#).into_bytes(),
    ];
    for document in documents {
        match json::read(&document, &ReadOptions::default()) {
            Ok((records, report)) => {
                assert!(!format!("{records:?}").contains(secret));
                for finding in report.findings() {
                    for lang in [Lang::Japanese, Lang::English] {
                        assert!(!finding.line(lang, Masking::Masked).contains(secret));
                    }
                    let shown = serde_json::to_string(&finding.to_json(Masking::Masked)).unwrap_or_default();
                    assert!(!shown.contains(secret));
                }
            }
            Err(error) => {
                assert!(!format!("{error} {error:?} {}", error.message(Lang::Japanese)).contains(secret));
            }
        }
    }
    let (_, report) = read(&slip(r#""insuredNumber":1234567890"#));
    let finding = report.findings().iter().find(|finding| finding.code == Code::JsonValue);
    let finding = finding.unwrap_or_else(|| panic!("not found"));
    assert_eq!(finding.value(Masking::Masked), None);
    assert_eq!(finding.value(Masking::Shown), Some("1234567890"));
}

#[test]
fn deep_nesting_is_refused_or_skipped_without_recursion() {
    let deep = |open: &str, close: &str| open.repeat(200_000) + &close.repeat(200_000);
    for value in [deep("[", "]"), deep("{\"raw\":", "}").replace(":}", ":1}")] {
        for name in ["units", "unknown"] {
            // Whether it is skipped or refused, it does not end the program.
            if let Err(error) = json::read(&slip(&format!("\"{name}\":{value}")), &ReadOptions::default()) {
                assert_eq!(error.code(), "json.syntax");
            }
        }
        assert!(json::read(value.as_bytes(), &ReadOptions::default()).is_err());
    }
}

#[test]
fn a_big_document_is_read_whole() {
    let (kind, bytes) =
        all_samples().into_iter().find(|s| s.0 == FileKind::SlipPlan).unwrap_or_else(|| panic!("no sample"));
    let one = read_csv(kind, &bytes);
    let rows = 20_000;
    let many = || (0..rows).filter_map(|row| one.get(row % one.len()));
    let document = json::write(kind, many(), &WriteOptions::default());
    let (records, report) = read(&document);
    assert_eq!(records.len(), rows);
    assert_eq!(report.errors(), 0);
    assert!(records.iter().zip(many()).all(|(a, b)| json::to_value(a) == json::to_value(b)));
}

#[test]
fn a_program_gets_one_record() {
    let record =
        ServiceSlip { units: Field::Value(5), planner_name: Text::from("花子"), ..Default::default() };
    assert_eq!(json::to_value(&record), serde_json::json!({"plannerName": "花子", "units": 5}));
    assert_eq!(
        serde_json::to_string(&RecordJson(&record)).unwrap_or_default(),
        r#"{"plannerName":"花子","units":5}"#
    );
}

// The schemas.

fn schema_path(kind: FileKind) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{}.schema.json", kind.name()))
}

fn validator(kind: FileKind) -> jsonschema::Validator {
    let schema: serde_json::Value = json::schema(kind)
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_else(|| panic!("no schema"));
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap_or_else(|e| panic!("{}: {e}", kind.name()))
}

/// Set `KAIGO_BLESS=1` to write the files anew.
#[test]
fn checked_in_schemas_are_the_generated_ones() {
    let bless = std::env::var_os("KAIGO_BLESS").is_some_and(|value| value == "1");
    for kind in FileKind::ALL {
        let Some(schema) = json::schema(*kind) else { continue };
        let path = schema_path(*kind);
        if bless {
            std::fs::write(&path, &schema).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(found == schema, "{} is stale: run with KAIGO_BLESS=1", path.display());
    }
}

#[test]
fn samples_conform_to_their_schemas() {
    for (kind, bytes) in all_samples() {
        let document: serde_json::Value =
            serde_json::from_slice(&write(&read_csv(kind, &bytes))).unwrap_or_else(|e| panic!("{e}"));
        let errors: Vec<String> =
            validator(kind).iter_errors(&document).map(|e| format!("{} {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", kind.name());
    }
}

#[test]
fn broken_documents_do_not_conform() {
    let (kind, bytes) =
        all_samples().into_iter().find(|s| s.0 == FileKind::SlipPlan).unwrap_or_else(|| panic!("no sample"));
    let good: serde_json::Value =
        serde_json::from_slice(&write(&read_csv(kind, &bytes))).unwrap_or_else(|e| panic!("{e}"));
    let validator = validator(kind);
    assert!(validator.is_valid(&good));
    for (pointer, value) in [
        ("/standard", "5.0".into()),
        ("/kind", "UPJSK".into()),
        ("/records", serde_json::json!({})),
        ("/records/0/createdOn", "20260625".into()),
        ("/records/0/createdOn", "2026-02-30".into()),
        ("/records/0/createdOn", "00000000".into()),
        ("/records/0/createdOn", serde_json::json!({"raw": "2026"})),
        ("/records/0/targetMonth", "2026-13".into()),
        ("/records/0/serviceStartTime", "24:00".into()),
        ("/records/0/serviceCount", "1".into()),
        ("/records/0/serviceCount", 100.into()),
        ("/records/0/serviceCount", (-1).into()),
        ("/records/0/serviceCode", "11".into()),
        ("/records/0/over30Days", "3".into()),
        ("/records/0/over30Days", serde_json::Value::Null),
    ] {
        let mut broken = good.clone();
        *broken.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
        assert!(!validator.is_valid(&broken), "{pointer} {value}");
    }
    let mut broken = good.clone();
    broken["records"][0].as_object_mut().and_then(|record| record.remove("insuredNumber"));
    assert!(!validator.is_valid(&broken));
    broken = good.clone();
    broken["records"][0]["new"] = 1.into();
    assert!(!validator.is_valid(&broken));
}

// Any rows.

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_rows_come_back_from_json((kind, bytes) in file()) {
        let records = read_csv(kind, &bytes);
        let document = write(&records);
        let (back, report) = read(&document);
        prop_assert_eq!(&back, &records);
        prop_assert!(report.findings().iter().all(|f| !matches!(f.code, Code::JsonMember | Code::JsonValue)));
        for encoding in [Encoding::Ms932, Encoding::Utf8] {
            prop_assert_eq!(write_csv(&back, encoding), write_csv(&records, encoding));
        }
        prop_assert_eq!(write(&back), document);
    }

    #[test]
    fn any_document_is_read_or_refused(value in any_json(), cut in 0..200_usize) {
        let document = slip(&format!("\"plannerName\":{value},\"units\":{value}"));
        if let Ok((records, _)) = json::read(&document, &ReadOptions::default()) {
            let canonical = write(&records);
            prop_assert_eq!(write(&read(&canonical).0), canonical);
        }
        let cut = document.get(..document.len().saturating_sub(cut + 1)).unwrap_or_default();
        prop_assert!(json::read(cut, &ReadOptions::default()).is_err());
    }
}

fn any_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|b| b.to_string()),
        any::<i64>().prop_map(|n| n.to_string()),
        any::<f64>().prop_filter("finite", |n| n.is_finite()).prop_map(|n| n.to_string()),
        "\\PC{0,6}".prop_map(|text: String| serde_json::Value::from(text).to_string()),
        "([0-9A-Fa-f]{2}){0,4}".prop_map(|text: String| format!("\"{text}\"")),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|list| format!("[{}]", list.join(","))),
            (prop::sample::select(vec!["raw", "bytes", "encoding", "x"]), inner)
                .prop_map(|(name, value)| format!("{{\"{name}\":{value}}}")),
        ]
    })
}

#[test]
fn every_character_of_ms932_comes_back() {
    // In one text, with every control character: what JSON escapes comes back as well.
    let mut text = String::new();
    for code in (0..=0x7F_u32).chain(0xFF61..=0xFF9F).chain(0x3000..=0x9FFF) {
        if let Some(c) = char::from_u32(code).filter(|c| kaigo_core::text::ms932::code_of(*c).is_some()) {
            let _ = write!(text, "{c}");
        }
    }
    let record = ServiceSlip { planner_name: Text::from(text.as_str()), ..Default::default() };
    let document = json::write(FileKind::SlipPlan, [&record as &dyn AnyRecord], &WriteOptions::default());
    let Records::SlipPlan(back) = read(&document).0 else { panic!("another kind") };
    assert_eq!(back[0].planner_name.decode().as_deref(), Some(text.as_str()));
}
