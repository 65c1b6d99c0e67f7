//! What reaches the log function. Alone in its program, for there is one log to a process.
#![cfg(feature = "http")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};
use std::sync::Mutex;

use kaigo::calls::*;
use kaigo_sandbox::{Call, Fault, Sandbox};

type Lines = Mutex<Vec<(u32, String)>>;

unsafe extern "C" fn keep(level: u32, text: *const c_char, text_len: usize, user: *mut c_void) -> i32 {
    // SAFETY: the test hands a list that outlives the logging; the text lives through the call.
    unsafe {
        let bytes = std::slice::from_raw_parts(text.cast::<u8>(), text_len);
        let line = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        (*user.cast::<Lines>()).lock().unwrap().push((level, line));
    }
    0
}

fn utf8(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

#[test]
fn the_log_tells_what_was_done_and_holds_no_secret_and_nobodys_data() {
    let state = tempfile::tempdir().expect("a temporary folder");
    let sandbox = Sandbox::builder().data_dir(state.path()).start().expect("the sandbox starts");
    sandbox.faults().add(Call::Send, Fault::Unavailable, 1);
    let account = &sandbox.accounts()[0];
    let folder = sandbox.data_dir().join("offices").join(account.office().as_str());
    let (p12, ca) = (
        std::fs::read(folder.join("client.p12")).expect("the credential"),
        std::fs::read(sandbox.data_dir().join("ca.pem")).expect("the authority"),
    );
    let outbox = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/outbox/monthly");
    let lines = Lines::default();
    // SAFETY: texts and bytes with their lengths, handles of calls, a list that lives to the end, places of our own.
    unsafe {
        let user = (&raw const lines).cast_mut().cast();
        assert_eq!(kaigo_log_to(Some(keep), KAIGO_LOG_DEBUG, user, null_mut()), KAIGO_OK);

        // A call that fails over a file that a person is in the name of.
        let (path, mut document) = ("/missing/山田太郎.CSV", null_mut());
        let (start, length) = utf8(path);
        assert_eq!(kaigo_document_open_utf8(start, length, null(), &mut document, null_mut()), KAIGO_E_IO);
        let (mut credential, mut roots, mut platform, mut session) =
            (null_mut(), null_mut(), null_mut(), null_mut());
        let (word, word_length) = utf8(account.p12_password());
        kaigo_credential_from_pkcs12_utf8(
            p12.as_ptr(),
            p12.len(),
            word,
            word_length,
            &mut credential,
            null_mut(),
        );
        kaigo_certificates_from_pem(ca.as_ptr(), ca.len(), &mut roots, null_mut());
        let (address, address_length) = utf8(sandbox.url());
        kaigo_platform_new_utf8(
            address,
            address_length,
            credential,
            roots,
            null(),
            &mut platform,
            null_mut(),
        );
        let ((id, id_length), (word, word_length)) = (utf8(account.user_id()), utf8(account.password()));
        let status =
            kaigo_session_login_utf8(platform, id, id_length, word, word_length, &mut session, null_mut());
        assert_eq!(status, KAIGO_OK);
        let (mut units, mut unit, (path, path_length)) = (null_mut(), null_mut(), utf8(outbox));
        kaigo_units_open_utf8(path, path_length, null(), &mut units, null_mut());
        kaigo_units_get(units, 0, &mut unit, null_mut());
        let status = kaigo_session_send_utf8(session, unit, null(), 0, null_mut(), null_mut());
        assert_eq!(status, KAIGO_OK);
        kaigo_session_logout(session, null_mut());
        kaigo_session_free(session);

        // Afterwards nothing arrives.
        assert_eq!(kaigo_log_to(None, 0, null_mut(), null_mut()), KAIGO_OK);
        let before = lines.lock().unwrap().len();
        kaigo_document_open_utf8(start, length, null(), &mut document, null_mut());
        assert_eq!(lines.lock().unwrap().len(), before);
        kaigo_unit_free(unit);
        kaigo_units_free(units);
        kaigo_platform_free(platform);
        kaigo_certificates_free(roots);
        kaigo_credential_free(credential);
    }
    let lines = lines.into_inner().unwrap();
    let has = |level, part: &str| lines.iter().any(|(at, line)| *at == level && line.contains(part));
    assert!(has(KAIGO_LOG_DEBUG, "status 200: io"), "{lines:#?}");
    assert!(has(KAIGO_LOG_INFO, &format!("office {} logged in", account.office())), "{lines:#?}");
    assert!(has(KAIGO_LOG_DEBUG, "HTTP 503"), "{lines:#?}");
    assert!(has(KAIGO_LOG_WARN, "transfer.system: again in"), "{lines:#?}");
    let all: String = lines.iter().map(|(_, line)| line.as_str()).collect();
    let slips = std::fs::read_dir(outbox).expect("the sample").flatten();
    let slip = slips.map(|entry| entry.path()).find(|path| path.to_string_lossy().contains("UPPLAN"));
    let text = std::fs::read(slip.expect("a slip")).expect("a slip");
    let insured =
        String::from_utf8_lossy(text.split(|byte| *byte == b',').nth(2).expect("No.3")).into_owned();
    for secret in [account.password(), account.p12_password(), account.user_id(), "山田", "Bearer", &insured]
    {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
}
