//! Calls that take long tell how far they are, and end when they are told to.
#![cfg(feature = "http")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};
use std::sync::Mutex;
use std::time::Duration;

use kaigo::calls::*;
use kaigo_sandbox::{Call, Fault, Sandbox};

/// What was told, and after how many times the call is ended.
struct Told {
    at: Mutex<Vec<(u64, u64)>>,
    most: usize,
}

unsafe extern "C" fn tell(done: u64, total: u64, user: *mut c_void) -> i32 {
    // SAFETY: the test hands a list that outlives the call.
    let told = unsafe { &*user.cast::<Told>() };
    let mut at = told.at.lock().unwrap();
    at.push((done, total));
    i32::from(at.len() >= told.most)
}

impl Told {
    fn ended_after(most: usize) -> Self {
        Self { at: Mutex::new(Vec::new()), most }
    }

    fn user(&self) -> *mut c_void {
        std::ptr::from_ref(self).cast_mut().cast()
    }

    fn options(&self) -> kaigo_check_options {
        // SAFETY: integers, pointers and functions that may be NULL.
        let zero: kaigo_check_options = unsafe { std::mem::zeroed() };
        kaigo_check_options {
            struct_size: size_of::<kaigo_check_options>() as u32,
            progress: Some(tell),
            user: self.user(),
            ..zero
        }
    }
}

fn utf8(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

const OUTBOX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/data/outbox/monthly");

fn open(told: &Told) -> (i32, *mut kaigo_units) {
    let (mut units, (path, length)) = (null_mut(), utf8(OUTBOX));
    // SAFETY: a path with its length, options, and a place of our own.
    let status = unsafe { kaigo_units_open_utf8(path, length, &told.options(), &mut units, null_mut()) };
    (status, units)
}

#[test]
fn opening_checking_and_writing_a_unit_tell_and_can_be_ended() {
    let told = Told::ended_after(usize::MAX);
    let (status, units) = open(&told);
    assert_eq!(status, KAIGO_OK);
    let bytes: u64 =
        std::fs::read_dir(OUTBOX).unwrap().flatten().map(|file| file.metadata().unwrap().len()).sum();
    assert_eq!(told.at.lock().unwrap().last(), Some(&(bytes, 0)));
    let (status, none) = open(&Told::ended_after(2));
    assert_eq!((status, none), (KAIGO_E_CANCELLED, null_mut()));

    let folder = tempfile::tempdir().expect("a temporary folder");
    let (path, length) = utf8(folder.path().to_str().expect("UTF-8"));
    let (mut unit, mut report) = (null_mut(), null_mut());
    // SAFETY: handles of calls, options, a path with its length, and places of our own.
    unsafe {
        kaigo_units_get(units, 0, &mut unit, null_mut());
        let told = Told::ended_after(usize::MAX);
        assert_eq!(kaigo_unit_check(unit, &told.options(), 0, &mut report, null_mut()), KAIGO_OK);
        assert_eq!(*told.at.lock().unwrap(), [(0, 3), (1, 3), (2, 3)]);
        kaigo_report_free(report);
        let told = Told::ended_after(2);
        let status = kaigo_unit_check(unit, &told.options(), 0, &mut report, null_mut());
        assert_eq!((status, report), (KAIGO_E_CANCELLED, null_mut()));

        let told = Told::ended_after(3);
        let write =
            |told: &Told| kaigo_unit_write_utf8(unit, path, length, Some(tell), told.user(), null_mut());
        assert_eq!(write(&told), KAIGO_E_CANCELLED);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
        let told = Told::ended_after(usize::MAX);
        assert_eq!(write(&told), KAIGO_OK);
        assert_eq!(*told.at.lock().unwrap(), [(0, 3), (1, 3), (2, 3)]);
        kaigo_unit_free(unit);
        kaigo_units_free(units);
    }
}

#[test]
fn a_transfer_tells_its_bytes_and_is_ended_while_the_platform_is_silent() {
    let state = tempfile::tempdir().expect("a temporary folder");
    let sandbox = Sandbox::builder().data_dir(state.path()).start().expect("the sandbox starts");
    let account = &sandbox.accounts()[0];
    let folder = sandbox.data_dir().join("offices").join(account.office().as_str());
    let (p12, ca) = (
        std::fs::read(folder.join("client.p12")).expect("the credential"),
        std::fs::read(sandbox.data_dir().join("ca.pem")).expect("the authority"),
    );
    let told = Told::ended_after(usize::MAX);
    let mut patient = Told::ended_after(usize::MAX);
    // SAFETY: texts and bytes with their lengths, handles of calls, lists that outlive the sessions, places of our own.
    unsafe {
        let (mut credential, mut roots) = (null_mut(), null_mut());
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
        let log_in = |told: &Told| {
            let zero: kaigo_platform_options = std::mem::zeroed();
            let options = kaigo_platform_options {
                struct_size: size_of::<kaigo_platform_options>() as u32,
                progress: Some(tell),
                user: told.user(),
                ..zero
            };
            let (mut platform, mut session, (address, length)) =
                (null_mut(), null_mut(), utf8(sandbox.url()));
            kaigo_platform_new_utf8(address, length, credential, roots, &options, &mut platform, null_mut());
            let ((id, id_length), (word, word_length)) = (utf8(account.user_id()), utf8(account.password()));
            let status = kaigo_session_login_utf8(
                platform,
                id,
                id_length,
                word,
                word_length,
                &mut session,
                null_mut(),
            );
            assert_eq!(status, KAIGO_OK);
            kaigo_platform_free(platform);
            session
        };
        let (_, units) = open(&Told::ended_after(usize::MAX));
        let (mut unit, mut error, mut sent) = (null_mut(), null_mut(), 9);
        kaigo_units_get(units, 0, &mut unit, null_mut());

        let session = log_in(&told);
        told.at.lock().unwrap().clear();
        assert_eq!(kaigo_session_send_utf8(session, unit, null(), 0, null_mut(), null_mut()), KAIGO_OK);
        let at = told.at.lock().unwrap().clone();
        assert!(at.len() > 2 && at.is_sorted() && at.last().unwrap().0 > 1000, "{at:?}");
        kaigo_session_free(session);

        // The platform carries the call out, and holds its answer back for longer than anybody waits.
        let session = log_in(&patient);
        patient.most = patient.at.lock().unwrap().len() + 8;
        sandbox.faults().add(Call::Send, Fault::Slow(Duration::from_secs(40)), 1);
        let status = kaigo_session_send_utf8(session, unit, null(), 0, null_mut(), &mut error);
        assert_eq!(status, KAIGO_E_CANCELLED);
        kaigo_error_number(error, KAIGO_ERROR_SENT, &mut sent, null_mut());
        assert_eq!(sent, 1, "it may have been carried out");
        kaigo_error_free(error);
        kaigo_session_free(session);
        kaigo_unit_free(unit);
        kaigo_units_free(units);
        kaigo_certificates_free(roots);
        kaigo_credential_free(credential);
    }
}
