//! A person's identity confirmed through C: by the card's signature, and by sight, over real TLS.
#![cfg(feature = "http")]
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::ffi::{c_char, c_void};
use std::ptr::{null, null_mut};

use kaigo::calls::*;
use kaigo_core::card::{CardChannel, PinKind};
use kaigo_sandbox::Sandbox;
use kaigo_sandbox::card::{Contents, Traits, VirtualCard};

const INSURER: &str = "992016";
const INSURED: &str = "0000000010";

unsafe extern "C" fn transmit(
    command: *const u8,
    command_len: usize,
    answer: *mut u8,
    capacity: usize,
    user: *mut c_void,
) -> i64 {
    // SAFETY: the test hands a card that lives longer than its handle; the lengths are the library's.
    unsafe {
        let card = &mut *user.cast::<VirtualCard>();
        let Ok(bytes) = card.transmit(std::slice::from_raw_parts(command, command_len)) else {
            return KAIGO_TRANSMIT_REMOVED;
        };
        assert!(bytes.len() <= capacity);
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), answer, bytes.len());
        bytes.len() as i64
    }
}

fn utf8(text: &str) -> (*const c_char, usize) {
    (text.as_ptr().cast(), text.len())
}

fn said(identity: *const kaigo_identity, what: u32) -> String {
    let (mut start, mut length) = (null(), 0);
    // SAFETY: a handle of a call, and places of our own.
    unsafe {
        let status = kaigo_identity_text_view_utf8(identity, what, &mut start, &mut length, null_mut());
        assert_eq!(status, KAIGO_OK);
        String::from_utf8(std::slice::from_raw_parts(start.cast::<u8>(), length).to_vec()).expect("UTF-8")
    }
}

