//! Documents and rules by name, and the message of online eligibility, through the C interface.
#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::c_char;
use std::ptr::{null, null_mut};

use kaigo::calls::*;
use serde_json::{Value, json};

/// What a call that makes a buffer gave, or its status.
fn made(call: impl FnOnce(*mut *mut kaigo_buffer) -> i32) -> Result<Vec<u8>, i32> {
    let (mut buffer, mut start, mut size) = (null_mut(), null(), 0);
    let status = call(&mut buffer);
    if status != KAIGO_OK {
        assert!(buffer.is_null());
        return Err(status);
    }
    // SAFETY: a buffer that was just made, and places of our own.
    unsafe {
        assert_eq!(kaigo_buffer_view(buffer, &mut start, &mut size, null_mut()), KAIGO_OK);
        let bytes = std::slice::from_raw_parts(start, size).to_vec();
        kaigo_buffer_free(buffer);
        Ok(bytes)
    }
}

fn text(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

fn rewrite(name: &str, bytes: &[u8], from: u32, to: u32) -> Result<Vec<u8>, i32> {
    let (name, length) = text(name);
    // SAFETY: a text and a slice with their lengths, and a place of our own.
    made(|out| unsafe {
        kaigo_domain_rewrite_utf8(name, length, bytes.as_ptr(), bytes.len(), from, to, out, null_mut())
    })
}

fn decide(name: &str, question: &Value, tables: &[u8]) -> Result<Value, i32> {
    let ((name, length), question) = (text(name), question.to_string());
    // SAFETY: a text and slices with their lengths, and a place of our own.
    let decision = made(|out| unsafe {
        kaigo_benefit_decide_utf8(
            name,
            length,
            question.as_ptr(),
            question.len(),
            tables.as_ptr(),
            tables.len(),
            out,
            null_mut(),
        )
    });
    decision.map(|json| serde_json::from_slice(&json).expect("JSON"))
}

#[test]
fn a_document_goes_from_json_to_xml_and_back_by_the_name_of_its_type() {
    let json = br#"{"scope":"life","given":true,"at":"2026-04-01T00:00:00Z"}"#;
    let xml = rewrite("Consent", json, KAIGO_MARKUP_JSON, KAIGO_MARKUP_XML).expect("it conforms");
    assert!(String::from_utf8_lossy(&xml).contains("<given>true</given>"));
    assert_eq!(rewrite("Consent", &xml, KAIGO_MARKUP_XML, KAIGO_MARKUP_JSON).as_deref(), Ok(&json[..]));

    let wrong = |name, bytes: &[u8], from| rewrite(name, bytes, from, KAIGO_MARKUP_JSON);
    assert_eq!(wrong("Konsent", json, KAIGO_MARKUP_JSON), Err(KAIGO_E_NOT_FOUND));
    assert_eq!(wrong("Consent", json, 2), Err(KAIGO_E_NUMBER));
    assert_eq!(wrong("Consent", b"{}", KAIGO_MARKUP_JSON), Err(KAIGO_E_DOCUMENT));
    assert_eq!(wrong("Consent", b"<!DOCTYPE x><x/>", KAIGO_MARKUP_XML), Err(KAIGO_E_XML_DOCTYPE));
    let number = br#"{"name":"123456789018","number":"092015"}"#;
    assert_eq!(wrong("Insurer", number, KAIGO_MARKUP_JSON), Err(KAIGO_E_NOT_FOUND));
    let card = br#"{"name":"123456789018"}"#;
    let error = wrong("InsuredCard", card, KAIGO_MARKUP_JSON);
    assert!(matches!(error, Err(KAIGO_E_DOCUMENT | KAIGO_E_INDIVIDUAL_NUMBER)));

    // SAFETY: a place of our own; below a text with its length.
    let names = made(|out| unsafe { kaigo_domain_names(out, null_mut()) }).expect("names");
    for name in serde_json::from_slice::<Vec<String>>(&names).expect("a list") {
        let (name, length) = text(&name);
        let xsd = made(|out| unsafe { kaigo_domain_schema_utf8(name, length, out, null_mut()) });
        assert!(xsd.is_ok_and(|xsd| xsd.starts_with(b"<?xml")));
        let schema = made(|out| unsafe { kaigo_domain_json_schema_utf8(name, length, out, null_mut()) });
        let schema: Value = serde_json::from_slice(&schema.expect("a schema")).expect("JSON");
        assert!(schema["$schema"].as_str().is_some_and(|version| version.contains("2020-12")));
    }
}

#[test]
fn rules_answer_in_json_with_their_reasons() {
    let question = json!({
        "month": "2026-07", "levels": [{"level": "22", "period": {"from": "2026-04-01", "to": "2027-03-31"}}],
    });
    let answer = decide("monthly_ceiling", &question, b"").expect("an answer");
    assert_eq!((&answer["value"], &answer["reasons"][0]["rule"]), (&json!(19705), &json!("ceiling.level")));
    let own = br#"{"unitCeilings":[{"from":"2026-01","level":"22","units":20000}]}"#;
    assert_eq!(decide("monthly_ceiling", &question, own).expect("an answer")["value"], 20000);
    assert_eq!(decide("ceiling", &question, b""), Err(KAIGO_E_NOT_FOUND));
    assert_eq!(decide("cost", &question, b""), Err(KAIGO_E_DOCUMENT));
    assert_eq!(decide("monthly_ceiling", &question, b"{"), Err(KAIGO_E_JSON_CUT_OFF));

    // SAFETY: a place of our own.
    let questions = made(|out| unsafe { kaigo_benefit_questions(out, null_mut()) }).expect("questions");
    let questions: Vec<Value> = serde_json::from_slice(&questions).expect("a list");
    assert!(questions.contains(&json!({"question": "cost", "document": "CostQuestion"})));
}

#[test]
fn the_message_of_online_eligibility_is_read_and_written_in_both_encodings() {
    let message = "<XmlMsg><MessageHeader/><MessageBody><New>1</New><QualificationValidity>1</QualificationValidity>\
                   </MessageBody></XmlMsg>";
    let mut unknown = null_mut();
    // SAFETY: slices with their lengths, and places of our own.
    let json = made(|out| unsafe {
        kaigo_xml_msg_read(message.as_ptr(), message.len(), out, &mut unknown, null_mut())
    })
    .expect("a message");
    let names = made(|out| {
        // SAFETY: a place of our own.
        unsafe { *out = unknown };
        KAIGO_OK
    });
    assert_eq!(names.as_deref(), Ok(&br#"["New"]"#[..]));
    for (encoding, name) in [(KAIGO_ENCODING_UTF8, "UTF-8"), (KAIGO_ENCODING_MS932, "Shift_JIS")] {
        // SAFETY: as above.
        let xml =
            made(|out| unsafe { kaigo_xml_msg_write(json.as_ptr(), json.len(), encoding, out, null_mut()) })
                .expect("a message");
        assert!(String::from_utf8_lossy(&xml).contains(&format!("encoding=\"{name}\"")));
    }
}

#[test]
fn rows_go_to_xml_and_back() {
    let csv = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/outbox/monthly/");
    let name = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";
    let bytes = std::fs::read(format!("{csv}{name}")).expect("the sample is there");
    // SAFETY: integers, pointers and functions that may be NULL.
    let zero: kaigo_read_options = unsafe { std::mem::zeroed() };
    let options =
        |form| kaigo_read_options { struct_size: size_of::<kaigo_read_options>() as u32, form, ..zero };
    let read = |bytes: &[u8], name: &str, form| {
        let (mut document, (name, length)) = (null_mut(), text(name));
        // SAFETY: slices with their lengths, options and a place of our own.
        let status = unsafe {
            kaigo_document_read_utf8(
                bytes.as_ptr(),
                bytes.len(),
                name,
                length,
                &options(form),
                &mut document,
                null_mut(),
            )
        };
        assert_eq!(status, KAIGO_OK);
        document
    };
    let document = read(&bytes, name, KAIGO_FORM_CSV);
    // SAFETY: documents that were just read, and places of our own.
    unsafe {
        let xml = made(|out| kaigo_document_xml(document, out, null_mut())).expect("XML");
        let again = read(&xml, "", KAIGO_FORM_XML);
        let csv = made(|out| kaigo_document_csv(again, null(), out, null_mut(), null_mut())).expect("CSV");
        assert!(csv == bytes);
        kaigo_document_free(document);
        kaigo_document_free(again);
    }
}

#[test]
fn members_of_a_document_are_got_by_their_place_and_type() {
    let json = r#"{"insuredNumber":"0000000001","insurer":{"number":"131016","name":"架空町"},
        "application":{"kind":"renewal","insuredKind":"first","appliedOn":"2026-07-01"},
        "steps":[{"step":"application_received","on":"2026-07-01"},{"step":"survey_done","on":"2026-07-15"}]}"#;
    let (name, length) = text("CertificationProgress");
    let open = |bytes: &[u8]| {
        let mut domain = null_mut();
        // SAFETY: a text and a slice with their lengths, and a place of our own.
        let status = unsafe {
            kaigo_domain_open_utf8(
                name,
                length,
                bytes.as_ptr(),
                bytes.len(),
                KAIGO_MARKUP_JSON,
                &mut domain,
                null_mut(),
            )
        };
        (status, domain)
    };
    assert_eq!(open(b"{}"), (KAIGO_E_DOCUMENT, null_mut()));
    let (status, domain) = open(json.as_bytes());
    assert_eq!(status, KAIGO_OK);

    let said = |path: &str| {
        let (path, length) = text(path);
        let (mut buffer, mut needed) = ([0_u8; 64], 0);
        // SAFETY: a document that was just made, a text and a buffer with their lengths, a place of our own.
        let status = unsafe {
            let (start, size) = (buffer.as_mut_ptr().cast(), buffer.len());
            kaigo_domain_text_utf8(domain, path, length, start, size, &mut needed, null_mut())
        };
        let end = buffer.iter().position(|byte| *byte == 0).unwrap_or(buffer.len());
        (status, String::from_utf8_lossy(&buffer[..end]).into_owned())
    };
    assert_eq!(said("insurer.name"), (KAIGO_OK, "架空町".to_owned()));
    assert_eq!(said("steps[1].step"), (KAIGO_OK, "survey_done".to_owned()));
    for path in ["steps[2].step", "steps[x].step", "steps[1", "nothing", "insurer.name.more", "steps[0]."] {
        assert_eq!(said(path).0, KAIGO_E_NOT_FOUND, "{path}");
    }
    assert_eq!(said("steps").0, KAIGO_E_KIND);
    assert_eq!(said("").0, KAIGO_E_KIND);

    // SAFETY: as above.
    unsafe {
        let count = |path: &str| {
            let ((path, length), mut count) = (text(path), 9);
            assert_eq!(kaigo_domain_count_utf8(domain, path, length, &mut count, null_mut()), KAIGO_OK);
            count
        };
        assert_eq!((count("steps"), count("insurer"), count("insurer.phone")), (2, 1, 0));
        let ((path, length), mut day) = (text("application.appliedOn"), [0_u32; 3]);
        let [year, month, of_month] = &mut day;
        let status = kaigo_domain_day_utf8(domain, path, length, year, month, of_month, null_mut());
        assert_eq!((status, day), (KAIGO_OK, [2026, 7, 1]));
        let ((path, length), mut number, mut flag) = (text("insurer.number"), 0, 0);
        assert_eq!(kaigo_domain_number_utf8(domain, path, length, &mut number, null_mut()), KAIGO_E_KIND);
        assert_eq!(kaigo_domain_flag_utf8(domain, path, length, &mut flag, null_mut()), KAIGO_E_KIND);
        kaigo_domain_free(domain);
    }

    let (name, length) = text("Consent");
    let consent = br#"{"scope":"life","given":true,"at":"2026-04-01T00:00:00Z"}"#;
    let (mut domain, mut flag) = (null_mut(), 0);
    // SAFETY: as above.
    unsafe {
        let (start, size) = (consent.as_ptr(), consent.len());
        let json = KAIGO_MARKUP_JSON;
        assert_eq!(
            kaigo_domain_open_utf8(name, length, start, size, json, &mut domain, null_mut()),
            KAIGO_OK
        );
        let (path, length) = text("given");
        assert_eq!(kaigo_domain_flag_utf8(domain, path, length, &mut flag, null_mut()), KAIGO_OK);
        assert_eq!(flag, 1);
        kaigo_domain_free(domain);
    }
}
