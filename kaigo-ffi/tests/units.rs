//! Units, file names, inbox, visits and certificates give what the core gives.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::c_char;
use std::ptr::{null, null_mut};

use kaigo::calls::*;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const SLIPS: &str = "UPPLAN_202607_1371249069_43_1373350030_11_20260625093835.CSV";

/// The text that a call copies out, given its last parameters.
fn text(call: impl Fn(*mut u16, usize, *mut usize) -> i32) -> String {
    let mut needed = 0;
    assert_eq!(call(null_mut(), 0, &mut needed), KAIGO_OK);
    let mut buffer = vec![0; needed];
    assert_eq!(call(buffer.as_mut_ptr(), needed, &mut needed), KAIGO_OK);
    String::from_utf16(&buffer).expect("UTF-16")
}

fn open() -> *mut kaigo_units {
    let (path, mut units) = (format!("{ROOT}/examples/data/outbox"), null_mut());
    // SAFETY: a path with its length, and a place of our own.
    let status =
        unsafe { kaigo_units_open_utf8(path.as_ptr().cast(), path.len(), null(), &mut units, null_mut()) };
    assert_eq!(status, KAIGO_OK);
    units
}

#[test]
fn an_inbox_holds_what_was_put_in_and_it_is_reconciled() {
    let units = open();
    let (mut inbox, mut count, mut kinds) = (null_mut(), 0, Vec::new());
    // SAFETY: handles that were just made, NULL where the header allows it, and places of our own.
    unsafe {
        kaigo_inbox_new(&mut inbox, null_mut());
        kaigo_units_count(units, &mut count, null_mut());
        for index in 0..count {
            let (mut unit, mut report, mut errors, mut kind) = (null_mut(), null_mut(), 9, 0);
            kaigo_units_get(units, index, &mut unit, null_mut());
            kaigo_unit_kind(unit, &mut kind, null_mut());
            kinds.push(kind);
            assert_eq!(kaigo_inbox_apply(inbox, unit, null(), &mut report, null_mut()), KAIGO_OK);
            kaigo_report_number(report, KAIGO_REPORT_ERRORS, &mut errors, null_mut());
            assert_eq!(errors, 0);
            kaigo_report_free(report);
            kaigo_unit_free(unit);
        }
        assert_eq!(kinds, [KAIGO_UNIT_CARE_PLAN, KAIGO_UNIT_MONTHLY]);
        kaigo_units_free(units);

        let mut clients = 0;
        kaigo_inbox_clients(inbox, &mut clients, null_mut());
        assert!(clients > 0);
        let number = text(|buffer, room, needed| {
            kaigo_inbox_client_utf16(inbox, 0, KAIGO_CLIENT_INSURED, buffer, room, needed, null_mut())
        });
        assert_eq!(number.len(), 10);
        let (mut planned, mut annex, mut rows) = (null_mut(), null_mut(), 0);
        let status = kaigo_inbox_document(inbox, 0, KAIGO_KIND_UPPLAN, 202_607, &mut planned, null_mut());
        assert_eq!(status, KAIGO_OK);
        kaigo_inbox_document(inbox, 0, KAIGO_KIND_UPSIKYU, 202_607, &mut annex, null_mut());
        kaigo_document_rows(planned, &mut rows, null_mut());
        let mut found = null_mut();
        assert_eq!(kaigo_reconcile(planned, planned, annex, 15, &mut found, null_mut()), KAIGO_OK);
        let number = |path: &str, call: Number| {
            let mut number = 0;
            let status = call(found, path.as_ptr().cast(), path.len(), &mut number, null_mut());
            assert_eq!(status, KAIGO_OK, "{path}");
            number
        };
        type Number = unsafe extern "C" fn(
            *const kaigo_domain,
            *const std::ffi::c_char,
            usize,
            *mut u64,
            *mut *mut kaigo_error,
        ) -> i32;
        assert_eq!(number("clients[0].visits", kaigo_domain_count_utf8), rows);
        assert_eq!(number("toleranceMinutes", kaigo_domain_number_utf8), 15);
        assert_eq!(
            number("balance.plannedYen", kaigo_domain_number_utf8),
            number("balance.actualYen", kaigo_domain_number_utf8)
        );
        let outcome: Vec<u16> = "clients[0].visits[0].outcome".encode_utf16().collect();
        let outcome = text(|buffer, room, needed| {
            kaigo_domain_text_utf16(found, outcome.as_ptr(), outcome.len(), buffer, room, needed, null_mut())
        });
        assert_eq!(outcome, "as_planned");
        let (mut visits, mut visit_outcome, mut plan, mut actual) = (null_mut(), 0, 0, 0);
        assert_eq!(kaigo_visits_compare(planned, planned, &mut visits, null_mut()), KAIGO_OK);
        kaigo_visits_count(visits, &mut count, null_mut());
        assert_eq!(count, rows);
        for index in 0..count {
            kaigo_visits_get(visits, index, &mut visit_outcome, &mut plan, &mut actual, null_mut());
            assert_eq!((visit_outcome, plan), (KAIGO_VISIT_AS_PLANNED, actual));
        }
        kaigo_visits_free(visits);
        let mut refused = null_mut();
        assert_eq!(kaigo_reconcile(planned, annex, null(), 0, &mut refused, null_mut()), KAIGO_E_KIND);
        assert_eq!(
            kaigo_reconcile(planned, planned, null(), 70_000, &mut refused, null_mut()),
            KAIGO_E_NUMBER
        );
        assert!(refused.is_null());
        kaigo_domain_free(found);
        kaigo_document_free(annex);
        let mut none = null_mut();
        let status = kaigo_inbox_document(inbox, 0, KAIGO_KIND_UPJSK, 0, &mut none, null_mut());
        assert_eq!((status, none), (KAIGO_E_KIND, null_mut()), "actuals need a month");
        kaigo_document_free(planned);
        kaigo_inbox_free(inbox);
    }
}