#[test]
fn a_card_and_a_statement_confirm_who_somebody_is() {
    let mut card = VirtualCard::new(Contents::issue().expect("a card"), Traits::default());
    let sandbox = Sandbox::builder()
        .card_holder(INSURER.parse().unwrap(), INSURED.parse().unwrap(), &card)
        .start()
        .expect("the sandbox starts");
    let account = &sandbox.accounts()[0];
    let (word, word_len) = utf8(account.p12_password());
    let (p12, ca) = (account.p12(), sandbox.ca_pem().as_bytes());
    let (mut credential, mut roots, mut platform, mut session) =
        (null_mut(), null_mut(), null_mut(), null_mut());
    // SAFETY: texts and bytes with their lengths, handles of calls, a card that outlives its handle, places of our own.
    unsafe {
        let (data, length) = (p12.as_ptr(), p12.len());
        kaigo_credential_from_pkcs12_utf8(data, length, word, word_len, &mut credential, null_mut());
        kaigo_certificates_from_pem(ca.as_ptr(), ca.len(), &mut roots, null_mut());
        let (address, length) = utf8(sandbox.url());
        kaigo_platform_new_utf8(address, length, credential, roots, null(), &mut platform, null_mut());
        let ((id, id_len), (word, word_len)) = (utf8(account.user_id()), utf8(account.password()));
        let status = kaigo_session_login_utf8(platform, id, id_len, word, word_len, &mut session, null_mut());
        assert_eq!(status, KAIGO_OK);

        // The WEB service by names: nobody is served yet, and what is no question is refused.
        let (name, name_len) = utf8("list_users");
        let mut answer = null_mut();
        let mut ask_by_name = |question: &[u8]| {
            let (data, length) = (question.as_ptr(), question.len());
            kaigo_session_ask_utf8(session, name, name_len, data, length, &mut answer, null_mut())
        };
        assert_eq!(ask_by_name(b"{"), KAIGO_E_JSON_CUT_OFF);
        assert_eq!(ask_by_name(b"{}"), KAIGO_OK);
        let (mut data, mut length) = (null(), 0);
        kaigo_buffer_view(answer, &mut data, &mut length, null_mut());
        assert_eq!(std::slice::from_raw_parts(data, length), b"[]");
        kaigo_buffer_free(answer);
        let (name, name_len) = utf8("certification");
        let question = format!("{{\"insurer\":\"{INSURER}\",\"insured\":\"{INSURED}\"}}");
        let (data, length) = (question.as_ptr(), question.len());
        let mut nothing = null_mut();
        let status = kaigo_session_ask_utf8(session, name, name_len, data, length, &mut nothing, null_mut());
        // The account of the office has no job type.
        assert_eq!((status, nothing.is_null()), (KAIGO_E_NO_RIGHT, true));

        let (terminal, terminal_len) = utf8("desk-1");
        let mut challenge = null_mut();
        let ask =
            |challenge| kaigo_session_challenge_utf8(session, terminal, terminal_len, challenge, null_mut());
        assert_eq!(ask(&mut challenge), KAIGO_E_UNKNOWN_TERMINAL);
        let (odd, odd_len) = utf8("desk 1");
        let status = kaigo_session_register_terminal_utf8(session, odd, odd_len, null_mut());
        assert_eq!(status, KAIGO_E_PACKAGE);
        let status = kaigo_session_register_terminal_utf8(session, terminal, terminal_len, null_mut());
        assert_eq!(status, KAIGO_OK);
        assert_eq!(ask(&mut challenge), KAIGO_OK);

        let (mut message, mut message_len, mut seconds) = (null(), 0, 0);
        kaigo_challenge_message(challenge, &mut message, &mut message_len, null_mut());
        kaigo_challenge_expires_in(challenge, &mut seconds, null_mut());
        assert_eq!(seconds, 300);
        let (mut opened, mut pin) = (null_mut(), null_mut());
        let user = (&raw mut card).cast();
        assert_eq!(kaigo_card_open(Some(transmit), None, user, 0, &mut opened, null_mut()), KAIGO_OK);
        let pins = card.pins();
        let (digits, digits_len) = utf8(pins.text(PinKind::UserAuthentication));
        kaigo_pin_new_utf8(KAIGO_PIN_USER_AUTHENTICATION, digits, digits_len, &mut pin, null_mut());
        let (mut signature, mut certificate, mut algorithm) = (null_mut(), null_mut(), 0);
        let status = kaigo_card_sign(
            opened,
            pin,
            KAIGO_LAST_TRY_REFUSE,
            message,
            message_len,
            &mut signature,
            &mut certificate,
            &mut algorithm,
            null_mut(),
        );
        assert_eq!(status, KAIGO_OK);
        let (mut signed, mut signed_len, mut identity) = (null(), 0, null_mut());
        kaigo_buffer_view(signature, &mut signed, &mut signed_len, null_mut());
        let confirm = |identity| {
            kaigo_session_confirm_by_card(
                session,
                challenge,
                signed,
                signed_len,
                certificate,
                0,
                identity,
                null_mut(),
            )
        };
        assert_eq!(confirm(&mut identity), KAIGO_OK);
        let mut at = 0;
        kaigo_identity_confirmed_at(identity, &mut at, null_mut());
        assert!(at > 1_700_000_000, "{at}");
        assert_eq!(said(identity, KAIGO_IDENTITY_OFFICE), account.office().as_str());
        assert_eq!(said(identity, KAIGO_IDENTITY_INSURER), INSURER);
        assert_eq!(said(identity, KAIGO_IDENTITY_INSURED), INSURED);
        assert_eq!(said(identity, KAIGO_IDENTITY_ROUTE), "card");
        assert_eq!(said(identity, KAIGO_IDENTITY_TERMINAL), "desk-1");
        assert!(!said(identity, KAIGO_IDENTITY_ID).is_empty());
        kaigo_identity_free(identity);
        assert_eq!(confirm(&mut identity), KAIGO_E_NO_CHALLENGE);
        assert!(identity.is_null());

        let state = |insured: &str, identity| {
            let ((insurer, insurer_len), (insured, insured_len)) = (utf8(INSURER), utf8(insured));
            let (by, by_len) = utf8("職員A");
            kaigo_session_confirm_visually_utf8(
                session,
                terminal,
                terminal_len,
                insurer,
                insurer_len,
                insured,
                insured_len,
                by,
                by_len,
                identity,
                null_mut(),
            )
        };
        assert_eq!(state("0000000019", &mut identity), KAIGO_E_UNKNOWN_PERSON);
        assert_eq!(state("19", &mut identity), KAIGO_E_IDENT);
        assert_eq!(state(INSURED, &mut identity), KAIGO_OK);
        assert_eq!(said(identity, KAIGO_IDENTITY_ROUTE), "visual");

        kaigo_identity_free(identity);
        kaigo_buffer_free(signature);
        kaigo_certificates_free(certificate);
        kaigo_pin_free(pin);
        kaigo_card_free(opened);
        kaigo_challenge_free(challenge);
        kaigo_session_free(session);
        kaigo_platform_free(platform);
        kaigo_certificates_free(roots);
        kaigo_credential_free(credential);
    }
    let routes: Vec<_> = sandbox.confirmed_identities().unwrap().into_iter().map(|kept| kept.route).collect();
    assert_eq!(routes, ["card", "visual"]);
}
