//! The XML form: nothing is lost, xmllint finds it valid by the generated schemas, and what attacks a reader is refused.

#![allow(clippy::panic, reason = "a test fails by it")]

mod common;
#[path = "common/documents.rs"]
mod documents;

use std::path::{Path, PathBuf};
use std::process::Command;

use kaigo_core::ErrorKind;
use kaigo_core::document::{self, Document, Markup};
use kaigo_core::eligibility::{
    CharacterCode, Consent, InsuredCard, OnlineEligibility, read_xml_msg, write_xml_msg,
};
use kaigo_core::format::xml::{self, Limits, NAMESPACE, ReadOptions, XmlFault};
use kaigo_core::format::{csv, json};
use kaigo_core::record::{FileKind, Records};
use kaigo_core::report::{Code, Lang, Report};
use kaigo_core::text::{Encoding, Text};
use proptest::prelude::*;

use common::all_samples;
use documents::sample;

fn read_csv(kind: FileKind, bytes: &[u8]) -> Records<'_> {
    csv::read(bytes, &csv::ReadOptions::new(kind)).unwrap_or_else(|| panic!("an image")).0
}

fn write(records: &Records<'_>) -> Vec<u8> {
    xml::write(records.kind(), records.iter())
}

fn read(document: &[u8]) -> (Records<'static>, Report) {
    xml::read(document, &ReadOptions::default(), &Limits::default()).unwrap_or_else(|e| panic!("{e}"))
}

fn read_document<D: Document>(document: &[u8]) -> D {
    xml::read_document(document, &Limits::default()).unwrap_or_else(|e| panic!("{e}"))
}

#[track_caller]
fn fault<T>(result: kaigo_core::Result<T>) -> (XmlFault, usize) {
    let Err(error) = result else { panic!("read all the same") };
    assert!(kaigo_core::Error::codes().contains(&error.code()) && !error.message(Lang::Japanese).is_empty());
    match error.kind() {
        ErrorKind::Xml(error) => (error.fault(), error.line()),
        other => panic!("{other}"),
    }
}

/// The schemas as the declarations have them, by the names of their files.
fn schemas() -> Vec<(String, String)> {
    let records = FileKind::ALL.iter().filter_map(|kind| Some((kind.name(), xml::records_schema(*kind)?)));
    let documents = document::ALL.iter().map(|shape| (shape.name, xml::document_schema(shape)));
    records.chain(documents).map(|(name, schema)| (format!("{name}.xsd"), schema)).collect()
}

fn schema_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/xml")
}

/// Set `KAIGO_BLESS=1` to write the files anew.
#[test]
fn the_schemas_on_disk_are_those_of_the_declarations() {
    let folder = schema_folder();
    if std::env::var_os("KAIGO_BLESS").is_some_and(|bless| bless == "1") {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap_or_else(|e| panic!("{e}"));
        for (name, schema) in schemas() {
            std::fs::write(folder.join(name), schema).unwrap_or_else(|e| panic!("{e}"));
        }
    }
    for (name, schema) in schemas() {
        let found = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(found == schema, "{name} is stale: run with KAIGO_BLESS=1");
    }
    let files = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{e}")).count();
    assert_eq!(files, schemas().len(), "a schema of nothing");
}