#[test]
fn a_unit_that_was_put_together_is_the_one_that_was_opened() {
    let units = open();
    let (mut unit, mut copy, mut files) = (null_mut(), null_mut(), 0);
    // SAFETY: handles that were just made, names with their lengths, and places of our own.
    unsafe {
        kaigo_units_get(units, 1, &mut unit, null_mut());
        kaigo_unit_new(&mut copy, null_mut());
        assert_eq!(kaigo_unit_check(copy, null(), 0, &mut null_mut(), null_mut()), KAIGO_E_KIND);
        kaigo_unit_files(unit, &mut files, null_mut());
        for index in 0..files {
            let (mut data, mut size, mut name, mut length) = (null(), 0, null(), 0);
            kaigo_unit_file_bytes(unit, index, &mut data, &mut size, null_mut());
            kaigo_unit_file_name_view_utf16(unit, index, &mut name, &mut length, null_mut());
            assert_eq!(kaigo_unit_add_utf16(copy, name, length, data, size, null_mut()), KAIGO_OK);
        }
        let sequence = |unit| {
            text(|buffer, room, needed| {
                kaigo_unit_text_utf16(unit, KAIGO_UNIT_TEXT_SEQUENCE, buffer, room, needed, null_mut())
            })
        };
        assert_eq!(
            (sequence(unit), sequence(copy)),
            ("20260625093835".to_owned(), "20260625093835".to_owned())
        );
        let wrong = "plan.CSV";
        let status = kaigo_unit_add_utf8(copy, wrong.as_ptr().cast(), wrong.len(), null(), 0, null_mut());
        assert_eq!(status, KAIGO_E_FILE_NAME);
        kaigo_unit_free(copy);
        kaigo_unit_free(unit);
        kaigo_units_free(units);
    }
}

