//! The outbox through the C interface: states, reasons and statuses.
#![cfg(feature = "http")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};

use kaigo::calls::*;
use kaigo_sandbox::{Account, RunningSandbox, Sandbox};
use support::root;

fn utf8(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

fn log_in(sandbox: &RunningSandbox, account: &Account) -> *mut kaigo_session {
    let (word, word_len) = utf8(account.p12_password());
    let (p12, ca) = (account.p12(), sandbox.ca_pem().as_bytes());
    let (mut credential, mut roots, mut platform, mut session) =
        (null_mut(), null_mut(), null_mut(), null_mut());
    // SAFETY: texts and bytes with their lengths, handles of calls, places of our own.
    unsafe {
        let (data, length) = (p12.as_ptr(), p12.len());
        kaigo_credential_from_pkcs12_utf8(data, length, word, word_len, &mut credential, null_mut());
        kaigo_certificates_from_pem(ca.as_ptr(), ca.len(), &mut roots, null_mut());
        let (address, length) = utf8(sandbox.url());
        kaigo_platform_new_utf8(address, length, credential, roots, null(), &mut platform, null_mut());
        let ((id, id_len), (word, word_len)) = (utf8(account.user_id()), utf8(account.password()));
        let status = kaigo_session_login_utf8(platform, id, id_len, word, word_len, &mut session, null_mut());
        assert_eq!(status, KAIGO_OK);
        kaigo_platform_free(platform);
        kaigo_certificates_free(roots);
        kaigo_credential_free(credential);
    }
    session
}

/// The two units of the sample outbox, the first as another office would send it.
fn units() -> [*mut kaigo_unit; 2] {
    let [mut foreign, mut own] = [null_mut(), null_mut()];
    // SAFETY: as above.
    unsafe {
        kaigo_unit_new(&mut foreign, null_mut());
        kaigo_unit_new(&mut own, null_mut());
        for (unit, folder, sender) in [(foreign, "plan", "1370000009"), (own, "monthly", "1371249069")] {
            for file in std::fs::read_dir(root().join("examples/data/outbox").join(folder)).unwrap().flatten()
            {
                let name = file.file_name().into_string().unwrap().replace("1371249069", sender);
                let bytes = std::fs::read(file.path()).unwrap();
                let (name, length) = utf8(&name);
                let status = kaigo_unit_add_utf8(unit, name, length, bytes.as_ptr(), bytes.len(), null_mut());
                assert_eq!(status, KAIGO_OK);
            }
        }
    }
    [foreign, own]
}

struct Listed(*mut kaigo_outbox_entries);

impl Listed {
    fn of(outbox: *const kaigo_outbox) -> Self {
        let mut entries = null_mut();
        // SAFETY: a handle and a place.
        assert_eq!(unsafe { kaigo_outbox_list(outbox, &mut entries, null_mut()) }, KAIGO_OK);
        Self(entries)
    }

    fn text(&self, index: u64, what: u32) -> String {
        let (mut start, mut length) = (null(), 0);
        // SAFETY: as above; the view lives as long as the handle.
        unsafe {
            let status =
                kaigo_outbox_entries_text_view_utf8(self.0, index, what, &mut start, &mut length, null_mut());
            assert_eq!(status, KAIGO_OK);
            String::from_utf8(std::slice::from_raw_parts(start.cast::<u8>(), length).to_vec()).unwrap()
        }
    }

    fn number(&self, index: u64, what: u32) -> i64 {
        let mut value = 0;
        // SAFETY: as above.
        let status = unsafe { kaigo_outbox_entries_number(self.0, index, what, &mut value, null_mut()) };
        assert_eq!(status, KAIGO_OK);
        value
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        // SAFETY: nobody else has it.
        unsafe { kaigo_outbox_entries_free(self.0) };
    }
}

unsafe extern "C" fn never(_done: u64, _total: u64, _user: *mut c_void) -> i32 {
    1
}

#[test]
fn units_wait_are_refused_given_up_and_sent() {
    let sandbox = Sandbox::builder().start().unwrap();
    let session = log_in(&sandbox, &sandbox.accounts()[0]);
    let folder = tempfile::tempdir().unwrap();
    let path: Vec<u16> = folder.path().join("送信箱").to_str().unwrap().encode_utf16().collect();
    let (mut outbox, units) = (null_mut(), units());
    let (mut sent, mut refused, mut again, mut id) = (9, 9, 9, 0);
    // SAFETY: handles of calls, texts with their lengths, places of our own.
    unsafe {
        assert_eq!(kaigo_outbox_open_utf16(path.as_ptr(), path.len(), &mut outbox, null_mut()), KAIGO_OK);
        for (unit, expected) in units.iter().zip([1, 2]) {
            assert_eq!(kaigo_outbox_enqueue(outbox, *unit, &mut id, null_mut()), KAIGO_OK);
            assert_eq!(id, expected);
        }
        let mut send = |progress| {
            let (sent, refused, again) = (&raw mut sent, &raw mut refused, &raw mut again);
            let status = kaigo_outbox_send_due(
                outbox,
                session,
                progress,
                null_mut(),
                sent,
                refused,
                again,
                null_mut(),
            );
            (status, *sent, *refused, *again)
        };
        assert_eq!(send(Some(never)), (KAIGO_E_CANCELLED, 0, 0, 0));
        assert_eq!(send(None), (KAIGO_OK, 0, 1, 0));

        let listed = Listed::of(outbox);
        assert_eq!(listed.number(0, KAIGO_ENTRY_STATE), i64::from(KAIGO_OUTBOX_REFUSED));
        assert_eq!(listed.text(0, KAIGO_ENTRY_REASON_CODE), "transfer.not-a-unit");
        assert!(listed.text(0, KAIGO_ENTRY_REASON_JA).contains("送信単位"));
        assert!(listed.text(0, KAIGO_ENTRY_REASON_EN).contains("sending unit"));
        assert_eq!(listed.text(1, KAIGO_ENTRY_STATE_NAME), "queued");
        assert_eq!(listed.number(1, KAIGO_ENTRY_TRIED_AT), -1);

        assert_eq!(kaigo_outbox_forget(outbox, 1, null_mut()), KAIGO_E_OUTBOX_STATE);
        assert_eq!(kaigo_outbox_give_up(outbox, 7, null_mut()), KAIGO_E_NOT_FOUND);
        assert_eq!(kaigo_outbox_requeue(outbox, 1, null_mut()), KAIGO_OK);
        assert_ne!(Listed::of(outbox).text(0, KAIGO_ENTRY_KEY), listed.text(0, KAIGO_ENTRY_KEY));
        assert_eq!(kaigo_outbox_give_up(outbox, 1, null_mut()), KAIGO_OK);
        assert_eq!(send(None), (KAIGO_OK, 1, 0, 0));
        assert_eq!(kaigo_outbox_forget(outbox, 1, null_mut()), KAIGO_OK);

        let listed = Listed::of(outbox);
        let mut count = 0;
        kaigo_outbox_entries_count(listed.0, &mut count, null_mut());
        assert_eq!((count, listed.number(0, KAIGO_ENTRY_ID)), (1, 2));
        assert_eq!(listed.number(0, KAIGO_ENTRY_STATE), i64::from(KAIGO_OUTBOX_SENT));
        assert_eq!(listed.number(0, KAIGO_ENTRY_FILES), 3);
        assert!(!listed.text(0, KAIGO_ENTRY_TRANSFER).is_empty());
        assert!(listed.number(0, KAIGO_ENTRY_ACCEPTED_AT) > 0);

        // Another office's session.
        let other = log_in(&sandbox, &sandbox.accounts()[1]);
        kaigo_outbox_enqueue(outbox, units[1], &mut id, null_mut());
        let status = kaigo_outbox_send_due(
            outbox,
            other,
            None,
            null_mut(),
            &mut sent,
            &mut refused,
            &mut again,
            null_mut(),
        );
        assert_eq!(status, KAIGO_E_OUTBOX_OFFICE);

        // What is no outbox says which file it is.
        let letter = folder.path().join("letter");
        std::fs::write(&letter, "Dear Sir or Madam").unwrap();
        let (path, length) = utf8(letter.to_str().unwrap());
        let (mut none, mut error, mut start, mut text_len) = (null_mut(), null_mut(), null(), 0);
        let status = kaigo_outbox_open_utf8(path, length, &mut none, &mut error);
        assert_eq!((status, none), (KAIGO_E_OUTBOX_FOREIGN, null_mut()));
        kaigo_error_text_view_utf8(error, KAIGO_ERROR_FILE, &mut start, &mut text_len, null_mut());
        let file = std::slice::from_raw_parts(start.cast::<u8>(), text_len);
        assert_eq!(file, letter.to_str().unwrap().as_bytes());

        kaigo_error_free(error);
        kaigo_session_free(other);
        kaigo_session_free(session);
        for unit in units {
            kaigo_unit_free(unit);
        }
        kaigo_outbox_free(outbox);
    }
}