/// Whether xmllint finds the document valid by the schema of that name, and what it says.
fn xmllint(schema: &str, document: &[u8]) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
    let write = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap_or_else(|e| panic!("{e}"));
        path
    };
    let name = format!("{schema}.xsd");
    let xsd = schemas().into_iter().find(|(file, _)| *file == name).unwrap_or_else(|| panic!("{name}")).1;
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(write(&name, xsd.as_bytes()))
        .arg(write("document.xml", document))
        .output()
        .unwrap_or_else(|e| panic!("xmllint: {e}; tools/setup installs it"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    // 3: the document is not valid. Anything else is about the schema or the call.
    assert!(matches!(output.status.code(), Some(0 | 3)), "{said}");
    (output.status.success(), said)
}

#[track_caller]
fn assert_valid(schema: &str, document: &[u8]) {
    let (valid, said) = xmllint(schema, document);
    assert!(valid, "{schema}: {said}\n{}", String::from_utf8_lossy(document));
}

#[test]
fn samples_come_back_from_xml_byte_for_byte_and_are_valid() {
    for (kind, bytes) in all_samples() {
        let records = read_csv(kind, &bytes);
        let document = write(&records);
        let (back, report) = read(&document);
        assert!(report.is_empty(), "{}: {:#?}", kind.name(), report.findings());
        assert_eq!(back, records, "{}", kind.name());
        let options = csv::WriteOptions::default();
        let csv = csv::write(kind, back.iter(), &options).unwrap_or_else(|e| panic!("{e}")).0;
        assert!(csv == bytes, "{}", kind.name());
        assert_eq!(write(&back), document);
        assert_valid(kind.name(), &document);
    }
}

#[test]
fn documents_come_back_from_xml_and_are_valid() {
    fn check<D: Document>() {
        for whole in [true, false] {
            let document = D::read(&sample(D::SHAPE, whole)).unwrap_or_else(|e| panic!("{e}"));
            let written = xml::write_document(&document);
            assert_eq!(read_document::<D>(&written), document);
            assert_eq!(xml::write_document(&read_document::<D>(&written)), written);
            assert_valid(D::SHAPE.name, &written);
        }
    }
    for_each_document!(check);
}

#[test]
fn a_document_known_by_name_goes_from_json_to_xml_and_back() {
    let (json, limits) =
        (br#"{"scope":"life","given":false,"at":"2026-04-01T00:00:00Z"}"#, Limits::default());
    let rewrite = |name: &str, bytes: &[u8], from, to| document::rewrite(name, bytes, from, to, &limits);
    let xml = rewrite("Consent", json, Markup::Json, Markup::Xml).unwrap_or_else(|e| panic!("{e}"));
    assert_valid("Consent", &xml);
    let back = rewrite("Consent", &xml, Markup::Xml, Markup::Json).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(back, json);
    let Err(error) = rewrite("Konsent", json, Markup::Json, Markup::Xml) else { panic!("a name") };
    assert_eq!((error.code(), error.to_string().as_str()), ("no_name", "nothing has the name Konsent"));
}

#[test]
fn what_does_not_conform_is_no_valid_xml_either() {
    let tree = sample(Consent::SHAPE, true);
    let document = xml::write_document(&Consent::read(&tree).unwrap_or_else(|e| panic!("{e}")));
    let document = String::from_utf8_lossy(&document).into_owned();
    for (from, to) in [
        ("<given>true</given>", ""),
        ("<given>true</given>", "<given>yes</given>"),
        ("<given>true</given>", "<given>true</given><given>true</given>"),
        ("<scope>notification</scope>", "<scope>other</scope>"),
        ("</Consent>", "<more/></Consent>"),
        ("2026-03-01T09:30:00Z", "2026-03-01"),
        (NAMESPACE, "urn:other"),
    ] {
        let bad = document.replacen(from, to, 1);
        assert_ne!(bad, document, "{from}");
        assert!(!xmllint("Consent", bad.as_bytes()).0, "{to}");
        assert!(xml::read_document::<Consent>(bad.as_bytes(), &Limits::default()).is_err(), "{to}");
    }
    let (kind, bytes) = all_samples().swap_remove(0);
    let records = String::from_utf8_lossy(&write(&read_csv(kind, &bytes))).into_owned();
    for (from, to) in [("<csvVersion>2024-07", "<csvVersion>202407"), ("standard=\"5.0-provisional\"", "")] {
        let bad = records.replacen(from, to, 1);
        assert!(bad != records && !xmllint(kind.name(), bad.as_bytes()).0, "{to}");
    }
}

/// A document of deletions with this between the tags of its one record.
fn deletion(members: &str) -> Vec<u8> {
    format!(r#"<DLTPLAN xmlns="{NAMESPACE}" standard="5.0-provisional"><record>{members}</record></DLTPLAN>"#)
        .into_bytes()
}

#[test]
fn elements_are_read_in_any_order_under_any_prefix_and_with_comments() {
    let plain = deletion(
        "<csvVersion>2024-07</csvVersion><insurerNumber>092015</insurerNumber>\
         <insuredNumber>1234567890</insuredNumber><deleteTargetMonth>2026-07</deleteTargetMonth>",
    );
    let other = format!(
        "\u{FEFF}<?xml version='1.0' encoding='utf-8'?>\r\n<!-- a comment --><?target ?>\n\
         <k:DLTPLAN xmlns:k='{NAMESPACE}' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'\n\
         xsi:schemaLocation='urn:kaigo:xml/provisional x.xsd' standard='5.0-provisional'>\n <k:record>\n\
         <k:deleteTargetMonth>2026<!-- -->-07</k:deleteTargetMonth>\n<k:insuredNumber><![CDATA[1234567890]]></k:insuredNumber>\n\
         <k:insurerNumber>&#48;92&#x30;15</k:insurerNumber><k:csvVersion>2024-07</k:csvVersion>\n\
         </k:record></k:DLTPLAN>\n<!-- the end -->\n"
    );
    let (records, report) = read(&plain);
    assert!(report.is_empty(), "{report:?}");
    let (others, report) = read(other.as_bytes());
    assert!(report.is_empty(), "{report:?}");
    assert_eq!(others, records);
}

#[test]
fn what_does_not_conform_is_kept_and_reported_at_its_place() {
    let document = deletion(
        "<csvVersion>202407</csvVersion><insurerNumber raw=\"true\">9201</insurerNumber><nickname>x</nickname>\
         <insuredNumber><deep>1234567890</deep></insuredNumber><deleteTargetMonth>2026-13</deleteTargetMonth>",
    );
    let (records, report) = read(&document);
    let found: Vec<_> = report
        .findings()
        .iter()
        .map(|finding| (finding.code, finding.place.row, finding.place.field.map(|field| field.no)))
        .collect();
    assert_eq!(
        found,
        [
            (Code::XmlValue, Some(1), Some(1)),
            (Code::XmlMember, Some(1), None),
            (Code::XmlValue, Some(1), Some(3)),
            (Code::FieldLength, Some(1), Some(2)),
            (Code::FieldRequired, Some(1), Some(3)),
            (Code::FieldMonth, Some(1), Some(4)),
        ]
    );
    assert_eq!(records.get(0).and_then(|row| row.value(2)).map(|v| v.to_text()).as_deref(), Some("9201"));
    assert_eq!(read(&write(&records)).0, records);
}

#[test]
fn doctypes_and_entities_are_refused() {
    let body = String::from_utf8_lossy(&deletion("<csvVersion>&x;</csvVersion>")).into_owned();
    let laughs = "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>";
    for doctype in [
        "<!DOCTYPE DLTPLAN>",
        "<!DOCTYPE DLTPLAN SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE DLTPLAN [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        laughs,
    ] {
        let document = format!("{doctype}{body}");
        assert_eq!(
            fault(xml::read(document.as_bytes(), &ReadOptions::default(), &Limits::default())).0,
            XmlFault::Doctype
        );
        let message = format!("{doctype}<XmlMsg/>");
        assert_eq!(fault(read_xml_msg(message.as_bytes(), &Limits::default())).0, XmlFault::Doctype);
    }
    for reference in ["&x;", "&copy;", "&#0;", "&#xFFFF;", "&#x110000;"] {
        let document = deletion(&format!("<csvVersion>{reference}</csvVersion>"));
        let found = fault(xml::read(&document, &ReadOptions::default(), &Limits::default())).0;
        assert!(matches!(found, XmlFault::Entity | XmlFault::Syntax), "{reference}: {found:?}");
    }
}

#[test]
fn limits_and_shapes_are_kept() {
    let options = ReadOptions::default();
    let limits = Limits::default();
    let document = deletion("<csvVersion>2024-07</csvVersion>");
    let small = Limits { bytes: document.len() - 1, ..limits };
    assert_eq!(fault(xml::read(&document, &options, &small)).0, XmlFault::TooLarge);
    assert!(xml::read(&document, &options, &Limits { bytes: document.len(), depth: 3 }).is_ok());
    assert_eq!(fault(xml::read(&document, &options, &Limits { depth: 2, ..limits })).0, XmlFault::TooDeep);
    let deep = deletion(&"<a>".repeat(100_000));
    assert_eq!(fault(xml::read(&deep, &options, &limits)).0, XmlFault::TooDeep);

    let text = String::from_utf8_lossy(&document).into_owned();
    for (from, to, expected) in [
        (NAMESPACE, "urn:other", XmlFault::Shape),
        (" xmlns=\"urn:kaigo:xml/provisional\"", "", XmlFault::Shape),
        ("5.0-provisional", "5.0", XmlFault::Shape),
        ("<record>", "<record>text", XmlFault::Shape),
        ("<record>", "<record other=\"1\">", XmlFault::Shape),
        ("</csvVersion>", "</csvVersion><csvVersion/>", XmlFault::Duplicate("csvVersion")),
        ("</record>", "", XmlFault::Syntax),
        ("</DLTPLAN>", "</DLTPLAN><again/>", XmlFault::Syntax),
        ("</DLTPLAN>", "</DLTPLAN>text", XmlFault::Syntax),
        ("</DLTPLAN>", "</DLTPLAN>&#32;", XmlFault::Syntax),
        ("<DLTPLAN", "<![CDATA[ ]]><DLTPLAN", XmlFault::Syntax),
        ("<DLTPLAN", "\u{1}<DLTPLAN", XmlFault::Syntax),
        ("<DLTPLAN", "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><DLTPLAN", XmlFault::Encoding),
        ("<DLTPLAN", "<?xml version=\"1.1\"?><DLTPLAN", XmlFault::Syntax),
        ("DLTPLAN", "UPKIHON_IMAGE", XmlFault::Shape),
        ("2024-07", "20\u{1}", XmlFault::Syntax),
    ] {
        let bad = text.replace(from, to);
        assert_ne!(bad, text);
        assert_eq!(fault(xml::read(bad.as_bytes(), &options, &limits)).0, expected, "{bad}");
    }
    let wanted = ReadOptions { kind: Some(FileKind::SlipPlan), ..ReadOptions::default() };
    assert_eq!(fault(xml::read(&document, &wanted, &limits)).0, XmlFault::Shape);
    assert_eq!(fault(xml::read(b"\xFF\xFE<\0", &options, &limits)).0, XmlFault::Encoding);
    // The place where reading stopped.
    let lines = text.replace("<record>", "\n\n<record>text");
    assert_eq!(fault(xml::read(lines.as_bytes(), &options, &limits)).1, 3);
}

#[test]
fn a_document_that_was_cut_off_never_passes_for_a_whole_one() {
    let (kind, bytes) = all_samples().swap_remove(0);
    let document = write(&read_csv(kind, &bytes));
    for end in (0..document.len()).step_by(7) {
        let cut = xml::read(&document[..end], &ReadOptions::default(), &Limits::default());
        assert!(cut.is_err(), "{end}");
    }
}

#[test]
fn faults_of_documents_have_their_places_and_tell_no_values() {
    let document = format!(
        "<InsuredCard xmlns=\"{NAMESPACE}\"><insuredNumber>123456789018</insuredNumber><name>試験 花子</name>\
         <name>別名</name><ceiling>-5</ceiling><reissued>はい</reissued><nickname>ハナ</nickname></InsuredCard>"
    );
    let Err(error) = xml::read_document::<InsuredCard>(document.as_bytes(), &Limits::default()) else {
        panic!("read all the same")
    };
    let ErrorKind::Document(faults) = error.kind() else { panic!("{error}") };
    let codes = |path: &str| {
        let of_path = faults.faults().iter().filter(|fault| fault.path == path);
        of_path.map(|fault| fault.fault.code()).collect::<Vec<_>>()
    };
    assert_eq!(codes("insuredNumber"), ["document.value"]);
    assert_eq!(codes("name"), ["document.duplicate"]);
    assert_eq!(codes("ceiling"), ["document.value"]);
    assert_eq!(codes("reissued"), ["document.type"]);
    assert_eq!(codes("birthDate"), ["document.missing"]);
    assert_eq!(codes(""), ["document.unknown"]);
    assert!(!error.message(Lang::Japanese).contains("花子") && !error.to_string().contains("1234567"));
}

#[test]
fn a_document_full_of_what_does_not_belong_there_is_refused_and_not_kept() {
    let many = |element: &str| {
        let members = element.repeat(100_000);
        format!("<InsuredCard xmlns=\"{NAMESPACE}\">{members}</InsuredCard>").into_bytes()
    };
    for (element, path, code) in [
        ("<a/>", "", "document.unknown"),
        ("<name>a</name>", "name", "document.duplicate"),
        ("<designatedServices>11</designatedServices>", "designatedServices", "document.too_many"),
    ] {
        let Err(error) = xml::read_document::<InsuredCard>(&many(element), &Limits::default()) else {
            panic!("read all the same")
        };
        let ErrorKind::Document(document) = error.kind() else { panic!("{error}") };
        let found = document.faults().iter().any(|fault| fault.path == path && fault.fault.code() == code);
        assert!(found && document.faults().len() <= 100, "{element}");
    }
}

/// `<Name>髙橋 花子</Name>` and `<NameKana>ﾊﾅｺ</NameKana>` in MS932 as Windows writes it.
const NAME_MS932: &[u8] = b"<Name>\xFB\xFC\x8B\xB4\x81@\x89\xD4\x8Eq</Name><NameKana>\xCA\xC5\xBA</NameKana>";

fn message(encoding: &str, identifier: &str, name: &[u8]) -> Vec<u8> {
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"{encoding}\" standalone=\"no\"?>\r\n<XmlMsg>\r\n<MessageHeader>\
         <ProcessExecutionTime>20260701093015</ProcessExecutionTime>\
         <QualificationConfirmationDate>20260701</QualificationConfirmationDate>\
         <ReferenceClassification>1</ReferenceClassification><ErrorCode/>\
         <CharacterCodeIdentifier>{identifier}</CharacterCodeIdentifier></MessageHeader>\r\n<MessageBody>\
         <ProcessingResultStatus>1</ProcessingResultStatus><QualificationValidity>1</QualificationValidity>\
         <SomethingNew kind=\"1\"><Inner>1</Inner></SomethingNew><ResultList><ResultOfQualificationConfirmation>\
         <InsurerNumber>00092015</InsurerNumber>"
    );
    let tail = "<Sex1>2</Sex1><Birthdate>19400503</Birthdate></ResultOfQualificationConfirmation>\
                </ResultList></MessageBody></XmlMsg>";
    [head.as_bytes(), name, tail.as_bytes()].concat()
}

#[test]
fn online_eligibility_is_the_same_in_both_encodings() {
    let read = |bytes: &[u8]| read_xml_msg(bytes, &Limits::default()).unwrap_or_else(|e| panic!("{e}"));
    let utf8_name = "<Name>髙橋　花子</Name><NameKana>ﾊﾅｺ</NameKana>".as_bytes();
    let (mut sjis, unknown) = read(&message("Shift_JIS", "1", NAME_MS932));
    assert_eq!(unknown, ["SomethingNew"]);
    let (utf8, _) = read(&message("UTF-8", "0", utf8_name));
    sjis.message_header.character_code_identifier = Some(CharacterCode::Utf8);
    assert_eq!(sjis, utf8);
    let person = &utf8
        .message_body
        .result_list
        .as_ref()
        .unwrap_or_else(|| panic!("a list"))
        .result_of_qualification_confirmation[0];
    assert_eq!(person.name.as_ref().map(|name| name.as_str()), Some("髙橋　花子"));
    assert_eq!(utf8.message_header.error_code, None);

    for code in [CharacterCode::Utf8, CharacterCode::ShiftJis] {
        let written = write_xml_msg(&utf8, code);
        let (back, unknown) = read(&written);
        assert_eq!(back.message_body, utf8.message_body);
        assert!(unknown.is_empty());
        assert_eq!(write_xml_msg(&back, code), written);
    }
    let windows = write_xml_msg(&utf8, CharacterCode::ShiftJis);
    assert!(windows.windows(NAME_MS932.len()).any(|bytes| bytes == NAME_MS932));
    assert!(windows.windows(20).any(|bytes| bytes == b"<Birthdate>19400503<"));

    // 𠮷 is not in Shift_JIS, and is not lost.
    let (rare, _) = read(&message("UTF-8", "0", "<Name>𠮷田</Name>".as_bytes()));
    let written = write_xml_msg(&rare, CharacterCode::ShiftJis);
    assert!(!written.is_ascii() && read(&written).0.message_body == rare.message_body);
}

#[test]
fn an_online_eligibility_message_in_another_encoding_than_it_says_is_refused() {
    let limits = Limits::default();
    for bad in [
        message("UTF-8", "0", NAME_MS932),
        message("UTF-8", "1", b""),
        message("Shift_JIS", "0", b""),
        message("EUC-JP", "0", b""),
        message("Shift_JIS", "1", b"<Name>\x81\xFF</Name>"),
    ] {
        assert_eq!(fault(read_xml_msg(&bad, &limits)).0, XmlFault::Encoding);
    }
    let Err(error) = read_xml_msg(&message("UTF-8", "0", b"<Sex1>3</Sex1>"), &limits) else { panic!("read") };
    assert_eq!(error.code(), "document.duplicate");
    let number = "<Address>\u{FF11}23456789018</Address>".as_bytes();
    let Err(error) = read_xml_msg(&message("UTF-8", "0", number), &limits) else { panic!("read") };
    assert_eq!(error.code(), "document.individual_number");
    let _: fn(&OnlineEligibility, CharacterCode) -> Vec<u8> = write_xml_msg;
}

proptest! {
    #[test]
    fn records_come_back_whatever_they_hold(
        kind in prop::sample::select(FileKind::ALL),
        texts in prop::collection::vec((1..70_usize, any::<String>(), prop::collection::vec(any::<u8>(), 0..12), 0..3_u8), 0..20),
    ) {
        let Some(mut records) = Records::empty(kind) else { return Ok(()) };
        records.push_blank();
        let fields = kind.layout().map_or(0, |layout| layout.fields.len());
        for (no, text, bytes, way) in &texts {
            let text = match way {
                0 => Text::from(text.clone()),
                1 => Text::from_bytes(bytes, Encoding::Ms932).into_owned(),
                _ => Text::from_bytes(bytes, Encoding::Utf8).into_owned(),
            };
            prop_assert!(records.set(0, (no - 1) % fields + 1, text).is_ok());
        }
        let document = write(&records);
        let options = ReadOptions { check: false, ..ReadOptions::default() };
        let (back, report) = xml::read(&document, &options, &Limits::default()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert!(report.is_empty(), "{:?}", report);
        prop_assert_eq!(&back, &records);
        prop_assert_eq!(write(&back), document);
        // By way of XML or of JSON, it is the same.
        let written = json::write(kind, records.iter(), &json::WriteOptions::default());
        prop_assert_eq!(json::write(kind, back.iter(), &json::WriteOptions::default()), written);
    }

    #[test]
    fn no_bytes_bring_a_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in any::<prop::sample::Index>()) {
        let limits = Limits::default();
        let mut document = deletion("<csvVersion>2024-07</csvVersion>");
        let at = cut.index(document.len());
        document.splice(at..at, bytes.iter().copied());
        let _ = xml::read(&document, &ReadOptions::default(), &limits);
        let _ = read_xml_msg(&bytes, &limits);
        let _ = xml::read_document::<Consent>(&document, &limits);
    }
}