#[test]
fn a_file_name_is_built_and_read() {
    let part = |text: &'static str| (text.as_ptr().cast::<c_char>(), text.len());
    let [(from, a), (from_type, b), (to, c), (to_type, d)] =
        ["1371249069", "43", "1373350030", "11"].map(part);
    let (mut buffer, mut length, mut name, mut kind) = ([0 as c_char; 80], 0, null_mut(), 0);
    // SAFETY: texts and a buffer with their lengths, and places of our own.
    unsafe {
        let status = kaigo_file_name_build_utf8(
            KAIGO_KIND_UPPLAN,
            202_607,
            from,
            a,
            from_type,
            b,
            to,
            c,
            to_type,
            d,
            20_260_625_093_835,
            0,
            buffer.as_mut_ptr(),
            buffer.len(),
            &mut length,
            null_mut(),
        );
        assert_eq!(status, KAIGO_OK);
        assert_eq!(kaigo_file_name_parse_utf8(buffer.as_ptr(), length, &mut name, null_mut()), KAIGO_OK);
        kaigo_file_name_kind(name, &mut kind, null_mut());
        assert_eq!(kind, KAIGO_KIND_UPPLAN);
        for (what, expected) in [
            (KAIGO_NAME_CANONICAL, SLIPS),
            (KAIGO_NAME_MONTH, "202607"),
            (KAIGO_NAME_SENDER_OFFICE, "1371249069"),
            (KAIGO_NAME_RECEIVER_TYPE, "11"),
            (KAIGO_NAME_TOLERATED, ""),
        ] {
            let found = text(|buffer, room, needed| {
                kaigo_file_name_text_utf16(name, what, buffer, room, needed, null_mut())
            });
            assert_eq!(found, expected);
        }
        kaigo_file_name_free(name);
    }
    let dir = tempfile::tempdir().expect("a temporary folder");
    let store = dir.path().join("sequence").to_string_lossy().into_owned();
    let next = || {
        let mut number = 0;
        // SAFETY: a path with its length, and a place of our own.
        unsafe { kaigo_sequence_next_utf8(store.as_ptr().cast(), store.len(), &mut number, null_mut()) };
        number
    };
    let first = next();
    assert!(first > 20_260_101_000_000 && next() > first, "{first}");
}

#[test]
fn a_credential_tells_whom_it_names_and_when_it_ends() {
    let read = |name: &str| {
        std::fs::read(format!("{ROOT}/kaigo-core/tests/fixtures/credential/{name}"))
            .expect("the fixture is there")
    };
    let load = |name: &str, password: &str| {
        let (bytes, password, mut credential) =
            (read(name), password.encode_utf16().collect::<Vec<u16>>(), null_mut());
        // SAFETY: slices with their lengths, and a place of our own.
        let status = unsafe {
            kaigo_credential_from_pkcs12_utf16(
                bytes.as_ptr(),
                bytes.len(),
                password.as_ptr(),
                password.len(),
                &mut credential,
                null_mut(),
            )
        };
        (status, credential)
    };
    assert_eq!(load("modern-aes256.p12", "wrong"), (KAIGO_E_PASSWORD, null_mut()));
    assert_eq!(load("no-key.p12", "kaigo-test").0, KAIGO_E_NO_KEY);
    let (_, expired) = load("expired.p12", "kaigo-test");
    let (mut chain, mut count, mut from, mut until, mut days) = (null_mut(), 0, 0, 0, 0);
    // SAFETY: handles that were just made, and places of our own.
    unsafe {
        assert_eq!(kaigo_credential_ensure_valid(expired, KAIGO_NOW, null_mut()), KAIGO_E_EXPIRED);
        assert_eq!(kaigo_credential_chain(expired, &mut chain, null_mut()), KAIGO_OK);
        kaigo_certificates_count(chain, &mut count, null_mut());
        assert!(count > 0);
        kaigo_certificates_validity(chain, 0, &mut from, &mut until, null_mut());
        assert!(from < until);
        assert_eq!(kaigo_certificates_days_left(chain, 0, until, &mut days, null_mut()), KAIGO_OK);
        assert_eq!(days, 0);
        let subject = text(|buffer, room, needed| {
            kaigo_certificates_text_utf16(
                chain,
                0,
                KAIGO_CERTIFICATE_SUBJECT,
                buffer,
                room,
                needed,
                null_mut(),
            )
        });
        assert!(subject.contains("CN="), "{subject}");
        kaigo_certificates_free(chain);
        kaigo_credential_free(expired);
    }
}

#[test]
fn ms932_goes_both_ways_and_gaiji_are_told() {
    let (mut bytes, mut changed, mut data, mut size) = (null_mut(), 0, null(), 0);
    let encode = |text: &str, gaiji, bytes: &mut *mut kaigo_buffer, changed: &mut u64| {
        // SAFETY: a text with its length, and places of our own.
        unsafe {
            kaigo_ms932_encode_utf8(text.as_ptr().cast(), text.len(), gaiji, bytes, changed, null_mut())
        }
    };
    assert_eq!(encode("𠮷", KAIGO_GAIJI_REJECT, &mut bytes, &mut changed), KAIGO_E_UNWRITABLE);
    assert_eq!(encode("𠮷田", KAIGO_GAIJI_MAP_VARIANTS, &mut bytes, &mut changed), KAIGO_OK);
    assert_eq!(changed, 1);
    // SAFETY: a buffer that was just made, and places of our own.
    unsafe {
        kaigo_buffer_view(bytes, &mut data, &mut size, null_mut());
        assert_eq!(std::slice::from_raw_parts(data, size), b"\x8B\x67\x93\x63");
        let back = text(|buffer, room, needed| {
            kaigo_ms932_decode_utf16(data, size, buffer, room, needed, null_mut())
        });
        assert_eq!(back, "吉田");
        kaigo_buffer_free(bytes);
    }
}

#[cfg(feature = "http")]
#[test]
fn a_certificate_leads_to_its_authority_and_to_no_other() {
    let state = tempfile::tempdir().expect("a temporary folder");
    let sandbox =
        kaigo_sandbox::Sandbox::builder().data_dir(state.path()).start().expect("the sandbox starts");
    let account = &sandbox.accounts()[0];
    let folder = sandbox.data_dir().join("offices").join(account.office().as_str());
    let p12 = std::fs::read(folder.join("client.p12")).expect("the credential");
    let ca = std::fs::read(sandbox.data_dir().join("ca.pem")).expect("the authority");
    let (mut credential, mut own, mut roots, mut chain) = (null_mut(), null_mut(), null_mut(), null_mut());
    let (mut count, mut renewal, mut until, mut from) = (0, 9, 0, 0);
    let word = account.p12_password();
    // SAFETY: bytes and texts with their lengths, handles of calls, and places of our own.
    unsafe {
        kaigo_credential_from_pkcs12_utf8(
            p12.as_ptr(),
            p12.len(),
            word.as_ptr().cast(),
            word.len(),
            &mut credential,
            null_mut(),
        );
        kaigo_credential_chain(credential, &mut own, null_mut());
        kaigo_certificates_from_pem(ca.as_ptr(), ca.len(), &mut roots, null_mut());
        let status = kaigo_certificates_validate(own, 0, roots, KAIGO_NOW, &mut chain, null_mut());
        assert_eq!(status, KAIGO_OK);
        kaigo_certificates_count(chain, &mut count, null_mut());
        assert!(count >= 2, "{count}");
        kaigo_certificates_free(chain);
        let status = kaigo_certificates_validate(roots, 0, own, KAIGO_NOW, null_mut(), null_mut());
        assert_ne!(status, KAIGO_OK, "an office is no authority");

        kaigo_certificates_validity(own, 0, &mut from, &mut until, null_mut());
        for (at, expected) in [
            (until - 100 * 86_400, KAIGO_RENEWAL_NOT_YET),
            (until - 10 * 86_400, KAIGO_RENEWAL_ADVISED),
            (until + 86_401, KAIGO_RENEWAL_ENDED),
        ] {
            assert_eq!(kaigo_certificates_renewal(own, 0, at, &mut renewal, null_mut()), KAIGO_OK);
            assert_eq!(renewal, expected, "{at}");
        }
        let kind = |rules: &str| {
            let rules: Vec<u16> = rules.encode_utf16().collect();
            text(|buffer, room, needed| {
                let (start, length) = (rules.as_ptr(), rules.len());
                kaigo_certificates_kind_utf16(own, 0, start, length, buffer, room, needed, null_mut())
            })
        };
        let subject_has = account.office();
        let rule =
            format!(r#"[{{"name":"ours","labelJa":"当方","labelEn":"ours","subjectHas":"{subject_has}"}}]"#);
        assert_eq!(kind(&rule), "ours");
        assert_eq!(kind(r#"[{"name":"no","labelJa":"","labelEn":"","subjectHas":"nobody"}]"#), "");
        kaigo_certificates_free(own);
        kaigo_certificates_free(roots);
        kaigo_credential_free(credential);
    }
}
